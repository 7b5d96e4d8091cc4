"""Golden fixtures on disk: each finds its article, and nothing stands twice."""

from pathlib import Path

import pytest

from service.errors import ComparisonError, FixtureError
from service.golden.fixtures import GoldenCase, check_quotes, is_verbatim, load_case, load_cases
from service.grounding import TextIndex
from tests.builders import ARTICLE_TEXT, MEASURE_QUOTE, TALK_QUOTE, TARIFF_QUOTE
from tests.unit.data_golden import (
    ARTICLE,
    MAX_CHARS,
    OTHER,
    OTHER_TEXT,
    Json,
    build_fixture,
    build_small_fixture,
    change,
    make_fixture,
    write_article,
    write_both,
    write_fixture,
    write_two,
)


def _load(*paths: Path, root: Path | None = None) -> list[GoldenCase]:
    return load_cases(paths, root=root, max_chars=MAX_CHARS)


def _refuse(*paths: Path, root: Path | None = None) -> str:
    with pytest.raises(FixtureError) as caught:
        _load(*paths, root=root)
    return str(caught.value)


def test_a_fixture_comes_with_its_article_and_the_date_that_it_gives(tmp_path: Path) -> None:
    """Relative dates are resolved from that date, so a reading must be given it."""
    path = write_both(tmp_path, build_fixture(published="2025-12-06"))

    (case,) = _load(path)
    assert (case.path, case.article_path) == (path, tmp_path / ARTICLE)
    assert (case.article.text, case.article.published) == (ARTICLE_TEXT, "2025-12-06")


def test_a_folder_gives_its_fixtures_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """Reports of two runs can be laid side by side."""
    folder = write_two(tmp_path)
    (folder / "README.md").touch()

    assert [case.fixture.article for case in _load(folder)] == [OTHER, ARTICLE]


def test_an_article_is_read_as_it_is_when_it_is_summarized(tmp_path: Path) -> None:
    """Quotes are of the canonical text: NFC, LF; a file with CR-LF is the same article."""
    write_article(tmp_path, text=ARTICLE_TEXT.replace("\n", "\r\n"))
    path = write_fixture(tmp_path)

    (case,) = _load(path)
    assert case.article.text == ARTICLE_TEXT


def test_the_nearest_folder_that_has_the_article_is_the_root(tmp_path: Path) -> None:
    """Two checkouts, one within the other, each have their own."""
    write_article(tmp_path, text=OTHER_TEXT)
    path = write_both(tmp_path / "inner")

    (case,) = _load(path)
    assert case.article_path == tmp_path / "inner" / ARTICLE


def test_a_root_that_is_given_is_the_only_one(tmp_path: Path) -> None:
    """Asked for one place, none other is looked into."""
    path = write_both(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    write_article(elsewhere, text=OTHER_TEXT)

    (case,) = _load(path, root=elsewhere)
    assert case.article.text == OTHER_TEXT
    assert _refuse(path, root=tmp_path / "golden") == (
        f"{path}: article: there is no file {ARTICLE} in {tmp_path}/golden"
    )


@pytest.mark.parametrize(
    "name", ["articles/soy beans.txt", "articles/🌾 大豆.txt", "articles/so\ny.txt"]
)
def test_an_article_may_be_called_anything(name: str, tmp_path: Path) -> None:
    """Outlets name files after headlines."""
    write_article(tmp_path, name)
    path = write_fixture(tmp_path, build_fixture(name), "🌾 soy\nbeans.json")

    (case,) = _load(path)
    assert case.article_path.name == name.rpartition("/")[2]


@pytest.mark.parametrize(
    "article", ["../secret.txt", "articles/../../secret.txt", "..", "/etc/hostname", "//etc/x"]
)
def test_an_article_outside_the_root_is_refused(article: str, tmp_path: Path) -> None:
    """A fixture that came by mail must not read what it likes; also where such a file is."""
    path = write_fixture(tmp_path / "inner", {"article": article})
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")

    told = _refuse(path)
    assert told == (f"{path}: article: {article} must be a path relative to the repository's root")


MISSING = {
    "no such file": ("articles/none.txt", "there is no file articles/none.txt in any folder"),
    "folder": ("articles", "there is no file articles in any folder"),
    "NUL": ("a\0b.txt", "there is no file a?b.txt in any folder"),
    "newline": ("a\nb.txt", "there is no file a?b.txt in any folder"),
    "long": ("x" * 300, f"{'x' * 80}…: file name too long"),
}


@pytest.mark.parametrize(("article", "words"), MISSING.values(), ids=MISSING.keys())
def test_an_article_that_is_missing_is_told_with_its_fixture(
    article: str, words: str, tmp_path: Path
) -> None:
    """One typing error among many fixtures; whatever is typed, it is one sentence."""
    write_article(tmp_path)
    path = write_fixture(tmp_path, {"article": article})

    assert _refuse(path).startswith(f"{path}: article: {words}")


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("empty.txt", b"", "the article is empty"),
        ("binary.txt", b"\xff\xfe\x00", "UTF-8"),
        ("long.txt", b"tariff " * 20_000, "60,000"),
        ("article.docx", b"PK", ".docx"),
    ],
)
def test_an_article_that_cannot_be_read_is_told_with_its_fixture(
    name: str, body: bytes, words: str, tmp_path: Path
) -> None:
    """Intake knows the article only; the fixture's author looks for the fixture."""
    write_article(tmp_path, name).write_bytes(body)
    path = write_fixture(tmp_path, {"article": name})

    told = _refuse(path)
    assert told.startswith(f"{path}: article: {name}: ")
    assert words in told


def test_a_folder_without_a_fixture_is_an_error(tmp_path: Path) -> None:
    """Comparing with nothing would always be good."""
    (tmp_path / "notes.md").touch()

    assert _refuse(tmp_path) == f"{tmp_path}: there is no fixture (a file that ends in .json)"


def test_two_fixtures_of_one_article_are_refused(tmp_path: Path) -> None:
    """Which of them a summary is held against would be anyone's guess."""
    first = write_both(tmp_path)
    second = write_fixture(tmp_path, name="twin.json")

    assert _refuse(tmp_path / "golden") == (
        f"{second}: article: {ARTICLE} has another fixture, {first}; keep one"
    )


def test_one_fixture_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    """It would count twice."""
    path = write_both(tmp_path)

    assert "has another fixture" in _refuse(path, path)


def test_one_article_under_two_names_is_refused(tmp_path: Path) -> None:
    """A link is the same article."""
    write_both(tmp_path)
    (tmp_path / OTHER).symlink_to("soybeans.txt")
    write_fixture(tmp_path, build_fixture(OTHER), "other.json")

    assert "has another fixture" in _refuse(tmp_path / "golden")


def test_two_articles_with_one_text_are_refused(tmp_path: Path) -> None:
    """A summary is told to be an article's by its text: it would be of both, and count for one."""
    write_both(tmp_path)
    write_article(tmp_path, OTHER)
    write_fixture(tmp_path, build_fixture(OTHER), "other.json")

    assert "has the text of another article" in _refuse(tmp_path / "golden")


def test_two_articles_with_one_path_below_two_roots_are_refused(tmp_path: Path) -> None:
    """A report names its parts by that path: one of them would be lost."""
    for name, text in (("a", ARTICLE_TEXT), ("b", OTHER_TEXT)):
        write_article(tmp_path / name, text=text)
        write_fixture(tmp_path / name)

    told = _refuse(tmp_path / "a", tmp_path / "b")
    assert f"{ARTICLE} is another article in {tmp_path}/a/golden/soybeans.json" in told


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xef\xbb\xbf{}", b'{"article": "a", "article": "b"}']
)
def test_a_file_that_is_no_json_object_is_named(body: bytes, tmp_path: Path) -> None:
    """The parser knows no file."""
    path = tmp_path / "a.json"
    path.write_bytes(body)

    with pytest.raises(ComparisonError, match=rf"^{path} "):
        _load(path)


def test_a_fixture_that_cannot_be_opened_is_an_os_error(tmp_path: Path) -> None:
    """Its name is in it."""
    with pytest.raises(FileNotFoundError, match=r"none\.json"):
        load_case(tmp_path / "none.json", max_chars=MAX_CHARS)


STRAY: dict[str, tuple[Json, str]] = {
    "made up": (
        change(build_fixture(), "tariffs", 0, "evidence", value=[TARIFF_QUOTE, "made up"]),
        "tariffs[0].evidence[1]: the article does not have 'made up' as one run of whole words",
    ),
    "word cut": (
        build_small_fixture(evidence=[TARIFF_QUOTE[:-1]]),
        "tariffs[0].evidence[0]: the article does not have",
    ),
    "other typography": (
        change(build_fixture(), "non_tariff_measures", 0, "evidence", 0,
               value=MEASURE_QUOTE.replace("’", "'")),
        "non_tariff_measures[0].evidence[0]: the article has",
    ),
    "blank at its end": (
        build_small_fixture(evidence=[f"{TARIFF_QUOTE} "]),
        "tariffs[0].evidence[0]: the article has",
    ),
    "one of several": (
        build_small_fixture(evidence={"any": [[TARIFF_QUOTE], [TALK_QUOTE, "made up"]]}),
        "tariffs[0].evidence.any[1][1]: the article does not have",
    ),
    "forbidden": (
        build_fixture(forbidden={"doubts": [{"evidence": ["made up"]}]}),
        "forbidden.doubts[0].evidence[0]: the article does not have",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fixture", "sentence"), STRAY.values(), ids=STRAY.keys())
def test_a_quote_that_is_not_verbatim_is_told_with_its_place(
    fixture: Json, sentence: str, tmp_path: Path
) -> None:
    """Evidence is judged by its place; a quote without one can never be found."""
    path = write_both(tmp_path, fixture)

    told = _refuse(path)
    assert told.startswith(f"{path}: {sentence}")
    assert "; copy it to the letter" in told or "whole words" in told


def test_every_stray_quote_of_a_fixture_is_told_at_once() -> None:
    """An article that was edited breaks several."""
    fixture = change(build_fixture(), "tariffs", 0, "evidence", value=["one", "two"])

    with pytest.raises(FixtureError) as caught:
        check_quotes(make_fixture(fixture), ARTICLE_TEXT, "a.json")

    assert str(caught.value).count("does not have") == 2


def test_a_repeated_quote_is_verbatim() -> None:
    """Where it stands first is as good as elsewhere."""
    assert is_verbatim("on", TextIndex("on and on"))
    assert not is_verbatim("o", TextIndex("on and on"))


def test_a_quote_in_any_script_is_verbatim() -> None:
    """Emoji, CJK and a dotted capital İ are text like any other."""
    text = "İstanbul 🌾 稀土 “sweeping”\u00a0controls"

    assert is_verbatim(text, TextIndex(text))
    assert not is_verbatim(text.replace("\u00a0", " "), TextIndex(text))
