"""The field contract of Readout: what goes in, what comes out, what is compared.

Owns every type that crosses a boundary of the service. Knows pydantic and the standard
library only: nothing here reads a setting, a file or a network. Golden fixtures stand in
``schemas.golden``: their many models take time to build, and no reading needs them.
"""

from schemas.article import Article
from schemas.base import PartialDate, Party, Quantity, Topic
from schemas.draft import Draft
from schemas.evidence import Evidence
from schemas.problem import Problem
from schemas.reading import (
    Attempt,
    Complaint,
    Message,
    PaidReply,
    Reading,
    ReadingRequest,
    Usage,
)
from schemas.summary import Provenance, Summary, SummaryWarning

__all__ = [
    "Article",
    "Attempt",
    "Complaint",
    "Draft",
    "Evidence",
    "Message",
    "PaidReply",
    "PartialDate",
    "Party",
    "Problem",
    "Provenance",
    "Quantity",
    "Reading",
    "ReadingRequest",
    "Summary",
    "SummaryWarning",
    "Topic",
    "Usage",
]
