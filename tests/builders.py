"""Valid objects of the contract, made in one call each.

Every builder gives a valid object; keyword overrides replace single fields and are validated.
The default items quote ``ARTICLE_TEXT`` verbatim, so that a default draft can be grounded in
the default article. Knows the schemas only, no stage of the service.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from schemas import (
    Article,
    Attempt,
    Draft,
    Evidence,
    Message,
    PaidReply,
    Party,
    Provenance,
    Quantity,
    Reading,
    ReadingRequest,
    Summary,
    Usage,
)
from schemas.base import LIST_NAMES, SCHEMA_VERSION, ListName
from schemas.draft import (
    DraftChipPolicy,
    DraftCommitment,
    DraftDoubt,
    DraftItem,
    DraftNonTariffMeasure,
    DraftTalk,
    DraftTariff,
)
from schemas.strict import build_strict_schema

TALK_QUOTE = "He Lifeng and Scott Bessent spoke by video on December 5, 2025"
COMMITMENT_QUOTE = "China will buy 12 million metric tons of soybeans by the end of February 2026"
TARIFF_QUOTE = "The United States lowered its duty on Chinese toys from 20% to 10%"
CHIP_QUOTE = "AMD holds a licence to ship MI308 chips to China and pays 15% of the sales for it"
MEASURE_QUOTE = (
    "China’s “sweeping” export controls on rare earths (稀土) were announced on October 9"
)
DOUBT_QUOTE = "Correction: an earlier version gave Mr. He another rank"

ARTICLE_TEXT = f"""Soybeans first 🌾, chips later

{TALK_QUOTE}. {COMMITMENT_QUOTE}, Bessent said.
{TARIFF_QUOTE} on November 10, 2025.
{CHIP_QUOTE}.
{MEASURE_QUOTE}, 2025.
{DOUBT_QUOTE}."""
"""A short article; an emoji before the first quote sets code points apart from UTF-16 units."""

KEY = "0123456789abcdef" * 4
"""A reading's key: 64 lower-case hexadecimal digits."""
CREATED_AT = datetime(2025, 12, 6, 8, 30, tzinfo=UTC)


def build_article(text: str = ARTICLE_TEXT, **overrides: object) -> Article:
    """Build an article of ``text`` with a publication date and otherwise no metadata."""
    return Article.model_validate({"text": text, "published": "2025-12-06", **overrides})


def build_party(name: str = "China", country: str | None = "CN") -> Party:
    """Build a party."""
    return Party(name=name, country=country)


def build_quantity(value: float = 12_000_000, unit: str = "metric ton") -> Quantity:
    """Build a quantity."""
    return Quantity(value=value, unit=unit)


def build_evidence(quote: str, text: str = ARTICLE_TEXT) -> Evidence:
    """Build the evidence of the first place of ``quote`` in ``text``; ``ValueError`` if none."""
    start = text.index(quote)
    return Evidence(quote=quote, start=start, end=start + len(quote))


def build_draft_talk(**overrides: object) -> DraftTalk:
    """Build the talk of the default article."""
    defaults = {
        "kind": "call",
        "date": "2025-12-05",
        "place": None,
        "participants": [build_party("He Lifeng"), build_party("Scott Bessent", "US")],
        "topics": [],
        "outcome": None,
        "status": "held",
        "source": None,
        "aside": False,
        "evidence": [TALK_QUOTE],
    }
    return DraftTalk.model_validate({**defaults, **overrides})


def _undertaking(statement: str, quote: str) -> dict[str, object]:
    """Return the fields that four of the lists share, with as little said as can be."""
    return {
        "statement": statement,
        "actors": [],
        "targets": [],
        "announced": None,
        "condition": None,
        "agreement": None,
        "source": None,
        "aside": False,
        "evidence": [quote],
    }


def build_draft_commitment(**overrides: object) -> DraftCommitment:
    """Build the commitment of the default article."""
    defaults = {
        **_undertaking("buy 12 million metric tons of soybeans", COMMITMENT_QUOTE),
        "actors": [build_party()],
        "source": "Scott Bessent",
        "topic": "agriculture",
        "quantity": build_quantity(),
        "due": "2026-02",
        "status": "agreed",
    }
    return DraftCommitment.model_validate({**defaults, **overrides})


def build_lie() -> Draft:
    """Build the default draft with one rate that the default article does not say: 85."""
    return build_draft(tariffs=[build_draft_tariff(rate=85)])


def build_draft_tariff(**overrides: object) -> DraftTariff:
    """Build the tariff of the default article."""
    defaults = {
        **_undertaking("lower the duty on Chinese toys to 10%", TARIFF_QUOTE),
        "actors": [build_party("United States", "US")],
        "targets": [build_party()],
        "goods": "toys",
        "action": "reduce",
        "companies": [],
        "rate": 10,
        "previous_rate": 20,
        "effective": None,
        "until": None,
        "status": "in_force",
    }
    return DraftTariff.model_validate({**defaults, **overrides})


def build_draft_chip_policy(**overrides: object) -> DraftChipPolicy:
    """Build the chip policy of the default article."""
    defaults = {
        **_undertaking("let MI308 chips be shipped to China for 15% of the sales", CHIP_QUOTE),
        "targets": [build_party()],
        "companies": ["AMD"],
        "products": ["MI308"],
        "instrument": "license",
        "stance": "loosen",
        "rate": 15,
        "effective": None,
        "until": None,
        "status": "in_force",
    }
    return DraftChipPolicy.model_validate({**defaults, **overrides})


def build_draft_non_tariff_measure(**overrides: object) -> DraftNonTariffMeasure:
    """Build the non-tariff measure of the default article."""
    defaults = {
        **_undertaking("control exports of rare earths", MEASURE_QUOTE),
        "actors": [build_party()],
        "announced": "2025-10-09",
        "goods": "rare earths",
        "instrument": "export_control",
        "stance": "tighten",
        "effective": None,
        "until": None,
        "status": "announced",
    }
    return DraftNonTariffMeasure.model_validate({**defaults, **overrides})


def build_draft_doubt(**overrides: object) -> DraftDoubt:
    """Build the doubt of the default article."""
    defaults = {"about": "The rank of Mr. He was corrected.", "evidence": [DOUBT_QUOTE]}
    return DraftDoubt.model_validate({**defaults, **overrides})


DRAFT_ITEM_BUILDERS: Mapping[ListName, Callable[..., DraftItem]] = {
    "talks": build_draft_talk,
    "commitments": build_draft_commitment,
    "tariffs": build_draft_tariff,
    "chip_policies": build_draft_chip_policy,
    "non_tariff_measures": build_draft_non_tariff_measure,
    "doubts": build_draft_doubt,
}
"""The builder of each list's items."""


def build_draft(**overrides: object) -> Draft:
    """Build a draft with one item in each list, all of them of the default article."""
    defaults: dict[str, object] = {
        **{name: [build()] for name, build in DRAFT_ITEM_BUILDERS.items()},
        "headline": "China to buy soybeans as the United States lowers a duty",
        "gist": "Two officials spoke by video. A duty fell, and soybeans were promised.",
    }
    return Draft.model_validate({**defaults, **overrides})


def build_empty_draft(**overrides: object) -> Draft:
    """Build a draft that found nothing: six empty lists, a headline and a gist."""
    empty: dict[str, object] = {name: [] for name in LIST_NAMES}
    return build_draft(**{**empty, **overrides})


def build_usage(
    input_tokens: int = 1200, cached_input_tokens: int = 1000, output_tokens: int = 300
) -> Usage:
    """Build a usage, in tokens."""
    return Usage(
        input_tokens=input_tokens,
        cached_input_tokens=cached_input_tokens,
        output_tokens=output_tokens,
    )


def build_attempt(**overrides: object) -> Attempt:
    """Build an accepted attempt whose reply is the default draft."""
    defaults = {
        "outcome": "accepted",
        "reply": build_draft().model_dump_json(),
        "complaints": [],
        "model": "test-model",
        "usage": build_usage(),
        "latency_ms": 900,
    }
    return Attempt.model_validate({**defaults, **overrides})


def build_reading_request(**overrides: object) -> ReadingRequest:
    """Build a request for a reading of the default article."""
    defaults = {
        "key": KEY,
        "messages": [
            Message(role="system", content="Read the article."),
            Message(role="user", content=ARTICLE_TEXT),
        ],
        "response_schema": build_strict_schema(),
        "model": "test-model",
        "engine": "llm/1",
        "prompt_version": "summarize.v1",
        "mode": "json_schema",
    }
    return ReadingRequest.model_validate({**defaults, **overrides})


def build_paid_reply(content: str | None = None, **overrides: object) -> PaidReply:
    """Build a reply as it arrived for the default request: the default draft, or ``content``."""
    usage = build_usage()
    message = {"role": "assistant", "content": content or build_draft().model_dump_json()}
    response = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": int(CREATED_AT.timestamp()),
        "model": "test-model",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {
            "prompt_tokens": usage.input_tokens,
            "completion_tokens": usage.output_tokens,
            "total_tokens": usage.input_tokens + usage.output_tokens,
        },
    }
    defaults = {
        "key": KEY,
        "response": json.dumps(response),
        "model": "test-model",
        "usage": usage,
        "cost_usd": 0.002,
        "latency_ms": 900,
        "received_at": CREATED_AT,
    }
    return PaidReply.model_validate({**defaults, **overrides})


def build_reading(**overrides: object) -> Reading:
    """Build the answer to the default request: the default draft, taken at once."""
    defaults = {
        "key": KEY,
        "engine": "llm",
        "model": "test-model",
        "prompt_version": "summarize.v1",
        "draft": build_draft(),
        "discarded": [],
        "attempts": [build_attempt()],
        "cost_usd": 0.002,
        "created_at": CREATED_AT,
        "latency_ms": 900,
    }
    return Reading.model_validate({**defaults, **overrides})


def build_provenance(**overrides: object) -> Provenance:
    """Build the provenance that belongs to the default reading."""
    defaults = {
        "engine": "llm",
        "model": "test-model",
        "prompt_version": "summarize.v1",
        "created_at": CREATED_AT,
        "attempts": 1,
        "usage": build_usage(),
        "cost_usd": 0.002,
        "latency_ms": 900,
    }
    return Provenance.model_validate({**defaults, **overrides})


def _ground_list(name: ListName, items: list[DraftItem], text: str) -> list[dict[str, object]]:
    """Return the items as a summary has them; a quote that ``text`` lacks becomes its start."""
    kind = {"chip_policies": "chip-policy"}.get(name, name.removesuffix("s").replace("_", "-"))
    return [
        {
            **{field: getattr(item, field) for field in type(item).model_fields},
            "id": f"{kind}-{number}",
            "evidence": [
                build_evidence(quote if quote in text else text[:60], text)
                for quote in item.evidence
            ],
        }
        for number, item in enumerate(items, start=1)
    ]


def build_summary(
    text: str = ARTICLE_TEXT, *, draft: Draft | None = None, **overrides: object
) -> Summary:
    """Build a summary of ``text`` from ``draft``, by default with one item in each list.

    A quote that ``text`` does not have is replaced by its first 60 code points, so that any
    text that is not empty will do.
    """
    draft = draft or build_draft()
    defaults: dict[str, object] = {
        "id": KEY,
        "schema_version": SCHEMA_VERSION,
        "article": build_article(text),
        "headline": draft.headline,
        "gist": draft.gist,
        **{name: _ground_list(name, getattr(draft, name), text) for name in LIST_NAMES},
        "provenance": build_provenance(),
        "warnings": [],
    }
    return Summary.model_validate({**defaults, **overrides})
