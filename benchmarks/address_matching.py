"""Matching against 1,500,000 rooms: how right, how fast, how large; and suggestions while typing.

Book and texts are written by a generator that knows nothing of the product's tables. Everything
runs on one core, each thing in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks import peers
from benchmarks.address_book import Book, prepared
from benchmarks.ground import Ground
from benchmarks.one_core import answer, one_core
from benchmarks.report import Row, Table, at_most
from benchmarks.served import serving
from benchmarks.typed import typed
from benchmarks.visitor import visiting
from geodata.addresses.text import normalised
from tests.addresses.judged import noise
from tests.addresses.judged.score import HOMONYM, NEGATIVE, OVERCLAIM, WRONG, Score, score

HERE = Path(__file__).resolve().parent
TEXTS, SEED, WARM = 20_000, 11, 500
ROUNDS, LOADS, PLACES = 5, 3, 200
SPEED, PRECISION, RECALL = 20_000, 0.995, 0.93
LOAD_SECONDS, LOAD_MB, SUGGEST_MS = 5.0, 400.0, 30.0
PEERS = {
    "tantivy": "tantivy, pairs of characters, BM25",
    "fts5": "SQLite FTS5 trigram, BM25",
    "rapidfuzz": "rapidfuzz partial_ratio, names",
}
BASES = ("road", "quarter", "poi")
FAULTS, SHOWN = (WRONG, OVERCLAIM, HOMONYM, NEGATIVE), 5
Gold = Mapping[str, Any]


def tables(ground: Ground) -> Iterator[Table]:
    """Matching, its peers, what the library takes, and suggestions."""
    book = prepared(ground)
    gold = book.texts(1_000 if ground.quick else TEXTS, SEED)
    told = _engine("match", book, _rounds(book, gold, ground.rounds(ROUNDS)))
    yield _ours(book, gold, told)
    yield _beside_peers(book, gold, told, 3.0 if ground.quick else 60.0)
    yield _library(book, 1 if ground.quick else LOADS)
    yield _suggestions(book, 20 if ground.quick else PLACES)


def _engine(what: str, book: Book, asked: object) -> Any:
    return answer([sys.executable, "-m", "benchmarks.address_engine", what, str(book.data)], asked)


# ---- matching ----


def _rounds(book: Book, gold: Sequence[Gold], count: int) -> dict[str, Any]:
    """Texts to judge, and others for each round of the clock: nothing can be remembered."""
    further = [book.texts(len(gold), SEED + n + 1) for n in range(2 * count)]
    return {
        "warm": _texts(book.texts(WARM, SEED - 1)),
        "judged": _texts(gold),
        "rounds": [_texts(texts) for texts in further],
    }


def _texts(asked: Sequence[Gold]) -> list[str]:
    return [one["text"] for one in asked]


def _ours(book: Book, gold: Sequence[Gold], told: Mapping[str, Any]) -> Table:
    result = _score(book, gold, told["answers"])
    rates = told["at_once"]
    rate, best = float(np.median(rates)), max(rates)
    top, _ = _top([one["base"] for one in told["answers"]], gold)
    rows = (
        _at_least("queries a second, many at once, median round", f"{rate:,.0f}", rate, SPEED),
        _at_least("the round that was least disturbed", f"{best:,.0f}", best, SPEED),
        Row(("queries a second, one at a time", f"{np.median(told['singly']):,.0f}")),
        Row(("the same answers both ways", "yes" if told["same"] else "NO"), "yes", told["same"]),
        _at_least("precision", f"{result.precision:.4f}", result.precision, PRECISION),
        _at_least("recall", f"{result.recall:.4f}", result.recall, RECALL),
        _none("claims finer than the truth", result.overclaims),
        _none("homonyms accepted", result.homonyms_accepted),
        _none("negatives accepted", result.negatives_accepted),
        Row(("wrong", str(result.wrong))),
        Row(("answered, but coarser than possible", str(result.coarser))),
        Row(("answerable, not answered", str(result.missed))),
        Row(("base place right (top-1)", f"{top:.4f}")),
    )
    notes = (*_said(book, gold, told["at_once"]), *_faults(gold, told["answers"], result))
    return Table("Matching", ("what", "figure"), rows, notes)


def _said(book: Book, gold: Sequence[Gold], rates: Sequence[float]) -> tuple[str, ...]:
    kinds = ", ".join(f"{n:,} {kind}" for kind, n in Counter(g["kind"] for g in gold).items())
    return (
        f"{book.levels['room']:,} rooms in {sum(book.levels.values()):,} rows. {book.made}",
        f"{len(gold):,} texts: {kinds}. Precision is at the level that is claimed.",
        f"One core, from the raw text to the answer, CPU time; median of {len(rates)} rounds "
        f"({min(rates):,.0f} to {max(rates):,.0f}), each with as many texts that none had before.",
    )


def _score(book: Book, gold: Sequence[Gold], answers: Sequence[Gold]) -> Score:
    named = {one["address_id"] for one in (*gold, *answers)} | {one["base"] for one in gold}
    also = {ident for one in gold for ident in one["also"]}
    return score(gold, answers, noise.rows(book.rows, {ident for ident in named | also if ident}))


def _faults(gold: Sequence[Gold], answers: Sequence[Gold], result: Score) -> list[str]:
    """Tell the first answers that claim what is not so."""
    judged = zip(gold, answers, result.verdicts, strict=True)
    return [
        f"{verdict}: {one['text']} → {told['address_id']}, not {one['address_id'] or one['status']}"
        for one, told, verdict in judged
        if verdict in FAULTS
    ][:SHOWN]


def _at_least(what: str, figure: str, value: float, aim: float) -> Row:
    return Row((what, figure), f"≥ {aim:,}", value >= aim)


def _none(what: str, count: int) -> Row:
    return Row((what, str(count)), "0", count == 0)


# ---- beside others ----


def _beside_peers(
    book: Book, gold: Sequence[Gold], told: Mapping[str, Any], seconds: float
) -> Table:
    """The first place each finds, on the same texts in the same form."""
    rate = float(np.median(told["at_once"]))
    top, asked = _top([one["base"] for one in told["answers"]], gold)
    rows = [Row(("OneMap", f"{rate:,.0f}", f"{top:.4f}", f"{asked:,}", "yes"))]
    documents = _documents(book.rows)
    question = {
        "documents": documents,
        "texts": [normalised(one["text"]) for one in gold],
        "seconds": seconds,
    }
    notes = [
        f"{len(documents):,} base places, with names and with all that people say of them in two "
        f"fields, rapidfuzz with names; texts in our one form; {seconds:.0f} s of CPU at most, one "
        "core. Those texts count that mean one place. OneMap finds room and door in the same time, "
        "and what it sends to review counts as not found."
    ]
    for name, title in PEERS.items():
        try:
            found = answer([peers.python(), HERE / "peers_matching.py", name], question)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            notes.append(f"{name} left out: {type(error).__name__}.")
            continue
        top, asked = _top(found["found"], gold)
        rate = len(found["found"]) / found["seconds"]
        rows.append(Row((title, f"{rate:,.0f}", f"{top:.4f}", f"{asked:,}", "no")))
    head = ("who", "queries/s", "base place right", "of texts", "rejects")
    return Table("Matching beside peers", head, tuple(rows), tuple(notes))


def _documents(rows: pa.Table) -> list[tuple[str, list[str], str]]:
    """Base places as peers keep them: id, names, and all words that people may say of the place."""
    found = []
    for row in rows.filter(pc.is_in(rows["level"], pa.array(BASES))).to_pylist():
        names = [row[row["level"]], *filter(None, row["aliases"].split("|"))]
        around = [row[name] for name in ("town", "community", "road", "road_no")]
        every = [normalised(word) for word in (*around, *names) if word]
        found.append((row["id"], [normalised(name) for name in names], " ".join(every)))
    return found


def _top(found: Sequence[str | None], gold: Iterable[Gold]) -> tuple[float, int]:
    """Give the share of base places found, and of how many, among texts that mean one place."""
    pairs = [
        (base, {_base(ident) for ident in (one["base"], *one["also"])})
        for base, one in zip(found, gold, strict=False)
        if one["status"] == "matched"
    ]
    return sum(base in right for base, right in pairs) / len(pairs), len(pairs)


def _base(ident: str) -> str:
    return ident.partition("-")[0]


# ---- what it takes ----


def _library(book: Book, times: int) -> Table:
    runs = [_engine("memory", book, {}) for _ in range(times)]
    told = {name: float(np.median([run[name] for run in runs])) for name in runs[0]}
    mb = {
        name: told[name] / 1e6 for name in ("before", "held", "cached", "arrow", "finder", "peak")
    }
    rows = (
        at_most(("library and matcher, s", f"{told['wall']:.2f}"), told["wall"], LOAD_SECONDS, "s"),
        Row(("  of it the library, s", f"{told['library']:.2f}")),
        Row(("  CPU time of both, s", f"{told['cpu']:.2f}")),
        at_most(("they keep, MB", f"{mb['held']:.0f}"), mb["held"], LOAD_MB, "MB"),
        Row(("  of it pages of the file that DuckDB would give up, MB", f"{mb['cached']:.0f}")),
        Row(("  of it columns of Arrow, MB", f"{mb['arrow']:.0f}")),
        Row(("resident before: Python, packages, the open file, MB", f"{mb['before']:.0f}")),
        Row(("the most while loading, in all, MB", f"{mb['peak']:.0f}")),
        Row(("the finder of suggestions, s more", f"{told['finding']:.2f}")),
        Row(("the finder of suggestions, MB more", f"{mb['finder']:.0f}")),
    )
    title = f"Library at {book.levels['room']:,} rooms"
    notes = (
        f"From the published data folder, in a new process on one core; median of {times}. "
        "Memory is resident memory after free memory was given back, less what it was before.",
    )
    return Table(title, ("what", "figure"), rows, notes)


# ---- suggestions ----


def _suggestions(book: Book, places: int) -> Table:
    keys = typed(book.rows, places)
    told = _engine("suggest", book, {"warm": keys["Chinese"][-1], "typed": keys})
    every = [ms for each in told.values() for ms in each]
    rows = [_times(f"{way}, in the process", each, aimed=False) for way, each in told.items()]
    rows.append(_times("all, in the process", every, aimed=True))
    rows.append(_times("all, over HTTP", _over_http(book, keys), aimed=True))
    title = f"Suggestions at {sum(book.levels.values()):,} addresses"
    head = ("typed", "keys", "p50 ms", "p95 ms", "p99 ms", "max ms")
    notes = (f"{places} places typed a key at a time, every key asked once; wall time, one core.",)
    return Table(title, head, tuple(rows), notes)


def _times(what: str, ms: Sequence[float], *, aimed: bool) -> Row:
    p50, p95, p99 = np.percentile(ms, (50, 95, 99))
    figures = (f"{value:.1f}" for value in (p50, p95, p99, max(ms)))
    cells = (what, f"{len(ms):,}", *figures)
    return Row(cells, f"p99 ≤ {SUGGEST_MS:g} ms", p99 <= SUGGEST_MS) if aimed else Row(cells)


def _over_http(book: Book, keys: Mapping[str, Sequence[str]]) -> list[float]:
    """Milliseconds of each key at a server on one core, after the one that makes all it needs."""
    asked = [f"/api/addresses/suggest?q={quote(key)}" for each in keys.values() for key in each]
    found = []
    with one_core(), serving(book.data) as served, visiting(served.port) as visitor:
        visitor.get(f"/api/addresses/suggest?q={quote('没有这个地方')}")
        for path in asked:
            start = time.perf_counter()
            visitor.get(path)
            found.append((time.perf_counter() - start) * 1_000)
    return found
