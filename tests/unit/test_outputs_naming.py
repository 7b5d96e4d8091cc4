"""Names of articles as names of files: safe on every file system, and never the same twice."""

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.outputs.naming import name_file, refer_to, write_problem
from tests.unit.data_outputs import PROBLEM

ENDINGS = (".json", ".problem.json")


def fold(path: PurePosixPath) -> str:
    """Return ``path`` as a file system sees it that knows neither case nor Unicode's forms."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", str(path)).casefold())


@pytest.mark.parametrize("name", ["a.txt", "asia/reuters-12.html", "稀土.txt", "🌾 soy.txt"])
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    """People find an article's result by the article's name."""
    assert str(name_file(name)) == name


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../../etc/passwd", "/etc/passwd", "a//b", ".hidden", "a\nb", "a\x00b",
        "con", "NUL.txt", "com1.txt", "a.", "a ", "a:b", "a\\b", "a?", "A.txt", "İ.txt",
        "e\u0301.txt", "a~1", "a.problem", "a.json/b", "\u202eb", "\udc80", "n" * 300, "🌾" * 100,
    ],
)  # fmt: skip
def test_any_other_name_is_changed_and_marked(name: str) -> None:
    """What is hidden, reserved, over-long or could be taken for another gets a hash."""
    path = name_file(name)

    assert "~" in str(path)
    assert not path.is_absolute()
    assert not {"..", "."} & set(path.parts)
    assert all(len(f"{part}.problem.json".encode()) <= 255 for part in path.parts)
    assert str(path).isprintable()


def test_a_marked_name_still_shows_what_it_was() -> None:
    """A hash alone would tell nobody which article it is."""
    assert str(name_file("Reuters: tariffs?.txt")).startswith("Reuters_ tariffs_.txt~")


def test_a_path_that_is_too_deep_becomes_one_file() -> None:
    """A system takes a path of some thousand bytes only."""
    path = name_file("/".join(["folder"] * 500 + ["a.txt"]))

    assert len(path.parts) == 1
    assert path.name.startswith("a.txt~")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.txt", "a.txt"),
        ("a/b.txt", "a_b.txt"),
        ("straße", "strasse"),
        ("é", "e\u0301"),
        ("a?", "a*"),
        ("a", "a.problem"),
        ("n" * 300, "n" * 301),
        ("", "."),
    ],
)
def test_two_names_never_meet(one: str, other: str) -> None:
    """The second result would replace the first in silence."""
    assert fold(name_file(one)) != fold(name_file(other))


@pytest.mark.parametrize("name", ["a?", "A", "n" * 300])
def test_no_name_can_be_made_to_meet_a_marked_one(name: str) -> None:
    """Whoever names an article chooses its letters."""
    forged = str(name_file(name))

    assert fold(name_file(forged)) != fold(name_file(name))


@given(st.text(), st.text())
def test_no_two_names_meet_whatever_they_are(one: str, other: str) -> None:
    """Nor does a file of one stand where another has a folder."""
    assume(one != other)
    files = [{fold(PurePosixPath(f"{name_file(n)}{end}")) for end in ENDINGS} for n in (one, other)]
    folders = [{fold(parent) for parent in name_file(n).parents} for n in (one, other)]

    assert not files[0] & files[1]
    assert not files[0] & folders[1]
    assert not files[1] & folders[0]


@pytest.mark.parametrize("name", ["a b.txt", "🌾\n.txt", "50%25.txt", "asia/İ.txt"])
def test_a_problem_refers_to_its_article_and_stays_on_one_line(name: str) -> None:
    """A program finds the article again, whatever it is called."""
    line = write_problem(name, PROBLEM)

    assert b"\n" not in line
    assert unquote(refer_to(name)) == name
    assert f'"instance":"{refer_to(name)}"'.encode() in line
