// One line under the title for what somebody has to know, such as that nothing can be kept.

export function notice(text: string): void {
  const line = document.getElementById("notice");
  if (!line) return;
  line.textContent = text;
  line.hidden = false;
}
