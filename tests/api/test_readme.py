"""Every command of the README runs."""

import re
import shlex
import subprocess
import time
import urllib.request

import pytest

from annotate.server import free_port
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
LINES = [
    line.partition("  #")[0].strip()
    for block in BLOCKS
    for line in block.splitlines()
    if line.strip() and not line.startswith("#")
]
OURS = [line for line in LINES if line.startswith("policy-themes ")]
LIVE = ("studio", "push", "pull")  # run by tests/live/test_studio.py, in order
STARTED = ("serve",)


def kind(line):
    return line.split()[1]


def test_there_is_nothing_else():
    known = ("make ", "policy-themes ", "git clone ", "cd ", "curl ", "pip ", "python")
    assert LINES
    assert all(line.startswith(known) for line in LINES)


@pytest.mark.parametrize("line", [x for x in LINES if x.startswith("make ")])
def test_make_targets_exist(line):
    subprocess.run(
        [*shlex.split(line), "-n"], cwd=ROOT, check=True, capture_output=True
    )


@pytest.mark.parametrize("line", [x for x in OURS if kind(x) not in LIVE + STARTED])
def test_command_runs(line, command, tmp_path):
    arguments = [
        str(tmp_path / word.removeprefix("var/")) if word.startswith("var/") else word
        for word in shlex.split(line)[1:]
    ]
    done = command(*arguments)
    assert done.returncode == 0, done.stderr.decode()


def test_service_and_curl(data_dir):
    import os
    import sys

    (serve,) = [line for line in OURS if kind(line) == "serve"]
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "api", *shlex.split(serve)[1:], "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"POLICY_THEMES_DATA_DIR": str(data_dir)},
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{url}/readyz"):
                    break
            except OSError:
                time.sleep(0.05)
        curls = [line for line in LINES if line.startswith("curl ")]
        assert curls
        for line in curls:
            said = line.replace("http://127.0.0.1:8000", url)
            done = subprocess.run(
                [*shlex.split(said), "--fail"],
                cwd=ROOT,
                capture_output=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            assert b'"themes"' in done.stdout
    finally:
        process.terminate()
        process.wait()
