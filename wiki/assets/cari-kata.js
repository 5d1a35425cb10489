// How words are compared: what plugin/pulih/domain/words does, with the tables that it writes for the browser. A test
// holds the two together.
"use strict";

window.pulihKata = (() => {
  const LONGEST = 64;

  const TOKENS = /[\p{L}\p{N}]+(?:[.,:/@_-][\p{L}\p{N}]+)*/gu;
  const SEEN = /[\p{L}\p{N}\p{M}]+(?:[.,:/@_-][\p{L}\p{N}\p{M}]+)*/gu;
  const PARTS = /[\p{L}\p{N}]+/gu;
  const PLAIN = /^[\p{L}\p{N}]+$/u, NAME = /[.:/@_\p{Nd}]/u, DECIMAL = /^\p{Nd}+$/u, A_TO_Z = /^[a-z]+$/;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ς/g, "σ");
  const first = (text, most) => (text.length <= most ? text : [...text].slice(0, most).join(""));
  const size = (text) => [...text].length;

  class Words {
    constructor(tables) {
      this.roots = new Set(tables.akar.split(" "));
      this.stops = new Set(tables.henti.split(" "));
      this.spellings = new Map(tables.ejaan.map(([word, ...said]) => [word, said]));
      this.sure = tables.pasti;
      this.prefixes = [...tables.pasti, ...tables.mungkin];
      this.particles = tables.partikel;
      this.suffixes = tables.akhiran;
      this.known = new Map();
    }

    tokens(text) { return fold(text).match(TOKENS) || []; }

    terms(text) { return this.tokens(text).flatMap((token) => this.ofToken(token)); }

    ofToken(token) {
      let found = this.known.get(token);
      if (!found) this.known.set(token, found = this.read(token));
      return found;
    }

    read(token) {
      if (this.spellings.has(token)) return this.spellings.get(token);
      if (PLAIN.test(token)) return this.ofWord(first(token, LONGEST));
      const found = NAME.test(token) ? [first(token, LONGEST)] : [];
      for (const part of token.match(PARTS)) {
        if (!DECIMAL.test(part) || size(part) >= 3) found.push(...this.ofWord(first(part, LONGEST)));
      }
      return [...new Set(found)];
    }

    ofWord(word) {
      if (size(word) < 2 || this.stops.has(word)) return [];
      const root = this.spellings.has(word) ? word : this.stem(word);
      return this.stops.has(root) ? [] : this.spellings.get(root) || [root];
    }

    stem(word) {
      if (word.length < 4 || this.roots.has(word) || !A_TO_Z.test(word)) return word;
      let best = "";
      const look = (body, depth) => {
        if (body.length > best.length && this.roots.has(body)) best = body;
        if (depth) for (const prefix of this.prefixes) {
          const rest = without(prefix, body);
          if (rest) look(rest, depth - 1);
        }
      };
      const bare = [word, ...this.particles.filter((end) => word.endsWith(end)).map((end) => word.slice(0, -end.length))];
      for (const body of bare) {
        look(body, 3);
        for (const end of this.suffixes) if (body.endsWith(end)) look(body.slice(0, -end.length), 3);
      }
      return best || this.byRule(word);
    }

    byRule(whole) {
      let word = whole;
      const particle = this.particles.slice(0, 4).find((end) => word.endsWith(end) && word.length - end.length >= 4);
      if (particle) word = word.slice(0, -particle.length);
      const bare = word;
      for (let n = 0; n < 2; n += 1) {
        const rest = this.sure.map((prefix) => without(prefix, word)).find(Boolean) || "";
        if (rest.length < 4) break;
        word = rest;
      }
      const active = word !== bare && /^(?:me|di|ter)/.test(whole);
      for (const end of this.suffixes) {
        const plain = end === "an" || (active && !word.endsWith("si"));
        if (plain && word.endsWith(end) && word.length - end.length >= 4) return word.slice(0, -end.length);
      }
      return word;
    }
  }

  function without([letters, instead, before], word) {
    const rest = word.slice(letters.length);
    if (!word.startsWith(letters) || !rest || (before && !before.includes(rest[0]))) return "";
    return instead + rest;
  }

  return Object.freeze({ Words, fold, first, size, without, TOKENS, SEEN, PLAIN, NAME, A_TO_Z });
})();
