"""Steps at work: started in a process of their own, told from what lies on disk, stopped.

The lock of an upload is held by the step's process and by who started it. So it is known in every
worker whether a step is at work, and when a process has ended without an answer.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import geodata
from geodata.errors import DataError
from geodata.intake.chinese import in_chinese
from geodata.intake.files.apart import SPARING
from geodata.intake.files.limits import MB
from geodata.intake.uploads.folder import ROOM
from geodata.intake.uploads.locks import is_held, taken

if TYPE_CHECKING:
    from geodata.intake.uploads.folder import Upload

log = logging.getLogger(__name__)
CODE = Path(geodata.__file__).resolve().parent.parent
ASKED, OUT, ERRORS, ENDED, PID = "asked.json", "out.json", "stderr.txt", "ended.json", "pid"
STOPPED = "stopped"
PATIENCE = 3.0  # seconds until a process that has been stopped, or has answered, is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step may use: how many at once, bytes of memory, seconds of work and of waiting.

    The higher its ``nice`` the more it lets others go first.
    """

    slots: tuple[str, ...]
    seconds: int
    memory: int = 4096 * MB
    nice: int = 10  # whoever looks at the map goes first


LOOKS = ("look-1", "look-2", "look-3", "look-4")
STEPS = MappingProxyType(
    {
        "look": Step(slots=LOOKS, seconds=600),
        "bring": Step(slots=("write",), seconds=7200),
        "undo": Step(slots=("write",), seconds=7200),
        "settle": Step(slots=("write",), seconds=7200, nice=0),  # a clerk waits for it
    }
)


class AtWorkError(DataError):
    """What is asked has to wait until something else has ended."""


def start(data: Path, upload: Upload, name: str, asked: dict[str, Any]) -> None:
    """Begin a step of an upload; it goes on whatever becomes of this process.

    Raises
    ------
    AtWorkError
        When the upload is at work already, or as many steps as may run at once are running.
    """
    lock = taken(upload.lock, PATIENCE)
    if lock is None:
        raise AtWorkError("This file is being worked on already. Wait for it, or stop it.")
    held = [lock]
    try:
        held.append(_slot(data, name))
        process = _begun(data, upload, name, asked, held)
    except BaseException:
        _let_go(held)
        raise
    watching = threading.Thread(target=_watch, args=(process, upload, name, held), daemon=True)
    watching.start()


def told(upload: Upload, name: str) -> dict[str, Any]:
    """How a step stands: its ``phase`` and, as it has one, its ``result`` or ``error``.

    Phases are ``none``, ``running`` (with the ``seconds`` it has taken), ``stopped``, ``failed``
    and ``done``.
    """
    room = upload.folder / name
    if not (room / ASKED).is_file():
        return {"phase": "none"}
    is_at_work = is_held(upload.lock)  # looked at before the answer, which may come in between
    if (answer := _answer(room)) is not None:
        return _failed(answer["error"]) if "error" in answer else {"phase": "done", **answer}
    if (room / STOPPED).is_file():
        return {"phase": "stopped"}
    if (room / ENDED).is_file():
        return _failed(json.loads((room / ENDED).read_text("utf-8"))["why"])
    if is_at_work:
        seconds = time.time() - (room / ASKED).stat().st_mtime
        return {"phase": "running", "seconds": round(max(0.0, seconds), 1)}
    return _failed("It ended without an answer. Try again.")


def _failed(why: str) -> dict[str, Any]:
    return {"phase": "failed", "error": why, "error_zh": in_chinese(why)}


def stop(upload: Upload, *names: str) -> None:
    """End those of the steps that are at work; what they would have written is not there."""
    for name in names:
        room = upload.folder / name
        if told(upload, name)["phase"] == "running" and (room / PID).is_file():
            (room / STOPPED).touch()
            with suppress(ProcessLookupError):  # it has just ended by itself
                os.killpg(int((room / PID).read_text()), signal.SIGKILL)


def _slot(data: Path, name: str) -> int:
    """A descriptor that stands for one of the steps of a kind that may run at once."""
    for slot in STEPS[name].slots:
        if (descriptor := taken(data / ROOM / f"{slot}.slot", patience=0)) is not None:
            return descriptor
    if len(STEPS[name].slots) == 1:
        raise AtWorkError("Another import is at work. Wait until it has ended, then try again.")
    raise AtWorkError(f"{len(LOOKS)} files are being looked at already. Try again in a moment.")


def _begun(
    data: Path, upload: Upload, name: str, asked: dict[str, Any], held: list[int]
) -> subprocess.Popen[bytes]:
    """The process of a step, with the locks it holds."""
    room = upload.folder / name
    for stale in ("look", "bring") if name == "look" else (name,):  # an answer to what was before
        shutil.rmtree(upload.folder / stale, ignore_errors=True)
    (room / "tmp").mkdir(parents=True)
    (room / ASKED).write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
    with (room / OUT).open("wb") as out, (room / ERRORS).open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "geodata.intake.uploads", str(data.resolve()), upload.id, name],
            cwd=CODE,
            env={**os.environ, **SPARING, "TMPDIR": str((room / "tmp").resolve())},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            pass_fds=held,
            start_new_session=True,
        )
    (room / PID).write_text(str(process.pid))
    return process


def _watch(process: subprocess.Popen[bytes], upload: Upload, name: str, held: list[int]) -> None:
    """Wait for a step, end what it has left behind, and note why when it gave no answer."""
    room = upload.folder / name
    try:
        # Not yet reaped, so that the number of its group cannot mean anybody else.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        shutil.rmtree(room / "tmp", ignore_errors=True)
        if _answer(room) is None and not (room / STOPPED).is_file():
            said = (room / ERRORS).read_bytes()[-4000:].decode("utf-8", "replace").strip()
            log.error("step %s of an upload ended with %s: %s", name, code, said)
            why = json.dumps({"why": _why(code, said, STEPS[name].seconds)})
            (room / ENDED).write_text(why, encoding="utf-8")
    except FileNotFoundError:
        log.warning("upload %s was removed while it was at work", upload.id)
    finally:
        _let_go(held)


def _let_go(held: list[int]) -> None:
    for descriptor in held:
        os.close(descriptor)


def _answer(room: Path) -> dict[str, Any] | None:
    """What the process has printed, once it is whole."""
    try:
        answer = json.loads((room / OUT).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _why(code: int, said: str, seconds: int) -> str:
    """Why a process ended without an answer, in a sentence."""
    if code in {-signal.SIGALRM, -signal.SIGXCPU}:
        return f"It took more than {seconds // 60} minutes. Bring a part of the file."
    if code == -signal.SIGKILL:
        return (
            "It was ended from outside, perhaps for want of memory. Try again, or a smaller file."
        )
    last = said.splitlines()[-1][:300] if said else f"code {code}"
    return f"It broke off ({last}). The server's log has the whole of it."
