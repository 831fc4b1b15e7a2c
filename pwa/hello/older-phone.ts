// Where a browser cannot open what is behind the covers, say so before one is chosen, with the plain pages beside it.

export function offerPlainPagesFirst(): void {
  if ("DecompressionStream" in window) return;
  const box = document.getElementById("older");
  const pages = document.getElementById("plain");
  if (!box || !pages) return;
  box.hidden = false;
  box.append(pages);
}
