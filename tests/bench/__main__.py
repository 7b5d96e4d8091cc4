"""``make bench``: every comparison, one after the other; each module is a command too.

Each has a process of its own: what one leaves in memory must not slow down the next, nor count as
the memory of the programs that it starts.
"""

import subprocess
import sys

NAMES = (
    "reader",
    "examining",
    "starting",
    "serving",
    "crowding",
    "embedded",
    "embedded_serving",
    "listing",
    "documents",
    "comparing",
    "judging",
    "batch",
)

if __name__ == "__main__":
    sys.exit(max(subprocess.call([sys.executable, "-m", f"tests.bench.{name}"]) for name in NAMES))
