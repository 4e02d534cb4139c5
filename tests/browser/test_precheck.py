"""企业预审 in the browser: a project that does not pass, its remedy followed, passing, printed; then the staff's part of it."""

import re

import pytest
from playwright.sync_api import expect

from test_every_page import grave_faults


def field(page, name):
    return page.locator(f"form.form [name={name}]")


def on(page):
    page.get_by_role("button", name="下一步").click()


def step(page, name):
    page.locator(".precheck-steps button").filter(has_text=name).click()


def described(page, company, other="3000"):
    """Fills the form of a project whose other ancillary floor area is too large, up to its last step."""
    field(page, "company_code").fill("91512081MA62K0260E")
    field(page, "company_name").fill(company)
    field(page, "industry").fill("C3089")
    field(page, "products").fill("耐火砖")
    on(page)
    field(page, "land_use").select_option("industrial")
    field(page, "area").fill("30")
    on(page)
    field(page, "method").select_option("flexible")
    field(page, "total_term").fill("20")
    on(page)
    field(page, "programme").select_option("uses")
    field(page, "dominant_actual").fill("15000")
    field(page, "other_ancillary_actual").fill(other)
    on(page)
    field(page, "commitment").select_option("yes")
    on(page)


def send(page):
    page.get_by_role("button", name="提交预审").click()
    page.wait_for_url(re.compile(r"#/precheck/410183-"))
    return page.locator("code.reference").inner_text()


def finding(page, title):
    return page.locator("article.box").filter(has_text=title).first


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_a_project_that_does_not_pass_follows_its_remedy_passes_and_is_printed(people, size, tmp_path):
    person = people(None, width=size[0], height=size[1])
    page = person.page
    person.open("precheck")
    assert not grave_faults(person)
    described(page, f"演示耐火材料企业{size[0]}")
    first = send(page)
    expect(finding(page, "其他辅助用途占比")).to_contain_text("需人工审核")
    assert not grave_faults(person)
    # Nothing stands out of the screen.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    remedy = page.locator("li.remedy").filter(has_text="其他辅助用途").first
    expect(remedy).to_contain_text("352.95")
    remedy.get_by_role("link", name="按此调整").click()
    expect(page.get_by_text("已按整改办法调整")).to_be_visible()
    expect(field(page, "other_ancillary_actual")).to_have_value("2647.05")
    on(page)
    on(page)
    page.get_by_role("button", name="提交预审").click()
    page.wait_for_url(lambda url: "#/precheck/410183-" in url and first not in url)
    expect(finding(page, "其他辅助用途占比")).to_contain_text("不超过 15.00%")
    expect(page.locator(".notice")).to_contain_text("不构成审批或供地承诺")

    paper = page.pdf(format="A4", path=tmp_path / "precheck.pdf")
    assert paper.startswith(b"%PDF") and len(paper) > 20_000
    # Fetched again by its reference, however it is typed.
    person.open("precheck")
    page.get_by_label("查询已有预审").fill(first.lower())
    page.get_by_role("button", name="查询").click()
    expect(page.locator("code.reference")).to_have_text(first)


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_outlives_a_reload(people):
    person = people(None)
    page = person.page
    person.open("precheck")
    described(page, "演示刷新企业")
    step(page, "企业与行业")
    field(page, "company_code").fill("91512081MA62K0260D")
    page.reload()
    person.settle()
    expect(field(page, "company_code")).to_have_value("91512081MA62K0260D")
    step(page, "提交")
    page.get_by_role("button", name="提交预审").click()
    # The first step with a fault is opened, and the fault stands beside its field.
    expect(page.locator(".field-error").filter(has_text="校验位不对")).to_be_visible()
    expect(field(page, "company_code")).to_have_attribute("aria-invalid", "true")


def test_an_outline_is_drawn_typed_and_measured(people):
    person = people(None)
    page = person.page
    person.open("precheck")
    step(page, "用地")
    page.get_by_text("输入坐标", exact=True).click()
    page.get_by_label(re.compile("每行一个界址点")).fill("445000 3818000\n445200 3818000\n445200 3818100\n445000 3818100")
    expect(page.locator(".outline-editor [role=status]")).to_contain_text("20,000.00")
    board = page.locator("svg.board")
    expect(board.locator("circle")).to_have_count(4)
    board.click(position={"x": 20, "y": 20})
    expect(board.locator("circle")).to_have_count(5)
    page.get_by_role("button", name="撤销一点").click()
    expect(board.locator("circle")).to_have_count(4)
    assert not grave_faults(person)


def test_staff_make_a_demand_of_a_precheck_and_record_an_opinion(people):
    anybody = people(None)
    anybody.open("precheck")
    described(anybody.page, "演示需求企业")
    field(anybody.page, "contact_name").fill("演示联系人")
    send(anybody.page)
    assert "演示联系人" not in anybody.page.locator("main").inner_text()

    clerk = people("clerk")
    page = clerk.page
    clerk.open("prechecks")
    assert not grave_faults(clerk)
    page.get_by_role("row").filter(has_text="演示需求企业").get_by_role("link").first.click()
    expect(page.get_by_text("演示联系人")).to_be_visible()
    assert not grave_faults(clerk)
    page.get_by_role("button", name="转为需求申报").click()
    page.get_by_role("dialog").locator("[name=remark]").fill("企业申报")
    page.get_by_role("button", name="登记需求").click()
    page.wait_for_url(re.compile(r"#/demands/\d+"))
    clerk.settle()
    assert not grave_faults(clerk)
    page.locator("[name=department]").select_option("industry")
    page.locator("[name=opinion]").select_option("agree")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="工信商务局")).to_be_visible()
    clerk.open("demands")
    expect(page.get_by_role("row").filter(has_text="演示需求企业")).to_be_visible()
    assert not grave_faults(clerk)


def test_tables_and_announcements_are_kept_by_staff(people, name):
    approver = people("approver")
    approver.open("tables")
    page = approver.page
    page.locator("[name=kind]").select_option("standard_land")
    page.locator("[name=in_force]").fill("2026-01-01")
    for label in ("instrument", "provision", "reason"):
        page.locator(f"[name={label}]").fill("演示")
    sheet = "指标,行业代码,界限,控制值,计量单位\n固定资产投资强度,,不低于,300,万元/亩\n"
    page.locator("[name=file]").set_input_files({"name": "标准地.csv", "mimeType": "text/csv", "buffer": sheet.encode()})
    page.get_by_role("button", name="载入", exact=True).click()
    approver.said("已载入")
    expect(page.get_by_role("row").filter(has_text="标准地控制指标").filter(has_text="2026-01-01")).to_be_visible()
    assert not grave_faults(approver)

    clerk = people("clerk")
    clerk.open("announcements")
    page = clerk.page
    for label, value in {
        "number": f"{name}号公告", "title": "挂牌出让公告", "announced_on": "2026-01-05", "until": "2148-12-31", "name": name, "area": "20000",
    }.items():
        page.locator(f"form.form [name={label}]").fill(value)
    page.locator("form.form [name=land_use]").select_option("industrial")
    page.get_by_role("button", name="登记", exact=True).click()
    clerk.said("已登记")
    expect(page.get_by_role("row").filter(has_text=name)).to_be_visible()
    assert not grave_faults(clerk)

    anybody = people(None)
    anybody.open("precheck")
    page = anybody.page
    field(page, "industry").fill("C30")
    step(page, "用地")
    field(page, "land_kind").select_option("announced")
    expect(field(page, "offer").locator("option").filter(has_text=name)).to_have_count(1)
    step(page, "标准地与其他")
    expect(page.get_by_text("固定资产投资强度 ≥ 300")).to_be_visible()
