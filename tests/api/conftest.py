from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.bodies import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse


def told(response: TestResponse) -> str:
    """The reason of a refusal, which is JSON and nothing else."""
    assert response.mimetype == "application/json"
    assert "Traceback" not in response.get_data(as_text=True)
    return str(response.get_json()["error"])


@pytest.fixture
def post(client: FlaskClient) -> Callable[[Any], TestResponse]:
    """Send a callback's body."""
    return lambda sent: client.post(ADDRESS, json=sent)
