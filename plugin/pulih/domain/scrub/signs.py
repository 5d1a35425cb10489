"""The signs and words that stand between what a secret is called and the secret."""

from __future__ import annotations

import re

STRONG = re.compile(r"[ \t\r.\"'`*_)\]]{0,40}(?:[:：=]{1,2}>?|[-=]{1,2}>|[→⇒»]|:=)[ \t\xa0]*")
SOFT = re.compile(r"[ \t\xa0]+[-–—~][ \t]+|[ \t]*\|[ \t]*|[ \t]*[-–—](?=[ \t])[ \t]*")
ASIDE = re.compile(r"[ \t\xa0]*\([^()\n]{1,40}\)")
WORD = re.compile(r"[ \t\xa0*_\"'`]*([^\W\d_][\w.-]*|\d[\w.]{0,3}(?![\w@#$!%^&*]))(?=[\s,:：=(]|$)")
FAR = re.compile(
    r"(?:[ \t\xa0]+[\w./()&'\"+-]{1,24}){1,6}(?:[ \t\xa0]*(?:[:：]|[-=]>|→)|[ \t\xa0]+=(?=[ \t\xa0]))[ \t\xa0]*"
)
# "nama kantor huruf kecil semua tanpa spasi: …": how it is spelled, then the value.
SPELLED = re.compile(
    r"(?=[^\n:=]{0,120}?\b(?:tanpa[ ](?:spasi|tanda)|huruf[ ](?:kecil|besar|kapital)|(?:kecil|besar)[ ]semua"
    r"|disambung|digabung))(?:[ \t\xa0]+[\w./()&'\"+,-]{1,24}){2,12}[ \t\xa0]*(?:[:：=]|[-=]>|→)[ \t\xa0]*",
    re.IGNORECASE,
)
FINGERPRINT = re.compile(r"(?:sha-?\d+|md5|fingerprint|checksum)[ \t]*[:=]", re.IGNORECASE)
NEXT_LINE = re.compile(r"[ \t\r\xa0]*\n(?:[ \t\r]*\n)?[ \t]*(?=(\S+)[ \t\r]*(?:\n|$))")
PROMPT = re.compile(r".*[#>$%:\]]$|.*@.*:.*")
