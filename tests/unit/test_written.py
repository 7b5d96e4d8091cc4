"""Files that a command writes: whole, or as they were."""

import os
import stat
import threading
from pathlib import Path

import pytest

from service.cli.written import check_writable
from service.errors import ComparisonError
from service.outputs.replacing import write_file


def _list_names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["report.xml", "my report 🌾.xml", "re\nport.xml", "x" * 250])
def test_a_new_file_has_what_was_written_and_nothing_stands_beside_it(
    name: str, tmp_path: Path
) -> None:
    """Whatever the file is called, also where its name is as long as can be."""
    write_file(tmp_path / name, b"body")

    assert (tmp_path / name).read_bytes() == b"body"
    assert _list_names(tmp_path) == {name}


def test_what_was_there_is_replaced_whole(tmp_path: Path) -> None:
    """A shorter report must not end in the rest of the longer one."""
    path = tmp_path / "report.xml"
    path.write_bytes(b"a longer body")

    write_file(path, b"body")

    assert path.read_bytes() == b"body"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_permissions_are_kept(mode: int, tmp_path: Path) -> None:
    """A report that others may not read stays so; one that they may read stays readable."""
    path = tmp_path / "report.xml"
    path.touch()
    path.chmod(mode)

    write_file(path, b"body")

    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """A temporary file is private; a build server reads reports as another user."""
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "report.xml", b"body")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "report.xml").stat().st_mode) == 0o640


def test_a_failing_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    """A disk that is full must not cost yesterday's report; a list is no bytes, and fails late."""
    path = tmp_path / "report.xml"
    path.write_bytes(b"old")

    with pytest.raises(TypeError):
        write_file(path, ["no", "bytes"])  # type: ignore[arg-type]  # any failure while it is written

    assert path.read_bytes() == b"old"
    assert _list_names(tmp_path) == {"report.xml"}


def test_a_folder_that_went_away_is_an_os_error_and_leaves_nothing(tmp_path: Path) -> None:
    """It was there when it was asked for; a reading takes minutes."""
    with pytest.raises(OSError, match="No such file"):
        write_file(tmp_path / "none" / "report.xml", b"body")

    assert _list_names(tmp_path) == set()


def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    """A fixture that is linked from elsewhere must not become two."""
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    link.symlink_to(target)

    write_file(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """As root, a report to /dev/null must not do away with the device."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    listener = threading.Thread(target=lambda: heard.append(pipe.read_bytes()), daemon=True)
    listener.start()

    check_writable([pipe])
    write_file(pipe, b"body")
    listener.join(timeout=30)

    assert heard == [b"body"]
    assert pipe.is_fifo()


def test_places_where_a_file_can_be_written_pass_and_stay_as_they_are(tmp_path: Path) -> None:
    """Asking leaves no trace."""
    old = tmp_path / "old.xml"
    old.write_bytes(b"old")

    check_writable([old, tmp_path / "new.html", None, None])

    assert old.read_bytes() == b"old"
    assert _list_names(tmp_path) == {"old.xml"}


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """Told before anything is paid for."""
    with pytest.raises(ComparisonError, match=r"there is no folder .*none; make it first"):
        check_writable([None, tmp_path / "none" / "report.xml"])


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    """Nothing can be written over a folder."""
    with pytest.raises(ComparisonError, match=f"{tmp_path} is a folder; name a file in it"):
        check_writable([tmp_path])


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    """It is no folder, though it is there."""
    (tmp_path / "file").touch()

    with pytest.raises(ComparisonError, match="there is no folder"):
        check_writable([tmp_path / "file" / "report.xml"])


@pytest.mark.parametrize("other", ["report", "./report", "link"])
def test_one_file_for_two_reports_is_refused(other: str, tmp_path: Path) -> None:
    """The second would replace the first in silence, by whatever name it is called."""
    (tmp_path / "report").touch()
    (tmp_path / "link").symlink_to("report")

    with pytest.raises(ComparisonError, match="two reports"):
        check_writable([tmp_path / "report", Path(f"{tmp_path}/{other}")])


def test_a_folder_that_takes_no_file_is_an_os_error() -> None:
    """Found by trying: permissions alone do not tell."""
    with pytest.raises(OSError, match=r".") as caught:
        check_writable([Path("/proc/report.xml")])

    assert not isinstance(caught.value, ComparisonError)
