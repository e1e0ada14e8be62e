//! Input for the tests: Shadowserver reports with duplicates and rows that can't be read, the same for the same seed; and
//! something of every other form.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

/// When all of it came.
pub const RECEIVED: &str = "2026-01-16T06:00:00Z";

/// Random numbers by a seed (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// A seed nobody chose.
    pub fn from_clock() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Random(since.as_nanos() as u64)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}

const SINKHOLE: &str = "timestamp,protocol,src_ip,src_port,src_asn,src_geo,src_region,src_city,src_hostname,src_naics,src_sector,\
    device_vendor,device_type,device_model,severity,dst_ip,dst_port,dst_asn,dst_geo,dst_region,dst_city,dst_hostname,dst_naics,\
    dst_sector,public_source,infection,family,tag,application,version,event_id,http_url,http_host,http_agent,forwarded_by,\
    ssl_cipher,http_referer,ssl_servername,machine_name";
const FAMILIES: [&str; 6] = ["andromeda", "mirai", "necurs", "qsnatch", "conficker", "vo1d"];

/// What a report holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth {
    /// Rows after the header.
    pub rows: i64,
    /// Rows that can't be read.
    pub bad: i64,
    /// Rows that stood in the report before.
    pub repeated: i64,
}

/// A sinkhole report. Every twentieth row or so is one of before, every fortieth can't be read.
pub fn sinkhole(seed: u64, rows: i64) -> (String, Truth) {
    let mut random = Random(seed);
    let mut text = format!("{SINKHOLE}\n");
    let mut earlier: Vec<String> = Vec::new();
    let mut truth = Truth { rows, bad: 0, repeated: 0 };
    for number in 0..rows {
        let kind = random.below(40);
        if kind == 0 {
            truth.bad += 1;
            let time = if number % 2 == 0 { "2026-01-15 25:61:00" } else { "yesterday" };
            let _ = writeln!(text, "\"{time}\",tcp,198.18.1.{number},80{}", ",".repeat(35));
            continue;
        }
        if kind <= 2 && !earlier.is_empty() {
            truth.repeated += 1;
            let at = random.below(earlier.len() as u64) as usize;
            text.push_str(&earlier[at]);
            continue;
        }
        let address = format!("198.18.{}.{}", random.below(64), random.below(256));
        let family = FAMILIES[random.below(6) as usize];
        let second = random.below(86_400);
        let time = format!("2026-01-15 {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
        let (port, url) = (1024 + random.below(60_000), random.next());
        let row = format!(
            "\"{time}\",tcp,{address},{port},64500,XS,NORTH,\"PORT NOOR\",,517311,\"Communications, Service Provider\",,,,high,\
             203.0.113.{sink},80,64496,US,,,,,,,{family},{family},{family},http,,{url:016x}{number:08x},\"/in?id={url:x}&a=\"\"b\"\"\",\
             sink.example.net,\"Mozilla/5.0 (é)\",,,,,\n",
            sink = random.below(8),
        );
        text.push_str(&row);
        if earlier.len() < 5_000 {
            earlier.push(row);
        }
    }
    (text, truth)
}

/// A report of open Telnet servers.
pub fn telnet(seed: u64, rows: i64) -> String {
    let mut random = Random(seed);
    let header =
        "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo,region,city,naics,hostname_source,sector,banner";
    let mut text = format!("{header}\n");
    for _ in 0..rows {
        let (second, subnet, host) = (random.below(86_400), random.below(64), random.below(256));
        let time = format!("2026-01-15 {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
        let _ = writeln!(
            text,
            "\"{time}\",high,198.18.{subnet}.{host},tcp,23,,telnet,64500,XS,NORTH,\"PORT NOOR\",517311,,,\"login:\""
        );
    }
    text
}

/// Twenty owners, one in another's network.
pub fn constituents() -> String {
    let mut text = String::from("cidr,asn,org,sector,abuse_contact\n");
    for number in 0..19 {
        let _ = writeln!(
            text,
            "198.18.{}.0/24,{},Operator {number:02},telecom,abuse@op{number:02}.example",
            number * 3,
            64500 + number
        );
    }
    text.push_str("198.18.0.64/26,,Ministry of Light,government,security@light.example\n");
    text
}

/// Prefixes with their AS.
pub fn prefixes() -> String {
    (0..64).fold(String::from("# prefixes\n"), |mut text, number| {
        let _ = writeln!(text, "198.18.{number}.0/24\t{}", 64500 + number / 3);
        text
    })
}

/// Writes a text to a file, through gzip when its name says so.
pub fn write(path: &Path, text: &str) -> PathBuf {
    let file = std::fs::File::create(path).unwrap();
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap();
    } else {
        std::fs::write(path, text).unwrap();
    }
    path.to_path_buf()
}

/// Rows of a file in another form than Shadowserver's: each is read once and stored once, whatever its length.
const SMALL: i64 = 40;

fn host(number: i64) -> String {
    format!("198.18.{number}.{}", number + 1)
}

/// What a sensor writes: three alerts, then a question that is only context.
fn eve(rows: i64) -> String {
    (0..rows).fold(String::new(), |mut text, number| {
        let (kind, what) = match number % 4 {
            3 => ("dns", json!({ "type": "query", "id": number, "rrname": "c.example.net", "rrtype": "A" })),
            _ => (
                "alert",
                json!({
                    "action": "allowed", "gid": 1, "signature_id": 9_000_000 + number, "rev": 1, "severity": 1,
                    "signature": "EXAMPLE command server",
                    "category": "Malware Command and Control Activity Detected",
                }),
            ),
        };
        let row = json!({
            "timestamp": format!("2026-01-15T10:{number:02}:00.000000+0000"), "event_type": kind, kind: what,
            "src_ip": host(number), "src_port": 50_000 + number, "dest_ip": "203.0.113.7", "dest_port": 443,
            "proto": "TCP",
        });
        let _ = writeln!(text, "{row}");
        text
    })
}

/// Notices of another sensor.
fn zeek(rows: i64) -> String {
    let head = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tnotice\n\
        #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tnote\tmsg\tsrc\n\
        #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tenum\tstring\taddr\n";
    (0..rows).fold(head.to_string(), |mut text, number| {
        let (time, host) = (1_768_435_200 + number, host(number));
        let _ = writeln!(
            text,
            "{time}.5\tC{number}\t{host}\t{}\t203.0.113.7\t22\ttcp\tSSH::Password_Guessing\tguessing\t{host}",
            4_000 + number
        );
        text
    })
}

/// Messages of a neighbour.
fn idea(rows: i64) -> String {
    (0..rows).fold(String::new(), |mut text, number| {
        let row = json!({
            "Format": "IDEA0", "ID": format!("4390fc3f-c753-4a3e-bc83-1b44f24b{number:04}"),
            "DetectTime": format!("2026-01-15T11:{number:02}:00Z"), "Category": ["Recon.Scanning"],
            "Source": [{ "IP4": [host(number)] }],
        });
        let _ = writeln!(text, "{row}");
        text
    })
}

/// A list of addresses.
fn list(numbers: std::ops::Range<i64>) -> String {
    numbers.map(|number| host(number) + "\n").collect()
}

/// A day of reports: two sinkhole reports that share rows, a third in gzip, one of open Telnet servers, one not UTF-8; and
/// what else comes, small: two sensors', a neighbour's, and two copies of a list, the second without some of its entries.
pub fn reports(folder: &Path, rows: i64) -> Vec<String> {
    std::fs::create_dir_all(folder).unwrap();
    let (first, _) = sinkhole(1, rows);
    let (mut second, _) = sinkhole(2, rows);
    for line in first.lines().skip(1).step_by(7) {
        second.push_str(line);
        second.push('\n');
    }
    let (third, _) = sinkhole(3, rows / 2);
    let named = |name: &str| folder.join(name);
    let mut paths = vec![
        write(&named("2026-01-15-event4_sinkhole_http-xs-geo.csv"), &first),
        write(&named("2026-01-15-event4_sinkhole_http-xs2-geo.csv"), &second),
        write(&named("2026-01-15-event4_sinkhole-xs-geo.csv.gz"), &third),
        write(&named("2026-01-15-scan_telnet-xs-geo.csv"), &telnet(4, rows / 2)),
    ];
    let mut bytes = telnet(5, 50).into_bytes();
    let at = bytes.len() - 4;
    bytes[at] = 0xff;
    let odd = named("2026-01-14-scan_telnet-xs-geo.csv");
    std::fs::write(&odd, bytes).unwrap();
    paths.push(odd);
    paths.push(write(&named("sensor-eve.json"), &eve(SMALL)));
    paths.push(write(&named("notice.log"), &zeek(SMALL)));
    paths.push(write(&named("neighbour-idea.json.gz"), &idea(SMALL)));
    paths.push(write(&named("neighbour-drop.txt"), &list(0..30)));
    paths.push(write(&named("neighbour-drop.next.txt"), &list(10..SMALL)));
    paths.iter().map(|path| path.display().to_string()).collect()
}
