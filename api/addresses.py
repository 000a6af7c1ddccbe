"""``GET /api/addresses/match`` and ``…/suggest``: what a text means, what may be meant by it."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import abort, request

from api import wire
from geodata.addresses.doubt import rank
from geodata.addresses.engine import matcher
from geodata.addresses.grids import grids
from geodata.addresses.mentions import reading
from geodata.addresses.parse import elements
from geodata.addresses.suggest import LONGEST, finder, suggestions
from geodata.areas.hierarchy import hierarchy

if TYPE_CHECKING:
    from flask import Flask, Response

    from geodata.addresses.suggest import Suggestion
    from geodata.store.reader import Reader
    from layers._answers import Answers

ROOT = "/api/addresses"
LONGEST_TEXT = 2_000  # characters of a text that is matched
MOST, SHOWN = 50, 12  # suggestions of one answer
_DEGREES = r"-?({whole}(\.0{{1,12}})?|{below}(\.[0-9]{{1,12}})?)"
LON = _DEGREES.format(whole="180", below="(1[0-7][0-9]|[1-9]?[0-9])")
LAT = _DEGREES.format(whole="90", below="[1-8]?[0-9]")
NEAR, LIMIT = f"{LON},{LAT}", "[1-9]|[1-4][0-9]|50"


def register(server: Flask, answers: Answers) -> None:
    """Add the routes."""

    @server.get(f"{ROOT}/match")
    def match() -> Response:
        asked = _asked("text", "near")
        text = _text(asked, "text", LONGEST_TEXT)
        near = _near(asked["near"]) if "near" in asked else None
        return wire.json(matched(answers.reader(), text, near))

    @server.get(f"{ROOT}/suggest")
    def suggest() -> Response:
        asked = _asked("q", "limit")
        text, limit, reader = _text(asked, "q", LONGEST), _limit(asked), answers.reader()
        found = [_suggested(reader, one) for one in suggestions(reader, text, limit)]
        return wire.json({"suggestions": found, "data_version": reader.version})


def matched(reader: Reader, text: str, near: tuple[float, float] | None) -> dict[str, Any]:
    """What a text means, ``near`` (lon, lat), and the elements it has, with their places in it."""
    engine = matcher(reader)
    read = reading(text, engine.gazetteer)
    match = engine.matched(read, near)
    rank([read], [match])
    return {
        **{name: getattr(match, name) for name in ("status", "address_id", "level", "base")},
        **{name: getattr(match, name) for name in ("building", "unit", "room", "lon", "lat")},
        "grid": grids(reader).of(match),
        "score": match.score,
        "reason": match.reason,
        "alternatives": [_named(reader, ident) for ident in match.alternatives],
        "elements": [asdict(element) for element in elements(text, read)],
        "data_version": reader.version,
    }


def _named(reader: Reader, ident: str) -> dict[str, Any]:
    """A place that may be meant too; towns and communities may be areas without an address."""
    told = finder(reader).told(ident)
    bases = matcher(reader).library.bases
    level = next((base.level for base in bases if base.id == ident), None)
    return {"id": ident, "name": told.name if told else ident, "level": level}


def _suggested(reader: Reader, one: Suggestion) -> dict[str, Any]:
    return asdict(one) | {"area": _code(reader, one.area)}


def _code(reader: Reader, area: int | None) -> str | None:
    return None if area is None or area < 0 else hierarchy(reader).codes[area]


def _asked(*names: str) -> dict[str, str]:
    """The parameters of the request: those named, each once at most."""
    given = request.args.to_dict(flat=False)
    if strange := [name for name in given if name not in names]:
        abort(400, f"{strange[0][:40]!r} is not a parameter; there are {' and '.join(names)}.")
    if twice := [name for name, values in given.items() if len(values) > 1]:
        abort(400, f"{twice[0]} is given more than once.")
    return {name: values[0] for name, values in given.items()}


def _text(asked: dict[str, str], name: str, longest: int) -> str:
    if name not in asked:
        abort(400, f"{name} is missing.")
    if len(asked[name]) > longest:
        abort(400, f"{name} has {len(asked[name])} characters; it may have {longest}.")
    return asked[name]


def _near(given: str) -> tuple[float, float]:
    if not re.fullmatch(NEAR, given):
        abort(400, f"near is {given[:40]!r}; it must be lon,lat in degrees, such as 118.05,36.81.")
    lon, lat = given.split(",")
    return float(lon), float(lat)


def _limit(asked: dict[str, str]) -> int:
    given = asked.get("limit", str(SHOWN))
    if not re.fullmatch(LIMIT, given):
        abort(400, f"limit is {given[:40]!r}; it must be a number from 1 to {MOST}.")
    return int(given)
