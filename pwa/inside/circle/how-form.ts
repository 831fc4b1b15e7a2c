// When and in which order people are asked: each choice counts as soon as it is made.

import type { Ladder, Wishes } from "../../shared/api.ts";
import type { CircleWishes } from "../../shared/circle-api.ts";
import { optionOf, part, show } from "../keeping/rows.ts";

export interface HowActs {
  readonly nudge: (on: boolean) => void;
  readonly patience: (minutes: Ladder["patience_minutes"]) => void;
  readonly wish: (changed: Partial<CircleWishes>) => void;
}

export class HowForm {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement, acts: HowActs) {
    this.#root = root;
    this.#nudge.addEventListener("change", () => acts.nudge(this.#nudge.checked));
    this.#patience.addEventListener("change", () => acts.patience(Number(this.#patience.value)));
    this.#most.addEventListener("change", () => acts.wish({ most_buddies: Number(this.#most.value) }));
    for (const order of this.#orders)
      order.addEventListener("change", () => acts.wish({ together: order.value === "together" }));
  }

  get #nudge(): HTMLInputElement {
    return part(this.#root, "[data-nudge-on]");
  }

  get #patience(): HTMLSelectElement {
    return part(this.#root, "[data-patience]");
  }

  get #most(): HTMLSelectElement {
    return part(this.#root, "[data-most]");
  }

  get #orders(): readonly HTMLInputElement[] {
    return [...this.#root.querySelectorAll<HTMLInputElement>('[name="order"]')];
  }

  /** `wishes` of check-ins: null while they are off. `circle`: undefined where the server has not said. */
  draw(wishes: Wishes | null, circle: { readonly wishes: CircleWishes; readonly most: number } | undefined): void {
    for (const each of this.#root.querySelectorAll<HTMLElement>("[data-asking]"))
      each.hidden = each.dataset["asking"] !== (wishes ? "on" : "off");
    this.#nudge.checked = wishes?.nudge ?? false;
    if (wishes) this.#choose(this.#patience, String(wishes.ladder.patience_minutes));
    show(this.#root, "[data-told-only]", circle !== undefined);
    if (!circle) return;
    if (this.#most.options.length === 0)
      for (let count = 1; count <= circle.most; count += 1) this.#most.append(optionOf(String(count)));
    this.#choose(this.#most, String(circle.wishes.most_buddies));
    for (const order of this.#orders) order.checked = (order.value === "together") === circle.wishes.together;
  }

  /** Also what this form does not offer, chosen elsewhere. */
  #choose(select: HTMLSelectElement, value: string): void {
    if (![...select.options].some((option) => option.value === value)) select.append(optionOf(value));
    select.value = value;
  }
}
