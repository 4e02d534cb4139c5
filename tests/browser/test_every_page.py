"""Every page opens for whoever may see it, says what it is, and bars nobody."""

import json

import pytest

from conftest import AXE
from records import one_of_each

ROLES = ["viewer", "clerk", "reviewer", "approver", "auditor", "admin", "price-keeper", "price-approver"]

# Weights of axe's findings that nobody should meet.
GRAVE = ("serious", "critical")

# Pages that cannot be opened by address alone.
LEFT_OUT = {"login"}


@pytest.fixture(scope="module")
def records(demo):
    return one_of_each(demo)


def routes(person):
    """The pages that the person may open: address pattern and titles."""
    return person.page.evaluate(
        """async () => {
            const script = document.querySelector('script[type=module]').src;
            const { PAGES } = await import(new URL('../pages/list.js', script));
            const { mayOpen } = await import(new URL('layout.js', script));
            return PAGES.filter(mayOpen).map(({ route, title }) => ({ route, title }));
        }"""
    )


def first_ids(person):
    """One record of each kind, as the API lists them."""
    return person.page.evaluate(
        """async (county) => {
            const found = {};
            for (const [route, member] of Object.entries({
                'plots/{id}': 'plots', 'approvals/{id}': 'approvals', 'parcels/{id}': 'parcels', 'projects/{id}': 'projects', 'contracts/{id}': 'contracts', 'idle/{id}': 'idle-cases', 'papers/{id}': 'papers',
                'proposals/{id}': 'proposals', 'price-bases/{id}': 'price-bases', 'bases/{id}': 'frozen-bases',
                'vouchers/{seq}': 'vouchers', 'reconciliation/{difference}': 'reconciliation', 'monitoring/{n}': 'monitoring-snapshots',
                'prechecks/{id}': 'prechecks', 'demands/{id}': 'demands' })) {
                // Short lists are not paged.
                const whole = ['frozen-bases', 'monitoring-snapshots'].includes(member);
                const answer = await fetch(`api/v1/counties/${county}/${member}${whole ? '' : '?limit=1'}`);
                if (!answer.ok) continue;
                const [one] = (await answer.json()).items;
                if (one) found[route] = String(one.id ?? one.seq ?? one.difference ?? one.n);
            }
            const users = await fetch('api/v1/users?limit=1');
            if (users.ok) found['users/{id}'] = String((await users.json()).items[0].id);
            return found;
        }""",
        "410183",
    )


def address(route, ids, records):
    """The address of a page; none when there is no record for it to show."""
    if route in records:
        return records[route]
    if "{" not in route:
        return route
    head, _, rest = route.partition("}")
    one = ids.get(f"{head}}}")
    return one and head.split("{")[0] + one + rest


def grave_faults(person):
    person.page.evaluate(AXE.read_text())
    result = person.page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{one['id']} ({one['impact']}): {one['help']}\n  " + "\n  ".join(node["html"][:200] for node in one["nodes"][:4])
        for one in result["violations"]
        if one["impact"] in GRAVE
    ]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_opens_and_bars_nobody(people, records, role):
    person = people(role)
    ids = first_ids(person)
    faults = []
    for page in routes(person):
        place = address(page["route"], ids, records)
        if place is None or page["route"] in LEFT_OUT:
            continue
        person.open(place)
        if person.page.locator("main .page > .box.bad").count():
            faults.append(f"{place}: {person.page.locator('main .page > .box.bad').first.inner_text()}")
        # Most pages look alike to everybody: the clerk, who sees the most, and the administrator stand for them.
        if role in ("clerk", "admin", "price-keeper"):
            faults += [f"{place}: {fault}" for fault in grave_faults(person)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width,height", [(1366, 768), (390, 844)])
def test_public_pages_open_without_an_account_and_fit_the_screen(people, width, height):
    person = people(width=width, height=height)
    person.open()
    faults = []
    for page in routes(person):
        if "{" in page["route"]:
            continue
        person.open(page["route"])
        faults += [f"{page['route']}: {fault}" for fault in grave_faults(person)]
        wide = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            faults.append(f"{page['route']}: {wide} pixels wider than the screen")
    assert not faults, "\n".join(faults)


def test_the_page_speaks_english_when_asked_and_says_so(people):
    person = people("clerk")
    person.page.get_by_role("button", name="English").click()
    person.settle()
    assert person.page.locator("html").get_attribute("lang") == "en"
    person.open("plots")
    text = person.page.locator("main").inner_text()
    assert "Unsupplied land" in text and "Township" in text, text
    assert not grave_faults(person)
    person.page.get_by_role("button", name="中文").click()
    person.page.get_by_role("heading", name="批而未供台账").wait_for()


def test_the_first_view_names_no_outside_address(people):
    person = people()
    person.open()
    shown = person.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)")
    assert set(shown) == {person.demo.address}, json.dumps(shown)
