"""Results as JSON lines: whole lines at once, and nothing lost when the way is blocked."""

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from schemas.claimed import ClaimedSummary
from schemas.problem import Problem
from service.errors import OutputError, OutputExistsError, OutputFormatError
from service.golden.fixtures import load_cases
from service.golden.matching import match_readings
from service.golden.readings import load_readings
from service.outputs.opening import open_output
from service.outputs.sink import PipeClosedError
from tests.builders import build_summary
from tests.unit.data_outputs import (
    BODY,
    PROBLEM,
    list_names,
    run_child,
    start_child,
    write_and_interrupt,
)
from tests.unit.data_store import ROOT

WAITING = """
import sys
from pathlib import Path
from service.outputs.opening import open_output
from tests.unit.data_outputs import BODY

with open_output("jsonl", Path(sys.argv[1]), begins_again=sys.argv[2] == "again") as sink:
    for _ in range(3):
        sink.write("a.txt", BODY)
    print("written", flush=True)
    sys.stdin.read()
"""
LIMITED = """
import resource, sys
from pathlib import Path
from service.errors import OutputError
from service.outputs.opening import open_output
from tests.unit.data_outputs import BODY

resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    with open_output("jsonl", Path(sys.argv[1])) as sink:
        while True:
            sink.write("a.txt", BODY)
except OutputError as error:
    sys.exit(str(error))
"""
FULL = """
import os, sys
from service.errors import OutputError
from service.outputs.opening import open_output

os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
try:
    with open_output("jsonl", None) as sink:
        sink.write("a.txt", b"{}")
except OutputError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
"""


def test_a_summary_is_written_byte_for_byte_and_at_once(tmp_path: Path) -> None:
    """Whoever follows the file sees each result when it is there."""
    path = tmp_path / "results.jsonl"

    with open_output("jsonl", path) as sink:
        sink.write("a.txt", BODY)
        assert path.read_bytes() == BODY + b"\n"
        sink.write("b.txt", BODY)
        assert path.read_bytes() == (BODY + b"\n") * 2
    assert list_names(tmp_path) == {"results.jsonl"}


def test_a_failed_article_is_a_line_with_its_problem(tmp_path: Path) -> None:
    """One file tells of all articles, and of each which it is."""
    path = tmp_path / "results.jsonl"

    with open_output("jsonl", path) as sink:
        sink.fail("asia/soy 🌾.txt", PROBLEM)

    line = json.loads(path.read_bytes())
    assert line["instance"] == "asia/soy%20%F0%9F%8C%BE.txt"
    assert line["type"] == "/problems/empty-article"


def test_what_was_written_can_be_compared(tmp_path: Path) -> None:
    """``readout compare`` knows summaries by their text and problems by their file."""
    cases = load_cases([ROOT / "tests" / "golden"], root=ROOT, max_chars=100_000)
    path = tmp_path / "results.jsonl"
    with open_output("jsonl", path) as sink:
        sink.write("0.txt", build_summary(cases[0].article.text).model_dump_json().encode())
        sink.fail(cases[1].fixture.article, PROBLEM)

    matched, strays = match_readings(cases, load_readings(path))

    assert isinstance(matched[0].document, ClaimedSummary)
    assert isinstance(matched[1].document, Problem)
    assert not strays


def test_standard_output_takes_lines(capfd: pytest.CaptureFixture[str]) -> None:
    """The default is made for pipes."""
    with open_output("jsonl", None) as sink:
        sink.write("a.txt", BODY)

    assert capfd.readouterr().out.encode() == BODY + b"\n"


def test_standard_output_that_is_closed_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found before anything is read."""
    monkeypatch.setattr(sys, "stdout", None)

    with pytest.raises(OutputError, match="standard output is closed; name a file with --out"):
        open_output("jsonl", None).__enter__()


def test_what_is_there_is_refused_and_stays(tmp_path: Path) -> None:
    """Yesterday's results cost money."""
    path = tmp_path / "results.jsonl"
    path.write_bytes(b"old")

    with (
        pytest.raises(OutputExistsError, match=f"{path} is there already: --overwrite"),
        open_output("jsonl", path),
    ):
        pass

    assert path.read_bytes() == b"old"
    assert list_names(tmp_path) == {"results.jsonl"}


def test_what_is_there_is_replaced_if_asked(tmp_path: Path) -> None:
    """By a whole new file, with the old one's permissions."""
    path = tmp_path / "results.jsonl"
    path.write_bytes(b"old, and longer than what follows" * 1_000)
    path.chmod(0o640)

    with open_output("jsonl", path, replaces=True) as sink:
        sink.write("a.txt", BODY)

    assert path.read_bytes() == BODY + b"\n"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_run_that_goes_on_replaces_the_file_only_when_it_has_caught_up(tmp_path: Path) -> None:
    """Until then the old file is the better one; its torn last line ends up nowhere."""
    path = tmp_path / "results.jsonl"
    old = BODY + b"\n" + BODY[:100]
    path.write_bytes(old)

    with open_output("jsonl", path, begins_again=True) as sink:
        sink.write("a.txt", BODY)
        sink.write("b.txt", BODY)
        assert path.read_bytes() == old
        sink.settle()
        assert path.read_bytes() == (BODY + b"\n") * 2
        sink.fail("c.txt", PROBLEM)
        assert path.read_bytes().count(b"\n") == 3
    assert list_names(tmp_path) == {"results.jsonl"}


def test_a_run_that_fails_before_it_has_caught_up_leaves_the_old_file(tmp_path: Path) -> None:
    """An interruption must not cost what was there."""
    path = tmp_path / "results.jsonl"
    path.write_bytes(b"old")

    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt("jsonl", path, begins_again=True)

    assert path.read_bytes() == b"old"
    assert list_names(tmp_path) == {"results.jsonl"}


def test_a_run_that_is_interrupted_later_keeps_its_lines(tmp_path: Path) -> None:
    """What is finished is finished."""
    path = tmp_path / "results.jsonl"

    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt("jsonl", path)

    assert path.read_bytes() == BODY + b"\n"


def test_a_killed_run_leaves_whole_lines(tmp_path: Path) -> None:
    """Nothing waits in a buffer."""
    path = tmp_path / "results.jsonl"
    child = start_child(WAITING, str(path), "new")
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()

    assert path.read_bytes() == (BODY + b"\n") * 3


def test_what_a_killed_run_left_half_done_is_removed_by_the_next(tmp_path: Path) -> None:
    """Hidden files of gigabytes would pile up."""
    path = tmp_path / "results.jsonl"
    path.write_bytes(b"old")
    child = start_child(WAITING, str(path), "again")
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert path.read_bytes() == b"old"
    assert len(list_names(tmp_path)) == 2

    with open_output("jsonl", path, begins_again=True) as sink:
        sink.write("a.txt", BODY)

    assert path.read_bytes() == BODY + b"\n"
    assert list_names(tmp_path) == {"results.jsonl"}


def test_a_line_that_the_disk_does_not_take_whole_is_taken_back(tmp_path: Path) -> None:
    """A torn line would make the whole file unreadable."""
    path = tmp_path / "results.jsonl"

    code, _, err = run_child(LIMITED, str(path))

    assert code == 1
    assert f"{path} cannot be written: file too large; nothing that was read is lost" in err
    lines = path.read_bytes().splitlines(keepends=True)
    assert lines == [BODY + b"\n"] * (10_000 // (len(BODY) + 1))


def test_a_full_disk_is_a_sentence() -> None:
    """With what to do; the database has all that was paid for."""
    with (
        pytest.raises(OutputError, match=r"/dev/full cannot be written: no space left on device; "),
        open_output("jsonl", Path("/dev/full")) as sink,
    ):
        sink.write("a.txt", BODY)


def test_a_full_disk_behind_standard_output_ends_with_our_exit_code() -> None:
    """Python would try again at its end, and say so with a code of its own."""
    code, _, err = run_child(FULL)

    assert code == 2
    assert "standard output cannot be written: no space left on device" in err
    assert "Traceback" not in err


def test_a_reader_who_leaves_is_no_failure(tmp_path: Path) -> None:
    """``readout batch … | head`` ends quietly."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    with open_output("jsonl", pipe) as sink:
        sink.write("a.txt", b"{}")
        assert os.read(reader, 100) == b"{}\n"
        os.close(reader)

        with pytest.raises(PipeClosedError):
            sink.write("b.txt", b"{}")
    assert pipe.is_fifo()


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    """With the format that has a folder."""
    with (
        pytest.raises(OutputFormatError, match=r"is a folder.* or take --format json"),
        open_output("jsonl", tmp_path, replaces=True),
    ):
        pass


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """Told before anything is paid for."""
    with (
        pytest.raises(OutputError, match=r"there is no folder .*none: make it first"),
        open_output("jsonl", tmp_path / "none" / "results.jsonl"),
    ):
        pass


def test_a_folder_that_takes_no_file_is_a_sentence() -> None:
    """Found by trying: permissions alone do not tell."""
    with (
        pytest.raises(OutputError, match=r"/proc/results.jsonl cannot be written: "),
        open_output("jsonl", Path("/proc/results.jsonl")),
    ):
        pass


def test_closing_twice_is_closing_once(tmp_path: Path) -> None:
    """Whoever wants to see an error of closing closes before the context does."""
    path = tmp_path / "results.jsonl"

    with open_output("jsonl", path) as sink:
        sink.write("a.txt", BODY)
        sink.close()

    assert path.read_bytes() == BODY + b"\n"
