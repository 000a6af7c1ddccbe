"""``OneMap``: a thin Dash component; the browser half is ``one_map.js``, without a build step."""

from __future__ import annotations

from typing import Any, ClassVar

from dash.development.base_component import Component


class OneMap(Component):
    """A map that draws scenes.

    Parameters
    ----------
    id : str
        Of the element; ``data-ready`` on it tells whether everything shown is painted.
    library : str
        Address of the maplibre-gl module.
    scene : dict
        What to draw, from ``callbacks.scene``; ``search`` is the address it answers.
    basemap : dict
        An XYZ raster source below everything, or None.
    notes : dict
        Texts drawn on the map: attribution and approval number.
    """

    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = ["children"]
    _namespace = "components"
    _type = "OneMap"

    def __init__(
        self,
        id: str | None = None,
        library: str | None = None,
        scene: dict[str, Any] | None = None,
        basemap: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        names = ["id", "library", "scene", "basemap", "className"]
        self._prop_names = names
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = names
        self.available_wildcard_properties: list[str] = []
        given = {"id": id, "library": library, "scene": scene, "basemap": basemap, **kwargs}
        super().__init__(**{name: value for name, value in given.items() if value is not None})
