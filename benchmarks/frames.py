"""The same numbers with pandas, the columns already in memory, as a person at a notebook does it.

A GeoDataFrame is a DataFrame with a geometry; once every ticket has its area as a column, which is
given here for nothing, the geometry has no part in these questions and is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.asked import Told, kept

if TYPE_CHECKING:
    from benchmarks.asked import Asked
    from geodata.store.reader import Reader

COLUMNS = "created_at, closed_at, due_at, area, day, hour, smoke, is_open, block"
SUBJECTS = ("category", "channel", "department")


def tickets(reader: Reader) -> Any:
    """All tickets as a DataFrame: moments, small integers, flags and categoricals."""
    import numpy as np
    import pandas as pd

    rows = reader.columns(f"SELECT {COLUMNS}, {', '.join(SUBJECTS)} FROM tickets")
    frame = pd.DataFrame({name: rows.pop(name) for name in COLUMNS.split(", ")})
    for subject in SUBJECTS:
        sql = "SELECT value FROM terms WHERE subject = $subject ORDER BY code"
        values = [row["value"] for row in reader.rows(sql, {"subject": subject})]
        codes = np.ma.filled(rows.pop(subject), -1)
        frame[subject] = pd.Categorical.from_codes(codes, values)
    return frame


def answer(frame: Any, asked: Asked, at: dict[str, Any], street: tuple[int, int]) -> dict[str, Any]:
    """Grouped frames by panel, of moments; ``street`` is the range of areas, first and last."""
    chosen = frame[_mask(frame, asked, at, street)]
    marks = _marks(chosen, at)
    measures = marks.drop(columns="every_smoke")
    slot = (chosen["day"] + 3) % 7 * 24 + chosen["hour"]
    spots = chosen["block"][marks["total"] & (chosen["block"] >= 0)]
    return {
        "own": measures.groupby(chosen["area"]).sum(),
        "slots": measures.groupby(slot).sum(),
        "categories": measures.groupby(chosen["category"].cat.codes).sum(),
        "days": marks.assign(every=1)[["every", "every_smoke"]].groupby(chosen["day"]).sum(),
        "blocks": marks.loc[spots.index, ["total", "smoke"]].groupby(spots).sum(),
    }


def told(grouped: dict[str, Any]) -> Told:
    """The answer in the form that is compared."""
    return Told(**{name: kept(table.index, table.to_numpy()) for name, table in grouped.items()})


def _mask(frame: Any, asked: Asked, at: dict[str, Any], street: tuple[int, int]) -> Any:
    mask = (frame["created_at"] >= at["first"]) & (frame["created_at"] < at["last"])
    if asked.street:
        mask &= frame["area"].between(*street)
    if asked.hours:
        mask &= (frame["hour"] >= asked.hours[0]) & (frame["hour"] < asked.hours[1])
    for name, values in asked.filters.items():
        wanted = [v for v in frame[name].cat.categories if v.split("/")[0] in values]
        mask &= frame[name].isin(wanted)
    return mask


def _marks(chosen: Any, at: dict[str, Any]) -> Any:
    """One column a measure, in the product's order, and whether it is smoke at all."""
    import pandas as pd

    created, is_open = chosen["created_at"], chosen["is_open"]
    now = (created >= at["now_start"]) & (created < at["now_end"])
    before = (created >= at["before_start"]) & (created < at["before_end"])
    done, due = chosen["closed_at"], chosen["due_at"]
    return pd.DataFrame(
        {
            "total": now,
            "smoke": now & chosen["smoke"],
            "open": now & is_open,
            "overdue": now & is_open & (due < at["as_of"]),
            "closed": now & ~is_open,
            "on_time": now & ~is_open & (done <= due),
            "with_due": now & ~is_open & done.notna() & due.notna(),
            "previous": before,
            "previous_smoke": before & chosen["smoke"],
            "every_smoke": chosen["smoke"],
        }
    )
