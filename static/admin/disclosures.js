/* Escape closes the disclosure around the focus and puts the focus back on what opened it; dialogs do so by themselves. */
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const open = document.activeElement?.closest("details[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
