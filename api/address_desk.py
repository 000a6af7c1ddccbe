"""What the address desk asks: what waits for a decision, a decision made, how well all is covered.

Taken only from this machine or with a token, the answers too: they hold what people said.
"""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import NotFound

from api import wire
from api.senders import sender
from geodata.desk.coverage import coverage
from geodata.desk.deciding import UnknownNameError
from geodata.desk.desk import Desk, decisions
from geodata.desk.groups import queue
from geodata.intake.chinese import in_chinese
from geodata.intake.uploads import folder, jobs
from geodata.space import crs
from geodata.store.batches import DECISION, Log
from geodata.store.generation import BusyError
from geodata.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from api.settings import Settings
    from geodata.desk.groups import Group
    from layers._answers import Answers

ROOT = "/api/addresses"
MOST, SHOWN = 50, 20  # groups of one answer
DEEPEST = 1_000_000
LONGEST = {"mention": 60, "address_id": 120}
PATIENCE = 20.0  # seconds to wait for another writer, who is most often the compactor
BUSY = "Another import is under way; try again in a moment."
T = TypeVar("T")


def register(server: Flask, answers: Answers, settings: Settings) -> None:
    """Add the routes."""
    known = Tokens(settings.data)
    room = Blueprint("address_desk", __name__, url_prefix=ROOT)
    desk = Desk(settings.data, answers.reader)

    @room.before_request
    def allowed() -> Response | None:
        who = sender(known)
        return who if isinstance(who, Response) else None

    @room.errorhandler(UnknownNameError)
    def unknown(error: UnknownNameError) -> Response:
        return wire.refused(404, str(error), error_zh=error.chinese)

    @room.errorhandler(BusyError)
    def busy(_: BusyError) -> Response:
        return wire.refused(409, BUSY, error_zh=in_chinese(BUSY))

    @room.errorhandler(jobs.AtWorkError)
    def at_work(error: jobs.AtWorkError) -> Response:
        return wire.refused(409, str(error), error_zh=in_chinese(str(error)))

    _looks(room, desk, answers)
    _decisions(room, desk, known, settings)
    server.register_blueprint(room)


def _looks(room: Blueprint, desk: Desk, answers: Answers) -> None:
    @room.get("/queue")
    def waiting() -> Response:
        limit, offset = _number("limit", SHOWN, 1, MOST), _number("offset", 0, 0, DEEPEST)
        display = wire.display()
        _no_other("limit", "offset", "crs")
        survey = desk.survey()
        if survey is None:
            done, of = desk.progress
            return wire.json({"state": "preparing", "done": done, "of": of})
        reader = answers.reader()
        told = queue(reader, survey, limit, offset)
        state = "ready" if survey.version == reader.version else "refreshing"
        groups = [_group(group, display) for group in told.shown]
        return wire.json({"state": state, **asdict(replace(told, shown=())), "shown": groups})

    @room.get("/preview")
    def preview() -> Response:
        _no_other("mention", "address_id")
        mention, ident = request.args.get("mention", ""), request.args.get("address_id", "")
        if not mention or not ident:
            abort(400, "mention and address_id must be given.")
        return wire.json({"placed": desk.preview(mention, ident)})

    @room.get("/coverage")
    def covered() -> Response:
        _no_other()
        return wire.json(asdict(coverage(answers.reader())))


def _decisions(room: Blueprint, desk: Desk, known: Tokens, settings: Settings) -> None:
    @room.get("/decisions")
    def listed() -> Response:
        _no_other()
        return wire.json({"decisions": decisions(settings.data)})

    @room.post("/decisions")
    def decide() -> Response:
        who, (mention, ident) = sender(known), _asked()
        assert isinstance(who, str)
        return wire.json(asdict(_patient(lambda: desk.decide(mention, ident, who))), 201)

    @room.delete("/decisions/<int:number>")
    def undo(number: int) -> Response:
        _check_standing(Log(settings.data), number)
        # Everything since may have to be made anew: in a process of its own, as for an import.
        asked = folder.without_file(settings.data)
        try:
            jobs.start(settings.data, asked, "undo", {"batch": number})
        except jobs.AtWorkError:
            folder.forget(asked)
            raise
        return wire.json({"id": asked.id, "batch": number}, 202)

    @room.get("/decisions/undoing/<ident>")
    def undoing(ident: str) -> Response:
        try:
            return wire.json(jobs.told(folder.found(settings.data, ident), "undo"))
        except folder.NoUploadError as error:
            raise NotFound(str(error)) from error


def _check_standing(log: Log, number: int) -> None:
    """Refuse what is no decision, or has been taken back."""
    if not log.path(number).is_dir() or log.batch(number).kind != DECISION:
        raise NotFound(f"There is no decision {number}.")
    if log.batch(number).undone:
        abort(409, f"Decision {number} has been taken back already.")


def _asked() -> tuple[str, str | None]:
    """What is to be decided: the name, and the id of what it means or null for no place."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or set(body) != set(LONGEST):
        abort(400, f"The body must be a JSON object of {' and '.join(LONGEST)}.")
    mention, ident = body["mention"], body["address_id"]
    for name, value in body.items():
        if value is None and name == "address_id":
            continue
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST[name]:
            abort(400, f"{name} must be a text of 1 to {LONGEST[name]} characters.")
    return mention, ident


def _group(group: Group, display: str) -> dict[str, Any]:
    """A group with everything on the map where the base map has it."""
    told = asdict(group)
    for placed in (*told["examples"], *(one["place"] for one in told["candidates"])):
        if placed["lon"] is not None and placed["lat"] is not None:
            placed["lon"], placed["lat"] = _moved(placed["lon"], placed["lat"], display)
    told["points"] = [_moved(lon, lat, display) for lon, lat in group.points]
    return told


def _moved(lon: float, lat: float, display: str) -> tuple[float, float]:
    x, y = crs.for_display(np.array([lon]), np.array([lat]), display)
    return round(float(x[0]), 6), round(float(y[0]), 6)


def _number(name: str, default: int, least: int, most: int) -> int:
    given = request.args.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 9 and least <= int(given) <= most):
        abort(400, f"{name} is {given[:40]!r}; it must be a whole number from {least} to {most}.")
    return int(given)


def _no_other(*names: str) -> None:
    if strange := sorted(set(request.args) - set(names)):
        can = ", ".join(names) or "nothing"
        abort(400, f"{strange[0][:40]!r} is not asked here; there may be {can}.")


def _patient(act: Callable[[], T]) -> T:
    """Do something that needs the writer's lock, again while another holds it, for a while."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
