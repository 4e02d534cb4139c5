//! Cases of idle land through the application on both databases: random steps, proposals, corrections and papers of several
//! cases in one county, each answer held against the law as `idle_law.rs` has it, and the area ledger against the cases.

use chrono::{Datelike, NaiveDate};
use dizhang::app::error::AppError;
use dizhang::app::features;
use dizhang::app::idle_cases::{CaseFile, Sent};
use dizhang::app::papers::PaperFormat;
use dizhang::domain::idle_case::record::StepAction;
use dizhang::domain::paper::PaperKind;
use dizhang::domain::paper::compose::PaperBody;
use dizhang::domain::paper::field::Form;
use dizhang::storage::ledger::verify;
use serde_json::{Value, json};

use crate::idle_dice::{Dice, KINDS, candidate};
use crate::idle_law::{BY_THREE, Land, Model, day, kind, on};
use crate::idle_world::{TODAY, WORD, World, body, county, people, rectangle};
use crate::support::both;

/// Things done in one county.
const ROUNDS: usize = 900;

fn days(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What waits for two more people: a step, or a step by its number to be taken back.
#[derive(Clone)]
enum Entry {
    Step(Value),
    Void(i32),
}

#[derive(Clone)]
struct Waiting {
    n: i32,
    entry: Entry,
    proposer: i64,
    reviewer: Option<i64>,
    version: i64,
}

/// A case with its model.
struct Case {
    id: i64,
    parcel: i64,
    model: Model,
    version: i64,
    waits: Option<Waiting>,
    /// Of each step that counts, its number in the record.
    numbers: Vec<i32>,
    /// Papers that were registered here: as what they are served, and whether the signed scan is linked.
    issued: Vec<(String, bool)>,
}

/// Whole parcels, phases, half a plot, land in two plots, a mortgage, land that was stopped, a leap day, a year's end, a time
/// that was not the user's own. The days are reckoned by hand.
fn cases(world: &mut World) -> Vec<Case> {
    let plots: Vec<i64> = [0, 200, 400, 600, 800, 1000, 1200, 1300].map(|west| world.plot(west)).to_vec();
    plots.iter().for_each(|plot| world.approve(*plot));
    let land = |opened: &str, idle: &str, fee: &str, recovery: &str| Land {
        opened_on: days(opened),
        stopped: false,
        idle_from: days(idle),
        fee_from: days(fee),
        recovery_from: days(recovery),
        mortgaged_from: None,
        fee: Some("200000"),
        area: "10000",
    };
    let mut made: Vec<(i64, i64, Land, Value)> = Vec::new();
    let mut parcels = Vec::new();
    for (n, plot) in plots.iter().take(5).enumerate() {
        let west = n as i64 * 200;
        let parcel = world.parcel(&format!("Z{n}"), [west, 0, west + 100, 100], "10000");
        world.supply(parcel, &[(*plot, "10000")]);
        parcels.push(parcel);
    }
    let plain = world.contract("合同0", parcels[0], "10000", &json!({}));
    made.push((parcels[0], plain, land("2025-02-17", "2024-07-02", "2024-07-02", "2025-07-02"), json!({})));

    let [.., all] = people();
    let leap = world.contract("合同1", parcels[1], "10000", &json!({"start_on": "2024-02-29"}));
    let late = json!({"cause": "late_delivery", "from": "2024-03-01", "to": "2024-03-15", "explanation": "迟延交地"});
    let event = world.app.add_contract_cause(&people()[0], county(), leap, body(&late)).unwrap().record.events.len();
    let accepted = json!({"claim": event, "accepted": true, "decided_on": "2024-04-01", "reason": "属实"});
    world.app.decide_contract_cause(&all, county(), leap, body(&accepted)).unwrap();
    made.push((parcels[1], leap, land("2025-03-10", "2025-03-01", "2025-03-16", "2026-03-16"), json!({})));

    let ends = world.contract("合同2", parcels[2], "10000", &json!({"start_on": "2022-12-31"}));
    let mortgage =
        json!({"kind": "mortgage", "parcel": parcels[2], "number": "抵1", "party": "演示银行", "from": "2024-06-03"});
    let mortgage = world.app.create_encumbrance(&all, county(), body(&mortgage)).unwrap().record.id;
    let consent = json!({
        "action": "consented", "consents_to": "recovered", "document_number": "同意函1", "document_authority": "演示银行",
        "dated": "2024-12-31"
    });
    world.app.add_encumbrance_event(&all, county(), mortgage, body(&consent)).unwrap();
    let mortgaged = Land {
        mortgaged_from: Some(days("2024-06-03")),
        ..land("2025-02-17", "2024-01-01", "2024-01-01", "2025-01-01")
    };
    made.push((parcels[2], ends, mortgaged, json!({})));

    let phases = json!([
        {"name": "一期", "area_m2": "4000", "start_on": "2023-07-01"}, {"name": "二期", "area_m2": "6000", "start_on": "2024-07-01"},
    ]);
    let phased = world.contract("合同3", parcels[3], "10000", &json!({"phases": phases}));
    let of_phase = |name: &str, area: &str, west: i64, east: i64| json!({"phase": name, "area_m2": area, "geometry": rectangle([west, 0, east, 100])});
    let first = Land { fee: None, area: "4000", ..land("2025-02-17", "2024-07-02", "2024-07-02", "2025-07-02") };
    made.push((parcels[3], phased, first, of_phase("一期", "4000", 600, 640)));
    let second = Land { fee: None, area: "6000", ..land("2025-07-10", "2025-07-02", "2025-07-02", "2026-07-02") };
    made.push((parcels[3], phased, second, of_phase("二期", "6000", 640, 700)));

    let stopped = world.contract("合同4", parcels[4], "10000", &json!({}));
    for report in [
        json!({
            "kind": "started", "on": "2023-05-02", "permit_number": "施1", "permitted_on": "2023-05-01", "foundation": "pile",
            "foundation_reached": true,
        }),
        json!({"kind": "stopped", "on": "2023-07-01", "developed_m2": "100", "invested_yuan": "100"}),
    ] {
        world.app.add_contract_development(&all, county(), stopped, body(&report)).unwrap();
    }
    let idle = Land { stopped: true, ..land("2025-02-17", "2024-07-02", "2024-07-02", "2025-07-02") };
    made.push((parcels[4], stopped, idle, json!({"grounds": "stopped"})));

    let half = world.parcel("Z5a", [1000, 0, 1040, 100], "4000");
    world.supply(half, &[(plots[5], "4000")]);
    let other = world.parcel("Z5b", [1040, 0, 1100, 100], "6000");
    world.supply(other, &[(plots[5], "6000")]);
    let of_half = world.contract("合同5", half, "4000", &json!({}));
    let part = Land { area: "4000", ..land("2025-02-17", "2024-07-02", "2024-07-02", "2025-07-02") };
    made.push((half, of_half, part, json!({})));

    let two = world.parcel("Z6", [1200, 0, 1400, 100], "20000");
    world.supply(two, &[(plots[6], "10000"), (plots[7], "10000")]);
    let of_two = world.contract("合同6", two, "20000", &json!({}));
    let both_plots = Land { area: "20000", ..land("2025-02-17", "2024-07-02", "2024-07-02", "2025-07-02") };
    made.push((two, of_two, both_plots, json!({})));

    let opened = made.into_iter().enumerate().map(|(n, (parcel, contract, land, mut given))| {
        given["opened_on"] = json!(land.opened_on.to_string());
        let id = world.open(&format!("case-{n}"), contract, &given);
        let model = Model { land, today: days(TODAY), steps: Vec::new() };
        let version = world.file(id).state.version;
        Case { id, parcel, model, version, waits: None, numbers: Vec::new(), issued: Vec::new() }
    });
    opened.collect()
}

/// A step that leads on, as a rule, among some that might be taken; sometimes any.
fn some_step(dice: &mut Dice, world: &mut World, case: &Case) -> Value {
    let any: Vec<Value> = (0..60)
        .map(|_| {
            let ends = ["annulled", "cleared"];
            // A case that was ended by mere chance shows no more of the law.
            let kind = *dice.one(KINDS);
            let kind = if ends.contains(&kind) && !dice.percent(3) { "served" } else { kind };
            candidate(dice, world, &case.model, kind)
        })
        .collect();
    if dice.percent(20) {
        return any[0].clone();
    }
    let model = &case.model;
    let taken = |of: &str| model.steps.iter().any(|step| kind(step) == of);
    let is_new = |step: &&Value| match kind(step) {
        "served" => model.served(step["paper"].as_str().unwrap()).is_none(),
        "annulled" | "cleared" | "suspended" => false,
        "lifted" | "closed" => true,
        "answered" | "published" | "department_notified" | "filed" | "mortgagee_told" => !taken(kind(step)),
        // Another way is chosen when the one before was gone to its end, and land is started late.
        "disposal_chosen" => model.way().is_none() || model.here("carried_out").is_some(),
        "resumed" => model.here("paid").is_some() || model.here("carried_out").is_some(),
        of => model.here(of).is_none() && (model.way().is_some() || !taken(of)),
    };
    let allowed: Vec<&Value> = any.iter().filter(|step| model.allows(step)).collect();
    let fresh: Vec<&Value> = allowed.iter().copied().filter(is_new).collect();
    let of = if fresh.is_empty() || dice.percent(5) { &allowed } else { &fresh };
    // The earliest, so that a case gets far before today.
    of.iter().min_by_key(|step| on(step)).map_or_else(|| any[0].clone(), |step| (*step).clone())
}

impl Case {
    /// A registered paper goes out only as its scan.
    fn may_go_out(&self, step: &Value) -> bool {
        let mut of = self.issued.iter().filter(|(paper, _)| step["paper"] == **paper).peekable();
        of.peek().is_none() || of.any(|(_, has_scan)| *has_scan)
    }

    fn allows(&self, entry: &Entry) -> bool {
        match entry {
            Entry::Step(step) => self.model.allows(step) && (kind(step) != "served" || self.may_go_out(step)),
            Entry::Void(n) => {
                self.numbers.iter().position(|known| known == n).is_some_and(|at| self.model.may_void(at))
            }
        }
    }

    fn takes_three(&self, entry: &Entry) -> bool {
        let of = |step: &Value| BY_THREE.contains(&kind(step));
        match entry {
            Entry::Step(step) => of(step),
            Entry::Void(n) => {
                self.numbers.iter().position(|known| known == n).is_some_and(|at| of(&self.model.steps[at]))
            }
        }
    }

    /// What an entry makes of the model.
    fn apply(&mut self, entry: Entry, file: &CaseFile) {
        match entry {
            Entry::Step(step) => {
                if self.model.moves(&step) == Some("recovered") {
                    self.recovered_by_the_law(&step);
                }
                self.model.steps.push(step);
                self.numbers.push(file.steps.last().unwrap().n);
            }
            Entry::Void(n) => {
                let at = self.numbers.iter().position(|known| *known == n).unwrap();
                self.model.steps.remove(at);
                self.numbers.remove(at);
            }
        }
    }

    /// Land is taken back only after all that the law puts before it.
    fn recovered_by_the_law(&self, step: &Value) {
        let mut before = vec!["investigation_notice", "inspected", "found", "published", "disposal_chosen"];
        before.extend(if kind(step) == "carried_out" {
            &["filed", "agreed", "plan_approved"][..]
        } else {
            &["informed", "legal_reviewed", "discussed", "government_approved", "decided"]
        });
        if self.model.land.mortgaged_from.is_some() {
            before.push("mortgagee_told");
        }
        for wanted in before {
            let done = self.model.steps.iter().any(|known| kind(known) == wanted && on(known) <= on(step));
            assert!(done, "land was recovered without {wanted}: {:#?}", self.model.steps);
        }
    }
}

// --- What is done ---

fn enter(dice: &mut Dice, world: &World, case: &mut Case, entry: Entry) -> String {
    let who = &people()[if dice.percent(70) { 0 } else { 3 }];
    let version = if dice.percent(4) { case.version + 7 } else { case.version };
    let (three, dry_run) = (case.takes_three(&entry), dice.percent(5));
    let expected = version == case.version && !(three && case.waits.is_some()) && case.allows(&entry);
    let did = match &entry {
        Entry::Step(step) => world.app.record_idle_step(who, county(), (case.id, version), body(step), dry_run),
        Entry::Void(n) => {
            let reason = body(&json!({"reason": "录入有误"}));
            world.app.void_idle_step(who, county(), (case.id, version), *n, reason, dry_run)
        }
    };
    let what = match &entry {
        Entry::Step(step) => step.to_string(),
        Entry::Void(n) => format!("void {n}"),
    };
    let at = || format!("case {}: {what}\nafter {:#?}\nwaits {}", case.id, case.model.steps, case.waits.is_some());
    match did {
        Ok((sent, file)) => {
            assert!(expected, "taken, but the law says no: {}", at());
            let wanted = match (dry_run, three) {
                (true, _) => Sent::Tried,
                (false, true) => Sent::Proposed,
                (false, false) => Sent::Recorded,
            };
            assert_eq!(sent, wanted, "{}", at());
            if sent == Sent::Tried {
                return String::new();
            }
            case.version = file.state.version;
            if sent == Sent::Proposed {
                let n = file.proposals.last().unwrap().0.n;
                case.waits = Some(Waiting { n, entry, proposer: who.user.0, reviewer: None, version: 1 });
            } else {
                case.apply(entry, &file);
            }
            file.state.state.as_str().to_owned()
        }
        Err(error) => {
            assert!(!expected, "refused, but the law says yes: {error:?}\n{}", at());
            String::new()
        }
    }
}

fn act(dice: &mut Dice, world: &World, case: &mut Case) -> String {
    let waits = case.waits.clone().unwrap();
    let right = if waits.reviewer.is_none() { StepAction::Review } else { StepAction::Approve };
    let action = if dice.percent(80) {
        right
    } else {
        *dice.one(&[StepAction::Review, StepAction::Approve, StepAction::Return, StepAction::Withdraw])
    };
    let all = people();
    let who = if dice.percent(65) { &all[if action == StepAction::Review { 1 } else { 2 }] } else { dice.one(&all) };
    let version = if dice.percent(4) { waits.version + 3 } else { waits.version };
    let user = who.user.0;
    // User 2 reviews, user 3 approves, user 4 may do either; nobody stands in two places.
    let (reviews, approves) = ([2, 4].contains(&user), [3, 4].contains(&user));
    let expected = version == waits.version
        && match action {
            StepAction::Review => {
                reviews && user != waits.proposer && waits.reviewer.is_none() && case.allows(&waits.entry)
            }
            StepAction::Approve => {
                let another = user != waits.proposer && waits.reviewer.is_some_and(|reviewer| reviewer != user);
                approves && another && case.allows(&waits.entry)
            }
            StepAction::Return => (reviews || approves) && user != waits.proposer,
            _ => user == waits.proposer,
        };
    let did = world.app.act_on_idle_step(who, county(), (case.id, waits.n, version), action, Some("意见".to_owned()));
    match did {
        Ok(file) => {
            assert!(expected, "{action} by {user} was taken: {:#?}", case.model.steps);
            case.version = file.state.version;
            case.waits = None;
            match action {
                StepAction::Review => {
                    case.waits = Some(Waiting { reviewer: Some(user), version: waits.version + 1, ..waits });
                }
                StepAction::Approve => case.apply(waits.entry, &file),
                _ => {}
            }
            file.state.state.as_str().to_owned()
        }
        Err(error) => {
            assert!(!expected, "{action} by {user} was refused: {error:?}\n{:#?}", case.model.steps);
            String::new()
        }
    }
}

/// Whether the facts of a paper are there: what has to have happened before it can be written at all.
fn may_be_written(model: &Model, paper: PaperKind) -> bool {
    let ever = |wanted: &str| model.steps.iter().any(|step| kind(step) == wanted);
    let here = |wanted: &str| model.here(wanted).is_some();
    let served = |paper: &str| model.served(paper).is_some();
    let heard = served("hearing_rights") && (!here("hearing_requested") || here("hearing_held"));
    let approved = here("government_approved") || here("plan_approved");
    let told = ever("found") && served("finding") && here("informed") && heard && approved;
    let decided = model.decision().is_some() && approved && served("decision");
    match paper.as_str() {
        "finding" => ever("investigation_notice") && served("investigation_notice") && ever("inspected"),
        "situation" => ever("found") && served("finding") && model.way().is_some(),
        "hearing_rights" => ever("found") && model.way().is_some(),
        "fee_decision" => {
            told && model.way() == Some("fee") && (model.land.fee.is_some() || model.decision().is_some())
        }
        "recovery_decision" => told && model.way() == Some("free_recovery"),
        "urging" => model.decision().is_some() && served("decision"),
        "court_application" => decided && here("urged") && served("urging") && !model.remedy_runs(),
        "cancellation_letter" => decided && model.way() == Some("free_recovery") && !model.remedy_runs(),
        "plan_request" => ever("found") && ever("filed") && here("agreed"),
        "mortgagee_notice" => ever("found"),
        "closing_approval" => {
            let fell = model.steps.iter().rfind(|step| !step["revoked"].is_null() || kind(step) == "disposal_chosen");
            let fell = fell.is_some_and(|step| step["revoked"] == true);
            let settled = !model.remedy_runs() && (!fell || model.decision().is_some());
            ever("found") && ever("filed") && model.way().is_some() && settled
        }
        _ => true,
    }
}

/// A paper is previewed, perhaps drafted and registered: refused as long as its facts are missing.
fn write(dice: &mut Dice, world: &mut World, case: &mut Case) {
    let (paper, [clerk, _, approver, _]) = (*dice.one(PaperKind::ALL), people());
    let step = match paper {
        PaperKind::Finding => case.model.steps.iter().rfind(|step| kind(step) == "found"),
        PaperKind::FeeDecision | PaperKind::RecoveryDecision => case.model.decision(),
        _ => None,
    };
    let issued_on = step.and_then(|step| day(&step["on"])).unwrap_or(days("2025-06-10"));
    let form = world.app.paper_form(county(), case.id, paper, &body(&json!({}))).unwrap();
    let mut values = serde_json::Map::new();
    for line in form.lines.iter().filter(|line| line.may_be_typed) {
        let text = match (line.field.name, line.field.form) {
            ("issued_on", _) => issued_on.to_string(),
            (_, Form::Day) => "2025-06-10".to_owned(),
            (_, Form::Money | Form::Area) => "1000".to_owned(),
            ("manner", _) => "direct".to_owned(),
            (_, Form::Word(words)) => words[0].0.to_owned(),
            (name, _) => format!("演示{name}"),
        };
        values.insert(line.field.name.to_owned(), json!(text));
    }
    let typed: PaperBody = body(&json!({"values": values}));
    let expected = may_be_written(&case.model, paper);
    let previewed = world.app.preview_paper(county(), (case.id, paper), &typed, PaperFormat::Html);
    let faults = match &previewed {
        Err(AppError::Fields(faults)) => format!("{faults:#?}"),
        other => format!("{}", other.is_ok()),
    };
    assert_eq!(previewed.is_ok(), expected, "{paper} of case {}: {faults}\n{:#?}", case.id, case.model.steps);
    let served_as = match paper {
        PaperKind::Finding => "finding",
        PaperKind::FeeDecision => "fee_decision",
        PaperKind::RecoveryDecision => "recovery_decision",
        _ => return,
    };
    let draft = world.app.draft_paper(&clerk, county(), (case.id, paper), typed).unwrap();
    assert_eq!(draft.digest.is_some(), expected, "{paper}");
    let Some(digest) = draft.digest else { return };
    // The number that the step has, or the next one where no step has any yet.
    let of_step = step.and_then(|step| step["document"]["number"].as_str()?.rsplit_once('〕')?.1.strip_suffix('号'));
    let n: u32 = of_step.map_or(world.vouchers + 50_000, |n| n.parse().unwrap());
    let way_fits = paper == PaperKind::Finding || step.is_some();
    let known = case.issued.iter().any(|(known, _)| *known == format!("{served_as} {n}"));
    let sent = json!({
        "version": draft.paper.version, "digest": digest, "number": {"word": WORD, "year": issued_on.year(), "n": n}
    });
    let before = world.written();
    let registered = world.app.register_paper(&approver, county(), draft.paper.id, body(&sent));
    let may = step.is_some() && way_fits && !known;
    assert_eq!(registered.is_ok(), may, "{paper}: {:?}\n{:#?}", registered.err(), case.model.steps);
    if !may {
        assert_eq!(world.written(), before, "a paper that is refused takes no number");
        return;
    }
    let has_scan = dice.percent(70);
    if has_scan {
        let digest = world.scan.parse().unwrap();
        world.app.add_paper_scan(&clerk, county(), draft.paper.id, &digest).unwrap();
    }
    case.issued.push((served_as.to_owned(), has_scan));
    case.issued.push((format!("{served_as} {n}"), has_scan));
}

/// The ledger says what the cases say, and no plot has lost or gained anything.
fn areas_agree(world: &World, cases: &[Case], plots: &std::collections::BTreeMap<i64, i64>) {
    let (by_parcel, by_plot) = world.areas();
    assert_eq!(&by_plot, plots, "the accounts of a plot add up to its area");
    let units = |case: &Case| case.model.land.area.parse::<i64>().unwrap() * 10_000;
    let stands = |account: &str, parcel: Option<i64>| -> i64 {
        let of = cases.iter().filter(|case| parcel.is_none_or(|parcel| case.parcel == parcel));
        of.filter(|case| case.model.stands() == account).map(units).sum()
    };
    for case in cases {
        let held = by_parcel.get(&(case.parcel, "idle".to_owned())).copied().unwrap_or(0);
        assert_eq!(held, stands("idle", Some(case.parcel)), "idle land of case {}: {:#?}", case.id, case.model.steps);
    }
    // Recovered land is in its plot and in no parcel any more.
    let recovered: i64 =
        by_parcel.iter().filter(|((_, account), _)| account == "recovered").map(|(_, area)| area).sum();
    assert_eq!(recovered, stands("recovered", None), "recovered land");
}

#[test]
fn random_acts_on_several_cases_are_taken_and_refused_as_the_law_says_and_move_the_land_with_them() {
    both(|pool| {
        let mut world = World::new(&pool);
        let mut cases = cases(&mut world);
        let plots = world.areas().1;
        assert_eq!(plots.values().sum::<i64>(), 8 * 10_000 * 10_000);
        let mut dice = Dice::seeded(20_261_120);
        let (mut taken, mut refused, mut states) = (0, 0, std::collections::BTreeSet::new());
        for _ in 0..ROUNDS {
            let at = dice.throw(cases.len());
            let case = &mut cases[at];
            let before = world.written();
            let state = match (case.waits.is_some(), dice.throw(100)) {
                (true, ..80) => act(&mut dice, &world, case),
                (_, ..86) => {
                    let step = some_step(&mut dice, &mut world, case);
                    enter(&mut dice, &world, case, Entry::Step(step))
                }
                (_, ..92) => {
                    let last = case.numbers.last().copied().unwrap_or(0);
                    let n = if dice.percent(50) { last } else { dice.throw(30) as i32 };
                    enter(&mut dice, &world, case, Entry::Void(n))
                }
                _ => {
                    write(&mut dice, &mut world, case);
                    continue;
                }
            };
            if state.is_empty() {
                assert_eq!(world.written(), before, "what is refused or only tried writes nothing");
                refused += 1;
                continue;
            }
            taken += 1;
            assert_ne!(world.written().0, before.0);
            assert_eq!(state, case.model.state());
            states.insert(case.model.state());
            areas_agree(&world, &cases, &plots);
        }
        // The dice reached the ends of the law, and knocked at doors that stayed shut.
        let reached = |wanted: &str| cases.iter().any(|case| case.model.steps.iter().any(|step| kind(step) == wanted));
        assert!(taken > 200 && refused > 100, "{taken} taken, {refused} refused");
        assert!(states.contains("under_way") && reached("decided") && reached("carried_out"), "{states:?}");
        let db = &mut *pool.get().unwrap();
        let report = db.read(|db| verify::verify(db, county(), |_| ())).unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        let drawn = features::verify(db, county()).unwrap();
        assert!(drawn.faults.is_empty(), "{:?}", drawn.faults);
    });
}
