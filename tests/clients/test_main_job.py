"""A county's main job, done with the generated client: from the approval to the balances and a price.

The administrator's first token comes from the command line, everything else over HTTP. Polygons are
written as GeoJSON, areas and prices as decimal strings; what is refused says why in both languages.
"""

import datetime
import importlib
from http import HTTPStatus

import pytest

COUNTY = "410183"
TOWNSHIPS = {"410183106": "演示甲镇", "410183107": "演示乙镇"}
APPROVED_ON = datetime.date(2024, 3, 15)
FIRST_SALE = datetime.date(2025, 2, 1)
SECOND_SALE = datetime.date(2025, 9, 1)
LAW_OF = datetime.date(2026, 6, 30)


def square(west, south, east, north):
    """A closed ring."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


# Code, township, recorded m², rings. The second has a hole: a substation that stays as it is.
PLOTS = [
    ("2024-118-01", "410183106", "18317.35", [square(113.55, 34.6, 113.5515, 34.6012)]),
    (
        "2024-118-02",
        "410183107",
        "17808.5",
        [square(113.56, 34.6, 113.5615, 34.6012), square(113.5605, 34.6005, 113.56075, 34.6007)[::-1]],
    ),
]
TOTAL = "36125.8500"


class Api:
    """The operations of the generated package as `api.approvals.create_approval(…)`, answers unpacked."""

    def __init__(self, package, url, token=None):
        self.package = package
        module = importlib.import_module(f"{package.__name__}.client")
        options = {"base_url": url, "timeout": 30.0, "headers": {"Accept-Language": "zh"}}
        self.client = module.AuthenticatedClient(token=token, **options) if token else module.Client(**options)

    def __call__(self, operation, *path, status=HTTPStatus.OK, **arguments):
        """Calls an operation such as "plots.import_plots" and gives its parsed answer, whose status must be the one named."""
        module = importlib.import_module(f"{self.package.__name__}.api.{operation}")
        answer = module.sync_detailed(*path, client=self.client, **arguments)
        assert answer.status_code == status, f"{operation}: {answer.status_code} {answer.content.decode()}"
        assert answer.parsed is not None, operation
        return answer.parsed


@pytest.fixture
def office(service, client_package):
    """Tokens of a clerk and an approver whom the administrator entered: {name: Api}."""
    m = models(client_package)
    service.run("county", "add", "--code", COUNTY, "--name", "演示县", "--extent", "113.10,34.28,113.72,34.68")
    secret = service.run("user", "add", "--login", "admin", "--name", "演示管理员", "--role", f"admin@{COUNTY}").strip()
    staff = {"public": Api(client_package, service.url), "admin": Api(client_package, service.url, secret)}
    for role in (m.Role.CLERK, m.Role.APPROVER):
        person = m.NewUserBody(
            login=f"demo-{role}", display_name=f"演示{role}", grants=[m.GrantBody(prefix=COUNTY, role=role)]
        )
        user = staff["admin"]("accounts.create_user", body=person, status=HTTPStatus.CREATED).user
        wish = m.NewTokenBody(label="演示")
        issued = staff["admin"]("accounts.create_token", user.id, body=wish, status=HTTPStatus.CREATED)
        staff[str(role)] = Api(client_package, service.url, issued.secret)
    return staff


def models(package):
    return importlib.import_module(f"{package.__name__}.models")


def import_body(m, approval):
    features = [
        m.PlotImportFeature(
            type_=m.FeatureType.FEATURE,
            geometry=m.PolygonGeometry(type_=m.PolygonGeometryType.POLYGON, coordinates=rings),
            properties=m.PlotProperties(code=code, approval=approval, area_m2=area, township=township),
        )
        for code, township, area, rings in PLOTS
    ]
    return m.PlotImportBody(type_=m.FeatureCollectionType.FEATURECOLLECTION, features=features)


def voucher(m, client_id, kind, day, lines, **more):
    document = m.DocumentBody(number=f"演示文〔{day.year}〕1号", authority="演示县自然资源和规划局", dated=day)
    lines = [m.LineBody(from_=m.HoldingBody(**source), to=m.HoldingBody(**goal), area_m2=area) for source, goal, area in lines]
    return m.VoucherBody(client_id=client_id, kind=kind, effective_on=day, document=document, lines=lines, **more)


def carry(m, office, body):
    """The clerk proposes, the approver posts; gives the number of the posted voucher."""
    sent = office["clerk"]("ledger.send_voucher", COUNTY, body=body, status=HTTPStatus.ACCEPTED).proposal
    assert sent.waits_for == m.Role.APPROVER
    done = office["approver"]("proposals.approve_proposal", COUNTY, sent.id, body=m.StepBody(version=sent.version))
    assert done.proposal.state == m.State.POSTED
    return done.proposal.posted_seq


def balances(office, **arguments):
    return office["clerk"]("ledger.get_balances", COUNTY, **arguments)


def figures(row):
    found = row.balances
    assert found.idle_m2 == found.recovered_m2 == found.written_off_m2 == found.no_supply_needed_m2 == "0.0000"
    return found.unsupplied_m2, found.supplied_m2, found.approved_net_m2


def test_from_the_approval_to_the_balances(service, office, client_package):
    m = models(client_package)
    clerk = office["clerk"]
    for code, name in TOWNSHIPS.items():
        office["admin"]("regions.put_township", COUNTY, code, body=m.TownshipBody(name=name), status=HTTPStatus.CREATED)

    # The approval, sent twice as after a lost answer: entered once.
    composition = m.Composition(total=TOTAL, unit=m.CompositionUnitType1.M2)
    approval = m.Approval(
        number="演示政土〔2024〕118号",
        kind=m.ApprovalKind.CITY_BATCH,
        authority="演示省人民政府",
        approved_on=APPROVED_ON,
        composition=composition,
    )
    entered = clerk("approvals.create_approval", COUNTY, body=approval, status=HTTPStatus.CREATED).approval
    assert clerk("approvals.create_approval", COUNTY, body=approval).approval.id == entered.id
    assert entered.area_m2 == TOTAL

    # Its plots: tried first, then written, then there.
    body = import_body(m, approval.number)
    tried = clerk("plots.import_plots", COUNTY, body=body, dry_run=True)
    assert (tried.created, tried.bad, tried.is_written) == (2, 0, False)
    assert clerk("plots.list_plots", COUNTY).items == []
    written = clerk("plots.import_plots", COUNTY, body=body, status=HTTPStatus.CREATED)
    assert (written.created, written.unchanged, written.is_written) == (2, 0, True)
    again = clerk("plots.import_plots", COUNTY, body=body)
    assert (again.created, again.unchanged) == (0, 2)
    plots = [row.id for row in written.plots]
    pierced = clerk("plots.get_plot", COUNTY, plots[1])
    assert len(pierced.geometry.coordinates[0]) == 2, "the hole is kept"
    assert float(pierced.polygon.area_m2) < float(clerk("plots.get_plot", COUNTY, plots[0]).polygon.area_m2)

    # Onto the books, by two persons.
    lines = [
        ({"account": m.Account.OUTSIDE}, {"account": m.Account.UNSUPPLIED, "plot": plot}, area)
        for plot, (_, _, area, _) in zip(plots, PLOTS, strict=True)
    ]
    approve = voucher(m, "approve-118", m.Kind.APPROVE, APPROVED_ON, lines)
    assert carry(m, office, approve) == 1
    resent = clerk("ledger.send_voucher", COUNTY, body=approve)
    assert resent.voucher.seq == 1, "what was posted is not posted again"

    # Two parcels are sold, a third sale takes more than is left.
    def parcel(code, area):
        body = m.ParcelBody(code=code, area_m2=area, land_use="工业用地")
        return clerk("parcels.create_parcel", COUNTY, body=body, status=HTTPStatus.CREATED).parcel.id

    def supply(client_id, day, plot, parcel_id, area):
        source = {"account": m.Account.UNSUPPLIED, "plot": plot}
        goal = {"account": m.Account.SUPPLIED, "plot": plot, "parcel": parcel_id}
        return voucher(m, client_id, m.Kind.SUPPLY, day, [(source, goal, area)], method=m.SupplyMethod.LISTING)

    first = supply("supply-1", FIRST_SALE, plots[0], parcel("2025-ZD-1", "10000.25"), "10000.25")
    second = supply("supply-2", SECOND_SALE, plots[1], parcel("2025-ZD-2", "17808.5"), "17808.5")
    assert carry(m, office, first) == 2
    assert carry(m, office, second) == 3
    third = supply("supply-3", SECOND_SALE, plots[0], parcel("2025-ZD-3", "9000"), "9000")
    refused = clerk("ledger.send_voucher", COUNTY, body=third, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    assert isinstance(refused, m.ProblemBody)
    assert (refused.type_, refused.reason) == ("/problems/ledger-refused", "overdrawn")
    assert refused.detail == refused.detail_text.zh, "Accept-Language: zh"
    for text in (refused.detail_text.zh, refused.detail_text.en):
        assert "2025-09-01" in text and "8317.1000" in text and "682.9000" in text, text

    # The books on several days, and as they were known before the second sale.
    day = datetime.timedelta(days=1)
    nothing, total = "0.0000", TOTAL
    assert figures(balances(office, as_of=APPROVED_ON - day).total) == (nothing, nothing, nothing)
    assert figures(balances(office, as_of=FIRST_SALE - day).total) == (total, nothing, total)
    assert figures(balances(office, as_of=FIRST_SALE).total) == ("26125.6000", "10000.2500", total)
    now = balances(office, by=[m.Dimension.TOWNSHIP])
    assert figures(now.total) == ("8317.1000", "27808.7500", total)
    assert now.head_seq == now.known_seq == 3
    assert {row.group[0].value: figures(row)[:2] for row in now.rows} == {
        "410183106": ("8317.1000", "10000.2500"),
        "410183107": (nothing, "17808.5000"),
    }
    assert {row.group[0].label.zh for row in now.rows} == set(TOWNSHIPS.values())
    assert figures(balances(office, known_seq=2).total) == ("26125.6000", "10000.2500", total)
    assert [row.seq for row in clerk("ledger.list_vouchers", COUNTY).items] == [1, 2, 3]

    # Nobody without an account sees them, and the ledger proves itself.
    office["public"]("accounts.get_me", status=HTTPStatus.UNAUTHORIZED)
    assert clerk("ledger.get_ledger_head", COUNTY).hash_ == now.head_hash
    service.run("verify", "--county", COUNTY)


def test_a_price_and_a_floor_area_check_with_workings_and_articles(office, client_package):
    m = models(client_package)
    # 350 × 100000/3 × 20/50 = 4666666.66…, up to the fen.
    price = office["public"](
        "calculations.calculate_flexible_price",
        body=m.FlexiblePriceBody(
            on=LAW_OF,
            land_use=m.LandUse.INDUSTRIAL,
            area=m.PositiveGivenAreaGivenAreaType1(value="50", unit=m.PositiveGivenAreaGivenAreaType1Unit.MU),
            max_term_unit_price="350.00",
            term="20",
        ),
    )
    assert (price.unit_price_floor, price.total_price_floor, price.year_ratio) == ("140.00", "4666666.67", "2/5")
    assert price.outcome == m.Outcome.PASS
    # 2 × 4000 of 2 × 4000 + 7000 is more than half; what is counted once stays below it.
    nothing = m.FloorArea(actual_m2="0", counted_m2="0")
    checked = office["public"](
        "calculations.check_floor_area",
        body=m.FloorAreaBody(
            on=LAW_OF,
            parcel_area="20000",
            uses=m.Uses(
                dominant=m.FloorArea(actual_m2="4000", counted_m2="8000"),
                admin_living=nothing,
                other_ancillary=m.FloorArea(actual_m2="7000", counted_m2="7000"),
            ),
        ),
    )
    assert checked.dominant_exceeds
    for finding in price.findings + checked.findings:
        assert finding.citations, finding.rule
        assert finding.message.zh and finding.message.en, finding.rule
    for answer, rule in ((price, "price.flexible"), (checked, "floor_area.dominant_use")):
        (finding,) = [finding for finding in answer.findings if finding.rule == rule]
        assert finding.workings and all(step.formula and step.filled for step in finding.workings)
        assert len(finding.policy_digest) == 64
    assert finding.parameters, "the share of the dominant use is a figure of the law"

    # Every wrong member at once, each by its place.
    wrong = office["public"](
        "calculations.check_floor_area",
        body=m.FloorAreaBody(
            on=LAW_OF,
            parcel_area="-1",
            uses=m.Uses(dominant=m.FloorArea(actual_m2="x", counted_m2="1"), admin_living=nothing, other_ancillary=nothing),
        ),
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )
    assert {"/parcel_area", "/uses/dominant/actual_m2"} <= {error.pointer for error in wrong.errors}
