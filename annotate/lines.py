"""Files of one JSON object a line, read strictly: what is wrong is named by line."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import GenericAlias
from typing import Any, NoReturn, get_args, get_origin

from annotate.errors import LabelFileError

Kind = type | GenericAlias  # str, int, bool, dict, list[str], list[dict[str, Any]]


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a file with their line numbers, counted from 1.

    Raises:
        LabelFileError: names file and line of a half-written line, of what is no JSON
            object, of NaN and of a name that stands twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelFileError(str(path), 0, str(error)) from error
    if lines[-1]:
        raise LabelFileError(str(path), len(lines), "half-written line (no line end)")
    for number, line in enumerate(lines[:-1], 1):
        try:
            data = json.loads(
                line, parse_constant=_no_number, object_pairs_hook=_once_each
            )
        except (ValueError, RecursionError) as error:
            raise LabelFileError(str(path), number, f"not JSON: {error}") from error
        if not isinstance(data, dict):
            raise LabelFileError(str(path), number, "not a JSON object")
        yield number, data


def check_fields(
    data: Mapping[str, Any],
    must: Mapping[str, Kind],
    may: Mapping[str, Kind] | None = None,
) -> None:
    """Check that an object has these fields, of these types, and no others.

    Raises:
        ValueError: names the field.
    """
    kinds = {**must, **(may or {})}
    for name in must:
        if name not in data:
            raise ValueError(f"{name!r} is missing")
    for name, value in data.items():
        if name not in kinds:
            raise ValueError(f"unknown field {name!r}")
        if not _fits(value, kinds[name]):
            kind = kinds[name]
            shown = kind.__name__ if isinstance(kind, type) else kind
            raise ValueError(f"{name!r} is {value!r:.60}, {shown} expected")


def _fits(value: object, kind: Kind) -> bool:
    if get_origin(kind) is list:
        (inner,) = get_args(kind)
        return isinstance(value, list) and all(_fits(item, inner) for item in value)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    plain: Any = get_origin(kind) or kind
    return isinstance(value, plain)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a field stands twice")
    return data
