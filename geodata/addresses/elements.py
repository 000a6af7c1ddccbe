"""The one element of an address that every part of the matcher passes on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Element:
    """One labelled piece of an address.

    ``start`` and ``end`` count code points of the text as it was given
    (``end`` is one past the last), ``label`` is a name of the common scheme
    (``road``, ``road_no``, ``poi`` …) and ``text`` is ``original[start:end]``.
    """

    start: int
    end: int
    label: str
    text: str
