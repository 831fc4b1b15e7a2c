// The key worker's entry. One question at a time; the page ends the worker when it has its answers, and with it goes
// every byte of the passcode that this memory held.

import type { Bytes } from "../../shared/bytes.ts";
import { readFile, removeFilesBut, writeFile } from "./private-file.ts";
import type { Answer, Question } from "./questions.ts";
import { stretch } from "./stretch.ts";

async function answer(question: Question): Promise<Bytes | undefined> {
  switch (question.ask) {
    case "stretch":
      return stretch(question.secret, question.salt, question.cost);
    case "read":
      return readFile(question.name);
    case "write":
      await writeFile(question.name, question.bytes);
      return undefined;
    case "removeBut":
      await removeFilesBut(question.name);
      return undefined;
  }
}

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  answer(data).then(
    (bytes) => {
      postMessage((bytes ? { ok: true, bytes } : { ok: true }) satisfies Answer);
    },
    () => {
      postMessage({ ok: false } satisfies Answer);
    },
  );
});
