"""Signed-in sessions in the database, with nothing to be read in a row: not who, and not at what time of day.

Django signs a session with a time stamp and stores its end to the microsecond; allauth notes when somebody signed
in. Joined with a roster and with the order of rows on disk, such times can tell who wrote when. So the payload is
sealed (ChaCha20-Poly1305, a key derived from SECRET_KEY, padded so that its length tells nothing), times of past
sign-ins are cut to the day inside it, and the end of a session is the midnight after it.
"""

import base64
import binascii
import json
import os
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils.crypto import salted_hmac

STEP = 1024  # bytes; a payload is padded to the next multiple
DAY = 86_400  # seconds
SIGN_INS = "account_authentication_methods"  # allauth's record of past sign-ins, each with `at` in seconds


def _cipher() -> ChaCha20Poly1305:
    return ChaCha20Poly1305(salted_hmac("learningsets.session_store", "seal", algorithm="sha256").digest())


class SessionStore(DatabaseStore):
    """Django's database sessions with sealed payloads and ends rounded to a day."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The payload as stored."""
        data = dict(session_dict)
        if SIGN_INS in data:
            data[SIGN_INS] = [{**one, "at": one.get("at", 0) // DAY * DAY} for one in data[SIGN_INS]]
        plain = json.dumps(data, separators=(",", ":")).encode()
        plain += b" " * (-len(plain) % STEP)
        nonce = os.urandom(12)
        return base64.b64encode(nonce + _cipher().encrypt(nonce, plain, None)).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What was stored; an empty session when it is not ours or was tampered with."""
        try:
            sealed = base64.b64decode(session_data, validate=True)
            plain: dict[str, Any] = json.loads(_cipher().decrypt(sealed[:12], sealed[12:], None))
        except (binascii.Error, InvalidTag, ValueError):
            return {}
        return plain

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row, its end moved to the midnight (UTC) after it."""
        row = super().create_model_instance(data)
        row.expire_date = _midnight_after(row.expire_date)
        return row


def _midnight_after(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """The cache's key: a keyed hash, so that a row of the rate limits cannot be matched with an address."""
    return salted_hmac("learningsets.cache", f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()
