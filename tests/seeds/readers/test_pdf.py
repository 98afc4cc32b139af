import io
import random

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from seeds.errors import UnreadableFile
from seeds.readers import extract
from seeds.readers.pdf import extract_pdf
from tests.seeds.readers.pages import BODY, TITLE, canvas, pdf

TEXT = (
    "全市推进县域医共体建设,{}个县区全部完成任务,基层诊疗量占比达到{}%,"
    "家庭医生签约服务提质增效,重点人群签约率稳步提高,群众就医负担有所减轻。"
)


def report(count: int) -> list[str]:
    """Return invented paragraphs of different lengths, headings between them."""
    lines = []
    for number in range(count):
        if number % 5 == 0:
            lines.append(f"{'一二三四五六七八九'[number // 5 % 9]}、主要工作")
        lines.append(TEXT.format(number, 100 - number) * (number % 4 + 1))
    return lines


def reason(data: bytes, name: str = "某.pdf") -> str:
    (found,) = extract(data, name)
    assert isinstance(found.content, UnreadableFile)
    return found.content.reason


@pytest.mark.parametrize(
    "footer",
    [
        lambda page: f"- {page} -",
        lambda page: f"第{page}页",
        lambda page: f"第 {page} 页 共 9 页",
        lambda page: f"{page}/9",
        lambda page: f"— {page} —",
        lambda page: f"Page {page} of 9",
        lambda page: f"某某市卫生健康委员会 第{page}页",
        lambda page: "内部资料" if page % 2 else "注意保存",
    ],
)
def test_lines_are_joined_and_furniture_is_gone(footer):
    expected = report(30)
    data = pdf([(line, BODY) for line in expected], "某某市卫健委文件汇编", footer)
    assert extract_pdf(data, "x").text.split("\n") == expected


def test_a_title_of_two_lines_is_one():
    title = "某某市卫生健康委员会关于2024年工作总结和2025年工作要点的情况报告"
    data = pdf([(title, TITLE), ("一、工作", BODY), (TEXT, BODY)])
    assert extract_pdf(data, "x").text.split("\n")[0] == title


def test_paragraphs_without_indent_are_told_by_their_distance():
    apart = BODY.clone("apart", firstLineIndent=0, spaceAfter=14)
    expected = [TEXT * 2, TEXT * 3, TEXT]
    data = pdf([(line, apart) for line in expected])
    assert extract_pdf(data, "x").text.split("\n") == expected


def drawn(*rows: tuple[int, int, str], **more: object) -> bytes:
    target = io.BytesIO()
    made = canvas(target, **more)
    for left, bottom, text in rows:
        made.drawString(left, bottom, text)
    made.showPage()
    made.save()
    return target.getvalue()


def test_a_row_of_a_table_is_a_line():
    data = drawn(
        (90, 700, "任务"), (300, 700, "科室"), (90, 680, "推进改革"), (300, 680, "医政科")
    )  # fmt: skip
    assert extract_pdf(data, "x").text == "任务\t科室\n推进改革\t医政科"


def test_a_list_whose_lines_hang_below_the_text():
    words = "推进县域医共体建设和基层服务能力提升工程,"
    data = drawn(
        (90, 700, "一、"), (130, 700, "主要工作"),
        (90, 680, "1."), (110, 680, "2024年" + words + "群众就医更加方便,县区"),
        (110, 660, "全部挂牌运行。"),
        (90, 640, "2."), (110, 640, words * 2),
        (110, 620, "经验得到推广。"),
    )  # fmt: skip
    assert extract_pdf(data, "x").text.split("\n") == [
        "一、主要工作",
        f"1. 2024年{words}群众就医更加方便,县区全部挂牌运行。",
        f"2.{words * 2}经验得到推广。",
    ]


def test_a_table_of_contents_is_left_out():
    data = drawn((90, 700, "一、工作回顾........3"), (90, 680, "二、计划……………… 12"),
                 (90, 600, "一、工作回顾"))  # fmt: skip
    assert extract_pdf(data, "x").text == "一、工作回顾"


def test_a_signature_keeps_its_lines():
    body = [(line, BODY) for line in report(3)]
    right = BODY.clone("right", alignment=2, firstLineIndent=0)
    data = pdf([*body, ("某某市卫生健康委员会", right), ("2024年12月20日", right)])
    last = extract_pdf(data, "x").text.split("\n")[-2:]
    assert last == ["某某市卫生健康委员会", "2024年12月20日"]


def picture(target: io.BytesIO, *, text: str = "") -> bytes:
    made = canvas(target)
    pixel = ImageReader(io.BytesIO(b"P6 1 1 255\n\0\0\0"))
    made.drawImage(pixel, 50, 50, 400, 600)
    made.showPage()
    if text:
        made.setFont("STSong-Light", 12)
        made.drawString(90, 700, text)
        made.showPage()
    made.save()
    return target.getvalue()


def test_pictures_of_pages_have_no_text():
    assert reason(picture(io.BytesIO())) == "no_text"


def test_a_page_without_text_among_others_does_no_harm():
    data = picture(io.BytesIO(), text="推进改革。")
    assert extract_pdf(data, "x").text == "推进改革。"


def test_encrypted():
    locked = drawn((90, 700, "甲"), encrypt=StandardEncryption("open", "own"))
    assert reason(locked) == "encrypted"
    owned = drawn((90, 700, "推进改革。"), encrypt=StandardEncryption("", "own"))
    assert extract_pdf(owned, "x").text == "推进改革。"


def test_cut_and_junk():
    data = pdf([(line, BODY) for line in report(30)])
    assert reason(data[: len(data) // 2]) == "broken"
    assert reason(b"%PDF-1.7\n" + bytes(range(256)) * 40) == "broken"
    assert reason(random.Random(1).randbytes(9_000)) == "broken"


def test_scarred_files_end_in_text_or_a_reason():
    whole = pdf([(line, BODY) for line in report(8)])
    dice = random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(20):
            data[dice.randrange(len(data))] = dice.randrange(256)
        (found,) = extract(bytes(data), "某.pdf")
        assert getattr(found.content, "reason", "text") in ("text", "broken", "no_text")


@pytest.mark.parametrize(
    ("turn", "move"), [(90, (595, 0)), (180, (595, 842)), (270, (0, 842))]
)
def test_a_page_that_is_turned_to_be_read(turn, move):
    target = io.BytesIO()
    made = canvas(target)
    made.setFont("Helvetica", 12)  # pdfium finds a turned text in embedded fonts only
    made.translate(*move)
    made.rotate(turn)
    rows = [
        (74, f"The county {'built beds ' * 8}and has"),
        (50, "less work."),
        (74, "So be it."),
    ]
    for number, (left, row) in enumerate(rows):
        made.drawString(left, 400 - 20 * number, row)
    made.showPage()
    made.save()
    data = target.getvalue().replace(b"/Rotate 0", b"/Rotate %d" % turn)
    whole = f"The county {'built beds ' * 8}and has less work."
    assert extract_pdf(data, "x").text.split("\n") == [whole, "So be it."]
