// What a push shows: one of the cover's own lines, in the phone's language. A push holds one byte of meaning
// (server/push/payloads.py), and a lock screen gets none: every line could be the cover's everyday reminder.

import { keepNote, readNote } from "../shared/notes.ts";
import { chosenLanguage } from "./language.ts";
import { plan } from "./plan.ts";

declare const self: ServiceWorkerGlobalScope;

// As server/push/payloads.py counts them.
const PROMPT = 1;
const ORDINARY_REMINDER = 2;
const NUDGE = 3;

function kindOf(data: PushMessageData | null): number | undefined {
  try {
    return data ? new Uint8Array(data.arrayBuffer())[0] : undefined;
  } catch {
    return undefined;
  }
}

/** What cannot be read is shown as an ordinary reminder: browsers punish a push that shows nothing. */
async function linesFor(data: PushMessageData | null): Promise<readonly string[]> {
  const phrases = plan.languages[await chosenLanguage()]?.phrases ?? {};
  const kind = kindOf(data);
  const lines = phrases[String(kind)] ?? phrases[ORDINARY_REMINDER] ?? [];
  if (kind !== PROMPT && kind !== ORDINARY_REMINDER) return lines;
  // One takes the other's place: what asks somebody to reach out must not go under in a prompt of their own.
  const nudges = phrases[NUDGE] ?? [];
  return (await shownLines()).some((line) => nudges.includes(line)) ? nudges : lines;
}

async function shownLines(): Promise<readonly string[]> {
  try {
    return (await self.registration.getNotifications({ tag: plan.cover })).map(({ body }) => body);
  } catch {
    return [];
  }
}

function oneOf(lines: readonly string[]): string {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return lines[drawn % lines.length] ?? plan.name;
}

/** Never the same twice running: two equal ones a day look like a machine with one thing on its mind. */
async function nextOf(lines: readonly string[]): Promise<string> {
  const last = await readNote(plan, NAMES.lastLineEntry);
  const others = lines.filter((line) => line !== last);
  return oneOf(others.length > 0 ? others : lines);
}

export async function showNotification(data: PushMessageData | null): Promise<void> {
  const line = await nextOf(await linesFor(data));
  // One tag, so that a second takes the first one's place. No actions, no badge, no image, no sound of its own.
  await self.registration.showNotification(plan.name, {
    body: line,
    tag: plan.cover,
    icon: plan.icon,
    lang: await chosenLanguage(),
  });
  // Where it is refused, the same line may come twice running.
  await keepNote(plan, NAMES.lastLineEntry, line).catch(() => undefined);
}

/** A tap leads to the cover, never further. */
export async function openCover(notification: Notification): Promise<void> {
  notification.close();
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find(({ url }) => new URL(url).pathname.startsWith(plan.scope));
  try {
    if (open) await open.focus();
    else await self.clients.openWindow(plan.scope);
  } catch {
    // The browser lets nobody come forward just now.
  }
}
