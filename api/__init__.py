"""HTTP that is not Dash: geometry, tiles, numbers, exports, intake, health, the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api import (
    address_desk,
    addresses,
    export,
    gate,
    geometry,
    health,
    intake,
    openapi,
    summary,
    tiles,
    uploads,
    vendor,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash import Dash

    from api.settings import Settings
    from layers._answers import Answers


def register(app: Dash, answers: Answers, settings: Settings, pages: Sequence[str]) -> None:
    """Add every route, and the gate in front of all of them."""
    for room in (geometry, tiles, summary, export, addresses):
        room.register(app.server, answers)
    health.register(app.server, answers, settings)
    intake.register(app.server, answers, settings)
    uploads.register(app.server, settings)
    address_desk.register(app.server, answers, settings)
    openapi.register(app.server, answers, settings)
    vendor.register(app.server, settings)
    gate.register(app, answers, pages)
