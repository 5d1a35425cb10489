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

// While a press waits for the draft to be kept, nothing may take the pressed form off the page.
let pressing = false;

// One answer at a time: asks a while after the last call, and whatever was asked before is dropped.
const asker = (wait, show) => {
  let timer = 0;
  let current = new AbortController();
  return (address, options = {}) => {
    window.clearTimeout(timer);
    current.abort();
    current = new AbortController();
    const { signal } = current;
    timer = window.setTimeout(async () => {
      try {
        const answer = await fetch(address, { credentials: "same-origin", ...options, signal });
        const part = await answer.text();
        // A page to sign in at is no answer; what stands there stays, and the form's own button leads on.
        if (answer.ok && !answer.redirected && !signal.aborted && !pressing) show(part);
      } catch { /* dropped, or no network */ }
    }, wait);
  };
};

// The cases that are found follow the words while they are typed. The address keeps up, without a past of half words.
for (const form of document.querySelectorAll("form[data-search]")) {
  const place = document.getElementById(form.dataset.search);
  const status = document.getElementById(`${form.dataset.search}-kabar`);
  const address = () => {
    const given = [...new FormData(form)].filter(([, value]) => value.trim());
    return `${form.action}?${new URLSearchParams(given)}`;
  };
  const ask = asker(250, (part) => {
    place.innerHTML = part;
    status.textContent = place.querySelector("[data-count]").textContent;
    window.history.replaceState(null, "", address());
    for (const back of document.querySelectorAll("[name=back]")) back.value = address().slice(window.location.origin.length);
  });
  form.addEventListener("input", () => ask(`${address()}&bagian=1`));
}

// A part of the page follows what is typed in the form beside it: similar cases, similar open tickets.
for (const part of document.querySelectorAll("[data-follows]")) {
  const form = document.querySelector("form.step");
  const words = document.querySelector(`[name="${part.dataset.words}"]`);
  const followed = part.dataset.follows.split(" ");
  const counts = (name) => followed.includes(name.split(".")[0]);
  const ask = asker(400, (text) => {
    part.innerHTML = text;
    const told = part.querySelector("[data-told]");
    const status = document.getElementById(part.dataset.tells);
    if (status && told) status.textContent = told.dataset.told;
  });
  const look = () => {
    const body = new FormData();
    for (const [name, value] of form ? new FormData(form) : []) {
      if (name === "csrf_token" || counts(name)) body.append(name, value);
    }
    if (words) body.append(words.name, words.value);
    if (!form) body.append("csrf_token", document.querySelector("[name=csrf_token]").value);
    ask(part.dataset.from, { method: "POST", body });
  };
  if (form) {
    form.addEventListener("input", (event) => { if (counts(event.target.name)) look(); });
    form.addEventListener("change", (event) => { if (counts(event.target.name)) look(); });
  }
  if (words) words.addEventListener("input", look);
}

// The sample of a paper follows the settings while they are typed.
for (const frame of document.querySelectorAll("iframe[data-live]")) {
  const form = document.querySelector("form.step");
  const ask = asker(400, (page) => { frame.srcdoc = page; });
  const look = () => ask(frame.dataset.live, { method: "POST", body: new FormData(form) });
  form.addEventListener("input", look);
  form.addEventListener("change", look);
}

// On a telephone the search box of every page unfolds from its sign; "/" leads to it on any.
const finder = () => document.getElementById("kotak-cari") || document.getElementById("kotak-atas");
for (const sign of document.querySelectorAll("[data-unfold]")) {
  const box = document.getElementById(sign.dataset.unfold);
  sign.setAttribute("role", "button");
  sign.setAttribute("aria-expanded", "false");
  sign.setAttribute("aria-controls", box.id);
  sign.addEventListener("click", (event) => {
    event.preventDefault();
    sign.setAttribute("aria-expanded", String(box.classList.toggle("open")));
    if (box.classList.contains("open")) finder().focus();
  });
}
if (window.location.hash === "#kotak-cari" && finder()) finder().focus();
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !finder()) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  finder().form.classList.add("open");
  finder().focus();
  finder().select();
});

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
    window.setTimeout(look, 400);
  };
  window.setTimeout(look, 300);
}

// Papers that are put together, a site that is published to: how far it is, until it is done.
for (const box of document.querySelectorAll("[data-watch]")) {
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.watch, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      box.innerHTML = await answer.text();
      if (box.querySelector("[data-done]")) {
        if (box.dataset.then === "reload") window.location.reload();
        return;
      }
    } catch { /* no network: try again */ }
    window.setTimeout(look, Number(box.dataset.pace) || 700);
  };
  window.setTimeout(look, 500);
}

// A button that tries what is typed shows what was found beside it, and the form stays as it is.
for (const button of document.querySelectorAll("button[data-into]")) {
  const place = document.getElementById(button.dataset.into);
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true;
    place.setAttribute("aria-busy", "true");
    try {
      const body = new FormData(button.form);
      const answer = await fetch(`${button.formAction}?bagian=1`, { method: "POST", credentials: "same-origin", body });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      place.innerHTML = await answer.text();
    } catch { // the page itself can say what is the matter
      button.form.action = button.formAction;
      button.form.submit();
    }
    button.disabled = false;
    place.removeAttribute("aria-busy");
  });
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
const draft = () => {
  if (!step || !touched || !document.body.dataset.drafts) return null;
  const data = new FormData(step);
  for (const input of step.querySelectorAll("input[type=file]")) data.delete(input.name);
  return data;
};
const keep = () => {
  const data = draft();
  if (data) navigator.sendBeacon(document.body.dataset.drafts, data);
};
let kept = false;
document.addEventListener("submit", (event) => {
  const large = chosen().reduce((sum, file) => sum + file.size, 0) > 20 * 1024 * 1024;
  const data = event.target !== step && !kept ? draft() : null;
  if (data) {
    // Another button of the page: it is pressed once the draft is kept, so that the next page has it.
    event.preventDefault();
    pressing = true;
    const press = () => {
      kept = true;
      event.target.requestSubmit(event.submitter);
      pressing = false;
    };
    fetch(document.body.dataset.drafts, { method: "POST", body: data, signal: AbortSignal.timeout(3000) }).then(press, press);
    return;
  }
  if (large) keep();
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

// What is drawn before its answer comes says so, until the next page is there: what was pressed rests, a sentence tells.
for (const one of document.querySelectorAll("[data-busy]")) {
  const told = document.createElement("p");
  told.className = "busy";
  told.setAttribute("role", "status");
  const form = one.matches("form");
  if (form) one.append(told);
  else (one.closest(".actions, p") || one).after(told);
  const parts = form ? [...one.querySelectorAll("button")] : [];
  let timer = 0;
  const rest = () => {
    window.clearTimeout(timer);
    told.replaceChildren();
    one.removeAttribute("aria-busy");
    for (const button of parts) button.disabled = false;
  };
  const work = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    rest();
    one.setAttribute("aria-busy", "true");
    timer = window.setTimeout(() => {
      const bar = document.createElement("progress");
      bar.setAttribute("aria-hidden", "true");
      told.replaceChildren(one.dataset.busy, bar);
      for (const button of parts) button.disabled = true;
      if (!form) timer = window.setTimeout(rest, 8000);  // a file that is kept brings no next page
    }, form ? 0 : 300);
  };
  one.addEventListener(form ? "submit" : "click", work);
  window.addEventListener("pageshow", (event) => { if (event.persisted) rest(); });
}

// The first field that is wrong takes the cursor.
const wrong = document.querySelector(".field.wrong input, .field.wrong select, .field.wrong textarea");
if (wrong) wrong.focus();
