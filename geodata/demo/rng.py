"""Random numbers that do not depend on who asked before."""

from __future__ import annotations

import zlib

import numpy as np


def stream(seed: int, subject: str, *numbers: int) -> np.random.Generator:
    """Return the generator of one subject, such as ``stream(seed, "appeals", 2023, 5)``.

    The same arguments give the same numbers in any process: a new subject never moves another.
    """
    words = [abs(seed), int(seed < 0), zlib.crc32(subject.encode()), *numbers]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))
