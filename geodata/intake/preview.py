"""A mapping proposed for a file, and its first rows as they would land by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.intake.examined import landing
from geodata.intake.files import read_sheet
from geodata.intake.mapping import mapping_of
from geodata.intake.proposal import Proposal, propose
from geodata.place import FILE, Place, read_place

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.intake.examined import Examined
    from geodata.intake.files import Sheet

SHOWN = 40  # characters of a value
_OURS = {"is_demo", "geometry"}  # columns that say nothing to a person


def proposed(kind: str, file: Path) -> tuple[Proposal, Sheet]:
    """The mapping that fits a file best, and the file."""
    sheet, _ = read_sheet(file)
    return proposal_of(kind, sheet, file.stem), sheet


def proposal_of(kind: str, sheet: Sheet, name: str = "") -> Proposal:
    """The mapping proposed for a sheet; ``name`` is its file's."""
    has_geometry = sheet.geometry is not None
    return propose(kind, sheet.head, sheet.samples(), has_geometry=has_geometry, name=name)


def landed(proposal: Proposal, sheet: Sheet, folder: Path) -> Examined:
    """The rows of a file by a proposed mapping, checked as an import checks them."""
    mapping = mapping_of(proposal.values, "proposed")
    return landing(sheet, mapping, folder, place_or_nominal(folder))


def preview(proposal: Proposal, sheet: Sheet, folder: Path, count: int) -> list[str]:
    """The first rows as lines of text, and what would be held back."""
    facts = landed(proposal, sheet, folder)
    rows = facts.good.slice(0, count).to_pylist()
    names = [n for n in facts.good.schema.names if n not in _OURS and any(r[n] for r in rows)]
    lines = [" | ".join(names)]
    lines += [" | ".join(_shown(row[name]) for name in names) for row in rows]
    lines += [f"line {r.line}: {r.column} {r.value!r} {r.reason}" for r in facts.rejects[:count]]
    return [*lines, f"read {len(sheet)}, would accept {len(facts.good)}"]


def place_or_nominal(folder: Path) -> Place:
    """The folder's place, or one that only lends its clock to a preview."""
    if (folder / FILE).is_file():
        return read_place(folder)
    return Place(title="", root="", timezone="Asia/Shanghai")


def _shown(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
