//! The pages, as a person with a browser without scripts meets them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use manara_constituency::{Filter, get, list, site};
use manara_model::Micros;
use manara_store::{Db, migrate};
use manara_web::{Lang, Markup, NewPerson, Role, Shell, WebConfig, Words, ensure_first_users};
use tower::ServiceExt as _;

use crate::on_both;

const PASSWORD: &str = "a short sentence";

struct Browser {
    shell: Arc<Shell>,
    router: Router,
    cookies: Vec<(String, String)>,
}

struct Reply {
    status: StatusCode,
    location: String,
    body: String,
}

impl Reply {
    fn token(&self) -> String {
        let (_, rest) = self.body.rsplit_once(r#"name="csrf" value=""#).expect("a form");
        rest.split('"').next().unwrap().to_string()
    }

    /// The value of a hidden field.
    fn hidden(&self, name: &str) -> String {
        let (_, rest) = self.body.split_once(&format!(r#"name="{name}" value=""#)).expect(name);
        rest.split('"').next().unwrap().to_string()
    }
}

impl Browser {
    async fn of(db: &Db, role: Role) -> Browser {
        migrate(db, &[manara_store::SCHEMA, manara_web::SCHEMA, manara_constituency::SCHEMA]).await.unwrap();
        let person =
            |role: Role| NewPerson { name: role.as_str().into(), role, lang: Lang::En, password: PASSWORD.into() };
        ensure_first_users(db, &[person(Role::Duty), person(Role::Viewer)], Micros::now()).await.unwrap();
        let shell = Shell::new(db.clone(), Words::built_in().unwrap(), WebConfig::default());
        let panel: manara_constituency::Panel =
            Arc::new(|_, id| Box::pin(async move { Ok(Markup::text(&format!("panel of {id}"))) }));
        let router = shell.router(Shell::own_site().merge(site(vec![panel])));
        let mut browser = Browser { shell, router, cookies: Vec::new() };
        let door = browser.get("/login").await;
        let fields = [("csrf", door.token()), ("name", role.as_str().into()), ("password", PASSWORD.into())];
        assert_eq!(browser.post("/login", &fields).await.status, StatusCode::SEE_OTHER);
        browser
    }

    async fn send(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("content-type", kind)
            .header("cookie", cookies.join("; "))
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for value in response.headers().get_all(header::SET_COOKIE) {
            let (name, value) = value.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(found, _)| found != name);
            self.cookies.push((name.into(), value.into()));
        }
        let status = response.status();
        let location = response.headers().get("location").map_or("", |v| v.to_str().unwrap()).to_string();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Reply { status, location, body: String::from_utf8_lossy(&bytes).replace(['\u{2068}', '\u{2069}'], "") }
    }

    async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, "", Vec::new()).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, String)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    async fn upload(&mut self, path: &str, token: &str, file: &str) -> Reply {
        let part = |name: &str, text: &str| {
            format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let file = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\n{file}\r\n--edge--\r\n"
        );
        let body = part("csrf", token) + &file;
        self.send("POST", path, "multipart/form-data; boundary=edge", body.into_bytes()).await
    }
}

#[test]
fn a_constituent_is_added_mended_changed_removed_and_restored() {
    on_both(|db| async move {
        let mut browser = Browser::of(&db, Role::Duty).await;
        let empty = browser.get("/constituents").await;
        assert!(empty.body.contains("There is no constituent yet"), "{}", empty.body);
        let form = browser.get("/constituents/new").await;
        assert_eq!(form.status, StatusCode::OK);
        let mut fields = vec![
            ("csrf", form.token()),
            ("name", "Isle <Bank>".to_string()),
            ("name_ar", "مصرف الجزيرة".into()),
            ("sector", "finance".into()),
            ("kind", "bank".into()),
            ("criticality", "vital".into()),
            ("active", "on".into()),
            ("networks", "192.0.2.1/24".into()),
            ("contact-0-role", "abuse".into()),
            ("contact-0-mail", "abuse@isle.example".into()),
            ("contact-0-format", "both".into()),
            ("contact-0-active", "on".into()),
        ];
        let wrong = browser.post("/constituents/new", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for text in [
            "The network is probably 192.0.2.0/24",
            "Isle &#60;Bank&#62;",
            "abuse@isle.example",
            "aria-invalid",
            "مصرف",
        ] {
            assert!(wrong.body.contains(text), "{text}: {}", wrong.body);
        }
        fields[7].1 = "192.0.2.0/24 2001:db8::/32".into();
        fields[0].1 = wrong.token();
        let made = browser.post("/constituents/new", &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let (isle, _) = get(&db, "Isle <Bank>").await.unwrap().unwrap();
        assert_eq!(made.location, format!("/constituents/{}", isle.id));
        let page = browser.get(&made.location).await;
        for text in
            ["Isle &lt;Bank&gt;", "was added", "2001:db8::/32", "مصرف الجزيرة", "added a constituent", "panel of"]
        {
            assert!(page.body.contains(text), "{text}: {}", page.body);
        }
        let edit = browser.get(&format!("{}/edit", made.location)).await;
        let stale = edit.hidden("version");
        fields[0].1 = edit.token();
        fields[1].1 = "Isle Bank".into();
        fields.push(("version", stale.clone()));
        let changed = browser.post(&format!("{}/edit", made.location), &fields).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
        fields[1].1 = "Other".into();
        let late = browser.post(&format!("{}/edit", made.location), &fields).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("Somebody changed this constituent") && late.body.contains("Other"));
        let cell = |text: &str| format!(r#"<div class="letter"><bdi dir="auto">{text}</bdi></div>"#);
        assert!(late.body.contains(&cell("Isle Bank")) && late.body.contains(&cell("Other")), "{}", late.body);
        assert_ne!(late.hidden("version"), stale, "saved again, it is written over what is there");
        let page = browser.get(&made.location).await;
        let remove = format!("{}/remove", made.location);
        let gone = browser.post(&remove, &[("csrf", page.token())]).await;
        assert_eq!(gone.location, made.location);
        assert_eq!(list(&db, &Filter::default(), 9).await.unwrap().rows.len(), 0);
        assert_eq!(browser.get(&format!("{}/edit", made.location)).await.status, StatusCode::NOT_FOUND);
        let page = browser.get(&made.location).await;
        assert!(page.body.contains("This constituent was removed"));
        browser.post(&format!("{}/restore", made.location), &[("csrf", page.token())]).await;
        assert_eq!(list(&db, &Filter::default(), 9).await.unwrap().rows[0].name, "Isle Bank");
        let taken = browser.get("/constituents/new").await.token();
        let fields = [
            ("csrf", taken),
            ("name", "isle bank".into()),
            ("criticality", "low".into()),
            ("networks", "192.0.2.0/24".into()),
        ];
        let taken = browser.post("/constituents/new", &fields).await;
        assert!(taken.body.contains("Another constituent has this name: Isle Bank"), "{}", taken.body);
        assert!(taken.body.contains("It belongs to Isle Bank already"));
    });
}

#[test]
fn a_file_is_checked_then_confirmed_and_overlaps_are_shown() {
    on_both(|db| async move {
        let mut browser = Browser::of(&db, Role::Duty).await;
        let page = browser.get("/constituents/import").await;
        let bad = browser.upload("/constituents/import", &page.token(), "cidr,org\n192.0.2.1/24,ISP\n").await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bad.body.contains("One value was refused") && bad.body.contains("192.0.2.0/24"), "{}", bad.body);
        let not = browser.upload("/constituents/import", &page.token(), "a,b\n1,2\n").await;
        assert!(not.body.contains("The columns of the file are: "), "{}", not.body);
        let file = "cidr,asn,org,sector\n192.0.2.0/24,64500,ISP,telecom\n192.0.2.0/25,64500,Bank,Beekeeping\n";
        let good = browser.upload("/constituents/import", &page.token(), file).await;
        assert_eq!(good.status, StatusCode::OK);
        assert!(good.body.contains("This sector is not known") && good.body.contains("Beekeeping"), "{}", good.body);
        assert_eq!(list(&db, &Filter::default(), 9).await.unwrap().rows.len(), 0, "nothing is written");
        let fields = [("csrf", good.token()), ("held", good.hidden("held"))];
        let done = browser.post("/constituents/import/confirm", &fields).await;
        assert_eq!(done.location, "/constituents");
        let page = browser.get("/constituents?q=192.0.2.7&sort=-criticality").await;
        assert!(
            page.body.contains("Added: 2") && page.body.contains("Beekeeping") && page.body.contains("ISP"),
            "{}",
            page.body
        );
        let page = browser.get("/constituents?q=192.0.2.200&sector=telecom&state=active&criticality=medium").await;
        assert!(page.body.contains(">ISP</bdi>") && !page.body.contains(">Bank</bdi>"), "{}", page.body);
        assert_eq!(
            browser.post("/constituents/import/confirm", &fields).await.location,
            "/constituents/import",
            "once only"
        );
        let page = browser.get("/constituents/overlaps").await;
        assert!(page.body.contains("192.0.2.0/25") && page.body.contains("AS64500"), "{}", page.body);
        let (bank, _) = get(&db, "Bank").await.unwrap().unwrap();
        let page = browser.get(&format!("/constituents/{}", bank.id)).await;
        assert!(page.body.contains("Overlaps"));
        for format in ["csv", "networks", "json"] {
            let file = browser.get(&format!("/constituents/export/{format}")).await;
            assert!(file.status == StatusCode::OK && file.body.contains("192.0.2.0/25"), "{format}");
        }
        assert_eq!(browser.get("/constituents/export/xml").await.status, StatusCode::NOT_FOUND);
        let edit = browser.get(&format!("/constituents/{}/edit", bank.id)).await;
        let merge = format!("/constituents/{}/merge", bank.id);
        let nobody = browser.post(&merge, &[("csrf", edit.token()), ("into", "Nobody".into())]).await;
        assert!(nobody.location.ends_with("/edit"));
        let merged = browser.post(&merge, &[("csrf", edit.token()), ("into", "isp".into())]).await;
        assert!(merged.location.starts_with("/constituents/"));
        assert!(browser.get(&format!("/constituents/{}", bank.id)).await.body.contains("It was merged into"));
    });
}

#[test]
fn every_page_has_its_words_in_every_language_and_a_viewer_changes_nothing() {
    on_both(|db| async move {
        let mut browser = Browser::of(&db, Role::Duty).await;
        let token = browser.get("/constituents/import").await.token();
        let file = "name,name_ar,networks,association,contact_mail\nISP,مزود,192.0.2.0/24,,a@isp.example\nBank,,192.0.2.0/25,ISP,\n";
        let checked = browser.upload("/constituents/import", &token, file).await;
        let fields = [("csrf", checked.token()), ("held", checked.hidden("held"))];
        browser.post("/constituents/import/confirm", &fields).await;
        let (isp, _) = get(&db, "ISP").await.unwrap().unwrap();
        let one = format!("/constituents/{}", isp.id);
        let edit = format!("{one}/edit");
        for lang in ["en", "ar", "fr"] {
            for path in
                ["/constituents", "/constituents/new", "/constituents/import", "/constituents/overlaps", &one, &edit]
            {
                let page = browser.get(&format!("{path}?lang={lang}")).await;
                let page = if page.status == StatusCode::SEE_OTHER { browser.get(&page.location).await } else { page };
                assert_eq!(page.status, StatusCode::OK, "{path} {lang}");
                assert!(page.body.contains(&format!("<html lang=\"{lang}\"")), "{path} {lang}");
                assert!(!page.body.contains("constituency-"), "a key is shown on {path} in {lang}: {}", page.body);
                let inline = page.body.replace(r#"<script src="/assets/"#, "");
                assert!(!inline.contains("style=") && !inline.contains("<script"), "{path}");
            }
        }
        let missing: Vec<_> =
            browser.shell.words.missing().into_iter().filter(|(_, key)| key.starts_with("constituency")).collect();
        assert_eq!(missing, []);
        let mut viewer = Browser::of(&db, Role::Viewer).await;
        let page = viewer.get(&one).await;
        assert!(page.status == StatusCode::OK && !page.body.contains("/remove"));
        assert_eq!(viewer.get(&edit).await.status, StatusCode::FORBIDDEN);
        let refused = viewer.post(&format!("{one}/remove"), &[("csrf", page.token())]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    });
}
