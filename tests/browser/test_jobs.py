"""Whole jobs, as people do them."""

import io
import json
import re

import openpyxl
from playwright.sync_api import expect

# Squares of about 100 m × 120 m in the demonstration county's south-west corner, away from its plots.
WEST, SOUTH, SIDE = 113.105, 34.305, 0.0011


def square(n, east=0.0):
    west = WEST + n * 0.003 + east
    ring = [[west, SOUTH], [west + SIDE, SOUTH], [west + SIDE, SOUTH + SIDE], [west, SOUTH + SIDE], [west, SOUTH]]
    return {"type": "Polygon", "coordinates": [[[round(x, 9), round(y, 9)] for x, y in ring]]}


def choose_file(person, name, content, media_type):
    body = content if isinstance(content, bytes) else content.encode()
    person.page.locator("main input[type=file]").first.set_input_files({"name": name, "mimeType": media_type, "buffer": body})


def approval_sheet(number):
    return (
        "批准文号,批次类型,批准机关,批准日期,总面积(公顷),农用地(公顷),建设用地(公顷),未利用地(公顷)\r\n"
        f"{number},城市批次,演示省人民政府,2024-03-15,2,2,0,0\r\n"
    )


def test_an_approval_is_imported_its_land_supplied_in_part_and_the_rest_stands_in_the_books(people, name):
    clerk = people("clerk")
    page = clerk.page

    # The approval, from a sheet.
    number = f"演示政土〔2024〕{name}号"
    clerk.open("import?what=approvals")
    choose_file(clerk, "批文.csv", approval_sheet(number), "text/csv")
    page.get_by_role("button", name=re.compile("^导入 1 条")).click()
    clerk.said("已导入 1 条")

    # Its plots, of which one has a fault that is corrected where it is shown.
    features = [
        {"type": "Feature", "geometry": square(1), "properties": {"code": f"{name}-1", "approval": number, "area_m2": "12000"}},
        {"type": "Feature", "geometry": square(2), "properties": {"code": f"{name}-2", "approval": "没有的批文", "area_m2": "8000"}},
    ]
    clerk.open("import?what=plots")
    choose_file(clerk, "地块.geojson", json.dumps({"type": "FeatureCollection", "features": features}), "application/geo+json")
    page.get_by_role("heading", name="有误的行").wait_for()
    wrong = page.get_by_label("更正 /features/1/properties/approval")
    wrong.fill(number)
    wrong.blur()
    page.get_by_role("button", name="按更正内容重新试运行").click()
    page.get_by_role("button", name="导入 2 条").click()
    clerk.said("已导入 2 条")
    page.get_by_role("link", name=f"{name}-1").click()
    page.get_by_role("heading", name=f"地块 {name}-1").wait_for()
    plot = re.search(r"plots/(\d+)", page.url)[1]

    # Into the books, by two people.
    clerk.open(f"vouchers/new?plot={plot}&kind=approve")
    page.get_by_label("生效日").fill("2024-03-15")
    page.get_by_label("文号或合同编号").fill(number)
    page.get_by_label("机关或签订方").fill("演示省人民政府")
    page.get_by_label("文件日期").fill("2024-03-15")
    page.get_by_role("button", name="提交").click()
    approve(people, page)

    # A part of it is supplied to a parcel that is entered with the voucher.
    clerk.open(f"vouchers/new?plot={plot}")
    page.get_by_label("生效日").fill("2024-06-01")
    page.get_by_label("供应方式").select_option(label="挂牌出让")
    page.get_by_label("文号或合同编号").fill(f"合同{name}")
    page.get_by_label("机关或签订方").fill("演示市自然资源局")
    page.get_by_label("文件日期").fill("2024-06-01")
    page.get_by_label("至宗地 1").fill(f"{name}-Z1")
    page.get_by_label("面积 1").fill("5000.25")
    page.get_by_label("用地单位").fill("演示企业")
    page.get_by_role("button", name="提交").click()
    approve(people, page)

    clerk.open(f"plots/{plot}")
    balance = page.get_by_role("table", name="各科目余额")
    expect(balance.get_by_role("row", name="批而未供")).to_contain_text("6,999.75")
    expect(balance.get_by_role("row", name="已供")).to_contain_text("5,000.25")
    expect(page.locator(".drawing .outline")).to_have_count(1)


def approve(people, page):
    """The second person's part, of the proposal that the first one is led to."""
    expect(page).to_have_url(re.compile("proposals/"))
    approver = people("approver")
    approver.open(page.url.split("#/")[1])
    approver.page.get_by_role("button", name="批准入账").click()
    approver.page.get_by_role("dialog").get_by_role("button", name="批准入账").click()
    approver.said("已办理")
    expect(approver.page.locator("main")).to_contain_text("已入账")


def test_a_list_is_exported_as_shown_and_its_totals_are_those_of_the_table(people):
    viewer = people("viewer")
    page = viewer.page
    viewer.open("plots")
    reason = page.locator("tbody tr").first.locator("td").nth(6).inner_text()
    page.get_by_label("未供原因").select_option(label=reason)
    expect(page).to_have_url(re.compile("cause="))
    viewer.settle()
    totals = page.locator("tfoot td.number")
    expect(totals.nth(2)).not_to_be_empty()
    shown = totals.nth(2).inner_text().replace(",", "")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 XLSX").click()
    book = openpyxl.load_workbook(io.BytesIO(open(download.value.path(), "rb").read()))
    rows = list(book.active.iter_rows(values_only=True))
    column = next(at for at, head in enumerate(rows[0]) if str(head).startswith("未供面积"))
    cause = next(at for at, head in enumerate(rows[0]) if str(head).startswith("未供原因"))
    body, total = rows[1:-1], rows[-1]
    assert {row[cause] for row in body} == {reason}
    assert f"{total[column]:.2f}" == shown
    assert f"{sum(row[column] for row in body):.2f}" == shown

    # The filter is in the address: whoever is sent it sees the same.
    other = people("auditor")
    other.open(page.url.split("#/")[1])
    expect(other.page.locator("tfoot td.number").nth(2)).to_have_text(totals.nth(2).inner_text())


def test_a_click_on_a_heading_puts_the_whole_list_in_order_and_stands_in_the_address(people):
    viewer = people("viewer")
    page = viewer.page
    viewer.open("parcels")
    table = page.get_by_role("table", name="宗地")
    heading = table.get_by_role("columnheader", name="登记面积")
    areas = table.locator("tbody td.number:nth-child(5)")
    shown = lambda: [float(text.replace(",", "")) for text in areas.all_inner_texts()]
    expect(areas.first).to_be_visible()

    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert "sortby=area_m2" in page.url
    least = shown()
    assert least == sorted(least)

    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert "sortby=-area_m2" in page.url
    most = shown()
    assert most == sorted(most, reverse=True) and most[0] >= least[-1], "of the whole list, not of the page"
    page.get_by_role("button", name="下一页").click()
    expect(page.get_by_text("第 51–100 条")).to_be_visible()
    after = shown()
    assert after == sorted(after, reverse=True) and after[0] <= most[-1]

    # Whoever is given the address sees the same; the third click takes the order away, and the page with it.
    page.reload()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert shown() == after
    heading.get_by_role("button").click()
    expect(heading).not_to_have_attribute("aria-sort", "descending")
    assert "sortby" not in page.url and "after" not in page.url


def enter_project(person, code, title):
    person.open("projects/new")
    person.page.get_by_label("项目编码").fill(code)
    person.page.get_by_label("项目名称").fill(title)
    person.page.get_by_role("button", name="保存").click()
    person.said("已保存")
    return re.search(r"projects/(\d+)", person.page.url)[1]


def test_what_two_people_change_at_once_is_shown_side_by_side_and_nothing_is_lost(people, name):
    first, second = people("clerk"), people("clerk")
    project = enter_project(first, name, "一号厂房")
    for person in (first, second):
        person.open(f"projects/{project}/edit")
    first.page.get_by_label("项目名称").fill("一号厂房(改扩建)")
    first.page.get_by_role("button", name="保存").click()
    first.said("已保存")

    second.page.get_by_label("备注").fill("配套道路已建成")
    second.page.get_by_role("button", name="保存").click()
    dialog = second.page.get_by_role("dialog")
    expect(dialog).to_contain_text("内容已被他人修改")
    expect(dialog).to_contain_text("一号厂房(改扩建)")
    expect(dialog).to_contain_text("配套道路已建成")
    dialog.get_by_role("button", name="按选择合并").click()
    second.page.get_by_role("button", name="保存").click()
    second.said("已保存")
    expect(second.page.locator("h1")).to_contain_text("改扩建")
    expect(second.page.locator("main")).to_contain_text("配套道路已建成")


def test_problems_stand_beside_their_fields_while_somebody_types(people, name):
    clerk = people("clerk")
    page = clerk.page
    clerk.open("projects/new")
    page.get_by_label("项目编码").fill(name)
    page.get_by_label("项目名称").fill("测试项目")
    code = page.get_by_label("投资方统一社会信用代码")
    code.fill("91512081MA62K0260A")
    # The service's own rule: the check character is wrong. Nothing was sent yet.
    expect(page.locator(".field", has=code).locator(".field-error")).not_to_be_empty()
    expect(code).to_have_attribute("aria-invalid", "true")
    code.fill("91512081MA62K0260E")
    expect(code).not_to_have_attribute("aria-invalid", "true")
    clerk.open(f"projects?code_prefix={name}")
    expect(page.locator("tbody")).to_contain_text("没有符合条件的记录")


def test_a_reload_an_ended_session_and_a_lost_connection_lose_nothing(people, name):
    clerk = people("clerk")
    page = clerk.page
    clerk.open("projects/new")
    page.get_by_label("项目编码").fill(name)
    page.get_by_label("项目名称").fill("不能丢的项目")
    page.reload()
    clerk.settle()
    expect(page.get_by_label("项目名称")).to_have_value("不能丢的项目")
    expect(page.locator(".draft-notice")).to_contain_text("已恢复")

    # The connection goes and comes.
    clerk.context.set_offline(True)
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".form-summary")).to_contain_text("连接不上服务")
    clerk.context.set_offline(False)

    # The session ends. The checks while one types fail in silence; on sending one signs in above the page and the work goes on.
    clerk.context.clear_cookies()
    with page.expect_response(lambda answer: "dry_run" in answer.url and answer.status == 401):
        page.get_by_label("备注").fill("会话结束后填写")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="保存").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("登录已过期")
    dialog.get_by_label("密码").fill(clerk.demo.passwords["demo-clerk"])
    dialog.get_by_role("button", name="登录").click()
    clerk.said("已保存")
    expect(page.get_by_role("heading", name="不能丢的项目")).to_be_visible()


def test_signing_out_leaves_nothing_for_the_next_person(people, name):
    clerk = people("clerk")
    page = clerk.page
    clerk.open("projects/new")
    page.get_by_label("项目名称").fill("别人不该看到的内容")
    page.get_by_role("button", name="退出").click()
    page.get_by_role("dialog").get_by_role("button", name="退出").click()
    page.get_by_role("heading", name="工作人员登录").wait_for()
    kept = page.evaluate("JSON.stringify(Object.entries(sessionStorage)) + JSON.stringify(Object.entries(localStorage))")
    assert "别人不该看到的内容" not in kept
    clerk.sign_in("demo-clerk")
    clerk.open("projects/new")
    expect(page.get_by_label("项目名称")).to_have_value("")


def test_the_keyboard_goes_from_row_to_row_and_opens_one(people):
    viewer = people("viewer")
    viewer.open("approvals")
    page = viewer.page
    page.locator("a.row-link").first.focus()
    page.keyboard.press("ArrowDown")
    second = page.locator("a.row-link").nth(1)
    expect(second).to_be_focused()
    number = second.inner_text()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=number).wait_for()
    expect(page.locator("h1")).to_be_focused()


def test_a_wrong_password_is_refused_in_words(people, demo):
    somebody = people()
    somebody.open("login?to=plots")
    page = somebody.page
    page.get_by_label("登录名").fill("demo-viewer")
    page.get_by_label("密码").fill("not the password")
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".form-summary")).to_contain_text("密码")
    page.get_by_label("密码").fill(demo.passwords["demo-viewer"])
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading", name="批而未供台账").wait_for()


def test_a_page_is_printed_on_a4_without_its_frame(people):
    viewer = people("viewer")
    viewer.open("approvals")
    page = viewer.page
    page.emulate_media(media="print")
    expect(page.locator(".navigation")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_person_of_another_role_is_told_what_is_missing(people):
    viewer = people("viewer")
    viewer.open("users")
    expect(viewer.page.locator("main")).to_contain_text("权限")
    assert viewer.page.get_by_role("link", name="用户与令牌").count() == 0
    assert viewer.page.evaluate("fetch('api/v1/users').then(({ status }) => status)") == 403
