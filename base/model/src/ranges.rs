//! From an address to a number by the longest prefix: an owner, an AS, a country.
//!
//! Nested prefixes are flattened once into ranges that do not overlap, so that a lookup is one step of a first-level index
//! and a short binary search. A table of a million prefixes takes about 10 MB and is a file without any further work.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A key of a [`RangeTable`]: an IPv4 address as `u32` or an IPv6 address as `u128`.
pub trait RangeKey: Copy + Ord + Default + private::Sealed {
    /// Bits of an address.
    const BITS: u8;
}

impl RangeKey for u32 {
    const BITS: u8 = 32;
}

impl RangeKey for u128 {
    const BITS: u8 = 128;
}

mod private {
    /// What a table needs to do with its keys.
    pub trait Sealed: Sized {
        const BYTES: usize;
        fn slot(self, base: Self, shift: u32) -> usize;
        fn slots_shift(self, base: Self, bits: u32) -> u32;
        fn slot_end(self, slot: usize, shift: u32) -> Self;
        fn first(self, len: u8) -> Self;
        fn last(self, len: u8) -> Self;
        fn next(self) -> Option<Self>;
        fn previous(self) -> Self;
        fn write(self, out: &mut Vec<u8>);
        fn read(bytes: &[u8]) -> Option<Self>;
    }

    macro_rules! sealed {
        ($type:ty) => {
            impl Sealed for $type {
                const BYTES: usize = size_of::<$type>();
                #[inline]
                fn slot(self, base: Self, shift: u32) -> usize {
                    usize::try_from(self.wrapping_sub(base) >> shift).unwrap_or(usize::MAX)
                }
                fn slots_shift(self, base: Self, bits: u32) -> u32 {
                    (Self::BITS - self.wrapping_sub(base).leading_zeros()).saturating_sub(bits)
                }
                fn slot_end(self, slot: usize, shift: u32) -> Self {
                    self.saturating_add(((slot as Self) << shift) | host_bits(shift) as Self)
                }
                fn first(self, len: u8) -> Self {
                    self & !(host_bits(Self::BITS.saturating_sub(u32::from(len))) as Self)
                }
                fn last(self, len: u8) -> Self {
                    self | (host_bits(Self::BITS.saturating_sub(u32::from(len))) as Self)
                }
                fn next(self) -> Option<Self> {
                    self.checked_add(1)
                }
                fn previous(self) -> Self {
                    self.wrapping_sub(1)
                }
                fn write(self, out: &mut Vec<u8>) {
                    out.extend_from_slice(&self.to_le_bytes());
                }
                fn read(bytes: &[u8]) -> Option<Self> {
                    bytes.try_into().ok().map(Self::from_le_bytes)
                }
            }
        };
    }
    sealed!(u32);
    sealed!(u128);

    fn host_bits(bits: u32) -> u128 {
        if bits >= 128 { u128::MAX } else { (1u128 << bits) - 1 }
    }
}

/// A prefix that was given twice: the last one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuplicatePrefix<K> {
    /// First address of the prefix.
    pub first: K,
    /// Its length.
    pub len: u8,
    /// The value that was given earlier, and lost.
    pub lost: u32,
    /// The value that counts.
    pub kept: u32,
}

/// Why bytes are not a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The file begins otherwise.
    #[error("this is not an address table, or one of another version")]
    Header,
    /// The file ends early or goes on too long.
    #[error("the address table has {found} bytes, its header says {wanted}")]
    Length {
        /// Bytes that the header promises.
        wanted: usize,
        /// Bytes that are there.
        found: usize,
    },
    /// The content does not fit its checksum, or is out of order.
    #[error("the address table is damaged")]
    Damaged,
}

/// An address range to a number, by the longest prefix. Values are 0 to `u32::MAX - 1`; a prefix with the value
/// [`RangeTable::NONE`] makes a hole in a larger one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeTable<K> {
    /// First address of every range; the first is 0, so that each address is in one range.
    starts: Vec<K>,
    /// Value of every range; `NONE` for gaps.
    values: Vec<u32>,
    /// For every slot of `1 << shift` addresses from `base` on: the range that holds the last address of the slot before.
    index: Vec<u32>,
    base: K,
    shift: u32,
}

/// Bits of the index: it grows with the table, up to a million slots (4 MB).
const INDEX_BITS: std::ops::RangeInclusive<u32> = 16..=20;
const MAGIC: &[u8; 8] = b"MNRTBL01";
const HEADER_BYTES: usize = 8 + 8 + 8 + 8;

impl<K: RangeKey> Default for RangeTable<K> {
    fn default() -> Self {
        Self::from_ranges(vec![K::default()], vec![Self::NONE])
    }
}

impl<K: RangeKey> RangeTable<K> {
    /// No value.
    pub const NONE: u32 = u32::MAX;

    /// Builds a table from prefixes (an address, a length, a value) in any order; host bits do not count. Of the same
    /// prefix given twice with two values the last one counts, and it is reported.
    pub fn build(mut prefixes: Vec<(K, u8, u32)>) -> (Self, Vec<DuplicatePrefix<K>>) {
        for prefix in &mut prefixes {
            prefix.1 = prefix.1.min(K::BITS);
            prefix.0 = prefix.0.first(prefix.1);
        }
        prefixes.sort_by_key(|&(first, len, _)| (first, len));
        let mut duplicates = Vec::new();
        prefixes.dedup_by(|later, earlier| {
            let same = (later.0, later.1) == (earlier.0, earlier.1);
            if same && later.2 != earlier.2 {
                let (first, len) = (later.0, later.1);
                duplicates.push(DuplicatePrefix { first, len, lost: earlier.2, kept: later.2 });
            }
            if same {
                earlier.2 = later.2;
            }
            same
        });
        let mut flat = Flat { starts: vec![K::default()], values: vec![Self::NONE] };
        flat.starts.reserve(prefixes.len() + prefixes.len() / 4);
        flat.values.reserve(prefixes.len() + prefixes.len() / 4);
        // The prefixes that are open where we are, outermost first: last address and value.
        let mut open: Vec<(K, u32)> = Vec::new();
        for (first, len, value) in prefixes {
            flat.close(&mut open, Some(first));
            flat.push(first, value);
            open.push((first.last(len), value));
        }
        flat.close(&mut open, None);
        flat.starts.shrink_to_fit();
        flat.values.shrink_to_fit();
        (Self::from_ranges(flat.starts, flat.values), duplicates)
    }

    fn from_ranges(starts: Vec<K>, values: Vec<u32>) -> Self {
        let base = starts.get(1).copied().unwrap_or_default();
        let bits = starts.len().max(1).ilog2().clamp(*INDEX_BITS.start(), *INDEX_BITS.end());
        let shift = starts.last().map_or(0, |last| last.slots_shift(base, bits));
        let slots = starts.last().map_or(0, |last| last.slot(base, shift)) + 1;
        let mut index = Vec::with_capacity(slots + 1);
        index.push(0u32);
        let mut range = 0;
        for slot in 0..slots {
            let end = base.slot_end(slot, shift);
            while starts.get(range + 1).is_some_and(|start| *start <= end) {
                range += 1;
            }
            index.push(range as u32);
        }
        RangeTable { starts, values, index, base, shift }
    }

    /// The value of the longest prefix that holds the address.
    #[inline]
    pub fn get(&self, address: K) -> Option<u32> {
        if address < self.base {
            return self.value(0);
        }
        let slot = address.slot(self.base, self.shift).min(self.index.len() - 2);
        let low = self.index.get(slot).map_or(0, |range| *range as usize);
        let high = self.index.get(slot + 1).map_or(0, |range| *range as usize);
        let later = self.starts.get(low + 1..=high).unwrap_or_default();
        self.value(low + later.partition_point(|start| *start <= address))
    }

    #[inline]
    fn value(&self, range: usize) -> Option<u32> {
        self.values.get(range).copied().filter(|value| *value != Self::NONE)
    }

    /// How many ranges there are, gaps included.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether no address has a value.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(|value| *value == Self::NONE)
    }

    /// Every range that has a value, in order: first address, last address, value.
    pub fn iter(&self) -> impl Iterator<Item = (K, K, u32)> + '_ {
        let ends = self.starts.iter().skip(1).map(Some).chain(std::iter::once(None));
        self.starts.iter().zip(ends).zip(&self.values).filter(|(_, value)| **value != Self::NONE).map(
            |((start, next), value)| {
                (*start, next.map_or_else(|| K::default().last(0), |next| next.previous()), *value)
            },
        )
    }

    /// Bytes of memory the table takes.
    pub fn memory_bytes(&self) -> usize {
        self.starts.capacity() * size_of::<K>() + (self.values.capacity() + self.index.capacity()) * 4
    }

    /// The table as bytes for a file: a header with magic, width, count and checksum, then starts, then values, all
    /// little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(self.starts.len() * (K::BYTES + 4));
        for start in &self.starts {
            start.write(&mut body);
        }
        for value in &self.values {
            body.extend_from_slice(&value.to_le_bytes());
        }
        let mut out = Vec::with_capacity(HEADER_BYTES + body.len());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&u64::from(K::BITS).to_le_bytes());
        out.extend_from_slice(&(self.starts.len() as u64).to_le_bytes());
        out.extend_from_slice(&checksum(&body).to_le_bytes());
        out.append(&mut body);
        out
    }

    /// Reads what [`RangeTable::to_bytes`] wrote. Any other bytes are refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TableError> {
        let (table, rest) = Self::take_bytes(bytes)?;
        match rest.len() {
            0 => Ok(table),
            more => Err(TableError::Length { wanted: bytes.len() - more, found: bytes.len() }),
        }
    }

    fn take_bytes(bytes: &[u8]) -> Result<(Self, &[u8]), TableError> {
        let word = |at: usize| {
            let word = bytes.get(at..at + 8).and_then(|word| word.try_into().ok()).map(u64::from_le_bytes);
            word.ok_or(TableError::Header)
        };
        if !bytes.starts_with(MAGIC) || word(8)? != u64::from(K::BITS) {
            return Err(TableError::Header);
        }
        let count = usize::try_from(word(16)?).map_err(|_| TableError::Header)?;
        let sum = word(24)?;
        let body_bytes = count.checked_mul(K::BYTES + 4).ok_or(TableError::Header)?;
        let wanted = body_bytes.checked_add(HEADER_BYTES).ok_or(TableError::Header)?;
        let body = bytes.get(HEADER_BYTES..wanted).ok_or(TableError::Length { wanted, found: bytes.len() })?;
        if count == 0 || checksum(body) != sum {
            return Err(TableError::Damaged);
        }
        let (starts, values) = body.split_at(count * K::BYTES);
        let starts: Vec<K> = starts.chunks_exact(K::BYTES).filter_map(private::Sealed::read).collect();
        let values: Vec<u32> = values.chunks_exact(4).filter_map(private::Sealed::read).collect();
        if starts.first() != Some(&K::default()) || !starts.is_sorted_by(|a, b| a < b) {
            return Err(TableError::Damaged);
        }
        Ok((Self::from_ranges(starts, values), bytes.get(wanted..).unwrap_or_default()))
    }
}

/// Ranges while they are made.
struct Flat<K> {
    starts: Vec<K>,
    values: Vec<u32>,
}

impl<K: RangeKey> Flat<K> {
    /// From here on the value is this.
    fn push(&mut self, start: K, value: u32) {
        if self.starts.last() == Some(&start) {
            self.starts.pop();
            self.values.pop();
        }
        // Neighbours of one value are one range.
        if self.values.last() != Some(&value) {
            self.starts.push(start);
            self.values.push(value);
        }
    }

    /// Ends the open prefixes that end before an address, or all; behind each its surrounding prefix goes on.
    fn close(&mut self, open: &mut Vec<(K, u32)>, before: Option<K>) {
        while let Some(&(last, _)) = open.last()
            && before.is_none_or(|before| last < before)
        {
            open.pop();
            let around = open.last().map_or(RangeTable::<K>::NONE, |&(_, value)| value);
            if let Some(after) = last.next() {
                self.push(after, around);
            }
        }
    }
}

/// FNV-1a over words of eight bytes: finds damage, not intent.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0xcbf2_9ce4_8422_2325, |sum, chunk| {
        let word = chunk.iter().rev().fold(0u64, |word, byte| (word << 8) | u64::from(*byte));
        (sum ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
    })
}

/// Both families in one table. An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) is the IPv4 address it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IpTable {
    /// IPv4.
    pub v4: RangeTable<u32>,
    /// IPv6.
    pub v6: RangeTable<u128>,
}

/// A prefix of an [`IpTable`] that was given twice with two values: the last one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuplicateNetwork {
    /// First address.
    pub first: IpAddr,
    /// Length.
    pub len: u8,
    /// The value that was given earlier, and lost.
    pub lost: u32,
    /// The value that counts.
    pub kept: u32,
}

impl IpTable {
    /// Builds a table from prefixes of both families, in any order.
    pub fn build(prefixes: impl IntoIterator<Item = (IpAddr, u8, u32)>) -> (Self, Vec<DuplicateNetwork>) {
        let mut four = Vec::new();
        let mut six = Vec::new();
        for (address, len, value) in prefixes {
            match address {
                IpAddr::V4(address) => four.push((u32::from(address), len, value)),
                IpAddr::V6(address) => match address.to_ipv4_mapped() {
                    Some(mapped) if len >= 96 => four.push((u32::from(mapped), len - 96, value)),
                    _ => six.push((u128::from(address), len, value)),
                },
            }
        }
        let (v4, four) = RangeTable::build(four);
        let (v6, six) = RangeTable::build(six);
        let duplicate = |first: IpAddr, len, lost, kept| DuplicateNetwork { first, len, lost, kept };
        let mut duplicates: Vec<DuplicateNetwork> =
            four.iter().map(|d| duplicate(Ipv4Addr::from(d.first).into(), d.len, d.lost, d.kept)).collect();
        duplicates.extend(six.iter().map(|d| duplicate(Ipv6Addr::from(d.first).into(), d.len, d.lost, d.kept)));
        (IpTable { v4, v6 }, duplicates)
    }

    /// The value of the longest prefix that holds the address.
    #[inline]
    pub fn get(&self, address: IpAddr) -> Option<u32> {
        match address {
            IpAddr::V4(address) => self.v4.get(u32::from(address)),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(mapped) => self.v4.get(u32::from(mapped)),
                None => self.v6.get(u128::from(address)),
            },
        }
    }

    /// How many ranges both tables have, gaps included.
    pub fn len(&self) -> usize {
        self.v4.len() + self.v6.len()
    }

    /// Whether no address has a value.
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// Bytes of memory both tables take.
    pub fn memory_bytes(&self) -> usize {
        self.v4.memory_bytes() + self.v6.memory_bytes()
    }

    /// Both tables as bytes for a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.v4.to_bytes();
        out.append(&mut self.v6.to_bytes());
        out
    }

    /// Reads what [`IpTable::to_bytes`] wrote. Any other bytes are refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TableError> {
        let (v4, rest) = RangeTable::take_bytes(bytes)?;
        Ok(IpTable { v4, v6: RangeTable::from_bytes(rest)? })
    }
}

#[cfg(test)]
mod tests {
    use super::{IpTable, RangeKey, RangeTable, TableError};
    use proptest::prelude::*;

    const NONE: u32 = u32::MAX;

    fn v4(text: &str) -> u32 {
        u32::from(text.parse::<std::net::Ipv4Addr>().expect("an address"))
    }

    #[test]
    fn the_longest_prefix_wins_and_the_larger_one_goes_on_behind_it() {
        let (table, duplicates) = RangeTable::build(vec![
            (v4("10.1.2.0"), 24, 3),
            (v4("10.0.0.0"), 8, 1),
            (v4("10.1.0.0"), 16, 2),
            (v4("255.255.255.0"), 24, 9),
            (v4("10.1.2.128"), 25, NONE),
        ]);
        assert_eq!(duplicates, []);
        for (address, want) in [
            ("9.255.255.255", None),
            ("10.0.0.0", Some(1)),
            ("10.0.255.255", Some(1)),
            ("10.1.0.0", Some(2)),
            ("10.1.2.0", Some(3)),
            ("10.1.2.127", Some(3)),
            ("10.1.2.128", None),
            ("10.1.3.0", Some(2)),
            ("10.2.0.0", Some(1)),
            ("10.255.255.255", Some(1)),
            ("11.0.0.0", None),
            ("255.255.254.255", None),
            ("255.255.255.255", Some(9)),
        ] {
            assert_eq!(table.get(v4(address)), want, "{address}");
        }
        assert_eq!(RangeTable::<u32>::default().get(7), None);
        assert_eq!(RangeTable::build(vec![(0u32, 0, 5)]).0.get(u32::MAX), Some(5));
        assert_eq!(RangeTable::build(vec![(0u128, 0, 5)]).0.get(u128::MAX), Some(5));
        assert!(RangeTable::<u32>::default().is_empty() && !table.is_empty());
    }

    #[test]
    fn of_a_prefix_given_twice_the_last_counts_and_the_loss_is_reported() {
        let (table, duplicates) = RangeTable::build(vec![(v4("10.0.0.9"), 8, 1), (v4("10.0.0.0"), 8, 2)]);
        assert_eq!(table.get(v4("10.2.3.4")), Some(2));
        assert_eq!(duplicates.len(), 1);
        assert_eq!(
            (duplicates[0].first, duplicates[0].len, duplicates[0].lost, duplicates[0].kept),
            (v4("10.0.0.0"), 8, 1, 2)
        );
        assert_eq!(RangeTable::build(vec![(1u32, 32, 1), (1, 32, 1)]).1, []);
    }

    #[test]
    fn a_mapped_address_is_the_ipv4_address_it_holds() {
        let ip = |text: &str| text.parse().expect("an address");
        let (table, _) =
            IpTable::build([(ip("192.0.2.0"), 24, 1), (ip("2001:db8::"), 32, 2), (ip("::ffff:198.51.100.0"), 120, 3)]);
        for (address, want) in [
            ("192.0.2.7", Some(1)),
            ("::ffff:192.0.2.7", Some(1)),
            ("198.51.100.1", Some(3)),
            ("2001:db8:1::1", Some(2)),
            ("2001:db9::", None),
            ("::", None),
        ] {
            assert_eq!(table.get(ip(address)), want, "{address}");
        }
        assert_eq!(IpTable::from_bytes(&table.to_bytes()), Ok(table));
    }

    #[test]
    fn bytes_that_are_not_a_whole_table_are_refused() {
        let (table, _) = RangeTable::build(vec![(v4("10.0.0.0"), 8, 1), (v4("10.1.0.0"), 16, 2)]);
        let bytes = table.to_bytes();
        assert_eq!(RangeTable::from_bytes(&bytes), Ok(table));
        assert_eq!(RangeTable::<u128>::from_bytes(&bytes), Err(TableError::Header));
        assert_eq!(RangeTable::<u32>::from_bytes(b""), Err(TableError::Header));
        assert!(matches!(RangeTable::<u32>::from_bytes(&bytes[..bytes.len() - 1]), Err(TableError::Length { .. })));
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(matches!(RangeTable::<u32>::from_bytes(&longer), Err(TableError::Length { .. })));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            assert!(RangeTable::<u32>::from_bytes(&damaged).is_err(), "byte {at}");
        }
    }

    /// The longest prefix by looking at all of them.
    fn naive<K: RangeKey>(prefixes: &[(K, u8, u32)], address: K) -> Option<u32> {
        let holding =
            prefixes.iter().enumerate().filter(|(_, (first, len, _))| address.first(*len) == first.first(*len));
        holding
            .max_by_key(|(at, (_, len, _))| (*len, *at))
            .map(|(_, (_, _, value))| *value)
            .filter(|value| *value != NONE)
    }

    fn agrees<K: RangeKey + std::fmt::Debug>(prefixes: Vec<(K, u8, u32)>, more: &[K]) -> Result<(), TestCaseError> {
        let (table, _) = RangeTable::build(prefixes.clone());
        let read = RangeTable::from_bytes(&table.to_bytes());
        prop_assert_eq!(read.as_ref(), Ok(&table));
        let edges = prefixes.iter().flat_map(|&(first, len, _)| {
            let (first, last) = (first.first(len), first.last(len));
            [first, last, first.previous(), last.next().unwrap_or_default()]
        });
        for address in edges.chain(more.iter().copied()) {
            prop_assert_eq!(table.get(address), naive(&prefixes, address), "{:?}", address);
        }
        for (first, last, value) in table.iter() {
            prop_assert!(first <= last);
            prop_assert_eq!(table.get(first), Some(value));
            prop_assert_eq!(table.get(last), Some(value));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn ipv4_answers_are_those_of_a_naive_search(
            prefixes in prop::collection::vec((any::<u32>(), 0u8..=32, prop_oneof![0u32..5, Just(NONE)]), 0..60),
            near in prop::collection::vec((0u32..4096, 18u8..=32, 0u32..5), 0..60),
            addresses in prop::collection::vec(any::<u32>(), 20),
        ) {
            let near = near.into_iter().map(|(low, len, value)| (0xC0A8_0000 | low, len, value));
            agrees(prefixes.into_iter().chain(near).collect(), &addresses)?;
        }

        #[test]
        fn ipv6_answers_are_those_of_a_naive_search(
            prefixes in prop::collection::vec((any::<u128>(), 0u8..=128, 0u32..5), 0..40),
            near in prop::collection::vec((0u128..4096, 100u8..=128, 0u32..5), 0..60),
            addresses in prop::collection::vec(any::<u128>(), 20),
        ) {
            let near = near.into_iter().map(|(low, len, value)| (0x2001_0db8 << 96 | low, len, value));
            agrees(prefixes.into_iter().chain(near).collect(), &addresses)?;
        }

        #[test]
        fn any_bytes_are_a_table_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = IpTable::from_bytes(&bytes);
            let mut headed = b"MNRTBL01".to_vec();
            headed.extend(bytes);
            let _ = RangeTable::<u32>::from_bytes(&headed);
        }
    }
}
