"""What a file may be, and by which mapping it is read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geodata.errors import DataError
from geodata.intake.mapping import KINDS, SHIPPED, mapping_of, shipped
from geodata.intake.preview import proposal_of
from geodata.store.batches import LAYER

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.intake.files import Sheet
    from geodata.intake.mapping import Mapping

ROOM = "mapping"
PROPOSED, EDITED = "proposed", "edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A mapping as text: a shipped one by its name, a proposed or an edited one.

    ``doubts`` are what a person should check of a proposal; one that lacks a needed column is not
    ``complete``.
    """

    name: str
    toml: str
    doubts: tuple[str, ...] = ()
    complete: bool = True

    @property
    def mapping(self) -> Mapping:
        """The mapping itself; raises DataError when the text is none."""
        try:
            values = tomllib.loads(self.toml)
        except tomllib.TOMLDecodeError as error:
            raise DataError(f"The mapping cannot be read: {error}.") from error
        return mapping_of(values, self.name)

    def kept(self, folder: Path) -> Path:
        """Write it where an import reads it, as the only one there."""
        room = folder / ROOM
        room.mkdir(exist_ok=True)
        for other in room.glob("*.toml"):
            other.unlink()
        path = room / f"{self.name}.toml"
        path.write_text(self.toml, encoding="utf-8")
        return path


def kind_of(sheet: Sheet) -> str:
    """The kind a file most likely is: by a shipped mapping that fits it, else by its columns.

    A file of polygons that no shipped mapping knows is a plain layer, and so is one with shapes of
    which nothing canonical is found: guessed areas would move every fact.
    """
    fits = {kind for kind in KINDS if _fitting(kind, sheet)}
    if len(fits) == 1:
        return fits.pop()
    if not fits and _is_of_polygons(sheet):
        return LAYER
    proposals = [proposal_of(kind, sheet) for kind in KINDS if not fits or kind in fits]
    complete = [proposal for proposal in proposals if proposal.complete]
    if complete:
        return max(complete, key=lambda proposal: sum(proposal.scores.values())).kind
    return LAYER if sheet.geometry is not None else "tickets"


def _is_of_polygons(sheet: Sheet) -> bool:
    return sheet.geometry is not None and bool((shapely.get_dimensions(sheet.geometry) == 2).any())


def chosen(kind: str, sheet: Sheet, name: str) -> Choice:
    """The one shipped mapping that fits a file, else a proposal; ``name`` is the file's."""
    fits = _fitting(kind, sheet)
    if len(fits) == 1:
        text = (SHIPPED / f"{fits[0].name}.toml").read_text(encoding="utf-8")
        return Choice(name=fits[0].name, toml=text)
    proposal = proposal_of(kind, sheet, name)
    several = ", ".join(mapping.name for mapping in fits)
    more = (f"Several shipped mappings fit as well: {several}.",) if fits else ()
    doubts = (*proposal.doubts, *more)
    return Choice(name=PROPOSED, toml=proposal.toml, doubts=doubts, complete=proposal.complete)


def _fitting(kind: str, sheet: Sheet) -> list[Mapping]:
    return [mapping for mapping in shipped(kind) if mapping.fits(sheet.head)]
