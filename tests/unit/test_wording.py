"""A sentence about something else, or the other way round, is noticed without any number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checking.wording import find_reversal, find_unsupported, is_latin

SOURCE = "Japan agreed to lower its duties on steel and allowed exports of chipmaking tools."


@pytest.mark.parametrize(
    "text",
    [
        "lower duties on steel",
        "Japan is lowering a duty on steel.",
        "allow the export of chipmaking tools",
        "Tools for chipmaking may be exported.",
        "",
        "It is so.",
    ],
)
def test_a_rendering_of_the_source_is_supported(text: str) -> None:
    """Other forms of the same words are the same words."""
    assert find_unsupported(text, [SOURCE]) == []


@pytest.mark.parametrize(
    "text",
    [
        "buy soybeans from farmers",
        "Two officials spoke by video.",
        "end the fentanyl trade",
    ],
)
def test_a_sentence_about_something_else_is_not(text: str) -> None:
    """A gist of another article has no number to give it away."""
    assert find_unsupported(text, [SOURCE]) == [text]


def test_each_sentence_is_judged_for_itself() -> None:
    """One good sentence does not carry a made-up one."""
    text = "Japan agreed to lower duties. Farmers will sell soybeans."

    assert find_unsupported(text, [SOURCE]) == ["Farmers will sell soybeans."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中美双方周五举行会谈。", False),
        (SOURCE, True),
        ("He Lifeng (何立峰) spoke.", True),
        ("", True),
    ],
)
def test_a_source_in_another_script_is_told_apart(text: str, expected: bool) -> None:
    """An English sentence has no word in common with a Chinese text, right or wrong."""
    assert is_latin(text) is expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("increase duties on steel", SOURCE),
        ("ban exports of chipmaking tools", SOURCE),
        ("reduce tariffs", "The U.S. raised tariffs."),
        ("resume purchases", "China halted purchases."),
        ("impose duties", "Canada removed the duties."),
        ("agree to inspections", "Seoul rejected inspections."),
    ],
)
def test_a_movement_turned_around_is_found(text: str, source: str) -> None:
    """A reduction told as an increase is a critical error without a number in it."""
    assert find_reversal(text, [source]) is not None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("reduce duties on steel", SOURCE),
        ("allow exports", SOURCE),
        ("raise and then cut tariffs", "The U.S. cut tariffs."),
        ("cut tariffs", "The U.S. raised tariffs in May and cut them in June."),
        ("extend the truce", "They extended a truce and lowered barriers."),
        ("cut tariffs", "The truce holds."),
    ],
)
def test_the_same_movement_or_none_is_left_alone(text: str, source: str) -> None:
    """Only an opposite without its own word in the source counts."""
    assert find_reversal(text, [source]) is None


@given(text=st.text())
def test_a_text_supports_itself_and_never_turns_itself_around(text: str) -> None:
    """Whatever it is."""
    assert find_unsupported(text, [text]) == []
    assert find_reversal(text, [text]) is None
