"""Style and script of the HTML report: everything stands in the one file, and nothing is fetched."""

import hashlib
from base64 import b64encode
from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --back: #ffffff; --text: #1a1f24; --soft: #5b6670; --line: #d7dde2; --panel: #f5f7f9;
  --critical: #8f1239; --high: #c2410c; --medium: #a16207; --low: #1d6fa5; --negligible: #64748b; --unscored: #6d4aa5;
  --good: #15803d; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --back: #14181c; --text: #e6eaee; --soft: #9aa7b2; --line: #2e373f;
  --panel: #1c2227; --critical: #ff7a9c; --high: #ff9a62; --medium: #f0c14b; --low: #6cb8ec; --negligible: #9aa7b2;
  --unscored: #c4a7ff; --good: #5fd38a; --link: #7db8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; }
a { color: var(--link); }
code, .mono { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.verdict { font-size: 1.15rem; }
.badge { display: inline-block; padding: .1rem .6rem; border: 1px solid currentcolor; border-radius: .3rem;
  font-weight: 600; }
.allow { color: var(--good); } .deny { color: var(--critical); } .unknown { color: var(--medium); }
.cards { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
.card { flex: 1 1 7rem; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--panel); }
.card b { display: block; font-size: 1.6rem; line-height: 1.2; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .negligible { color: var(--negligible); } .unscored { color: var(--unscored); }
.tools { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: .5rem 0; }
input[type=search] { flex: 1 1 16rem; padding: .4rem .6rem; font: inherit; color: inherit; background: var(--back);
  border: 1px solid var(--line); border-radius: .3rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child td { border-bottom: 0; }
th { position: sticky; top: 0; background: var(--panel); white-space: nowrap; }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
th[aria-sort=ascending] button::after { content: " \\2191"; }
th[aria-sort=descending] button::after { content: " \\2193"; }
td.sev { font-weight: 600; white-space: nowrap; }
details > summary { cursor: pointer; }
ul { margin: .25rem 0; padding-left: 1.2rem; }
[hidden] { display: none; }
@media print { .tools { display: none; } .scroll { overflow: visible; border: 0; }
  body { max-width: none; padding: 0; } }
"""

SCRIPT: Final = """
"use strict";
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  table.querySelectorAll("th button").forEach((button, column) => button.addEventListener("click", () => {
    const head = button.parentElement;
    const down = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("th").forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim().toLowerCase();
    const order = new Intl.Collator("en", { numeric: true }).compare;
    const rows = [...body.rows].map((row) => [key(row), row]);
    rows.sort((a, b) => (down ? -1 : 1) * order(a[0], b[0]));
    body.append(...rows.map((pair) => pair[1]));
  }));
}
const text = document.getElementById("filter");
if (text) {
  const rows = [...document.querySelectorAll("#findings tbody tr")];
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const boxes = [...document.querySelectorAll("input[data-rating]")];
  const flags = [...document.querySelectorAll("input[data-flag]")];
  const shown = document.getElementById("shown");
  const apply = () => {
    const asked = text.value.toLowerCase().split(" ").filter(Boolean);
    const ratings = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.rating));
    const wanted = flags.filter((box) => box.checked).map((box) => box.dataset.flag);
    let count = 0;
    for (const row of rows) {
      const fits = ratings.has(row.dataset.rating) && wanted.every((flag) => flag in row.dataset)
        && asked.every((word) => words.get(row).includes(word));
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = count + " of " + rows.length + " shown";
  };
  for (const input of [text, ...boxes, ...flags]) input.addEventListener("input", apply);
  apply();
}
"""


def policy() -> str:
    """The content security policy: these two texts, and nothing else (CSP level 3)."""
    style, script = (
        f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in (STYLE, SCRIPT)
    )
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
