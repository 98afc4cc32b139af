"""The limits are real: slow and fat documents end their child, and only it."""

import contextlib
import io
import os
import subprocess
import sys
import time
import zipfile

import psutil
import pytest

from seeds.errors import UnreadableFile
from seeds.readers.sandbox import Limits, run_limited
from tests.seeds.readers.pages import many_pages
from tests.seeds.readers.word import NAMES, paragraph, with_part, word

GOOD = word(paragraph("好"))


def children() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
            if "seeds.readers.worker" in child.cmdline():
                found.append(child)
    return found


def failed(kind, data: bytes, limits: Limits) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        run_limited(kind, data, "某", limits=limits)
    return caught.value


def works() -> bool:
    return run_limited("docx", GOOD, "某")[0][1].text == "好"


def slow_document() -> bytes:
    """A small .docx whose styles are based on one another, 20,000 deep."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(20_000)
    )
    data = word(paragraph("慢", style="s0") * 5_000)
    return with_part(
        data, "word/styles.xml", f"<w:styles {NAMES}>{styles}</w:styles>".encode()
    )


def fat_document() -> bytes:
    """A .docx of 21 MB, not deflated, whose tree takes far more than 200 MB."""
    target = io.BytesIO()
    markup = f"<w:document {NAMES}><w:body>{'<w:p/>' * 3_500_000}</w:body></w:document>"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", markup)
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "data"), [("docx", slow_document()), ("pdf", many_pages(3_000, 3_000))]
)
def test_killed_after_two_seconds(kind, data):
    assert works()
    begun = time.monotonic()
    error = failed(kind, data, Limits())
    assert error.reason == "too_slow"
    assert 2 <= time.monotonic() - begun < 4
    assert works()


def test_memory_is_held():
    error = failed("docx", fat_document(), Limits(seconds=20))
    assert (error.reason, error.detail) == ("too_large", "more than 200 MB of memory")
    assert works()


def test_memory_of_native_code_is_held():
    error = failed("pdf", many_pages(1, 3_000_000), Limits(seconds=20))
    assert error.reason == "too_large"
    assert works()


def test_a_child_serves_many_files_and_leaves_no_zombie():
    assert works()
    before = {child.pid for child in children()}
    for _ in range(20):
        assert works()
    assert {child.pid for child in children()} == before
    failed("docx", slow_document(), Limits(seconds=0.2))
    states = [child.status() for child in psutil.Process().children()]
    assert psutil.STATUS_ZOMBIE not in states


def test_a_child_that_was_killed_while_idle_is_replaced():
    assert works()
    for child in children():
        child.kill()
    assert works()


def test_the_child_has_no_secrets_and_no_heavy_imports(monkeypatch):
    for child in children():
        child.kill()
    monkeypatch.setenv("POLICY_THEMES_TOKEN", "secret")
    assert works()
    (child,) = children()
    assert "POLICY_THEMES_TOKEN" not in child.environ()
    maps = "".join(entry.path for entry in child.memory_maps())
    assert "numpy" not in maps
    assert "sklearn" not in maps


def test_children_end_with_their_parent():
    code = (
        "import sys; from seeds.readers.sandbox import run_limited, _pools\n"
        "run_limited('docx', sys.stdin.buffer.read(), 'x')\n"
        "print(*[c.process.pid for p in _pools.values() for c in p.idle], flush=True)\n"
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=GOOD,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    (pid,) = map(int, done.stdout.split())
    deadline = time.monotonic() + 10
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:  # nobody reaps it here
            return
        time.sleep(0.05)
    assert not psutil.pid_exists(pid)
