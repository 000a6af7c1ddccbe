"""What several threads ask at the same moment is answered at once, by one of them for all."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Q = TypeVar("Q")
A = TypeVar("A")


class Together(Generic[Q, A]):
    """Questions gathered while the ones before them are being answered.

    ``answer`` gives the answers of several questions in their order. Nobody waits for company: who
    comes alone is answered alone.
    """

    def __init__(self, answer: Callable[[Sequence[Q]], list[A]]) -> None:
        self._answer = answer
        self._lock = threading.Lock()
        self._waiting: list[_Asked[Q, A]] = []
        self._is_led = False

    def ask(self, question: Q) -> A:
        """The answer to a question; raises what answering it raised."""
        mine: _Asked[Q, A] = _Asked(question)
        with self._lock:
            self._waiting.append(mine)
            mine.leads, self._is_led = not self._is_led, True
        if not mine.leads:
            mine.woken.wait()
        if mine.leads:
            self._lead()
        return mine.told()

    def _lead(self) -> None:
        """Answer everybody who waits, then let one of those who came meanwhile lead."""
        with self._lock:
            now, self._waiting = self._waiting, []
        try:
            self._answer_all(now)
        finally:
            with self._lock:
                heir = self._waiting[0] if self._waiting else None
                self._is_led = heir is not None
            if heir:
                heir.leads = True
                heir.woken.set()
            for asked in now:
                asked.woken.set()

    def _answer_all(self, now: list[_Asked[Q, A]]) -> None:
        try:
            answers = self._answer([asked.question for asked in now])
        except Exception as error:
            if len(now) == 1:
                now[0].error = error
                return
            for asked in now:  # so that one question fails for itself alone
                self._answer_all([asked])
        else:
            for asked, answer in zip(now, answers, strict=True):
                asked.answer = [answer]


class _Asked(Generic[Q, A]):
    """A question, and its answer or error once there is one."""

    def __init__(self, question: Q) -> None:
        self.question = question
        self.answer: list[A] = []
        self.error: Exception | None = None
        self.leads = False
        self.woken = threading.Event()

    def told(self) -> A:
        if self.error:
            raise self.error
        if not self.answer:
            raise RuntimeError("Who was answering ended before this question was answered.")
        return self.answer[0]
