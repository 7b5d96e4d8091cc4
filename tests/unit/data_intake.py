"""Bodies to read, built in code: pages, PDFs and the sentences in them.

Owns the builders that the intake tests share. Must not import what they test.
"""

import json
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

MAX_CHARS = 100_000
FIRST = "Envoys from both capitals met on Friday and promised to keep the tariff truce."
SECOND = "Beijing will buy 12 million tons of soybeans before the end of February."
PHOTO_CREDIT = "Photo: A. Nonymous | Example Images"

_CATALOG = 1
_PAGE_TREE = 2
_FONT = 3
_INFO = 4
_FIRST_PAGE = 5


def build_page(body: str, head: str = "", attributes: str = "") -> bytes:
    """Return a UTF-8 page with a menu, ``body`` inside an article, and a footer."""
    return (
        f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>"
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
        f"<article>{body}</article>"
        "<footer><p>All rights reserved by the example outlet.</p></footer></body></html>"
    ).encode()


def build_paragraphs(*texts: str) -> str:
    """Return ``texts`` as paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def build_linked(**fields: object) -> str:
    """Return a JSON-LD script of a news article."""
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **fields})
    return f'<script type="application/ld+json">{data}</script>'


def build_pdf(*pages: list[str], title: str | None = None) -> bytes:
    """Return a PDF whose pages show the given lines; a page of no lines has no text layer."""
    count = len(pages)
    kids = " ".join(f"{_FIRST_PAGE + 2 * index} 0 R" for index in range(count))
    objects = [
        f"<< /Type /Catalog /Pages {_PAGE_TREE} 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _build_info(title),
    ]
    for index, lines in enumerate(pages):
        objects += _build_pdf_page(_FIRST_PAGE + 2 * index + 1, lines)
    return _assemble(objects)


def encrypt_pdf(body: bytes, *, user_password: str) -> bytes:
    """Return ``body`` encrypted with AES-256; an empty user password lets anyone read."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(body)))
    writer.encrypt(user_password, owner_password="only the owner", algorithm="AES-256")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _build_info(title: str | None) -> str:
    shown = f"/Title ({title}) " if title else ""
    return f"<< {shown}/CreationDate (D:20240102030405Z) >>"


def _build_pdf_page(content_number: int, lines: list[str]) -> list[str]:
    shown = " T* ".join(f"({_escape(line)}) Tj" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET" if lines else ""
    page = (
        f"<< /Type /Page /Parent {_PAGE_TREE} 0 R /MediaBox [0 0 595 842] "
        f"/Resources << /Font << /F1 {_FONT} 0 R >> >> /Contents {content_number} 0 R >>"
    )
    length = len(content.encode("cp1252"))
    return [page, f"<< /Length {length} >>\nstream\n{content}\nendstream"]


def _escape(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assemble(objects: list[str]) -> bytes:
    body = bytearray(b"%PDF-1.7\n")
    offsets: list[int] = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    start = len(body)
    entries = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root {_CATALOG} 0 R /Info {_INFO} 0 R >>"
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}".encode()
    body += f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(body)
