"""What rests on a phone: a vault's plain record, laid there by us, and the packs."""

import json
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.asymmetric import ec

from server.shipped_names import SHIPPED_NAMES
from tests.journeys.person import Person
from tests.sealed_box import header_with_passcode

_KEEP_HEADER = """(async () => {
  const record = Uint8Array.from(atob(%s), (character) => character.charCodeAt(0));
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });
  const opening = indexedDB.open(%s, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("items");
  const database = await asked(opening);
  await asked(database.transaction("items", "readwrite").objectStore("items").put(record, "index"));
  database.close();
})()"""

PACKS = """(async () => {
  const packs = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!request.url.endsWith(".bin")) continue;
      const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
      packs.push(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
    }
  }
  return packs;
})()"""


def sets_a_passcode(person: Person, key: ec.EllipticCurvePrivateKey) -> None:
    """Leave on the phone what a vault with a passcode leaves there, its key in our hands."""
    record = b64encode(header_with_passcode(key)).decode()
    person.phone.evaluate(_KEEP_HEADER % (json.dumps(record), json.dumps(SHIPPED_NAMES["vaultDatabase"])))


def packs_on(person: Person) -> list[bytes]:
    return [b64decode(pack) for pack in person.phone.evaluate(PACKS)]
