"""The keys of `pulih.toml`: what each is for, what fits, and what to do when it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pulih.config import fits
from pulih.wording import N_


@dataclass(frozen=True, slots=True)
class Key:
    """One key.

    Attributes:
        about: The comment above it in the file.
        fit: Makes the field of a value of the file; raises ValueError when it does not fit.
        cure: What to do then.
        parse: Makes such a value of the text of a variable, and leaves alone what it cannot read.
    """

    about: str
    fit: Callable[[object], object]
    cure: str
    parse: Callable[[str], object] = str


KEYS = {
    "name": Key(
        "Nama kantor, seperti dicetak di kepala surat.",
        fits.text,
        N_("Isi nama kantor dalam satu baris, paling banyak 120 huruf."),
    ),
    "demo": Key(
        "Kantor untuk mencoba: layar mengatakannya, dan datanya boleh dibuat-buat.",
        fits.flag,
        N_("Isi true atau false."),
        fits.read_flag,
    ),
    "host": Key(
        'Alamat tempat server mendengarkan; "0.0.0.0" untuk semua.',
        fits.host,
        N_("Isi alamat IP atau nama host, misalnya 127.0.0.1."),
    ),
    "port": Key(
        "Port tempat server mendengarkan.",
        fits.number(1, 65535),
        N_("Isi angka 1 sampai 65535, misalnya 8080."),
        fits.read_number,
    ),
    "behind_tls": Key(
        "true bila proxy di mesin ini, di depan server, memakai HTTPS. Tanpa proxy biarkan false.",
        fits.flag,
        N_("Isi true atau false."),
        fits.read_flag,
    ),
    "threads": Key(
        "Banyaknya permintaan yang dilayani bersamaan.",
        fits.number(1, 64),
        N_("Isi angka 1 sampai 64, misalnya 8."),
        fits.read_number,
    ),
    "session_minutes": Key(
        "Setelah berapa menit tanpa kegiatan orang harus masuk kembali.",
        fits.number(5, 1440),
        N_("Isi angka 5 sampai 1440, misalnya 60."),
        fits.read_number,
    ),
    "time_zone": Key(
        "Zona waktu: Asia/Jakarta (WIB), Asia/Makassar (WITA), atau Asia/Jayapura (WIT).",
        fits.zone,
        N_("Isi nama zona waktu, misalnya Asia/Makassar untuk WITA."),
    ),
    "work_start": Key(
        "Awal jam kerja, Senin sampai Jumat.",
        fits.clock,
        N_("Isi jam dan menit dalam tanda kutip, misalnya 07:30."),
    ),
    "work_end": Key(
        "Akhir jam kerja, sesudah awalnya.",
        fits.clock,
        N_("Isi jam dan menit dalam tanda kutip, sesudah awal jam kerja, misalnya 16:00."),
    ),
    "audience": Key(
        'Siapa yang dapat membuka wiki: "intranet", atau "public". Untuk public, alamat dan nama host juga disamarkan.',
        fits.one_of("intranet", "public"),
        N_("Isi intranet atau public."),
    ),
    "database": Key(
        "Basis data PostgreSQL untuk catatan: postgresql://nama@server/basisdata. Kosong: berkas di folder kantor.\n"
        "# Bila alamatnya memuat kata sandi, tulis di PULIH_DATABASE, bukan di sini.",
        fits.database,
        N_(
            "Isi alamat basis data, misalnya postgresql://pulih@127.0.0.1/pulih; atau kosongkan. "
            "Tanda @ / # ? dan tanda persen dalam nama atau kata sandi ditulis sebagai kode persen."
        ),
    ),
    "files": Key(
        "Tempat lampiran: folder kantor ini, basis data, atau bucket S3. Kosong: folder, dan bila database diisi,\n"
        '# basis data itu. Pilihan: "folder", "database", "s3://nama-bucket/awalan".',
        fits.files,
        N_("Isi folder, database, atau s3://nama-bucket/awalan; atau kosongkan."),
    ),
    "files_endpoint": Key(
        'URL server bucket, misalnya "https://s3.sumbawakab.go.id". Kosong: layanan Amazon.',
        fits.endpoint,
        N_("Isi URL http atau https tanpa nama akun, misalnya https://s3.sumbawakab.go.id."),
    ),
    "files_region": Key(
        "Wilayah bucket, bila servernya mengenal wilayah.",
        fits.word,
        N_("Isi nama wilayah tanpa spasi, misalnya ap-southeast-3."),
    ),
    "files_access_key": Key(
        "Kunci masuk bucket. Kosong: menurut variabel dan berkas yang lazim bagi AWS.",
        fits.word,
        N_("Isi kunci dari pengelola bucket, tanpa spasi."),
    ),
    "files_secret_key": Key(
        "Kunci rahasianya. Sebaiknya tidak di sini, melainkan di PULIH_FILES_SECRET_KEY.",
        fits.word,
        N_("Isi kunci rahasia dari pengelola bucket, tanpa spasi."),
    ),
    "probe_ranges": Key(
        'Rentang yang boleh diperiksa selain perangkat terdaftar, misalnya ["10.20.0.0/16"].',
        fits.listed(fits.network),
        N_("Isi daftar rentang CIDR berawalan nol di sisi host, paling lebar /8: 10.20.0.0/16."),
        fits.read_list,
    ),
    "probe_names": Key(
        'Nama yang ditanyakan kepada server DNS, misalnya ["sumbawakab.go.id"].',
        fits.listed(fits.host),
        N_("Isi daftar nama host, misalnya sumbawakab.go.id."),
        fits.read_list,
    ),
    "probe_dns_servers": Key(
        'Alamat IP server DNS yang ditanyai, misalnya ["10.20.0.2"].',
        fits.listed(fits.address),
        N_("Isi daftar alamat IP, misalnya 10.20.0.2."),
        fits.read_list,
    ),
    "device_key": Key(
        "Berkas kunci brankas kata sandi perangkat jaringan; dibuat sendiri bila belum ada. Kosong: device-key di\n"
        "# folder kantor. Tidak boleh di folder data, dan tidak ikut dicadangkan: simpan salinannya di tempat lain.",
        fits.path,
        N_(
            "Isi nama berkas lengkap, misalnya /etc/pulih/device-key, di luar folder data dan wiki."
        ),
    ),
    "pdf": Key(
        'Mesin cetak dokumen: "weasyprint", "pdfkit" (perlu wkhtmltopdf), atau "auto": yang pertama yang bekerja.',
        fits.one_of("auto", "weasyprint", "pdfkit"),
        N_("Isi auto, weasyprint, atau pdfkit."),
    ),
    "wiki_places": Key(
        "Tempat lain yang mendapat salinan wiki: folder, atau tujuan rsync, misalnya\n"
        '# ["/media/wiki", "wiki@web.sumbawakab.go.id:/srv/wiki", "rsync://cermin.sumbawakab.go.id/wiki"].',
        fits.listed(fits.place),
        N_(
            "Isi daftar folder yang diawali garis miring (/media/wiki) atau tujuan rsync "
            "(pengguna@server:/folder, rsync://server/modul), tanpa .. di dalamnya."
        ),
        fits.read_list,
    ),
    "search_token": Key(
        "Kunci bagi program lain, misalnya situs kabupaten, untuk mencari di antara yang terbit di wiki.\n"
        "# Kosong: tidak ada yang boleh. Sebaiknya tidak di sini, melainkan di PULIH_SEARCH_TOKEN.",
        fits.token,
        N_("Isi 32 sampai 255 huruf dan angka tanpa spasi, atau kosongkan."),
    ),
    "free_days": Key(
        "Hari libur kantor sendiri. Libur nasional dan cuti bersama sudah dikenal;\n"
        '# nama kosong ("") menjadikan hari libur itu hari kerja.',
        fits.days,
        N_('Isi baris tanggal = "nama", misalnya 2027-01-22 = "Hari jadi kabupaten".'),
    ),
}
