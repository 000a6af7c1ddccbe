"""Words of the screen that no declaration holds: steps, statuses, roles, and values of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.store.terms import words
from layers._layer import Category, Text

if TYPE_CHECKING:
    from layers._answers import Question
    from layers._layer import Layer

# Steps of a ticket's life (glossary, domain.md §6).
STATES = {
    "accepted": Text("受理", "Accepted"),
    "filed": Text("立案", "Filed"),
    "dispatched": Text("派遣", "Dispatched"),
    "signed": Text("签收", "Signed"),
    "first_contact": Text("首次联系", "First contact"),
    "handling": Text("处置", "Handling"),
    "submitted": Text("反馈", "Reported back"),
    "verified": Text("核查", "Verified"),
    "callback": Text("回访", "Call-back"),
    "closed": Text("结案", "Closed"),
    "archived": Text("归档", "Archived"),
    "returned": Text("退单", "Returned"),
    "rework": Text("返工", "Rework"),
    "extension": Text("延期", "Extension"),
    "suspended": Text("挂账", "Long-pending"),
}
STATUSES = {
    "open": Text("在办", "Open"),
    "overdue": Text("超期", "Overdue"),
    "closed": Text("办结", "Closed"),
}
YES_NO = {"yes": Text("是", "Yes"), "no": Text("否", "No")}
LEVELS = {
    "road": Text("道路", "Road"),
    "road_no": Text("门牌", "Door"),
    "quarter": Text("小区", "Compound"),
    "building": Text("楼栋", "Building"),
    "unit": Text("单元", "Unit"),
    "room": Text("户室", "Room"),
    "poi": Text("兴趣点", "Place"),
}
ROLES = (
    Text("专职网格员", "Grid worker"),
    Text("楼长", "Building head"),
    Text("单元长", "Unit head"),
    Text("社区民警", "Community police"),
    Text("物业负责人", "Property manager"),
    Text("法律顾问", "Legal adviser"),
    Text("医务工作者", "Medic"),
    Text("下派社区干部", "Seconded cadre"),
)
_FIXED = {**STATES, **STATUSES, **YES_NO, **LEVELS}


def word(value: str, lang: str) -> str:
    """A word we know the languages of, or the value itself."""
    return _FIXED[value](lang) if value in _FIXED else value


def word_for(question: Question, subject: str, value: str) -> str:
    """A value of the data in the reader's language; a path element by element."""
    lang = question.view.lang
    if value in _FIXED or lang != "en" or not subject:
        return word(value, lang)
    english = words(question.reader, subject)
    return "/".join(english.get(part, part) for part in value.split("/"))


def words_of(question: Question, layer: Layer, name: str) -> dict[str, str]:
    """The values of a field that have words of their own, in the reader's language."""
    if getattr(layer.symbology, "by", "") == name:
        classes = getattr(layer.symbology, "classes", ())
        return {str(c.value): c.title(question.view.lang) for c in classes}
    for queryable in layer.queryables:
        if isinstance(queryable, Category) and queryable.name == name:
            values: tuple[str, ...] = queryable.values  # type: ignore[assignment]
            return {v: word_for(question, queryable.subject, v) for v in values}
    return {}


def name_of(row: dict[str, object], lang: str, otherwise: str = "") -> str:
    """A feature's name in a language, where it has one."""
    return str((row.get("name_en") if lang == "en" else None) or row.get("name") or otherwise)
