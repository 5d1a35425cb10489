// Small conveniences. Every page works without this file.
"use strict";

// A field that only counts after a certain answer is shown only then.
for (const part of document.querySelectorAll("[data-when]")) {
  const form = part.closest("form");
  const show = () => {
    const answers = [...form.elements].filter((e) => e.name === part.dataset.when);
    const value = answers.filter((e) => e.type !== "radio" || e.checked).map((e) => e.value)[0];
    part.hidden = value !== part.dataset.is;
  };
  form.addEventListener("change", show);
  show();
}

// Places and earlier tickets are offered for the agency that was chosen.
for (const agency of document.querySelectorAll("form.step [name=agency]")) {
  const show = () => {
    for (const group of agency.form.querySelectorAll("optgroup[data-of]")) {
      group.hidden = group.disabled = Boolean(agency.value) && group.dataset.of !== agency.value;
      if (group.disabled && group.querySelector("option:checked")) group.parentElement.value = "";
    }
  };
  agency.addEventListener("change", show);
  show();
}

for (const button of document.querySelectorAll("[data-confirm]")) {
  button.addEventListener("click", (event) => {
    if (!window.confirm(button.dataset.confirm)) event.preventDefault();
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// A table of readings grows when its last row is used.
for (const table of document.querySelectorAll("table.rows")) {
  table.addEventListener("input", () => {
    const last = table.tBodies[0].lastElementChild;
    if ([...last.querySelectorAll("input")].some((input) => input.value)) {
      const row = last.cloneNode(true);
      for (const input of row.querySelectorAll("input")) input.value = "";
      last.after(row);
    }
  });
}

// How many characters are left, once it matters.
for (const area of document.querySelectorAll("textarea[data-limit]")) {
  const limit = Number(area.dataset.limit);
  const note = document.createElement("p");
  note.className = "hint";
  note.setAttribute("aria-live", "polite");
  area.after(note);
  area.addEventListener("input", () => {
    note.textContent = area.value.length > limit * 0.8 ? `${area.value.length} / ${limit}` : "";
  });
}

// A diagnostic run reports how far it is, and the page is loaded anew when it is done.
for (const box of document.querySelectorAll("[data-poll]")) {
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.poll, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      box.innerHTML = await answer.text();
      if (box.querySelector("[data-done]") && !typing()) {
        window.location.hash = "pemeriksaan";
        window.location.reload();
        return;
      }
      if (box.querySelector("[data-done]")) return;
    } catch { /* the network is what is being repaired: try again */ }
    window.setTimeout(look, 700);
  };
  window.setTimeout(look, 500);
}

// A page that waits for something short looks again by itself.
// … ten times at most: an open page must not keep its session alive for ever.
if (document.querySelector("[data-reload]")) {
  const key = "looked:" + window.location.pathname;
  const looked = Number(window.sessionStorage.getItem(key) || 0);
  window.sessionStorage.setItem(key, String(looked + 1));
  if (looked < 10) window.setTimeout(() => window.location.reload(), 2500);
}

let touched = false;
document.addEventListener("input", () => { touched = true; });
function typing() { return touched; }

// Nothing typed is lost by a wrong click.
let sending = false;
document.addEventListener("submit", () => { sending = true; });
window.addEventListener("beforeunload", (event) => {
  if (touched && !sending && document.querySelector("form.step")) event.preventDefault();
});

// A form is sent once.
for (const form of document.querySelectorAll("form.step")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button.primary");
    window.setTimeout(() => { button.disabled = true; }, 0);
    window.setTimeout(() => { button.disabled = false; }, 8000);
  });
}

// The first field that is wrong takes the cursor.
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) wrong.focus();
