"""Speed of reading: plain text by stages, by size, beside pysbd; DOCX and PDF.

Processor seconds of one process, so that neighbours on the machine count little.
"""

import importlib
import io
import statistics
import time
from collections.abc import Callable, Iterator
from types import ModuleType

import numpy as np

from seeds.clean import View, view
from seeds.corpus import DOCUMENTS, read_bytes
from seeds.decode import decode
from seeds.errors import PolicyThemesError, UnreadableFile
from seeds.lines import sort_lines
from seeds.pieces import cut_pieces
from seeds.split import split_sentences

Figures = dict[str, float]

_ROUNDS = 7
_SIZES = (10_000, 100_000, 1_000_000, 10_000_000)  # bytes of UTF-8
_PAGES = 30
_LINES_A_PAGE = 20
_COUNTY = "清河县"
# As dense as the five reports: 6 sentences and 1.5 headings a kilobyte.
_SECTION = """{han}、扎实推进重点工作
(一)完善服务体系。一是健全县乡村三级医疗服务网络。紧密型县域医共体实现行政、人员、业务、药械、信息统一管理,新增床位{number}张,县域内就诊率保持在{number}.5%以上,群众看病就医更加方便。二是推进优质资源下沉,选派骨干医师{number}人次到乡镇卫生院坐诊带教,开展新技术新项目二十余项;改造提升村卫生室,为偏远山区配备巡回医疗车,切实打通服务群众的“最后一公里”。
(二)强化疾病防控。完善多点触发的监测预警机制,各医疗机构(含民营医院)按时报送数据,确保早发现、早报告、早处置,甲乙类传染病报告发病率较上年下降{number}.5%。扎实做好重点人群疫苗接种工作,“应接尽接”要求落实到位,全部接种门诊完成数字化改造。举办健康讲座{number}场,发放宣传资料{number}万份,居民健康素养水平稳步提高,健康生活方式深入人心。(责任科室:疾控科)
"""


def read_figures() -> Figures:
    """Measure reading; megabytes are millions of bytes of UTF-8.

    Raises:
        PolicyThemesError: a developers' dependency is missing.
    """
    found: Figures = {}
    five = {
        path.name[:3]: path.read_bytes() for path in sorted(DOCUMENTS.glob("*.txt"))
    }
    for name, data in five.items():
        found[f"mb_per_s {name}"] = _rate(data)
    every = list(five.values())
    found["mb_per_s five"] = _rate(*every)
    large = synthetic(_SIZES[-1])
    found["mb_per_s 10MB"] = _rate(large, rounds=1)
    found |= {f"ms_per_mb five {k}": v for k, v in _stages(every, _ROUNDS).items()}
    found |= {f"ms_per_mb 10MB {k}": v for k, v in _stages([large], 1).items()}
    found["cost_exponent"] = _exponent()
    found |= _beside_pysbd(every)
    return found | _formats()


def synthetic(size: int) -> bytes:
    """Return a report of about `size` bytes."""
    numerals = "一二三四五六七八九十"
    section = len(_SECTION.encode())
    parts = [f"{_COUNTY}卫生健康局2024年工作总结\n"]
    parts += (
        _SECTION.format(han=numerals[number % 10], number=number + 1)
        for number in range(max(size // section, 1))
    )
    return "".join(parts).encode()


def _seconds(job: Callable[[], object], rounds: int = _ROUNDS) -> float:
    taken: list[float] = []
    for _ in range(rounds):
        begin = time.process_time()
        job()
        taken.append(time.process_time() - begin)
    return statistics.median(taken)


def _rate(*files: bytes, rounds: int = _ROUNDS) -> float:
    def read() -> None:
        for data in files:
            read_bytes(data, "bench.txt")

    read()
    return sum(map(len, files)) / _seconds(read, rounds) / 1e6


def _stages(files: list[bytes], rounds: int) -> Figures:
    """Return the milliseconds a megabyte takes in each stage of reading."""
    megabytes = sum(map(len, files)) / 1e6
    texts = [decode(data, "bench.txt") for data in files]
    views = [view(text) for text in texts]
    bodies = [(seen.text, list(_bodies(seen))) for seen in views]

    def split() -> None:
        for text, spans in bodies:
            for start, end in spans:
                split_sentences(text, start, end)

    spent = {
        "decode": _seconds(lambda: [decode(data, "") for data in files], rounds),
        "clean": _seconds(lambda: [view(text) for text in texts], rounds),
        "split": _seconds(split, rounds),
    }
    whole = _seconds(lambda: [read_bytes(data, "") for data in files], rounds)
    spent["outline"] = whole - sum(spent.values())
    return {name: 1000 * seconds / megabytes for name, seconds in spent.items()}


def _bodies(seen: View) -> Iterator[tuple[int, int]]:
    lines = sort_lines(seen.text, 0, len(seen.text), frozenset(), (0, 0))
    for piece in cut_pieces(lines, {}):
        if piece.kind == "body":
            yield piece.start, piece.end


def _exponent() -> float:
    """Fit the power of the size that the time grows with; 1 is linear."""
    times = []
    for size in _SIZES:
        data = synthetic(size)
        rounds = _ROUNDS if size < _SIZES[-1] else 1
        times.append(_seconds(lambda: read_bytes(data, "bench.txt"), rounds))  # noqa: B023
    slope, _ = np.polyfit(np.log(_SIZES), np.log(times), 1)
    return float(slope)


def _beside_pysbd(files: list[bytes]) -> Figures:
    """Compare with pysbd, which only splits sentences; above 1 we are quicker."""
    segmenter = _developers("pysbd").Segmenter(language="zh", clean=False)
    texts = [decode(data, "bench.txt") for data in files]
    theirs = _seconds(lambda: [segmenter.segment(text) for text in texts], 3)
    whole = _seconds(lambda: [read_bytes(data, "bench.txt") for data in files])
    split = _stages(files, 3)["split"] * sum(map(len, files)) / 1e9
    return {"pysbd_vs_reading": theirs / whole, "pysbd_vs_split": theirs / split}


def _developers(name: str) -> ModuleType:
    """Import a developers' dependency.

    Raises:
        PolicyThemesError: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise PolicyThemesError(
            f"{name} is missing; `make check` installs the developers' tools"
        ) from error


def _formats() -> Figures:
    """Measure files of thirty pages; a format nobody reads yet is left out."""
    found: Figures = {}
    for name, build in (("docx", _docx), ("pdf", _pdf)):
        data = build()
        try:
            begin = time.perf_counter()
            reports = read_bytes(data, f"bench.{name}")
            seconds = time.perf_counter() - begin
        except UnreadableFile:
            continue
        if _COUNTY in reports[0].text:
            found[f"s {name} {_PAGES} pages"] = seconds
    return found


def _pages() -> list[list[str]]:
    lines = synthetic(_PAGES * _LINES_A_PAGE * 120).decode().splitlines()
    wrapped = [line[at : at + 36] for line in lines for at in range(0, len(line), 36)]
    starts = range(0, _PAGES * _LINES_A_PAGE, _LINES_A_PAGE)
    return [wrapped[start : start + _LINES_A_PAGE] for start in starts]


def _docx() -> bytes:
    document = _developers("docx").Document()
    for page in _pages():
        for line in page:
            document.add_paragraph(line)
        document.add_page_break()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf() -> bytes:
    _developers("reportlab")
    canvas = importlib.import_module("reportlab.pdfgen.canvas")
    metrics = importlib.import_module("reportlab.pdfbase.pdfmetrics")
    fonts = importlib.import_module("reportlab.pdfbase.cidfonts")
    metrics.registerFont(fonts.UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer)
    for page in _pages():
        sheet.setFont("STSong-Light", 12)
        for number, line in enumerate(page):
            sheet.drawString(60, 780 - 34 * number, line)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()
