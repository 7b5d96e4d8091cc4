"""``readout compare`` with what cannot be compared: one sentence, exit code 2, nothing written."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from service.golden.files import MAX_FILE_BYTES
from tests.builders import ARTICLE_TEXT
from tests.cli.processes import COMMAND, run
from tests.unit.data_golden import (
    ARTICLE,
    OTHER,
    OTHER_TEXT,
    build_claim,
    build_fixture,
    build_small_fixture,
    change,
    write_article,
    write_fixture,
    write_json,
    write_lines,
)

Break = Callable[[Path], object]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder in which article, ``golden`` and ``s.json`` are as they should be."""
    write_article(tmp_path)
    write_fixture(tmp_path)
    write_json(tmp_path / "s.json", build_claim())
    return tmp_path


def _misspell(tree: Path) -> None:
    write_fixture(tree, change(build_fixture(), "tariffs", 0, "rte", value=10))


def _write_500(tree: Path) -> None:
    (item,) = build_claim()["tariffs"]
    write_json(tree / "s.json", build_claim(tariffs=[item] * 500))
    write_fixture(tree, build_fixture(tariffs=build_fixture()["tariffs"] * 500))


def _empty(tree: Path) -> None:
    (tree / "golden" / "soybeans.json").unlink()


def _write_huge(tree: Path) -> None:
    with (tree / "s.json").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)


def _write_twice(tree: Path) -> None:
    write_lines(tree / "s.json", build_claim(), build_claim(id="again"))


def _claim(**overrides: object) -> Break:
    return lambda tree: write_json(tree / "s.json", {**build_claim(), **overrides})


def _expect(fixture: dict[str, object]) -> Break:
    return lambda tree: write_fixture(tree, fixture)


def _put(name: str, body: bytes) -> Break:
    return lambda tree: (tree / name).write_bytes(body)


GOLDEN = "{tree}/golden/soybeans.json"
SUMMARY = "{tree}/s.json"
CASES: dict[str, tuple[Break, str]] = {
    "unknown field": (_misspell, f"{GOLDEN}: tariffs[0].rte: there is no such field"),
    "stray quote": (
        _expect(build_small_fixture(evidence=["made up"])),
        f"{GOLDEN}: tariffs[0].evidence[0]: the article does not have 'made up'",
    ),
    "missing article": (
        _expect(build_fixture("articles/none.txt")),
        f"{GOLDEN}: article: there is no file articles/none.txt in any folder above the fixture",
    ),
    "article above": (_expect(build_fixture(f"../{ARTICLE}")), f"{GOLDEN}: article: ../{ARTICLE}"),
    "article from the root": (_expect(build_fixture("/etc/x")), f"{GOLDEN}: article: /etc/x must"),
    "two fixtures": (
        lambda tree: write_fixture(tree, name="twin.json"),
        f"{{tree}}/golden/twin.json: article: {ARTICLE} has another fixture, {GOLDEN}; keep one",
    ),
    "empty folder": (_empty, "{tree}/golden: there is no fixture (a file that ends in .json)"),
    "500 items": (_write_500, f"{GOLDEN}: tariffs: it has 500 items, at most 400 are compared"),
    "another version": (
        _claim(schema_version="2"),
        f'{SUMMARY}: schema_version: it is "2", this version compares "1"; read the article again',
    ),
    "prose": (_put("s.json", b"China agreed."), f"{SUMMARY} is no JSON: see line 1, column 1"),
    "too deep": (_put("s.json", b'{"a":' * 90_000), f"{SUMMARY} is no JSON that is read here"),
    "64 MiB": (_write_huge, f"{SUMMARY} has more than 67,108,864 bytes; split it"),
    "a broken line": (
        _put("s.json", b'{"type": "/problems/x", "title": "x", "status": 500, "detail": ""}\n{"'),
        f"{SUMMARY}, line 2 is no JSON: see line 1",
    ),
    "the same article twice": (_write_twice, f"{SUMMARY}, line 2: {ARTICLE} has another summary"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "sentence"), CASES.values(), ids=CASES.keys())
def test_bad_input_is_one_sentence_with_file_and_field_and_nothing_is_written(
    spoil: Break, sentence: str, tree: Path
) -> None:
    """Yesterday's reports stay whole: a build server shows them until there are new ones."""
    spoil(tree)
    page, junit = tree / "report.html", tree / "report.xml"
    for output in (page, junit):
        output.write_bytes(b"old")
    before = sorted(tree.rglob("*"))

    result = run(
        "compare", "--min-f1", "0", "--html", str(page), "--junit", str(junit),
        str(tree / "s.json"), str(tree / "golden"),
    )  # fmt: skip
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert sentence.format(tree=tree) in result.sentence
    assert (page.read_bytes(), junit.read_bytes()) == (b"old", b"old")
    assert sorted(tree.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{tree}/s.json", "{tree}/none"], "{tree}/none: No such file"),
        (["{tree}/empty", "{tree}/golden"], "{tree}/empty: there is no summary"),
        (["-", "{tree}/golden"], "standard input is empty"),
        (["{tree}/s.json"], "GOLDEN is missing"),
        (["--repeat", "2", "{tree}/s.json", "{tree}/golden"], "--repeat needs --read"),
        (["--min-f1", "nan", "{tree}/s.json", "{tree}/golden"], "--min-f1"),
        (["--html", "{tree}/no/p", "{tree}/s.json", "{tree}/golden"], "folder {tree}/no; make it"),
        (["--junit", "{tree}/empty", "{tree}/s.json", "{tree}/golden"], "empty is a folder"),
        (
            ["--html", "{tree}/x", "--junit", "{tree}/x", "{tree}/s.json", "{tree}/golden"],
            "{tree}/x is to hold two reports",
        ),
        (
            ["--baseline", "{tree}/s.json", "{tree}/s.json", "{tree}/golden"],
            "{tree}/s.json: comparison: it is no report of a comparison",
        ),
    ],
)  # fmt: skip
def test_a_wrong_call_is_exit_code_2_and_says_what_to_mend(
    arguments: list[str], words: str, tree: Path
) -> None:
    """1 would say that something was compared."""
    (tree / "empty").mkdir()

    result = run("compare", *(one.format(tree=tree) for one in arguments), COLUMNS="500")
    assert (result.code, result.out) == (2, "")
    assert words.format(tree=tree) in result.sentence
    assert not (tree / "x").exists()


def test_standard_input_larger_than_is_read_is_refused_and_not_cut(tree: Path) -> None:
    """Cut at a line's end, the summaries behind it would be missing in silence."""
    body = b"\n" * (MAX_FILE_BYTES + 1)

    result = run("compare", "-", str(tree / "golden"), stdin=body)
    assert (result.code, result.out) == (2, "")
    assert result.sentence == "readout: standard input has more than 67,108,864 bytes; split it"


def test_standard_input_that_is_closed_is_exit_code_2(tree: Path) -> None:
    """Jobs of a scheduler have none; a traceback would be exit code 1, below a bar."""
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *COMMAND, "compare", "-", str(tree / "golden")],
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"readout: standard input is closed")


def test_an_article_that_was_edited_is_told_by_its_quotes(tree: Path) -> None:
    """Fixture and article drift apart; the summary of the old text is no mistake of its own."""
    write_article(tree, text=ARTICLE_TEXT.replace("20%", "25%"))

    result = run("compare", str(tree / "s.json"), str(tree / "golden"))
    assert (result.code, "tariffs[0].evidence[0]" in result.sentence) == (2, True)


def test_a_file_whose_name_is_no_text_is_named_in_every_form(tree: Path) -> None:
    """As a stray it stands in the report, which is UTF-8."""
    folder = Path(os.fsdecode(os.fsencode(tree) + b"/bad\xff"))
    write_json(folder / "s.json", build_fixture(OTHER))
    write_json(folder / "good.json", build_claim())

    as_json = run("compare", "--json", str(folder), str(tree / "golden"))
    as_page = run("compare", str(folder), str(tree / "golden"))
    assert (as_json.code, as_page.code, as_json.err, as_page.err) == (0, 0, "", "")
    assert f"{tree}/bad?/s.json" in as_json.out


def test_a_stray_summary_is_no_error(tree: Path) -> None:
    """A run over an archive has more articles than there are fixtures."""
    actual = write_lines(tree / "s.jsonl", build_claim(), build_claim(OTHER_TEXT))

    result = run("compare", "--min-f1", "1", str(actual), str(tree / "golden"))
    assert result.code == 0
    assert "Summaries without a fixture: 1" in result.out
