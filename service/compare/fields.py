"""Which scorer judges which field, and which fields are ones to act on.

Owns the one table. The scorers stand in the modules on values, names and texts.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from service.compare.names import judge_name, judge_party, judge_place
from service.compare.texts import judge_passage, judge_short_text, judge_statement
from service.compare.values import judge_date, judge_number, judge_quantity, judge_word
from service.compare.verdicts import Verdict

Scorer = Callable[[Any, Any], Verdict]
"""Takes the golden value and the found one, both of the field's type and neither absent."""


class FieldRule(NamedTuple):
    """How a field is judged."""

    scorer: Scorer
    """Judges one value, or one entry of a field that is a list."""
    is_critical: bool = False
    """Whether someone would act on the field: a wrong or invented value is a critical error."""


RULES: Mapping[str, FieldRule] = {
    # who and whom
    "participants": FieldRule(judge_party, is_critical=True),
    "actors": FieldRule(judge_party, is_critical=True),
    "targets": FieldRule(judge_party, is_critical=True),
    # what, in which direction, how far
    "action": FieldRule(judge_word, is_critical=True),
    "stance": FieldRule(judge_word, is_critical=True),
    "status": FieldRule(judge_word, is_critical=True),
    "kind": FieldRule(judge_word),
    "instrument": FieldRule(judge_word),
    "topic": FieldRule(judge_word),
    "topics": FieldRule(judge_word),
    "aside": FieldRule(judge_word),
    # how much
    "rate": FieldRule(judge_number, is_critical=True),
    "previous_rate": FieldRule(judge_number, is_critical=True),
    "quantity": FieldRule(judge_quantity, is_critical=True),
    # when
    "date": FieldRule(judge_date, is_critical=True),
    "announced": FieldRule(judge_date, is_critical=True),
    "effective": FieldRule(judge_date, is_critical=True),
    "until": FieldRule(judge_date, is_critical=True),
    "due": FieldRule(judge_date, is_critical=True),
    # names
    "companies": FieldRule(judge_name),
    "products": FieldRule(judge_name),
    "place": FieldRule(judge_place),
    "source": FieldRule(judge_name),
    # words
    "goods": FieldRule(judge_short_text),
    "agreement": FieldRule(judge_short_text),
    "statement": FieldRule(judge_statement),
    "condition": FieldRule(judge_passage),
    "outcome": FieldRule(judge_passage),
    "about": FieldRule(judge_passage),
    "headline": FieldRule(judge_passage),
    "gist": FieldRule(judge_passage),
}
"""Field to rule; evidence is judged by its place, see ``service.compare.leaves``."""


def is_absent(value: object) -> bool:
    """Say whether ``value`` claims nothing: null, an empty list, and "no aside"."""
    return value is None or value is False or value == ()
