//! The characters and words that decide where an observable begins and ends.

/// Schemes of addresses that are looked for.
pub(super) const SCHEMES: &[&str] = &[
    "http", "https", "ftp", "ftps", "sftp", "ssh", "telnet", "ws", "wss", "smb", "ldap", "ldaps", "rtsp", "tcp", "udp",
    "irc",
];

/// What ends a sentence, not a URL.
pub(super) const ENDS: &str = ".,;:!?'\"*_~، ؛؟。，、";

/// Words before a version number.
pub(super) const VERSIONS: &[&str] = &[
    "v",
    "ver",
    "version",
    "versions",
    "release",
    "build",
    "firmware",
    "rev",
    "revision",
    "update",
    "الإصدار",
    "إصدار",
    "نسخة",
    "القسم",
    "section",
    "chapter",
    "§",
];

/// What parts runs of characters.
pub(super) fn parts(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '"' | '<'
                | '>'
                | '`'
                | '|'
                | '^'
                | '«'
                | '»'
                | '“'
                | '”'
                | '„'
                | '‘'
                | '’'
                | '‚'
                | '‹'
                | '›'
                | '،'
                | '؛'
                | '؟'
                | '、'
                | '。'
                | '，'
                | '；'
                | '！'
                | '？'
                | '（'
                | '）'
                | '「'
                | '」'
                | '『'
                | '』'
                | '【'
                | '】'
                | '《'
                | '》'
                | '…'
                | '•'
                | '→'
                | '\u{fffd}'
        )
}

/// What names, addresses and paths are made of.
pub(super) fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | ':' | '/' | '+') || is_mark(c)
}

/// Marks that belong to the letter before them in scripts of South Asia and Arabic.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{9bc}'..='\u{9cd}' | '\u{e31}'..='\u{e4e}')
}

/// Scripts whose words touch Latin ones without a blank, and which are in no name together with Latin letters.
pub(super) fn stands_apart(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' // Hebrew, Arabic, Syriac, Thaana
        | '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' // Japanese, Chinese, Korean
    )
}

/// Endings that are files far more often than names.
pub(super) const FILE_ENDS: &[&str] = &["zip", "mov"];

/// Endings that are countries' and files' alike.
pub(super) const FILE_OR_COUNTRY: &[&str] =
    &["py", "sh", "pl", "rs", "md", "so", "ps", "cc", "ai", "pm", "ms", "vi", "la", "bz", "gz"];

/// What files with such endings are called.
pub(super) const FILE_STEMS: &[&str] = &[
    "readme",
    "changelog",
    "license",
    "contributing",
    "security",
    "notes",
    "todo",
    "index",
    "main",
    "setup",
    "install",
    "run",
    "test",
    "tests",
    "script",
    "config",
    "configure",
    "manage",
    "app",
    "server",
    "client",
    "build",
    "start",
    "stop",
    "update",
    "exploit",
    "poc",
    "payload",
    "backup",
    "deploy",
    "utils",
    "lib",
    "mod",
    "init",
    "__init__",
    "cleanup",
    "dropper",
    "loader",
    "agent",
    "bot",
    "miner",
    "shell",
    "x",
    "a",
    "1",
];

/// A word without what surrounds it. An underscore before it may be its own: `_dmarc.example.org`.
pub(super) fn bare(word: &str) -> &str {
    let around = ['.', '-', '+', '@'];
    let inner = word.trim_matches(around);
    let begun = inner.trim_end_matches(['_', '.', '-', '+', '@']);
    if begun.len() < inner.len() { begun.trim_start_matches(['_', '.', '-', '+', '@']) } else { inner }
}
