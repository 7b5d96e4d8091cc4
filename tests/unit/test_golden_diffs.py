"""Diffs that other tools apply: to the byte, whatever the file is called."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from service.golden.diffs import render_diff

TOOLS = [["git", "apply"], ["patch", "-p1", "--silent"]]
BEFORE = "".join(f"line {number}\n" for number in range(20))
AFTER = BEFORE.replace("line 3\n", "").replace("line 17\n", "line 17\nnew 🌾\n")

Apply = Callable[[Path, str, str], bytes]


@pytest.fixture(params=TOOLS, ids=["git", "patch"])
def apply(request: pytest.FixtureRequest, tmp_path: Path) -> Apply:
    """Return a function that gives a file the one text, patches it to the other, returns it."""
    tool: list[str] = request.param
    if shutil.which(tool[0]) is None:
        pytest.skip(f"no {tool[0]} here")

    def run(path: Path, before: str, after: str) -> bytes:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(before.encode())
        diff = render_diff(path, before, after)
        done = subprocess.run(
            tool, input=diff.encode(), cwd=tmp_path, capture_output=True, check=False
        )
        assert done.returncode == 0, (done.stdout + done.stderr).decode() + diff
        return file.read_bytes()

    return run


CHANGES = {
    "several places": (BEFORE, AFTER),
    "all": ("a\n", "b\n"),
    "from nothing but a line": ("{}\n", BEFORE),
    "a last line without an end gets one": ("a\nb", "a\nb\n"),
    "a last line loses its end": ("a\nb\n", "a\nb"),
    "neither has an end": ("a\nb\nc", "a\nB\nc"),
    "CR-LF": (BEFORE.replace("\n", "\r\n"), AFTER.replace("\n", "\r\n")),
    "CR-LF to LF": ("a\r\nb\r\n", "a\nb\n"),
    "other separators": ("a\u2028b\x85c\x0bd\x0ce\n" * 4, "a\u2028B\x85c\x0bd\x0ce\n" * 4),
    "a lone CR": ("a\rb\nc\n", "a\rb\nd\n"),
}


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES.keys())
def test_a_diff_makes_the_one_text_the_other(before: str, after: str, apply: Apply) -> None:
    """To the byte: a fixture that is patched wrongly is a wrong fixture."""
    assert apply(Path("golden/a.json"), before, after) == after.encode()


NAMES = [
    "my soy.json",
    "🌾 大豆.json",
    "so\ny.json",
    "so\ty.json",
    'so"y\\.json',
    "-p.json",
    "\x1b.json",
]


@pytest.mark.parametrize("name", [*NAMES, "bad\udcff.json"], ids=ascii)
def test_a_diff_names_any_file(name: str, apply: Apply) -> None:
    """Tools read a name up to a blank or tab, unless it is written as they want it."""
    assert apply(Path("golden fixtures", name), BEFORE, AFTER) == AFTER.encode()


def test_a_diff_is_text_whatever_the_file_is_called() -> None:
    """It goes to a terminal: an escape sequence in a name must not act there."""
    diff = render_diff(Path(os.fsdecode(b"\x1b[2J\xff.json")), "a\n", "b\n")

    assert diff.encode().startswith(b'--- "a/\\033[2J\\377.json"\n+++ "b/\\033[2J\\377.json"\n')


def test_a_path_from_the_root_is_applied_from_there() -> None:
    """A diff has no absolute names."""
    assert render_diff(Path("/x/a.json"), "a\n", "b\n").startswith("--- a/x/a.json\n+++ b/x/a.json")


def test_texts_that_are_the_same_have_no_diff() -> None:
    """Nothing is printed, so that nothing is to be reviewed."""
    assert render_diff(Path("a.json"), BEFORE, BEFORE) == ""
