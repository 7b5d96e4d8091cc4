"""How a place in a draft is written: ``commitments[0].due``.

Owns the one notation that complaints, warnings and reports use.
"""

from collections.abc import Sequence


def format_path(path: Sequence[int | str]) -> str:
    """Return ``commitments[0].due`` for ``("commitments", 0, "due")``; positions from 0."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
