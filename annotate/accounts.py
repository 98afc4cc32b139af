"""Accounts this program opened in a local Label Studio, with their tokens."""

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import AgreementError, StudioRefused
from seeds.files import write_text

if TYPE_CHECKING:
    from annotate.studio import Studio

DOMAIN = "policy-themes.local"


def email_of(name: str) -> str:
    """Return the e-mail of an account: `annotator-2` or a whole address."""
    return name if "@" in name else f"{name}@{DOMAIN}"


def emails_of(names: str) -> tuple[str, str]:
    """Return the two accounts of `annotator-1,annotator-2`.

    Accounts of votes need not be e-mails: a name with a dot stays as it is.

    Raises:
        AgreementError: these are not two names.
    """
    found = [name.strip() for name in names.split(",") if name.strip()]
    if len(found) != 2:
        raise AgreementError(f"{names!r}: two accounts are compared, not {len(found)}")
    first, second = (name if "." in name else email_of(name) for name in found)
    return first, second


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
