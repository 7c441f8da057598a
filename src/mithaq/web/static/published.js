// Search of a published site: words are made comparable as the index' are, and found anywhere in names, quotes and titles.
const LETTERS = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ک": "ك", "ی": "ي" };
const foldLetter = (letter) => {
  if (/[\u0640\u064b-\u065f\u0670\u200c-\u200f\u2066-\u2069]/.test(letter)) return "";
  if (/[\u0660-\u0669]/.test(letter)) return String(letter.charCodeAt(0) - 0x660);
  return LETTERS[letter] ?? letter.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
};

// The folded words, and for each of their letters the place of the one it was made of.
const fold = (words) => {
  let folded = "";
  const places = [];
  let at = 0;
  for (const letter of words.normalize("NFC")) {
    const made = foldLetter(letter);
    for (let n = 0; n < made.length; n += 1) places.push(at);
    folded += made;
    at += letter.length;
  }
  return { folded, places: [...places, at] };
};

// A word is looked for without the article and what is glued before it, so that its other forms are found too.
const ask = (query) => fold(query).folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  .map((word) => word.replace(/^[وف]?(?:[بك]?ال|لل)(?=.{3})/, ""));

const find = (rows, query) => {
  const terms = ask(query);
  if (!terms.length) return [];
  const found = [];
  for (const [place, kind, words, day] of rows) {
    const { folded, places } = fold(words);
    const at = terms.map((term) => folded.indexOf(term));
    if (at.includes(-1)) continue;
    const early = at.filter((n) => n === 0 || !/[\p{L}\p{N}]/u.test(folded[n - 1])).length;
    found.push({ place, kind, words, day, score: early * 100 - Math.min(...at) - words.length / 50,
                 marks: terms.map((term, n) => [places[at[n]], places[at[n] + term.length]]) });
  }
  return found.sort((a, b) => b.score - a.score || (a.day < b.day ? 1 : -1));
};

const show = (hit, kinds) => {
  const item = document.createElement("li"), link = document.createElement("a"), about = document.createElement("span");
  item.className = "row";
  link.className = "row-title";
  link.href = hit.place;
  link.dir = "auto";
  let at = 0;
  const words = hit.words.normalize("NFC"), low = Math.max(0, Math.min(...hit.marks.map((m) => m[0])) - 80);
  const high = Math.min(words.length, low + 260);
  if (low) link.append("… ");
  at = low;
  for (const [start, end] of hit.marks.sort((a, b) => a[0] - b[0])) {
    if (start < at || end > high) continue;
    const mark = document.createElement("mark");
    mark.textContent = words.slice(start, end);
    link.append(words.slice(at, start), mark);
    at = end;
  }
  link.append(words.slice(at, high), high < words.length ? " …" : "");
  about.className = "about";
  about.textContent = kinds[hit.kind] ?? "";
  if (hit.day) {
    const day = document.createElement("bdi");
    day.dir = "ltr";
    day.textContent = hit.day;
    about.append(" · ", day);
  }
  item.append(link, about);
  return item;
};

const list = document.querySelector("[data-found]");
const query = new URLSearchParams(location.search).get("q") ?? "";
if (list && query.trim()) {
  const hits = find(window.mithaqIndex ?? [], query), kinds = JSON.parse(list.dataset.kinds), told = document.querySelector("[data-count]");
  document.getElementById("q").value = query;
  list.append(...hits.slice(0, 100).map((hit) => show(hit, kinds)));
  told.textContent = !hits.length ? told.dataset.none : hits.length === 1 ? told.dataset.one : told.dataset.many.replace("{n}", hits.length);
}
