"""What letters and messages say before and after they say something. Left out of queries; a case keeps it."""

from __future__ import annotations

COURTESY = frozenset(
    """
    admin agan aku ampun arahan asap assalamualaikum assalamu alaikum aslm bang bantu bantuan bantuannya bapak
    bersama bpk bro bu cek cepat coba dicek dear demikian dgn diharapkan dimohon diperiksa disampaikan
    dihaturkan dimaklumi gan gimana halo hai hello help hormat ibu ijin info informasi izin kabid kadis kak
    kakak kasih kasihan kasus kasubbag keluhan kepala kepada kesediaannya kiranya kominfo laporan lapor melapor
    melaporkan laporkan lur maaf makasih mas mbak membantu memeriksa memohon mengapa mengecek menyampaikan min
    minta mohon mohonn mtr nuhun om pagi pak permisi permohonan perhatian perhatiannya please pls punten rekan
    saudara sampaikan segera segeranya selamat semua siang sir sore malam slmt sdr sis solusi solusinya suwun
    terima terimakasih thanks thx tim tks tlg tlong tolong trims trm wass wassalam walaikum wr wb yth apa apakah
    bagaimana bgmn gmn gmana kenapa knp kapan siapa dimana mana kemarin barusan tadi
    """.split()  # noqa: SIM905 - words read better as words
) - frozenset("asap kasus semua malam kasihan".split())  # noqa: SIM905 - these may say something

# The same of English, which is mixed in.
ENGLISH = frozenset(
    """
    a about after all also am an and any anyone anything are as at be because been before being but by could did do does
    done each ever every for from get gets getting give given go goes going got had has have having he her here him his
    how i if in into is it its itself just know let like make me more most much my need needs now of on one only or
    other our out over please she should since so some still such tell than that the their them then there these they
    thing things this those to too us very want was way we were what when where whether which while who why will with
    would you your
    """.split()  # noqa: SIM905 - as above
)

# Everyday words, which say a little.
LIGHT = frozenset(
    """
    alat ambil anak atas awal awalnya bagian bagus bahkan baik baiknya banyak baru bawah beberapa begini belakang
    benar berada berapa bersama besok besar betul biar biasa biasanya bikin bilang boleh buka buat bulan cara cuman
    dapat dapet dekat depan detik dibuka digunakan dipakai dua empat enak gede giliran guna hampir harap hari harus
    hp jadi jam jika juga kadang kantor katanya kecil kemarin kerja ketemu khusus kira kurang lain lainnya lama
    langsung lantai lewat lima luar macam makin malah mana menggunakan menit menjadi minggu muncul mungkin nama
    orang padahal pakai pake paling pas pegawai pekan pengguna pergi perlu pernah pertama pihak punya ruang ruangan
    saat sama samping sangat satu sebelah sekali sekarang sekitar selalu semalam seluruh semua sempat sendiri
    seperti sering sesudah setiap siang sini situ staf suka supaya tahun tanggal tempat tengah terakhir terjadi
    terlihat tersebut terus tetangga tetap tiga tiba tulisan tulisannya tunggu unit urusan user waktu
    """.split()  # noqa: SIM905 - as above
)
