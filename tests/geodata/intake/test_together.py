"""Questions of one moment share an answer; one that fails, fails alone."""

from __future__ import annotations

import threading

import pytest

from geodata.intake.together import Together


def in_threads(ask, questions) -> list:
    """The answers (or errors) of questions that are asked in a thread each."""
    told: list = [None] * len(questions)

    def one(i: int) -> None:
        try:
            told[i] = ask(questions[i])
        except Exception as error:
            told[i] = error

    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    return told


def test_who_comes_alone_is_answered_alone():
    asked = []
    together = Together(lambda many: asked.append(list(many)) or [q * 2 for q in many])
    assert [together.ask(n) for n in (1, 2, 3)] == [2, 4, 6]
    assert asked == [[1], [2], [3]]


def test_everybody_gets_the_answer_to_his_own_question():
    together = Together(lambda many: [q * 2 for q in many])
    for _ in range(20):
        assert in_threads(together.ask, list(range(16))) == [n * 2 for n in range(16)]


def test_those_who_come_meanwhile_are_answered_together():
    asked: list[list[int]] = []
    together: Together[int, int]

    def answer(many) -> list[int]:
        asked.append(list(many))
        if len(asked) == 1:  # the first is held until the others wait
            others.start()
            while len(together._waiting) < 5:
                pass
        return list(many)

    together = Together(answer)
    others = threading.Thread(target=in_threads, args=(together.ask, [1, 2, 3, 4, 5]))
    assert together.ask(0) == 0
    others.join(10)
    assert [sorted(batch) for batch in asked] == [[0], [1, 2, 3, 4, 5]]


def test_a_question_that_fails_fails_alone():
    def answer(many) -> list[float]:
        return [1 / q for q in many]

    together = Together(answer)
    for _ in range(20):
        told = in_threads(together.ask, [1, 0, 2, 0, 4])
        assert [t for t in told if isinstance(t, float)] == [1.0, 0.5, 0.25]
        assert sum(isinstance(t, ZeroDivisionError) for t in told) == 2
    with pytest.raises(ZeroDivisionError):
        together.ask(0)
    assert together.ask(2) == 0.5


def test_where_the_one_who_answers_is_stopped_the_others_do_not_wait_for_ever():
    first = threading.Event()

    def answer(many) -> list[int]:
        if not first.is_set():
            first.set()
            raise SystemExit
        return list(many)

    together = Together(answer)
    with pytest.raises(SystemExit):
        together.ask(1)
    assert together.ask(2) == 2
