"""PDF documents: written by reportlab, or by hand where they are to be hostile."""

import io
import zlib
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

FONT = "STSong-Light"
BODY = ParagraphStyle(
    "body", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK"
)
TITLE = ParagraphStyle(
    "title", parent=BODY, fontSize=20, leading=30, alignment=1, firstLineIndent=0
)


def canvas(target: io.BytesIO, **more: object) -> Canvas:
    """Return an empty document with a Chinese font."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    made = Canvas(target, pagesize=A4, invariant=1, **more)
    made.setFont(FONT, 12)
    return made


def pdf(
    paragraphs: Sequence[tuple[str, ParagraphStyle]],
    header: str = "",
    footer: Callable[[int], str] = lambda _: "",
) -> bytes:
    """Return a document of flowing text, with the same header on each page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))

    def furniture(page: Canvas, _: SimpleDocTemplate) -> None:
        page.setFont(FONT, 9)
        page.drawCentredString(A4[0] / 2, A4[1] - 40, header)
        page.drawCentredString(A4[0] / 2, 40, footer(page.getPageNumber()))

    story: list[Flowable] = [Paragraph(text, style) for text, style in paragraphs]
    target = io.BytesIO()
    made = SimpleDocTemplate(target, pagesize=A4, invariant=1)
    made.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return target.getvalue()


def many_pages(count: int, shows: int) -> bytes:
    """Return a small file of many pages that all draw the same text many times."""
    drawn = zlib.compress(
        b"BT /F 12 Tf 1 0 0 1 50 700 Tm " + b"(abcdefghij) Tj " * shows + b"ET"
    )
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(count))
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R"
        b"/Resources<</Font<</F 4 0 R>>>>>>"
    )
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream"
    return _file(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        stream % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[page] * count,
    )


def _file(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    made = b"%PDF-1.4\n"
    table = b"0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count = len(objects) + 1
    return made + b"xref\n0 %d\n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        count, table, count, len(made),
    )  # fmt: skip
