"""What a reading costs.

Owns nothing of prices: the table is genai-prices'. Knows the endpoint's address, because a
model of the same name costs nothing, or something else, elsewhere.
"""

from collections.abc import Iterable

import genai_prices

from schemas.reading import Usage

BATCH_PRICE_SHARE = 0.5
"""What a call of a batch costs, as a share of the same call made at once: OpenAI's guide to the
Batch API, and so it is with the others that take its files. The table has no price of its own."""


def compute_cost_usd(model: str, usage: Usage, base_url: str | None) -> float | None:
    """Return US dollars of one call to ``model``; ``None`` where its price is not known."""
    counted = genai_prices.Usage(
        input_tokens=usage.input_tokens,
        cache_read_tokens=usage.cached_input_tokens,
        output_tokens=usage.output_tokens,
    )
    try:
        if base_url is None:
            price = genai_prices.calc_price(counted, model, provider_id="openai")
        else:
            price = genai_prices.calc_price(counted, model, provider_api_url=base_url)
    except LookupError:
        return None
    return float(price.total_price)


def compute_batch_cost_usd(model: str, usage: Usage, base_url: str | None) -> float | None:
    """Return US dollars of one call that was made in a batch; ``None`` as above."""
    cost_usd = compute_cost_usd(model, usage, base_url)
    return None if cost_usd is None else cost_usd * BATCH_PRICE_SHARE


def add_costs(costs: Iterable[float | None]) -> float | None:
    """Return US dollars in all; ``None`` where any one is not known."""
    known = list(costs)
    return None if None in known else sum(cost for cost in known if cost is not None)
