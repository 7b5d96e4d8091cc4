"""Files of requests are whole, within their limits, and in nobody's way."""

import json
from pathlib import Path

import pytest
from pydantic import JsonValue

from schemas.article import Article
from service.errors import BatchFileError, SourceError
from service.openai_batch.answer_files import read_answer, read_lines
from service.openai_batch.articles import Lengths, list_articles
from service.openai_batch.request_files import PartLimits, RequestFiles, write_line

BODY: dict[str, JsonValue] = {"model": "m", "messages": ["x"]}
SIZE = len(write_line("1", BODY))
LENGTHS = Lengths(document=1_000, reading=100)


def _write(path: Path, count: int, limits: PartLimits) -> RequestFiles:
    with RequestFiles(path, limits) as files:
        for number in range(count):
            files.write(str(number), BODY)
    return files


@pytest.mark.parametrize(
    ("limits", "lines"),
    [
        (PartLimits(lines=2), [2, 2, 1]),
        (PartLimits(lines=5), [5]),
        (PartLimits(size_bytes=2 * SIZE), [2, 2, 1]),
        (PartLimits(size_bytes=2 * SIZE - 1), [1] * 5),
        (PartLimits(size_bytes=1), [1] * 5),
    ],
)
def test_a_file_ends_at_its_limits(limits: PartLimits, lines: list[int], tmp_path: Path) -> None:
    """Inclusive: a file may be as large as the vendor says, and no larger."""
    files = _write(tmp_path / "requests.jsonl", 5, limits)

    assert [file.lines for file in files.written] == lines
    for file in files.written:
        content = Path(file.path).read_bytes()
        assert (len(content), content.count(b"\n")) == (file.size_bytes, file.lines)


def test_the_documented_limits_are_the_default() -> None:
    """OpenAI's guide to the Batch API: 50,000 requests and 200 MB."""
    assert PartLimits() == (50_000, 200_000_000)


def test_parts_are_numbered_from_two(tmp_path: Path) -> None:
    """The first bears the name that was given."""
    _write(tmp_path / "requests.jsonl", 3, PartLimits(lines=1))

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "requests-2.jsonl", "requests-3.jsonl", "requests.jsonl",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["requests.jsonl", "requests-2.jsonl"])
def test_a_file_that_is_there_is_not_overwritten(name: str, tmp_path: Path) -> None:
    """It may have been submitted; a part that stayed would be taken for one of the new ones."""
    (tmp_path / name).write_text("precious")

    with pytest.raises(BatchFileError, match=f"{name} is there already"):
        RequestFiles(tmp_path / "requests.jsonl")

    assert (tmp_path / name).read_text() == "precious"


def test_a_name_with_signs_of_patterns_means_itself(tmp_path: Path) -> None:
    """Brackets in a name are no pattern."""
    (tmp_path / "a-2.jsonl").touch()

    _write(tmp_path / "[a].jsonl", 1, PartLimits())

    assert (tmp_path / "[a].jsonl").exists()


def test_an_export_that_fails_leaves_no_file(tmp_path: Path) -> None:
    """Half an export would be submitted for a whole one."""
    files = RequestFiles(tmp_path / "requests.jsonl", PartLimits(lines=1))

    def write() -> None:
        with files:
            files.write("a", {})
            files.write("b", {"text": {1, 2}})  # type: ignore[dict-item]

    with pytest.raises(TypeError):
        write()

    assert list(tmp_path.iterdir()) == []


def test_a_line_is_one_line_for_everyone() -> None:
    """Some programs end lines at U+2028, U+2029 and U+0085; quotes and emoji stay as they are."""
    line = write_line("k", {"text": "a\u2028b\u2029c\x85d\ne “🌾” İ"}).decode()

    assert len(line.splitlines()) == 1
    assert "“🌾” İ" in line
    assert json.loads(line)["body"]["text"] == "a\u2028b\u2029c\x85d\ne “🌾” İ"


def test_a_line_that_is_too_long_is_told_and_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is one endless line must not fill the memory."""
    monkeypatch.setattr("service.openai_batch.answer_files.MAX_LINE_BYTES", 10)
    path = tmp_path / "answers.jsonl"
    path.write_bytes(b"x" * 35 + b"\n{}\n\n 1234567\n")

    lines = list(read_lines([path]))

    assert [(line.content[:3], line.is_whole) for line in lines] == [
        (b"xxx", False), (b"{}\n", True), (b" 12", True),
    ]  # fmt: skip
    fault = read_answer(lines[0], lambda _model, _usage: None)
    assert "longer than 10 bytes" in getattr(fault, "message", "")
    assert lines[1].place == f"{path}, line 2"


def test_a_source_that_is_no_article_is_a_value(tmp_path: Path) -> None:
    """One bad file never stops the others."""
    (tmp_path / "1.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "2.txt").symlink_to("nowhere")
    (tmp_path / "3.txt").write_text("Text.")

    listed = [one.article for one in list_articles([str(tmp_path)], LENGTHS)]

    assert [isinstance(one, Article) for one in listed] == [False, False, True]


def test_an_article_that_is_read_in_parts_is_no_line(tmp_path: Path) -> None:
    """What would be sent online are several requests, and what comes back is put together."""
    (tmp_path / "1.txt").write_text("Text. " * 50)

    ((_name, error),) = list_articles([str(tmp_path)], LENGTHS)

    assert "299 characters, one reading takes 100" in str(error)
    assert "readout batch" in str(error)


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A mistyped path is no empty folder."""
    with pytest.raises(SourceError):
        list_articles([str(tmp_path / "none.txt")], LENGTHS)
