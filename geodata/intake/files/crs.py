"""What a file says of its own coordinates, by the names we use."""

from __future__ import annotations

from typing import Any

from pyproj import CRS
from pyproj.exceptions import CRSError

SURE = 70  # how sure pyproj must be that a text means a system of the EPSG list, in per cent


def declared(given: Any) -> str:
    """``EPSG:…`` for WKT, PROJJSON or a name; the text itself where the list has no such system.

    What is not understood counts as not declared: "".
    """
    if not given:
        return ""
    try:
        crs = CRS.from_user_input(given)
    except CRSError:
        return ""
    code = crs.to_epsg(min_confidence=SURE)
    return f"EPSG:{code}" if code else crs.to_wkt()
