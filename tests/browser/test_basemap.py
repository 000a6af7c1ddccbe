"""A base map of the intranet: its tiles lie under ours, and both agree where things are."""

from __future__ import annotations

import shutil
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from geodata.space.crs import wgs84_to_gcj02
from tests.browser.conftest import Screen, Served, serving

pytestmark = pytest.mark.browser
PARK = "淄博人民公园"


def png(side: int = 256) -> bytes:
    """A square of one grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x40" * side) * side
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


TILE = png()


@pytest.fixture
def tiles() -> Iterator[tuple[str, list[str]]]:
    """A tile server of the intranet and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(TILE)))
            self.end_headers()
            self.wfile.write(TILE)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def a_place_with(folder: Path, source: Path, tiles: str, crs: str) -> Path:
    shutil.copytree(source, folder)
    with (folder / "place.toml").open("a", encoding="utf-8") as place:
        place.write(f'\n[basemap]\ntiles = "{tiles}/{{z}}/{{x}}/{{y}}.png"\ncrs = "{crs}"\n')
        place.write('attribution = "内网底图"\n')
    return folder


@pytest.mark.parametrize("crs", ["WGS84", "GCJ-02"])
def test_overlay_and_base_map_agree(
    screen: Callable[..., Screen],
    tiny_folder: Path,
    tmp_path: Path,
    tiles: tuple[str, list[str]],
    crs: str,
) -> None:
    host, asked = tiles
    with serving(a_place_with(tmp_path / "data", tiny_folder, host, crs)) as served:
        leader = _opened(screen, served, host)
        lon, lat = leader.page.evaluate(
            "name => onemap.map.querySourceFeatures('landmarks')"
            ".find(f => f.properties.name === name).geometry.coordinates",
            PARK,
        )
    shown = np.array([118.042661]), np.array([36.810198])
    if crs == "GCJ-02":
        shown = wgs84_to_gcj02(*shown)
    # Features of a tiled source are on its grid: half a metre is as near as they come.
    assert lon == pytest.approx(shown[0][0], abs=5e-5)
    assert lat == pytest.approx(shown[1][0], abs=5e-5)
    assert any(path.endswith(".png") for path in asked)


def _opened(screen: Callable[..., Screen], served: Served, host: str) -> Screen:
    leader = screen(served=served)
    leader.page.goto(served.url + "/#map=14/36.81/118.045")
    leader.ready()
    leader.elsewhere = [url for url in leader.elsewhere if not url.startswith(host)]
    assert "内网底图" in leader.text(".map-marks")
    return leader
