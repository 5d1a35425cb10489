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
