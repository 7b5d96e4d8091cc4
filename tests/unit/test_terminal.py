"""What people read in a terminal is the summary, and cannot be more than text."""

import io

import pytest
from rich.console import Console

from schemas.summary import Summary
from service.report.terminal import print_summary
from tests.builders import (
    ARTICLE_TEXT,
    build_draft,
    build_draft_commitment,
    build_draft_doubt,
    build_empty_draft,
    build_provenance,
    build_summary,
)


def render(summary: Summary, *, width: int = 100, color: bool = False) -> str:
    """Return what is printed on a console of ``width`` columns."""
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=color, highlight=False)
    print_summary(summary, console)
    return stream.getvalue()


def test_every_item_shows_its_quote_and_place() -> None:
    """The reader can look each one up."""
    summary = build_summary()
    text = " ".join(render(summary, width=300).split())

    for item in summary.iterate_items():
        for evidence in item.evidence:
            assert f"“{evidence.quote}” {evidence.start}:{evidence.end}" in text


@pytest.mark.parametrize(
    "expected",
    [
        "Talks", "Commitments", "Tariffs", "Chip policy", "Non-tariff measures", "Doubts",
        "[held] call on 2025-12-05",
        "[agreed] buy 12 million metric tons of soybeans",
        "12,000,000 metric ton", "due 2026-02", "United States → China", "20% → 10%",
        "instrument export control",
    ],
)  # fmt: skip
def test_what_an_analyst_looks_for_is_shown(expected: str) -> None:
    """Who, whom, how much, by when, how far."""
    assert expected in " ".join(render(build_summary(), width=300).split())


def test_an_article_cannot_mark_up_the_terminal() -> None:
    """Neither rich's markup nor escape sequences of an article take effect."""
    nasty = "[bold red]China[/] \x1b[2J\x1b]0;title\x07 agreed \u202e"
    text = f"{nasty} to buy."
    draft = build_empty_draft(
        commitments=[build_draft_commitment(evidence=[text], statement=nasty)], headline=nasty
    )

    printed = render(build_summary(text, draft=draft))
    assert "[bold red]China[/]" in printed
    assert not {"\x1b", "\x07", "\u202e"} & set(printed)


def test_an_empty_summary_says_so() -> None:
    """An empty page looks like a failure."""
    assert "Nothing on trade diplomacy was found." in render(
        build_summary(draft=build_empty_draft())
    )


def test_warnings_are_shown_by_code_and_message() -> None:
    """What was cleared matters as much as what was kept."""
    warning = {"code": "value_cleared", "message": "tariff-1: rate was cleared"}

    assert "value_cleared: tariff-1: rate was cleared" in render(build_summary(warnings=[warning]))


@pytest.mark.parametrize(
    ("cost_usd", "shown"), [(None, "cost unknown"), (0.00123, "$0.0012"), (0.0, "$0.0000")]
)
def test_the_cost_is_shown_or_said_to_be_unknown(cost_usd: float | None, shown: str) -> None:
    """Unknown is not free."""
    provenance = build_provenance(cost_usd=cost_usd)

    assert shown in render(build_summary(provenance=provenance))


def test_a_narrow_terminal_loses_no_words() -> None:
    """Lines are wrapped, not cut."""
    summary = build_summary()
    wide, narrow = (render(summary, width=width) for width in (400, 40))

    assert len(narrow.replace("›", "").split()) >= len(wide.replace("›", "").split())


def test_asides_are_marked() -> None:
    """A teaser's fact is not the article's."""
    draft = build_empty_draft(commitments=[build_draft_commitment(aside=True)])

    assert "(aside)" in render(build_summary(draft=draft))


def test_colours_are_used_on_a_terminal_only() -> None:
    """A file or a pipe gets plain text."""
    summary = build_summary(ARTICLE_TEXT, draft=build_draft(doubts=[build_draft_doubt()]))

    assert "\x1b[" in render(summary, color=True)
    assert "\x1b[" not in render(summary)


def test_what_rules_found_says_so_and_names_no_calls_or_costs() -> None:
    """Nobody shall take it for an LLM's; and a price of nothing looks like a bargain."""
    made = build_provenance(engine="embedded", model="rules", prompt_version="none", cost_usd=0)
    last = render(build_summary(provenance=made)).splitlines()[-1]

    assert "embedded reader: rules, not an LLM" in last
    assert not any(word in last for word in ("call", "token", "$"))


@pytest.mark.parametrize(("parts", "is_told"), [(1, False), (14, True)])
def test_parts_are_told_where_there_are_several(parts: int, is_told: bool) -> None:
    """Whoever pays for fourteen calls sees why."""
    shown = render(build_summary(provenance=build_provenance(parts=parts)))

    assert ("14 parts" in " ".join(shown.split())) == is_told
