// What makes the pages livelier. Everything they can do, they can do without this.
"use strict";

// The review queue by keyboard: j and k move, other keys press the button that has them.
function moveInQueue(step) {
  const items = [...document.querySelectorAll("[data-queue] > li[id]")];
  const now = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[Math.min(items.length - 1, Math.max(0, now + step))];
  if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !document.querySelector("[data-queue]")) return;
  if (event.key === "j" || event.key === "k") { moveInQueue(event.key === "j" ? 1 : -1); return; }
  if (!/^[a-z]$/.test(event.key)) return;
  const item = document.activeElement.closest("[data-queue] > li") || document.querySelector("form.last");
  const scope = event.key === "u" ? document : item;
  const button = scope && scope.querySelector(`[data-key="${event.key}"]`);
  if (button) { event.preventDefault(); button.click(); }
});

// A citation can be copied with one press.
for (const text of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent.trim());
    button.textContent = "Copied";
  });
  text.after(button);
}
