"""Strangers' files are parsed in a child process that may be killed.

A child serves many files and is replaced when it died. What goes in and comes back is
bytes and JSON, never a pickle. Linux holds both limits; other systems hold the time.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from seeds.errors import PolicyThemesError, UnreadableFile
from seeds.records import Extracted, Hint

ParserKind = Literal["docx", "pdf", "html", "mhtml", "markdown", "table"]

_ROOT = Path(__file__).parents[2]
_STARTS_WITHIN = 30.0  # seconds; only our own code runs then
_LARGEST_ANSWER = 200_000_000  # bytes
_GONE = (EOFError, OSError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    Attributes:
        seconds: of wall time, from the moment the child has its bytes.
        megabytes: on top of what the child holds before it begins.
        convert_seconds: for LibreOffice, where a file needs it.
    """

    seconds: float = 2.0
    megabytes: int = 200
    convert_seconds: float = 60.0


LIMITS = Limits()


class _Child:
    """A process that parses one file at a time."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "seeds.readers.worker"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        self.pipe = Connection(ours.detach())

    def prepare(self, order: dict[str, object]) -> bool:
        """Send what is to be done; False where the child is gone."""
        try:
            self.pipe.send_bytes(json.dumps(order).encode())
            return self.pipe.poll(_STARTS_WITHIN) and self.pipe.recv_bytes() == b"ready"
        except _GONE:
            return False

    def parse(self, data: bytes, path: str, limits: Limits) -> bytes:
        """Return the child's answer.

        Raises:
            UnreadableFile: `too_slow`, `too_large` or `broken`.
        """
        begun = time.monotonic()
        killer = threading.Timer(limits.seconds, self.process.kill)
        killer.start()
        try:
            self.pipe.send_bytes(data)
            return self.pipe.recv_bytes(_LARGEST_ANSWER)
        except _GONE:
            self.stop()
            spent = time.monotonic() - begun
            raise _death(path, self.process.returncode, spent, limits) from None
        finally:
            killer.cancel()
            killer.join()

    def stop(self) -> None:
        """End the process and take its last word; no zombie stays."""
        self.process.kill()
        self.process.wait()
        self.pipe.close()


class _Pool:
    """The children of this process: as many at work as there are cores."""

    def __init__(self) -> None:
        self.idle: list[_Child] = []
        self.turns = threading.BoundedSemaphore(os.cpu_count() or 1)

    def ready(self, order: dict[str, object]) -> _Child:
        """Return a child that waits for the bytes of this order."""
        while True:
            fresh = False
            try:
                child = self.idle.pop()
            except IndexError:
                child, fresh = _Child(), True
            if child.prepare(order):
                return child
            child.stop()
            if fresh:
                raise PolicyThemesError("the reading process does not start")


_pools: dict[int, _Pool] = {}  # by process: a fork shares no children


def run_limited(
    kind: ParserKind,
    data: bytes,
    path: str,
    column: str = "",
    limits: Limits = LIMITS,
) -> list[tuple[str, Extracted]]:
    """Parse a file in a child process.

    Args:
        kind: which parser.
        data: the file.
        path: named in errors and in the names of rows.
        column: of a table, the one that holds the texts.
        limits: what the file may cost.

    Returns:
        The texts with the names of their sources: one, or those of a table's rows.

    Raises:
        UnreadableFile: what the parser says, or the limit that was met.
    """
    order: dict[str, object] = {
        "kind": kind, "path": path, "column": column,
        "seconds": limits.seconds, "megabytes": limits.megabytes,
    }  # fmt: skip
    pool = _pools.setdefault(os.getpid(), _Pool())
    with pool.turns:
        child = pool.ready(order)
        try:
            answer = child.parse(data, path, limits)
        except BaseException:
            child.stop()
            raise
        pool.idle.append(child)
    return _texts(answer)


def _texts(answer: bytes) -> list[tuple[str, Extracted]]:
    said = json.loads(answer)
    if "error" in said:
        raise UnreadableFile(*said["error"])
    return [
        (source, Extracted(text, tuple(Hint(*hint) for hint in hints), facts))
        for source, text, hints, facts in said["texts"]
    ]


def _death(path: str, code: int, spent: float, limits: Limits) -> UnreadableFile:
    if spent >= limits.seconds:
        return UnreadableFile(path, "too_slow", f"more than {limits.seconds:g} s")
    if code in (-signal.SIGABRT, -signal.SIGKILL):  # native code got no memory
        return UnreadableFile(
            path, "too_large", f"more than {limits.megabytes} MB of memory"
        )
    return UnreadableFile(path, "broken", f"the reading process died ({code})")


def _environment() -> dict[str, str]:
    """Return the child's environment: where Python looks for modules, no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    paths = [str(_ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


@atexit.register
def _stop_children() -> None:
    pool = _pools.pop(os.getpid(), None)
    for child in pool.idle if pool else ():
        child.stop()
