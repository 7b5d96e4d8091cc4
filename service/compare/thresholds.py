"""Every number that decides a comparison, each with an example.

Owns the thresholds and the weights of pairing. Knows nothing of how they are used.
"""

from collections.abc import Mapping

from schemas.base import ListName

PAIRING_FLOOR = 0.45
"""Least similarity of identities at which two items may be one fact.

A duty on toys whose actor and target were swapped (0.69) is paired, even where rate and action are
wrong too (0.54), and each of these is a critical error. That duty and one on steel by and on the
same states (0.39) are not paired: they are a missing and an invented item. Nor are a control
of rare earths and a suspended port fee of the same state in the same quote (0.36).
"""
TEXT_LIKENESS = 0.25
"""Least likeness of words at which a sentence or phrase says what the golden one says.

"buy 12 million metric tons of U.S. soybeans" and "purchase 12 million tons of soybeans" reach
0.8, "extend the truce" and "extension of the tariff truce for one year" 0.29; "buy soybeans" and
"cut the fentanyl duty" reach 0.
"""
NAME_LIKENESS = 0.5
"""Least likeness of words for a short field: goods, a place, an agreement.

"Busan arrangement" and "Busan deal" reach 0.5; "rare earths" and "rare earth exports" 0.8;
"steel" and "aluminium" 0.
"""
EVIDENCE_OVERLAP = 0.3
"""Least overlap of a found quote with a golden one: twice the shared characters by the sum of both.

A golden quote of 60 characters within a found sentence of 300 reaches 0.33; within a
paragraph of 600, 0.18: whoever quotes the whole page has pointed at nothing.
"""
MAX_ITEMS = 400
"""Most items of one list of a summary or fixture; the longest articles have a few dozen."""
MAX_ENTRIES = 100
"""Most entries of one field: parties, firms, products; each is held against each."""

SAME_COUNTRY_CREDIT = 0.5
"""What a party earns of which the country alone is right: "Huawei" for "China"."""
COARSE_DATE_CREDIT = 0.5
"""What a date earns that says less than the golden one and contradicts it in nothing."""
FAMILY_CREDIT = 0.5
"""What a product earns of which the family alone is right: "Ascend" for "Ascend 910C"."""
FORBIDDEN_LIKENESS = 0.6
"""Least likeness of words at which a text is what a fixture forbids.

"keep rare earth supply chains open" is not "keep global supply chains stable": they reach 0.6
only where little else is said.
"""
ONE_SIDED_WEIGHT = 0.5
"""Share of a field's weight that counts against a pair of which only one side has a value."""
OBJECTS: Mapping[ListName, tuple[str, ...]] = {
    "talks": (),
    "commitments": ("statement", "topic", "quantity"),
    "tariffs": ("statement", "goods", "companies", "rate", "previous_rate"),
    "chip_policies": ("statement", "products", "companies"),
    "non_tariff_measures": ("statement", "goods"),
    "doubts": (),
}
"""What an item is about. Of two items of which all that both give here differs, whatever parties,
status and quote they share, none is taken for the other: one sentence often has three promises."""
DETAIL_WEIGHT = 0.001
"""Weight of all fields together beside identity: it decides between equal identities only."""
REQUIRED_BONUS = 0.000001
"""Advantage of a required item over an optional one that is just as alike."""
CONFIDENCE = 0.95
"""Confidence of the interval that is given for a mean of repetitions."""

IDENTITY: Mapping[ListName, Mapping[str, float]] = {
    "talks": {
        "participants": 3,
        "date": 2,
        "kind": 1,
        "status": 0.5,
        "place": 1,
        "topics": 0.5,
        "outcome": 1,
        "evidence": 1.5,
    },
    "commitments": {
        "actors": 2,
        "targets": 1,
        "topic": 1,
        "quantity": 2,
        "due": 1,
        "status": 0.5,
        "statement": 3,
        "evidence": 1,
    },
    "tariffs": {
        "actors": 2,
        "targets": 2,
        "goods": 3,
        "companies": 3,
        "action": 1.5,
        "rate": 0.5,
        "previous_rate": 0.5,
        "status": 0.5,
        "statement": 2,
        "evidence": 1,
    },
    "chip_policies": {
        "actors": 2,
        "targets": 1,
        "companies": 2,
        "products": 2,
        "instrument": 2,
        "stance": 0.5,
        "status": 0.5,
        "statement": 3,
        "evidence": 1,
    },
    "non_tariff_measures": {
        "actors": 2,
        "targets": 1,
        "goods": 2,
        "instrument": 2,
        "stance": 0.5,
        "status": 0.5,
        "statement": 3,
        "evidence": 1,
    },
    "doubts": {"about": 1, "evidence": 1},
}
"""What makes two items the same fact, and how much each counts: who, whom, what kind, which
product, topic and quantity, then the words and the place in the article."""
