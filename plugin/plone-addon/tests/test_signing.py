"""The signature, held against one that was reckoned by other means."""

from __future__ import annotations

from pulih_plone.desk.signing import headers, signature

# Of the seven lines v1, POST, /pintu/surat, portal, the identifier, the moment and the SHA-256 of {}, as given below:
# printf 'v1\\nPOST\\n…' | openssl dgst -sha256 -hmac rahasia
_BY_OPENSSL = "48c37fae0f4bd118ce3b21151cc2ea3a3542684ba09a24632a57155c8f1833f4"


def signed(**other):
    given = {
        "door": "portal",
        "request": "0123456789abcdef0123456789abcdef",
        "at": 1795420000,
        "body": b"{}",
    } | other
    return signature("rahasia", "POST", "/pintu/surat", **given)


def test_openssl_makes_the_same_signature():
    assert signed() == f"v1={_BY_OPENSSL}"


def test_each_part_is_signed():
    others = [
        signed(door="lain"),
        signed(request="f" * 32),
        signed(at=1795420001),
        signed(body=b"{} "),
        signature("lain", "POST", "/pintu/surat", door="portal", request="0", at=0, body=b""),
        signature("lain", "GET", "/pintu/surat", door="portal", request="0", at=0, body=b""),
        signature("lain", "GET", "/pintu/opd", door="portal", request="0", at=0, body=b""),
    ]

    assert len({signed(), *others}) == len(others) + 1


def test_the_token_itself_does_not_travel():
    told = headers("rahasia", "GET", "/pintu/opd", door="portal", request="f" * 32, at=1, body=b"")

    assert set(told) == {"Pulih-Door", "Pulih-Id", "Pulih-Time", "Pulih-Signature"}
    assert "rahasia" not in str(told)
