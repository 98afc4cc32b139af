"""Errors of labelling.

PolicyThemesError
├── LabelFileError     a label file is not what it must be: file and line named
├── AuthoredError      authored sentences that cannot be added, each named
├── AgreementError     there is nothing to compare
├── StudioError        Label Studio cannot be used
│   ├── StudioDown     nobody answers at the address
│   └── StudioRefused  the token is refused
└── VoteError          annotations that break the codebook's rules, with links
"""

from seeds.errors import PolicyThemesError


class LabelFileError(PolicyThemesError):
    """A label file is damaged or breaks the codebook's rules.

    Attributes:
        path: the file.
        line: counted from 1, 0 for the file as a whole.
    """

    def __init__(self, path: str, line: int, what: str) -> None:
        self.path = path
        self.line = line
        super().__init__(f"{path}:{line}: {what}" if line else f"{path}: {what}")


class AuthoredError(PolicyThemesError):
    """Authored sentences that cannot be added.

    Attributes:
        problems: one line each.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class AgreementError(PolicyThemesError):
    """There are no two accounts with a common sentence."""


class StudioError(PolicyThemesError):
    """Label Studio cannot be used; the message says what to do."""


class StudioDown(StudioError):
    """Nobody answers at the address."""


class StudioRefused(StudioError):
    """The token is refused."""


class VoteError(PolicyThemesError):
    """Annotations that break the codebook's rules.

    Attributes:
        problems: one line each, with the link of the task.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))
