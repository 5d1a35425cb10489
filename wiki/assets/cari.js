// The search box in the header of every page, and the page cari/. What is found is the matter of cari-mesin.js, which
// is loaded when somebody means to search. Everything is shown as text: nothing that was typed or found becomes markup.
"use strict";

(() => {
  const SCRIPT = document.currentScript.src;
  const ROOT = new URL("../", SCRIPT);
  const PAGE = new URL(ROOT.protocol === "file:" ? "cari/index.html" : "cari/", ROOT).href;
  const IN_PANEL = 6, ON_PAGE = 10, PAUSE = 120, LONGEST = 300;
  const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember"];
  const FILTERS = [
    ["opd", "OPD"], ["perangkat", "Perangkat"], ["gangguan", "Gangguan"], ["tahun", "Tahun"], ["jenis", "Halaman"],
  ];
  const ALL = "Semua";
  const KINDS = { kasus: "Kasus", panduan: "Panduan dan SOP" };
  const BROKEN = "Pencarian belum dapat dipakai: berkasnya tidak ditemukan atau tidak terbaca. Muat ulang halaman ini.";

  /** Make an element; attributes that are null are left out, children that are strings are text. */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  let engine = null;

  function load(name) {
    return new Promise((resolve, reject) => {
      const script = element("script", { src: new URL(name, SCRIPT).href });
      script.async = false;  // all are fetched at once, and run in this order
      script.onload = resolve;
      script.onerror = () => { script.remove(); reject(new Error(name)); };
      document.head.append(script);
    });
  }

  function search() {
    if (!engine) {
      engine = Promise.all(["cari-kata.js", "cari-berkas.js", "cari-mesin.js"].map(load)).then(() => window.pulihCari);
      engine.catch(() => { engine = null; });
    }
    return engine;
  }

  const prepare = () => { search().then((found) => found.siap()).catch(() => undefined); };

  function day(iso) {
    const [year, month, date] = iso.split("-").map(Number);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  }

  const count = (n) => n.toLocaleString("id-ID");

  const marked = (pieces) => pieces.map(({ text, hit }) => (hit ? element("mark", {}, text) : document.createTextNode(text)));

  function row(result) {
    const details = result.kind === "kasus"
      ? [result.number, result.agency, result.fault, result.device, day(result.resolved)].filter(Boolean).join(" · ")
      : KINDS.panduan;
    const label = result.label ? element("b", {}, `${result.label}: `) : null;
    return element("li", { class: "pulih-temuan" },
      element("a", { class: "pulih-temuan__judul", href: result.url }, ...marked(result.title)),
      element("div", { class: "pulih-temuan__rinci" }, details),
      result.passage.length ? element("div", { class: "pulih-temuan__petikan" }, label, ...marked(result.passage)) : null);
  }

  function told({ total, all, partial, missing, empty, short }, filtered) {
    if (short) return "Teruskan mengetik: tiga huruf sudah cukup.";
    if (empty) return "Kata-kata itu terlalu umum. Sebut gejala, perangkat, tempat, atau nomornya.";
    const unknown = missing.length ? ` Tidak ada yang memuat: ${missing.join(", ")}.` : "";
    if (!all) return `Tidak ditemukan.${unknown} Coba kata lain atau lebih sedikit kata.`;
    if (!total && filtered) return `${count(all)} halaman cocok, tetapi tidak dengan saringan ini.`;
    if (partial) return `${count(total)} halaman memuat sebagian kata: tidak semua kata ditemukan bersama.${unknown}`;
    return `${count(total)} halaman ditemukan.`;
  }

  /** Call with what was last asked; answers to what was asked before are dropped. */
  function latest(ask, show, fail) {
    let turn = 0, timer = 0;
    const go = async (...how) => {
      turn += 1;
      const mine = turn;
      try {
        const answer = await ask(...how);
        if (mine === turn) show(answer, ...how);
      } catch {
        if (mine === turn) fail();
      }
    };
    return {
      now: (...how) => { clearTimeout(timer); return go(...how); },
      soon: (...how) => { clearTimeout(timer); timer = setTimeout(go, PAUSE, ...how); },
      stop: () => { clearTimeout(timer); turn += 1; },
    };
  }

  /** Arrow keys lead from the box through the results and back. */
  function walk(event, box, list) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [box, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0 || stops.length < 2) return;
    event.preventDefault();
    stops[(at + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length].focus();
  }

  function shortcut(box) {
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      box.focus();
      box.select();
    });
  }

  const input = (id) => element("input", {
    type: "search", id, name: "q", autocomplete: "off", spellcheck: "false", maxlength: String(LONGEST),
    placeholder: "Cari gejala, perangkat, nomor …", "aria-keyshortcuts": "/",
  });

  // ---- In the header -------------------------------------------------------------------------

  function header(bar) {
    const box = input("pulih-cari-kotak");
    const status = element("p", { role: "status", class: "pulih-cari__kabar" });
    const list = element("ol", { class: "pulih-cari__daftar" });
    const more = element("a", { class: "pulih-cari__semua", href: PAGE }, "Semua hasil dan saringan");
    const panel = element("div", { class: "pulih-cari__panel", hidden: "" }, status, list, more);
    const form = element("form", { class: "pulih-cari", role: "search", action: PAGE, method: "get" },
      element("label", { class: "pulih-tak-tampak", for: box.id }, "Cari di wiki"), box, panel);
    const small = element("a", { class: "pulih-cari__ikon md-header__button md-icon", href: PAGE, "aria-label": "Cari di wiki" },
      icon());
    const close = () => { panel.hidden = true; asking.stop(); };
    const asking = latest(
      async (text) => (await search()).cari(text, { typing: true, most: IN_PANEL }),
      (answer, text) => {
        status.textContent = told(answer, false);
        list.replaceChildren(...answer.results.map(row));
        const href = new URL(PAGE);
        href.searchParams.set("q", text);
        more.href = href.href;
        more.hidden = !answer.total;
        panel.hidden = false;
      },
      () => { status.textContent = BROKEN; list.replaceChildren(); more.hidden = true; panel.hidden = false; },
    );
    const ask = () => { if (box.value.trim()) asking.soon(box.value); else close(); };
    box.addEventListener("focus", () => { prepare(); if (box.value.trim() && panel.hidden) ask(); });
    box.addEventListener("input", ask);
    form.addEventListener("submit", (event) => { if (!box.value.trim()) event.preventDefault(); });
    form.addEventListener("keydown", (event) => {
      walk(event, box, panel);
      if (event.key !== "Escape") return;
      event.preventDefault();
      if (panel.hidden) box.value = "";
      close();
      box.focus();
      close();
    });
    form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
    document.addEventListener("pointerdown", (event) => { if (!form.contains(event.target)) close(); });
    const option = bar.querySelector(".md-header__option");
    if (option) option.before(form, small); else bar.append(form, small);
    shortcut(box);
  }

  function icon() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M10 3a7 7 0 1 0 4.2 12.6l5.1 5.1 1.4-1.4-5.1-5.1A7 7 0 0 0 10 3m0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10");
    svg.append(path);
    return svg;
  }

  // ---- The page ------------------------------------------------------------------------------

  function page(place) {
    const told_of = new URL(location.href).searchParams;
    const box = input("pulih-cari-kata");
    const status = element("p", { role: "status", class: "pulih-cari__kabar" });
    const list = element("ol", { class: "pulih-cari__daftar" });
    const more = element("button", { type: "button", class: "pulih-cari__lagi", hidden: "" }, "Tampilkan lagi");
    const clear = element("button", { type: "button", class: "pulih-cari__hapus", hidden: "" }, "Hapus saringan");
    const selects = FILTERS.map(([facet, label]) => {
      const select = element("select", { id: `pulih-saring-${facet}`, name: facet }, element("option", { value: "" }, ALL));
      const wanted = (told_of.get(facet) || "").slice(0, LONGEST);
      if (wanted) select.append(element("option", { value: wanted, selected: "" }, wanted));
      return { facet, select, field: element("div", {}, element("label", { for: select.id }, label), select) };
    });
    const sift = element("div", { class: "pulih-cari__saring", role: "group", "aria-label": "Saringan" },
      ...selects.map(({ field }) => field), clear);
    const form = element("form", { class: "pulih-cari-laman", role: "search" },
      element("label", { for: box.id }, "Apa yang dicari?"), box, sift);
    box.value = (told_of.get("q") || "").slice(0, LONGEST);

    const only = () => Object.fromEntries(selects.map(({ facet, select }) => [facet, select.value]));
    const filtered = () => selects.some(({ select }) => select.value);
    let start = 0;

    const options = ({ counts }) => {
      for (const { facet, select } of selects) {
        const chosen = select.value;
        const values = counts[facet].map((one) => ({ ...one, name: facet === "jenis" ? KINDS[one.key] : one.name }));
        values.sort((a, b) => (facet === "tahun" ? b.name.localeCompare(a.name) : a.name.localeCompare(b.name, "id")));
        if (chosen && !values.some(({ key }) => key === chosen)) {
          values.unshift({ key: chosen, name: select.selectedOptions[0].dataset.name || chosen, count: 0 });
        }
        select.replaceChildren(element("option", { value: "" }, ALL), ...values.map(({ key, name, count: n }) => element(
          "option", { value: key, "data-name": name, selected: key === chosen ? "" : null }, `${name} (${count(n)})`)));
        select.value = chosen;
      }
    };
    const remember = () => {
      const here = new URL(location.href);
      for (const [name, value] of Object.entries({ q: box.value.trim(), ...only() })) {
        if (value) here.searchParams.set(name, value); else here.searchParams.delete(name);
      }
      try { history.replaceState(null, "", here); } catch { /* a browser that forbids it for files */ }
    };
    const asking = latest(
      async (text, from) => {
        if (!text.trim() && !filtered()) return null;
        return (await search()).cari(text, { only: only(), typing: text === box.value, start: from, most: ON_PAGE });
      },
      (answer, text, from) => {
        if (!answer) {
          status.textContent = "Ketik beberapa kata, nomor tiket, alamat IP, atau merek perangkat.";
          list.replaceChildren();
          more.hidden = clear.hidden = true;
          return;
        }
        options(answer);
        const rows = answer.results.map(row);
        if (from) { list.append(...rows); rows[0]?.querySelector("a").focus(); } else list.replaceChildren(...rows);
        start = from + rows.length;
        status.textContent = told(answer, filtered()) + (start < answer.total ? ` Ditampilkan ${count(start)}.` : "");
        more.hidden = start >= answer.total;
        clear.hidden = !filtered();
        remember();
      },
      () => { status.textContent = BROKEN; list.replaceChildren(); more.hidden = true; },
    );
    box.addEventListener("input", () => asking.soon(box.value, 0));
    sift.addEventListener("change", () => asking.now(box.value, 0));
    more.addEventListener("click", () => asking.now(box.value, start));
    clear.addEventListener("click", () => {
      for (const { select } of selects) select.value = "";
      asking.now(box.value, 0);
      box.focus();
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); asking.now(box.value, 0); });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.target !== box) return;
      event.preventDefault();
      box.value = "";
      asking.now("", 0);
    });
    place.addEventListener("keydown", (event) => { if (event.target.localName !== "select") walk(event, box, list); });
    place.replaceChildren(form, status, list, more);
    shortcut(box);
    prepare();
    asking.now(box.value, 0);
    if (!told_of.get("q")) box.focus({ preventScroll: true });
  }

  const place = document.getElementById("pulih-cari");
  const bar = document.querySelector(".md-header__inner");
  if (place) page(place); else if (bar) header(bar);
})();
