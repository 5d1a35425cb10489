"""Telling a desk's mailbox from a person's."""

from __future__ import annotations

import re

from pulih.domain.scrub.kinds import House
from pulih.domain.scrub.words import word_set

_DESKS = word_set(
    "helpdesk help support servicedesk service desk info informasi admin administrator office kontak contact "
    "hello halo noc noc-it it tik ti jaringan network netadmin sysadmin hostmaster postmaster webmaster abuse "
    "security csirt cert cirt root mailer-daemon daemon cron nobody noreply no-reply donotreply do-not-reply "
    "notifikasi notification alert alerts monitoring zabbix nagios librenms grafana backup test tes git svn "
    "ftp www mail email surat persuratan humas ppid pengaduan aduan lapor layanan pelayanan cs callcenter "
    "call center customer care sekretariat sekretaris set setda setwan umum kepegawaian keuangan perencanaan "
    "program data statistik persandian aptika egov e-gov lpse ulp ukpbj bkpp bkd bkpsdm sales marketing "
    "billing finance hrd legal press media redaksi newsletter team tim staf staff operator teknisi gangguan "
    "pppoe hotspot guest tamu user username nama name anonymous example contoh pengguna"
)
_AGENCY = re.compile(
    r"""(?:dis(?:kominfo|dukcapil|hub|dik|dikbud|pora|par|naker|perindag|perkim|kop|tan|kanla|nak|pusip)
    |din(?:sos|kes|as\w*)|dukcapil|kominfo|dikbud|dpmptsp|dpmd|dlh|dprd|dpupr|pupr|bappeda|bapenda|bpkad|bkad|bkd
    |bkpsdm|bkpp|bpbd|inspektorat|satpol|polpp|kesbangpol|rsud|puskesmas|pkm|uptd?|labkesda|kec|kecamatan|camat
    |kelurahan|lurah|desa|kades|pemdes|pemkab|pemda|pemkot|sekolah|korwil|setda|setwan|bagian|bidang|sekre?t?
    |kantor|badan|balai|perpus\w*|arsip\w*|pdam|perumda|kpu|bawaslu|baznas|pkk|korpri)(?:[\d._-].*)?
    |(?:sdn?|smpn?|sman?|smkn?|tk|paud|mts|man|kel|bag|bid)[._-]?\d.*
    |(?:diskominfo|dukcapil|puskesmas|rsud|kecamatan|dprd|bappeda|disdik)\w*""",
    re.IGNORECASE | re.VERBOSE,
)
_PARTS = re.compile(r"[._+-]")


def is_of_a_desk(local: str, domain: str, house: House) -> bool:
    """Tell whether an address is read by whoever sits at a desk.

    Args:
        local: What stands before the @.
        domain: What stands after it, in lower case.
        house: Has the office's own mailboxes.
    """
    folded = local.casefold()
    if {folded, f"{folded}@{domain}"} & {box.casefold() for box in house.mailboxes}:
        return True
    parts = [part for part in _PARTS.split(folded) if part and not part.isdigit()]
    return (
        bool(_AGENCY.fullmatch(folded))
        or folded in _DESKS
        or (bool(parts) and all(part in _DESKS or _AGENCY.fullmatch(part) for part in parts))
        or (
            bool(parts)
            and parts[0] in _DESKS - {"admin", "operator", "staf", "staff", "sekretaris"}
            and domain.endswith(".go.id")
        )
    )
