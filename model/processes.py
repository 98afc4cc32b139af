"""Independent pieces of work, spread over a few processes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Result = TypeVar("Result")


def spread(
    tasks: Sequence[Callable[[], Result]], processes: int = 1
) -> Iterator[Result]:
    """Yield what each task returns, in the order of the tasks.

    Args:
        tasks: functions that can be pickled where there is more than one process.
        processes: how many at a time; 1 works in this one.
    """
    if processes <= 1 or len(tasks) <= 1:
        for task in tasks:
            yield task()
        return
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        yield from pool.map(_run, tasks)
    finally:
        pool.shutdown(cancel_futures=True)


def _run(task: Callable[[], Result]) -> Result:
    return task()
