"""What was paid for is on disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.reading import PaidReply
from service.errors import StoreError
from service.store import ReplyLog
from tests.builders import build_paid_reply

ROOT = Path(__file__).parents[2]


def test_each_reply_is_one_line_in_the_order_kept(tmp_path: Path) -> None:
    """The log can be read back, line by line, verbatim."""
    log = ReplyLog(tmp_path / "new" / "folder")
    replies = [build_paid_reply(reply=text) for text in ("one\nline", "two 🌾", None)]

    log.prepare()
    for reply in replies:
        log.keep(reply)

    lines = log.path.read_text(encoding="utf-8").splitlines()
    assert [PaidReply.model_validate_json(line) for line in lines] == replies


def test_the_log_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    """Replies quote articles that may be embargoed."""
    log = ReplyLog(tmp_path)

    log.keep(build_paid_reply())

    assert log.path.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """Better no reading than one whose cost is forgotten."""
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="READOUT_DATA_DIR"):
        ReplyLog(tmp_path / "file" / "folder").prepare()


def test_a_reply_that_a_full_disk_cuts_is_an_error(tmp_path: Path) -> None:
    """A cut line that nobody hears of is a lost reply."""
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from service.store import ReplyLog; from tests.builders import build_paid_reply\n"
        "from service.errors import StoreError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
        "try: ReplyLog(Path(sys.argv[1])).keep(build_paid_reply())\n"
        "except StoreError as error: sys.exit(str(error))\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert (process.returncode, b"cannot be kept" in process.stderr) == (1, True)
