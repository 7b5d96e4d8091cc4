"""What is stored of a summary, and under which names it is found."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import TypeAdapter

from schemas.api import ItemFilter, ItemRow, SummaryRow
from schemas.base import LIST_NAMES
from schemas.draft import Draft
from schemas.summary import Summary
from service.store.entries import (
    enter_summary,
    find_first_day,
    find_last_day,
    identify_article,
    name_filters,
)
from tests.builders import (
    CREATED_AT,
    build_article,
    build_draft_chip_policy,
    build_draft_commitment,
    build_draft_doubt,
    build_draft_talk,
    build_draft_tariff,
    build_empty_draft,
    build_party,
    build_summary,
)
from tests.unit.data_store import make_published, make_read_at, make_summary


def _enter(draft: Draft) -> list[set[str]]:
    """Return the facets of the draft's items."""
    return [set(item.facets) for item in enter_summary(build_summary(draft=draft)).items]


def _date_first(summary: Summary) -> date:
    return enter_summary(summary).items[0].day


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-02-10", date(2024, 2, 10), date(2024, 2, 10)),
        ("0001", date.min, date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date.max),
    ],
)
def test_a_partial_date_is_all_days_of_its_period(when: str, first: date, last: date) -> None:
    """An item of February may be of its last day; a search since February begins on its first."""
    assert (find_first_day(when), find_last_day(when)) == (first, last)


def test_the_body_is_the_json_of_the_summary() -> None:
    """It is what the service returns, byte for byte."""
    summary = build_summary()

    assert Summary.model_validate_json(enter_summary(summary).body) == summary


def test_the_row_of_a_summary_says_what_is_in_it() -> None:
    """A list of summaries is read without opening one of them."""
    summary = make_summary(metadata={"title": "T", "source": "S", "language": "en"})

    row = SummaryRow.model_validate_json(enter_summary(summary).row)

    assert row.model_dump(include={"id", "title", "source", "url", "published", "language"}) == {
        "id": summary.id,
        "title": "T",
        "source": "S",
        "url": "https://news.example/one",
        "published": "2025-12-06",
        "language": "en",
    }
    assert set(row.counts.model_dump().values()) == {1}
    assert (row.warnings, row.engine, row.model) == (0, "llm", "test-model")
    assert (row.created_at, row.cost_usd) == (CREATED_AT, 0.002)


def test_the_row_of_an_item_is_the_item_and_its_origin() -> None:
    """A row of the flat list stands for itself: no second request is needed."""
    summary = make_summary(metadata={"title": "T", "source": "S"})
    origin = {
        "summary_id": summary.id,
        "article_title": "T",
        "article_source": "S",
        "article_url": "https://news.example/one",
        "article_published": "2025-12-06",
    }

    rows = [json.loads(entry.row) for entry in enter_summary(summary).items]

    expected = [
        {"list": name, **origin, **getattr(summary, name)[0].model_dump(mode="json")}
        for name in LIST_NAMES
    ]
    assert rows == expected


def test_every_row_of_an_item_is_of_the_published_form() -> None:
    """Clients are generated from that form."""
    form: TypeAdapter[ItemRow] = TypeAdapter(ItemRow)

    rows = [form.validate_json(entry.row) for entry in enter_summary(build_summary()).items]

    assert [row.list for row in rows] == list(LIST_NAMES)


def test_a_talk_is_found_by_its_participants_and_all_its_topics() -> None:
    """A talk has no actors, and may be about several things."""
    talk = build_draft_talk(
        participants=[build_party("He Lifeng"), build_party("G7", None), build_party("Xi")],
        topics=["chips", "trade"],
    )

    assert _enter(build_empty_draft(talks=[talk])) == [
        {"list:talks", "country:CN", "topic:chips", "topic:trade", "status:held"}
    ]


def test_an_undertaking_is_found_by_its_actors_only() -> None:
    """Whom a duty bears on did not levy it."""
    tariff = build_draft_tariff(actors=[build_party("US", "US")], targets=[build_party()])

    assert _enter(build_empty_draft(tariffs=[tariff])) == [
        {"list:tariffs", "country:US", "status:in_force"}
    ]


def test_a_commitment_is_found_by_its_topic() -> None:
    """It has exactly one."""
    commitment = build_draft_commitment(actors=[], topic="rare_earths")

    assert _enter(build_empty_draft(commitments=[commitment])) == [
        {"list:commitments", "topic:rare_earths", "status:agreed"}
    ]


def test_a_product_is_found_in_any_case() -> None:
    """Articles write the same chip in several ways."""
    chip = build_draft_chip_policy(products=["H20", "h20", "Straße-1"])

    assert _enter(build_empty_draft(chip_policies=[chip])) == [
        {"list:chip_policies", "product:h20", "product:strasse-1", "status:in_force"}
    ]


def test_a_doubt_is_found_by_its_list_alone() -> None:
    """It has no other field that a filter knows."""
    assert _enter(build_empty_draft(doubts=[build_draft_doubt()])) == [{"list:doubts"}]


def test_filters_ask_for_the_names_that_items_are_stored_under() -> None:
    """One place names both; a difference would be an empty list."""
    wanted = ItemFilter(
        country="EU", list="chip_policies", topic="chips", product="STRASSE-1", status="ended"
    )

    assert set(name_filters(wanted)) == {
        "country:EU",
        "list:chip_policies",
        "topic:chips",
        "product:strasse-1",
        "status:ended",
    }


def test_no_filter_asks_for_nothing() -> None:
    """``since`` is compared, not looked up."""
    assert name_filters(ItemFilter(since="2025")) == ()


@pytest.mark.parametrize(
    ("announced", "effective", "day"),
    [
        ("2024-03-05", "2026", date(2024, 3, 5)),
        ("2024", None, date(2024, 12, 31)),
        (None, "2024-02", date(2024, 2, 29)),
        (None, None, date(2025, 12, 6)),
    ],
)
def test_an_item_is_of_the_first_date_that_it_has(
    announced: str | None, effective: str | None, day: date
) -> None:
    """When it was given counts before when it applies, and before its article."""
    tariff = build_draft_tariff(announced=announced, effective=effective)

    assert _date_first(build_summary(draft=build_empty_draft(tariffs=[tariff]))) == day


def test_a_talk_is_of_its_own_date() -> None:
    """It has no other."""
    draft = build_empty_draft(talks=[build_draft_talk(date="2025-11")])

    assert _date_first(build_summary(draft=draft)) == date(2025, 11, 30)


def test_what_has_no_date_is_of_the_end_of_its_articles_period() -> None:
    """The article may have come out on the last day of it."""
    draft = build_empty_draft(doubts=[build_draft_doubt()])

    summary = make_summary(draft=draft, metadata={"published": "2025"})

    assert _date_first(summary) == date(2025, 12, 31)


def test_what_has_no_date_at_all_is_of_the_day_of_reading_in_utc() -> None:
    """The same instant must not be two days, by where the service runs."""
    created_at = datetime(2025, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-2)))

    entry = enter_summary(make_read_at("one", created_at))

    assert entry.day == date(2026, 1, 1)
    assert entry.items[-1].day == date(2026, 1, 1)


def test_a_summary_is_of_its_articles_date_before_that_of_reading() -> None:
    """Old news that is read today is old news."""
    assert enter_summary(make_published("one", "2024-02")).day == date(2024, 2, 29)


def test_the_same_article_is_the_same_in_all_its_summaries() -> None:
    """Another model's summary must replace the one before, not stand beside it."""
    assert identify_article(build_article()) == identify_article(build_article())


@pytest.mark.parametrize(
    "change",
    [{"text": "Other."}, {"title": "T"}, {"url": "https://x.example"}, {"published": "2025"}],
)
def test_other_text_or_metadata_is_another_article(change: dict[str, str]) -> None:
    """A syndicated text stands in the lists once for each outlet."""
    other = build_article().model_copy(update=change)

    assert identify_article(other) != identify_article(build_article())


def test_text_beyond_ascii_is_stored_as_it_is() -> None:
    """Emoji, dotted İ, CJK and curly quotes are what articles are made of."""
    draft = build_empty_draft(commitments=[build_draft_commitment(statement="“İ 稀土” 🌾")])

    entry = enter_summary(build_summary(draft=draft))

    assert "“İ 稀土” 🌾".encode() in entry.items[0].row
    assert entry.created_at == datetime(2025, 12, 6, 8, 30, tzinfo=UTC)
