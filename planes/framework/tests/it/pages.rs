//! The pages, through the shell, as a reader meets them.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use manara_framework::{Papers, Shelf, sheet, site};
use manara_model::{Micros, Tlp};
use manara_store::Blobs;
use manara_web::{Lang, NewPerson, Role, Shell, WebConfig, Words, ensure_first_users};
use tower::ServiceExt as _;

use crate::house::{House, boats, catalogue, on_both};

const PASSWORD: &str = "a short sentence";

struct Reader {
    router: Router,
    cookies: Vec<(String, String)>,
}

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn token(&self) -> String {
        let (_, rest) = self.body.rsplit_once(r#"name="csrf" value=""#).expect("a form");
        rest.split('"').next().expect("a token").to_string()
    }
}

impl Reader {
    async fn send(&mut self, method: &str, path: &str, fields: Option<&[(&str, &str)]>) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let body = fields.map(|fields| form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish());
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("cookie", cookies.join("; "))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body.unwrap_or_default()))
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        for value in parts.headers.get_all(header::SET_COOKIE) {
            let pair = value.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a pair");
            self.cookies.retain(|(found, _)| found != name);
            if !value.is_empty() {
                self.cookies.push((name.into(), value.into()));
            }
        }
        let body = String::from_utf8_lossy(&bytes).replace(['\u{2068}', '\u{2069}'], "");
        Reply { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, None).await
    }

    /// A page that must be there, without a key that has no words.
    async fn page(&mut self, path: &str) -> Reply {
        let mut reply = self.get(path).await;
        if reply.status == StatusCode::SEE_OTHER {
            let next = reply.header("location").to_string();
            reply = self.get(&next).await;
        }
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        no_raw_key(path, &reply.body);
        reply
    }

    async fn post(&mut self, path: &str, from: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.get(from).await.token();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        let reply = self.send("POST", path, Some(&all)).await;
        no_raw_key(path, &reply.body);
        reply
    }
}

fn no_raw_key(path: &str, body: &str) {
    let text: String = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    assert!(
        !text.contains("framework-") && !text.contains("document-") && !text.contains("web-"),
        "a raw key on {path}:\n{text}"
    );
    let inline = body.replace(r#"<script src="/assets/"#, "");
    assert!(!inline.contains("<script") && !inline.contains(" style="), "the policy of the page forbids it: {path}");
}

/// The shell over the plane, with somebody signed in.
async fn reader(house: &House, name: &str, lang: Lang) -> Reader {
    let roles = [("duty", Role::Duty), ("handler", Role::Handler), ("viewer", Role::Viewer)];
    let people: Vec<NewPerson> = roles
        .iter()
        .map(|(name, role)| NewPerson { name: (*name).into(), role: *role, lang, password: PASSWORD.into() })
        .collect();
    ensure_first_users(&house.db, &people, Micros::now()).await.expect("people");
    std::fs::create_dir_all(house.folder.path().join("frameworks")).expect("a folder");
    std::fs::write(house.folder.path().join("frameworks/boats.yaml"), boats("minima", 5)).expect("written");
    let shelf = Shelf::load(Some(house.folder.path()));
    let shell = Shell::new(house.db.clone(), Words::built_in().expect("words"), WebConfig::default());
    let pages = Shell::own_site().merge(site(shelf, Blobs::new(house.folder.path().join("blobs")), Papers::default()));
    let mut reader = Reader { router: shell.router(pages), cookies: Vec::new() };
    let reply = reader.post("/login", "/login", &[("name", name), ("password", PASSWORD)]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    reader
}

#[test]
fn a_person_begins_answers_moderates_and_takes_the_report() {
    on_both(|house| async move {
        let mut duty = reader(&house, "duty", Lang::En).await;
        let home = duty.page("/framework").await;
        assert!(home.body.contains("Boats") && home.body.contains("No assessment yet"), "{}", home.body);
        duty.page("/framework/catalogues/boats").await;
        let begun = duty
            .post(
                "/framework/assessments",
                "/framework",
                &[("catalogue", "boats"), ("subject", "The <fleet>"), ("tlp", "AMBER")],
            )
            .await;
        let path = begun.header("location").to_string();
        assert!(path.starts_with("/framework/assessments/"), "{path}");
        let id = path.rsplit('/').next().unwrap().to_string();
        let page = duty.page(&path).await;
        assert!(page.body.contains("The &#60;fleet&#62;"), "{}", page.body);
        let answer = format!("{path}/answer");
        duty.post(&format!("{path}/join"), &answer, &[("organisation", "Port"), ("role", "captain")]).await;
        let form = duty.page(&format!("{answer}?section=C")).await;
        assert!(form.body.contains(r#"name="level-C-1""#) && !form.body.contains(r#"name="level-H-1""#));
        let fields = [
            ("section", "C"),
            ("level-C-1", "3"),
            ("state-C-1", "in-place"),
            ("comment-C-1", "yes"),
            ("level-C-2", ""),
            ("level-H-1", "4"),
        ];
        let saved = duty.post(&answer, &answer, &fields).await;
        assert_eq!(saved.header("location"), format!("{answer}?section=C"));
        let said = sheet(&house.db, &id, "2026-01-15").await.unwrap();
        assert_eq!((said.answers.len(), said.answers[0].level), (1, Some(3)), "only what the section asks");
        let moderate = format!("{path}/moderate");
        duty.page(&format!("{moderate}?section=C")).await;
        duty.post(&moderate, &moderate, &[("section", "C"), ("item", "C-1"), ("level", "2"), ("reason", "seen")]).await;
        let scores = duty.page(&format!("{path}?profile=harbour")).await;
        assert!(scores.body.contains("Agreed"), "{}", scores.body);
        duty.post(&format!("{path}/snapshot"), &path, &[("name", "Workshop")]).await;
        let page = duty.page(&path).await;
        let (_, rest) = page.body.split_once("?snapshot=").expect("a snapshot");
        let taken = rest.split('"').next().unwrap().to_string();
        duty.page(&format!("{path}?snapshot={taken}")).await;
        let compared = duty.page(&format!("/framework/compare?before={taken}&after={id}")).await;
        assert!(compared.body.contains("Worse"), "{}", compared.body);
        duty.page(&format!("{path}/design?profile=harbour&services=6.1&budget=1000&months=12")).await;
        for (lang, form) in [("ar", "html"), ("fr", "md"), ("ar", "pdf"), ("en", "docx")] {
            let report = duty.get(&format!("{path}/report?format={form}&in={lang}&profile=harbour")).await;
            assert_eq!(report.status, StatusCode::OK);
            assert!(report.header("content-disposition").contains(&format!("-{lang}.{form}")));
        }
        let design = "design/document?format=docx&in=fr&profile=harbour&services=6.1&budget=1000&months=12";
        let design = duty.get(&format!("{path}/{design}")).await;
        assert_eq!(design.status, StatusCode::OK);
        assert!(design.body.starts_with("PK") && design.header("content-type").contains("wordprocessingml"));
        assert_eq!(duty.get(&format!("{path}/report?format=exe")).await.status, StatusCode::BAD_REQUEST);
        duty.post(&format!("{path}/close"), &path, &[]).await;
        let closed = duty.page(&answer).await;
        assert!(closed.body.contains("is closed"), "{}", closed.body);
    });
}

#[test]
fn what_may_not_be_seen_or_done_is_not_there() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Red).await;
        let path = format!("/framework/assessments/{}", one.id);
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        assert!(!viewer.page("/framework").await.body.contains(&one.id));
        assert_eq!(viewer.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(viewer.get(&format!("{path}/report")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(viewer.get(&format!("{path}/answer")).await.status, StatusCode::FORBIDDEN);
        let mut handler = reader(&house, "handler", Lang::En).await;
        assert_eq!(handler.get(&format!("{path}/moderate")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(handler.get(&path).await.status, StatusCode::OK);
        assert_eq!(handler.get(&format!("{path}?profile=none")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(handler.get(&format!("{path}/design?budget=-1")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(handler.get("/framework/catalogues/none").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_pages_speak_arabic_and_french() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/framework/assessments/{}", one.id);
        for lang in ["ar", "fr"] {
            let mut duty = reader(&house, "duty", Lang::En).await;
            for page in [
                "/framework",
                "/framework/catalogues/sim3",
                "/framework/compare",
                &path,
                &format!("{path}/answer"),
                &format!("{path}/moderate"),
                &format!("{path}/design"),
            ] {
                let reply = duty.page(&format!("{page}?lang={lang}")).await;
                assert!(reply.body.contains(&format!(r#"lang="{lang}""#)), "{page}");
            }
        }
    });
}
