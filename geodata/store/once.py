"""What is made once and then kept, however many threads ask for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Once:
    """Named things, each made by the first who asks."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}
        self._making = threading.RLock()

    def __call__(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once."""
        if name not in self._made:
            with self._making:
                if name not in self._made:
                    self._made[name] = make()
        return cast("T", self._made[name])
