"""Every form of every name in one array of characters, searched whole in a few milliseconds.

Forms stand one behind the other, each followed by a mark. A text is looked for from the beginning
of all forms at once, character by character, or anywhere within them; 2 bytes a character.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.addresses.pinyin import syllables
from geodata.addresses.text import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Mask = NDArray[np.bool_]
    Chars = NDArray[np.uint16]

END = "\n"  # no form has it, nor anything that is looked for
_END = ord(END)
_FIRST, _LAST = "一", "鿿"  # characters that have a sound
_SMALL = ord("a") - ord("A")


@dataclass(frozen=True, slots=True)
class Walk:
    """Owners of forms a text is the beginning of (``begins``), and of those it is (``exact``).

    ``passed`` are the owners of forms that are a beginning of the text, each with what the text
    says behind them, the shortest form first.
    """

    begins: Ints
    exact: Ints
    passed: list[tuple[str, Ints]]


class Forms:
    """The forms of ``count`` owners, numbered as their names are given."""

    def __init__(self, names: Sequence[Iterable[str]]) -> None:
        text: list[str] = []
        owners: list[int] = []
        self.count = len(names)
        for owner, every in enumerate(names):
            forms = {form for name in every for form in _forms(name)}
            text += sorted(forms)
            owners += [owner] * len(forms)
        # Nothing is looked at behind the last mark but that mark.
        self._chars = _codes(END.join([*text, "", ""]))
        self._owner = np.array(owners, np.int32)
        ends = np.flatnonzero(self._chars == _END).astype(np.int32)
        self._start = np.concatenate([[0], ends[: len(owners)] + 1])[: len(owners)].astype(np.int32)
        self._first = self._chars[self._start]

    def walk(self, text: str) -> Walk:
        """Compare a text, at least one character of it, with all forms from their beginning."""
        codes = _codes(text)
        alive = np.flatnonzero(self._first == codes[0]).astype(np.int32)
        passed: list[tuple[str, Ints]] = []
        for at in range(1, len(codes)):
            here = self._chars[self._start[alive] + at]
            if len(over := alive[here == _END]):
                behind = codes[at:].tobytes().decode("utf-16-le", "surrogatepass")
                passed.append((behind, self._owner[over]))
            alive = alive[_same(here, codes[at])]
        exact = alive[self._chars[self._start[alive] + len(codes)] == _END]
        return Walk(self._owner[alive], self._owner[exact], passed)

    def holding(self, part: str) -> Mask:
        """Tell which owners have a form that holds a part; a spelled one from a syllable on."""
        codes = _codes(part)
        found = np.flatnonzero(self._chars == codes[0])
        for at, code in enumerate(codes[1:], 1):
            found = found[_same(self._chars[found + at], code)]
        holds = np.zeros(self.count, np.bool_)
        holds[self._owner[np.searchsorted(self._start, found, "right") - 1]] = True
        return holds


def _forms(name: str) -> Iterator[str]:
    """A name as it is compared, as it is written, spelled, and by its initials.

    Within a syllable that is spelled letters are small: nothing that is typed begins there.
    """
    plain = normalised(name)
    if not plain:
        return
    yield plain
    yield "".join(name.upper().split())
    if any(_FIRST <= char <= _LAST for char in plain):
        said = syllables(plain)
        yield "".join(sound[0] + sound[1:].lower() for sound in said)
        yield "".join(sound[0] for sound in said)


def _same(chars: Chars, code: np.uint16) -> Mask:
    same = np.asarray(chars == code)
    return same | (chars == code + _SMALL) if ord("A") <= code <= ord("Z") else same


def _codes(text: str) -> Chars:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
