"""Serving: gunicorn with threads, one worker unless the environment says more.

``ONEMAP_WORKERS`` says how many processes answer. ``ONEMAP_COMPACTOR=elsewhere`` leaves the journal
to ``python -m geodata compact``; by default a thread of one of the workers folds it in.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.errors import AppImportError

from geodata.errors import DataError
from geodata.replay import remade
from geodata.store import compactor
from layers._layer import LayerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

THREADS = 8


def serve(make: Callable[[], Flask], host: str, port: int, data: Path) -> None:
    """Answer requests until told to stop (SIGTERM drains, SIGINT ends).

    ``make`` runs in each worker: an open database must not be carried over a fork.
    """

    def started(worker: Any) -> None:
        if os.environ.get("ONEMAP_COMPACTOR", "inside") == "inside":
            # Every worker offers to compact; the writer's lock lets one do it at a time.
            doing = threading.Thread(
                target=compactor.run, args=(data, threading.Event(), remade), daemon=True
            )
            doing.start()
        _say_ready(worker)

    options = {
        "bind": f"{host}:{port}",
        "workers": int(os.environ.get("ONEMAP_WORKERS", "1")),
        "threads": THREADS,
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": 20,
        "keepalive": 5,
        "limit_request_line": 8190,
        "loglevel": "warning",
        "proc_name": "onemap",
        "post_worker_init": started,
    }
    _Gunicorn(make, options).run()


def _say_ready(worker: Any) -> None:
    """Tell, once the first worker can answer, where."""
    if worker.age == 1:
        listening = worker.sockets[0].getsockname()
        sys.stdout.write(f"http://{listening[0]}:{listening[1]}\n")
        sys.stdout.flush()


class _Gunicorn(BaseApplication):
    """Gunicorn around a server that each worker makes for itself."""

    def __init__(self, make: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._make, self._options = make, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        try:
            return self._make()
        except (DataError, LayerError) as error:  # said in one sentence, and the server ends
            raise AppImportError(str(error)) from error
