"""What columns give away: placeholder dates, cut pages, repeated ids, broken shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.intake.suspicion.facts import Doubt, Facts, Held, Verdict, examples_of, told, told_zh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

# What stands for "unknown": the zeros of spreadsheets and databases (the last is 1900-01-01), the
# far end of the calendar, and the zero of Unix, each in whatever zone it was written.
FIRST, LAST, UNIX = (np.datetime64(m, "s") for m in ("1900-01-02", "9999-12-30", "1970-01-01"))
ZONES = np.timedelta64(14, "h")
# Where services stop a page, and where spreadsheets end (with and without the head).
PAGES = (
    *(500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 65_535, 65_536, 100_000, 200_000),
    *(500_000, 1_000_000, 1_048_575, 1_048_576),
)
MANY = 0.1  # of all ids repeated: then the column tells no rows apart


def placeholder_dates(facts: Facts, verdict: Verdict) -> Verdict:
    """Hold back rows whose moment is a placeholder, in whatever zone it was written."""
    if facts.created_at is None:
        return verdict
    given = facts.created_at.astype("datetime64[s]", copy=False)
    apart = np.abs(given - UNIX)  # an absent moment compares as false
    zero = (apart <= ZONES) & (apart.astype(np.int64) % 900 == 0)
    rows = np.flatnonzero(zero | (given < FIRST + ZONES) | (given >= LAST))
    if not len(rows):
        return verdict
    cure = "Give the time it was accepted, or leave the row out."
    held = tuple(
        Held(int(i), "created_at", str(given[i]), "is a placeholder, not a date", cure)
        for i in rows
    )
    examples = examples_of(facts, rows, [str(given[i])[:10] for i in rows[:3]])
    doubt = Doubt(
        kind="placeholder date",
        count=len(rows),
        examples=examples,
        sentence=f"{len(rows):,} rows have a placeholder for a date ({told(examples)}): they are "
        f"held back. {cure}",
        sentence_zh=f"{len(rows):,} 行的时间是占位值（{told_zh(examples)}），已退回。"
        "请补充受理时间或删去该行。",
    )
    return verdict.noting(doubt, held=held)


def cut_page(facts: Facts, verdict: Verdict) -> Verdict:
    """Ask about a file that ends exactly where services and spreadsheets stop."""
    if facts.n_read not in PAGES:
        return verdict
    doubt = Doubt(
        kind="cut page",
        count=facts.n_read,
        asks=True,
        sentence=f"The file has exactly {facts.n_read:,} rows, where many services and "
        "spreadsheets stop: it may be the first page of more. Fetch the rest, or make sure that "
        "this is all.",
        sentence_zh=f"文件恰好 {facts.n_read:,} 行，许多接口和表格在此截断，可能只是第一页。"
        "请取全数据，或确认已完整。",
    )
    return verdict.noting(doubt)


def repeated_ids(facts: Facts, verdict: Verdict) -> Verdict:
    """Hold back rows whose id stands in a line before; ask when that is true of many."""
    if facts.ids is None:
        return verdict
    ids = np.asarray(facts.ids, object)
    given = [i for i, value in enumerate(ids) if value is not None and value != ""]
    if len({ids[i] for i in given}) == len(given):
        return verdict
    first: dict[str, int] = {}
    again = [i for i in given if first.setdefault(ids[i], i) != i]
    rows = np.array(again)
    cure = "Give every row an id of its own, or leave one of them."
    held = tuple(
        Held(i, "id", str(ids[i]), f"stands already in line {facts.lines[first[ids[i]]]}", cure)
        for i in again
    )
    asks = len(again) > MANY * len(given)
    examples = examples_of(facts, rows, [str(ids[i]) for i in again[:3]])
    sentence = f"{len(again):,} rows repeat the id of a line before ({told(examples)}): they are "
    sentence += f"held back. {cure}"
    sentence_zh = (
        f"{len(again):,} 行的编号与前面重复（{told_zh(examples)}），已退回。请保证编号唯一。"
    )
    if asks:
        sentence += " Is this the column that tells the rows apart? If not, map another as id."
        sentence_zh += "该列是否真是唯一编号？如不是，请改用其他列作为 id。"
    doubt = Doubt(
        kind="repeated id",
        count=len(again),
        examples=examples,
        sentence=sentence,
        sentence_zh=sentence_zh,
        asks=asks,
    )
    return verdict.noting(doubt, held=held)


def broken_shapes(facts: Facts, verdict: Verdict) -> Verdict:
    """Mend invalid shapes; hold back those of which nothing is left, or that are not finite."""
    if verdict.shapes is None:
        return verdict
    there = ~shapely.is_missing(verdict.shapes)
    finite = ~np.isinf(shapely.bounds(verdict.shapes)).any(axis=1)
    empty = there & shapely.is_empty(verdict.shapes)
    broken = np.flatnonzero(there & ~empty & finite & ~shapely.is_valid(verdict.shapes))
    shapes = verdict.shapes.copy()
    # "structure" keeps what the rings enclose, and so the area a person meant.
    reason = shapely.is_valid_reason(shapes[broken])
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    lost = broken[shapely.is_empty(shapes[broken])]
    cure = "Draw the shape again."
    held = tuple(
        Held(int(i), "geometry", "", "encloses nothing", cure)
        for i in [*np.flatnonzero(empty), *lost]
    )
    verdict = verdict.noting(held=held, shapes=shapes)
    kept = ~np.isin(broken, lost)
    return verdict.noting(_mended(facts, broken[kept], reason[kept])) if kept.any() else verdict


def _mended(facts: Facts, rows: Ints, reasons: NDArray[np.object_]) -> Doubt:
    examples = examples_of(facts, rows, [str(reason).split("[")[0] for reason in reasons[:3]])
    return Doubt(
        kind="invalid geometry",
        count=len(rows),
        examples=examples,
        sentence=f"{len(rows):,} shapes were not valid ({told(examples)}): they have been mended. "
        "Look at them on the map.",
        sentence_zh=f"{len(rows):,} 个图形无效（{told_zh(examples)}），已修复，请在图上核对。",
    )
