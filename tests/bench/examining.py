"""CPU of grounding and checking: an article of 10 kB with 30 items, then twice and four times it.

The articles are samples put one behind the other, the drafts those that were recorded for them,
so that quotes, names and dates are as varied as they really are.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from schemas.base import LIST_NAMES
from schemas.draft import Draft
from service.checking.context import build_context
from service.checking.examination import examine_draft
from tests.bench.measuring import Line, print_lines, print_verdict, race_functions
from tests.builders import build_article
from tests.standin import RECORDINGS

BOUND_MS = 10.0
MAX_TEXTS = 4_096
"""Larger memories hold words, not texts."""
SAMPLES = ("000_5afe54d1572835e4", "004_8a944e28370b9769")
"""4.8 kB and 5.9 kB with 19 and 12 items: 10.7 kB with 31."""


def load_sample(name: str) -> tuple[str, Draft]:
    """Return a sample's text and the draft that was recorded for it."""
    text = Path("seeds", f"{name}.txt").read_text(encoding="utf-8").strip()
    exchange = json.loads((RECORDINGS / f"{name}.1.json").read_text(encoding="utf-8"))
    reply = exchange["response"]["body"]["choices"][0]["message"]["content"]
    return text, Draft.model_validate_json(reply)


def join_drafts(drafts: list[Draft]) -> Draft:
    """Return one draft with the items of all."""
    lists: dict[str, object] = {
        name: [one for draft in drafts for one in getattr(draft, name)] for name in LIST_NAMES
    }
    return drafts[0].model_copy(update=lists)


class _Cache(Protocol):
    def cache_clear(self) -> None:
        """Forget everything."""


def list_text_caches() -> list[_Cache]:
    """Return the checks' memories of texts, which know nothing of an article never seen before.

    What a process learns once (tables, word lists) and the stems of common words stay.
    """
    modules = [
        module for name, module in sys.modules.items() if name.startswith("service.checking")
    ]
    members = [member for module in modules for member in vars(module).values()]
    cached = [member for member in members if hasattr(member, "cache_parameters")]
    return [one for one in cached if 0 < (one.cache_parameters()["maxsize"] or 0) <= MAX_TEXTS]


def make_run(copies: int) -> tuple[str, Callable[[], None]]:
    """Return what is examined, in words, and a function that examines it, never seen before."""
    samples = [load_sample(name) for name in SAMPLES] * copies
    text = "\n\n".join(text for text, _draft in samples)
    draft = join_drafts([draft for _text, draft in samples])
    items = sum(len(getattr(draft, name)) for name in LIST_NAMES)
    article = build_article(text, published=None)
    caches = list_text_caches()

    def run() -> None:
        for cache in caches:
            cache.cache_clear()
        examine_draft(draft, build_context(article))

    return f"{len(text) / 1_000:.1f} kB, {items} items", run


def measure(*, rounds: int = 15, calls: int = 5) -> None:
    """Measure and print."""
    results = race_functions(
        dict(make_run(copies) for copies in (1, 2, 4)), rounds=rounds, calls=calls
    )
    base = next(iter(results.values()))
    lines = [
        Line(name, cpu_ms, cpu_ms / base, factor * 1.5 if factor > 1 else None)
        for (name, cpu_ms), factor in zip(results.items(), (1, 2, 4), strict=True)
    ]
    print_lines("CPU of grounding and checking (ratio to one; linear is 2 and 4)", lines)
    print_verdict(f"bound {BOUND_MS:g} ms for 10 kB with 30 items", good=base <= BOUND_MS)


if __name__ == "__main__":
    measure()
