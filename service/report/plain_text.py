"""Untrusted text, shown as text.

Owns how a value of unknown origin becomes one safe line. Knows nothing of what the value means
or where it is shown.
"""


def show_line(text: str) -> str:
    r"""Return ``text`` on one line, control and bidirectional characters escaped.

    Runs of white space become one blank; what is not printable (``str.isprintable``), lone
    surrogates included, is written as Python would: ``\x1b``, ``\u202e``. What comes back can
    therefore stand in a terminal, in an attribute and in XML 1.0.
    """
    line = " ".join(text.split())
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in line
    )


def cut_line(text: str, max_chars: int) -> str:
    """Return ``text`` as ``show_line`` does, cut to ``max_chars`` characters with an ellipsis."""
    line = show_line(text)
    return line if len(line) <= max_chars else f"{line[: max_chars - 1].rstrip()}…"
