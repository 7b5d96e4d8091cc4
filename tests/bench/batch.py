"""A folder read to its end: wall against the ideal, memory by the length of the queue.

``readout batch`` as a user runs it stands beside the openai SDK alone and instructor as it is
documented, in turns against one stand-in. The ideal is articles times latency over calls at once.
Ours examines, stores and survives a crash; the others parse what they get and write it to a file.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import httpx2

from tests.bench.batch_rivals import AT_ONCE
from tests.bench.examining import SAMPLES, load_sample
from tests.bench.load import add_line
from tests.bench.measuring import print_verdict
from tests.bench.servers import ROOT, Server, make_environment, open_server

WALL_BOUND = 1.10
"""Most by which the calls may take longer than the ideal, at ``SLOW_S``."""
MEMORY_BOUND = 1.3
SLOW_S, FAST_S = 2.0, 0.5
"""Seconds for which the endpoint takes its time."""
FEW, MANY = 1_000, 100_000
"""Articles in the queue."""
OURS, PLAIN = "Readout", "instructor as documented"
_MOST_LINKS = 30_000
"""Names of one file; file systems have limits from 32,000 on."""
_PATIENCE_S = 300.0


class Run(NamedTuple):
    """What reading a folder took."""

    articles: int
    delay_s: float
    calls: int
    calls_s: float
    """Seconds from the first call's arrival to the last one's answer."""
    whole_s: float
    """Seconds of the whole process."""
    cpu_s: float

    @property
    def ideal_s(self) -> float:
        """Return the seconds that the calls would take if nothing else took any."""
        return self.articles * self.delay_s / AT_ONCE


class Ended(NamedTuple):
    """What a process used until it ended."""

    code: int
    cpu_s: float
    peak_mb: float


class Scene:
    """An endpoint, and a folder of articles that are to be read."""

    def __init__(self, server: Server, folder: Path, articles: int, delay_s: float) -> None:
        """Write the articles; each differs from the others in a line."""
        self._base_url = f"http://127.0.0.1:{server.port}/v1"
        self._folder = folder
        self._articles = articles
        self._delay_s = delay_s
        self._inputs = folder / "articles"
        self._inputs.mkdir()
        text, _draft = load_sample(SAMPLES[0])
        for number in range(articles):
            path = self._inputs / f"article-{number:05}.txt"
            path.write_text(add_line(text, number), encoding="utf-8")

    def run_ours(self) -> Run:
        """Read the folder with a database of its own."""
        arguments = ["-m", "service.cli", "batch", str(self._inputs)]
        return self._run([*arguments, "--out", str(self._folder / "ours.jsonl")])

    def run_rival(self, name: str) -> Run:
        """Read the folder as ``tests.bench.batch_rivals`` has it."""
        out = self._folder / f"{name}.jsonl"
        return self._run(["-m", "tests.bench.batch_rivals", name, str(self._inputs), str(out)])

    def add_names(self, count: int) -> None:
        """Give the articles further names, so that there are ``count`` in all."""
        files = sorted(self._inputs.iterdir())
        for number in range(count - len(files)):
            os.link(files[number % len(files)], self._inputs / f"name-{number:06}.txt")

    def measure_until_first(self) -> float:
        """Return the peak, in MB, of a batch that is told to end when it has its first result."""
        out = self._folder / "first.jsonl"
        arguments = ["-m", "service.cli", "batch", str(self._inputs), "--out", str(out)]
        with start(arguments, self._folder, self._base_url) as process:
            deadline = time.monotonic() + _PATIENCE_S
            while not (out.exists() and out.stat().st_size):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"no result came:\n{self._read_log()}")
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            return wait_for(process).peak_mb

    def time_rules(self) -> float:
        """Return the seconds in which rules read the folder, from start to end."""
        arguments = ["-m", "service.cli", "batch", str(self._inputs)]
        started = time.perf_counter()
        with start([*arguments, "--out", str(self._folder / "rules.jsonl")], self._folder) as run:
            if wait_for(run).code:
                raise RuntimeError(f"rules failed:\n{self._read_log()}")
        return time.perf_counter() - started

    def _read_log(self) -> str:
        return (self._folder / "log.txt").read_text(encoding="utf-8")[-2_000:]

    def _run(self, arguments: Sequence[str]) -> Run:
        started = time.perf_counter()
        with start(arguments, self._folder, self._base_url) as process:
            ended = wait_for(process)
        whole_s = time.perf_counter() - started
        if ended.code:
            raise RuntimeError(f"exit code {ended.code}:\n{self._read_log()}")
        counted = httpx2.get(self._base_url, trust_env=False).json()
        return Run(
            self._articles, self._delay_s, counted["calls"], counted["wall_s"], whole_s, ended.cpu_s
        )


@contextmanager
def start(
    arguments: Sequence[str], folder: Path, base_url: str | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start ``python ARGUMENTS`` in ``folder``, where there is no .env of the user's.

    Without ``base_url`` rules read.
    """
    endpoint = {"OPENAI_BASE_URL": base_url, "OPENAI_API_KEY": "k"} if base_url else {}
    settings = {
        **endpoint,
        "READOUT_DATABASE_URL": f"sqlite:///{folder / 'readout.db'}",
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env=make_environment(settings),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()


def wait_for(process: "subprocess.Popen[bytes]") -> Ended:
    """Return what ``process`` used, of CPU and memory, once it has ended."""
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1_024
    peak_mb = usage.ru_maxrss * unit / 1e6
    return Ended(process.returncode, usage.ru_utime + usage.ru_stime, peak_mb)


@contextmanager
def open_scene(*, articles: int, delay_s: float, has_faults: bool = False) -> Iterator[Scene]:
    """Yield an endpoint that says what was recorded for the articles, and their folder."""
    _text, draft = load_sample(SAMPLES[0])
    with TemporaryDirectory() as scratch:
        reply = Path(scratch) / "reply.txt"
        reply.write_text(draft.model_dump_json(), encoding="utf-8")
        arguments = ["-m", "tests.bench.endpoint", str(reply), str(delay_s)]
        with open_server([*arguments, *(["faults"] if has_faults else [])]) as server:
            yield Scene(server, Path(scratch), articles, delay_s)


def measure_wall(*, articles: int, delay_s: float, bound: float | None = None) -> None:
    """Measure and print what all three take for the same folder."""
    with open_scene(articles=articles, delay_s=delay_s) as scene:
        runs = {
            "openai alone": scene.run_rival("openai"),
            PLAIN: scene.run_rival("instructor"),
            OURS: scene.run_ours(),
        }
    print_runs(f"{articles:,} articles, {AT_ONCE} at once, {delay_s:g} s each", runs)
    ours, plain = runs[OURS], runs[PLAIN]
    if bound is not None:
        ratio = ours.calls_s / ours.ideal_s
        print_verdict(f"calls {ratio:.2f} × the ideal; bound {bound:g}", good=ratio <= bound)
        print_verdict(
            f"{ours.calls_s / plain.calls_s:.2f} × {PLAIN}; bound 1",
            good=ours.calls_s <= plain.calls_s,
        )


def measure_faults(*, articles: int = 500) -> None:
    """Measure and print what 2 % of 429 with Retry-After and 1 % of 500 cost."""
    runs: dict[str, Run] = {}
    for name, has_faults in (("no faults", False), ("2 % 429 and 1 % 500", True)):
        with open_scene(articles=articles, delay_s=FAST_S, has_faults=has_faults) as scene:
            runs[name] = scene.run_ours()
    print_runs(f"{OURS}, {articles:,} articles at {FAST_S:g} s, Retry-After 1 s", runs)


def measure_memory() -> None:
    """Measure and print the peak of a process with few and with many articles in its queue."""
    few, many = (measure_peak_mb(count) for count in (FEW, MANY))
    print(f"\nPeak memory: {few:.0f} MB with {FEW:,} queued, {many:.0f} MB with {MANY:,}")  # noqa: T201  # a command's voice
    print_verdict(
        f"{many / few:.2f} × that of {FEW:,}; bound {MEMORY_BOUND:g}",
        good=many <= few * MEMORY_BOUND,
    )


def measure_peak_mb(count: int) -> float:
    """Return the peak of a batch that lists ``count`` articles, and is ended by a Ctrl-C then.

    The articles are names of a few files, and one text: nothing is measured but the queue.
    """
    with open_scene(articles=1 + count // _MOST_LINKS, delay_s=0.05) as scene:
        scene.add_names(count)
        return scene.measure_until_first()


def measure_rules(*, articles: int = 200) -> None:
    """Measure and print how fast the embedded reader reads a folder, on all CPUs there are."""
    with open_scene(articles=articles, delay_s=0.0) as scene:
        seconds = scene.time_rules()
    print(  # noqa: T201  # a command's voice
        f"\nEmbedded reader: {articles / seconds:.0f} articles a second on {os.cpu_count()} CPUs, "
        "starting included"
    )


def print_runs(title: str, runs: dict[str, Run]) -> None:
    """Print a table of walls against the ideal."""
    print(f"\n{title}: ideal {next(iter(runs.values())).ideal_s:.1f} s")  # noqa: T201  # a command's voice
    for name, run in runs.items():
        walls = (
            f"calls {run.calls_s:6.1f} s {run.calls_s / run.ideal_s:6.2f} ×   "
            f"whole {run.whole_s:6.1f} s {run.whole_s / run.ideal_s:6.2f} ×"
        )
        cpu_ms = run.cpu_s / run.articles * 1_000
        print(f"  {name:<28}{walls}   {run.calls:,} calls, {cpu_ms:.0f} ms of CPU an article")  # noqa: T201  # as above


def measure() -> None:
    """Measure and print everything."""
    measure_wall(articles=640, delay_s=SLOW_S, bound=WALL_BOUND)
    measure_wall(articles=320, delay_s=FAST_S)
    measure_faults()
    measure_memory()
    measure_rules()


if __name__ == "__main__":
    measure()
