//! Made input of any size, the same for the same arguments. All addresses are of no meaning; all names are under `.example`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use manara_model::Micros;

use crate::cli::Made;

/// A small, fast, seeded source of numbers (xorshift64*): benches need no better one.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}

/// Hosts live in the first networks of the table that `networks` writes: 10,000 blocks of /20 from 16.0.0.0 on.
fn host(number: u64) -> u32 {
    let block = number % 10_000;
    (16u32 << 24) + (block as u32) * 4096 + ((number / 10_000 * 7919) % 4094) as u32 + 1
}

fn dotted(address: u32) -> String {
    std::net::Ipv4Addr::from(address).to_string()
}

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
/// The day of reports when none is said.
const DAY: &str = "2026-01-15T00:00:00Z";

/// Writes one of the made files.
pub fn make(what: Made, count: u64, file: &Path) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    match what {
        Made::Sinkhole => {
            let day = Micros::parse_rfc3339(DAY).unwrap_or_default();
            Sinkhole { rows: count, hosts: (count / 4).max(1), repeats: true, day }.write_to(&mut out)?;
        }
        Made::Eve => eve(&mut out, &mut Dice(SEED), count)?,
        Made::Prefixes => prefixes(&mut out, count)?,
        Made::Networks => networks(&mut out, count)?,
    }
    out.flush()?;
    Ok(())
}

/// Lines `prefix<TAB>asn`; the first are the blocks of [`networks`].
fn prefixes(out: &mut impl Write, count: u64) -> std::io::Result<()> {
    let mut dice = Dice(SEED);
    for number in 0..count {
        let len = if number < 10_000 { 20 } else { 24 };
        let base =
            if number < 10_000 { (16u32 << 24) + (number as u32) * 4096 } else { (dice.next() as u32) & 0xFFFF_FF00 };
        writeln!(out, "{}/{len}\t{}", dotted(base), 64_512 + number % 1_000)?;
    }
    Ok(())
}

/// A constituency of `count` blocks, two for each organisation.
pub fn networks(out: &mut impl Write, count: u64) -> std::io::Result<()> {
    const SECTORS: [&str; 6] = ["telecom", "government", "energy", "finance", "health", "education"];
    writeln!(out, "cidr,asn,org,sector,abuse_contact")?;
    for number in 0..count {
        let base = (16u32 << 24) + (number as u32) * 4096;
        let org = number / 2;
        let sector = SECTORS.get((org % 6) as usize).unwrap_or(&"telecom");
        let asn = 4_200_000_000 + org;
        writeln!(out, "{}/20,{asn},Organisation {org:05},{sector},abuse@o{org}.example", dotted(base))?;
    }
    Ok(())
}

const SINKHOLE: &str = "timestamp,protocol,src_ip,src_port,src_asn,src_geo,src_region,src_city,src_hostname,src_naics,src_sector,\
device_vendor,device_type,device_model,severity,dst_ip,dst_port,dst_asn,dst_geo,dst_region,dst_city,dst_hostname,dst_naics,\
dst_sector,public_source,infection,family,tag,application,version,event_id,http_url,http_host,http_agent,forwarded_by,ssl_cipher,\
http_referer,ssl_servername,machine_name";

/// A sinkhole report as Shadowserver writes it, with quoted texts.
pub struct Sinkhole {
    /// Rows after the header.
    pub rows: u64,
    /// Different hosts, each with one infection.
    pub hosts: u64,
    /// Whether a tenth of the rows is byte for byte a repeat.
    pub repeats: bool,
    /// The day all of it happened on.
    pub day: Micros,
}

impl Sinkhole {
    /// Writes it into a file.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
        self.write_to(&mut out)?;
        out.flush()
    }

    fn write_to(&self, out: &mut impl Write) -> std::io::Result<()> {
        const FAMILIES: [&str; 8] =
            ["andromeda", "mirai", "necurs", "qsnatch", "conficker", "ramnit", "sality", "emotet"];
        let (count, hosts, day) = (self.rows, self.hosts, self.day.day());
        let dice = &mut Dice(SEED ^ self.day.0 as u64);
        let header: Vec<String> = SINKHOLE.split(',').map(|name| format!("\"{name}\"")).collect();
        writeln!(out, "{}", header.join(","))?;
        let mut earlier: Vec<String> = Vec::new();
        for number in 0..count {
            if self.repeats && !earlier.is_empty() && dice.below(10) == 0 {
                let at = dice.below(earlier.len() as u64) as usize;
                if let Some(line) = earlier.get(at) {
                    out.write_all(line.as_bytes())?;
                }
                continue;
            }
            let one = dice.below(hosts);
            let address = dotted(host(one));
            let family = FAMILIES.get((one % 8) as usize).copied().unwrap_or("mirai");
            let second = number * 86_400 / count.max(1);
            let line = format!(
                "\"{day} {:02}:{:02}:{:02}\",\"tcp\",\"{address}\",{},64512,\"ZZ\",\"NORTH\",\"PORT NORD\",\"{}.dyn.isp.example\",517311,\
             \"Communications, Service Provider, and Hosting Service\",,,,\"critical\",\"198.51.100.{}\",80,6939,\"US\",\"CALIFORNIA\",\
             \"FREMONT\",,518210,\"Communications, Service Provider, and Hosting Service\",,\"{family}\",\"{family}\",\"{family}\",\"http\",,\
             \"{:016x}\",\"/{:x}/{:x}\",\"{:012x}.sinkhole.example\",\"Mozilla/5.0 (Windows NT 6.1; WOW64; rv:22.0) Gecko/20100101\",,,,,\n",
                second / 3600,
                second / 60 % 60,
                second % 60,
                1024 + dice.below(64_000),
                address.replace('.', "-"),
                1 + one % 12,
                dice.next(),
                one * 7,
                one * 13,
                one * 0x1_0001,
            );
            out.write_all(line.as_bytes())?;
            if self.repeats && earlier.len() < 5_000 {
                earlier.push(line);
            }
        }
        Ok(())
    }
}

/// Alerts as Suricata writes them.
fn eve(out: &mut impl Write, dice: &mut Dice, count: u64) -> std::io::Result<()> {
    for number in 0..count {
        let second = number * 86_400 / count.max(1);
        let one = dice.below((count / 20).max(1));
        writeln!(
            out,
            "{{\"timestamp\":\"2026-01-15T{:02}:{:02}:{:02}.{:06}+0000\",\"flow_id\":{},\"in_iface\":\"eth0\",\"event_type\":\"alert\",\
             \"src_ip\":\"203.0.113.{}\",\"src_port\":{},\"dest_ip\":\"{}\",\"dest_port\":443,\"proto\":\"TCP\",\"metadata\":{{\"flowbits\":[\"a.b\"]}},\
             \"alert\":{{\"action\":\"allowed\",\"gid\":1,\"signature_id\":{},\"rev\":3,\"signature\":\"TEST MALWARE Beacon to known host\",\
             \"category\":\"Malware Command and Control Activity Detected\",\"severity\":1}},\"app_proto\":\"tls\",\
             \"flow\":{{\"pkts_toserver\":12,\"pkts_toclient\":10,\"bytes_toserver\":1840,\"bytes_toclient\":4210,\"start\":\"2026-01-15T00:00:00.000000+0000\"}},\
             \"tls\":{{\"sni\":\"c{}.example\",\"version\":\"TLS 1.3\"}}}}",
            second / 3600,
            second / 60 % 60,
            second % 60,
            number % 1_000_000,
            dice.next() >> 12,
            1 + one % 250,
            1024 + dice.below(64_000),
            dotted(host(one)),
            2_000_000 + one % 40,
            one % 90,
        )?;
    }
    Ok(())
}
