"""What a running product is told from outside; handed in, never read at import."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import layers
from geodata import place

ROOT = Path(__file__).resolve().parent.parent
CODE_SUFFIXES = {".py", ".js", ".css", ".toml", ".json"}
OURS = ("api", "assets", "callbacks", "components", "geodata", "layers")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where the data and the browser packages are, and how answers are kept."""

    data: Path = field(default_factory=place.data_folder)
    rooms: tuple[Path, ...] = (layers.ROOM,)
    packages: Path = ROOT / "node_modules"
    cache: dict[str, object] | None = None  # flask-caching's own configuration

    @cached_property
    def build(self) -> str:
        """Names what is shown beside the facts: the code, the place's settings, its plain layers.

        What another build has left in a cache is not used, and its page reloads itself.
        """
        digest = hashlib.blake2b(digest_size=6)
        files = [ROOT / "app.py", ROOT / "package-lock.json", self.data / place.FILE]
        files += [p for name in OURS for p in (ROOT / name).rglob("*")]
        for file in sorted(p for p in files if p.suffix in CODE_SUFFIXES and p.is_file()):
            digest.update(file.read_bytes())
        for file in sorted((self.data / "layers").glob("*")):  # too large to be read whole
            digest.update(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}".encode())
        return digest.hexdigest()

    @property
    def compression(self) -> dict[str, object]:
        """Configuration of flask-compress; plain http is offered gzip alone by browsers."""
        return {
            "COMPRESS_ALGORITHM": ["br", "gzip"],
            "COMPRESS_LEVEL": 6,
            "COMPRESS_BR_LEVEL": 4,
            "COMPRESS_MIMETYPES": [
                *("text/html", "text/css", "text/javascript", "application/javascript"),
                *("application/json", "application/geo+json", "text/csv"),
            ],
        }

    @property
    def caching(self) -> dict[str, object]:
        """Configuration of flask-caching: private files in the data folder unless told."""
        return self.cache or {
            "CACHE_TYPE": "FileSystemCache",
            "CACHE_DIR": str(self.data / "cache"),
            "CACHE_THRESHOLD": 20_000,
            "CACHE_DEFAULT_TIMEOUT": 7 * 24 * 3600,
            "CACHE_OPTIONS": {"mode": 0o600},
        }
