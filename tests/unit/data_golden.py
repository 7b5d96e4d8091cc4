"""Golden fixtures, summaries and their files, made in one call each.

The default fixture expects what the default summary says of the default article (see
``tests.builders``): the two compare at 1. What a test changes is a copy of its own.
"""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from schemas.claimed import ClaimedSummary
from schemas.golden import GoldenFixture
from service.golden.fixtures import GoldenCase, load_case
from tests.builders import ARTICLE_TEXT, build_draft, build_summary

ARTICLE = "articles/soybeans.txt"
"""The default article's path, as fixtures have it."""
OTHER = "articles/other.txt"
"""The path of another one."""
OTHER_TEXT = f"{ARTICLE_TEXT} It was told again."
"""Its text, in which every quote of the default items stands too."""
MAX_CHARS = 60_000

Json = dict[str, Any]
Change = Callable[[Json], object]


def build_fixture(article: str = ARTICLE, **overrides: object) -> Json:
    """Build the JSON of a fixture that expects the default draft, but for its headline and gist."""
    draft = build_draft().model_dump(mode="json", exclude={"headline", "gist"})
    return {"article": article, **draft, **overrides}


def build_small_fixture(article: str = ARTICLE, **fields: object) -> Json:
    """Build the JSON of a fixture that expects the default tariff only, or ``fields`` of it."""
    (tariff,) = build_fixture()["tariffs"]
    return {"article": article, "tariffs": [{**tariff, **fields}]}


def build_claim(text: str = ARTICLE_TEXT, **overrides: object) -> Json:
    """Build the JSON of the default summary of ``text``."""
    return {**build_summary(text).model_dump(mode="json"), **overrides}


def change(document: Mapping[str, Any], *path: int | str, value: object) -> Json:
    """Return a copy of ``document`` in which ``value`` stands at ``path``."""
    copied: Json = deepcopy(dict(document))
    place: Any = copied
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copied


def build_problem(instance: str = ARTICLE, detail: str = "the model refused") -> Json:
    """Build the JSON of a problem, as ``summarize --json`` prints it."""
    return {
        "type": "/problems/refusal",
        "title": "The model refused",
        "status": 502,
        "detail": detail,
        "instance": instance,
    }


def write_json(path: Path, document: object) -> Path:
    """Write ``document`` as an editor would, indented; return ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")
    return path


def write_lines(path: Path, *documents: object) -> Path:
    """Write ``documents`` one a line; return ``path``."""
    path.write_bytes(b"".join(json.dumps(one).encode() + b"\n" for one in documents))
    return path


def write_article(root: Path, article: str = ARTICLE, text: str = ARTICLE_TEXT) -> Path:
    """Write ``text`` to ``article`` below ``root``; return its path."""
    path = root / article
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def write_fixture(root: Path, fixture: Json | None = None, name: str = "soybeans.json") -> Path:
    """Write a fixture, by default the default one, below ``root/golden``; return its path."""
    return write_json(root / "golden" / name, build_fixture() if fixture is None else fixture)


def write_both(root: Path, fixture: Json | None = None) -> Path:
    """Write a fixture and the default article; return the fixture's path."""
    write_article(root)
    return write_fixture(root, fixture)


def write_two(root: Path) -> Path:
    """Write two articles, each with its fixture; return the fixtures' folder."""
    write_article(root, OTHER, OTHER_TEXT)
    write_fixture(root, build_fixture(OTHER), "other.json")
    return write_both(root).parent


def make_case(root: Path, fixture: Json | None = None) -> GoldenCase:
    """Write a fixture and the default article, and load them."""
    return load_case(write_both(root, fixture), max_chars=MAX_CHARS)


def make_claimed(document: Json | None = None) -> ClaimedSummary:
    """Return the summary of ``document``, by default the default one."""
    return ClaimedSummary.model_validate(build_claim() if document is None else document)


def make_fixture(document: Json | None = None) -> GoldenFixture:
    """Return the fixture of ``document``, by default the default one."""
    return GoldenFixture.model_validate(build_fixture() if document is None else document)
