"""A bar on a terminal, and nothing anywhere else."""

from __future__ import annotations

import io
import sys

from geodata import progress
from geodata.progress import silent, step, steps


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_written_where_nobody_looks(monkeypatch):
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    with steps(2) as tell:
        assert tell is silent
        tell("reading")
    assert written.getvalue() == ""


def test_a_terminal_sees_the_steps_of_what_takes_long(monkeypatch):
    written = Terminal()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(progress, "DELAY", 0.0)
    with steps(2) as tell:
        tell("读取 · reading")
        tell("入库 · publishing")
    assert "读取 · reading" in written.getvalue()
    assert "入库 · publishing" in written.getvalue()


def test_what_is_quick_shows_no_bar(monkeypatch):
    written = Terminal()
    monkeypatch.setattr(sys, "stderr", written)
    with step("reading"):
        pass
    assert "reading" not in written.getvalue()
