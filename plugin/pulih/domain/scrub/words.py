"""The words around secrets: what people call them, and what they say of them without telling them."""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text, parted by spaces."""
    return frozenset(words.split())


# After a label these are remarks, not the secret itself.
ABOUT = word_set(
    # that it fails, or is gone
    "salah benar betul keliru lupa hilang gagal ditolak tertolak invalid incorrect wrong fail failed failure "
    "error eror expired expire kedaluwarsa kadaluarsa kadaluwarsa kosong blank empty none null mismatch missmatch "
    "cocok sesuai beda berbeda lemah kuat weak strong bocor terblokir terkunci locked invalid. ok oke aman valid "
    "gagal, berhasil sukses bisa dapat rusak mati habis hangus "
    # that it changes
    "diganti ganti diubah ubah berubah direset reset diset disetel disesuaikan diperbarui diperbaharui diupdate "
    "update diinput dimasukkan masukkan dimasukan masukan diketik ketik dikirim kirim diberikan diberi beri "
    "diminta minta diketahui tahu tau dicatat catat disimpan simpan tersimpan dihapus hapus dibuat buat dibuatkan "
    "dipasang pasang terpasang dipakai terpakai digunakan diaktifkan aktif nonaktif aktifkan dinonaktifkan "
    "dikembalikan kembali diserahkan disampaikan diinformasikan dibagikan ditulis ditempel tertera tertulis "
    "tercantum terlampir dilampirkan dirahasiakan disamarkan disembunyikan terenkripsi dienkripsi dihash "
    "ditanyakan hubungi tanya tanyakan lihat cek dicek diperiksa periksa dicoba coba dites tes mencoba meminta "
    "mereset mengganti mengubah memasukkan menanyakan changed change changing reset resetting set sent send lost "
    "forgotten forgot given provided shown stored saved "
    # grammar
    "tidak tdk gak ga gk nggak ngga enggak engga bukan belum blm sudah sdh udah udh telah akan sedang lagi masih "
    "msh tetap selalu sering kadang pernah hanya cuma juga jg saja aja pun lah kah dong sih deh kok ya yaa iya "
    "yang yg dan atau atw serta tapi tetapi namun karena krn sebab agar supaya jika kalau kalo klo bila saat "
    "ketika waktu setelah sebelum sejak sampai hingga untuk utk buat guna pada di ke dari dr oleh dengan dgn dg "
    "tanpa dalam dlm luar antara secara seperti sbg sebagai adalah ialah yaitu yakni itu ini tersebut tsb tadi "
    "tsb. begitu terlalu sangat lebih kurang paling minimal maksimal min max harus wajib perlu boleh jangan "
    "tolong mohon mhn silakan silahkan segera nanti besok kemarin tadi sekarang skrg baru lama ulang dulu dahulu "
    "semua setiap tiap masing-masing sama ada siapa apa mana kapan bagaimana gimana kenapa berapa lain lainnya "
    "bersama sendiri sekali banyak beberapa oleh sehingga maka lalu kemudian terus trus via lewat melalui per is "
    "was are were be been has have had not no never must should shall will would can cannot could may might for "
    "from and or of to in on at by with without the a an this that it its they we you your our my new old if when "
    "then than too also only just yet already again please "
    # persons and places that keep it
    "pak bapak ibu bu mas mbak bang kak om admin-nya orang pegawai staf staff petugas operator teknisi user-nya "
    "pengguna pelanggan pihak tim satpam kepala pimpinan bendahara penyedia provider vendor kantor dinas opd "
    # things it belongs to, as headings
    "username user-name userid user_id user ssid email e-mail akun login signin sign-in wifi wi-fi wireless "
    "hotspot router mikrotik switch server modem aplikasi website web portal sistem laptop komputer winbox pppoe "
    "vpn "
    # what is said of passwords in general
    "policy length protected protection encryption encrypted authentication auth recovery manager management "
    "field fields hash hashes history complexity aging expiry prompt prompts dialog hint strength required "
    "requirement requirements attempts attempt based less file store vault age min-length max-length generator "
    "panjang jumlah pendek rumit sederhana mudah gampang ribet aneh sembarang asal susah sulit standar standart "
    "bawaan pabrik default acak unik pribadi umum khusus bersangkutan terakhir pertama kedua ketiga karakter "
    "digit huruf angka kombinasi kolom isian layar halaman form formulir menu muncul keluar tampil diisi terisi "
    "isi dihafal hafal kertas label stiker buku amplop print export add remove find show display configure config "
    "command perintah hidden required optional unknown disabled enabled disable enable enabling configured "
    "unchanged invalidated yes true false off on n/a tba tbd menyusul rahasia? "
    # what a check gave
    "timeout rto terbaca terjawab respon reply loss lancar normal putus up down merah hijau mati nyala "
    # the labels themselves
    "password passwordnya pass passnya pwd pw sandi sandinya katasandi passphrase pin psk token secret community "
    "string key keys kunci kredensial credential credentials otp captcha tls ssl"
)  # fmt: skip

# Of those, words for things and desks: the value itself where nothing else stands after a colon.
NOUNS = word_set(
    "petugas operator teknisi pengguna pelanggan tim satpam kepala bendahara provider vendor kantor dinas opd "
    "wifi wi-fi wireless hotspot router mikrotik switch server modem aplikasi website portal sistem laptop "
    "komputer winbox pppoe vpn password pass sandi secret token rahasia private public"
)
# Names of ways and things that look made up.
FEATURES = word_set(
    "wpa wpa2 wpa3 wep tkip aes ccmp psk eap peap mschapv2 ms-chapv2 mschap2 mschap chap pap radius tacacs "
    "tacacs+ ldap sha sha1 sha256 sha512 md5 des 3des rsa dsa ecdsa ed25519 hmac hmac-sha hmac-md5 ipsec ikev1 "
    "ikev2 l2tp pptp sstp openvpn wireguard pppoe dhcp snmp snmpv1 snmpv2 snmpv2c snmpv3 v1 v2c v3 ssh telnet "
    "winbox webfig http https ftp sftp wpa-psk wpa2-psk wpa3-psk wpa2-enterprise wpa2-personal wpa-enterprise "
    "wpa/wpa2 wpa/wpa2-psk wpa2/wpa3 wpa2-psk/aes aes-128 aes-256 aes128 aes192 aes256 aes-ccm dynamic-keys "
    "mode=dynamic-keys routeros swos airos unifi openwrt mikrotik macos ios ipados whatsapp facebook youtube "
    "wi-fi sim-rs simrs siakad siak simda sipd srikandi e-office egov e-gov e-kinerja ktp-el e-ktp autologin "
    "user/pass username/password user/password id/password user&password user+password level-3 read-only "
    "read-write ro rw noauthnopriv authnopriv authpriv 2fa mfa u2f qrcode qr-code powerbank hap cap wap hex hAP "
    "cAP webmail mypassword? rj45 sha-256 sha-1 chacha20 poly1305"
)  # fmt: skip

_AGENCIES = "diskominfo|disdukcapil|dishub|disdik|dispar|dispora|disnaker|dinsos|dinkes|dinas|disperindag|diskop"
# They begin as verbs do, and are none: loved as passwords.
_NO_VERBS = (
    "merdeka|melati|mentari|merpati|merapi|melayu|mekar|medan|meong|berkah|berlian|bersama|bersatu|bersih|dirgahayu|"
    "dinda|dimas|diana|diamond|terang|teratai|terbaik|pemuda|pemilu|pengabdi|pendidikan|kemerdekaan|kebersamaan"
)
VERB = re.compile(
    rf"(?!{_AGENCIES}|(?:{_NO_VERBS})$)"
    r"(?:(?:di|ter|ber|me[mnl]?|meng|meny|memper|diper|pe[mn])[a-z]{4,}(?:kan|i|nya)?"
    r"|ke[a-z]{4,}an|[a-z]{3,}(?:kan|nya))"
)

# Between "password" and its value: "password jadi …", "password wifi sekarang pakai …".
LINKS = word_set(
    "adalah ialah yaitu yakni is jadi jd menjadi dijadikan isinya isi pakai pake pakek memakai menggunakan "
    "gunakan digunakan dipakai to ke sama cuma hanya masih msh tetap dgn dengan dg balik kembali diganti ganti "
    "diubah ubah diset diset. di-set set disetel direset reset di-reset changed was berupa berbunyi bunyinya "
    "diisi dari dr ketik masukkan masukin dikasih dibuat coba now pakainya nya menjadi: diupdate update login"
)  # fmt: skip
# Those of them after which a plain word is the value itself.
TELLING = word_set(
    "adalah ialah yaitu yakni is jadi jd menjadi dijadikan isinya pakai pake pakek memakai menggunakan gunakan to "
    "ke masih msh tetap berupa berbunyi bunyinya dikasih was"
)
# What a secret is for; it may stand between the label and the value.
THINGS = word_set(
    "wifi wi-fi wlan wireless hotspot ssid router routernya mikrotik mikrotiknya winbox webfig switch switchnya "
    "modem ont onu olt ap accesspoint access point akses admin root user administrator superadmin operator guest "
    "tamu login email e-mail surel akun vpn l2tp pptp pppoe ppp server servernya cctv dvr nvr kamera printer "
    "komputer pc laptop nas aplikasi app web website portal simda sipd siak siakad srikandi simrs rdp anydesk "
    "teamviewer zoom database db mysql ssh telnet ftp snmp unifi omada controller airos radio ptp baru lama "
    "barunya lamanya bawaan default sementara awal kantor dinas opd ruang ruangan aula rapat loket lantai lt "
    "gedung bidang bagian gudang puskesmas rsud kecamatan desa sekolah untuk utk buat masuk di yg yang itu ini "
    "tsb tersebut nya enable console konsol backup wpa wpa2 wpa3 wpa2-psk wpa-psk ro rw radius ipsec tacacs ospf "
    "bgp vrrp telegram bot api wireguard openvpn ike site pusat cuaca saya kami dan si a b 1 2 3 4 5 i ii iii 2.4 5ghz "
    "2.4ghz 5g 2g nya for the our new old sekarang skrg saat now terbaru"
)  # fmt: skip
# Before a label they say that nobody knows the value: "lupa password admin".
NOT_KNOWN = re.compile(
    r"(?:lupa|salah|minta|meminta|tanpa|tanya|menanyakan|forgot|wrong|no|ganti|mengganti|reset|mereset|ubah|mengubah|cek|"
    r"perubahan|penggantian|permintaan|permohonan|kesalahan|jenis|tipe|kolom|form|menu|invalid|bad)\s{1,3}$",
    re.IGNORECASE,
)
ACCOUNTS = word_set(
    "admin root user ubnt mikrotik superadmin administrator support telecomadmin telekomadmin kominfo diskominfo "
    "guest cisco huawei zte operator supervisor sa postgres mysql pi test tamu teknisi noc netadmin sysadmin "
    "ruijie tplink"
)

# Passwords that come out of the box; everybody knows them, but not which device still has them.
FACTORY = word_set(
    "admintelecom theworldinyourhand toor ubnt changeme adminhw password 1234 12345 123456 alpine raspberry"
)
