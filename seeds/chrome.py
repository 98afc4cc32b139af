"""Lines that a web site or a sharing platform put around a report.

One pattern a line, matched against normalised lines (half-width, simplified).
"""

import re

_LINES = r"""
第\d+页 ?[/,共] ?共?\d+页
第 {0,2}\d{1,3} {0,2}页(?: ?[/,共] ?共? ?\d{1,3} ?页)?
[-—–]? ?\d{1,3} ?[-—–]?|\d{1,3} ?/ ?\d{1,3}
[·•.\-—_=*~]{3,}|[|:\- ]{3,}
目 ?录|.{2,40}(?:\.{3,}|…+|·{3,}) ?\d{1,3}
(?:发布|发表|更新|生成|成文|创建|上传)(?:日期|时间|于)?[::].{0,80}
(?:【?字体|字号)[::大中小】\[\] ].{0,30}
(?:浏览|阅读|点击|访问|下载)(?:次数|量|数)[::]?[^。]{0,20}
(?:信息|文章|稿件)?来源[::][^。]{0,60}
(?:责任)?编辑[::].{0,20}|作者[::].{0,20}
.{0,60}\|\|?[^。]{0,40}浏览次数.{0,80}
(?:索引号|组配分类|生成日期|主题分类|公开范围|发布机构|信息索引|体裁分类|公开方式|文号|发文字号|有效性|名称|主题词|服务对象|关键词)[:: |][^。]{0,120}
\||>
文章导读|阅读全文|查看全文|查看更多>*|展开全文|点击展开.{0,10}|全文阅读|继续阅读
\(?想阅读完全部.{0,40}|如果喜欢.{0,20}|尚未有人.{0,20}|请选择打赏.{0,10}|赏?赞赏?|打赏
(?:剩余|还剩|未读).{0,12}(?:未读|内容|全文|%).{0,20}|.{0,12}(?:登录|注册|付费|购买|开通(?:VIP|会员)).{0,12}(?:查看|阅读|下载|继续|解锁|复制).{0,16}
[¥¥]\d+(?:\.\d+)?
分享(?:到|至)?(?:[::].{0,30}|(?: ?(?:微信|微博|新浪微博|QQ空间|QQ好友|QQ|朋友圈|人人网|收藏|打印))*)|微信扫一扫.{0,40}|扫一扫.{0,30}|用手机扫.{0,30}
关于本文|本文标题[::].*|链接地址[::].*|本文链接[::].*|原文链接[::].*|(?:https?://|www\.)\S+
相关(?:内容|文章|推荐|阅读|链接|信息|文档)[::]?|热门推荐|猜你喜欢|[·• ]*本[周月]热门|二维码|微信订阅号|联系客服|联系我们|关于我们|网站地图|无障碍(?:浏览|阅读)
(?:资源|文档|文件)(?:预览内容|描述|简介|大全|格式|大小|编号|类型|页数)[::]?.{0,20}|亲,该文档.*|本文(?:档)?共\d+页.*|(?:免费|点击|立即)?下载(?:文档|本文|全文|Word|原文).{0,30}|VIP.{0,30}|所需积分.{0,10}|下载积分.{0,10}
网站客服.*|.{0,30}版权所有.{0,40}|.{0,60}ICP[备证].*|.{0,40}公网安备.*|经营许可证.*|Copyright.*|©.*
Tags?[::].*|标签[::].*|栏目[::].*|您?(?:现在|当前)?(?:的)?位置[::].*|当前位置.*|首页 ?[>»/].*
(?:【(?:概述|正文|导读|摘要|前言|打印|关闭|收藏|大|中|小|字体|纠错|分享|推荐|返回).{0,8}】 ?)+
.{0,30}本站的?会员.{0,80}|.{0,40}为(?:你|大家|您)(?:整理|收集|带来|分享|准备).{0,80}|.{0,30}(?:仅供参考|欢迎(?:大家)?阅读|希望(?:能)?(?:对|给)(?:大家|你|您).{0,40})[,。!]?.{0,20}
(?:上|下)一(?:篇|页|条)[::]?.{0,60}|(?:打印|关闭|收藏|返回|分享|纠错|字号|顶部|首页|列表|窗口|本页|此页|正文|下载|/|\|| )+|返回(?:顶部|首页|列表).{0,4}|打印本页.{0,20}
主办(?:单位)?[::].{0,60}|承办(?:单位)?[::].{0,60}|网站标识码.*|政府网站.{0,30}|技术支持[::].*|地址[::].{0,60}|邮编[::].{0,20}|(?:联系)?电话[::].{0,40}|\(?联系人[::].{0,60}
\d{4}-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?(?: \d{1,8})?
附件[::]?\d?(?:[::]?|[^。]{0,80}[^。,])|.{0,60}\.(?:docx?|pdf|xlsx?|wps|zip)\d?
"""
_PATTERN = re.compile(
    "(?:" + "|".join(filter(None, _LINES.split("\n"))) + ")", re.IGNORECASE
)
# What a site glues to the end of the last line.
_TRAILER = re.compile(r"[。;!?]\s*(本文共\d+页.*|\(?来源[::].{0,30}\)?)$")
_LONGEST = 200  # a longer line is text
_LONGEST_SENTENCE = 80  # a longer line that ends like a sentence is text, too
_NAVIGATION_WORD = re.compile(r"[^\s,。;:!?、]{2,8}")
_TAIL = re.compile(
    r"阅读全文|查看全文|分享(?:到)?[::]?$|Tags?[::]|关于本文$|网站客服|.{0,30}版权所有"
    r"|扫一扫|相关(?:内容|文章|推荐|阅读|链接|信息|文档)[::]?$|猜你喜欢|【?上一篇|热门推荐"
)


_LONGEST_TRAILER = 80


def is_chrome(line: str) -> bool:
    """Tell whether a normalised, stripped line is the site's, not the report's."""
    if len(line) > _LONGEST or (len(line) > _LONGEST_SENTENCE and line[-1] == "。"):
        return False
    return _PATTERN.fullmatch(line) is not None or _is_navigation(line)


def starts_tail(line: str) -> bool:
    """Tell whether a line begins what a site puts below a report."""
    return _TAIL.match(line) is not None


def trailer_start(line: str, start: int) -> int:
    """Return where a site's words behind the last sentence begin, else the length."""
    match = _TRAILER.search(line, max(start, len(line) - _LONGEST_TRAILER))
    return match.start(1) if match else len(line)


def _is_navigation(line: str) -> bool:
    """Tell whether a line is a row of menu entries: many short words, no stops."""
    words = line.split(" ")
    if len(words) < 6:
        return False
    return all(_NAVIGATION_WORD.fullmatch(word) for word in words if word)
