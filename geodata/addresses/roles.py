"""What the places of a text are that are not the place of the problem: told with the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.weighing import DENIED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.addresses.mentions import Mention

# By the first sign a place has.
_ROLES = (
    ("set_right", "是登记有误的地址"),
    ("alike", "只是拿来比较的"),
    ("was", "说的是以前"),
    ("was_there", "说的是以前"),
    ("kin", "是家人或他人所在的地方"),
    ("home_field", "是住址"),
    ("lives", "是住处"),
    ("lives_there", "是住处"),
    ("works", "是上班或上学的地方"),
    ("works_there", "是上班或上学的地方"),
    ("from", "是出发的地方"),
    ("leaves", "是出发的地方"),
    ("passed", "是路过的地方"),
    ("near", "只用来指路"),
    ("leads_to", "只用来指路"),
    ("harmed", "是受影响的地方"),
    ("sensed_there", "是受影响的地方"),
    ("pastime", "是去过的地方"),
)


def aside(chosen: Mention, found: Iterable[Mention]) -> str:
    """Give what one other place of a text is, as the end of a sentence; empty where unknown.

    文中的“世纪花园”是住处
    """
    for other in found:
        if other is chosen or other.anchor is None or other.is_same(chosen) or other.tells_where:
            continue
        if role := _role(other):
            return f"文中的“{other.anchor.form}”{role}"
    return ""


def either_of(one: Mention, other: Mention) -> str:
    """Name two places of which either may be meant; one without an anchor lies elsewhere."""
    hits = (mention.anchor or mention.foreign for mention in (one, other))
    return "和".join(f"“{hit.form}”" for hit in hits if hit)


def _role(mention: Mention) -> str:
    if mention.weight <= DENIED:
        return "已被否定或更正"
    return next((role for sign, role in _ROLES if sign in mention.signs), "")
