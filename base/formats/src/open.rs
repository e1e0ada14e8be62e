//! What lies around a file: gzip or zip, found by their first bytes, opened with a limit on what comes out.

use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use flate2::Crc;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use zip::CompressionMethod;

use crate::{Limits, ReadError};

const GZIP: &[u8] = b"\x1f\x8b";
const ZIP: &[u8] = b"PK\x03\x04";
/// Below this much output the ratio says nothing.
const RATIO_FROM: u64 = 1 << 20;
/// More members than this is no report.
const MEMBERS: usize = 1_000;
/// A header longer than this is not compared.
const HEADER: u64 = 64 << 10;

/// Opens what may be compressed: gzip of one or more members, a zip, or plain bytes. The members of a zip are read one
/// after another when they are JSON lines or begin with the same header, which is then given once.
///
/// Data that grows beyond the limits ends with an error that [`ReadError::from`] turns into [`ReadError::TooLarge`].
pub fn open(mut input: impl Read + Seek + Send + 'static, limits: &Limits) -> Result<Box<dyn Read + Send>, ReadError> {
    let mut head = [0; 4];
    let got = read_up_to(&mut input, &mut head)?;
    input.seek(SeekFrom::Start(0))?;
    let head = head.get(..got).unwrap_or_default();
    if head.starts_with(GZIP) {
        return Ok(gunzip(input, limits));
    }
    if head == ZIP {
        return unzip(input, limits);
    }
    Ok(Box::new(input))
}

fn read_up_to(input: &mut impl Read, space: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while let Some(rest) = space.get_mut(got..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) => break,
            Ok(more) => got += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(got)
}

fn gunzip(input: impl Read + Send + 'static, limits: &Limits) -> Box<dyn Read + Send> {
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Counted { input, taken: Arc::clone(&taken) };
    let decoder = MultiGzDecoder::new(BufReader::with_capacity(128 << 10, counted));
    Box::new(Capped { input: decoder, what: "gzip", given: 0, taken, limits: limits.clone() })
}

/// Counts the compressed bytes that were taken.
struct Counted<R> {
    input: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let got = self.input.read(space)?;
        self.taken.fetch_add(got as u64, Ordering::Relaxed);
        Ok(got)
    }
}

/// Refuses to give more than the limits allow, and names what is broken.
struct Capped<R> {
    input: R,
    what: &'static str,
    given: u64,
    taken: Arc<AtomicU64>,
    limits: Limits,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let got = self.input.read(space).map_err(|error| self.name(error))?;
        self.given += got as u64;
        let ratio = self.given / self.taken.load(Ordering::Relaxed).max(1);
        if self.given > self.limits.decompressed_bytes || (self.given > RATIO_FROM && ratio > self.limits.ratio) {
            let bomb = Bomb { limit_bytes: self.limits.decompressed_bytes, ratio: self.limits.ratio };
            return Err(io::Error::other(bomb));
        }
        Ok(got)
    }
}

impl<R> Capped<R> {
    fn name(&self, error: io::Error) -> io::Error {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => io::Error::new(
                error.kind(),
                format!("the {} data ends early, after {} bytes of content", self.what, self.given),
            ),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                let text = format!("the {} data is corrupt after {} bytes of content ({error})", self.what, self.given);
                io::Error::new(io::ErrorKind::InvalidData, text)
            }
            _ => error,
        }
    }
}

/// [`ReadError::TooLarge`] on its way through a [`Read`].
#[derive(Debug, thiserror::Error)]
#[error("the compressed data grows too large")]
struct Bomb {
    limit_bytes: u64,
    ratio: u64,
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Bomb>()) {
            Some(bomb) => ReadError::TooLarge { limit_bytes: bomb.limit_bytes, ratio: bomb.ratio },
            None => ReadError::Io(error),
        }
    }
}

/// One member of a zip: where its bytes are and how they are packed.
#[derive(Debug, Clone, Copy)]
struct Member {
    start: u64,
    packed_bytes: u64,
    deflated: bool,
    crc: u32,
}

fn broken_zip(error: zip::result::ZipError) -> ReadError {
    match error {
        zip::result::ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => error.into(),
        error => not_this(format!("a zip that cannot be read ({error})"), "a whole zip file"),
    }
}

fn not_this(found: String, expected: &str) -> ReadError {
    ReadError::NotThisFormat { line: 1, found, expected: expected.to_string() }
}

fn unzip<R: Read + Seek + Send + 'static>(input: R, limits: &Limits) -> Result<Box<dyn Read + Send>, ReadError> {
    let mut archive = zip::ZipArchive::new(input).map_err(broken_zip)?;
    if archive.len() > MEMBERS {
        return Err(not_this(format!("a zip of {} members", archive.len()), "at most 1000"));
    }
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).map_err(broken_zip)?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let hidden = name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|base| base.starts_with('.'));
        if file.is_dir() || file.is_symlink() || hidden {
            continue;
        }
        let expected = "members packed with deflate or stored, without a password";
        if file.encrypted() {
            return Err(not_this(format!("the zip member {name} has a password"), expected));
        }
        let deflated = match file.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => return Err(not_this(format!("the zip member {name} is packed with {other}"), expected)),
        };
        let start =
            file.data_start().ok_or_else(|| not_this(format!("the zip member {name} has no place"), expected))?;
        members.push(Member { start, packed_bytes: file.compressed_size(), deflated, crc: file.crc32() });
    }
    if members.is_empty() {
        return Err(ReadError::Empty);
    }
    let input = Arc::new(Mutex::new(archive.into_inner()));
    let skip_header = share_header(&input, &members)?;
    let taken = Arc::new(AtomicU64::new(0));
    let zip =
        Zip { input, members: members.into_iter(), taken: Arc::clone(&taken), skip_header, now: None, last: b'\n' };
    Ok(Box::new(Capped { input: zip, what: "zip", given: 0, taken, limits: limits.clone() }))
}

/// Whether the first line of every member but the first is to be left out, because all members share it.
fn share_header<R: Read + Seek + Send + 'static>(input: &Arc<Mutex<R>>, members: &[Member]) -> Result<bool, ReadError> {
    if members.len() < 2 {
        return Ok(false);
    }
    let mut heads = Vec::new();
    for member in members {
        let mut head = Vec::new();
        // A member that is cut short or corrupt shows here what it has; reading it names the error.
        let _ =
            unpack(input, *member, &Arc::default()).and_then(|plain| plain.take(HEADER).read_until(b'\n', &mut head));
        if !head.trim_ascii().is_empty() {
            heads.push(head.trim_ascii().to_vec());
        }
    }
    if heads.iter().all(|head| head.starts_with(b"{")) {
        return Ok(false);
    }
    if heads.iter().all(|head| Some(head) == heads.first()) {
        return Ok(true);
    }
    let found = format!("a zip of {} files with different headers", members.len());
    Err(not_this(found, "one file, or files with the same header; unpack it and read them one by one"))
}

type Plain = BufReader<Box<dyn Read + Send>>;

/// The content of one member; gzip inside it is opened, one level.
fn unpack<R>(input: &Arc<Mutex<R>>, member: Member, taken: &Arc<AtomicU64>) -> io::Result<Plain>
where
    R: Read + Seek + Send + 'static,
{
    let window =
        Window { input: Arc::clone(input), at: member.start, left: member.packed_bytes, taken: Arc::clone(taken) };
    let window = BufReader::with_capacity(64 << 10, window);
    let unpacked: Box<dyn Read + Send> =
        if member.deflated { Box::new(DeflateDecoder::new(window)) } else { Box::new(window) };
    let mut checked = Checked { unpacked, crc: Crc::new(), want: member.crc };
    let mut magic = vec![0; GZIP.len()];
    let got = read_up_to(&mut checked, &mut magic)?;
    magic.truncate(got);
    let gzip = magic == GZIP;
    let whole = Cursor::new(magic).chain(checked);
    let plain: Box<dyn Read + Send> =
        if gzip { Box::new(MultiGzDecoder::new(BufReader::new(whole))) } else { Box::new(whole) };
    Ok(BufReader::new(plain))
}

/// A stretch of the archive. Members are opened one by one, so the lock is never waited for.
struct Window<R> {
    input: Arc<Mutex<R>>,
    at: u64,
    left: u64,
    taken: Arc<AtomicU64>,
}

impl<R: Read + Seek> Read for Window<R> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(space.len());
        let Some(space) = space.get_mut(..most).filter(|space| !space.is_empty()) else { return Ok(0) };
        let mut input = self.input.lock().map_err(|_| io::Error::other("an earlier read was broken off"))?;
        input.seek(SeekFrom::Start(self.at))?;
        let got = input.read(space)?;
        self.at += got as u64;
        self.left -= got as u64;
        self.taken.fetch_add(got as u64, Ordering::Relaxed);
        Ok(got)
    }
}

/// Holds what was unpacked against the checksum of the archive.
struct Checked {
    unpacked: Box<dyn Read + Send>,
    crc: Crc,
    want: u32,
}

impl Read for Checked {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let got = self.unpacked.read(space)?;
        self.crc.update(space.get(..got).unwrap_or_default());
        if got == 0 && !space.is_empty() && self.crc.sum() != self.want {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong"));
        }
        Ok(got)
    }
}

/// The members of a zip, one after another, each ended by a line end.
struct Zip<R> {
    input: Arc<Mutex<R>>,
    members: std::vec::IntoIter<Member>,
    taken: Arc<AtomicU64>,
    skip_header: bool,
    now: Option<Plain>,
    last: u8,
}

impl<R: Read + Seek + Send + 'static> Read for Zip<R> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(plain) = &mut self.now {
                if self.last != b'\n'
                    && self.members.len() > 0
                    && plain.fill_buf()?.is_empty()
                    && let Some(first) = space.first_mut()
                {
                    (*first, self.last) = (b'\n', b'\n');
                    return Ok(1);
                }
                let got = plain.read(space)?;
                if let Some(last) = got.checked_sub(1).and_then(|at| space.get(at)) {
                    self.last = *last;
                    return Ok(got);
                }
            }
            if space.is_empty() {
                return Ok(0);
            }
            let again = self.now.is_some();
            let Some(member) = self.members.next() else { return Ok(0) };
            let mut plain = unpack(&self.input, member, &self.taken)?;
            if again && self.skip_header {
                (&mut plain).take(HEADER).read_until(b'\n', &mut Vec::new())?;
            }
            self.now = Some(plain);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use zip::write::SimpleFileOptions;

    use super::open;
    use crate::{Limits, ReadError};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            if name.ends_with('/') {
                writer.add_directory(*name, SimpleFileOptions::default()).expect("memory");
                continue;
            }
            writer.start_file(*name, SimpleFileOptions::default()).expect("memory");
            writer.write_all(bytes).expect("memory");
        }
        writer.finish().expect("memory").into_inner()
    }

    fn read(bytes: Vec<u8>, limits: &Limits) -> Result<String, ReadError> {
        let mut out = Vec::new();
        open(Cursor::new(bytes), limits)?.read_to_end(&mut out)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn what_lies_around_a_file_is_taken_off() {
        let limits = Limits::default();
        let two = [gzip(b"a\n"), gzip(b"b\n")].concat();
        for (bytes, want) in [
            (b"plain\n".to_vec(), "plain\n"),
            (b"".to_vec(), ""),
            (b"P".to_vec(), "P"),
            (gzip(b"inside\n"), "inside\n"),
            (two, "a\nb\n"),
            (zipped(&[("r.csv", b"inside\n")]), "inside\n"),
            (zipped(&[("dir/", b""), ("__MACOSX/x", b"no"), ("dir/r.csv.gz", &gzip(b"inside\n"))]), "inside\n"),
            (
                zipped(&[("a.csv", b"h\n1"), ("b.csv", b"h\r\n2\n"), ("c.csv", b""), ("d.csv", b"h\n3\n")]),
                "h\n1\n2\n3\n",
            ),
            (zipped(&[("a.json", b"{\"a\":1}"), ("b.json", b"{\"b\":1}\n")]), "{\"a\":1}\n{\"b\":1}\n"),
        ] {
            assert_eq!(read(bytes, &limits).expect("readable"), want);
        }
    }

    #[test]
    fn a_zip_of_different_reports_is_refused_with_the_way_out() {
        let error = read(zipped(&[("a.csv", b"h\n1"), ("b.csv", b"g\n2")]), &Limits::default()).expect_err("refused");
        assert!(error.to_string().contains("different headers") && error.to_string().contains("one by one"), "{error}");
        assert!(matches!(read(zipped(&[("d/", b"")]), &Limits::default()), Err(ReadError::Empty)));
    }

    #[test]
    fn what_grows_beyond_the_limits_is_refused_as_too_large() {
        let zeros = vec![0; 4 << 20];
        for bytes in [gzip(&zeros), zipped(&[("a", &zeros)]), zipped(&[("a.gz", &gzip(&zeros))])] {
            assert!(matches!(read(bytes.clone(), &Limits::default()), Err(ReadError::TooLarge { ratio: 200, .. })));
            let limits = Limits { decompressed_bytes: 1_000, ratio: u64::MAX, ..Limits::default() };
            assert!(matches!(read(bytes, &limits), Err(ReadError::TooLarge { limit_bytes: 1_000, .. })));
        }
    }

    #[test]
    fn a_truncated_or_corrupt_file_gives_what_it_has_and_then_says_so() {
        let text: String = (0..20_000).map(|n: u32| format!("{}\n", n.wrapping_mul(2_654_435_761))).collect();
        let whole = gzip(text.as_bytes());
        let mut input = open(Cursor::new(whole[..whole.len() / 2].to_vec()), &Limits::default()).expect("a gzip");
        let mut out = Vec::new();
        let error = input.read_to_end(&mut out).expect_err("cut");
        assert!(out.len() > 1_000 && text.as_bytes().starts_with(&out));
        assert!(error.to_string().contains("gzip data ends early"), "{error}");
        let mut corrupt = whole.clone();
        let last = corrupt.len() - 6;
        corrupt[last] ^= 1;
        let error = read(corrupt, &Limits::default()).expect_err("corrupt");
        assert!(error.to_string().contains("corrupt"), "{error}");
        let mut bad = zipped(&[("a", b"0123456789")]);
        let place = bad.windows(4).position(|four| four == b"0123").unwrap_or(36);
        bad[place] ^= 1;
        let error = read(bad, &Limits::default()).expect_err("corrupt");
        assert!(error.to_string().contains("corrupt"), "{error}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn no_bytes_make_it_panic_or_grow(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 0..4, at in 0usize..300) {
            let bytes = match kind {
                0 => bytes,
                1 => [b"\x1f\x8b\x08\x00".to_vec(), bytes].concat(),
                2 => {
                    let mut whole = gzip(&bytes);
                    let place = at % whole.len();
                    whole[place] ^= 0x55;
                    whole
                }
                _ => {
                    let mut whole = zipped(&[("a", &bytes), ("b", &bytes)]);
                    let place = at % whole.len();
                    whole[place] ^= 0x55;
                    whole
                }
            };
            let limits = Limits { decompressed_bytes: 1 << 20, ..Limits::default() };
            if let Ok(text) = read(bytes, &limits) {
                prop_assert!(text.len() <= 3 << 20);
            }
        }
    }
}
