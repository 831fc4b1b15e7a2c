// Eight words, and then a copy file that they open.

import { writeBackup } from "../vault/export-file.ts";
import { FILE_NAME, gather, handOver } from "./copy-file.ts";
import { currentVisit } from "./room.ts";
import { once, say } from "./said.ts";
import { WordSteps } from "./word-steps.ts";

export class EightWords extends WordSteps {
  override connectedCallback(): void {
    super.connectedCallback();
    this.on("[data-make-file]", () => void this.#makeFile());
  }

  async #makeFile(): Promise<void> {
    const { vault, derive } = currentVisit()?.place ?? {};
    if (!vault || !derive) return;
    await once(this, async () => {
      const secret = await this.secret();
      if (!secret) return;
      const file = await writeBackup(await gather(vault), secret, derive);
      if (!this.isConnected) return;
      handOver(file, FILE_NAME);
      say(this, "made");
    });
  }
}
