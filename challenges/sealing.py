"""Seals: authenticated encryption under keys that live in files, and that can be destroyed.

Each seal is ChaCha20-Poly1305 over text padded to a size that its caller fixes: `nonce (12 bytes) | ciphertext | tag`.
It holds no time (a Fernet token would) and its length says nothing about what is inside. A key is a file below
`settings.BOX_KEY_DIR` (mode 0600), which no backup reads; without it a seal is noise for good.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings

KEY_BYTES = 32
NONCE_BYTES = 12
OVERHEAD = NONCE_BYTES + 16  # nonce and tag
LENGTH_BYTES = 4


class KeyMissingError(Exception):
    """The key is not in this installation's folder: destroyed, or left out of a backup, as it should be."""


class UnreadableError(Exception):
    """The seal was not made with this key for this place, or it was damaged."""


def make_key(name: str) -> None:
    """Make the key `name` on the disk, unless it is there already. Two processes may try at once; one key results."""
    path = _path(name)
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{name}.{secrets.token_hex(8)}")
    _write(draft, secrets.token_bytes(KEY_BYTES), os.O_CREAT | os.O_EXCL)
    try:
        with suppress(FileExistsError):
            os.link(draft, path)  # whole or not at all, and never over another one
    finally:
        draft.unlink()
    sync(path.parent)


def destroy_key(name: str) -> None:
    """Overwrite the key, take its file away, and wait until the disk has done both. Nothing happens if it is gone."""
    path = _path(name)
    if not path.exists():
        return
    with suppress(FileNotFoundError):  # another process is doing the same
        _write(path, secrets.token_bytes(KEY_BYTES), 0)
        path.unlink()
    sync(path.parent)


def has_key(name: str) -> bool:
    """Whether the key is on the disk."""
    return _path(name).exists()


def seal(name: str, place: str, content: bytes, size: int) -> bytes:
    """`content` padded to `size` bytes and sealed under key `name`; `OVERHEAD` bytes longer than `size`.

    `place` says where the seal belongs (a row's identity): moved elsewhere it does not open. Raises KeyMissingError,
    and ValueError if the content does not fit.
    """
    if len(content) + LENGTH_BYTES > size:
        raise ValueError("The content does not fit into the seal.")
    padded = (len(content).to_bytes(LENGTH_BYTES, "big") + content).ljust(size, b"\0")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(_read(name)).encrypt(nonce, padded, place.encode())


def unseal(name: str, place: str, sealed: "bytes | memoryview[int]") -> bytes:
    """What was sealed at `place` under key `name`. Raises KeyMissingError or UnreadableError."""
    sealed = bytes(sealed)
    try:
        padded = ChaCha20Poly1305(_read(name)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except InvalidTag as error:
        raise UnreadableError from error
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    return padded[LENGTH_BYTES : LENGTH_BYTES + length]


def _path(name: str) -> Path:
    return Path(settings.BOX_KEY_DIR) / name


def _read(name: str) -> bytes:
    try:
        return _path(name).read_bytes()
    except FileNotFoundError as error:
        raise KeyMissingError from error


def _write(path: Path, content: bytes, flags: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | flags, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk as it is now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
