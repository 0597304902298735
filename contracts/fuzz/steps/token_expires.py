"""Somebody's token expires; App Connect still passes it."""

from greenroom.contracts.fuzz.steps.tokens import token_ends

TOKEN_EXPIRES = token_ends("token expires", "expired", "that expired")
