// A page and its facts show each other: what the pointer or the keyboard is on is lit on the other side too. Where facts lie over each
// other, every further click leads to the next one. Marked words get an address of their own.
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

// Places count code points, as in the record: an emoji is one character there and two in a script.
export const placeOf = (node, offset) => {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const piece = element.closest("[data-start]");
  if (!piece || !text.contains(piece)) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : piece.textContent.slice(0, offset ? undefined : 0);
  return Number(piece.dataset.start) + [...before].length;
};
const picked = document.querySelector(".picked");
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const start = range && placeOf(range.startContainer, range.startOffset);
  const end = range && placeOf(range.endContainer, range.endOffset);
  picked.hidden = !(Number.isInteger(start) && Number.isInteger(end) && start < end);
  if (picked.hidden) return;
  const link = picked.firstElementChild;
  link.href = `?at=${start}-${end}#here`;
  link.textContent = picked.dataset.words.replace("{start}", start).replace("{end}", end);
});
