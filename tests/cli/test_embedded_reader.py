"""The command line on a machine without an endpoint: rules read, and it is said."""

import re
import signal
import time
from pathlib import Path

import pytest

from schemas.comparison import ComparisonReport
from schemas.summary import Summary
from tests.builders import ARTICLE_TEXT, build_draft
from tests.cli.processes import Result, Service, run
from tests.standin import StandIn, complete, fail, play
from tests.unit.data_golden import write_both

GOOD = complete(build_draft().model_dump_json())
QUOTA = fail(429, code="insufficient_quota")
"""An outage that is not tried again."""
SAID = re.compile("rules and not by an LLM, because no LLM .* OPENAI_API_KEY .* OPENAI_BASE_URL")


def test_a_fresh_machine_summarizes_and_says_by_what(article: Path) -> None:
    """Before the summary, what would be better and how to have it; below it, what it was."""
    result = run("summarize", str(article))

    assert result.code == 0, result.err
    assert SAID.search(result.sentence)
    assert "embedded reader: rules, not an LLM" in result.out


def test_a_program_is_told_in_the_summary_and_reads_only_problems_beside_it(article: Path) -> None:
    """Each line of standard error is a problem document, or there is none."""
    result = run("summarize", "--json", str(article))

    summary = Summary.model_validate_json(result.out)
    assert (result.code, result.err) == (0, "")
    assert (summary.provenance.engine, summary.provenance.cost_usd) == ("embedded", 0)


def test_what_was_read_is_not_read_again(article: Path) -> None:
    """As with any reader: the same to the byte."""
    first, second = (run("summarize", "--json", str(article)) for _ in range(2))

    assert second.out == first.out


def test_rules_that_are_asked_for_are_said_to_be_and_nothing_is_sent(article: Path) -> None:
    """Whoever set it needs no advice."""
    with StandIn(play([GOOD])) as endpoint:
        result = run(
            "summarize", str(article),
            OPENAI_BASE_URL=endpoint.base_url, READOUT_READER="embedded",
        )  # fmt: skip

    assert (result.code, endpoint.received) == (0, [])
    assert "as READOUT_READER says" in result.sentence
    assert "OPENAI_API_KEY" not in result.err


def test_with_an_endpoint_nothing_is_said(article: Path) -> None:
    """A notice that is always there is not read."""
    with StandIn(play([GOOD])) as endpoint:
        result = run("summarize", str(article), OPENAI_BASE_URL=endpoint.base_url)

    assert (result.code, result.err) == (0, "")


def _summarize_down(article: Path, *arguments: str) -> Result:
    with StandIn(play([QUOTA])) as endpoint:
        return run(
            "summarize", *arguments, str(article),
            OPENAI_BASE_URL=endpoint.base_url, READOUT_FALLBACK="true",
        )  # fmt: skip


def test_where_the_endpoint_is_down_rules_may_stand_in_and_the_page_warns(article: Path) -> None:
    """Whoever reads the page sees that an LLM was meant to read."""
    result = _summarize_down(article)

    assert result.code == 0, result.err
    assert "fallback_reader: the LLM endpoint could not be reached" in " ".join(result.out.split())


def test_the_next_run_asks_the_endpoint_again(article: Path) -> None:
    """What stood in is not taken for its answer."""
    down = Summary.model_validate_json(_summarize_down(article, "--json").out)
    with StandIn(play([GOOD])) as endpoint:
        result = run("summarize", "--json", str(article), OPENAI_BASE_URL=endpoint.base_url)

    back = Summary.model_validate_json(result.out)
    assert (down.provenance.engine, back.provenance.engine) == ("embedded", "llm")
    assert len(endpoint.received) == 1


def test_a_comparison_that_reads_says_by_what(tmp_path: Path) -> None:
    """Scores of rules are not those of a model."""
    result = run("compare", "--read", "--json", str(write_both(tmp_path)))

    assert result.code == 0, result.err
    assert SAID.search(result.sentence)
    assert ComparisonReport.model_validate_json(result.out).comparison.unread == 0


def test_in_a_comparison_nobody_stands_in(tmp_path: Path) -> None:
    """A model that is down would be given the scores of rules."""
    with StandIn(play([QUOTA])) as endpoint:
        result = run(
            "compare", "--read", "--json", str(write_both(tmp_path)),
            OPENAI_BASE_URL=endpoint.base_url, READOUT_FALLBACK="true",
        )  # fmt: skip

    assert ComparisonReport.model_validate_json(result.out).comparison.unread == 1


def test_a_fresh_service_announces_its_reader_and_reads() -> None:
    """`make run`, and the command that it prints."""
    with Service() as service, service.open_client() as client:
        response = client.post(
            "/v1/summaries", content=ARTICLE_TEXT, headers={"content-type": "text/plain"}
        )

    assert SAID.search(service.said)
    assert response.json()["provenance"]["engine"] == "embedded"


def list_children(pid: int) -> list[int]:
    """Return the processes that ``pid`` has started, while they live."""
    children = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            children.append(int(path.parent.name))
    return children


def wait_until_gone(pid: int) -> bool:
    """Say whether the process ends within some seconds."""
    ends_at = time.monotonic() + 20
    while time.monotonic() < ends_at:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc on this machine")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_however_the_service_ends_no_process_is_left(
    sign: signal.Signals, allow_sleep: None
) -> None:
    """One more for every restart would fill the machine."""
    with Service() as service:
        children = list_children(service._process.pid)
        service.signal(sign)
        service.finish()

    assert len(children) == 1
    assert wait_until_gone(children[0])
