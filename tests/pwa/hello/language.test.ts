// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { switchLanguage } from "../../../pwa/hello/language.ts";
import { find, layOutHello } from "./hello-page.ts";

/** A request that is answered when the test says so. */
class Line {
  static last: Line;
  method = "";
  address = "";
  responseType = "";
  status = 0;
  responseXML: Document | null = null;
  onloadend: () => void = () => undefined;

  constructor() {
    Line.last = this;
  }

  open(method: string, address: string): void {
    Object.assign(this, { method, address });
  }

  send(): void {
    // Answered by `answer`.
  }

  answer(status: number, page: Document | null): void {
    Object.assign(this, { status, responseXML: page });
    this.onloadend();
  }
}

function spanishPage(): Document {
  const page = document.implementation.createHTMLDocument();
  page.title = "Hola";
  page.documentElement.lang = "es";
  page.documentElement.dir = "ltr";
  page.body.innerHTML = `<h1 tabindex="-1">Hola</h1><p>Texto</p>`;
  return page;
}

const shown = vi.fn();

beforeEach(() => {
  shown.mockReset();
  vi.stubGlobal("XMLHttpRequest", Line);
  document.documentElement.lang = "en";
  document.title = "Hello";
  layOutHello();
  switchLanguage("/hello?l=es", shown);
});

describe("The page in another language", () => {
  it("is asked for as a parsed page, so that no text is turned into markup here", () => {
    expect([Line.last.method, Line.last.address, Line.last.responseType]).toEqual(["GET", "/hello?l=es", "document"]);
  });

  it("takes the place of this one, and the address stays as it was", () => {
    const before = [location.href, history.length];

    Line.last.answer(200, spanishPage());

    expect(document.body.textContent).toBe("HolaTexto");
    expect([document.documentElement.lang, document.title]).toEqual(["es", "Hola"]);
    expect(document.activeElement).toBe(find("h1"));
    expect(shown).toHaveBeenCalledOnce();
    expect([location.href, history.length]).toEqual(before);
  });

  it.each([
    ["the line is down", 0, null],
    ["the server has trouble", 503, spanishPage()],
    ["the answer is no page", 200, null],
  ])("leaves this one as it is, and says so, where %s", (_, status, page) => {
    Line.last.answer(status, page);

    expect(find("h1").textContent).toBe("Hello");
    expect(find("#offline").textContent).toBe("Please try again when you are online.");
    expect(shown).not.toHaveBeenCalled();
  });

  it("never fills a page that somebody has left meanwhile", () => {
    document.body.replaceChildren();

    Line.last.answer(200, spanishPage());

    expect(document.body.childNodes.length).toBe(0);
    expect(document.title).toBe("Hello");
  });
});
