"""Codes as the script on an OPD's computer makes them."""

from periksa.vantage.pc import CHECK, RADICES

OWN, GATEWAY = 0x0A010014, 1  # 10.1.0.20, 10.1.0.1
HEALTHY = {
    "gateway": 1,
    "received": 10,
    "dhcp": 1,
    "twice": 1,
    "resolver": 1,
    "inside": 1,
    "outside": 1,
    "web": 1,
    "reach": 1,
    "big": 1,
}


def code(kind: int = 1, rest: int = OWN - 0x0A000000, octet: int = GATEWAY, **fields: int) -> str:
    """The code of a computer where all is well but for these fields; it has 10.1.0.20."""
    first = ((1 * 4 + kind) * 2**24 + rest) * 256 + octet
    second = 0
    for name, radix in RADICES.items():
        second = second * radix + {**HEALTHY, **fields}[name]
    digits = f"{first:011d}{second:08d}"
    return f"{digits}{98 - int(digits + '00') % CHECK:02d}"
