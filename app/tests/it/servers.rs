//! The servers of others, real ones: Postfix brings and takes mail, Dovecot keeps their mailboxes, GnuPG opens what comes.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take that is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// Whether these servers cannot run here; in CI that is no reason not to.
pub fn is_missing() -> bool {
    let programs = ["/usr/sbin/postfix", "/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "/usr/bin/gpg"];
    let is_here = programs.iter().all(|path| Path::new(path).exists());
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n");
    let reason = match (is_here, is_root) {
        (false, _) => "apt-get install -y postfix dovecot-imapd gnupg",
        (true, false) => "the servers start as root only: run the tests as root",
        (true, true) => return false,
    };
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{reason}");
    println!("NOT RUN: {reason}");
    true
}

/// A port of this machine that nobody listens at.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// Asks again and again until there is an answer; `told` says what is known when none comes.
pub fn until<T>(what: &str, told: impl Fn() -> String, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(start.elapsed() < PATIENCE, "{what} did not happen\n{}", told());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A server that ends with the test.
struct Server {
    child: Child,
    folder: tempfile::TempDir,
}

impl Server {
    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn wait_for(&mut self, port: u16) {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = self.child.try_wait().expect("asked");
            assert!(ended.is_none() && start.elapsed() < PATIENCE, "{ended:?}\n{}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server ends its own children when it is asked to.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

fn run(command: &str, args: &[&str], folder: &Path) {
    let out = Command::new(command).args(args).current_dir(folder).output().expect(command);
    assert!(out.status.success(), "{command} {args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

/// Dovecot, with a mailbox for whoever asks.
pub struct Dovecot {
    server: Server,
    /// Where it speaks IMAP.
    pub port: u16,
}

/// The password of every mailbox.
pub const PASSWORD: &str = "sesame";

impl Dovecot {
    pub fn start() -> Dovecot {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        let port = free_port();
        for part in ["run", "state", "mail"] {
            std::fs::create_dir(at.join(part)).expect("made");
        }
        run("chmod", &["755", "."], at);
        run("chown", &["65534:65534", "mail"], at);
        let shown = at.display();
        let config = format!(
            "base_dir = {shown}/run
state_dir = {shown}/state
log_path = {shown}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{shown}/mail/%u
mailbox_idle_check_interval = 1 secs
first_valid_uid = 1
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={shown}/mail/%u
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"
        );
        std::fs::write(at.join("dovecot.conf"), config).expect("written");
        let out = std::fs::File::create(at.join("out")).expect("a file");
        let child = Command::new("/usr/sbin/dovecot")
            .args(["-F".as_ref(), "-c".as_ref(), at.join("dovecot.conf").as_os_str()])
            .stdin(Stdio::null())
            .stdout(out.try_clone().expect("a file"))
            .stderr(out)
            .spawn()
            .expect("dovecot");
        let mut server = Server { child, folder };
        server.wait_for(port);
        Dovecot { server, port }
    }

    /// What a mailbox holds, read by IMAP, in the order in which it came.
    pub fn mailbox(&self, name: &str) -> Vec<String> {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("dovecot");
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        let mut reader = BufReader::new(stream);
        let mut greeting = String::new();
        reader.read_line(&mut greeting).expect("a greeting");
        let login = said(&mut reader, &format!("a LOGIN {name} {PASSWORD}"));
        assert!(login.done.contains("OK"), "{}\n{}", login.done, self.log());
        let opened = said(&mut reader, "b EXAMINE INBOX");
        assert!(opened.done.contains("OK"), "{}\n{}", opened.done, self.log());
        if opened.lines.iter().any(|line| line.starts_with("* 0 EXISTS")) {
            return Vec::new();
        }
        said(&mut reader, "c FETCH 1:* (BODY.PEEK[])").literals
    }

    /// The messages of a mailbox, as soon as there are so many.
    pub fn wait(&self, name: &str, count: usize, told: impl Fn() -> String) -> Vec<String> {
        let told = || format!("{}\n{}", told(), self.log());
        until(&format!("mail {count} of {name}"), told, || Some(self.mailbox(name)).filter(|all| all.len() >= count))
    }

    /// The folder that holds the mailboxes.
    pub fn mail(&self) -> std::path::PathBuf {
        self.server.folder.path().join("mail")
    }

    fn log(&self) -> String {
        let out = std::fs::read_to_string(self.server.folder.path().join("out")).unwrap_or_default();
        format!("{}{out}", self.server.log())
    }
}

/// What a server of IMAP answers to one command.
struct Heard {
    lines: Vec<String>,
    literals: Vec<String>,
    done: String,
}

fn said(reader: &mut BufReader<TcpStream>, command: &str) -> Heard {
    reader.get_mut().write_all(format!("{command}\r\n").as_bytes()).expect("said");
    let tag = command.split(' ').next().unwrap_or_default();
    let (mut lines, mut literals) = (Vec::new(), Vec::new());
    loop {
        let mut line = String::new();
        assert!(reader.read_line(&mut line).expect("an answer") > 0, "the server hung up at {command}");
        if line.strip_prefix(tag).is_some_and(|rest| rest.starts_with(' ')) {
            return Heard { lines, literals, done: line };
        }
        let size = line.trim_end().strip_suffix('}').and_then(|line| line.rsplit_once('{'));
        if let Some(size) = size.and_then(|(_, digits)| digits.parse::<usize>().ok()) {
            let mut bytes = vec![0; size];
            reader.read_exact(&mut bytes).expect("a literal");
            literals.push(String::from_utf8(bytes).expect("text"));
        }
        lines.push(line);
    }
}

/// Postfix, which brings what is for us to our door, puts what is for others into their mailboxes, and sends back what it cannot.
pub struct Postfix {
    server: Server,
    port: u16,
}

impl Postfix {
    /// `way` is how mail of the domain `ours` is brought to us; `boxes` are addresses and the mailboxes below `mailboxes`
    /// that their mail goes into.
    pub fn start(port: u16, ours: &str, way: &str, boxes: &[(&str, &str)], mailboxes: &Path) -> Postfix {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        for part in ["queue", "data", "etc"] {
            std::fs::create_dir(at.join(part)).expect("made");
        }
        let mut domains: Vec<&str> =
            boxes.iter().filter_map(|(address, _)| address.split_once('@')).map(|(_, domain)| domain).collect();
        domains.sort_unstable();
        domains.dedup();
        let maps: Vec<String> = boxes.iter().map(|(address, name)| format!("{address} {name}/\n")).collect();
        std::fs::write(at.join("etc/boxes"), maps.concat()).expect("written");
        std::fs::write(at.join("etc/ways"), format!("{ours} {way}\n")).expect("written");
        let (shown, domains, mailboxes) = (at.display(), domains.join(" "), mailboxes.display());
        let main = format!(
            "compatibility_level = 3.6
queue_directory = {shown}/queue
data_directory = {shown}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = localhost
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
relay_domains = {ours}
transport_maps = texthash:{shown}/etc/ways
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = texthash:{shown}/etc/boxes
virtual_mailbox_base = {mailboxes}
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_mailbox_limit = 0
smtpd_reject_unlisted_recipient = no
default_transport = error:nothing leaves this test
smtp_tls_security_level = none
message_size_limit = 50000000
mailbox_size_limit = 0
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
maillog_file = /dev/stdout
shlib_directory = /usr/lib/postfix
"
        );
        std::fs::write(at.join("etc/main.cf"), main).expect("written");
        let master = format!(
            "127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"
        );
        std::fs::write(at.join("etc/master.cf"), master).expect("written");
        run("chmod", &["755", "."], at);
        run("chown", &["postfix", "data"], at);
        let config = at.join("etc");
        let check =
            Command::new("/usr/sbin/postfix").args(["-c".as_ref(), config.as_os_str(), "check".as_ref()]).output();
        assert!(check.as_ref().is_ok_and(|out| out.status.success()), "{check:?}");
        let log = std::fs::File::create(at.join("log")).expect("a log");
        let child = Command::new("/usr/lib/postfix/sbin/master")
            .args(["-c".as_ref(), config.as_os_str(), "-d".as_ref()])
            .env("MAIL_CONFIG", &config)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn()
            .expect("master");
        let mut server = Server { child, folder };
        server.wait_for(port);
        Postfix { server, port }
    }

    /// What it wrote down.
    pub fn log(&self) -> String {
        self.server.log()
    }

    /// Tries what was put off again.
    pub fn flush(&self) {
        self.ask("-f");
    }

    /// What waits, with a star at what is being brought.
    pub fn queue(&self) -> String {
        self.ask("-p")
    }

    fn ask(&self, what: &str) -> String {
        let config = self.server.folder.path().join("etc");
        let args: [&OsStr; 3] = ["-c".as_ref(), config.as_os_str(), what.as_ref()];
        let out = Command::new("/usr/sbin/postqueue").args(args).output().expect("postqueue");
        assert!(out.status.success(), "{what}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    }

    /// Hands a mail over as somebody's program does.
    pub fn post(&self, from: &str, to: &str, mail: &str) {
        self.post_to((from, ""), &[to], mail);
    }

    /// The same to several recipients, with what is said of the mail besides its sender, such as ` BODY=8BITMIME`.
    pub fn post_to(&self, (from, more): (&str, &str), to: &[&str], mail: &str) {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("postfix");
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        let mut reader = BufReader::new(stream);
        let mut hear = |said: &str, want: &str| {
            if !said.is_empty() {
                reader.get_mut().write_all(said.as_bytes()).expect("said");
            }
            let mut line = String::new();
            loop {
                line.clear();
                reader.read_line(&mut line).expect("an answer");
                if line.as_bytes().get(3) != Some(&b'-') {
                    break;
                }
            }
            assert!(line.starts_with(want), "{said:?}: {line}");
        };
        hear("", "220");
        hear("EHLO there.example\r\n", "250");
        hear(&format!("MAIL FROM:<{from}>{more}\r\n"), "250");
        for to in to {
            hear(&format!("RCPT TO:<{to}>\r\n"), "250");
        }
        hear("DATA\r\n", "354");
        // GnuPG ends its lines in its own way.
        let lines = mail.replace("\r\n", "\n").replace('\n', "\r\n");
        let stuffed = lines.replace("\r\n.", "\r\n..");
        hear(&format!("{stuffed}\r\n.\r\n"), "250");
        hear("QUIT\r\n", "221");
    }
}
