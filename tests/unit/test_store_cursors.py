"""A cursor that the service did not write says so, and does nothing else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import QueryError
from service.store.cursors import END, read_cursor, write_cursor


def _encode(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@given(st.integers(1, END - 1))
def test_what_was_written_is_read(seq: int) -> None:
    """The next page begins where this one ended."""
    assert read_cursor("items", write_cursor("items", seq)) == seq


def test_no_cursor_is_the_first_page() -> None:
    """Everything that the database can number is below its start."""
    assert read_cursor("items", None) == END == 2**63


@given(st.integers(1, END - 1))
def test_a_cursor_fits_into_an_address_as_it_is(seq: int) -> None:
    """Clients paste it into a query string, where some characters mean something."""
    written = write_cursor("summaries", seq)

    assert written.replace("-", "").replace("_", "").isalnum()


def test_a_cursor_of_the_other_list_is_refused_by_name() -> None:
    """The numbers of the two lists have nothing to do with each other."""
    with pytest.raises(QueryError, match="list of summaries, not to that of items"):
        read_cursor("items", write_cursor("summaries", 5))


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "5",
        "items:5",
        "garbage!",
        "ünïcode",
        "a\0b",
        "A",
        "=" * 8,
        " " + _encode("items:5"),
        _encode("items:5") + "=",
        _encode("items:5") + "\n",
        _encode("items:0"),
        _encode("items:-5"),
        _encode("items:05"),
        _encode("items:+5"),
        _encode("items:5 "),
        _encode("items:5\n"),
        _encode("items:٥"),
        _encode("items:1e3"),
        _encode("other:5"),
        _encode(f"items:{END}"),
        _encode("items:" + "9" * 100),
        base64.urlsafe_b64encode(b"items:\xff").decode(),
        "aXRlbXM6NR",
    ],
)
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    """A guess at what was meant would show the wrong page and say nothing."""
    with pytest.raises(QueryError, match="take it from `next`"):
        read_cursor("items", cursor)


@given(st.text(max_size=200))
def test_no_text_does_more_harm_than_that(cursor: str) -> None:
    """It comes from whoever can reach the service."""
    try:
        seq = read_cursor("items", cursor)
    except QueryError:
        return

    assert 0 < seq < END
