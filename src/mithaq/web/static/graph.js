// The graph: what a node is joined to lights up under the pointer or the keyboard, and the arrow keys go to the nearest node there.
const drawing = document.querySelector("[data-graph]");
const nodes = [...drawing?.querySelectorAll("[data-node]") ?? []];
const edges = [...drawing?.querySelectorAll("[data-ends]") ?? []];

const light = (id) => {
  const near = new Set([id]);
  for (const edge of edges) {
    const ends = edge.dataset.ends.split(" ");
    const lit = id !== null && ends.includes(id);
    edge.classList.toggle("lit", lit);
    edge.classList.toggle("dim", id !== null && !lit);
    if (lit) ends.forEach((end) => near.add(end));
  }
  for (const node of nodes) node.classList.toggle("dim", id !== null && !near.has(node.dataset.node));
};

const TOWARD = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const middle = (node) => {
  const circle = node.querySelector("circle");
  return [circle.cx.baseVal.value, circle.cy.baseVal.value];
};
const nearest = (from, [dx, dy]) => {
  const [x, y] = middle(from);
  let best = null, least = Infinity;
  for (const node of nodes) {
    const [nx, ny] = middle(node);
    const ahead = (nx - x) * dx + (ny - y) * dy, aside = Math.abs((nx - x) * dy) + Math.abs((ny - y) * dx);
    if (ahead > 0 && ahead + 2 * aside < least) { least = ahead + 2 * aside; best = node; }
  }
  return best;
};

for (const node of nodes) {
  for (const begin of ["pointerenter", "focus"]) node.addEventListener(begin, () => light(node.dataset.node));
  for (const end of ["pointerleave", "blur"]) node.addEventListener(end, () => light(null));
  node.addEventListener("keydown", (event) => {
    const next = TOWARD[event.key] && !event.altKey && !event.ctrlKey && !event.metaKey && nearest(node, TOWARD[event.key]);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
