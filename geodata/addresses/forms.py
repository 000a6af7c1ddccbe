"""Every form of every name in one array of characters, searched whole in a few milliseconds.

Forms stand one behind the other, each followed by a mark. A text is looked for from the beginning
of all forms at once, character by character, or anywhere within them; 5 bytes a character.
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

END = "\n"  # no form has it, nor anything that is looked for
_FIRST, _LAST = "一", "鿿"  # characters that have a sound


@dataclass(frozen=True, slots=True)
class Walk:
    """Owners of forms a text begins like: those it ``begins``, those it is (``exact``).

    ``passed`` are the forms that are a beginning of the text, by their lengths, shortest first.
    """

    begins: Ints
    exact: Ints
    passed: list[tuple[int, Ints]]


class Forms:
    """The forms of ``count`` owners, numbered as their names are given."""

    def __init__(self, names: Sequence[Iterable[str]]) -> None:
        text: list[str] = []
        begins, owners, lengths = bytearray(), [], []
        self.count = len(names)
        for owner, every in enumerate(names):
            for form, marks in dict(form for name in every for form in _forms(name)).items():
                text += (form, END)
                begins += marks + b"\0"
                owners.append(owner)
                lengths.append(len(form) + 1)
        self._chars = _codes("".join(text))
        self._begins = np.frombuffer(begins, np.bool_)
        self._owner = np.array(owners, np.int32)
        self._start = np.cumsum([0, *lengths], dtype=np.int32)[:-1]
        self._first = self._chars[self._start]

    def walk(self, text: str) -> Walk:
        """Compare a text, at least one character of it, with all forms from their beginning."""
        codes, end = _codes(text), ord(END)
        alive = np.flatnonzero(self._first == codes[0]).astype(np.int32)
        passed: list[tuple[int, Ints]] = []
        for at in range(1, len(codes)):
            here = self._chars[self._start[alive] + at]
            if len(over := alive[here == end]):
                passed.append((at, self._owner[over]))
            alive = alive[here == codes[at]]
        exact = alive[self._chars[self._start[alive] + len(codes)] == end]
        return Walk(self._owner[alive], self._owner[exact], passed)

    def holding(self, part: str) -> Mask:
        """Tell which owners have a form that holds a part; a spelled one from a syllable on."""
        codes = _codes(part)
        found = np.flatnonzero((self._chars == codes[0]) & self._begins)
        for at, code in enumerate(codes[1:], 1):
            # The last form ends with the mark: who gets so far has nothing behind it to pass.
            found = found[self._chars[np.minimum(found + at, len(self._chars) - 1)] == code]
        holds = np.zeros(self.count, np.bool_)
        holds[self._owner[np.searchsorted(self._start, found, "right") - 1]] = True
        return holds


def _forms(name: str) -> Iterator[tuple[str, bytes]]:
    """A name as it is compared, as it is written, spelled and by its initials.

    Each with a byte a character, 1 where what is typed may begin.
    """
    plain = normalised(name)
    if not plain:
        return
    yield plain, b"\1" * len(plain)
    if (written := "".join(name.upper().split())) != plain:
        yield written, b"\1" * len(written)
    if any(_FIRST <= char <= _LAST for char in plain):
        said = syllables(plain)
        yield "".join(said), b"".join(b"\1" + b"\0" * (len(sound) - 1) for sound in said)
        yield "".join(sound[0] for sound in said), b"\1" * len(said)


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
