"""One figure, two values: the text and the fact box beside it.

Owns the rule. It errs to silence: a line "Revenue: $421 million" and a sentence that begins
"Revenue came to $412 million", of one unit, and values that are near or of the same digits.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from service.checking.number_mentions import NumberMention
from service.readers.embedded.doubt_quotes import Conflict, cut_clause
from service.readers.embedded.page import Sentence

_LABEL = re.compile(r"\W{0,3}(?P<label>[A-Z][a-z]+(?:\s[a-z-]+){0,3})\s?:\s+")
_VERB = (
    r"(?:came to|came in at|amounted to|totall?ed|stood at|reached|was|were|is|are|hit|slipped to"
    r"|rose to|fell to|grew to|climbed to|dropped to|of)"
)
_GAP = 4
"""Most characters from the verb to the figure, and in a line from the label to it."""
_NEAR = Fraction(1, 10)
"""How far two values may lie apart, as a part of the greater one."""
_KINDS = frozenset({"money", "percent", "plain"})


def find_other_figures(told: Sequence[Sentence]) -> Iterator[Conflict]:
    """Yield the figures that a fact box of ``told`` gives otherwise than its text."""
    for line in told:
        is_line = line.is_line_start and ":" in line.text
        match = _LABEL.match(line.text) if is_line else None
        boxed = _find_number(line, match.end()) if match else None
        if match is None or boxed is None:
            continue
        label = match["label"]
        pattern = re.compile(rf"\b{re.escape(label)} {_VERB}\s", re.IGNORECASE)
        found = [one for one in told if one is not line and pattern.search(one.text)]
        if len(found) != 1:
            continue
        verb = pattern.search(found[0].text)
        number = _find_number(found[0], verb.end()) if verb else None
        if verb and number and _is_slip(boxed, number):
            yield _describe(label, (found[0], verb.start(), number), (line, 0, boxed))


def _find_number(sentence: Sentence, first: int) -> NumberMention | None:
    """Return the exact figure that stands right behind the offset ``first``."""
    numbers = (one for one in sentence.numbers if first <= one.start <= first + _GAP)
    number = next(numbers, None)
    is_exact = number is not None and number.kind in _KINDS and number.bound == "exact"
    return number if is_exact else None


def _is_slip(one: NumberMention, other: NumberMention) -> bool:
    if (one.kind, one.unit) != (other.kind, other.unit) or one.value == other.value:
        return False
    is_turned = sorted(str(one.value)) == sorted(str(other.value))
    is_near = abs(one.value - other.value) <= _NEAR * max(abs(one.value), abs(other.value))
    return is_turned or is_near


def _describe(
    label: str, text: tuple[Sentence, int, NumberMention], box: tuple[Sentence, int, NumberMention]
) -> Conflict:
    written = [one.text[number.start : number.end] for one, _, number in (text, box)]
    about = f"{label}: {written[0]} in the text but {written[1]} in the overview."
    quotes = tuple(
        cut_clause(one, one.start + first, one.start + number.end)
        for one, first, number in (text, box)
    )
    return Conflict(about, quotes)
