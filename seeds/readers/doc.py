"""Old Word files and RTF: LibreOffice, where it is installed, makes a .docx of them."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from seeds.errors import UnreadableFile
from seeds.readers.sandbox import Limits

_HELP = (
    "安装 LibreOffice (apt-get install libreoffice-writer),或另存为 docx 后再读 "
    "(install LibreOffice, or save it as docx)"
)
_MOST_MEMORY = 4_000_000_000  # bytes of address space; it takes about 1 GB to start
_LARGEST_DOCX = 200_000_000
_one_at_a_time = threading.Lock()


def office() -> str | None:
    """Return the program of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, path: str, limits: Limits) -> bytes:
    """Return an old Word file as the bytes of a .docx.

    Args:
        data: the file.
        path: named in errors only.
        limits: `convert_seconds` holds here.

    Raises:
        UnreadableFile: `unsupported` without LibreOffice, `too_slow`, `broken`.
    """
    program = office()
    if program is None:
        raise UnreadableFile(path, "unsupported", f"doc: {_HELP}")
    with (
        _one_at_a_time,
        tempfile.TemporaryDirectory(prefix="policy-themes-doc-") as name,
    ):
        folder = Path(name)
        suffix = "rtf" if data.startswith(b"{\\rtf") else "doc"
        source = folder / f"in.{suffix}"
        source.write_bytes(data)
        _run(program, folder, source, path, limits)
        made = folder / "out" / "in.docx"
        if not made.is_file():
            raise UnreadableFile(path, "broken", "LibreOffice does not open it")
        return made.read_bytes()


def _run(program: str, folder: Path, source: Path, path: str, limits: Limits) -> None:
    """Run LibreOffice with a profile, a home and a process group of its own."""
    process = subprocess.Popen(  # noqa: S603  the program is the system's own
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(source),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder)},
        start_new_session=True,
    )
    try:
        _limit(process.pid)
        process.wait(limits.convert_seconds)
    except subprocess.TimeoutExpired:
        said = f"LibreOffice needs more than {limits.convert_seconds:g} s"
        raise UnreadableFile(path, "too_slow", said) from None
    finally:
        _end(process)


def _limit(pid: int) -> None:
    """Bound memory and file size, where the system can bound another process."""
    if hasattr(resource, "prlimit"):
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (_LARGEST_DOCX, _LARGEST_DOCX))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all it started; nothing is left behind."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
