"""Speed of the model beside two naive pipelines and fastText, side by side in one run.

Every contender gets the same normalised texts and gives the scores of all themes; one
thread each. Rounds are interleaved and medians taken. What is compared counts
processor seconds, so that neighbours on the machine count little; training counts
seconds on the clock.
"""

import itertools
import logging
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from annotate.gold import LabelledSentence
from api.bench_start import bench_start
from model.bundle import current, load_tagger
from model.fasttext_baseline import ask_fasttext, available, learn_fasttext
from model.fit import by_report, fit
from model.layout import lay_out
from model.tagger import Tagger
from model.threads import one_thread
from seeds.codebook import load_codebook
from seeds.corpus import seed_reports
from seeds.records import Report

Figures = dict[str, float]
Job = Callable[[Sequence[str]], object]  # texts in, scores of all themes out
Groups = Sequence[Sequence[LabelledSentence]]  # report by report, in their order
Thing = TypeVar("Thing")

_SINGLES = 200  # sentences asked for one by one in a round
_SIZES = (1_000, 2_000, 4_000, 8_000, 16_000)  # sentences of a batch


def bench_model(
    rows: Sequence[LabelledSentence],
    data_dir: Path,
    progress: Callable[[str], None],
    rounds: int = 5,
) -> Figures:
    """Measure the current bundle and its rivals, trained here on the same labels.

    Figures without a name in front are ours: the whole recipe, the sentences laid out
    report by report with their context. `alone` is ours for each sentence by itself,
    `explained` with the evidence, as `tag` gives it for the five reports.

    Args:
        rows: labelled sentences.
        data_dir: where the bundle is published.
        progress: is told what is being done and what is left out.
        rounds: of everything that is compared.

    Raises:
        BundleError: no model is published, or it is not whole.
        PolicyThemesError: a fresh process could not tag.
    """
    tagger = load_tagger(current(data_dir))
    groups = by_report(rows)
    codes = load_codebook().codes
    with one_thread():
        progress("one thread; training on all labels")
        found = {"train_s": _timed(lambda: fit(rows, codes))[1]}
        jobs, taken = _rivals([row for group in groups for row in group], codes)
        found |= taken
        if not available():
            progress("fastText, a developers' tool, is not installed: left out")
        progress(f"{rounds} interleaved rounds")
        found |= _batches(tagger, groups, jobs, rounds)
        found |= _singles(tagger, groups, jobs, rounds)
        found |= _scaling(tagger, groups, rounds)
    progress("loading and starting")
    return found | bench_start(data_dir, rounds)


def _rivals(
    rows: Sequence[LabelledSentence], codes: tuple[str, ...]
) -> tuple[dict[str, Job], Figures]:
    """Train the rivals; return how they are asked and the seconds training took."""
    import jieba
    import rjieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    texts = [row.text for row in rows]
    truth = np.array([[code in row.themes for code in codes] for row in rows])
    jobs: dict[str, Job] = {}
    taken: Figures = {}
    for name, tokenizer in (("naive", jieba.lcut), ("naive_rjieba", rjieba.cut)):
        pipeline, taken[f"{name}_train_s"] = _timed(
            lambda: _naive(tokenizer).fit(texts, truth)  # noqa: B023
        )
        jobs[name] = pipeline.predict_proba
    if available():
        learned, taken["fasttext_train_s"] = _timed(
            lambda: learn_fasttext(texts, truth)
        )
        jobs["fasttext"] = lambda asked: ask_fasttext(learned, asked, "jieba")
        jobs["fasttext_rjieba"] = lambda asked: ask_fasttext(learned, asked)
    return jobs, taken


def _naive(tokenizer: Callable[[str], list[str]]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    return make_pipeline(
        TfidfVectorizer(tokenizer=tokenizer, token_pattern=None),
        OneVsRestClassifier(LogisticRegression(max_iter=1000)),
    )


def _batches(
    tagger: Tagger, groups: Groups, jobs: Mapping[str, Job], rounds: int
) -> Figures:
    """Return sentences a second, and how many times quicker the whole recipe is."""
    texts, reports = _texts(groups), seed_reports()
    taken = _in_turn(
        {
            "own": (partial(_whole, tagger), [groups]),
            "explained": (partial(_explained, tagger), [reports]),
            "alone": (tagger.decide_sentences, [texts]),
            **{name: (job, [texts]) for name, job in jobs.items()},
        },
        rounds,
    )
    middle = {name: statistics.median(times) for name, times in taken.items()}
    own = middle.pop("own")
    explained = sum(len(report.sentences) for report in reports)
    return {
        "sentences_per_s": len(texts) / own,
        "explained_sentences_per_s": explained / middle.pop("explained"),
        **{f"{name}_sentences_per_s": len(texts) / s for name, s in middle.items()},
        **{f"batch_vs_{name}": middle[name] / own for name in jobs},
    }


def _singles(
    tagger: Tagger, groups: Groups, jobs: Mapping[str, Job], rounds: int
) -> Figures:
    """Return milliseconds of one sentence, asked for alone."""
    texts = _texts(groups)
    ones = [[text] for text in texts[:: -(-len(texts) // _SINGLES)]]
    asked: dict[str, Job] = {"own": tagger.decide_sentences, **jobs}
    taken = _in_turn({name: (job, ones) for name, job in asked.items()}, rounds)
    middle = {name: statistics.median(times) for name, times in taken.items()}
    found: Figures = {}
    for name, times in taken.items():
        front = "" if name == "own" else f"{name}_"
        found[f"{front}single_p50_ms"] = 1000 * middle[name]
        found[f"{front}single_p99_ms"] = 1000 * statistics.quantiles(times, n=100)[98]
    return found | {
        f"single_p50_vs_{name}": middle[name] / middle["own"] for name in jobs
    }


def _scaling(tagger: Tagger, groups: Groups, rounds: int) -> Figures:
    """Fit the power of the number of sentences that the time grows with; 1 is linear."""
    job = partial(_whole, tagger)
    taken = _in_turn(
        {str(size): (job, [list(_repeated(groups, size))]) for size in _SIZES}, rounds
    )
    times = [statistics.median(taken[str(size)]) for size in _SIZES]
    slope, _ = np.polyfit(np.log(_SIZES), np.log(times), 1)
    return {"cost_exponent": float(slope)}


def _whole(tagger: Tagger, groups: Groups) -> object:
    return tagger.probabilities(lay_out(groups))


def _explained(tagger: Tagger, reports: Iterable[Report]) -> object:
    return [tagger.tag_report(report) for report in reports]


def _texts(groups: Groups) -> list[str]:
    return [row.text for group in groups for row in group]


def _repeated(groups: Groups, sentences: int) -> Iterator[Sequence[LabelledSentence]]:
    """Yield reports, over and over, until there are so many sentences."""
    for group in itertools.cycle(groups):
        yield group[:sentences]
        sentences -= len(group)
        if sentences <= 0:
            return


def _in_turn(
    asked: Mapping[str, tuple[Callable[[Any], object], Sequence[Any]]], rounds: int
) -> dict[str, list[float]]:
    """Return each job's seconds for each of its inputs, round by round.

    The jobs take turns; a first round warms up and does not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(rounds + 1):
        for name, (job, inputs) in asked.items():
            times = [_processor(job, given) for given in inputs]
            taken[name] += times if number else []
    return taken


def _processor(job: Callable[[Any], object], given: Any) -> float:
    begin = time.process_time()
    job(given)
    return time.process_time() - begin


def _timed(job: Callable[[], Thing]) -> tuple[Thing, float]:
    begin = time.perf_counter()
    done = job()
    return done, time.perf_counter() - begin
