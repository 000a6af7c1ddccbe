"""The states of an appeal in other systems' words, as the glossary calls them (domain.md §6)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from geodata.intake.proposal.names import normal
from geodata.store.schema import CLOSED_STATES, OPEN_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

OURS = frozenset((*OPEN_STATES, *CLOSED_STATES))

_WORDS = {
    "accepted": (
        *("受理", "已受理", "待受理", "待派单", "待派遣", "待处理", "新建", "已登记", "待分派"),
        *("open", "new", "received", "submitted by customer", "unassigned", "未派单", "未处理"),
    ),
    "filed": ("立案", "已立案", "待立案"),
    "dispatched": (
        *("派遣", "派单", "已派单", "已派遣", "已转办", "转办", "已交办", "待签收", "待接单"),
        *("assigned", "dispatched", "referred", "unassigned to crew"),
    ),
    "signed": ("签收", "已签收", "已接单", "acknowledged"),
    "first_contact": ("首次联系", "已联系", "已首次联系", "contacted"),
    "handling": (
        *(
            "处置",
            "办理",
            "处置中",
            "办理中",
            "处理中",
            "在办",
            "待办",
            "待办结",
            "待处置",
            "正在办理",
        ),
        *("in progress", "started", "in process", "work in progress", "processing", "active"),
    ),
    "submitted": ("反馈", "已反馈", "已处置", "已处理", "已办理", "待核查"),
    "verified": ("核查", "已核查", "核查中", "核实", "已核实", "待回访"),
    "callback": ("回访", "回访中", "已回访", "待结案"),
    "returned": ("退单", "已退单", "退回", "已退回", "退件", "returned", "rejected"),
    "rework": ("返工", "重办", "返工中", "重新办理", "reopened", "re-opened"),
    "extension": ("延期", "延期中", "申请延期", "已延期", "extended"),
    "suspended": ("挂账", "挂起", "已挂账", "缓办", "暂缓", "pending", "on hold", "suspended"),
    "closed": (
        *("结案", "已结案", "办结", "已办结", "已完成", "完成", "已关闭", "关闭", "已解决", "结束"),
        *("closed", "resolved", "completed", "complete", "done"),
    ),
    "archived": ("归档", "已归档", "archived"),
}
KNOWN = MappingProxyType({normal(word): ours for ours, many in _WORDS.items() for word in many})


def known(words: Iterable[str]) -> float:
    """The part of the words, 0 to 1, that are known to be states."""
    listed = list(words)
    told = sum(word in OURS or normal(word) in KNOWN for word in listed)
    return told / len(listed) if listed else 0.0


def recoding(words: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Recodings of a column's words in their order, and the words that nobody knows."""
    listed = sorted(set(words) - OURS)
    told = {word: KNOWN[normal(word)] for word in listed if normal(word) in KNOWN}
    return told, [word for word in listed if word not in told]
