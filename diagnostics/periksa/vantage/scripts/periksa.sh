#!/bin/sh
# Pemeriksaan jaringan dari komputer ini. Hanya melihat; tidak mengubah dan tidak memasang apa pun.
# Jalankan:  sh periksa.sh      lalu bacakan angkanya kepada petugas.
export LC_ALL=C

internal_name='@internal_name@'
external_name='@external_name@'
server='@server@'
portal='@portal@'
resolvers='@resolvers@'

have() { command -v "$1" >/dev/null 2>&1; }
say() { printf '%-28s %s\n' "$1" "$2"; }
kept() { printf '%s' "${1:-0}"; }

echo 'Memeriksa jaringan, sekitar 15 detik ...'
echo

# --- Alamat dan gerbang ---
route=$(ip -4 route show default 2>/dev/null | head -n 1)
gateway=$(echo "$route" | sed -n 's/.* via \([0-9.]*\).*/\1/p')
port=$(echo "$route" | sed -n 's/.* dev \([^ ]*\).*/\1/p')
[ -n "$port" ] || port=$(ip -4 -o address show scope global 2>/dev/null | awk 'NR==1{print $2}')
[ -n "$port" ] || port=$(ip -o link show 2>/dev/null | sed -n 's/^[0-9]*: \([^:@ ]*\).*/\1/p' | grep -vx lo | head -n 1)
line=$(ip -4 -o address show dev "${port:-none}" 2>/dev/null | head -n 1)
own=$(echo "$line" | awk '{print $4}' | cut -d/ -f1)

case "$own" in
    '') dhcp=2 ;;
    169.254.*) dhcp=2 ;;
    *) case "$line" in *dynamic*) dhcp=1 ;; *) dhcp=3 ;; esac ;;
esac

# Berapa dari $2 ping yang dijawab $1
answered() {
    ping -n -c "$2" -i 0.2 -W 1 ${3:+-M do -s 1472} "$1" 2>/dev/null |
        sed -n 's/.* \([0-9]*\) \(packets \)\{0,1\}received.*/\1/p'
}

got=0
if [ -n "$port" ] && [ "$(cat "/sys/class/net/$port/carrier" 2>/dev/null)" != 1 ]; then
    gate=5
elif [ "$dhcp" = 2 ]; then
    gate=6
elif [ -z "$gateway" ]; then
    gate=4
elif ! have ping; then
    gate=0
else
    got=$(kept "$(answered "$gateway" 10)")
    if [ "$got" -gt 0 ]; then
        gate=1
    elif ip neigh show "$gateway" 2>/dev/null | grep -q lladdr; then
        gate=2
    else
        gate=3
    fi
fi

# --- Alamat ganda: perlu arping dan hak root, jadi sering tidak terperiksa ---
twice=0
if [ -n "$own" ] && have arping && [ "$(id -u)" = 0 ]; then
    said=$(arping -D -q -c 2 -w 3 -I "$port" "$own" 2>&1)
    case "$?:$said" in
        0:) twice=1 ;;
        1:) twice=2 ;;
    esac
fi

# --- DNS ---
resolver=$(awk '$1=="nameserver"{print $2; exit}' /etc/resolv.conf 2>/dev/null)
if [ "$resolver" = 127.0.0.53 ]; then
    resolver=$(awk '$1=="nameserver"{print $2; exit}' /run/systemd/resolve/resolv.conf 2>/dev/null)
fi
which=0
[ -n "$resolver" ] && [ "$resolver" = "$gateway" ] && which=1
place=2
for one in $resolvers; do
    [ "$which" = 0 ] && [ "$resolver" = "$one" ] && which=$place
    place=$((place + 1))
done

asked() {
    [ -n "$1" ] && [ -n "$resolver" ] || { echo 0; return; }
    if have nslookup; then
        if have timeout; then
            said=$(timeout 5 nslookup "$1" "$resolver" 2>&1)
        else
            said=$(nslookup "$1" "$resolver" 2>&1)
        fi
        ended=$?
        case "$said" in
            *NXDOMAIN* | *"can't find"*"No answer"*) echo 2 ;;
            *SERVFAIL*) echo 3 ;;
            *REFUSED*) echo 4 ;;
            *"onnection refused"*) echo 6 ;;
            *"timed out"* | *"no servers could be reached"*) echo 5 ;;
            *) case "$ended" in 0) echo 1 ;; 124 | 143) echo 5 ;; *) echo 7 ;; esac ;;
        esac
    elif have getent; then
        if getent ahostsv4 "$1" >/dev/null 2>&1; then echo 1; else echo 7; fi
    else
        echo 0
    fi
}
inside=$(asked "$internal_name")
outside=$(asked "$external_name")

# --- Server kantor, kecil dan besar ---
reach=0
big=0
if [ -n "$server" ] && have ping; then
    case "$(kept "$(answered "$server" 3)")" in
        3) reach=1 ;;
        0) reach=3 ;;
        *) reach=2 ;;
    esac
    if [ "$reach" != 3 ]; then
        said=$(ping -n -c 3 -i 0.2 -W 1 -M do -s 1472 "$server" 2>&1)
        case "$said" in
            *"rag needed"* | *"too long"*) big=3 ;;
            *" 0 received"* | *" 0 packets received"*) big=2 ;;
            *" received"*) big=1 ;;
        esac
    fi
fi

# --- Halaman masuk (portal) ---
web=0
if [ -n "$portal" ] && have curl; then
    status=$(curl -s -o /dev/null -m 6 --connect-timeout 4 -w '%{http_code}' "$portal" 2>/dev/null)
    case "$?:$status" in
        0:204) web=1 ;;
        0:2?? | 0:3?? | 0:511) web=2 ;;
        0:*) web=6 ;;
        6:*) web=5 ;;
        7:*) web=4 ;;
        28:*) web=3 ;;
        *) web=7 ;;
    esac
elif [ -n "$portal" ] && have wget; then
    said=$(wget -q -S -O /dev/null -T 5 -t 1 --max-redirect=0 "$portal" 2>&1)
    case "$said" in
        *" 204"*) web=1 ;;
        *" 200"* | *" 30"[1278]*) web=2 ;;
        *HTTP/*) web=6 ;;
        *refused*) web=4 ;;
        *timed*) web=3 ;;
        *) web=7 ;;
    esac
fi

# --- Kode ---
kind=0 rest=0
IFS=. read -r a b c d <<END
${own:-0.0.0.0}
END
case "$own" in
    10.*) kind=1 rest=$(((b * 256 + c) * 256 + d)) ;;
    172.1[6-9].* | 172.2[0-9].* | 172.3[01].*) kind=2 rest=$((((b - 16) * 256 + c) * 256 + d)) ;;
    192.168.*) kind=3 rest=$((c * 256 + d)) ;;
esac
last=${gateway##*.}
first=$(((((1 * 4 + kind) * 16777216) + rest) * 256 + ${last:-0}))
second=$gate
for pair in 11:"$got" 4:$dhcp 3:$twice 8:$which 8:"$inside" 8:"$outside" 8:$web 4:$reach 4:$big; do
    second=$((second * ${pair%%:*} + ${pair#*:}))
done
digits=$(printf '%011d%08d' "$first" "$second")
left=0
for digit in $(echo "$digits" | sed 's/./& /g') 0 0; do
    left=$(((left * 10 + digit) % 97))
done
code=$(printf '%s%02d' "$digits" $((98 - left)))

word() { shift "$1"; shift; echo "$1"; }
say 'Alamat komputer ini' "${own:-tidak ada}"
say "Gerbang ${gateway:-(tidak ada)}" "$(word "$gate" '?' "menjawab $got dari 10" 'hidup, tidak menjawab ping' 'TIDAK ADA' 'TIDAK ADA RUTE' 'KABEL TIDAK TERSAMBUNG' 'TIDAK ADA ALAMAT')"
say 'DHCP' "$(word $dhcp '?' 'mendapat alamat' 'TIDAK MENDAPAT ALAMAT' 'alamat tetap')"
say 'Alamat ganda' "$(word $twice 'tidak terperiksa' 'tidak' 'YA')"
say "DNS $resolver, dalam" "$(word "$inside" '?' baik 'NAMA TIDAK ADA' GALAT DITOLAK 'TIDAK MENJAWAB' 'TIDAK BERJALAN' GALAT)"
say "DNS $resolver, luar" "$(word "$outside" '?' baik 'NAMA TIDAK ADA' GALAT DITOLAK 'TIDAK MENJAWAB' 'TIDAK BERJALAN' GALAT)"
say 'Server kantor' "$(word $reach '?' menjawab 'HILANG SEBAGIAN' 'TIDAK MENJAWAB')"
say 'Paket besar' "$(word $big '?' baik TERTELAN 'jalurnya lebih kecil')"
say 'Internet' "$(word $web '?' baik 'DIALIHKAN KE HALAMAN MASUK' 'TIDAK MENJAWAB' DITOLAK 'NAMA TIDAK DITEMUKAN' GALAT GALAT)"
echo
echo 'Bacakan kode ini kepada petugas, atau potret gambar di bawahnya:'
echo
echo "    $(echo "$code" | sed 's/.../& /g')"
echo

# QR versi 1-M berisi 21 angka itu saja: 11 bita data, 5 bita isian, 10 bita koreksi, topeng 0.
echo "$code" | awk '
function mixed(a, b,    r, p) {
    for (p = 1; a > 0 || b > 0; p *= 2) {
        if (a % 2 != b % 2) r += p
        a = int(a / 2); b = int(b / 2)
    }
    return r + 0
}
function bits(value, count,    p) {
    for (p = 1; count > 1; count--) p *= 2
    for (; p >= 1; p /= 2) { stream = stream (value >= p ? "1" : "0"); if (value >= p) value -= p }
}
function finder(top, left,    r, c, far) {
    for (r = -1; r <= 7; r++) for (c = -1; c <= 7; c++) {
        if (top + r < 0 || top + r > 20 || left + c < 0 || left + c > 20) continue
        far = (r > 3 ? r - 3 : 3 - r) > (c > 3 ? c - 3 : 3 - c) ? (r > 3 ? r - 3 : 3 - r) : (c > 3 ? c - 3 : 3 - c)
        cell[top + r, left + c] = (far == 3 || far <= 1) ? 1 : 0
    }
}
{
    stream = ""; bits(1, 4); bits(21, 10)
    for (i = 1; i <= 21; i += 3) bits(substr($0, i, 3) + 0, 10)
    stream = stream "0000"
    for (i = 0; i < 11; i++) {
        word[i] = 0
        for (b = 1; b <= 8; b++) word[i] = word[i] * 2 + substr(stream, i * 8 + b, 1)
    }
    for (i = 11; i < 16; i++) word[i] = i % 2 ? 236 : 17
    power = 1
    for (i = 0; i < 255; i++) {
        up[i] = power; log2[power] = i; power *= 2
        if (power > 255) power = mixed(power, 285)
    }
    split("251 67 46 61 118 70 64 94 32 45", generator, " ")
    for (i = 0; i < 16; i++) left[i] = word[i]
    for (i = 16; i < 26; i++) left[i] = 0
    for (i = 0; i < 16; i++) if (left[i]) {
        lead = log2[left[i]]
        for (j = 1; j <= 10; j++) left[i + j] = mixed(left[i + j], up[(lead + generator[j]) % 255])
        left[i] = 0
    }
    for (i = 16; i < 26; i++) word[i] = left[i]
    stream = ""
    for (i = 0; i < 26; i++) bits(word[i], 8)
    finder(0, 0); finder(0, 14); finder(14, 0)
    for (i = 8; i <= 12; i++) { cell[6, i] = 1 - i % 2; cell[i, 6] = 1 - i % 2 }
    cell[13, 8] = 1
    format = "101010000010010"
    for (i = 0; i < 15; i++) {
        dark = substr(format, i + 1, 1) + 0
        if (i < 6) cell[8, i] = dark
        else if (i < 8) cell[8, i + 1] = dark
        else if (i == 8) cell[7, 8] = dark
        else cell[14 - i, 8] = dark
        if (i < 7) cell[20 - i, 8] = dark
        else cell[8, i + 6] = dark
    }
    place = 1; upward = 1
    for (column = 20; column > 0; column -= 2) {
        if (column == 6) column = 5
        for (step = 0; step <= 20; step++) {
            row = upward ? 20 - step : step
            for (side = 0; side < 2; side++) if (!((row, column - side) in cell)) {
                dark = substr(stream, place++, 1) + 0
                cell[row, column - side] = (row + column - side) % 2 ? dark : 1 - dark
            }
        }
        upward = !upward
    }
    for (row = -2; row <= 22; row++) {
        line = "    "
        for (column = -2; column <= 22; column++)
            line = line (((row, column) in cell) && cell[row, column] ? "\033[40m  " : "\033[107m  ")
        print line "\033[0m"
    }
}'
echo
