"""Errors planted one at a time into a perfect reading, and what a comparison must say of each.

Owns the article, its perfect reading and the planted ones, which a test and a benchmark share.
All are ours: made up for this purpose, in the words and values of trade news. Knows the schemas
and the builders, no comparison.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from schemas.base import LIST_NAMES, ListName
from schemas.claimed import ClaimedSummary
from schemas.draft import Draft, DraftItem
from schemas.golden import GoldenFixture
from tests.builders import (
    build_draft,
    build_draft_chip_policy,
    build_draft_commitment,
    build_draft_doubt,
    build_draft_non_tariff_measure,
    build_draft_talk,
    build_draft_tariff,
    build_party,
    build_quantity,
    build_summary,
)

CHINA, UNITED_STATES = build_party(), build_party("United States", "US")

_ROUND = (
    "Scott Bessent and He Lifeng met in Kuala Lumpur on October 25, 2025, to talk about tariffs"
)
_CALL = "Both will call each other on December 5, 2025, about soybeans"
_SOYBEANS = "China will purchase 12 million metric tons of U.S. soybeans by the end of 2025"
_PRECURSORS = "Beijing agreed to stop the export of fentanyl precursors to North America"
_CLOUD = "China offered to open its cloud market to U.S. firms by June 2026"
_TRUCKS = (
    "On November 4 the United States threatened a 25% duty on Chinese trucks from January 2026"
)
_FENTANYL = "It reduced its fentanyl duty on Chinese goods from 20% to 10% on November 10"
_TOYS = "The United States also lowered its duty on Chinese toys from 30% to 15%"
_SHOES = "and that on Chinese shoes from 40% to 20%"
_CHIPS = "The United States let Nvidia ship H20 chips to China for 15% of the sales"
_WARNING = "Beijing warned firms not to use the H20"
_GALLIUM = "China suspended its export controls on gallium until November 2026"
_FEES = "The United States paused its port fees on Chinese ships"
_DOUBT = "Correction: an earlier version said that the duty on toys had been 35%"
_MARKETS = "Shares of makers of solar panels rose in Shanghai"

TEXT = f"""A truce, in numbers 🌾

{_ROUND}. {_CALL}.
{_SOYBEANS}. {_PRECURSORS}. {_CLOUD}.
{_TRUCKS}. {_FENTANYL}. {_TOYS}, {_SHOES}.
{_CHIPS}. {_WARNING}.
{_GALLIUM}. {_FEES}. {_MARKETS}.
{_DOUBT}."""
"""The article. The emoji sets code points apart from UTF-16 units."""

Effect = Literal["none", "wrong", "missing", "invented", "vague"]
"""``none``: nothing is wrong. ``wrong``: one value, or both parties, of an item. ``missing`` and
``invented``: a whole item. ``vague``: values are left out, and nothing false is said."""


class Planted(NamedTuple):
    """A reading with one error."""

    name: str
    """The error, in a few words."""
    effect: Effect
    found: Draft
    """The reading."""
    list_name: ListName
    """The list that the error is in."""
    position: int = 0
    """The item's place in its golden list, from 0; of an invented one in the list found."""
    fields: tuple[str, ...] = ()
    """The fields that are wrong; none where the whole item is, or nothing is wrong."""


def read_perfectly() -> Draft:
    """Return the perfect reading of ``TEXT``."""
    to_china = {"actors": [UNITED_STATES], "targets": [CHINA]}
    to_america = {"actors": [CHINA], "targets": [UNITED_STATES]}
    truce = {"announced": "2025-10-30", "effective": "2025-11-10", "status": "in_force"}
    return build_draft(
        talks=[
            build_draft_talk(
                kind="negotiation_round", date="2025-10-25", place="Kuala Lumpur",
                topics=["tariffs"], evidence=[_ROUND],
            ),
            build_draft_talk(
                date="2025-12-05", topics=["agriculture"], status="planned", evidence=[_CALL],
            ),
        ],
        commitments=[
            build_draft_commitment(
                **to_america, statement="purchase 12 million metric tons of soybeans",
                announced="2025-10-30", due="2025", evidence=[_SOYBEANS],
            ),
            build_draft_commitment(
                **to_america, statement="stop the export of fentanyl precursors",
                topic="narcotics", quantity=None, due=None, evidence=[_PRECURSORS],
            ),
            build_draft_commitment(
                **to_america, statement="open the cloud market to U.S. firms",
                topic="market_access", quantity=None, due="2026-06", status="proposed",
                evidence=[_CLOUD],
            ),
        ],
        tariffs=[
            build_draft_tariff(
                **to_china, statement="put a duty of 25% on Chinese trucks", goods="trucks",
                action="impose", rate=25, previous_rate=None, announced="2025-11-04",
                effective="2026-01", status="threatened", evidence=[_TRUCKS],
            ),
            build_draft_tariff(
                **to_china, **truce, statement="halve the fentanyl duty on Chinese goods",
                goods=None, evidence=[_FENTANYL],
            ),
            build_draft_tariff(
                **to_china, **truce, statement="lower the duty on Chinese toys to 15%",
                goods="toys", rate=15, previous_rate=30, evidence=[_TOYS],
            ),
            build_draft_tariff(
                **to_china, **truce, statement="lower the duty on Chinese shoes to 20%",
                goods="shoes", rate=20, previous_rate=40, evidence=[_SHOES],
            ),
        ],
        chip_policies=[
            build_draft_chip_policy(
                **to_china, statement="let Nvidia ship H20 chips to China for 15% of the sales",
                companies=["Nvidia"], products=["H20"], evidence=[_CHIPS],
            ),
            build_draft_chip_policy(
                actors=[CHINA], targets=[], statement="warn firms not to use the H20",
                companies=[], products=["H20"], instrument="usage_warning", stance="tighten",
                rate=None, status="announced", evidence=[_WARNING],
            ),
        ],
        non_tariff_measures=[
            build_draft_non_tariff_measure(
                statement="suspend export controls on gallium", goods="gallium",
                announced="2025-11-07", stance="loosen", until="2026-11", status="suspended",
                evidence=[_GALLIUM],
            ),
            build_draft_non_tariff_measure(
                **to_china, statement="pause port fees on Chinese ships", goods="ships",
                announced=None, instrument="fee", stance="loosen", status="suspended",
                evidence=[_FEES],
            ),
        ],
        doubts=[
            build_draft_doubt(about="The old duty on toys was corrected.", evidence=[_DOUBT]),
        ],
    )  # fmt: skip


def list_planted() -> list[Planted]:
    """Return the thirteen readings: twelve errors, and the one that a greedy pairing falls for."""
    return [
        Planted("the lists reordered", "none", _reorder(), "tariffs"),
        _plant("rate 26, not 25", "tariffs", 0, rate=26),
        _plant("actor China, not U.S.", "tariffs", 0, actors=[CHINA]),
        _plant("both parties swapped", "tariffs", 0, actors=[CHINA], targets=[UNITED_STATES]),
        _plant("increase, not reduce", "tariffs", 2, action="increase"),
        _plant("due 2026, not 2025", "commitments", 0, due="2026"),
        _plant("in force, not threatened", "tariffs", 0, status="in_force"),
        _plant("12 tons, not 12,000,000", "commitments", 0, quantity=build_quantity(12)),
        Planted("an item missing", "missing", _leave_out_toys(), "tariffs", 2),
        Planted("an item invented", "invented", _invent_tariff(), "tariffs", 4),
        Planted("“buy” for “purchase”", "none", _reword_purchase(), "commitments"),
        _plant("a date invented", "tariffs", 2, until="2026-11-10"),
        Planted("a vague item, put first", "vague", _blur_shoes(), "tariffs", 3, tuple(_LEFT_OPEN)),
    ]


_LEFT_OPEN: dict[str, object] = {"goods": None, "rate": None, "previous_rate": None}
"""What the vague item does not say."""


def _plant(name: str, list_name: ListName, position: int, **values: object) -> Planted:
    """Return the perfect reading with other ``values`` in one item."""
    items = list(getattr(read_perfectly(), list_name))
    items[position] = _change(items[position], **values)
    return Planted(name, "wrong", _replace(list_name, items), list_name, position, tuple(values))


def _reorder() -> Draft:
    perfect = read_perfectly()
    return perfect.model_copy(
        update={name: list(reversed(getattr(perfect, name))) for name in LIST_NAMES}
    )


def _leave_out_toys() -> Draft:
    trucks, fentanyl, _toys, shoes = read_perfectly().tariffs
    return _replace("tariffs", [trucks, fentanyl, shoes])


def _invent_tariff() -> Draft:
    invented = build_draft_tariff(
        statement="lift the duty on solar panels", goods="solar panels", action="remove",
        actors=[UNITED_STATES], targets=[CHINA], rate=0, previous_rate=50,
        status="announced", evidence=[_MARKETS],
    )  # fmt: skip
    return _replace("tariffs", [*read_perfectly().tariffs, invented])


def _reword_purchase() -> Draft:
    purchase, *others = read_perfectly().commitments
    bought = _change(purchase, statement="buy 12 million metric tons of soybeans")
    return _replace("commitments", [bought, *others])


def _blur_shoes() -> Draft:
    """Return a reading whose first tariff is vague: it may be the one on toys or that on shoes.

    The one on toys is there as well, and is no other; whoever takes the first that will do for
    the vague one has none left for it.
    """
    trucks, fentanyl, toys, shoes = read_perfectly().tariffs
    both = f"{_TOYS}, {_SHOES}"
    vague = _change(shoes, statement="lower duties on Chinese goods", evidence=[both], **_LEFT_OPEN)
    reworded = _change(toys, statement="cut the tariff on Chinese toys to 15%")
    return _replace("tariffs", [vague, trucks, fentanyl, reworded])


def _replace(name: ListName, items: Sequence[DraftItem]) -> Draft:
    return read_perfectly().model_copy(update={name: list(items)})


def _change(item: DraftItem, **values: object) -> DraftItem:
    kind: Callable[[object], DraftItem] = type(item).model_validate
    return kind({**dict(item), **values})


def build_fixture() -> GoldenFixture:
    """Build the fixture that expects the perfect reading, each field of it."""
    perfect = read_perfectly().model_dump()
    lists = {name: perfect[name] for name in LIST_NAMES}
    return GoldenFixture.model_validate({"article": "planted.txt", **lists})


def claim_draft(draft: Draft, text: str = TEXT) -> ClaimedSummary:
    """Return ``draft`` as a summary of ``text``, as someone hands it in."""
    summary = build_summary(text, draft=draft)
    return ClaimedSummary.model_validate(summary.model_dump(mode="json"))
