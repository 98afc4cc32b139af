"""A label set that is fitted in a moment: each theme's key terms in three files."""

from annotate.gold import LabelledSentence
from seeds.codebook import load_codebook

CODEBOOK = load_codebook()
CODES = CODEBOOK.codes
_FRAMES = ("全面推进{}工作。", "{}取得新的进展。", "我们将继续抓好{}。")


def row(
    text,
    themes=(),
    report="a.txt",
    index=0,
    origin="report",
    section="1.1",
    headings=(),
    meta=(),
):
    return LabelledSentence(
        origin=origin,
        report=report,
        sha256=f"sha of {report}" if origin == "report" else "",
        index=index,
        start=100 * index,
        end=100 * index + len(text),
        text=text,
        section=section,
        headings=headings,
        paragraph=index,
        half="past",
        cue="",
        themes=themes,
        meta=meta,
    )


def tiny_labels(authored=True):
    """Three files of every theme and two sentences more; passages of two sentences."""
    rows = []
    for file, frame in zip("abc", _FRAMES, strict=True):
        for at, theme in enumerate(CODEBOOK.themes):
            text = frame.format(theme.key_terms["abc".index(file)])
            section = f"{1 + at % 4}.1"
            heading = (theme.name,)
            rows.append(
                row(
                    text,
                    (theme.code,),
                    f"{file}.txt",
                    at,
                    section=section,
                    headings=heading,
                )
            )
        for at, text in enumerate(("会议按时结束。", "天气晴朗。"), len(CODES)):
            odd = (CODES[0],) if (file, text[0]) == ("c", "天") else ()  # a wrong label
            rows.append(row(text, odd, f"{file}.txt", at, section="5"))
    if authored:
        rows += [
            row(
                f"{term}有了起色。",
                (theme.code,),
                f"au-{at:04}",
                index,
                "authored",
                headings=("一、成绩",),
                meta=(("register", "对照" if at == 0 else "新闻"),),
            )
            for at, theme in enumerate(CODEBOOK.themes)
            for index, term in enumerate(theme.key_terms[3:5])
        ]
    return rows
