// A page and its facts show each other: what the pointer or the keyboard is on is lit on the other side too. Where facts lie over each
// other, every further click leads to the next one. Marked words get an address of their own.
import { follow } from "./place.js";

const text = document.querySelector("[data-text]");
const pieces = [...text.querySelectorAll("[data-facts]")];
const facts = new Map([...document.querySelectorAll("[data-fact]")].map((li) => [li.dataset.fact, li]));
const over = new Map([...facts.keys()].map((n) => [n, pieces.filter((p) => p.dataset.facts.split(" ").includes(n))]));

const light = (numbers, on, where) => {
  for (const n of numbers) {
    facts.get(n)?.classList.toggle("lit", on && where !== "facts");
    if (where !== "text") for (const piece of over.get(n) ?? []) piece.classList.toggle("lit", on);
  }
};
for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  for (const [name, on] of [[enter, true], [leave, false]]) {
    text.addEventListener(name, (event) => {
      const piece = event.target.closest("[data-facts]");
      if (piece) light(piece.dataset.facts.split(" "), on, "text");
    });
    for (const [n, li] of facts) li.addEventListener(name, () => light([n], on, "facts"));
  }
}

let last = null;
text.addEventListener("click", (event) => {
  const piece = event.target.closest("[data-facts]");
  if (!piece || !getSelection().isCollapsed) { if (piece) event.preventDefault(); return; }
  const numbers = piece.dataset.facts.split(" ");
  const turn = last?.piece === piece ? (last.turn + 1) % numbers.length : 0;
  last = { piece, turn };
  piece.hash = `#fact-${numbers[turn]}`;
});
document.querySelector(".facts").addEventListener("click", (event) => {
  const link = event.target.closest("a.number");
  if (link) over.get(link.textContent)?.[0]?.focus({ preventScroll: true });
});

const picked = document.querySelector(".picked");
follow(text, picked, ([start, end]) => {
  picked.firstElementChild.textContent = picked.dataset.words.replace("{start}", start).replace("{end}", end);
});
