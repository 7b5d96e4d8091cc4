"""Numbers of a batch as people read them: rates, spans of time, tokens and money.

Owns their form. Pure; knows no layout.
"""

from schemas.batch import BatchReport, JobCounts

_UNITS_S = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
_SCALES = (("G", 1e9), ("M", 1e6), ("k", 1e3))


def count_failed(counts: JobCounts) -> int:
    """Return how many articles came to nothing, for whatever reason."""
    return counts.failed + counts.dead


def count_settled(counts: JobCounts) -> int:
    """Return how many jobs need nothing more."""
    return counts.done + count_failed(counts) + counts.cancelled


def show_span(span_s: float) -> str:
    """Return a span of seconds in its two largest units: ``3 h 20 min``, ``47 s``."""
    rest = max(0, round(span_s))
    parts: list[tuple[int, str]] = []
    for unit, size_s in _UNITS_S:
        whole, rest = divmod(rest, size_s)
        if whole or parts:
            parts.append((whole, unit))
    shown = [f"{whole} {unit}" for whole, unit in parts[:2] if whole]
    return " ".join(shown) or "0 s"


def show_rate(per_s: float) -> str:
    """Return a rate of articles in the unit that leaves a number to read: ``16.2/s``, ``4.5/min``.

    ``per_s`` is per second, and not negative.
    """
    if per_s >= 1:
        return f"{per_s:,.1f}/s"
    if per_s * 60 >= 1:
        return f"{per_s * 60:,.1f}/min"
    return f"{per_s * 3_600:,.1f}/h"


def show_short(number: int) -> str:
    """Return a large number with three digits or so: ``1.23M``, ``45.6k``, ``789``."""
    for unit, scale in _SCALES:
        # From 999.5 on it would be shown as 1000 of the smaller unit.
        if number >= scale * 0.9995:
            return f"{number / scale:#.3g}".rstrip(".") + unit
    return f"{number:,}"


def show_cost(report: BatchReport) -> str:
    """Return what was paid, as far as prices are known; empty where no LLM was asked."""
    if not (report.usage.input_tokens or report.usage.output_tokens or report.cost_usd):
        return ""
    if not report.unpriced:
        return f"${report.cost_usd:,.4f}"
    if not report.cost_usd:
        return "cost unknown"
    return f"${report.cost_usd:,.4f} and {report.unpriced:,} of unknown price"
