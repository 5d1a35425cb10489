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
      if (box.querySelector("[data-done]")) {
        if (chosen().length) return;
        keep();
        sending = true;
        window.location.hash = "pemeriksaan";
        window.setTimeout(() => window.location.reload(), touched ? 400 : 0);
        return;
      }
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

// What is typed into a step's form is kept as a draft when the page is left by another way than its own button.
const step = document.querySelector("form.step");
let touched = false;
let sending = false;
if (step) step.addEventListener("input", () => { touched = true; });
const chosen = () => [...(step ? step.querySelectorAll("input[type=file]") : [])].flatMap((input) => [...input.files]);
const keep = () => {
  if (!step || !touched || !document.body.dataset.drafts) return;
  const data = new FormData(step);
  for (const input of step.querySelectorAll("input[type=file]")) data.delete(input.name);
  navigator.sendBeacon(document.body.dataset.drafts, data);
};
document.addEventListener("submit", (event) => {
  const large = chosen().reduce((sum, file) => sum + file.size, 0) > 20 * 1024 * 1024;
  if (event.target !== step || large) keep();
  sending = true;
});
window.addEventListener("pagehide", () => { if (!sending) keep(); });
window.addEventListener("beforeunload", (event) => {
  if (!sending && chosen().length) event.preventDefault();  // files cannot be kept as a draft
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
const wrong = document.querySelector(".field.wrong input, .field.wrong select, .field.wrong textarea");
if (wrong) wrong.focus();
