"""Every error that Readout raises on purpose, and what each looks like from outside.

Owns the tree, the HTTP table and the exit-code table. Messages say what was wrong, with the
value, and what to do; they never hold article text, replies or keys.

ReadoutError
├── IntakeError                  the article cannot be read
│   ├── EmptyArticleError        nothing, or nothing but white space
│   ├── ArticleTooLongError      more than the limit; nothing is cut silently
│   ├── UndecodableArticleError  not text in the declared (or default) encoding
│   ├── UnsupportedMediaTypeError
│   ├── NoMainTextError          a page or PDF without readable text
│   ├── EncryptedArticleError    a PDF that asks for a password
│   ├── BrokenArticleError       a PDF that cannot be parsed
│   └── MetadataError            a published date or language tag that is none
├── RequestError                 the request, apart from its article, is not of its form
│   ├── MalformedRequestError    a body that is no JSON, or no multipart form
│   ├── QueryError               a filter, cursor or parameter that does not fit
│   ├── ResourceMissingError     nothing has that address or id
│   ├── RequestTooLongError      a body that is larger than is read
│   ├── MethodError              the address does not take that method
│   └── ForeignOriginError       a web page of another site sent it
├── ComparisonError              what shall be compared cannot be
│   ├── FixtureError             a golden fixture that is none, or not its article's
│   └── ClaimError               a summary that is none, or of another version
├── SourceError                  what was named for a batch holds no article
│   └── UnreadableSourceError    one article of it is gone, shut, or not of its form
├── BatchFileError               a file of a batch is none, or is in the way
├── BusyError                    more readings wait than the service takes
├── BatchHeldError               another process collects the results of that batch
├── SettingsError                a setting that does not fit, or one that is missing
│   ├── NoEndpointError          no LLM endpoint is configured
│   └── AddressError             the service cannot listen where it is told to
├── StoreError                   the database cannot be read or written
│   ├── StoreBusyError           another process holds it; waiting helps
│   │   └── StoreAwayError       its server does not answer, or is restarting
│   └── MigrationError           its schema is not the one that this version needs
├── OutputError                  results cannot be written where they shall go
│   ├── OutputExistsError        something stands there, and is not to be replaced
│   └── OutputFormatError        the format does not go there, or its package is missing
├── DefectError                  a fault of Readout's own
└── ReaderError                  the reader gave no usable answer; holds paid attempts
    ├── ReaderTimeoutError
    ├── RateLimitError           too many requests; may say when to come back
    ├── QuotaError               the account's quota or credit is spent
    ├── AuthenticationError      the key is missing, wrong, or not allowed to do this
    ├── EndpointRequestError     the endpoint does not take the request (model, mode, size)
    ├── EndpointUnavailableError connection trouble, 5xx, overload
    ├── RefusalError             the model refuses
    ├── TruncationError          the reply was cut at the token limit
    ├── ContentFilterError       the provider's filter stopped the reply
    ├── EmptyReplyError          no choices, or a reply without content
    ├── InvalidReplyError        the last reply is no JSON object of the schema's shape
    └── EmbeddedReaderError      the rules failed at this article: a fault of Readout's own
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from schemas.problem import Problem
from schemas.reading import Attempt, Usage

EXIT_GOOD = 0
EXIT_BELOW_BAR = 1
EXIT_COULD_NOT_RUN = 2
EXIT_SOME_FAILED = 3
EXIT_READER_FAILED = 4
EXIT_INTERRUPTED = 130
EXIT_PIPE_CLOSED = 141


class ReadoutError(Exception):
    """Root of all errors of this service; ``str()`` of one is safe to show and to log."""

    exit_code: ClassVar[int] = EXIT_COULD_NOT_RUN


class IntakeError(ReadoutError):
    """The article cannot be read."""


class EmptyArticleError(IntakeError):
    """The article holds nothing, or nothing but white space."""


class ArticleTooLongError(IntakeError):
    """The article is longer than the limit; both are counted in ``unit``."""

    def __init__(self, *, limit: int, actual: int, unit: str) -> None:
        """Keep ``limit`` and ``actual``; ``unit`` is "characters" or "bytes"."""
        super().__init__(
            f"the article has {actual:,} {unit}, the limit is {limit:,}; send a shorter one or "
            "raise READOUT_MAX_CHARS, from which it follows"
        )
        self.limit = limit
        self.actual = actual
        self.unit = unit


class UndecodableArticleError(IntakeError):
    """The bytes are no text in the declared or default encoding."""


class UnsupportedMediaTypeError(IntakeError):
    """The media type is none that intake reads."""


class NoMainTextError(IntakeError):
    """The page or document has no readable main text."""


class EncryptedArticleError(IntakeError):
    """The PDF asks for a password."""


class BrokenArticleError(IntakeError):
    """The PDF cannot be parsed."""


class MetadataError(IntakeError):
    """A metadata value, given by the caller, is not of its form."""


class RequestError(ReadoutError):
    """The request, apart from its article, is not of its form.

    ``headers`` are those that the answer must bear, by RFC 9110.
    """

    def __init__(self, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        """Keep ``headers``."""
        super().__init__(message)
        self.headers = dict(headers or {})


class MalformedRequestError(RequestError):
    """The body is no JSON, or no multipart form."""


class QueryError(RequestError):
    """A filter, cursor or parameter does not fit."""


class ResourceMissingError(RequestError):
    """Nothing has that address or id."""


class RequestTooLongError(RequestError):
    """The body is larger than is read; both sizes are counted in ``unit``."""

    def __init__(self, *, limit: int, actual: int, unit: str) -> None:
        """Keep ``limit`` and ``actual``; ``unit`` is "bytes" or what the body has many of."""
        super().__init__(
            f"the body has {actual:,} {unit}, the limit is {limit:,}; send it in parts"
        )
        self.limit = limit
        self.actual = actual
        self.unit = unit


class MethodError(RequestError):
    """The address does not take that method."""


class ForeignOriginError(RequestError):
    """A web page of another site sent the request."""


class ComparisonError(ReadoutError):
    """What shall be compared cannot be; the message names the file and the field."""


class FixtureError(ComparisonError):
    """A golden fixture is none, or does not belong to its article."""


class ClaimError(ComparisonError):
    """A summary that shall be compared is none, or is of another version."""


class SourceError(ReadoutError):
    """What was named for a batch holds no article: nothing of it can begin."""


class UnreadableSourceError(SourceError):
    """One article of a batch is gone, shut, or not of its form; the others are not concerned."""


class BatchFileError(ReadoutError):
    """A file of requests or answers is none, was submitted already, or stands in the way."""


class BusyError(ReadoutError):
    """More readings wait than the service takes."""


class BatchHeldError(ReadoutError):
    """Another process collects the results of that batch."""


class SettingsError(ReadoutError):
    """A setting does not fit, or one that is needed is missing."""


class NoEndpointError(SettingsError):
    """No LLM endpoint is configured."""


class AddressError(SettingsError):
    """The service cannot listen where it is told to."""


class StoreError(ReadoutError):
    """The database cannot be read or written."""


class StoreBusyError(StoreError):
    """Another process holds the database; waiting helps."""


class StoreAwayError(StoreBusyError):
    """The database's server does not answer, or is restarting."""


class MigrationError(StoreError):
    """The database's schema is not the one that this version needs."""


class OutputError(ReadoutError):
    """Results cannot be written where they shall go; the store has all that was read."""


class OutputExistsError(OutputError):
    """Something stands where results shall go, and is not to be replaced."""


class OutputFormatError(OutputError):
    """Results in that format do not go there, or the package that writes it is missing."""


class DefectError(ReadoutError):
    """A fault of Readout's own."""


class ReaderError(ReadoutError):
    """The reader gave no usable answer.

    ``attempts`` holds every call that reached the model, replies and usage included, so that
    what was paid for can be kept.
    """

    exit_code: ClassVar[int] = EXIT_READER_FAILED

    def __init__(
        self,
        message: str,
        *,
        attempts: Sequence[Attempt] = (),
        retry_after_s: float | None = None,
    ) -> None:
        """Keep ``attempts`` and, where the endpoint gave one, the pause in seconds."""
        super().__init__(message)
        self.attempts = tuple(attempts)
        self.retry_after_s = retry_after_s

    @property
    def usage(self) -> Usage:
        """Tokens over all attempts."""
        return sum((attempt.usage for attempt in self.attempts), Usage())


class ReaderTimeoutError(ReaderError):
    """The endpoint did not answer in time."""


class RateLimitError(ReaderError):
    """The endpoint takes no more requests for now."""


class QuotaError(ReaderError):
    """The account's quota or credit is spent; waiting does not help."""


class AuthenticationError(ReaderError):
    """The API key is missing, wrong, or not allowed to do this."""


class EndpointRequestError(ReaderError):
    """The endpoint does not take the request: unknown model, mode or size."""


class EndpointUnavailableError(ReaderError):
    """The endpoint cannot be reached, or fails with a server error."""


class RefusalError(ReaderError):
    """The model refuses to answer."""


class TruncationError(ReaderError):
    """The reply was cut at the token limit."""


class ContentFilterError(ReaderError):
    """The provider's content filter stopped the reply."""


class EmptyReplyError(ReaderError):
    """The reply has no choices, or no content."""


class InvalidReplyError(ReaderError):
    """The last reply is no JSON object of the schema's shape."""


class EmbeddedReaderError(ReaderError):
    """The embedded reader's rules failed at this article; a fault of Readout's own."""


UNREACHABLE: tuple[type[ReadoutError], ...] = (
    NoEndpointError,
    EndpointUnavailableError,
    ReaderTimeoutError,
    RateLimitError,
    QuotaError,
)
"""The errors for which another reader may be asked: nothing was wrong with the article or request,
there was only nobody to answer, and there may be later. Not among them are answers that were
given and are no good (a refusal, a filter, a cut or invalid reply: the article's or model's fault,
which another reader would hide), nor a refused key or request: a setting that must be mended, not
papered over. They are the rows of 503 and 504 in the table below that speak of an endpoint."""


class HttpForm(NamedTuple):
    """How an error class looks over HTTP."""

    status: int
    slug: str
    title: str
    retry_after_s: float | None = None
    """Seconds after which a client may try again, where the error itself does not know better."""


HTTP_FORMS: dict[type[ReadoutError], HttpForm] = {
    EmptyArticleError: HttpForm(422, "empty-article", "The article is empty"),
    ArticleTooLongError: HttpForm(413, "article-too-long", "The article is too long"),
    UndecodableArticleError: HttpForm(422, "undecodable-article", "The article is not text"),
    UnsupportedMediaTypeError: HttpForm(415, "media-type", "The media type is not read here"),
    NoMainTextError: HttpForm(422, "no-main-text", "The document has no main text"),
    EncryptedArticleError: HttpForm(422, "encrypted-article", "The document is encrypted"),
    BrokenArticleError: HttpForm(422, "broken-article", "The document cannot be parsed"),
    MetadataError: HttpForm(422, "metadata", "A metadata value is not of its form"),
    IntakeError: HttpForm(422, "article", "The article cannot be read"),
    MalformedRequestError: HttpForm(400, "malformed", "The body is not of its media type"),
    QueryError: HttpForm(422, "query", "A parameter does not fit"),
    ResourceMissingError: HttpForm(404, "not-found", "There is nothing here"),
    RequestTooLongError: HttpForm(413, "request-too-long", "The body is too long"),
    MethodError: HttpForm(405, "method", "The method is not taken here"),
    ForeignOriginError: HttpForm(403, "foreign-origin", "Another site's page sent this"),
    RequestError: HttpForm(422, "request", "The request is not of its form"),
    FixtureError: HttpForm(422, "fixture", "A golden fixture is not of its form"),
    ClaimError: HttpForm(422, "claim", "A summary cannot be compared"),
    ComparisonError: HttpForm(422, "comparison", "The comparison cannot be made"),
    UnreadableSourceError: HttpForm(422, "unreadable-source", "An article cannot be opened"),
    SourceError: HttpForm(422, "source", "A batch has no article"),
    BatchFileError: HttpForm(422, "batch-file", "A file of a batch is not of its form"),
    BusyError: HttpForm(429, "busy", "Too many readings are waiting", 5),
    BatchHeldError: HttpForm(409, "batch-held", "The batch is run elsewhere"),
    NoEndpointError: HttpForm(503, "no-endpoint", "No LLM endpoint is configured", 300),
    AddressError: HttpForm(503, "address", "The service cannot listen there", 300),
    SettingsError: HttpForm(503, "settings", "The service is not configured", 300),
    StoreAwayError: HttpForm(503, "store-away", "The database server does not answer", 10),
    StoreBusyError: HttpForm(503, "store-busy", "The database is held elsewhere", 2),
    MigrationError: HttpForm(503, "migration", "The database has another schema", 300),
    StoreError: HttpForm(503, "store", "The database does not work", 30),
    OutputExistsError: HttpForm(409, "output-exists", "There are results already"),
    OutputFormatError: HttpForm(422, "output-format", "Results cannot be of that format"),
    OutputError: HttpForm(500, "output", "Results cannot be written"),
    DefectError: HttpForm(500, "defect", "Readout itself failed"),
    ReaderTimeoutError: HttpForm(504, "reader-timeout", "The LLM did not answer in time"),
    RateLimitError: HttpForm(503, "rate-limit", "The LLM endpoint is busy", 10),
    QuotaError: HttpForm(503, "quota", "The LLM account's quota is spent", 3600),
    AuthenticationError: HttpForm(502, "authentication", "The LLM endpoint refused the key"),
    EndpointRequestError: HttpForm(502, "endpoint-request", "The LLM refused the request"),
    EndpointUnavailableError: HttpForm(503, "endpoint-unavailable", "The LLM is unavailable", 30),
    RefusalError: HttpForm(502, "refusal", "The model refused"),
    TruncationError: HttpForm(502, "truncation", "The model's reply was cut"),
    ContentFilterError: HttpForm(502, "content-filter", "The provider filtered the reply"),
    EmptyReplyError: HttpForm(502, "empty-reply", "The model's reply was empty"),
    InvalidReplyError: HttpForm(502, "invalid-reply", "The model's reply was invalid"),
    EmbeddedReaderError: HttpForm(500, "embedded-reader", "The embedded reader failed"),
    ReaderError: HttpForm(502, "reader", "The reader failed"),
    ReadoutError: HttpForm(500, "internal", "Something went wrong"),
}
"""The one table of statuses and slugs; a class that is not named takes its parent's row."""


def find_http_form(error: type[ReadoutError]) -> HttpForm:
    """Return the row of ``error``, or of its nearest ancestor that has one."""
    return next(HTTP_FORMS[kind] for kind in error.__mro__ if kind in HTTP_FORMS)


def describe_problem(error: ReadoutError) -> Problem:
    """Return the RFC 9457 problem for ``error``, with the facts that it carries."""
    form = find_http_form(type(error))
    reader_error = error if isinstance(error, ReaderError) else None
    too_long = error if isinstance(error, (ArticleTooLongError, RequestTooLongError)) else None
    return Problem(
        type=f"/problems/{form.slug}",
        title=form.title,
        status=form.status,
        detail=str(error),
        limit=too_long.limit if too_long else None,
        actual=too_long.actual if too_long else None,
        retry_after_s=_find_retry_after(reader_error, form),
        attempts=len(reader_error.attempts) if reader_error else None,
        usage=reader_error.usage if reader_error else None,
    )


def _find_retry_after(error: ReaderError | None, form: HttpForm) -> float | None:
    """Return what the endpoint asked for, else what the table says."""
    if error is None or error.retry_after_s is None:
        return form.retry_after_s
    return error.retry_after_s
