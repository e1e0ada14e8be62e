// How the page at hand looks, in one answer. Arguments: the beginnings of message keys.
const [begins] = arguments;
const root = document.documentElement;
// A message that nobody wrote shows as its key.
const raw = document.body.innerText.split(/\s+/).filter((word) =>
  /^[a-z]+(-[a-z0-9]+){2,}$/.test(word) && begins.some((begin) => word.startsWith(begin)));
// A picture of numbers stands in a row that says them, or beside the table or list of them.
const twin = "tr, figure:has(table, dl), section:has(table, dl)";
const alone = [...document.querySelectorAll("main svg")].filter((svg) =>
  !svg.closest(twin) && !(svg.getAttribute("role") === "img" && document.querySelector("main table")));
// Where reading begins at the right, charts do, too: the bars, and the first of the two ends below them.
const turned = (svg) => getComputedStyle(svg).transform.startsWith("matrix(-1");
const ends = [...document.querySelectorAll("main .axis:has(> bdi + bdi)")].map((axis) =>
  [axis.firstElementChild, axis.lastElementChild].map((end) => end.getBoundingClientRect()));
const rtl = root.dir === "rtl";
return {
  alone: alone.map((svg) => svg.outerHTML.slice(0, 80)),
  unturned: [...document.querySelectorAll("svg.bar, svg.flip")].filter((svg) => svg.checkVisibility() && turned(svg) !== rtl).length +
    ends.filter(([first, last]) => first.width && (first.left > last.left) !== rtl).length,
  lang: root.lang, dir: root.dir, title: document.title, raw,
  over: root.scrollWidth - root.clientWidth,
  mains: document.querySelectorAll("main").length,
  headings: document.querySelectorAll("h1").length,
};
