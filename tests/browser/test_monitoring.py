"""The books against the ministry's monitoring system: an export comes in, its differences are worked off."""

import datetime
import io
import re
import zoneinfo

import openpyxl
from playwright.sync_api import expect

HEAD = "电子监管号,项目名称,面积(公顷),土地用途,供地方式,成交价(万元),合同签订日期,状态\r\n"
# Newer than the export that the demonstration county has.
AS_OF = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai")).date().isoformat()


def export(*rows):
    return HEAD + "".join(f"{row}\r\n" for row in rows)


def offer(person, content, name="导出.csv"):
    """Chooses a file and the day that it is of."""
    person.open("monitoring/import")
    person.page.get_by_label("数据截止日").fill(AS_OF)
    person.page.get_by_label("导出文件").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content.encode()})


def test_an_export_is_tried_corrected_in_place_imported_and_its_differences_are_worked_off(people):
    clerk = people("clerk")
    page = clerk.page
    offer(clerk, export(
        "4101832021B00911,演示新材料项目,1.8317,工业用地,挂牌出让,480.5,2021.3.5,已供应",
        "4101832021B00912,演示装备项目,2.0000,工业用地,挂牌出让,600,2021.13.5,已供应",
        "4101832021B00911,演示重复项目,1.0000,工业用地,挂牌出让,300,2021.4.5,已供应",
    ))

    # All or none: what is wrong is named by its cell and corrected where it stands.
    page.get_by_role("heading", name=re.compile("^有误的内容")).wait_for()
    day = page.get_by_label(re.compile("^更正 .*G3$"))
    expect(day).to_have_value(re.compile("2021.13.5"))
    day.fill("2021.12.5")
    day.blur()
    number = page.get_by_label(re.compile("^更正 .*A4$"))
    number.fill("4101832021B00913")
    number.blur()
    page.get_by_role("button", name="按更正内容重新试运行").click()
    page.get_by_role("heading", name="逐行结果").wait_for()
    expect(page.locator(".figures")).to_contain_text("48,317.00")
    expect(page.locator(".listed").last).to_contain_text("4101832021B00913")
    page.get_by_role("button", name="导入 3 条").click()
    clerk.said("已导入")

    # Three lists; who deals with a supply, and what came of it.
    page.get_by_role("heading", name="监测监管对账").wait_for()
    clerk.settle()
    expect(page.locator(".figures")).to_contain_text(AS_OF)
    page.get_by_role("navigation", name="三张清单").get_by_role("link", name=re.compile("^他有我无")).click()
    expect(page).to_have_url(re.compile("kind=monitoring_only"))
    clerk.settle()
    page.get_by_role("link", name="4101832021B00912").click()
    page.get_by_role("heading", name=re.compile("^他有我无.台账无此供应")).wait_for()
    both = page.get_by_role("table", name="双方数据对照")
    expect(both.get_by_role("row", name="合同签订日期")).to_contain_text("2021-12-05")
    page.get_by_label("处理结果").select_option(value="explained")
    page.get_by_label("责任人").select_option(label="演示经办")
    page.get_by_label("说明").fill("合同尚未移交,已函告")
    page.get_by_role("button", name="记录").click()
    clerk.said("已记录")

    clerk.open("monitoring?kind=monitoring_only&status=explained")
    expect(page.get_by_role("row", name=re.compile("4101832021B00912"))).to_contain_text("合同尚未移交")
    expect(page.get_by_role("link", name="4101832021B00911")).to_have_count(0)

    # The list as it is shown, read back.
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 XLSX").click()
    rows = list(openpyxl.load_workbook(io.BytesIO(open(download.value.path(), "rb").read())).active.iter_rows(values_only=True))
    shown = [row for row in rows if any("4101832021B00912" in str(cell) for cell in row)]
    assert len(shown) == 1 and not any("4101832021B00911" in str(row) for row in rows), rows


def test_an_import_is_kept_as_it_was_and_shown_to_those_who_read(people):
    clerk = people("clerk")
    content = export("4101832022B00921,演示仓储项目,0.5000,仓储用地,挂牌出让,150,2022.6.5,已供应")
    offer(clerk, content)
    clerk.page.get_by_role("button", name="导入 1 条").click()
    clerk.said("已导入")
    # The same again changes nothing, and says so beforehand.
    offer(clerk, content)
    expect(clerk.page.locator(".box")).to_contain_text("再导入不会改变什么")

    viewer = people("viewer")
    viewer.open("monitoring")
    assert viewer.page.get_by_role("link", name="导入导出表").count() == 0
    viewer.page.get_by_role("table", name="历次导入").get_by_role("link").first.click()
    viewer.page.get_by_role("heading", name=re.compile("^监测监管系统导出第")).wait_for()
    row = viewer.page.get_by_role("row", name=re.compile("4101832022B00921"))
    expect(row).to_contain_text("5,000.00")
    expect(row).to_contain_text("1,500,000.00")


def test_a_day_in_the_future_is_refused_in_words(people):
    clerk = people("clerk")
    clerk.open("monitoring/import")
    clerk.page.get_by_label("数据截止日").fill("2099-01-31")
    clerk.page.get_by_label("导出文件").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": export("4101832022B00931,演示,1,工业用地,挂牌出让,1,2022.6.5,已供应").encode()})
    expect(clerk.page.locator(".box.bad")).to_contain_text("晚于今天")
