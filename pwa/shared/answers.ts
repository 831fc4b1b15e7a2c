// Answers on their way to the server. An answer is laid by before it is sent, so that none is lost between two rooms of
// a bad network; the page sends it at once, the worker when the network is back, the next visit where there is no such
// worker. Each has an id of its own, so that one sent twice counts once.
//
// They lie outside the vault, in the clear: when the network comes back the vault is locked, and a key that the worker
// could use would lie beside what it locks. What is written is therefore only what the server needs. All are equally
// long, whatever they say; nothing of how she feels is among it, no account, and no word that tells what it is for.
// Somebody who takes the phone's files apart can read that, and when, something was to be sent, and which of two words
// it says. That is the price; it lies here until it is sent, a week at the most.

import { nameOf, randomBytes } from "./bytes.ts";
import { now } from "./clock.ts";
import { isId, sendNote, type Trouble } from "./api.ts";
import { sendSlip, type Marked } from "./slips.ts";

/** She is there; or she would like company. */
export type Says = "here" | "come";

export interface Waiting {
  readonly id: string;
  readonly says: Says;
  /** Seconds since 1970 by this phone's clock. */
  readonly given_at: number;
  /** The check-in that was on her screen. */
  readonly check_in: string | null;
  /** Of the quiet answer: sent in place of all else, since it stands for what it says (slips.ts). */
  readonly slip?: string;
}

const KEEP_SECONDS = 7 * 86_400;
const LENGTH = 192;
const ID_BYTES = 16;

const seconds = (): number => Math.floor(now().getTime() / 1000);
const addressOf = (id: string): string => `/${NAMES.answersCache}/${id}`;
const padded = (value: object): string => JSON.stringify(value).padEnd(LENGTH);
const store = (): Promise<Cache> => caches.open(NAMES.answersCache);

export function newAnswer(says: Says, checkIn: string | null): Waiting {
  return { id: nameOf(randomBytes(ID_BYTES)), says, given_at: seconds(), check_in: checkIn };
}

/** A slip to be sent by the worker, which cannot read where the page keeps it. Whatever it means, it looks the same. */
export const answerBySlip = ({ slip, at }: Marked): Waiting => ({
  id: slip.slice(0, 22),
  says: "here",
  given_at: at,
  check_in: null,
  slip,
});

/** Resolves to whether it is laid by; a phone that refuses its storage can still send it while the page lives. */
export async function layAnswerBy(answer: Waiting): Promise<boolean> {
  try {
    await (await store()).put(addressOf(answer.id), new Response(padded(answer)));
    return true;
  } catch {
    return false;
  }
}

async function forget({ id }: Waiting): Promise<void> {
  try {
    await (await store()).delete(addressOf(id));
  } catch {
    // It will be sent again, and count once.
  }
}

function parse(text: string): Waiting | undefined {
  try {
    const { id, says, given_at, check_in, slip } = JSON.parse(text) as Partial<Record<keyof Waiting, unknown>>;
    if (!isId(id) || (says !== "here" && says !== "come") || !Number.isSafeInteger(given_at)) return undefined;
    const answer: Waiting = { id, says, given_at: Number(given_at), check_in: isId(check_in) ? check_in : null };
    return typeof slip === "string" ? { ...answer, slip } : answer;
  } catch {
    return undefined;
  }
}

/** Those that wait, oldest first. What cannot be read, or is older than a week, goes. */
export async function waitingAnswers(): Promise<readonly Waiting[]> {
  // Looking must not leave an empty store behind.
  if (!(await caches.has(NAMES.answersCache))) return [];
  const cache = await store();
  const found: Waiting[] = [];
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    const answer = parse((await (await cache.match(pathname))?.text()) ?? "");
    if (answer && seconds() - answer.given_at < KEEP_SECONDS) found.push(answer);
    else await cache.delete(pathname);
  }
  return found.sort((one, other) => one.given_at - other.given_at);
}

async function send(answer: Waiting): Promise<Trouble | undefined> {
  const { slip, given_at } = answer;
  const said = slip ? await sendSlip(slip, given_at) : await sendNote(padded({ ...answer, sent_at: seconds() }));
  if (said.ok) return undefined;
  // A check-in of long ago is unknown by now; what she said is true all the same.
  if (said.trouble === "nothing" && answer.check_in !== null) return send({ ...answer, check_in: null });
  return said.trouble;
}

/** Sends one; what the server has, or will never take, is forgotten. Resolves to the trouble, if any. */
export async function sendAnswer(answer: Waiting): Promise<Trouble | undefined> {
  const trouble = await send(answer);
  if (trouble === undefined || trouble === "refused" || trouble === "nothing") await forget(answer);
  return trouble;
}

/** Sends all that wait, in their order, up to the first that cannot be sent. Rejects where storage is refused. */
export async function sendWaitingAnswers(): Promise<Trouble | undefined> {
  for (const answer of await waitingAnswers()) {
    const trouble = await sendAnswer(answer);
    if (trouble === "offline" || trouble === "closed" || trouble === "later") return trouble;
  }
  return undefined;
}

/** When everything is removed, or check-ins are turned off. */
export async function forgetAnswers(): Promise<void> {
  try {
    await caches.delete(NAMES.answersCache);
  } catch {
    // Where nothing can be kept, nothing is.
  }
}
