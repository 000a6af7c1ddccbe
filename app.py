"""张店一张图 (OneMap). ``python app.py`` serves; ``create_app`` makes the app of given settings."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

# Plotly imports pandas with its first chart; two threads that do so at once break each other.
import pandas  # noqa: F401
from dash import Dash
from flask_caching import Cache
from flask_compress import Compress

import api
import callbacks.wiring
import layers
from api import vendor
from api.serving import serve
from api.settings import Settings
from callbacks.pages import PAGES
from geodata.errors import DataError
from geodata.place import read_place
from geodata.replay import mend
from geodata.store.generation import published
from geodata.store.reader import Store, shown
from layers._answers import Answers
from layers._layer import LayerError


def create_app(settings: Settings) -> Dash:
    """The app of a data folder, complete and ready to serve.

    Raises
    ------
    DataError
        When the data folder holds nothing to show or cannot be read.
    LayerError
        When a layer's declaration is wrong.
    """
    app = Dash(
        __name__,
        assets_folder="assets",
        serve_locally=True,
        suppress_callback_exceptions=True,
        update_title="",
        title="张店一张图",
    )
    app.server.config.update(settings.compression)
    Compress(app.server)
    cache = Cache(app.server, config=settings.caching)
    store = Store(settings.data, mend=mend)
    catalog = layers.following(settings.rooms, settings.data)
    answers = Answers(store, catalog, cache, settings.build)
    answers.catalog()  # the data must be there, and every declaration must fit it
    callbacks.wiring.register(app, answers, settings)
    api.register(app, answers, settings, tuple(PAGES))
    return app


def main(arguments: list[str] | None = None) -> int:
    """Serve a data folder; returns 2 with one sentence when it cannot be served."""
    parser = argparse.ArgumentParser(description="张店一张图 · OneMap")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8050)
    parser.add_argument("--data", type=Path, help="data folder (default: $ONEMAP_DATA or var/data)")
    given = parser.parse_args(arguments)
    settings = Settings()
    if given.data:
        settings = replace(settings, data=given.data)
    try:
        shown(published(settings.data), settings.data)
        found = layers.catalog(settings.rooms, settings.data)
        layers.check_opening(found, read_place(settings.data))
    except (DataError, LayerError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if absent := vendor.missing(settings):
        sys.stderr.write(f"{absent[0]} is not installed. `make run` does it, or `npm ci` here.\n")
        return 2
    serve(lambda: create_app(settings).server, given.host, given.port, settings.data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
