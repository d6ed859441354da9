/* Keys for the queue: j and k go down and up, a shows and r refuses the comment one is at, the first until one has moved.
   Not while somebody types, and not when switched off. */
const list = document.querySelector("[data-comment-keys]");
let at = 0;

const go = (by) => {
  const here = list.contains(document.activeElement);
  at = Math.max(0, Math.min(list.children.length - 1, here ? at + by : at));
  list.children[at].focus();
};

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (!list || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.key === "j") return go(1);
  if (event.key === "k") return go(-1);
  if (event.key === "a" || event.key === "r") list.children[at].querySelector(`[data-key="${event.key}"] button`)?.click();
});
