"""Documents that the command line is tried with."""

import io

from pypdf import PdfWriter


def build_encrypted_pdf() -> bytes:
    """Return a PDF of one empty page that asks for a password."""
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    writer.encrypt("secret", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
