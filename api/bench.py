"""Speed, measured side by side in one run; medians of interleaved rounds."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from annotate.server import HOST
from api.bench_model import bench_model
from api.bench_read import Figures, read_figures
from api.bench_suspects import bench_suspects
from api.settings import Settings
from model.train import training_labels
from seeds.errors import PolicyThemesError
from seeds.files import write_text


def run_bench(
    what: str, figures: Path | None, progress: Callable[[str], None]
) -> Iterator[str]:
    """Run a benchmark and yield what to print.

    Args:
        what: its name.
        figures: a JSON file for the figures.
        progress: is told what is being done.

    Raises:
        PolicyThemesError: there is no such benchmark.
    """
    benches: dict[str, Callable[[], Figures]] = {
        "read": read_figures,
        "model": partial(_model, progress),
        "service": _service,
        "suspects": bench_suspects,
    }
    if what not in benches:
        raise PolicyThemesError(f"no benchmark {what!r}; one of {', '.join(benches)}")
    found = benches[what]()
    for name, value in found.items():
        yield f"{name:32}{value:12.3f}"
    if figures:
        write_text(figures, json.dumps(found, indent=1) + "\n")


def _model(progress: Callable[[str], None]) -> Figures:
    return bench_model(training_labels(), Settings().data_dir, progress)


def _service() -> Figures:
    """Seconds from the start of the process to the first `ready`."""
    from annotate.server import free_port

    port = free_port()
    begin = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-m", "api", "serve", "--port", str(port)],
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=5):
                    return {"ready_s": time.perf_counter() - begin}
            except OSError:
                time.sleep(0.02)
    finally:
        process.terminate()
        process.wait()
    raise PolicyThemesError("the service did not start; is a model published?")
