"""A case of idle land from the contract to the decision on the fee, through three people and the ledger."""

import json
import re
import urllib.parse

from playwright.sync_api import expect

from conftest import ROOT
from records import SCAN, Office, supplied_land

FEE = json.loads((ROOT / "fixtures" / "idle_cases" / "fee.json").read_text())

# Steps that are taken in the page; those between go through the interface.
IN_THE_PAGE = {"investigation_notice", "found", "decided"}

TITLES = {"investigation_notice": "发出调查通知书", "found": "闲置土地认定", "decided": "作出决定"}


def enter_contract(clerk, number, parcel):
    page = clerk.page
    clerk.open("contracts/new")
    page.get_by_label("种类").select_option(value="grant")
    page.get_by_label("合同编号、决定书号").fill(number)
    page.get_by_label("签订日期").fill("2020-06-01")
    page.get_by_label("宗地编号").fill(parcel)
    page.get_by_label("土地使用者").fill("演示新材料有限公司")
    page.get_by_label("统一社会信用代码").fill("91512081MA62K0260E")
    page.get_by_label("土地用途").fill("工业用地")
    page.get_by_label("使用年期").fill("20")
    page.get_by_label("合同面积").fill("10000")
    page.get_by_label("应动工面积").fill("10000")
    page.get_by_label("价款或租金总额").fill("1000000")
    page.get_by_label("总投资额", exact=True).fill("80000000")
    page.get_by_label("约定动工日").fill("2023-07-01")
    page.get_by_label("约定竣工日").fill("2028-12-31")
    page.get_by_role("button", name="保存").click()
    clerk.said("已保存")
    expect(page).to_have_url(re.compile(r"contracts/\d+"))
    return int(re.search(r"contracts/(\d+)", page.url)[1])


def take(people, clerk, step, amount=None):
    """A step in the page, with its second and third person where it needs them."""
    page = clerk.page
    clerk.settle()
    row = page.locator(".steps > li").filter(has=page.locator("strong", has_text=re.compile(f"^{TITLES[step['kind']]}$")))
    row.get_by_role("button", name="办理").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("日期", exact=False).first.fill(step["on"])
    if step.get("cause"):
        dialog.get_by_label("闲置原因").select_option(value=step["cause"])
    if amount:
        dialog.get_by_label("金额").fill(amount)
    dialog.get_by_label("文号").fill(step["document"]["number"])
    dialog.get_by_label("发文机关").fill("演示市自然资源局")
    dialog.get_by_label("文件日期").fill(step["on"])
    dialog.locator("input[type=file]").set_input_files({"name": "扫描件.pdf", "mimeType": "application/pdf", "buffer": SCAN})
    expect(dialog.locator(".files li")).to_have_count(1)
    send = dialog.get_by_role("button", name=re.compile("^(登记|提交审核)$"))
    takes_three = send.inner_text() == "提交审核"
    send.click()
    dialog.wait_for(state="detached")
    if not takes_three:
        return
    for role, word in (("reviewer", "审核通过"), ("approver", "批准")):
        other = people(role)
        other.open(page.url.split("#/")[1])
        other.page.get_by_role("button", name=word, exact=True).click()
        other.page.get_by_role("dialog").get_by_role("button", name=word, exact=True).click()
        other.said("已办理")
    page.reload()


def test_idle_land_from_its_contract_to_the_decision_on_the_fee(people, demo, name):
    office = Office(demo)
    parcel = supplied_land(office, name)
    clerk = people("clerk")
    page = clerk.page
    contract = enter_contract(clerk, f"合同{name}", parcel)

    # The rules suspect it at once; a case is opened from there.
    clerk.open("suspicions")
    page.get_by_role("row", name=re.compile(f"合同{name}")).get_by_role("link", name="立案").click()
    expect(page.get_by_label("合同(编号或系统编号)".replace("(", "\uff08").replace(")", "\uff09"))).to_have_value(str(contract))
    page.get_by_label("立案日期").fill(FEE["opening"]["opened_on"])
    page.get_by_role("button", name="立案").click()
    clerk.said("已立案")
    expect(page).to_have_url(re.compile(r"idle/\d+"))
    case = int(re.search(r"idle/(\d+)", page.url)[1])
    expect(page.locator("main")).to_contain_text("最近期限")

    for entry in FEE["steps"]:
        step = entry.get("step")
        if not step or "refused" in entry:
            continue
        if step["kind"] in IN_THE_PAGE:
            page.reload()
            take(people, clerk, step, step.get("amount"))
        else:
            if "document" in step:
                step = {**step, "document": {**step["document"], "authority": "演示市自然资源局", "dated": step["on"], "attachments": [office.scan()]}}
            office.step(case, step)
        if step["kind"] == "decided":
            break

    clerk.open(f"idle/{case}")
    main = page.locator("main")
    expect(main).to_contain_text("作出决定")
    expect(main).to_contain_text("200,000.00")
    # The finding moved the land in the books.
    land = office.send("viewer", "GET", f"plots?code_prefix={urllib.parse.quote(name)}")["items"][0]["id"]
    clerk.open(f"plots/{land}")
    expect(page.get_by_role("table", name="各科目余额").get_by_role("row", name="闲置")).to_contain_text("10,000.00")

    # Its paper is one click away and knows what the record says.
    clerk.open(f"papers/new?case={case}&kind=fee_decision")
    expect(main).to_contain_text(f"合同{name}")
    page.get_by_role("button", name="拟稿").click()
    clerk.said("已保存")
    expect(main).to_contain_text("草稿")
