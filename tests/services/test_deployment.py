"""The deployed processes at work, with the real PostgreSQL and the real Redis, and what happens when one goes away."""

import base64
import json
import re
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from redis import Redis

from tests.servers import held_open, wait_until

SECRET = "8f14e45f-ceea-467a-9f0b-3c1d2e4f5a6b"


def _send(deployment, name: str, **how: str) -> None:
    deployment.python(f"from learningsets.celery import app; app.send_task({name!r}, [{SECRET!r}], **{how!r})")


def _everything_in(redis: Any) -> bytes:
    """Each key and value of Redis, with what is packed in base64 unpacked."""
    found: list[bytes] = []
    for key in redis.keys("*"):
        read: dict[bytes, Callable[[bytes], list[bytes]]] = {
            b"string": lambda key: [redis.get(key)],
            b"list": lambda key: redis.lrange(key, 0, -1),
            b"set": lambda key: list(redis.smembers(key)),
            b"hash": lambda key: [part for pair in redis.hgetall(key).items() for part in pair],
            b"zset": lambda key: redis.zrange(key, 0, -1),
            b"none": lambda key: [],  # taken from its queue meanwhile
        }
        values = read[redis.type(key)](key)
        found += [key, *values]
        found += [base64.b64decode(json.loads(value).get("body", "")) for value in values if value.startswith(b"{")]
    return b"\n".join(found)


def test_web_answers_as_the_proxy_asks(deployment):
    with held_open(deployment.port, 120):
        answer, text = deployment.get("/healthz")
    assert (answer.status, text) == (200, "ok\n")
    assert answer.getheader("Server") is None


def test_the_sign_in_page_sends_secure_cookies_and_strict_transport(deployment):
    answer, _ = deployment.get("/accounts/login/")
    assert answer.status == 200
    assert answer.getheader("Strict-Transport-Security") == "max-age=31536000"
    cookies = [value for name, value in answer.getheaders() if name == "Set-Cookie"]
    assert cookies != []
    assert [cookie for cookie in cookies if "Secure" not in cookie] == []


def test_no_browser_keeps_a_script_which_it_would_compile_as_far_as_it_ran(deployment):
    page = deployment.get("/accounts/login/")[1]
    scripts = set(re.findall(r'"(/static/js/[^"]+\.js)"', page))
    [style] = re.findall(r'"(/static/css/site[^"]+)"', page)
    kept = {address: deployment.get(address)[0].getheader("Cache-Control") for address in (*scripts, style)}
    assert (len(scripts), {kept[address] for address in scripts}) == (15, {"no-store"})
    assert "immutable" in kept[style]


def test_another_hosts_name_is_refused(deployment):
    assert deployment.get("/healthz", host="evil.example")[0].status == 400


def test_preparing_again_changes_nothing(deployment):
    deployment.once("migrate")
    assert deployment.is_healthy("web")


def test_redis_holds_ids_and_no_printed_arguments(deployment):
    _send(deployment, "reports.tasks.nobody_consumes_this", queue="nobodys")
    with Redis.from_url(deployment.redis.url) as redis:
        held = _everything_in(redis)
        messages = [json.loads(value) for value in redis.lrange("nobodys", 0, -1)]
        redis.delete("nobodys")
    assert held.count(SECRET.encode()) == 1  # the argument itself, once, in the body
    sent = [message["headers"] for message in messages if message["headers"]["task"].endswith("consumes_this")]
    assert [(headers["argsrepr"], headers["kwargsrepr"]) for headers in sent] == [("-", "-")]


def test_a_task_that_cannot_run_is_logged_without_its_arguments(deployment):
    before = len(deployment.logs())
    _send(deployment, "reports.tasks.there_is_no_such_task")
    wait_until(lambda: "KeyError" in deployment.logs()[before:], 20, "the worker says so")
    assert SECRET not in deployment.logs()
    with Redis.from_url(deployment.redis.url) as redis:
        assert SECRET.encode() not in _everything_in(redis)


def test_with_redis_frozen_pages_answer_within_a_second(deployment):
    deployment.get("/accounts/login/")
    deployment.redis.freeze()
    try:
        began = time.monotonic()
        answer, _ = deployment.get("/accounts/login/")
        assert answer.status == 200
        assert time.monotonic() - began < 1
    finally:
        deployment.redis.thaw()


def test_after_redis_restarts_empty_the_worker_consumes_again(deployment):
    deployment.redis.stop(signal.SIGKILL)
    assert deployment.get("/accounts/login/")[0].status == 200
    deployment.redis.start()
    wait_until(lambda: deployment.is_at_work("worker"), 60, "the worker is back")
    with Redis.from_url(deployment.redis.url) as redis:
        _send(deployment, "learningsets.tasks.purge")
        wait_until(lambda: redis.llen("learningsets") == 0, 20, "the queue is consumed")


def test_after_postgresql_restarts_each_connection_errs_at_most_once(deployment):
    for _ in range(8):
        deployment.get("/healthz")
    deployment.postgresql.stop()
    assert deployment.get("/healthz")[0].status == 503
    deployment.postgresql.start()
    wait_until(lambda: deployment.get("/healthz")[0].status == 200, 20, "PostgreSQL answers")
    assert [deployment.get("/accounts/login/")[0].status for _ in range(20)] == [200] * 20


def test_a_request_that_fails_leaves_class_and_place_and_nothing_else(deployment):
    deployment.postgresql.stop()
    try:
        answer, page = deployment.get(
            f"/sets/{SECRET}/?q={SECRET}", cookie="sessionid=abcdefghijklmnopqrstuvwxyz012345"
        )
    finally:
        deployment.postgresql.start()
    assert answer.status == 500
    assert SECRET not in page
    assert "OperationalError at " in deployment.logs()
    assert SECRET not in deployment.logs()
    assert "192.0.2.7" not in deployment.logs()


@pytest.mark.last
def test_each_process_ends_in_order_when_asked(deployment):
    ended = {service: deployment.stop(service) for service in ("beat", "worker", "web")}
    assert set(ended.values()) <= {0, -signal.SIGTERM, 128 + signal.SIGTERM}
