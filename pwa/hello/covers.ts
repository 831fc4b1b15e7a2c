// Choosing a cover: the choice goes into the practice and into the button that opens it, and is kept nowhere.

export interface ChosenCover {
  readonly name: string;
  readonly address: string;
  readonly version: string;
  readonly picture: string;
}

function coverOf(offer: HTMLElement): ChosenCover {
  const { name = "", address = "", version = "", picture = "" } = offer.dataset;
  return { name, address, version, picture };
}

function pointTo({ name, address }: ChosenCover): void {
  const open = document.querySelector<HTMLAnchorElement>("#open");
  if (!open) return;
  open.href = address;
  open.textContent = (open.dataset["text"] ?? "").replace("{name}", name);
}

/** Turns the links to the covers into a choice; the first one is chosen until somebody chooses another. */
export function offerCovers(chosen: (cover: ChosenCover) => void): void {
  const offers = [...document.querySelectorAll<HTMLElement>(".offer")];
  const buttons = offers.map((offer) => offer.querySelector<HTMLElement>("[data-choose]"));
  const choose = (index: number): void => {
    const offer = offers[index];
    if (!offer) return;
    buttons.forEach((button, at) => button?.setAttribute("aria-pressed", String(at === index)));
    pointTo(coverOf(offer));
    chosen(coverOf(offer));
  };
  offers.forEach((offer, index) => {
    offer.querySelector("a")?.remove();
    const button = buttons[index];
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => choose(index));
  });
  choose(0);
}
