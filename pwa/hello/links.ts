// The links of this page work without script; with it they leave nothing to come back to.

import { switchLanguage } from "./language.ts";
import { leave, leaveFor } from "./leave.ts";

/** `prepare` is called whenever the page has a new body. */
export function followLinks(prepare: () => void): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link) return;
    const { dataset, href } = link;
    if ("leave" in dataset) leave(href);
    else if ("open" in dataset) leaveFor(href);
    else if ("language" in dataset) switchLanguage(href, prepare);
    else return;
    event.preventDefault();
  });
}
