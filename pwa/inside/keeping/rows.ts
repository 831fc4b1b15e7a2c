// The parts of a view that a script fills, and the rows it makes from the templates that came with the view.

// As querySelector itself has it: whoever asks knows what the template holds.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function part<T extends HTMLElement>(within: ParentNode, selector: string): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`the view has no ${selector}`);
  return found;
}

export function show(within: ParentNode, selector: string, shown = true): void {
  for (const found of within.querySelectorAll<HTMLElement>(selector)) found.hidden = !shown;
}

/** Puts her words, or the pack's, where a row has room for them: as text, never as markup. */
export function write(within: ParentNode, selector: string, text: string): void {
  // A row may be no more than its text.
  const isItself = within instanceof Element && within.matches(selector);
  (isItself ? within : part(within, selector)).textContent = text;
}

export function optionOf(value: string, words = value): HTMLOptionElement {
  const option = document.createElement("option");
  option.value = value;
  option.textContent = words;
  return option;
}

/** Makes rows from `<template data-row="…">`; their words are the pack's. */
export class Rows {
  readonly #root: ParentNode;

  constructor(root: ParentNode) {
    this.#root = root;
  }

  make(name: string): HTMLElement {
    const template = part<HTMLTemplateElement>(this.#root, `template[data-row="${name}"]`);
    const [row] = template.content.children;
    return document.importNode(row as HTMLElement, true);
  }
}

let labels = 0;

/** Ties a field to the words that stand over its group. */
export function nameAfter(field: HTMLElement, words: HTMLElement): void {
  words.id ||= `l${(labels += 1)}`;
  field.setAttribute("aria-labelledby", words.id);
}
