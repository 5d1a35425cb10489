// Finds pages by words. Shows nothing itself: cari.js does.
"use strict";

(() => {
  const { fold, first, size, without, TOKENS, SEEN, PLAIN, NAME, A_TO_Z } = window.pulihKata;
  const { FACETS, ROOT, Stale, load, numbers, together, ready, withLibrary } = window.pulihBerkas;
  const WEIGHT = [1, 1.6, 2.4, 3.2];  // elsewhere, what was done, symptom, title
  const NAMED = 2;  // the name of an OPD, a kind or a fault
  const WHOLLY = 2;  // more, where all words of such a name were typed: "kabel putus" is a fault
  const NUMBER = 40;  // the case's own number
  const GUIDE = 0.8;
  const MOST_LETTERS = 300, MOST_WORDS = 10, MOST_LONGER = 60;
  const PASSAGE = 190;  // letters
  const TEXTS = 4;  // numbers whose texts share a file

  // ---- A query -------------------------------------------------------------------------------

  /** What is asked for: per word the terms that it is, the beginnings that it may be, and what else would do. */
  function asked(words, text, typing) {
    const folded = fold(first(text, MOST_LETTERS));
    const all = (folded.match(TOKENS) || []).slice(0, MOST_WORDS);
    const open = typing && all.length && folded.endsWith(all[all.length - 1]);
    const items = new Map();
    const add = (shown, terms, beginnings, instead = [], short = false) => {
      if (terms.length || beginnings.length) items.set(`${terms} ${beginnings}`, { shown, terms, beginnings, instead, short });
    };
    all.forEach((token, n) => {
      const last = open && n === all.length - 1;
      const begins = last ? beginnings(words, token) : [];
      const terms = words.ofToken(token);
      if (begins.length) add(token, terms.slice(0, 1), begins, terms.slice(1));
      else if (NAME.test(token) && !PLAIN.test(token) && !words.spellings.has(token)) {
        add(token, terms.slice(0, 1), [], terms.slice(1));
      } else for (const term of terms) add(token, [term], [], [], last);
    });
    return [...items.values()].slice(0, MOST_WORDS);
  }

  function beginnings(words, token) {
    const found = new Set([token]);
    for (const [spelling, said] of words.spellings) {
      if (size(token) > 2 && spelling.startsWith(token)) found.add(said[0]);
    }
    if (A_TO_Z.test(token) && token.length > 4) {
      // The word goes on: gangguan at "ganggua", mengirim at "mengir".
      for (const end of ["a", "k", "ka", "n", "ny"]) {
        if (token.endsWith(end) && words.roots.has(token.slice(0, -end.length))) found.add(token.slice(0, -end.length));
      }
      for (const prefix of words.prefixes) {
        const rest = without(prefix, token);
        if (rest.length > 2 && [...words.roots].some((root) => root.startsWith(rest))) found.add(rest);
      }
    }
    return [...found].filter((word) => size(word) >= together(word));
  }

  /** Weight of an item in each page that has it, and the terms by which it was found. */
  function hits(library, files, terms, beginnings) {
    const weight = new Float32Array(library.size);
    const found = new Set();
    const mark = (row, value) => { if (value > weight[row]) weight[row] = value; };
    for (const [file, begin] of files) {
      const places = new Map();
      for (const word of beginnings) {
        const longer = [...file.longer(word)].sort((a, b) => file.terms[a].length - file.terms[b].length);
        for (const n of longer.slice(0, MOST_LONGER)) {
          places.set(n, Math.max(places.get(n) || 0, 0.4 + 0.5 * word.length / file.terms[n].length));
        }
      }
      for (const term of terms) if (file.at(term) >= 0) places.set(file.at(term), 1);
      for (const [n, factor] of places) {
        found.add(file.terms[n]);
        let row = begin - 1;
        for (const code of numbers(file.rows[n])) {
          row += (code >> 2) + 1;
          mark(row, WEIGHT[code & 3] * factor);
        }
      }
    }
    const meant = (name) => terms.some((term) => name.has(term))
      || beginnings.some((word) => [...name].some((term) => term.startsWith(word)));
    for (const facet of FACETS) {
      const values = library.value[facet];
      const named = new Set([...library.called.get(facet).keys()].filter((n) => meant(library.called.get(facet)[n])));
      if (named.size) for (let row = 0; row < library.cases; row += 1) if (named.has(values[row])) mark(row, NAMED);
    }
    for (const term of [...terms, ...beginnings]) {
      if (!/^\d{4}/.test(term)) continue;
      for (let row = 0; row < library.cases; row += 1) {
        const number = library.number[row].toLowerCase();
        if (number === term) mark(row, NUMBER);
        else if (term === String(library.year[row])) mark(row, 1);
        else if (beginnings.includes(term) && term.length > 5 && number.startsWith(term)) mark(row, NUMBER / 2);
      }
    }
    return { weight, found };
  }

  /** Pages that have all words, or else those that have most of them. */
  async function matches(library, items) {
    if (!items.length) {
      const rows = Array.from({ length: library.cases }, (_, n) => library.cases - 1 - n);
      return { rows, partial: false, missing: [], found: new Set() };
    }
    const wanted = items.flatMap((item) => [...item.terms, ...item.beginnings, ...item.instead]);
    const files = await library.open(wanted);
    const score = new Float32Array(library.size), count = new Uint8Array(library.size);
    const found = new Set(), missing = [], worth = new Map();
    let sought = 0;
    for (const item of items) {
      let hit = hits(library, files, item.terms, item.beginnings);
      if (!hit.weight.some(Boolean) && item.instead.length) hit = every(library, files, item.instead);
      let having = 0;
      for (let row = 0; row < library.size; row += 1) if (hit.weight[row]) having += 1;
      if (!having && item.short) continue;  // two letters of a word that goes on say nothing yet
      sought += 1;
      if (!having) missing.push(item.shown);
      const rarity = Math.log(1 + library.size / (having || 1));
      for (const term of item.terms) worth.set(term, Math.max(rarity, worth.get(term) || 0));
      for (let row = 0; row < library.size; row += 1) {
        if (!hit.weight[row]) continue;
        score[row] += rarity * hit.weight[row] * (row < library.cases ? 1 : GUIDE);
        count[row] += 1;
      }
      for (const term of hit.found) found.add(term);
    }
    prefer(library, score, worth);
    let rows = [];
    for (let row = 0; row < library.size; row += 1) if (sought && count[row] === sought) rows.push(row);
    const partial = !rows.length;
    if (partial) for (let row = 0; row < library.size; row += 1) if (count[row]) rows.push(row);
    // Of pages that lack a word, cases come first: guides are long, and have many words by chance.
    const guide = (row) => Number(partial && row >= library.cases);
    rows.sort((a, b) => count[b] - count[a] || guide(a) - guide(b) || score[b] - score[a] || b - a);
    return { rows, partial: partial && rows.length > 0, missing, found, short: !sought };
  }

  /** Raise the cases whose OPD, kind or fault was typed by its whole name. */
  function prefer(library, score, worth) {
    for (const facet of FACETS) {
      const values = library.value[facet];
      for (const [n, name] of library.called.get(facet).entries()) {
        if (!name.size || ![...name].every((term) => worth.has(term))) continue;
        const more = [...name].reduce((sum, term) => sum + WHOLLY * worth.get(term), 0);
        for (let row = 0; row < library.cases; row += 1) if (values[row] === n) score[row] += more;
      }
    }
  }

  function every(library, files, terms) {
    const all = terms.map((term) => hits(library, files, [term], []));
    const weight = new Float32Array(library.size);
    for (let row = 0; row < library.size; row += 1) weight[row] = Math.min(...all.map((one) => one.weight[row]));
    return { weight, found: new Set(all.flatMap((one) => [...one.found])) };
  }

  /** Sift rows, and count for each facet what each of its values would leave. */
  function sift(library, rows, only) {
    const value = {
      tahun: (row) => (row < library.cases ? String(library.year[row]) : ""),
      jenis: (row) => (row < library.cases ? "kasus" : "panduan"),
    };
    for (const facet of FACETS) {
      value[facet] = (row) => (row < library.cases ? library.names[facet][library.value[facet][row]][0] : "");
    }
    const chosen = Object.keys(value).filter((facet) => only[facet]);
    const counts = new Map(Object.keys(value).map((facet) => [facet, new Map()]));
    const kept = [];
    for (const row of rows) {
      const failing = chosen.filter((facet) => value[facet](row) !== only[facet]);
      if (!failing.length) kept.push(row);
      if (failing.length > 1) continue;
      for (const [facet, tally] of counts) {
        const here = value[facet](row);
        if (here && (!failing.length || failing[0] === facet)) tally.set(here, (tally.get(here) || 0) + 1);
      }
    }
    const named = (facet, key) => (library.names[facet] || []).find(([one]) => one === key)?.[1] || key;
    const told = Object.fromEntries([...counts].map(([facet, tally]) => [
      facet, [...tally].map(([key, n]) => ({ key, name: named(facet, key), count: n })),
    ]));
    return { kept, counts: told };
  }

  // ---- What is shown -------------------------------------------------------------------------

  function cut(words, text, found) {
    const pieces = [];
    let end = 0;
    for (const seen of text.matchAll(SEEN)) {
      const terms = fold(seen[0]).match(TOKENS) || [];
      if (!terms.some((token) => words.ofToken(token).some((term) => found.has(term)))) continue;
      if (seen.index > end) pieces.push({ text: text.slice(end, seen.index), hit: false });
      end = seen.index + seen[0].length;
      pieces.push({ text: seen[0], hit: true });
    }
    if (end < text.length) pieces.push({ text: text.slice(end), hit: false });
    return pieces;
  }

  /** The part of a text in which most of the words are, cut between words. */
  function passage(words, text, found) {
    const marks = [];
    for (const seen of text.matchAll(SEEN)) {
      const terms = (fold(seen[0]).match(TOKENS) || []).flatMap((token) => words.ofToken(token)).filter((t) => found.has(t));
      if (terms.length) marks.push([seen.index, terms[0]]);
    }
    let best = { kinds: 0, all: 0, at: 0 };
    marks.forEach(([at], n) => {
      const near = marks.slice(n).filter(([there]) => there - at < PASSAGE - 40);
      const kinds = new Set(near.map(([, term]) => term)).size;
      if (kinds > best.kinds || (kinds === best.kinds && near.length > best.all)) best = { kinds, all: near.length, at };
    });
    let begin = Math.max(0, best.at - 40), end = Math.min(text.length, begin + PASSAGE);
    if (begin) begin = text.indexOf(" ", begin) + 1 || begin;
    if (begin > best.at) begin = best.at;
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), begin + 40);
    const pieces = cut(words, text.slice(begin, end), found);
    if (begin) pieces.unshift({ text: "… ", hit: false });
    if (end < text.length) pieces.push({ text: " …", hit: false });
    return { kinds: best.kinds, all: best.all, pieces };
  }

  function best(words, fields, found) {
    let chosen = { label: "", kinds: -1, all: 0, pieces: [] };
    for (const [label, text] of fields) {
      const one = passage(words, text, found);
      if (one.kinds > chosen.kinds) chosen = { label, ...one };
    }
    return chosen;
  }

  function address(page, anchor = "") {
    const folder = page === "index" ? "" : page.replace(/\/index$/, "").split("/").map(encodeURIComponent).join("/") + "/";
    return new URL(folder + (ROOT.protocol === "file:" ? "index.html" : ""), ROOT).href + (anchor ? `#${encodeURIComponent(anchor)}` : "");
  }

  async function shown(library, row, found) {
    if (row >= library.cases) return guide(library, row - library.cases, found);
    const rows = await load(`isi/${library.year[row]}/${Math.floor(library.seq[row] / TEXTS)}`);
    const one = rows && rows.find(([number]) => number === library.number[row]);
    if (!one) throw new Stale(library.number[row]);
    const [number, page, title, resolved, device, fields] = one;
    const named = Object.fromEntries(FACETS.map((facet) => [facet, library.names[facet][library.value[facet][row]][1]]));
    const { label, pieces } = best(library.words, fields, found);
    return {
      kind: "kasus", number, url: address(page), title: cut(library.words, title, found), resolved,
      agency: named.opd, fault: named.gangguan, device: device || named.perangkat, label, passage: pieces,
    };
  }

  async function guide(library, n, found) {
    const page = library.page[n];
    const texts = await load(`isi/panduan/${library.guides.pages[page]}`);
    const text = texts && texts[n - library.page.indexOf(page)];
    if (text === undefined) throw new Stale(library.guides.pages[page]);
    const [anchor, title] = library.guides.sections[n];
    return {
      kind: "panduan", number: "", url: address(library.guides.pages[page], anchor),
      title: cut(library.words, title, found), passage: passage(library.words, text, found).pieces, label: "",
    };
  }

  /**
   * Find pages.
   * @param {string} text what was typed
   * @param {{only?: Object, typing?: boolean, start?: number, most?: number}} how `only`: facet -> identifier;
   *   `typing`: the last word may go on.
   */
  async function search(text, { only = {}, typing = false, start = 0, most = 10 } = {}) {
    return withLibrary(async (library) => {
      const items = asked(library.words, text, typing);
      const empty = !items.length && Boolean(text.trim());  // only signs, or words that say nothing
      const { rows, partial, missing, found, short = false } = empty
        ? { rows: [], partial: false, missing: [], found: new Set() }
        : await matches(library, items);
      const { kept, counts } = sift(library, rows, only);
      const results = await Promise.all(kept.slice(start, start + most).map((row) => shown(library, row, found)));
      return { results, total: kept.length, all: rows.length, counts, partial, missing, empty, short };
    });
  }

  Object.assign(window.pulihCari, {
    siap: () => withLibrary(async () => undefined),
    cari: search,
    istilah: async (texts) => { const { words } = await ready(); return texts.map((text) => words.terms(text)); },
  });
  Object.freeze(window.pulihCari);
})();
