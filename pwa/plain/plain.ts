// What a plain page does where scripts run after all: it leaves at once and leaves no page behind in the tab, and out of
// sight it is empty. Whoever comes back to an emptied page is led to a cover.

import { onShiftThrice } from "../exit/thrice.ts";
import { leave, leaveFor } from "../hello/leave.ts";

const control = document.querySelector<HTMLAnchorElement>("#leave");

function empty(): void {
  document.body.replaceChildren();
}

/** Only where there is nothing left to read: a page opened in the background is shown for the first time. */
function coverUp(): void {
  const home = control?.dataset["home"];
  if (home && !document.body.hasChildNodes()) leaveFor(home);
}

function isPageOfOurs(link: HTMLAnchorElement): boolean {
  return link.origin === location.origin && !link.target;
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link) return;
  if (link === control) leave(link.href);
  else if (isPageOfOurs(link)) leaveFor(link.href);
  else return;
  event.preventDefault();
});
onShiftThrice(document, () => {
  if (control) leave(control.href);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") empty();
  else coverUp();
});
// The back-forward cache keeps the DOM even of no-store pages.
addEventListener("pagehide", empty);
document.addEventListener("freeze", empty);
addEventListener("pageshow", coverUp);
