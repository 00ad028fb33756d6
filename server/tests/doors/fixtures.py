"""Workbooks made here: the kinds people send, dirty ones, and hostile ones."""

from __future__ import annotations

import csv
import io
import itertools
import random
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

STANDARD = [
    "客户编号",
    "客户名称",
    "所属行业",
    "客户类型",
    "联系人",
    "职位",
    "联系方式",
    "邮箱",
    "企业地址",
    "合作产品/服务",
    "合作开始时间",
    "合同金额(万元)",
    "最近跟进时间",
    "跟进方式",
    "跟进内容",
    "跟进结果",
    "下次跟进时间",
    "维护方式",
    "维护结果",
    "客户反馈",
    "备注",
]
COLLECTION = [
    "客户编号",
    "客户类型",
    "客户名称/姓名*",
    "所属行业*",
    "联系人*",
    "联系方式*",
    "客户来源*",
    "初步需求*",
    "预计合作周期",
    "记录人*",
    "记录时间*",
]
MAINTENANCE = [
    "客户编号",
    "维护时间",
    "维护方式",
    "沟通内容摘要",
    "客户反馈/需求变化",
    "负责人",
    "下次跟进计划",
]
SATISFACTION = [
    "客户编号",
    "反馈时间",
    "满意度评分(1-5分)",
    "评价维度",
    "具体评价内容",
    "改进建议",
    "负责人",
    "处理状态",
]

Rows = Sequence[Sequence[Any]]


def xlsx(*sheets: Rows, names: Sequence[str] = (), title: str = "") -> bytes:
    """A workbook as Excel writes it; `title` stands merged above the header of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for index, rows in enumerate(sheets):
        sheet = book.create_sheet(names[index] if names else f"Sheet{index + 1}")
        if title:
            sheet.append([title])
            sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[0]))
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_bytes(rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def standard_row(number: int, **cells: Any) -> list[Any]:
    """A full row of the 21-column sheet; `cells` replaces some by header."""
    chance = random.Random(number)
    row: dict[str, Any] = {
        "客户编号": f"C{number:03}",
        "客户名称": f"{chance.choice(['晨星', '青禾', '远航', '恒信'])}贸易第{number}有限公司",
        "所属行业": chance.choice(["互联网", "制造业", "金融业-银行"]),
        "客户类型": chance.choice(["重点客户", "老客户", "新客户", "潜在客户"]),
        "联系人": chance.choice(["王经理", "单女士", "欧阳总"]),
        "职位": "采购总监",
        "联系方式": f"138{number:08}",
        "邮箱": f"user{number}@example.com" if number % 3 else "",
        "企业地址": f"浙江省杭州市余杭区文一路{number}号",
        "合作产品/服务": "云服务SaaS",
        "合作开始时间": f"2024-05-{number % 28 + 1:02}",
        "合同金额(万元)": chance.choice([30, 120.75, "", 8.5]),
        "最近跟进时间": f"2026-10-{number % 28 + 1:02}",
        "跟进方式": chance.choice(["电话", "拜访", "企业微信"]),
        "跟进内容": "季度服务总结",
        "跟进结果": "有续约意愿,需提供方案",
        "下次跟进时间": f"2026-12-{number % 28 + 1:02}",
        "维护方式": "节日问候",
        "维护结果": "客户表示感谢",
        "客户反馈": "对服务响应速度满意",
        "备注": "需关注竞品动态",
    }
    return list((row | cells).values())


def standard(count: int = 20) -> list[list[Any]]:
    """The 21-column sheet with header."""
    return [STANDARD, *(standard_row(number) for number in range(1, count + 1))]


# What is wrong with each row of `dirty`, by the row's number in the sheet.
DIRTY_LEVELS: dict[int, list[tuple[str, str]]] = {
    5: [("cell_refused", "联系方式")],
    7: [("refused", "客户名称")],
    8: [("refused", "客户编号")],
    9: [("warning", "客户名称")],
    10: [("cell_refused", "客户类型")],
    11: [("cell_refused", "邮箱")],
    14: [("cell_refused", "合作开始时间")],
    15: [("warning", "联系方式"), ("warning", "邮箱")],
    16: [("cell_refused", "合同金额(万元)")],
    17: [("cell_refused", "备注")],
}


def dirty() -> list[list[Any]]:
    """A sheet as old systems export it; `DIRTY_LEVELS` tells what is to be found in it."""
    return [
        STANDARD,
        standard_row(2, 合作开始时间="2024.5.30"),
        standard_row(3, 合作开始时间="2025年4月8日", 联系方式="+86-13858673737"),
        standard_row(4, 合作开始时间="45223", 联系方式="138 5592 4223"),
        standard_row(5, 联系方式="1.38E+10"),
        standard_row(6, **{"合同金额(万元)": "50万"}),
        standard_row(7, 客户名称="  "),
        standard_row(8, 客户编号="C002"),
        standard_row(9, 客户名称=standard_row(2)[1]),
        standard_row(10, 客户类型="VIP"),
        standard_row(11, 邮箱="user@@example"),
        standard_row(12, 跟进内容='第一行\n第二行,含逗号"引号"'),
        [""] * 21,
        standard_row(14, 合作开始时间="2025-02-30"),
        standard_row(15, 联系方式="138****5678", 邮箱="zhang*"),
        standard_row(16, **{"合同金额(万元)": "面议"}),
        standard_row(17, 备注="长" * 20_001),
    ]


def card(name: str = "晨星教育咨询有限公司", **cells: str) -> list[list[str]]:
    """A tool card: labels in the first column, values in the second."""
    values = {
        "客户名称": name,
        "所属行业": "教育",
        "客户类型": "□新客户 ☑潜在客户 □老客户 □流失客户",
        "所在地区": "陕西省西安市",
        "联系人信息": "姓名:周总 职位:采购总监 电话:029-57308920",
        "客户背景简述": "年产值超10亿",
        "日期": "2026-09-25",
        "跟进方式": "☑电话 □拜访 □线上会议 □邮件",
        "沟通核心内容": "确认合同条款",
        "客户反馈与需求": "需评估预算",
        "下一步计划": "2026-12-25前提供定制化方案及报价",
        "跟进人": "李销售",
        "核心需求": "降低采购成本",
        "预算范围": "50万-80万",
        "成交阶段": "□初步接触 ☑需求确认 □方案提交 □商务谈判 □成交 □售后维护",
        "预计成交时间": "2026年12月底",
        "成交金额(已成交)": "65万",
        "竞争对手分析": "我方优势为定制化服务",
        "特殊需求/风险提示": "决策周期较长",
        "关联项目/合作历史": "2022年曾合作项目,满意度评分4.5/5",
        "其他说明": "",
    } | cells
    sections = {
        "客户名称": "客户基本信息",
        "日期": "跟进记录",
        "核心需求": "需求与成交状态",
        "特殊需求/风险提示": "备注",
    }
    rows = []
    for label, value in values.items():
        if label in sections:
            rows.append([sections[label], "内容"])
        rows.append([label, value])
    return rows


def html_as_xls(rows: Rows) -> bytes:
    """What many web systems call an Excel file."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><meta charset=gbk><body><table>{body}</table></body></html>"
    return page.encode("gb18030")


# Hostile ones ---------------------------------------------------------------------------------

_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
    'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
    '"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/'
    'spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.'
    'openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.'
    'org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
}
_SHEET = (
    '<?xml version="1.0"?>{prolog}<worksheet xmlns="http://schemas.openxmlformats.org/'
    'spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
)
HEADER_ROW = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>客户编号</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>客户名称</t></is></c></row>'
)


def raw_xlsx(rows: str, prolog: str = "", **parts: str | bytes) -> bytes:
    """A workbook from raw XML. Extra parts are named with __ for /."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in _PARTS.items():
            archive.writestr(name, body)
        archive.writestr("xl/worksheets/sheet1.xml", _SHEET.format(prolog=prolog, rows=rows))
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def dimension_bomb() -> bytes:
    """1 KiB that ask for 512 GiB: a cell in the first and one in the last corner."""
    return raw_xlsx(f'{HEADER_ROW}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def zip_bomb(size: int = (1 << 30) + (1 << 20)) -> bytes:
    """A small file that unpacks to gigabytes of spaces."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, body in _PARTS.items():
            archive.writestr(name, body)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            block = b" " * (1 << 20)
            for _ in range(size >> 20):
                part.write(block)
    return file.getvalue()


def lying_zip() -> bytes:
    """A zip whose directory declares less than it unpacks to."""
    data = bytearray(raw_xlsx(HEADER_ROW + f"<!--{' ' * (8 << 20)}-->"))
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", data, at + 24, 100)
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


def external_entity() -> bytes:
    """An entity that would read a file of the server."""
    prolog = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    row = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>C1</t></is></c>'
        '<c r="B2" t="inlineStr"><is><t>&secret;</t></is></c></row>'
    )
    return raw_xlsx(HEADER_ROW + row, prolog)


def entity_expansion() -> bytes:
    """A billion laughs."""
    names = "abcdefghij"
    prolog = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    for before, after in itertools.pairwise(names):
        prolog += f'<!ENTITY {after} "{f"&{before};" * 10}">'
    row = '<row r="2"><c r="B2" t="inlineStr"><is><t>&j;</t></is></c></row>'
    return raw_xlsx(HEADER_ROW + row, prolog + "]>")


def huge_shared_strings(count: int = 3_000_000) -> bytes:
    """Millions of shared strings nobody uses."""
    strings = "<si><t>x</t></si>" * count
    table = (
        '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        f'2006/main">{strings}</sst>'
    )
    return raw_xlsx(HEADER_ROW, xl__sharedStrings=table)


def many_columns(count: int = 16_384) -> bytes:
    """One row that is as wide as Excel allows."""
    cells = "".join(f"<c><v>{number}</v></c>" for number in range(count))
    return raw_xlsx(f"{HEADER_ROW}<row r='2'>{cells}</row>")


def wide_csv(count: int = 200_000) -> bytes:
    """A row of 200,000 columns."""
    return ("客户编号,客户名称\n" + "," * count + "x\n").encode()


def many_rows(count: int = 150_000) -> bytes:
    """More rows than may come at once."""
    lines = (f"C{number},公司{number}" for number in range(count))
    return ("客户编号,客户名称\n" + "\n".join(lines)).encode()


def encrypted() -> bytes:
    """The outer form of a workbook with an opening password."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le")
    )


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def gzip_of(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return packer.compress(data) + packer.flush()


# The beginnings a spreadsheet may run as a formula, also behind what it strips, also full width.
_LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "%", "|")
_BEFORE = ("", " ", "\t", "\r", "\n", "\u00a0", "\u3000", "\ufeff", "'", "''")
FORMULAS: tuple[str, ...] = (
    *tuple(f"{before}{live}cmd|' /C calc'!A0" for before in _BEFORE for live in _LIVE),
    '=HYPERLINK("http://evil.example","点这里")',
    "=WEBSERVICE(A1)",
    '@SUM(1+1)*cmd|" /C calc"!A0',
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "'quoted",
    "'=1",
)


def formula_rows(texts: Iterable[str]) -> list[list[Any]]:
    """The 21-column sheet with a formula as remark and content in each row."""
    return [
        STANDARD,
        *(
            standard_row(number, 备注=words, 跟进内容=words)
            for number, words in enumerate(texts, 1)
        ),
    ]
