"""Whether a post is held, as the words around it say: 原, 拟任, 免去…职务, 1989年任."""

from __future__ import annotations

import re
from typing import cast

from pipeline.records import Status

ACTING = re.compile(r"^(?:代理(?=.*(?:长|主任|书记|主席)$)|代(?=[省市区县州旗盟镇乡]长$|检察长$|院长$|主任$))")
ONCE_HEADS = "(?:[省市县区州旗盟镇乡]长|书记|主任|局长|主席)$"
"""Titles whose 老 is said of who held them once: 老县长, not 老党员, 老教师."""
FORMER_TITLE = re.compile(f"(?:^|(?<=党委)|(?<=党工委)|(?<=党组))原(?=.{{2}})|^老(?={ONCE_HEADS})")
DATE = r"(?:19|20)\d\d(?:年(?:\d{1,2}月)?(?:\d{1,2}日)?|[.．/]\d{1,2})"
TERM = rf"{DATE}起?\s*[至到—–－~～-]+\s*{DATE}[^；;。\n]{{0,20}}?"
"""1989年7月至1996年3月，在某处: what was held so long is held no more."""
BETWEEN = "(?:[^{stops}的]|(?<=[＊其他她任志])的)*"
"""What stands between a verb that gives or takes a post and that post: 辞去|其兼任的|县长, but not 辞去公职返乡的|村支书."""
OF_POST = f"(?={BETWEEN.format(stops='，,')}$)"
"""The same up to the post, without a clause between: not 免除学费后，|县教育局局长."""
COMING = (
    r"(?:[来到赴]|任职|履新|上任|挂职|[转调]任|[转专]业|退休|入伍)[^，,。；;]*?(?<![目日当])前[，,]?[他她]?(?:还|曾|一直|先后|长期)*"
    rf"(?:担?任(?![职命务免期])|[是系]{OF_POST})"
    r"|[来到赴]＊+(?:工作|任职|挂职)?之?前(?:一直|先后|长期)?在$"
)
"""来某县前担任, 到某县任职之前，还任: what somebody was before that is over; but 来到展板前，在县长陪同下."""
STATUS = re.compile(
    rf"(?P<former>历任|曾任|曾担任|曾(?:先后)?在$|(?:{TERM}|曾[^，。；]{{1,20}}?(?<!现)|(?:(?<![一-鿿])|(?<=[此随之其以]))后"
    rf"|利用其?(?:先后)?)担?任(?![职命务免期])|先后担?任|[原曾]系|[原曾]是{OF_POST}|原任|时任"
    rf"|[此之]前(?:先后|[，,]?＊+)?(?:在[^，,。；]{{2,16}}?)?(?:担?任(?![职命务免期])|为|系|在$)|{COMING}|(?:担?任|当)过(?=[^，,的是]*$)"
    rf"|(?:免去|免除|不再(?:担任|兼任|挂任|任)?|辞去|撤销|罢免|卸任){OF_POST})"
    rf"|(?P<proposed>拟任|拟提名为?|拟提任|提名为?(?!奖){OF_POST})"
    r"|(?P<current>(?:(?<!自)(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?[他她]?)?"
    r"(?:现任|现为|现$|当选|担任(?!的)|转任|调任|任命|(?<![主责历曾原时现拟卸担])任(?![职命务免的])))"
)
"""Words that say of the posts after them, as far as 职务 or the next such word, whether they are held."""
LONG = 10
"""Years within which nobody has one post but those who stay (two terms): 1972年任县委副书记 is long over."""
SINCE = re.compile("以来|至今|到现在")
LEFT = re.compile(
    r"(?:原|前任|(?:(?<![一-鿿])|(?<=[的是由与和及同向对被为名位了望访省市县区州旗镇乡局]))前|上一?届|上一任|已故|[退离]休)(?:[省市县区州镇乡村]|街道|社区)?$"
)
"""Words before a post that somebody has left; a 前 that ends a word (节前, 会前, 汛前) tells when something is done."""
FIRST = re.compile("(?<![选为任])首任$")
NEW = re.compile("新|成立|组建|合并|挂牌")
"""首任县政协主席, of long ago; but 县数据局首任局长 and 新组建的首任县数据局局长 are the heads of new offices."""
GONE = re.compile(
    r"的?职务(?:自然|自行|同时)?(?:免除|终止|撤销)|(?:岗位|职位|任)上?(?:退休|免职|离任|卸任)"
    r"|等?(?:的?职务)?期间|等?的?职务上?的?便利|[转调改升]任|晋升|的辞(?:呈|职(?:请求|报告|申请))"
)
"""Words after such a post."""
REMOVED = re.compile(r"(?<!任)免|撤销|罢免|辞|不再|卸任|离任")
LIST_HEAD = re.compile(r"任命|免去|撤销|罢免|接受|辞去")
"""Verbs that rule a list of names and posts; 的…职务 (张三的县教育局局长职务) is said of what is taken away."""
PROPOSED = re.compile(r"(?:提名|推荐|候选|拟任|初步)*(?:候选人|人选)|[（(](?:拟任|提名|候选|人选)")
"""Words after a post that somebody shall have."""


def read_status(title: str, before: str, after: str, act: str, year: int | None = None) -> Status:
    """Whether a post is held, said by the words around it, else by the act that takes it away.

    `before` is all of the clause: 历任 holds for a whole list of posts. `year` is that of the issue.
    """
    told = _told(title, before, after, act, year)
    acting = ACTING.match(title) or before.endswith(("代理", "、代"))
    return "acting" if acting and told != "former" else told


def _told(title: str, before: str, after: str, act: str, year: int | None) -> Status:
    """The read_status of a post but for whether its holder acts for another."""
    if PROPOSED.match(after) or before.endswith("候选人"):
        return "proposed"
    if LEFT.search(before) or FORMER_TITLE.search(title) or GONE.match(after):
        return "former"
    if (FIRST.search(before) and not NEW.search(before)) or (before.endswith("老") and re.match(ONCE_HEADS, title)):
        return "former"
    words = list(STATUS.finditer(before.rpartition("职务")[2]))
    if words and (since := words[-1]["year"]) and year and not SINCE.search(after):
        return "former" if year - int(since) > LONG else "current"
    if words:
        return cast(Status, words[-1].lastgroup)
    return "former" if REMOVED.search(act) else "proposed" if act == "拟任" else "current"
