"""What other systems call our canonical columns, Chinese and English, the surest name first.

Names are compared without case, spaces, underscores and punctuation.
"""

from __future__ import annotations

from types import MappingProxyType

_LON = ("经度", "longitude", "lng", "long", "gps经度", "坐标经度", "x坐标", "坐标x", "x")
_LAT = ("纬度", "latitude", "lat", "gps纬度", "坐标纬度", "y坐标", "坐标y", "y")
_ADDRESS = (
    *("地址", "详细地址", "address", "所在地址", "位置", "地点", "street address", "location"),
    *("location address", "full address"),
)
_ADDRESS_ID = ("标准地址编码", "地址编码", "标准地址id", "地址id", "地址编号", "address code")
_NAME_EN = ("英文名称", "英文名", "english name", "name english", "name en")
_NUMBER = ("编号", "编码", "序号", "objectid", "fid", "gid", "ogc fid", "uid", "uuid", "key")
_POSITION = {"lon": _LON, "lat": _LAT}

_AREAS = {
    "code": (
        *("行政区划代码", "区划代码", "区划编码", "网格编码", "网格编号", "社区编码", "街道编码"),
        *(
            "代码",
            "编码",
            "编号",
            "adcode",
            "area code",
            "district code",
            "geoid",
            "code9",
            "code12",
        ),
        *("gb", "boro cd", "zip", "zipcode", "zcta5ce10", "id"),
    ),
    "name": (
        *("名称", "区域名称", "网格名称", "社区名称", "街道名称", "行政区名称", "区县名称"),
        *("area name", "district name", "title"),
    ),
    "level": ("层级", "级别", "行政级别", "area level", "admin level"),
    "parent": (
        *("上级代码", "上级编码", "父级编码", "所属街道编码", "上级区划代码", "parent code"),
        *("parent id", "pcode"),
    ),
    "population": ("常住人口", "人口", "人口数", "总人口", "residents", "pop"),
    "name_en": _NAME_EN,
}

_TICKETS = {
    "id": (
        *("工单编号", "诉求编号", "工单号", "受理编号", "案件编号", "事件编号", "任务编号"),
        *("unique key", "ticket id", "service request id", "request id", "case id"),
        *("case number", "order no", "ticket no", "流水号", *_NUMBER),
    ),
    "created_at": (
        *("受理时间", "登记时间", "来电时间", "诉求时间", "创建时间", "上报时间", "提交时间"),
        *("录入时间", "受理日期", "登记日期", "created date", "created", "date created"),
        *("create time", "opened", "requested datetime", "open date", "date received"),
        *(
            "received at",
            "submitted at",
            "reported at",
            "发生时间",
            "时间",
            "日期",
            "date",
            "timestamp",
        ),
    ),
    "closed_at": (
        *("办结时间", "结案时间", "完成时间", "关闭时间", "归档时间", "办结日期", "结案日期"),
        *("closed date", "closed", "date closed", "resolved date", "resolved at", "completed at"),
    ),
    "category": (
        *("诉求类别", "诉求分类", "工单类别", "事件类别", "问题类别", "类别", "分类", "诉求类型"),
        *("complaint type", "request type", "issue type", "service name", "category name"),
        *("问题分类", "problem", "type", "大类", "小类", "一级分类", "二级分类"),
    ),
    "channel": (
        *("来源", "渠道", "诉求来源", "受理渠道", "来电渠道", "来源渠道", "工单来源", "受理方式"),
        *("open data channel type", "source", "origin", "method received", "channel type"),
    ),
    "state": (
        *("状态", "办理状态", "工单状态", "处理状态", "当前状态", "案件状态", "status"),
        *("case status", "ticket status"),
    ),
    "due_at": (
        *("办理时限", "截止时间", "办结时限", "办理期限", "到期时间", "处理时限", "截止日期"),
        *("承诺办结时间", "due date", "deadline", "due", "时限"),
    ),
    "department": (
        *("承办单位", "责任部门", "责任单位", "主办单位", "处置部门", "办理单位", "承办部门"),
        *("agency name", "department name", "agency", "responsible agency", "assigned to"),
        *("处理部门", "部门", "单位"),
    ),
    "text": (
        *("诉求内容", "问题描述", "诉求描述", "工单内容", "事件描述", "主要内容", "内容", "描述"),
        *("description", "content", "details", "诉求标题", "标题", "descriptor", "comments"),
    ),
    "address": (
        *("诉求地点", "发生地址", "事发地址", "诉求地址", "问题地址", "发生地点", "事发地点"),
        *("incident address", *_ADDRESS),
    ),
    "address_id": _ADDRESS_ID,
    **_POSITION,
    "area": (
        *("所属网格", "网格编码", "网格编号", "社区编码", "所属社区", "网格", "区划代码"),
        *(
            "行政区划代码",
            "街道编码",
            "所属街道",
            "社区",
            "area code",
            "community board",
            "district",
        ),
    ),
    "dispatched_at": (
        "派单时间",
        "派遣时间",
        "转办时间",
        "交办时间",
        "分派时间",
        "dispatched date",
    ),
    "signed_at": ("签收时间", "接单时间", "signed date"),
    "contacted_at": ("首次联系时间", "联系时间", "first contact date", "contacted date"),
    "handled_at": ("处置时间", "处理时间", "反馈时间", "handled date"),
    "visited_at": ("回访时间", "回访日期", "callback date"),
    "result": (
        *("办理结果", "处理结果", "处置结果", "办结意见", "答复内容", "resolution description"),
        *("resolution", "outcome"),
    ),
    "satisfaction": ("满意度", "满意情况", "满意度评价", "是否满意", "评价结果", "rating"),
}

_ADDRESSES = {
    "id": ("地址编码", "标准地址编码", "地址编号", "地址id", "address id", *_NUMBER),
    "code": ("区划编码", "地址代码", "分类代码", "address code", "代码"),
    "province": ("省", "省份", "state name", "state"),
    "city": ("市", "城市", "地市", "地级市"),
    "county": ("区", "县", "区县", "县区", "县市区", "district"),
    "town": ("街道", "乡镇", "镇街", "镇", "乡镇街道", "街道乡镇", "township", "street office"),
    "community": ("社区", "村居", "村", "社区村", "居委会", "village"),
    "grid": ("网格", "所属网格", "网格编码", "网格编号"),
    "road": (
        "道路",
        "街路巷",
        "路名",
        "道路名称",
        "街道名称路",
        "street name",
        "street",
        "streetname",
    ),
    "road_no": ("门牌号", "门牌", "门牌号码", "号牌", "house number", "housenum", "street number"),
    "quarter": ("小区", "小区名称", "院落", "住宅区", "compound", "estate"),
    "building": ("楼栋", "楼号", "栋", "幢", "幢号", "楼栋号", "building number"),
    "unit": ("单元", "单元号", "unit number"),
    "floor": ("楼层", "层", "floor number"),
    "room": ("房间", "室", "户室", "房号", "房间号", "室号", "room number", "apartment"),
    "poi": ("兴趣点", "单位名称", "场所名称", "地点名称", "place name", "poi name"),
    "level": ("地址级别", "级别", "层级", "address level"),
    **_POSITION,
    "aliases": ("别名", "曾用名", "俗称", "alias", "alternative names"),
    "accuracy_m": ("定位精度", "坐标精度", "精度", "position accuracy", "accuracy"),
    "status": ("地址状态", "启用状态", "状态", "address status"),
    "standing": ("主辅标识", "主辅地址", "主辅", "primary secondary", "standing"),
    "valid_from": ("启用日期", "生效日期", "启用时间", "valid since", "start date"),
    "valid_to": ("停用日期", "失效日期", "停用时间", "valid until", "end date"),
}

_MARKETS = {
    "id": ("市场编号", "市场编码", "market id", *_NUMBER),
    "name": ("名称", "市场名称", "街区名称", "market name", "夜市名称", "title"),
    "kind": ("类型", "市场类型", "类别", "业态", "type", "market type", "category", "business"),
    "windows": (
        *("营业时间", "经营时间", "开市时间", "开放时间", "时段", "hours", "opening hours"),
        *("business hours", "dayshours"),
    ),
    "stalls": ("摊位数", "摊位", "摊位数量", "number of stalls", "stall count"),
    "address": (*_ADDRESS, "范围", "bounds"),
    **_POSITION,
    "operator": ("运营单位", "运营方", "经营单位", "管理单位", "主办单位", "managed by"),
    "name_en": _NAME_EN,
}

_MERCHANTS = {
    "id": ("商户编号", "商户编码", "商户id", "许可证号", "business id", "merchant id", "locationid",
           "license number", *_NUMBER),
    "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "credit code"),
    "name": (
        *("商户名称", "名称", "店名", "企业名称", "单位名称", "经营者名称", "商家名称", "字号"),
        *("business name", "dba name", "dba", "applicant", "merchant name", "company"),
    ),
    "kind": (
        *("业态", "经营类型", "行业", "类型", "类别", "行业类别", "经营范围", "主体业态"),
        *("facilitytype", "business type", "type", "category", "industry"),
    ),
    "address": ("经营地址", "经营场所", "住所", "注册地址", "business address", *_ADDRESS),
    "address_id": _ADDRESS_ID,
    **_POSITION,
}  # fmt: skip

_ROADS = {
    "id": ("道路编号", "道路编码", "路段编号", "road id", "segment id", "osm id", *_NUMBER),
    "name": ("道路名称", "名称", "路名", "road name", "street name", "full name"),
    "grade": (
        *("道路等级", "等级", "道路类型", "级别", "road class", "class", "highway", "fclass"),
        "functional class",
    ),
    "name_en": _NAME_EN,
}

_PLACES = {
    "id": ("地点编号", "poi编号", "place id", "poi id", "bin", *_NUMBER),
    "name": ("名称", "地点名称", "地名", "单位名称", "poi名称", "place name", "poi name", "title"),
    "kind": ("类型", "类别", "分类", "地点类型", "type", "category", "class", "poi type"),
    **_POSITION,
    "name_en": _NAME_EN,
}

SYNONYMS = MappingProxyType(
    {
        "areas": _AREAS,
        "tickets": _TICKETS,
        "addresses": _ADDRESSES,
        "markets": _MARKETS,
        "merchants": _MERCHANTS,
        "roads": _ROADS,
        "places": _PLACES,
    }
)

# What a row cannot do without; a shape stands for areas and roads, a position for places.
REQUIRED = MappingProxyType(
    {
        "areas": ("code",),
        "tickets": ("id", "created_at", "category"),
        "addresses": ("id",),
        "markets": ("id", "name", "kind", "windows"),
        "merchants": ("id", "name"),
        "roads": ("id",),
        "places": ("id", "name"),
    }
)
SHAPED = ("areas", "roads")  # nothing without a shape
PLACED = ("places",)  # nothing without a position
DRAWN = ("areas", "markets", "roads")  # kinds whose table keeps shapes

# Who called, and how to reach them: never taken, whatever the column holds.
PERSONAL = (
    *("姓名", "来电人", "诉求人", "联系人", "投诉人", "举报人", "当事人", "申请人", "反映人"),
    *("法定代表人", "法人代表", "负责人", "电话", "手机", "联系方式", "来电号码", "主叫号码"),
    *("身份证", "证件号", "邮箱", "微信号", "qq号", "户籍", "出生日期", "银行卡"),
    *("phone", "mobile", "telephone", "tel", "email", "caller", "complainant", "ssn"),
    *("id card", "contact name", "first name", "last name", "date of birth"),
)
