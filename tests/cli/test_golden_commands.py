"""``readout golden``: fixtures checked all at once, changes proposed and never slipped in."""

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.cli.processes import Result, run
from tests.unit.data_golden import (
    ARTICLE,
    OTHER_TEXT,
    build_claim,
    build_fixture,
    build_problem,
    build_small_fixture,
    change,
    write_both,
    write_fixture,
    write_json,
    write_lines,
    write_two,
)

RATE_85 = change(build_fixture(), "tariffs", 0, "rate", value=85)
"""The default fixture, but for a rate that no quote has."""


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that is worked in, as one works in a checkout."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_fixtures_that_are_good_are_exit_code_0(tree: Path) -> None:
    """One line says that they were looked at."""
    write_two(tree)

    result = run("golden", "check", "golden")
    assert (result.code, result.err) == (0, "")
    assert result.out == ("2 checked, 0 not usable, 0 faults, 0 doubts (--doubts lists them)\n")


def test_a_number_that_no_quote_carries_is_exit_code_1(tree: Path) -> None:
    """On one line, however narrow the terminal is: editors jump to it."""
    write_both(tree, RATE_85)

    result = run("golden", "check", "golden", COLUMNS="40")
    assert result.code == 1
    assert result.out.splitlines()[0] == (
        'golden/soybeans.json: tariffs[0].rate: no quote says 85 percent; they say "20%", "10%".'
    )


def test_every_broken_fixture_is_reported_at_once(tree: Path) -> None:
    """One round of mending: what is broken, missing, unreadable, not JSON, not carried."""
    folder = write_two(tree)
    write_fixture(tree, RATE_85)
    write_fixture(tree, build_fixture(), "twin.json")
    write_fixture(tree, change(build_fixture(), "talks", 0, "kind", value="chat"), "enum.json")
    write_fixture(tree, change(build_fixture(), "talks", 0, "date", value="soon"), "date.json")
    write_fixture(tree, build_small_fixture(evidence=["made up"]), "quote.json")
    write_fixture(tree, {"article": "none.txt"}, "article.json")
    write_fixture(tree, {"article": "x" * 300}, "long.json")
    (folder / "garbage.json").write_bytes(b"garbage")
    (folder / "link.json").symlink_to("nowhere.json")

    result = run("golden", "check", "golden", "none.json")
    lines = result.out.splitlines()
    assert (result.code, result.err) == (2, "")
    for start in (
        "golden/article.json: article: there is no file none.txt",
        "golden/date.json: talks[0].date: 'soon' is no date of the form",
        "golden/enum.json: talks[0].kind: input should be 'call'",
        "golden/garbage.json is no JSON: see line 1, column 1",
        "golden/link.json: no such file or directory",
        f"golden/long.json: article: {'x' * 80}…: file name too long",
        "golden/quote.json: tariffs[0].evidence[0]: the article does not have 'made up'",
        "golden/soybeans.json: tariffs[0].rate: no quote says 85 percent",
        f"golden/twin.json: article: {ARTICLE} has another fixture, golden/soybeans.json; keep",
        "none.json: no such file or directory",
    ):
        assert [line.startswith(start) for line in lines].count(True) == 1, start
    assert lines[-1].startswith("11 checked, 9 not usable, 1 faults, 0 doubts")


def test_doubts_are_counted_and_listed_on_demand(tree: Path) -> None:
    """They fail nothing: the checks lean to doubt."""
    write_both(tree, change(build_fixture(), "commitments", 0, "due", value="2027-02"))

    counted, listed = run("golden", "check", "golden"), run("golden", "check", "--doubts", "golden")
    assert (counted.code, listed.code) == (0, 0)
    assert counted.out.startswith("1 checked, 0 not usable, 0 faults, 1 doubts")
    assert listed.out.startswith("golden/soybeans.json: commitments[0].due: doubt: no quote states")


def test_a_check_is_json_for_programs(tree: Path) -> None:
    """Also of a file whose name is no text."""
    write_both(tree, RATE_85)
    name = os.fsdecode(b"bad\xff.json")
    (tree / "golden" / name).write_bytes(b"garbage")

    result = run("golden", "check", "--json", "golden")
    bad, good = json.loads(result.out)
    assert result.code == 2
    assert (bad["fixture"], bad["faults"]) == ("golden/bad?.json", [])
    assert bad["error"].startswith("golden/bad?.json is no JSON")
    assert (good["fixture"], good["error"]) == ("golden/soybeans.json", None)
    assert [(fault["kind"], fault["place"]) for fault in good["faults"]] == [
        ("fault", "tariffs[0].rate")
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "articles"], "articles: there is no fixture"),
        (["update", "s.json", "articles"], "articles: there is no fixture"),
        (["update", "none.json", "golden"], "none.json: No such file or directory"),
        (["update", "stray.json", "golden"], "stray.json: no summary is of an article that golden"),
        (["update", "old.json", "golden"], 'old.json: schema_version: it is "0"'),
        (["update", "problem.json", "golden"], "problem.json: no summary is of an article"),
    ],
)
def test_what_cannot_be_run_is_exit_code_2_and_one_sentence(
    arguments: list[str], words: str, tree: Path
) -> None:
    """0 would say that nothing differs."""
    fixture = write_both(tree)
    write_json(tree / "s.json", build_claim())
    write_json(tree / "stray.json", build_claim(OTHER_TEXT))
    write_json(tree / "old.json", build_claim(schema_version="0"))
    write_json(tree / "problem.json", build_problem())
    before = fixture.read_bytes()

    result = run("golden", *arguments)
    assert (result.code, result.out) == (2, "")
    assert words in result.sentence
    assert fixture.read_bytes() == before


def _update(*options: str) -> Result:
    write_json(Path("s.json"), build_claim())
    return run("golden", "update", *options, "s.json", "golden")


def test_an_update_is_a_diff_and_changes_nothing(tree: Path) -> None:
    """It is a proposal: exit code 1 says that there is something to review."""
    fixture = write_both(tree, RATE_85)
    before = fixture.read_bytes()

    result = _update()
    lines = result.out.splitlines()
    assert (result.code, result.err) == (1, "")
    assert lines[:2] == ["--- a/golden/soybeans.json", "+++ b/golden/soybeans.json"]
    assert [line for line in lines[2:] if line[0] in "+-"] == [
        '-      "rate": 85,', '+      "rate": 10,',
    ]  # fmt: skip
    assert fixture.read_bytes() == before


def test_nothing_to_change_is_exit_code_0_and_silent(tree: Path) -> None:
    """However the fixture is written."""
    write_both(tree).write_text(json.dumps(build_fixture()), encoding="utf-8")

    assert _update() == Result(0, "", "")


@pytest.mark.parametrize(
    ("tool", "name", "end", "last"),
    [
        (["git", "apply"], "soybeans.json", "\n", ""),
        (["git", "apply"], "my soy\n🌾.json", "\n", "\n"),
        (["patch", "-p1"], "my soy 🌾.json", "\r\n", "\r\n"),
    ],
    ids=["git, no last end of line", "git, any name", "patch, CR-LF"],
)
def test_a_diff_applies_and_then_all_is_right(
    tool: list[str], name: str, end: str, last: str, tree: Path
) -> None:
    """``readout golden update … | git apply``: what is reviewed is what comes."""
    if shutil.which(tool[0]) is None:
        pytest.skip(f"no {tool[0]} here")
    (tree / "golden").mkdir()
    fixture = write_both(tree, RATE_85).rename(tree / "golden" / name)
    text = json.dumps(RATE_85, indent=2, ensure_ascii=False).replace("\n", end) + last
    fixture.write_bytes(text.encode())

    diff = _update().out
    applied = subprocess.run(tool, input=diff.encode(), capture_output=True, check=False)
    assert applied.returncode == 0, applied.stderr
    assert _update() == Result(0, "", "")
    assert run("compare", "--min-leaf-f1", "1", "s.json", "golden").code == 0


def test_write_shows_the_diff_and_then_writes_it(tree: Path) -> None:
    """Both: what was taken can be read again. Permissions and links stay."""
    fixture = write_both(tree, RATE_85)
    fixture.chmod(0o640)
    real = fixture.rename(tree / "real.json")
    fixture.symlink_to(real)

    shown, written = _update(), _update("--write")
    assert (written.code, written.out) == (1, shown.out)
    assert json.loads(real.read_bytes()) == build_fixture()
    assert (fixture.is_symlink(), stat.S_IMODE(real.stat().st_mode)) == (True, 0o640)
    assert {path.name for path in fixture.parent.iterdir()} == {"soybeans.json"}
    assert _update("--write") == Result(0, "", "")


def test_only_fixtures_that_have_a_summary_are_changed(tree: Path) -> None:
    """A missing or failed summary is no reason to empty a fixture."""
    folder = write_two(tree)
    write_fixture(tree, RATE_85)
    other = folder / "other.json"
    before = other.read_bytes()
    lines = write_lines(tree / "s.jsonl", build_claim(), build_problem("articles/other.txt"))

    result = run("golden", "update", "--write", str(lines), "golden")
    assert (result.code, other.read_bytes()) == (1, before)
    assert f"{lines}, line 2: it is no summary" in result.sentence
    assert json.loads((folder / "soybeans.json").read_bytes()) == build_fixture()


def test_a_summary_comes_from_standard_input(tree: Path) -> None:
    """``readout summarize --json … | readout golden update - golden``."""
    write_both(tree, RATE_85)

    result = run("golden", "update", "-", "golden", stdin=json.dumps(build_claim()).encode())
    assert (result.code, '+      "rate": 10,' in result.out) == (1, True)


def test_help_says_what_the_exit_codes_mean() -> None:
    """Scripts are written by it."""
    assert "Exit codes: 0 good, 1 a fixture says" in run("golden", "check", "--help").out
