"""What can be seen: one file, one layer, one declaration; files with an underscore are none."""

from __future__ import annotations

import importlib.util
import logging
import sys
import tomllib
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING

from layers._layer import Layer, LayerError
from layers._plain import layer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from geodata.place import Place
    from geodata.store.reader import Reader

log = logging.getLogger(__name__)
ROOM = Path(__file__).parent


def catalog(rooms: Iterable[Path] = (ROOM,), data: Path | None = None) -> Mapping[str, Layer]:
    """Every layer of some folders and of a data folder's ``layers/*.toml``, in drawing order.

    Raises
    ------
    LayerError
        When a file does not declare a layer, or two declare the same; names the file and the cure.
    """
    found: dict[str, Layer] = {}
    files = [file for room in rooms for file in sorted(room.glob("[!_]*.py"))]
    files += sorted((data / "layers").glob("*.toml")) if data else []
    for file in files:
        layer = _declared(file)
        if layer.id != file.stem:
            raise LayerError(
                f"{file.name} declares id {layer.id!r}; the id and the file name must match, "
                f"because the id is the layer's name in shared links."
            )
        if layer.id in found:
            raise LayerError(f"{file} declares {layer.id!r}, which another file has declared.")
        found[layer.id] = layer
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: item[1].order)))


def check_opening(layers: Mapping[str, Layer], place: Place) -> None:
    """The layers a place opens with are there; raises LayerError when one is not."""
    if unknown := [ident for ident in place.layers if ident not in layers]:
        raise LayerError(
            f"place.toml opens with a layer {unknown[0]!r} that is not there; the layers are "
            f"{', '.join(layers)}."
        )


def following(rooms: Iterable[Path], data: Path) -> Callable[[], Mapping[str, Layer]]:
    """Gives the catalogue anew each time it is asked; a declaration broken meanwhile is logged."""
    rooms, held = tuple(rooms), [catalog(rooms, data)]

    def newest() -> Mapping[str, Layer]:
        try:
            held[0] = catalog(rooms, data)
        except LayerError:
            log.exception("the layers stay as they were")
        return held[0]

    return newest


def bound(layers: Callable[[], Mapping[str, Layer]], reader: Reader) -> Mapping[str, Layer]:
    """The catalogue with the values of its filters answered by a reader."""
    return reader.once(
        "catalog", lambda: MappingProxyType({i: v.bound(reader) for i, v in layers().items()})
    )


def _declared(file: Path) -> Layer:
    if file.suffix == ".toml":
        try:
            return layer_of(tomllib.loads(file.read_text(encoding="utf-8")), file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LayerError(f"{file} is not readable TOML: {error}.") from error
    layer = getattr(_module(file), "LAYER", None)
    if not isinstance(layer, Layer):
        raise LayerError(f"{file} must define LAYER = Layer(...).")
    return layer


def _module(file: Path) -> ModuleType:
    name = f"layers.{file.stem}"
    if file.parent == ROOM:
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(f"{name}@{file.parent.name}", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
