"""Keys and tokens as Microsoft signs them, and the many ways in which a stranger would forge them."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://api.botframework.com"


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(kw_only=True)
class Signer:
    """One signing key with the channels it may speak for."""

    kid: str
    endorsements: tuple[str, ...] = ("msteams",)
    key: rsa.RSAPrivateKey = field(default_factory=_new_key)

    def public(self) -> dict[str, Any]:
        """Return the key as it stands in the published key set."""
        shown: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {**shown, "kid": self.kid, "use": "sig", "endorsements": list(self.endorsements)}

    def sign(self, claims: dict[str, Any], *, algorithm: str = "RS256", **headers: Any) -> str:  # noqa: ANN401 - any header may be forged
        return jwt.encode(claims, self.key, algorithm=algorithm, headers={"kid": self.kid, **headers})


def claims_for(app_id: str, service_url: str) -> dict[str, Any]:
    """Return the claims of a good token, an hour long."""
    now = int(time.time())  # noqa: TID251 - a token is good for a stretch of the real time
    return {"iss": ISSUER, "aud": app_id, "exp": now + 3600, "nbf": now - 5, "serviceurl": service_url}
