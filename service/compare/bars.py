"""Bars: what a run must reach, and what it is told where it does not.

Owns the sentences and the statistics of repetitions. Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from statistics import fmean, stdev

from scipy.special import stdtrit

from schemas.base import Frozen
from schemas.comparison import Comparison, ComparisonReport, DocumentChange, Spread
from service.compare.baseline import list_changes
from service.compare.thresholds import CONFIDENCE

_MEASURES: Mapping[str, Callable[[Comparison], float]] = {
    "items": lambda run: run.scores.items.f1,
    "leaves": lambda run: run.scores.leaves.f1,
    "found": lambda run: run.scores.found.f1,
    "mean_f1": lambda run: run.mean_f1,
    "critical_errors": lambda run: run.critical_errors,
}


class Bars(Frozen):
    """What a run must reach; what is not given is not asked for."""

    min_f1: float | None = None
    """Least F1 of items, over all."""
    min_leaf_f1: float | None = None
    """Least F1 of leaves, over all."""
    max_critical: int | None = None
    """Most critical errors."""


def report_runs(
    runs: Sequence[Comparison], bars: Bars, baseline: Comparison | None = None
) -> ComparisonReport:
    """Return the report of one run, or of several repetitions of it; at least one.

    Of several the one with the lowest item F1 is shown and held against the baseline; the mean
    of F1 and the worst number of critical errors are held against the bars.
    """
    shown = min(runs, key=lambda run: (run.scores.items.f1, -run.critical_errors))
    spreads = {name: _measure_spread(name, runs) for name in _MEASURES}
    changes = list_changes(baseline, shown) if baseline else []
    shortfalls = [*_list_shortfalls(runs, spreads, bars), *_list_worse(changes)]
    if shown.unread and (bars != Bars() or baseline):
        shortfalls.append(
            f"{shown.unread} of {len(shown.documents)} articles have no summary; each counts as 0"
        )
    return ComparisonReport(
        comparison=shown,
        shortfalls=shortfalls,
        changes=changes,
        repetitions=list(spreads.values()) if len(runs) > 1 else [],
    )


def _measure_spread(name: str, runs: Sequence[Comparison]) -> Spread:
    values = [float(_MEASURES[name](run)) for run in runs]
    mean = fmean(values)
    if len(values) == 1:
        return Spread(name=name, values=values, mean=mean, low=None, high=None)
    quantile = float(stdtrit(len(values) - 1, (1 + CONFIDENCE) / 2))
    margin = quantile * stdev(values) / sqrt(len(values))
    # No score is below 0, and but for the count of errors none is above 1.
    high = mean + margin if name == "critical_errors" else min(1.0, mean + margin)
    return Spread(name=name, values=values, mean=mean, low=max(0.0, mean - margin), high=high)


def _list_shortfalls(
    runs: Sequence[Comparison], spreads: Mapping[str, Spread], bars: Bars
) -> list[str]:
    floors = {"items": bars.min_f1, "leaves": bars.min_leaf_f1}
    shortfalls = [
        f"F1 of {name} is {spreads[name].mean:.4f}, at least {floor:g} is asked for"
        for name, floor in floors.items()
        if floor is not None and spreads[name].mean < floor
    ]
    worst = max(run.critical_errors for run in runs)
    if bars.max_critical is not None and worst > bars.max_critical:
        noun = "error" if worst == 1 else "errors"
        shortfalls.append(f"{worst} critical {noun}, at most {bars.max_critical} may be")
    return shortfalls


def _list_worse(changes: Sequence[DocumentChange]) -> list[str]:
    return [
        f"{change.article} is worse than in the baseline: {change.summary}"
        for change in changes
        if change.is_worse
    ]
