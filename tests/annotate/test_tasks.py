from xml.etree import ElementTree as ET

from annotate.gold import Vote
from annotate.screen import labelling_config
from annotate.tasks import answer, read_answer, spread, task_data
from annotate.votes import merge
from seeds.codebook import load_codebook
from seeds.read import read_text

CODEBOOK = load_codebook()


def vote(account, at, *themes):
    return Vote(account, at, themes)


def test_screen_has_a_key_for_everything():
    screen = ET.fromstring(labelling_config(CODEBOOK))
    keys = [choice.get("hotkey") for choice in screen.iter("Choice")]
    assert len(keys) == len(set(keys)) == 17
    themes = screen.find(".//Choices[@name='themes']")
    assert themes is not None
    assert themes.get("required") == "true"
    aliases = [choice.get("alias") for choice in themes]
    assert aliases == [*CODEBOOK.codes, "none"]


def test_hostile_text_is_escaped():
    (report,) = read_text("一、要求\n<script>alert(1)</script>推进医改。\n", "x.txt")
    data = task_data(report, report.sentences[0])
    assert "<script>" not in data["paragraph"]
    assert "&lt;script&gt;" in data["paragraph"]


def test_spread_covers_the_report(reports):
    chosen = spread(reports[0], 10)
    assert len(chosen) == 10
    assert chosen[-1].index >= 0.8 * len(reports[0].sentences)
    assert len(spread(reports[0], None)) == len(reports[0].sentences)


def test_answers_come_back():
    annotation = {"result": answer(["tcm"], "理由", True), "updated_at": "2026"}
    read = read_answer(annotation, "a", CODEBOOK)
    assert read == Vote("a", "2026", ("tcm",), "理由", True)
    nothing = read_answer({"result": answer([])}, "a", CODEBOOK)
    assert isinstance(nothing, Vote)
    assert nothing.themes == ()


def test_impossible_answers_are_named():
    four = ["party", "reform", "medical", "tcm"]
    for chosen, said in (
        (["none", "tcm"], "无主题"),
        (four, "more than 3"),
        (["gone"], "unknown"),
    ):
        assert said in str(read_answer({"result": answer(chosen)}, "a", CODEBOOK))
    assert read_answer({"result": []}, "a", CODEBOOK) == "nothing chosen"


def test_no_vote_is_lost(reports):
    key = task_data(reports[0], reports[0].sentences[4])["sid"]
    rows, strangers = merge([], reports, {key: [vote("a", "1", "reform")], "x": []})
    assert strangers == ["x"]
    assert rows[0].themes == ("reform",)
    rows, _ = merge(rows, reports, {key: [vote("b", "2", "primary")]})
    assert {v.account for v in rows[0].votes} == {"a", "b"}
    assert rows[0].themes == ("reform",)  # a disagreement waits for its decision
    rows, _ = merge(rows, reports, {key: [vote("a", "3", "primary")]})
    assert len(rows[0].votes) == 2
    assert rows[0].themes == ("primary",)
