// The page that explains the app: choosing a cover, trying the two ways, leaving. It keeps nothing and asks for nothing.

import { onShiftThrice } from "../exit/thrice.ts";
import { offerCovers } from "./covers.ts";
import { orderInstallHelp } from "./install-help.ts";
import { leave } from "./leave.ts";
import { followLinks } from "./links.ts";
import { offerPlainPagesFirst } from "./older-phone.ts";
import { hideOutOfSight } from "./out-of-sight.ts";
import { Rehearsal } from "./rehearsal.ts";

const rehearsal = (): Rehearsal | null => document.querySelector<Rehearsal>(NAMES.rehearsal);

function prepare(): void {
  offerCovers((cover) => rehearsal()?.dress(cover));
  orderInstallHelp(document.getElementById("phones"));
  offerPlainPagesFirst();
}

customElements.define(NAMES.rehearsal, Rehearsal);
prepare();
followLinks(prepare);
hideOutOfSight();
onShiftThrice(document, () => {
  const way = document.querySelector<HTMLAnchorElement>("#leave");
  if (!rehearsal()?.closes() && way) leave(way.href);
});
