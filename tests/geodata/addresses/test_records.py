from __future__ import annotations

from geodata.addresses.records import address, by_number


def test_an_address_knows_what_it_is_part_of_and_what_is_part_of_it(reader):
    told = address(reader, "A3")
    assert told["name"] == "世纪花园3号楼2单元"
    assert [row["id"] for row in told["parents"]] == ["A1", "A2"]
    assert told["below"] == 1
    assert (told["lon"], told["lat"]) == (118.005, 36.815)


def test_a_door_on_a_road_has_no_parents_here(reader):
    told = address(reader, "A5")
    assert (told["name"], told["parents"], told["below"]) == ("柳泉路88号", [], 0)


def test_an_address_that_is_not_there_is_none(reader):
    assert address(reader, "A9") is None


def test_addresses_are_found_by_their_numbers(reader):
    numbers = {row["id"]: row["n"] for row in reader.rows("SELECT id, n FROM addresses")}
    found = by_number(reader, [numbers["A5"], numbers["A1"]])
    assert {n: row["id"] for n, row in found.items()} == {numbers["A5"]: "A5", numbers["A1"]: "A1"}
    assert by_number(reader, []) == {}
