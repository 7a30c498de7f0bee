"""What labels, relations, categories and statuses are called where people read them."""

WORDS = {
    "PERSON": "人名", "TITLE": "职务", "DISTRICT": "地区", "AGENCY": "机构", "ORG": "组织", "VENUE": "场所", "TIME": "时间",
    "EVENT": "活动", "ACT": "行为",
    "Person": "人物", "Post": "职位", "Agency": "机构", "District": "地区", "Organization": "组织", "Venue": "场所",
    "Event": "活动", "Act": "行为", "Article": "文章",
    "holds": "任", "at": "属", "agent": "施事", "object": "对象", "place": "地点", "time": "时间",
    "HOLDS": "任职", "AT": "属于", "PART_OF": "隶属", "SERVES": "管辖", "AGENT": "施事", "OBJECT": "对象", "PLACE": "地点",
    "SUCCEEDS": "接替", "REPORTED_IN": "见于", "WROTE": "采写", "PHOTOGRAPHED": "摄影",
    "current": "现任", "acting": "代理", "former": "曾任", "proposed": "拟任",
    "convene": "召开", "attend": "出席", "chair": "主持", "speak": "讲话", "inspect": "调研检查", "appoint": "任命",
    "remove": "免职", "elect": "选举", "award": "表彰", "issue": "印发", "sign": "签署", "launch": "启动", "visit": "走访",
    "investigate": "查办", "sentence": "判决", "donate": "捐赠", "other": "其他",
    "party": "党委", "government": "政府", "congress": "人大", "cppcc": "政协", "supervision": "监察", "court": "法院",
    "procuratorate": "检察院", "military": "军事", "mass": "群团", "public institution": "事业单位",
    "self-government": "自治组织", "temporary": "临时机构",
    "country": "国家", "province": "省级", "city": "市级", "county": "县级", "township": "乡级", "village": "村级",
    "nation": "国家", "town": "乡级", "zone": "开发区",
    "article": "报道", "photo-story": "图片报道", "caption": "图片说明", "brief": "简讯", "notice": "公告",
    "waiting": "排队", "reading": "正在阅读", "read": "读完", "merging": "正在并入", "merged": "已并入", "failed": "失败",
}  # fmt: skip


def in_words(key: str | None) -> str:
    """What a key is called; the key itself where it has no other name."""
    return WORDS.get(key or "", key or "")
