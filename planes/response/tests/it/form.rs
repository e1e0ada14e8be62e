//! The public form with files, names and languages, and against whoever guesses.

use axum::http::StatusCode;
use manara_model::Micros;
use manara_response::public::{FILE_BYTES, FILES};
use manara_response::{
    DeliveryState, Draft, Message, MessageKind, Ticket, TicketState, assign_ticket, deliveries_of, files_of,
    get_ticket, list_tickets, mail::OutcomeKind, mentions, messages_of, move_ticket, observables_of, write_message,
};
use manara_web::{Lang, Role, Words};
use sha2::{Digest as _, Sha256};

use crate::follow::{brought, mail};
use crate::house::{House, beside, duty, on_both};
use crate::pages::door;
use crate::public::{Street, value};

/// Names as they are sent, bytes, and names as they are kept.
const NAMED: [(&str, &[u8], &str); FILES] = [
    ("تقرير الحادث.pdf", b"%PDF-1.7", "تقرير الحادث.pdf"),
    ("../../etc/passwd", b"root:x:0:0", "passwd"),
    ("C:\\Users\\Ana\\evil.exe", b"MZ", "evil.exe"),
    ("photo\u{202e}gpj.scr", b"trick", "photo gpj.scr"),
    ("page.html", b"<script>alert(document.cookie)</script>", "page.html"),
];

async fn standing(house: &House, number: &str) -> Ticket {
    get_ticket(&house.db, &duty(), number).await.expect("read").expect("there")
}

/// The first message of a kind in a ticket.
async fn message(house: &House, ticket: &Ticket, kind: MessageKind) -> Message {
    let all = messages_of(&house.db, &ticket.id, ("", ""), 50).await.expect("read");
    all.into_iter().find(|one| one.kind == kind).unwrap_or_else(|| panic!("no {kind:?} in {}", ticket.number))
}

/// A report that says a text, with more fields: its number and its secret.
async fn report(street: &Street, text: &str, more: &[(&str, &str)], files: &[(&str, &[u8])]) -> (String, String) {
    let tag = street.tag();
    let fields = [&[("tag", tag.as_str()), ("text", text)][..], more].concat();
    let (status, page) = street.form("/report", &fields, files).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    (value(&page, "number"), value(&page, "secret"))
}

#[test]
fn files_of_any_name_come_whole_and_are_downloads_and_nothing_else() {
    on_both(|house: House| async move {
        let street = Street::of(&house).await;
        let sent: Vec<(&str, &[u8])> = NAMED.iter().map(|(name, bytes, _)| (*name, *bytes)).collect();
        let (number, _) = report(&street, "See the files.", &[], &sent).await;
        let ticket = standing(&house, &number).await;
        let first = message(&house, &ticket, MessageKind::Report).await;
        let kept = files_of(&house.db, &first.id).await.expect("read");
        let names: Vec<&str> = kept.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, NAMED.map(|(_, _, name)| name));

        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        let path = format!("/tickets/{number}");
        let page = reader.page(&path).await.body;
        assert!(!page.contains("<script>alert"), "{page}");
        for (position, (_, bytes, name)) in NAMED.into_iter().enumerate() {
            assert!(page.contains(&format!(">{name}<")), "{name}: {page}");
            let file = reader.get(&format!("{path}/messages/{}/files/{position}", first.id)).await;
            assert_eq!((file.status, file.bytes.as_slice()), (StatusCode::OK, bytes), "{name}");
            assert_eq!(file.header("content-type"), "application/octet-stream", "{name}");
            assert_eq!(file.header("x-content-type-options"), "nosniff", "{name}");
            assert!(file.header("content-disposition").starts_with("attachment; filename=\""), "{name}");
            let policy = file.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{name}: {policy}");
        }
        let file = reader.get(&format!("{path}/messages/{}/files/0", first.id)).await;
        let own = "; filename*=UTF-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1%20%D8%A7%D9%84%D8%AD%D8%A7%D8%AF%D8%AB.pdf";
        assert!(file.header("content-disposition").ends_with(own), "{}", file.header("content-disposition"));
    });
}

#[tokio::test]
async fn as_many_bytes_as_the_form_allows_are_kept_to_the_last() {
    let house = beside().await;
    let street = Street::of(&house).await;
    let large = vec![b'Z'; FILE_BYTES - 4];
    let (number, _) = report(&street, "A long log.", &[], &[("large.log", &large), ("small.log", b"last")]).await;
    let ticket = standing(&house, &number).await;
    let first = message(&house, &ticket, MessageKind::Report).await;
    let kept = files_of(&house.db, &first.id).await.expect("read");
    let sizes: Vec<usize> = kept.iter().map(|file| usize::try_from(file.bytes).expect("a size")).collect();
    assert_eq!(sizes, [FILE_BYTES - 4, 4]);
    assert_eq!(kept[0].sha256, format!("{:x}", Sha256::digest(&large)));
}

#[test]
fn too_much_is_said_at_its_field_and_nothing_else_typed_is_lost() {
    on_both(|house: House| async move {
        let street = Street::of(&house).await;
        let tag = street.tag();
        let fields = [
            ("tag", tag.as_str()),
            ("kind", "malware"),
            ("text", "It began with a mail."),
            ("where", "ws-17"),
            ("when", "On Monday"),
            ("name", "Ana"),
            ("mail", "ana@harbour.example"),
            ("phone", "+41 22 000 00 00"),
            ("organisation", "The harbour"),
        ];
        let (large, larger) = (vec![b'Z'; FILE_BYTES + 1], vec![b'Z'; FILE_BYTES + (2 << 20)]);
        let many: Vec<(&str, &[u8])> = vec![("a.txt", b"a"); FILES + 1];
        let half = &large[..FILE_BYTES / 2 + 1];
        for (files, words) in [
            (vec![("large.bin", large.as_slice())], "more than 8 MB together"),
            (vec![("larger.bin", larger.as_slice())], "more than 8 MB together"),
            (vec![("one.bin", half), ("two.bin", half)], "more than 8 MB together"),
            (many, "more than 5 files"),
        ] {
            let (status, page) = street.form("/report", &fields, &files).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
            for part in [
                words,
                "Please choose your files again",
                r#"name="files" multiple aria-describedby="files-how" aria-invalid="true""#,
                r#"<option value="malware" selected>"#,
                ">It began with a mail.</textarea>",
                r#"name="where" value="ws-17""#,
                r#"name="when" value="On Monday""#,
                r#"name="name" value="Ana""#,
                r#"name="mail" value="ana@harbour.example""#,
                r#"name="phone" value="+41 22 000 00 00""#,
                r#"name="organisation" value="The harbour""#,
                tag.as_str(),
            ] {
                assert!(page.contains(part), "{part} is missing: {page}");
            }
        }
        assert!(list_tickets(&house.db, &duty(), None, None, 10).await.expect("read").is_empty());
        let (status, page) = street.form("/report", &fields, &[("a.txt", b"a")]).await;
        assert_eq!(status, StatusCode::OK, "the same form goes on: {page}");
    });
}

#[test]
fn whoever_leaves_an_address_hears_in_their_language_and_goes_on_by_mail() {
    on_both(|house: House| async move {
        let street = Street::of(&house).await.speaking("ar");
        let her = [("name", "Leila, see http://prize.example"), ("mail", " Leila@Harbour.example ")];
        let (number, secret) = report(&street, "وصلتني رسالة تطلب كلمة المرور.", &her, &[]).await;
        let ticket = standing(&house, &number).await;
        assert_eq!((ticket.correspondent.as_str(), ticket.language.as_str()), ("leila@harbour.example", "ar"));
        assert!(ticket.acknowledged.is_some());
        let told = message(&house, &ticket, MessageKind::Acknowledgement).await;
        assert_eq!(told.recipients, "leila@harbour.example");
        assert!(told.subject.starts_with(&format!("[CIRT #{number}]")), "{}", told.subject);
        assert!(told.body.contains("وصلت رسالتكم") && told.body.contains(&number), "{}", told.body);
        // Anybody can type the address of somebody else: nothing of what they typed is sent there.
        assert!(!told.body.contains("prize") && !told.body.contains("Leila"), "{}", told.body);
        let delivery = deliveries_of(&house.db, std::slice::from_ref(&told.id)).await.expect("read").remove(0);
        let delivery = (delivery.state, delivery.mail.as_str(), delivery.name.as_str());
        assert_eq!(delivery, (DeliveryState::Queued, "leila@harbour.example", ""));

        // Her mail goes on where the form began, and the team's answer goes to her and to her receipt.
        let answers = format!("In-Reply-To: <{}>\r\n", told.message_id);
        let more = mail("Leila <leila@harbour.example>", "Re: help", "2@harbour.example", &answers, "Again today.");
        let more = brought(&house, &street.mail, &more, Micros::now()).await;
        assert_eq!((more.kind, more.ticket.as_ref()), (OutcomeKind::Reply, Some(&number)));
        let body = "ننظر في الأمر.".to_string();
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body };
        let (_, sent) =
            write_message(&house.db, &duty(), &street.mail, &number, &draft, Micros::now()).await.expect("written");
        assert_eq!(sent.recipients, "leila@harbour.example");
        let (_, page) = street.follow(&number, &secret).await;
        assert!(page.contains("ننظر في الأمر."), "{page}");

        // One address is not written to again and again; we, machines and nobody are not at all.
        let (again, _) = report(&street, "مرة أخرى.", &her, &[]).await;
        let again = standing(&house, &again).await;
        assert_eq!(again.acknowledged, None);
        assert!(house.verbs(&again.id).await.contains(&"loop_stopped".to_string()));
        for nobody in ["cirt@cirt.example", "noreply@bank.example", ""] {
            let (number, _) = report(&street, "بلاغ.", &[("mail", nobody)], &[]).await;
            let ticket = standing(&house, &number).await;
            assert_eq!((ticket.acknowledged, ticket.messages), (None, 1), "{nobody}");
        }
    });
}

#[test]
fn the_form_is_arabic_from_its_first_page_to_what_became_of_it() {
    on_both(|house: House| async move {
        let street = Street::of(&house).await.speaking("ar");
        let words = Words::built_in().expect("words");
        let says = |page: &str, keys: &[&str]| {
            assert!(page.contains(r#"<html lang="ar" dir="rtl">"#), "{page}");
            for key in keys {
                let text = words.t(Lang::Ar, key);
                assert!(text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "{key}: {text}");
                assert!(page.contains(&text), "{key}: {page}");
            }
        };
        let (status, form) = street.get("/report").await;
        assert_eq!(status, StatusCode::OK);
        let keys = [
            "public-title",
            "public-what",
            "public-emergency",
            "public-kind",
            "public-kind-malware",
            "public-text-how",
            "public-where",
            "public-files",
            "public-who-how",
            "public-send",
        ];
        says(&form, &keys);
        let tag = street.tag();
        let said = "حُذفت ملفاتنا، ويطلبون مالًا.";
        let fields = [("tag", tag.as_str()), ("kind", "malware"), ("text", said), ("where", "خادم الميناء")];
        let (status, thanks) = street.form("/report?lang=ar", &fields, &[]).await;
        assert_eq!(status, StatusCode::OK, "{thanks}");
        says(&thanks, &["public-thanks-what", "public-receipt", "public-number", "public-secret"]);
        let (number, secret) = (value(&thanks, "number"), value(&thanks, "secret"));
        let ticket = standing(&house, &number).await;
        assert_eq!((ticket.language.as_str(), ticket.rsit.as_str()), ("ar", "infected-system"));
        assert!(ticket.subject.starts_with(&words.t(Lang::Ar, "public-kind-malware")), "{}", ticket.subject);
        let first = message(&house, &ticket, MessageKind::Report).await;
        assert!(first.body.contains("أين: خادم الميناء") && first.body.ends_with(said), "{}", first.body);

        // A keyboard that writes Arabic digits opens it as well.
        let arabic = |text: &str| -> String {
            let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(0x660 + digit));
            text.chars().map(|c| digit(c).unwrap_or(c)).collect()
        };
        let (status, page) = street.follow(&arabic(&number), &arabic(&secret)).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        says(&page, &["public-state-new", "public-state-new-what", "public-messages", "public-you", "public-add"]);
        assert!(page.contains(said), "{page}");
        let tag = street.tag();
        let more = [("tag", tag.as_str()), ("number", &number), ("secret", &secret), ("text", "وخادم ثانٍ.")];
        let (_, page) = street.form("/report/more?lang=ar", &more, &[]).await;
        says(&page, &["public-added"]);
        assert!(page.contains("وخادم ثانٍ."), "{page}");
        let (status, page) = street.follow(&number, "AAAAA").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        says(&page, &["public-refused-receipt"]);
    });
}

#[test]
fn a_wrong_number_and_a_wrong_secret_are_answered_alike_and_counted() {
    on_both(|house: House| async move {
        let street = Street::of(&house).await;
        let (number, secret) = report(&street, "A page that asks for passwords.", &[], &[]).await;
        let wrong = "AAAAA-AAAAA-AAAAA-AAAAA";
        let mut answers = Vec::new();
        for (number, secret) in [(number.as_str(), wrong), ("1999-0000001", &secret), ("1999-0000001", "")] {
            let (status, page) = street.follow(number, secret).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
            answers.push(page.replace(&format!(r#"value="{number}""#), ""));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        let tag = street.tag();
        let guess = [("tag", tag.as_str()), ("number", &number), ("secret", wrong), ("text", "Let me in.")];
        let (status, page) = street.form("/report/more", &guess, &[]).await;
        assert!(status == StatusCode::NOT_FOUND && !page.contains("A page that asks"), "{status}: {page}");
        // From one place twenty in a quarter of an hour, by whichever form.
        for _ in 4..20 {
            assert_eq!(street.follow(&number, wrong).await.0, StatusCode::NOT_FOUND);
        }
        let (status, page) = street.follow(&number, wrong).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        assert!(page.contains("quarter of an hour"), "{page}");
        let (status, _) = street.form("/report/more", &guess, &[]).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(standing(&house, &number).await.messages, 1, "nothing was added");
        // Nobody is kept from their own report by the guesses of somebody else.
        assert_eq!(street.follow(&number, &secret).await.0, StatusCode::OK);
    });
}

#[test]
fn an_addition_opens_a_closed_report_again_and_calls_whoever_has_it() {
    on_both(|house: House| async move {
        let street = Street::of(&house).await;
        let (number, secret) = report(&street, "A page that asks for passwords.", &[], &[]).await;
        let now = Micros::now();
        assign_ticket(&house.db, &duty(), &number, "duty", now).await.expect("given");
        move_ticket(&house.db, &duty(), &number, None, TicketState::Resolved, now).await.expect("closed");
        let (_, page) = street.follow(&number, &secret).await;
        assert!(page.contains("What you add opens it again."), "{page}");

        let tag = street.tag();
        let text = "It is back at 198.51.100.9.";
        let more = [("tag", tag.as_str()), ("number", &number), ("secret", &secret), ("text", text)];
        let large = vec![b'Z'; FILE_BYTES + 1];
        let (status, page) = street.form("/report/more", &more, &[("large.bin", &large)]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("more than 8 MB together") && page.contains(&format!(">{text}</textarea>")), "{page}");
        assert_eq!(standing(&house, &number).await.state, TicketState::Resolved);

        let (status, page) = street.form("/report/more", &more, &[("log.txt", b"line of proof")]).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Your addition is kept") && page.contains("Being handled"), "{page}");
        let ticket = standing(&house, &number).await;
        assert_eq!((ticket.state, ticket.closed), (TicketState::Open, None));
        let added = message(&house, &ticket, MessageKind::Reply).await;
        assert_eq!(added.automatic, "", "a person wrote it");
        let files = files_of(&house.db, &added.id).await.expect("read");
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["log.txt"]);
        let seen = observables_of(&house.db, &ticket.id, 10).await.expect("read");
        assert!(seen.iter().any(|one| one.value == "198.51.100.9"), "{seen:?}");
        let called = mentions(&house.db, &duty(), 10).await.expect("read");
        assert!(called.iter().any(|one| one.kind == "mail" && one.number == number), "{called:?}");
    });
}
