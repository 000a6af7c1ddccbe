"""How a step stands, told from what lies on disk; no process is needed for that."""

from __future__ import annotations

import json
import os
import signal

import pytest

from geodata.intake.chinese import in_chinese
from geodata.intake.uploads import folder, jobs
from geodata.intake.uploads.locks import taken


@pytest.fixture
def upload(tmp_path):
    with folder.arriving(tmp_path, "a.csv") as (ident, handle):
        handle.write(b"x")
    return folder.found(tmp_path, ident)


@pytest.fixture
def room(upload):
    """The folder of a look that has begun."""
    room = upload.folder / "look"
    room.mkdir()
    (room / jobs.ASKED).write_text("{}")
    (room / jobs.OUT).touch()
    return room


def failed(why: str) -> dict[str, str]:
    return {"phase": "failed", "error": why, "error_zh": in_chinese(why)}


def test_what_nobody_has_asked_for_is_none(upload):
    assert jobs.told(upload, "look") == {"phase": "none"}


def test_a_step_runs_as_long_as_its_lock_is_held_and_has_not_answered(upload, room):
    held = taken(upload.lock)
    assert jobs.told(upload, "look")["phase"] == "running"
    assert jobs.told(upload, "look")["seconds"] >= 0
    (room / jobs.OUT).write_text('{"result": {"acc')  # half an answer is none
    assert jobs.told(upload, "look")["phase"] == "running"
    (room / jobs.OUT).write_text('{"result": {"accepted": 1}}')
    assert jobs.told(upload, "look") == {"phase": "done", "result": {"accepted": 1}}
    os.close(held)


def test_a_step_that_ended_without_an_answer_has_failed_even_when_nobody_saw_it(upload, room):
    assert jobs.told(upload, "look")["phase"] == "failed"
    (room / jobs.ENDED).write_text(json.dumps({"why": "It took too long."}))
    assert jobs.told(upload, "look") == failed("It took too long.")


def test_an_answer_may_be_a_reason(upload, room):
    (room / jobs.OUT).write_text('{"error": "There is no mapping."}')
    assert jobs.told(upload, "look") == failed("There is no mapping.")


def test_what_was_stopped_says_so(upload, room):
    (room / jobs.STOPPED).touch()
    assert jobs.told(upload, "look") == {"phase": "stopped"}


def test_a_process_that_is_gone_cannot_be_stopped_and_another_of_its_number_is_spared(upload, room):
    (room / jobs.PID).write_text(str(os.getpid()))
    jobs.stop(upload, *jobs.STEPS)  # were it at work, this test would end here
    assert jobs.told(upload, "look")["phase"] == "failed"


def test_an_upload_at_work_takes_no_second_step(upload, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "PATIENCE", 0.0)
    held = taken(upload.lock)
    with pytest.raises(jobs.AtWorkError, match="already"):
        jobs.start(tmp_path, upload, "look", {})
    os.close(held)


@pytest.mark.parametrize(
    ("code", "said", "why"),
    [
        (-signal.SIGALRM, "", "more than 10 minutes"),
        (-signal.SIGXCPU, "", "more than 10 minutes"),
        (-signal.SIGKILL, "", "perhaps for want of memory"),
        (1, "Traceback\n  File x\nValueError: odd", "It broke off (ValueError: odd)"),
        (3, "", "It broke off (code 3)"),
    ],
)
def test_an_end_without_an_answer_is_explained_in_one_sentence(code, said, why):
    told = jobs._why(code, said, 600)
    assert why in told
    assert "Traceback" not in told


def test_a_fault_is_told_in_chinese_as_well(upload, room):
    (room / jobs.OUT).write_text(
        '{"error": "a.csv is empty; its first line must name the columns."}'
    )
    assert jobs.told(upload, "look")["error_zh"] == "a.csv 是空的；首行应为列名。"
