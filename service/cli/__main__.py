"""``python -m service.cli`` is ``readout``."""

from service.cli import main

main()
