"""The child process of `sandbox`: parses what it is sent, within limits.

It imports a parser when the first file of its kind comes.
"""

import importlib
import json
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from seeds.errors import UnreadableFile
from seeds.records import Extracted

_PARSERS = {
    "docx": "extract_docx",
    "html": "extract_html",
    "markdown": "extract_markdown",
    "pdf": "extract_pdf",
    "table": "extract_table",
}
_STDIN = 0
_RETIRES_AT = 64_000_000  # bytes grown since it started: a fresh process is smaller
_MEMORY = Path("/proc/self/statm")

Parse = Callable[[bytes, str, str], list[tuple[str, Extracted]]]


def serve() -> None:
    """Answer orders from the socket on standard input until it closes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # writes no file
    with Connection(_STDIN) as pipe:
        grown = 0
        while grown < _RETIRES_AT:
            try:
                order = json.loads(pipe.recv_bytes())
            except EOFError:
                return
            parse = _parser(order["kind"])
            pipe.send_bytes(b"ready")
            before = _size()
            pipe.send_bytes(_answer(parse, pipe.recv_bytes(), order))
            grown += _size() - before


def _parser(kind: str) -> Parse:
    if kind == "mhtml":
        from seeds.readers.mhtml import page_of

        html = _parser("html")
        return lambda data, path, column: html(page_of(data, path), path, column)
    module = importlib.import_module(f"seeds.readers.{kind}")
    extract = getattr(module, _PARSERS[kind])
    if kind == "table":
        return lambda data, path, column: list(extract(data, path, column))
    return lambda data, path, _: [(path, extract(data, path))]


def _answer(parse: Parse, data: bytes, order: dict[str, Any]) -> bytes:
    """Parse under the limits; every failure becomes an error with a reason."""
    path = order["path"]
    signal.alarm(int(order["seconds"]) + 2)  # where the parent is gone
    _limit_memory(order["megabytes"] * 1_000_000)
    try:
        texts = parse(data, path, order["column"])
        return _encode({"texts": [_flat(source, text) for source, text in texts]})
    except UnreadableFile as error:
        failed = [error.path, error.reason, error.detail]
    except MemoryError:
        failed = [path, "too_large", f"more than {order['megabytes']} MB of memory"]
    except Exception as error:  # noqa: BLE001  a stranger's file must not end a run
        failed = [path, "broken", f"{type(error).__name__}: {error}"[:200]]
    finally:
        signal.alarm(0)
        _limit_memory(0)
    return _encode({"error": failed})


def _flat(source: str, extracted: Extracted) -> list[object]:
    return [source, extracted.text, extracted.hints, extracted.facts]


def _encode(answer: dict[str, object]) -> bytes:
    return json.dumps(answer).encode()


def _limit_memory(more: int) -> None:
    """Allow this many bytes of address space more than now; 0 lifts the limit."""
    size = _size()
    if size:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = size + more if more else hard
        if hard != resource.RLIM_INFINITY:
            soft = min(soft, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _size() -> int:
    """Return the size of this process in bytes; 0 where the system does not tell."""
    try:
        pages = int(_MEMORY.read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


if __name__ == "__main__":
    serve()
