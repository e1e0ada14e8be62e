//! Signed and encrypted mail, with GnuPG on the other side: it comes in, it is answered, and the other side reads it.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use manara_store::Blobs;
use serde_json::Value;

use crate::house::House;

/// The other side: GnuPG with a folder of its own.
pub struct Gnupg {
    folder: tempfile::TempDir,
    name: String,
}

impl Drop for Gnupg {
    fn drop(&mut self) {
        let _ = Command::new("gpgconf").args(["--kill", "all"]).env("GNUPGHOME", self.folder.path()).output();
    }
}

impl Gnupg {
    /// Somebody with a new key; `name` is such as `Ana <ana@harbour.example>`.
    pub fn of(name: &str) -> Gnupg {
        let one = Gnupg { folder: tempfile::tempdir().expect("a folder"), name: name.into() };
        one.done(&["--quick-generate-key", name, "ed25519", "default", "1y"], b"");
        let listed = String::from_utf8(one.done(&["--with-colons", "--list-keys"], b"")).expect("text");
        let print = listed.lines().find_map(|line| line.strip_prefix("fpr:::::::::")).expect("a fingerprint");
        one.done(&["--quick-add-key", print.trim_end_matches(':'), "cv25519", "encr", "1y"], b"");
        one
    }

    /// Its address.
    pub fn mail(&self) -> &str {
        self.name.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).expect("an address").0
    }

    /// What it gives to others.
    pub fn certificate(&self) -> Vec<u8> {
        self.done(&["--armor", "--export", self.mail()], b"")
    }

    /// What stands in a mail that came encrypted, and what GnuPG says of its signature.
    pub fn opens(&self, mail: &str) -> (String, String) {
        let begin = mail.find("-----BEGIN PGP MESSAGE").unwrap_or_else(|| panic!("nothing is encrypted in {mail}"));
        let (good, inner, said) = self.run(&["--decrypt"], &mail.as_bytes()[begin..]);
        assert!(good, "{said}");
        (String::from_utf8(inner).expect("text"), said)
    }

    /// Runs GnuPG: whether it was content, what it gave and what it said.
    pub fn run(&self, args: &[&str], input: &[u8]) -> (bool, Vec<u8>, String) {
        let mut child = Command::new("gpg")
            .args(["--batch", "--yes", "--quiet", "--no-tty", "--trust-model", "always", "--status-fd", "2"])
            .args(["--pinentry-mode", "loopback", "--passphrase", ""])
            .args(args)
            .env("GNUPGHOME", self.folder.path())
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("gpg starts; scripts/setup installs it");
        let (mut stdin, input) = (child.stdin.take().expect("its input"), input.to_vec());
        let writing = std::thread::spawn(move || {
            let _ = stdin.write_all(&input);
        });
        let ended = child.wait_with_output().expect("an end");
        writing.join().expect("written");
        (ended.status.success(), ended.stdout, String::from_utf8_lossy(&ended.stderr).into_owned())
    }

    /// Runs GnuPG and wants it to be content.
    pub fn done(&self, args: &[&str], input: &[u8]) -> Vec<u8> {
        let (good, out, said) = self.run(args, input);
        assert!(good, "gpg {args:?}: {said}");
        out
    }

    /// A mail to us: its true subject stands inside, what is outside says nothing.
    pub fn writes(&self, id: &str, subject: &str, text: &str, to: &str) -> String {
        self.writes_to("cirt@cirt.example", id, subject, text, to)
    }

    /// The same to one of our other addresses, with the key it is encrypted to.
    pub fn writes_to(&self, address: &str, id: &str, subject: &str, text: &str, key: &str) -> String {
        let name = &self.name;
        let inner = format!(
            "From: {name}\r\nSubject: {subject}\r\n\
             Content-Type: text/plain; charset=utf-8; hp=\"cipher\"\r\n\r\n{text}\r\n"
        );
        let sealed = self.done(&["--armor", "--sign", "--encrypt", "--recipient", key], inner.as_bytes());
        format!(
            "From: {name}\r\nTo: {address}\r\nSubject: [...]\r\nMessage-ID: <{id}>\r\n\
             Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n\
             --b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n\
             --b\r\nContent-Type: application/octet-stream\r\n\r\n{}\r\n--b--\r\n",
            String::from_utf8(sealed).expect("armor")
        )
    }
}

fn deliver(house: &House, mail: &str) -> Value {
    let mut child = house
        .command(&["deliver", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("its input").write_all(mail.as_bytes()).expect("taken");
    let out = child.wait_with_output().expect("an end");
    assert!(out.status.success());
    serde_json::from_slice(&out.stdout).expect("an outcome")
}

/// The bytes of the newest message of a ticket that left.
fn left(house: &House, number: &str) -> String {
    let shown = house.json(&["tickets", "show", number, "--json"]);
    let messages = shown["messages"].as_array().expect("messages").clone();
    let sent = messages.iter().rfind(|one| one["kind"] == "sent").expect("one that left");
    let mut bytes = String::new();
    let blobs = Blobs::new(house.data.join("blobs"));
    blobs.open(sent["sha256"].as_str().expect("its bytes")).unwrap().read_to_string(&mut bytes).expect("read");
    bytes
}

#[test]
fn what_comes_encrypted_is_opened_and_the_answer_leaves_encrypted() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let ana = Gnupg::of("Ana <ana@harbour.example>");
    let made = house.json(&["mail", "keys", "generate", "--user-id", "CIRT <cirt@cirt.example>", "--json"]);
    let ours = made["fingerprint"].as_str().expect("a fingerprint").to_string();
    assert_eq!((made["standing"].as_str(), made["warning"].as_str()), (Some("own"), None));
    let secret = house.data.join("keys").join(format!("{ours}.secret.pgp"));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&secret).expect("the secret").permissions());
    assert_eq!(mode & 0o777, 0o600);
    ana.done(&["--import"], house.done(&["mail", "keys", "export"]).as_bytes());
    // Nobody knows Ana's key: her mail is read, and nothing is believed of it.
    let first = deliver(&house, &ana.writes("1@harbour.example", "TLP:RED intrusion", "We see 192.0.2.7.", &ours));
    assert_eq!((first["kind"].as_str(), first["decrypted"].as_bool()), (Some("report"), Some(true)), "{first}");
    assert_eq!((&first["signed_by"], first["signature"].as_str()), (&Value::Null, Some("unknown-key")));
    assert_eq!(first["observables"][0]["value"], "192.0.2.7");
    let number = first["report"].as_str().expect("a number").to_string();
    let shown = house.json(&["tickets", "show", &number, "--json"]);
    assert_eq!((shown["subject"].as_str(), shown["tlp"].as_str()), (Some("TLP:RED intrusion"), Some("TLP:RED")));
    assert_eq!(shown["messages"][0]["security"], "pgp-mime-encrypted");
    // An answer above AMBER needs her key, and a person who says that it is hers.
    let refused = house.run(&["tickets", "reply", &number, "Thank you."]);
    assert!(refused.code != 0 && refused.err.contains("ana@harbour.example"), "{}", refused.err);
    let certificate = folder.path().join("ana.asc");
    std::fs::write(&certificate, ana.certificate()).unwrap();
    let brought = house.json(&["mail", "keys", "import", certificate.to_str().unwrap(), "--json"]);
    let hers = brought["new"][0].as_str().expect("a fingerprint").to_string();
    let second = deliver(&house, &ana.writes("2@harbour.example", "second", "And 192.0.2.8.", &ours));
    assert_eq!(
        (second["signed_by"].as_str(), second["signature"].as_str()),
        (Some(hers.as_str()), Some("unverified-key"))
    );
    assert_ne!(house.run(&["tickets", "reply", &number, "Thank you."]).code, 0, "a key nobody accepted is none");
    house.done(&["mail", "keys", "accept", &hers]);
    let third = deliver(&house, &ana.writes("3@harbour.example", "third", "And 192.0.2.9.", &ours));
    assert_eq!((third["signed_by"].as_str(), third["signature"].as_str()), (Some(hers.as_str()), Some("good")));
    house.done(&["tickets", "reply", &number, "Thank you, we are looking at it."]);
    house.done(&["work", "--json"]);
    assert_eq!(house.json(&["mail", "queue", "--json"]), serde_json::json!([]));
    let mail = left(&house, &number);
    assert!(
        mail.contains("Subject: [...]") && !mail.contains("looking at it") && !mail.contains("intrusion"),
        "{mail}"
    );
    let (good, inner, said) = ana.run(&["--decrypt"], &mail.as_bytes()[mail.find("-----BEGIN").unwrap()..]);
    let inner = String::from_utf8(inner).expect("text");
    assert!(good && said.contains(&format!("VALIDSIG {ours}")), "{said}");
    assert!(inner.contains("Thank you, we are looking at it.") && inner.contains("intrusion"), "{inner}");
    assert!(inner.contains("hp=\"cipher\""));
    let shown = house.json(&["tickets", "show", &number, "--json"]);
    let sent = shown["messages"].as_array().unwrap().iter().rfind(|one| one["kind"] == "sent").unwrap().clone();
    assert_eq!(
        (sent["security"].as_str(), sent["signed_by"].as_str()),
        (Some("pgp-mime-encrypted"), Some(ours.as_str()))
    );
    // A new key of ours; what is still encrypted to the old one is opened.
    let next = house.json(&["mail", "keys", "rotate", "--days", "10", "--json"]);
    assert_eq!(
        (next["warning"].as_str(), next["user_ids"][0].as_str()),
        (Some("expires"), Some("CIRT <cirt@cirt.example>"))
    );
    let fourth = deliver(&house, &ana.writes("4@harbour.example", "fourth", "And 192.0.2.10.", &ours));
    assert_eq!(fourth["decrypted"], true);
    // One that nobody believes.
    house.done(&["mail", "keys", "reject", &hers]);
    let fifth = deliver(&house, &ana.writes("5@harbour.example", "fifth", "And 192.0.2.11.", &ours));
    assert_eq!((&fifth["signed_by"], fifth["signature"].as_str()), (&Value::Null, Some("rejected-key")));
    let listed = house.json(&["mail", "keys", "--json"]);
    let standings: Vec<&str> = listed.as_array().unwrap().iter().filter_map(|one| one["standing"].as_str()).collect();
    assert_eq!(standings, ["own", "rejected", "own"]);
    // For other keys: it is kept as it came, and nothing is known of it.
    let other = Gnupg::of("Ana <ana@harbour.example>");
    let sealed = other.writes("6@harbour.example", "sixth", "secret", "ana@harbour.example");
    let sixth = deliver(&house, &sealed);
    assert_eq!((sixth["decrypted"].as_bool(), &sixth["signed_by"]), (Some(false), &Value::Null));
    house.verified();
}

/// Runs OpenSSL in a folder.
fn openssl(folder: &std::path::Path, command: &str) -> Vec<u8> {
    let output = Command::new("openssl").args(command.split(' ')).current_dir(folder).output();
    let output = output.expect("openssl starts; scripts/setup installs it");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn mail_with_certificates_is_opened_and_believed_by_whom_the_operator_trusts() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let run = |command: &str| openssl(folder.path(), command);
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    let authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";
    write("req.cnf", &format!("[req]\ndistinguished_name=dn\nx509_extensions=ca\n[dn]\n[ca]\n{authority}"));
    for name in ["root", "ana", "cirt"] {
        run(&format!("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out {name}.key"));
    }
    run("req -x509 -new -key root.key -config req.cnf -subj /CN=Root -days 400 -out root.pem");
    for (name, mail) in [("ana", "ana@harbour.example"), ("cirt", "cirt@cirt.example")] {
        write("person.cnf", &format!("extendedKeyUsage=emailProtection\nsubjectAltName=email:{mail}\n"));
        run(&format!("req -new -config req.cnf -key {name}.key -subj /CN={name} -out person.csr"));
        run(&format!(
            "x509 -req -in person.csr -CA root.pem -CAkey root.key -CAcreateserial -days 400 -extfile person.cnf \
             -out {name}.pem"
        ));
    }
    let path = |name: &str| folder.path().join(name).to_str().expect("text").to_string();
    let ours = [std::fs::read(path("cirt.pem")), std::fs::read(path("cirt.key"))].map(|read| read.expect("read"));
    std::fs::write(path("ours.pem"), ours.concat()).expect("written");
    let brought = house.json(&["mail", "keys", "import", &path("ours.pem"), "--json"]);
    let print = brought[0]["fingerprint"].as_str().expect("a fingerprint").to_string();
    assert_eq!(brought[0]["standing"], "own");
    let secret = house.data.join("keys").join(format!("{print}.secret.pem"));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&secret).expect("the secret").permissions());
    assert_eq!(mode & 0o777, 0o600);
    // Signed, and then encrypted to us.
    write("text", "Content-Type: text/plain\r\n\r\nWe see 192.0.2.7.\r\n");
    let come = |id: &str| {
        std::fs::write(path("signed"), run("cms -sign -in text -signer ana.pem -inkey ana.key")).expect("written");
        let sealed = String::from_utf8(run("cms -encrypt -aes256 -in signed cirt.pem")).expect("text");
        let head = "From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: intrusion\r\n";
        deliver(&house, &format!("{head}Message-ID: <{id}@harbour.example>\r\n{sealed}"))
    };
    let first = come("1");
    assert_eq!((first["decrypted"].as_bool(), first["signature"].as_str()), (Some(true), Some("unknown-issuer")));
    assert_eq!((&first["signed_by"], &first["observables"][0]["value"]), (&Value::Null, &Value::from("192.0.2.7")));
    house.done(&["mail", "keys", "import", &path("root.pem"), "--accept"]);
    let second = come("2");
    assert_eq!((second["decrypted"].as_bool(), second["signature"].as_str()), (Some(true), Some("good")));
    assert_eq!(second["signed_by"].as_str().map(str::len), Some(64));
    let all = house.json(&["mail", "keys", "certificates", "--json"]);
    let root = all.as_array().expect("certificates").iter().find(|one| one["standing"] == "trusted");
    let root = root.expect("there")["fingerprint"].as_str().expect("a fingerprint").to_string();
    house.done(&["mail", "keys", "remove", &root]);
    assert_eq!(come("3")["signature"], "unknown-issuer");
    house.done(&["mail", "keys", "restore", &root]);
    let fourth = come("4");
    assert_eq!(fourth["signature"], "good");
    // The answer leaves signed with our certificate, where the operator says so, and the other side can see it.
    let file = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&file).expect("the configuration");
    std::fs::write(&file, text.replace("\nsign = false", "\nsign = true")).expect("written");
    let number = fourth["report"].as_str().expect("a number");
    house.done(&["tickets", "reply", number, "Thank you, we look."]);
    house.done(&["work"]);
    let shown = house.json(&["tickets", "show", number, "--json"]);
    let sent = shown["messages"].as_array().expect("messages").iter().rfind(|one| one["kind"] == "sent");
    let sent = sent.expect("one that left");
    assert_eq!((&sent["security"], &sent["signed_by"]), (&"smime-signed".into(), &Value::from(print)));
    write("sent", &left(&house, number));
    let verified = String::from_utf8(run("cms -verify -in sent -CAfile root.pem -purpose smimesign")).expect("text");
    assert!(verified.contains("Thank you, we look.") && verified.contains("To: ana@harbour.example"), "{verified}");
}

#[test]
fn a_key_is_looked_up_at_its_domain_when_the_operator_allows_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let other = House::new(folder.path().join("other"));
    other.done(&["init", "--json"]);
    let hers = other.json(&["mail", "keys", "generate", "--user-id", "Ana <ana@harbour.example>", "--json"]);
    let armored = other.done(&["mail", "keys", "export"]);
    let find = ["mail", "keys", "find", "ana@harbour.example", "--json"];
    let off = house.command(&find).output().expect("an end");
    assert!(
        !off.status.success() && String::from_utf8_lossy(&off.stderr).contains("on = true in cirt.toml"),
        "{off:?}"
    );
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let (mut line, _) = listener.accept().expect("somebody");
        let (mut text, mut step) = (Vec::new(), [0; 4096]);
        while !text.ends_with(b"\r\n\r\n") {
            let read = line.read(&mut step).expect("a request");
            text.extend_from_slice(&step[..read]);
        }
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{armored}", armored.len());
        line.write_all(answer.as_bytes()).expect("answered");
    });
    let file = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&file).expect("the configuration");
    let section = "[response.mail.pgp.directory]\non = ";
    let text = text.replace(&format!("{section}false"), &format!("{section}true\ninstead = \"{address}\""));
    std::fs::write(&file, text).expect("written");
    let found = house.json(&find);
    assert_eq!(found["new"][0], hers["fingerprint"]);
    let due = house.json(&["mail", "keys", "list", "--due", "--json"]);
    assert_eq!((due[0]["standing"].as_str(), due[0]["source"].as_str()), (Some("unverified"), Some("directory")));
}

/// The bytes of the notice that is in the box.
fn captured(house: &House) -> String {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let sha256 = runtime.block_on(async {
        let db = manara_store::Db::open_sqlite(&house.data.join("manara.sqlite")).await.expect("the database");
        let rows = db.read("SELECT sha256 FROM warning_captured ORDER BY at DESC LIMIT 1", &[]).await.expect("read");
        let sha256 = rows.first().expect("one in the box").text(0).expect("its bytes");
        db.close().await;
        sha256
    });
    let mut bytes = String::new();
    let blobs = Blobs::new(house.data.join("blobs"));
    blobs.open(&sha256).expect("kept").read_to_string(&mut bytes).expect("read");
    bytes
}

#[test]
fn notices_above_the_marking_leave_encrypted_or_not_at_all_and_are_signed_below_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let set = |from: &str, to: &str| {
        let config = house.data.join("cirt.toml");
        let text = std::fs::read_to_string(&config).expect("a configuration");
        std::fs::write(&config, text.replace(from, to)).expect("written");
    };
    let ana = Gnupg::of("Ana <ana@harbour.example>");
    let made = house.json(&["mail", "keys", "generate", "--user-id", "CIRT <cirt@cirt.example>", "--json"]);
    let ours = made["fingerprint"].as_str().expect("a fingerprint").to_string();
    ana.done(&["--import"], house.done(&["mail", "keys", "export"]).as_bytes());
    let constituents = "name,sector,kind,criticality,networks,as_numbers,contact_role,contact_mail,contact_language,contact_format\n\
        Harbour,telecom,isp,high,192.0.2.0/24,64500,abuse,ana@harbour.example,en,csv\n";
    house.done(&["constituency", "import", &write("c.csv", constituents)]);
    let day = manara_model::Micros::now().plus_days(-1).day();
    let head = "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo";
    let report = format!("{head}\n{day} 01:00:00,high,192.0.2.5,tcp,23,,telnet,,XS\n");
    house.done(&["ingest", &write(&format!("{day}-scan_telnet-xs.csv"), &report)]);
    house.done(&["work"]);
    set("plain_up_to = \"AMBER\"", "plain_up_to = \"GREEN\"");
    // Nobody accepted a key of hers: it stays, and says what to do.
    house.done(&["notices", "approve", "--all"]);
    let refused = house.json(&["work", "--json"]);
    assert_eq!((refused["sent"].as_u64(), refused["failed"].as_u64()), (Some(0), Some(1)), "{refused}");
    let notice = || house.json(&["notices", "list", "--json"])[0].clone();
    let (number, error) = (notice()["number"].clone(), notice()["error"].clone());
    let number = number.as_str().expect("a number");
    let error = error.as_str().expect("words");
    assert!(error.contains("ana@harbour.example") && error.contains("manara mail keys"), "{error}");
    assert!(house.done(&["notices", "show", number]).contains(error));
    let certificate = write("ana.asc", &String::from_utf8(ana.certificate()).expect("armor"));
    let brought = house.json(&["mail", "keys", "import", &certificate, "--accept", "--json"]);
    let hers = brought["new"][0].as_str().expect("a fingerprint");
    house.done(&["notices", "retry", number]);
    assert_eq!(house.json(&["work", "--json"])["sent"], 1);
    let mail = captured(&house);
    let subject = notice()["subject"].as_str().expect("a subject").to_string();
    assert!(mail.contains("Subject: [...]") && !mail.contains(&subject), "{mail}");
    assert!(!mail.contains("Content-Disposition: attachment; filename=\"N-"), "what is attached is inside: {mail}");
    let (inner, said) = ana.opens(&mail);
    assert!(said.contains(&format!("VALIDSIG {ours}")), "{said}");
    assert!(inner.contains(".csv") && inner.contains("hp=\"cipher\""), "{inner}");
    // Below the marking, and without a key of hers: it is signed, and everybody can read it.
    house.done(&["mail", "keys", "reject", hers]);
    set("plain_up_to = \"GREEN\"", "plain_up_to = \"AMBER\"");
    let report = format!("{head}\n{day} 02:00:00,high,192.0.2.6,tcp,23,,telnet,,XS\n");
    house.done(&["ingest", &write(&format!("{day}-scan_telnet-xs.csv"), &report)]);
    house.done(&["work"]);
    house.done(&["notices", "approve", "--all"]);
    assert_eq!(house.json(&["work", "--json"])["sent"], 1);
    let mail = captured(&house);
    assert!(mail.contains("multipart/signed") && mail.contains("BEGIN PGP SIGNATURE"), "{mail}");
    assert!(!mail.contains("BEGIN PGP MESSAGE") && mail.contains(".csv"), "{mail}");
    house.verified();
}
