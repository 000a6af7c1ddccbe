"""``/vendor/…``: the browser packages npm has installed, and nothing else of theirs."""

from __future__ import annotations

import mimetypes
from functools import cache
from typing import TYPE_CHECKING

from api import wire

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask, Response

    from api.settings import Settings

# Name in our addresses -> file in node_modules. What is not here is not served.
FILES = {
    "maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre-gl-shared.mjs": "maplibre-gl/dist/maplibre-gl-shared.mjs",
    "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "plotly.min.js": "plotly.js-cartesian-dist-min/plotly-cartesian.min.js",
    **{
        f"figures-{weight}.woff2": "@fontsource/barlow-semi-condensed/files/"
        f"barlow-semi-condensed-latin-{weight}-normal.woff2"
        for weight in (500,)
    },
}
TYPES = {".mjs": "text/javascript", ".woff2": "font/woff2"}


def register(server: Flask, settings: Settings) -> None:
    """Add the route. The version in the path changes with the build, so files may be kept."""

    @server.get("/vendor/<build>/<name>")
    def vendor(build: str, name: str) -> Response:
        if name not in FILES or build != settings.build:
            return wire.refused(404, f"There is no file {name} of build {build}.")
        suffix = "." + name.rpartition(".")[2]
        mimetype = TYPES.get(suffix) or mimetypes.types_map[suffix]
        return wire.packed(_packed(settings.packages / FILES[name]), mimetype)


@cache
def _packed(file: Path) -> bytes:
    return wire.pack(file.read_bytes())


def missing(settings: Settings) -> list[str]:
    """Browser packages that are not installed."""
    return [path for path in FILES.values() if not (settings.packages / path).is_file()]
