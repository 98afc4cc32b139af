import importlib.util
import io
import zipfile

import pytest

from seeds.errors import UnreadableFile
from seeds.readers import LARGEST, extract
from seeds.readers.sniff import sniff
from tests.seeds.readers.word import paragraph, word

TEXT = "一、工作\n推进医疗改革。\n"
MHTML = (
    "From: <Saved by Blink>\nSubject: =?utf-8?Q?x?=\n\tmore\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related; boundary="b"\n\n--b\n'
    "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    "<html><body><p>推进医疗改革。</p></body></html>\n--b--\n"
)


def office(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return target.getvalue()


def ole(*streams: str, header: bytes = b"") -> bytes:
    """Return what an OLE file begins with: a sector of text, one of names."""
    entries = [
        (name.encode("utf-16-le") + b"\0\0").ljust(128, b"\0") for name in streams
    ]
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return magic + header.ljust(512, b"\0") + b"".join(entries)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (word(paragraph("甲")), "某.wps", "docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), "某.et", "table"),
        (office("word/报告.docx"), "某.docx", "zip"),
        (ole("Root Entry", "WordDocument"), "某", "doc"),
        (ole("Root Entry", "Workbook"), "某.xls", "table"),
        (b"{\\rtf1 x}", "某.doc", "doc"),
        (b"\n%PDF-1.7", "某.txt", "pdf"),
        ("文件以%PDF-开头".encode(), "某.txt", "text"),
        (b"\xef\xbb\xbf \n<!DOCTYPE  HTML>", "某.txt", "html"),
        (b"<?xml version='1.0'?>\n<!-- a --><html xmlns='x'>", "某.doc", "html"),
        ("<html><p>字".encode("utf-16"), "某", "html"),
        (b"<!-- a -->\n<!-- b --> <div>", "某", "html"),
        (b"<!---->" * 2_000, "某", "text"),
        (MHTML.encode(), "某.doc", "mhtml"),
        ("MIME-Version是什么".encode(), "某", "text"),
        ("任务,科室\n".encode(), "某.CSV", "table"),
        ("<某市>工作总结".encode(), "某.docx", "text"),
        (b"", "某.txt", "text"),
    ],
)
def test_kinds(data, name, kind):
    assert sniff(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "reason", "said"),
    [
        (ole("Root Entry", "EncryptedPackage"), "某.docx", "encrypted", "密码"),
        (ole("Root Entry", "WordDocument", header=b"\xec\xa5".ljust(11, b"\0") + b"\1"),
         "某.doc", "encrypted", "密码"),
        (ole("Root Entry", "WordDocument"), "某.wps", "unsupported", "docx"),
        (ole("Root Entry", "PowerPoint Document"), "某.ppt", "unsupported", "docx"),
        (ole(), "某.doc", "broken", "cut"),
        (office("OFD.xml", "Doc_0/Document.xml"), "某.ofd", "unsupported", "pdf"),
        (office("mimetype", "META-INF/manifest.xml"), "某.odt", "unsupported", "docx"),
        (b"Rar!\x1a\x07\x00", "某.rar", "unsupported", "zip"),
        (b"\x89PNG\r\n\x1a\n", "某.png", "unsupported", "识别"),
        (b"<?xml version='1.0'?><w:wordDocument>", "某.doc", "unsupported", "docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), "某.xlsx", "unsupported", "--column"),
        ("任务,科室\n".encode(), "某.csv", "unsupported", "--column"),
        (b"PK\3\4" + b"\0" * 100, "某.docx", "broken", "zip"),
        (bytes(range(256)) * 20, "某.txt", "not_text", ""),
        (bytes(range(256)) * 20, "某.docx", "broken", "format"),
        (b"a" * (LARGEST + 1), "某.txt", "too_large", str(LARGEST)),
    ],
)  # fmt: skip
def test_what_cannot_be_read_names_reason_and_way_out(data, name, reason, said):
    (found,) = extract(data, name)
    assert isinstance(found.content, UnreadableFile)
    assert found.content.reason == reason
    assert said in found.content.detail
    assert name in str(found.content)


def text_of(data: bytes, name: str) -> str:
    (found,) = extract(data, name)
    assert not isinstance(found.content, UnreadableFile)
    return found.content.text


def test_plain_text_of_any_name():
    assert text_of(TEXT.encode("gb18030"), "某.docx") == TEXT


has_html = importlib.util.find_spec("seeds.readers.html") is not None


@pytest.mark.skipif(not has_html, reason="seeds/readers/html.py is not merged yet")
def test_pages_are_read_in_the_child():
    page = "<html><body><p>推进医疗改革。</p></body></html>".encode()
    assert "推进医疗改革。" in text_of(page, "某.doc")
    assert "推进医疗改革。" in text_of(MHTML.encode(), "某.doc")
