"""Learning from labelled texts with crfsuite (L-BFGS, L1 and L2)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.addresses.crf.attributes import described
from geodata.addresses.crf.model import Model, of_crfsuite
from geodata.addresses.crf.names import divisions
from geodata.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.addresses.crf.rows import Labelled


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn: ``l1`` makes weights few, ``l2`` small; ``iterations`` bound the time.

    ``single`` tells elements' last tokens and single tokens apart (BIOES): more exact, and four
    times the work. Attributes seen less often than ``rarest`` are left out.
    """

    l1: float = 0.1
    l2: float = 0.05
    iterations: int = 100
    single: bool = True
    rarest: int = 1


def learned(rows: Sequence[Labelled], settings: Settings = Settings()) -> Model:
    """Learn a model from labelled texts.

    Raises
    ------
    DataError
        python-crfsuite is not installed, or no text has an element.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.crfsuite"
        train(rows, file, settings)
        return of_crfsuite(opened(file))


def train(rows: Sequence[Labelled], file: Path, settings: Settings) -> None:
    """Write crfsuite's own model file."""
    if not any(row.elements for row in rows):
        raise DataError("No text to learn from has an element.")
    trainer = crfsuite().Trainer("lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": settings.l1,
            "c2": settings.l2,
            "max_iterations": settings.iterations,
            "feature.minfreq": settings.rarest,
        }
    )
    for row in rows:
        attributes, names = words(row.text), tags(row, single=settings.single)
        if names:
            trainer.append(attributes, names)
    trainer.train(str(file))


def opened(file: Path) -> Any:
    """Open crfsuite's own tagger on its model file."""
    tagger = crfsuite().Tagger()
    tagger.open(str(file))
    return tagger


def words(text: str) -> list[list[str]]:
    """Give for each token of a text its attributes as crfsuite takes them."""
    count, _, rows = described(_codes(text), divisions())
    return [[f"{attribute:x}" for attribute in row] for row in rows[:count].tolist()]


def tags(row: Labelled, *, single: bool) -> list[str]:
    """Give for each token its part of an element: ``B-road``, ``I-road``, …, or ``O``.

    A token that an element covers only in part belongs to none.
    """
    count, tokens, _ = described(_codes(row.text), divisions())
    starts, ends = tokens.starts[:count], tokens.ends[:count]
    names = ["O"] * count
    for element in row.elements:
        inside = np.flatnonzero((starts >= element.start) & (ends <= element.end)).tolist()
        for n, at in enumerate(inside):
            names[at] = f"{_part(n, len(inside), single=single)}-{element.label}"
    return names


def _part(n: int, count: int, *, single: bool) -> str:
    if single and n == count - 1:
        return "E" if n else "S"
    return "I" if n else "B"


def crfsuite() -> Any:
    """Give the training library, which the running product does without."""
    try:
        import pycrfsuite
    except ImportError:
        raise DataError(
            "Learning needs python-crfsuite: pip install -r requirements-dev.txt."
        ) from None
    return pycrfsuite


def _codes(text: str) -> np.ndarray[Any, np.dtype[np.uint32]]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
