"""What the README shows is what one sees."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from service.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.search(r"## What comes out\n.*?```\n(.*?)```", README, re.DOTALL)


def test_the_example_in_the_readme_is_real_output() -> None:
    """Every line that is shown stands in the output, in that order."""
    assert SHOWN is not None
    seed = ROOT / "seeds" / "003_ebedd4a92f329c8a.txt"
    command = [sys.executable, "-m", "service.cli", "summarize", str(seed)]

    process = subprocess.run(
        [sys.executable, "-m", "tests.standin", "--run", *command],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "96"},
        capture_output=True,
        check=True,
    )
    lines = iter([line.rstrip() for line in process.stdout.decode().splitlines()])
    missing = [shown for shown in SHOWN.group(1).splitlines() if shown not in lines]
    assert missing == []


def test_the_readme_lists_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that is not listed does not exist for its user."""
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", README, re.MULTILINE))

    expected = {
        name: "not set" if value == "not set" else f"`{value}`"
        for name, (value, _meaning) in Settings.load().describe().items()
    }
    home = str(Path.home())
    assert {name: text.strip() for name, text in rows.items()} == {
        name: text.replace(home, "~") for name, text in expected.items()
    }
