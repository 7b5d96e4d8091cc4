"""Folders: which of the files below them are articles, and that none of them stops the others."""

import os
import socket
from pathlib import Path

import pytest

from schemas.batch import Source
from service.errors import SourceError, UnreadableSourceError
from service.sources import Skipped, SourceFault, list_sources
from service.sources.findings import MAX_LABELS, OTHER
from service.sources.folders import walk_folders
from tests.unit.data_sources import (
    MAX_CHARS,
    TEXT,
    list_all,
    list_faults,
    list_one,
    name_all,
    write_files,
)


def test_a_folder_stands_for_the_articles_in_it_and_below_it(tmp_path: Path) -> None:
    """Every type that intake reads counts, whatever the case of its suffix."""
    names = ["a.txt", "b.MD", "c.html", "d.pdf", "plain", "x/deep/e.htm", "y/f.xhtml"]
    write_files(tmp_path, dict.fromkeys(names, TEXT))

    assert name_all(tmp_path, tmp_path) == names


def test_the_order_does_not_depend_on_the_disk(tmp_path: Path) -> None:
    """Names, numbers in them and a second run rest on it."""
    write_files(tmp_path, dict.fromkeys(["b.txt", "z/1.txt", "a.txt", "m/2.txt", "c.txt"], TEXT))

    assert name_all(tmp_path, tmp_path) == ["a.txt", "b.txt", "c.txt", "m/2.txt", "z/1.txt"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    """Editors, version control and operating systems keep their own things there."""
    write_files(tmp_path, dict.fromkeys([".a.txt", ".git/b.txt", "x/.c/d.txt", "e.txt"], TEXT))

    assert name_all(tmp_path, tmp_path) == ["e.txt"]


def test_a_hidden_folder_that_is_named_is_read(tmp_path: Path) -> None:
    """Whoever names it means it."""
    write_files(tmp_path, {".cache/a.txt": TEXT})

    assert name_all(tmp_path, tmp_path / ".cache") == [".cache/a.txt"]


def test_other_files_are_counted_by_suffix(tmp_path: Path) -> None:
    """A user who expected a type to be read must see that it was not."""
    names = ["a.txt", "b.docx", "c.DOCX", "d.csv", "README.md", "x/readme", "e.zip", "f.json"]
    write_files(tmp_path, dict.fromkeys(names, TEXT))
    skipped = Skipped()

    assert len(list_all(tmp_path, skipped=skipped)) == 1
    assert skipped.counts == {".docx": 2, "README": 2, ".csv": 1, ".zip": 1, ".json": 1}
    assert (skipped.total, str(skipped).startswith("2 ")) == (7, True)


def test_the_count_of_suffixes_is_bounded(tmp_path: Path) -> None:
    """Numbered files without a type must not fill memory and screen."""
    skipped = Skipped()

    for number in range(MAX_LABELS + 5):
        skipped.count(f".{number}")

    assert (len(skipped.counts), skipped.counts[OTHER]) == (MAX_LABELS + 1, 5)


def test_a_folder_without_an_article_says_what_it_has(tmp_path: Path) -> None:
    """Nothing is to be read, and the user sees why."""
    write_files(tmp_path, {"a.docx": TEXT, ".b.txt": TEXT})

    with pytest.raises(SourceError, match=r"has no article: 1 \.docx passed over; articles end in"):
        list_sources([str(tmp_path)], max_chars=MAX_CHARS)


def test_links_in_circles_end(tmp_path: Path) -> None:
    """A link to a folder above must not make the listing endless, nor list an article twice."""
    write_files(tmp_path, {"x/a.txt": TEXT, "y/b.txt": TEXT})
    (tmp_path / "x" / "up").symlink_to(tmp_path)
    (tmp_path / "y" / "across").symlink_to(tmp_path / "x")

    assert name_all(tmp_path, tmp_path) == ["x/a.txt", "y/b.txt"]


def test_a_net_of_links_is_walked_once(tmp_path: Path) -> None:
    """With two links on each of 40 levels there are 2 to the power of 40 ways down."""
    folder = tmp_path
    for level in range(40):
        (folder / "next").mkdir()
        (folder / "link").symlink_to(folder / "next")
        folder = folder / "next" if level < 39 else folder
    write_files(folder, {"a.txt": TEXT})

    assert len(list_all(tmp_path)) == 1
    assert len(list(walk_folders(tmp_path))) == 41


def test_a_file_under_several_names_is_listed_once(tmp_path: Path) -> None:
    """Links are not articles of their own, and a reading of each would be paid for."""
    write_files(tmp_path, {"a.txt": TEXT})
    os.link(tmp_path / "a.txt", tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to("a.txt")

    assert name_all(tmp_path, tmp_path) == ["a.txt"]


def test_two_files_with_one_text_are_two_sources(tmp_path: Path) -> None:
    """Each is a row of the batch; that one reading serves both is the store's affair."""
    write_files(tmp_path, {"a.txt": TEXT, "b.txt": TEXT})

    assert name_all(tmp_path, tmp_path) == ["a.txt", "b.txt"]


def test_links_that_lead_nowhere_are_faults(tmp_path: Path) -> None:
    """The article is missing: that must be a row, and no end."""
    write_files(tmp_path, {"a.txt": TEXT})
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (tmp_path / "self.txt").symlink_to("self.txt")

    faults = list_faults(tmp_path)

    assert "leads nowhere" in faults["gone.txt"]
    assert "too many levels of symbolic links" in faults["self.txt"]
    assert len(list_all(tmp_path)) == 3


def test_pipes_and_sockets_are_faults_and_nobody_waits(tmp_path: Path) -> None:
    """Opening a pipe waits for its writer, who may never come."""
    write_files(tmp_path, {"a.txt": TEXT})
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        server.bind("socket.txt")

        faults = list_faults(tmp_path)

    assert set(faults) == {"pipe.txt", "socket.txt"}
    assert "save it as a file" in faults["pipe.txt"]


def test_a_device_is_a_fault() -> None:
    """/dev/zero has no end."""
    (entry,) = list_all("/dev/zero")

    assert isinstance(entry, SourceFault)
    assert isinstance(entry.error, UnreadableSourceError)


def test_a_folder_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    """The articles beside it are read all the same."""
    write_files(tmp_path, {"a.txt": TEXT, "shut/b.txt": TEXT})
    shut = tmp_path / "shut"
    shut.chmod(0)
    try:
        entries = list_all(tmp_path)
    finally:
        shut.chmod(0o700)

    if os.geteuid():
        assert list(map(type, entries)) == [Source, SourceFault]
        assert "permission denied" in str(entries[1])
    else:
        assert list(map(type, entries)) == [Source, Source]


def test_a_folder_that_goes_while_it_is_listed_is_a_fault(tmp_path: Path) -> None:
    """Whoever tidies up in the meantime must not stop the batch; root is not spared this."""
    write_files(tmp_path, {"a.txt": TEXT, "x/b.txt": TEXT, "y/c.txt": TEXT})
    entries = list_sources([str(tmp_path)], max_chars=MAX_CHARS)

    first = next(entries)
    (tmp_path / "x" / "b.txt").unlink()
    (tmp_path / "x").rmdir()
    second, third = entries

    assert [type(entry) for entry in (first, second, third)] == [Source, SourceFault, Source]
    assert Path(second.name).name == "x"


def test_a_tree_deeper_than_any_stack_is_walked(tmp_path: Path) -> None:
    """Recursion would end at a thousand folders."""
    deep = tmp_path
    for _level in range(1_010):
        deep /= "d"
        deep.mkdir()
    write_files(deep, {"a.txt": TEXT})

    try:
        assert list_one(tmp_path).name.endswith("d/a.txt")
    finally:
        # What clears the folder away after the test goes down by recursion.
        (deep / "a.txt").unlink()
        while deep != tmp_path:
            deep.rmdir()
            deep = deep.parent
