"""What the data page asks: a look at a file, an import, a way back, whichever worker answers."""

from __future__ import annotations

import json
import signal
import time

import psutil
import pytest

from api import uploads
from geodata.intake.uploads import folder, jobs
from tests.api.uploads.desk import MB, done, ended, read, sent, total, worker
from tests.geodata.intake.written import archive


def test_a_file_is_looked_at_brought_in_and_taken_back(desk, data):
    before = total(data)
    ident = sent(desk).get_json()["id"]
    look = done(desk, data, ident, "look")["result"]
    assert (look["kind"], look["mapping_name"]) == ("tickets", "canonical_tickets")
    assert (look["read"], look["accepted"], look["rejected"]) == (3, 2, 1)
    assert [row[0] for row in look["table"]["rows"]] == ["N1", "N2"]
    drawn = read(desk, f"/files/{ident}/map").get_json()
    assert [f["geometry"]["coordinates"] for f in drawn["features"]] == [
        [118.005, 36.815],
        [118.015, 36.815],
    ]
    assert total(data) == before

    brought = done(desk, data, ident, "bring")["result"]
    assert {k: brought[k] for k in ("read", "accepted", "rejected", "crs")} == {
        **{k: look[k] for k in ("read", "accepted", "rejected")},
        "crs": look["found_crs"],
    }
    assert total(data) == before + 2
    rejects = read(desk, f"/files/{ident}/bring/rejects").text
    assert rejects.splitlines()[1].startswith("4,created_at,昨天,")
    assert read(desk, f"/batches/{brought['batch']}/rejects").text == rejects

    newest = desk.get(f"{uploads.ROOT}/batches").get_json()["batches"][0]
    assert (newest["number"], newest["file"], newest["accepted"]) == (brought["batch"], "a.csv", 2)
    assert newest["can_undo"]
    back = desk.post(f"{uploads.ROOT}/batches/{newest['number']}/undo").get_json()
    ended(data, back["id"])
    assert desk.get(f"{uploads.ROOT}/files/{back['id']}").get_json()["undo"]["phase"] == "done"
    assert total(data) == before
    newest = desk.get(f"{uploads.ROOT}/batches").get_json()["batches"][0]
    assert (newest["undone"], newest["can_undo"]) == (True, False)


def test_shapes_become_a_layer_as_the_look_said(desk, data):
    ring = [[118.0, 36.8], [118.01, 36.8], [118.01, 36.81], [118.0, 36.8]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"colour": "red"}, "geometry": shape}
    bare = {"type": "Feature", "properties": {"colour": "blue"}, "geometry": None}
    content = json.dumps({"type": "FeatureCollection", "features": [feature, bare]}).encode()
    ident = sent(desk, content, "red.geojson").get_json()["id"]
    asked = {"kind": "layer", "id": "reds", "title": "红"}
    look = done(desk, data, ident, "look", asked)["result"]
    assert (look["id"], look["accepted"], look["rejected"], look["drawn"]) == ("reds", 1, 1, 1)
    brought = done(desk, data, ident, "bring")["result"]
    assert [brought[k] for k in ("read", "accepted", "rejected")] == [2, 1, 1]
    assert 'title = "红"' in (data / "layers" / "reds.toml").read_text("utf-8")


def test_any_worker_answers_for_what_another_has_begun(desk, data):
    ident = sent(desk).get_json()["id"]
    other = worker(data)
    assert desk.post(f"{uploads.ROOT}/files/{ident}/look", json={}).status_code == 202
    assert other.get(f"{uploads.ROOT}/files/{ident}").get_json()["look"]["phase"] == "running"
    ended(data, ident)
    assert other.get(f"{uploads.ROOT}/files/{ident}").get_json()["look"]["phase"] == "done"


def test_what_is_at_work_can_be_stopped_from_any_worker(desk, data):
    ident = sent(desk).get_json()["id"]
    desk.post(f"{uploads.ROOT}/files/{ident}/look", json={})
    answer = worker(data).post(f"{uploads.ROOT}/files/{ident}/stop")
    assert answer.get_json()["look"]["phase"] == "stopped"
    ended(data, ident)
    assert desk.get(f"{uploads.ROOT}/files/{ident}").get_json()["look"]["phase"] == "stopped"


def test_a_process_that_is_killed_is_told_as_such(desk, data):
    ident = sent(desk).get_json()["id"]
    desk.post(f"{uploads.ROOT}/files/{ident}/look", json={})
    pid = int((data / folder.ROOM / ident / "look" / jobs.PID).read_text())
    psutil.Process(pid).send_signal(signal.SIGKILL)
    ended(data, ident)
    look = desk.get(f"{uploads.ROOT}/files/{ident}").get_json()["look"]
    assert (look["phase"], look["error"][:23]) == ("failed", "It was ended from outsi")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("bomb.zip", archive({"a.shp": bytes(50 * MB)}), "times its size"),
        ("deep.geojson", b'{"type":"FeatureCollection","features":' + b"[" * 100_000, "deep"),
        ("a.csv", b"\x00\x01" * 1000, "a.csv"),
    ],
)
def test_a_poisoned_file_is_refused_soon_with_its_reason(desk, data, name, content, why):
    ident = sent(desk, content, name).get_json()["id"]
    here, began = psutil.Process(), time.monotonic()
    before = here.memory_info().rss
    look = done(desk, data, ident, "look")
    assert time.monotonic() - began < 10
    assert here.memory_info().rss - before < 50 * MB
    assert look["phase"] == "failed"
    assert why in look["error"]
    assert look["error_zh"] != look["error"]
    assert "Traceback" not in look["error"]
