// Where chosen words stand in a page, counted in code points as the record counts: an emoji is one character there and two in a script.
// Every stretch of text says where it begins (data-start); numbers of facts between the stretches are no part of the text.
const before = (piece, node, offset) => {
  const range = document.createRange();
  range.setStart(piece, 0);
  try { range.setEnd(node, offset); } catch { return 0; }
  return [...range.toString()].length;
};
const edge = (piece, node, offset, whole) => {
  const start = Number(piece.dataset.start);
  return piece.contains(node) ? start + before(piece, node, offset) : start + (whole ? [...piece.textContent].length : 0);
};

// Returns [start, end, words] of what is chosen in a text, null when that is nothing, or lies outside.
export const chosenIn = (text) => {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  if (!range || !text.contains(range.commonAncestorContainer)) return null;
  const pieces = [...text.querySelectorAll("[data-start]")].filter((piece) => range.intersectsNode(piece));
  if (!pieces.length) return null;
  const start = edge(pieces[0], range.startContainer, range.startOffset, false);
  const end = edge(pieces.at(-1), range.endContainer, range.endOffset, true);
  if (start >= end) return null;
  const first = Number(pieces[0].dataset.start);
  const letters = [...pieces.map((piece) => piece.textContent).join("")];
  return [start, end, letters.slice(start - first, end - first).join("")];
};

// Shows the links of what is chosen while something is.
export const follow = (text, picked, tell = () => {}) => {
  document.addEventListener("selectionchange", () => {
    const chosen = chosenIn(text);
    picked.hidden = !chosen;
    if (!chosen) return;
    for (const link of picked.querySelectorAll("[data-at]")) {
      const place = new URL(link.href);
      place.searchParams.set("at", `${chosen[0]}-${chosen[1]}`);
      link.href = `${place.pathname}${place.search}${place.hash}`;
    }
    tell(chosen);
  });
};
