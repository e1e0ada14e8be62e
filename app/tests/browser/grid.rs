//! Every page in every language, light and dark, narrow and wide; once in high contrast, in forced colours and on paper.
//!
//! A page is loaded once for a language. Its width, colours and medium are then changed in the browser: nothing but style sheets
//! depends on them.

use std::sync::OnceLock;
use std::time::Instant;

use serde::Deserialize;
use serde_json::json;

use crate::browser::{Browser, Scripts};
use crate::house::House;
use crate::pages::{OUTSIDE, Samples};

const WIDTHS: [u32; 2] = [1280, 320];

/// What colours can change for the checker; everything else is as it was in the light.
const OF_COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// What has only its ground to be told by, and would be lost where all grounds are the same.
const WITHOUT_LINE: &str = "const lined = (style) => style.borderBlockStartStyle !== 'none' && parseFloat(style.borderBlockStartWidth) >= 1 || style.outlineStyle !== 'none';
    return [...document.querySelectorAll('.badge, .note, .tile, .card, .chips a, nav.main [aria-current], button, input:not([type=checkbox], [type=radio]), select, textarea')]
        .filter((element) => element.checkVisibility() && !lined(getComputedStyle(element))).map((element) => element.outerHTML.slice(0, 80))";

/// What `view.js` finds.
#[derive(Debug, Deserialize)]
struct View {
    lang: String,
    dir: String,
    title: String,
    raw: Vec<String>,
    over: i64,
    mains: i64,
    headings: i64,
    alone: Vec<String>,
    unturned: i64,
}

/// What is wrong, gathered so that one run tells all of it.
#[derive(Default)]
pub struct Faults {
    found: Vec<String>,
    views: usize,
}

impl Faults {
    fn note(&mut self, bad: bool, words: impl FnOnce() -> String) {
        if bad {
            self.found.push(words());
        }
    }

    /// Fails when there is any.
    pub fn none(&self) {
        assert!(self.found.is_empty(), "{} faults:\n{}", self.found.len(), self.found.join("\n"));
    }
}

fn axe() -> Option<&'static str> {
    static AXE: OnceLock<Option<String>> = OnceLock::new();
    let read = || {
        let file = std::env::var_os("AXE");
        if file.is_none() {
            eprintln!("NOT RUN: axe-core is not here; scripts/setup fetches it");
        }
        file.map(|file| std::fs::read_to_string(file).unwrap())
    };
    AXE.get_or_init(read).as_deref()
}

/// What the checker finds wrong with the page at hand; nothing where the checker is not there.
async fn wrong(browser: &Browser, rules: Option<&[&str]>) -> Vec<String> {
    if axe().is_none() {
        return Vec::new();
    }
    let found = browser.execute_async(include_str!("axe.js"), vec![json!(rules)]).await.unwrap();
    serde_json::from_value(found).unwrap()
}

/// The beginnings of message keys: each file of words is one.
fn begins() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/lang/en");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| Some(format!("{}-", name.strip_suffix(".ftl")?))).collect()
}

async fn view(browser: &Browser) -> View {
    serde_json::from_value(browser.ask(include_str!("view.js"), vec![json!(begins())]).await).unwrap()
}

/// Looks at the page at hand in both widths and both colours.
pub async fn look_around(browser: &Browser, (lang, dir): (&str, &str), path: &str, faults: &mut Faults) {
    if let Some(axe) = axe() {
        browser.execute(axe, vec![]).await.unwrap();
    }
    for width in WIDTHS {
        browser.width(width).await;
        let seen = view(browser).await;
        let at = format!("{path} in {lang} at {width} px");
        faults.note(seen.lang != lang || seen.dir != dir, || format!("{at} is {} {}", seen.lang, seen.dir));
        faults.note(seen.over > 0, || format!("{at} is {} px too wide", seen.over));
        faults.note(seen.mains != 1 || seen.headings != 1, || {
            format!("{at} has {} h1 in {} main", seen.headings, seen.mains)
        });
        faults.note(!seen.alone.is_empty(), || format!("{at} has pictures without their numbers: {:?}", seen.alone));
        faults.note(seen.unturned > 0, || format!("{at} has {} charts against the reading", seen.unturned));
        faults.note(seen.title.trim().is_empty(), || format!("{at} has no title"));
        faults.note(!seen.raw.is_empty(), || format!("{at} shows message keys: {:?}", seen.raw));
        for (colours, rules) in [("light", None), ("dark", Some(&OF_COLOURS[..]))] {
            browser.media("", &[("prefers-color-scheme", colours)]).await;
            let wrong = wrong(browser, rules).await;
            faults.note(!wrong.is_empty(), || format!("{at}, {colours}:\n    {}", wrong.join("\n    ")));
            faults.views += 1;
        }
        browser.media("", &[("prefers-color-scheme", "light")]).await;
    }
}

/// Looks at the page at hand as those see it who have a very large screen, who need more contrast, whose machine chooses the
/// colours, or who print it.
async fn look_once(browser: &Browser, path: &str, faults: &mut Faults) {
    // A wall or a desk with a screen of 4K, at its own size.
    browser.size(3840, 2160).await;
    let seen = view(browser).await;
    faults.note(seen.over > 0, || format!("{path} at 3840 px is {} px too wide", seen.over));
    faults.views += 1;
    browser.width(1280).await;
    for colours in ["light", "dark"] {
        browser.media("", &[("prefers-color-scheme", colours), ("prefers-contrast", "more")]).await;
        let theme = "document.documentElement.dataset.theme = arguments[0]; return 0";
        browser.ask(theme, vec![json!("contrast")]).await;
        let found = wrong(browser, Some(&OF_COLOURS)).await;
        faults.note(!found.is_empty(), || format!("{path} in high contrast, {colours}:\n    {}", found.join("\n    ")));
        browser.ask(theme, vec![json!("system")]).await;
        browser.media("", &[("prefers-color-scheme", colours), ("forced-colors", "active")]).await;
        // The machine paints texts and grounds itself; what was told apart by its ground needs a line around it.
        let bare = browser.ask(WITHOUT_LINE, vec![]).await;
        faults.note(bare != json!([]), || format!("{path} in forced colours, {colours}: no line around {bare}"));
        faults.views += 2;
    }
    // An A4 sheet between its margins.
    browser.width(718).await;
    browser.media("print", &[("prefers-color-scheme", "light")]).await;
    let seen = view(browser).await;
    faults.note(seen.over > 0, || format!("{path} on paper is {} px too wide", seen.over));
    let shown = "const seen = (element) => element.checkVisibility() && element.getClientRects().length;
        return [...document.querySelectorAll('nav.main, form:not(:has(table)), button, .skip, .foot')].filter(seen).map((e) => e.outerHTML.slice(0, 80))";
    let shown = browser.ask(shown, vec![]).await;
    faults.note(shown != json!([]), || format!("{path} prints what cannot be used on paper: {shown}"));
    let heading = browser.ask("return document.querySelector('h1').checkVisibility()", vec![]).await;
    faults.note(heading != json!(true), || format!("{path} has no heading on paper"));
    faults.views += 1;
    browser.media("", &[("prefers-color-scheme", "light")]).await;
    browser.width(1280).await;
}

/// Looks at every page in one language; `OUTSIDE` without an account, the others as the administrator.
async fn walk(lang: &str, dir: &str) {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let house = House::of_demo(3);
    let mut samples = Samples::make(&house);
    let (_server, address) = house.serve();
    browser.sign_in(&address, "admin", lang).await;
    samples.look(&browser, &address).await;
    let begin = Instant::now();
    let mut faults = Faults::default();
    browser.delete_all_cookies().await.unwrap();
    for path in OUTSIDE {
        let with = if path.contains('?') { '&' } else { '?' };
        browser.goto(&format!("{address}{path}{with}lang={lang}")).await.unwrap();
        look_around(&browser, (lang, dir), path, &mut faults).await;
    }
    browser.sign_in(&address, "admin", lang).await;
    for (name, path) in samples.addresses() {
        browser.goto(&format!("{address}{path}")).await.unwrap();
        look_around(&browser, (lang, dir), name, &mut faults).await;
        if lang == "en" {
            look_once(&browser, name, &mut faults).await;
        }
    }
    // The one who looks is looked at, too: a picture without words, wider than the window, is found.
    let plant =
        "const wide = document.createElement('img'); wide.style.inlineSize = wide.style.maxInlineSize = '3000px';
        wide.style.blockSize = '2rem'; document.body.append(wide); return 0";
    browser.ask(plant, vec![]).await;
    assert!(view(&browser).await.over > 0, "what is too wide");
    assert!(
        axe().is_none() || wrong(&browser, None).await.iter().any(|found| found.starts_with("image-alt")),
        "no words"
    );
    println!("{} views in {:.0} s", faults.views, begin.elapsed().as_secs_f64());
    faults.none();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_reads_well_in_english_wide_and_narrow_light_and_dark() {
    walk("en", "ltr").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_reads_well_in_arabic_wide_and_narrow_light_and_dark() {
    walk("ar", "rtl").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_reads_well_in_french_wide_and_narrow_light_and_dark() {
    walk("fr", "ltr").await;
}
