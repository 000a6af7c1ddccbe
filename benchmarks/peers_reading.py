"""Run by the environment of the peers: ``python peers_reading.py NAME < texts.json > read.json``.

Reads a list of texts; writes ``{"seconds": CPU seconds, "read": [{level: words}]}``. Knows nothing
of the product, which is not installed there.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Read = Callable[[list[str]], list[dict[str, str]]]


def _framed(module: Any) -> Read:
    names = {"province": "省", "city": "市", "district": "区"}

    def read(texts: list[str]) -> list[dict[str, str]]:
        rows = module.transform(texts).to_dict("records")
        return [{level: str(row[name] or "") for level, name in names.items()} for row in rows]

    return read


def _jionlp(module: Any) -> Read:
    names = {"province": "province", "city": "city", "district": "county"}
    names |= {"town": "town", "community": "village"}

    def one(text: str) -> dict[str, str]:
        told = module.parse_location(text, town_village=True)
        return {level: str(told.get(name) or "") for level, name in names.items()}

    return lambda texts: [one(text) for text in texts]


def _reader(name: str) -> Read:
    if name == "cpca":
        import cpca  # type: ignore[import-not-found]

        return _framed(cpca)
    if name == "addressparser":
        import addressparser  # type: ignore[import-not-found]

        return _framed(addressparser)
    import jionlp  # type: ignore[import-not-found]

    return _jionlp(jionlp)


if __name__ == "__main__":
    printed, sys.stdout = sys.stdout, sys.stderr  # some peers greet on stdout
    reader = _reader(sys.argv[1])
    asked = json.load(sys.stdin)
    reader(asked[:20])
    began = time.process_time()
    found = reader(asked)
    json.dump({"seconds": time.process_time() - began, "read": found}, printed)
