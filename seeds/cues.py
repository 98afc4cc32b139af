"""Duty cues: who is named responsible for an item, `(责任科室:医政科)`."""

import functools
import re

_WHO = r"(?:科室|单位|部门|处室|股室|领导|人员|人|科|处)"
_ROLE = r"(?:主要|第一)?(?:责任|牵头|配合|协助|协同|主办|承办|协办|落实|实施|分管)"
_DUTY = rf"(?:{_ROLE}(?:责任)?{_WHO}|责任|牵头|配合)"
_BODY = r"(?:科|处|室|办|局|委|中心|院|股|站|所|会|组|部门|单位|负责人)"
_VERB = r"(?:牵头|负责|配合|落实|参与|承办|协助)"
_INNER = r"(?:[^()\[\]【】。]|\([^()\n]{0,40}\))"
# In brackets, with the duty named or as a verb: `(医政科牵头,基层科配合)`.
BRACKET_CUE = re.compile(
    rf"[(\[【](?:{_ROLE}{_WHO}?|责任|牵头|配合) ?:{_INNER}{{1,160}}[)\]】]"
    rf"|[(\[【](?:[^()\[\]【】。;,:]{{1,40}}?{_BODY}(?:等)?{_VERB}[,; ]{{0,2}}){{1,4}}[)\]】]"
)
# A line of its own.
LINE_CUE = re.compile(rf"[★●◆■▲*·—-]{{0,3}} ?{_DUTY} ?:[^。]{{1,120}}。?")
# At the start of a line, before the text; at its end, behind the text.
LEADING_CUE = re.compile(
    rf"(?:{_ROLE}{_WHO}) ?:[^。;,\s:]{{2,40}}(?:[;,] ?{_ROLE}{_WHO} ?:[^。;,\s:]{{2,40}})*[。; ]"
)
LONGEST_CUE = 140  # characters of one behind the text
TRAILING_CUE = re.compile(
    rf"[。;!?\s]\s*({_ROLE}{_WHO} ?:[^。:]{{2,60}}(?:[;, ] ?{_ROLE}{_WHO} ?:[^。:]{{2,60}})*。?)$"
)
_MAY_BE_CUE = re.compile(
    r"责任|牵头|配合|负责|分管|承办|主办|协办|落实[单部科人]|实施[单部科人]"
)
_NAMED = re.compile(
    rf"{_DUTY} ?:(.*?)(?=[;,。 ]*(?:{_DUTY} ?:|完成时[限间]|完成期限|时限|时间)|$)"
)
_ENDS_VERB = re.compile(rf"(?:等)?{_VERB}$")


def may_hold_cue(line: str) -> bool:
    """Tell quickly whether a line may hold a cue at all."""
    return _MAY_BE_CUE.search(line) is not None


@functools.lru_cache(maxsize=1_000)  # the same few departments again and again
def cue_names(text: str) -> str:
    """Return the departments a cue names: `(责任科室:医政科)` gives `医政科`."""
    inner = text.strip("()[]【】 。")
    if text.startswith(("(", "[", "【")) and inner.count("(") > inner.count(")"):
        inner += ")"
    names = [match[1].strip(" ;,、") for match in _NAMED.finditer(inner)]
    if not names:
        parts = (part.strip() for part in re.split(r"[,;]", inner))
        names = [_ENDS_VERB.sub("", part) for part in parts]
    return "、".join(name for name in names if name)
