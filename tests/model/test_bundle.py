import json
import shutil
from hashlib import sha256

import numpy as np
import pytest

from model.bundle import current, load_model, load_tagger
from model.errors import BundleError


@pytest.fixture
def copy(bundle, tmp_path):
    folder = tmp_path / bundle.name
    shutil.copytree(bundle, folder)
    return folder


def refit(folder, name, data):
    """Replace a file and make the manifest fit it."""
    (folder / name).write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = {"sha256": sha256(data).hexdigest(), "size": len(data)}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_whole_bundle_loads(copy):
    assert load_tagger(copy).name == copy.name


@pytest.mark.parametrize("name", ["scorer.npz", "thresholds.json", "pipeline.joblib"])
def test_refuses_a_flipped_bit(copy, name):
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(BundleError, match=f"sha256 of {name}: expected"):
        load_tagger(copy)


def test_refuses_a_cut_file(copy):
    (copy / "scorer.npz").write_bytes((copy / "scorer.npz").read_bytes()[:-10])
    with pytest.raises(BundleError, match=r"size of scorer\.npz: expected"):
        load_tagger(copy)


def test_refuses_a_missing_file(copy):
    (copy / "vocabulary.json").unlink()
    with pytest.raises(BundleError, match="no whole bundle"):
        load_tagger(copy)


def test_refuses_a_foreign_codebook(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["codebook"]["fingerprint"] = "0" * 16
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BundleError, match="codebook: expected"):
        load_tagger(copy)


def test_refuses_nan(copy):
    with np.load(copy / "scorer.npz") as archive:
        arrays = dict(archive)
    arrays["intercept"] = arrays["intercept"] * np.nan
    np.savez(copy / "new.npz", **arrays)
    refit(copy, "scorer.npz", (copy / "new.npz").read_bytes())
    with pytest.raises(BundleError, match="NaN"):
        load_tagger(copy)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nonsense", b"nonsense"])
def test_refuses_what_is_no_archive(copy, data):
    refit(copy, "scorer.npz", data)
    with pytest.raises(BundleError, match="damaged"):
        load_tagger(copy)


def test_refuses_a_pickle_the_manifest_does_not_list(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    del manifest["files"]["pipeline.joblib"]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BundleError, match="files: expected"):
        load_model(copy)


class Bomb:
    def __reduce__(self):
        return (exec, ("raise SystemExit('a pickle ran')",))


def test_never_opens_a_planted_pickle(copy):
    np.savez(copy / "new.npz", keys=np.array([Bomb()], dtype=object), allow_pickle=True)
    refit(copy, "scorer.npz", (copy / "new.npz").read_bytes())
    with pytest.raises(BundleError, match="damaged"):
        load_tagger(copy)
    (copy / "pipeline.joblib").write_bytes(b"not what was published")
    with pytest.raises(BundleError, match=r"pipeline\.joblib"):
        load_model(copy)


def test_says_where_there_is_none(tmp_path):
    with pytest.raises(BundleError, match="policy-themes train"):
        current(tmp_path)
