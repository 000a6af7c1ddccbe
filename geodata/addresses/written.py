"""How addresses below a base place are written: the library compares words, a reader sees names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.library import in_order
from geodata.addresses.words import TAIL, WRITTEN

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.addresses.library import Library
    from geodata.store.reader import Reader

_OWN = "CASE level {} END AS word".format(
    " ".join(f"WHEN '{level}' THEN {level}" for level in TAIL)
)


class Written:
    """Names of addresses; 4 bytes a row, because few words are written in many addresses."""

    def __init__(self, library: Library, words: pa.Array) -> None:
        """Keep the own element of every row as it is written, in order of ``n``."""
        self._library = library
        self._words = words.dictionary_encode()
        self._bases = {base.n: base.name for base in library.bases if base.n >= 0}

    def name(self, node: int) -> str:
        """Give the whole name of a node: that of its base place, and each element below it."""
        said: list[str] = []
        while node not in self._bases and node >= 0:
            said.append(self._word(node))
            node = self._library.tree.parent[node]
        return "".join([self._bases.get(node, ""), *reversed(said)])

    def _word(self, node: int) -> str:
        if node < self._library.count:
            return self._words[node].as_py() or ""
        # What no row stands for is written as most are.
        parent = self._library.tree.parent[node]
        for level in TAIL:
            for word, child in self._library.tree.children(parent, level):
                if child == node:
                    return word + WRITTEN[level]
        return ""


def written(reader: Reader, library: Library) -> Written:
    """Give the names of a generation's addresses."""
    return Written(library, in_order(reader, _OWN)["word"].combine_chunks())
