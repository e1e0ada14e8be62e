//! How much a reader takes before it refuses.

/// The limits of one reading. All input is hostile.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Longest row, in bytes.
    pub row_bytes: usize,
    /// Most lines one quoted CSV row may span.
    pub row_lines: usize,
    /// Most columns of a header.
    pub columns: usize,
    /// Deepest JSON nesting.
    pub json_depth: usize,
    /// Most bytes after decompression.
    pub decompressed_bytes: u64,
    /// Highest ratio of decompressed to compressed bytes, applied after the first megabyte.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            row_bytes: 1 << 20,
            row_lines: 1_000,
            columns: 2_000,
            json_depth: 32,
            decompressed_bytes: 64 << 30,
            ratio: 200,
        }
    }
}
