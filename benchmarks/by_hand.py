"""The same numbers asked of DuckDB by hand, in the three ways a good engineer would try.

They use the product's connection, so its threads and memory, and none of its SQL. Each gives every
number of ``Told``; putting the rows into that form is not timed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.asked import Told, kept, matrix, moments

if TYPE_CHECKING:
    from benchmarks.asked import Asked, Counts
    from geodata.query import Query
    from geodata.store.reader import Reader

    Rows = dict[str, Any]

NOW = "created_at >= $now_start AND created_at < $now_end"
BEFORE = "created_at >= $before_start AND created_at < $before_end"
MARKS = {
    "total": "now",
    "smoke": "now AND is_smoke",
    "open": "now AND is_open",
    "overdue": "now AND is_open AND due_at < $as_of",
    "closed": "now AND NOT is_open",
    "on_time": "now AND NOT is_open AND closed_at <= due_at",
    "with_due": "now AND NOT is_open AND closed_at IS NOT NULL AND due_at IS NOT NULL",
    "previous": "before",
    "previous_smoke": "before AND is_smoke",
}
COUNTED = ", ".join(f"count(*) FILTER (WHERE {test}) AS {name}" for name, test in MARKS.items())
MARKED = ", ".join(f"({test})::UTINYINT AS {name}" for name, test in MARKS.items())
SUMMED = ", ".join(f"sum({name}) AS {name}" for name in MARKS)
EVERY = "count(*) AS every, count(*) FILTER (WHERE is_smoke) AS every_smoke"
GROUPS = ("area", "slot", "category", "day", "spot")
COLUMNS = (*3 * (tuple(MARKS),), *2 * (("every", "every_smoke"),))  # what each group counts


class ByHand:
    """One question, its condition written out; every way gives the rows as they came."""

    def __init__(self, reader: Reader, asked: Asked, query: Query) -> None:
        self._reader, self._moments = reader, moments(query, reader.place.zone)
        self._where = " AND ".join(self._conditions(asked))
        self._chosen = f"""
            SELECT area, day, (day + 3) % 7 * 24 + hour AS slot, category, smoke AS is_smoke,
                   is_open, due_at, closed_at, {NOW} AS now, {BEFORE} AS before,
                   CASE WHEN block >= 0 AND {NOW} THEN block END AS spot
            FROM tickets WHERE {self._where}"""

    def grouping_sets(self) -> list[Rows]:
        """One scan with five grouping sets."""
        sets = ", ".join(f"({group})" for group in GROUPS)
        return [
            self._ask(f"""
                SELECT grouping({", ".join(GROUPS)}) AS set, {", ".join(GROUPS)},
                       count(*) AS every, sum(is_smoke::UTINYINT) AS every_smoke, {SUMMED}
                FROM (SELECT {", ".join(GROUPS)}, is_smoke, {MARKED} FROM ({self._chosen}))
                GROUP BY GROUPING SETS ({sets})""")
        ]

    def five_statements(self) -> list[Rows]:
        """One statement a panel, each as narrow as it can be."""
        by = "SELECT {0}, {1} FROM ({2}) GROUP BY {0}"
        panels = [by.format(group, COUNTED, self._chosen) for group in GROUPS[:3]]
        simple = f"SELECT {{0}}, {EVERY.replace('is_', '')} FROM tickets WHERE {self._where}{{1}}"
        days = simple.format("day", " GROUP BY day")
        spots = simple.format("block AS spot", f" AND {NOW} AND block >= 0 GROUP BY block")
        return [self._ask(sql) for sql in (*panels, days, spots)]

    def read_once(self) -> list[Rows]:
        """The rows chosen once into memory, then five counts of them in the same statement."""
        counts = [
            f"SELECT {i}, {g}, {SUMMED} FROM c GROUP BY {g}" for i, g in enumerate(GROUPS[:3])
        ]
        nothing = ", 0" * (len(MARKS) - 2)
        counts += [
            f"SELECT {i}, {g}, {EVERY}{nothing} FROM c GROUP BY {g}"
            for i, g in enumerate(GROUPS[3:], start=3)
        ]
        chosen = f"SELECT {', '.join(GROUPS)}, is_smoke, {MARKED} FROM ({self._chosen})"
        names = ", ".join(("panel", "key", *MARKS))
        union = " UNION ALL ".join(counts)
        return [
            self._ask(f"WITH c AS MATERIALIZED ({chosen}), told({names}) AS ({union}) FROM told")
        ]

    def _ask(self, sql: str) -> Rows:
        used = {name: value for name, value in self._moments.items() if f"${name}" in sql}
        return self._reader.columns(sql, used)

    def _conditions(self, asked: Asked) -> list[str]:
        tests = ["created_at >= $first", "created_at < $last"]
        if asked.street:
            found = self._reader.rows(
                "SELECT n, last FROM areas WHERE code = $code", {"code": asked.street}
            )[0]
            tests.append(f"area BETWEEN {found['n']} AND {found['last']}")
        if asked.hours:
            tests.append("hour >= {} AND hour < {}".format(*asked.hours))
        return tests + [f"{name} IN ({self._codes(name, v)})" for name, v in asked.filters.items()]

    def _codes(self, subject: str, values: tuple[str, ...]) -> str:
        sql = """SELECT code FROM terms
                 WHERE subject = $subject AND list_contains($values, split_part(value, '/', 1))"""
        found = self._reader.rows(sql, {"subject": subject, "values": list(values)})
        return ", ".join(str(row["code"]) for row in found) or "-1"


def told_of_sets(answers: list[Rows]) -> Told:
    """The answer of ``grouping_sets``."""
    (rows,) = answers

    def part(position: int, names: tuple[str, ...]) -> Counts:
        alone = (1 << len(GROUPS)) - 1 - (1 << (len(GROUPS) - 1 - position))
        key = rows[GROUPS[position]]
        mine = (np.asarray(rows["set"]) == alone) & ~np.ma.getmaskarray(key)
        return kept(key[mine], matrix(rows, names, mine))

    return _told(*(part(i, names) for i, names in enumerate(COLUMNS)))


def told_of_five(answers: list[Rows]) -> Told:
    """The answer of ``five_statements``."""
    parts = zip(answers, GROUPS, COLUMNS, strict=True)
    return _told(*(kept(rows[key], matrix(rows, names)) for rows, key, names in parts))


def told_of_once(answers: list[Rows]) -> Told:
    """The answer of ``read_once``, whose union has the first part's column names."""
    (rows,) = answers

    def part(panel: int, names: tuple[str, ...]) -> Counts:
        mine = (np.asarray(rows["panel"]) == panel) & ~np.ma.getmaskarray(rows["key"])
        return kept(rows["key"][mine], matrix(rows, tuple(MARKS)[: len(names)], mine))

    return _told(*(part(i, names) for i, names in enumerate(COLUMNS)))


def _told(own: Counts, slots: Counts, categories: Counts, days: Counts, spots: Counts) -> Told:
    return Told(own=own, slots=slots, categories=categories, days=days, blocks=spots)
