"""How old is old: what ``readout store prune`` is told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cli.ages import find_instant
from service.errors import QueryError

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        ("36h", datetime(2026, 2, 28, 0, tzinfo=UTC)),
        ("90d", datetime(2025, 12, 1, 12, tzinfo=UTC)),
        ("12w", datetime(2025, 12, 7, 12, tzinfo=UTC)),
        ("0d", NOW),
        (" 1d ", datetime(2026, 2, 28, 12, tzinfo=UTC)),
    ],
)
def test_an_age_is_subtracted_from_now(age: str, expected: datetime) -> None:
    """Hours, days and weeks are exact lengths."""
    assert find_instant(age, None, NOW) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC)),
        ("2026-01-31T12:00", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31T12:00Z", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31T12:00+08:00", datetime(2026, 1, 31, 4, tzinfo=UTC)),
    ],
)
def test_a_date_is_its_beginning_in_utc_unless_it_says_otherwise(
    before: str, expected: datetime
) -> None:
    """The machine's own zone decides nothing."""
    found = find_instant(None, before, NOW)

    assert (found, found.utcoffset()) == (expected, timedelta(0))


@pytest.mark.parametrize(
    "age", ["", "90", "d", "-1d", "1.5d", "90 d", "90D", "3m", "1y", "٣d", "9" * 10 + "d"]
)
def test_an_age_that_is_none_is_refused_with_its_value(age: str) -> None:
    """A month has no fixed length, and a sign could turn the meaning round."""
    with pytest.raises(QueryError, match="--older-than") as caught:
        find_instant(age, None, NOW)

    assert repr(age) in str(caught.value)


@pytest.mark.parametrize("age", ["999999999d", "99999999w"])
def test_an_age_beyond_the_calendar_is_refused(age: str) -> None:
    """Not an overflow with a traceback."""
    with pytest.raises(QueryError, match="year 1"):
        find_instant(age, None, NOW)


@pytest.mark.parametrize("before", ["", "yesterday", "2026-02-30", "31/01/2026", "2026-01"])
def test_a_date_that_is_none_is_refused_with_its_value(before: str) -> None:
    """What is removed must not be guessed."""
    with pytest.raises(QueryError, match="--before") as caught:
        find_instant(None, before, NOW)

    assert repr(before) in str(caught.value)


def test_a_date_that_leaves_the_calendar_in_utc_is_refused() -> None:
    """The first hours of the year 1 in the east are no instant in UTC."""
    with pytest.raises(QueryError, match="--before"):
        find_instant(None, "0001-01-01T00:00+14:00", NOW)


@pytest.mark.parametrize(("age", "before"), [(None, None), ("1d", "2026-01-01")])
def test_exactly_one_way_of_saying_it_is_taken(age: str | None, before: str | None) -> None:
    """Nothing is removed by default, and nothing by a contradiction."""
    with pytest.raises(QueryError):
        find_instant(age, before, NOW)


@given(st.text(), st.none() | st.text(max_size=30))
def test_whatever_is_typed_gives_an_instant_in_utc_or_a_query_error(
    age: str, before: str | None
) -> None:
    """No other error can leave it."""
    try:
        found = find_instant(age if before is None else None, before, NOW)
    except QueryError:
        return
    assert found.utcoffset() == timedelta(0)
