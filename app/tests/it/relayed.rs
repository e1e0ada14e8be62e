//! A real Postfix relays mail to our SMTP door: what a mail says comes through, what cannot be taken goes back to its
//! sender, and what came while nobody was at the door is brought once somebody is there again.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::house::House;
use crate::servers::{Dovecot, Postfix, free_port, is_missing, until};

const OURS: [&str; 3] = ["cirt@cirt.example", "abuse@cirt.example", "reports@cirt.example"];
const ANA: &str = "ana@harbour.example";
/// Who has a mailbox; `gone@isp.example` is nobody's.
const BOXES: [(&str, &str); 2] = [(ANA, "ana"), ("abuse@isp.example", "isp")];

/// The program while it serves.
struct Serving(Child);

impl Serving {
    fn start(house: &House, door: &str) -> Serving {
        let mut command = house.command(&["serve", "--listen", "127.0.0.1:0", "--smtp", door]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let serving = Serving(child);
        let said = format!("Mail comes in by SMTP at {door}");
        assert!(lines.any(|line| line == said), "it does not say {said:?}");
        // Read on, or the program would wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        serving
    }

    /// Holds it where it is: it answers nobody any more.
    fn hold(&self) {
        let held = Command::new("kill").args(["-STOP", &self.0.id().to_string()]).status();
        assert!(held.is_ok_and(|status| status.success()));
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A house with a door for SMTP, Postfix before it, and the mailboxes of others.
struct World {
    house: House,
    door: String,
    postfix: Postfix,
    dovecot: Dovecot,
}

impl World {
    fn new(folder: &Path) -> World {
        let house = House::new(folder.join("data"));
        house.done(&["init", "--json"]);
        let (dovecot, door) = (Dovecot::start(), free_port());
        let way = format!("smtp:[127.0.0.1]:{door}");
        let postfix = Postfix::start(free_port(), "cirt.example", &way, &BOXES, &dovecot.mail());
        World { house, door: format!("127.0.0.1:{door}"), postfix, dovecot }
    }

    fn serve(&self) -> Serving {
        Serving::start(&self.house, &self.door)
    }

    fn until<T>(&self, what: &str, ask: impl FnMut() -> Option<T>) -> T {
        until(what, || format!("{}\n{}", self.postfix.queue(), self.postfix.log()), ask)
    }

    /// Waits until Postfix says that one of its mails was taken for a recipient.
    fn is_taken_for(&self, to: &str) {
        let (to, taken) = (format!("to=<{to}>"), "status=sent (250 2.0.0 ");
        let is_said = || self.postfix.log().lines().any(|line| line.contains(&to) && line.contains(taken));
        self.until(&format!("{to} {taken}"), || is_said().then_some(()));
    }

    /// The newest mail of Ana, when she has so many.
    fn returned(&self, count: usize) -> String {
        let all = self.dovecot.wait("ana", count, || self.postfix.log());
        assert_eq!(all.len(), count, "{all:#?}");
        all.into_iter().next_back().expect("a mail")
    }

    /// The subjects of the reports that mail opened, sorted.
    fn subjects(&self) -> Vec<String> {
        let all = self.house.json(&["tickets", "list", "--json"]);
        let all = all.as_array().expect("a list").iter();
        let mut subjects: Vec<String> = all.map(|one| one["subject"].as_str().expect("a text").to_string()).collect();
        subjects.sort();
        subjects
    }
}

fn mail(from: &str, number: usize, subject: &str, text: &str) -> String {
    format!(
        "From: {from}\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\nMessage-ID: <{number}@harbour.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         {text}\r\n"
    )
}

#[test]
fn what_postfix_relays_is_taken_whole_and_the_rest_goes_back_to_its_sender() {
    if is_missing() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let world = World::new(folder.path());
    let serving = world.serve();

    // Letters as they are, in the subject and in the text.
    let (subject, text) = ("رسالة تصيد: à vérifier", "نرى 192.0.2.7 مرة أخرى.");
    world.postfix.post_to((ANA, " BODY=8BITMIME SMTPUTF8"), &[OURS[0]], &mail(ANA, 1, subject, text));
    world.is_taken_for(OURS[0]);
    assert_eq!(world.subjects(), [subject]);
    let tickets = world.house.json(&["tickets", "list", "--json"]);
    let number = tickets[0]["number"].as_str().expect("a number");
    let shown = world.house.json(&["tickets", "show", number, "--json"]);
    let report = shown["messages"].as_array().expect("messages").iter().find(|one| one["kind"] == "report");
    assert!(report.is_some_and(|one| one["text"].as_str().is_some_and(|said| said.contains(text))), "{shown}");

    // One mail for several of ours and for somebody who is nobody: one report, and one mail back.
    let all = [OURS[0], OURS[1], "gone@isp.example", OURS[2]];
    world.postfix.post_to((ANA, ""), &all, &mail(ANA, 2, "to all of you", "We see 192.0.2.8."));
    let back = world.returned(1);
    assert!(back.contains("Final-Recipient: rfc822; gone@isp.example") && back.contains("Status: 5.1.1"), "{back}");
    assert!(!back.contains("Final-Recipient: rfc822; cirt@"), "{back}");
    for to in &OURS[1..] {
        world.is_taken_for(to);
    }
    assert_eq!(world.subjects(), ["to all of you", subject]);

    // More than is taken is told before it is sent: Postfix gives it back by itself.
    let large = format!("{}\r\n", "x".repeat(78)).repeat(390_000);
    world.postfix.post(ANA, OURS[0], &mail(ANA, 3, "too much", &large));
    let back = world.returned(2);
    assert!(back.contains("Status: 5.3.4") && back.contains("Subject: too much"), "{back}");
    let why = "exceeds size limit 30000000 of server";
    world.until(why, || world.postfix.log().contains(why).then_some(()));
    assert_eq!(world.subjects(), ["to all of you", subject]);
    drop(serving);
    world.house.verified();
}

#[test]
fn postfix_keeps_what_it_cannot_bring_and_brings_it_once() {
    if is_missing() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let world = World::new(folder.path());
    let post = |number: usize| {
        let from = format!("ana{number}@harbour.example");
        let mail = mail(&from, number, &format!("mail {number}"), "We see 192.0.2.9 again.");
        world.postfix.post(&from, OURS[0], &mail);
        from
    };
    let serving = world.serve();
    for number in 0..8 {
        post(number);
    }
    world.until("the first report", || (!world.subjects().is_empty()).then_some(()));
    // It goes away while mail is being brought: nobody answers the last one, which is under way.
    serving.hold();
    let last = post(8);
    world.until("a mail under way", || world.postfix.queue().contains('*').then_some(()));
    drop(serving);
    let waits = world.until("nothing under way", || Some(world.postfix.queue()).filter(|queue| !queue.contains('*')));
    assert!(waits.contains(&last), "{waits}\n{}", world.postfix.log());

    let serving = world.serve();
    world.until("an empty queue", || {
        world.postfix.flush();
        world.postfix.queue().contains("Mail queue is empty").then_some(())
    });
    let want: Vec<String> = (0..9).map(|number| format!("mail {number}")).collect();
    assert_eq!(world.subjects(), want, "each once\n{}", world.postfix.log());
    drop(serving);
    world.house.verified();
}
