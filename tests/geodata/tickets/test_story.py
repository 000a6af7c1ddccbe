from __future__ import annotations

import datetime as dt

from geodata.tickets.story import STEPS, story
from tests import town


def utc(text: str) -> dt.datetime:
    return town.moment(text).replace(tzinfo=None)


def test_a_story_tells_the_steps_that_were_taken(reader):
    told = story(reader, "T01")
    assert told["steps"] == [("accepted", utc("11-20 18:30")), ("closed", utc("11-21 09:00"))]
    assert story(reader, "T02")["steps"] == [("accepted", utc("11-21 19:10"))]


def test_a_story_knows_its_place_and_its_door(reader):
    told = story(reader, "T05")
    code = reader.rows("SELECT code FROM areas WHERE n = $n", {"n": told["area_n"]})
    door = reader.rows("SELECT id FROM addresses WHERE n = $n", {"n": told["address_n"]})
    assert (code, door) == ([{"code": "111001"}], [{"id": "A4"}])


def test_what_people_wrote_is_masked(tmp_path):
    reader = town.published(
        tmp_path,
        tickets=[
            {
                **{"id": "T1", "created_at": town.NOW, "category": "噪声", "satisfaction": "满意"},
                **{
                    "text": "我是13800001234",
                    "address": "楼下13800001234",
                    "result": "已电13800001234",
                },
            }
        ],
    )
    told = story(reader, "T1")
    assert [told[name] for name in ("text", "address", "result")] == [
        *("我是138****1234", "楼下138****1234", "已电138****1234")
    ]
    assert told["satisfaction"] == "满意"


def test_a_story_that_is_not_there_is_none(reader):
    assert story(reader, "T99") is None


def test_every_story_of_the_district_goes_forward_in_time(tiny):
    reader = tiny.reader()
    rows = reader.rows("SELECT id FROM tickets ORDER BY hash(id) LIMIT 60")
    order = [step for step, _ in STEPS]
    for row in rows:
        steps = story(reader, row["id"])["steps"]
        assert [moment for _, moment in steps] == sorted(moment for _, moment in steps)
        assert [step for step, _ in steps] == sorted((s for s, _ in steps), key=order.index)
        assert steps[0][0] == "accepted"
