//! Mail with S/MIME: as it comes, as the body of a mail that says it is, and as a certificate.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_crypt::{MailCertificate, OpenLimits, read_certificates, smime_unlock};
use manara_model::Micros;

const NOW: Micros = Micros(1_768_435_200_000_000);

fuzz_target!(|data: &[u8]| {
    let limits = OpenLimits { bytes: 1 << 20, opened_bytes: 1 << 20, ..OpenLimits::default() };
    let trusted: Vec<MailCertificate> = MailCertificate::read(data).into_iter().collect();
    let _ = read_certificates(data);
    let body = [b"Content-Type: application/pkcs7-mime\r\n\r\n".as_slice(), data].concat();
    for mail in [data, body.as_slice()] {
        if let Ok(Some(opened)) = smime_unlock(mail, &[], &limits) {
            assert!(opened.decrypted_by.is_none());
            assert!(opened.checked(&trusted, NOW).len() <= limits.signatures);
        }
    }
});
