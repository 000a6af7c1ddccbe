from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.desk.desk import Desk
from geodata.store.reader import Store
from tests.geodata.desk import waiting

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.store.reader import Reader


@pytest.fixture(scope="session")
def waiting_folder(tmp_path_factory) -> Path:
    return waiting.build(tmp_path_factory.mktemp("waiting"))


@pytest.fixture(scope="session")
def waiting_reader(waiting_folder) -> Reader:
    return Store(waiting_folder).reader()


@pytest.fixture
def folder(waiting_folder, tmp_path) -> Path:
    return waiting.copied(waiting_folder, tmp_path)


@pytest.fixture
def desk(folder) -> Desk:
    return Desk(Store(folder).reader)
