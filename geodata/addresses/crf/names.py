"""Names of China's divisions, in the form the compiled reader looks them up."""

from __future__ import annotations

import lzma
import re
from functools import cache
from pathlib import Path

import numpy as np

from geodata.addresses.crf.tokens import LONGEST_NAME, Names, fill

DIVISIONS = Path(__file__).resolve().parent.parent / "facts" / "divisions.txt.xz"
# A bit for each kind of name, and what may be left out at its end; a town without it is its own
# kind, since so many are ordinary words.
_BITS = {"province": 1, "city": 2, "county": 4, "town": 8}
_SHORT_BITS = _BITS | {"town": 16}
_ENDINGS = {
    "province": re.compile("(省|市|(壮族|回族|维吾尔)?自治区)$"),
    "city": re.compile("(市|地区|盟)$"),
    "county": re.compile("(市|区|县|旗)$"),
    "town": re.compile("(街道|镇|乡)$"),
}


@cache
def divisions() -> Names:
    """Give the table of provinces, cities, counties and towns, with and without their endings."""
    marks: list[tuple[str, int]] = []
    for line in lzma.decompress(DIVISIONS.read_bytes()).decode().splitlines():
        level, _, names = line.partition("\t")
        for name in names.split(" "):
            marks += [
                (name, _BITS[level]),
                (_ENDINGS[level].sub("", name), _SHORT_BITS[level]),
            ]
    return table([(name, bit) for name, bit in marks if 2 <= len(name) <= LONGEST_NAME])


def table(marks: list[tuple[str, int]]) -> Names:
    """Give the hash table of names with a bit for each."""
    size = 1 << (2 * len(marks) + 1).bit_length()
    names = Names(np.zeros(size, np.uint64), np.zeros(size, np.uint8))
    lengths = np.fromiter((len(name) for name, _ in marks), np.int64, len(marks))
    bits = np.fromiter((bit for _, bit in marks), np.uint8, len(marks))
    text = np.frombuffer("".join(name for name, _ in marks).encode("utf-32-le"), np.uint32)
    fill(text, np.concatenate(([0], np.cumsum(lengths))), bits, names)
    return names
