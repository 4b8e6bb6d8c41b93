"""Signing in with the organisation's own provider: OpenID Connect Core 1.0, authorization code with PKCE.

The provider's addresses and keys are asked for at each sign-in: it happens a few times a day, and what is not kept
cannot be stale. Nothing is contacted unless an operator has named a provider.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
import msgspec
import structlog

from signaling.errors import Refusal
from signaling.settings import Settings

ANSWER_S = 10
ANSWER_BYTES = 256 * 1024
# Signatures with a key that only the provider has; never "none", and no shared secret.
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY_S = 60

log = structlog.get_logger("signaling.oidc")


@dataclass(frozen=True)
class Identity:
    """Who the provider says it is."""

    issuer: str
    subject: str
    email: str | None  # None: the provider gave none that it has verified


class Pending(msgspec.Struct, frozen=True):
    """What the browser brings back, to show that it is the one that began."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Provider:
    issuer: str
    client: str
    secret: str

    async def address(self, back: str, pending: Pending) -> str:
        """Where the browser goes to sign in; it comes `back` with a code. Raises `Refusal`."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(pending.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": back,
            "scope": "openid email",
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        async with _client() as http:
            about = await self._about(http)
        return f"{about['authorization_endpoint']}?{urlencode(asked)}"

    async def identity(self, code: str, back: str, pending: Pending, now: datetime) -> Identity:
        """Who the code stands for. Raises `Refusal` when the provider does not answer, or not as it should."""
        from joserfc.errors import JoseError  # only who signs in so pays for loading it

        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self.client,
            "client_secret": self.secret,
            "code_verifier": pending.verifier,
        }
        async with _client() as http:
            about = await self._about(http)
            keys = await _json(http.get(about["jwks_uri"]))
            tokens = await _json(http.post(about["token_endpoint"], data=form))
        try:
            claims = self._checked(tokens["id_token"], keys, pending.nonce, now)
        except (JoseError, KeyError, ValueError, TypeError) as error:
            log.warning("oidc_token_refused", cause=repr(error))
            raise Refusal("oidc_failed") from error
        email = claims.get("email") if claims.get("email_verified") is True else None
        return Identity(self.issuer, str(claims["sub"]), email.lower() if isinstance(email, str) else None)

    def _checked(self, token: str, keys: dict[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
        """The claims of a token that is the provider's, for us, for this sign-in, and of now (Core 3.1.3.7)."""
        from joserfc import jwt
        from joserfc.jwk import KeySet

        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self.issuer},
            sub={"essential": True},
            aud={"essential": True, "value": self.client},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        if claims.get("azp", self.client) != self.client:
            raise ValueError("azp names another client")
        return claims

    async def _about(self, http: aiohttp.ClientSession) -> dict[str, Any]:
        about = await _json(http.get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"))
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if about.get("issuer") != self.issuer or not all(isinstance(about.get(name), str) for name in needed):
            log.warning("oidc_discovery_refused", issuer=about.get("issuer"))
            raise Refusal("oidc_failed")
        return about


def provider_of(settings: Settings) -> Provider | None:
    """The provider that the operator has named, if any."""
    if not settings.oidc_issuer:
        return None
    return Provider(settings.oidc_issuer, settings.oidc_client, settings.oidc_secret)


def _client() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S))


async def _json(asked: Any) -> dict[str, Any]:
    try:
        async with asked as response:
            body = await response.content.read(ANSWER_BYTES)
            if response.status != 200:
                raise ValueError(f"{response.status} from {response.url.path}")
            return msgspec.json.decode(body, type=dict[str, Any])
    except (aiohttp.ClientError, TimeoutError, ValueError, msgspec.MsgspecError) as error:
        log.warning("oidc_unanswered", cause=repr(error))
        raise Refusal("oidc_failed") from error
