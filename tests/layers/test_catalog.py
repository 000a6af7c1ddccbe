from __future__ import annotations

import pytest

import layers
from layers import bound, catalog
from layers._layer import LayerError
from tests.layers.conftest import ADDED

GOOD = (ADDED / "benches.py").read_text(encoding="utf-8")
PLAIN = """
id = "trees"
title = "树"
group = "测试"
description = "树"
geometry = "Point"
source = {provider = "测试", license = "CC0"}
fields = [{name = "kind", title = "种"}]
symbology = {color = "#228822"}
"""


def test_the_layers_of_the_product_stand_in_drawing_order():
    known = catalog()
    assert list(known) == sorted(known, key=lambda i: known[i].order)
    assert set(known) == {
        *("outline", "grids", "areas", "roads", "smoke", "addresses", "markets", "tickets"),
        *("landmarks", "address_quality"),
    }


def test_files_with_an_underscore_are_no_layers(tmp_path):
    (tmp_path / "_notes.py").write_text("raise RuntimeError")
    assert catalog((tmp_path,)) == {}


def test_a_layer_file_is_found_without_a_registry(tmp_path):
    (tmp_path / "benches.py").write_text(GOOD, encoding="utf-8")
    assert list(catalog((tmp_path,))) == ["benches"]
    assert set(catalog((layers.ROOM, tmp_path))) == {*catalog(), "benches"}


def test_a_plain_layer_is_found_in_the_data_folder(tmp_path):
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers" / "trees.toml").write_text(PLAIN, encoding="utf-8")
    assert "trees" in catalog(data=tmp_path)
    assert "trees" not in catalog()


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (
            "chairs.py",
            GOOD,
            r"chairs\.py declares id 'benches'; the id and the file name must match",
        ),
        ("benches.py", "LAYERS = 1", r"benches\.py must define LAYER = Layer\(\.\.\.\)"),
        ("benches.py", "LAYER = 'benches'", r"must define LAYER = Layer"),
    ],
)
def test_a_file_that_declares_no_layer_is_named(tmp_path, name, text, fault):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LayerError, match=fault):
        catalog((tmp_path,))


def test_two_files_cannot_declare_one_layer(tmp_path):
    (tmp_path / "benches.py").write_text(GOOD, encoding="utf-8")
    with pytest.raises(LayerError, match="declares 'benches', which another file has declared"):
        catalog((ADDED, tmp_path))


def test_the_catalogue_is_bound_once_for_a_generation(reader):
    known = catalog()
    assert bound(lambda: known, reader) is bound(lambda: known, reader)
    with pytest.raises(TypeError):
        bound(lambda: known, reader)["new"] = None
