"""The second reading asked for its opinion: whether a name found is the whole name.

The gazetteer knows names, the labeller (``crf``) how sentences about places are built. Where a word
stands in front of a name and leads to nothing, 恒大 in 恒大世纪花园, the labeller tells how likely
it is that the name begins there; and it ranks what goes to review.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.addresses import cues
from geodata.addresses.answers import IN_REVIEW
from geodata.addresses.crf import Labeller
from geodata.addresses.longer import goes_further

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.addresses.answers import Match
    from geodata.addresses.bases import Base
    from geodata.addresses.gazetteer import Hit
    from geodata.addresses.mentions import Mention, Reading

# Of 745 names that were meant 8 in 1,000 agree less with their text; of the same names with an
# unknown word in front 92 in 100.
LEAST = 0.1
_DOOR = re.compile(r"[0-9一二三四五六七八九十百零〇幺]{1,6}号?")  # as it is dictated
DOUBTS = {  # by their codes, in the words of an answer
    "goes_on": "“{name}”后面还有字,可能是另一个地名。",
    "begins": "“{name}”前面还有字,可能是另一个地名。",
    "zone": "“{name}”的这个分区不在地址库中。",
    "zones": "“{name}”说了不止一个分区,没有说清是哪一个。",
    "unknown": "“{name}”之后的地名不在地址库中。",
}


def doubt_of(read: Reading, mention: Mention, candidates: Iterable[Base]) -> str | None:
    """Give why the finest name of a mention may be another one, by a code of ``Match.why``."""
    name, text = mention.place or mention.road, read.plain
    if mention.doubt or name is None:
        return mention.doubt
    # Asked only where there are words at all, which is in a third of the texts.
    is_first = name.start and not name.slip and name is mention.hits[0]
    if is_first and begins_earlier(read, mention, name):
        return "begins"
    if mention.place and "一" <= text[name.end : name.end + 1] <= "鿿":
        return "goes_on" if goes_further(read, name, candidates) else None
    return None


def begins_earlier(read: Reading, mention: Mention, name: Hit) -> bool:
    """Whether the place of a mention of a text is rather the end of a longer name.

    Asked only where the words in front do not explain themselves, which is in few texts.
    """
    if len(read.mentions) > 1 and (in_front := _ends_at(read, name.start)):
        return _is_compound(in_front) and not in_front.is_named_as(mention)
    text = read.plain
    if cues.leads_in(text, name.start) or cues.is_called_old(text, name.start, name.form):
        return False
    before = text[max(0, name.start - cues.LONGEST_LEAD) : name.start]
    if before[:-1].endswith("的") and before[-1] in name.form:  # 祥瑞的祥，雪的瑞: spelled out
        return False
    if any(
        other.road and other.end < name.start and _DOOR.fullmatch(text, other.end, name.start)
        for other in read.mentions
    ):
        return False
    return Labeller.load().agreement(text, name.start, name.end) < LEAST


def _ends_at(read: Reading, at: int) -> Mention | None:
    return next((mention for mention in read.mentions if mention.end == at), None)


def _is_compound(mention: Mention) -> bool:
    """银都丽景苑 is neither of the compounds it is made of; but others may lie in a village."""
    place = mention.place
    return place is not None and place.level == "quarter" and place.form[-1] not in "村庄营驿屯"


def rank(reads: Sequence[Reading], matches: Sequence[Match]) -> None:
    """Score the answers under review by how sure it is that their name is the whole name.

    The likelier, the sooner a clerk's decision about the name is right for the text.
    """
    asked = [
        (read.plain, match, at)
        for read, match in zip(reads, matches, strict=True)
        if match.status == "review" and match.mention
        for at in [_span(read, match.mention)]
        if at is not None
    ]
    if not asked:  # the labeller is not loaded for nothing
        return
    sure = Labeller.load().agreements([text for text, _, _ in asked], [at for _, _, at in asked])
    for (_, match, _), agreement in zip(asked, sure, strict=True):
        match.score = round(IN_REVIEW * agreement, 3)


def _span(read: Reading, name: str) -> tuple[int, int] | None:
    hits = (mention.anchor for mention in read.mentions)
    return next(((hit.start, hit.end) for hit in hits if hit and hit.form == name), None)
