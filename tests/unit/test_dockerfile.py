"""The Dockerfile, read as text: what must hold of every image that is built from it."""

import json
import re
from pathlib import Path

import pytest

from service.app import create_app
from service.settings import Settings

ROOT = Path(__file__).parents[2]
IGNORED = [
    line
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def read_instructions() -> list[tuple[str, str]]:
    """Return (instruction, the rest), continued lines joined, in order."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    lines = code.replace("\\\n", " ").splitlines()
    parts = [line.split(maxsplit=1) for line in lines if line.strip()]
    return [(name, re.sub(r"\s+", " ", rest)) for name, rest in parts]


INSTRUCTIONS = read_instructions()
START = max(index for index, (name, _rest) in enumerate(INSTRUCTIONS) if name == "FROM")
FINAL = INSTRUCTIONS[START:]
"""The instructions of the last stage: what is shipped."""


def find_one(name: str) -> str:
    """Return the rest of the final stage's only instruction ``name``."""
    (rest,) = [rest for found, rest in FINAL if found == name]
    return rest


def find_environment() -> dict[str, str]:
    """Return the environment variables of the final stage."""
    return dict(pair.split("=", 1) for pair in find_one("ENV").split())


def is_sent(path: str) -> bool:
    """Say whether ``path`` is sent to a build, by ``.dockerignore``: the last match decides."""
    sent = True
    for line in IGNORED:
        pattern = line.removeprefix("!")
        start = "(.*/)?" if pattern.startswith("**/") else ""
        escaped = re.escape(pattern.removeprefix("**/")).replace(r"\*", "[^/]*")
        if re.fullmatch(f"{start}{escaped}(/.*)?", path):
            sent = line.startswith("!")
    return sent


@pytest.mark.parametrize("name", ["RUN", "CMD", "VOLUME"])
def test_commands_are_lists_of_words(name: str) -> None:
    """A shell between the engine and the service would swallow SIGTERM."""
    for found, rest in INSTRUCTIONS:
        if found == name:
            words = json.loads(rest)
            assert words
            assert all(isinstance(word, str) for word in words)


def test_no_instruction_needs_more_than_a_plain_builder() -> None:
    """Heredocs and mounts fail in the builders that people have."""
    assert not any("<<" in rest or "--mount" in rest for _name, rest in INSTRUCTIONS)


def test_what_is_copied_exists_and_is_sent() -> None:
    """A build fails late where either is wrong."""
    sources = [
        source.rstrip("/")
        for name, rest in INSTRUCTIONS
        if name == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]

    assert sources
    for source in sources:
        assert (ROOT / source).exists()
        assert is_sent(source)


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "service/.env",
        "service/.env.local",
        ".git/config",
        ".venv/bin/python",
        "tests/standin.py",
        "seeds/README.md",
        "service/__pycache__/app.cpython-311.pyc",
        "service/.ruff_cache/a",
        "readout.db",
        "service/readout.db-wal",
        ".hypothesis/a",
    ],
)
def test_secrets_data_and_caches_are_not_sent(path: str) -> None:
    """What is in an image's layers is out of one's hands."""
    assert not is_sent(path)


def test_every_package_of_the_source_is_copied() -> None:
    """A package that is added to the project must reach the image."""
    copied = {rest.split()[-1].rstrip("/") for name, rest in INSTRUCTIONS if name == "COPY"}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert packages <= copied


def test_dependencies_are_installed_by_hash() -> None:
    """What runs is what was locked."""
    installs = [
        json.loads(rest)
        for name, rest in INSTRUCTIONS
        if name == "RUN" and "install" in rest and "pip" in rest and "uninstall" not in rest
    ]

    locked, own = installs
    assert "--require-hashes" in locked
    assert own[-2:] == ["--no-deps", "."]


def test_the_service_does_not_run_as_root() -> None:
    """A fixed number: orchestrators cannot look up a name, and volumes keep owners by number."""
    user, _, group = find_one("USER").partition(":")

    assert int(user) > 0
    assert int(group) > 0
    assert any("useradd" in rest and user in rest for _name, rest in FINAL)


def test_the_data_stands_in_the_volume_which_belongs_to_the_user() -> None:
    """Paid readings outlive the container."""
    (volume,) = json.loads(find_one("VOLUME"))
    user = find_one("USER").partition(":")[0]
    made = next(json.loads(rest) for name, rest in FINAL if name == "RUN" and volume in rest
                and "install" in rest)  # fmt: skip

    assert find_environment()["READOUT_DATABASE_URL"] == f"sqlite:///{volume}/readout.db"
    assert made[made.index("--owner") + 1] == user


def test_the_environment_holds_settings_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt setting would be ignored."""
    environment = find_environment()
    for name, value in environment.items():
        if name.startswith("READOUT_"):
            monkeypatch.setenv(name, value)

    settings = Settings.load()
    known = settings.describe()
    ours = {name: value for name, value in environment.items() if name.startswith("READOUT_")}
    assert {name: known[name][0] for name in ours} == ours
    assert (settings.host, str(settings.port)) == ("0.0.0.0", find_one("EXPOSE"))


def test_the_health_check_asks_a_route_that_exists_in_a_program_that_runs() -> None:
    """One that always fails has the container restarted for ever."""
    words = json.loads(find_one("HEALTHCHECK").partition("CMD ")[2])
    compile(words[-1], "healthcheck", "exec")
    path = re.search(r"'(/[a-z]+)'", words[-1])

    assert path is not None
    assert path.group(1) in create_app(Settings()).openapi()["paths"]


def test_it_is_stopped_by_the_signal_that_the_service_takes() -> None:
    """In flight is finished, then it ends."""
    assert find_one("STOPSIGNAL") == "SIGTERM"
    assert json.loads(find_one("CMD")) == ["readout", "serve"]
