"""Where a canonical column may come from: one column of the file, or several put together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.intake.proposal.looks import Look, look
from geodata.intake.proposal.names import is_canonical, normal, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Samples = Mapping[str, Sequence[str]]

# The pieces of a date in columns of their own, with the part of a format each needs.
_PIECES = (
    (("year", "年", "年份"), "%Y"),
    (("month", "月", "月份"), "%m"),
    (("day", "日", "日期日"), "%d"),
    (("hour", "时", "小时"), "%H"),
    (("minute", "分", "分钟"), "%M"),
)
_STEP_ZH = re.compile(
    r"([一二三四])级.*(?:类|事项|诉求|问题)|(?:类|事项|诉求|问题).*([一二三四])级"
)
_STEP_CLASS = ("大类", "中类", "小类", "细类")
_STEP_EN = re.compile(r"(?:category|cat|class|type|level)([1-4])")
_STEPS = {
    **{"complainttype": 1, "descriptor": 2, "descriptor2": 3, "subcategory": 2, "category": 1},
    **{"majorclass": 1, "minorclass": 2, "majorcategory": 1, "minorcategory": 2, "子类": 4},
}
_CODE = re.compile(r"代码|编码|编号")


@dataclass(frozen=True)
class Candidate:
    """Columns that may be one canonical column.

    ``how`` is plain, moment (a date and a time), pieces (year, month …) or path; ``only`` names the
    one canonical column they can be, and ``form`` the format that pieces need.
    """

    sources: tuple[str, ...]
    look: Look
    how: str = "plain"
    only: str = ""
    form: str = ""


def pool(kind: str, names: Sequence[str], samples: Samples) -> list[Candidate]:
    """All candidates of a file; a column that is put together with others is not there alone."""
    plain = {name: look(list(samples.get(name, ()))) for name in names}
    together: list[Candidate] = []
    if kind == "tickets":
        for found in (_path(plain), *_moments(plain), _pieces(plain)):
            free = all(not is_canonical(kind, name) for name in found.sources) if found else False
            if found and free and set(found.sources) <= set(plain):
                together.append(found)
                plain = {name: seen for name, seen in plain.items() if name not in found.sources}
    return together + [Candidate((name,), seen) for name, seen in plain.items()]


def step(name: str) -> int:
    """Which step of a path of categories a column's name says it is; 0 for none."""
    if _CODE.search(name) or {"code", "id"} & set(words(name)):
        return 0
    short = normal(name)
    if found := _STEP_ZH.search(short):
        return "一二三四".index(found[1] or found[2]) + 1
    if found := _STEP_EN.fullmatch(short):
        return int(found[1])
    classes = [place for place, word in enumerate(_STEP_CLASS, 1) if short.endswith(word)]
    return classes[0] if classes else _STEPS.get(short, 0)


def _path(plain: Mapping[str, Look]) -> Candidate | None:
    steps: dict[int, str] = {}
    for name in plain:
        if at := step(name):
            steps.setdefault(at, name)
    if len(steps) < 2:
        return None
    sources = tuple(steps[at] for at in sorted(steps))
    return Candidate(sources, plain[sources[0]], how="path", only="category")


def _moments(plain: Mapping[str, Look]) -> list[Candidate]:
    """Each column of times alone with the column of dates whose name is most like its own."""
    days = [name for name, seen in plain.items() if _parts(seen) == "date"]
    found = []
    for time in (name for name, seen in plain.items() if _parts(seen) == "time"):
        if days:
            day = max(days, key=lambda name: (_alike(name, time), name))
            days.remove(day)
            found.append(Candidate((day, time), _joined(plain, (day, time), " "), how="moment"))
    return found


def _pieces(plain: Mapping[str, Look]) -> Candidate | None:
    """Year, month and day in columns of their own, as far down as they go."""
    sources: list[str] = []
    forms: list[str] = []
    for said, form in _PIECES:
        name = next((name for name in plain if normal(name) in said), None)
        if name is None:
            break
        sources.append(name)
        forms.append(form)
    if len(sources) < 3:
        return None
    seen = _joined(plain, sources, "/")
    return Candidate(tuple(sources), seen, how="pieces", only="created_at", form="/".join(forms))


def _parts(seen: Look) -> str:
    return seen.dates.parts if seen.dates.share > 0.9 else ""


def _joined(plain: Mapping[str, Look], sources: Sequence[str], joint: str) -> Look:
    """Several columns as one. Only full columns can be put side by side again."""
    columns = [plain[name].texts for name in sources]
    rows = zip(*columns, strict=False) if len({len(c) for c in columns}) == 1 else ()
    return Look(tuple(joint.join(row) for row in rows), plain[sources[0]].n)


def _alike(one: str, other: str) -> int:
    """How many letters two names share."""
    return len(set(normal(one)) & set(normal(other)))
