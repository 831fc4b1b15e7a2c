"""The hidden way in: whoever knows it gets in by pointer, finger or key; whoever does not finds an ordinary app."""

from tests.journeys.person import Person

# Far below 1.2 s, since a busy machine tells the page late that the press has ended.
TOO_SHORT_SECONDS = 0.5


def test_holding_the_title_opens_the_inside(person: Person) -> None:
    person.opens("sip")
    assert person.sees_the_cover()

    person.opens_the_door()

    assert person.sees_inside()
    assert person.phone.title == "Sip"
    assert person.phone.url == f"{person.host.base}/sip/"


def test_a_short_press_or_a_tap_is_just_a_press_on_the_title(person: Person) -> None:
    person.opens("sip")

    person.phone.hold("#title", TOO_SHORT_SECONDS)
    person.phone.click("#title")
    person.waits(1.5)

    assert person.sees_the_cover()


def test_holding_a_key_on_the_title_opens_the_inside(person: Person) -> None:
    for key in ("Enter", " "):
        person.opens("sip")
        person.phone.focus("#title")
        person.phone.hold_key(key, TOO_SHORT_SECONDS)
        person.waits(1)
        assert person.sees_the_cover()

        person.opens_the_door_by_a_held_key(key)
        assert person.sees_inside()


def test_the_version_line_five_times_opens_the_inside(person: Person) -> None:
    person.opens("sip")
    person.opens_the_door_by_the_version_line()
    assert person.sees_inside()
    assert person.phone.evaluate("document.querySelector('dialog[open]') === null"), "the settings are shut behind her"


def test_the_version_line_opens_by_keyboard_alone(person: Person) -> None:
    person.opens("sip")

    def activate() -> None:
        person.phone.focus("#version")
        person.phone.press("Enter")

    person.opens_the_door_by_the_version_line(activate)
    assert person.sees_inside()


def test_four_activations_of_the_version_line_are_not_enough(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.opens_settings()
    for _ in range(4):
        person.phone.click("#version")
    person.waits(0.5)
    assert person.sees_the_cover()


def test_a_finger_opens_the_door(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.phone.touch_hold("#title", TOO_SHORT_SECONDS)
    person.phone.tap("#title")
    person.waits(1.5)
    assert person.sees_the_cover()

    person.opens_the_door_by_finger()
    assert person.sees_inside()


def test_a_finger_opens_the_door_by_the_version_line(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    person.opens_the_door_by_the_version_line(lambda: person.phone.tap("#version"))
    assert person.sees_inside()


def test_the_door_is_announced_as_ordinary_controls_of_the_cover(android_person: Person) -> None:
    person = android_person
    person.opens("sip")
    heard = person.what_is_on_screen()
    assert '- button "Sip"' in heard
    assert '- button "Settings"' in heard

    person.opens_settings()
    heard = person.what_is_on_screen()
    assert '- button "Version 2.4"' in heard
    for word in ("hold", "long press", "hidden", "secret", "five times"):
        assert word not in heard.lower()
