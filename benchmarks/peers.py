"""The environment of the peers, which the product does not share."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ASKED = Path(__file__).resolve().parent / "peers.txt"


def python() -> Path:
    """Give its interpreter; the environment is made where it is not there, or asks for others.

    Raises ``OSError`` or ``subprocess.SubprocessError`` where it cannot be made.
    """
    home = Path("var") / "peers"
    interpreter, done = home / "bin" / "python", home / "installed"
    if not done.is_file() or done.read_bytes() != ASKED.read_bytes():
        venv.create(home, with_pip=True)
        install = [str(interpreter), "-m", "pip", "install", "-qqq", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", str(ASKED)], check=True, stdout=sys.stderr, timeout=900)
        done.write_bytes(ASKED.read_bytes())
    return interpreter.absolute()
