"""The row of a job: what it says before anything came of it, and how a problem stands in it.

Owns these values. Knows no query.
"""

from collections.abc import Mapping

from schemas.problem import Problem
from schemas.reading import Usage

UNSPENT: Mapping[str, object] = {
    **dict.fromkeys(Usage.model_fields, 0),
    "cost_usd": 0.0,
    "is_unpriced": False,
}
"""What the row of a job says that has cost nothing."""
UNSETTLED: Mapping[str, object] = {
    "is_delivered": False,
    "worker": None,
    "leased_until": None,
    "settled_at": None,
    "summary_id": None,
    "origin": None,
    "problem": None,
}
"""What the row of a job says that has still to be done."""


def write_problem(problem: Problem | None) -> bytes | None:
    """Return the JSON of ``problem``; ``None`` where there is none."""
    return None if problem is None else problem.model_dump_json(exclude_none=True).encode()
