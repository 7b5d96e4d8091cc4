"""Unified diffs that other tools apply.

Owns how file names and ends of lines are written in one. Reads no file, and knows nothing of what
its lines say.
"""

import difflib
import os
import re
from pathlib import Path

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""JSON may have other separators of lines, such as U+2028, within a string."""
_PLAIN = frozenset(range(0x20, 0x7F)) - frozenset(b'"\\')
"""Bytes that a quoted name has as they are."""


def render_diff(path: Path, before: str, after: str) -> str:
    """Return a unified diff that ``git apply`` and ``patch`` take; empty where nothing differs."""
    lines = difflib.unified_diff(
        _LINE.findall(before),
        _LINE.findall(after),
        fromfile=_name_file("a", path),
        tofile=_name_file("b", path),
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _name_file(side: str, path: Path) -> str:
    """Return the path below ``side``; quoted as in C, or its end marked, where tools need that.

    The source is git's documentation of its diff format, on unusual characters and on blanks.
    """
    name = os.fsencode(f"{side}/{path.as_posix().lstrip('/')}")
    shown = name.decode(errors="replace")
    if shown.isprintable() and not set(shown) & set('"\\\ufffd'):
        return f"{shown}\t" if " " in shown else shown
    quoted = (chr(byte) if byte in _PLAIN else f"\\{byte:03o}" for byte in name)
    return f'"{"".join(quoted)}"'
