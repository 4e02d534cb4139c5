//! Each reason for a refusal, as a table: what is sent, and the name of the first reason that applies.

use dizhang::domain::encumbrance::{Burden, EncumbranceKind};
use dizhang::domain::ledger::account::Account::{self, Idle, Outside, Recovered, Supplied, Unsupplied, WrittenOff};
use dizhang::domain::ledger::kind::{Kind, SupplyMethod, WriteOff};
use dizhang::domain::ledger::voucher::{Flag, Line, Voucher};
use dizhang::domain::region::ParcelId;

use crate::model::{Book, DAYS, area, day, holding, voucher};

fn line(from: Account, to: Account, plot: i64, m2: &str) -> Line {
    let side = |account: Account| holding(account, plot, account.has_parcel().then_some(plot));
    Line { from: side(from), to: side(to), area: area(m2) }
}

/// Plot 1 is approved whole; 600 m² of it are supplied as parcel 1 on day 10.
fn book() -> Book {
    let mut book = Book::new();
    book.posted.push(voucher(Kind::Approve, day(0), vec![line(Outside, Unsupplied, 1, "1000")]));
    book.posted.push(voucher(Kind::Supply, day(10), vec![line(Unsupplied, Supplied, 1, "600")]));
    book
}

fn outcome(book: &Book, voucher: &Voucher) -> &'static str {
    match book.decide(voucher) {
        Ok(_) => "ok",
        Err(refused) => {
            let text = refused.text();
            assert!(!text.zh.contains('{') && !text.en.contains('{'), "{text:?}");
            assert!(refused.pointer().starts_with('/'));
            refused.name()
        }
    }
}

fn supply(on: u64, m2: &str) -> Voucher {
    voucher(Kind::Supply, day(on), vec![line(Unsupplied, Supplied, 1, m2)])
}

#[test]
fn each_reason_is_given_for_what_it_says() {
    let book = book();
    let check = |expected: &str, voucher: Voucher| assert_eq!(outcome(&book, &voucher), expected, "{voucher:?}");

    check("ok", supply(20, "400"));
    check("no_lines", voucher(Kind::Supply, day(20), vec![]));
    check("lines_not_allowed", voucher(Kind::ContractSuccession, day(20), vec![line(Unsupplied, Supplied, 1, "1")]));
    check("ok", voucher(Kind::ContractSuccession, day(20), vec![]));
    check("area_not_positive", supply(20, "0"));
    check("area_not_positive", supply(20, "-1"));
    check("same_holding", voucher(Kind::ParcelSplit, day(20), vec![line(Supplied, Supplied, 1, "1")]));
    check("move_not_allowed", voucher(Kind::Approve, day(0), vec![line(Unsupplied, Supplied, 1, "1")]));
    check("parcel_missing", {
        let mut v = supply(20, "1");
        v.lines[0].to.parcel = None;
        v
    });
    check("parcel_not_allowed", {
        let mut v = supply(20, "1");
        v.lines[0].from.parcel = v.lines[0].to.parcel;
        v
    });
    check("plot_changed", {
        let mut v = supply(20, "1");
        v.lines[0].to.plot = dizhang::domain::region::PlotId(2);
        v
    });
    check("method_missing", Voucher { method: None, ..supply(20, "1") });
    check("method_not_allowed", {
        let v = voucher(Kind::IdleFound, day(20), vec![line(Supplied, Idle, 1, "1")]);
        Voucher { method: Some(SupplyMethod::Listing), ..v }
    });
    let write_off = voucher(Kind::WrittenOff, day(20), vec![line(Unsupplied, WrittenOff, 1, "1")]);
    check("ok", write_off.clone());
    check("write_off_missing", Voucher { write_off: None, ..write_off.clone() });
    check("write_off_not_allowed", Voucher { write_off: Some(WriteOff::Lapsed), ..supply(20, "1") });
    check("corrects_missing", voucher(Kind::Correction, day(10), vec![line(Supplied, Unsupplied, 1, "1")]));
    check("corrects_not_allowed", Voucher { corrects: Some(1), ..supply(20, "1") });
    check("document_number_missing", {
        let mut v = write_off.clone();
        v.document.number = None;
        v
    });
    check("document_authority_missing", {
        let mut v = write_off.clone();
        v.document.authority = None;
        v
    });
    check("wrong_authority", {
        let mut v = write_off.clone();
        v.document.authority = Some("县政府".to_owned());
        v
    });
    check("attachment_missing", {
        let mut v = write_off;
        v.document.attachments.clear();
        v
    });
    check("document_in_future", {
        let mut v = supply(20, "1");
        v.document.dated = Some(day(DAYS + 1));
        v
    });
    check("in_future", supply(DAYS + 1, "1"));
    check("unknown_plot", voucher(Kind::Supply, day(20), vec![line(Unsupplied, Supplied, 9, "1")]));
    check("unknown_parcel", {
        let mut v = supply(20, "1");
        v.lines[0].to.parcel = Some(dizhang::domain::region::ParcelId(9));
        v
    });
    let split = || {
        let mut v = voucher(Kind::ParcelSplit, day(20), vec![line(Supplied, Supplied, 1, "1")]);
        v.lines[0].to.parcel = Some(ParcelId(2));
        v
    };
    check("ok", split());
    for (by, outcome_then) in [(EncumbranceKind::Seizure, "encumbered"), (EncumbranceKind::Mortgage, "encumbered")] {
        let mut book = self::book();
        book.burdens.push(Burden {
            parcel: ParcelId(1),
            kind: by,
            number: "1号".to_owned(),
            from: day(15),
            released_on: None,
            consents: Vec::new(),
        });
        assert_eq!(outcome(&book, &split()), outcome_then, "{by}");
        assert_eq!(outcome(&book, &supply(20, "1")), "ok", "{by}: more may be supplied");
        book.burdens[0].parcel = ParcelId(2);
        assert_eq!(outcome(&book, &split()), outcome_then, "{by}: the other half is burdened");
        book.burdens[0].released_on = Some(day(20));
        assert_eq!(outcome(&book, &split()), "ok", "{by}");
    }
    check("not_approval_day", voucher(Kind::Approve, day(1), vec![line(Outside, Unsupplied, 2, "1")]));
    check("plot_area_exceeded", voucher(Kind::Approve, day(0), vec![line(Outside, Unsupplied, 2, "1000.0001")]));
    check("plot_area_exceeded", voucher(Kind::Approve, day(0), vec![line(Outside, Unsupplied, 1, "0.0001")]));
    check("survey_cap", voucher(Kind::SurveyDifference, day(20), vec![line(Unsupplied, Outside, 1, "10.0001")]));
    check("ok", voucher(Kind::SurveyDifference, day(20), vec![line(Unsupplied, Outside, 1, "10")]));
    check("overdrawn", supply(20, "400.0001"));
    check("overdrawn", supply(5, "400.0001"));
    check("overdrawn", voucher(Kind::Recovered, day(20), vec![line(Idle, Recovered, 1, "1")]));
}

#[test]
fn an_act_before_the_approval_is_refused_unless_it_is_history_to_be_reviewed() {
    let mut book = book();
    for facts in book.plots.values_mut() {
        facts.approval = Some((day(5), "省政府".to_owned()));
    }
    assert_eq!(outcome(&book, &supply(4, "1")), "before_approval");
    let opening = voucher(Kind::Opening, day(3), vec![line(Outside, Supplied, 2, "10")]);
    assert_eq!(book.decide(&opening).unwrap().flags, [Flag::BeforeApproval]);
    let historical = Voucher { historical: true, ..supply(4, "1") };
    assert_eq!(book.decide(&historical).unwrap().flags, [Flag::BeforeApproval, Flag::Historical]);
}

#[test]
fn a_correction_takes_back_at_most_what_its_original_still_moves() {
    let mut book = book();
    let back = |m2: &str| Voucher {
        corrects: Some(2),
        ..voucher(Kind::Correction, day(10), vec![line(Supplied, Unsupplied, 1, m2)])
    };
    assert_eq!(outcome(&book, &back("600.0001")), "correction_exceeds");
    assert_eq!(outcome(&book, &Voucher { corrects: Some(9), ..back("1") }), "corrects_unknown");
    assert_eq!(outcome(&book, &Voucher { effective_on: day(11), ..back("1") }), "correction_day");
    let elsewhere = Voucher { lines: vec![line(Unsupplied, WrittenOff, 1, "1")], ..back("1") };
    assert_eq!(outcome(&book, &elsewhere), "correction_move");
    assert_eq!(outcome(&book, &back("200")), "ok");
    book.posted.push(back("200"));
    assert_eq!(outcome(&book, &back("400.0001")), "correction_exceeds");
    assert_eq!(outcome(&book, &back("400")), "ok");
    assert_eq!(outcome(&book, &Voucher { corrects: Some(3), ..back("1") }), "corrects_correction");
    // Into another parcel instead: out of the wrong one and into the right one, in one voucher.
    let mut moved = back("400");
    let mut right = line(Unsupplied, Supplied, 1, "400");
    right.to.parcel = Some(dizhang::domain::region::ParcelId(3));
    moved.lines.push(right);
    assert_eq!(outcome(&book, &moved), "ok");
}

#[test]
fn a_closed_month_takes_late_entries_only_with_an_approver_and_marks_them() {
    let mut book = book();
    book.closed_through = Some(day(15));
    let accepted = book.decide(&supply(12, "1")).unwrap();
    assert!(accepted.late);
    assert_eq!(accepted.flags, [Flag::Late]);
    assert!(!book.decide(&supply(16, "1")).unwrap().late);
}
