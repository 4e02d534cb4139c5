//! Papers: what must stand on them stands there, in HTML, in .docx and in what an office makes of that.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;
use dizhang::domain::calendar::Calendar;
use dizhang::domain::idle_case::clock::Clocks;
use dizhang::domain::idle_case::step::Step;
use dizhang::domain::idle_case::{Case, Grounds, Opening};
use dizhang::domain::input;
use dizhang::domain::paper::PaperKind;
use dizhang::domain::paper::compose::{Typed, compose, faults, form};
use dizhang::domain::paper::document::{Document, Part};
use dizhang::domain::paper::facts::{ContractFacts, PaperFacts};
use dizhang::domain::paper::field::Value;
use dizhang::domain::paper::layout::Numbering;
use dizhang::domain::paper::settings::PaperSettingsBody;
use dizhang::domain::policy::Policy;
use dizhang::formats::{docx, paper_html};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn settings() -> PaperSettingsBody {
    let body = json!({
        "agency": "演示县自然资源和规划局", "agency_head": "局长", "agency_address": "演示县府前街18号", "contact": "执法监察科",
        "phone": "0371-60000018", "government": "演示县人民政府", "review_body": "演示县人民政府", "court": "演示县人民法院",
        "registry": "演示县不动产登记中心",
        "fee_payee": "国家税务总局演示县税务局（演示县国库，账号0000 1111 2222）",
        "number_words": ["演示自然资闲"]
    });
    input::read(body.to_string().as_bytes()).unwrap()
}

fn contract() -> ContractFacts {
    let line = |text: &str| Some(text.to_owned());
    ContractFacts {
        user_name: line("演示县甲乙丙精密机械制造有限公司"),
        user_address: line("演示县产业集聚区创业大道88号"),
        user_code: line("91410100MA00000000"),
        representative: line("见营业执照"),
        kind: line("国有建设用地使用权出让合同"),
        number: line("演示（2021）出字第18号"),
        supervision_no: line("4101832021B00186"),
        signed_on: Some(day("2021-06-18")),
        price: Some("8764321.50".parse().unwrap()),
        parcel_no: line("演示-2021-018"),
        certificate_no: line("豫（2021）演示县不动产权第0001234号"),
        location: line("演示县产业集聚区创业大道与经三路交叉口东南角"),
        bounds: line("东至经三路，南至规划绿地，西至演示县丁纸业有限公司用地，北至创业大道"),
        area: Some("33350.68".parse().unwrap()),
        land_use: line("工业用地"),
        agreed_start: Some(day("2023-07-01")),
        agreed_completion: Some(day("2025-06-30")),
        delivered_on: Some(day("2021-07-20")),
        investment: Some("126000000".parse().unwrap()),
        mortgagee: line("演示农村商业银行股份有限公司"),
    }
}

/// Steps by kind and day, with a document for each and further members.
fn steps(list: &[(&str, &str, &str, Json)]) -> Vec<Step> {
    let step = |(kind, on, number, more): &(&str, &str, &str, Json)| {
        let mut step = json!({"kind": kind, "on": on, "document": {"number": number}});
        step.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input::read::<Step>(step.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{step}: {faults:?}"))
    };
    list.iter().map(step).collect()
}

fn found() -> Vec<(&'static str, &'static str, &'static str, Json)> {
    let served = |paper: &str| json!({"paper": paper, "manner": "direct"});
    vec![
        ("investigation_notice", "2025-02-17", "演示自然资闲〔2025〕3号", json!({})),
        ("served", "2025-02-18", "回证1", served("investigation_notice")),
        ("answered", "2025-03-10", "来文1", json!({})),
        ("inspected", "2025-03-12", "核查表1", json!({})),
        ("found", "2025-04-15", "演示自然资闲〔2025〕7号", json!({"cause": "own", "voucher": 5})),
        ("served", "2025-04-16", "回证2", served("finding")),
        ("published", "2025-04-17", "公告1", json!({})),
        ("filed", "2025-04-17", "410183X2025004", json!({})),
        ("mortgagee_told", "2025-04-20", "演示自然资闲〔2025〕9号", json!({})),
    ]
}

/// A case that went the way of a decision, to the court if it is still not carried out.
fn decided(way: &str) -> Vec<Step> {
    let served = |paper: &str| json!({"paper": paper, "manner": "direct"});
    let decision = if way == "fee" { "fee_decision" } else { "recovery_decision" };
    let of_decision = if way == "fee" { json!({"amount": "1752864.30"}) } else { json!({"area_m2": "33350.68"}) };
    let mut list = found();
    list.extend([
        ("disposal_chosen", "2025-05-06", "会议纪要1", json!({"way": way})),
        ("informed", "2025-05-08", "演示自然资闲〔2025〕11号", json!({})),
        ("served", "2025-05-09", "回证3", served("situation")),
        ("served", "2025-05-09", "回证4", served("hearing_rights")),
        ("legal_reviewed", "2025-05-20", "法审1", json!({})),
        ("discussed", "2025-05-22", "集体讨论1", json!({})),
        ("government_approved", "2025-06-03", "演示政文〔2025〕66号", json!({})),
        ("decided", "2025-06-10", "演示自然资闲〔2025〕15号", of_decision),
        ("served", "2025-06-11", "回证5", served(decision)),
        ("urged", "2025-12-22", "演示自然资闲〔2025〕31号", json!({})),
        ("served", "2025-12-23", "回证6", served("urging")),
    ]);
    steps(&list)
}

fn agreed() -> Vec<Step> {
    let mut list = found();
    list.extend([
        ("disposal_chosen", "2025-05-06", "会议纪要1", json!({"way": "extension"})),
        ("agreed", "2025-05-12", "协商纪要1", json!({})),
    ]);
    let mut steps = steps(&list);
    for step in &mut steps {
        if step.cause.is_some() {
            step.cause = Some(dizhang::domain::idle_case::Cause::Government);
        }
    }
    steps
}

fn facts(kind: PaperKind) -> PaperFacts {
    use PaperKind as K;
    let steps = match kind {
        K::RecoveryDecision | K::CancellationLetter => decided("free_recovery"),
        K::PlanRequest | K::MortgageeNotice => agreed(),
        K::InvestigationNotice | K::StartApplication | K::CompletionReport | K::DeliveryConfirmation => Vec::new(),
        _ => decided("fee"),
    };
    let opening =
        Opening { grounds: Grounds::NotStarted, opened_on: day("2025-02-10"), area: "33350.68".parse().unwrap() };
    PaperFacts {
        case_no: "410183-闲-2025-0003".to_owned(),
        case: Case { opening, steps },
        idle_from: Some(day("2024-07-02")),
        fee_due: Some("1752864.30".parse().unwrap()),
        fee_rate: Some("20%".to_owned()),
        contract: contract(),
        settings: Some(settings()),
        clocks: Clocks::on(Policy::built_in(), day("2026-03-02")).unwrap(),
        calendar: Calendar::built_in(),
        today: day("2026-03-02"),
    }
}

/// What a clerk would type; a paper takes those that it has.
const TYPED: &[(&str, &str)] = &[
    ("issued_on", "2025-06-10"),
    ("serve_on", "2025-06-11"),
    (
        "facts",
        "合同约定2023年7月1日前动工。经现场核查，至2025年3月12日宗地内无施工机械和在建工程，未取得施工许可证，仅有围挡。\n你单位所称市场原因、资金困难不属于政府及其有关部门的行为。",
    ),
    ("evidence", "出让合同、交地确认书、现场核查表及照片、询问笔录、你单位书面说明。"),
    ("violation", "出让合同第十六条关于动工期限的约定，《中华人民共和国城市房地产管理法》第二十六条。"),
    ("inquiry", "未按约定动工的原因、项目建设和投资情况、土地权利负担情况。"),
    ("cause", "own"),
    ("cause_detail", "因投资计划调整、资金未到位，项目一直未启动。"),
    ("conclusion", "闲置面积为全部宗地。"),
    ("department", "演示县住房和城乡建设局"),
    ("proposal", "征缴土地闲置费，并督促尽快动工开发。"),
    ("project", "年产五千套精密减速机项目"),
    ("permit_no", "410183202502180101"),
    ("permit_on", "2025-02-18"),
    ("foundation", "piles"),
    ("start_on", "2025-05-20"),
    ("completed_on", "2026-01-15"),
    ("invested", "98000000"),
    ("floor_area", "41230.5"),
    ("acceptance_no", "演示规核〔2026〕2号"),
    ("delivery_conditions", "场地平整，地上附着物已清除；道路、供水、供电、排水、通讯通至宗地红线。"),
    ("boundary_marks", "界桩J1至J6完好，双方现场指认无异议"),
    ("served_paper", "征缴土地闲置费决定书"),
    ("served_no", "演示自然资闲〔2025〕15号"),
    ("recipient", "演示县甲乙丙精密机械制造有限公司"),
    ("manner", "left"),
    ("place", "演示县产业集聚区创业大道88号"),
    ("served_on", "2025-06-11"),
    ("servers", "执法人员甲（豫A001）、执法人员乙（豫A002）"),
    ("refusal", "门卫称负责人不在，拒绝签收"),
    ("witness", "产业集聚区管委会工作人员"),
    ("mail_no", "EMS0000001CN"),
    ("entrusted_to", "邻县自然资源局"),
    ("public_place", "演示县人民政府门户网站"),
    ("plan", "延长动工开发期限至2026年5月31日前，签订补充协议，明确新的动工、竣工日期和违约责任。"),
    ("negotiation", "2025年5月9日约谈，土地使用权人同意延期动工并承诺投资计划。"),
    ("claim", "依法准予强制执行，执行费用由被申请人承担。"),
    ("court_basis", "行政判决已发生法律效力，在申请执行的法定期限内提出申请。"),
    ("attachments", "一、决定书及送达回证；二、催告书及送达回证；三、认定书及证据材料。"),
    ("outcome", "土地闲置费已缴清；2026年2月20日取得施工许可证并完成桩基，经核查确认动工。"),
    ("closing_reason", "已动工开发，闲置状态消除。"),
];

fn typed(kind: PaperKind) -> Typed {
    let needs = kind.layout().needs();
    let facts = facts(kind);
    let known = form(kind, &facts, &Typed::default());
    let is_typed = |name: &str| {
        needs.iter().any(|need| need.name == name)
            && !known.iter().any(|line| line.field.name == name && line.known.is_some())
    };
    let of = TYPED.iter().filter(|(name, _)| is_typed(name));
    Typed(of.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

fn registered(kind: PaperKind) -> Document {
    let number = (kind.layout().numbering == Numbering::Agency).then_some("演示自然资闲〔2025〕15号");
    compose(kind, &facts(kind), &typed(kind), Some(number)).unwrap_or_else(|faults| panic!("{kind}: {faults:#?}"))
}

/// The texts that must stand on a paper: every required field as it is written there, the number, the title.
fn required(kind: PaperKind, facts: &PaperFacts, typed: &Typed) -> Vec<String> {
    let mut texts = vec![kind.layout().title.to_owned()];
    for line in form(kind, facts, typed).into_iter().filter(|line| line.is_required) {
        let value = line.known.unwrap_or_else(|| line.field.read(&typed.0[line.field.name]).unwrap());
        match value {
            Value::Paragraphs(paragraphs) => texts.extend(paragraphs),
            value => texts.push(value.in_full()),
        }
    }
    texts
}

/// Letters and figures alone: a mark that hangs over the end of a line is not always given back by a reader of PDFs.
fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Without blanks and line ends, which every program sets its own way.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn text_of(document: &Document) -> String {
    let mut text = [document.head.as_deref(), Some(&document.title), document.number.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n");
    for part in &document.parts {
        text.push('\n');
        match part {
            Part::Addressee(line) | Part::Heading(line) | Part::Paragraph(line) | Part::Note(line) => {
                text.push_str(line)
            }
            Part::Table(rows) => rows.iter().flat_map(|row| &row.cells).for_each(|cell| text.push_str(cell)),
            Part::Signature { parties, day } => text.push_str(&format!("{}{day}", parties.join(""))),
        }
    }
    plain(&text)
}

#[test]
fn every_layout_names_fields_of_the_catalogue_and_leaves_no_bracket_open() {
    for kind in PaperKind::ALL {
        for need in kind.layout().needs() {
            assert!(dizhang::domain::paper::catalogue::field_named(need.name).is_some(), "{kind}: {}", need.name);
        }
        let text = text_of(&registered(*kind));
        assert!(!text.contains(['{', '}', '[', ']']), "{kind}: {text}");
    }
    let used: Vec<_> = PaperKind::ALL.iter().flat_map(|kind| kind.layout().needs()).map(|need| need.name).collect();
    // What no paper asks for could as well not be there.
    for field in dizhang::domain::paper::catalogue::FIELDS {
        assert!(used.contains(&field.name), "no paper has the field {}", field.name);
    }
}

#[test]
fn an_empty_record_refuses_every_paper_with_all_that_is_missing() {
    for kind in PaperKind::ALL {
        let facts = PaperFacts {
            contract: ContractFacts::default(),
            settings: None,
            idle_from: None,
            fee_due: None,
            fee_rate: None,
            ..facts(PaperKind::InvestigationNotice)
        };
        let found = compose(*kind, &facts, &Typed::default(), None).unwrap_err();
        let lines = form(*kind, &facts, &Typed::default());
        let missing: Vec<_> = lines.iter().filter(|line| line.is_required && line.known.is_none()).collect();
        let pointers: Vec<_> = found.iter().map(|fault| fault.pointer.clone()).collect();
        let expected: Vec<_> = missing.iter().map(|line| format!("/values/{}", line.field.name)).collect();
        assert_eq!(pointers, expected, "{kind}");
        assert!(pointers.len() > 5, "{kind} can do without nearly everything: {pointers:?}");
        assert!(found.iter().all(|fault| !fault.message.zh.is_empty() && !fault.message.en.is_empty()));
    }
}

#[test]
fn what_the_record_says_is_not_typed_otherwise() {
    let kind = PaperKind::InvestigationNotice;
    let mut given = typed(kind);
    given.0.extend([
        ("area".to_owned(), "99".to_owned()),
        ("agency".to_owned(), "演示县自然资源和规划局".to_owned()),
        ("case_no".to_owned(), "1".to_owned()),
        ("answer_due".to_owned(), "2025-08-01".to_owned()),
        ("serve_on".to_owned(), "2025-02-30".to_owned()),
    ]);
    let found = faults(kind, &facts(kind), &given);
    let pointers: Vec<_> = found.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(pointers, ["/values/answer_due", "/values/area", "/values/case_no", "/values/serve_on"]);
}

#[test]
fn the_days_on_a_decision_are_those_of_the_calendar() {
    let text = text_of(&registered(PaperKind::FeeDecision));
    // Thirty days from 11 June 2025 end on 11 July, sixty on Sunday 10 August and so on Monday; six months on 11 December.
    for part in [
        "1,752,864.30元（大写：人民币壹佰柒拾伍万贰仟捌佰陆拾肆元叁角）",
        "33350.68平方米（大写：叁万叁仟叁佰伍拾点陆捌平方米）",
        "送达的，至2025年7月11日止",
        "申请复议至2025年8月11日止，起诉至2025年12月11日止",
        "你单位未在期限内要求听证",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn a_court_is_applied_to_after_a_suit_too_and_then_not_by_the_three_months_of_those_who_did_not_sue() {
    let kind = PaperKind::CourtApplication;
    let after = |list: &[(&str, &str, &str, Json)]| {
        let mut facts = facts(kind);
        facts.case.steps.extend(steps(list));
        facts
    };
    let filed = |remedy: &str| ("remedy_filed", "2025-07-01", "受理1", json!({"remedy": remedy}));
    let ended = |revoked: bool| ("remedy_ended", "2025-11-03", "文书1", json!({"revoked": revoked}));
    let said = |facts: &PaperFacts| {
        let mut given = typed(kind);
        let form = form(kind, facts, &given);
        given.0.retain(|name, _| form.iter().any(|line| line.field.name == name && line.known.is_none()));
        compose(kind, facts, &given, Some(Some("演示自然资闲〔2025〕15号"))).map(|document| text_of(&document))
    };
    let unchallenged = said(&facts(kind)).unwrap();
    assert!(unchallenged.contains("行政强制法》第五十三条") && !unchallenged.contains("判决"), "{unchallenged}");
    let upheld = said(&after(&[filed("review"), ended(false)])).unwrap();
    assert!(upheld.contains("届满，行政复议或者行政诉讼已于2025年11月3日终结"), "{upheld}");
    let suit = said(&after(&[filed("suit"), ended(false)])).unwrap();
    assert!(suit.contains("在申请执行的法定期限内提出申请") && !suit.contains("第五十三条"), "{suit}");
    // While a suit runs, or after the decision fell, nobody applies to the court.
    assert!(said(&after(&[filed("suit")])).is_err());
    assert!(said(&after(&[filed("suit"), ended(true)])).is_err());
}

#[test]
fn a_draft_names_the_articles_that_are_still_to_be_compared() {
    let kind = PaperKind::RecoveryDecision;
    let draft = text_of(&compose(kind, &facts(kind), &typed(kind), None).unwrap());
    assert!(draft.contains("登记前请核对") && draft.contains("《中华人民共和国行政复议法》第二十条"), "{draft}");
    assert!(!draft.contains("核对：《中华人民共和国城市房地产管理法》"), "{draft}");
    assert!(!text_of(&registered(kind)).contains("登记前请核对"));
}

#[test]
fn a_contract_without_supervision_number_gives_its_own() {
    let kind = PaperKind::InvestigationNotice;
    let mut facts = facts(kind);
    facts.contract.supervision_no = None;
    let text = text_of(&compose(kind, &facts, &typed(kind), None).unwrap());
    assert!(text.contains("电子监管号无电子监管号，合同编号演示（2021）出字第18号"), "{text}");
}

#[test]
fn service_asks_for_what_its_manner_needs() {
    let kind = PaperKind::ServiceRecord;
    let facts = facts(kind);
    let missing = |manner: &str| {
        let mut typed = typed(kind);
        for name in ["place", "refusal", "witness", "mail_no", "entrusted_to", "public_place"] {
            typed.0.remove(name);
        }
        typed.0.insert("manner".to_owned(), manner.to_owned());
        let found = faults(kind, &facts, &typed);
        found.into_iter().map(|fault| fault.pointer.replace("/values/", "")).collect::<Vec<_>>()
    };
    assert_eq!(missing("direct"), ["place"]);
    assert_eq!(missing("left"), ["place", "refusal", "witness"]);
    assert_eq!(missing("post"), ["mail_no"]);
    assert_eq!(missing("entrusted"), ["place", "entrusted_to"]);
    assert_eq!(missing("public"), ["public_place"]);
    let mut typed = typed(kind);
    typed.0.insert("manner".to_owned(), "public".to_owned());
    let text = text_of(&compose(kind, &facts, &typed, None).unwrap());
    assert!(text.contains("自2025年6月11日发布公告之日起三十日") && text.contains("2025年7月11日"), "{text}");
}

#[test]
fn what_was_typed_stays_text_in_the_page() {
    let kind = PaperKind::InvestigationNotice;
    let mut given = typed(kind);
    given.0.insert("inquiry".to_owned(), "<script>alert(1)</script> & \"原因\"".to_owned());
    let html = paper_html::write(&compose(kind, &facts(kind), &given, None).unwrap());
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;原因&quot;") && !html.contains("<script"));
}

#[test]
fn a_draft_says_so_and_a_registered_paper_does_not() {
    for kind in PaperKind::ALL {
        let draft = compose(*kind, &facts(*kind), &typed(*kind), None).unwrap();
        assert!(paper_html::write(&draft).contains("草稿（未登记"), "{kind}");
        let html = paper_html::write(&registered(*kind));
        assert!(!html.contains("草稿"), "{kind}");
        let numbered = kind.layout().numbering == Numbering::Agency;
        assert_eq!(html.contains("<p class=\"number\">演示自然资闲〔2025〕15号</p>"), numbered, "{kind}");
    }
}

#[test]
fn the_same_paper_is_the_same_bytes_whatever_was_written_before_it() {
    let first: Vec<_> = PaperKind::ALL.iter().map(|kind| docx::write(&registered(*kind)).unwrap()).collect();
    for (kind, bytes) in PaperKind::ALL.iter().zip(&first).rev() {
        assert_eq!(&docx::write(&registered(*kind)).unwrap(), bytes, "{kind}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_paper_goes_out_without_what_it_must_say(
        at in 0..PaperKind::ALL.len(),
        gone in proptest::collection::vec(any::<proptest::sample::Index>(), 0..4),
        without in 0..24_usize,
        steps in 0..24_usize,
    ) {
        let kind = PaperKind::ALL[at];
        let (mut facts, mut given) = (facts(kind), typed(kind));
        for index in gone {
            if let Some(name) = given.0.keys().nth(index.index(given.0.len().max(1))).cloned() {
                given.0.remove(&name);
            }
        }
        forget(&mut facts, without);
        facts.case.steps.truncate(facts.case.steps.len().saturating_sub(steps / 3));
        let found = faults(kind, &facts, &given);
        match compose(kind, &facts, &given, None) {
            Ok(document) => {
                prop_assert!(found.is_empty());
                let text = text_of(&document);
                for value in required(kind, &facts, &given) {
                    prop_assert!(text.contains(&plain(&value)), "{kind}: {value}");
                }
            }
            Err(refused) => {
                prop_assert_eq!(&refused, &found);
                prop_assert!(!refused.is_empty());
            }
        }
    }
}

/// Takes one fact away, or none.
fn forget(facts: &mut PaperFacts, which: usize) {
    let contract = &mut facts.contract;
    match which {
        0 => contract.user_name = None,
        1 => contract.user_address = None,
        2 => contract.kind = None,
        3 => contract.number = None,
        4 => (contract.supervision_no, contract.number) = (None, None),
        5 => contract.price = None,
        6 => contract.location = None,
        7 => contract.bounds = None,
        8 => contract.area = None,
        9 => contract.land_use = None,
        10 => contract.agreed_start = None,
        11 => contract.delivered_on = None,
        12 => contract.mortgagee = None,
        13 => facts.settings = None,
        14 => facts.idle_from = None,
        15 => facts.fee_due = None,
        16 => facts.fee_rate = None,
        _ => {}
    }
}

fn run(program: &str, arguments: &[&std::ffi::OsStr]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Whether the office is there to open what was written; it must be where `REQUIRE_SOFFICE` is set.
fn has_office() -> bool {
    let is_there = Command::new("soffice").arg("--version").output().is_ok();
    assert!(is_there || std::env::var_os("REQUIRE_SOFFICE").is_none(), "soffice is not installed: run scripts/install");
    is_there
}

/// The text of a PDF without its page numbers.
fn pdf_text(path: &Path) -> String {
    let out = run("pdftotext", &["-raw".as_ref(), path.as_os_str(), "-".as_ref()]);
    let text = String::from_utf8(out).unwrap();
    let is_page_number = |line: &str| {
        let inner = line.trim().strip_prefix('—').and_then(|rest| rest.strip_suffix('—'));
        inner.is_some_and(|inner| inner.trim().parse::<u32>().is_ok())
    };
    plain(&text.lines().filter(|line| !is_page_number(line)).collect::<Vec<_>>().join("\n"))
}

#[test]
fn what_an_office_makes_of_each_docx_holds_every_required_value() {
    if !has_office() {
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).unwrap();
    let profile = tempfile::tempdir().unwrap();
    let profile = format!("-env:UserInstallation=file://{}", profile.path().display());
    let mut files = BTreeMap::new();
    for kind in PaperKind::ALL {
        let path = folder.join(format!("{kind}.docx"));
        std::fs::write(&path, docx::write(&registered(*kind)).unwrap()).unwrap();
        std::fs::write(folder.join(format!("{kind}.html")), paper_html::write(&registered(*kind))).unwrap();
        files.insert(*kind, path);
    }
    let mut arguments: Vec<&std::ffi::OsStr> = vec![profile.as_ref()];
    arguments.extend(["--headless", "--convert-to", "pdf", "--outdir"].map(std::ffi::OsStr::new));
    arguments.push(folder.as_os_str());
    arguments.extend(files.values().map(|path| path.as_os_str()));
    run("soffice", &arguments);
    for (kind, path) in &files {
        let text = pdf_text(&path.with_extension("pdf"));
        for value in required(*kind, &facts(*kind), &typed(*kind)) {
            assert!(words(&text).contains(&words(&value)), "{kind}: {value} is not in {text}");
        }
        if kind.layout().numbering == Numbering::Agency {
            assert!(text.contains("演示自然资闲〔2025〕15号"), "{kind}");
        }
    }
}
