"""Make the input files of `docx-*`, `pdf-*`, `doc-*` and `zip-*` anew.

Run with `PYTHONPATH=. .venv/bin/python tests/data/reading/make_documents.py`. The .doc
and one .pdf need LibreOffice. The texts are invented; `expected.json` beside each input is written
by hand.
"""

import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from tests.seeds.readers.pages import BODY, TITLE, pdf
from tests.seeds.readers.word import abstract, level, num, paragraph, word

FOLDER = Path(__file__).parent
MARKS = (
    abstract(
        0,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Heading1"/>'),
        level(1, "japaneseCounting", "（%2）", '<w:pStyle w:val="Heading2"/>'),
        level(2, "decimal", "%3."),
    )
    + num(1, 0)
    + abstract(1, level(0, "bullet", "\uf06c"))
    + num(2, 1)
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{depth}">'
    f'<w:name w:val="heading {depth}"/><w:pPr><w:numPr><w:ilvl w:val="{depth - 1}"/>'
    f'<w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{depth - 1}"/></w:pPr></w:style>'
    for depth in (1, 2)
)


def numbered() -> bytes:
    """Return a report none of whose numbers is typed."""
    body = (
        paragraph("白石市卫生健康委员会2024年工作总结", style="Title")
        + paragraph("2024年，全市卫生健康系统围绕中心工作，较好完成了各项任务。")
        + paragraph("主要工作", style="Heading1")
        + paragraph("深化医药卫生体制改革", style="Heading2")
        + paragraph("推进紧密型医共体建设，三个县区全部挂牌运行。")
        + paragraph("落实药品集中采购政策，群众用药负担进一步减轻。", 2)
        + paragraph("完善绩效考核办法，基层人员收入稳步提高。", 2)
        + paragraph("加强疾病预防控制", style="Heading2")
        + paragraph("规范开展预防接种，适龄儿童接种率保持在较高水平。", 1, 2)
        + paragraph("持续做好结核病防治，患者规范管理率明显提升。", 1, 2)
        + paragraph("2025年工作打算", style="Heading1")
        + paragraph("继续推进县级医院能力建设，补齐急诊急救短板。")
    )
    return word(body, MARKS, STYLES)


def layout() -> bytes:
    """Return a report in a frame of tables, with tracked changes."""

    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    changed = (
        "<w:p>" + run("全年培训村医")
        + f"<w:del><w:r><w:delText>八十</w:delText></w:r></w:del><w:ins>{run('一百二十')}</w:ins>"
        + run("人次，实现行政村全覆盖。") + "</w:p>"
    )  # fmt: skip
    tasks = "<w:tbl>" + row(
        paragraph("建设中医馆两个，配齐设备和人员。"), paragraph("培训骨干医师六名。")
    ) + "</w:tbl>"  # fmt: skip
    inner = (
        paragraph("青川县卫生健康局2023年工作总结")
        + paragraph("一、基层服务能力")
        + changed
        + paragraph("新建村卫生室十一所，全部通过验收。")
        + paragraph("二、中医药工作")
        + tasks
        + paragraph("举办中医药文化活动三场，受到群众欢迎。")
    )
    return word(f"<w:tbl>{row(inner)}</w:tbl>")


def report_pages() -> bytes:
    """Return a report of several pages with running head and page numbers."""
    lines = [
        ("南湖市卫生健康委员会关于2024年工作总结和2025年工作计划的报告", TITLE),
        (
            "2024年，我委紧扣健康南湖建设目标，扎实推进各项重点工作，现将情况报告如下。",
            BODY,
        ),
        ("一、2024年工作总结", BODY),
        ("（一）医疗服务持续改善", BODY),
        *((f"{text}。", BODY) for text in PDF_PAST),
        ("二、2025年工作计划", BODY),
        *((f"{text}。", BODY) for text in PDF_PLAN),
    ]
    return pdf(lines, "南湖市卫生健康委员会文件", lambda page: f"— {page} —")


PDF_PAST = [
    "市人民医院新院区投入使用，新增床位三百张，门诊和住院流程重新设计，患者平均等候时间明显缩短，"
    "满意度测评结果在全省同类医院中位居前列，日间手术、多学科诊疗等新的服务方式全面铺开",
    "推动优质资源下沉，组织城区医院的专家到乡镇卫生院坐诊带教，帮助十二家卫生院开设特色专科，"
    "群众在家门口就能看上专家门诊，县域内就诊率稳步上升，转诊更加顺畅",
    "加强护理队伍建设，举办护理技能竞赛和专科护士培训，选送骨干到省级医院进修学习，"
    "优质护理服务覆盖全部病区，延续护理走进社区和家庭，失能老人得到更好照护",
    "严格落实医疗质量核心制度，开展处方点评和病历质量检查，建立问题台账并限期整改，"
    "医疗纠纷数量比上年下降，医疗安全形势总体平稳，行风建设取得新的成效",
] + [
    f"第{number}轮巡查覆盖{place}的全部医疗机构，检查内容包括依法执业、院感防控和消防安全，"
    f"对发现的问题现场交办、逐项销号，{place}的整改情况已经向社会公布，接受群众监督，"
    "巡查结果同时作为年度考核的重要依据，先进做法在全市推广"
    for number, place in enumerate(
        ["东城区", "西城区", "临江县", "平原县", "云岭县"], 1
    )
]
PDF_PLAN = [
    "启动市级区域医疗中心建设，引进高水平学科团队，建成卒中、胸痛、创伤三个救治中心，"
    "进一步提高急危重症患者的抢救成功率，让群众大病不出市",
    "实施基层卫生人才计划，为乡镇卫生院招聘大学生一百名，落实住房和职称政策，让人才留得住",
]


def scattered() -> bytes:
    """Return a zip with a name in GBK and a member that cannot be read."""
    name = "梨花镇卫生院2024年工作总结.docx"
    body = (
        paragraph("梨花镇卫生院2024年工作总结")
        + paragraph("一、家庭医生签约")
        + paragraph("组建签约团队六支，上门随访老年人和慢病患者。")
        + paragraph("二、存在问题")
        + paragraph("全科医生数量不足，信息系统还不能互通。")
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        stand_in = "x" * len(name.encode("gbk"))
        archive.writestr(_info(stand_in), word(body))
        archive.writestr(_info("scan.pdf"), b"%PDF-1.4 cut")
    return target.getvalue().replace(stand_in.encode(), name.encode("gbk"))


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def converted(data: bytes, suffix: str, filter_name: str) -> bytes:
    """Return a .docx in another format, as LibreOffice writes it."""
    program = shutil.which("soffice")
    if program is None:
        raise SystemExit("soffice is missing")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            [program, profile, "--headless", "--convert-to", f"{suffix}:{filter_name}",
             "--outdir", name, str(folder / "in.docx")],
            check=True,
        )  # fmt: skip
        return (folder / f"in.{suffix}").read_bytes()


def main() -> None:
    """Write every input."""
    inputs = {
        "docx-numbered/input.docx": numbered(),
        "docx-layout/input.docx": layout(),
        "doc-report/input.doc": converted(numbered(), "doc", "MS Word 97"),
        "pdf-report/input.pdf": report_pages(),
        "pdf-office/input.pdf": converted(numbered(), "pdf", "writer_pdf_Export"),
        "zip-gbk/input.zip": scattered(),
    }
    for name, data in inputs.items():
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
