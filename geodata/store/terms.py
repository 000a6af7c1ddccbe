"""Terms: the named values of the data (categories, channels, states …) and their small codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Terms:
    """The values of one subject; a value's position is its code."""

    values: tuple[str, ...]
    english: dict[str, str]

    def value(self, code: int | None) -> str | None:
        """The value of a code, as it stands in the data."""
        return None if code is None else self.values[code]

    def codes(self, chosen: Iterable[str]) -> list[int]:
        """Codes of chosen values; a path chooses everything below it."""
        wanted = tuple(chosen)
        return [
            code
            for code, value in enumerate(self.values)
            if any(value == w or value.startswith(w + "/") for w in wanted)
        ]

    def titled(self, value: str, lang: str) -> str:
        """A value in a language: each element of a path by itself."""
        if lang != "en":
            return value
        return "/".join(self.english.get(part, part) for part in value.split("/"))


def terms(reader: Reader, subject: str) -> Terms:
    """All values of a subject in this generation."""

    def read() -> Terms:
        rows = reader.rows(
            "SELECT value FROM terms WHERE subject = $subject ORDER BY code", {"subject": subject}
        )
        return Terms(tuple(row["value"] for row in rows), words(reader, subject))

    return reader.once(f"terms/{subject}", read)


def words(reader: Reader, subject: str) -> dict[str, str]:
    """English of the values of a subject."""

    def read() -> dict[str, str]:
        rows = reader.rows(
            "SELECT value, en FROM words WHERE subject = $subject", {"subject": subject}
        )
        return {row["value"]: row["en"] for row in rows}

    return reader.lasting(f"words/{subject}", read)


def branches(values: Iterable[str]) -> tuple[str, ...]:
    """Every node of a tree given by its leaves' paths, parents before children."""
    nodes = {"/".join(v.split("/")[: i + 1]) for v in values for i in range(v.count("/") + 1)}
    return tuple(sorted(nodes))
