"""NetSuite's client credentials: programs log in with a JWT that they sign, and whose certificate it knows."""

from collections.abc import Mapping
from functools import cache

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

from greenroom.simulators.core.grants import Certificate
from greenroom.simulators.core.oauth import GrantError
from greenroom.simulators.core.world import World

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ("PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LONGEST = 3600
"""Seconds between a token's ``iat`` and its ``exp``, which must be fewer."""
SCOPES = ("restlets", "rest_webservices", "suite_analytics", "mcp")
LINE = 8
"""Characters of a line of a private key that are masked at least: the last line may be short."""
LENGTH = 2048
"""Bits of the ready RSA key. NetSuite asks for 3072 at least, which take a second to make."""


def issue(world: World, role: str) -> dict[str, str]:
    """Register two certificates for the person in a role, as NetSuite's setup page does; return their private keys."""
    curve = ec.generate_private_key(ec.SECP256R1())
    return {
        **_register(world, role, curve, "certificateId", "privateKey"),
        **_register(world, role, _rsa_key(), "rsaCertificateId", "rsaPrivateKey"),
    }


@cache
def _rsa_key() -> rsa.RSAPrivateKey:
    """Return the one RSA key of this process: making one takes longer than all else at the start of a fake."""
    return rsa.generate_private_key(65537, LENGTH)


def _register(
    world: World, role: str, key: CertificateIssuerPrivateKeyTypes, id_name: str, key_name: str
) -> dict[str, str]:
    """Keep the public key under a new id. The private one is made known as a secret line by line, as PEM writes it."""
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    for line in private.splitlines()[1:-1]:
        if len(line) >= LINE and any(map(str.isdigit, line)) and any(map(str.isalpha, line)):  # else it may be a word
            world.secrets.know(line, f"{role}.{key_name}")
    found = world.secrets.make(f"{role}.{id_name}")
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    world.grants.certificates[found] = Certificate(role, public.decode())
    world.tokens.announce(found)
    return {id_name: found, key_name: private}


def certificate_of(assertion: str) -> str | None:
    """Return the id of the certificate that a JWT names, whoever signed it."""
    try:
        found = jwt.get_unverified_header(assertion).get("kid")
    except jwt.InvalidTokenError:
        return None
    return found if isinstance(found, str) else None


def role_of(world: World, form: Mapping[str, str], audience: str) -> str:
    """Return whose role a token request with a JWT logs in.

    Raises:
        GrantError: its assertion is missing, or does not hold; the description says why.

    """
    assertion = form.get("client_assertion", "")
    if form.get("client_assertion_type") != TYPE or not assertion:
        raise GrantError("invalid_request", f"client_assertion_type must be {TYPE}, with a client_assertion")
    certificate = world.grants.certificates.get(certificate_of(assertion) or "")
    if certificate is None:
        raise GrantError("invalid_client", "the header's kid is not the id of a certificate")
    _check(_claims(assertion, certificate.key, world.grants.client_id, audience))
    return certificate.role


def _claims(assertion: str, key: str, client_id: str, audience: str) -> dict[str, object]:
    try:
        found: dict[str, object] = jwt.decode(
            assertion,
            key,
            algorithms=ALGORITHMS,
            audience=audience,
            issuer=client_id,
            options={"require": ["iss", "scope", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise GrantError("invalid_client", str(error)) from None
    return found


def _check(claims: Mapping[str, object]) -> None:
    """See to what NetSuite asks for beyond the standard: a short life, and scopes that it has."""
    begins, ends, scope = claims["iat"], claims["exp"], claims["scope"]
    if not isinstance(begins, int | float) or not isinstance(ends, int | float) or ends - begins >= LONGEST:
        raise GrantError("invalid_client", f"exp must be less than {LONGEST} seconds after iat")
    named = scope if isinstance(scope, list) else str(scope).replace(",", " ").split()
    if not named or not set(map(str, named)) <= set(SCOPES):
        raise GrantError("invalid_scope", f"scope must be of {', '.join(SCOPES)}")
