// One line for what somebody has to know, such as that nothing can be kept: under the title, or at the top of the
// dialog that is open, since all behind a dialog is neither seen nor spoken.

export function notice(text: string): void {
  const line = document.getElementById("notice");
  if (!line) return;
  const dialog = document.querySelector("dialog[open]");
  if (dialog) (dialog.querySelector(".stack") ?? dialog).prepend(line);
  else document.getElementById("main")?.before(line);
  line.textContent = text;
  line.hidden = false;
}
