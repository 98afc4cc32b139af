"""The same labels give the same model, byte by byte, in any process of a machine."""

import json
import os
import subprocess
import sys
from hashlib import sha256

from annotate.gold import save_labels
from tests.conftest import ROOT

TRAIN = """
import sys
from pathlib import Path
from model.train import train
train(Path(sys.argv[1]), Path(sys.argv[2]), lambda _: None)
"""
ABOUT_THE_RUN = ("name", "made", "files")  # of the manifest; the files are compared


def published(folder, labels, threads):
    """Train in a fresh process; return hashes of the files, manifest and card apart."""
    subprocess.run(
        [sys.executable, "-c", TRAIN, str(folder), str(labels)],
        cwd=ROOT,
        env=os.environ
        | {"OPENBLAS_NUM_THREADS": str(threads), "PYTHONHASHSEED": str(threads)},
        check=True,
        timeout=300,
    )
    (bundle,) = (path for path in (folder / "models").iterdir() if path.is_dir())
    hashes = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in bundle.iterdir()
    }
    manifest = json.loads((bundle / "manifest.json").read_text())
    assert hashes.pop("manifest.json")
    assert hashes.pop("card.md")  # names the bundle, and with it the day
    day, _, digest = manifest["name"].partition("-")
    assert day == manifest["made"][:10].replace("-", ".")
    rest = {key: manifest[key] for key in manifest.keys() - set(ABOUT_THE_RUN)}
    return hashes, digest, rest


def test_threads_and_hash_seeds_change_no_byte(labels, tmp_path):
    real = [row for row in labels if row.origin == "report"]
    authored = [row for row in labels if row.origin == "authored"]
    for name, rows in (("seeds", real), ("authored", authored[:600])):
        save_labels(tmp_path / f"{name}.jsonl", rows)
    one, two = (published(tmp_path / str(n), tmp_path, n) for n in (1, 2))
    assert {"scorer.npz", "thresholds.json", "pipeline.joblib"} <= one[0].keys()
    assert one == two
