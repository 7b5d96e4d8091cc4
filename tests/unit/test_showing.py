"""Foreign values in messages: short, and without effect on whoever reads them."""

import os
from pathlib import PurePosixPath

import pytest

from service.showing import MAX_SHOWN_CHARS, show, show_path

HARMFUL = ["a\nb", "a\x1bb", "a\x00b", "a\u202eb", "a\ud800b", "a\u200bb", "a\u2028b"]


@pytest.mark.parametrize("value", ["", "China", "稀土 🌾", "“İstanbul”", "[bold]no[/]"])
def test_what_can_be_printed_is_shown_as_it_is(value: str) -> None:
    """A message that distorts a value sends its reader looking for another one."""
    assert show(value) == value


@pytest.mark.parametrize("value", HARMFUL)
def test_what_cannot_be_printed_is_a_question_mark(value: str) -> None:
    """Terminals and logs act on control characters, and lone surrogates cannot be encoded."""
    assert show(value) == "a?b"


def test_a_long_value_is_cut_and_says_so() -> None:
    """A value of a megabyte must not fill the log."""
    assert show("x" * MAX_SHOWN_CHARS) == "x" * MAX_SHOWN_CHARS
    assert show("x" * (MAX_SHOWN_CHARS + 1)) == "x" * MAX_SHOWN_CHARS + "…"


def test_a_path_is_shown_whole() -> None:
    """A file whose name is cut cannot be found."""
    path = PurePosixPath("/", *["folder"] * 30, "my soy 🌾.json")

    assert show_path(path) == str(path)


@pytest.mark.parametrize("value", [value for value in HARMFUL if "\x00" not in value])
def test_a_path_is_one_line_of_text(value: str) -> None:
    """A name may have a line's end or an escape sequence in it; a message is one sentence."""
    assert show_path(PurePosixPath(value)) == "a?b"


def test_a_path_that_is_no_text_can_be_encoded() -> None:
    """File systems know bytes, JSON and terminals do not."""
    assert show_path(PurePosixPath(os.fsdecode(b"bad\xff.json"))).encode() == b"bad?.json"
