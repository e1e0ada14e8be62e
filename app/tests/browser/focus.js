// Notes where the Tab key leads. Each stop is measured when the next Tab is pressed: by then the page has scrolled to it.
const stops = [];
let ended = false;
const place = (element) => {
  const boxes = [...element.getClientRects()].filter((box) => box.width && box.height);
  const box = boxes[0] || element.getBoundingClientRect();
  let [x, y] = [scrollX, scrollY];
  for (let up = element.parentElement; up && up !== document.documentElement && up !== document.body; up = up.parentElement) {
    x += up.scrollLeft;
    y += up.scrollTop;
  }
  return { box, left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y };
};
const said = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);
const parts = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
const bright = ([r, g, b]) => {
  const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
};
const ground = (element) => {
  for (let up = element.parentElement; up; up = up.parentElement) {
    const colour = parts(getComputedStyle(up).backgroundColor);
    if (colour.length === 3 || colour[3] > 0.5) return colour;
  }
  return [255, 255, 255];
};
const contrast = (a, b) => {
  const [x, y] = [bright(a), bright(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};
const measure = (element) => {
  const style = getComputedStyle(element);
  const { box } = place(element);
  // What the window and the boxes that scroll leave of it.
  let { left, right, top, bottom } = box;
  const clip = (by) => {
    [left, right] = [Math.max(left, by.left), Math.min(right, by.right)];
    [top, bottom] = [Math.max(top, by.top), Math.min(bottom, by.bottom)];
  };
  clip({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
  for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
    if (getComputedStyle(up).overflowX !== "visible") clip(up.getBoundingClientRect());
  }
  const inside = right - left >= 1 && bottom - top >= 1;
  const hit = inside && document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const label = element.closest("label");
  const bare = Boolean(hit) && (element.contains(hit) || (label !== null && label.contains(hit)));
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return {
    element, inside, bare, outlined,
    contrast: outlined ? contrast(parts(style.outlineColor), ground(element)) : 0,
    cover: hit && !bare ? said(hit) : "",
  };
};
const step = () => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) { ended = stops.length > 0; return; }
  if (stops.length && stops[0].element === element && stops.length > 1) { ended = true; return; }
  const last = stops[stops.length - 1];
  if (last && last.element === element) stops[stops.length - 1] = measure(element);
  else stops.push(measure(element));
};
document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab") return;
  if (!ended) step();
  if (ended) event.preventDefault();
}, true);

window.manaraFocus = {
  ended: () => ended,
  faults: () => {
    const found = [];
    const rtl = document.documentElement.dir === "rtl";
    if (!stops.length || !stops[0].element.matches(".skip, .wall *")) found.push("the skip link is not the first stop");
    for (const stop of stops) {
      if (!stop.outlined) found.push("no outline: " + said(stop.element));
      else if (stop.contrast < 3) found.push("an outline of " + stop.contrast.toFixed(2) + ":1: " + said(stop.element));
      if (!stop.inside) found.push("not in the window: " + said(stop.element));
      else if (!stop.bare) found.push("covered by " + stop.cover + ": " + said(stop.element));
    }
    // Places are compared as they are when nothing has the focus: a field may grow while it has it.
    document.activeElement.blur();
    const places = stops.map((stop) => ({ element: stop.element, ...place(stop.element) }));
    for (let i = 1; i < places.length; i++) {
      const [a, b] = [places[i - 1], places[i]];
      if (!(a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING)) {
        found.push("out of the order of the document: " + said(a.element) + " → " + said(b.element));
      }
      if (a.element.matches(".skip")) continue;
      const below = b.top >= a.bottom - 6;
      const after = rtl ? b.right <= a.left + 6 : b.left >= a.right - 6;
      const within = a.element.contains(b.element);
      if (!below && !after && !within) found.push("against the order of reading: " + said(a.element) + " → " + said(b.element));
    }
    const visited = new Set(stops.map((stop) => stop.element));
    const groups = new Set(stops.filter((stop) => stop.element.type === "radio").map((stop) => stop.element.name));
    const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    for (const element of document.querySelectorAll(wanted)) {
      if (element.disabled || element.tabIndex < 0 || visited.has(element)) continue;
      if (!element.checkVisibility({ visibilityProperty: true }) || !element.getClientRects().length) continue;
      if (element.type === "radio" && groups.has(element.name)) continue;
      found.push("no key leads to " + said(element));
    }
    return { stops: stops.length, faults: [...new Set(found)] };
  },
};
return 0;
