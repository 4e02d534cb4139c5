"""Makes the pictures of docs/screenshots; scripts/screenshots runs it."""

import pathlib
import sys
import tempfile

from playwright.sync_api import sync_playwright

from conftest import FLAGS, ROOT, Demo, Person, browser_path
from records import one_of_each

FOLDER = ROOT / "docs" / "screenshots"

DESK, PHONE = (1366, 768), (390, 844)


def first(person, member):
    """The first record of a list."""
    return person.page.evaluate(
        "async (path) => { const { items } = await (await fetch(path)).json(); return items[0].id ?? items[0].plot ?? items[0].seq; }",
        f"api/v1/counties/410183/{member}",
    )


def plain(place):
    def show(person):
        person.open(place() if callable(place) else place)
    return show


def plot(person):
    person.open(f"plots/{first(person, 'plot-measures?limit=1&township=410183106')}")


def voucher(person):
    person.open(f"vouchers/new?plot={first(person, 'plot-measures?limit=1')}")


def calculator(person):
    person.open("calculator")
    person.page.wait_for_timeout(1500)


def idle_case(person):
    person.open(f"idle/{first(person, 'idle-cases?limit=1&open=true')}")


def corrections(person):
    """A file of boundary points with a fault, as the wizard shows it."""
    person.open("import?what=plots")
    person.page.locator("main input[type=file]").set_input_files({"name": "界址点.txt", "mimeType": "text/plain", "buffer": WRONG.encode()})
    person.page.get_by_role("heading", name="有误的行").wait_for()


def map_page(person):
    person.open("map")
    person.page.wait_for_timeout(6000)


# A letter among the digits, and a point that was left out.
WRONG = """[属性描述]
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=38
[地块坐标]
5,1.0000,DK-01,演示地块,面,,工业用地,,@
J1,1,3798100.000,38421800.000
J2,1,3798100.000,3842190O.000
J3,1,3798000.000,38421900.000
J1,1,3798100.000,38421800.000
"""

# Name, who looks, the screen, what is shown.
PICTURES = [
    ("overview", "approver", DESK, plain("overview")),
    ("map", "viewer", DESK, map_page),
    ("plots", "clerk", DESK, plain("plots")),
    ("plot", "clerk", DESK, plot),
    ("voucher", "clerk", DESK, voucher),
    ("measures", "clerk", DESK, plain("measures")),
    ("reconciliation", "auditor", DESK, plain("reconciliation")),
    ("monitoring", "clerk", DESK, plain("monitoring")),
    ("corrections", "clerk", DESK, corrections),
    ("idle-case", "clerk", DESK, idle_case),
    ("policy", "viewer", DESK, plain("policy")),
    ("calculator", None, DESK, calculator),
    ("calculator-phone", None, PHONE, calculator),
]


def main(wanted):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = Demo(pathlib.Path(folder), plots=2000)
        one_of_each(demo)
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        try:
            for name, role, (width, height), show in PICTURES:
                if wanted and name not in wanted:
                    continue
                person = Person(browser, demo, width=width, height=height)
                if role:
                    person.sign_in(f"demo-{role}")
                show(person)
                person.page.screenshot(path=FOLDER / f"{name}.png")
                person.context.close()
                print(FOLDER / f"{name}.png")
        finally:
            browser.close()
            demo.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
