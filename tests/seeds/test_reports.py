import itertools

from seeds.codebook import load_codebook
from seeds.read import read_text
from seeds.records import Report


def test_sentences_and_dropped_spans_give_back_the_text(reports):
    by_file: dict[str, list[Report]] = {}
    for report in reports:
        by_file.setdefault(report.sha256, []).append(report)
    assert len(by_file) == 5
    for found in by_file.values():
        text = found[0].text
        pieces = sorted(
            [(s.start, s.end) for report in found for s in report.sentences]
            + [(d.start, d.end) for report in found for d in report.dropped]
        )
        assert pieces[0][0] == 0
        assert pieces[-1][1] == len(text)
        assert all(a[1] == b[0] for a, b in itertools.pairwise(pieces))
        assert "".join(text[start:end] for start, end in pieces) == text


def test_sentences_slice_the_original(reports):
    for report in reports:
        for sentence in report.sentences:
            assert report.slice(sentence).strip()
            assert report.slice(sentence) == report.slice(sentence).strip()


def test_cue_belongs_to_its_item():
    text = "一、要求\n建设医院。(责任科室:医政科)推进改厕。(责任科室:爱卫办)\n"
    (report,) = read_text(text, "x.txt")
    assert [s.cue for s in report.sentences] == ["医政科", "爱卫办"]


def test_codebook():
    codebook = load_codebook()
    assert len(codebook.themes) == 15
    assert all(25 <= len(theme.key_terms) <= 40 for theme in codebook.themes)
    assert len(codebook.fingerprint) == 16
    assert len(codebook.confusions) > 50
