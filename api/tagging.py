"""Tag what a reading gives: records as a stream."""

from collections.abc import Iterator
from typing import Any

from api.reading import Reading
from api.records import records
from model.tagger import Tagger
from seeds.codebook import Codebook


def tag_reports(
    reading: Reading, tagger: Tagger, codebook: Codebook
) -> Iterator[dict[str, Any]]:
    """Yield the records of every report, file by file."""
    for report in reading.reports():
        yield from records(report, tagger, codebook)
