"""The map asks nothing outside, unless the office names a base map; then its tiles come, and only when somebody wants them."""

import base64
import re

from playwright.sync_api import expect

from conftest import Demo, Person

TILES = "https://tiles.example.cn/img_w?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


def test_tiles_of_a_base_map_come_when_somebody_turns_it_on(chromium, tmp_path, monkeypatch):
    monkeypatch.setenv("DIZHANG_BASE_MAP", TILES)
    demo = Demo(tmp_path, plots=20)
    person = Person(chromium, demo)
    try:
        asked = []

        def answer(route):
            asked.append(route.request.url)
            route.fulfill(body=PIXEL, content_type="image/png", headers={"access-control-allow-origin": "*"})

        person.context.route("https://tiles.example.cn/**", answer)
        person.sign_in("demo-viewer")
        person.open("map")
        expect(person.page.locator(".map-view[data-loaded=true]")).to_have_count(1)
        assert asked == []
        with person.page.expect_request("https://tiles.example.cn/**"):
            person.page.get_by_label("底图").check()
        expect(person.page).to_have_url(re.compile("base=true"))
        faults = [fault for fault in person.faults if "tiles.example.cn" not in fault or "asked" not in fault]
        assert not faults, faults
    finally:
        person.context.close()
        demo.stop()


def test_without_a_base_map_there_is_no_switch_for_one(people):
    viewer = people("viewer")
    viewer.open("map")
    expect(viewer.page.locator(".map-view[data-loaded=true]")).to_have_count(1)
    expect(viewer.page.get_by_label("底图")).to_have_count(0)
