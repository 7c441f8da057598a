// The keyboard: / searches, j and k walk through lines, g and a letter goes to a part of the site, ? tells all of this.
const dialog = document.getElementById("keys");
// Nobody types into a box that is ticked or a button that is pressed.
const isTyping = (element) => element.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");

for (const button of document.querySelectorAll("[data-help]")) {
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}

// A change of language keeps the place on the page.
for (const link of document.querySelectorAll("[data-keep-place]")) {
  link.addEventListener("click", () => { if (location.hash) link.hash = location.hash; });
}

// On a narrow screen the row of parts is pulled until the one that is shown stands in its middle.
const part = document.querySelector(".menu [aria-current]");
if (part) {
  const row = part.closest("ul"), here = part.getBoundingClientRect(), all = row.getBoundingClientRect();
  row.scrollLeft += (here.left + here.right - all.left - all.right) / 2;
}

const stops = () => [...document.querySelectorAll("main .line > summary, main .row-title, main [data-row]")].filter((e) => e.offsetParent);
const walk = (step) => {
  const all = stops();
  const at = all.indexOf(document.activeElement);
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
};

// Whoever speaks to the machine, or types by accident, can switch single keys off (WCAG 2.1.4); the choice stays in this browser.
const SWITCH = "mithaq-keys";
const remembered = () => { try { return localStorage.getItem(SWITCH); } catch { return null; } };
let isOn = remembered() !== "off";
for (const label of document.querySelectorAll("[data-keys]")) {
  const box = label.querySelector("input");
  label.hidden = false;
  box.checked = isOn;
  box.addEventListener("change", () => {
    isOn = box.checked;
    try { localStorage.setItem(SWITCH, isOn ? "on" : "off"); } catch { /* a browser that keeps nothing forgets this, too */ }
  });
}

// What a page is about is brought into view inside its own frame, so that the frame's head stays in sight.
for (const frame of document.querySelectorAll("[data-in-view]")) {
  const here = frame.querySelector(".is-here");
  if (here) frame.scrollTop = here.offsetTop - frame.offsetTop - frame.clientHeight / 3;
}

let went = 0;
addEventListener("keydown", (event) => {
  // Out of a field, so that single keys work again.
  if (event.key === "Escape" && isTyping(event.target) && !dialog.open) event.target.blur();
  if (!isOn || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialog.open) return;
  const after = Date.now() - went < 1500;
  went = 0;
  // By the place of the key, too: on an Arabic keyboard the same keys give other letters.
  const key = /^[a-z/?0-9]$/.test(event.key) ? event.key : event.code === "Slash" ? (event.shiftKey ? "?" : "/") : event.code.replace(/Key|Digit|Numpad/, "").toLowerCase();
  const pressed = !after && [...document.querySelectorAll("[data-press]")].find((e) => e.offsetParent && e.dataset.press.split(" ").includes(key));
  const link = after && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (link) { link.click(); }
  else if (pressed) { (pressed.matches("fieldset") ? pressed.querySelector("input, select")?.focus() : pressed.matches("input") ? pressed.focus() : pressed.click()); }
  else if (key === "/") { document.getElementById("q").focus(); document.getElementById("q").select(); }
  else if (key === "?") { dialog.showModal(); }
  else if (key === "j") { walk(1); }
  else if (key === "k") { walk(-1); }
  else if (key === "g") { went = Date.now(); }
  else { return; }
  event.preventDefault();
});
