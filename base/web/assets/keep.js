// Keeps what somebody writes into a form in their own browser until it was taken: by person, form and tab, for a week at most.
// Never passwords, files or what is hidden. Signing out forgets all of it. Forms work without this file.
"use strict";
(() => {
  const root = document.documentElement;
  const said = (document.getElementById("live") || {}).dataset;
  const ALL = "manara:";
  const WEEK = 7 * 86400000;
  const MOST = 200000;
  let store, tab, gone;
  try {
    store = localStorage;
    tab = sessionStorage.getItem("tab");
  } catch { return; }

  const keys = (begin) => Object.keys(store).filter((key) => key.startsWith(begin));
  const forget = (begin) => keys(begin).forEach((key) => store.removeItem(key));
  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  for (const form of document.querySelectorAll("form[action='/logout']")) form.addEventListener("submit", () => { gone = true; forget(ALL); });
  const mine = `${ALL}${root.dataset.person}:`;
  if (!said || root.dataset.keep !== "on") { forget(mine); return; }
  for (const key of keys(ALL)) {
    const kept = read(key);
    if (!kept || !(Date.now() - kept.at < WEEK)) store.removeItem(key);
  }

  // A tab holds a lock of its name; a copy of a tab takes another name.
  const name = () => {
    tab = Math.random().toString(36).slice(2);
    sessionStorage.setItem("tab", tab);
  };
  const hold = () => new Promise((held) => {
    if (!navigator.locks) { held(); return; }
    navigator.locks.request(ALL + tab, { ifAvailable: true }, (lock) => {
      if (!lock) name();
      held();
      return lock && new Promise(() => {});
    });
  });
  const others = async () => navigator.locks ? (await navigator.locks.query()).held.map((lock) => lock.name) : [];

  const fields = (form) => [...form.elements].filter((field) => field.name && field.name !== "csrf" &&
    !["hidden", "password", "file", "submit", "button", "reset", "image", "fieldset"].includes(field.type));
  const ticks = (field) => ["checkbox", "radio"].includes(field.type);
  const now = (form) => fields(form).map((field) => [field.name, ticks(field) ? field.checked : field.value]);
  const given = (form) => fields(form).map((field) => {
    if (ticks(field)) return [field.name, field.defaultChecked];
    if (!field.options) return [field.name, field.defaultValue];
    const usual = [...field.options].find((option) => option.defaultSelected) || field.options[0];
    return [field.name, usual ? usual.value : ""];
  });
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const note = (form, tone, text, discard) => {
    const make = (name, more) => Object.assign(document.createElement(name), more);
    const line = make("div", { className: `note ${tone} kept`, role: "status" });
    line.append(make("p", { textContent: text }));
    if (discard) line.append(make("button", {
      type: "button", textContent: said.wordsDiscard, onclick: () => { discard(); line.remove(); } }));
    for (const old of form.querySelectorAll(":scope > .kept")) old.remove();
    form.prepend(line);
  };
  const moment = (at) => {
    const locale = `${root.lang}-u-nu-${root.dataset.digits}`;
    return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: root.dataset.zone }).format(at);
  };

  const look = async (form) => {
    const address = `${new URL(form.action).pathname}${form.dataset.keep}`;
    const key = `${mine}${address}:${tab}`;
    const begin = `${mine}${address}:`;
    const usual = given(form);
    const living = await others();
    const isOpen = (one) => one !== key && living.includes(ALL + one.slice(begin.length));
    const at = (one) => (read(one) || { at: 0 }).at;
    // This tab's own, else the newest that a tab left behind.
    const left = keys(begin).filter((one) => !isOpen(one)).sort((a, b) => at(b) - at(a));
    const from = store.getItem(key) ? key : left[0];
    const kept = from && read(from);
    let base = usual;
    let timer;

    const save = () => {
      clearTimeout(timer);
      timer = undefined;
      if (gone) return;
      const values = now(form);
      const text = JSON.stringify({ at: Date.now(), base, values });
      if (same(values, base)) store.removeItem(key);
      else if (text.length < MOST) try { store.setItem(key, text); } catch { /* Full: what is written stays in the form. */ }
    };
    if (kept && same(kept.values, usual)) base = kept.base;
    else if (kept) {
      let changed = false;
      fields(form).forEach((field, at) => {
        const [was, is] = [kept.base[at], kept.values[at]];
        // Only what was written is put back: the rest may have changed on the server.
        if (!is || !was || is[0] !== field.name || is[1] === was[1]) return;
        changed ||= !same(was, usual[at]);
        if (ticks(field)) field.checked = is[1]; else field.value = is[1];
      });
      if (!same(now(form), usual)) {
        const text = changed ? said.wordsChanged : said.wordsKept;
        note(form, changed ? "warn" : "info", text.replace("%", moment(kept.at)), () => {
          form.reset();
          store.removeItem(key);
          store.removeItem(from);
        });
        const fold = form.closest("details");
        if (fold) fold.open = true;
      }
    }
    if (keys(begin).some(isOpen)) note(form, "warn", said.wordsOther);

    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 400); });
    form.addEventListener("change", save);
    addEventListener("pagehide", () => { if (timer) save(); });
    addEventListener("storage", (event) => {
      // What is this tab's own goes from elsewhere when one signs out there.
      if (event.key === key && !event.newValue) gone = true;
      else if (event.key && event.key.startsWith(begin) && event.key !== key && event.newValue) note(form, "warn", said.wordsOther);
    });
    form.addEventListener("submit", (event) => {
      save();
      if (navigator.onLine && !("lost" in said)) {
        sessionStorage.setItem("sent", JSON.stringify([Date.now(), key]));
        return;
      }
      event.preventDefault();
      note(form, "bad", said.wordsFailed);
    });
  };

  // A form was taken when the server led on from it, unless it led back to say why not.
  {
    const sent = JSON.parse(sessionStorage.getItem("sent") || "null");
    sessionStorage.removeItem("sent");
    const way = performance.getEntriesByType("navigation")[0];
    if (sent && way && way.redirectCount && Math.abs(performance.timeOrigin - sent[0]) < 5000 &&
      !document.querySelector(".note.bad[autofocus]")) store.removeItem(sent[1]);
  }
  addEventListener("pageshow", (event) => { if (event.persisted) sessionStorage.removeItem("sent"); });
  if (!tab) name();
  hold().then(() => document.querySelectorAll("form[data-keep]").forEach(look));
})();
