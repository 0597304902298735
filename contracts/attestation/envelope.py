"""A signed statement: a DSSE envelope (https://github.com/secure-systems-lab/dsse) with one ed25519 signature.

``cryptography`` is there already, for the simulators' certificate authority. The envelope is one page of a stable
specification, so a further library would bring more to trust than it saves.
"""

import base64
import binascii
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

PAYLOAD = "application/vnd.in-toto+json"


class SignatureError(ValueError):
    """A key cannot be used, or an envelope is not what was signed. The message says which."""


def new_key(path: Path) -> Path:
    """Write a new private key, for its owner's eyes only, and its public key beside it (``.pub``). Return the latter.

    Raises:
        SignatureError: the file is there already.

    """
    key, public = Ed25519PrivateKey.generate(), path.with_name(f"{path.name}.pub")
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    except FileExistsError:
        raise SignatureError(f"'{path}' is there already; a key is never overwritten, so name another file") from None
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return public


def private_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key.

    Raises:
        SignatureError: the file holds none.

    """
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SignatureError(f"'{path}' holds no private key that can be read: {error}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SignatureError(f"'{path}' holds no ed25519 key; make one with 'greenroom sign --new-key FILE'")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """Read a public key.

    Raises:
        SignatureError: the file holds none.

    """
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise SignatureError(f"'{path}' holds no public key that can be read: {error}") from None
    if not isinstance(key, Ed25519PublicKey):
        raise SignatureError(f"'{path}' holds no ed25519 key")
    return key


def key_id(key: Ed25519PublicKey) -> str:
    """Return the SHA-256 of a public key."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def signed(payload: bytes, key: Ed25519PrivateKey) -> str:
    """Return the envelope of a statement."""
    return _written(payload, key_id(key.public_key()), key.sign(_encoded(payload)))


def opened(text: str, key: Ed25519PublicKey) -> bytes:
    """Return the statement of an envelope whose every byte is as its signer wrote it.

    Raises:
        SignatureError: another key signed it, or it was changed.

    """
    try:
        found: Any = json.loads(text)
        payload, signature = _decoded(found["payload"]), _decoded(found["signatures"][0]["sig"])
    except (ValueError, LookupError, TypeError, binascii.Error):
        raise SignatureError("it is no DSSE envelope; sign it with 'greenroom sign'") from None
    if text != _written(payload, key_id(key), signature):
        raise SignatureError("its envelope was changed, or another key signed it")
    try:
        key.verify(signature, _encoded(payload))
    except InvalidSignature:
        raise SignatureError("its signature is wrong") from None
    return payload


def unchecked(text: str) -> bytes:
    """Return the statement of an envelope, whoever signed it; or the text itself, if it is no envelope."""
    try:
        return _decoded(json.loads(text)["payload"])
    except (ValueError, LookupError, TypeError):
        return text.encode()


def _encoded(payload: bytes) -> bytes:
    """Return what is signed: DSSE's pre-authentication encoding."""
    return b"DSSEv1 %d %s %d %s" % (len(PAYLOAD), PAYLOAD.encode(), len(payload), payload)


def _written(payload: bytes, key: str, signature: bytes) -> str:
    fields = {
        "payload": _text(payload),
        "payloadType": PAYLOAD,
        "signatures": [{"keyid": key, "sig": _text(signature)}],
    }
    return json.dumps(fields, indent=2) + "\n"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
