"""The document of what is answered: complete, valid, and what the server really does."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import positive_data_acceptance

from api.address_desk import ROOT as DESK
from api.intake import ROUTE as INTAKE
from api.openapi import ROUTE
from api.openapi.schemas import COUNTS, MOMENT
from api.settings import Settings
from app import create_app
from geodata.intake.items import COLUMNS, LONGEST_ID, OURS, REQUIRED
from geodata.intake.live import LIMIT
from geodata.store.schema import TABLES
from layers._metrics import METRICS
from tests.conftest import NO_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

T = {"id": "L1", "created_at": "2020-11-22T10:00", "category": "噪声"}


@pytest.fixture(scope="session")
def served(town_folder, tmp_path_factory):
    """A server of its own, because what is sent to it stays."""
    folder = shutil.copytree(town_folder, tmp_path_factory.mktemp("openapi") / "data")
    return create_app(Settings(data=folder, cache=NO_FILES)).server


@pytest.fixture(scope="session")
def document(served) -> dict:
    return served.test_client().get(ROUTE).get_json()


# ---- what it says ----


def test_it_is_openapi_31_by_its_own_metaschema(document):
    assert document["openapi"].startswith("3.1")
    for name, schema in document["components"]["schemas"].items():
        assert jsonschema_rs.Draft202012Validator(schema | {"components": document["components"]})
        assert jsonschema_rs.meta.is_valid(schema), name


def references(part) -> Iterator[str]:
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from references(one)


def test_every_reference_leads_somewhere_and_every_schema_is_used(document):
    named = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) == named


# What pages need of the server for themselves, and may change with them.
NOT_FOR_OTHERS = ("/_", "/vendor", "/assets", "/static", "/<path", "/plan/")


def test_every_public_route_is_there_and_no_other(document, served):
    ours = {
        (rule.rule, method)
        for rule in served.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith(NOT_FOR_OTHERS) and rule.rule != "/"
    }
    told = {(path, method.upper()) for path, parts in document["paths"].items() for method in parts}
    as_declared = {
        "/geo/{layer}.geojson": "/geo/<layer>.geojson",
        "/tiles/{layer}/{z}/{x}/{y}.mvt": "/tiles/<layer>/<int:z>/<int:x>/<int:y>.mvt",
        f"{DESK}/decisions/{{number}}": f"{DESK}/decisions/<int:number>",
        f"{DESK}/work/{{ident}}": f"{DESK}/work/<ident>",
        "/export/{layer}.csv": "/export/<layer>.<any(csv, geojson):form>",
        "/export/{layer}.geojson": "/export/<layer>.<any(csv, geojson):form>",
    }
    assert {(as_declared.get(path, path), method) for path, method in told} == ours


def test_a_ticket_has_the_canonical_columns(document):
    ticket = document["components"]["schemas"]["Ticket"]
    assert list(ticket["properties"]) == [*COLUMNS, "crs"]
    assert set(COLUMNS) | OURS == set(TABLES["tickets"].names)
    assert ticket["required"] == list(REQUIRED)
    assert ticket["additionalProperties"] is False
    assert ticket["properties"]["id"]["maxLength"] == LONGEST_ID


def test_the_summary_has_every_metric(document):
    summary = document["components"]["schemas"]["Summary"]
    assert {m.id for m in METRICS} | {"unplaced", "areas", "data_version"} == set(
        summary["required"]
    )
    assert set(COUNTS) < set(summary["properties"]["areas"]["items"]["required"])


def parameters(document, path: str, method: str = "get") -> dict[str, dict]:
    return {p["name"]: p["schema"] for p in document["paths"][path][method]["parameters"]}


def test_layers_stand_where_they_travel(document, catalog):
    shaped = set(parameters(document, "/geo/{layer}.geojson")["layer"]["enum"])
    tiled = set(parameters(document, "/tiles/{layer}/{z}/{x}/{y}.mvt")["layer"]["enum"])
    assert shaped | tiled == set(catalog)
    assert not shaped & tiled
    assert parameters(document, "/export/{layer}.csv")["layer"]["enum"] == list(catalog)


def test_every_filter_of_the_catalogue_is_a_parameter_with_its_values(document, catalog):
    told = parameters(document, "/api/summary")
    for layer in catalog.values():
        for queryable in layer.queryables:
            schema = told[f"{layer.id}.{queryable.name}"]
            if hasattr(queryable, "values"):
                assert len(schema["items"]["enum"]) == 1 + len(queryable.values)


def test_every_value_of_a_filter_is_understood_as_it_is_written(document, served):
    for name, schema in parameters(document, "/api/summary").items():
        for value in schema.get("items", {}).get("enum", ())[:5]:
            answer = served.test_client().get("/api/summary?" + urlencode({name: value}))
            assert answer.status_code == 200, (name, value)


def test_the_examples_of_addresses_are_answered(document, served):
    examples = {
        p["name"]: p["schema"]["examples"][0]
        for p in document["paths"]["/api/summary"]["get"]["parameters"]
        if "examples" in p["schema"]
    }
    assert len(examples) >= 4
    for pair in examples.items():
        answer = served.test_client().get("/api/summary?" + urlencode([pair]))
        assert answer.status_code == 200, pair


def test_the_examples_of_the_intake_are_taken(document, served):
    content = document["paths"][INTAKE]["post"]["requestBody"]["content"]["application/json"]
    tickets = jsonschema_rs.validator_for(document | {"$ref": "#/components/schemas/Tickets"})
    for example in content["examples"].values():
        tickets.validate(example["value"])
        assert served.test_client().post(INTAKE, json=example["value"]).status_code in {200, 201}


@pytest.mark.parametrize(
    ("body", "is_good"),
    [
        (T, True),
        ([T], True),
        ({"tickets": [T], "crs": "BD-09"}, True),
        ({**T, "id": 5, "closed_at": None, "text": "", "lon": 118, "lat": 36.8}, True),
        ({**T, "created_at": "2020-11-22"}, True),
        ({**T, "created_at": "2020-11-22 10:00:05.250+0800"}, True),
        ({**T, "created_at": "22.11.2020"}, False),
        ({**T, "created_at": ""}, False),
        ({**T, "id": ""}, False),
        ({**T, "id": "  "}, False),
        ({**T, "id": None}, False),
        ({**T, "id": 1.5}, False),
        ({**T, "category": "\u3000"}, False),
        ({**T, "text": "a\u0000"}, False),
        ({**T, "lon": "118", "lat": 36.8}, False),
        ({**T, "crs": "WGS84"}, False),
        ({**T, "phone": "138"}, False),
        ({"id": "L1", "category": "x"}, False),
        ({"tickets": [T], "source": "x"}, False),
        ([], False),
        ([T] * (LIMIT + 1), False),
        (None, False),
    ],
)
def test_the_document_and_the_server_agree_on_a_body(document, served, body, is_good):
    tickets = jsonschema_rs.validator_for(document | {"$ref": "#/components/schemas/Tickets"})
    assert tickets.is_valid(body) == is_good
    answer = served.test_client().post(INTAKE, json=body)
    assert (answer.status_code in {200, 201}) == is_good


def test_moments_of_the_document_are_moments_of_the_server(served):
    assert MOMENT.startswith("(19|20|21)")
    late = served.test_client().post(INTAKE, json={**T, "created_at": "2200-01-01"})
    assert late.status_code == 422


# ---- and what it does ----

OPERATIONS = (
    *(("/healthz", "get"), ("/readyz", "get"), ("/version.json", "get"), (ROUTE, "get")),
    *(("/api/summary", "get"), ("/geo/{layer}.geojson", "get"), (INTAKE, "post")),
    *(("/api/addresses/match", "get"), ("/api/addresses/suggest", "get")),
    *((f"{DESK}/queue", "get"), (f"{DESK}/preview", "get"), (f"{DESK}/coverage", "get")),
    *((f"{DESK}/decisions", "get"), (f"{DESK}/decisions", "post")),
    *((f"{DESK}/decisions/{{number}}", "delete"), (f"{DESK}/ready", "post")),
    *((f"{DESK}/work/{{ident}}", "get"),),
    *(("/tiles/{layer}/{z}/{x}/{y}.mvt", "get"),),
    *(("/export/{layer}.csv", "get"), ("/export/{layer}.geojson", "get")),
)


@pytest.fixture(scope="session")
def contract(served):
    return schemathesis.openapi.from_wsgi(ROUTE, served)


def test_every_operation_is_tried(document):
    told = {(path, method) for path, parts in document["paths"].items() for method in parts}
    assert told == set(OPERATIONS)


# With nothing that could be wrong.
ASKED_PLAINLY = (
    *OPERATIONS[:4],
    *((f"{DESK}/coverage", "get"), (f"{DESK}/decisions", "get"), (f"{DESK}/ready", "post")),
)
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
TRIED = [(*operation, GOOD) for operation in OPERATIONS]
TRIED += [(*operation, BAD) for operation in OPERATIONS if operation not in ASKED_PLAINLY]


@pytest.mark.parametrize(("path", "method", "mode"), TRIED)
def test_the_server_does_what_its_document_says(contract, path, method, mode):
    operation = contract[path][method]

    @settings(
        max_examples=6 if path == INTAKE else 12,  # a ticket takes half a second to make up
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def tried(case):
        # A good form is not all: an area must exist, a period must not run backwards.
        case.call_and_validate(
            headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance]
        )

    tried()
