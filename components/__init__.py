"""The one Dash component that no package gives us: OneMap on maplibre-gl.

Dash looks for the browser half of a component in ``_js_dist`` of the package of its namespace.
"""

from components.one_map import OneMap

__version__ = "1.0.0"
_js_dist = [
    {"relative_package_path": name, "namespace": "components"}
    for name in ("drawing.js", "pointer.js", "one_map.js")  # each needs the one before
]
_css_dist: list[dict[str, str]] = []
__all__ = ["OneMap"]
