"""Patterns that the shell was kept from expanding."""

from pathlib import Path

import pytest

from schemas.batch import Source
from service.sources import Skipped
from tests.unit.data_sources import TEXT, list_all, list_one, name_all, write_files, write_lines

FILES = ["a.txt", "b.txt", "x/a.txt", "x/y/a.txt", "x/y/c.md", ".h/a.txt", "x/.a.txt"]


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("?.txt", ["a.txt", "b.txt"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("*/a.txt", ["x/a.txt"]),
        ("**/a.txt", ["a.txt", "x/a.txt", "x/y/a.txt"]),
        ("x/**/*.md", ["x/y/c.md"]),
        ("x/**", ["x/a.txt", "x/y/a.txt", "x/y/c.md"]),
        ("**/**/c.*", ["x/y/c.md"]),
        ("x*", ["x/a.txt", "x/y/a.txt", "x/y/c.md"]),
        (".h/*", [".h/a.txt"]),
        ("x/.*", ["x/.a.txt"]),
        ("a.txt/*", None),
    ],
)
def test_a_pattern_matches_as_in_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, matched: list[str] | None
) -> None:
    """Absolute and relative, hidden names only where they are meant, each article once."""
    write_files(tmp_path, dict.fromkeys(FILES, TEXT))
    monkeypatch.chdir(tmp_path)
    if matched is None:
        with pytest.raises(Exception, match="has no article"):
            list_all(pattern)
        return

    assert [entry.name for entry in list_all(pattern)] == matched
    assert name_all(tmp_path, tmp_path / pattern) == matched


def test_a_name_with_brackets_is_a_name(tmp_path: Path) -> None:
    """What exists as it is written is meant."""
    write_files(tmp_path, {"a [1].txt": TEXT, "a 1.txt": TEXT})

    assert list_one(tmp_path / "a [1].txt").name.endswith("a [1].txt")


def test_what_a_pattern_matches_and_is_no_article_is_counted(tmp_path: Path) -> None:
    """A pattern names nothing one by one, so this is no fault; sidecars are not even counted."""
    write_files(tmp_path, {"a.txt": TEXT, "a.json": "{}", "b.json": "{}", "c.docx": TEXT})
    write_lines(tmp_path / "l.jsonl", [{"text": TEXT}])
    skipped = Skipped()

    entries = list_all(tmp_path / "*", skipped=skipped)

    assert [entry.kind for entry in entries if isinstance(entry, Source)] == ["file", "line"]
    assert skipped.counts == {".json": 1, ".docx": 1}


def test_links_in_circles_end(tmp_path: Path) -> None:
    """``**`` goes down every folder."""
    write_files(tmp_path, {"x/a.txt": TEXT})
    (tmp_path / "x" / "up").symlink_to(tmp_path)

    assert name_all(tmp_path, tmp_path / "**" / "*.txt") == ["x/a.txt"]


def test_a_bad_file_among_matches_is_a_fault(tmp_path: Path) -> None:
    """A broken archive stops no other."""
    write_files(tmp_path, {"a.zip": TEXT, "b.txt": TEXT})
    (tmp_path / "c.txt").symlink_to("nowhere")

    entries = list_all(tmp_path / "*")

    assert [isinstance(entry, Source) for entry in entries] == [False, True, False]
