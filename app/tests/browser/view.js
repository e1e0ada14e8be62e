// How the page at hand looks, in one answer. Arguments: the beginnings of message keys.
const [begins] = arguments;
const root = document.documentElement;
// A message that nobody wrote shows as its key.
const raw = document.body.innerText.split(/\s+/).filter((word) =>
  /^[a-z]+(-[a-z0-9]+){2,}$/.test(word) && begins.some((begin) => word.startsWith(begin)));
return {
  lang: root.lang, dir: root.dir, title: document.title, raw,
  over: root.scrollWidth - root.clientWidth,
  mains: document.querySelectorAll("main").length,
  headings: document.querySelectorAll("h1").length,
};
