"""Foreign values in messages: cut, and free of what a terminal or log would act on.

Owns how long a value is shown. Knows nothing of where it comes from.
"""

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


def _replace(value: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in value)
