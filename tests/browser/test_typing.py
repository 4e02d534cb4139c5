"""Forms that ask the service while somebody types: contracts, measures, revisions, vouchers, batches."""

import csv
import io
import re

from playwright.sync_api import expect

from test_jobs import approve


def error_of(page, label):
    """What is said beside a field."""
    field = page.get_by_label(label, exact=True) if isinstance(label, str) else page.get_by_label(label)
    return page.locator(".field", has=field.first).locator(".field-error").first


def requests_that_write(person):
    """Requests that would change something, but for those that only try."""
    sent = []
    person.page.on("request", lambda request: sent.append(request.url) if request.method in ("POST", "PUT") and "dry_run=true" not in request.url else None)
    return sent


def test_a_contract_is_checked_while_it_is_typed_and_nothing_is_sent(people, name):
    clerk = people("clerk")
    page = clerk.page
    clerk.open("contracts/new")
    written = requests_that_write(clerk)
    code = page.get_by_label("统一社会信用代码")
    code.fill("91512081MA62K0260A")
    expect(error_of(page, "统一社会信用代码")).not_to_be_empty()
    # Of fields that nobody has come to nothing is said yet.
    expect(page.locator(".field", has=page.locator("input[name='terms.land_use']")).locator(".field-error")).to_be_empty()
    code.fill("91512081MA62K0260E")
    expect(error_of(page, "统一社会信用代码")).to_be_empty()
    parcels = page.locator("input[name=parcels]")
    parcels.fill(f"没有这宗地{name}")
    page.locator("select[name=kind]").select_option(index=1)
    page.locator("input[name=number]").fill(f"合同{name}")
    page.locator("input[name=signed_on]").fill("2099-05-01")
    page.locator("input[name=user_name]").fill("演示企业")
    page.locator("input[name='terms.land_use']").fill("工业用地")
    page.locator("input[name='terms.area_m2']").fill("10000")
    page.locator("input[name='terms.price_yuan']").fill("4200000")
    expect(page.locator(".field", has=page.locator("input[name=signed_on]")).locator(".field-error")).to_contain_text("晚于今天")
    expect(page.locator(".field", has=parcels).locator(".field-error")).not_to_be_empty()
    # The second row of a list that has a gap is called by its place among those that are filled in.
    due = page.locator("input[name='terms.instalments.2.due_on']")
    due.fill("2022-06-01")
    amount = page.locator(".field", has=page.locator("input[name='terms.instalments.2.amount_yuan']")).locator(".field-error")
    page.locator("input[name='terms.instalments.2.amount_yuan']").focus()
    due.focus()
    expect(amount).not_to_be_empty()
    assert written == []


def test_a_measure_is_checked_while_it_is_typed_and_judged_as_it_stands(people):
    clerk = people("clerk")
    page = clerk.page
    clerk.open("measures")
    page.locator("a.row-link").first.click()
    page.get_by_role("heading", name=re.compile("^一地一策 · ")).wait_for()
    clerk.settle()
    written = requests_that_write(clerk)
    page.locator("select[name='planning_conditions.state']").select_option(label="已具备")
    page.locator("input[name='planning_conditions.document']").fill("演示规条〔2026〕1号")
    page.locator("input[name='planning_conditions.dated']").fill("2026-01-05")
    expect(page.locator("main")).to_contain_text("按正在填写的内容判断")
    # A condition without its state is not left out in silence.
    page.locator("input[name='soil.document']").fill("土壤调查报告")
    page.locator("input[name='soil.document']").blur()
    page.locator("select[name='soil.state']").focus()
    page.locator("input[name='soil.document']").focus()
    expect(page.locator(".field", has=page.locator("select[name='soil.state']")).locator(".field-error")).not_to_be_empty()
    page.locator("select[name='soil.state']").select_option(label="未查明")
    expect(page.locator(".field", has=page.locator("select[name='soil.state']")).locator(".field-error")).to_be_empty()
    assert written == []


def residual(person):
    """A plot with land that is not supplied, by its number in the service."""
    return person.page.evaluate("async () => (await (await fetch('api/v1/counties/410183/plot-measures?limit=20')).json()).items[12].plot")


def propose(clerk, name, area):
    """A supply by the page, up to the proposal."""
    page = clerk.page
    clerk.open(f"vouchers/new?plot={residual(clerk)}")
    page.get_by_label("生效日").fill("2026-06-01")
    page.get_by_label("供应方式").select_option(label="挂牌出让")
    page.get_by_label("文号或合同编号").fill(f"合同{name}")
    page.get_by_label("机关或签订方").fill("演示市自然资源局")
    page.get_by_label("文件日期").fill("2026-06-01")
    page.get_by_label("至宗地 1").fill(f"{name}-Z")
    page.get_by_label("面积 1").fill(area)
    page.get_by_label("用地单位").fill("演示企业")
    page.get_by_role("button", name="提交").click()
    expect(page).to_have_url(re.compile("proposals/"))
    return page.url.split("#/")[1]


def test_a_revision_is_checked_while_it_is_typed_as_a_new_voucher_is(people, name):
    clerk = people("clerk")
    page = clerk.page
    place = propose(clerk, name, "10.5")
    approver = people("approver")
    approver.open(place)
    approver.page.get_by_role("button", name="退回").click()
    approver.page.get_by_label("意见").fill("面积与合同不符")
    approver.page.get_by_role("dialog").get_by_role("button", name="退回").click()
    approver.said("已办理")

    page.reload()
    clerk.settle()
    page.get_by_role("link", name="修改后再提交").click()
    page.get_by_role("heading", name=re.compile("^修改待批凭证")).wait_for()
    clerk.settle()
    written = requests_that_write(clerk)
    # More than the plot holds: the ledger says so before anything is sent.
    page.get_by_label("面积 1").fill("99999999")
    beside = page.locator(".field", has=page.locator(".lines")).locator(".field-error")
    expect(beside).to_contain_text("平方米")
    page.get_by_label("面积 1").fill("12.5")
    expect(beside).to_be_empty()
    page.get_by_label("文件日期").fill("2099-06-01")
    expect(error_of(page, "文件日期")).not_to_be_empty()
    page.get_by_label("文件日期").fill("2026-06-01")
    expect(error_of(page, "文件日期")).to_be_empty()
    assert written == []
    page.get_by_role("button", name="重新提交").click()
    clerk.said("已提交")
    approve(people, page)


def test_many_calculations_are_answered_line_by_line_and_kept_as_a_table(people):
    viewer = people("viewer")
    page = viewer.page
    viewer.open("batch")
    page.get_by_role("button", name="填入示例").click()
    contents = page.get_by_label("内容")
    contents.fill(contents.input_value() + "\nA-4,flexible_price,2026-06-30,industrial,50,mu,350.00,0,")
    page.get_by_role("button", name="开始测算").click()
    table = page.get_by_role("table", name="测算结果")
    expect(table.get_by_role("row", name=re.compile("A-4"))).to_contain_text("/term")
    expect(table.get_by_role("row", name=re.compile("A-1"))).to_contain_text("总价下限")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV", exact=True).click()
    rows = list(csv.DictReader(io.StringIO(open(download.value.path(), encoding="utf-8-sig").read())))
    assert [row["id"] for row in rows] == ["A-1", "A-2", "A-3", "A-4"]
    assert rows[0]["total_price_floor"] and not rows[3]["total_price_floor"] and "/term" in rows[3]["problem"], rows
