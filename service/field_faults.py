"""What does not fit a model's fields, in words.

Owns how many faults are named at once and that no value is. Knows no model.
"""

from collections.abc import Sequence

from pydantic_core import ErrorDetails

from service.showing import show

MAX_FAULTS = 5
"""Most faults that are named at once; the others are counted."""


def describe_faults(faults: Sequence[ErrorDetails]) -> str:
    """Return what does not fit, value by value, without the values."""
    shown = [
        f"{show('.'.join(map(str, fault['loc'])) or 'the body')}: "
        f"{_say(fault['type'], fault['msg'])}"
        for fault in faults[:MAX_FAULTS]
    ]
    if len(faults) > MAX_FAULTS:
        shown.append(f"and {len(faults) - MAX_FAULTS:,} more")
    return "; ".join(shown)


def _say(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "there is no such field"
    return message[:1].lower() + message[1:]
