"""Foreign values in messages: cut, and free of what a terminal or log would act on.

Owns how long a value is shown. Knows nothing of where it comes from.
"""

import traceback
from pathlib import PurePath

MAX_SHOWN_CHARS = 80
"""Most characters of a value that a message repeats."""


def show(value: str) -> str:
    """Return ``value`` cut, with a question mark for each character that cannot be printed."""
    cut = value if len(value) <= MAX_SHOWN_CHARS else value[:MAX_SHOWN_CHARS] + "…"
    return _replace(cut)


def show_path(path: PurePath) -> str:
    """Return ``path`` whole, with a question mark for each character that cannot be printed.

    File systems know bytes: a name may have ends of lines, and need not be text at all.
    """
    return _replace(str(path))


def show_reason(error: OSError) -> str:
    """Return why a file or address could not be used, in the system's words, without its name."""
    return (error.strerror or type(error).__name__).lower()


def show_fault(error: Exception) -> str:
    """Return the kind of ``error`` and the line of code; its message may hold an article."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {PurePath(frame.filename).name}:{frame.lineno}"


def _replace(value: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in value)
