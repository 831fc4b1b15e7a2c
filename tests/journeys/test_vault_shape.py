"""Nobody who looks at the phone's storage, or waits for an answer, can tell whether there is a second code."""

from pathlib import Path

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.keeper import CODE, SECOND, Keeper

WRONG = "111222"

_COUNT_STRETCHINGS = """(() => {
  const send = Worker.prototype.postMessage;
  window.stretchings = 0;
  Worker.prototype.postMessage = function (question, ...rest) {
    if (question.ask === "stretch") window.stretchings += 1;
    return send.call(this, question, ...rest);
  };
})()"""


def kept_by(keeper: Keeper, *, second: bool) -> Keeper:
    """Keep the same words, with a second code or without."""
    keeper.keeps_words_with(CODE)
    if second:
        keeper.chooses_a_second_code(SECOND)
    keeper.writes_in_the_plan("home", "the same words")
    return keeper


def shape_of(keeper: Keeper) -> dict[str, list[int]]:
    """Give how large everything is that lies on the phone; names are drawn by lot."""
    records = keeper.records()
    return {
        "named": sorted(len(records.pop(name)) for name in ("index", "state")),
        "names": sorted(len(name) for name in records),
        "records": sorted(len(content) for content in records.values()),
        "files": sorted(len(content) for content in keeper.device_files().values()),
        "file names": sorted(len(name) for name in keeper.device_files()),
    }


def test_storage_has_the_same_shape_with_a_second_code_and_without(shop: Shop, host: Host, tmp_path: Path) -> None:
    without = kept_by(Keeper(shop.chromium(tmp_path / "without"), host), second=False)
    with_second = kept_by(Keeper(shop.chromium(tmp_path / "with"), host), second=True)

    assert shape_of(with_second) == shape_of(without)
    assert shape_of(without)["files"] == [64]

    # Taking it away leaves that shape as well.
    with_second.reads("start")
    with_second.reads("safe")
    with_second.phone.click("#view [data-drop-second]")
    with_second.phone.wait_until("document.querySelector('#view [data-drop-second]').hidden", "it stayed")
    assert shape_of(with_second) == shape_of(without)


@pytest.mark.parametrize("second", [False, True], ids=["one code", "two codes"])
def test_each_answer_takes_one_stretching(chromium_phone: ChromiumPhone, host: Host, *, second: bool) -> None:
    keeper = kept_by(Keeper(chromium_phone, host), second=second)
    keeper.exits()
    stretchings = {}
    # The right one last: after it no code is asked for.
    for code in (SECOND, WRONG, CODE):
        keeper.opens("sip")
        chromium_phone.evaluate(_COUNT_STRETCHINGS)
        keeper.knocks()
        keeper.enters(code)
        if code == CODE:
            assert keeper.is_in()
        else:
            assert keeper.sees_the_cover_after_a_while()
        stretchings[code] = chromium_phone.evaluate("window.stretchings")
    assert stretchings == {SECOND: 1, WRONG: 1, CODE: 1}
