"""How a dry run looks: what a batch would come to.

Owns the words. The sums are the batch's.
"""

from rich.table import Table
from rich.text import Text

from schemas.batch import Forecast
from service.cli.output import print_page, write_json


def print_forecast(forecast: Forecast, *, as_json: bool) -> None:
    """Print ``forecast``, for people or for programs."""
    if as_json:
        write_json(forecast.model_dump(mode="json"))
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, value in _describe(forecast).items():
        table.add_row(Text(name), Text(value))
    print_page(table)


def _describe(forecast: Forecast) -> dict[str, str]:
    to_read = forecast.articles - forecast.hits - forecast.faults
    usage = forecast.usage
    return {
        "articles": f"{forecast.articles:,}",
        "cannot be read": f"{forecast.faults:,}",
        "read before": f"{forecast.hits:,}, at no cost",
        "to be read": f"{to_read:,}",
        "tokens": f"about {usage.input_tokens:,} in, {usage.output_tokens:,} out",
        "cost": _describe_cost(forecast),
    }


def _describe_cost(forecast: Forecast) -> str:
    if forecast.unpriced:
        return f"not known: the price of the model is not, for {forecast.unpriced:,} articles"
    return f"about {forecast.cost_usd:,.2f} USD, re-asks not reckoned"
