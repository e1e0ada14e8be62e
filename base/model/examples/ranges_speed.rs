//! How fast lookups are, with as many prefixes as the issue names: `cargo run --release -p manara-model --example ranges_speed`.

use std::hint::black_box;
use std::time::Instant;

use manara_model::RangeTable;

/// A small generator, so that every run asks the same.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn main() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for prefixes in [10_000u32, 1_000_000] {
        let v4: Vec<(u32, u8, u32)> = (0..prefixes)
            .map(|at| ((random.next() as u32 % 0xDF00_0000) + 0x0100_0000, 16 + (random.next() % 9) as u8, at % 60_000))
            .collect();
        let v6: Vec<(u128, u8, u32)> = (0..prefixes)
            .map(|at| {
                let high = 0x2000_0000_0000_0000 | (random.next() >> 4);
                (u128::from(high) << 64, 29 + (random.next() % 20) as u8, at % 60_000)
            })
            .collect();
        let begun = Instant::now();
        let (table, _) = RangeTable::build(v4.clone());
        println!("{prefixes} IPv4 prefixes: built in {:?}, {} ranges, {} kB", begun.elapsed(), table.len(), table.memory_bytes() / 1000);
        let begun = Instant::now();
        let bytes = table.to_bytes();
        let written = begun.elapsed();
        let begun = Instant::now();
        let _ = black_box(RangeTable::<u32>::from_bytes(&bytes));
        println!("  {} kB as a file, written in {written:?}, read in {:?}", bytes.len() / 1000, begun.elapsed());
        let inside: Vec<u32> = (0..1 << 20).map(|at: usize| v4.get((at * 7919) % v4.len()).map_or(0, |p| p.0)).collect();
        let anywhere: Vec<u32> = (0..1 << 20).map(|_| random.next() as u32).collect();
        time("addresses inside", &inside, |a| table.get(a));
        time("random addresses", &anywhere, |a| table.get(a));
        let (table, _) = RangeTable::build(v6.clone());
        println!("{prefixes} IPv6 prefixes: {} ranges, {} kB", table.len(), table.memory_bytes() / 1000);
        let inside: Vec<u128> = (0..1 << 20).map(|at: usize| v6.get((at * 7919) % v6.len()).map_or(0, |p| p.0)).collect();
        time("addresses inside", &inside, |a| table.get(a));
    }
}

fn time<K: Copy>(what: &str, keys: &[K], get: impl Fn(K) -> Option<u32>) {
    let begun = Instant::now();
    let mut found = 0u64;
    for _ in 0..20 {
        for key in keys {
            found += u64::from(black_box(get(*key)).is_some());
        }
    }
    let lookups = keys.len() as f64 * 20.0;
    let rate = lookups / begun.elapsed().as_secs_f64() / 1e6;
    println!("  {what}: {rate:.1} million lookups/s ({:.0} % found)", found as f64 * 100.0 / lookups);
}
