"""One file of a multipart request, written while it comes: memory holds one piece of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, File, MultipartDecoder, NeedData, Preamble

from geodata.errors import DataError
from geodata.intake.uploads.folder import Upload, arriving, found, safe_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.sansio.multipart import Event

PIECE = 1 << 18  # bytes
HEAD = 1 << 20  # bytes that may come before a part's data begin
BROKEN = "The upload broke off, or is not one file as multipart/form-data. Send it again."


def received(data: Path) -> Upload:
    """The file of this request, under a new id; refuses with 400, 413 or 415, keeping nothing."""
    mimetype, options = parse_options_header(request.content_type)
    if mimetype != "multipart/form-data" or not options.get("boundary"):
        abort(415, "The file must be sent as multipart/form-data.")
    events = _events(options["boundary"].encode())
    part = next((e for e in events if not isinstance(e, Preamble)), None)
    if not isinstance(part, File):
        abort(400, BROKEN)
    try:
        safe_name(part.filename)
    except DataError as error:
        abort(415, str(error))
    with arriving(data, part.filename) as (ident, handle):
        for piece in _pieces(events):
            handle.write(piece)
    return found(data, ident)


def _pieces(events: Iterator[Event]) -> Iterator[bytes]:
    """The data of a part, which must be the last of the body."""
    for event in events:
        if isinstance(event, Data):
            yield event.data
        elif isinstance(event, Epilogue):
            return
        else:
            abort(400, BROKEN)


def _events(boundary: bytes) -> Iterator[Event]:
    """The events of the request's body up to its end; aborts with 400 when it has none."""
    decoder = MultipartDecoder(boundary, max_form_memory_size=PIECE + HEAD)
    while True:
        try:
            event = decoder.next_event()
            if isinstance(event, NeedData):
                decoder.receive_data(request.stream.read(PIECE) or None)
                continue
        except (ValueError, OSError, ParseException, ClientDisconnected):
            abort(400, BROKEN)
        yield event
        if isinstance(event, Epilogue):
            return
