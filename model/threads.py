"""One thread for linear algebra; the only module that meets threadpoolctl."""

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold every loaded BLAS and OpenMP library of this process to one thread.

    More threads add in another order: the last bits of a sum depend on their number.
    Our matrices are small besides, so that one thread is quicker.
    """
    with threadpool_limits(limits=1):
        yield
