"""What a reading costs.

Owns nothing of prices: the table is genai-prices'. Knows the endpoint's address, because a
model of the same name costs nothing, or something else, elsewhere.
"""

from collections.abc import Iterable

import genai_prices

from schemas.reading import Usage


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


def add_costs(costs: Iterable[float | None]) -> float | None:
    """Return US dollars in all; ``None`` where any one is not known."""
    known = list(costs)
    return None if None in known else sum(cost for cost in known if cost is not None)
