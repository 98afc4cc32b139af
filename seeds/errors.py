"""The project's errors.

PolicyThemesError
├── UnreadableFile       a file that cannot become a report (named reason)
├── CodebookError        codebook.toml does not hold what it must
├── MetadataError        a table of metadata that cannot be used (file, row, column)
├── annotate.errors      labels, Label Studio
├── model.errors         bundles, training
└── api.errors           settings, requests
"""

from typing import Literal

Reason = Literal[
    "not_found",
    "unsupported",
    "encrypted",
    "no_text",
    "broken",
    "too_large",
    "too_slow",
    "not_text",
    "empty",
    "outside",
    "no_column",
]

REASONS: dict[Reason, str] = {
    "not_found": "文件不存在",
    "unsupported": "不支持的格式",
    "encrypted": "文件已加密",
    "no_text": "没有文字层(扫描件)",
    "broken": "文件已损坏",
    "too_large": "文件过大",
    "too_slow": "解析超时",
    "not_text": "不是文本",
    "empty": "没有可用的句子",
    "outside": "链接指向文件夹之外",
    "no_column": "表格里没有这一列",
}


class PolicyThemesError(Exception):
    """Root of every error this project raises on purpose."""


class UnreadableFile(PolicyThemesError):
    """A file that cannot become a report.

    Attributes:
        path: the file as the user named it.
        reason: one of `REASONS`, for tables and programs.
        detail: what was found, for people.
    """

    def __init__(self, path: str, reason: Reason, detail: str = "") -> None:
        self.path = path
        self.reason: Reason = reason
        self.detail = detail
        said = f"{path}: {reason} ({REASONS[reason]})"
        super().__init__(f"{said}: {detail}" if detail else said)


class CodebookError(PolicyThemesError):
    """The codebook file is not what the program needs."""


class MetadataError(PolicyThemesError):
    """A table of metadata cannot be used.

    Attributes:
        path: the table.
        row: as a spreadsheet counts it, 0 for the whole table.
        column: its header, "" for the whole row.
    """

    def __init__(self, path: str, what: str, row: int = 0, column: str = "") -> None:
        self.path = path
        self.row = row
        self.column = column
        place = [f"row {row}"] if row else []
        place += [f"column {column!r}"] if column else []
        super().__init__(
            ": ".join([path, *([", ".join(place)] if place else []), what])
        )
