// One section of the plan on the screen: its fields are made when it is opened, and kept as they are typed in.

import type { Entry, VaultTrouble } from "../../vault/store.ts";
import type { Desk } from "../keeping/desk.ts";
import { Keeper, troubleOf } from "../keeping/keeper.ts";
import { part, show, type Rows } from "../keeping/rows.ts";
import type { SavingLine } from "../keeping/saving-line.ts";
import { isWritten, readSection, SECTION, together, withAnswer, type Answer, type Answers } from "./answers.ts";
import { fieldFor } from "./fields.ts";
import { told } from "./told.ts";
import { versionsOf, type Version, type Versions } from "./versions.ts";
import { promptsIn, type Prompt } from "./words.ts";

export class Sheet {
  readonly id: string;
  readonly #root: HTMLElement;
  readonly #desk: Desk;
  readonly #rows: Rows;
  readonly #line: SavingLine;
  readonly #keeper: Keeper;
  #answers: Answers;
  #others: readonly Version[];
  /** Undefined until the section is opened. */
  #fields: { readonly prompts: readonly Prompt[]; readonly box: HTMLElement } | undefined;

  constructor(root: HTMLElement, versions: Versions | undefined, desk: Desk, rows: Rows, line: SavingLine) {
    this.id = root.dataset["section"] ?? "";
    this.#root = root;
    this.#desk = desk;
    this.#rows = rows;
    this.#line = line;
    this.#answers = versions?.latest.answers ?? {};
    this.#others = versions?.others ?? [];
    this.#keeper = this.#newKeeper(versions?.latest.entry);
    for (const entry of versions?.outgrown ?? []) desk.vault.remove(entry).catch(() => undefined);
    const unsaved = readSection(desk.unsaved.get(this.#name));
    if (unsaved) this.#change(unsaved.answers);
    this.#mark();
  }

  /** Makes the fields, the first time only. */
  open(): void {
    if (this.#fields) return;
    const prompts = promptsIn(this.#root);
    const box = this.#rows.make("fields");
    part(this.#root, "[data-prompts]").replaceWith(box);
    this.#fields = { prompts, box };
    this.#fill();
    this.#showOther();
  }

  async flush(): Promise<void> {
    await this.#keeper.flush();
  }

  leave(): Promise<void> {
    return this.#keeper.leave();
  }

  get #name(): string {
    return `${SECTION} ${this.id}`;
  }

  #newKeeper(entry: Entry | undefined): Keeper {
    const told = {
      saved: () => {
        this.#desk.unsaved.delete(this.#name);
        this.#line.saved();
      },
      failed: (trouble: VaultTrouble) => {
        this.#desk.unsaved.set(this.#name, this.#value());
        this.#line.failed(trouble);
      },
      beside: () => void this.#findOthers(),
    };
    return new Keeper(this.#desk.vault, SECTION, told, entry);
  }

  #value(): unknown {
    return { section: this.id, answers: this.#answers };
  }

  #change(answers: Answers): void {
    this.#answers = answers;
    this.#keeper.change(this.#value());
    this.#mark();
  }

  #mark(): void {
    show(this.#root, "[data-written]", isWritten(this.#answers));
  }

  #fill(): void {
    if (!this.#fields) return;
    const { prompts, box } = this.#fields;
    const fields = prompts.map((prompt) =>
      fieldFor({
        prompt,
        answer: this.#answers[prompt.id],
        rows: this.#rows,
        changed: (answer: Answer) => {
          this.#line.typing();
          this.#change(withAnswer(this.#answers, prompt.id, answer));
        },
        removed: (putBack) => this.#line.offerUndo(putBack),
      }),
    );
    part(box, "[data-fields]").replaceChildren(...fields);
  }

  /** Another window has written this section meanwhile; what it wrote is looked up and shown beside. */
  async #findOthers(): Promise<void> {
    try {
      const { entries } = await this.#desk.vault.load(SECTION);
      const versions = versionsOf(entries).get(this.id);
      const all = versions ? [versions.latest, ...versions.others] : [];
      this.#others = all.filter(({ entry }) => entry.id !== this.#keeper.entry?.id);
      this.#showOther();
    } catch (error) {
      this.#line.failed(troubleOf(error));
    }
  }

  /** One at a time; she may keep the one, the other, or both together, and nothing goes before that is saved. */
  #showOther(): void {
    if (!this.#fields) return;
    const { prompts, box } = this.#fields;
    const place = part(box, "[data-other]");
    const [other] = this.#others;
    if (!other) {
      place.replaceChildren();
      return;
    }
    const card = this.#rows.make("both");
    part(card, "[data-theirs]").append(...told(prompts, other.answers, this.#rows));
    const choose = (button: string, answers: () => Answers): void => {
      part(card, button).addEventListener("click", () => void this.#settle(other, answers()));
    };
    choose("[data-keep-mine]", () => this.#answers);
    choose("[data-keep-theirs]", () => other.answers);
    choose("[data-keep-both]", () => together(other.answers, this.#answers));
    place.replaceChildren(card);
  }

  async #settle(other: Version, answers: Answers): Promise<void> {
    try {
      if (answers !== this.#answers) {
        this.#change(answers);
        this.#fill();
      }
      await this.#keeper.flush();
      if (this.#keeper.isWaiting) return;
      await this.#desk.vault.remove(other.entry);
      this.#others = this.#others.filter((one) => one !== other);
      this.#showOther();
      part<HTMLElement>(this.#root, "summary").focus();
    } catch (error) {
      this.#line.failed(troubleOf(error));
    }
  }
}
