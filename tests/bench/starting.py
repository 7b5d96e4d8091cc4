"""CPU of ``readout --help`` against that of ``import openai``."""

import subprocess
import sys

from tests.bench.measuring import Line, print_lines, race_processes

BOUND = 0.4


def measure(*, rounds: int = 9) -> None:
    """Measure and print the comparison."""

    def run(*arguments: str) -> object:
        return subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    results = race_processes(
        {
            "import openai": lambda: run("-c", "import openai"),
            "readout --help": lambda: run("-m", "service.cli", "--help"),
        },
        rounds=rounds,
    )
    base, ours = results["import openai"], results["readout --help"]
    print_lines(
        "CPU of starting (ratio to import openai)",
        [Line("import openai", base), Line("readout --help", ours, ours / base, BOUND)],
    )


if __name__ == "__main__":
    measure()
