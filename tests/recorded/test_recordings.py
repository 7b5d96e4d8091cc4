"""The five sample articles, read over the recorded replies by the whole real chain."""

import json
import re
from pathlib import Path

import pytest

from schemas.summary import Summary
from service.prompting import load_examples
from tests.recorded.record import SEEDS, summarize
from tests.standin import RECORDINGS, StandIn, replay

EXCHANGES = sorted(RECORDINGS.glob("*.json"))
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
DATE = re.compile(r"\b(?:October|November|December) \d{1,2}\b")


async def read_text(text: str, folder: Path) -> tuple[Summary, StandIn]:
    """Return the summary of ``text`` and the endpoint that was asked."""
    with StandIn(replay()) as stand_in:
        return await summarize(text, stand_in.base_url, folder), stand_in


@pytest.fixture(params=SEEDS, ids=[path.stem[:3] for path in SEEDS])
async def reading(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Summary, StandIn]:
    """Return the summary of each sample and the endpoint that was asked."""
    return await read_text(request.param.read_bytes().decode(), tmp_path)


Reading = tuple[Summary, StandIn]


def test_every_request_is_to_the_character_a_recorded_one(reading: Reading) -> None:
    """A changed prompt, schema or re-ask text must be recorded again."""
    _summary, stand_in = reading

    assert stand_in.unanswered == []


def test_every_evidence_is_exact(reading: Reading) -> None:
    """The promise, on real articles and a real model's replies."""
    summary, _stand_in = reading

    for item in summary.iterate_items():
        for evidence in item.evidence:
            assert summary.article.text[evidence.start : evidence.end] == evidence.quote


def test_every_number_is_carried_by_its_quotes(reading: Reading) -> None:
    """Checked without our own checks; a date may rest on one that the article states elsewhere."""
    summary, _stand_in = reading

    for item in summary.iterate_items():
        quotes = " ".join(evidence.quote for evidence in item.evidence)
        fields = item.model_dump(include={"statement", "condition", "outcome", "about"})
        for text in filter(None, fields.values()):
            for number in NUMBER.findall(DATE.sub("", text)):
                assert number in quotes, (item.id, number)
        for rate in filter(None, (getattr(item, "rate", 0), getattr(item, "previous_rate", 0))):
            assert re.search(rf"\b{rate:g}\s?(%|percent)", quotes), (item.id, rate)


def test_nothing_had_to_be_dropped_or_cleared(reading: Reading) -> None:
    """These replies hold; a warning here is a false complaint of ours."""
    summary, _stand_in = reading

    assert {warning.code for warning in summary.warnings} <= {"no_published", "repeated_quote"}


def test_every_sample_yields_items_in_several_lists(reading: Reading) -> None:
    """A summary that holds because it is empty helps nobody."""
    summary, _stand_in = reading

    assert len(summary.iterate_items()) >= 6
    assert summary.talks


def test_usage_and_provenance_are_those_of_the_recorded_calls(reading: Reading) -> None:
    """What was paid is what is reported."""
    summary, stand_in = reading

    assert summary.provenance.attempts == len(stand_in.received)
    assert summary.provenance.model == "out-of-band"
    assert summary.provenance.cost_usd is None
    assert summary.provenance.usage.input_tokens > 4_000


def test_no_fact_of_the_worked_examples_is_in_a_summary(reading: Reading) -> None:
    """Few-shot examples must not leak."""
    summary, _stand_in = reading
    said = summary.model_dump_json()

    examples = " ".join(example.text for example in load_examples())
    telling = {"Jakarta", "palm sugar", "bauxite", "poultry", "Orbita", "K7", "lithium", "Vietnam"}
    assert all(word in examples for word in telling)
    assert [word for word in telling if word in said] == []


def test_every_recording_says_how_it_was_made() -> None:
    """Nobody may take one for a vendor's answer."""
    for path in EXCHANGES:
        exchange = json.loads(path.read_text(encoding="utf-8"))
        assert exchange["provenance"]["made"] == "out-of-band"
        assert exchange["response"]["body"]["model"] == "out-of-band"


def test_no_recording_holds_a_credential() -> None:
    """Only the body is recorded, so that no header can bear a key."""
    for path in EXCHANGES:
        exchange = json.loads(path.read_text(encoding="utf-8"))
        assert set(exchange["request"]) == {"method", "path", "body"}
        assert set(exchange["response"]["headers"]) == {"content-type"}


async def test_every_recording_is_played(seed_texts: tuple[str, ...], tmp_path: Path) -> None:
    """A recording that nothing asks for is dead weight, or a sign of a changed request."""
    played = 0
    for text in seed_texts:
        _summary, stand_in = await read_text(text, tmp_path)
        played += len(stand_in.received)

    assert played == len(EXCHANGES)
