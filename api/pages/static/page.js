"use strict";

const byId = (id) => document.getElementById(id);
let colours = {};
let records = [];
let only = "";

/** Make an element with text; text is never taken for HTML. */
function element(tag, text, name) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (name) made.className = name;
  return made;
}

/** Put the sentence's text with its own evidence marked. */
function marked(record) {
  const line = element("span");
  const text = Array.from(record.text);
  const lit = new Set();
  for (const piece of record.evidence) {
    if (piece.from !== "own") continue;
    for (let at = piece.start; at < piece.end; at += 1) lit.add(at - record.start);
  }
  let at = 0;
  while (at < text.length) {
    let end = at + 1;
    while (end < text.length && lit.has(end) === lit.has(at)) end += 1;
    line.append(element(lit.has(at) ? "mark" : "span", text.slice(at, end).join("")));
    at = end;
  }
  return line;
}

function show() {
  const list = byId("sentences");
  list.replaceChildren();
  let path = "";
  for (const record of records) {
    if (only && !record.names.includes(only)) continue;
    const item = element("li");
    const here = record.headings.join(" › ");
    if (here !== path) item.append(element("h2", here));
    path = here;
    item.append(marked(record));
    record.names.forEach((name, at) => {
      const chip = element("span", name, "theme");
      chip.style.borderColor = colours[record.themes[at]];
      item.append(chip);
    });
    if (record.uncertain) item.append(element("span", "存疑", "doubt"));
    list.append(item);
  }
}

function count() {
  const totals = new Map();
  for (const record of records) {
    for (const name of record.names) totals.set(name, (totals.get(name) || 0) + 1);
  }
  const list = byId("counts");
  list.replaceChildren();
  for (const [name, total] of [...totals].sort((a, b) => b[1] - a[1])) {
    const button = element("button", `${name} ${total}`);
    button.type = "button";
    button.setAttribute("aria-pressed", String(only === name));
    button.addEventListener("click", () => {
      only = only === name ? "" : name;
      count();
      show();
    });
    const item = element("li");
    item.append(button);
    list.append(item);
  }
}

function request() {
  const file = byId("file").files[0];
  if (file) {
    const form = new FormData();
    form.append("file", file);
    return fetch("/v1/reports", { method: "POST", body: form });
  }
  return fetch("/v1/reports", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text: byId("text").value, name: "粘贴.txt" }),
  });
}

byId("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  byId("state").textContent = "标注中……";
  const reply = await request();
  const body = await reply.json();
  records = reply.ok ? body.records : [];
  only = "";
  const problem = typeof body.detail === "string" ? body.detail : JSON.stringify(body.detail);
  byId("state").textContent = reply.ok
    ? `${records.length} 句${body.trained_on ? "（训练用过）" : ""}`
    : `不能标注：${problem}`;
  count();
  show();
});

(async () => {
  const themes = await (await fetch("/v1/themes")).json();
  colours = Object.fromEntries(themes.themes.map((theme) => [theme.code, theme.colour]));
  const model = await fetch("/v1/model");
  byId("model").textContent = model.ok ? `模型 ${(await model.json()).name}` : "尚无模型";
})();
