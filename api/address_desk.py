"""What the address desk asks: what waits for a decision, a decision made, how well all is covered.

Taken only from this machine or with a token, the answers too: they hold what people said. Whatever
writes does so in a process of its own, as an import does; the answer names it.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import NotFound

from api import wire
from api.senders import sender
from geodata.desk.coverage import coverage
from geodata.desk.deciding import NotReadyError, UnknownNameError
from geodata.desk.desk import Desk
from geodata.desk.made import decisions
from geodata.intake.chinese import in_chinese
from geodata.intake.uploads import folder, jobs
from geodata.space import crs
from geodata.store.batches import DECISION, Log
from geodata.store.generation import published
from geodata.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    from api.settings import Settings
    from geodata.desk.deciding import DeskError, Order
    from geodata.desk.groups import Group
    from geodata.desk.survey import Survey
    from geodata.store.reader import Reader
    from layers._answers import Answers

ROOT = "/api/addresses"
MOST, SHOWN = 50, 20  # groups of one answer
DEEPEST = 1_000_000
LONGEST = {"mention": 60, "address_id": 120}
STATUS: dict[type[DeskError], int] = {UnknownNameError: 404, NotReadyError: 409}
WORK = ("settle", "undo")  # the steps of a desk


def register(server: Flask, answers: Answers, settings: Settings) -> None:
    """Add the routes."""
    known = Tokens(settings.data)
    room = Blueprint("address_desk", __name__, url_prefix=ROOT)
    desk = Desk(answers.reader)

    @room.before_request
    def allowed() -> Response | None:
        who = sender(known)
        return who if isinstance(who, Response) else None

    for kind, status in STATUS.items():
        room.register_error_handler(kind, _refusing(status))

    @room.errorhandler(jobs.AtWorkError)
    def at_work(error: jobs.AtWorkError) -> Response:
        return wire.refused(409, str(error), error_zh=in_chinese(str(error)))

    _looks(room, desk, answers)
    _decisions(room, desk, known, settings.data)
    _work(room, desk, known, settings.data)
    server.register_blueprint(room)


def _refusing(status: int) -> Callable[[DeskError], Response]:
    return lambda error: wire.refused(status, str(error), error_zh=error.chinese)


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
        told = desk.queue(reader, survey, limit, offset)
        state = "ready" if _is_newest(reader, survey) else "refreshing"
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


def _is_newest(reader: Reader, survey: Survey) -> bool:
    """Whether a survey is of the newest facts: a reader may still be opening what was published."""
    is_of_reader = survey.version == reader.version
    return is_of_reader and published(reader.folder) == reader.generation


def _decisions(room: Blueprint, desk: Desk, known: Tokens, data: Path) -> None:
    @room.get("/decisions")
    def listed() -> Response:
        _no_other()
        return wire.json({"decisions": decisions(data)})

    @room.post("/decisions")
    def decide() -> Response:
        who, (mention, ident) = sender(known), _asked()
        assert isinstance(who, str)
        return _begun(data, desk.order(mention, ident, who))

    @room.delete("/decisions/<int:number>")
    def undo(number: int) -> Response:
        _check_standing(Log(data), number)
        work = folder.without_file(data)
        _start(data, work, "undo", {"batch": number})
        return wire.json({"id": work.id, "batch": number}, 202)


def _work(room: Blueprint, desk: Desk, known: Tokens, data: Path) -> None:
    @room.post("/ready")
    def place() -> Response:
        who = sender(known)
        assert isinstance(who, str)
        _no_other()
        return _begun(data, desk.ready(who))

    @room.get("/work/<ident>")
    def stands(ident: str) -> Response:
        try:
            work = folder.found(data, ident)
        except folder.NoUploadError as error:
            raise NotFound("There is no such work; what came of it is kept for a day.") from error
        told = (jobs.told(work, step) for step in WORK)
        return wire.json(next((one for one in told if one["phase"] != "none"), {"phase": "none"}))


def _begun(data: Path, order: Order) -> Response:
    """Have an order carried out; the answer says by what, and how many appeals it is to place."""
    work = folder.without_file(data)
    _start(data, work, "settle", order.keep(work.folder))
    return wire.json({"id": work.id, "expected": len(order.found)}, 202)


def _start(data: Path, work: folder.Upload, step: str, asked: dict[str, Any]) -> None:
    try:
        jobs.start(data, work, step, asked)
    except jobs.AtWorkError:
        folder.forget(work)
        raise


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
