//! What is found in texts, what is not, and that no text takes longer than its length allows.

use super::ObservableKind::{Asn, Cidr, Cve, Domain, HashMd5, HashSha1, HashSha256, HashSha512, Ip, Mail, Url};
use super::{ObservableKind, Tlds, observables, scan};
use proptest::prelude::*;

fn found(text: &str) -> Vec<(ObservableKind, String)> {
    observables(text, Tlds::built_in()).into_iter().map(|one| (one.kind, one.value)).collect()
}

fn is(text: &str, expected: &[(ObservableKind, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(kind, value)| (*kind, (*value).to_owned())).collect();
    assert_eq!(found(text), expected, "{text}");
}

#[test]
fn addresses_and_networks() {
    is("Source 192.0.2.1, port 80.", &[(Ip, "192.0.2.1")]);
    is("192.0.2.1:8080 and (198.51.100.7)", &[(Ip, "192.0.2.1"), (Ip, "198.51.100.7")]);
    is("192[.]0[.]2[.]1 192.0.2[.]2 192 .0.2.3", &[(Ip, "192.0.2.1"), (Ip, "192.0.2.2")]);
    is(
        "from 192.0.2.1-192.0.2.9 to 203.0.113.77/24.",
        &[(Ip, "192.0.2.1"), (Ip, "192.0.2.9"), (Cidr, "203.0.113.0/24")],
    );
    is("ip=192.0.2.1;dst:192.0.2.4", &[(Ip, "192.0.2.1"), (Ip, "192.0.2.4")]);
    is(
        "2001:DB8::1 and [2001:db8::2]:443, 2001:db8::/32.",
        &[(Ip, "2001:db8::1"), (Ip, "2001:db8::2"), (Cidr, "2001:db8::/32")],
    );
    is("::ffff:192.0.2.5", &[(Ip, "192.0.2.5")]);
    is("host/192.0.2.1:443 192.0.2.2/32", &[(Ip, "192.0.2.1"), (Ip, "192.0.2.2")]);
    is("العنوان:192.0.2.1، ثم", &[(Ip, "192.0.2.1")]);
}

#[test]
fn names() {
    is("Visit Example.ORG.", &[(Domain, "example.org")]);
    is("evil[.]example[.]com, evil(dot)test(dot)net", &[(Domain, "evil.example.com"), (Domain, "evil.test.net")]);
    is("example.com/login.php and example.net:8443", &[(Domain, "example.com"), (Domain, "example.net")]);
    is("_dmarc.example.org", &[(Domain, "_dmarc.example.org")]);
    is("domain:example.org", &[(Domain, "example.org")]);
    is("النطاقexample.orgخبيث", &[(Domain, "example.org")]);
    is("サイトはexample.comです", &[(Domain, "example.com")]);
    is("login.example.pl", &[(Domain, "login.example.pl")]);
    is("sklep.pl", &[(Domain, "sklep.pl")]);
    is("update[.]zip", &[(Domain, "update.zip")]);
    let onion = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion";
    is(onion, &[(Domain, onion)]);
}

#[test]
fn names_in_every_script_have_one_form() {
    let all = observables("موقع.وزارة-الأتصالات.مصر bücher.example.de xn--bcher-kva.example.de", Tlds::built_in());
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(all[0].value, "xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c");
    assert_eq!(all[0].shown.as_deref(), Some("موقع.وزارة-الأتصالات.مصر"));
    assert_eq!(
        (all[1].value.as_str(), all[1].shown.as_deref()),
        ("xn--bcher-kva.example.de", Some("bücher.example.de"))
    );
}

#[test]
fn urls_with_their_hosts() {
    is("See https://Example.org/A?b=1#c.", &[(Url, "https://example.org/A?b=1#c"), (Domain, "example.org")]);
    is("(http://example.org/a_(b))", &[(Url, "http://example.org/a_(b)"), (Domain, "example.org")]);
    is("hxxps://evil[.]example[.]com/x, next", &[(Url, "https://evil.example.com/x"), (Domain, "evil.example.com")]);
    is("<http://192.0.2.1:8080>", &[(Url, "http://192.0.2.1:8080/"), (Ip, "192.0.2.1")]);
    is("http://[2001:db8::1]/a", &[(Url, "http://[2001:db8::1]/a"), (Ip, "2001:db8::1")]);
    is("HTTP://user:pw@example.org:81/", &[(Url, "http://user:pw@example.org:81/"), (Domain, "example.org")]);
    is(
        "http://a.example.org,http://b.example.org",
        &[
            (Url, "http://a.example.org/"),
            (Domain, "a.example.org"),
            (Url, "http://b.example.org/"),
            (Domain, "b.example.org"),
        ],
    );
    is("http://bücher.example.de/", &[(Url, "http://xn--bcher-kva.example.de/"), (Domain, "xn--bcher-kva.example.de")]);
    is("http://intranet/ x://example.org", &[(Domain, "example.org")]);
}

#[test]
fn mail_addresses() {
    is("Write to Ana.B@Example.org.", &[(Mail, "ana.b@example.org")]);
    is(
        "ana [at] example [dot] org; bo@mail[.]example[.]net",
        &[(Mail, "ana@example.org"), (Mail, "bo@mail.example.net")],
    );
    is("mailto:ana@example.org <bo+x@example.org>", &[(Mail, "ana@example.org"), (Mail, "bo+x@example.org")]);
    is("@example.org a@b", &[(Domain, "example.org")]);
}

#[test]
fn hashes_vulnerabilities_and_networks_of_networks() {
    let md5 = "D41D8CD98F00B204E9800998ECF8427E";
    is(md5, &[(HashMd5, "d41d8cd98f00b204e9800998ecf8427e")]);
    is("da39a3ee5e6b4b0d3255bfef95601890afd80709", &[(HashSha1, "da39a3ee5e6b4b0d3255bfef95601890afd80709")]);
    let sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    is(&format!("sha256:{sha256}."), &[(HashSha256, sha256)]);
    let sha512 = sha256.repeat(2);
    is(&sha512, &[(HashSha512, &sha512)]);
    is(
        "CVE-2026-12345 cve_2025_0001, CVE 2024-99999 CVE–2023–1111",
        &[(Cve, "CVE-2026-12345"), (Cve, "CVE-2025-0001"), (Cve, "CVE-2024-99999"), (Cve, "CVE-2023-1111")],
    );
    is("AS64500 (ASN64501), ASN: 64502", &[(Asn, "AS64500"), (Asn, "AS64501"), (Asn, "AS64502")]);
}

#[test]
fn what_only_looks_like_one() {
    for text in [
        "version 1.2.3.4 of it",
        "v1.2.3.4",
        "الإصدار 1.2.3.4",
        "Agent/1.2.3.4",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.02.03.04",
        "0.0.0.0",
        "12.05.2026 at 10:30:45",
        "10.30.am",
        "00:11:22:33:44:55",
        "std::vec and a::b",
        "invoice.pdf invoice.zip clip.mov setup.py run.sh README.md libc.so main.rs",
        "/usr/lib/x.com C:\\dos\\command.com ~/bin/start.sh ./a.pl",
        "It is done.In the end. e.g. i.e. a.m. p.m.",
        "System.Net System.IO",
        "com.example.app",
        "node.js file.txt a.b",
        "12345678901234567890123456789012",
        "00000000000000000000000000000000 abcdefabcdefabcdefabcdefabcdefab",
        "CVE-1998-1234 CVE-2026-12 AS1 as 400 AS/400",
        "a@b.invalidtld http:// ://",
        "",
    ] {
        is(text, &[]);
    }
}

#[test]
fn each_is_told_once_and_where_it_stands() {
    let text = "é evil[.]example[.]com evil.example.com http://a.example.org/–";
    let all = observables(text, Tlds::built_in());
    assert_eq!(&text[all[0].at.clone()], "evil[.]example[.]com");
    assert_eq!(all.iter().filter(|one| one.value == "evil.example.com").count(), 1);
    for one in &all {
        assert!(text.get(one.at.clone()).is_some(), "{one:?}");
    }
}

#[test]
fn there_is_an_end_to_what_is_told() {
    let text: String = (0..12_000).map(|n| format!("10.{}.{}.1 ", n / 250, n % 250)).collect();
    assert_eq!(observables(&text, Tlds::built_in()).len(), 10_000);
}

#[test]
fn the_list_is_whole() {
    let tlds = Tlds::built_in();
    assert!(tlds.len() > 1_400 && !tlds.is_empty());
    for tld in ["com", "tn", "ma", "xn--wgbh1c", "xn--pgbs0dh", "onion"] {
        assert!(tlds.contains(tld), "{tld}");
    }
    assert_eq!(Tlds::parse("# Version 1\nEXAMPLE\n").len(), 2);
}

#[test]
fn the_work_grows_with_the_text_and_not_faster() {
    for piece in [
        "http://",
        "http://a.b/",
        "http://a.com,",
        "://",
        "x://",
        "a.",
        ".a",
        "1.",
        "1.1.1.1.",
        "::",
        "a:",
        ":1",
        "/",
        "a/",
        "@",
        "a@",
        "a@b.com",
        "[.]",
        "[",
        "[.",
        "(dot)",
        " (dot) ",
        "hxxp",
        "hxxp[:]//",
        "-",
        "1.1.1.1-",
        "CVE-",
        "AS1",
        "f",
        "0123456789abcdef",
        ")",
        "(",
        "http://a.com/(",
        "مa",
        "a.中",
        "\u{200b}",
        "é",
        "xn--",
        "xn--a.",
        "bücher.",
        "_a.",
        "a-b.com/",
        "\\.",
        "h**p",
        " [at] ",
        "例.jp",
        "http:\\\\",
    ] {
        // A few at full length, for what the others may have missed.
        let bytes = if ["http://a.com,", "[.]", "a.", "é"].contains(&piece) { 1 << 20 } else { 1 << 16 };
        let text = piece.repeat(bytes / piece.len());
        let (all, steps) = scan(&text, Tlds::built_in());
        assert!(all.len() <= 10_000);
        assert!(steps <= 24 * text.len(), "{piece:?}: {steps} steps for {} bytes", text.len());
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_the_ranges_are_in_it(
        text in "(https?://|hxxp|\\[\\.\\]|\\(dot\\)|\\[at\\]|@|\\.|:|/|-|–|_| |,|example|com|org|192|0|2001:db8|é|م|中|xn--|CVE-2026-1|AS64|[a-f0-9]{32}|\u{200b}|\\\\|\\]|\\[|%|é){0,60}"
    ) {
        let (all, steps) = scan(&text, Tlds::built_in());
        prop_assert!(steps <= 24 * text.len() + 100);
        for one in &all {
            prop_assert!(text.get(one.at.clone()).is_some_and(|part| !part.is_empty()), "{:?}", one);
            prop_assert!(!one.value.is_empty() && one.value.len() <= 4_000);
        }
    }

    #[test]
    fn any_bytes_as_text_are_read(text in any::<String>()) {
        let (all, _) = scan(&text, Tlds::built_in());
        prop_assert!(all.iter().all(|one| text.get(one.at.clone()).is_some()));
    }
}
