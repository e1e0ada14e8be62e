// The keys of the pages, and the palette. Every page works without this file: /search and /keys do the same by links.
// Nothing here makes HTML of a text, and nothing is loaded but /keys and /search of this server.
"use strict";
(() => {
  const root = document.documentElement;
  const single = root.dataset.keys === "on";
  // What /keys said, once it was asked.
  let known;
  // Until when a letter after g means a page.
  let going = 0;
  let palette;

  const ask = async (address, signal) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const keys = () => (known ??= ask("/keys").catch((error) => { known = undefined; throw error; }));

  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };

  // A letter is the one on the key where the keyboard writes another alphabet.
  const letter = (event) => {
    if (event.key === "؟") return "?";
    const foreign = event.key.length === 1 && event.key.charCodeAt(0) > 127;
    return foreign && event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
  };

  const rows = () => [...document.querySelectorAll("main table.list tbody tr")].filter((row) => row.querySelector("a[href]"));
  const target = (row) => row.querySelector("th a[href]") || row.querySelector("a[href]");
  const here = () => document.activeElement && document.activeElement.closest("main table.list tbody tr");

  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(here());
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    target(all[next]).focus();
    all[next].scrollIntoView({ block: "nearest" });
  };

  const open = async () => {
    if (palette) return;
    let table;
    try { table = await keys(); } catch { location.href = "/search"; return; }
    if (palette) return;
    const input = make("input", { type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": "hits",
      "aria-label": table.search, placeholder: table.search, maxlength: "200", dir: "auto", autocomplete: "off",
      autocapitalize: "none", spellcheck: "false" });
    const list = make("ul", { id: "hits", role: "listbox", "aria-label": table.search });
    const say = make("p", { role: "status", class: "hint" });
    palette = make("dialog", { class: "palette", "aria-label": table.title }, input, list, say);
    let at = 0;
    let asked;
    const mark = () => [...list.querySelectorAll("[role=option]")].forEach((line, place) => {
      line.setAttribute("aria-selected", String(place === at));
      if (place === at) { input.setAttribute("aria-activedescendant", line.id); line.scrollIntoView({ block: "nearest" }); }
    });
    const show = (groups) => {
      list.replaceChildren();
      let place = 0;
      for (const group of groups) {
        if (!group.hits.length) continue;
        list.append(make("li", { role: "presentation", class: "mute" }, group.title));
        for (const hit of group.hits) {
          const name = make("bdi", hit.mono ? { dir: "ltr", class: "mono" } : { dir: "auto" }, hit.name);
          const line = make("li", { role: "option", id: `hit-${place++}` }, name);
          if (hit.about) line.append(" ", make("small", { class: "mute", dir: "auto" }, hit.about));
          line.dataset.href = hit.href;
          list.append(line);
        }
      }
      at = 0;
      input.removeAttribute("aria-activedescendant");
      mark();
      say.textContent = place ? "" : table.none;
    };
    const pages = (text) => {
      const wanted = text.toLocaleLowerCase();
      return { title: table.title, hits: table.pages.filter((page) => page.name.toLocaleLowerCase().includes(wanted)) };
    };
    const look = () => {
      const text = input.value.trim();
      if (asked) asked.abort();
      asked = new AbortController();
      const { signal } = asked;
      show([pages(text)]);
      if (text.length < 2) return;
      setTimeout(() => {
        if (signal.aborted) return;
        ask(`/search?q=${encodeURIComponent(text)}`, signal)
          .then((found) => show([...found.groups, pages(text)]))
          .catch(() => { if (!signal.aborted) say.textContent = table.failed; });
      }, 150);
    };
    const go = (line) => {
      const text = input.value.trim();
      if (line) location.href = line.dataset.href;
      else if (text) location.href = `/search?q=${encodeURIComponent(text)}`;
    };
    input.addEventListener("input", look);
    input.addEventListener("keydown", (event) => {
      const all = list.querySelectorAll("[role=option]");
      if (event.isComposing) return;
      if (event.key === "ArrowDown") at = Math.min(at + 1, all.length - 1);
      else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
      else if (event.key === "Enter") go(all[at]);
      else if (event.key === "Escape") palette.close();
      else return;
      event.preventDefault();
      mark();
    });
    list.addEventListener("click", (event) => { const line = event.target.closest("[role=option]"); if (line) go(line); });
    palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
    palette.addEventListener("close", () => { palette.remove(); palette = undefined; });
    document.body.append(palette);
    palette.showModal();
    look();
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && letter(event).toLowerCase() === "k") {
      event.preventDefault();
      open();
      return;
    }
    const typing = event.target.closest && event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
    if (!single || typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = letter(event);
    if (going > Date.now()) {
      going = 0;
      const link = document.querySelector(`nav.main a[data-key="${CSS.escape(key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      else keys().then((table) => {
        const page = table.pages.find((one) => one.key === key);
        if (page) location.href = page.href;
      }, () => {});
      return;
    }
    const row = here();
    const box = row && row.querySelector("input[type=checkbox]");
    const pager = { n: ".pager a[rel=next]", p: ".pager a[rel=first]" }[key];
    if (key === "g") going = Date.now() + 1500;
    else if (key === "/") open();
    else if (key === "?") location.href = "/keys";
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "o" && row) target(row).click();
    else if (key === "x" && box) box.click();
    else if (pager) { const link = document.querySelector(pager); if (!link) return; link.click(); }
    else return;
    event.preventDefault();
  });
})();
