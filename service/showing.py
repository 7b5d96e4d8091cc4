"""Foreign values in messages: cut, and free of what a terminal or log would act on.

Owns how long a value is shown. Knows nothing of where it comes from.
"""

MAX_SHOWN_CHARS = 80
"""Most characters of a value that a message repeats."""


def show(value: str) -> str:
    """Return ``value`` cut, with a question mark for each character that cannot be printed."""
    cut = value if len(value) <= MAX_SHOWN_CHARS else value[:MAX_SHOWN_CHARS] + "…"
    return "".join(letter if letter.isprintable() else "?" for letter in cut)
