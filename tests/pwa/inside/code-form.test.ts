// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { CodeForm } from "../../../pwa/inside/code-form.ts";
import { fragmentFrom } from "../../../pwa/shell/trusted-html.ts";

const took = vi.fn<CodeForm["onCode"]>();
let form: CodeForm;

beforeAll(() => {
  customElements.define(NAMES.codeForm, CodeForm);
});

beforeEach(() => {
  const markup = `
    <${NAMES.codeForm} data-short="Too short." data-long="Too long." data-different="Not the same." data-same="Your first."
      data-wait="One moment…" data-moment="a moment" data-minutes="minutes" data-hours="hours" data-days="days"
      data-months="months" data-years="years" data-ages="ages">
      <form novalidate>
        <input type="password" inputmode="numeric" data-code><input type="password" inputmode="numeric" data-code>
        <div data-strength hidden><b data-hand></b><b data-copy></b></div>
        <input type="checkbox" data-letters><input type="checkbox" data-sight>
        <p data-error></p><button type="submit">Keep</button><p data-busy></p>
      </form>
    </${NAMES.codeForm}>`;
  document.body.replaceChildren(fragmentFrom(markup));
  const found = document.querySelector<CodeForm>(NAMES.codeForm);
  if (!found) throw new Error("the page has no form");
  form = found;
  form.onCode = took.mockReset().mockResolvedValue(undefined);
});

const fields = (): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>("[data-code]")];
const text = (selector: string): string => form.querySelector(selector)?.textContent ?? "";

function types(first: string, again = first): void {
  const [one, other] = fields();
  if (one) one.value = first;
  if (other) other.value = again;
  one?.dispatchEvent(new Event("input", { bubbles: true }));
}

const submits = (): void => form.querySelector("button")?.click();
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 10));

describe("A passcode that is chosen", () => {
  it.each(["8364", "836491029384", "kettle orbit", "ñandú", "日本語の"])(
    "is taken when typed twice: %s",
    async (code) => {
      types(code);
      submits();
      await settle();

      expect(took.mock.calls).toEqual([[code]]);
      expect(fields().map((field) => field.value)).toEqual(["", ""]);
    },
  );

  it.each([
    ["836", "Too short."],
    ["", "Too short."],
    ["8364910293847", "Too long."],
  ])("says in words what is wrong with it, and keeps what was typed: %j", async (code, said) => {
    types(code);
    submits();
    await settle();

    expect(text("[data-error]")).toBe(said);
    expect(fields()[0]?.value).toBe(code);
    expect(fields()[0]?.getAttribute("aria-invalid")).toBe("true");
    expect(took).not.toHaveBeenCalled();
  });

  it("is not taken when the two differ", async () => {
    types("8364", "8346");
    submits();
    await settle();

    expect(text("[data-error]")).toBe("Not the same.");
    expect(document.activeElement).toBe(fields()[1]);
    expect(took).not.toHaveBeenCalled();
  });

  it("stays in the fields where it is refused", async () => {
    took.mockResolvedValue("same");
    types("8364");
    submits();
    await settle();

    expect(text("[data-error]")).toBe("Your first.");
    expect(fields()[0]?.value).toBe("8364");
  });

  it("is worked on once, and the form says that it is busy", async () => {
    let done = (): void => undefined;
    took.mockReturnValue(new Promise((resolve) => (done = () => resolve(undefined))));
    types("8364");
    submits();
    submits();
    await settle();

    expect(took).toHaveBeenCalledOnce();
    expect(text("[data-busy]")).toBe("One moment…");
    done();
    await settle();
    expect(text("[data-busy]")).toBe("");
    expect(fields()[0]?.readOnly).toBe(false);
  });
});

describe("How long it holds", () => {
  it("is said both ways as it is typed, once it could be a passcode", () => {
    types("836");
    expect(form.querySelector<HTMLElement>("[data-strength]")?.hidden).toBe(true);

    types("8364");
    expect(form.querySelector<HTMLElement>("[data-strength]")?.hidden).toBe(false);
    expect(text("[data-hand]")).toBe("hours");
    expect(text("[data-copy]")).toBe("a moment");
  });
});

describe("The fields", () => {
  it("show what is typed, and bring letters, when ticked", () => {
    for (const selector of ["[data-sight]", "[data-letters]"]) form.querySelector<HTMLInputElement>(selector)?.click();

    expect(fields().map((field) => [field.type, field.inputMode])).toEqual([
      ["text", "text"],
      ["text", "text"],
    ]);
  });
});
