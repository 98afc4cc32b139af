from model.tokens import fold
from model.traced import Traced


def test_characters_keep_their_origin():
    original = "一是投入１２．５万元，覆蓋全縣。"
    read = Traced(original, offset=100)
    assert read.folded == "投入0万元,覆盖全县。"
    assert len(read.spans) == len(read.folded)
    assert read.spans[0] == (102, 103)
    assert read.spans[-1] == (100 + len(original) - 1, 100 + len(original))
    assert original[read.spans[-3][0] - 100] == "全"


def test_a_page_number_inside_a_sentence_is_stepped_over():
    original = "推进医共 第 3 页 体建设。"
    read = Traced(original, "推进医共体建设。")
    assert read.folded == "推进医共体建设。"
    start, end = read.span(2, 5)
    assert original[start] == "医"
    assert original[end - 1] == "体"


def test_evidence_reads_what_is_scored(reports):
    for report in reports:
        for sentence in report.sentences:
            read = Traced(report.slice(sentence), sentence.text, sentence.start)
            assert read.folded == fold(sentence.text)
            assert len(read.spans) == len(read.folded)
            starts = [start for start, _ in read.spans]
            assert starts == sorted(starts)
            assert sentence.start <= starts[0]
            assert read.spans[-1][1] <= sentence.end
