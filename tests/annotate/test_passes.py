import threading
from typing import Any

import pytest

from annotate.accounts import Accounts, email_of
from annotate.errors import LabelFileError, StudioDown, VoteError
from annotate.gold import Vote
from annotate.passes import Answer, send_answers

ACCOUNT = "annotator-2@policy-themes.local"


class FakeStudio:
    """A Label Studio that remembers; `lose` are tasks it forgets, `die` one it refuses."""

    def __init__(self, count, lose=(), die=None):
        self.have = {f"k{n}": n for n in range(count)}
        self.stored = {}
        self.calls = []
        self.lose, self.die = lose, die
        self.lock = threading.Lock()
        self.opened = []

    def tasks(self):
        return dict(self.have)

    def own(self, account):
        assert account == ACCOUNT
        return dict(self.stored)

    def vote(self, task, themes, comment, discuss, instead_of):
        with self.lock:
            self.calls.append((task, instead_of))
            if task == self.die:
                raise StudioDown("gone")
            if task not in self.lose:
                vote = Vote(ACCOUNT, "1", tuple(themes), comment, discuss)
                number = instead_of or 100 + task
                self.stored[f"k{task}"] = number, vote

    def link(self, task):
        return f"task={task}"

    def open_account(self, email, password):
        self.opened.append((email, password))
        return f"token of {email}"


def answers(count, *themes):
    return [Answer(f"k{n}", themes, path="x.jsonl", line=n + 1) for n in range(count)]


def test_every_answer_is_given_once():
    studio: Any = FakeStudio(30)
    told = []
    done = send_answers(studio, answers(20, "tcm"), ACCOUNT, lambda *x: told.append(x))
    assert (done.added, done.changed, done.already) == (20, 0, 0)
    assert told[-1] == (20, 20)
    done = send_answers(studio, answers(20, "tcm"), ACCOUNT)
    assert (done.added, done.changed, done.already) == (0, 0, 20)
    assert len(studio.calls) == 20


def test_what_differs_is_changed_not_added():
    studio: Any = FakeStudio(5)
    send_answers(studio, answers(5, "tcm"), ACCOUNT)
    new = answers(5, "tcm")
    new[2] = Answer("k2", ("party",), "改了", path="x.jsonl", line=3)
    done = send_answers(studio, new, ACCOUNT)
    assert (done.added, done.changed, done.already) == (0, 1, 4)
    assert studio.calls[-1] == (2, 102)


def test_goes_on_where_it_stopped():
    studio: Any = FakeStudio(40, die=25)
    with pytest.raises(StudioDown):
        send_answers(studio, answers(40), ACCOUNT)
    first = len(studio.stored)
    assert first < 40
    studio.die = None
    done = send_answers(studio, answers(40), ACCOUNT)
    assert done.added == 40 - first
    assert len(studio.stored) == 40


def test_unknown_keys_are_named_before_anything_is_sent():
    studio: Any = FakeStudio(3)
    with pytest.raises(LabelFileError, match=r"x\.jsonl:4: no task .* k3"):
        send_answers(studio, answers(5), ACCOUNT)
    assert not studio.calls


def test_what_the_server_did_not_store_is_named():
    studio: Any = FakeStudio(5, lose=(3,))
    with pytest.raises(VoteError, match=r"task=3: not stored as in x\.jsonl:4"):
        send_answers(studio, answers(5, "tcm"), ACCOUNT)


def test_an_account_is_opened_once_and_its_file_is_private(tmp_path):
    studio: Any = FakeStudio(0)
    token = Accounts(tmp_path).token(ACCOUNT, studio)
    assert Accounts(tmp_path).token(ACCOUNT, studio) == token
    assert len(studio.opened) == 1
    assert (tmp_path / "accounts.json").stat().st_mode & 0o777 == 0o600


def test_names_of_accounts():
    assert email_of("annotator-2") == ACCOUNT
    assert email_of("a@b.c") == "a@b.c"
