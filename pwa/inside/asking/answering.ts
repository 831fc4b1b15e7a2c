// Her answers on their way: laid by before anything else, so that each arrives some time whatever the network does.

import { layAnswerBy, newAnswer, sendAnswer, sendWaitingAnswers, type Says } from "../../shared/answers.ts";
import type { Trouble } from "../../shared/api.ts";
import { now } from "../../shared/clock.ts";
import { askForSync } from "../../shell/ask-for-sync.ts";
import type { Vault } from "../../vault/store.ts";
import { signInAgain } from "../account.ts";
import { dayOf } from "../keeping/days.ts";
import { DAY, moodsOf, type Mood } from "../keeping/moods.ts";
import type { Remembered } from "./remembered.ts";

const REMEMBERED = 8;

export class Answering {
  readonly #vault: Vault;
  readonly #remembered: Remembered;

  constructor(vault: Vault, remembered: Remembered) {
    this.#vault = vault;
    this.#remembered = remembered;
  }

  /** One tap. The mood goes to the vault and no further; what is laid by and not sent yet has gone "offline". */
  async answer(
    says: Says,
    checkIn: string | null,
    mood: Mood | undefined,
    isTheLastWord: boolean,
  ): Promise<Trouble | undefined> {
    const answer = newAnswer(says, checkIn);
    const isLaidBy = await layAnswerBy(answer);
    if (isLaidBy) await this.#noteAnswered();
    if (mood) await this.#noteMood(mood, isTheLastWord);
    let trouble = await sendAnswer(answer);
    if (trouble === "closed" && (await signInAgain(this.#vault))) trouble = await sendAnswer(answer);
    if (!trouble && !isLaidBy) await this.#noteAnswered();
    if (!isLaidBy || !trouble || trouble === "refused" || trouble === "nothing") return trouble;
    await askForSync();
    return "offline";
  }

  /** Never rejects. */
  async sendWaiting(): Promise<void> {
    try {
      if ((await sendWaitingAnswers()) !== "closed") return;
      if (await signInAgain(this.#vault)) await sendWaitingAnswers();
    } catch {
      // The phone refuses its storage: then nothing waits in it.
    }
  }

  #noteAnswered(): Promise<void> {
    const { times, answered: before } = this.#remembered.now;
    const open = times?.open.map(({ id }) => id) ?? [];
    const answered = [...new Set([...open, ...before])].slice(0, REMEMBERED);
    return this.#remembered.keep({ answeredAt: now().getTime(), answered });
  }

  /** A day that she has already said something about keeps it, unless this says more. */
  async #noteMood(mood: Mood, isTheLastWord: boolean): Promise<void> {
    const day = dayOf(now());
    const before = moodsOf((await this.#vault.load(DAY)).entries).get(day);
    if (!before || isTheLastWord) await this.#vault.save(DAY, { day, mood }, before?.entry);
  }
}
