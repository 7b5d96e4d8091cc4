"""Arguments: what each stands for, what is refused before anything is paid, and the names."""

import io
import os
from pathlib import Path
from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.batch import Source
from service.errors import SourceError, UnsupportedMediaTypeError
from service.sources import SourceFault, list_sources, open_source
from service.sources.path_lists import MAX_PATH_BYTES, PIECE_BYTES, read_paths
from service.sources.places import decode_path, encode_path, make_name
from service.sources.seen import Seen
from tests.unit.data_sources import (
    MAX_CHARS,
    TEXT,
    Entry,
    list_all,
    list_one,
    name_all,
    write_files,
    write_lines,
    write_zip,
)


def list_piped(listed: bytes, *arguments: str) -> list[Entry]:
    """Return what the list of paths stands for."""
    named = [*arguments, "-"]
    return list(list_sources(named, max_chars=MAX_CHARS, stdin=io.BytesIO(listed)))


def refuse(*arguments: object) -> str:
    """Return why ``arguments`` are refused: when they are named, not when they are read."""
    with pytest.raises(SourceError) as caught:
        list_sources(list(map(str, arguments)), max_chars=MAX_CHARS)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_a_file_stands_for_itself(tmp_path: Path) -> None:
    """It need not be in a folder."""
    source = list_one(write_files(tmp_path, {"a.txt": TEXT}) / "a.txt")

    assert (source.kind, source.name) == ("file", str(tmp_path / "a.txt"))
    assert decode_path(source.path) == tmp_path / "a.txt"


def test_names_are_as_typed_and_paths_are_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is what the user knows; a worker in another folder needs the path."""
    write_files(tmp_path, {"news/a.txt": TEXT})
    monkeypatch.chdir(tmp_path)

    source = list_one("./news/")

    assert source.name == "news/a.txt"
    assert decode_path(source.path) == tmp_path / "news" / "a.txt"


def test_a_readme_that_is_named_is_read(tmp_path: Path) -> None:
    """Only in a folder is it taken for a note about the folder."""
    write_files(tmp_path, {"README.md": TEXT})

    assert list_one(tmp_path / "README.md").kind == "file"


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("nothing", "there is no file or folder"),
        ("", "without a name"),
        ("*.txt", "has no article"),
        ("none/**/*.txt", "has no article"),
        ("empty", "has no article"),
        ("empty.jsonl", "has no article"),
        ("empty.zip", "has no article"),
        ("text.zip", "is no ZIP that can be read"),
        ("folder.jsonl", "is a folder, not a .jsonl file"),
        ("folder.zip", "is a folder, not a .zip file"),
        ("wide.jsonl", "is UTF-16"),
        ("pipe.jsonl", "save it as a file"),
        ("a\0b", "there is no file or folder a?b"),
        ("-", "there is no standard input"),
    ],
)
def test_what_stands_for_nothing_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argument: str, said: str
) -> None:
    """A typing error must be seen before the other arguments are paid for."""
    files = {"good/a.md": TEXT, "folder.jsonl/a.txt": TEXT, "folder.zip/a.txt": TEXT}
    write_files(tmp_path, {**files, "empty.jsonl": "\n \n", "text.zip": TEXT})
    write_files(tmp_path, {"wide.jsonl": '{"text": "a"}'.encode("utf-16")})
    write_zip(tmp_path / "empty.zip", {})
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.jsonl")
    monkeypatch.chdir(tmp_path)

    assert said in refuse("good", argument)


def test_nothing_named_is_refused() -> None:
    """An empty list of arguments is a script's error."""
    assert "nothing is named" in refuse()


def test_sidecars_that_the_shell_names_are_no_faults(tmp_path: Path) -> None:
    """``folder/*`` names them beside their articles."""
    folder = write_files(tmp_path, {"a.txt": TEXT, "a.json": "{}", "b.md": TEXT, "b.meta.json": ""})

    assert name_all(folder, *sorted(folder.iterdir())) == ["a.txt", "b.md"]


def test_sidecars_alone_are_no_batch(tmp_path: Path) -> None:
    """Where nothing would be read, that must be said."""
    folder = write_files(tmp_path, {"a.txt": TEXT, "a.json": "{}"})

    assert "nothing that is named is an article" in refuse(folder / "a.json")


def test_a_named_file_of_another_type_is_a_fault(tmp_path: Path) -> None:
    """The user meant it, and must see in its row that it was not read."""
    folder = write_files(tmp_path, {"a.txt": TEXT, "b.docx": TEXT})

    _first, second = list_all(folder / "a.txt", folder / "b.docx")

    assert isinstance(second, SourceFault)
    assert isinstance(second.error, UnsupportedMediaTypeError)


def test_an_article_of_two_arguments_is_listed_once(tmp_path: Path) -> None:
    """A folder and a file in it, and the folder by another way, are one article."""
    folder = write_files(tmp_path, {"x/a.txt": TEXT, "b.txt": TEXT})
    lines = write_lines(tmp_path / "l.jsonl", [{"text": TEXT}])
    archive = write_zip(tmp_path / "z.zip", {"c.txt": TEXT})
    arguments = (folder / "x", folder, folder / "x" / ".." / "b.txt", lines, archive)

    names = name_all(folder, *arguments, *arguments)

    assert names == ["x/a.txt", "b.txt", "l.jsonl:1", "z.zip/c.txt"]


def test_what_is_gone_before_its_turn_is_a_fault(tmp_path: Path) -> None:
    """A large batch is listed for minutes; the arguments before it are being paid for."""
    folder = write_files(tmp_path, {"a.txt": TEXT})
    archive = write_zip(tmp_path / "z.zip", {"c.txt": TEXT})
    entries = list_sources([str(folder / "a.txt"), str(archive)], max_chars=MAX_CHARS)

    archive.unlink()
    first, second = entries

    assert isinstance(first, Source)
    assert isinstance(second, SourceFault)


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    """Rows of the output are found by their names."""
    lines = [{"text": TEXT, "id": name} for name in ("a", "a", "a (2)", "a")]

    entries = list_all(write_lines(tmp_path / "l.jsonl", lines))

    assert [entry.name for entry in entries] == ["a", "a (2)", "a (2) (2)", "a (3)"]


@given(st.lists(st.sampled_from(["a", "a (2)", "a (2) (2)", "b"]), max_size=20))
def test_claimed_names_are_unique(names: list[str]) -> None:
    """Whatever is claimed, and in whatever order."""
    with Seen() as seen:
        claimed = [seen.claim_name(name) for name in names]

    assert len(set(claimed)) == len(claimed)


@given(st.text(st.characters()))
def test_names_are_printable_and_in_nfc(raw: str) -> None:
    """They stand in terminals, tables and JSON; two spellings of a letter are one."""
    name = make_name(raw)

    assert is_normalized("NFC", name)
    assert name.isprintable()


@given(st.binary(min_size=1, max_size=50).filter(lambda name: b"\0" not in name))
def test_any_path_can_be_written_down(name: bytes) -> None:
    """File systems know bytes; what a job keeps of them is ASCII and leads back."""
    path = Path("/", os.fsdecode(name))

    assert decode_path(encode_path(path)) == path
    assert encode_path(path).isascii()
    assert make_name(str(path)).isprintable()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"line\nend.txt", "line%0Aend.txt"),
        ("soy 🌾 稀土.txt".encode(), "soy 🌾 稀土.txt"),
        (b"latin \xe9.txt", "latin %E9.txt"),
        ("cafe\u0301.txt".encode(), "café.txt"),
        (b"25% of it?.txt", "25% of it?.txt"),
        ("right\u202eleft.txt".encode(), "right%E2%80%AEleft.txt"),
    ],
)
def test_files_of_any_name_are_listed_and_opened(tmp_path: Path, raw: bytes, shown: str) -> None:
    """Downloads bear the names that others gave them."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw))
    path.write_text(TEXT)

    source = list_one(tmp_path)

    assert source.name == f"{tmp_path}/{shown}"
    assert open_source(source, max_chars=MAX_CHARS).text == TEXT


def test_two_names_that_look_alike_stay_two(tmp_path: Path) -> None:
    """A file system may tell apart what NFC does not."""
    write_files(tmp_path, {"caf\u00e9.txt": TEXT, "cafe\u0301.txt": TEXT})

    assert name_all(tmp_path, tmp_path) == ["café.txt", "café.txt (2)"]


@pytest.mark.parametrize("separator", [b"\n", b"\r\n", b"\0"])
def test_a_list_of_paths_is_read(tmp_path: Path, separator: bytes) -> None:
    """``find``, with and without ``-print0``, and a list that was saved on Windows."""
    folder = write_files(tmp_path, {"a.txt": TEXT, "x/b c.txt": TEXT, "soy 🌾.txt": TEXT})
    paths = [folder / "a.txt", folder / "x", folder / "soy 🌾.txt"]

    entries = list_piped(b"".join(os.fsencode(path) + separator for path in paths))

    assert [Path(entry.name).name for entry in entries] == ["a.txt", "b c.txt", "soy 🌾.txt"]


def test_a_list_between_nul_bytes_may_have_ends_of_lines_in_its_names(tmp_path: Path) -> None:
    """That is what NUL bytes are for."""
    write_files(tmp_path, {"a\nb.txt": TEXT})

    (entry,) = list_piped(os.fsencode(tmp_path / "a\nb.txt") + b"\0")

    assert isinstance(entry, Source)


def test_bad_paths_of_a_list_are_faults(tmp_path: Path) -> None:
    """One of a million may be misspelt; the empty line at the end is none."""
    write_files(tmp_path, {"a.txt": TEXT, "b.zip": TEXT})
    listed = [b"", b"\xef\xbb\xbf" + b"gone.txt", b"b.zip", b"y" * (MAX_PATH_BYTES + 9), b"a.txt"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        entries = list_piped(b"\n".join(listed[1:]) + b"\n\n")

    assert [type(entry) for entry in entries] == [SourceFault, SourceFault, SourceFault, Source]
    assert [entry.name for entry in entries[:2]] == ["gone.txt", "b.zip"]
    assert len(entries[2].name) < 100


@given(st.lists(st.binary(max_size=9).map(lambda name: name.replace(b"\0", b"_")), min_size=1))
def test_paths_come_out_of_a_list_as_they_went_in(names: list[bytes]) -> None:
    """Wherever the pieces that are read end."""
    padding = [b"p" * 1_000] * (PIECE_BYTES // 1_000)
    joined = b"\0".join([*padding, *names])

    read = [os.fsencode(path) for path in read_paths(io.BytesIO(joined)) if isinstance(path, str)]

    assert read == [*padding, *filter(None, names)]


def test_a_list_is_not_read_to_its_end_first(tmp_path: Path) -> None:
    """A list of ten million paths is not held."""
    write_files(tmp_path, {"a.txt": TEXT})
    stream = io.BytesIO((os.fsencode(tmp_path / "a.txt") + b"\n") * 100_000)

    next(list_sources(["-"], max_chars=MAX_CHARS, stdin=stream))

    assert stream.tell() == PIECE_BYTES


def test_an_empty_list_is_refused() -> None:
    """A search that found nothing is no batch."""
    with pytest.raises(SourceError, match="the list on standard input has no article"):
        list_piped(b"\n\n")
