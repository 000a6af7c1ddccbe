"""What the page ``/plan/data`` asks for: a file in, its steps, the batches, one taken back.

Taken only from this machine or with a token, the answers too: rows held back may name people. The
work is done in processes of their own (``geodata.intake.uploads``), so that nothing a file holds
weighs on this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, request, send_file
from werkzeug.exceptions import NotFound

from api import wire
from api.multipart import received
from api.senders import sender
from geodata.errors import DataError
from geodata.intake.chinese import in_chinese
from geodata.intake.mapping import KINDS
from geodata.intake.uploads import folder, jobs
from geodata.store.batches import DEMO, LAYER, LIVE, REJECTS, SNAPSHOT, Log
from geodata.tokens import Tokens

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from api.settings import Settings
    from geodata.store.batches import Batch

ROOT = "/plan/data"
MULTIPART = 100_000  # bytes of a request beside the file itself
LONGEST_MAPPING = 200_000  # characters
SHOWN, LOOKED_AT = 50, 5000  # batches that are listed, and the newest that are read for it
STATUS: dict[type[DataError], int] = {
    folder.NoUploadError: 404,
    jobs.AtWorkError: 409,
    folder.NoRoomError: 507,
}
ASKED = {"kind": 20, "mapping": LONGEST_MAPPING, "crs": 60, "id": 60, "title": 120}


def register(server: Flask, settings: Settings) -> None:
    """Add the routes."""
    data, known = settings.data, Tokens(settings.data)
    rooms = Blueprint("uploads", __name__, url_prefix=ROOT)

    @rooms.before_request
    def allowed() -> Response | None:
        who = sender(known)
        return who if isinstance(who, Response) else None

    def refused(error: DataError) -> Response:
        why = str(error)
        return wire.refused(STATUS[type(error)], why, error_zh=in_chinese(why))

    for kind in STATUS:
        rooms.register_error_handler(kind, refused)
    _files(rooms, data)
    _batches(rooms, data)
    server.register_blueprint(rooms)


def _files(rooms: Blueprint, data: Path) -> None:
    @rooms.post("/files")
    def send() -> Response:
        request.max_content_length = folder.LARGEST + MULTIPART
        folder.sweep(data)
        folder.check_room(data, request.content_length or 0)
        return wire.json(_told(received(data)), 201)

    @rooms.get("/files/<upload>")
    def state(upload: str) -> Response:
        return wire.json(_told(folder.found(data, upload)))

    @rooms.post("/files/<upload>/look")
    def look(upload: str) -> Response:
        found = folder.found(data, upload)
        _check_file(found)
        asked = _asked()
        jobs.stop(found, "look")  # who asks anew does not want the answer to what was asked before
        jobs.start(data, found, "look", asked)
        return wire.json(_told(found), 202)

    @rooms.post("/files/<upload>/bring")
    def bring(upload: str) -> Response:
        found = folder.found(data, upload)
        jobs.start(data, found, "bring", _looked_at(found))
        return wire.json(_told(found), 202)

    @rooms.post("/files/<upload>/stop")
    def stop(upload: str) -> Response:
        found = folder.found(data, upload)
        jobs.stop(found, *jobs.STEPS)
        return wire.json(_told(found))

    @rooms.get("/files/<upload>/map")
    def shapes(upload: str) -> Response:
        return _file(folder.found(data, upload).folder / "look" / folder.MAP, wire.GEOJSON)

    @rooms.get("/files/<upload>/<any(look, bring):step>/rejects")
    def rejects(upload: str, step: str) -> Response:
        return _file(folder.found(data, upload).folder / step / folder.REJECTS, "text/csv")


def _batches(rooms: Blueprint, data: Path) -> None:
    log = Log(data)

    @rooms.get("/batches")
    def batches() -> Response:
        # Who opens the page asks this, so nothing is kept much longer than a day.
        folder.sweep(data)
        return wire.json({"batches": [_listed(batch, log) for batch in _newest(log)]})

    @rooms.get("/batches/<int:number>/rejects")
    def kept_rejects(number: int) -> Response:
        return _file(log.path(number) / REJECTS, "text/csv")

    @rooms.post("/batches/<int:number>/undo")
    def undo(number: int) -> Response:
        if not log.path(number).is_dir():
            raise NotFound(f"There is no batch {number}.")
        asked = folder.without_file(data)
        try:
            jobs.start(data, asked, "undo", {"batch": number})
        except jobs.AtWorkError:
            folder.forget(asked)
            raise
        return wire.json(_told(asked), 202)


def _told(upload: folder.Upload) -> dict[str, Any]:
    """An upload and how each of its steps stands."""
    steps = {name: jobs.told(upload, name) for name in jobs.STEPS}
    return {"id": upload.id, "name": upload.name, "size": upload.size, "at": upload.at, **steps}


def _asked() -> dict[str, str]:
    """What a person has chosen; what is not said is empty."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or set(body) - set(ASKED):
        abort(400, f"The body must be a JSON object of {', '.join(ASKED)}.")
    for name, value in body.items():
        if not isinstance(value, str) or len(value) > ASKED[name]:
            abort(400, f"{name} must be a text of at most {ASKED[name]} characters.")
    asked = dict.fromkeys(ASKED, "") | body
    if asked["kind"] not in {"", LAYER, *KINDS}:
        abort(400, f"kind is {asked['kind']!r}; it must be one of {', '.join((*KINDS, LAYER))}.")
    return asked


def _looked_at(upload: folder.Upload) -> dict[str, Any]:
    """What the last look was asked and found; where it asks, a person must have answered."""
    _check_file(upload)
    look = jobs.told(upload, "look")
    result = look.get("result", {})
    if not result.get("accepted"):
        abort(409, "There is nothing to bring in yet: look at the file first.")
    body = request.get_json(silent=True)
    anyway = isinstance(body, dict) and body.get("anyway") is True
    if result["asks"] and not anyway:
        abort(409, "The look at this file asks a question. Answer it, then bring the file in.")
    return {name: result.get(name, "") for name in ("kind", "crs", "id", "title")}


def _check_file(upload: folder.Upload) -> None:
    if not upload.name:
        abort(409, "This is no file but a request that a batch be taken back.")


def _newest(log: Log) -> list[Batch]:
    """The newest batches that somebody brought; what came live is left out."""
    names = [path.name for path in log.room.glob("[0-9]*") if path.name.isdigit()]
    found: list[Batch] = []
    for name in sorted(names, reverse=True)[:LOOKED_AT]:
        batch = log.batch(int(name))
        found += [batch] if batch.kind != LIVE else []
        if len(found) == SHOWN:
            break
    return found


def _listed(batch: Batch, log: Log) -> dict[str, Any]:
    told = {
        name: getattr(batch, name)
        for name in ("number", "kind", "at", "file", "layer", "read", "accepted", "rejected")
    }
    return {
        **told,
        "crs": batch.crs,
        "undone": batch.undone,
        "can_undo": not batch.undone and batch.kind not in {DEMO, SNAPSHOT},
        "has_rejects": (log.path(batch.number) / REJECTS).is_file(),
    }


def _file(path: Path, mimetype: str) -> Response:
    try:
        answer = send_file(path.resolve(), mimetype=mimetype, max_age=0)
    except FileNotFoundError as error:
        raise NotFound("There is no such file; nothing was held back, or it is gone.") from error
    answer.headers["Cache-Control"] = wire.NEVER
    return answer
