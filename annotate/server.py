"""A local Label Studio: started, found again and ended by this program alone."""

import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from annotate.errors import StudioDown
from seeds.files import write_text

HOST = "127.0.0.1"
PORT = 8080
EMAIL = "admin@policy-themes.local"
FIRST_START = 240.0  # seconds; migrations take most of it
_PRIVATE = (
    "0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,169.254.0.0/16,172.16.0.0/12,"
    "192.168.0.0/16,224.0.0.0/4,240.0.0.0/4,fc00::/7,fe80::/10"
)


@dataclass(frozen=True, slots=True)
class Access:
    """Where the server is and how to get in; kept in a file only its owner reads."""

    port: int
    email: str
    password: str
    token: str
    pid: int = 0

    @property
    def url(self) -> str:
        """Address of the server."""
        return f"http://{HOST}:{self.port}"


class Server:
    """The Label Studio of one data directory.

    Args:
        folder: its data: database, secrets, log.
        program: the `label-studio` executable of its own environment.
    """

    def __init__(self, folder: Path, program: Path) -> None:
        self.folder = folder.absolute()
        self.program = program.absolute()
        self._file = self.folder / "access.json"
        self._process: subprocess.Popen[bytes] | None = None

    def access(self) -> Access:
        """Return how to get in.

        Raises:
            StudioDown: no server was ever started here.
        """
        try:
            return Access(**json.loads(self._file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise StudioDown(
                f"{self.folder}: no Label Studio was started here; "
                "start it with `policy-themes studio up`"
            ) from error

    def running(self) -> bool:
        """Tell whether the server answers."""
        with suppress(StudioDown):
            return _healthy(self.access().url)
        return False

    def up(
        self,
        port: int = PORT,
        progress: Callable[[float], None] = lambda _seconds: None,
    ) -> Access:
        """Start the server, or find the running one.

        Args:
            port: to listen on; refused when somebody else has it.
            progress: is told the seconds waited so far.

        Raises:
            StudioDown: it is not installed, the port is taken, or it does not start.
        """
        if self.running():
            return self.access()
        if not self.program.exists():
            raise StudioDown(
                f"{self.program} is missing; install it with `make studio`"
            )
        if not _free(port):
            raise StudioDown(f"port {port} is taken; choose another with --port")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            known = self.access()
        except StudioDown:
            known = Access(
                port, EMAIL, secrets.token_urlsafe(18), secrets.token_hex(20)
            )
        access = Access(port, known.email, known.password, known.token)
        process = self._process = self._start(access)
        access = Access(port, known.email, known.password, known.token, process.pid)
        write_text(self._file, json.dumps(asdict(access)))
        self._file.chmod(0o600)
        self._wait(process, access, progress)
        return access

    def _start(self, access: Access) -> subprocess.Popen[bytes]:
        command = [
            str(self.program), "start", "--no-browser", "--internal-host", HOST,
            "-p", str(access.port), "--log-level", "WARNING",
        ]  # fmt: skip
        environment = {
            **{k: v for k, v in os.environ.items() if "LABEL_STUDIO" not in k},
            "LABEL_STUDIO_BASE_DATA_DIR": str(self.folder),
            "LABEL_STUDIO_HOST": access.url,
            "LABEL_STUDIO_USERNAME": access.email,
            "LABEL_STUDIO_PASSWORD": access.password,
            "LABEL_STUDIO_USER_TOKEN": access.token,
            "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
            "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
            "COLLECT_ANALYTICS": "false",
            "LATEST_VERSION_CHECK": "false",
            "SENTRY_DSN": "",
            "FRONTEND_SENTRY_DSN": "",
            "USE_DEFAULT_BANNED_SUBNETS": "false",
            "USER_ADDITIONAL_BANNED_SUBNETS": _PRIVATE,
        }
        with (self.folder / "server.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603  our own program, no shell
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait(
        self,
        process: subprocess.Popen[bytes],
        access: Access,
        progress: Callable[[float], None],
    ) -> None:
        begin = time.monotonic()
        while not _healthy(access.url):
            waited = time.monotonic() - begin
            if process.poll() is not None or waited > FIRST_START:
                self.down()
                raise StudioDown(
                    f"Label Studio did not start; see {self.folder / 'server.log'}"
                )
            progress(waited)
            time.sleep(1.0)

    def down(self) -> bool:
        """End the server by its own process id; tell whether it ran."""
        try:
            access = self.access()
        except StudioDown:
            return False
        if not access.pid or not _ours(access.pid, self.program):
            return False
        for kind, patience in ((signal.SIGTERM, 10.0), (signal.SIGKILL, 10.0)):
            with suppress(ProcessLookupError):
                os.killpg(access.pid, kind)
            if _gone(access.pid, self.program, patience):
                break
        if self._process is not None:
            self._process.wait(10.0)
        return True


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=3) as reply:  # noqa: S310
            return bool(json.load(reply).get("status") == "UP")
    except (OSError, ValueError):
        return False


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _ours(pid: int, program: Path) -> bool:
    """Tell whether the process id still belongs to our server."""
    with suppress(ChildProcessError, OSError):
        os.waitpid(pid, os.WNOHANG)
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return os.fsencode(program) in command


def _gone(pid: int, program: Path, patience: float) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if not _ours(pid, program):
            return True
        time.sleep(0.1)
    return False
