"""How a summary looks in a terminal.

Owns the layout for people; programs read JSON. The article is untrusted: its text is set as
plain text, never as markup, and control characters are shown as what they are.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schemas.base import LIST_NAMES, Party
from schemas.evidence import Evidence
from schemas.summary import Doubt, Item, Summary, Talk
from service.report.labels import LIST_HEADINGS
from service.report.plain_text import show_line

_STATUS_STYLES = {
    "held": "green",
    "in_force": "green",
    "agreed": "green",
    "fulfilled": "green",
    "in_progress": "cyan",
    "ongoing": "cyan",
    "announced": "cyan",
    "planned": "cyan",
    "proposed": "yellow",
    "threatened": "red",
    "broken": "red",
    "rejected": "magenta",
    "cancelled": "magenta",
    "withdrawn": "magenta",
    "ended": "magenta",
    "stalled": "yellow",
    "suspended": "yellow",
}
_SHOWN_AS_FACTS = (
    "goods",
    "topic",
    "instrument",
    "stance",
    "companies",
    "products",
    "announced",
    "effective",
    "until",
    "due",
    "place",
    "topics",
    "condition",
    "agreement",
    "source",
)

_EMBEDDED = "embedded"
"""The engine that asks no LLM: there are no calls, tokens or costs to tell of."""
_CODED = frozenset({"topic", "topics", "instrument"})
"""Fields whose values are words of the contract, written with underscores."""


def print_summary(summary: Summary, console: Console) -> None:
    """Print ``summary`` for people, as wide as the console is."""
    console.print(Group(*_render(summary)))


def _render(summary: Summary) -> Iterator[RenderableType]:
    yield Text(show_line(summary.headline), style="bold")
    yield Text(show_line(summary.gist))
    described = _describe_article(summary)
    if described:
        yield Text(described, style="dim")
    for name in LIST_NAMES:
        items: Sequence[Item] = getattr(summary, name)
        if items:
            yield Text(f"\n{LIST_HEADINGS[name]}", style="bold underline")
            for item in items:
                yield Padding(_render_item(item), (0, 0, 0, 2))
    if not summary.iterate_items():
        yield Text("\nNothing on trade diplomacy was found.", style="italic")
    if summary.warnings:
        yield Text("\nWarnings", style="bold underline yellow")
        for warning in summary.warnings:
            yield Padding(Text(f"{warning.code}: {show_line(warning.message)}"), (0, 0, 0, 2))
    yield Text(f"\n{_describe_provenance(summary)}", style="dim")


def _describe_article(summary: Summary) -> str:
    article = summary.article
    facts = (article.title, article.source, article.published, article.url)
    return " · ".join(show_line(fact) for fact in facts if fact)


def _render_item(item: Item) -> RenderableType:
    lines: list[RenderableType] = [_render_title(item)]
    facts = _describe_facts(item)
    if facts:
        lines.append(Padding(Text(facts, style="cyan"), (0, 0, 0, 2)))
    lines += [_render_quote(evidence) for evidence in item.evidence]
    return Group(*lines)


def _render_title(item: Item) -> Text:
    if isinstance(item, Doubt):
        return Text.assemble(("? ", "yellow"), (show_line(item.about), "bold"))
    title = Text.assemble(
        (f"[{item.status.replace('_', ' ')}] ", _STATUS_STYLES.get(item.status, "")),
        (show_line(_say_what(item)), "bold"),
    )
    if item.aside:
        title.append(" (aside)", style="dim")
    return title


def _say_what(item: Item) -> str:
    if isinstance(item, Doubt):
        return item.about
    if isinstance(item, Talk):
        when = f" on {item.date}" if item.date else ""
        outcome = f": {item.outcome}" if item.outcome else ""
        return f"{item.kind.replace('_', ' ')}{when}{outcome}"
    return item.statement


def _say_who(item: Item) -> str:
    if isinstance(item, Doubt):
        return ""
    if isinstance(item, Talk):
        return ", ".join(_name_party(party) for party in item.participants)
    actors, targets = (
        ", ".join(party.name for party in parties) for parties in (item.actors, item.targets)
    )
    return f"{actors} → {targets}" if targets else actors


def _say_how_much(item: Item) -> str:
    quantity = getattr(item, "quantity", None)
    if quantity is not None:
        return f"{quantity.value:,.12g} {quantity.unit}"
    rate, previous = getattr(item, "rate", None), getattr(item, "previous_rate", None)
    if rate is None and previous is None:
        return ""
    after = "?" if rate is None else f"{rate:g}%"
    return after if previous is None else f"{previous:g}% → {after}"


def _name_party(party: Party) -> str:
    return f"{party.name} ({party.country})" if party.country else party.name


def _describe_facts(item: Item) -> str:
    facts = [fact for fact in (_say_who(item), _say_how_much(item)) if fact]
    for name in _SHOWN_AS_FACTS:
        value: object = getattr(item, name, None)
        if isinstance(value, list):
            value = ", ".join(str(entry) for entry in value)
        if value:
            plain = str(value).replace("_", " ") if name in _CODED else str(value)
            facts.append(f"{name} {plain}")
    return show_line(" · ".join(facts))


def _render_quote(evidence: Evidence) -> RenderableType:
    quote = Text.assemble(
        (f"“{show_line(evidence.quote)}” ", "italic dim"),
        (f"{evidence.start}:{evidence.end}", "dim"),
    )
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text("  ›", style="dim"), quote)
    return grid


def _describe_provenance(summary: Summary) -> str:
    made = summary.provenance
    if made.engine == _EMBEDDED:
        seconds = f"{made.latency_ms / 1_000:.2f} s"
        return f"{made.engine} reader: rules, not an LLM, which find less · {seconds}"
    cost = "cost unknown" if made.cost_usd is None else f"${made.cost_usd:.4f}"
    calls = "1 call" if made.attempts == 1 else f"{made.attempts} calls"
    return " · ".join(
        (
            f"{made.engine} {show_line(made.model)}",
            made.prompt_version,
            *([f"{made.parts:,} parts"] if made.parts > 1 else []),
            calls,
            f"{made.usage.input_tokens:,} tokens in ({made.usage.cached_input_tokens:,} cached)",
            f"{made.usage.output_tokens:,} out",
            cost,
            f"{made.latency_ms / 1_000:.1f} s",
        )
    )
