"""Speed, measured side by side in one run; medians of interleaved rounds."""

import json
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from annotate.server import HOST
from api.bench_read import Figures, read_figures
from api.bench_suspects import bench_suspects
from api.settings import Settings
from model.bundle import current, load_tagger
from model.train import training_labels
from seeds.codebook import load_codebook
from seeds.errors import PolicyThemesError
from seeds.files import write_text

_ROUNDS = 5


def run_bench(what: str, figures: Path | None) -> Iterator[str]:
    """Run a benchmark and yield what to print.

    Raises:
        PolicyThemesError: there is no such benchmark.
    """
    benches: dict[str, Callable[[], Figures]] = {
        "read": read_figures,
        "model": _model,
        "service": _service,
        "suspects": bench_suspects,
    }
    if what not in benches:
        raise PolicyThemesError(f"no benchmark {what!r}; one of {', '.join(benches)}")
    found = benches[what]()
    for name, value in found.items():
        yield f"{name:28}{value:12.3f}"
    if figures:
        write_text(figures, json.dumps(found, indent=1) + "\n")


def _seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def _model() -> Figures:
    """Sentences alone, through the whole recipe, beside the naive pipeline."""
    import logging

    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    codes = load_codebook().codes
    rows = training_labels()
    texts = [row.text for row in rows]
    truth = [[code in row.themes for code in codes] for row in rows]
    naive = make_pipeline(
        TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None),
        OneVsRestClassifier(LogisticRegression(max_iter=1000)),
    ).fit(texts, truth)
    tagger = load_tagger(current(Settings().data_dir))
    batch: dict[str, list[float]] = {"naive": [], "own": []}
    single: dict[str, list[float]] = {"naive": [], "own": []}
    jobs: dict[str, Callable[[list[str]], object]] = {
        "naive": naive.predict_proba,
        "own": tagger.decide_sentences,
    }
    for _ in range(_ROUNDS):
        for name, job in jobs.items():
            batch[name].append(_seconds(lambda: job(texts)))  # noqa: B023
            single[name].extend(_seconds(lambda: job([t])) for t in texts[:100])  # noqa: B023
    middle = {name: statistics.median(times) for name, times in batch.items()}
    one = {name: statistics.median(times) for name, times in single.items()}
    return {
        "sentences_per_s": len(texts) / middle["own"],
        "naive_sentences_per_s": len(texts) / middle["naive"],
        "batch_vs_naive": middle["naive"] / middle["own"],
        "single_p50_ms": 1000 * one["own"],
        "single_p99_ms": 1000 * statistics.quantiles(single["own"], n=100)[98],
        "single_p50_vs_naive": one["naive"] / one["own"],
    }


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
