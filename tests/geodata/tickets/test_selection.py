from __future__ import annotations

from geodata.tickets.selection import smoke_only, values


def test_the_values_of_a_filter_are_all_nodes_of_its_tree(reader):
    assert values("category")(reader) == (
        *("市容环境", "市容环境/餐饮油烟", "市容环境/餐饮油烟/烧烤油烟"),
        *("社会秩序", "社会秩序/噪声扰民", "社会秩序/噪声扰民/广场舞"),
    )
    assert values("state")(reader) == ("closed", "handling")


def test_smoke_alone_keeps_the_other_filters(ask):
    asked = ask("?tickets.channel=电话")
    query = asked.of(asked.catalog["smoke"])
    assert smoke_only(query).filters == {
        **{"channel": frozenset({"电话"}), "smoke": frozenset({"yes"})}
    }


def test_smoke_alone_of_what_is_no_smoke_is_nothing(ask):
    asked = ask("?tickets.smoke=no")
    assert smoke_only(asked.of(asked.catalog["smoke"])).filters == {"smoke": frozenset()}
