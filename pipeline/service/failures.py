"""Why an upload was not read, in Chinese: the line of `guanxi run` names one of a few kinds of failure."""

from __future__ import annotations

import re

KINDS = {
    r"was read before": "这份文件以前并入过，但那时填的报纸所在地或日期不同：不能再并入一次。",
    r"locked archive": "压缩包已损坏或有密码：请重新打包，不要设密码。",
    r"password": "文件有密码：请去掉密码，另存一份再传。",
    r"is empty|white space|holds no text|no page holds text|no text is seen": "文件是空的，或里面没有文字：请检查后重新导出或扫描。",
    r"without the text of an article": "这个网页里没有文章正文：请给登着文章的那一页。",
    r"larger than|more than \d+ (MB|pages|files|characters|megapixels)|unpacks to more": "文件太大：请拆成一期一期或一版一版再传。",
    r"took longer": "读得太久，已经停下：请拆成一版一版再传。",
    r"save it as|save the page as|pack it as": "不能读这种格式：文字请另存为 .docx 或 .html，图片存为 .png，压缩包改用 .zip。",
    r"binary data|no file in it can hold pages": "认不出这种格式：请给文本、HTML、PDF、Word（.docx）或图片。",
    r"none of UTF-8": "认不出文字的编码：请另存为 UTF-8 再传。",
    r"JSON object|is not a string": "JSON Lines 文件里有一行写得不对：请改正或删去那一行。",
    r"nested": "压缩包里套了太多层压缩包：请先解开再传。",
    r"not a whole|damaged|picture cannot be read|changed while": "文件已损坏或不完整：请重新导出或扫描。",
    r"--home .*more than one district": "叫这个名字的地区不止一个：请写全报纸所在地，如“湖北省/荆州市/沙市区”。",
    r"--home": "没有这个地区：报纸所在地请写成“湖北省/荆州市/沙市区”的样子。",
    r"--date": "日期看不懂：请写成“2024-03-07”的样子。",
    r"library that is not installed": "这台机器上没有读这种文件所需的程序：请按下面的命令安装。",
    r"another run": "另一个程序正在写这个图：请稍后再试。",
    r"cannot be (written|used)": "结果写不进磁盘：请腾出空间，或检查文件夹的权限。",
    r"\bmodel\b": "模型用不了：请检查启动时给的模型。",
}
"""Patterns of the lines, and what they mean; the first that is found counts."""
OTHER = "文件读不出来：请检查后重新导出，或换一种格式。"


def in_chinese(reason: str) -> str:
    """What the reason for a failure means, and what can be done."""
    said = re.sub(r"^upload-.*?: ", "", reason)  # a file may be named as a reason is worded
    return next((sentence for pattern, sentence in KINDS.items() if re.search(pattern, said)), OTHER)
