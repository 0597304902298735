"""Somebody's token is revoked; App Connect still passes it."""

from greenroom.contracts.fuzz.steps.tokens import token_ends

TOKEN_IS_REVOKED = token_ends("token is revoked", "revoked", "that was revoked")
