"""A decision: what a name means, and which appeals it gives an address.

Working that out takes a moment and changes nothing; what came of it is an order, which is carried
out in a process of its own (``settling``).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from geodata.addresses.decisions import Decision, decision, decisions
from geodata.addresses.locate import distance, found_all
from geodata.desk.places import place
from geodata.desk.survey import FOUND, as_found
from geodata.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.desk.survey import Survey, Unaddressed
    from geodata.store.reader import Reader

FILE = "found.parquet"
UNDECIDED = ""  # what a name means that nobody has decided about


class DeskError(DataError):
    """What a clerk asks cannot be done; told in both languages."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.chinese = chinese


class UnknownNameError(DeskError):
    """A name or an address that a decision is about is not there."""


class NotReadyError(DeskError):
    """What is asked for is not there yet, or there is nothing to do."""


class NotWaitingError(UnknownNameError):
    """No appeal waits for a name, or no longer."""

    def __init__(self, mention: str) -> None:
        super().__init__(
            f"No appeal waits for a decision about {mention!r}.",
            f"没有诉求在等“{mention}”的认定;可能刚刚已有人认定。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be written down: an address for each of some appeals (``survey.FOUND``).

    ``mention`` is the name it is about and ``address_id`` what that means; without a name it is of
    appeals that needed no decision. ``waited`` is how many appeals it is of, ``library`` names the
    address book they were matched with, and ``before`` is what the name meant then.
    """

    by: str
    library: str
    waited: int
    mention: str | None = None
    address_id: str | None = None
    before: str | None = UNDECIDED
    found: pa.Table

    def keep(self, folder: Path) -> dict[str, Any]:
        """Write the appeals into a folder; gives the rest, which is short, for JSON."""
        pq.write_table(self.found, folder / FILE)
        return {name: value for name, value in asdict(self).items() if name != "found"}

    @classmethod
    def kept(cls, folder: Path, rest: dict[str, Any]) -> Order:
        """Read an order as it was kept."""
        return cls(found=pq.read_table(folder / FILE, schema=FOUND), **rest)


def freed(
    reader: Reader, survey: Survey, mention: str, address_id: str | None
) -> list[Unaddressed]:
    """Give the appeals that a decision gives an address, with it.

    Raises
    ------
    UnknownNameError
        When no appeal waits for this name, or there is no such address.
    """
    if mention not in survey.waiting or is_newer(reader, survey, mention):
        raise NotWaitingError(mention)
    if address_id is None:
        return []
    if place(reader, address_id) is None:
        raise UnknownNameError(
            f"There is no address {address_id!r}.", f"没有编号为 {address_id} 的地址。"
        )
    among = survey.waiting[mention]
    asked = [*standing(reader), decision(reader, mention, address_id)]
    engine = survey.engine.knowing(asked, [one.words for one in among])
    told = found_all([(one.words, one.point) for one in among], engine)
    return [
        one._replace(address_id=match.address_id, distance_m=distance(match, one.point))
        for one, match in zip(among, told, strict=True)
        if match.address_id is not None
    ]


def order_of(
    survey: Survey, mention: str, address_id: str | None, placed: list[Unaddressed], by: str
) -> Order:
    """Give the order of a decision that gives these appeals an address."""
    return Order(
        by=by,
        library=survey.library,
        waited=len(survey.waiting[mention]),
        mention=mention,
        address_id=address_id,
        before=survey.meaning.get(mention, UNDECIDED),
        found=as_found(placed),
    )


def standing(reader: Reader) -> list[Decision]:
    """Give the decisions that stand, read once for a generation: no ticket changes them."""
    return reader.lasting("desk/decisions", lambda: decisions(reader))


def meaning(reader: Reader) -> dict[str, str | None]:
    """Give what each decided name means."""
    made = standing(reader)
    return reader.lasting("desk/meaning", lambda: {one.mention: one.address_id for one in made})


def is_newer(reader: Reader, survey: Survey, mention: str) -> bool:
    """Whether a name has been decided about, or a decision taken back, since a survey was made."""
    newest = meaning(reader).get(mention, UNDECIDED)
    return newest != survey.meaning.get(mention, UNDECIDED)
