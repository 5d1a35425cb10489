// The index in assets/cari/, which Pulih writes as plain scripts, so that it can be loaded with <script> from a web server
// and from a folder alike; plugin/pulih/publish/finding says what stands where.
"use strict";

window.pulihBerkas = (() => {
  const { Words, size } = window.pulihKata;
  const HERE = new URL("cari/", document.currentScript.src);
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Map([...LETTERS].map((letter, n) => [letter, n]));
  const FACETS = ["opd", "perangkat", "gangguan"];
  const OF_WORD = 3, OF_NUMBER = 4, NONE = 65535;

  class Stale extends Error {}

  const received = new Map();
  const coming = new Map();
  let fresh = "";  // asks anew for what a browser may have kept

  function load(path) {
    if (!coming.has(path)) {
      const promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(`${path.split("/").map(encodeURIComponent).join("/")}.js${fresh}`, HERE).href;
        script.onload = () => { script.remove(); resolve(received.get(path)); };
        script.onerror = () => { script.remove(); coming.delete(path); reject(new Error(path)); };
        document.head.append(script);
      });
      coming.set(path, promise);
    }
    return coming.get(path);
  }

  function* numbers(letters) {
    let value = 0, unit = 1;
    for (const letter of letters) {
      const digit = VALUE.get(letter);
      value += (digit & 31) * unit;
      if (digit < 32) { yield value; value = 0; unit = 1; } else { unit *= 32; }
    }
  }

  function* rising(letters) {
    let last = -1;
    for (const gap of numbers(letters)) yield last += gap + 1;
  }

  // So many letters of a term say in which part it is; from so many on it is looked for while it is being typed.
  const together = (term) => (/^\p{L}/u.test(term) ? OF_WORD : OF_NUMBER);

  function bucket(term, buckets) {
    let spread = 0;
    for (const letter of [...term].slice(0, together(term))) {
      spread = (spread * 31 + letter.codePointAt(0)) % 65521;
    }
    return spread % buckets;
  }

  class Terms {
    constructor(terms, rows) {
      this.terms = terms ? terms.split(" ") : [];
      this.rows = rows ? rows.split(" ") : [];
    }

    from(word) {  // the place of the first term that is not before the word
      let low = 0, high = this.terms.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (before(this.terms[middle], word)) low = middle + 1; else high = middle;
      }
      return low;
    }

    *longer(word) {
      for (let n = this.from(word); n < this.terms.length && this.terms[n].startsWith(word); n += 1) yield n;
    }

    at(word) {
      const n = this.from(word);
      return this.terms[n] === word ? n : -1;
    }
  }

  // Python orders by code points, JavaScript by halves of them.
  function before(one, other) {
    const a = [...one], b = [...other];
    for (let n = 0; n < a.length && n < b.length; n += 1) {
      if (a[n] !== b[n]) return a[n].codePointAt(0) < b[n].codePointAt(0);
    }
    return a.length < b.length;
  }

  class Library {
    constructor(list, words, guides) {
      this.words = words;
      this.names = Object.fromEntries(FACETS.map((facet) => [facet, list[facet]]));
      this.segments = list.segmen.map(([name, mark, parts, year, gaps, odd, ...columns]) => ({
        name, mark, parts, year, gaps, odd: new Map(odd), columns, latest: name.endsWith("-baru"), files: new Map(),
      }));
      this.guides = guides;
      this.count();
      this.called = new Map(FACETS.map((facet) => [facet, this.names[facet].map(([, name]) => new Set(words.terms(name)))]));
    }

    count() {
      const pages = this.guides ? [...numbers(this.guides.of)] : [];
      for (const segment of this.segments) segment.seqs = [...rising(segment.gaps)];
      this.cases = this.segments.reduce((sum, segment) => sum + segment.seqs.length, 0);
      this.size = this.cases + pages.length;
      this.year = new Uint16Array(this.size);
      this.seq = new Int32Array(this.size);
      this.number = new Array(this.size);
      this.value = Object.fromEntries(FACETS.map((facet) => [facet, new Uint16Array(this.size).fill(NONE)]));
      this.page = pages;
      let begin = 0;
      for (const segment of this.segments) {
        segment.begin = begin;
        segment.seqs.forEach((seq, n) => {
          this.year[begin + n] = segment.year;
          this.seq[begin + n] = seq - n;
          this.number[begin + n] = segment.odd.get(n) || `${segment.year}-${String(seq - n).padStart(4, "0")}`;
        });
        FACETS.forEach((facet, f) => this.value[facet].set([...numbers(segment.columns[f])], begin));
        begin += segment.seqs.length;
      }
    }

    /** Load what the words need; return pairs of terms and where their rows begin. */
    async open(wanted) {
      const files = [];
      const one = async (segment, k) => {
        if (!segment.files.has(k)) {
          const [mark, terms, rows] = await load(segment.latest ? segment.name : `${segment.name}/${k}`);
          if (mark !== segment.mark) throw new Stale(segment.name);
          segment.files.set(k, new Terms(terms, rows));
        }
        files.push([segment.files.get(k), segment.begin]);
      };
      await Promise.all(this.segments.flatMap((segment) => {
        const parts = new Set(segment.latest ? [0] : wanted.map((word) => bucket(word, segment.parts)));
        return [...parts].map((k) => one(segment, k));
      }));
      if (this.guides) files.push([this.guides.terms, this.cases]);
      return files;
    }
  }

  let library = null;

  async function begin() {
    const [list, tables] = await Promise.all([load("daftar"), load("kata")]);
    if (!list || !tables) throw new Error("daftar");
    let guides = null;
    if (list.panduan) {
      const [mark, pages, of, sections, terms, rows] = await load("panduan");
      if (mark !== list.panduan) throw new Stale("panduan");
      guides = { pages, of, sections, terms: new Terms(terms, rows) };
    }
    return new Library(list, new Words(tables), guides);
  }

  function ready() {
    if (!library) library = begin().catch((error) => { library = null; throw error; });
    return library;
  }

  /** Do something with the index; once more with a new one where the wiki was published in between. */
  async function withLibrary(deed) {
    try {
      return await deed(await ready());
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      library = null;
      coming.clear();
      received.clear();
      fresh = `?baru=${Date.now()}`;
      return deed(await ready());
    }
  }

  const put = (path, value) => { received.set(path, value); };
  // What the files of the index call.
  window.pulihCari = {
    kata: (tables) => put("kata", tables),
    daftar: (list) => put("daftar", list),
    isi: (name, mark, k, terms, rows) => put(name.endsWith("-baru") ? name : `${name}/${k}`, [mark, terms, rows]),
    panduan: (...parts) => put("panduan", parts),
    teks: (name, rows) => put(`isi/${name}`, rows),
  };
  return Object.freeze({ FACETS, ROOT: new URL("../../", HERE), Stale, load, numbers, together, ready, withLibrary });
})();
