// Both explanations stay readable; the one that fits this phone comes first and is the one that is unfolded.

function phoneInHand(): string | undefined {
  if ("standalone" in navigator) return "apple";
  return "onbeforeinstallprompt" in window ? "android" : undefined;
}

export function orderInstallHelp(box: HTMLElement | null): void {
  const phone = phoneInHand();
  const all = [...(box?.querySelectorAll<HTMLDetailsElement>("[data-phone]") ?? [])];
  const fitting = all.find((help) => help.dataset["phone"] === phone);
  if (!fitting) return;
  box?.prepend(fitting);
  for (const help of all) help.open = help === fitting;
}
