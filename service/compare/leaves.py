"""Leaves: what became of each value of a pair of items.

Owns outcomes and severities: right, wrong, missing, invented, rightly absent. A list is judged
as a set, entry by entry; evidence by the overlap of its places. Pure.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from schemas.comparison import LeafComparison, Outcome, Severity
from service.compare.claims import Claim, Value
from service.compare.fields import RULES, FieldRule, is_absent
from service.compare.thresholds import EVIDENCE_OVERLAP
from service.compare.verdicts import Verdict
from service.compare.wordings import word_value, word_values
from service.grounding import Span


def judge_field(
    field: str, expected: Sequence[Value], found: Sequence[Value]
) -> list[LeafComparison]:
    """Return the leaves of one field: one, or one for each entry of a list.

    ``expected`` and ``found`` are the right values of each side; the pair of them that earns
    most decides.
    """
    rule = RULES[field]
    if isinstance(expected[0], tuple) or isinstance(found[0], tuple):
        ways = [_judge_set(field, rule, one, other) for one, other in product(expected, found)]
    else:
        ways = [[_judge_single(field, rule, one, other)] for one, other in product(expected, found)]
    best = ways[0] if len(ways) == 1 else max(ways, key=_measure)
    if len(best) == 1 and not isinstance(expected[0], tuple) and len(expected) > 1:
        return [best[0].model_copy(update={"expected": word_values(expected)})]
    return best


def _measure(leaves: Sequence[LeafComparison]) -> tuple[float, float, int]:
    """Return what makes one way of judging better than another: credit, then no false claim."""
    claimed = sum(leaf.found is not None for leaf in leaves)
    expected = sum(leaf.expected is not None for leaf in leaves)
    credit = sum(leaf.credit for leaf in leaves)
    share = 2 * credit / (claimed + expected) if claimed + expected else 1.0
    return share, -sum(leaf.severity == "critical" for leaf in leaves), -len(leaves)


def _judge_single(field: str, rule: FieldRule, expected: Value, found: Value) -> LeafComparison:
    if is_absent(expected) and is_absent(found):
        return _make_absent(field)
    if is_absent(found):
        return make_leaf(field, "missing", expected=word_value(expected), severity="error")
    if is_absent(expected):
        severity: Severity = "critical" if "invented" in rule.critical else "error"
        return make_leaf(field, "invented", found=word_value(found), severity=severity)
    return _make_judged(field, rule, expected, found, rule.scorer(expected, found))


def _make_judged(
    field: str, rule: FieldRule, expected: Value, found: Value, verdict: Verdict
) -> LeafComparison:
    outcome: Outcome = "right" if verdict.is_right else "wrong"
    return make_leaf(
        field,
        outcome,
        expected=word_value(expected),
        found=word_value(found),
        severity=_find_severity(rule, verdict),
        credit=verdict.credit,
        note=verdict.note,
    )


def _find_severity(rule: FieldRule, verdict: Verdict) -> Severity:
    if verdict.is_right:
        return "none" if verdict.is_exact else "cosmetic"
    is_critical = ("wrong" in rule.critical and verdict.is_critical) or verdict.is_contradiction
    return "critical" if is_critical else "error"


_ALL_FIELDS = set(LeafComparison.model_fields)


def make_leaf(  # noqa: PLR0913  # a leaf has as many parts
    field: str,
    outcome: Outcome,
    *,
    expected: str | None = None,
    found: str | None = None,
    severity: Severity = "none",
    credit: float = 0,
    note: str | None = None,
) -> LeafComparison:
    """Return a leaf; what is not given is empty."""
    # Of a run there are millions, made of our own values: they share one set of field names.
    return LeafComparison.model_construct(
        _ALL_FIELDS,
        field=field,
        outcome=outcome,
        severity=severity,
        expected=expected,
        found=found,
        credit=float(credit),
        note=note,
    )


@cache
def _make_absent(field: str) -> LeafComparison:
    return make_leaf(field, "absent")


def _judge_set(field: str, rule: FieldRule, expected: Value, found: Value) -> list[LeafComparison]:
    """Pair the entries, the best verdicts first; entries left over are missing or invented."""
    wanted, given = _list_entries(expected), _list_entries(found)
    if not wanted and not given:
        return [_make_absent(field)]
    verdicts = [[rule.scorer(one, other) for other in given] for one in wanted]
    partners = _pair_entries(verdicts)
    leaves = []
    for row, one in enumerate(wanted):
        column = partners.get(row)
        if column is None:
            leaves.append(_judge_single(field, rule, one, None))
        else:
            leaves.append(_make_judged(field, rule, one, given[column], verdicts[row][column]))
    for column, other in enumerate(given):
        if column not in partners.values():
            best = max((row[column].credit for row in verdicts), default=0.0)
            leaves += _judge_surplus(field, rule, other, best)
    return leaves


def _pair_entries(verdicts: Sequence[Sequence[Verdict]]) -> dict[int, int]:
    """Return the partner of each row; the best pair first, in an order of the entries' own."""
    ranked = sorted(
        (-verdict.credit, not verdict.is_exact, row, column)
        for row, line in enumerate(verdicts)
        for column, verdict in enumerate(line)
    )
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _credit, _exact, row, column in ranked:
        if row not in partners and column not in taken:
            partners[row] = column
            taken.add(column)
    return partners


def _judge_surplus(field: str, rule: FieldRule, found: Value, best: float) -> list[LeafComparison]:
    """Judge an entry without a partner, ``best`` being what it would earn with the best of them.

    One that is told twice is no other ("United States" and "White House"); a state beside its
    minister is one too many, but nobody is misled.
    """
    if best == 1:
        return []
    leaf = _judge_single(field, rule, None, found)
    return [leaf if best == 0 else leaf.model_copy(update={"severity": "error"})]


def _list_entries(value: Value) -> list[Value]:
    """Return the entries of a set, each once, in an order that depends on nothing but them."""
    entries = value if isinstance(value, tuple) else ()
    return sorted(dict.fromkeys(entries), key=word_value)


def judge_evidence(expected: Claim, found: Claim) -> LeafComparison:
    """Judge whether the item was found where its golden quotes stand."""
    best = find_best_overlap(expected, found)
    wanted, given = word_values(expected.places), word_values(found.places)
    if best >= EVIDENCE_OVERLAP:
        severity: Severity = "none" if best == 1 else "cosmetic"
        return make_leaf(
            "evidence", "right", expected=wanted, found=given, severity=severity, credit=1
        )
    note = f"the places overlap to {best:.2f}, {EVIDENCE_OVERLAP:g} is needed"
    return make_leaf("evidence", "wrong", expected=wanted, found=given, severity="error", note=note)


def void_evidence(expected: Claim, found: Claim) -> LeafComparison:
    """Return the evidence of an item with a critical error: it earns nothing, wherever it is."""
    return make_leaf(
        "evidence",
        "wrong",
        expected=word_values(expected.places),
        found=word_values(found.places),
        note="it counts only under right values",
    )


def find_best_overlap(expected: Claim, found: Claim) -> float:
    """Return how well the quotes of two items overlap, 0 to 1; of several right sets the best."""
    ways = (measure_overlap(one, other) for one in expected.places for other in found.places)
    return max(ways, default=0.0)


def measure_overlap(places: Sequence[Span], others: Sequence[Span]) -> float:
    """Return how well the best pair of quotes overlaps, 0 to 1; 0 where one side has none.

    Twice the shared characters by the sum of both lengths (Dice, 1945).
    """
    return max((_overlap(one, other) for one in places for other in others), default=0.0)


def _overlap(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * max(0, shared) / (one.end - one.start + other.end - other.start)


def iterate_fields(expected: Claim, found: Claim) -> Iterator[str]:
    """Yield the fields that both sides judge, in the contract's order."""
    return (field for field in expected.values if field in found.values)
