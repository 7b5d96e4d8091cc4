"""The environment that the other comparisons live in: their own, beside the lock and out of it.

Owns its pins and its folder, which is made once and kept for the next run. Where it cannot be
made, for want of a network for instance, there is none: that is an answer, and no error.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(".venv-rivals")
PINS = ("autoevals[scipy]==0.4.1", "openevals==0.2.2", "stickler-eval==1.0.0")
PYTHON = FOLDER / "bin" / "python"
INSTALL_S = 900
"""Longest that pip may take, in seconds."""

_STAMP = FOLDER / "pins.txt"
_PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
_IMPATIENCE = ("--retries", "1", "--timeout", "15")


def find_environment() -> Path | None:
    """Return the interpreter that has the tools, made where it is not there yet; or ``None``."""
    if _STAMP.exists() and _STAMP.read_text(encoding="utf-8") == _write_stamp():
        return PYTHON
    try:
        _run(sys.executable, "-m", "venv", "--clear", str(FOLDER))
        _run(str(PYTHON), *_PIP, *_IMPATIENCE, *PINS)
    except (OSError, subprocess.SubprocessError):
        return None
    _STAMP.write_text(_write_stamp(), encoding="utf-8")
    return PYTHON


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_S)


def _write_stamp() -> str:
    return "\n".join((*PINS, sys.version))
