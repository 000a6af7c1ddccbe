from __future__ import annotations

import shutil

import pytest

from tests.api.uploads.desk import worker


@pytest.fixture
def data(town_folder, tmp_path):
    return shutil.copytree(town_folder, tmp_path / "data")


@pytest.fixture
def desk(data):
    return worker(data)
