// Keys and small comforts for the desk. Every page works without this file.
"use strict";
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const one = (what) => document.querySelector(what);
  const rows = () => all("table.rows tbody tr");
  const keys = one("#keys");
  let current = null; // the chosen row's case, also after the row was exchanged

  function go(step) {
    const list = rows();
    if (!list.length) return;
    const now = list.findIndex((row) => row.dataset.case === current);
    const next = now < 0 ? 0 : Math.min(list.length - 1, Math.max(0, now + step));
    list.forEach((row) => row.classList.remove("at"));
    list[next].classList.add("at");
    current = list[next].dataset.case;
    const link = list[next].querySelector("a.open");
    if (link) link.focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
  }
  const at = () => one("table.rows tr.at");
  const press = (element) => { if (element) element.click(); };

  const ACTS = {
    j: () => go(1),
    k: () => go(-1),
    Enter: () => press(at() && at().querySelector("a.open")),
    c: () => press(at() ? at().querySelector("button.claim") : one("[data-key=c]")),
    x: () => press(at() && at().querySelector("input[type=checkbox]")),
    u: () => press(one("a.up")),
    "/": () => { const field = one("#search"); if (field) { field.focus(); field.select(); } },
    "?": () => { if (keys) keys.open ? keys.close() : keys.showModal(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (typing) { if (event.key === "Escape") event.target.blur(); return; }
    if (event.key === "Enter" && event.target.matches("a, button, summary")) return;
    const act = ACTS[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest(".keys-open")) ACTS["?"]();
    const file = event.target.closest("[data-file]");
    if (file) all("[data-file]").forEach((each) => each.toggleAttribute("aria-current", each === file));
  });

  // What cannot be taken back is asked once more, and two clicks on an act are one act.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.id === "rows") return;
    if (form.dataset.sent || (form.dataset.ask && !window.confirm(form.dataset.ask))) return event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // A reason written down ticks its material.
  document.addEventListener("input", (event) => {
    if (!event.target.name || !event.target.name.startsWith("reason:") || !event.target.value.trim()) return;
    const tick = event.target.closest("li").querySelector("input[type=checkbox]");
    if (tick) tick.checked = true;
  });

  // A part of the page that could not be fetched is said, and what is on the page stays.
  const unreachable = (event) => {
    const status = event.detail.ctx && event.detail.ctx.response && event.detail.ctx.response.raw.status;
    if (status && status !== 500) return;
    const line = document.createElement("p");
    line.className = "refused";
    line.setAttribute("role", "alert");
    line.textContent = "没有连上服务器，刚才的操作可能没有生效。请刷新页面核对后再试。";
    one("#notice").replaceChildren(line);
  };
  document.addEventListener("htmx:error", unreachable);
  document.addEventListener("htmx:response:error", unreachable);

  all(".keys-open").forEach((button) => { button.hidden = false; });
})();
