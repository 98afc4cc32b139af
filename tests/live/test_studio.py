"""A real Label Studio, a real browser."""

import os
import shlex
import subprocess
import sys

import pytest
from playwright.sync_api import sync_playwright

from annotate.errors import StudioDown, StudioRefused, VoteError
from annotate.gold import load_labels
from annotate.screen import Screen
from annotate.server import Server, free_port
from annotate.studio import Studio
from annotate.tasks import task_data
from seeds.codebook import load_codebook
from seeds.read import read_text
from tests.api.test_readme import LIVE, OURS, kind
from tests.conftest import ROOT

pytestmark = pytest.mark.live
CODEBOOK = load_codebook()
PASSWORD = "for-this-test-only"


@pytest.fixture(scope="module")
def server(studio_program, tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("studio") / "label-studio", studio_program)
    server.up(free_port())
    yield server
    server.down()
    assert not server.running()


@pytest.fixture(scope="module")
def studio(server):
    access = server.access()
    return Studio(access.url, access.token, CODEBOOK)


def test_two_users_label_and_the_votes_come_back(server, studio, reports):
    report = reports[2]
    data = [task_data(report, sentence) for sentence in report.sentences]
    first = studio.push(data)
    assert (first.added, first.already) == (len(data), 0)
    again = studio.push(data)
    assert (again.added, again.already) == (0, len(data))
    assert len(studio.tasks()) == len(data)
    chosen = [("reform",), (), ("support", "primary"), ("tcm",), ("party",)]
    sids = [item["sid"] for item in data[:5]]
    ids = studio.tasks()
    users = ("one@test.local", "two@test.local")
    for user in users:
        token = studio.open_account(user, PASSWORD)
        theirs = Studio(server.access().url, token, CODEBOOK)
        for sid, themes in zip(sids, chosen, strict=True):
            theirs.vote(ids[sid], themes, comment="理由", discuss=themes == ())
    pulled = studio.pull()
    assert set(pulled) == set(sids)
    for sid, themes in zip(sids, chosen, strict=True):
        votes = sorted(pulled[sid], key=lambda vote: vote.account)
        assert [(v.account, v.themes) for v in votes] == [(u, themes) for u in users]
        assert all(v.comment == "理由" and v.discuss == (themes == ()) for v in votes)
    assert studio.push(data).added == 0


def test_impossible_answers_are_refused_with_their_link(server):
    access = server.access()
    studio = Studio(access.url, access.token, CODEBOOK, Screen("另一个项目"))
    (report,) = read_text("一、医改\n推进医改。\n", "x.txt")
    data = task_data(report, report.sentences[0])
    studio.push([data])
    task = studio.tasks()[data["sid"]]
    studio.vote(task, ["none", "reform"])
    with pytest.raises(VoteError, match=f"task={task}"):
        studio.pull()


def test_clear_errors(server):
    with pytest.raises(StudioRefused, match="token"):
        Studio(server.access().url, "0" * 40, CODEBOOK)
    with pytest.raises(StudioDown, match="studio up"):
        Studio(f"http://127.0.0.1:{free_port()}", "0" * 40, CODEBOOK)


def test_labelling_by_key_and_hostile_text(server, browser_program):
    access = server.access()
    studio = Studio(access.url, access.token, CODEBOOK, Screen("按键标注"))
    text = "一、医改\n推进<script>document.title='owned'</script>医共体建设。\n"
    (report,) = read_text(text, "x.txt")
    data = task_data(report, report.sentences[0])
    studio.push([data])
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=browser_program, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto(f"{access.url}/user/login/")
        page.fill("input[name=email]", access.email)
        page.fill("input[name=password]", access.password)
        page.click("button[type=submit], input[type=submit]")
        page.wait_for_url(lambda url: "login" not in url)
        page.goto(studio.link(studio.tasks()[data["sid"]]))
        sentence = page.locator(".ls-sentence")
        sentence.wait_for(timeout=60_000)
        assert "<script>" in sentence.inner_text()
        frame = page.frame_locator("iframe").locator("body")
        assert "<script>" in frame.inner_text()
        assert page.title() != "owned"
        page.get_by_role("button", name="Submit").first.wait_for(timeout=60_000)
        theme = page.locator(".ls-side input[type=checkbox]").nth(1)
        for _ in range(20):  # the first keys may come before the screen listens
            page.keyboard.press("2")
            page.wait_for_timeout(500)
            if theme.is_checked():
                break
        page.wait_for_timeout(500)
        page.keyboard.press("Control+Enter")
        for _ in range(60):
            if studio.pull():
                break
            page.wait_for_timeout(500)
        browser.close()
    (votes,) = studio.pull().values()
    assert [vote.themes for vote in votes] == [(CODEBOOK.themes[1].code,)]
    assert votes[0].account == access.email


def test_the_commands_of_the_readme(studio_program, tmp_path):
    """`studio up`, `push`, `status`, `pull`, `down` as a user types them."""
    environment = os.environ | {
        "POLICY_THEMES_DATA_DIR": str(tmp_path / "var"),
        "POLICY_THEMES_STUDIO_PROGRAM": str(studio_program),
    }
    lines = [line for line in OURS if kind(line) in LIVE]
    assert next(shlex.split(line)[1:3] for line in lines) == ["studio", "up"]
    for line in lines:
        arguments = [
            word.replace("var/", f"{tmp_path}/") for word in shlex.split(line)[1:]
        ]
        if arguments[:2] == ["studio", "up"]:
            arguments += ["--port", str(free_port())]
        done = subprocess.run(
            [sys.executable, "-m", "api", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=False,
            timeout=400,
        )
        assert done.returncode == 0, (line, done.stderr.decode())
    written = list(tmp_path.glob("*.jsonl"))
    assert len(written) == 1
    assert load_labels(written[0], CODEBOOK) == []
