// Ways off this page. None of them leaves it behind in the tab: Back skips it (EX-4).

/** To another page, which takes this one's place. */
export function leaveFor(address: string): void {
  location.replace(address);
}

/** At once: first the page is emptied, since a slow line would leave its words on screen until the other page comes. */
export function leave(address: string): void {
  document.body.replaceChildren();
  leaveFor(address);
}
