"""Accounts this program opened in a local Label Studio, with their tokens."""

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import StudioRefused
from seeds.files import write_text

if TYPE_CHECKING:
    from annotate.studio import Studio

DOMAIN = "policy-themes.local"


def email_of(name: str) -> str:
    """Return the e-mail of an account: `annotator-2` or a whole address."""
    return name if "@" in name else f"{name}@{DOMAIN}"


class Accounts:
    """The accounts of one Label Studio, kept beside its data; its owner alone reads it.

    Args:
        folder: the data directory of the server.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "accounts.json"

    def token(self, email: str, studio: "Studio") -> str:
        """Return the token of an account; open it by the invitation link if it is new.

        Args:
            email: of the account.
            studio: connected as the administrator.

        Raises:
            StudioRefused: the account was opened by somebody else.
        """
        known = self._read()
        if email not in known:
            password = secrets.token_urlsafe(18)
            token = studio.open_account(email, password)
            known[email] = {"password": password, "token": token}
            write_text(self._file, json.dumps(known, indent=1) + "\n")
            self._file.chmod(0o600)
        return known[email]["token"]

    def _read(self) -> dict[str, dict[str, str]]:
        if not self._file.exists():
            return {}
        try:
            known: dict[str, dict[str, str]] = json.loads(self._file.read_bytes())
        except ValueError as error:
            raise StudioRefused(f"{self._file}: damaged: {error}") from error
        return known
