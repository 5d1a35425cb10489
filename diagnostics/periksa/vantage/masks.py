"""Secrets out of what is kept: passwords, communities and keys that a device may print."""

import re
from collections.abc import Iterable

MASK = "•••"
SHORT = 4  # shorter secrets would blot out half the record
WORDS = r"password|passwd|secret|community|passphrase|pre-shared-key|psk|private-key|auth-key|key-string|key"
SAID = re.compile(
    rf"(?i)((?:{WORDS})\b)"  # whatever stands before it: wpa2-pre-shared-key, wifi_password
    r"([ \t]*[=:][ \t]*|[ \t]+)"
    r"((?:(?:encrypted|cipher|simple|irreversible-cipher|string|\d{1,2})[ \t]+)?)"
    r"(\"[^\"\r\n]*\"|[^\s,;\"]+)"
)
KEY_BLOCK = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END[^\n]*|\Z)", re.DOTALL)


def masked(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the secrets, and without what stands where secrets usually stand."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        if len(secret) >= SHORT:
            text = text.replace(secret, MASK)
    return SAID.sub(rf"\1\2\3{MASK}", KEY_BLOCK.sub(MASK, text))
