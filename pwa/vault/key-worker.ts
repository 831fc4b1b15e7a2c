// The page's end of the key worker: started when needed, ended as soon as nobody asks, so that no passcode stays in it.

import type { Bytes } from "../shared/bytes.ts";
import type { Derive } from "./derive.ts";
import { VaultError } from "./store.ts";
import type { Answer, Question } from "./worker/questions.ts";

/** What the vault needs done beside the page. Each rejects where the phone cannot. */
export interface KeyWorker {
  /** Argon2id, 32 bytes. Rejects with VaultError "memory". */
  readonly stretch: Derive;
  writeFile(name: string, bytes: Bytes): Promise<void>;
  readFile(name: string): Promise<Bytes>;
  removeFilesBut(name?: string): Promise<void>;
}

// Far more than the dearest stretching takes on a slow phone. A worker that the system has ended says nothing more.
const PATIENCE_MS = 60_000;

/** One worker for one question: a crash can only take that answer with it. */
function ask(start: () => Worker, question: Question): Promise<Bytes | undefined> {
  return new Promise((resolve, reject) => {
    const worker = start();
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      worker.terminate();
      settle();
    };
    const fail = (): void => {
      end(() => {
        reject(new VaultError(question.ask === "stretch" ? "memory" : "blocked"));
      });
    };
    const timer = setTimeout(fail, PATIENCE_MS);
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      if (!data.ok) fail();
      else
        end(() => {
          resolve(data.bytes);
        });
    });
    worker.addEventListener("error", fail);
    worker.addEventListener("messageerror", fail);
    worker.postMessage(question);
  });
}

export function keyWorkerAt(address: string): KeyWorker {
  const start = (): Worker => new Worker(address);
  const bytes = async (question: Question): Promise<Bytes> => {
    const answer = await ask(start, question);
    if (!answer) throw new VaultError("blocked");
    return answer;
  };
  return {
    stretch: (secret, salt, cost) => bytes({ ask: "stretch", secret, salt, cost }),
    readFile: (name) => bytes({ ask: "read", name }),
    async writeFile(name, content) {
      await ask(start, { ask: "write", name, bytes: content });
    },
    async removeFilesBut(name) {
      await ask(start, { ask: "removeBut", name });
    },
  };
}
