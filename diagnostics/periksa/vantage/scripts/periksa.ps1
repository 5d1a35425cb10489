# Pemeriksaan jaringan dari komputer ini. Hanya melihat; tidak mengubah dan tidak memasang apa pun.
# Klik kanan berkas ini, pilih "Run with PowerShell", lalu bacakan angkanya kepada petugas.
# Windows 8.1 ke atas.

$internalName = '@internal_name@'
$externalName = '@external_name@'
$server = '@server@'
$portal = '@portal@'
$resolvers = '@resolvers@'.Split(' ')

$ErrorActionPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'

function Say($what, $how) { Write-Host ('{0,-28} {1}' -f $what, $how) }

# Berapa dari $count ping yang dijawab; $large: 1472 bita yang tidak boleh dipotong
function Send-Echo($address, $count, $large) {
    $ping = New-Object System.Net.NetworkInformation.Ping
    $result = @{ Got = 0; Told = $false }
    $size = 32
    if ($large) { $size = 1472 }
    $body = New-Object byte[] $size
    $options = New-Object System.Net.NetworkInformation.PingOptions 64, $large
    foreach ($turn in 1..$count) {
        try {
            $reply = $ping.Send($address, 1000, $body, $options)
            if ($reply.Status -eq 'Success') { $result.Got++ }
            if ($reply.Status -eq 'PacketTooBig') { $result.Told = $true }
        } catch { }
        Start-Sleep -Milliseconds 100
    }
    return $result
}

Write-Host 'Memeriksa jaringan, sekitar 20 detik ...'
Write-Host ''

# --- Alamat dan gerbang ---
$route = Get-NetRoute -DestinationPrefix '0.0.0.0/0' | Sort-Object { $_.RouteMetric + $_.ifMetric } | Select-Object -First 1
$gateway = ''
$index = 0
if ($route) { $gateway = $route.NextHop; $index = $route.ifIndex }
$plugged = @(Get-NetAdapter -Physical | Where-Object { $_.Status -eq 'Up' })
if (-not $index -and $plugged.Count) { $index = $plugged[0].ifIndex }
$address = Get-NetIPAddress -InterfaceIndex $index -AddressFamily IPv4 | Select-Object -First 1
$own = ''
if ($address) { $own = $address.IPAddress }
$linkLocal = $own.StartsWith('169.254.')

$dhcp = 3
if (-not $own -or $linkLocal) { $dhcp = 2 }
elseif ($address.PrefixOrigin -eq 'Dhcp') { $dhcp = 1 }

$got = 0
if (-not $plugged.Count -and -not $gateway) { $gate = 5 }
elseif (-not $own -or $linkLocal) { $gate = 6 }
elseif (-not $gateway) { $gate = 4 }
else {
    $got = (Send-Echo $gateway 10 $false).Got
    $neighbour = Get-NetNeighbor -IPAddress $gateway -InterfaceIndex $index | Select-Object -First 1
    $mac = ''
    if ($neighbour) { $mac = $neighbour.LinkLayerAddress.Replace('-', '').Replace('0', '') }
    if ($got -gt 0) { $gate = 1 }
    elseif ($mac -and $neighbour.State -ne 'Unreachable' -and $neighbour.State -ne 'Incomplete') { $gate = 2 }
    else { $gate = 3 }
}

# --- Alamat ganda: Windows sendiri memeriksanya ---
$twice = 0
if ($address -and -not $linkLocal) {
    $twice = 1
    if ($address.AddressState -eq 'Duplicate') { $twice = 2 }
}

# --- DNS ---
$resolver = ''
$known = (Get-DnsClientServerAddress -InterfaceIndex $index -AddressFamily IPv4).ServerAddresses
if ($known) { $resolver = @($known)[0] }
$which = 0
if ($resolver -and $resolver -eq $gateway) { $which = 1 }
for ($place = 0; $place -lt $resolvers.Count; $place++) {
    if ($which -eq 0 -and $resolver -and $resolver -eq $resolvers[$place]) { $which = $place + 2 }
}

function Resolve-Here($name) {
    if (-not $name -or -not $resolver) { return 0 }
    try {
        $found = Resolve-DnsName -Name $name -Type A -Server $resolver -DnsOnly -NoHostsFile -ErrorAction Stop
        if (@($found | Where-Object { $_.IPAddress }).Count) { return 1 }
        return 2
    } catch {
        switch ($_.Exception.NativeErrorCode) {
            9003 { return 2 }
            9501 { return 2 }
            9002 { return 3 }
            9005 { return 4 }
            1460 { return 5 }
            default { return 7 }
        }
    }
}
$inside = Resolve-Here $internalName
$outside = Resolve-Here $externalName

# --- Server kantor, kecil dan besar ---
$reach = 0
$big = 0
if ($server) {
    switch ((Send-Echo $server 3 $false).Got) {
        3 { $reach = 1 }
        0 { $reach = 3 }
        default { $reach = 2 }
    }
    if ($reach -ne 3) {
        $large = Send-Echo $server 3 $true
        if ($large.Told) { $big = 3 } elseif ($large.Got) { $big = 1 } else { $big = 2 }
    }
}

# --- Halaman masuk (portal) ---
$web = 0
if ($portal) {
    $request = [System.Net.WebRequest]::Create($portal)
    $request.AllowAutoRedirect = $false
    $request.Timeout = 6000
    $request.Proxy = $null
    $status = 0
    try {
        $response = $request.GetResponse()
        $status = [int]$response.StatusCode
        $response.Close()
    } catch {
        $problem = $_.Exception
        while ($problem -and -not ($problem -is [System.Net.WebException])) { $problem = $problem.InnerException }
        if ($problem -and $problem.Response) { $status = [int]$problem.Response.StatusCode }
        elseif ($problem) {
            switch ([string]$problem.Status) {
                'Timeout' { $web = 3 }
                'ConnectFailure' { $web = 4 }
                'NameResolutionFailure' { $web = 5 }
                default { $web = 7 }
            }
        }
    }
    if ($status -eq 204) { $web = 1 }
    elseif (($status -ge 200 -and $status -lt 400) -or $status -eq 511) { $web = 2 }
    elseif ($status) { $web = 6 }
}

# --- Kode ---
$kind = 0
$rest = 0
$part = @(0, 0, 0, 0)
if ($own) { $part = @($own.Split('.') | ForEach-Object { [int]$_ }) }
if ($part[0] -eq 10) { $kind = 1; $rest = ($part[1] * 256 + $part[2]) * 256 + $part[3] }
elseif ($part[0] -eq 172 -and $part[1] -ge 16 -and $part[1] -le 31) { $kind = 2; $rest = (($part[1] - 16) * 256 + $part[2]) * 256 + $part[3] }
elseif ($part[0] -eq 192 -and $part[1] -eq 168) { $kind = 3; $rest = $part[2] * 256 + $part[3] }
$last = 0
if ($gateway) { $last = [int]$gateway.Split('.')[3] }
[long]$first = (([long](1 * 4 + $kind) * 16777216) + $rest) * 256 + $last
[long]$second = $gate
foreach ($pair in @((11, $got), (4, $dhcp), (3, $twice), (8, $which), (8, $inside), (8, $outside), (8, $web), (4, $reach), (4, $big))) {
    $second = $second * $pair[0] + $pair[1]
}
$digits = '{0:D11}{1:D8}' -f $first, $second
$left = 0
foreach ($digit in "${digits}00".ToCharArray()) { $left = ($left * 10 + [int][string]$digit) % 97 }
$code = $digits + ('{0:D2}' -f (98 - $left))
$spoken = ($code -replace '(...)', '$1 ').Trim()

$dnsWords = @('?', 'baik', 'NAMA TIDAK ADA', 'GALAT', 'DITOLAK', 'TIDAK MENJAWAB', 'TIDAK BERJALAN', 'GALAT')
Say 'Alamat komputer ini' $own
Say "Gerbang $gateway" @('?', "menjawab $got dari 10", 'hidup, tidak menjawab ping', 'TIDAK ADA', 'TIDAK ADA RUTE', 'KABEL TIDAK TERSAMBUNG', 'TIDAK ADA ALAMAT')[$gate]
Say 'DHCP' @('?', 'mendapat alamat', 'TIDAK MENDAPAT ALAMAT', 'alamat tetap')[$dhcp]
Say 'Alamat ganda' @('tidak terperiksa', 'tidak', 'YA')[$twice]
Say "DNS $resolver, dalam" $dnsWords[$inside]
Say "DNS $resolver, luar" $dnsWords[$outside]
Say 'Server kantor' @('?', 'menjawab', 'HILANG SEBAGIAN', 'TIDAK MENJAWAB')[$reach]
Say 'Paket besar' @('?', 'baik', 'TERTELAN', 'jalurnya lebih kecil')[$big]
Say 'Internet' @('?', 'baik', 'DIALIHKAN KE HALAMAN MASUK', 'TIDAK MENJAWAB', 'DITOLAK', 'NAMA TIDAK DITEMUKAN', 'GALAT', 'GALAT')[$web]
Write-Host ''
Write-Host 'Bacakan kode ini kepada petugas, atau potret gambar di bawahnya:'
Write-Host ''
Write-Host "    $spoken"
Write-Host ''
# QR versi 1-M berisi 21 angka itu saja: 11 bita data, 5 bita isian, 10 bita koreksi, topeng 0.
function Get-Bits($value, $count) { return [Convert]::ToString([int]$value, 2).PadLeft($count, '0') }

$stream = (Get-Bits 1 4) + (Get-Bits 21 10)
for ($i = 0; $i -lt 21; $i += 3) { $stream += (Get-Bits ($code.Substring($i, 3)) 10) }
$stream += '0000'
$words = New-Object int[] 26
for ($i = 0; $i -lt 11; $i++) { $words[$i] = [Convert]::ToInt32($stream.Substring($i * 8, 8), 2) }
for ($i = 11; $i -lt 16; $i++) { if ($i % 2) { $words[$i] = 236 } else { $words[$i] = 17 } }

$up = New-Object int[] 255
$log = New-Object int[] 256
$power = 1
for ($i = 0; $i -lt 255; $i++) {
    $up[$i] = $power
    $log[$power] = $i
    $power = $power * 2
    if ($power -gt 255) { $power = $power -bxor 285 }
}
$generator = @(251, 67, 46, 61, 118, 70, 64, 94, 32, 45)
$left = New-Object int[] 26
for ($i = 0; $i -lt 16; $i++) { $left[$i] = $words[$i] }
for ($i = 0; $i -lt 16; $i++) {
    if ($left[$i]) {
        $lead = $log[$left[$i]]
        for ($j = 0; $j -lt 10; $j++) {
            $left[$i + $j + 1] = $left[$i + $j + 1] -bxor $up[($lead + $generator[$j]) % 255]
        }
        $left[$i] = 0
    }
}
for ($i = 16; $i -lt 26; $i++) { $words[$i] = $left[$i] }
$stream = ''
foreach ($one in $words) { $stream += (Get-Bits $one 8) }

$cell = @{}
function Set-Finder($top, $side) {
    foreach ($r in -1..7) {
        foreach ($c in -1..7) {
            $y = $top + $r
            $x = $side + $c
            if ($y -lt 0 -or $y -gt 20 -or $x -lt 0 -or $x -gt 20) { continue }
            $far = [Math]::Max([Math]::Abs($r - 3), [Math]::Abs($c - 3))
            $cell["$y,$x"] = [int]($far -eq 3 -or $far -le 1)
        }
    }
}
Set-Finder 0 0
Set-Finder 0 14
Set-Finder 14 0
foreach ($i in 8..12) {
    $cell["6,$i"] = 1 - $i % 2
    $cell["$i,6"] = 1 - $i % 2
}
$cell['13,8'] = 1
$format = '101010000010010'
foreach ($i in 0..14) {
    $dark = [int][string]$format[$i]
    if ($i -lt 6) { $cell["8,$i"] = $dark }
    elseif ($i -lt 8) { $cell["8,$($i + 1)"] = $dark }
    elseif ($i -eq 8) { $cell['7,8'] = $dark }
    else { $cell["$(14 - $i),8"] = $dark }
    if ($i -lt 7) { $cell["$(20 - $i),8"] = $dark }
    else { $cell["8,$($i + 6)"] = $dark }
}
$place = 0
$upward = $true
foreach ($column in @(20, 18, 16, 14, 12, 10, 8, 5, 3, 1)) {
    foreach ($step in 0..20) {
        $row = $step
        if ($upward) { $row = 20 - $step }
        foreach ($x in @($column, ($column - 1))) {
            if (-not $cell.ContainsKey("$row,$x")) {
                $dark = [int][string]$stream[$place]
                $place++
                if (($row + $x) % 2 -eq 0) { $dark = 1 - $dark }
                $cell["$row,$x"] = $dark
            }
        }
    }
    $upward = -not $upward
}
foreach ($row in -2..22) {
    Write-Host '    ' -NoNewline
    foreach ($x in -2..22) {
        $color = 'White'
        if ($cell["$row,$x"] -eq 1) { $color = 'Black' }
        Write-Host '  ' -NoNewline -BackgroundColor $color
    }
    Write-Host ''
}
Write-Host ''
if ($Host.Name -eq 'ConsoleHost') { Read-Host 'Tekan Enter untuk menutup' | Out-Null }
