"""Records that the demonstration county does not have, one of each, made through the interface as programs do."""

import json
import urllib.error
import urllib.request

COUNTY = "410183"
AUTHORITY = "演示市自然资源局"
SCAN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXPORT = (
    "电子监管号,项目名称,面积(公顷),土地用途,供地方式,成交价(万元),合同签订日期,状态\n"
    "4101832020B00901,演示新材料项目,1.2,工业用地,挂牌出让,600,2020.6.1,已供应\n"
    "4101832019B00902,演示装备制造项目,2.4,工业用地,挂牌出让,900,2019.3.5,已供应\n"
    "4101832018A00903,演示小学,1.8,教育用地,划拨,,2018.9.1,已供应\n"
)


class Office:
    """The interface, as programs use it."""

    def __init__(self, demo):
        self.demo = demo

    def ask(self, role, method, path, body=None, headers=None, raw=None):
        data = raw if raw is not None else (None if body is None else json.dumps(body).encode())
        sent = {"authorization": f"Bearer {self.demo.tokens[role]}", "content-type": "application/json", **(headers or {})}
        request = urllib.request.Request(f"{self.demo.address}{path}", data, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def send(self, role, method, path, body=None, headers=None, raw=None):
        return self.ask(role, method, f"/api/v1/counties/{COUNTY}/{path}", body, headers, raw)

    def carry(self, voucher):
        sent = self.send("clerk", "POST", "vouchers", voucher)
        proposal = sent["proposal"]
        self.send("approver", "POST", f"proposals/{proposal['id']}/approve", {"version": proposal["version"]})

    def scan(self):
        return self.send("clerk", "POST", "attachments", raw=SCAN, headers={"content-type": "application/pdf"})["sha256"]

    def step(self, case, step):
        version = self.send("clerk", "GET", f"idle-cases/{case}")["version"]
        answer = self.send("clerk", "POST", f"idle-cases/{case}/steps", step, {"if-match": f'"{version}"'})
        waiting = [one for one in answer["case"]["proposals"] if one["waits_for"]]
        for one in waiting:
            for role, action, read in (("reviewer", "review", 1), ("approver", "approve", 2)):
                self.send(role, "POST", f"idle-cases/{case}/proposals/{one['n']}/{action}", {"version": read})


def supplied_land(office, name, supervision=None):
    """Land that was supplied by a contract whose start is long overdue; gives the code of its parcel."""
    number = f"演示政土〔2020〕{name}号"
    document = {"number": number, "authority": "演示省人民政府", "dated": "2020-01-01"}
    approval = {"number": number, "kind": "city_batch", "authority": "演示省人民政府", "approved_on": "2020-01-01"}
    office.send("clerk", "POST", "approvals", {**approval, "composition": {"total": "10000", "unit": "m2"}})
    plot = office.send("clerk", "POST", "plots", {"code": name, "approval": number, "area_m2": "10000"})["plot"]["id"]
    parcel = office.send("clerk", "POST", "parcels", {"code": f"{name}-Z", "area_m2": "10000", **({"regulatory_number": supervision, "land_use": "工业用地"} if supervision else {})})["parcel"]["id"]
    outside, waiting = {"account": "outside", "plot": plot}, {"account": "unsupplied", "plot": plot}
    there = {"account": "supplied", "plot": plot, "parcel": parcel}
    approve = {"client_id": f"{name}-a", "kind": "approve", "effective_on": "2020-01-01", "document": document}
    office.carry({**approve, "lines": [{"from": outside, "to": waiting, "area_m2": "10000"}]})
    supply = {"client_id": f"{name}-s", "kind": "supply", "method": "listing", "effective_on": "2020-06-01", "document": document}
    office.carry({**supply, "lines": [{"from": waiting, "to": there, "area_m2": "10000"}]})
    return f"{name}-Z"


def contract(office, number, parcel):
    terms = {
        "land_use": "工业用地", "method": "listing", "term": "20", "area_m2": "10000", "developable_m2": "10000",
        "price_yuan": "1000000", "investment_yuan": "80000000", "start_on": "2023-07-01", "completion_on": "2028-12-31",
        "regulatory_number": "4101832020B00901", "instalments": [{"amount_yuan": "1000000", "due_on": "2020-07-01"}],
    }
    user = {"name": "演示新材料有限公司", "code": "91512081MA62K0260E"}
    body = {"kind": "grant", "number": number, "signed_on": "2020-06-01", "parcels": [parcel], "user": user, "terms": terms}
    return office.send("clerk", "POST", "contracts", body)["id"]


def idle_case(office, parcel, number):
    """A case that has come as far as the notice of investigation, with a drafted paper."""
    body = {"client_id": "records-case", "contract": number, "parcel": parcel, "grounds": "not_started", "opened_on": "2025-02-17"}
    case = office.send("clerk", "POST", "idle-cases", body)["id"]
    document = {"number": "调查〔2025〕91号", "authority": AUTHORITY, "dated": "2025-03-03", "attachments": [office.scan()]}
    office.step(case, {"kind": "investigation_notice", "on": "2025-03-03", "document": document})
    return case


def sealed_base(office, plot):
    terms = {
        "area": {"unit": "mu", "value": "50"}, "costs": [{"amount": "3000000", "name": "征地补偿"}], "decided_total": "8000000", "grade": 13,
        "land_use": "industrial", "max_term_unit_price": "350", "method": {"method": "flexible", "transfer_term": "20"}, "on": "2026-06-30", "rate": "0.06",
    }
    body = {"appraisal_filing_no": "演示备〔2026〕18号", "appraised_as_of": "2026-05-31", "minutes_no": "演示地价纪要〔2026〕5号", "plot": plot, "terms": terms, "valid_until": "2027-05-30"}
    return office.send("price_keeper", "POST", "price-bases", body)["base"]["id"]


def frozen_base(office):
    body = {"as_of": "2025-12-31", "kind": "unsupplied", "name": "2026年度批而未供处置任务", "task_dated": "2026-01-20", "task_m2": "900000", "task_number": "演示自然资发〔2026〕6号"}
    base = office.send("clerk", "POST", "frozen-bases", body)["base"]
    office.send("approver", "POST", f"frozen-bases/{base['id']}/approve", {"version": base["version"]})
    office.send("clerk", "POST", f"frozen-bases/{base['id']}/reports", {"year": 2026, "month": 3})
    return base["id"]


def precheck(demo):
    programme = {
        "admin_living_land": "1500", "base_m2": "14000", "green_m2": "3000",
        "uses": {name: {"actual_m2": area, "counted_m2": area} for name, area in (("dominant", "24000"), ("admin_living", "3000"), ("other_ancillary", "4000"))},
    }
    body = {
        "county": COUNTY, "company": {"code": "91512081MA62K0260E", "name": "演示耐火材料企业"}, "industry": {"code": "C3089", "products": "耐火砖"},
        "land": {"area": {"unit": "mu", "value": "50"}, "kind": "new", "land_use": "industrial"}, "programme": programme,
        "project": {"name": "演示耐火材料项目", "needed_by": "2027-06-30"},
        "standard_land": {"commitment": True, "indicators": [{"indicator": "investment_intensity", "value": "320"}]},
        "supply": {"lease_term": "5", "method": "lease_then_transfer", "total_term": "20"},
    }
    request = urllib.request.Request(f"{demo.address}/api/v1/prechecks", json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())["reference"]


def one_of_each(demo):
    """Whatever a page can show; gives addresses of pages by their pattern, where the interface lists them under no name of its own."""
    office = Office(demo)
    parcel = supplied_land(office, "示例地块", "4101832020B00901")
    number = "410183-CR-2020-0901"
    contract(office, number, parcel)
    case = idle_case(office, parcel, number)
    settings = office.send("approver", "GET", "paper-settings")
    office.send("approver", "PUT", "paper-settings", {
        "agency": "演示县自然资源局", "agency_address": "演示县府前街1号", "agency_head": "局长", "contact": "执法科", "court": "演示县人民法院",
        "fee_payee": "国家税务总局演示县税务局", "government": "演示县人民政府", "number_words": ["演示自然资闲"], "phone": "0371-00000000",
        "registry": "演示县不动产登记中心", "review_body": "演示县人民政府",
    }, {"if-match": f'"{settings["version"]}"'})
    paper = office.send("clerk", "POST", f"idle-cases/{case}/papers/investigation_notice", {"values": {}})
    measured = office.send("clerk", "GET", "plot-measures?limit=3")["items"]
    plot = measured[0]["plot"]
    sealed_base(office, plot)
    frozen_base(office)
    reference = precheck(demo)
    first = office.send("clerk", "GET", "prechecks?limit=1")["items"][0]["id"]
    office.send("clerk", "POST", f"prechecks/{first}/demand", {"remark": "拟列入年度计划"})
    office.send("clerk", "POST", "announcements", {
        "announced_on": "2026-03-02", "number": "演示告字〔2026〕8号", "title": "国有建设用地使用权挂牌出让公告", "until": "2099-12-31",
        "items": [{"area": {"unit": "mu", "value": "50"}, "conditions": {"floor_area_ratio_min": "1.0", "green_ratio_max": "0.2"}, "land_use": "industrial", "max_term_unit_price": "350", "method": "flexible", "name": "2026-GP-08"}],
    })
    office.send("approver", "POST", "policy-overlays", {
        "citation": {"instrument": "演示县实测差异处理规定", "issued_on": "2025-12-20", "number": "演示〔2026〕1号", "provision": "第3条"},
        "in_force": "2026-01-01", "parameter": "ledger.survey_difference_share_max", "reason": "本局会议确定", "value": "0.008", "verified": True,
    })
    office.send("approver", "POST", "closed-months", {"year": 2012, "month": 12})
    office.send("clerk", "POST", "monitoring-snapshots/import-file?as_of=2025-12-31", raw=EXPORT.encode(), headers={"content-type": "text/csv"})
    office.send("clerk", "POST", "plot-progress", {"rows": [{"plot": plot, "month": "2026-03", "done": "完成地上附着物清点", "remark": "已上报"}]})
    waiting = measured[-1]["plot"]
    holding = next(one for one in office.send("clerk", "GET", f"plots/{waiting}/land")["holdings"] if one["account"] == "unsupplied")
    lines = [{"from": {"account": "unsupplied", "plot": waiting}, "to": {"account": "no_supply_needed", "plot": waiting}, "area_m2": holding["area_m2"]}]
    document = {"number": "演示核〔2026〕3号", "authority": "演示县人民政府", "dated": "2026-02-01"}
    office.send("clerk", "POST", "vouchers", {"client_id": "records-waits", "kind": "no_supply_needed", "effective_on": "2026-02-01", "document": document, "lines": lines})
    return {"idle/{id}": f"idle/{case}", "papers/{id}": f"papers/{paper['paper']['id']}", "precheck/{reference}": f"precheck/{reference}"}
