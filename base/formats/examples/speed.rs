//! How fast the readers are, on rows made here: `cargo run --release -p manara-formats --example speed`. Processor time
//! where the system tells it (so that a busy machine does not count), else the clock.

use std::hint::black_box;
use std::time::Instant;

use manara_formats::{
    Drift, Feed, Limits, ReadError, Reject, Row, Sink, Stop, read_feed, read_idea, read_intelmq, read_list,
    read_suricata, read_zeek,
};
use manara_model::Micros;

#[derive(Default)]
struct Count {
    rows: u64,
    rejects: u64,
}

impl Sink for Count {
    fn row(&mut self, row: Row<'_>) -> Result<(), Stop> {
        self.rows += 1;
        black_box(&row.fields);
        black_box(row.extra);
        Ok(())
    }
    fn reject(&mut self, _: Reject) -> Result<(), Stop> {
        self.rejects += 1;
        Ok(())
    }
    fn drift(&mut self, _: Drift) {}
}

const ROWS: u32 = 300_000;

/// What Linux says this thread has used of a processor.
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse::<f64>().ok().map(|nanos| nanos / 1e9)
}

fn time(
    name: &str,
    row: impl Fn(u32) -> String,
    header: &str,
    read: impl Fn(&[u8], &mut Count) -> Result<(), ReadError>,
) {
    let mut input = header.to_string();
    for number in 0..ROWS {
        input.push_str(&row(number));
        input.push('\n');
    }
    let mut best = f64::MAX;
    let mut count = Count::default();
    for _ in 0..5 {
        count = Count::default();
        let (start, used) = (Instant::now(), processor_seconds());
        if let Err(error) = read(input.as_bytes(), &mut count) {
            println!("{name}: {error}");
        }
        let spent = processor_seconds().zip(used).map(|(after, before)| after - before);
        best = best.min(spent.unwrap_or_else(|| start.elapsed().as_secs_f64()));
    }
    let rate = f64::from(ROWS) / best;
    let bytes = input.len() / ROWS as usize;
    println!(
        "{name:10} {rate:>12.0} rows/s {:>7.0} MB/s {bytes:>5} B/row  {} rows {} rejects",
        input.len() as f64 / best / 1e6,
        count.rows,
        count.rejects
    );
}

fn main() {
    let limits = Limits::default();
    let octets = |n: u32| format!("{}.{}.{}", n >> 16 & 255, n >> 8 & 255, n & 255);
    time(
        "eve",
        |n| {
            format!(
                r#"{{"timestamp":"2026-01-15T10:{:02}:{:02}.{:06}+0000","flow_id":{},"in_iface":"eth1","event_type":"alert","src_ip":"10.{}","src_port":{},"dest_ip":"198.51.100.7","dest_port":80,"proto":"TCP","metadata":{{"flowbits":["http.dottedquadhost"]}},"tx_id":0,"alert":{{"action":"allowed","gid":1,"signature_id":{},"rev":10,"signature":"EXAMPLE HUNTING suspicious POST to a dotted quad with a fake browser {}","category":"Potentially Bad Traffic","severity":2,"metadata":{{"created_at":["2014_04_04"],"updated_at":["2020_09_25"],"signature_severity":["Major"]}}}},"http":{{"hostname":"www{}.example.com","url":"/gate.php?id={}","http_user_agent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","http_method":"POST","protocol":"HTTP/1.1","status":200,"length":512}},"app_proto":"http","flow":{{"pkts_toserver":4,"pkts_toclient":3,"bytes_toserver":800,"bytes_toclient":500,"start":"2026-01-15T10:00:00.000000+0000"}}}}"#,
                n / 60 % 60,
                n % 60,
                n % 1_000_000,
                u64::from(n) * 7_919_000_003 % 2_000_000_000_000_000,
                octets(n),
                1024 + n % 60_000,
                2_000_000 + n % 40_000,
                n % 10,
                n % 5_000,
                n
            )
        },
        "",
        |input, count| read_suricata(input, &limits, count),
    );
    time(
        "eve dns",
        |n| {
            format!(
                r#"{{"timestamp":"2026-01-15T10:00:00.{:06}+0000","flow_id":{n},"event_type":"dns","src_ip":"10.{}","src_port":5353,"dest_ip":"192.0.2.53","dest_port":53,"proto":"UDP","dns":{{"type":"query","id":{},"rrname":"host{n}.example.com","rrtype":"A","tx_id":0}}}}"#,
                n % 1_000_000,
                octets(n),
                n % 65_536
            )
        },
        "",
        |input, count| read_suricata(input, &limits, count),
    );
    time(
        "zeek tsv",
        |n| {
            format!(
                "1768435{:03}.{:06}\tC{n}\t10.{}\t{}\t198.51.100.2\t443\ttcp\tssl\t0.500000\t1200\t4000\tSF\tT\tF\t0\tShADadFf\t10\t1500\t9\t4500\t-",
                n % 1_000,
                n % 1_000_000,
                octets(n),
                1024 + n % 60_000
            )
        },
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\n#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\tbool\tbool\tcount\tstring\tcount\tcount\tcount\tcount\tset[string]\n",
        |input, count| read_zeek(input, None, &limits, count),
    );
    time(
        "idea",
        |n| {
            format!(
                r#"{{"Format":"IDEA0","ID":"{n}","DetectTime":"2026-01-15T10:03:00Z","Category":["Recon.Scanning"],"ConnCount":{n},"Description":"Horizontal scan","Source":[{{"IP4":["10.{}"],"Proto":["tcp","telnet"]}}],"Target":[{{"Port":[23],"Proto":["tcp"]}}],"Node":[{{"Name":"org.example.probe","SW":["Probe"]}}]}}"#,
                octets(n)
            )
        },
        "",
        |input, count| read_idea(input, &limits, count),
    );
    time(
        "intelmq",
        |n| {
            format!(
                r#"{{"classification.identifier":"open-telnet","classification.taxonomy":"vulnerable","classification.type":"vulnerable-system","feed.accuracy":100.0,"feed.name":"F","feed.provider":"P","protocol.application":"telnet","protocol.transport":"tcp","source.asn":64500,"source.geolocation.cc":"TN","source.ip":"10.{}","source.port":23,"time.observation":"2026-01-15T11:00:00+00:00","time.source":"2026-01-15T10:00:00+00:00","extra.tag":"telnet","extra.banner":"login {n}"}}"#,
                octets(n)
            )
        },
        "",
        |input, count| read_intelmq(input, &limits, count),
    );
    time("list", |n| format!("10.{}", octets(n)), "", |input, count| read_list(input, Micros(1), &[], &limits, count));
    let feed = "name: x\ntitle: X\nformat: csv\ncolumns:\n  seen: time.source\n  ip: source.ip\n  port: source.port\n  malware: malware.name\n  note: extra\nconstants:\n  classification.type: c2-server\n";
    match Feed::from_yaml("x", feed) {
        Ok(feed) => time(
            "csv",
            |n| format!("\"2026-01-15 10:00:00\",\"10.{}\",\"{}\",\"ExampleBot\",\"note {n}\"", octets(n), n % 65_536),
            "seen,ip,port,malware,note\n",
            |input, count| read_feed(input, &feed, None, Micros(1), &limits, count),
        ),
        Err(error) => println!("{error}"),
    }
}
