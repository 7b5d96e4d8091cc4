"""What a reading costs.

Owns nothing of prices: the table is genai-prices'. Knows the endpoint's address, because a
model of the same name costs nothing, or something else, elsewhere.
"""

import genai_prices

from schemas.reading import Attempt


def compute_cost_usd(attempts: list[Attempt], base_url: str | None) -> float | None:
    """Return US dollars over ``attempts``; ``None`` where any one's price is not known."""
    costs = [_compute_one(attempt, base_url) for attempt in attempts]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _compute_one(attempt: Attempt, base_url: str | None) -> float | None:
    usage = genai_prices.Usage(
        input_tokens=attempt.usage.input_tokens,
        cache_read_tokens=attempt.usage.cached_input_tokens,
        output_tokens=attempt.usage.output_tokens,
    )
    try:
        if base_url is None:
            price = genai_prices.calc_price(usage, attempt.model, provider_id="openai")
        else:
            price = genai_prices.calc_price(usage, attempt.model, provider_api_url=base_url)
    except LookupError:
        return None
    return float(price.total_price)
