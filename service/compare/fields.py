"""Which scorer judges which field, and which fields are ones to act on.

Owns the one table. The scorers stand in the modules on values, names and texts.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from schemas.comparison import Outcome
from service.compare.names import judge_name, judge_party, judge_place
from service.compare.products import judge_product
from service.compare.texts import judge_passage, judge_short_text, judge_statement
from service.compare.values import judge_date, judge_number, judge_quantity, judge_word
from service.compare.verdicts import Verdict

Scorer = Callable[[Any, Any], Verdict]
"""Takes the golden value and the found one, both of the field's type and neither absent."""


class FieldRule(NamedTuple):
    """How a field is judged."""

    scorer: Scorer
    """Judges one value, or one entry of a field that is a list."""
    critical: frozenset[Outcome] = frozenset()
    """Outcomes on which someone would act: critical errors."""


_ACTED_ON: frozenset[Outcome] = frozenset({"wrong", "invented"})
"""Who, whom, in which direction, how far, how much, when: an invented value is as bad."""
_IN_ANOTHERS_PLACE: frozenset[Outcome] = frozenset({"wrong"})
"""On what and for which firm: bad in the place of another, not beside it."""

RULES: Mapping[str, FieldRule] = {
    # who and whom
    "participants": FieldRule(judge_party, _ACTED_ON),
    "actors": FieldRule(judge_party, _ACTED_ON),
    "targets": FieldRule(judge_party, _ACTED_ON),
    # in which direction, how far
    "action": FieldRule(judge_word, _ACTED_ON),
    "stance": FieldRule(judge_word, _ACTED_ON),
    "status": FieldRule(judge_word, _ACTED_ON),
    # how much
    "rate": FieldRule(judge_number, _ACTED_ON),
    "previous_rate": FieldRule(judge_number, _ACTED_ON),
    "quantity": FieldRule(judge_quantity, _ACTED_ON),
    # when
    "date": FieldRule(judge_date, _ACTED_ON),
    "announced": FieldRule(judge_date, _ACTED_ON),
    "effective": FieldRule(judge_date, _ACTED_ON),
    "until": FieldRule(judge_date, _ACTED_ON),
    "due": FieldRule(judge_date, _ACTED_ON),
    # on what, for whom
    "goods": FieldRule(judge_short_text, _IN_ANOTHERS_PLACE),
    "products": FieldRule(judge_product, _IN_ANOTHERS_PLACE),
    "companies": FieldRule(judge_name, _IN_ANOTHERS_PLACE),
    # what kind, where, who says so
    "kind": FieldRule(judge_word),
    "instrument": FieldRule(judge_word),
    "topic": FieldRule(judge_word),
    "topics": FieldRule(judge_word),
    "aside": FieldRule(judge_word),
    "place": FieldRule(judge_place),
    "source": FieldRule(judge_name),
    "agreement": FieldRule(judge_short_text),
    # words
    "statement": FieldRule(judge_statement),
    "condition": FieldRule(judge_passage),
    "outcome": FieldRule(judge_passage),
    "about": FieldRule(judge_passage),
    "headline": FieldRule(judge_passage),
    "gist": FieldRule(judge_passage),
}
"""Field to rule; evidence is judged by its place, see ``service.compare.leaves``."""


AMOUNTS = frozenset({"rate", "previous_rate", "quantity", "due", "effective", "until"})
"""How much, and from when to when."""
OBJECT_FIELDS = frozenset({"goods", "products", "companies"})
"""On what, and for whom."""
DATES = frozenset(name for name, rule in RULES.items() if rule.scorer is judge_date)
TEXTS = frozenset(
    name for name, rule in RULES.items() if rule.scorer in (judge_statement, judge_passage)
)
"""Fields in a reader's own words."""


def is_absent(value: object) -> bool:
    """Say whether ``value`` claims nothing: null, an empty list, and "no aside"."""
    return value is None or value is False or value == ()
