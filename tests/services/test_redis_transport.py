"""A worker that could not tell Redis that it is done with a message takes on the next one all the same."""

from collections.abc import Iterator

import pytest
from kombu import Connection
from redis.exceptions import RedisError

from tests.servers import Server, redis


@pytest.fixture
def broker() -> Iterator[Server]:
    with redis() as server:
        yield server


@pytest.mark.parametrize("done", ["ack", "reject"])
def test_what_could_not_be_acknowledged_blocks_no_other_message(broker: Server, done: str) -> None:
    options = {"socket_timeout": 0.3}
    transport = "learningsets.redis_transport:Transport"
    with Connection(broker.url, transport=transport, transport_options=options) as connection:
        queue = connection.SimpleQueue("waiting")
        queue.consumer.qos(prefetch_count=1)
        queue.put("first")
        queue.put("second")
        first = queue.get(timeout=5)
        broker.freeze()
        try:
            with pytest.raises(RedisError):
                getattr(first, done)()
        finally:
            broker.thaw()
        second = queue.get(timeout=5)
        assert second.payload == "second"
        second.ack()
