// What axe-core finds wrong with the page at hand. Arguments: rules to look at, or null for all of WCAG 2.2 A and AA.
const done = arguments[arguments.length - 1];
const only = arguments[0]
  ? { runOnly: { type: "rule", values: arguments[0] } }
  : { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: { "target-size": { enabled: true } } };
axe.run(document, { ...only, resultTypes: ["violations"] }).then(
  (found) => done(found.violations.map((rule) => rule.id + ": " + rule.help + ": " +
    rule.nodes.slice(0, 3).map((node) => node.html + " " + node.failureSummary).join(" | "))),
  (error) => done([String(error)]));
