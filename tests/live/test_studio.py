"""A real Label Studio, a real browser."""

import json
import os
import shlex
import subprocess
import sys

import pytest
from playwright.sync_api import sync_playwright

import api.review
import api.studio
from annotate.agreement import measure_agreement
from annotate.errors import (
    LabelFileError,
    StudioDown,
    StudioError,
    StudioRefused,
    VoteError,
)
from annotate.gold import load_labels
from annotate.screen import ADJUDICATION, LABELLING, REVIEW, Screen
from annotate.server import Server, free_port
from annotate.studio import Studio
from annotate.suspects import Suspect
from annotate.tasks import spread, task_data
from api.settings import Settings
from seeds.codebook import load_codebook
from seeds.read import read_text
from tests.api.test_readme import LIVE, OURS, kind
from tests.conftest import ROOT

pytestmark = pytest.mark.live
CODEBOOK = load_codebook()
PASSWORD = "for-this-test-only"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One data directory for all: the second start of a server is a quick one."""
    return tmp_path_factory.mktemp("live")


@pytest.fixture(scope="module")
def server(studio_program, folder):
    server = Server(folder / "var" / "label-studio", studio_program)
    server.up(free_port())
    yield server
    server.down()
    assert not server.running()


@pytest.fixture
def local(server, studio_program):
    """Settings of the commands, with the server running."""
    return Settings(data_dir=server.folder.parent, studio_program=studio_program)


def test_the_commands_of_the_readme(studio_program, folder, tmp_path):
    """`studio up`, `push`, `status`, `pull`, `down` as a user types them; runs first."""
    environment = os.environ | {
        "POLICY_THEMES_DATA_DIR": str(folder / "var"),
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


def test_two_users_label_and_the_votes_come_back(server, reports):
    access, screen = server.access(), Screen("两人标注")
    studio = Studio(access.url, access.token, CODEBOOK, screen)
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
        theirs = Studio(access.url, token, CODEBOOK, screen)
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


def written(path, answers):
    lines = [json.dumps(answer, ensure_ascii=False) for answer in answers]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def silent(_said):
    pass


def test_disagreements_and_suspects_are_queued_and_decided(local, reports, tmp_path):
    """Two passes are sent, what they differ in is adjudicated, suspects are reviewed."""
    report, labels = reports[1], tmp_path / "labels.jsonl"
    api.studio.push(api.studio.local_studio(local), [report], 8, silent)
    keys = [task_data(report, sentence)["sid"] for sentence in spread(report, 8)]
    first = [{"key": key, "themes": ["reform"]} for key in keys]
    second = [*first[:-2], {"key": keys[-2], "themes": []}]
    second += [{"key": keys[-1], "themes": ["tcm"], "comment": "像中医药"}]

    def send(name, answers, screen=LABELLING):
        path = written(tmp_path / f"{name}.jsonl", answers)
        return api.studio.send_pass(local, [path], name, screen, silent)

    assert "added 8, changed 0, already there 0" in send("annotator-1", first)
    assert "added 0, changed 0, already there 8" in send("annotator-1", first)
    send("annotator-2", [*second[:-1], {"key": keys[-1], "themes": ["party"]}])
    assert "added 0, changed 1, already there 7" in send("annotator-2", second)
    with pytest.raises(LabelFileError, match=r"stranger\.jsonl:1: no task"):
        send("stranger", [{"key": "0:0:0:0", "themes": []}])

    def pull(screen):
        studio = api.studio.local_studio(local, screen)
        return api.studio.pull(studio, labels, reports)

    said, strangers = pull(LABELLING)
    assert "8 sentences, 16 votes, 2 to be decided" in said
    assert strangers == 0
    rows = load_labels(labels, CODEBOOK)
    assert rows[-1].votes[-1].comment == "像中医药"
    found = measure_agreement(rows, CODEBOOK.codes)
    assert found.exact == 0.75
    assert len(list(api.studio.push_disputed(local, labels, send=True))) == 2 * 3 + 2
    (*_, again) = api.studio.push_disputed(local, labels, send=True)
    assert again == "added 0, already there 2"
    decisions = [
        {"key": keys[-2], "themes": ["reform"], "comment": "见手册"},
        {"key": keys[-1], "themes": ["primary"], "comment": "写的是卫生院"},
    ]
    with pytest.raises(StudioError, match="only accounts named adjudicator"):
        send("annotator-2", decisions, ADJUDICATION)
    send("adjudicator-1", decisions, ADJUDICATION)
    assert "8 sentences, 18 votes, 0 to be decided" in pull(ADJUDICATION)[0]
    rows = load_labels(labels, CODEBOOK)
    assert [row.themes for row in rows[-2:]] == [("reform",), ("primary",)]
    assert [vote.role for vote in rows[-1].votes] == ["annotator"] * 2 + ["adjudicator"]
    assert rows[-1].votes[-1].comment == "写的是卫生院"

    suspects = [Suspect(row, 0.5, (f"理由{row.index}",)) for row in rows[:2]]
    assert api.review.push_suspects(local, rows, suspects).startswith("added 2,")
    review = [{"key": keys[0], "themes": ["medical"]}, {"key": keys[1], "themes": []}]
    send("reviewer", review, REVIEW)
    said, strangers = pull(REVIEW)
    assert "8 sentences, 20 votes, 2 to be decided" in said
    assert strangers == 0
    assert load_labels(labels, CODEBOOK)[0].themes == ("reform",)  # until decided
    tasks = api.studio.local_studio(local, REVIEW).tasks()
    assert set(tasks) == set(keys[:2])
