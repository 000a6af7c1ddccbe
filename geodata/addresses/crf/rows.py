"""Texts with gold elements, as the public sets and our own generator write them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geodata.addresses.elements import Element
from geodata.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and its gold elements, in order and apart from each other."""

    text: str
    elements: tuple[Element, ...]


def json_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line; empty lines count for nothing.

    Raises
    ------
    DataError
        The file cannot be read, or a line is no object; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read: {error}.") from None
    rows = [_object(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise DataError(f"{path} has no rows.")
    return rows


def labelled(path: Path) -> list[Labelled]:
    """Read texts with elements: ``{"text": …, "elements": [{"start", "end", "label"}]}``.

    Raises
    ------
    DataError
        A row lacks a text or elements, or an element does not lie in its text.
    """
    return [_labelled(row, f"{path}, row {n}") for n, row in enumerate(json_lines(path), 1)]


def as_json(rows: Iterable[Labelled]) -> Iterable[str]:
    """Write rows in the form that ``labelled`` reads, one JSON object each."""
    for n, row in enumerate(rows):
        elements = [
            {"start": e.start, "end": e.end, "label": e.label, "text": e.text} for e in row.elements
        ]
        told = {"id": f"written-{n:06}", "text": row.text, "elements": elements}
        yield json.dumps(told, ensure_ascii=False)


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise DataError(f"{where} is no JSON.") from None
    if not isinstance(row, dict):
        raise DataError(f"{where} is no JSON object.")
    return row


def _labelled(row: dict[str, Any], where: str) -> Labelled:
    text, told = row.get("text"), row.get("elements")
    if not isinstance(text, str) or not isinstance(told, list):
        raise DataError(f"{where} lacks text (a string) or elements (a list).")
    elements = sorted((_element(e, text, where) for e in told), key=lambda e: e.start)
    for one, other in pairwise(elements):
        if other.start < one.end:
            raise DataError(f"{where}: elements {one.text} and {other.text} overlap.")
    return Labelled(text, tuple(elements))


def _element(told: object, text: str, where: str) -> Element:
    if not isinstance(told, dict):
        raise DataError(f"{where}: an element is an object.")
    start, end, label = told.get("start"), told.get("end"), told.get("label")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise DataError(f"{where}: an element's start and end must lie in the text.")
    if not isinstance(label, str) or not label:
        raise DataError(f"{where}: an element needs a label.")
    return Element(start, end, label, text[start:end])
