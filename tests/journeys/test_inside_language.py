"""The inside in another language than the cover: chosen there, there without a network, and told to nobody outside."""

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.host import Host
from tests.journeys.keeper import CODE, Keeper
from tests.journeys.person import Person


def chooses_inside(person: Person, code: str) -> None:
    person.reads("start")
    person.picks("#tongue", code)
    person.phone.wait_until(f"document.querySelector('#view').lang === '{code}'", "the language stayed", seconds=20)


def language_of_the_inside(person: Person) -> str:
    return str(person.phone.evaluate("document.querySelector('#view').lang"))


def test_it_stays_without_a_network_and_the_cover_stays_as_it_was(person: Person) -> None:
    person.opens("sip")
    person.lets_it_settle_in()
    person.opens_the_door()
    chooses_inside(person, "ar")
    assert person.phone.evaluate("getComputedStyle(document.querySelector('#view')).direction") == "rtl"
    # It is laid by meanwhile.
    person.phone.wait_until(
        "(async () => Boolean(await caches.match('/b/ar.bin')))()", "the pack was not laid by", seconds=20
    )
    person.host.stop()

    person.phone.restart()
    person.opens("sip")
    assert person.phone.evaluate("document.documentElement.lang") == "en"
    assert person.sees("Add a glass")
    person.opens_the_door()

    assert language_of_the_inside(person) == "ar"
    assert "مرحبًا" in person.text_of_the_view()
    person.exits()
    person.opens("sip")
    assert person.sees("Add a glass")


def test_behind_a_code_the_other_pack_rests_sealed_too(chromium_phone: ChromiumPhone, host: Host) -> None:
    keeper = Keeper(chromium_phone, host)
    keeper.keeps_words_with(CODE)
    chooses_inside(keeper, "es")
    keeper.phone.wait_until("(async () => Boolean(await caches.match('/b/es.bin')))()", seconds=20)

    # The first byte of plain gzip is 0x1f (RFC 1952).
    first = "(async () => new Uint8Array(await (await caches.match('/b/es.bin')).arrayBuffer())[0])()"
    assert keeper.phone.evaluate(first) != 0x1F
    keeper.exits()
    keeper.comes_back()
    assert language_of_the_inside(keeper) == "es"
