"""Parsing addresses: how fast, how exact, and beside the parsers one can install.

The peers run in an environment of their own, made from ``peers.txt`` the first time. Public sets
lie outside the repository; where they are absent, what needs them is left out with a note.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import peers
from benchmarks.report import Row, Table
from geodata.addresses.crf import Labeller
from geodata.addresses.crf.rows import Labelled, labelled
from geodata.addresses.crf.written import written
from geodata.addresses.evaluate.parse import compared, readings
from geodata.addresses.evaluate.scores import Score

if TYPE_CHECKING:
    from benchmarks.ground import Ground

HERE = Path(__file__).resolve().parent
PUBLIC = HERE.parent.parent / "shared" / "data" / "address"
PEERS = ("cpca", "addressparser", "jionlp")
LEVELS = ("province", "city", "district", "town", "community", "road", "road_no", "building")
SETS = {"naacl2019": ("NAACL 2019", 0.87), "ccks2021_t2": ("CCKS 2021 track 2", 0.895)}
SPEED, FOLDS, ASKED = 12_000, 5, 1_000  # texts a second a core; folds; texts the peers read
# What a name may end with: a peer writes 杭州市 where the text says 杭州.
_ENDINGS = ("特别行政区", "自治区", "自治州", "街道", "省", "市", "区", "县", "镇", "乡")


@dataclass(frozen=True, slots=True)
class Read:
    """What a parser made of texts: CPU seconds, and words by level of each text."""

    seconds: float
    texts: Sequence[Mapping[str, str]]


def tables(ground: Ground) -> Iterator[Table]:
    """Speed of the shipped weights, levels beside the peers, and the five-fold figures."""
    yield _speed(ground.quick)
    if not PUBLIC.is_dir():
        yield _absent()
        return
    yield _beside_peers(300 if ground.quick else ASKED)
    yield _folds(1 if ground.quick else FOLDS)


def _speed(quick: bool) -> Table:
    """From raw texts to elements and probability, one core, after a warm-up."""
    rows = written(4_000, seed=99)
    texts = [row.text for row in rows]
    labeller = Labeller.load()
    found = labeller.read(texts)
    rates = []
    for _ in range(2 if quick else 9):
        start = time.process_time()
        labeller.read(texts)
        rates.append(len(texts) / (time.process_time() - start))
    rate = sorted(rates)[len(rates) // 2]
    score, _ = compared(found, rows)
    length = sum(map(len, texts)) / len(texts)
    return Table(
        "Parsing with the shipped weights",
        ("what", "figure"),
        (
            Row(("texts a second a core", f"{rate:,.0f}"), f"≥ {SPEED:,}", rate >= SPEED),
            Row(("element F1 on texts of the generator, another seed", f"{score.f1:.4f}")),
        ),
        (f"{len(texts):,} texts of {length:.0f} characters; CPU time, median of {len(rates)}.",),
    )


def _absent() -> Table:
    return Table("Parsing of public sets", ("what",), (), (f"Left out: no {PUBLIC.name}/ there.",))


def _beside_peers(count: int) -> Table:
    """F1 by level on the first texts of NAACL 2019; ours has learned from the others alone."""
    rows = labelled(PUBLIC / "naacl2019.dev.jsonl")
    gold, rest = rows[:count], rows[count:]
    texts = [row.text for row in gold]
    truth = [_words(row) for row in gold]
    reads = {"OneMap (CRF)": _ours(rest, gold)}
    notes = [f"{count:,} texts; endings such as 市 and 街道 are not compared, CPU time."]
    for name in PEERS:
        try:
            reads[name] = _peer(name, texts)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            notes.append(f"{name} left out: {type(error).__name__}.")
    shown = tuple(Row((name, *_cells(read, truth, texts))) for name, read in reads.items())
    return Table("Levels beside peers (F1)", ("parser", "texts/s", *LEVELS), shown, tuple(notes))


def _ours(rest: Sequence[Labelled], gold: Sequence[Labelled]) -> Read:
    from geodata.addresses.crf.training import Settings, learned

    labeller = Labeller(learned(rest, Settings(l1=0.15)))
    texts = [row.text for row in gold]
    labeller.read(texts)
    start = time.process_time()
    found = labeller.read(texts)
    seconds = time.process_time() - start
    return Read(seconds, [_words(Labelled("", reading.elements)) for reading in found])


def _peer(name: str, texts: Sequence[str]) -> Read:
    told = subprocess.run(
        [peers.python(), HERE / "peers_reading.py", name],
        input=json.dumps(texts).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        timeout=900,
    )
    answer: dict[str, Any] = json.loads(told.stdout)
    return Read(answer["seconds"], answer["read"])


def _words(row: Labelled) -> dict[str, str]:
    """Give the first words of each level."""
    return {element.label: element.text for element in reversed(row.elements)}


def _cells(read: Read, truth: Sequence[Mapping[str, str]], texts: Sequence[str]) -> tuple[str, ...]:
    rate = f"{len(texts) / read.seconds:,.0f}"
    covered = {level for row in read.texts for level, words in row.items() if words}
    return (
        rate,
        *(_level(level, read, truth, texts) if level in covered else "–" for level in LEVELS),
    )


def _level(level: str, read: Read, truth: Sequence[Mapping[str, str]], texts: Sequence[str]) -> str:
    """Give F1 of a level; what a peer adds that the text does not say is not held against it."""
    right = said = there = 0
    for found, gold, text in zip(read.texts, truth, texts, strict=True):
        ours, theirs = _core(found.get(level, "")), _core(gold.get(level, ""))
        said += bool(ours and ours in text)
        there += bool(theirs)
        right += bool(theirs) and ours == theirs
    return f"{Score(right, said, there).f1:.3f}"


def _core(words: str) -> str:
    for ending in _ENDINGS:
        if words.endswith(ending) and len(words) - len(ending) >= 2:
            return words.removesuffix(ending)
    return words


def _folds(folds: int) -> Table:
    """Micro-F1 of exact elements, each fifth read by what the other four teach."""
    shown = []
    for file, (title, aim) in SETS.items():
        rows = labelled(PUBLIC / f"{file}.dev.jsonl")
        scores = [_fold(rows, fold) for fold in range(folds)]
        mean = sum(score.f1 for score in scores) / folds
        each = " ".join(f"{score.f1:.4f}" for score in scores)
        shown.append(Row((title, f"{mean:.4f}", each), f"≥ {aim}", mean >= aim))
    note = f"Five folds, every fifth text; {folds} of them run."
    return Table("Element F1 by cross-validation", ("set", "mean", "folds"), tuple(shown), (note,))


def _fold(rows: Sequence[Labelled], fold: int) -> Score:
    gold = rows[fold::FOLDS]
    known = {row.text for row in gold}
    rest = [row for n, row in enumerate(rows) if n % FOLDS != fold and row.text not in known]
    score, _ = compared(readings(rest, gold), gold)
    return score
