"""Learned weights: taken from crfsuite, kept in one small file, laid out for the decoder."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from geodata.addresses.crf.decoding import (
    BEGIN,
    INSIDE,
    LAST,
    OUTSIDE,
    ROW,
    SINGLE,
    SLOT,
    Weights,
    laid_out,
)
from geodata.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

_ROLES = {"O": OUTSIDE, "B": BEGIN, "I": INSIDE, "E": LAST, "S": SINGLE}


@dataclass(frozen=True, slots=True)
class Model:
    """Labels, the weights between them, and the weights of attributes.

    A name is ``O``, or the part of an element (B I E S) and its label: ``B-road``.
    ``transitions`` is a matrix over ``names``, from row to column. ``attributes`` (64-bit, sorted)
    own ``counts[i]`` rows each of ``labels`` (places in ``names``) and ``weights``, in order.
    """

    names: NDArray[np.str_]
    transitions: NDArray[np.float64]
    attributes: NDArray[np.uint64]
    counts: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    weights: NDArray[np.float32]

    @property
    def elements(self) -> tuple[str, ...]:
        """The labels an element may bear, sorted."""
        return tuple(sorted({str(name[2:]) for name in self.names if name != "O"}))

    def laid_out(self) -> Weights:
        """Give the weights as the decoder wants them."""
        size = 1 << (2 * self.attributes.size + 1).bit_length()
        marks, slots = np.zeros(size, np.uint8), np.zeros(size, SLOT)
        laid_out(marks, slots, self.attributes, self.counts)
        rows = np.empty(self.labels.size, ROW)
        rows["label"], rows["weight"] = self.labels, self.weights
        number = {label: i for i, label in enumerate(self.elements)}
        return Weights(
            marks=marks,
            slots=slots,
            rows=rows,
            transitions=self.transitions,
            roles=np.array([_ROLES[name[0]] for name in self.names], np.int32),
            elements=np.array([number.get(name[2:], -1) for name in self.names], np.int32),
        )

    def save(self, path: Path) -> None:
        """Write the model to a file of its own form."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        with path.open("wb") as file:
            np.savez_compressed(file, **kept)


def loaded(path: Path) -> Model:
    """Read a model from its file.

    Raises
    ------
    DataError
        The file is not there or is no such model.
    """
    try:
        with np.load(path, allow_pickle=False) as kept:
            return Model(**{field.name: kept[field.name] for field in fields(Model)})
    except (OSError, EOFError, ValueError, KeyError, AttributeError, zipfile.BadZipFile) as error:
        raise DataError(f"{path} holds no weights of the address reader ({error}).") from None


def of_crfsuite(tagger: Any) -> Model:
    """Take the model out of an opened ``pycrfsuite.Tagger``, in the order of its labels."""
    told = tagger.info()
    names = tagger.labels()
    number = {name: i for i, name in enumerate(names)}
    transitions = np.zeros((len(names), len(names)))
    for (before, after), weight in told.transitions.items():
        transitions[number[before], number[after]] = weight
    owned: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (attribute, name), weight in told.state_features.items():
        if weight:
            owned[int(attribute, 16)].append((number[name], weight))
    rows = [row for attribute in sorted(owned) for row in owned[attribute]]
    return Model(
        names=np.array(names),
        transitions=transitions,
        attributes=np.array(sorted(owned), np.uint64),
        counts=np.array([len(owned[attribute]) for attribute in sorted(owned)], np.uint8),
        labels=np.array([label for label, _ in rows], np.uint8),
        weights=np.array([weight for _, weight in rows], np.float32),
    )
