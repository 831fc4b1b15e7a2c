// The server wrote the page; the scripts look its parts up by id.

export function part(id: string): HTMLElement;
export function part<T extends Element>(id: string, kind: new () => T): T;
export function part(id: string, kind: new () => Element = HTMLElement): Element {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`#${id} is missing`);
  return found;
}
