"""The settings: the only place that reads the environment.

Owns names, defaults, ranges and the way they are shown. Only the composition root, the
application and the command line read them; everything below gets values.
"""

import os
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit, urlunsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.addresses import FORMS, is_postgres, mask_postgres, names_database
from service.errors import SettingsError


def _find_database_url() -> str:
    """Return that of a file in the user's data folder (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return f"sqlite:///{Path(base) / 'readout' / 'readout.db'}"


class Settings(BaseSettings):
    """What can be set, from the environment or a ``.env`` file in the working folder.

    Our own names bear the prefix ``READOUT_``; the endpoint's two are the SDK's.
    """

    model_config = SettingsConfigDict(
        env_prefix="READOUT_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("OPENAI_API_KEY")
    )
    """Key of the endpoint; endpoints on one's own machine often take any."""
    openai_base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("OPENAI_BASE_URL"), pattern=r"^https?://"
    )
    """Address of an OpenAI-compatible endpoint, with its /v1; unset is OpenAI's own."""
    model: str = Field(default="gpt-5-mini", min_length=1)
    """The model that is asked."""
    mode: Literal["json_schema", "tools"] = "json_schema"
    """How the schema is sent: json_schema is strict structured outputs, tools a forced call."""
    max_reasks: int = Field(default=2, ge=0, le=5)
    """How often a draft that does not hold is sent back, 0 to 5; n means up to n + 1 calls."""
    max_chars: int = Field(default=400_000, ge=1_000, le=5_000_000)
    """Longest article, in Unicode code points, 1,000 to 5,000,000; 100 pages have some 300,000."""
    part_chars: int = Field(default=24_000, ge=2_000, le=1_000_000)
    """Longest text that an LLM reads at once, 2,000 to 1,000,000; a longer one is read in parts."""
    timeout_s: float = Field(default=120.0, gt=0, le=3_600)
    """Seconds that one call may take; its retries together may take three times as long."""
    concurrency: int = Field(default=64, ge=1, le=64)
    """Most readings at the same time, 1 to 64; fewer calls while the endpoint is overloaded."""
    rpm: int | None = Field(default=None, ge=1, le=1_000_000_000)
    """Most requests a minute, of all processes on one database together; unset is no limit."""
    tpm: int | None = Field(default=None, ge=1, le=1_000_000_000)
    """Most tokens a minute, sent and received, of all processes likewise; unset is no limit."""
    reader: Literal["auto", "llm", "embedded"] = "auto"
    """What reads: llm, embedded (rules, no LLM), or auto: llm where a key or address is set."""
    fallback: bool = False
    """Whether the embedded reader stands in, with a warning, where the endpoint is down."""

    database_url: str = Field(default_factory=_find_database_url)
    """The database: sqlite:///PATH, made when it is first needed, or postgresql://… (scale)."""
    host: str = Field(default="127.0.0.1", min_length=1)
    """Address that the service listens at; one's own machine unless said otherwise."""
    port: int = Field(default=8000, ge=0, le=65_535)
    """Port that the service listens at; 0 takes a free one."""

    @field_validator("openai_api_key")
    @classmethod
    def _check_key(cls, key: SecretStr | None) -> SecretStr | None:
        text = key.get_secret_value().strip() if key else ""
        if not text.isascii() or not text.isprintable():
            raise ValueError("a key is printable ASCII, without line breaks")
        return SecretStr(text) if text else None

    @field_validator("database_url")
    @classmethod
    def _check_database_url(cls, url: str) -> str:
        if not names_database(url):
            raise ValueError(f"a database is named {FORMS}")
        return url

    @property
    def has_endpoint(self) -> bool:
        """Say whether an endpoint is configured."""
        return bool(self.openai_api_key or self.openai_base_url)

    @property
    def chosen_reader(self) -> Literal["llm", "embedded"]:
        """Return which reader an article goes to: what is set, or what ``auto`` comes to."""
        if self.reader == "auto":
            return "llm" if self.has_endpoint else "embedded"
        return self.reader

    @property
    def uses_embedded(self) -> bool:
        """Say whether the embedded reader may be asked, as the reader or in its place."""
        return self.chosen_reader == "embedded" or (self.fallback and self.has_endpoint)

    @property
    def can_read(self) -> bool:
        """Say whether an article that is not stored can be read."""
        return self.has_endpoint or self.chosen_reader == "embedded"

    @classmethod
    def load(cls) -> Self:
        """Read the settings; raise ``SettingsError`` that names each one that does not fit."""
        try:
            return cls()
        except UnicodeDecodeError as error:
            raise SettingsError("the file .env is not UTF-8 text; save it as such") from error
        except RuntimeError as error:
            raise SettingsError("there is no home folder; set READOUT_DATABASE_URL") from error
        except ValidationError as error:
            faults = "; ".join(
                f"{_name_variable(str(fault['loc'][0]))}: {fault['msg']}"
                for fault in error.errors(include_url=False, include_input=False)
            )
            raise SettingsError(f"these settings do not fit: {faults}") from error

    def describe(self) -> dict[str, tuple[str, str]]:
        """Return variable name to (value as text, meaning), secrets masked."""
        return {
            _name_variable(name): (_show(getattr(self, name)), field.description or "")
            for name, field in type(self).model_fields.items()
        }


def _name_variable(field: str) -> str:
    name = field.upper()
    return name if name.startswith("OPENAI_") else f"READOUT_{name}"


def _show(value: object) -> str:
    if isinstance(value, SecretStr):
        return "set (not shown)"
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return str(value).lower()
    if is_postgres(str(value)):
        return mask_postgres(str(value))
    if "@" not in str(value) and "?" not in str(value):
        return str(value)
    # An address may bear a user and password, or a key in its query.
    parts = urlsplit(str(value))
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
