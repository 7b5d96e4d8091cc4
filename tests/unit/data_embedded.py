"""Short articles for the embedded reader, and what the field contract has them yield.

Every text is made up in the style of wire copy, newspapers and the trade press. An expected item
gives only the fields that its text leaves no doubt about. The field contract (schema version 1)
decides what is right, not what the reader happens to find.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.base import PartialDate

CaseList = Literal["tariffs", "non_tariff_measures", "chip_policies", "commitments"]
Value = str | float | list[str] | None
PartialItem = Mapping[str, Value | tuple[Value, ...]]
"""Fields to their values; each value of a tuple is right.

Parties are names, and a quantity is its number without the unit.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """An article, and the items that are certain from its text.

    A list that is neither expected nor in ``none`` is not judged.
    """

    id: str
    """Names the case in the test's report."""
    text: str
    """The article."""
    published: PartialDate | None = None
    """When it was published."""
    tariffs: Sequence[PartialItem] = ()
    non_tariff_measures: Sequence[PartialItem] = ()
    chip_policies: Sequence[PartialItem] = ()
    commitments: Sequence[PartialItem] = ()
    none: tuple[CaseList, ...] = ()
    """Lists that stay empty."""
    extra_ok: tuple[CaseList, ...] = ()
    """Lists that may hold more than is expected: a paused or lifted measure beside its pausing."""
    gap: str = ""
    """What the rules cannot read in it yet; empty where they read it."""


TARIFF_CASES: tuple[Case, ...] = (
    Case(
        "eu-duty-since",
        (
            "The European Union has levied a 21.3% duty on electric cars from China since "
            "July 5, 2026. Sales of the brands concerned have held up better than Brussels "
            "had feared."
        ),
        tariffs=[
            {
                "actors": ["European Union"],
                "targets": ["China"],
                "goods": "electric cars",
                "rate": 21.3,
                "action": ("impose", "maintain"),
                "status": "in_force",
                "effective": "2026-07-05",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "coffee-imposed",
        (
            "The United States imposed a 25% tariff on Brazilian coffee on Aug. 6, 2025, "
            "after months of quarrelling over a court case in Brasília."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Brazil"],
                "goods": "coffee",
                "rate": 25,
                "action": "impose",
                "status": "in_force",
                "effective": "2025-08-06",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "surtax-from-to",
        (
            "Canada on Monday raised its surtax on Chinese steel from 25 per cent to 50 "
            "per cent, the finance department said. Stelco shares gained 3 per cent."
        ),
        published="2026-03-18",
        tariffs=[
            {
                "actors": ["Canada"],
                "targets": ["China"],
                "goods": "steel",
                "rate": 50,
                "previous_rate": 25,
                "action": "increase",
                "status": ("in_force", "announced"),
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "hanoi-accord",
        (
            "Under the accord signed in Hanoi, Washington will cut its tariff on "
            "Vietnamese goods from 46 percent to 20 percent, while Vietnam agreed to scrap "
            "its duties on American cars."
        ),
        published="2025-07-03",
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Vietnam"],
                "rate": 20,
                "previous_rate": 46,
                "action": "reduce",
                "status": "agreed",
            },
            {
                "actors": ["Vietnam"],
                "targets": ["United States"],
                "goods": "cars",
                "action": "remove",
                "status": "agreed",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "thirty-while-ten",
        (
            "Washington brought its levy on Chinese goods down to 30% from 145%, while "
            "China agreed to a 10% duty on American products, down from 125%."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "rate": 30,
                "previous_rate": 145,
                "action": "reduce",
            },
            {
                "actors": ["China"],
                "targets": ["United States"],
                "rate": 10,
                "previous_rate": 125,
                "action": "reduce",
                "status": "agreed",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "subject-since",
        (
            "Japanese cars have been subject to a 15% tariff at the U.S. border since "
            "September 16, 2025."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Japan"],
                "goods": "cars",
                "rate": 15,
                "status": "in_force",
                "effective": "2025-09-16",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "will-face",
        (
            "Swiss watches will face a 39% tariff when they enter the United States from "
            "August 7, 2025, the White House said in an order published on Thursday."
        ),
        published="2025-08-01",
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Switzerland"],
                "goods": "watches",
                "rate": 39,
                "status": "announced",
                "effective": "2025-08-07",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "is-subject-to",
        (
            "Mexican steel is subject to a 50% duty in the United States. Mills in "
            "Monclova have let 1,200 workers go."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Mexico"],
                "goods": "steel",
                "rate": 50,
                "action": ("impose", "maintain"),
                "status": "in_force",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "headline-and-body",
        (
            "Trump hits India with 50% tariffs over Russian oil\n\nThe United States began "
            "collecting a 50% tariff on Indian goods on Wednesday, punishing New Delhi for "
            "its purchases of Russian crude."
        ),
        published="2025-08-28",
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["India"],
                "goods": None,
                "rate": 50,
                "status": "in_force",
                "effective": "2025-08-27",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "firm-rates",
        (
            "The European Commission set the anti-subsidy duty at 17% for BYD, 18.8% for "
            "Geely and 35.3% for SAIC, all of them Chinese carmakers."
        ),
        tariffs=[
            {"actors": ["European Union"], "targets": ["China"], "companies": ["BYD"], "rate": 17},
            {
                "actors": ["European Union"],
                "targets": ["China"],
                "companies": ["Geely"],
                "rate": 18.8,
            },
            {
                "actors": ["European Union"],
                "targets": ["China"],
                "companies": ["SAIC"],
                "rate": 35.3,
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        gap="whose firms they are stands behind the last of them",
    ),
    Case(
        "firm-rates-brackets",
        (
            "Brussels confirmed extra duties on tinplate from three Chinese mills: "
            "Baosteel (13.1%), Jiangxi Hongtu (29.5%) and GDH (62.6%). Imports of tinplate "
            "had grown by 30% in two years."
        ),
        tariffs=[
            {
                "actors": ["European Union"],
                "targets": ["China"],
                "companies": ["Baosteel"],
                "rate": 13.1,
                "goods": "tinplate",
            },
            {
                "actors": ["European Union"],
                "targets": ["China"],
                "companies": ["Jiangxi Hongtu"],
                "rate": 29.5,
                "goods": "tinplate",
            },
            {
                "actors": ["European Union"],
                "targets": ["China"],
                "companies": ["GDH"],
                "rate": 62.6,
                "goods": "tinplate",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "one-firm",
        (
            "Indian shrimp exporters were dismayed. Washington has raised the "
            "countervailing duty on frozen shrimp from India to 7.4% for Devi Sea Foods, "
            "more than for any of its rivals."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["India"],
                "companies": ["Devi Sea Foods"],
                "rate": 7.4,
                "action": "increase",
                "goods": "shrimp",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "suspended-until",
        (
            "Beijing has suspended its retaliatory tariffs on U.S. farm goods until "
            "November 10, 2026."
        ),
        tariffs=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "goods": "farm goods",
                "action": "suspend",
                "status": ("in_force", "announced"),
                "until": "2026-11-10",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        extra_ok=("tariffs",),
    ),
    Case(
        "truce-extended",
        (
            "China and the United States agreed on Tuesday to extend their tariff truce "
            "until November 10, 2026, giving negotiators more time."
        ),
        published="2025-11-05",
        tariffs=[
            {
                "actors": ["China", "United States"],
                "action": "extend",
                "status": "agreed",
                "until": "2026-11-10",
                "rate": None,
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "truce-ninety-days",
        (
            "Washington and Mexico City have prolonged their tariff truce by another 90 "
            "days, President Claudia Sheinbaum said after the call."
        ),
        tariffs=[
            {
                "actors": ["United States", "Mexico"],
                "action": "extend",
                "until": None,
                "rate": None,
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "exempted-electronics",
        (
            "Smartphones and laptops from China have been exempt from the American tariffs "
            "since April 11, 2026."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "goods": "smartphones and laptops",
                "action": "exempt",
                "status": "in_force",
                "effective": "2026-04-11",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        extra_ok=("tariffs",),
    ),
    Case(
        "exempted-juice",
        (
            "Washington on Thursday exempted Brazilian orange juice from its tariffs, a "
            "reprieve for growers around Araraquara."
        ),
        published="2025-11-21",
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Brazil"],
                "goods": "orange juice",
                "action": "exempt",
                "status": ("in_force", "announced"),
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        extra_ok=("tariffs",),
    ),
    Case(
        "threat-if",
        (
            "President Donald Trump threatened on Sunday to slap a 100% tariff on Canadian "
            "goods if Ottawa strikes a trade pact with Beijing."
        ),
        published="2026-01-26",
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Canada"],
                "rate": 100,
                "status": "threatened",
                "announced": "2026-01-25",
                "condition": "Ottawa",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "threat-unless",
        (
            "South Korean cars will be charged 25% unless the National Assembly ratifies "
            "the investment deal soon, the U.S. president warned."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["South Korea"],
                "goods": "cars",
                "rate": 25,
                "status": "threatened",
                "condition": "ratifies",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        gap="whose the threat is, only who speaks of it tells",
    ),
    Case(
        "threat-wine",
        (
            "On Truth Social, Trump threatened to put a 200% tariff on champagne and other "
            "French wines unless Paris joined his peace board. The CAC 40 closed 0.6% "
            "lower."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["France"],
                "rate": 200,
                "status": "threatened",
                "action": "impose",
                "condition": "Paris",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "proposed-steel",
        (
            "The European Commission has proposed a 50% duty on imported steel. Member "
            "states will vote on it next spring."
        ),
        tariffs=[
            {"actors": ["European Union"], "goods": "steel", "rate": 50, "status": "proposed"},
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "mexican-bill",
        ("A bill before Mexico's Congress would put a 50% tariff on cars from China, up from 20%."),
        tariffs=[
            {
                "actors": ["Mexico"],
                "targets": ["China"],
                "goods": "cars",
                "rate": 50,
                "previous_rate": 20,
                "status": "proposed",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "eu-india-wine",
        (
            "India and the European Union have concluded a pact under which New Delhi will "
            "lower its duty on European wine from 150% to 20%."
        ),
        published="2026-01-28",
        tariffs=[
            {
                "actors": ["India"],
                "targets": ["European Union"],
                "goods": "wine",
                "rate": 20,
                "previous_rate": 150,
                "action": "reduce",
                "status": "agreed",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "swiss-rejected",
        (
            "The Swiss government weighed a retaliatory tariff of 15% on American whiskey "
            "but decided against it, two officials said."
        ),
        tariffs=[
            {
                "actors": ["Switzerland"],
                "targets": ["United States"],
                "goods": "whiskey",
                "rate": 15,
                "action": "impose",
                "status": "rejected",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "voted-down",
        "EU governments have voted down a proposed 12% duty on Moroccan tomatoes.",
        tariffs=[
            {
                "actors": ["European Union"],
                "targets": ["Morocco"],
                "goods": "tomatoes",
                "rate": 12,
                "status": "rejected",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "history-ended",
        ("In 2018 Washington levied a 25% tariff on Mexican steel; it was lifted in May 2019."),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Mexico"],
                "goods": "steel",
                "rate": 25,
                "action": "impose",
                "status": "ended",
                "effective": "2018",
                "until": "2019-05",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        gap="the last day stands with another verb",
    ),
    Case(
        "beef-scrapped",
        "Tokyo scrapped its tariff on American beef as of 1 April 2026.",
        tariffs=[
            {
                "actors": ["Japan"],
                "targets": ["United States"],
                "goods": "beef",
                "action": "remove",
                "effective": "2026-04-01",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        extra_ok=("tariffs",),
    ),
    Case(
        "dishwashers-abolished",
        ("The surtax that Canada had put on American dishwashers was abolished on March 1, 2026."),
        tariffs=[
            {
                "actors": ["Canada"],
                "targets": ["United States"],
                "goods": "dishwashers",
                "action": ("remove", "impose"),
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        extra_ok=("tariffs",),
    ),
    Case(
        "doubling-nominal",
        ("The doubling of the U.S. tariff on Indian goods to 50% took effect on Aug. 27, 2025."),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["India"],
                "rate": 50,
                "action": "increase",
                "status": "in_force",
                "effective": "2025-08-27",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "seoul-reports-cut",
        (
            "Seoul said that Washington would lower the duty on South Korean cars to 15% "
            "from 25% as of Nov. 1, 2025."
        ),
        published="2025-11-14",
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["South Korea"],
                "goods": "cars",
                "rate": 15,
                "previous_rate": 25,
                "action": "reduce",
                "effective": "2025-11-01",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "relative-clause",
        (
            "The 27% levy that Washington has collected on Taiwanese machine tools since "
            "February is crippling exporters in Taichung, where orders are down 40%."
        ),
        published="2026-05-20",
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Taiwan"],
                "goods": "machine tools",
                "rate": 27,
                "status": "in_force",
                "effective": "2026-02",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "bullets-three",
        (
            "What has been agreed so far:\n\n• United Kingdom: U.S. tariff on cars falls to "
            "10% from 27.5%\n• Japan: U.S. tariff on cars falls to 15% from 27.5%\n• "
            "Switzerland: U.S. tariff on all goods falls to 15% from 39%"
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["United Kingdom"],
                "rate": 10,
                "previous_rate": 27.5,
                "action": "reduce",
            },
            {
                "actors": ["United States"],
                "targets": ["Japan"],
                "rate": 15,
                "previous_rate": 27.5,
                "action": "reduce",
            },
            {
                "actors": ["United States"],
                "targets": ["Switzerland"],
                "rate": 15,
                "previous_rate": 39,
                "action": "reduce",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "gerunds-three",
        (
            "Mexico hit back on Friday by raising its duty on American pork to 20%, "
            "slapping a 15% tariff on American apples and putting 25% on American bourbon."
        ),
        published="2026-03-07",
        tariffs=[
            {
                "actors": ["Mexico"],
                "targets": ["United States"],
                "goods": "pork",
                "rate": 20,
                "action": "increase",
            },
            {
                "actors": ["Mexico"],
                "targets": ["United States"],
                "goods": "apples",
                "rate": 15,
                "action": "impose",
            },
            {
                "actors": ["Mexico"],
                "targets": ["United States"],
                "goods": "bourbon",
                "rate": 25,
                "action": "impose",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "by-percent",
        ("U.S. President Donald Trump vowed to raise tariffs on Canadian timber by 25 percent."),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Canada"],
                "goods": "timber",
                "rate": None,
                "action": "increase",
                "status": ("announced", "threatened"),
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "by-points",
        (
            "Washington is increasing its tariff on Brazilian steel by 10 percentage "
            "points, the White House announced."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Brazil"],
                "goods": "steel",
                "rate": None,
                "action": "increase",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "range",
        (
            "China has charged duties of between 27.7% and 34.9% on European brandy since "
            "July 5, 2025."
        ),
        tariffs=[
            {
                "actors": ["China"],
                "targets": ["European Union"],
                "goods": "brandy",
                "rate": None,
                "status": "in_force",
                "effective": "2025-07-05",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "up-to",
        (
            "The EU has slapped duties of up to 35.3% on Chinese electric vehicles, and "
            "their makers have taken it to court."
        ),
        tariffs=[
            {
                "actors": ["European Union"],
                "targets": ["China"],
                "goods": "electric vehicles",
                "rate": None,
                "action": "impose",
                "status": ("in_force", "announced"),
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "same-rate-three-targets",
        (
            "Japan, South Korea and the European Union all face the same 15% U.S. tariff "
            "on their cars."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Japan", "South Korea", "European Union"],
                "goods": "cars",
                "rate": 15,
                "status": "in_force",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "quote-mexico",
        (
            "“We're putting a 30% tariff on Mexico,” Trump told reporters on the South "
            "Lawn. “It starts on August 1.”"
        ),
        published="2025-07-14",
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Mexico"],
                "rate": 30,
                "status": ("announced", "threatened"),
                "effective": "2025-08-01",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "dairy-kept-out",
        (
            "India agreed to lower its duty on American almonds to 10% from 40%, but dairy "
            "was kept out of the deal."
        ),
        tariffs=[
            {
                "actors": ["India"],
                "targets": ["United States"],
                "goods": "almonds",
                "rate": 10,
                "previous_rate": 40,
                "action": "reduce",
                "status": "agreed",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "baseline-kept",
        ("Under the deal with London, Washington keeps a 10% baseline tariff on British goods."),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["United Kingdom"],
                "rate": 10,
                "action": "maintain",
                "status": ("in_force", "agreed"),
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "counter-tariffs-dropped",
        (
            "Canada will drop its counter-tariffs on U.S. goods on September 1, 2025, "
            "Prime Minister Mark Carney announced on Friday."
        ),
        published="2025-08-23",
        tariffs=[
            {
                "actors": ["Canada"],
                "targets": ["United States"],
                "action": "remove",
                "status": "announced",
                "effective": "2025-09-01",
                "announced": "2025-08-22",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "korean-dumping-duties",
        (
            "South Korea will levy provisional anti-dumping duties of up to 33.57% on "
            "hot-rolled steel from Japan and China, its trade commission decided on "
            "Thursday."
        ),
        tariffs=[
            {
                "actors": ["South Korea"],
                "targets": ["China", "Japan"],
                "goods": "hot-rolled steel",
                "rate": None,
                "action": "impose",
                "status": "announced",
            },
        ],
        none=("chip_policies", "commitments"),
    ),
    Case(
        "vietnam-coil",
        (
            "Vietnam's trade ministry slapped a 27.83% anti-dumping duty on Chinese "
            "hot-rolled coil, to last for five years."
        ),
        tariffs=[
            {
                "actors": ["Vietnam"],
                "targets": ["China"],
                "goods": "hot-rolled coil",
                "rate": 27.83,
                "action": "impose",
                "until": None,
            },
        ],
        none=("chip_policies", "commitments"),
    ),
    Case(
        "brazil-ev",
        (
            "Brazil raised its import duty on electric cars to 35% in July 2026. Until "
            "then the rate had been 25%."
        ),
        tariffs=[
            {
                "actors": ["Brazil"],
                "targets": [],
                "goods": "electric cars",
                "rate": 35,
                "previous_rate": 25,
                "action": "increase",
                "effective": "2026-07",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "lentils-doubled",
        (
            "NEW DELHI: India doubled its import duty on lentils to 20% from 10% with "
            "effect from Saturday, the finance ministry said."
        ),
        tariffs=[
            {
                "actors": ["India"],
                "targets": [],
                "goods": "lentils",
                "rate": 20,
                "previous_rate": 10,
                "action": "increase",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "taiwan-won-cut",
        (
            "Taipei's negotiators have won a reduction of the U.S. tariff on Taiwanese "
            "goods to 15% from 20%."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["Taiwan"],
                "rate": 15,
                "previous_rate": 20,
                "action": "reduce",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "canola",
        (
            "Under the deal reached in Beijing, China is to lower its duty on Canadian "
            "canola seed from 84 per cent to 15 per cent. Futures in Winnipeg rose 2.1 per "
            "cent."
        ),
        tariffs=[
            {
                "actors": ["China"],
                "targets": ["Canada"],
                "goods": "canola seed",
                "rate": 15,
                "previous_rate": 84,
                "action": "reduce",
                "status": "agreed",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "eu-cars-swap",
        (
            "The EU agreed to eliminate its tariff on American cars. Washington, in turn, "
            "will lower its tariff on European cars to 15% from 27.5%."
        ),
        tariffs=[
            {
                "actors": ["European Union"],
                "targets": ["United States"],
                "goods": "cars",
                "action": "remove",
                "status": "agreed",
            },
            {
                "actors": ["United States"],
                "targets": ["European Union"],
                "goods": "cars",
                "rate": 15,
                "previous_rate": 27.5,
                "action": "reduce",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "remains-in-place",
        (
            "The 25% duty on steel from China remains in place, the European Commission "
            "stressed, contradicting a report that it had been dropped."
        ),
        tariffs=[
            {
                "actors": ["European Union"],
                "targets": ["China"],
                "goods": "steel",
                "rate": 25,
                "action": "maintain",
                "status": "in_force",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        gap="whose the duty is, only who speaks of it tells",
    ),
    Case(
        "rice-complaint",
        "Trump complained again that Japan charges a 700% tariff on rice.",
        tariffs=[
            {"actors": ["Japan"], "goods": "rice", "rate": 700, "status": "in_force"},
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "wire-lede",
        (
            "BEIJING, March 4 (Reuters) - China will impose additional tariffs of 15% on "
            "U.S. chicken, wheat, corn and cotton from March 10, the finance ministry said "
            "on Tuesday."
        ),
        published="2025-03-04",
        tariffs=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "goods": "chicken, wheat, corn and cotton",
                "rate": 15,
                "action": "impose",
                "status": "announced",
                "effective": "2025-03-10",
                "announced": "2025-03-04",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        gap='the checks take 15% of "additional tariffs of 15%" for a change and no level',
    ),
    Case(
        "two-goods-two-rates",
        (
            "China retaliated within minutes, putting a 15% tariff on American coal and a "
            "10% tariff on American crude oil."
        ),
        tariffs=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "goods": "coal",
                "rate": 15,
                "action": "impose",
            },
            {
                "actors": ["China"],
                "targets": ["United States"],
                "goods": "crude oil",
                "rate": 10,
                "action": "impose",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "pronoun-syringes",
        (
            "Chinese-made syringes now cost twice as much in America. They have been taxed "
            "at 100% at U.S. customs since Sept. 27, 2024, under a Biden-era tariff order."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "goods": "syringes",
                "rate": 100,
                "status": "in_force",
                "effective": "2024-09-27",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
        gap='"they" stands for the goods of the sentence before',
    ),
    Case(
        "chip-duty-is-tariff",
        ("The United States has levied a 25% duty on imported AI chips since January 15, 2026."),
        tariffs=[
            {
                "actors": ["United States"],
                "goods": "AI chips",
                "rate": 25,
                "status": "in_force",
                "effective": "2026-01-15",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "chip-duty-threat",
        (
            "Trump threatened to put a 100% tariff on imported semiconductors unless their "
            "makers build plants in America."
        ),
        tariffs=[
            {
                "actors": ["United States"],
                "goods": "semiconductors",
                "rate": 100,
                "action": "impose",
                "status": "threatened",
                "condition": "build plants",
            },
        ],
        none=("non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-growth",
        (
            "China's economy grew 5.2% in the second quarter, helped by sales to Southeast "
            "Asia, the statistics bureau said. Retail sales rose 4.8%."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-shares",
        (
            "Shares in BYD fell 4.7% in Hong Kong as traders fretted about trade tensions "
            "with Europe; Geely lost 2.3%."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-poll",
        (
            "Some 62% of Canadians oppose new tariffs on American goods, according to an "
            "Angus Reid poll published on Tuesday. Another 21% have no opinion."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-margin",
        (
            "The importer says rising costs have squeezed its margins to 3% from 9%, and "
            "blames tariffs for most of it."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-stake",
        (
            "Brazil's Embraer sold a 20% stake in its flying-taxi unit to a South Korean "
            "investor. The price valued the unit 35% above its last funding round."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-interest-rate",
        (
            "The Bank of Canada cut its key rate to 2.25% from 2.5%, citing the damage "
            "that tariffs have done to exports."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-inflation",
        (
            "Tariffs have pushed American inflation to 3.1%, the highest since January, "
            "economists at a Wall Street bank reckon."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-export-drop",
        (
            "Japan's car exports to the United States fell 24% in May, customs data "
            "showed, and Subaru raised its prices by 6%."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-trade-share",
        (
            "The United States takes 80% of Mexico's exports and 76% of Canada's, "
            "according to the central bank in Mexico City."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-company-tax",
        (
            "Ireland has raised its corporate tax from 12.5% to 15% for big groups, the "
            "finance minister told the Dáil."
        ),
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "no-denied-report",
        (
            "The White House denied that it was preparing a 20% tariff on British "
            "medicines. “Fake news,” a spokesman said."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-plan",
        (
            "Ottawa has no plan to put tariffs on American energy, the industry minister "
            "said on Monday."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-demand",
        (
            "Beijing urged Washington to scrap all its unilateral tariffs and return to "
            "the path of dialogue."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-lobby",
        (
            "Soybean growers from Iowa travelled to the Capitol to call for an end to "
            "tariffs. “We want trade, not aid,” their leader said."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-forecast",
        (
            "Analysts at a Japanese bank expect tariffs to average 17% by the end of next "
            "year, which would shave 0.4% off global output."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-study",
        (
            "A 10% rise in tariffs lowers imports by 4% within a year, the paper by two "
            "Zurich economists finds."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
)
"""Duties imposed, moved, paused, threatened, lifted; and percentages that are none."""

MEASURE_CASES: tuple[Case, ...] = (
    Case(
        "rare-earths-since",
        (
            "Since April 4, 2025, Chinese exporters of seven rare earths have had to "
            "obtain a licence for every shipment."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "goods": "rare earths",
                "instrument": ("export_control", "license"),
                "status": "in_force",
                "effective": "2025-04-04",
                "stance": ("tighten", "maintain"),
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "gallium-announced",
        (
            "China's Ministry of Commerce announced on Monday that exports of gallium and "
            "germanium will require a licence from August 1, 2026."
        ),
        published="2026-07-07",
        non_tariff_measures=[
            {
                "actors": ["China"],
                "goods": "gallium and germanium",
                "instrument": ("export_control", "license"),
                "stance": "tighten",
                "status": "announced",
                "announced": "2026-07-06",
                "effective": "2026-08-01",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "graphite-2023",
        (
            "Beijing tightened its export controls on graphite on Dec. 1, 2023, a step "
            "that rattled battery makers from Ulsan to Georgia."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "goods": "graphite",
                "instrument": "export_control",
                "stance": "tighten",
                "status": "in_force",
                "effective": "2023-12-01",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "drone-parts-passive",
        (
            "Export permits are now required for drone motors and infrared cameras leaving "
            "China, customs officials confirmed."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "goods": "drone motors",
                "instrument": ("export_control", "license"),
                "stance": ("tighten", "maintain"),
                "status": "in_force",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "magnets-granted",
        (
            "China has granted export licences for rare-earth magnets to four suppliers of "
            "German carmakers, people familiar with the matter said."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "goods": "magnets",
                "instrument": "license",
                "stance": "loosen",
                "status": "in_force",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "antimony-refused",
        (
            "China refused a Dutch smelter a licence to buy antimony, the company said on "
            "Wednesday. Its shares dropped 7%."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "goods": "antimony",
                "instrument": "license",
                "status": ("rejected", "in_force"),
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "entity-list-added",
        (
            "The U.S. Commerce Department added 23 Chinese companies to its Entity List on "
            "Friday, accusing them of supplying the Iranian military."
        ),
        published="2026-03-14",
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "entity_listing",
                "stance": "tighten",
                "status": ("in_force", "announced"),
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "unreliable-entities",
        (
            "China put Skydio and two other American drone makers on its unreliable entity "
            "list, cutting them off from Chinese batteries."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "instrument": "entity_listing",
                "stance": "tighten",
                "status": ("in_force", "announced"),
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "delisted",
        (
            "Washington has taken 27 Chinese firms off its Unverified List after checks by "
            "American officials."
        ),
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": ("entity_listing", "export_control"),
                "stance": "loosen",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "seafood-ban",
        (
            "China has banned all imports of Japanese seafood since November 19, 2025. "
            "Scallop boats in Hokkaido lie idle."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["Japan"],
                "goods": "seafood",
                "instrument": "import_ban",
                "stance": "tighten",
                "status": "in_force",
                "effective": "2025-11-19",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "beef-ban-lifted",
        ("Canadian beef is welcome again in China: on Friday Beijing lifted its ban on the meat."),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["Canada"],
                "goods": ("beef", "meat"),
                "instrument": "import_ban",
                "stance": "loosen",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
        gap="whose meat it is stands in the clause before",
    ),
    Case(
        "pet-food-to-be-lifted",
        (
            "Beijing will lift its ban on imports of Canadian pet food in March 2026, "
            "officials in Ottawa said."
        ),
        published="2026-01-19",
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["Canada"],
                "goods": "pet food",
                "instrument": "import_ban",
                "stance": "loosen",
                "status": ("announced", "agreed"),
                "effective": "2026-03",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
    ),
    Case(
        "beef-quota",
        (
            "Beijing has imposed a quota of 205,000 tonnes a year on Australian beef, "
            "which came into force on January 1, 2026."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["Australia"],
                "goods": "beef",
                "instrument": "quota",
                "stance": "tighten",
                "status": "in_force",
                "effective": "2026-01-01",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        gap="the first day stands in a relative clause behind the goods",
    ),
    Case(
        "steel-quota-cut",
        "The EU will cut its steel import quotas by 47% from July 1, 2026.",
        published="2026-04-20",
        non_tariff_measures=[
            {
                "actors": ["European Union"],
                "goods": "steel",
                "instrument": "quota",
                "stance": "tighten",
                "status": "announced",
                "effective": "2026-07-01",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "ev-quota-agreed",
        "Canada agreed to a yearly import quota of 49,000 Chinese electric vehicles.",
        non_tariff_measures=[
            {
                "actors": ["Canada"],
                "targets": ["China"],
                "goods": "electric vehicles",
                "instrument": "quota",
                "status": "agreed",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "port-fee",
        (
            "The United States began charging Chinese-built ships a port fee of $50 per "
            "net ton on October 14, 2025."
        ),
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "fee",
                "stance": "tighten",
                "status": "in_force",
                "effective": "2025-10-14",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "port-fees-suspended",
        "China has suspended its port fees on American ships until November 10, 2026.",
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "instrument": "fee",
                "stance": "loosen",
                "status": ("in_force", "announced"),
                "until": "2026-11-10",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
    ),
    Case(
        "port-fee-pause-extended",
        (
            "Washington extended its pause on port fees for Chinese ships until November "
            "9, 2027, the trade representative's office said."
        ),
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "fee",
                "stance": "loosen",
                "until": "2027-11-09",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
    ),
    Case(
        "pork-probe-opened",
        (
            "The Chinese commerce ministry opened an anti-dumping investigation into "
            "European pork on June 17, 2024."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["European Union"],
                "goods": "pork",
                "instrument": "investigation",
                "stance": "tighten",
                "status": ("in_force", "announced"),
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "probe-closed",
        (
            "Brussels has closed its anti-dumping investigation into Indian fibre-optic "
            "cables without taking measures."
        ),
        non_tariff_measures=[
            {
                "actors": ["European Union"],
                "targets": ["India"],
                "goods": "fibre-optic cables",
                "instrument": "investigation",
                "status": "ended",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "section-301-brazil",
        (
            "Washington launched a Section 301 investigation into Brazil's digital payment "
            "practices on July 15, 2025."
        ),
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "targets": ["Brazil"],
                "instrument": "investigation",
                "stance": ("tighten", "unclear"),
                "status": ("in_force", "announced"),
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "canadian-probe-gerund",
        (
            "Canada's border agency retaliated by opening an anti-dumping inquiry into "
            "American gypsum board."
        ),
        non_tariff_measures=[
            {
                "actors": ["Canada"],
                "targets": ["United States"],
                "goods": "gypsum board",
                "instrument": "investigation",
                "status": ("in_force", "announced"),
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "visa-fee",
        (
            "The United States has charged employers a $100,000 fee on each new H-1B visa "
            "since September 21, 2025. India's IT firms say 70% of those visas go to their "
            "staff."
        ),
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "instrument": ("fee", "visa"),
                "stance": ("tighten", "maintain"),
                "status": "in_force",
                "effective": "2025-09-21",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "student-visas",
        (
            "Washington will revoke the visas of Chinese students in sensitive fields, "
            "Secretary of State Marco Rubio announced."
        ),
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "visa",
                "stance": "tighten",
                "status": "announced",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "outbound-investment",
        (
            "U.S. rules that bar American funds from investing in Chinese "
            "quantum-computing firms took effect on January 2, 2025."
        ),
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "investment_limit",
                "stance": "tighten",
                "status": "in_force",
                "effective": "2025-01-02",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        gap="the measure stands within the subject of the verb that dates it",
    ),
    Case(
        "india-eases-investment",
        (
            "New Delhi has eased its limits on Chinese investment, allowing stakes of up "
            "to 10% without government approval."
        ),
        non_tariff_measures=[
            {
                "actors": ["India"],
                "targets": ["China"],
                "instrument": "investment_limit",
                "stance": "loosen",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "rare-earth-threat",
        (
            "Beijing warned that it would ban rare earth exports to Japan if Tokyo sent "
            "troops to the strait."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["Japan"],
                "goods": "rare earth",
                "instrument": ("export_ban", "export_control"),
                "stance": "tighten",
                "status": "threatened",
                "condition": "Tokyo",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "beef-threat",
        (
            "Mr Trump threatened to ban imports of Mexican beef unless ranchers in Sonora "
            "contained the screwworm."
        ),
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "targets": ["Mexico"],
                "goods": "beef",
                "instrument": "import_ban",
                "stance": "tighten",
                "status": "threatened",
                "condition": "screwworm",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "october-rules-agreed",
        "China agreed to suspend its October export controls on rare earths for a year.",
        non_tariff_measures=[
            {
                "actors": ["China"],
                "goods": "rare earths",
                "instrument": ("export_control", "license"),
                "stance": "loosen",
                "status": "agreed",
                "until": None,
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
    ),
    Case(
        "affiliates-rule",
        (
            "In November 2025 Washington put on hold, for one year, a rule that extended "
            "its entity list to the subsidiaries of listed firms."
        ),
        non_tariff_measures=[
            {
                "actors": ["United States"],
                "instrument": ("entity_listing", "export_control"),
                "stance": "loosen",
                "until": None,
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
    ),
    Case(
        "gallium-ban-suspended",
        (
            "In December 2024 China banned exports of gallium, germanium and antimony to "
            "the United States; the ban is suspended until November 27, 2026."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "goods": "gallium",
                "instrument": "export_ban",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
    ),
    Case(
        "rice-ban-lifted",
        "India lifted its ban on exports of non-basmati white rice in September 2024.",
        non_tariff_measures=[
            {"actors": ["India"], "goods": "rice", "instrument": "export_ban", "stance": "loosen"},
        ],
        none=("tariffs", "chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
    ),
    Case(
        "diamonds",
        "The UK has prohibited imports of Russian diamonds since January 1, 2024.",
        non_tariff_measures=[
            {
                "actors": ["United Kingdom"],
                "targets": ["Russia"],
                "goods": "diamonds",
                "instrument": "import_ban",
                "stance": "tighten",
                "status": "in_force",
                "effective": "2024-01-01",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "chicken-resumed",
        (
            "China has lifted its ban on Brazilian chicken, which it had imposed in May "
            "over an outbreak of bird flu."
        ),
        published="2025-11-08",
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["Brazil"],
                "goods": "chicken",
                "instrument": "import_ban",
                "stance": "loosen",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
    ),
    Case(
        "korean-beef-kept",
        (
            "Seoul will keep its ban on imports of American beef from older cattle, the "
            "presidential office said."
        ),
        non_tariff_measures=[
            {
                "actors": ["South Korea"],
                "targets": ["United States"],
                "goods": "beef",
                "instrument": "import_ban",
                "stance": ("maintain", "tighten"),
                "status": ("in_force", "announced"),
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "ore-bill",
        (
            "A draft law before Vietnam's National Assembly would ban the export of raw "
            "rare earth ore."
        ),
        non_tariff_measures=[
            {
                "actors": ["Vietnam"],
                "goods": "rare earth ore",
                "instrument": "export_ban",
                "stance": "tighten",
                "status": "proposed",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "parcel-fee",
        (
            "The European Commission proposed on Wednesday a handling fee of 2 euros on "
            "small parcels from China. About 91% of such parcels come from there."
        ),
        non_tariff_measures=[
            {
                "actors": ["European Union"],
                "targets": ["China"],
                "goods": "parcels",
                "instrument": "fee",
                "stance": "tighten",
                "status": "proposed",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "solar-motion",
        "The Dutch parliament rejected a motion to ban imports of Chinese solar panels.",
        non_tariff_measures=[
            {
                "actors": ["Netherlands"],
                "targets": ["China"],
                "goods": "solar panels",
                "instrument": "import_ban",
                "stance": "tighten",
                "status": "rejected",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "three-answers",
        (
            "China hit back by adding five American defence contractors to its unreliable "
            "entity list, banning imports of American sorghum and opening an anti-dumping "
            "investigation into American engine oil."
        ),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "instrument": "entity_listing",
                "stance": "tighten",
            },
            {
                "actors": ["China"],
                "targets": ["United States"],
                "goods": "sorghum",
                "instrument": "import_ban",
                "stance": "tighten",
            },
            {
                "actors": ["China"],
                "targets": ["United States"],
                "goods": "engine oil",
                "instrument": "investigation",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "bulleted-answers",
        (
            "Beijing announced three steps against the United States on Tuesday:\n\n- export "
            "controls on tungsten and tellurium\n- an antitrust investigation into Google\n- "
            "a ban on imports of American logs"
        ),
        published="2025-03-04",
        non_tariff_measures=[
            {
                "actors": ["China"],
                "goods": "tungsten and tellurium",
                "instrument": "export_control",
                "stance": "tighten",
            },
            {"actors": ["China"], "instrument": "investigation"},
            {
                "actors": ["China"],
                "targets": ["United States"],
                "goods": "logs",
                "instrument": "import_ban",
                "stance": "tighten",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
        gap="the points of the list are noun phrases without a verb",
    ),
    Case(
        "machine-tools-russia",
        "Japan banned exports of machine tools to Russia in 2023.",
        non_tariff_measures=[
            {
                "actors": ["Japan"],
                "targets": ["Russia"],
                "goods": "machine tools",
                "instrument": ("export_ban", "export_control"),
                "stance": "tighten",
                "status": "in_force",
                "effective": "2023",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "visa-waiver",
        ("China has extended visa-free entry for South Korean travellers until December 31, 2026."),
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["South Korea"],
                "instrument": "visa",
                "stance": "loosen",
                "until": "2026-12-31",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "flower-quota-ended",
        (
            "Switzerland's quota on imported cut flowers was abolished on 1 January 2024, "
            "importers recalled."
        ),
        non_tariff_measures=[
            {"actors": ["Switzerland"], "goods": "cut flowers", "instrument": "quota"},
        ],
        none=("chip_policies", "commitments"),
        extra_ok=("non_tariff_measures",),
    ),
    Case(
        "no-ban-denied",
        (
            "China denied that it had banned exports of rare earths to Europe. “Trade is "
            "normal,” a foreign ministry spokeswoman said."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-plan-rice",
        ("India has no plan to restrict exports of rice, the food minister told parliament."),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-export-growth",
        (
            "China's exports of rare-earth magnets rose 12% in June from May, customs data "
            "showed; shipments to Germany were up 38%."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-museum-ban",
        (
            "The museum lifted its ban on photography and raised its entrance fee to 16 "
            "euros. Visitors from China pay the same."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-prosecutors",
        (
            "Prosecutors in Seoul opened an investigation into a former trade minister "
            "over a flat in Gangnam."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-taxi-licence",
        ("Uber was granted a licence to operate in London for another two and a half years."),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-plea-magnets",
        (
            "European carmakers pleaded with Beijing for faster paperwork on magnets, and "
            "Brussels raised the matter at the summit."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
)
"""Controls, licences, listings, bans, quotas, fees, probes and visas outside chips."""

CHIP_CASES: tuple[Case, ...] = (
    Case(
        "h20-licence",
        (
            "The U.S. Commerce Department has granted Nvidia a licence to sell its H20 "
            "chips in China."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "license",
                "stance": "loosen",
                "status": "in_force",
                "companies": ["Nvidia"],
                "products": ["H20"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "h20-requirement",
        (
            "In April 2025 Washington told Nvidia that it would need a licence to ship its "
            "H20 chips to China, and the company wrote off $4.5 billion of stock."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": ("export_control", "license"),
                "stance": "tighten",
                "status": ("in_force", "announced"),
                "companies": ["Nvidia"],
                "products": ["H20"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "h200-for-a-cut",
        (
            "President Donald Trump said the United States would allow Nvidia to sell H200 "
            "chips to approved customers in China. In return, Washington will take 25% of "
            "the sales."
        ),
        published="2025-12-09",
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": ("license", "export_control"),
                "stance": "loosen",
                "products": ["H200"],
            },
            {"actors": ["United States"], "instrument": "revenue_share", "rate": 25},
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "mi308-held",
        (
            "AMD said it holds licences from the Commerce Department to export its MI308 "
            "accelerators to China."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "license",
                "status": "in_force",
                "companies": ["AMD"],
                "products": ["MI308"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "fifteen-percent-cut",
        (
            "Under the arrangement, Nvidia and AMD hand the U.S. government 15% of what "
            "they earn from chip sales in China."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "instrument": "revenue_share",
                "rate": 15,
                "companies": ["Nvidia", "AMD"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "h20-caution",
        (
            "Chinese authorities have cautioned local companies against using Nvidia's H20 "
            "chips in government work."
        ),
        chip_policies=[
            {
                "actors": ["China"],
                "instrument": "usage_warning",
                "stance": "tighten",
                "status": "in_force",
                "products": ["H20"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "order-not-to-buy",
        (
            "China's internet regulator ordered ByteDance and Alibaba to stop buying "
            "Nvidia's RTX Pro 6000D chips. Nvidia shares slid 2.6% in New York."
        ),
        chip_policies=[
            {
                "actors": ["China"],
                "instrument": "procurement_ban",
                "stance": "tighten",
                "products": ["RTX Pro 6000D"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "state-data-centres",
        (
            "State-funded data centres in China have been told to rip out foreign AI "
            "chips, two people briefed on the order said."
        ),
        chip_policies=[
            {
                "actors": ["China"],
                "instrument": ("procurement_ban", "usage_warning", "other"),
                "stance": "tighten",
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "customs-turned-back",
        (
            "Chinese customs officers have refused to let shipments of Nvidia's H200 chips "
            "into the country."
        ),
        chip_policies=[
            {
                "actors": ["China"],
                "instrument": ("import_refusal", "enforcement"),
                "stance": "tighten",
                "products": ["H200"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "micron-barred",
        (
            "China barred operators of critical infrastructure from buying Micron's memory "
            "chips in May 2023."
        ),
        chip_policies=[
            {
                "actors": ["China"],
                "instrument": "procurement_ban",
                "stance": "tighten",
                "status": "in_force",
                "companies": ["Micron"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "japan-tools",
        (
            "Japan will restrict exports of 23 types of chipmaking equipment from July 23, "
            "2023, the trade ministry said."
        ),
        published="2023-05-23",
        chip_policies=[
            {
                "actors": ["Japan"],
                "instrument": "export_control",
                "stance": "tighten",
                "status": "announced",
                "effective": "2023-07-23",
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "dutch-immersion",
        (
            "Since September 7, 2024, ASML has had to apply to the Dutch government for a "
            "licence before it can ship its NXT:1970i machines."
        ),
        chip_policies=[
            {
                "actors": ["Netherlands"],
                "instrument": ("export_control", "license"),
                "stance": ("tighten", "maintain"),
                "status": "in_force",
                "effective": "2024-09-07",
                "companies": ["ASML"],
                "products": ["NXT:1970i"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "dutch-revoked",
        (
            "The Netherlands partially revoked ASML's licence to ship NXT:2050i "
            "lithography systems to China."
        ),
        chip_policies=[
            {
                "actors": ["Netherlands"],
                "targets": ["China"],
                "instrument": "license",
                "stance": "tighten",
                "companies": ["ASML"],
                "products": ["NXT:2050i"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "us-tool-rules",
        (
            "The United States has barred exports of 24 types of chipmaking tools to China "
            "since December 2, 2024."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "export_control",
                "stance": ("tighten", "maintain"),
                "status": "in_force",
                "effective": "2024-12-02",
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "ymtc-listed",
        ("Washington placed the memory-chip maker YMTC on its Entity List in December 2022."),
        chip_policies=[
            {
                "actors": ["United States"],
                "instrument": "entity_listing",
                "stance": "tighten",
                "status": "in_force",
                "companies": ["YMTC"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "smic-and-friends",
        (
            "Added to the U.S. Entity List on Monday were the Chinese chipmakers SMIC and "
            "Piotech. Both called the move groundless."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "entity_listing",
                "stance": "tighten",
                "companies": ["SMIC", "Piotech"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "taiwan-permission",
        (
            "Taiwan's chipmakers now need an export permit before they may ship "
            "semiconductors to Huawei or SMIC, the economy ministry in Taipei said."
        ),
        chip_policies=[
            {
                "actors": ["Taiwan"],
                "instrument": ("export_control", "license"),
                "stance": "tighten",
                "status": "in_force",
                "companies": ["Huawei", "SMIC"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "tracker-bill",
        (
            "A bipartisan bill in the U.S. Senate would require Nvidia to fit location "
            "trackers to its advanced AI chips."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "instrument": "legislation",
                "stance": "tighten",
                "status": "proposed",
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "gain-act-dropped",
        (
            "U.S. lawmakers rejected the GAIN AI Act, a bill that would have made "
            "chipmakers serve American buyers before Chinese ones."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "instrument": "legislation",
                "stance": "tighten",
                "status": "rejected",
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "micron-subsidy",
        (
            "Tokyo will give Micron up to 500 billion yen in subsidies to build a "
            "memory-chip plant in Hiroshima."
        ),
        chip_policies=[
            {
                "actors": ["Japan"],
                "instrument": "subsidy",
                "companies": ["Micron"],
                "status": "announced",
            },
        ],
        none=("tariffs", "non_tariff_measures"),
    ),
    Case(
        "tsmc-grant",
        (
            "The U.S. Commerce Department finalised a $6.6 billion grant for TSMC's chip "
            "plants in Arizona."
        ),
        chip_policies=[
            {"actors": ["United States"], "instrument": "subsidy", "companies": ["TSMC"]},
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "gujarat-subsidy",
        (
            "India's cabinet approved a subsidy of 76 billion rupees for a semiconductor "
            "plant in Gujarat."
        ),
        chip_policies=[
            {"actors": ["India"], "instrument": "subsidy", "status": ("in_force", "announced")},
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "korean-tax-credit",
        (
            "South Korea's parliament passed a law that gives chipmakers a 20% tax credit "
            "on new plants."
        ),
        chip_policies=[
            {
                "actors": ["South Korea"],
                "instrument": ("legislation", "subsidy"),
                "status": ("in_force", "announced"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "qualcomm-probe",
        (
            "China's market regulator opened an antitrust investigation into the American "
            "chipmaker Qualcomm."
        ),
        chip_policies=[
            {
                "actors": ["China"],
                "instrument": "investigation",
                "stance": "tighten",
                "companies": ["Qualcomm"],
                "status": ("in_force", "announced"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "analog-dumping",
        (
            "Beijing launched an anti-dumping probe into American analog chips on "
            "September 13, 2025."
        ),
        chip_policies=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "instrument": "investigation",
                "stance": "tighten",
                "status": ("in_force", "announced"),
                "products": ["analog chips"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "legacy-301",
        (
            "The U.S. trade representative opened a Section 301 investigation into China's "
            "legacy chips in December 2024."
        ),
        chip_policies=[
            {"actors": ["United States"], "targets": ["China"], "instrument": "investigation"},
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "blackwell-refused",
        ("Washington has refused to license the sale of Nvidia's Blackwell chips to China."),
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "license",
                "status": "rejected",
                "companies": ["Nvidia"],
                "products": ["Blackwell"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "design-software-freed",
        (
            "The United States lifted its licence requirement for sales of chip-design "
            "software to China on July 2, 2025. Synopsys shares gained 4.9%."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": ("export_control", "license"),
                "stance": "loosen",
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
        extra_ok=("chip_policies",),
    ),
    Case(
        "software-ban-rejected",
        (
            "The White House weighed a ban on exports of chip-design software to China but "
            "decided against it."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["China"],
                "instrument": "export_control",
                "stance": "tighten",
                "status": "rejected",
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "nexperia-seized",
        (
            "The Dutch government took control of the chipmaker Nexperia on September 30, "
            "2025, using a Cold War-era law."
        ),
        chip_policies=[
            {
                "actors": ["Netherlands"],
                "instrument": ("enforcement", "other"),
                "stance": "tighten",
                "companies": ["Nexperia"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "nexperia-suspended",
        ("The Hague suspended its order against the chipmaker Nexperia on November 19, 2025."),
        chip_policies=[
            {
                "actors": ["Netherlands"],
                "stance": "loosen",
                "companies": ["Nexperia"],
                "status": ("in_force", "announced"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
        extra_ok=("chip_policies",),
    ),
    Case(
        "waivers-revoked",
        (
            "Washington revoked the waivers that let Samsung and SK Hynix ship American "
            "chipmaking tools to their plants in China."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "instrument": ("license", "export_control"),
                "stance": "tighten",
                "companies": ["Samsung", "SK Hynix"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
        extra_ok=("chip_policies",),
    ),
    Case(
        "annual-licences",
        (
            "The United States approved annual licences for Samsung and SK Hynix to bring "
            "chipmaking tools into their Chinese plants in 2026."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "instrument": "license",
                "stance": "loosen",
                "companies": ["Samsung", "SK Hynix"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "smugglers-charged",
        (
            "U.S. prosecutors charged two men with smuggling Nvidia's H100 chips to China "
            "in defiance of American export controls."
        ),
        chip_policies=[
            {"actors": ["United States"], "instrument": "enforcement", "products": ["H100"]},
        ],
        none=("tariffs", "commitments"),
        extra_ok=("chip_policies",),
    ),
    Case(
        "malaysian-permit",
        (
            "Malaysia now requires a permit for exports of American AI chips, its trade "
            "ministry announced on Monday."
        ),
        chip_policies=[
            {
                "actors": ["Malaysia"],
                "instrument": ("export_control", "license"),
                "stance": "tighten",
                "status": "in_force",
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "gulf-licences",
        (
            "Washington agreed to license exports of Nvidia's GB300 chips to Saudi Arabia "
            "and the United Arab Emirates."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "targets": ["Saudi Arabia", "United Arab Emirates"],
                "instrument": "license",
                "stance": "loosen",
                "status": "agreed",
                "companies": ["Nvidia"],
                "products": ["GB300"],
            },
        ],
        none=("tariffs", "non_tariff_measures", "commitments"),
    ),
    Case(
        "threatened-chip-curbs",
        (
            "China threatened to cut its carmakers off from Japanese photoresists if Tokyo "
            "tightened its export rules. Washington, for its part, warned that it would "
            "put CXMT on the Entity List unless the memory-chip maker stopped supplying "
            "Huawei."
        ),
        chip_policies=[
            {
                "actors": ["United States"],
                "instrument": "entity_listing",
                "stance": "tighten",
                "status": "threatened",
                "companies": ["CXMT"],
            },
        ],
        none=("tariffs", "commitments"),
        extra_ok=("chip_policies",),
    ),
    Case(
        "no-blackwell-denied",
        (
            "The Commerce Department denied a report that it would let Nvidia sell "
            "Blackwell chips in China."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-nvidia-earnings",
        (
            "Nvidia's revenue rose 62% to $57 billion on demand for its Blackwell chips, "
            "and the company expects sales of $65 billion this quarter. Its gross margin "
            "came to 73.4%."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-intel-shares",
        (
            "Intel jumped 9% in after-hours trading after the chipmaker beat forecasts; "
            "its foundry arm still lost $2.3 billion."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-potato-chips",
        (
            "Sales of potato chips rose 4% in Canada last quarter after Frito-Lay cut its "
            "prices by 15%. Chocolate-chip cookies did less well."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-blue-chips",
        (
            "London's blue-chip index closed 0.8% lower, dragged down by miners with "
            "business in China."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-two-nanometre",
        (
            "TSMC started mass production of 2-nanometre chips in Kaohsiung, and analysts "
            "expect it to take 70% of the market for them."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-huawei-launch",
        (
            "Huawei unveiled three new AI chips in Shanghai on Thursday. The Ascend 950 "
            "will go on sale early next year, its chairman said."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-bargaining-chip",
        (
            "“Soybeans are their bargaining chip,” a trader in Chicago said of Beijing, "
            "adding that prices were up 3% on the week."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
)
"""What governments do about semiconductors; and chips without any policy."""

COMMITMENT_CASES: tuple[Case, ...] = (
    Case(
        "soybeans-by-2025",
        (
            "China will buy 12 million metric tons of American soybeans by the end of "
            "2025, the White House said."
        ),
        published="2025-11-02",
        commitments=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "quantity": 12_000_000,
                "due": ("2025", "2025-12", "2025-12-31"),
                "topic": "agriculture",
                "status": ("announced", "agreed"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "soybeans-promised",
        (
            "Beijing promised to purchase at least 25 million metric tons of U.S. soybeans "
            "in 2026. Prices in Chicago rose 1.4%."
        ),
        commitments=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "quantity": 25_000_000,
                "topic": "agriculture",
                "status": ("announced", "agreed"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "eu-energy",
        "The European Union pledged to buy $750 billion of American energy by 2028.",
        commitments=[
            {
                "actors": ["European Union"],
                "targets": ["United States"],
                "quantity": 750_000_000_000,
                "due": ("2028", "2028-12", "2028-12-31"),
                "status": ("announced", "agreed"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "japan-invests",
        "Japan agreed to invest $550 billion in the United States.",
        commitments=[
            {
                "actors": ["Japan"],
                "targets": ["United States"],
                "quantity": 550_000_000_000,
                "topic": "investment",
                "status": "agreed",
                "due": None,
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "korea-invests-deal",
        (
            "Under the deal signed in Gyeongju, South Korea will invest $350 billion in "
            "the United States by the end of 2028."
        ),
        commitments=[
            {
                "actors": ["South Korea"],
                "targets": ["United States"],
                "quantity": 350_000_000_000,
                "topic": "investment",
                "status": "agreed",
                "due": ("2028", "2028-12", "2028-12-31"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "fentanyl-crackdown",
        ("Beijing agreed to crack down on shipments of fentanyl precursors to North America."),
        commitments=[
            {"actors": ["China"], "quantity": None, "topic": "narcotics", "status": "agreed"},
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "figures-published",
        (
            "The European Commission will publish figures on steel imports every quarter, "
            "its trade spokesman announced."
        ),
        commitments=[
            {"actors": ["European Union"], "status": "announced", "quantity": None},
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "sawmill-aid",
        "Ottawa promised C$1.2 billion in aid for sawmills by the end of March 2026.",
        commitments=[
            {
                "actors": ["Canada"],
                "quantity": 1_200_000_000,
                "due": ("2026-03", "2026-03-31"),
                "status": "announced",
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "poultry-market",
        "Vietnam pledged to open its market to American poultry by June 2026.",
        commitments=[
            {
                "actors": ["Vietnam"],
                "targets": ["United States"],
                "due": "2026-06",
                "status": ("announced", "agreed"),
                "topic": ("market_access", "agriculture"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "in-exchange",
        (
            "In exchange for lower tariffs, Switzerland undertook to invest $200 billion "
            "in the United States by the end of 2028."
        ),
        commitments=[
            {
                "actors": ["Switzerland"],
                "targets": ["United States"],
                "quantity": 200_000_000_000,
                "topic": "investment",
                "due": ("2028", "2028-12", "2028-12-31"),
                "condition": "lower tariffs",
                "status": ("announced", "agreed"),
            },
        ],
        none=("non_tariff_measures", "chip_policies"),
    ),
    Case(
        "taipei-offer",
        ("Taipei offered to buy $10 billion worth of American farm goods over four years."),
        commitments=[
            {
                "actors": ["Taiwan"],
                "targets": ["United States"],
                "quantity": 10_000_000_000,
                "topic": ("agriculture", "trade"),
                "status": "proposed",
                "due": None,
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "jets",
        (
            "China agreed to buy 200 aircraft from the United States, Trump told Fox News "
            "after the summit."
        ),
        commitments=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "quantity": 200,
                "status": "agreed",
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "gas-quote",
        (
            "“We will buy 10 million tonnes of American liquefied natural gas a year,” "
            "India's oil minister told reporters in Houston."
        ),
        commitments=[
            {
                "actors": ["India"],
                "targets": ["United States"],
                "quantity": 10_000_000,
                "status": "announced",
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "soymeal-passive",
        (
            "One million tonnes of Brazilian soymeal are to be bought by China before the "
            "end of June 2026 under the protocol signed in Brasília."
        ),
        commitments=[
            {
                "actors": ["China"],
                "targets": ["Brazil"],
                "quantity": 1_000_000,
                "due": ("2026-06", "2026-06-30"),
                "status": "agreed",
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "busan-bullets",
        (
            "What China undertook in the Busan deal:\n\n• buy 12 million tonnes of U.S. "
            "soybeans by the end of 2025\n• buy 10 million tonnes of U.S. coal by the end "
            "of 2026"
        ),
        published="2025-11-02",
        commitments=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "quantity": 12_000_000,
                "due": ("2025", "2025-12", "2025-12-31"),
                "status": "agreed",
            },
            {
                "actors": ["China"],
                "targets": ["United States"],
                "quantity": 10_000_000,
                "due": ("2026", "2026-12", "2026-12-31"),
                "status": "agreed",
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
        gap="the points of the list are verb phrases without a subject",
    ),
    Case(
        "water-to-texas",
        (
            "Mexico committed itself to delivering 400,000 acre-feet of water to Texas by "
            "October 24, 2026."
        ),
        commitments=[
            {"actors": ["Mexico"], "quantity": 400_000, "due": "2026-10-24"},
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "border-troops",
        ("Mexico agreed to send 10,000 troops to the border to stop the flow of fentanyl."),
        commitments=[
            {
                "actors": ["Mexico"],
                "quantity": 10_000,
                "status": "agreed",
                "topic": ("narcotics", "security"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "phase-one-broken",
        (
            "China broke its Phase One promise to buy an extra $200 billion of American "
            "goods, the trade representative said."
        ),
        commitments=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "quantity": 200_000_000_000,
                "status": "broken",
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "pledge-fulfilled",
        (
            "China has fulfilled its pledge to buy 12 million tonnes of American soybeans, "
            "the Treasury secretary said on Tuesday."
        ),
        commitments=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "quantity": 12_000_000,
                "topic": "agriculture",
                "status": "fulfilled",
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "pledge-under-way",
        (
            "China has so far bought 4 million of the 12 million tonnes of American "
            "soybeans that it promised to buy by the end of 2025."
        ),
        published="2025-12-10",
        commitments=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "quantity": 12_000_000,
                "topic": "agriculture",
                "status": "in_progress",
                "due": ("2025", "2025-12", "2025-12-31"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "offer-withdrawn",
        ("Seoul has withdrawn its offer to buy 3.3 million tonnes of American gas a year."),
        commitments=[
            {
                "actors": ["South Korea"],
                "targets": ["United States"],
                "quantity": 3_300_000,
                "status": "withdrawn",
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "working-group",
        (
            "China and the European Union agreed to set up a working group on export "
            "controls by September 2026."
        ),
        commitments=[
            {
                "actors": ["China", "European Union"],
                "due": "2026-09",
                "status": "agreed",
                "topic": ("export_controls", "trade"),
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "students",
        (
            "The United States will admit 600,000 Chinese students to its universities, "
            "Trump promised."
        ),
        commitments=[
            {
                "actors": ["United States"],
                "quantity": 600_000,
                "topic": "education",
                "status": "announced",
            },
        ],
        none=("tariffs", "chip_policies"),
    ),
    Case(
        "carmakers-support",
        (
            "Britain pledged to spend £1.5 billion by 2030 on helping its carmakers switch "
            "to electric models."
        ),
        commitments=[
            {
                "actors": ["United Kingdom"],
                "quantity": 1_500_000_000,
                "due": ("2030", "2030-12", "2030-12-31"),
                "status": "announced",
            },
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "bill-by-august",
        (
            "Brussels promised to put the implementing law before the European Parliament "
            "by the end of August 2025."
        ),
        commitments=[
            {"actors": ["European Union"], "due": ("2025-08", "2025-08-31"), "status": "announced"},
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "minerals-stockpile",
        ("Japan and the United States agreed to set up a joint stockpile of critical minerals."),
        commitments=[
            {"actors": ["Japan", "United States"], "status": "agreed", "quantity": None},
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "russian-oil",
        (
            "India has promised to stop buying Russian oil, Mr Trump told reporters; the "
            "foreign ministry in New Delhi would not comment."
        ),
        commitments=[
            {"actors": ["India"], "status": "announced", "source": "Trump"},
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "gerund-pledges",
        (
            "In the joint statement Indonesia commits to buying 50 Boeing jets and to "
            "investing $15 billion in American energy projects."
        ),
        commitments=[
            {"actors": ["Indonesia"], "quantity": 50},
            {"actors": ["Indonesia"], "quantity": 15_000_000_000},
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "dutch-report",
        (
            "The Dutch trade minister said the government would report to parliament on "
            "its talks with Beijing by the end of June 2026."
        ),
        commitments=[
            {"actors": ["Netherlands"], "due": ("2026-06", "2026-06-30"), "status": "announced"},
        ],
        none=("tariffs", "non_tariff_measures", "chip_policies"),
    ),
    Case(
        "instrument-not-promise",
        "China agreed to lift its port fees on American ships.",
        non_tariff_measures=[
            {
                "actors": ["China"],
                "targets": ["United States"],
                "instrument": "fee",
                "stance": "loosen",
                "status": "agreed",
            },
        ],
        none=("tariffs", "chip_policies", "commitments"),
    ),
    Case(
        "no-readout",
        (
            "The two sides agreed to deepen cooperation, keep the channels open and "
            "lengthen the list of issues on which they work together."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-leaders-vow",
        (
            "President Xi and President Lula pledged to work hand in hand for the healthy "
            "and steady development of relations."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-wish",
        (
            "Washington wants China to buy 20 million tonnes of American soybeans a year, "
            "the agriculture secretary said."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-call-rice",
        (
            "Trump called on Japan to open its market to American rice, and said Tokyo had "
            "been “very unfair”."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-ford-plant",
        (
            "Ford will build a battery plant in Michigan by 2027 and hire 1,700 people "
            "there, the carmaker said."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-toyota-plan",
        (
            "Toyota plans to invest $10 billion in its American factories over five years, "
            "its chairman told dealers."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-analysts",
        (
            "Analysts expect China to buy 15 million tonnes of soybeans from Brazil by the "
            "end of the year."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-done-purchase",
        (
            "China bought 1.2 million tonnes of soybeans from Argentina in October, "
            "customs data showed, 40% more than a year before."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-question",
        (
            "Will China buy more soybeans this winter? Nobody at the elevator in Sioux "
            "City could say."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-denial",
        ("China has not promised to buy any American soybeans, a foreign ministry spokesman said."),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-could",
        (
            "Buyers in China could take as much as 10 million tonnes of Canadian canola if "
            "prices stay low, a broker said."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-coach",
        ("The coach promised to fix the defence by Sunday, when Canada meets Mexico in Toronto."),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-next-meeting",
        (
            "The two ministers will meet again in Stockholm in September, an official "
            "said, declining to give a date."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
    Case(
        "no-hope",
        (
            "The Swiss economics minister hopes to sign a deal by the end of the year but "
            "warned that nothing had been decided."
        ),
        none=("tariffs", "non_tariff_measures", "chip_policies", "commitments"),
    ),
)
"""Promises of acts that one could check; and phrases, demands and forecasts."""
