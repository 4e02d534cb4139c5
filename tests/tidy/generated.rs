//! What is generated is committed, and made again here: `UPDATE=1 cargo test --test tidy` writes it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dizhang::domain::encumbrance::EncumbranceKind;
use dizhang::domain::geometry::crs::Zone;
use dizhang::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::domain::geometry::overlay::CannotOverlay;
use dizhang::domain::geometry::tolerance::Misfit;
use dizhang::domain::ledger::account::Account;
use dizhang::domain::ledger::decide::Margins;
use dizhang::domain::ledger::kind::{Kind, Role};
use dizhang::domain::ledger::land::Offence;
use dizhang::domain::ledger::refused::Refused;
use dizhang::domain::ledger::voucher::Holding;
use dizhang::domain::paper::PaperKind;
use dizhang::domain::paper::catalogue::field_named;
use dizhang::domain::paper::layout::Numbering;
use dizhang::domain::policy::Policy;
use dizhang::domain::region::{ParcelId, PlotId};
use dizhang::http::access::{Access, OGC_OPERATIONS, OPERATIONS};
use dizhang::http::problem;

const NOTE: &str = "<!-- Generated; to write it anew: UPDATE=1 cargo test --test tidy -->";

fn is_committed(file: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let found = fs::read_to_string(&path).unwrap_or_default();
    if found == wanted {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, wanted).unwrap();
        return;
    }
    let (mut found, mut wanted) = (found.lines(), wanted.lines());
    let at = (1..).find_map(|at| match (found.next(), wanted.next()) {
        (Some(a), Some(b)) if a == b => None,
        (a, b) => {
            Some(format!("line {at} is\n  {}\nand should be\n  {}", a.unwrap_or("(none)"), b.unwrap_or("(none)")))
        }
    });
    panic!("{file}: {}\nUPDATE=1 cargo test --test tidy writes it", at.unwrap_or_default());
}

#[test]
fn the_api_document_is_committed() {
    is_committed("openapi/dizhang.json", dizhang::http::openapi::text());
}

#[test]
fn the_operation_by_role_table_is_committed() {
    let mut page = format!("{NOTE}\n\n# 谁可以做什么 / Who may call what\n\n");
    page.push_str(
        "Everything that is not in this table is refused. A role counts in the county of the address, or, where the \
         address names none, in the counties that the answer is cut down to. A token may let through fewer roles than \
         its owner holds. Under `/ogc` anybody may also read the layers that the operator has made public.\n\n`●` who holds the role · `○` anybody signed in · `◇` anybody\n\n",
    );
    page.push_str("| operation | address |");
    Role::ALL.iter().for_each(|role| write!(page, " {role} {role:#} |").unwrap());
    page.push_str(" nobody |\n|---|---|");
    page.push_str(&":-:|".repeat(Role::ALL.len() + 1));
    page.push('\n');
    for operation in OPERATIONS.iter().chain(OGC_OPERATIONS) {
        write!(page, "| `{}` | `{} {}` |", operation.id, operation.method, operation.path).unwrap();
        let public = matches!(operation.access, Access::Public | Access::PublicLimited);
        for role in Role::ALL {
            let mark = match operation.access {
                Access::Public | Access::PublicLimited => "◇",
                Access::SignedIn => "○",
                Access::County(roles) | Access::Somewhere(roles) | Access::Layers(roles) if roles.contains(role) => "●",
                Access::County(_) | Access::Somewhere(_) | Access::Layers(_) => "",
            };
            write!(page, " {mark} |").unwrap();
        }
        writeln!(page, " {} |", if public { "◇" } else { "" }).unwrap();
    }
    is_committed("docs/access.md", &page);
}

#[test]
fn the_four_eyes_matrix_is_committed() {
    let mut page = format!("{NOTE}\n\n# 凭证种类与四眼原则 / Kinds of voucher and the four-eyes matrix\n\n");
    page.push_str(
        "No person stands in two places of one voucher. An in-house approver never replaces the outside document. A voucher \
         whose day lies in a closed month needs its approver even where it is otherwise posted at once.\n\n\
         | kind | 种类 | from → to | proposed by | reviewed by | posted by | 文号 | attachment | `effective_on` |\n\
         |---|---|---|---|---|---|:-:|:-:|---|\n",
    );
    for kind in Kind::ALL {
        let duty = kind.duty();
        let moves = kind.moves().iter().map(|(from, to)| format!("{from:#} → {to:#}")).collect::<Vec<_>>();
        let moves = match kind {
            Kind::ContractSuccession => "—".to_owned(),
            Kind::Correction => "those of the voucher it corrects, and back".to_owned(),
            _ => moves.join("; "),
        };
        let moves = if kind.moves_between_plots() { format!("{moves} (another plot)") } else { moves };
        let mark = |needed: bool| if needed { "●" } else { "" };
        let (zh, en) = kind.effective_day();
        writeln!(
            page,
            "| `{kind}` | {kind:#} | {moves} | {} | {} | {} | {} | {} | {zh} — {en} |",
            Role::Clerk,
            if duty.review { Role::Reviewer.as_str() } else { "" },
            if duty.direct { "at once" } else { duty.posted_by.as_str() },
            mark(duty.document),
            mark(duty.attachment),
        )
        .unwrap();
    }
    is_committed("docs/four-eyes.md", &page);
}

#[test]
fn the_catalogue_of_problems_is_committed() {
    let mut page = format!("{NOTE}\n\n# 问题种类 / Problems\n\n");
    page.push_str(
        "Every error answer is `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail`, both \
         languages in `title_text` and `detail_text`, every wrong field in `errors`, and a `request_id` to quote.\n\n\
         | `type` | status | 标题 | title |\n|---|---|---|---|\n",
    );
    for kind in problem::Kind::ALL {
        let row = kind.row();
        writeln!(page, "| `/problems/{}` | {} | {} | {} |", row.slug, row.status, row.zh, row.en).unwrap();
    }
    is_committed("docs/problems.md", &page);
}

/// A strip of 2 m by 100 m.
fn offence() -> Box<Offence> {
    let point = |x: i64, y: i64| GridPoint::new(445_000_000 + x, 3_818_000_000 + y);
    let ring = vec![point(0, 0), point(100_000, 0), point(100_000, 2000), point(0, 2000)];
    let polygon = GridMultiPolygon::new(vec![GridPolygon::new(vec![ring]).unwrap()]).unwrap();
    let margins = Margins::on(Policy::built_in(), "2026-11-23".parse().unwrap()).unwrap();
    let misfit = Misfit::of(Some(polygon.clone()), polygon.twice_area_mm2() * 20, &margins.land.fit).unwrap();
    Box::new(Offence { misfit, zone: Zone::new(38).unwrap() })
}

/// One of each refusal, in the order of the checks.
fn refusals() -> Vec<Refused> {
    let day = |text: &str| text.parse().unwrap();
    let area = |text: &str| text.parse().unwrap();
    let (line, seq, plot, parcel) = (0, 7, PlotId(410_183_000_000_001), ParcelId(410_183_000_000_002));
    let kind = Kind::Supply;
    let holding = Holding { plot, account: Account::Unsupplied, parcel: None };
    let (effective_on, dated, today) = (day("2026-12-01"), day("2026-12-01"), day("2026-11-23"));
    vec![
        Refused::NoLines { kind },
        Refused::LinesNotAllowed { kind: Kind::ContractSuccession },
        Refused::TooManyLines { count: 20_001 },
        Refused::AreaNotPositive { line },
        Refused::SameHolding { line },
        Refused::MoveNotAllowed { line, kind, from: Account::Idle, to: Account::Recovered },
        Refused::PlotChanged { line },
        Refused::ParcelMissing { line, account: Account::Supplied },
        Refused::ParcelNotAllowed { line, account: Account::Unsupplied },
        Refused::MethodMissing,
        Refused::MethodNotAllowed { kind: Kind::Approve },
        Refused::WriteOffMissing,
        Refused::WriteOffNotAllowed { kind },
        Refused::CorrectsMissing,
        Refused::CorrectsNotAllowed { kind },
        Refused::DocumentNumberMissing { kind },
        Refused::DocumentAuthorityMissing { kind },
        Refused::DocumentInFuture { dated, today },
        Refused::AttachmentMissing { kind: Kind::IdleFound },
        Refused::AttachmentUnknown { sha256: "0".repeat(64) },
        Refused::InFuture { effective_on, today },
        Refused::UnknownPlot { line, plot },
        Refused::UnknownParcel { line, parcel },
        Refused::NoApproval { plot },
        Refused::NotApprovalDay { plot, approved_on: day("2020-01-01") },
        Refused::BeforeApproval { plot, approved_on: day("2020-01-01") },
        Refused::WrongAuthority { plot, authority: "演示省人民政府".to_owned() },
        Refused::Encumbered {
            line,
            parcel,
            by: EncumbranceKind::Seizure,
            number: "(2026)豫0183执1号".to_owned(),
            from: day("2026-03-02"),
        },
        Refused::Contested { line, plot, case: "XZ2026-0001".to_owned(), until: Some(day("2026-09-02")) },
        Refused::CorrectsUnknown { seq },
        Refused::CorrectsCorrection { seq, original: 3 },
        Refused::CorrectionDay { seq, effective_on: day("2021-01-01") },
        Refused::CorrectionMove { line, seq },
        Refused::CorrectionExceeds { line, seq, moved: area("600") },
        Refused::PlotAreaExceeded { plot, recorded: area("10000"), entered: area("10000.5") },
        Refused::SurveyCap { plot, cap: area("100"), differences: area("120.25") },
        Refused::Overdrawn { holding, on: day("2023-08-08"), held: area("400"), missing: area("199.5") },
        Refused::TooLarge { holding },
        Refused::ClosedMonth { closed_through: day("2022-12-31") },
        Refused::CannotOverlay { line, error: CannotOverlay::Unsound },
        Refused::LandElsewhere { line, holding },
        Refused::LandOutside { line, holding, offence: offence() },
        Refused::LandLeft { line, holding, offence: offence() },
    ]
}

#[test]
fn the_list_of_refusals_is_committed_and_names_each_in_the_order_of_the_checks() {
    let refusals = refusals();
    let source = include_str!("../../src/domain/ledger/refused.rs");
    let body = source.split("pub enum Refused {").nth(1).unwrap().split("\n}").next().unwrap();
    let declared: Vec<String> = body
        .lines()
        .map(|line| line.trim().split([' ', ',']).next().unwrap())
        .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(snake_case)
        .collect();
    let names: Vec<&str> = refusals.iter().map(Refused::name).collect();
    assert_eq!(names, declared, "the samples of this test follow the enum");

    let mut page = format!("{NOTE}\n\n# 台账为何拒绝凭证 / Why the ledger refuses a voucher\n\n");
    page.push_str(
        "In the order of the checks: the first that applies is reported, as `reason` of the problem `/problems/ledger-refused`, \
         with the place in the voucher. The figures below are examples.\n\n| `reason` | where | 说明 | message |\n|---|---|---|---|\n",
    );
    for refused in &refusals {
        let text = refused.text();
        writeln!(page, "| `{}` | `{}` | {} | {} |", refused.name(), refused.pointer(), text.zh, text.en).unwrap();
    }
    is_committed("docs/refusals.md", &page);
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[test]
fn the_catalogue_of_papers_is_committed() {
    let mut page = format!("{NOTE}\n\n# 文书与字段 / Papers and their fields\n\n");
    page.push_str(
        "Read off the layouts (ADR 20). ● the paper cannot do without it · ◐ needed where the field in brackets says so · ○ stands there if it \
         is known. Fields from the case (案件) and the periods (期限规则) are not typed. Articles in brackets (待核对) have not been compared with \
         the text of the law yet; a draft says so at its foot.\n",
    );
    for kind in PaperKind::ALL {
        let layout = kind.layout();
        let number = if layout.numbering == Numbering::Agency { "机关编号" } else { "不编号" };
        let step = layout.step.map_or_else(String::new, |step| format!(" · 记载步骤“{step:#}” `{step}`"));
        let who = if kind.carries_decision() { " · 步骤审批后由审批人登记" } else { "" };
        write!(
            page,
            "\n## {}\n\n`{kind}` · 文号:{number}{step}{who}\n\n| | 字段 | field | 来源 |\n|:-:|---|---|---|\n",
            layout.title
        )
        .unwrap();
        let needs = layout.needs();
        let mut shown: Vec<&str> = Vec::new();
        for need in &needs {
            if shown.contains(&need.name) {
                continue;
            }
            shown.push(need.name);
            let of: Vec<_> = needs.iter().filter(|other| other.name == need.name).collect();
            let mark = if of.iter().any(|need| need.is_required && need.when.is_none()) {
                "●".to_owned()
            } else if let Some((name, _)) = of.iter().find(|need| need.is_required).and_then(|need| need.when) {
                format!("◐ ({name})")
            } else {
                "○".to_owned()
            };
            let field = field_named(need.name).unwrap();
            writeln!(page, "| {mark} | {} | `{}` {} | {:#} |", field.zh, field.name, field.en, field.source).unwrap();
        }
        let articles: Vec<String> = layout
            .articles()
            .iter()
            .map(|cited| {
                let mark = if cited.verified { "" } else { "(待核对)" };
                format!("《{}》第{}条{mark}", cited.law, cited.article)
            })
            .collect();
        if !articles.is_empty() {
            writeln!(page, "\n引用条款 / articles cited: {}", articles.join("、")).unwrap();
        }
    }
    is_committed("docs/papers.md", &page);
}
