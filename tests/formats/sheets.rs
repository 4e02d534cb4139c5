//! Office sheets as LibreOffice writes them: laid out in many ways, read alike; wrong ones, each fault with its cell.

use std::collections::HashMap;
use std::io::{Cursor, Write as _};

use dizhang::domain::approval::Approval;
use dizhang::domain::area::AreaUnit;
use dizhang::domain::exact::Fraction;
use dizhang::domain::input;
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::text::Language;
use dizhang::formats::sheet::book::{self, BookKind, CannotRead, Limits};
use dizhang::formats::sheet::column::{Column, Kind, Table};
use dizhang::formats::sheet::write::{Heading, OutKind, Show, TableWriter, Value};
use dizhang::formats::sheet::{Context, Read, nouns, read};
use proptest::prelude::*;

use crate::fixture;

fn context() -> Context {
    let townships = [("牛店镇", "410183101"), ("超化镇", "410183102")];
    let townships = townships.map(|(name, code)| (name.to_owned(), code.to_owned()));
    Context {
        county: "410183".parse().unwrap(),
        county_name: "新密市".to_owned(),
        names: HashMap::from([(nouns::TOWNSHIPS, HashMap::from(townships))]),
    }
}

fn kind(name: &str) -> BookKind {
    match name.rsplit('.').next() {
        Some("ods") => BookKind::Ods,
        Some("csv") => BookKind::Csv,
        _ => BookKind::Xlsx,
    }
}

pub fn sheet(name: &str, table: &'static Table) -> Result<Read, Vec<String>> {
    let file = fixture(&format!("sheets/{name}"));
    let sheets = book::open(kind(name), &file, &Limits::REQUEST).unwrap();
    read(&sheets, table, &context(), None)
        .map_err(|faults| faults.into_iter().map(|fault| format!("{}: {}", fault.pointer, fault.message.zh)).collect())
}

/// Everything wrong with a sheet: cell, value and the beginning of the message.
pub fn faults(name: &str, table: &'static Table) -> Vec<String> {
    match sheet(name, table) {
        Err(faults) => faults,
        Ok(read) => {
            let faults = read.rows.iter().filter_map(|row| row.body.as_ref().err()).flatten();
            faults
                .map(|fault| {
                    format!("{} {}: {}", fault.pointer, fault.value.as_deref().unwrap_or(""), fault.message.zh)
                })
                .collect()
        }
    }
}

#[track_caller]
fn approvals(name: &str) -> Vec<Approval> {
    let read = sheet(name, &nouns::APPROVALS).unwrap();
    read.rows.iter().map(|row| input::read(row.body.as_ref().unwrap().as_bytes()).unwrap()).collect()
}

#[test]
fn approvals_are_read_alike_however_the_sheet_is_laid_out() {
    let facts = |approval: &Approval| {
        let composition = &approval.composition;
        let areas: Vec<String> = std::iter::once(composition.total())
            .chain(dizhang::domain::composition::Class::ALL.iter().filter_map(|class| composition.of(*class)))
            .map(|area| area.m2().to_string())
            .collect();
        (
            approval.number.to_string(),
            approval.kind,
            approval.approved_on.to_string(),
            approval.approved_project.clone(),
            areas,
        )
    };
    let all = [
        ("approvals_hectares.xlsx", AreaUnit::Hectare),
        ("approvals_mu_merged.xlsx", AreaUnit::Mu),
        ("approvals_metres_full_width.xlsx", AreaUnit::SquareMetre),
        ("approvals_unit_above.ods", AreaUnit::Hectare),
        ("approvals_units_in_cells.xlsx", AreaUnit::Mu),
        ("approvals_gbk.csv", AreaUnit::Hectare),
        ("approvals_utf8.csv", AreaUnit::Hectare),
        ("approvals_second_sheet.xlsx", AreaUnit::Hectare),
    ];
    let first: Vec<_> = approvals(all[0].0).iter().map(facts).collect();
    assert_eq!(first.len(), 3);
    assert_eq!(first[0].0, "演示政土〔2019〕11号");
    assert_eq!(first[0].2, "2019-03-05");
    assert_eq!(first[0].4, ["125000.0000", "100000.0000", "82500.0000", "23000.0000", "2000.0000"]);
    for (name, unit) in all {
        let read = approvals(name);
        assert_eq!(read.iter().map(facts).collect::<Vec<_>>(), first, "{name}");
        assert!(read.iter().all(|approval| approval.composition.unit() == unit), "{name}");
    }
}

#[test]
fn what_is_left_out_is_told_with_its_row() {
    let read = sheet("approvals_mu_merged.xlsx", &nouns::APPROVALS).unwrap();
    let notes: Vec<_> = read.notes.iter().map(|note| (note.code, note.line)).collect();
    let total = |row| ("total_row", Some(row));
    assert_eq!(notes, [total(7), total(9), total(10), ("row_ignored", Some(11))]);
    let read = sheet("approvals_hectares.xlsx", &nouns::APPROVALS).unwrap();
    assert_eq!(read.notes[0].code, "column_ignored");
    assert!(read.notes[0].message.zh.contains("经办科室") && read.notes[0].message.zh.contains("Sheet1!L2"));
    assert_eq!(read.cell(4, "/composition/cultivated").0, "Sheet1!I4");
}

#[test]
fn plots_and_supplies_are_read_with_their_units_and_names() {
    let plots = sheet("plots_mu.xlsx", &nouns::PLOTS).unwrap();
    let bodies: Vec<serde_json::Value> =
        plots.rows.iter().map(|row| serde_json::from_str(row.body.as_ref().unwrap()).unwrap()).collect();
    assert_eq!(bodies[0]["area"], serde_json::json!({"value": "15", "unit": "mu"}));
    assert_eq!(bodies[1]["township"], "410183102");
    assert_eq!(bodies[1]["cause"], "remnant");
    assert_eq!(bodies[2]["area"]["value"], "3.000015");
    let supplies = sheet("supplies_hectares.xlsx", &nouns::SUPPLIES).unwrap();
    let body: serde_json::Value = serde_json::from_str(supplies.rows[1].body.as_ref().unwrap()).unwrap();
    assert_eq!((body["effective_on"].as_str(), body["method"].as_str()), (Some("2021-04-06"), Some("listing")));
    assert_eq!(body["regulatory_number"], "4101832021B00012");
}

#[test]
fn each_wrong_sheet_is_refused_with_the_cell_and_what_to_do() {
    /// Cell and words of each fault.
    type Wanted = &'static [(&'static str, &'static str)];
    let table: &[(&str, &'static Table, Wanted)] = &[
        ("bad_ambiguous_header.xlsx", &nouns::APPROVALS, &[("Sheet1!G1", "无法确定用哪一列")]),
        ("bad_two_units.xlsx", &nouns::APPROVALS, &[("Sheet1!G3 3公顷", "一列只能用一种单位")]),
        ("bad_two_units_in_headers.xlsx", &nouns::APPROVALS, &[("Sheet1!G1", "只能用一种单位")]),
        ("bad_no_unit.xlsx", &nouns::APPROVALS, &[("Sheet1!F1", "没有单位")]),
        (
            "bad_days.xlsx",
            &nouns::APPROVALS,
            &[("Sheet1!D2 2019年3月", "不是一个日期"), ("Sheet1!D3 2020.2.30", "不是一个日期")],
        ),
        ("bad_total.xlsx", &nouns::APPROVALS, &[("Sheet1!G6 16.2", "合计为 16.2,以上各行之和为 16.1,相差 0.1")]),
        ("bad_other_division.xlsx", &nouns::APPROVALS, &[("Sheet1!A2 410184", "不是本县")]),
        ("bad_other_county.xlsx", &nouns::SUPPLIES, &[("Sheet1!A2 4101842021B00011", "不是本县")]),
        ("bad_no_header.xlsx", &nouns::APPROVALS, &[("", "找不到用地批文的表头")]),
        (
            "supplies_hectares.xlsx",
            &nouns::APPROVALS,
            &[("Sheet1!A1", "批准文号"), ("Sheet1!A1", "批次类型"), ("Sheet1!A1", "批准日期")],
        ),
    ];
    for (name, table, wanted) in table {
        let found = faults(name, table);
        let fits = found.len() == wanted.len()
            && found.iter().zip(*wanted).all(|(found, (cell, what))| found.starts_with(cell) && found.contains(what));
        assert!(fits, "{name}: {found:#?}");
    }
}

/// A table that nobody imports yet: a noun is no more than its columns.
static PAYMENTS: Table = Table {
    name: ("缴款", "payments"),
    columns: &[
        Column { path: "/number", names: &["合同编号"], kind: Kind::Text, needed: true },
        Column { path: "/due", names: &["约定日期", "缴款日期"], kind: Kind::Day, needed: false },
        Column { path: "/amount", names: &["金额", "成交价"], kind: Kind::Money, needed: true },
        Column { path: "/share", names: &["比例"], kind: Kind::Number, needed: false },
    ],
    copies: &[],
};

fn csv(text: &str) -> Result<Vec<Result<String, Vec<String>>>, Vec<String>> {
    let sheets = book::open(BookKind::Csv, text.as_bytes(), &Limits::REQUEST).unwrap();
    let told = |faults: Vec<input::FieldError>| {
        faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.message.en)).collect()
    };
    let read = read(&sheets, &PAYMENTS, &context(), None).map_err(told)?;
    Ok(read.rows.into_iter().map(|row| row.body.map_err(told)).collect())
}

#[test]
fn money_is_in_yuan_whatever_its_unit() {
    let rows = csv("合同编号,金额(万元),比例\nA,\"1,234.5678\",0.5\nB,300万元,\n合计,1534.5678,\n").unwrap();
    assert_eq!(rows[0].as_ref().unwrap(), r#"{"amount":"12345678","number":"A","share":"0.5"}"#);
    assert_eq!(rows[1].as_ref().unwrap(), r#"{"amount":"3000000","number":"B"}"#);
    let rows = csv("单位:元\n合同编号\t金额\nA\t12.50\n").unwrap();
    assert_eq!(rows[0].as_ref().unwrap(), r#"{"amount":"12.50","number":"A"}"#);
    assert!(csv("合同编号,金额\nA,1\n").unwrap_err()[0].contains("has no unit"));
    assert!(csv("合同编号,金额(亩)\nA,1\n").unwrap_err()[0].contains("cannot be in"));
    let rows = csv("合同编号,金额\nA,1元\nB,2\nC,3万元\n").unwrap();
    assert!(rows[0].is_ok());
    assert!(rows[1].as_ref().unwrap_err()[0].starts_with("CSV!B3 \"金额\": other cells of the column name their unit"));
    assert!(rows[2].as_ref().unwrap_err()[0].starts_with("CSV!B4 \"金额\": the column is in yuan"));
}

#[test]
fn totals_may_stand_first_in_parts_or_last_and_must_be_right() {
    let wrong = |text: &str| csv(text).unwrap().iter().filter(|row| row.is_err()).count();
    assert_eq!(wrong("合同编号,金额(元)\n总计,6\nA,1\nB,2\nC,3\n"), 0);
    assert_eq!(wrong("合同编号,金额(元)\nA,1\nB,2\n小计,3\nC,3\n小计,3\n合计,6\n"), 0);
    assert_eq!(wrong("合同编号,金额(元)\nA,1\nB,2\n小计,4\nC,3\n合计,6\n"), 1);
    assert_eq!(wrong("合同编号,金额(元)\nA,1\n城关镇小计,2\n"), 1);
    assert_eq!(wrong("合同编号,金额(元)\nA,0.1\nB,0.2\n合计,0.30000000000000004\n"), 1, "a text is taken at its word");
}

#[test]
fn a_list_is_written_and_read_again_in_every_unit_and_format() {
    let headings = || {
        vec![
            Heading { zh: "地块编号", en: "code", show: Show::Text, total: false },
            Heading { zh: "登记面积", en: "area", show: Show::Area, total: true },
            Heading { zh: "储备入库日期", en: "reserved", show: Show::Day, total: false },
            Heading { zh: "备注", en: "remark", show: Show::Text, total: false },
        ]
    };
    let rows = [
        ("=SUM(A1)", "18317.35", Some("2024-03-15"), "+86"),
        ("-2", "0.0001", None, "@x"),
        ("P,\"3\"", "123456789012.1234", Some("1999-12-31"), "甲\u{3000}乙"),
    ];
    for kind in [OutKind::Csv, OutKind::Xlsx] {
        for unit in [AreaUnit::SquareMetre, AreaUnit::Mu, AreaUnit::Hectare] {
            let mut writer =
                TableWriter::new(kind, Cursor::new(Vec::new()), "地块", headings(), unit, Language::Zh).unwrap();
            for (code, area, day, remark) in rows {
                let values = [
                    Value::text(code),
                    Value::Area(area.parse().unwrap()),
                    Value::day(day.map(|day| day.parse().unwrap())),
                    Value::text(remark),
                ];
                writer.row(&values).unwrap();
            }
            let file = writer.finish(Some("说明:演示")).unwrap().into_inner();
            let book = if kind == OutKind::Csv { BookKind::Csv } else { BookKind::Xlsx };
            let sheets = book::open(book, &file, &Limits::REQUEST).unwrap();
            let read = read(&sheets, &nouns::PLOTS, &context(), None)
                .unwrap_or_else(|faults| panic!("{kind:?} {unit}: {faults:?} {sheets:?}"));
            assert_eq!(read.rows.len(), 3, "{kind:?} {unit}: {:?}", read.rows);
            for (row, (code, area, day, remark)) in read.rows.iter().zip(rows) {
                let body: serde_json::Value = serde_json::from_str(row.body.as_ref().unwrap()).unwrap();
                assert_eq!(body["code"], code);
                assert_eq!(body["reserved_on"].as_str(), day);
                assert_eq!(body["remark"].as_str().unwrap(), remark.replace('\u{3000}', " "));
                assert_eq!(body["area"]["unit"], unit.as_str());
                // 亩 and 公顷 come out exactly: back in m² it is the same area.
                let value = dizhang::domain::quantity::decimal(body["area"]["value"].as_str().unwrap()).unwrap();
                let exact = Fraction::from(value).times(unit.in_m2()).unwrap();
                assert_eq!(exact, Fraction::from(area.parse::<AreaM2>().unwrap()), "{unit}");
            }
            if kind == OutKind::Csv {
                let text = String::from_utf8(file).unwrap();
                assert!(text.starts_with('\u{feff}') && text.contains("'=SUM(A1)"), "{text}");
                assert!(text.contains(&format!("登记面积({})", unit.zh())));
            }
        }
    }
}

/// A zip with these files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn bombs_and_endless_sheets_are_refused_by_name() {
    let zeros = vec![0_u8; 70 << 20];
    let bomb = zip(&[("[Content_Types].xml", b"<x/>"), ("xl/sharedStrings.xml", &zeros)]);
    assert!(matches!(book::open(BookKind::Xlsx, &bomb, &Limits::REQUEST), Err(CannotRead::Archive(_))));
    let cell = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row>";
    let content = format!("<table:table table:name=\"1\">{cell}</table:table>");
    let bomb =
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
    assert!(matches!(book::open(BookKind::Ods, &bomb, &Limits::REQUEST), Err(CannotRead::TooManyCells { .. })));
    let limits = Limits { rows: 2, columns: 3, cell: 5, ..Limits::REQUEST };
    let open = |text: &str| book::open(BookKind::Csv, text.as_bytes(), &limits).unwrap_err();
    assert!(matches!(open("a\nb\nc\n"), CannotRead::TooManyRows { .. }));
    assert!(matches!(open("a,b,c,d\n"), CannotRead::TooManyColumns { .. }));
    assert!(matches!(open("abcdef\n"), CannotRead::LongCell { cell, .. } if cell == "CSV!A1"));
    assert!(matches!(open("\u{0}"), CannotRead::NotText));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(mut bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[合计,面积亩0-9./年月\n批准文号()：:]{0,200}") {
        for kind in [BookKind::Xlsx, BookKind::Ods, BookKind::Csv] {
            drop(book::open(kind, &bytes, &Limits::REQUEST));
        }
        bytes.splice(0..0, *b"PK\x03\x04");
        drop(book::open(BookKind::Xlsx, &bytes, &Limits::REQUEST));
        if let Ok(sheets) = book::open(BookKind::Csv, text.as_bytes(), &Limits::REQUEST) {
            drop(read(&sheets, &nouns::APPROVALS, &context(), None));
        }
    }

    #[test]
    fn a_workbook_that_was_damaged_is_read_or_refused(at in 0_usize..5000, byte in any::<u8>(), cut in 0_usize..6000) {
        for name in ["approvals_hectares.xlsx", "approvals_unit_above.ods"] {
            let mut file = fixture(&format!("sheets/{name}"));
            let place = at % file.len();
            file[place] = byte;
            if cut % 3 == 0 {
                file.truncate(cut.min(file.len()));
            }
            if let Ok(sheets) = book::open(kind(name), &file, &Limits::REQUEST) {
                drop(read(&sheets, &nouns::APPROVALS, &context(), None));
            }
        }
    }
}
