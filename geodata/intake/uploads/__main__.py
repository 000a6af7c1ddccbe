"""One step of an upload, within limits; prints one JSON document.

``python -m geodata.intake.uploads DATA ID STEP``; what is asked lies in the folder of the step.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import DataError
from geodata.intake.files.limits import MB
from geodata.intake.uploads.folder import found
from geodata.intake.uploads.jobs import ASKED, STEPS, Step
from geodata.intake.uploads.patience import PATIENCE, patient

if TYPE_CHECKING:
    from geodata.intake.uploads.folder import Upload


def main(arguments: list[str]) -> None:
    """Do the step and print what came of it: ``{"result": …}`` or ``{"error": "why"}``."""
    data, ident, name = Path(arguments[0]), arguments[1], arguments[2]
    step = STEPS[name]
    limit(step)
    answer: dict[str, Any]
    try:
        answer = {"result": _done(data, ident, name)}
    except DataError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": f"It needs more than {step.memory // MB} MB of memory. Bring a part."}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, allow_nan=False))


def limit(step: Step) -> None:
    """Take away from this process what it must not use.

    Memory is limited softly: the process that reads a file is given its own, larger for a larger
    file. What does not end in time is ended by the kernel, whatever it is doing.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (step.memory, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (step.seconds, step.seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(step.seconds)
    os.nice(step.nice)


def _done(data: Path, ident: str, name: str) -> dict[str, Any]:
    upload = found(data, ident)
    asked = json.loads((upload.folder / name / ASKED).read_text(encoding="utf-8"))
    if name == "settle":
        return _settled(data, upload, asked)
    from geodata.intake.uploads import steps

    if name == "undo":
        return steps.undo(data, asked)
    return {"look": steps.look, "bring": steps.bring}[name](data, upload, asked)


def _settled(data: Path, upload: Upload, asked: dict[str, Any]) -> dict[str, Any]:
    """Carry out an order of the address desk, which needs nothing of what reads files."""
    from geodata.desk.deciding import Order
    from geodata.desk.settling import settle

    order = Order.kept(upload.folder, asked)
    return asdict(patient(lambda: settle(data, order), PATIENCE))


if __name__ == "__main__":
    main(sys.argv[1:])
