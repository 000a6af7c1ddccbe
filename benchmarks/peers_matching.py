"""Run by the environment of the peers: ``python peers_matching.py NAME < asked.json > told.json``.

Reads ``{"documents": [[id, names, whole]], "texts": [text], "seconds": how long at most}``, where
``whole`` is all that people may say of a place; writes ``{"built": CPU seconds, "seconds": CPU
seconds, "found": [id of the first hit, or null]}`` of as many texts as were asked in that time.
Knows nothing of the product, which is not installed there.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any

Documents = list[tuple[str, list[str], str]]
Find = Callable[[str], str | None]


def _tantivy(documents: Documents) -> Find:
    """BM25 over pairs of characters, names and whole addresses."""
    import tantivy  # type: ignore[import-not-found]

    pairs = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2, False)).build()
    builder = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("name", "whole"):
        builder.add_text_field(field, tokenizer_name="pairs")
    schema = builder.build()
    index = tantivy.Index(schema)
    index.register_tokenizer("pairs", pairs)
    writer = index.writer(num_threads=1)
    for ident, names, whole in documents:
        writer.add_document(tantivy.Document(id=ident, name=" ".join(names), whole=whole))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(text: str) -> str | None:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, field, gram))
            for gram in _grams(text, 2)
            for field in ("name", "whole")
        ]
        hits = searcher.search(tantivy.Query.boolean_query(terms), 1).hits if terms else []
        return str(searcher.doc(hits[0][1])["id"][0]) if hits else None

    return find


def _fts5(documents: Documents) -> Find:
    """SQLite's BM25 over threes of characters."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE place USING fts5(name, whole, tokenize = 'trigram')")
    base.executemany(
        "INSERT INTO place (rowid, name, whole) VALUES (?, ?, ?)",
        ((at, " ".join(names), whole) for at, (_, names, whole) in enumerate(documents)),
    )
    base.execute("INSERT INTO place (place) VALUES ('optimize')")
    ask = "SELECT rowid FROM place WHERE place MATCH ? ORDER BY rank LIMIT 1"

    def find(text: str) -> str | None:
        said = " OR ".join(f'"{gram}"' for gram in _grams(text.replace('"', ""), 3))
        hit = base.execute(ask, (said,)).fetchone() if said else None
        return documents[hit[0]][0] if hit else None

    return find


def _rapidfuzz(documents: Documents) -> Find:
    """The name that is most alike some part of the text; of equal ones the longest."""
    from rapidfuzz import fuzz, process

    pairs = [(name, ident) for ident, names, _ in documents for name in names]
    pairs.sort(key=lambda pair: -len(pair[0]))
    choices = [name for name, _ in pairs]

    def find(text: str) -> str | None:
        hit = process.extractOne(text, choices, scorer=fuzz.partial_ratio)
        return pairs[hit[2]][1] if hit else None

    return find


def _grams(text: str, size: int) -> list[str]:
    """Give every run of so many characters once, in order."""
    return sorted({text[at : at + size] for at in range(len(text) - size + 1)})


_PEERS = {"tantivy": _tantivy, "fts5": _fts5, "rapidfuzz": _rapidfuzz}


def _told(find: Find, texts: list[str], seconds: float) -> dict[str, Any]:
    found: list[str | None] = []
    began = time.process_time()
    for text in texts:
        found.append(find(text))
        if time.process_time() - began > seconds:
            break
    return {"seconds": time.process_time() - began, "found": found}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    start = time.process_time()
    finder = _PEERS[sys.argv[1]]([tuple(document) for document in asked["documents"]])
    built = time.process_time() - start
    _told(finder, asked["texts"][:20], 1.0)
    json.dump({"built": built, **_told(finder, asked["texts"], asked["seconds"])}, sys.stdout)
