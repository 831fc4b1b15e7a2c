// The same page in another language, put in place of this one. Following the link would write a second address into the
// phone's history; this writes none.

const PATIENCE_MS = 15_000;

function show(page: Document, shown: () => void): void {
  const { lang, dir } = page.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.title = page.title;
  document.body.replaceChildren(...document.importNode(page.body, true).childNodes);
  shown();
  scrollTo(0, 0);
  document.querySelector("h1")?.focus({ preventScroll: true });
}

function sayItFailed(): void {
  const line = document.getElementById("offline");
  if (line) line.textContent = line.dataset["text"] ?? "";
}

/** `shown` is called when the page has its new body. */
export function switchLanguage(address: string, shown: () => void): void {
  // XMLHttpRequest is the one way to a parsed page that turns no text into markup, so Trusted Types need no exception.
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document";
  request.timeout = PATIENCE_MS;
  request.onloadend = () => {
    // Whoever has left meanwhile left an empty page, and nothing may fill it again.
    if (!document.body.hasChildNodes()) return;
    if (request.status === 200 && request.responseXML) show(request.responseXML, shown);
    else sayItFailed();
  };
  request.send();
}
