"""One way to write a value as JSON, and the hash of it that names things.

Owns that equal values give equal bytes. Knows not what is named.
"""

import hashlib
import json


def write_canonical(value: object) -> str:
    """Return ``value`` as JSON: keys sorted, no blanks, no escapes beyond JSON's own."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: object) -> str:
    """Return the SHA-256 over the canonical JSON of ``value``, 64 hex digits."""
    return hashlib.sha256(write_canonical(value).encode()).hexdigest()
