"""The labelling screen: the codebook as a Label Studio configuration."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from seeds.codebook import NO_THEME, Codebook

THEMES = "themes"  # names of the controls, as they stand in the answers
DISCUSS = "discuss"
COMMENT = "comment"
NONE = "none"  # stored value of 无主题
NONE_KEY = "z"
DISCUSS_KEY = "x"
_REASON = "请写理由，按 Shift+Enter 存入"


@dataclass(frozen=True, slots=True)
class Screen:
    """One kind of project: its title in Label Studio and what its screen adds.

    A title has at least three characters: Label Studio refuses shorter ones.
    """

    title: str
    note: bool = False  # tasks carry a `note`: what is to be looked at, and why
    reason: bool = False  # the comment is required
    answers: int = 2  # so many accounts answer a task


LABELLING = Screen("政策主题")
ADJUDICATION = Screen("政策主题·裁定", note=True, reason=True, answers=1)
REVIEW = Screen("政策主题·复核", note=True, answers=1)
SCREENS = {"标注": LABELLING, "裁定": ADJUDICATION, "复核": REVIEW}

_STYLE = """
.ls-side { position: sticky; top: 0 }
.ls-headings [class*="richtext"] { color: #555; font-size: 14px !important }
.ls-sentence [class*="richtext"] { font-size: 20px !important; line-height: 1.7 }
"""


def labelling_config(codebook: Codebook, screen: Screen = LABELLING) -> str:
    """Return the XML of the labelling screen.

    Left: heading path, sentence, paragraph with the sentence marked. Right: the themes
    with their keys, 无主题, 需讨论, a comment. A choice is required. Where tasks carry a
    note it stands above the paragraph.
    """
    choices = [
        _choice(theme.name, theme.code, theme.hotkey, theme.definition)
        for theme in codebook.themes
    ]
    choices.append(_choice(NO_THEME, NONE, NONE_KEY, "没有任何主题；不能与主题同选"))
    discuss = _choice("需讨论", DISCUSS, DISCUSS_KEY, "拿不准；请写一句理由")
    note = '<HyperText name="note" value="$note"/>\n' if screen.note else ""
    required = (
        f'\n required="true" requiredMessage="{_REASON}"' if screen.reason else ""
    )
    return f"""<View style="display:flex;gap:24px">
<Style>{_STYLE}</Style>
<View style="flex:3;min-width:0">
<View className="ls-headings"><Text name="headings" value="$headings"/></View>
<View className="ls-sentence"><Text name="sentence" value="$sentence"/></View>
{note}<HyperText name="paragraph" value="$paragraph" clickableLinks="false"/>
<Text name="cue" value="$cue"/>
</View>
<View className="ls-side" style="flex:1;min-width:220px">
<Choices name="{THEMES}" toName="sentence" choice="multiple" layout="vertical"
 required="true" requiredMessage="请选择主题，或选“{NO_THEME}”">
{chr(10).join(choices)}
</Choices>
<Choices name="{DISCUSS}" toName="sentence" choice="multiple">
{discuss}
</Choices>
<TextArea name="{COMMENT}" toName="sentence" rows="2" maxSubmissions="1" editable="true"{required}
 placeholder="理由（按 Shift+Enter 存入）"/>
</View>
</View>"""


def _choice(name: str, code: str, key: str, hint: str) -> str:
    return (
        f"<Choice value={quoteattr(name)} alias={quoteattr(code)} "
        f"hotkey={quoteattr(key)} hint={quoteattr(hint)}/>"
    )
