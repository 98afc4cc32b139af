"""What tests of several packages share."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.gold import LabelledSentence
from model.bundle import load_tagger
from model.tagger import Tagger
from model.train import train, training_labels
from seeds.corpus import seed_reports
from seeds.records import Report

ROOT = Path(__file__).parents[1]
STUDIO = ROOT / ".venv-studio" / "bin" / "label-studio"


@pytest.fixture(scope="session")
def reports() -> list[Report]:
    return seed_reports()


@pytest.fixture(scope="session")
def labels() -> list[LabelledSentence]:
    return training_labels()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a model trained on the repository's labels."""
    folder = tmp_path_factory.mktemp("var")
    train(folder, progress=lambda _: None)
    return folder


@pytest.fixture(scope="session")
def bundle(data_dir: Path) -> Path:
    from model.bundle import current

    return current(data_dir)


@pytest.fixture(scope="session")
def tagger(bundle: Path) -> Tagger:
    return load_tagger(bundle)


def missing(what: str, how: str) -> None:
    """Skip with the reason and the install line; fail where everything must be there."""
    said = f"{what} is missing; {how}"
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def browser_program() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        missing("chromium", "apt-get install chromium fonts-wqy-zenhei")
    return str(found)


@pytest.fixture(scope="session")
def studio_program() -> Path:
    if not STUDIO.exists():
        missing("Label Studio", "make .venv-studio/.done")
    return STUDIO


@pytest.fixture
def command(data_dir: Path) -> Callable[..., "object"]:
    """Run `policy-themes` with the trained data directory."""
    import subprocess
    import sys

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        environment = os.environ | {"POLICY_THEMES_DATA_DIR": str(data_dir)} | more
        return subprocess.run(
            [sys.executable, "-m", "api", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=False,
            timeout=900,
        )

    return run
