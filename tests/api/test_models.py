import shutil

import pytest

from model.bundle import publish
from model.fit import fit
from tests.tiny import CODEBOOK, CODES, tiny_labels


@pytest.fixture
def place(tmp_path):
    for authored in (False, True):
        rows = tiny_labels(authored)
        publish(
            fit(rows, CODES), rows, tmp_path, {"micro_f1": 0.75} if authored else {}
        )
    return tmp_path


def test_lists_uses_and_removes(command, place):
    def run(*arguments):
        done = command("models", *arguments, "--data-dir", str(place))
        assert b"Traceback" not in done.stderr
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def rows():
        """Return the lines of the table by the name in front."""
        code, table, _ = run("list")
        assert code == 0
        return {line.split()[0]: line for line in table.splitlines()[2:] if line}

    before = rows()
    (older,) = (name for name, line in before.items() if "current" not in line)
    (newer,) = before.keys() - {older}
    for name, authored, micro in ((older, False, "not"), (newer, True, "0.750")):
        number = str(len(tiny_labels(authored)))
        assert before[name].split()[2:5] == [number, CODEBOOK.version, micro]

    code, _, said = run("use", older)
    assert code == 0
    assert f"{older} is the current model; it was {newer}" in said
    assert "current" in rows()[older]

    code, _, said = run("remove", older)
    assert (code, said.count("in use")) == (2, 1)
    code, _, said = run("remove", "../models")
    assert (code, said.count("no such model")) == (2, 1)

    shutil.copy(place / "models" / older / "scorer.npz", place / "models" / newer)
    code, _, said = run("use", newer)
    assert code == 2
    assert f"{newer}: size of scorer.npz: expected" in said
    after = rows()
    assert "unusable" in after[newer]
    assert "current" in after[older]
    assert "size of scorer.npz: expected" in after[f"{newer}:"]

    assert run("remove", newer)[0] == 0
    assert rows().keys() == {older}


def test_says_that_there_is_none(command, tmp_path):
    done = command("models", "list", "--data-dir", str(tmp_path))
    assert done.returncode == 0
    assert "policy-themes train" in done.stdout.decode()
