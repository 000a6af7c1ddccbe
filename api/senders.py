"""Who may write: a sender with a token, or this machine itself.

A web page that somebody reads on this machine is not this machine: it may send requests to it, so
a request that a page of another origin could have made is refused.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, request

from api import wire
from geodata.tokens import LOCAL

if TYPE_CHECKING:
    from geodata.tokens import Tokens

# Each says that somebody else's request is passed on, even where it comes from this machine.
PROXIES = ("Forwarded", "Via", "X-Real-Ip")
CURE = "Send `Authorization: Bearer TOKEN`; `python -m geodata token NAME` issues one."


def sender(known: Tokens) -> str | Response:
    """The name of who sends this request, or its refusal (401, 403)."""
    given = request.headers.get("Authorization")
    if given is not None:
        return _by_token(given, known)
    if _is_of_another_page():
        return wire.refused(403, f"A page of another origin may not write here. {CURE}")
    if _is_this_machine():
        return LOCAL
    return _unknown(f"Who sends this is not known. {CURE}", "Bearer")


def _by_token(given: str, known: Tokens) -> str | Response:
    scheme, _, token = given.partition(" ")
    name = known.sender_of(token.strip()) if scheme.lower() == "bearer" else None
    if name is None:
        return _unknown(
            f"The token is not known, or has been revoked. {CURE}", 'Bearer error="invalid_token"'
        )
    return name


def _unknown(reason: str, challenge: str) -> Response:
    refusal = wire.refused(401, reason)
    refusal.headers["WWW-Authenticate"] = challenge
    return refusal


def _is_of_another_page() -> bool:
    """Whether a browser says that a page of another origin made this request."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = request.host_url.rstrip("/").lower()
    return site not in {None, "same-origin", "none"} or (origin or own).lower() != own


def _is_this_machine() -> bool:
    """Whether a request comes from here, for nobody else, and by a name of this machine.

    A page can make its own name mean this machine (DNS rebinding); the Host it sends gives it away.
    """
    passed_on = any(
        name in PROXIES or name.startswith("X-Forwarded-") for name, _ in request.headers
    )
    return not passed_on and _is_loopback(request.remote_addr or "") and _is_loopback(_host())


def _host() -> str:
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
