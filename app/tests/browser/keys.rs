//! A person with a keyboard and nothing else: presses keys, and knows where they are by the name of what has the focus.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;

use crate::browser::Browser;

/// More stops than any page has before what is looked for.
const MOST_TABS: usize = 400;

/// What the thing with the focus is called: its label, or its own words.
const NAME: &str = "const here = document.activeElement;
    const own = here.getAttribute('aria-label') || (here.labels && here.labels.length && (here.labels[0].querySelector('span') || here.labels[0]).textContent);
    return (own || here.textContent).replace(/[\\u2066-\\u2069]/g, '').replace(/\\s+/g, ' ').trim()";

/// What hides the thing with the focus from whoever looks; nothing when it is seen.
const SEEN: &str = "const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const inside = box.width && box.height && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return (outlined ? '' : 'no outline ') + (inside ? '' : 'not in the window')";

/// Presses keys one after the other.
pub async fn press(browser: &Browser, keys: &[char]) {
    let mut hands = KeyActions::new("keyboard".to_string());
    for key in keys {
        hands = hands.then(KeyAction::Down { value: *key }).then(KeyAction::Up { value: *key });
    }
    browser.perform_actions(hands).await.unwrap();
}

/// Writes a text where the focus is.
pub async fn write(browser: &Browser, text: &str) {
    press(browser, &text.chars().collect::<Vec<_>>()).await;
}

/// Presses Enter, and waits for the page that it leads to.
pub async fn enter(browser: &Browser) {
    let mark = "document.documentElement.dataset.before = 'yes'; return 0";
    browser.ask(mark, vec![]).await;
    press(browser, &[Key::Enter.into()]).await;
    let gone = "return !document.documentElement.dataset.before && document.readyState === 'complete'";
    until(browser, gone, "Enter leads to another page").await;
}

/// Waits until a script says yes.
pub async fn until(browser: &Browser, script: &str, what: &str) {
    let begin = std::time::Instant::now();
    loop {
        // Between two pages there is nobody to ask.
        if browser.execute(script, vec![]).await.is_ok_and(|answer| answer == json!(true)) {
            return;
        }
        assert!(begin.elapsed().as_secs() < 30, "{what}: {}", browser.current_url().await.unwrap());
        tokio::task::yield_now().await;
    }
}

/// Presses Tab until what has the focus is called so.
pub async fn tab_to(browser: &Browser, name: &str) {
    let mut seen = Vec::new();
    for _ in 0..MOST_TABS {
        press(browser, &[Key::Tab.into()]).await;
        let here = browser.ask(NAME, vec![]).await;
        let here = here.as_str().unwrap();
        if here == name {
            is_seen(browser, name).await;
            return;
        }
        seen.push(here.chars().take(40).collect::<String>());
    }
    panic!("no stop is called {name:?} on {}: {seen:?}", browser.current_url().await.unwrap());
}

/// The same for what is told otherwise than by its name: by a script about what has the focus.
pub async fn tab_until(browser: &Browser, script: &str, what: &str) {
    for _ in 0..MOST_TABS {
        press(browser, &[Key::Tab.into()]).await;
        if browser.ask(script, vec![]).await == json!(true) {
            is_seen(browser, what).await;
            return;
        }
    }
    panic!("Tab does not lead to {what:?} on {}", browser.current_url().await.unwrap());
}

async fn is_seen(browser: &Browser, what: &str) {
    let hidden = browser.ask(SEEN, vec![]).await;
    assert_eq!(hidden, json!(""), "{what:?} has the focus on {}", browser.current_url().await.unwrap());
}

/// Chooses in the list that has the focus: down from the top, to the choice of that value.
pub async fn choose(browser: &Browser, value: &str) {
    press(browser, &[Key::Home.into()]).await;
    for _ in 0..200 {
        if browser.ask("return document.activeElement.value", vec![]).await == json!(value) {
            return;
        }
        press(browser, &[Key::Down.into()]).await;
    }
    panic!("the list has no choice {value}");
}

/// What the page says, without the marks that keep directions apart.
pub async fn text(browser: &Browser) -> String {
    let text = browser.ask("return document.body.innerText", vec![]).await;
    text.as_str().unwrap().replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}
