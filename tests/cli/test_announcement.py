"""What ``readout serve`` says when it listens."""

import re
import shlex
import shutil
import socket
from pathlib import Path

import pytest

from service.cli.announcement import describe_service, make_example
from service.cli.listening import Address
from service.settings import Settings

LOOPBACK = Address(socket.AF_INET, "127.0.0.1", 8000)
EVERYWHERE = Address(socket.AF_INET, "0.0.0.0", 8000)


def build_settings(**changed: str) -> Settings:
    """Return settings with a database and what is given."""
    return Settings.model_validate({"database_url": "sqlite:////data/a.db", **changed})


def test_openai_s_own_endpoint_is_named() -> None:
    """It has no address among the settings."""
    text = describe_service(LOOPBACK, build_settings(OPENAI_API_KEY="sk-secret"))

    assert "endpoint: OpenAI's own, model gpt-5-mini" in text
    assert "sk-secret" not in text


def test_an_address_of_the_endpoint_loses_its_secrets() -> None:
    """User, password and a key in the query are nobody else's matter."""
    base_url = "https://user:pass@llm.example/v1?key=secret"

    text = describe_service(LOOPBACK, build_settings(OPENAI_BASE_URL=base_url))
    assert "endpoint: https://llm.example/v1, model" in text


def test_what_to_set_is_named_where_there_is_no_endpoint() -> None:
    """The service starts all the same."""
    text = describe_service(LOOPBACK, build_settings(reader="llm"))

    assert "only what is stored is served" in text
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "READOUT_MODEL"):
        assert name in text


def test_that_rules_read_is_said_with_the_reason_and_what_to_do() -> None:
    """Nobody shall take what rules find for what an LLM would."""
    for_want = describe_service(LOOPBACK, build_settings())
    as_set = describe_service(LOOPBACK, build_settings(OPENAI_API_KEY="sk", reader="embedded"))

    assert re.search("reader: .*rules and not.* LLM, because no .*OPENAI_API_KEY", for_want)
    assert re.search("reader: .*rules and not.* LLM, as READOUT_READER says", as_set)


def test_a_stand_in_is_announced_where_there_is_one() -> None:
    """It will be met in the answers."""
    with_one = build_settings(OPENAI_API_KEY="sk", fallback="true")

    assert "embedded reader (rules, not an LLM)" in describe_service(LOOPBACK, with_one)
    assert "embedded" not in describe_service(LOOPBACK, build_settings(OPENAI_API_KEY="sk"))


def test_strangers_spend_money_only_where_an_endpoint_is_paid() -> None:
    """Rules cost nothing."""
    paid = build_settings(OPENAI_API_KEY="sk")

    assert "paid" in describe_service(EVERYWHERE, paid)
    assert "paid" not in describe_service(EVERYWHERE, build_settings())


def test_only_a_service_that_others_can_reach_is_warned_of() -> None:
    """A warning that is always there is not read."""
    assert "log-in" not in describe_service(LOOPBACK, build_settings())
    assert "log-in" in describe_service(EVERYWHERE, build_settings())


def test_in_the_repository_the_example_reads_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """A real article shows more than a sentence."""
    monkeypatch.chdir(Path(__file__).parents[2])

    words = shlex.split(make_example(LOOPBACK))
    assert Path(words[2].removeprefix("@")).is_file()
    assert words[-1] == "http://127.0.0.1:8000/v1/summaries"


def test_elsewhere_the_example_brings_its_article_along() -> None:
    """It must work as it is pasted, with nothing beside it."""
    words = shlex.split(make_example(LOOPBACK))

    assert words[2].endswith("said on Friday.")
    assert words[-1] == "http://127.0.0.1:8000/v1/summaries?published=2025-12-06"


def test_the_example_asks_an_address_and_not_a_wildcard() -> None:
    """A wildcard can be listened at, but not asked everywhere."""
    assert "http://127.0.0.1:8000/" in make_example(EVERYWHERE)


def test_the_sample_of_the_example_is_found_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the name is that of a folder, it is no sample."""
    sample = Path("seeds") / "000_5afe54d1572835e4.txt"
    (tmp_path / sample).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    with_folder = make_example(LOOPBACK)

    shutil.rmtree(sample)
    sample.touch()
    assert str(sample) not in with_folder
    assert str(sample) in make_example(LOOPBACK)
