/* Keys for the queue: a shows and r refuses the first comment. Not while somebody types, and not when switched off. */
const list = document.querySelector("[data-comment-keys]");

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (!list || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  list.querySelector(`[data-key="${event.key}"] button`)?.click();
});
