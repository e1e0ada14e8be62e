//! Both directions with OpenSSL: what it signs and encrypts is read here, what is signed here it verifies.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use manara_crypt::{
    IdentityError, MailCertificate, MailIdentity, OpenError, OpenLimits, SmimeState, read_certificates, smime_sign,
    smime_unlock,
};
use manara_model::Micros;
use proptest::prelude::*;

const TEXT: &str = "Content-Type: text/plain; charset=utf-8\r\nSubject: hidden\r\n\r\nWe see 192.0.2.7 again.\r\n";

fn now() -> Micros {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Micros(i64::try_from(passed.as_micros()).expect("a moment"))
}

/// A folder with an authority, one between, and people with certificates.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().expect("a folder") };
        let extensions = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n";
        desk.write("ca.cnf", extensions);
        desk.write("req.cnf", format!("[req]\ndistinguished_name=dn\nx509_extensions=ca\n[dn]\n[ca]\n{extensions}"));
        desk.key("root", "rsa:2048");
        let root = ["req", "-x509", "-new", "-key", "root.key", "-config", "req.cnf", "-subj", "/O=Harbour/CN=Root"];
        desk.run(&[root.as_slice(), &["-days", "400", "-out", "root.pem"]].concat());
        desk.key("between", "rsa:2048");
        desk.sign("between", "/CN=Between", "root", "ca.cnf", "400");
        desk.person("ana", "rsa:2048", "between", "emailProtection", "400");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).expect("written");
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("read")
    }

    fn run(&self, args: &[&str]) -> Vec<u8> {
        let (done, out, said) = self.try_run(args);
        assert!(done, "openssl {args:?}: {said}");
        out
    }

    fn try_run(&self, args: &[&str]) -> (bool, Vec<u8>, String) {
        let folder: &Path = self.folder.path();
        let output = Command::new("openssl").args(args).current_dir(folder).output().expect("openssl");
        (output.status.success(), output.stdout, String::from_utf8_lossy(&output.stderr).into_owned())
    }

    fn key(&self, name: &str, kind: &str) {
        let file = format!("{name}.key");
        match kind.split_once(':') {
            Some((_, bits)) => {
                let bits = format!("rsa_keygen_bits:{bits}");
                self.run(&["genpkey", "-algorithm", "RSA", "-pkeyopt", &bits, "-out", &file])
            }
            None => {
                let curve = format!("ec_paramgen_curve:{kind}");
                self.run(&["genpkey", "-algorithm", "EC", "-pkeyopt", &curve, "-out", &file])
            }
        };
    }

    fn sign(&self, name: &str, subject: &str, by: &str, extensions: &str, days: &str) {
        let (key, request, out) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
        let (ca, ca_key) = (format!("{by}.pem"), format!("{by}.key"));
        self.run(&["req", "-new", "-config", "req.cnf", "-key", &key, "-subj", subject, "-out", &request]);
        self.run(&[
            "x509",
            "-req",
            "-in",
            &request,
            "-CA",
            &ca,
            "-CAkey",
            &ca_key,
            "-CAcreateserial",
            "-days",
            days,
            "-extfile",
            extensions,
            "-out",
            &out,
        ]);
    }

    fn person(&self, name: &str, kind: &str, by: &str, purpose: &str, days: &str) {
        let extensions = format!(
            "keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage={purpose}\n\
             subjectAltName=email:{name}@harbour.example\nsubjectKeyIdentifier=hash\n"
        );
        self.write(&format!("{name}.cnf"), extensions);
        self.key(name, kind);
        self.sign(name, &format!("/CN={name}"), by, &format!("{name}.cnf"), days);
    }

    fn certificates(&self, name: &str) -> Vec<MailCertificate> {
        read_certificates(&self.read(&format!("{name}.pem"))).expect("certificates")
    }

    fn identity(&self, name: &str) -> MailIdentity {
        let both = [self.read(&format!("{name}.pem")), self.read(&format!("{name}.key"))].concat();
        MailIdentity::read(&both).expect("an identity")
    }

    /// A mail of somebody, signed by OpenSSL.
    fn signed(&self, by: &str, more: &[&str]) -> Vec<u8> {
        self.write("text", TEXT);
        let (certificate, key) = (format!("{by}.pem"), format!("{by}.key"));
        let args = ["cms", "-sign", "-in", "text", "-signer", &certificate, "-inkey", &key, "-certfile", "between.pem"];
        self.run(&[args.as_slice(), more].concat())
    }
}

fn state(mail: &[u8], trusted: &[MailCertificate], at: Micros) -> (SmimeState, Vec<String>) {
    let unlocked = smime_unlock(mail, &[], &OpenLimits::default()).expect("read").expect("signed");
    let checked = unlocked.checked(trusted, at);
    assert_eq!(checked.len(), 1);
    (checked[0].state, checked[0].mails.clone())
}

#[test]
fn what_openssl_signs_is_worth_what_its_certificate_is() {
    let desk = Desk::new();
    let root = desk.certificates("root");
    let hers = vec!["ana@harbour.example".to_string()];
    let ways: [(&str, &[&str]); 6] = [
        ("beside the text", &[]),
        ("around the text", &["-nodetach"]),
        ("in pieces without lengths", &["-nodetach", "-stream", "-indef"]),
        ("named by its key", &["-keyid"]),
        ("with PSS", &["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:32"]),
        ("with SHA-512", &["-md", "sha512"]),
    ];
    for (name, more) in ways {
        let mail = desk.signed("ana", more);
        assert_eq!(state(&mail, &root, now()), (SmimeState::Good, hers.clone()), "{name}");
        let unlocked = smime_unlock(&mail, &[], &OpenLimits::default()).expect("read").expect("signed");
        let inside = String::from_utf8_lossy(unlocked.payload.as_deref().expect("inside")).into_owned();
        assert!(inside.contains("We see 192.0.2.7 again."), "{name}: {inside}");
        // Nobody we trust, or not now.
        assert_eq!(state(&mail, &[], now()).0, SmimeState::Unvouched, "{name}");
        assert_eq!(state(&mail, &root, now().plus_days(399)).0, SmimeState::Good, "{name}");
        assert_ne!(state(&mail, &root, now().plus_days(500)).0, SmimeState::Good, "{name}");
    }
    let beside = String::from_utf8(desk.signed("ana", &[])).expect("text");
    let changed = beside.replace("192.0.2.7", "192.0.2.8");
    assert_eq!(state(changed.as_bytes(), &root, now()).0, SmimeState::Bad);
    let weak = desk.signed("ana", &["-md", "sha1"]);
    assert_eq!(state(&weak, &root, now()).0, SmimeState::Bad, "SHA-1 proves nothing any more");
    let alone = desk.signed("ana", &["-nocerts"]);
    assert_eq!(state(&alone, &root, now()).0, SmimeState::NoCertificate);
    assert_eq!(state(&alone, &desk.certificates("ana"), now()).0, SmimeState::Good, "trusted itself");
    // Others' certificates: of another root, for web servers, by one that may not vouch, on another curve, and over soon.
    desk.person("web", "rsa:2048", "between", "serverAuth", "400");
    assert_eq!(state(&desk.signed("web", &[]), &root, now()).0, SmimeState::Unvouched);
    desk.person("eve", "rsa:2048", "ana", "emailProtection", "400");
    let eve = desk.signed("eve", &["-certfile", "ana.pem"]);
    assert_eq!(state(&eve, &root, now()).0, SmimeState::Unvouched);
    desk.person("bob", "P-256", "between", "emailProtection", "2");
    let bob = desk.signed("bob", &[]);
    assert_eq!(state(&bob, &root, now()), (SmimeState::Good, vec!["bob@harbour.example".to_string()]));
    assert_eq!(state(&bob, &root, now().plus_days(3)).0, SmimeState::Expired);
    desk.person("carl", "P-384", "between", "emailProtection", "400");
    assert_eq!(state(&desk.signed("carl", &["-md", "sha384"]), &root, now()).0, SmimeState::Good);
    let facts = desk.certificates("root")[0].facts();
    assert_eq!((facts.name.as_str(), facts.is_authority, facts.mails.len()), ("Root", true, 0));
}

#[test]
fn what_openssl_encrypts_to_us_is_opened() {
    let desk = Desk::new();
    let ours = [desk.identity("ana")];
    let root = desk.certificates("root");
    desk.write("text", TEXT);
    let limits = OpenLimits::default();
    for cipher in ["-aes128", "-aes192", "-aes256", "-des3", "-aes-128-gcm", "-aes-256-gcm"] {
        for more in [&[][..], &["-keyid"], &["-stream", "-indef"]] {
            let args = [["cms", "-encrypt", cipher, "-in", "text"].as_slice(), more, &["ana.pem"]].concat();
            let mail = desk.run(&args);
            let opened = smime_unlock(&mail, &ours, &limits).expect("opened").expect("sealed");
            assert_eq!(opened.decrypted_by, Some(ours[0].certificate().fingerprint()), "{cipher}");
            let inside = String::from_utf8_lossy(opened.payload.as_deref().expect("inside")).into_owned();
            assert!(inside.contains("We see 192.0.2.7 again."), "{cipher} {more:?}: {inside}");
            let nobody = smime_unlock(&mail, &[], &limits);
            assert!(matches!(nobody, Err(OpenError::NoKey(_))), "{cipher}: {nobody:?}");
        }
    }
    let oaep = ["cms", "-encrypt", "-aes256", "-in", "text", "-recip", "ana.pem", "-keyopt", "rsa_padding_mode:oaep"];
    for more in [&[][..], &["-keyopt", "rsa_oaep_md:sha256"]] {
        let mail = desk.run(&[oaep.as_slice(), more].concat());
        assert!(smime_unlock(&mail, &ours, &limits).expect("opened").is_some(), "{more:?}");
    }
    // Signed inside, as it should be.
    let signed = desk.signed("ana", &[]);
    desk.write("signed", signed);
    let mail = desk.run(&["cms", "-encrypt", "-aes256", "-in", "signed", "ana.pem"]);
    let opened = smime_unlock(&mail, &ours, &limits).expect("opened").expect("sealed");
    assert_eq!(opened.checked(&root, now())[0].state, SmimeState::Good);
    assert!(opened.decrypted_by.is_some());
    // What was changed on its way is not opened where the cipher tells.
    let gcm = desk.run(&["cms", "-encrypt", "-aes-256-gcm", "-in", "text", "ana.pem"]);
    let (head, body) = gcm.split_at(gcm.windows(2).position(|two| two == b"\n\n").expect("a body") + 2);
    let mut der: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let at = der.len() - 40;
    der[at] = if der[at] == b'A' { b'B' } else { b'A' };
    let changed = [head, &der].concat();
    assert!(matches!(smime_unlock(&changed, &ours, &limits), Err(OpenError::Broken(_))));
}

#[test]
fn what_is_signed_here_openssl_verifies() {
    let desk = Desk::new();
    desk.person("bob", "P-256", "between", "emailProtection", "400");
    let mail = "From: Ana <ana@harbour.example>\nTo: b@x.example\nSubject: Détails\nContent-Type: text/plain; \
                charset=utf-8\n\nWe see it.\n";
    for name in ["ana", "bob"] {
        let files = [format!("{name}.pem"), "between.pem".into(), format!("{name}.key")];
        let both = files.map(|file| desk.read(&file)).concat();
        let identity = MailIdentity::read(&both).expect("an identity");
        assert_eq!(MailIdentity::read(identity.pem().as_bytes()).expect("kept").pem(), identity.pem());
        let signed = smime_sign(mail.as_bytes(), &identity, now()).expect("signed");
        desk.write("signed", &signed);
        let verify = ["cms", "-verify", "-in", "signed", "-CAfile", "root.pem", "-purpose", "smimesign"];
        let text = String::from_utf8(desk.run(&verify)).expect("text");
        assert!(text.contains("We see it.") && text.contains("Subject: Détails"), "{text}");
        let (found, mails) = state(&signed, &desk.certificates("root"), now());
        assert_eq!((found, mails), (SmimeState::Good, vec![format!("{name}@harbour.example")]));
        let changed = String::from_utf8(signed).expect("text").replace("We see it", "We see no");
        desk.write("signed", changed);
        assert!(!desk.try_run(&verify).0);
        assert!(smime_sign(mail.as_bytes(), &identity, now().plus_days(500)).is_err(), "it does not hold then");
    }
    // Files that are none.
    let (pem, key) = (desk.read("ana.pem"), desk.read("bob.key"));
    assert_eq!(MailIdentity::read(&pem).err(), Some(IdentityError::NoSecret));
    assert_eq!(MailIdentity::read(&[pem, key].concat()).err(), Some(IdentityError::NotTogether));
    assert_eq!(read_certificates(b"nothing").err(), Some(IdentityError::NoCertificate));
    desk.run(&["pkcs8", "-topk8", "-in", "ana.key", "-out", "locked.key", "-passout", "pass:secret"]);
    let locked = [desk.read("ana.pem"), desk.read("locked.key")].concat();
    assert_eq!(MailIdentity::read(&locked).err(), Some(IdentityError::Locked));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_comes_panics(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        use base64::Engine as _;
        let body = base64::engine::general_purpose::STANDARD.encode(body);
        let mail = format!("Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n");
        let _ = smime_unlock(mail.as_bytes(), &[], &OpenLimits::default());
        let _ = MailCertificate::read(body.as_bytes());
    }
}
