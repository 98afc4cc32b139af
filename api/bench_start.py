"""Seconds from a fresh process to its first tagged sentence, and its size then."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from model.bundle import current, load_tagger
from seeds.errors import PolicyThemesError

# Imports what `serve` imports, tags a sentence, tells its resident bytes.
_FIRST = """
import os
import uvicorn
import api.cli
from api.app import create_app
from api.settings import Settings
from model.bundle import current, load_tagger

settings = Settings()
tagger = load_tagger(current(settings.data_dir))
create_app(settings, tagger)
tagger.tag_sentences(["推进紧密型县域医共体建设。"])
with open("/proc/self/statm") as memory:
    print(int(memory.read().split()[1]) * os.sysconf("SC_PAGE_SIZE"), flush=True)
"""
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def bench_start(data_dir: Path, rounds: int) -> dict[str, float]:
    """Return medians: seconds to load a bundle, to be ready, megabytes (millions) then.

    Raises:
        BundleError: no model is published, or it is not whole.
        PolicyThemesError: the process failed; it said why on standard error.
    """
    folder = current(data_dir)
    loads = [_load(folder) for _ in range(rounds)]
    starts = [_start(data_dir) for _ in range(rounds)]
    return {
        "load_s": statistics.median(loads),
        "ready_s": statistics.median(seconds for seconds, _ in starts),
        "memory_mb": statistics.median(size for _, size in starts) / 1e6,
    }


def _load(folder: Path) -> float:
    begin = time.perf_counter()
    load_tagger(folder)
    return time.perf_counter() - begin


def _start(data_dir: Path) -> tuple[float, int]:
    """Return seconds to the first tagged sentence of a fresh process, and its bytes."""
    place = {"POLICY_THEMES_DATA_DIR": str(data_dir.resolve())}
    begin = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-c", _FIRST],
        env=os.environ | _ONE_THREAD | place,
        stdout=subprocess.PIPE,
    ) as process:
        said = process.stdout.readline() if process.stdout else b""
        seconds = time.perf_counter() - begin
    if not said:
        raise PolicyThemesError("a fresh process could not tag a sentence")
    return seconds, int(said)
