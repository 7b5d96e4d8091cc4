"""The settings are what the environment says, in range, and never show a secret."""

from pathlib import Path

import pytest

from service.errors import SettingsError
from service.settings import Settings


def test_the_defaults_need_no_environment() -> None:
    """A fresh machine starts."""
    settings = Settings.load()

    assert (settings.mode, settings.max_reasks, settings.has_endpoint) == ("json_schema", 2, False)


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our names bear the prefix; the endpoint's are the SDK's."""
    for name, value in {
        "OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
        "READOUT_MODEL": "m",
        "READOUT_MODE": "tools",
        "READOUT_MAX_CHARS": "2000",
        "READOUT_TIMEOUT_S": "1.5",
    }.items():
        monkeypatch.setenv(name, value)

    settings = Settings.load()
    assert settings.has_endpoint
    assert (settings.model, settings.mode, settings.max_chars, settings.timeout_s) == (
        "m", "tools", 2000, 1.5,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("environment", "chosen", "can_read"),
    [
        ({}, "embedded", True),
        ({"OPENAI_API_KEY": "sk"}, "llm", True),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, "llm", True),
        ({"READOUT_READER": "llm"}, "llm", False),
        ({"READOUT_READER": "llm", "OPENAI_API_KEY": "sk"}, "llm", True),
        ({"READOUT_READER": "embedded", "OPENAI_API_KEY": "sk"}, "embedded", True),
    ],
)
def test_the_reader_is_the_one_that_is_set_or_an_llm_where_there_is_one(
    environment: dict[str, str],
    chosen: str,
    can_read: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fresh machine reads; who sets a key gets the LLM; who says which gets that."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    settings = Settings.load()
    assert (settings.chosen_reader, settings.can_read) == (chosen, can_read)


@pytest.mark.parametrize(
    ("environment", "uses"),
    [
        ({}, True),
        ({"OPENAI_API_KEY": "sk"}, False),
        ({"OPENAI_API_KEY": "sk", "READOUT_FALLBACK": "true"}, True),
        ({"READOUT_READER": "llm", "READOUT_FALLBACK": "true"}, False),
    ],
)
def test_nothing_stands_in_for_an_endpoint_that_is_not_configured(
    environment: dict[str, str], uses: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no endpoint which is down; who wants an LLM must be told that there is none."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert Settings.load().uses_embedded == uses


def test_there_is_no_limit_a_minute_unless_one_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endpoint on one's own machine has none; an empty variable is none, too."""
    monkeypatch.setenv("READOUT_RPM", "500")
    monkeypatch.setenv("READOUT_TPM", "")

    settings = Settings.load()
    assert (settings.rpm, settings.tpm) == (500, None)


def test_a_switch_is_shown_as_it_is_written() -> None:
    """Not as Python writes it."""
    assert Settings.load().describe()["READOUT_FALLBACK"][0] == "false"


def test_a_dotenv_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys need not stand in the shell's history."""
    (tmp_path / ".env").write_text("READOUT_MODEL=from-file\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert Settings.load().model == "from-file"


def test_a_dotenv_file_that_is_not_text_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a traceback of a decoder."""
    (tmp_path / ".env").write_bytes(b"READOUT_MODEL=\xff\n")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SettingsError, match=r"\.env"):
        Settings.load()


def test_the_database_stands_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever one starts it from, it is the same one."""
    monkeypatch.setenv("XDG_DATA_HOME", "/data")

    assert Settings.load().database_url == "sqlite:////data/readout/readout.db"


def test_an_address_without_secrets_is_shown_as_it_is() -> None:
    """Four slashes are an absolute path; two would be another database."""
    settings = Settings(database_url="sqlite:////data/readout.db")

    assert settings.describe()["READOUT_DATABASE_URL"][0] == "sqlite:////data/readout.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("READOUT_MODE", "yaml"),
        ("READOUT_READER", "rules"),
        ("READOUT_FALLBACK", "perhaps"),
        ("READOUT_MAX_REASKS", "6"),
        ("READOUT_MAX_CHARS", "10"),
        ("READOUT_TIMEOUT_S", "0"),
        ("READOUT_CONCURRENCY", "0"),
        ("READOUT_RPM", "0"),
        ("READOUT_TPM", "many"),
        ("READOUT_DATABASE_URL", "sqlite://"),
        ("READOUT_DATABASE_URL", "mysql://localhost/readout"),
        ("READOUT_DATABASE_URL", "postgresql://"),
        ("READOUT_DATABASE_URL", "postgresql+psycopg://localhost/readout"),
        ("READOUT_PORT", "70000"),
        ("OPENAI_BASE_URL", "localhost:8000"),
        ("OPENAI_API_KEY", "sk-x\ny"),
        ("OPENAI_API_KEY", "sk-ключ"),
    ],
)
def test_a_setting_out_of_range_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable that one set, not a field of a class."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=name):
        Settings.load()


def test_a_secret_shows_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in a listing nor in a representation."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://user:pw@secret@a.example/v1?key=q-secret")
    settings = Settings.load()

    assert "secret" not in str(settings.describe())
    assert "sk-secret" not in repr(settings)
    assert settings.describe()["OPENAI_API_KEY"][0] == "set (not shown)"


def test_every_setting_is_described() -> None:
    """A listing without meanings sends people to the source."""
    assert all(meaning for _value, meaning in Settings.load().describe().values())
