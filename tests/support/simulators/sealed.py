"""The browser's end of an encrypted message: RFC 8188 and 8291, by their primitives."""

import base64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

P256 = ec.SECP256R1()


def unsealed(
    record: bytes, salt: bytes, point: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes
) -> bytes:
    """Open one record with the browser's key; RFC 8291, 3.3 and 3.4, and RFC 8188, 2.

    :raise ValueError: if it is not for this browser, or was changed.
    """
    sender = ec.EllipticCurvePublicKey.from_encoded_point(P256, point)
    shared = key.exchange(ec.ECDH(), sender)
    secret = derived(auth, b"WebPush: info\0" + point_of(key) + point, 32, shared)
    content_key = derived(salt, b"Content-Encoding: aes128gcm\0", 16, secret)
    nonce = derived(salt, b"Content-Encoding: nonce\0", 12, secret)
    try:
        return AESGCM(content_key).decrypt(nonce, record, None)
    except InvalidTag as error:
        raise ValueError("sealed for somebody else") from error


def derived(salt: bytes, info: bytes, length: int, secret: bytes) -> bytes:
    """Derive key material, RFC 5869."""
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def encode(data: bytes) -> str:
    """Write bytes as browsers do."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a key's public point, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
