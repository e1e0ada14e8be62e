// Says that something changed since the page was made, and makes the numbers of home and the wall anew. Nothing needs this file:
// pages are made anew by loading them, and the wall refreshes by itself without it.
"use strict";
(() => {
  const say = document.getElementById("live");
  if (!say || !say.dataset.after) return;
  let part = document.querySelector("[data-fresh]");
  const kind = part && part.dataset.fresh;
  let after = say.dataset.after;
  let source, again, due, busy;
  let wait = 1000;
  let made = Date.now();
  let moved = 0;

  const show = (words, href) => {
    say.replaceChildren(...(words ? [Object.assign(document.createElement(href ? "a" : "span"), { href, textContent: words })] : []));
  };
  const lost = (is) => {
    if (is === "lost" in say.dataset) return;
    if (is) { say.dataset.lost = ""; show(say.dataset.wordsLost); }
    else { delete say.dataset.lost; show(""); }
  };

  // Nobody points, types, scrolls, marks text or stands in the part that is to change.
  const isAtRest = () => Date.now() - moved > 2000 && !String(getSelection()) && !document.querySelector("dialog[open]") &&
    !part.contains(document.activeElement);
  for (const name of ["pointermove", "keydown", "wheel"]) addEventListener(name, () => { moved = Date.now(); }, { passive: true });
  const anew = (later = 100) => {
    clearTimeout(due);
    const least = kind === "wall" ? 1000 : 5000;
    due = setTimeout(() => {
      if (document.hidden) return;
      if (busy || !isAtRest()) { anew(1000); return; }
      busy = true;
      const ask = new XMLHttpRequest();
      ask.open("GET", location.href);
      ask.responseType = "document";
      ask.timeout = 30000;
      ask.setRequestHeader("Manara-Live", kind);
      ask.onload = () => {
        const page = ask.status === 200 && ask.response;
        const next = page && page.querySelector("[data-fresh]");
        if (next && isAtRest()) {
          next.remove();
          part.replaceWith(document.adoptNode(next));
          part = next;
          made = Date.now();
          const place = page.getElementById("live");
          if (place && place.dataset.after) after = place.dataset.after;
        } else if (next) anew(1000);
        else if (kind === "wall" && ask.status) location.reload();
      };
      ask.onloadend = () => { busy = false; };
      ask.send();
    }, Math.max(later, made + least - Date.now()));
  };

  const close = () => { clearTimeout(again); if (source) source.close(); source = undefined; };
  const open = () => {
    if (source || document.hidden) return;
    const mine = source = new EventSource(`/live?on=${encodeURIComponent(location.pathname)}&after=${after}`);
    mine.onopen = () => { wait = 1000; lost(false); };
    mine.addEventListener("changed", (event) => {
      if (part) anew();
      else show(event.data, location.pathname + location.search);
    });
    mine.addEventListener("out", () => {
      close();
      wait = 0;
      show(say.dataset.wordsOut, "/login?next=" + encodeURIComponent(location.pathname + location.search));
    });
    mine.onerror = () => {
      if (!wait) return;
      // Closed by the browser: the server answered, and has no seat. Otherwise it did not answer.
      if (mine.readyState === EventSource.CLOSED) wait = 60000;
      else if (wait > 2000) lost(true);
      close();
      wait = Math.min(wait * 2, 60000);
      again = setTimeout(open, wait * (0.5 + Math.random()));
    };
  };

  document.addEventListener("visibilitychange", () => { if (document.hidden) close(); else if (wait) open(); });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted && wait) open(); });
  addEventListener("offline", () => { close(); lost(true); });
  addEventListener("online", () => { wait = 1000; open(); });
  if (kind === "wall") setInterval(() => anew(), Number(part.dataset.every) * 1000);
  open();
})();
