use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Days, Utc};
use dizhang::domain::finding::Citation;
use dizhang::domain::policy::{
    FLOOR_AREA_ADMIN_LIVING_LAND_SHARE_MAX, Overlay, OverlayRule, Policy, Source, TERM_FLEXIBLE_PRINCIPLE_MAX,
    TERM_LONG_LEASE_MAX, built_in_files, check_file,
};
use dizhang::domain::text::Text;

use crate::run::{day, today};

/// Figures for which no text of the rule was at hand, or that no rule fixes.
const TO_BE_VERIFIED: &[&str] = &[
    "encumbrance.mortgage_blocks_change",
    "encumbrance.mortgage_blocks_taking_back",
    "encumbrance.seizure_blocks_change",
    "encumbrance.seizure_blocks_taking_back",
    "floor_area.basement_counted",
    "floor_area.building_coefficient_min",
    "floor_area.double_height",
    "floor_area.excess_counts_as_ancillary",
    "floor_area.green_ratio_max",
    "floor_area.storey_tolerance_share",
    "geometry.area_tolerance_area",
    "geometry.area_tolerance_share",
    "geometry.fit_tolerance_area",
    "geometry.fit_tolerance_share",
    "geometry.fit_tolerance_strip_width",
    "geometry.part_area_min",
    "idle.clock.cancel_registration",
    "idle.clock.hearing",
    "idle.clock.hearing_request",
    "idle.clock.pay",
    "idle.clock.public_service",
    "idle.clock.suit_after_review",
    "idle.deemed_start",
    "idle.extension_counts_from_agreement",
    "idle.fee_on_leases",
    "idle.stopped.agreed_only",
    "idle.stopped.both_short",
    "idle.suspension_stops.answer",
    "idle.suspension_stops.cancel_registration",
    "idle.suspension_stops.court_application",
    "idle.suspension_stops.hearing",
    "idle.suspension_stops.hearing_request",
    "idle.suspension_stops.open_check",
    "idle.suspension_stops.pay",
    "idle.suspension_stops.public_service",
    "idle.suspension_stops.review",
    "idle.suspension_stops.suit",
    "idle.suspension_stops.suit_after_review",
    "idle.suspension_stops.urging",
    "ledger.age.first",
    "ledger.age.second",
    "ledger.age.third",
    "ledger.cohort.second",
    "ledger.cohort.third",
    "ledger.survey_difference_area_max",
    "ledger.survey_difference_share_max",
    "monitoring.area_tolerance",
    "monitoring.price_tolerance",
    "precheck.contact_retention",
    "price.national_minimum.grade_02",
    "price.national_minimum.grade_03",
    "price.national_minimum.grade_04",
    "price.national_minimum.grade_05",
    "price.national_minimum.grade_07",
    "price.national_minimum.grade_09",
    "price.national_minimum.grade_10",
    "price.national_minimum.grade_11",
    "price.national_minimum.grade_12",
    "price.national_minimum.grade_13",
    "price.national_minimum.grade_14",
    "price.national_minimum.share.outside_barren",
    "price.national_minimum.share.outside_self_developed",
    "price.national_minimum.share.priority",
    "price.national_minimum.share.processing",
    "price.national_minimum.share.unused_inside",
    "price.national_minimum.share.unused_outside",
    "price.restoration_rate_min",
    "supply.net_land.archaeology",
    "supply.net_land.compensation_done",
    "supply.net_land.mining",
    "supply.net_land.no_dispute",
    "supply.net_land.planning_conditions",
    "supply.net_land.regional_assessment",
    "supply.net_land.rights_clear",
    "supply.net_land.soil",
    "supply.net_land.start_conditions",
    "term.flexible.usual_min",
    "term.statutory_max.commercial",
    "term.statutory_max.other",
    "term.statutory_max.residential",
    "term.statutory_max.science_education",
    "worklist.reminder",
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
}

#[test]
fn every_file_of_the_policy_is_sound_and_built_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    files(&root.join("policy"), &mut found);
    let built_in: Vec<_> = built_in_files().map(|(path, _)| root.join(path)).collect();
    for path in &found {
        let text = fs::read_to_string(path).unwrap();
        assert_eq!(check_file(path.to_str().unwrap(), &text), [], "{}", path.display());
        let is_calendar = path.parent().unwrap().ends_with("calendar");
        assert!(is_calendar || built_in.contains(path), "{} is not built in", path.display());
    }
    assert!(built_in.iter().all(|path| found.contains(path)));
    assert!(!Policy::built_in().parameters().is_empty());
}

#[test]
fn no_parameter_was_last_compared_with_the_law_more_than_a_year_ago() {
    let now: DateTime<Utc> = SystemTime::now().into();
    let year_ago = now.date_naive() - Days::new(366);
    for listed in Policy::built_in().listing(today()).parameters {
        let checked = listed.checked_on;
        assert!(
            checked >= year_ago,
            "{} was last compared with the law on {checked}: compare it again and set checked_on",
            listed.id
        );
    }
}

#[test]
fn exactly_the_figures_without_a_text_are_unverified() {
    let listed = Policy::built_in().listing(today()).parameters;
    let unverified: Vec<_> = listed.iter().filter(|listed| !listed.verified).map(|listed| listed.id.as_str()).collect();
    assert_eq!(unverified, TO_BE_VERIFIED);
}

#[test]
fn a_day_before_the_first_version_has_no_value() {
    let policy = Policy::built_in();
    let first = day("2025-07-07");
    assert_eq!(policy.on(&TERM_FLEXIBLE_PRINCIPLE_MAX, first).unwrap().value.months(), 240);
    let missing = policy.on(&TERM_FLEXIBLE_PRINCIPLE_MAX, day("2025-07-06")).unwrap_err();
    assert_eq!((missing.first, missing.parameter.as_ref()), (first, "term.flexible.principle_max"));
    assert!(missing.text().zh.contains("2025-07-07"));
    let listed = policy.listing(day("1950-01-01"));
    let without: Vec<_> = listed.parameters.iter().filter(|listed| listed.value.is_none()).collect();
    assert!(without.len() > 10);
    assert!(without.iter().all(|listed| listed.citation.is_none() && listed.source.is_none() && !listed.verified));
}

#[test]
fn a_newer_version_takes_over_on_its_day() {
    let policy = Policy::built_in();
    let in_force = |on: &str| policy.on(&FLOOR_AREA_ADMIN_LIVING_LAND_SHARE_MAX, day(on)).unwrap().used().in_force;
    assert_eq!(in_force("2023-12-30"), day("2008-12-31"));
    assert_eq!(in_force("2023-12-31"), day("2023-12-31"));
}

const SOUND: &str = r#"description = { zh = "上限", en = "limit" }
unit = "share"
overlay = "lower_only"
checked_on = "2026-11-23"

[[version]]
in_force = "2020-01-01"
value = "0.15"
verified = true
[version.citation]
instrument = { zh = "文件", en = "document" }
provision = { zh = "第1条", en = "art. 1" }
"#;

/// The faults of the sound file after one change, as `line: English message`.
fn faults_after(from: &str, to: &str) -> Vec<String> {
    assert!(SOUND.contains(from), "{from:?} is in the file");
    let faults = check_file("policy/x/a.limit.toml", &SOUND.replacen(from, to, 1));
    faults.into_iter().map(|fault| format!("{}: {}", fault.line, fault.message.en)).collect()
}

#[test]
fn every_fault_of_a_file_is_named_with_its_line() {
    assert_eq!(check_file("policy/x/a.limit.toml", SOUND), []);
    for (from, to, line, words) in [
        ("unit = \"share\"", "unit = \"acre\"", 2, "acre"),
        ("unit = \"share\"\n", "", 1, "unit is missing"),
        ("unit = \"share\"", "unit = \"share\"\nsurplus = 1", 3, "no entry surplus"),
        ("unit = \"share\"", "unit = \"share\"\nunit = \"share\"", 3, "duplicate key"),
        ("overlay = \"lower_only\"", "overlay = \"maybe\"", 3, "maybe"),
        ("2026-11-23", "2026-13-23", 4, "2026-13-23"),
        ("\"2020-01-01\"", "2020-01-01", 7, "in_force must be a string"),
        ("\"0.15\"", "0.15", 8, "written as a string"),
        ("\"0.15\"", "\"0.1500001\"", 8, "at most 6 decimals"),
        ("\"0.15\"", "\"1.5\"", 8, "between 0 and 1"),
        ("\"0.15\"", "true", 8, "between 0 and 1"),
        ("\"0.15\"", "\"15%\"", 8, "not a decimal number"),
        ("verified = true", "verified = \"yes\"", 9, "true or false"),
        ("verified = true\n", "", 6, "verified is missing"),
        ("provision = { zh = \"第1条\", en = \"art. 1\" }", "provision = { zh = \"第1条\" }", 12, "en is missing"),
        ("[version.citation]", "[version.source]", 6, "citation is missing"),
        ("instrument = ", "url = \"law\"\ninstrument = ", 11, "web address"),
        ("zh = \"上限\"", "zh = \"\"", 1, "not empty"),
        ("zh = \"上限\"", "zh = 上限", 1, "not valid TOML"),
    ] {
        let faults = faults_after(from, to);
        let expected = faults.iter().any(|fault| fault.starts_with(&format!("{line}: ")) && fault.contains(words));
        assert!(expected, "{from:?} → {to:?}: {faults:#?}");
    }
}

#[test]
fn versions_stand_in_order_and_there_is_at_least_one() {
    let version = &SOUND[SOUND.find("[[version]]").unwrap()..];
    let twice = format!("{SOUND}{version}");
    let faults = check_file("policy/x/a.limit.toml", &twice);
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [14]);
    let none = SOUND.replace(version, "version = []\n");
    assert!(check_file("policy/x/a.limit.toml", &none)[0].message.en.contains("at least one"));
    assert!(check_file("policy/x/a.limit.toml", "")[0].message.en.contains("is missing"));
}

#[test]
fn the_name_of_the_file_is_the_id() {
    for label in ["policy/x/limit.toml", "policy/x/A.Limit.toml", "policy/x/a..limit.toml", "", "/"] {
        assert!(!check_file(label, SOUND).is_empty(), "{label:?}");
    }
}

fn overlay(parameter: &str, in_force: &str, value: Option<&str>) -> Overlay {
    Overlay {
        parameter: parameter.to_owned(),
        in_force: day(in_force),
        value: value.map(str::to_owned),
        citation: Citation {
            instrument: Text::fixed("本县规定", "county rule"),
            number: Some("新政〔2026〕1号".into()),
            provision: Text::fixed("第2条", "art. 2"),
            issued_on: None,
            url: None,
        },
        verified: true,
    }
}

const ADMIN_LAND: &str = FLOOR_AREA_ADMIN_LIVING_LAND_SHARE_MAX.id();

#[test]
fn a_county_may_be_stricter_from_its_day_on_and_go_back() {
    let rows = [
        overlay(ADMIN_LAND, "2026-03-01", Some("0.05")),
        overlay(ADMIN_LAND, "2026-06-01", None),
        overlay(TERM_FLEXIBLE_PRINCIPLE_MAX.id(), "2026-03-01", Some("30")),
    ];
    let policy = Policy::built_in().with_overlays(&rows).unwrap();
    let land = |on: &str| policy.on(&FLOOR_AREA_ADMIN_LIVING_LAND_SHARE_MAX, day(on)).unwrap().used();
    assert_eq!((land("2026-02-28").value.as_ref(), land("2026-02-28").source), ("0.07", Source::National));
    assert_eq!((land("2026-03-01").value.as_ref(), land("2026-03-01").source), ("0.05", Source::County));
    assert_eq!((land("2026-06-01").value.as_ref(), land("2026-06-01").source), ("0.07", Source::National));
    assert_eq!(policy.on(&TERM_FLEXIBLE_PRINCIPLE_MAX, today()).unwrap().value.months(), 360);
    let listed = policy.listing(day("2026-03-01")).parameters;
    let listed = listed.iter().find(|listed| listed.id == ADMIN_LAND).unwrap();
    assert_eq!((listed.source, listed.overlay), (Some(Source::County), OverlayRule::LowerOnly));
    assert_eq!(listed.citation.as_ref().unwrap().instrument.zh, "本县规定");
}

#[test]
fn of_two_rows_for_one_day_the_later_recorded_one_counts() {
    let rows = [overlay(ADMIN_LAND, "2026-03-01", Some("0.05")), overlay(ADMIN_LAND, "2026-03-01", Some("0.06"))];
    let policy = Policy::built_in().with_overlays(&rows).unwrap();
    assert_eq!(policy.on(&FLOOR_AREA_ADMIN_LIVING_LAND_SHARE_MAX, today()).unwrap().written().as_ref(), "0.06");
}

#[test]
fn rows_that_the_law_does_not_leave_room_for_are_each_named() {
    let rows = [
        overlay("no.such", "2026-03-01", Some("1")),
        overlay(ADMIN_LAND, "2026-03-01", Some("0.08")),
        overlay(ADMIN_LAND, "2026-03-01", Some("7%")),
        overlay(ADMIN_LAND, "2026-03-01", Some("true")),
        overlay(ADMIN_LAND, "2000-03-01", Some("0.05")),
        overlay(TERM_LONG_LEASE_MAX.id(), "2026-03-01", Some("25")),
        overlay(TERM_LONG_LEASE_MAX.id(), "2026-03-01", Some("15")),
    ];
    let bad = Policy::built_in().with_overlays(&rows).unwrap_err();
    assert_eq!(bad.iter().map(|bad| bad.index).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn the_digest_changes_with_any_row_and_with_nothing_else() {
    let built_in = Policy::built_in();
    let digest = |rows: &[Overlay]| built_in.with_overlays(rows).unwrap().digest().to_string();
    assert_eq!(digest(&[]), built_in.digest().as_ref());
    assert_eq!(built_in.digest().len(), 64);
    let one = overlay(ADMIN_LAND, "2026-03-01", Some("0.05"));
    let digests = [
        digest(&[]),
        digest(std::slice::from_ref(&one)),
        digest(&[Overlay { value: Some("0.06".into()), ..one.clone() }]),
        digest(&[Overlay { in_force: day("2026-03-02"), ..one.clone() }]),
        digest(&[Overlay { verified: false, ..one.clone() }]),
        digest(&[Overlay { value: None, ..one.clone() }]),
    ];
    for (index, digest) in digests.iter().enumerate() {
        assert!(!digests[..index].contains(digest), "{index}");
    }
    assert_eq!(digest(std::slice::from_ref(&one)), digests[1]);
}
