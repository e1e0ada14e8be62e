//! The keys that every page has: the palette finds a record or a page and goes there, `?` shows the keys, `g` and a letter lead to
//! a page, and letters step through a list. In English, and on a keyboard that writes Arabic.

use fantoccini::Locator;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use manara_web::{Lang, Words};
use serde_json::json;

use crate::browser::{Browser, Scripts};
use crate::grid::{Faults, look_around};
use crate::house::House;
use crate::keys::{enter, press, text, until, write};

/// The letters that an Arabic keyboard writes where another has these.
const ARABIC: [(char, char); 9] =
    [('g', 'ل'), ('i', 'ه'), ('v', 'ر'), ('j', 'ت'), ('k', 'ن'), ('o', 'خ'), ('x', 'ء'), ('n', 'ى'), ('p', 'ح')];

/// Somebody at a keyboard of their language.
struct Typist<'a> {
    browser: &'a Browser,
    address: &'a str,
    lang: Lang,
    words: &'a Words,
}

impl Typist<'_> {
    fn t(&self, key: &str) -> String {
        self.words.t(self.lang, key).replace(['\u{2068}', '\u{2069}'], "")
    }

    async fn open(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.address)).await.unwrap();
    }

    /// Hits a key that writes something else than a Latin letter, by its place on the keyboard.
    async fn strike(&self, letter: char, code: &str, held: u8) {
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({ "type": kind, "key": letter.to_string(), "code": code, "modifiers": held });
            if kind == "keyDown" && held == 0 {
                event["text"] = json!(letter.to_string());
            }
            self.browser.command("Input.dispatchKeyEvent", event).await;
        }
    }

    /// Hits the key that has this letter where keyboards are Latin.
    async fn hit(&self, key: char) {
        let foreign = ARABIC.iter().find(|(latin, _)| *latin == key).filter(|_| self.lang == Lang::Ar);
        match (foreign, key) {
            (Some((_, letter)), _) => self.strike(*letter, &format!("Key{}", key.to_ascii_uppercase()), 0).await,
            (None, '?') if self.lang == Lang::Ar => self.strike('؟', "Slash", 0).await,
            (None, _) => press(self.browser, &[key]).await,
        }
    }

    /// Opens the palette by Ctrl and the key of K.
    async fn palette(&self) {
        if self.lang == Lang::Ar {
            self.strike('ن', "KeyK", 2).await;
        } else {
            let control = Key::Control.into();
            let hands = KeyActions::new("keyboard".to_string())
                .then(KeyAction::Down { value: control })
                .then(KeyAction::Down { value: 'k' })
                .then(KeyAction::Up { value: 'k' })
                .then(KeyAction::Up { value: control });
            self.browser.perform_actions(hands).await.unwrap();
        }
        self.palette_is_open().await;
    }

    async fn palette_is_open(&self) {
        let open = "const here = document.activeElement; return here.matches('dialog.palette[open] input') && here.matches(':focus-visible')";
        until(self.browser, open, "the palette opens and has the focus").await;
    }

    /// Waits until the line of the palette that Enter takes leads there, and is told to those who do not see it.
    async fn chosen(&self, href: &str) {
        let script = format!(
            "const line = document.querySelector('.palette [aria-selected=true]');
             return Boolean(line) && line.dataset.href === '{href}' && document.activeElement.getAttribute('aria-activedescendant') === line.id"
        );
        until(self.browser, &script, href).await;
    }

    async fn is_at(&self, path: &str) {
        let script = format!("return location.pathname === '{path}' && document.readyState === 'complete'");
        until(self.browser, &script, path).await;
    }

    /// Which row of the list has the focus: the first is 0, none is -1.
    async fn is_on_row(&self, row: i32) {
        let script = format!(
            "const rows = [...document.querySelectorAll('main table.list tbody tr')].filter((row) => row.querySelector('a[href]'));
             return rows.indexOf(document.activeElement.closest('tr')) === {row}"
        );
        until(self.browser, &script, &format!("row {row} has the focus")).await;
    }

    /// Finds a record by its number, and a page by its name.
    async fn finds(&self, number: &str, faults: &mut Faults) {
        let record = format!("/incidents/{number}");
        self.open("/about").await;
        self.palette().await;
        look_around(self.browser, (self.lang.tag(), self.lang.dir()), "the palette", faults).await;
        self.browser.width(1280).await;
        write(self.browser, number).await;
        self.chosen(&record).await;
        enter(self.browser).await;
        self.is_at(&record).await;

        self.palette().await;
        press(self.browser, &[Key::Escape.into()]).await;
        until(self.browser, "return !document.querySelector('dialog')", "Escape closes the palette").await;
        self.is_at(&record).await;

        // All pages stand in the palette before anything is written; arrows lead to the one that is meant.
        self.palette().await;
        let places = "return [...document.querySelectorAll('.palette [role=option]')].map((line) => line.dataset.href)";
        let places: Vec<String> = serde_json::from_value(self.browser.ask(places, vec![]).await).unwrap();
        let feeds = places.iter().position(|href| href == "/feeds").expect("the page of feeds");
        self.chosen(&places[0]).await;
        let down: char = Key::Down.into();
        press(self.browser, &vec![down; feeds + 1]).await;
        self.chosen(&places[feeds + 1]).await;
        press(self.browser, &[Key::Up.into()]).await;
        self.chosen("/feeds").await;
        enter(self.browser).await;
        self.is_at("/feeds").await;
    }

    /// The table of keys, and the keys that lead to a page.
    async fn goes(&self) {
        self.hit('?').await;
        self.is_at("/keys").await;
        let shown = text(self.browser).await;
        for key in ["desk-keys-title", "desk-key-palette", "desk-key-keys", "desk-key-next", "web-nav-incidents"] {
            assert!(shown.contains(&self.t(key)), "{key} is not in the table of keys: {shown}");
        }
        // One that stands in the navigation, and one that does not.
        for (letter, path) in [('i', "/incidents"), ('v', "/account/views")] {
            self.hit('g').await;
            self.hit(letter).await;
            self.is_at(path).await;
        }
    }

    /// Rows, the box of a row, the record behind it, and the next page, by letters.
    async fn steps(&self) {
        self.open("/findings?rows=8").await;
        self.is_on_row(-1).await;
        for (key, row) in [('j', 0), ('j', 1), ('k', 0), ('j', 1)] {
            self.hit(key).await;
            self.is_on_row(row).await;
        }
        self.hit('x').await;
        let ticked = "return document.activeElement.closest('tr').querySelector('input[type=checkbox]').checked";
        until(self.browser, ticked, "x ticks the row").await;
        let behind = self.browser.ask("return document.activeElement.pathname", vec![]).await;
        let behind = behind.as_str().expect("a link").to_string();
        assert!(behind.starts_with("/findings/"), "{behind}");
        self.hit('o').await;
        self.is_at(&behind).await;

        self.open("/findings?rows=8").await;
        for (key, link) in [('n', "next"), ('p', "first")] {
            let href = format!("return document.querySelector('.pager a[rel={link}]').href");
            let href = self.browser.ask(&href, vec![]).await;
            self.hit(key).await;
            let script = format!("return location.href === {href} && document.readyState === 'complete'");
            until(self.browser, &script, link).await;
        }
    }

    /// In a field a key writes its letter and does nothing else.
    async fn writes(&self) {
        self.open("/findings").await;
        self.browser.find(Locator::Css(".find input")).await.unwrap().click().await.unwrap();
        for key in ['g', 'i', '?'] {
            self.hit(key).await;
        }
        let written = self.browser.ask("return document.querySelector('.find input').value", vec![]).await;
        let want = if self.lang == Lang::Ar { "له؟" } else { "gi?" };
        assert_eq!(written, json!(want));
        self.is_at("/findings").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_and_the_keys_lead_everywhere_in_english_and_in_arabic() {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let house = House::of_demo(3);
    let number = house.text("SELECT number FROM incidents ORDER BY number LIMIT 1");
    let (_server, address) = house.serve();
    let words = Words::built_in().unwrap();
    let mut faults = Faults::default();
    for lang in [Lang::En, Lang::Ar] {
        browser.delete_all_cookies().await.unwrap();
        browser.sign_in(&address, "admin", lang.tag()).await;
        let typist = Typist { browser: &browser, address: &address, lang, words: &words };
        typist.finds(&number, &mut faults).await;
        typist.goes().await;
        typist.steps().await;
        typist.writes().await;
    }
    // Single keys can be switched off; the palette stays.
    let english = Typist { browser: &browser, address: &address, lang: Lang::En, words: &words };
    english.open("/account/settings").await;
    browser.find(Locator::Css("input[name=keys]")).await.unwrap().click().await.unwrap();
    browser.press("main form:has(input[name=keys]) button.main").await;
    english.open("/about").await;
    press(&browser, &['?', 'g', 'i']).await;
    english.palette().await;
    english.is_at("/about").await;
    faults.none();
}
