"""Signs as sentences, in Bahasa Indonesia."""

from periksa.sign import Seen, Sign
from periksa.wording import number

SENTENCES = {
    (Seen.ECHO, "none"): "{vantage}: {node} ({address}) tidak menjawab satu pun dari {sent} ping",
    (Seen.ECHO, "lossy"): "{vantage}: {node} ({address}) kehilangan {lost} dari {sent} ping",
    (Seen.ECHO, "fine"): "{vantage}: {node} ({address}) menjawab semua ping",
    (Seen.DELAY, "slow"): "{vantage}: {node} ({address}) menjawab lambat, biasanya {ms} ms",
    (Seen.DELAY, "fine"): "{vantage}: {node} ({address}) menjawab cepat, biasanya {ms} ms",
    (Seen.BIG, "lost"): "{vantage}: paket besar ke {node} ({address}) hilang",
    (Seen.BIG, "told"): "{vantage}: paket besar ke {node} ditolak dengan pemberitahuan",
    (Seen.BIG, "fine"): "{vantage}: paket besar ke {node} ({address}) sampai",
    (Seen.TRACE, "loop"): "{vantage}: jalur ke {node} ({address}) berputar",
    (Seen.TRACE, "short"): "{vantage}: jalur ke {node} ({address}) tidak sampai",
    (Seen.TRACE, "fine"): "{vantage}: jalur ke {node} ({address}) utuh",
    (Seen.TCP, "open"): "{vantage}: port {at} di {node} ({address}) terbuka",
    (Seen.TCP, "answers"): "{vantage}: {node} ({address}) hidup: port {at} membalas",
    (Seen.TCP, "refused"): "{vantage}: port {at} di {node} ({address}) tertutup",
    (Seen.TCP, "silent"): "{vantage}: port {at} di {node} ({address}) tidak membalas",
    (Seen.TCP, "hush"): "{vantage}: port {at} di {node} ({address}) tidak membalas",
    (Seen.TCP, "unreachable"): "{vantage}: port {at} di {node} ({address}) tidak terjangkau",
    (Seen.DNS, "fine"): "{vantage}: DNS {node} ({address}) menjawab {at} dengan benar",
    (Seen.DNS, "timeout"): "{vantage}: DNS {node} ({address}) tidak menjawab {at}",
    (Seen.DNS, "closed"): "{vantage}: tidak ada layanan DNS di {node} ({address})",
    (Seen.DNS, "nxdomain"): "{vantage}: DNS {node} ({address}) menyatakan {at} tidak ada",
    (Seen.DNS, "servfail"): "{vantage}: DNS {node} ({address}) gagal mencari {at}",
    (Seen.DNS, "refused"): "{vantage}: DNS {node} ({address}) menolak pertanyaan {at}",
    (Seen.DNS, "wrong"): "{vantage}: DNS {node} ({address}) menjawab {at} dengan alamat yang salah",
    (Seen.DNS, "odd"): "{vantage}: DNS {node} ({address}) menjawab {at} dengan jawaban yang aneh",
    (Seen.HTTP, "fine"): "{vantage}: {at} terbuka",
    (Seen.HTTP, "refused"): "{vantage}: {at} menolak sambungan",
    (Seen.HTTP, "silent"): "{vantage}: {at} tidak dapat disambung",
    (Seen.HTTP, "stall"): "{vantage}: {at} tersambung, lalu tidak mengirim apa-apa",
    (Seen.HTTP, "portal"): "{vantage}: {at} dialihkan ke halaman lain",
    (Seen.HTTP, "error"): "{vantage}: {at} menjawab dengan galat",
    (Seen.HTTP, "certificate"): "{vantage}: sertifikat {at} tidak sah",
    (Seen.CARRIER, "up"): "{vantage}: port {at} menyala (ada carrier)",
    (Seen.CARRIER, "down"): "{vantage}: port {at} mati (tidak ada carrier)",
    (Seen.RX, "heard"): "{vantage}: port {at} menerima paket",
    (Seen.RX, "silent"): "{vantage}: port {at} mengirim, tetapi tidak menerima apa-apa",
    (Seen.FLAP, "flapping"): "{vantage}: port {at} putus-sambung",
    (Seen.FLAP, "steady"): "{vantage}: port {at} tidak putus-sambung",
    (Seen.LOAD, "busy"): "{vantage}: port {at} penuh",
    (Seen.LOAD, "calm"): "{vantage}: port {at} tidak penuh",
    (Seen.ERRORS, "rising"): "{vantage}: galat di port {at} bertambah",
    (Seen.ERRORS, "clean"): "{vantage}: tidak ada galat baru di port {at}",
    (Seen.ARP, "one"): "{vantage}: satu perangkat mengaku memakai {address} ({node})",
    (Seen.ARP, "none"): "{vantage}: tidak ada yang mengaku memakai {address} ({node})",
    (Seen.ARP, "duplicate"): "{vantage}: dua perangkat mengaku memakai {address} ({node})",
    (Seen.ROUTE, "there"): "{vantage}: ada rute {at}",
    (Seen.ROUTE, "missing"): "{vantage}: tidak ada rute {at}",
    (Seen.DHCP, "offer"): "{vantage}: DHCP menawarkan alamat",
    (Seen.DHCP, "none"): "{vantage}: tidak ada tawaran DHCP",
    (Seen.DHCP, "rogue"): "{vantage}: ada server DHCP lain yang menawarkan alamat",
    (Seen.DHCPD, "listening"): "{vantage}: layanan DHCP berjalan",
    (Seen.DHCPD, "stopped"): "{vantage}: layanan DHCP tidak berjalan",
    (Seen.POOL, "free"): "{vantage}: masih ada alamat DHCP",
    (Seen.POOL, "full"): "{vantage}: semua alamat DHCP terpakai",
    (Seen.BROADCAST, "calm"): "{vantage}: siaran di port {at} wajar",
    (Seen.BROADCAST, "storm"): "{vantage}: badai siaran di port {at}",
    (Seen.TALKS, "yes"): "{vantage}: hidup dan dapat ditanya",
    (Seen.ANSWER, "ya"): "Jawaban dari lokasi: ya ({at})",
    (Seen.ANSWER, "tidak"): "Jawaban dari lokasi: tidak ({at})",
    (Seen.ANSWER, "tidak tahu"): "Jawaban dari lokasi: tidak tahu ({at})",
}


def sentence(sign: Sign) -> str:
    """What was seen, for people."""
    return (
        SENTENCES[sign.seen, sign.value].format(
            vantage=f"Dari {sign.vantage}",
            node=sign.node,
            address=sign.address,
            at=sign.at,
            sent=sign.sent,
            lost=sign.sent - sign.got,
            ms=number(sign.ms or 0),
        )
        + "."
    )
