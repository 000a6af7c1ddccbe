from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import layers
from api.settings import Settings
from app import create_app
from tests.conftest import NO_FILES

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ADDED = Path(__file__).parent / "added"
ROOMS = (layers.ROOM, ADDED)


@pytest.fixture(scope="session")
def wide_client(town_folder: Path) -> FlaskClient:
    """A client of the town with the layers of ``added`` beside those of the product."""
    app = create_app(Settings(data=town_folder, rooms=ROOMS, cache=NO_FILES))
    return app.server.test_client()
