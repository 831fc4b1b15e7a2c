// The server as the phone's scripts reach it: fake in nothing but the network. It answers as server/routes do.
import { vi } from "vitest";

export interface Asked {
  readonly what: string;
  readonly body: unknown;
  readonly text: string;
}

type Answer = (body: unknown) => Response | Promise<Response>;

export const done = (): Response => new Response(null, { status: 204 });
export const said = (value: object): Response => Response.json(value);
export const refused = (status: number, kind: string): Response => Response.json({ kind }, { status });

export const ACCOUNT = "A".repeat(22);
export const DEVICE = "D".repeat(22);
export const CHECK_IN = "C".repeat(22);
/** An uncompressed point, as a VAPID key is. */
export const KEY = `BA${"B".repeat(84)}A`;

export class ServerInMemory {
  readonly asked: Asked[] = [];
  readonly answers = new Map<string, Answer>();
  online = true;
  /** Takes every request and answers none. */
  hangs = false;
  /** Whether the phone's session still stands. */
  isSignedIn = true;

  constructor() {
    const session = (): Response => {
      this.isSignedIn = true;
      return said({ account: ACCOUNT, device: DEVICE });
    };
    this.answers.set("POST /s/new", session);
    this.answers.set("POST /s/in", session);
    for (const what of ["POST /s/note", "POST /s/wait", "POST /s/try", "PUT /s/times", "DELETE /s/times"])
      this.answers.set(what, done);
    for (const what of ["PUT /s/reach", "DELETE /s/reach", "POST /s/slip", "POST /s/tick", "POST /s/clear"])
      this.answers.set(what, done);
    this.listen();
  }

  /** Again, after something else has taken the network's place. */
  listen(): void {
    vi.stubGlobal("fetch", (address: string, init?: RequestInit) => this.#answer(address, init));
  }

  whats(): string[] {
    return this.asked.map(({ what }) => what);
  }

  bodies(what: string): unknown[] {
    return this.asked.filter((each) => each.what === what).map(({ body }) => body);
  }

  async #answer(address: string, init: RequestInit = {}): Promise<Response> {
    const what = `${init.method ?? "GET"} ${address}`;
    const text = typeof init.body === "string" ? init.body : "";
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    this.asked.push({ what, body, text });
    await Promise.resolve();
    if (this.hangs) {
      return new Promise((_, reject) => {
        init.signal?.addEventListener("abort", () => {
          reject(new DOMException("The operation was aborted.", "AbortError"));
        });
      });
    }
    if (!this.online) throw new TypeError("Failed to fetch");
    const open = ["POST /s/new", "POST /s/in", "POST /s/tick"].includes(what);
    if (!this.isSignedIn && !open) return refused(401, "closed");
    return (this.answers.get(what) ?? (() => new Response("<p>not found</p>", { status: 404 })))(body);
  }
}
