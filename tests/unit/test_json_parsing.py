"""JSON of others: read strictly, refused in half a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.json_parsing import JsonError, JsonNameError, parse_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)  # fmt: skip


@given(VALUES)
def test_every_json_value_is_read_as_it_was_written(value: object) -> None:
    """Strictness must not cost a valid document."""
    assert parse_json(json.dumps(value, ensure_ascii=True).encode()) == value


@pytest.mark.parametrize(
    "body", [b'{"a": 1}', b' \r\n{"a":\t1}\r\n', b'{"\\u0061": 1}'], ids=["plain", "CRLF", "escape"]
)
def test_white_space_and_escapes_are_nothing(body: bytes) -> None:
    """Editors on Windows end lines in their own way."""
    assert parse_json(body) == {"a": 1}


BROKEN = {
    "nothing": (b"", "line 1, column 1"),
    "prose": (b"China agreed.", "line 1, column 1"),
    "cut": (b'{"a":\n  [1, 2', "line 2, column 8"),
    "trailing comma": (b'{"a": 1,}', "line 1, column 9"),
    "two values": (b"{}\n{}", "line 2, column 1"),
    "single quotes": (b"{'a': 1}", "line 1, column 2"),
    "not UTF-8": (b'{"a": "\xff"}', "byte 7"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "byte 0"),
    "a surrogate in UTF-8": (b'"\xed\xa0\x80"', "byte 1"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "byte order mark"),
    "a number without end": (b"[" + b"9" * 5_000 + b"]", "too long"),
    "nested without end": (b"[" * 100_000 + b"]" * 100_000, "too deep"),
    "nested objects": (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "too deep"),
    "NaN": (b'{"rate": NaN}', "NaN"),
    "Infinity": (b"[Infinity]", "Infinity"),
    "minus Infinity": (b"[-Infinity]", "-Infinity"),
}


@pytest.mark.parametrize(("body", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_json_is_refused_with_its_place(body: bytes, words: str) -> None:
    """Whoever wrote the file must find the character; nothing else may be raised."""
    with pytest.raises(JsonError) as caught:
        parse_json(body)

    assert words in str(caught.value)
    assert type(caught.value) is JsonError


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b'{"rate": 1, "rate": 2}', "rate"),
        (b'[{"a": {"rate": 1, "rate": 1}}]', "rate"),
        (b'{"a": 1, "rate": 2, "rate": 3, "rate": 4}', "rate"),
        (b'{"\\ud800": 1, "\\ud800": 2}', "?"),
        (b'{"rate": 1, "\\u0072ate": 2}', "rate"),
    ],
)
def test_a_name_that_is_given_twice_is_refused_and_shown(body: bytes, shown: str) -> None:
    """Which of the two is meant is anyone's guess, at whatever depth."""
    with pytest.raises(JsonNameError) as caught:
        parse_json(body)

    assert str(caught.value) == f"gives {shown} twice"


def test_a_refusal_never_repeats_the_document() -> None:
    """Documents hold articles, and messages end in logs."""
    with pytest.raises(JsonError) as caught:
        parse_json(b'{"text": "SECRET" SECRET}')

    assert "SECRET" not in str(caught.value)
