//! Exports of the ministry's monitoring system as LibreOffice writes them: laid out in many ways, read alike.

use dizhang::domain::input;
use dizhang::domain::monitoring::{MonitoredSupply, SupplyState};
use dizhang::formats::sheet::nouns;

use crate::sheets::{faults, sheet};

#[track_caller]
fn supplies(name: &str) -> Vec<MonitoredSupply> {
    let read = sheet(name, &nouns::MONITORING).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"));
    let body = |row: &dizhang::formats::sheet::Row| {
        let body = row.body.as_ref().unwrap_or_else(|faults| panic!("{name}: {faults:#?}"));
        input::read(body.as_bytes()).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"))
    };
    read.rows.iter().map(body).collect()
}

#[test]
fn an_export_is_read_alike_however_it_is_laid_out() {
    let facts = |of: &MonitoredSupply| {
        (
            (of.number.to_string(), of.area.get().m2().to_string(), of.area.get().unit()),
            (of.signed_on, of.state, of.method, of.price.map(|price| price.get().to_string())),
            (of.land_use.clone(), of.project_name.clone(), of.location.clone(), of.land_source.clone()),
            (of.term.clone(), of.grade.clone(), of.handover_by, of.start_by, of.finish_by),
        )
    };
    let first = supplies("monitoring_hectares.xlsx");
    assert_eq!(first.len(), 3);
    assert_eq!(first[0].number.as_str(), "4101832021B00011");
    assert_eq!(first[1].area.get().m2().to_string(), "12000.0000");
    assert_eq!(first[1].price.unwrap().get().to_string(), "3755000.00");
    assert_eq!(first[1].signed_on.unwrap().to_string(), "2021-04-16");
    assert_eq!(first[2].state, Some(SupplyState::Supplied));
    assert_eq!(first[2].term, None);
    for name in [
        "monitoring_merged.xlsx",
        "monitoring_full_width.ods",
        "monitoring_units_in_cells.xlsx",
        "monitoring_gbk.csv",
        "monitoring_utf8.csv",
    ] {
        let read = supplies(name);
        assert_eq!(read.iter().map(facts).collect::<Vec<_>>(), first.iter().map(facts).collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn each_wrong_export_is_refused_with_the_cell_and_what_to_do() {
    let table = [
        ("monitoring_bad_other_county.xlsx", "Sheet1!B3 4101842021B00012", "不是本县"),
        ("monitoring_bad_other_division.xlsx", "Sheet1!A2 新郑市", "不是本县"),
        ("monitoring_bad_two_units.xlsx", "Sheet1!E3 18亩", "一列只能用一种单位"),
        ("monitoring_bad_days.xlsx", "Sheet1!Q2 2021年3月", "不是一个日期"),
        ("monitoring_bad_days.xlsx", "Sheet1!Q3 2021.4.31", "不是一个日期"),
        ("monitoring_bad_total.xlsx", "Sheet1!E6 2.6", "以上各行之和为 2.5,相差 0.1"),
        ("monitoring_bad_state.xlsx", "Sheet1!R2 待核实", "不在可选值之内:已供应、闲置、已收回、已解除"),
        ("approvals_hectares.xlsx", "Sheet1!A2", "表头中没有“电子监管号”列"),
    ];
    for (name, cell, words) in table {
        let found = faults(name, &nouns::MONITORING);
        assert!(
            found.iter().any(|fault| fault.starts_with(cell) && fault.contains(words)),
            "{name}: no {cell} {words} among {found:#?}"
        );
    }
}

#[test]
fn what_names_a_person_is_left_out_of_the_body() {
    let read = sheet("monitoring_utf8.csv", &nouns::MONITORING).unwrap();
    assert!(read.rows.iter().all(|row| !row.body.as_ref().unwrap().contains("演示单位")));
}
