// Everything works without this file. It only saves reloads and clicks:
// live parts, a question before what cannot be undone, filtering as one types, arrow keys in lists.
"use strict";
(() => {
  const each = (selector, run, root = document) => root.querySelectorAll(selector).forEach(run);

  // Live parts: on a hint from the server, fetch this same page and replace what changed.
  let busy = false, again = false, timer = 0;
  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, credentials: "same-origin" });
      if (answer.redirected) { location.reload(); return; }
      if (!answer.ok) return;
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      each("[data-live]", (old) => {
        const now = next.getElementById(old.id);
        if (!now || now.innerHTML === old.innerHTML) return;
        if (old.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return;
        const focus = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
        const before = new Set([...old.querySelectorAll("[data-key]")].map((item) => item.dataset.key + item.textContent));
        old.replaceChildren(...now.childNodes);
        each("[data-key]", (item) => { if (!before.has(item.dataset.key + item.textContent)) item.classList.add("fresh"); }, old);
        if (focus) old.querySelector(`[href="${CSS.escape(focus)}"]`)?.focus();
      });
    } catch { /* the next hint tries again */ } finally {
      busy = false;
      if (again) { again = false; soon(); }
    }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(refresh, document.hidden ? 5000 : 150); };
  if (document.querySelector("[data-live]")) {
    let source = null;
    const listen = () => {
      source = new EventSource(document.querySelector("[data-live-from]")?.dataset.liveFrom ?? "/app/live");
      source.addEventListener("change", soon);
      source.addEventListener("open", () => document.documentElement.dataset.connected = "yes");
      source.addEventListener("error", () => delete document.documentElement.dataset.connected);
    };
    listen();
    addEventListener("pagehide", () => source?.close());
    addEventListener("pageshow", (event) => { if (event.persisted) { listen(); soon(); } });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  }

  // A question before what cannot be undone.
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset?.confirm;
    if (!question || event.target.dataset.sure) return;
    event.preventDefault();
    const box = document.createElement("dialog");
    const text = document.createElement("p");
    const form = document.createElement("form");
    const actions = document.createElement("div");
    const stay = document.createElement("button");
    const go = document.createElement("button");
    form.method = "dialog";
    text.textContent = question;
    actions.className = "actions";
    stay.className = "button";
    stay.textContent = "Retour";
    go.className = "button danger";
    go.value = "yes";
    go.textContent = event.submitter?.textContent || "Confirmer";
    actions.append(stay, go);
    form.append(text, actions);
    box.append(form);
    document.body.append(box);
    box.addEventListener("close", () => {
      box.remove();
      if (box.returnValue !== "yes") return;
      event.target.dataset.sure = "yes";
      event.target.requestSubmit(event.submitter);
    });
    box.showModal();
  });

  // A form that costs something is sent once; coming back, it can be sent again.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !("once" in event.target.dataset)) return;
    if (event.target.dataset.once === "sent") { event.preventDefault(); return; }
    event.target.dataset.once = "sent";
    each("button[type=submit]", (button) => button.setAttribute("aria-busy", "true"), event.target);
  });
  addEventListener("pageshow", () => each("form[data-once]", (form) => {
    form.dataset.once = "";
    each("button", (button) => button.removeAttribute("aria-busy"), form);
  }));

  // Filters answer at once; their button is only needed without this script.
  each("form[data-auto]", (form) => {
    each("button[data-without-script]", (button) => button.hidden = true, form);
    let wait = 0;
    form.addEventListener("input", (event) => {
      clearTimeout(wait);
      // A date changes with every digit of its year.
      const pause = event.target.matches("select") ? 0 : event.target.type === "date" ? 1500 : 600;
      wait = setTimeout(() => form.requestSubmit(), pause);
    });
  });

  // Arrow keys move between rows.
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !/^Arrow(Up|Down)$/.test(event.key)) return;
    const here = document.activeElement?.closest("a.row");
    if (!here) return;
    const rows = [...here.closest("table").querySelectorAll("a.row")];
    const next = rows[rows.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  });

  // The written demonstration scrolls to its last sentence.
  each("[data-end]", (list) => { list.scrollTop = list.scrollHeight; });
})();
