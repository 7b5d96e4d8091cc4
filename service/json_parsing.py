"""JSON that others send or wrote, read strictly.

Owns what of a document that is no JSON, or ambiguous, can be said in half a sentence. Knows no
document's shape.
"""

import json
from codecs import BOM_UTF8
from collections import Counter
from typing import Any, NoReturn

from service.showing import show


class JsonError(ValueError):
    """The bytes are no JSON that is read here; the message goes on after the document's name."""


class JsonNameError(JsonError):
    """An object has two members of one name."""


def parse_json(body: bytes) -> Any:  # noqa: ANN401  # any JSON value, which callers validate
    """Return the value of ``body``; ``JsonError`` for anything but UTF-8 JSON.

    An object that gives a name twice is refused (RFC 8259, 4, leaves its meaning open).
    """
    if body.startswith(BOM_UTF8):
        raise JsonError("begins with a byte order mark; save it as UTF-8 without one")
    try:
        return json.loads(body.decode(), object_pairs_hook=_collect, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno:,}, column {error.colno:,}"
        raise JsonError(f"is no JSON: see {place}") from None
    except UnicodeDecodeError as error:
        raise JsonError(f"is not UTF-8: see byte {error.start:,}") from None
    except JsonError:
        raise
    except (ValueError, RecursionError):
        raise JsonError(
            "is no JSON that is read here: a number is too long, or it is nested too deep"
        ) from None


def _refuse(constant: str) -> NoReturn:
    """Refuse ``NaN`` and the infinities: JSON has none, and each slips through comparisons."""
    raise JsonError(f"is no JSON: it has {constant}, which is no number there")


def _collect(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of JSON; which of two values of one name is meant is anyone's guess."""
    collected = dict(pairs)
    if len(collected) < len(pairs):
        names = Counter(name for name, _value in pairs)
        raise JsonNameError(f"gives {show(names.most_common(1)[0][0])} twice")
    return collected
