"""ZIPs: what in them is an article, and that nothing in them is trusted."""

import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.batch import Source
from service.errors import (
    ArticleTooLongError,
    EncryptedArticleError,
    ReadoutError,
    SourceError,
    UnreadableSourceError,
)
from service.intake.article import BYTES_PER_CHAR
from service.sources import Skipped, SourceFault, archives, open_source, restamp
from tests.unit.data_intake import FIRST, SECOND, build_page, build_paragraphs
from tests.unit.data_sources import (
    MAX_CHARS,
    TEXT,
    list_all,
    list_faults,
    list_one,
    name_all,
    write_zip,
)

LIMIT = MAX_CHARS * BYTES_PER_CHAR
Change = Callable[[bytes], bytes]


def pack(folder: Path, name: str = "a.txt", content: str | bytes = TEXT) -> Path:
    """Return a ZIP with one member."""
    return write_zip(folder / "z.zip", {name: content})


def damage(path: Path, change: Change) -> Path:
    """Replace the bytes of ``path`` by what ``change`` makes of them."""
    path.write_bytes(change(path.read_bytes()))
    return path


def test_members_in_folders_are_articles_and_others_are_counted(tmp_path: Path) -> None:
    """As in a folder: hidden ones and those of a Mac's own are left out, archives not opened."""
    names = ["b.txt", "x/a.md", "x/README", "x/c.docx", "n.zip", "__MACOSX/._b.txt", ".h/d.txt"]
    path = write_zip(tmp_path / "z.zip", {**dict.fromkeys(names, TEXT), "x/y/": ""})
    skipped = Skipped()

    entries = list_all(path, skipped=skipped)

    assert [entry.name for entry in entries] == [f"{path}/b.txt", f"{path}/x/a.md"]
    assert skipped.counts == {"README": 1, ".docx": 1, ".zip": 1}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_is_read(tmp_path: Path, method: int) -> None:
    """A page has its own metadata in an archive too."""
    page = build_page(build_paragraphs(FIRST, SECOND), "<title>A truce</title>", 'lang="en"')
    path = write_zip(tmp_path / "z.zip", {"x/a.html": page}, method)

    source = list_one(path)
    article = open_source(source, max_chars=MAX_CHARS)

    assert (source.kind, source.member) == ("member", "x/a.html")
    assert (FIRST in article.text, article.language) == (True, "en")


def test_an_archive_behind_other_bytes_is_read(tmp_path: Path) -> None:
    """Self-extracting archives begin with a program."""
    path = damage(pack(tmp_path), lambda body: b"MZ" * 500 + body)

    assert open_source(list_one(path), max_chars=MAX_CHARS).text == TEXT


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "x/../../a.txt",
        "/etc/a.txt",
        "C:/a.txt",
        "C:a.txt",
        "..\\a.txt",
        "x\\..\\a.txt",
        "\\\\host\\share\\a.txt",
    ],
)
def test_a_name_that_leads_out_is_a_fault(tmp_path: Path, name: str) -> None:
    """Nothing is unpacked to disk, but whoever packed this is not to be trusted."""
    path = write_zip(tmp_path / "z.zip", {name: TEXT, "b.txt": TEXT})

    first, second = list_all(path)

    assert isinstance(first, SourceFault)
    assert "leads out of the archive" in str(first.error)
    assert isinstance(second, Source)


@given(st.text(min_size=1))
def test_members_of_any_name_are_listed_or_said_to_be_none(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """Names come from others; each gives an article that can be opened, or an error of ours."""
    path = tmp_path_factory.mktemp("names") / "z.zip"
    try:
        write_zip(path, {f"{name}.txt": TEXT})
    except (UnicodeEncodeError, IndexError):  # what the packer itself does not take
        return

    try:
        entries = list_all(path)
    except SourceError:
        return
    for entry in entries:
        assert entry.name.isprintable()
        if isinstance(entry, Source):
            assert open_source(entry, max_chars=MAX_CHARS).text == TEXT


def test_a_name_in_utf8_without_the_flag_is_shown_right(tmp_path: Path) -> None:
    """Macs write UTF-8 and do not say so; the name would be Greek to its owner."""
    utf8 = "稀土.txt"
    path = damage(pack(tmp_path, "x" * 10), lambda body: body.replace(b"x" * 10, utf8.encode()))

    source = list_one(path)

    assert source.name == f"{path}/{utf8}"
    assert open_source(source, max_chars=MAX_CHARS).text == TEXT


def test_an_encrypted_member_is_a_fault(tmp_path: Path) -> None:
    """There is nobody to ask for the password."""
    path = pack(tmp_path)
    central = path.read_bytes().index(b"PK\x01\x02")
    damage(path, lambda body: body[: central + 8] + b"\x01" + body[central + 9 :])

    (entry,) = list_all(path)

    assert isinstance(entry, SourceFault)
    assert isinstance(entry.error, EncryptedArticleError)


def test_a_link_in_an_archive_is_a_fault(tmp_path: Path) -> None:
    """Its content is a path, which is no news."""
    info = ZipInfo("a.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")

    assert "is a link" in list_faults(tmp_path / "z.zip")["a.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_last_is_read(tmp_path: Path) -> None:
    """So does every unpacker; the other is a fault and not lost in silence."""
    with ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("a.txt", "old")
        archive.writestr("a.txt", "new")

    first, second = list_all(tmp_path / "z.zip")

    assert isinstance(first, SourceFault)
    assert isinstance(second, Source)
    assert open_source(second, max_chars=MAX_CHARS).text == "new"


def test_a_bomb_that_says_so_is_refused_unread(tmp_path: Path) -> None:
    """Two gigabytes of blanks are two megabytes here."""
    source = list_one(pack(tmp_path, content=b" " * (LIMIT + 1)))

    with pytest.raises(ArticleTooLongError, match="16,001 bytes"):
        open_source(source, max_chars=MAX_CHARS)


def test_a_bomb_that_lies_is_unpacked_no_further_than_the_limit(tmp_path: Path) -> None:
    """The declared size is the sender's word."""
    size = 50_000_000
    path = pack(tmp_path, content=b" " * size)
    said, told = struct.pack("<L", size), struct.pack("<L", 10)
    source = list_one(damage(path, lambda body: body.replace(said, told)))

    with pytest.raises(ArticleTooLongError) as caught:
        open_source(source, max_chars=MAX_CHARS)

    assert caught.value.actual == LIMIT + 1


def test_a_method_without_a_bound_is_a_fault(tmp_path: Path) -> None:
    """A few bytes of bzip2 unpack to megabytes at once."""
    source = list_one(write_zip(tmp_path / "z.zip", {"a.txt": TEXT}, ZIP_BZIP2))

    with pytest.raises(UnreadableSourceError, match="method 12, which is not read"):
        open_source(source, max_chars=MAX_CHARS)


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive's directory is held in memory."""
    path = write_zip(tmp_path / "z.zip", dict.fromkeys(["a.txt", "b.txt", "c.txt"], TEXT))
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)

    with pytest.raises(SourceError, match="has 3 members, the limit is 2; pack them into several"):
        list_all(path)


def test_a_directory_that_cannot_be_held_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused by its size, before its members are counted."""
    path = write_zip(tmp_path / "z.zip", {"a" * 200 + ".txt": TEXT})
    monkeypatch.setattr(archives, "MAX_DIRECTORY_BYTES", 200)

    with pytest.raises(SourceError, match="its directory has more than 200 bytes"):
        list_all(path)


def test_too_many_declared_bytes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Members that share their bytes make terabytes of a few megabytes."""
    path = write_zip(tmp_path / "z.zip", {"a.txt": TEXT, "b.txt": TEXT})
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 2 * len(TEXT) - 1)

    with pytest.raises(SourceError, match="unpacks to 118 bytes, the limit is 117"):
        list_all(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b"Envoys", b"Convoy"),
        lambda body: body.replace(b"PK\x03\x04", b"PK\x03\x05"),
    ],
)
def test_a_damaged_member_is_its_own_fault(tmp_path: Path, change: Change) -> None:
    """Its check sum says that this is not what was packed."""
    path = write_zip(tmp_path / "z.zip", {"a.txt": TEXT}, ZIP_STORED)
    source = list_one(damage(path, change))

    with pytest.raises(UnreadableSourceError, match="is damaged"):
        open_source(source, max_chars=MAX_CHARS)


@given(st.data())
def test_no_damage_leads_to_an_error_that_is_not_ours(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """An archive is somebody else's: any byte of it may be wrong, or missing."""
    path = pack(tmp_path_factory.mktemp("damage"))
    body = bytearray(path.read_bytes())
    for _count in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(body[: data.draw(st.integers(0, len(body)))])

    try:
        for entry in list_all(path):
            if isinstance(entry, Source):
                open_source(entry, max_chars=MAX_CHARS)
    except ReadoutError:
        pass


def test_an_archive_that_is_cut_is_refused(tmp_path: Path) -> None:
    """A download that broke off has no directory."""
    with pytest.raises(SourceError, match="is no ZIP that can be read"):
        list_all(damage(pack(tmp_path), lambda body: body[:-30]))


def test_a_changed_member_is_told(tmp_path: Path) -> None:
    """An archive is packed anew as a whole; only what changed is a change."""
    path = write_zip(tmp_path / "z.zip", {"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT})
    first, second, third = list_all(path)
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert isinstance(third, Source)

    write_zip(path, {"0.txt": TEXT, "a.txt": TEXT, "b.txt": "new"})

    assert restamp(first) == first.stamp
    assert restamp(second) not in {None, second.stamp}
    assert open_source(second, max_chars=MAX_CHARS).text == "new"
    assert restamp(third) is None
    with pytest.raises(UnreadableSourceError, match="no such member any more"):
        open_source(third, max_chars=MAX_CHARS)


def test_the_directory_is_read_once_for_all_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 100,000 members, reading it for each would take days."""
    path = write_zip(tmp_path / "z.zip", dict.fromkeys(["a.txt", "b.txt", "c.txt"], TEXT))
    opened: list[object] = []

    class CountedZip(ZipFile):
        def _RealGetContents(self) -> None:  # noqa: N802  # the name is the base's
            opened.append(self)
            super()._RealGetContents()  # type: ignore[misc]  # it is not part of its interface

    monkeypatch.setattr(archives, "ZipFile", CountedZip)

    for entry in list_all(path):
        assert isinstance(entry, Source)
        open_source(entry, max_chars=MAX_CHARS)

    assert len(opened) == 1


def test_members_keep_the_order_of_the_archive(tmp_path: Path) -> None:
    """It is constant, and needs no second list."""
    path = write_zip(tmp_path / "z.zip", dict.fromkeys(["b.txt", "a.txt"], TEXT))

    assert name_all(tmp_path, path) == [f"z.zip{os.sep}b.txt", f"z.zip{os.sep}a.txt"]
