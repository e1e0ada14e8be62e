//! The public form, as somebody without an account meets it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use manara_model::Micros;
use manara_response::mail::MailHouse;
use manara_response::public::{FILE_BYTES, FILES, fresh_tag};
use manara_response::{
    Config, Draft, PublicDesk, Source, TicketState, get_ticket, list_tickets, messages_of, public_site, write_message,
};
use manara_web::{Shell, WebConfig, Words};
use tower::ServiceExt as _;

use crate::house::{House, duty, on_both};

/// The door for everybody, and somebody before it whose browser asks for a language.
pub struct Street {
    router: Router,
    pub mail: Arc<MailHouse>,
    lang: &'static str,
}

impl Street {
    pub async fn of(house: &House) -> Street {
        let mail = MailHouse::open(&house.db, &Config::default(), ("CIRT", "cirt@cirt.example"), "en").await;
        let mail = Arc::new(mail.expect("mail"));
        let call = ("cirt@cirt.example".into(), String::new());
        let desk = PublicDesk::new(Arc::clone(&mail), house.blobs.clone(), |_| "The team".into(), call);
        let shell = Shell::new(house.db.clone(), Words::built_in().expect("words"), WebConfig::default());
        Street { router: shell.router(Shell::own_site().merge(public_site(desk))), mail, lang: "" }
    }

    /// The same door for somebody who reads another language.
    pub fn speaking(self, lang: &'static str) -> Street {
        Street { lang, ..self }
    }

    /// A tag of a form that somebody took a minute to fill in.
    pub fn tag(&self) -> String {
        fresh_tag(&self.mail, Micros(Micros::now().0 - 60_000_000))
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        assert!(!parts.headers.contains_key("set-cookie"), "nobody is signed in here");
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        let body = String::from_utf8_lossy(&bytes).replace(['\u{2068}', '\u{2069}'], "");
        assert!(!body.contains("public-state-") && !body.contains(">public-"), "a raw key:\n{body}");
        (parts.status, body)
    }

    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header("host", "127.0.0.1:8080").header("accept-language", self.lang);
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> (StatusCode, String) {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for (name, bytes) in files {
            let head = "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"";
            body.extend_from_slice(format!("{head}{name}\"\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let request = Request::post(path)
            .header("host", "127.0.0.1:8080")
            .header("accept-language", self.lang)
            .header("content-type", "multipart/form-data; boundary=edge");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    pub async fn follow(&self, number: &str, secret: &str) -> (StatusCode, String) {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("number", number), ("secret", secret)])
            .finish();
        let request = Request::post("/report/follow")
            .header("host", "127.0.0.1:8080")
            .header("accept-language", self.lang)
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }
}

/// The value of a hidden field.
pub fn value(body: &str, name: &str) -> String {
    let (_, rest) = body.split_once(&format!(r#"name="{name}" value=""#)).expect("a field");
    rest.split('"').next().expect("a value").to_string()
}

#[test]
fn somebody_without_an_account_reports_is_answered_and_adds() {
    on_both(|house: House| async move {
        let street = Street::of(&house).await;
        let (status, form) = street.get("/report").await;
        assert_eq!(status, StatusCode::OK);
        assert!(form.contains("Report an incident") && form.contains(r#"name="text""#));
        let tag = street.tag();
        let text = "They asked for my password at hxxp://login[.]bank.example/a <script>alert(1)</script>";
        let said = [
            ("tag", tag.as_str()),
            ("kind", "phishing"),
            ("text", text),
            ("where", "login.bank.example\r\nBcc: all@example.org"),
            ("mail", ""),
        ];
        let (status, thanks) = street.form("/report", &said, &[("screen.png", b"\x89PNG")]).await;
        assert_eq!(status, StatusCode::OK, "{thanks}");
        let (number, secret) = (value(&thanks, "number"), value(&thanks, "secret"));
        assert_eq!(secret.len(), 23, "{secret}");

        // Sent twice, it is one report with one receipt.
        let (_, again) = street.form("/report", &said, &[("screen.png", b"\x89PNG")]).await;
        assert_eq!((value(&again, "number"), value(&again, "secret")), (number.clone(), secret.clone()));

        let ticket = get_ticket(&house.db, &duty(), &number).await.expect("read").expect("there");
        assert_eq!((ticket.source, ticket.state), (Source::Web, TicketState::New));
        assert_eq!((ticket.taxonomy.as_str(), ticket.rsit.as_str()), ("fraud", "phishing"));
        assert!(ticket.correspondent.is_empty() && ticket.subject.starts_with("A message or site"), "{ticket:?}");
        let first = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
        assert_eq!(first.len(), 1);
        assert!(first[0].body.contains("Where: login.bank.example Bcc: all@example.org"), "{}", first[0].body);
        assert!(first[0].body.ends_with(text), "{}", first[0].body);

        // Whoever has no address is answered on the page of the receipt alone.
        let answer =
            Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Change it at once.".into() };
        write_message(&house.db, &duty(), &street.mail, &number, &answer, Micros::now()).await.expect("answered");
        // What goes to others is not theirs to read.
        let other = Draft { to: vec!["noc@bank.example".into()], body: "Please take it down.".into(), ..answer };
        write_message(&house.db, &duty(), &street.mail, &number, &other, Micros::now()).await.expect("written");
        let (status, page) = street.follow(&number, &secret.to_lowercase().replace('-', " ")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Being handled") && page.contains("Change it at once."), "{page}");
        assert!(page.contains("&#60;script&#62;") && !page.contains("<script>alert"), "{page}");
        assert!(!page.contains("take it down"), "{page}");

        let tag = street.tag();
        let more = [("tag", tag.as_str()), ("number", &number), ("secret", &secret), ("text", "It came again.")];
        let (status, page) = street.form("/report/more", &more, &[]).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(page.contains("Your addition is kept") && page.contains("It came again."), "{page}");
        let all = list_tickets(&house.db, &duty(), None, None, 10).await.expect("read");
        assert_eq!(all.len(), 1, "an addition opens nothing");
    });
}

#[test]
fn what_cannot_be_taken_is_said_and_nothing_typed_is_lost() {
    on_both(|house: House| async move {
        let street = Street::of(&house).await;
        let tag = street.tag();
        let kept = "What I wrote with care.";
        let at_once = fresh_tag(&street.mail, Micros::now());
        let old = fresh_tag(&street.mail, Micros::now().plus_days(-2));
        let (head, last) = tag.split_at(tag.len() - 1);
        let forged = format!("{head}{}", if last == "0" { "1" } else { "0" });
        for (tag, words) in [(&at_once, "very quick"), (&old, "older than a day"), (&forged, "not known")] {
            let (status, page) = street.form("/report", &[("tag", tag), ("text", kept)], &[]).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.contains(words) && page.contains(kept), "{words}: {page}");
        }
        let (_, page) = street.form("/report", &[("tag", &tag), ("text", "  ")], &[]).await;
        assert!(page.contains("Please say what happened"));
        let (_, page) = street.form("/report", &[("tag", &tag), ("text", kept), ("mail", "no address")], &[]).await;
        assert!(page.contains("not a valid mail address") && page.contains(kept));
        let large = vec![0; FILE_BYTES];
        let (_, page) = street.form("/report", &[("tag", &tag), ("text", kept)], &[("a", &large), ("b", b"b")]).await;
        assert!(page.contains("more than 8 MB") && page.contains(kept));
        let many: Vec<(&str, &[u8])> = vec![("a", b"a"); FILES + 1];
        let (_, page) = street.form("/report", &[("tag", &tag), ("text", kept)], &many).await;
        assert!(page.contains("more than 5 files"));
        assert!(list_tickets(&house.db, &duty(), None, None, 10).await.expect("read").is_empty());
    });
}

#[test]
fn whoever_floods_or_guesses_is_stopped() {
    on_both(|house: House| async move {
        let street = Street::of(&house).await;
        let mut taken = 0;
        for n in 0..12 {
            let (tag, text) = (street.tag(), format!("flood of {n}"));
            let (status, page) = street.form("/report", &[("tag", &tag), ("text", &text)], &[]).await;
            match status {
                StatusCode::OK => taken += 1,
                _ => {
                    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
                    assert!(page.contains("quarter of an hour") && page.contains(&text));
                }
            }
        }
        assert_eq!(taken, 10);
        let number = list_tickets(&house.db, &duty(), None, None, 1).await.expect("read").remove(0).number;
        let mut stopped = false;
        for n in 0..25 {
            let (status, page) = street.follow(&number, &format!("AAAAA-AAAAA-AAAAA-{n:05}")).await;
            assert!(!page.contains("flood of"), "{page}");
            stopped |= status == StatusCode::TOO_MANY_REQUESTS;
        }
        assert!(stopped);
    });
}
