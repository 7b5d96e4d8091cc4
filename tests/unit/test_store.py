"""What was paid for is on disk."""

from pathlib import Path

import pytest

from schemas.reading import PaidReply
from service.store import ReplyLog
from tests.builders import build_paid_reply


def test_each_reply_is_one_line_in_the_order_kept(tmp_path: Path) -> None:
    """The log can be read back, line by line, verbatim."""
    log = ReplyLog(tmp_path / "new" / "folder")
    replies = [build_paid_reply(reply=text) for text in ("one\nline", "two 🌾", None)]

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

    with pytest.raises(OSError, match="file"):
        ReplyLog(tmp_path / "file" / "folder").keep(build_paid_reply())
