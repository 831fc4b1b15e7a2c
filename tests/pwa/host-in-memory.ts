// A host with accounts, as several phones reach it: fake in nothing but the network and its storage. It answers as
// server/routes/accounts.py and backups.py do.
import { vi } from "vitest";

interface Account {
  secret: string;
  devices: Set<string>;
  words: { lookup: string; proof: string } | null;
  copy: Uint8Array<ArrayBuffer> | undefined;
}

type Body = Readonly<Record<string, string | undefined>>;

const SIZES = [16, 64, 256, 1024].map((kib) => kib * 1024);
const refused = (status: number, kind: string): Response => Response.json({ kind }, { status });
const done = (): Response => new Response(null, { status: 204 });

export class HostInMemory {
  readonly asked: string[] = [];
  readonly accounts = new Map<string, Account>();
  readonly handedOver = new Map<string, { account: string; content: string }>();
  /** Which phone asks: each has a cookie of its own. */
  phone = "first";
  online = true;
  /** What the next one of these is answered with, once; "lost" does it and loses the answer. */
  readonly faults = new Map<string, Response | "lost">();
  /** By phone: whose it is, and as which device. */
  readonly sessions = new Map<string, { account: string; device: string }>();
  #count = 0;

  constructor() {
    this.connect();
  }

  /** Whatever stood in for the network before. */
  connect(): void {
    vi.stubGlobal("fetch", (address: string, init?: RequestInit) => this.#answer(address, init));
  }

  /** The one account there is. */
  get only(): Account {
    const [account] = this.accounts.values();
    if (!account || this.accounts.size > 1) throw new Error("not one account");
    return account;
  }

  #id(): string {
    this.#count += 1;
    return String(this.#count).padStart(22, "x");
  }

  #begin(account: string, device?: string): Response {
    const devices = this.accounts.get(account)?.devices;
    const known = device !== undefined && devices?.has(device) ? device : this.#id();
    devices?.add(known);
    this.sessions.set(this.phone, { account, device: known });
    return Response.json({ account, device: known });
  }

  async #answer(address: string, { method = "GET", body }: RequestInit = {}): Promise<Response> {
    const what = `${method} ${address}`;
    this.asked.push(what);
    await Promise.resolve();
    if (!this.online) throw new TypeError("Failed to fetch");
    const fault = this.faults.get(what);
    this.faults.delete(what);
    if (fault instanceof Response) return fault;
    const answer = this.#do(
      what,
      typeof body === "string" ? (JSON.parse(body) as Body) : (body as Uint8Array<ArrayBuffer>),
    );
    if (fault === "lost") throw new TypeError("Failed to fetch");
    return answer;
  }

  #do(what: string, sent: Body | Uint8Array<ArrayBuffer>): Response {
    const body = sent as Body;
    if (what === "POST /s/new") {
      const account = this.#id();
      this.accounts.set(account, { secret: body["secret"] ?? "", devices: new Set(), words: null, copy: undefined });
      return this.#begin(account);
    }
    if (what === "POST /s/in") {
      const account = body["account"] ?? "";
      const fits = this.accounts.get(account)?.secret === body["secret"];
      return fits ? this.#begin(account, body["device"]) : refused(401, "closed");
    }
    if (what === "POST /s/again") {
      const whose = [...this.accounts].find(
        ([, { words }]) => words?.lookup === body["lookup"] && words?.proof === body["proof"],
      );
      return whose ? this.#begin(whose[0]) : refused(401, "closed");
    }
    if (what === "POST /s/take") {
      const lies = this.handedOver.get(body["lookup"] ?? "");
      this.handedOver.delete(body["lookup"] ?? "");
      return lies ? Response.json({ content: lies.content }) : refused(404, "nothing");
    }
    return this.#doSignedIn(what, sent);
  }

  #doSignedIn(what: string, sent: Body | Uint8Array<ArrayBuffer>): Response {
    const session = this.sessions.get(this.phone);
    if (!session) return refused(401, "closed");
    const account = this.accounts.get(session.account);
    if (!account?.devices.has(session.device)) return refused(401, "closed");
    const body = sent as Body;
    switch (what) {
      case "POST /s/lay":
        if (body["content"]?.length !== Math.ceil((4096 * 4) / 3)) return refused(400, "unreadable");
        this.handedOver.set(body["lookup"] ?? "", { account: session.account, content: body["content"] });
        return done();
      case "GET /s/list":
        return Response.json({ devices: [...account.devices], here: session.device });
      case "POST /s/renew":
        account.secret = body["secret"] ?? "";
        account.devices = new Set([session.device]);
        return done();
      case "POST /s/out":
        account.devices.delete(session.device);
        return done();
      case "POST /s/clear":
        this.accounts.delete(session.account);
        return done();
      case "POST /s/spare":
        account.words = (sent as unknown as { words: Account["words"] }).words;
        return done();
      case "PUT /s/save":
        if (!(sent instanceof Uint8Array) || !SIZES.includes(sent.length)) return refused(400, "unreadable");
        account.copy = sent.slice();
        return done();
      case "DELETE /s/save":
        account.copy = undefined;
        return done();
      case "GET /s/save":
        return account.copy
          ? new Response(account.copy, { headers: { "content-type": "application/octet-stream" } })
          : refused(404, "nothing");
      default:
        return new Response("<p>not found</p>", { status: 404 });
    }
  }
}
