"""Once there is a passcode, the words of the inside rest sealed: what is there, another implementation opens."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from tests.journeys.person import Person
from tests.journeys.resting import PACKS, packs_on, sets_a_passcode
from tests.sealed_box import content_of, open_box


def files_with(profile: Path, part: bytes) -> list[str]:
    return [str(file) for file in profile.rglob("*") if file.is_file() and part in file.read_bytes()]


def test_a_pack_is_sealed_once_there_is_a_passcode_and_no_plain_one_stays(person: Person) -> None:
    # Given a cover that was there before the passcode
    person.opens("sip")
    person.lets_it_settle_in()
    (plain,) = packs_on(person)
    assert plain[:2] == b"\x1f\x8b"
    somewhere = plain[20_000:20_032]
    person.phone.close()
    assert files_with(person.phone.profile, somewhere), "the search would be worth nothing"
    person.phone.start()
    person.opens("sip")
    key = ec.generate_private_key(ec.SECP256R1())
    sets_a_passcode(person, key)

    # When the pack is asked for
    person.phone.evaluate("void fetch(JSON.parse(document.getElementById('data').textContent).pack)")
    person.phone.wait_until(f"({PACKS}).then(([pack]) => atob(pack).charCodeAt(0) === 1)", "it stayed plain")

    # Then it lies there sealed, whole, and no file has the plain one
    (sealed,) = packs_on(person)
    assert content_of(open_box(key, sealed)) == plain
    person.phone.close()
    assert files_with(person.phone.profile, somewhere) == []


def test_a_cover_that_comes_after_the_passcode_never_lays_a_plain_pack_by(person: Person) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    person.host.break_path("/b/")
    person.opens("sip")
    sets_a_passcode(person, key)
    person.host.mend()

    person.opens("sprout")
    person.lets_it_settle_in()

    packs = packs_on(person)
    assert packs
    for pack in packs:
        assert content_of(open_box(key, pack))[:2] == b"\x1f\x8b"
