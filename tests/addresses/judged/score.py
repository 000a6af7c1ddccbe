"""How answers are judged: by the rules of a careful clerk.

Right is the finest row that is certain, claimed at its own level. A correct ancestor counts as
neither right nor wrong. ``precision = right / (right + wrong + over-claims + accepted homonyms +
accepted negatives)``, ``recall = right / answerable``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.addresses.judged.library import areas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEVELS = ("town", "community", "road", "road_no", "quarter", "building", "unit", "room", "poi")
ELEMENTS = ("town", "community", "road", "road_no", "quarter", "building", "unit", "room", "poi")
CLAIMS = ("building", "unit", "room")

RIGHT = "right"
WRONG = "wrong"
OVERCLAIM = "overclaim"
COARSER = "coarser"  # a correct ancestor
MISSED = "missed"  # answerable, and not answered
REFUSED = "refused"  # not answerable, and not answered
HOMONYM = "homonym accepted"
NEGATIVE = "negative accepted"


@dataclass(frozen=True, slots=True)
class Score:
    """What was counted; ``verdicts`` has one word for each text, in their order."""

    answerable: int
    right: int
    wrong: int
    overclaims: int
    homonyms_accepted: int
    negatives_accepted: int
    coarser: int
    missed: int
    verdicts: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of the right among the answers that claim something; 1.0 where none does."""
        faults = self.wrong + self.overclaims + self.homonyms_accepted + self.negatives_accepted
        return self.right / (self.right + faults) if self.right + faults else 1.0

    @property
    def recall(self) -> float:
        """Share of the answerable that is answered right; 1.0 where nothing is answerable."""
        return self.right / self.answerable if self.answerable else 1.0

    @property
    def accepted(self) -> float:
        """Share of the answerable that got any answer, be it a coarser one."""
        answered = sum(word in (RIGHT, WRONG, OVERCLAIM, COARSER) for word in self.verdicts)
        return answered / self.answerable if self.answerable else 1.0


def score(
    gold: Iterable[Mapping[str, Any]],
    answers: Iterable[Mapping[str, Any]],
    rows: Mapping[str, Mapping[str, str]],
) -> Score:
    """Judge answers, one for each gold text and in the same order.

    ``gold``: ``status`` (matched, review, none), ``address_id``, ``also`` (other right ids, or the
    candidates of a review; ``review`` or ``none`` where to refuse is as right as the answer).
    ``answers``: ``status``, ``address_id``, ``level``, and, where given, ``building``, ``unit``,
    ``room``. ``rows``: the library's rows by id, at least those that are
    named; areas need none. Raises ValueError where the two differ in length.
    """
    pairs = zip(gold, answers, strict=True)
    verdicts = tuple(_verdict(one, answer, rows) for one, answer in pairs)
    count = Counter(verdicts)
    return Score(
        answerable=sum(count[word] for word in (RIGHT, WRONG, OVERCLAIM, COARSER, MISSED)),
        right=count[RIGHT],
        wrong=count[WRONG],
        overclaims=count[OVERCLAIM],
        homonyms_accepted=count[HOMONYM],
        negatives_accepted=count[NEGATIVE],
        coarser=count[COARSER],
        missed=count[MISSED],
        verdicts=verdicts,
    )


def _verdict(
    gold: Mapping[str, Any], answer: Mapping[str, Any], rows: Mapping[str, Mapping[str, str]]
) -> str:
    accepted = answer["status"] == "matched"
    if not accepted:
        must = gold["status"] == "matched" and not {"review", "none"} & set(gold["also"])
        return MISSED if must else REFUSED
    if gold["status"] == "none":
        return NEGATIVE
    truths = [row for one in (gold["address_id"], *gold["also"]) if (row := _row(one, rows))]
    told = _row(answer["address_id"], rows)
    if gold["status"] == "review":
        return COARSER if truths and all(_part(told, truth) for truth in truths) else HOMONYM
    return _answered(truths, told, answer)


def _answered(
    truths: list[Mapping[str, str]], told: Mapping[str, str], answer: Mapping[str, Any]
) -> str:
    """Judge an answer to a text that has one."""
    if not told:
        return WRONG
    same = any(told["id"] == truth["id"] for truth in truths)
    above = any(_part(told, truth) for truth in truths)
    if same or above:
        if _exceeds(answer, told):
            return OVERCLAIM
        return RIGHT if same and answer["level"] == told["level"] else COARSER
    return OVERCLAIM if any(_part(truth, told) for truth in truths) else WRONG


def _exceeds(answer: Mapping[str, Any], told: Mapping[str, str]) -> bool:
    """Tell whether an answer claims more than the row that it names."""
    if LEVELS.index(answer["level"]) > LEVELS.index(told["level"]):
        return True
    return any(answer.get(name) and not told[name] for name in CLAIMS)


def _row(code: str, rows: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Give the row of an id, made from the area's names for a town or community; else nothing."""
    if code in rows:
        return rows[code]
    if code not in areas():
        return {}
    empty = dict.fromkeys(ELEMENTS, "")
    town = {**empty, "id": code, "town": areas()[code[:9]], "level": "town"}
    if len(code) == len("370303001"):
        return town
    return {**town, "community": areas()[code], "level": "community"}


def _part(whole: Mapping[str, str], row: Mapping[str, str]) -> bool:
    """Tell whether ``row`` lies in ``whole``: every element that ``whole`` tells, it tells too.

    A community is told by its town as well, for two have one name.
    """
    told = [name for name in ELEMENTS if whole.get(name)]
    return bool(told) and all(row.get(name) == whole[name] for name in told)
