"""The data by which words are compared: read by `terms` here, and by the search of the published site in the browser.

Plain lists, so that an office's technicians can be asked whether something is missing. Everything is lower case
without accents.
"""

from __future__ import annotations

# Roots as a dictionary has them: those that lose their first letter after me- and pe- (kirim, tutup, sambung, putus),
# those that look as if they had a prefix or a suffix (perangkat, media, kabel, jalan), and what networks are made of.
ROOTS = frozenset(
    """
    abai acara acu ada adaptor adu ajar aju akar akhir akses aktif akun alam alamat alat alih alir aman amat ambil
    ambruk ampu amuk analisis ancam andal anggar angin angkat angkut angsur anjur antar antara antena antre aplikasi
    arah arsip artikel asal asap asli atap atas atur awas awet
    baca badai bagi bagus bahan baik bakar balas balik bangun bantu banyak barat baru bas batal batas bawa bayar
    beban bebas beda beku belas beli belok benah benam benar bendahara bengkok bentang bentrok bentuk bentur
    berani berat beres beri berita berkas berlian bersih besar besi beton biar biasa bidang bijak bimbing bising
    bisu blokir bocor bongkar bor buang buat buka bukti bumi bungkus buntu bunyi buruk busuk butuh
    cabang cabut cacat cadang cahaya cair cakup campur cantum capai cari catat catu cegah cek celah celup cemar
    cepat cerita cetak coba cocok colok contoh copot cuaca cuci cukup curi curiga
    dadak daerah daftar dahan dahulu dalam damping dapat dasar data datang daya dekat dekorasi dengar dengung
    deteksi dial diam didik digital dinas dinding dingin direktori diri disable disk disket diskusi dispensasi
    disposisi distance distribusi dorong dua dudu duduk duga dukung
    edar ekonomi elektronik eling embun entri error estimasi evaluasi
    fasilitas fisik frekuensi fungsi
    gabung gagal gali gambar ganda gandeng ganggu ganjal ganti gantung garansi garis gawai gedung gejala gelap gelar
    genang geng gerak gerbang geser getar giat gigit global gores gulung guna gunting gunung
    habis hadap hadir halaman halang haluan hambat hancur hangat hangus hantam hantar hapus harap hari hasil hati
    henti hidup hilang hitam hitung host hubung hujan hutan
    ikan ikat iklan ikut imbang impedansi indikasi induksi informasi ingat ingin inisiasi input instalasi instansi
    intai interferensi interkoneksi interval inti isi isolasi istirahat izin
    jabat jadi jadwal jaga jajar jalan jalar jalin jalur jamin jangan jangkau jarak jarang jari jaring jatuh jauh
    jawab jebol jeda jelas jenis jepit jernih jual judul jumlah juntai
    kabar kabel kabur kacau kait kaji kaki kalah kalang kali kalibrasi kamera kanal kandang kantor kapan kapasitas
    karantina karat kartu kasar kasus kata kategori kawal kawan kawasan kebun kecam kecamatan kecil kecuali kedip
    kejar kejut kelas kelola kelompok keluar keluarga keluh kelupas kelurahan kemas kembali kembang kembung kemudi
    kena kenal kencang kendala kendali kendor kenyang kepala kepung kerah kerak keras kering kerja kernel kertas
    kerucut kesan ketat ketik ketuk keyboard kilat kipas kira kirim klaim klien klik koaksial kode kolam koleksi
    kolom komputer komunikasi kondisi koneksi konektor konfigurasi konfirmasi konflik konsleting kontak kontrol
    konversi koordinasi kopi kordinasi korosi kosong kotor kuasa kuat kukuh kumpul kunci kuning kunjung kurang
    kurung kusut kutip
    label labuh lacak lada ladang lahir lain lakban laku lalu lama lambat lampir lampu lancar langgan langgar
    langkah langsung lanjut lantai lapis lapor lari latensi latih lawan layan layar lebih leceh lelah leleh lemah
    lemari lembab lembap lempar lengkap lengkung lepas letak letus lewat libat lihat lilit limpah lindung lingkar
    lingkung lingkup lintang lintas listrik lokal lokasi loket longgar lonjak luar luas lubang lumpuh lunak lunas
    luncur lupa lurah lurus
    macet maha main maju makan makna maksimal maksud malah malam malware mampu mancing mandi manfaat manual marah
    masak masalah masih masuk mata mati mau medan media meja meledak melekat memori memory menang menara menit
    mentah mentok merah merek mesin meter meteran metode milik minggu minimal minta mirai miring modem mohon monitor
    muat mudah muka mula mulai muncul mundur mungkin murah musim musnah mutakhir mutu
    naik nama nanti negara negosiasi nilai nirkabel nomor nonaktif normal notifikasi numpang nyala nyaman nyaring
    nyata
    olah operasi operator optik optimal otak otentikasi otomatis otorisasi
    pacu padam padat pagar pagi pajak pakai paket paksa palsu panas pancar pandang pandu panel panggil pangkal
    pangkas panjang pantau pantul papan parah parkir partisi pasang pasok pasti patah patroli pecah pedoman pegang
    pegawai pelabuhan pelan pelihara peluang penat pendam pendek penduduk pengaruh pensiun penting penuh peramban
    perangkat perban percik pergi perhubungan perigi periksa perinci perintah peristiwa perlahan perlu permanen
    permanent permata pernah persen persepsi pertama perumahan perusahaan pesan peta petik petir petugas picu piket
    pikir pilah pilih pimpin pindah pindai pinggir pinjam pintas pintu pipa pisah plafon pokok pola poliklinik
    politik pompa pondasi potong potret pribadi prioritas proses provinsi pukul pulih puncak pusat pusing puskesmas
    pustaka putar putih putus
    rabun raih rajin rak rakit ralat ramai ramban rambat rambu rancang rangkai rangkap rantai rapat rapi rapuh rasa
    rata ratus rawan rawat reboot reda redam redup referensi regenerasi registrasi reka rekam relokasi rem rembes
    remote rencana rendah rendam rentan rentang reservasi reset resmi resolusi respon restart retak retas revisi
    riwayat robek roboh rotasi router ruang rugi rumah rumput runtuh rusak rute rutin
    sabotase sadap sah sahut saing saji salah salin salju salur sama samar sambar sambung sampah sampai samping
    sandar sandi sangka sapu saran saring satelit satu sayat sebab sebar seberang sebrang sebut sedak sedia segar
    segel segera segmen sehat sekat sekolah sektor selam selamat selang selaras selatan selebar selesai selidik
    selip selisih seluler sembunyi sempat sempit sempurna sendat sendiri sengaja sengat senggol sensor sentral
    sentuh sepakat sepi serah seram serang serat serempak sering serta sertifikat serupa server service sesak sesal
    sesuai setel seting setrum sewa siaga siang siap siar sibuk sikap simpan simpang sinkron sinyal sirkuit sisa
    sisi sisip sistem situs sobek solder solusi sopan sorot stabil status suara substitusi suci sudut suhu sulit
    sulut sumbang sumbat sumber suntik suplai surat suruh surut susah susul susun susut switch
    tabrak tahan tahap tahu tahun takar tali tambah tambal tampak tampil tampung tanah tanam tancap tanda tandas
    tandatangan tandon tangan tanggal tanggap tanggung tangkal tangkap tanya tari tarif tarik taruh tata tautan
    tawar tebal tebang tegak tegang teguh tekan teknisi teknologi teks tekuk telat telepon telinga teliti telusur
    teman tembus tempat tempel tempo tempuh temu tenaga tengah tentu tepat tepi terang terap terbang terbit terima
    terjemah terminal terowong terpal terus tes tetap tetes tiang tiba tidur tikus timbul timbun timpa tindak tindih
    tinggal tinggi tingkat tinjau tiris tiru titik titip tiup tolak toleransi tolong tonton topang topologi tormat
    total trafik transaksi transmisi tua tugas tuju tukar tulis tumbang tumbuh tumpang tumpuk tunda tunggak tunggal
    tunggu tunjang tunjuk turun turut tusuk tutup
    uang ubah uji ujung ukur ulang umum undang unduh unggah ungkap unit unjuk upaya upgrade urai urus urut usaha
    usang usir usul utama utara utus
    validasi ventilasi verifikasi versi virus voltase
    disiplin terminasi kabin pelanggan
    wabah wadah wajib wakil waktu warna wawancara
    akumulasi angus apdet archive asing backup ban bangkai batuk bengong benjol berhala blok boot booting bot
    browser brute burn cas cerabut cicil clean cloud colong crash cut debu deface deploy detect dobel dongkrak
    download drop edit emergency enkripsi esd expire file filter flap flapping forward full garuk geletak gembok
    genset genteng gerogot gerus getas glitch godam gosok gosong gusur hack halusinasi hardisk hidrasi hijack
    hisap hosting icon inject injeksi instal install internet invoice isap iseng isolir jemur jepret jiplak kabut
    kelabang kelip kepul kerat kerikil keringat kerok ketapel kikis klem kondensasi kongslet korban korslet kresek
    kubang laser layang lempeng lengket lepuh lewah lilin login logout loop looping lot lumer lumut mampet mantul
    melar melorot mirror modif monitoring nat notif oleng onar overheat overload paku patok pencet ping pintal
    ponsel porak print rayap rebut recovery redirect refresh remas renggang renovasi repot resolve restore ribut
    robot rogoh rompal rontok roster rusuh sampel sandera sangkut satpam scan sela selonong selot sendok sengal
    sengkarut serap serbu serempet seret serobot serong share shutdown singkir siram sokong spam stop storing suap
    sumpal sundul sunyi suspend sync tabur tagih takel tambat tebar tebas tekor temaram tempias tempur tengok
    tepak terabas terbengkalai tersier test thawing throttle tilap timeout tindas tonjok trip tular tumpah tweak
    unplug update upload usap wipe zonk zoom
    """.split()  # noqa: SIM905 - words read better as words
)

# Chat spellings, abbreviations, loans and synonyms -> the words that they are compared as. No chains.
_SPELLINGS = """
    abis=habis, abiss=habis, absn=absen, acces=access, accespoint=access point, accesspoin=access point,
    accesspoint=access point, accu=aki, acesspoint=access point, adabtor=adaptor, adaftor=adaptor, adapter=adaptor,
    adapto=adaptor, adaptr=adaptor, airr=air, akn=akun, aksespoin=access point, aksespoint=access point, almt=alamat,
    anget=hangat, angetan=hangat, anten=antena, antna=antena, ap=access point, apdet=update, apk=aplikasi,
    apl=aplikasi, apli=aplikasi, aplk=aplikasi, aplks=aplikasi, aplod=unggah, aplot=unggah, arh=arah, atapter=adaptor,
    attenuasi=redam, backhoe=ekskavator, bakup=backup, bandwit=bandwidth, bandwitdh=bandwidth, bandwith=bandwidth,
    banwidth=bandwidth, batere=baterai, baterei=baterai, batre=baterai, batrei=baterai, batt=baterai,
    batteray=baterai, battery=baterai, bbrp=beberapa, bckup=backup, bdg=bidang, bego=ekskavator, bekap=backup,
    beko=ekskavator, bener=benar, bentrok=konflik, bid=bidang, bkp=backup, blank=kosong, bledek=petir, blkg=belakang,
    blkng=belakang, bln=bulan, block=blokir, blocked=blokir, blok=blokir, bndwdth=bandwidth, bnjr=banjir, bnr=benar,
    bnyak=banyak, bnyk=banyak, br=baru, brp=berapa, brt=berat, bru=baru, bru2=baru, bsr=besar, btr=baterai,
    bw=bandwidth, bwh=bawah, byk=banyak, casan=adaptor, cbt=cabut, cepet=cepat, chanel=kanal, channel=kanal,
    charger=adaptor, cicitivi=cctv, clk=colok, clud=cloud, cmra=kamera, colokan=colok, colokin=colok, conect=sambung,
    conector=konektor, conektor=konektor, conf=konferensi, conference=konferensi, config=konfigurasi,
    configurasi=konfigurasi, connect=sambung, connection=koneksi, connector=konektor, converter=konverter,
    corslet=korslet, cpt=cepat, dabel=ganda, deket=dekat, delay=latensi, denger=dengar, detect=deteksi, detek=deteksi,
    diblock=blokir, diblok=blokir, dibukak=buka, disconect=putus, disconnect=putus, disconnected=putus,
    diskonek=putus, dket=dekat, dobel=ganda, doble=ganda, donload=unduh, donlod=unduh, donlot=unduh, double=ganda,
    dowload=unduh, down=mati, download=unduh, dpn=depan, dtk=detik, duplicate=ganda, duplikat=ganda, dwn=mati,
    enternet=internet, eror=error, escavator=ekskavator, eskavator=ekskavator, excavator=ekskavator,
    expire=kedaluwarsa, expired=kedaluwarsa, fiber=serat, fibre=serat, fldr=folder, fngr=fingerprint, fo=serat optik,
    freez=macet, freeze=macet, frekwensi=frekuensi, frequency=frekuensi, frequensi=frekuensi, gbr=gambar, gdg=gedung,
    gede=besar, gedhe=besar, geledek=petir, ggal=gagal, ggl=gagal, ggn=ganggu, gledek=petir, gmbr=gambar,
    gngguan=ganggu, gnt=ganti, gnti=ganti, gosng=gosong, gsr=geser, guntur=petir, halilintar=petir, hang=macet,
    hanging=macet, hank=macet, hankk=macet, hanphone=hp, hape=hp, harddisk=hardisk, hardis=hardisk, hardisck=hardisk,
    hardrive=hardisk, hbs=habis, hdd=hardisk, hdp=hidup, hdup=hidup, hendpon=hp, heng=macet, henk=macet, henpon=hp,
    hjan=hujan, hjau=hijau, hjn=hujan, hlang=hilang, hlg=hilang, hnp=hp, hospot=nirkabel, hotspo=nirkabel,
    hotspot=nirkabel, hotspt=nirkabel, hri=hari, idup=hidup, ijo=hijau, ilang=hilang, ilg=hilang, indihom=indihome,
    indihum=indihome, inet=internet, intenet=internet, interent=internet, interference=interferensi,
    interferens=interferensi, interfrensi=interferensi, internetan=internet, internt=internet, intrnet=internet,
    intrnt=internet, jack=colok, jammed=macet, jaoh=jauh, jaringn=jaring, jarkom=jaring, jarlok=jaring, jelex=jelek,
    jenset=genset, jlan=jalan, jlk=jelek, jln=jalan, jm=jam, jrang=jarang, jrg=jarang, jrgan=jaring, jrgn=jaring,
    jrngan=jaring, jrngn=jaring, jth=jatuh, jtuh=jatuh, kab=kabupaten, kabl=kabel, kadaluarsa=kedaluwarsa,
    kadaluwarsa=kedaluwarsa, kadalwarsa=kedaluwarsa, kamra=kamera, kanel=kanal, kapasits=kapasitas, kbel=kabel,
    kbk=balik, kbkr=bakar, kbl=kabel, kcl=kecil, kcmtn=kecamatan, kdg=kadang, kdg2=kadang, kdng=kadang, keapus=hapus,
    kebaca=baca, kebalik=balik, kebanjiran=banjir, kebel=kabel, keblok=blokir, keblokir=blokir, kebuka=buka,
    kebukak=buka, kec=kecamatan, kecepetan=cepat, kedaluarsa=kedaluwarsa, kedetect=deteksi, kedetek=deteksi,
    kedeteksi=deteksi, kegedean=besar, kehubung=hubung, kekirim=kirim, kel=kelurahan, kenceng=kencang,
    kepotong=potong, kerendem=rendam, kerubah=ubah, kesambar=sambar, kesamber=sambar, kesambung=sambung,
    kesedot=sedot, kesetrum=setrum, ketarik=tarik, ketendang=tendang, ketiban=timpa, ketuker=tukar, kilat=petir,
    klr=keluar, klrhn=kelurahan, klwr=keluar, kmp=komputer, kmptr=komputer, kmra=kamera, kncng=kencang, knek=koneksi,
    kntr=kantor, komp=komputer, kompi=komputer, kompter=komputer, komputr=komputer, konect=koneksi, konek=koneksi,
    konekt=koneksi, konetor=konektor, konfig=konfigurasi, kongslet=korslet, konk=koneksi, konnek=koneksi,
    konslet=korslet, konsleting=korslet, konsluiting=korslet, korsleting=korslet, kortsleting=korslet, kosng=kosong,
    kpmtr=komputer, krg=kurang, krim=kirim, krj=kerja, krm=kirim, krng=kurang, krts=kertas, ksg=kosong, ksong=kosong,
    ktor=kantor, ktr=kantor, kurg=kurang, lag=lambat, lagging=lambat, lambad=lambat, lamban=lambat, lambet=lambat,
    lambt=lambat, lappy=laptop, layr=layar, lbt=lambat, leled=lambat, lelet=lambat, lelett=lambat, lemmot=lambat,
    lemod=lambat, lemooot=lambat, lemoot=lambat, lemot=lambat, lemott=lambat, lemoy=lambat, lepi=laptop, leppy=laptop,
    leptob=laptop, leptop=laptop, lgin=login, lgn=login, lgsg=langsung, lmah=lemah, lmbt=lambat, lmh=lemah,
    lmot=lambat, lmp=lampu, lmpu=lampu, lmt=lambat, lncr=lancar, lola=lambat, lpa=lupa, lpt=laptop, lptp=laptop,
    lsg=langsung, lstrik=listrik, lstrk=listrik, lt=lantai, lyr=layar, matot=mati total, mdem=modem, mdm=modem,
    memmory=memori, memory=memori, mgg=minggu, mggu=minggu, mic=mikrofon, microtik=mikrotik, mik=mikrofon,
    mikotik=mikrotik, mikrotek=mikrotik, mikrotic=mikrotik, mktik=mikrotik, mlem=malam, mlm=malam, mnt=menit,
    mnta=minta, mntr=monitor, mrh=merah, msalah=masalah, msk=masuk, mslah=masalah, mslh=masalah, msuk=masuk, mt=mati,
    mti=mati, mtik=mikrotik, muter=putar, ngadat=macet, nge-lag=lambat, ngeblank=kosong, ngeblok=blokir,
    ngefreeze=macet, ngehang=macet, ngeheng=macet, ngelag=lambat, ngeleg=lambat, ngelek=lambat, ngeprin=print,
    ngeprint=print, nghang=macet, ngilang=hilang, nmor=nomor, nmr=nomor, nrml=normal, nyambng=sambung,
    nyambung=sambung, nyangkut=sangkut, nyetrum=setrum, nymbung=sambung, offline=putus, ont=modem, optic=optik,
    optical=optik, optis=optik, optk=optik, org=orang, orng=orang, pake=pakai, passwd=sandi, password=sandi,
    passwrd=sandi, paswod=sandi, pasword=sandi, paswot=sandi, pc=komputer, pdm=padam, pelafon=plafon, pelan=lambat,
    pgi=pagi, pgw=pegawai, pgwai=pegawai, phn=pohon, pindh=pindah, pinter=pintar, pke=pakai, pkm=puskesmas,
    plapon=plafon, plavon=plafon, plst=pelosok, pndh=pindah, pnh=penuh, pns=panas, pnuh=penuh, pohn=pohon,
    prblm=masalah, prgkt=perangkat, prin=print, printr=printer, prlu=perlu, prngkt=perangkat, prnter=printer,
    prov=provinsi, prpanjang=panjang, prpnjg=panjang, prt=port, psang=pasang, psg=pasang, psw=sandi,
    pswd=sandi, psword=sandi, pswrd=sandi, ptg=potong, ptir=petir, ptong=potong, ptr=petir, pts=putus, ptus=putus,
    pusk=puskesmas, puter=putar, puteran=putar, putuss=putus, pw=sandi, pwd=sandi, pwr=power, rbt=restart, rdio=radio,
    reboot=restart, rebooted=restart, rebot=restart, resart=restart, restat=restart, restrt=restart, retart=restart,
    reuter=router, rg=ruang, rgn=ruang, ripot=restart, ristart=restart, rj-45=rj45, rng=ruang, roter=router,
    rpt=rapat, rset=reset, rsk=rusak, rstart=restart, rstrt=restart, rter=router, rtr=router, ruangn=ruang,
    rusk=rusak, ruter=router, sambng=sambung, sblh=sebe, scaner=scanner, scn=scan, sekr=sekretariat,
    sekre=sekretariat, serper=server, sertf=sertifikat, sertif=sertifikat, sertipikat=sertifikat, seting=setel,
    setingan=setel, setker=steker, setop=stop, setopkontak=stop kontak, setting=setel, settingan=setel, sgnal=sinyal,
    sgnl=sinyal, signal=sinyal, sikron=sinkron, singkron=sinkron, singkronisasi=sinkron, sinkrn=sinkron,
    sinkronisasi=sinkron, sinkronkan=sinkron, sinyel=sinyal, sinyl=sinyal, sisitipi=cctv, skan=scan, skaner=scanner,
    skavator=ekskavator, slow=lambat, smbung=sambung, smua=semua, smw=semua, sndiri=sendiri, sndr=sendiri, sng=siang,
    snyal=sinyal, snyl=sinyal, spiker=speaker, srg=sering, sring=sering, srng=sering, srtfkt=sertifikat, srv=server,
    srvis=servis, srvr=server, stbl=stabil, stekker=steker, stopkontak=stop kontak, stuck=macet, suis=switch,
    swich=switch, swicth=switch, switc=switch, swith=switch, swt=switch, swtc=switch, swtch=switch, sync=sinkron,
    syncron=sinkron, synyal=sinyal, tb2=tiba, tbtb=tiba, telp=telepon, telpon=telepon, tgl=tanggal, thn=tahun,
    tkg=tukang, tlp=telepon, tlpn=telepon, tmbh=tambah, tmpt=tempat, tnta=tinta, tower=menara, traffic=trafik,
    trafic=trafik, trhubung=hubung, trobel=ganggu, troubel=ganggu, trouble=ganggu, trputus=putus, trs=terus,
    trus=terus, tuker=tukar, tukng=tukang, twr=menara, ubikuiti=ubiquiti, ujan=hujan, ujn=hujan, unggahan=unggah,
    unify=unifi, updet=update, updt=update, upgrate=upgrade, upload=unggah, uplod=unggah, uplot=unggah, usr=user,
    vcall=video, vid=video, waifai=nirkabel, wf=nirkabel, wi-fi=nirkabel, wiffi=nirkabel, wifi=nirkabel,
    wifie=nirkabel, wify=nirkabel, wipi=nirkabel, wireless=nirkabel, wlan=nirkabel,
    d-link=dlink, tp-link=tplink
"""
SPELLINGS = {
    word.strip(): tuple(said.split())
    for word, _, said in (entry.partition("=") for entry in _SPELLINGS.split(","))
}

# Words that say nothing about a case. Not in the index; in a query they are left out.
STOPS = frozenset(
    """
    ada adalah aduh agar aja akan ampe apabila atau bagi bahkan bahwa banget begitu belum beri berikut bgt biarpun
    bisa blm boleh bs bsa buat bukan cm cma cuma dalam dan dapat dapet dari deh demi dengan dg dgn di dlm dmn doang
    doank dong dpt dr dri duh dulu eh enggak ga gak gini gitu gk gpp guys hadeh hal hanya harus hehe hendak hingga hny
    hnya ia ini itu iya jadi jangan jd jg jgn jika juga kalau kalo kami kan karena karna kayak ke kepada ketika
    ketimbang kita kl klo kok kpd krena krn krna kya kyk lagi lah lain lalu lantaran lewat lg lgi lho loh maka malah
    masih mau mcm me meski meskipun mhn min mohon msh msih nah namun nanti ndak ngga nggak nih oleh pada pak para
    pasca pd pun punya saat saja sama sambil sampai sampe sangat saya sbg sblm sblum sdg sdh se sebagai sebelum secara
    sedang sedangkan sehabis sehingga sejak selagi selalu sembari seperti seraya serta sesudah setelah setiap seusai
    si sih skrg skrng sll sm sm2 smp smpe sprti spt spy stelah stlh sudah supaya tadi tak tanpa tapi td td2 tdk telah
    terhadap terlalu tersebut tetap tetapi tiap tidak to tp tp2 tsb ttg tuh tuk udah udh untuk usai utk waduh walau
    walaupun ya yaa yaitu yakni yang yg yg2 yth
    """.split()  # noqa: SIM905 - as above
)
