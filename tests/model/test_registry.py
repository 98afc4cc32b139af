"""Two small models, trained and published for real."""

import json
import shutil

import pytest

from model.bundle import current, publish
from model.errors import BundleError
from model.fit import fit
from model.registry import published, remove, use
from tests.tiny import CODEBOOK, CODES, tiny_labels

MICRO_F1 = 0.8125


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A data directory with an older and a newer model; the newer one is current."""
    folder = tmp_path_factory.mktemp("published")
    publish(fit(tiny_labels(False), CODES), tiny_labels(False), folder)
    metrics = {"micro_f1": MICRO_F1, "macro_f1": 0.5}
    publish(fit(tiny_labels(), CODES), tiny_labels(), folder, metrics)
    return folder


@pytest.fixture
def place(made, tmp_path):
    shutil.copytree(made, tmp_path / "var")
    return tmp_path / "var"


@pytest.fixture
def names(place):
    """The name of the older and of the newer model."""
    newer = current(place).name
    (older,) = {bundle.name for bundle in published(place)} - {newer}
    return older, newer


def spoil(folder, change):
    """Change a manifest."""
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def untouched(place, names):
    return {bundle.name for bundle in published(place)} == set(names)


def test_says_what_is_published(place, names):
    bundles = {bundle.name: bundle for bundle in published(place)}
    older, newer = (bundles[name] for name in names)
    assert (older.sentences, newer.sentences) == (
        len(tiny_labels(False)),
        len(tiny_labels()),
    )
    assert (older.micro_f1, newer.micro_f1) == (None, MICRO_F1)
    assert (older.current, newer.current) == (False, True)
    for bundle in bundles.values():
        files = (place / "models" / bundle.name).iterdir()
        assert bundle.size == sum(len(file.read_bytes()) for file in files)
        assert bundle.codebook == CODEBOOK.version
        assert bundle.made.startswith("20")
        assert not bundle.wrong


def test_nothing_is_published(tmp_path):
    assert published(tmp_path) == []
    with pytest.raises(BundleError, match="x: no such model"):
        use(tmp_path, "x")


def test_goes_back_and_forth(place, names):
    older, newer = names
    assert use(place, older) == newer
    assert current(place).name == older
    assert use(place, newer) == older
    assert current(place).name == newer


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m["codebook"].update(fingerprint="0" * 16), "codebook: expected"),
        (lambda m: m.update(themes=["other"]), "themes: expected"),
        (lambda m: m.update(format=99), "format: expected"),
        (lambda m: m.update(name="another"), "name: expected"),
        (lambda m: m["files"].pop("pipeline.joblib"), "files: expected"),
        (lambda m: m.pop("trained_on"), "damaged"),
        (lambda m: m.pop("labels") and m.pop("files"), "no whole bundle"),
        (lambda m: m.clear(), "no whole bundle"),
    ],
)
def test_refuses_a_foreign_one_and_keeps_the_old(place, names, change, said):
    older, newer = names
    spoil(place / "models" / older, change)
    with pytest.raises(BundleError, match=f"^{older}: {said}"):
        use(place, older)
    assert current(place).name == newer
    (listed,) = (bundle for bundle in published(place) if bundle.name == older)
    assert said in listed.wrong


@pytest.mark.parametrize("file", ["scorer.npz", "pipeline.joblib", "card.md"])
def test_refuses_a_damaged_one_and_keeps_the_old(place, names, file):
    older, newer = names
    path = place / "models" / older / file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(BundleError, match=f"^{older}: sha256 of {file}: expected"):
        use(place, older)
    assert current(place).name == newer


def test_a_spoilt_current_one_can_be_left(place, names):
    older, newer = names
    shutil.rmtree(place / "models" / newer)
    assert use(place, older) == ""
    assert [bundle.current for bundle in published(place)] == [True]


def test_removes_one_that_is_not_in_use(place, names):
    older, newer = names
    remove(place, older)
    assert sorted(path.name for path in (place / "models").iterdir()) == sorted(
        ["current", newer]
    )


def test_removes_a_damaged_one(place, names):
    older, newer = names
    (place / "models" / older / "manifest.json").unlink()
    remove(place, older)
    assert [bundle.name for bundle in published(place)] == [newer]


def test_does_not_remove_the_one_in_use(place, names):
    with pytest.raises(BundleError, match="in use"):
        remove(place, names[1])
    assert untouched(place, names)


@pytest.mark.parametrize("act", [use, remove])
@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "../models/{}", "./{}", "{}/", "/{}", "current", "x"],
)
def test_names_are_no_paths(place, names, act, name):
    (place / "x").mkdir()
    with pytest.raises(BundleError, match="no such model"):
        act(place, name.format(names[0]))
    assert (place / "x").is_dir()
    assert untouched(place, names)
    assert current(place).name == names[1]


def test_a_link_is_no_model(place, names, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(place / "models" / names[0], elsewhere)
    (place / "models" / "link").symlink_to(elsewhere)
    with pytest.raises(BundleError, match="no such model"):
        remove(place, "link")
    assert (elsewhere / "manifest.json").exists()
