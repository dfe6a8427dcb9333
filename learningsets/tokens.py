"""Tokens of links that are sent or printed. Only their hash is kept."""

import hashlib
import secrets


def new_token() -> str:
    """256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token: its SHA-256 in hex. A token is long and random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
