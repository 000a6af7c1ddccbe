"""The many ways in which people write numbers, doors and homes."""

from __future__ import annotations

from random import Random

_DIGITS = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def numeral(number: int) -> str:
    """Give a number below 1,000 as it is counted: 12 is 十二, 108 is 一百零八."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


def spelled(number: str) -> str:
    """Give a number digit by digit: 501 is 五零一."""
    return "".join(_DIGITS[int(digit)] for digit in number)


def door(number: str, draw: Random) -> str:
    """Write a door such as ``88号`` or ``88-1号``."""
    plain = number.removesuffix("号")
    main, _, sub = plain.partition("-")
    if sub:
        return draw.choice(
            (f"{main}-{sub}号", f"{main}号之{sub}", f"{main}之{sub}号", f"{main}号-{sub}")
        )
    spoken = f"{numeral(int(main))}号"
    return draw.choice(
        (number, number, number, f"{main}#", f" {main} 号", spoken, number.translate(_WIDE))
    )


def home(building: str, unit: str, room: str, draw: Random) -> str:
    """Write building, unit and room, of which any but the first may be empty."""
    short, one, door_no = _plain(building, "号楼", "座"), _plain(unit, "单元"), _plain(room, "室")
    if building.endswith("座"):
        return _tower(short, door_no, draw)
    form = draw.random()
    if form < 0.14 and one and door_no:
        return draw.choice(("-", "-", "—", "－")).join((short, one, door_no))
    if form < 0.22 and one:
        tail = f"-{door_no}" if door_no else "单元"
        return f"{short}#{one}{tail}" if not door_no else f"{short}#-{one}{tail}"
    if form < 0.42:
        return _spoken(short, one, door_no, draw)
    head = short + draw.choice(("号楼",) * 6 + ("栋", "幢", "座", "#楼", "#", "号 楼"))
    text = head + (f"{one}单元" if one else "") + (door_no + draw.choice(("室", "", "", "户")))
    if not door_no:
        text = head + (f"{one}单元" if one else "")
    return _dressed(text, draw)


def _spoken(building: str, unit: str, room: str, draw: Random) -> str:
    text = numeral(int(building)) + draw.choice(("号楼", "号楼", "栋", "幢"))
    text += f"{numeral(int(unit))}单元" if unit else ""
    return text + (spelled(room) + draw.choice(("室", "", "")) if room else "")


def _tower(letter: str, room: str, draw: Random) -> str:
    letter = draw.choice((letter, letter, letter.lower()))
    if not room:
        return f"{letter}{draw.choice(('座', '座', '栋'))}"
    return f"{letter}{draw.choice(('座', '座', '栋', '-', '座 '))}{room}{draw.choice(('室', ''))}"


def _dressed(text: str, draw: Random) -> str:
    """Give the text, now and then in full width or with spaces."""
    form = draw.random()
    if form < 0.06:
        return text.translate(_WIDE)
    if form < 0.10:
        return " ".join(text)
    return f" {text}" if form < 0.18 else text


def _plain(part: str, *after: str) -> str:
    for tail in after:
        part = part.removesuffix(tail)
    return part
