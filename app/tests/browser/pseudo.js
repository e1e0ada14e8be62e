// Words on the page at hand that do not come from the messages: letters a to z outside of what is marked as a value.
// Arguments: words that are names everywhere.
const [names] = arguments;
const data = "bdi, code, pre, kbd, time, script, style, textarea, .mono, .num, .letter, .tlp, [lang]:not(html)";
const values = new Set(names);
for (const element of document.querySelectorAll(data)) {
  const text = element.textContent.trim();
  if (text) values.add(text);
}
for (const option of document.querySelectorAll("option, input[value]")) if (option.value) values.add(option.value);
const known = [...values].sort((a, b) => b.length - a.length);
// A value inside a message stands between marks that set it apart; a moment by the standard is the same in every language.
const bare = (text) => {
  let before;
  text = text.replace(/\s+/g, " ").replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, " ");
  do { before = text; text = text.replace(/\u2068[^\u2068\u2069]*\u2069/g, " "); } while (text !== before);
  return text;
};
const strange = (text) => {
  let left = bare(text);
  if (!/[A-Za-z]/.test(left)) return false;
  for (const value of known) if (left.includes(value)) left = left.replaceAll(value, " ");
  return /[A-Za-z]/.test(left);
};
const found = new Set();
const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode;
  const parent = node.parentElement;
  if (!node.data.trim() || parent.closest(data)) continue;
  // What cannot be marked may hold a value of the page; elsewhere only names stand without a mark.
  const without = (text) => names.reduce((left, name) => left.replaceAll(name, " "), bare(text));
  if (strange(node.data) && (parent.matches("option, title") || /[A-Za-z]/.test(without(node.data)))) found.add(`<${parent.localName}> ${node.data.trim().slice(0, 90)}`);
}
for (const element of document.querySelectorAll("[title], [alt], [aria-label], [placeholder], [aria-description], [label]")) {
  for (const name of ["title", "alt", "aria-label", "placeholder", "aria-description", "label"]) {
    const text = element.getAttribute(name);
    // A field that is written from left to right asks for something that has no language: an address, a number.
    if (!text || (name === "placeholder" && element.dir === "ltr")) continue;
    if (strange(text)) found.add(`${name}="${text.slice(0, 90)}"`);
  }
}
return [...found];
