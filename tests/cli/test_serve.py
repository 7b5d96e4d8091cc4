"""The service as it is run: a process of its own, real HTTP, real signals."""

import re
import shlex
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from schemas.problem import Problem
from schemas.summary import Summary
from tests.builders import ARTICLE_TEXT, build_draft, build_empty_draft
from tests.cli.processes import Service, run
from tests.standin import Answer, Received, StandIn, complete, play

GOOD = complete(build_draft().model_dump_json())
NOTHING = complete(build_empty_draft().model_dump_json())


class Gate:
    """An endpoint that answers when it is let."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.opened = threading.Event()

    def respond(self, _received: Received) -> Answer:
        self.asked.set()
        self.opened.wait(60)
        return GOOD


@pytest.fixture
def gate() -> Iterator[Gate]:
    """Return a gate that is opened at the end, so that no thread waits at it."""
    gate = Gate()
    yield gate
    gate.opened.set()


def post(client: httpx2.Client) -> httpx2.Response:
    """Have the default article read."""
    headers = {"content-type": "text/plain"}
    return client.post("/v1/summaries", content=ARTICLE_TEXT, headers=headers)


def post_and_leave(service: Service, gate: Gate) -> None:
    """Have the default article read, and hang up in the middle of it."""
    headers = {"content-type": "text/plain", "accept": "text/event-stream"}
    with (
        service.open_client() as client,
        client.stream("POST", "/v1/summaries", content=ARTICLE_TEXT, headers=headers),
    ):
        assert gate.asked.wait(60)


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Return the URL of a database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'readout.db'}"


def test_who_asks_at_the_address_as_soon_as_it_is_announced_gets_an_answer() -> None:
    """Scripts wait for the line, and then do not try again."""
    with Service() as service, service.open_client() as client:
        response = client.get("/healthz")

    assert response.status_code == 200
    assert "server" not in response.headers


def test_the_announcement_names_database_endpoint_and_model_without_secrets(database: str) -> None:
    """A wrong setting is seen before anything is paid, and screens are shared."""
    with Service(
        READOUT_DATABASE_URL=database, OPENAI_BASE_URL="http://me:pass@127.0.0.1:9/v1",
        OPENAI_API_KEY="sk-secret", READOUT_MODEL="some-model",
    ) as service:  # fmt: skip
        said = service.said

    assert f"database: {database}\n" in said
    assert "endpoint: http://127.0.0.1:9/v1, model some-model\n" in said
    assert not re.search("pass|sk-secret", said)


def test_an_article_is_read_once_and_served_from_then_on(database: str) -> None:
    """The second answer costs nothing and is the same to the byte."""
    with (
        StandIn(play([GOOD])) as stand_in,
        Service(READOUT_DATABASE_URL=database, OPENAI_BASE_URL=stand_in.base_url) as service,
        service.open_client() as client,
    ):
        first, second = post(client), post(client)

    assert Summary.model_validate_json(first.content).article.text == ARTICLE_TEXT
    assert (second.content, len(stand_in.received)) == (first.content, 1)


def test_the_example_works_as_it_is() -> None:
    """It is the first thing that anyone does."""
    with (
        StandIn(play([NOTHING] * 3)) as stand_in,
        Service(OPENAI_BASE_URL=stand_in.base_url) as service,
    ):
        service.wait_for("/v1/summaries")
        line = service.said.partition("Try it:\n")[2].splitlines()[0]
        curl, option, body, header_option, header, url = shlex.split(line)
        name, _, value = header.partition(": ")
        response = httpx2.post(url, content=body, headers={name: value}, timeout=60)

    assert (curl, option, header_option) == ("curl", "--data-binary", "-H")
    assert Summary.model_validate_json(response.content).article.published == "2025-12-06"


def test_sigterm_lets_a_reading_in_flight_be_finished_and_answered(gate: Gate) -> None:
    """It is paid for, and its caller waits."""
    with (
        StandIn(gate.respond) as stand_in,
        Service(OPENAI_BASE_URL=stand_in.base_url) as service,
        service.open_client() as client,
        ThreadPoolExecutor() as pool,
    ):
        answer = pool.submit(post, client)
        assert gate.asked.wait(60)
        service.signal(signal.SIGTERM)
        service.wait_for("stopping")
        gate.opened.set()
        response = answer.result(60)
        result = service.finish()

    assert Summary.model_validate_json(response.content).article.text == ARTICLE_TEXT
    assert (result.code, "Traceback" in result.err) == (0, False)


def test_after_sigterm_no_new_connection_is_taken(gate: Gate) -> None:
    """A balancer must find out at once."""
    with (
        StandIn(gate.respond) as stand_in,
        Service(OPENAI_BASE_URL=stand_in.base_url) as service,
        service.open_client() as client,
        ThreadPoolExecutor() as pool,
    ):
        answer = pool.submit(post, client)
        assert gate.asked.wait(60)
        service.signal(signal.SIGTERM)
        service.wait_for("no new connection")
        with pytest.raises(httpx2.ConnectError):
            httpx2.get(f"{service.url}/healthz")
        gate.opened.set()
        assert answer.result(60).status_code == 200


def test_a_reading_that_nobody_waits_for_any_more_is_finished_and_stored(
    gate: Gate, database: str, article: Path
) -> None:
    """Its call is paid for, whoever hung up."""
    with (
        StandIn(gate.respond) as stand_in,
        Service(READOUT_DATABASE_URL=database, OPENAI_BASE_URL=stand_in.base_url) as service,
    ):
        post_and_leave(service, gate)
        service.signal(signal.SIGTERM)
        service.wait_for("stopping")
        gate.opened.set()
        result = service.finish()

    printed = run("summarize", "--json", str(article), READOUT_DATABASE_URL=database)
    assert (result.code, printed.code) == (0, 0)
    assert Summary.model_validate_json(printed.out).article.text == ARTICLE_TEXT


def test_ctrl_c_is_a_good_end() -> None:
    """A service that was told to stop, and did, has not failed."""
    with Service() as service:
        service.signal(signal.SIGINT)
        result = service.finish()

    assert (result.code, "Traceback" in result.err) == (0, False)


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
def test_a_second_ctrl_c_cuts_off_what_is_in_flight(
    first: signal.Signals, gate: Gate, allow_sleep: None
) -> None:
    """Who is in a hurry is not kept waiting, and is told by the exit code what it cost."""
    with (
        StandIn(gate.respond) as stand_in,
        Service(OPENAI_BASE_URL=stand_in.base_url) as service,
        service.open_client() as client,
        ThreadPoolExecutor() as pool,
    ):
        answer = pool.submit(post, client)
        assert gate.asked.wait(60)
        service.signal(first)
        service.wait_for("stopping")
        # It says so at the beginning of an end that has several stages.
        time.sleep(0.5)
        service.signal(signal.SIGINT)
        result = service.finish()
        failure = answer.exception(60) or answer.result().status_code

    assert not gate.opened.is_set()
    assert (result.code, "Traceback" in result.err) == (130, False)
    # Whether the answer still gets out is a matter of milliseconds.
    assert failure == 500 or isinstance(failure, httpx2.TransportError)


def test_a_second_ctrl_c_cuts_off_a_reading_that_nobody_waits_for(
    gate: Gate, allow_sleep: None
) -> None:
    """No request is open then, and still there is something that could be waited for."""
    with (
        StandIn(gate.respond) as stand_in,
        Service(OPENAI_BASE_URL=stand_in.base_url) as service,
    ):
        post_and_leave(service, gate)
        service.signal(signal.SIGTERM)
        service.wait_for("stopping")
        # The application's lifespan is what it waits for by then.
        time.sleep(0.5)
        service.signal(signal.SIGINT)
        result = service.finish()

    assert not gate.opened.is_set()
    assert (result.code, "Traceback" in result.err) == (130, False)


def test_where_only_an_llm_may_read_and_there_is_none_it_says_what_to_set() -> None:
    """Whoever wants no rules is told before anything fails."""
    with Service(READOUT_READER="llm") as service, service.open_client() as client:
        problem = Problem.model_validate_json(post(client).content)
        health = client.get("/healthz")

    assert (problem.type, health.status_code) == ("/problems/no-endpoint", 200)
    assert re.search("endpoint: no .*OPENAI_API_KEY.*OPENAI_BASE_URL.*start again", service.said)


def test_a_port_that_is_taken_is_one_sentence_with_what_to_do() -> None:
    """The commonest failure of all."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", READOUT_PORT=port)

    assert (result.code, result.err.count("\n")) == (2, 1)
    for word in ("127.0.0.1", port, "--port", "READOUT_PORT"):
        assert word in result.sentence


def test_two_services_do_not_share_a_port() -> None:
    """Half of the requests would go to either."""
    with Service() as first:
        port = first.url.rpartition(":")[2]
        second = run("serve", "--port", port)

    assert (second.code, "another process" in second.sentence) == (2, True)


def test_a_host_that_is_none_is_one_sentence_with_what_to_do() -> None:
    """An address copied with its scheme, say."""
    result = run("serve", "--host", "http://127.0.0.1")

    assert (result.code, result.err.count("\n")) == (2, 1)
    assert re.search("http://127.0.0.1.*--host or READOUT_HOST", result.sentence)


def test_it_listens_at_an_ipv6_address(ipv6: None) -> None:
    """Some machines have no other."""
    with Service("--host", "::1") as service, service.open_client() as client:
        response = client.get("/healthz")

    assert service.url.startswith("http://[::1]:")
    assert response.status_code == 200


def test_at_every_address_it_warns_that_there_is_no_log_in() -> None:
    """Whoever reaches it spends its owner's money."""
    with Service("--host", "0.0.0.0") as service, service.open_client() as client:
        response = client.get("/healthz")

    assert response.status_code == 200
    assert "there is no log-in" in service.said


@pytest.mark.parametrize("kind", ["folder", "garbage", "foreign"])
def test_a_database_that_cannot_be_used_is_found_before_anything_is_served(
    kind: str, tmp_path: Path
) -> None:
    """Not at the first article, and not as a traceback."""
    path = tmp_path / "readout.db"
    if kind == "folder":
        path = Path("/proc/none/readout.db")
    else:
        path.write_bytes(b"garbage " * 2_000 if kind == "garbage" else b"SQLite format 3\0")

    result = run("serve", "--port", "0", READOUT_DATABASE_URL=f"sqlite:///{path}")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert str(path) in result.sentence


def test_a_setting_that_does_not_fit_is_one_sentence() -> None:
    """As for every other command."""
    result = run("serve", READOUT_CONCURRENCY="many")

    assert (result.code, "READOUT_CONCURRENCY" in result.sentence) == (2, True)
