"""Who may write: a token's owner, or this machine itself and nobody in its name."""

from __future__ import annotations

import pytest

from api.intake import ROUTE
from geodata.tokens import issue, revoke
from tests.api.conftest import told

T = {"id": "L1", "created_at": "2020-11-22T10:00", "category": "噪声"}
AFAR = {"REMOTE_ADDR": "10.1.2.3"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


# ---- tokens ----


def test_a_sender_with_a_token_may_write_from_anywhere(client, folder):
    token = issue(folder, "north")
    sent = client.post(ROUTE, json=T, headers=bearer(token), environ_base=AFAR)
    assert sent.status_code == 201


@pytest.mark.parametrize(
    "said",
    ["", "Bearer", "Bearer ", "Bearer wrong", "Basic bm9ydGg6eA==", "Bearer \xe4\xb8\xad", "x"],
)
@pytest.mark.parametrize("environ", [{}, AFAR])
def test_a_wrong_token_is_401_even_from_this_machine(client, folder, said, environ):
    issue(folder, "north")
    headers = {"Authorization": said}
    response = client.post(ROUTE, json=T, headers=headers, environ_base=environ)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert told(response)


def test_the_word_bearer_may_be_written_anyhow(client, folder):
    headers = {"Authorization": f"bearer {issue(folder, 'north')}"}
    assert client.post(ROUTE, json=T, headers=headers, environ_base=AFAR).status_code == 201


def test_a_revoked_token_is_refused_at_once(client, folder):
    token = issue(folder, "north")
    assert client.post(ROUTE, json=T, headers=bearer(token)).status_code == 201
    revoke(folder, "north")
    assert client.post(ROUTE, json=T, headers=bearer(token)).status_code == 401


def test_an_id_belongs_to_the_sender_that_sent_it_first(client, folder):
    north, south = issue(folder, "north"), issue(folder, "south")
    assert client.post(ROUTE, json=T, headers=bearer(north)).status_code == 201
    other = [{**T, "text": "x"}, {**T, "id": "L2"}]
    response = client.post(ROUTE, json=other, headers=bearer(south))
    assert response.status_code == 422
    assert [item["status"] for item in response.get_json()["items"]] == ["rejected", "created"]
    (fault,) = response.get_json()["items"][0]["errors"]
    assert fault["column"] == "id"
    assert "another sender" in fault["reason"]
    assert client.post(ROUTE, json=T, headers=bearer(north)).status_code == 200


def test_a_key_is_the_senders_own(client, folder):
    north, south = issue(folder, "north"), issue(folder, "south")
    key = {"Idempotency-Key": "order-0001"}
    assert client.post(ROUTE, json=T, headers=bearer(north) | key).status_code == 201
    other = {**T, "id": "L2"}
    assert client.post(ROUTE, json=other, headers=bearer(south) | key).status_code == 201


# ---- this machine ----


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "localhost:8050", "127.0.0.1:8050", "[::1]:8050"])
def test_this_machine_may_write_without_a_token(client, address, host):
    environ = {"REMOTE_ADDR": address}
    response = client.post(ROUTE, json=T, environ_base=environ, headers={"Host": host})
    assert response.status_code == 201


@pytest.mark.parametrize(
    "address", ["10.1.2.3", "192.168.1.5", "::2", "::ffff:10.0.0.1", "", "unix:"]
)
def test_another_machine_needs_a_token(client, address):
    response = client.post(ROUTE, json=T, environ_base={"REMOTE_ADDR": address})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert "python -m geodata token" in told(response)


@pytest.mark.parametrize(
    "header",
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "x-forwarded-anything",
        "Via",
        "X-Real-IP",
    ],
)
def test_a_request_that_was_passed_on_needs_a_token(client, header):
    assert client.post(ROUTE, json=T, headers={header: "127.0.0.1"}).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.1.2.3", "[::1"]
)
def test_a_name_that_only_leads_here_is_not_this_machine(client, host):
    environ = {"HTTP_HOST": host}
    response = client.post(ROUTE, json=T, environ_overrides=environ)
    assert response.status_code == 401
    page = {"Origin": f"http://{host}"}
    assert client.post(ROUTE, json=T, environ_overrides=environ, headers=page).status_code >= 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "https://localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_a_page_of_another_origin_may_not_write(client, headers):
    response = client.post(ROUTE, json=T, headers=headers)
    assert response.status_code == 403
    assert "another origin" in told(response)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_page_of_ours_may_write(client, headers):
    assert client.post(ROUTE, json=T, headers=headers).status_code == 201


def test_who_may_not_write_learns_nothing_about_the_body(client):
    assert client.post(ROUTE, data="{", environ_base=AFAR).status_code == 401
