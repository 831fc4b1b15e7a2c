"""Somebody who keeps words on the phone: behind a code, in the plan, as notes and as days."""

import json
from pathlib import Path

from server.shipped_names import SHIPPED_NAMES
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.person import HOLD_SECONDS, Person

CODE = "836491"
SECOND = "907351"
# Hex of eight bytes, as docs/VAULT.md has it.
DEVICE_NAME_LENGTH = 16
# A phone without the network, or a busy machine, takes its time over a code.
UNLOCK_SECONDS = 20.0

CODE_IS_ASKED = "document.querySelector('#gate form') !== null"
_SAID = "document.querySelector('#view [data-said]').textContent !== ''"
_KEPT = "!document.querySelector('#view [data-saving] [data-said]').hidden"


class Keeper(Person):
    # --- the code -------------------------------------------------------------------------------------------------

    def comes_to_the_safe(self) -> None:
        """Come in for the first time and read on to where keeping is set up."""
        self.opens("sip")
        self.opens_the_door()
        self.phone.click("#view [data-seen]")
        self.phone.wait_until("""document.querySelector('#view [data-go="safe"]') !== null""", "no way to the safe")
        self.reads("safe")
        self.phone.wait_until("document.querySelector('[data-when~=absent]:not([hidden])') !== null", "not asked")

    def keeps_words_with(self, code: str) -> None:
        self.comes_to_the_safe()
        self.types_twice("make", code)

    def keeps_words_without_a_code(self) -> None:
        self.comes_to_the_safe()
        self.phone.click("[data-free]")
        self.phone.wait_until(_SAID, "nothing was said")

    def chooses_a_second_code(self, code: str) -> None:
        self.phone.click("summary:has(+ [data-for=second])")
        self.types_twice("second", code)

    def types_twice(self, purpose: str, code: str) -> None:
        """Choose a code in one of the forms, and wait until it counts."""
        for field in ("one", "again"):
            self.writes(f"#{purpose}-{field}", code)
        self.phone.press("Enter")
        self.phone.wait_until(_SAID, "nothing was said", seconds=UNLOCK_SECONDS)

    def locks_at_once_when_hidden(self) -> None:
        """Choose no time at all, in the view where the code was chosen."""
        self.phone.evaluate("void (document.querySelector('#view [data-said]').textContent = '')")
        self.picks("#lock-time", "0")
        self.phone.wait_until(_SAID, "nothing was said")

    def knocks(self) -> None:
        """Hold the title until the code is asked for."""
        self.phone.hold("#title", HOLD_SECONDS)
        self.phone.wait_until(CODE_IS_ASKED, "no code was asked for")

    def enters(self, code: str) -> None:
        self.writes("#code", code)
        self.phone.press("Enter")

    def comes_back(self, code: str = CODE) -> None:
        """Open the cover and go in with the code."""
        self.opens("sip")
        self.knocks()
        self.enters(code)
        assert self.is_in()

    def is_in(self) -> bool:
        return self.holds("document.querySelector('#view h1') !== null", UNLOCK_SECONDS)

    def sees_the_cover_after_a_while(self) -> bool:
        """Whether a code has led to the cover, which takes as long as any code."""
        self.phone.wait_until("document.querySelector('#room').hidden", "the cover stayed away", seconds=UNLOCK_SECONDS)
        return self.sees_the_cover()

    # --- what is kept ---------------------------------------------------------------------------------------------

    def opens_a_part_of_the_plan(self, section: str) -> None:
        self.reads("plan")
        part = f"#view [data-section={section}]"
        self.phone.click(f"{part} > summary")
        self.phone.wait_until(f"document.querySelector('{part} textarea') !== null", "no field to write in")

    def writes_in_the_plan(self, section: str, text: str) -> None:
        """Write into the first field of a part of the plan, and wait until it is kept."""
        self.opens_a_part_of_the_plan(section)
        self.writes(f"#view [data-section={section}] textarea", text)
        self.waits_until_kept()

    def writes_a_note(self, text: str) -> None:
        self.reads("notes")
        self.phone.click("#view [data-new]")
        self.writes("#view [data-notes] textarea", text)
        self.waits_until_kept()

    def marks_the_day(self, mood: int) -> None:
        self.reads("days")
        self.phone.click(f"#view [data-mood='{mood}']")
        self.waits_until_kept()

    def waits_until_kept(self) -> None:
        self.phone.wait_until(_KEPT, "it was not kept")

    # --- a copy elsewhere -----------------------------------------------------------------------------------------

    def comes_to_the_copy(self) -> None:
        # Views that keep words have a way to the safe, too, but only show it where nothing can be kept.
        self.reads("start")
        self.reads("safe")
        self.reads("keep")
        self.phone.wait_until("!document.querySelector('#view [data-present]').hidden", "there is nothing to copy")

    def makes_a_file(self, passphrase: str, folder: Path) -> Path:
        """Have a file made under a passphrase, and give where the browser has put it."""
        assert isinstance(self.phone, ChromiumPhone)
        self.comes_to_the_copy()
        for field in ("#copy-secret", "#copy-again"):
            self.writes(field, passphrase)
        self.phone.puts_downloads_in(folder)
        self.phone.press("Enter")
        file = folder / "backup.dat"
        # The browser gives it this name when it is complete.
        self.phone.wait_until(file.exists, "no file came", seconds=UNLOCK_SECONDS)
        return file

    def opens_a_file(self, file: Path, passphrase: str) -> None:
        """Choose a file and type its passphrase; what comes of it is on the screen."""
        assert isinstance(self.phone, ChromiumPhone)
        self.comes_to_the_copy()
        # The window that chooses files belongs to the system.
        self.phone.page.set_input_files("#copy-file", file)
        self.writes("#copy-open", passphrase)
        self.phone.press("Enter")
        self.phone.wait_until(
            "document.querySelector('#view [aria-busy]') === null && "
            "document.querySelector('#view [data-held]:not([hidden]), #view [role=alert]:not([hidden])') !== null",
            "nothing came of it",
            seconds=UNLOCK_SECONDS,
        )

    # --- the end --------------------------------------------------------------------------------------------------

    def removes_everything(self) -> None:
        """Ask for it inside, and say yes."""
        self.reads("remove")
        self.phone.click("#view [data-ask]")
        self.phone.click("#view [data-remove]")
        assert self.sees_the_cover_after_a_while()

    # --- what lies on the phone -----------------------------------------------------------------------------------

    def records(self) -> dict[str, bytes]:
        """Give everything in the database, by its name there."""
        return self._bytes_by_name(_RECORDS % json.dumps(SHIPPED_NAMES["vaultDatabase"]))

    def device_files(self) -> dict[str, bytes]:
        """Give the private files; none where the browser has no such files."""
        return self._bytes_by_name(_FILES)

    def device_keys(self) -> list[bytes]:
        """Give what the passcode is nothing without: from the private files or, where there are none, the database."""
        beside = [content for name, content in self.records().items() if len(name) == DEVICE_NAME_LENGTH]
        return [*self.device_files().values(), *beside]

    def _bytes_by_name(self, expression: str) -> dict[str, bytes]:
        found: dict[str, list[int]] = self.phone.evaluate(expression)
        return {name: bytes(content) for name, content in found.items()}


_RECORDS = """new Promise((resolve, reject) => {
  const opening = indexedDB.open(%s);
  opening.onerror = reject;
  opening.onsuccess = () => {
    const items = opening.result.transaction("items").objectStore("items"), found = {};
    items.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (cursor) {
        found[cursor.key] = [...cursor.value];
        cursor.continue();
        return;
      }
      opening.result.close();
      resolve(found);
    };
  };
})"""

_FILES = """(async () => {
  const files = {};
  try {
    for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) {
      files[name] = [...new Uint8Array(await (await handle.getFile()).arrayBuffer())];
    }
  } catch {}
  return files;
})()"""
