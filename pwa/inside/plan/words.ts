// The plan's own words, read from the view that shows them: sections, prompts and things to tick.

export interface Prompt {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly items: readonly { readonly id: string; readonly text: string }[];
}

export interface SectionWords {
  readonly id: string;
  readonly title: string;
  readonly prompts: readonly Prompt[];
}

const textIn = (within: Element, selector: string): string => within.querySelector(selector)?.textContent.trim() ?? "";

export function promptsIn(section: Element): readonly Prompt[] {
  return [...section.querySelectorAll<HTMLElement>("[data-prompt]")].map((prompt) => ({
    id: prompt.dataset["prompt"] ?? "",
    kind: prompt.dataset["kind"] ?? "text",
    text: textIn(prompt, "[data-text]"),
    items: [...prompt.querySelectorAll<HTMLElement>("[data-item]")].map((item) => ({
      id: item.dataset["item"] ?? "",
      text: item.textContent.trim(),
    })),
  }));
}

export function sectionsIn(view: ParentNode): readonly SectionWords[] {
  return [...view.querySelectorAll<HTMLElement>("[data-section]")].map((section) => ({
    id: section.dataset["section"] ?? "",
    title: textIn(section, "h2"),
    prompts: promptsIn(section),
  }));
}
