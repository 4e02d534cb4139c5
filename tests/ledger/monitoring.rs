//! Our side of a supply out of the ledger's lines, and how the two sides are compared.

use dizhang::domain::codes::SupervisionNumber;
use dizhang::domain::contract::history::{Contract, Version};
use dizhang::domain::contract::{ChangeKind, ContractKind};
use dizhang::domain::input::{Line, read};
use dizhang::domain::ledger::account::Account::{self, Idle, Outside, Recovered, Supplied, Unsupplied};
use dizhang::domain::ledger::kind::{Kind, SupplyMethod};
use dizhang::domain::monitoring::{
    ComparedField, Figure, OurSupply, ParcelLine, SupplyKey, SupplyState, SupplyTolerance, TheirSupply, compare,
    our_price, our_supply,
};
use dizhang::domain::quantity::Money;
use dizhang::domain::region::{ParcelId, UserId};
use serde_json::json;

use crate::model::{area, day, holding};

const PARCEL: ParcelId = ParcelId(1);

/// A line of voucher `seq` (which may correct `act`) on a day, into or out of parcel 1 or 2.
fn line(
    (seq, act): (i64, i64),
    on: u64,
    kind: Kind,
    from: (Account, Option<i64>),
    to: (Account, Option<i64>),
    of: &str,
) -> ParcelLine {
    ParcelLine {
        act,
        seq,
        line: 0,
        effective_on: day(on),
        kind,
        method: (kind == Kind::Supply).then_some(if act == 1 { SupplyMethod::Listing } else { SupplyMethod::Auction }),
        from: holding(from.0, 1, from.1),
        to: holding(to.0, 1, to.1),
        area: area(of),
    }
}

fn supply(seq: i64, on: u64, of: &str) -> ParcelLine {
    line((seq, seq), on, Kind::Supply, (Unsupplied, None), (Supplied, Some(1)), of)
}

fn reversal(seq: i64, act: i64, on: u64, of: &str) -> ParcelLine {
    line((seq, act), on, Kind::Supply, (Supplied, Some(1)), (Unsupplied, None), of)
}

fn ours(lines: &[ParcelLine], until: u64) -> Option<(String, Option<u64>, SupplyState, Option<SupplyMethod>)> {
    let of = our_supply(&[PARCEL], None, lines, day(until))?;
    let signed = of.signed_on.map(|signed| u64::try_from((signed - day(0)).num_days()).unwrap());
    Some((of.area.to_string(), signed, of.state, of.method))
}

#[test]
fn our_side_is_what_the_contract_supplied_and_how_it_stands_on_the_day() {
    use SupplyMethod::{Auction, Listing};
    use SupplyState::{Recovered as TakenBack, Supplied as Held, Terminated};
    let found = |of: &str, signed, state, method| Some((of.to_owned(), signed, state, method));
    let found_idle = line((2, 2), 5, Kind::IdleFound, (Supplied, Some(1)), (Idle, Some(1)), "400");
    let resumed = line((3, 3), 6, Kind::Resumed, (Idle, Some(1)), (Supplied, Some(1)), "400");
    let recovered = line((4, 4), 7, Kind::Recovered, (Idle, Some(1)), (Recovered, None), "400");
    let terminated = line((2, 2), 8, Kind::SupplyTerminated, (Supplied, Some(1)), (Unsupplied, None), "400");
    let opened = line((1, 1), 1, Kind::Opening, (Outside, None), (Supplied, Some(1)), "400");
    let cases: &[(&[ParcelLine], u64, _)] = &[
        (&[], 9, None),
        // What was signed after the day of the export cannot be in it.
        (&[supply(1, 3, "400")], 2, None),
        (&[supply(1, 3, "400")], 3, found("400.0000", Some(3), Held, Some(Listing))),
        (&[supply(1, 3, "400"), supply(2, 4, "100")], 9, found("500.0000", Some(3), Held, Some(Listing))),
        (&[supply(1, 3, "400"), found_idle], 9, found("400.0000", Some(3), SupplyState::Idle, Some(Listing))),
        (&[supply(1, 3, "400"), found_idle], 4, found("400.0000", Some(3), Held, Some(Listing))),
        (&[supply(1, 3, "400"), found_idle, resumed], 9, found("400.0000", Some(3), Held, Some(Listing))),
        // What was taken back is still what the contract supplied.
        (&[supply(1, 3, "400"), found_idle, recovered], 9, found("400.0000", Some(3), TakenBack, Some(Listing))),
        (&[supply(1, 3, "400"), terminated], 9, found("400.0000", Some(3), Terminated, Some(Listing))),
        // A correction takes its part off the act it corrects; one that was reversed whole is none.
        (&[supply(1, 3, "400"), reversal(2, 1, 3, "50")], 9, found("350.0000", Some(3), Held, Some(Listing))),
        (&[supply(1, 3, "400"), reversal(2, 1, 3, "400")], 9, None),
        (
            &[supply(1, 3, "400"), reversal(2, 1, 3, "400"), supply(3, 5, "380")],
            9,
            found("380.0000", Some(5), Held, Some(Auction)),
        ),
        // From the opening balance neither day nor method is known.
        (&[opened], 9, found("400.0000", None, Held, None)),
    ];
    for (lines, until, expected) in cases {
        assert_eq!(ours(lines, *until), *expected, "{lines:#?} by day {until}");
    }
    // Land that went on to another parcel is no longer this one's.
    let split = line((2, 2), 5, Kind::ParcelSplit, (Supplied, Some(1)), (Supplied, Some(2)), "150");
    assert_eq!(ours(&[supply(1, 3, "400"), split], 9).unwrap().0, "250.0000");
    let both = our_supply(&[PARCEL, ParcelId(2)], None, &[supply(1, 3, "400"), split], day(9)).unwrap();
    assert_eq!(both.area, area("400"), "two parcels of one number are one supply");
}

/// Half a square metre and fifty yuan.
fn tolerance() -> SupplyTolerance {
    SupplyTolerance { area: area("0.5"), price: yuan("50") }
}

fn yuan(amount: &str) -> Money {
    amount.parse().unwrap()
}

fn side(of: &str) -> (OurSupply, TheirSupply) {
    let ours = OurSupply {
        area: area(of),
        signed_on: Some(day(3)),
        state: SupplyState::Supplied,
        method: Some(SupplyMethod::Listing),
        land_use: Some("工业用地".to_owned()),
        price: Some(yuan("1500000")),
    };
    let theirs = TheirSupply {
        area: area(of),
        signed_on: Some(day(3)),
        state: Some(SupplyState::Supplied),
        method: Some(SupplyMethod::Listing),
        land_use: Some("工业".to_owned()),
        price: Some(yuan("1500000")),
        project_name: None,
        location: None,
    };
    (ours, theirs)
}

fn differing(ours: &OurSupply, theirs: &TheirSupply) -> Vec<ComparedField> {
    let rows = compare(Some(ours), Some(theirs), tolerance());
    rows.into_iter().filter(|row| row.differs == Some(true)).map(|row| row.field).collect()
}

#[test]
fn areas_are_the_same_up_to_the_rounding_of_the_system() {
    let (ours, theirs) = side("18317.35");
    for (theirs_area, differs) in
        [("18317", false), ("18317.85", false), ("18317.8501", true), ("18316.85", false), ("18316.8499", true)]
    {
        let theirs = TheirSupply { area: area(theirs_area), ..theirs.clone() };
        assert_eq!(
            differing(&ours, &theirs),
            if differs { vec![ComparedField::Area] } else { vec![] },
            "{theirs_area}"
        );
    }
}

#[test]
fn prices_are_the_same_up_to_the_rounding_of_the_system() {
    let (ours, theirs) = side("400");
    // The contract says 256.4429 万元; the export may say 256.44, 256.4429 or another price.
    let ours = OurSupply { price: Some(yuan("2564429")), ..ours };
    for (said, differs) in [
        ("2564400", false),
        ("2564429", false),
        ("2564479", false),
        ("2564479.01", true),
        ("2564379", false),
        ("2564378.99", true),
        ("0", true),
    ] {
        let theirs = TheirSupply { price: Some(yuan(said)), ..theirs.clone() };
        let expected = if differs { vec![ComparedField::Price] } else { vec![] };
        assert_eq!(differing(&ours, &theirs), expected, "{said}");
    }
}

/// A contract with a number that asks for a price from a day on, and may be changed to another from a later day on.
fn contract(id: i64, kind: ContractKind, number: Option<&str>, versions: &[(u64, Option<&str>)]) -> Contract {
    let at = day(1).and_hms_opt(8, 0, 0).unwrap();
    let version = |(n, (on, price)): (i64, &(u64, Option<&str>))| {
        let terms = json!({
            "regulatory_number": number, "land_use": "工业用地", "area_m2": "400", "term": "20", "price_yuan": price
        });
        Version {
            n,
            change: if n == 1 { ChangeKind::Original } else { ChangeKind::Amendment },
            effective_on: day(*on),
            document_number: None,
            corrects: None,
            reason: None,
            parcels: vec![PARCEL],
            user_name: None,
            user_code: None,
            terms: read(terms.to_string().as_bytes()).unwrap(),
            recorded_at: at,
            recorded_by: UserId(1),
        }
    };
    Contract {
        id,
        kind,
        number: Line::new(&format!("演示{id}")).unwrap(),
        signed_on: day(versions[0].0),
        earlier_use: None,
        versions: (1..).zip(versions).map(version).collect(),
        events: Vec::new(),
    }
}

#[test]
fn our_price_is_that_of_the_one_contract_in_force_on_the_day() {
    const NUMBER: &str = "4101832021B00011";
    let number = SupplyKey::from(&NUMBER.parse::<SupervisionNumber>().unwrap());
    let of = |contracts: &[Contract], on| {
        our_price(number, &contracts.iter().collect::<Vec<_>>(), day(on)).map(|price| price.to_string())
    };
    let granted = || contract(1, ContractKind::Grant, Some(NUMBER), &[(3, Some("100")), (9, Some("120"))]);
    let found = |price: &str| Some(price.to_owned());
    assert_eq!(of(&[], 9), None);
    assert_eq!(of(&[granted()], 2), None, "not signed yet");
    assert_eq!(of(&[granted()], 8), found("100.00"));
    assert_eq!(of(&[granted()], 9), found("120.00"), "as amended");
    let without_number = contract(2, ContractKind::Grant, None, &[(3, Some("90"))]);
    assert_eq!(of(std::slice::from_ref(&without_number), 9), found("90.00"), "known by its parcel");
    assert_eq!(of(&[granted(), without_number], 9), None, "of two nobody knows what the system adds up");
    let earlier = contract(3, ContractKind::Grant, Some("4101832011B00001"), &[(1, Some("10"))]);
    assert_eq!(of(&[granted(), earlier], 9), found("120.00"), "the parcel was supplied before under another number");
    assert_eq!(of(&[contract(4, ContractKind::Lease, Some(NUMBER), &[(3, Some("7"))])], 9), None, "rent is no price");
    assert_eq!(of(&[contract(5, ContractKind::Allocation, Some(NUMBER), &[(3, None)])], 9), None);
}

#[test]
fn each_thing_differs_by_itself_and_what_one_side_lacks_is_not_compared() {
    let (ours, theirs) = side("400");
    assert_eq!(differing(&ours, &theirs), []);
    let other = TheirSupply {
        area: area("500"),
        signed_on: Some(day(4)),
        state: Some(SupplyState::Idle),
        method: Some(SupplyMethod::Allocation),
        land_use: Some("商服用地".to_owned()),
        price: Some(yuan("1600000")),
        ..theirs.clone()
    };
    use ComparedField::{Area, LandUse, Method, Price, SignedOn, State};
    assert_eq!(differing(&ours, &other), [Area, SignedOn, State, Method, LandUse, Price]);
    let silent = TheirSupply { signed_on: None, state: None, method: None, land_use: None, price: None, ..other };
    assert_eq!(differing(&ours, &silent), [Area]);
    let unpriced = OurSupply { price: None, ..ours.clone() };
    assert_eq!(differing(&unpriced, &TheirSupply { price: Some(yuan("1")), ..theirs.clone() }), []);
    let rows = compare(Some(&unpriced), Some(&theirs), tolerance());
    let price = rows.last().unwrap();
    assert_eq!((price.field, &price.ours, price.differs), (ComparedField::Price, &None, None));
    assert_eq!(format!("{:#}", price.theirs.as_ref().unwrap()), "1500000.00 元");
    assert_eq!(rows[0].ours, Some(Figure::Area(area("400"))));
    let alone = compare(Some(&ours), None, tolerance());
    assert!(alone.len() == 6 && alone.iter().all(|row| row.differs.is_none()));
}

#[test]
fn a_supply_of_a_new_kind_stands_in_the_system_under_the_form_of_its_contract() {
    use SupplyMethod::{
        Agreement, Allocation, Auction, Flexible, Lease, LeaseThenTransfer, Listing, LongLease, MixedLeaseTransfer,
    };
    for (of, theirs, agree) in [
        (Flexible, Listing, true),
        (Flexible, Lease, false),
        (LongLease, Lease, true),
        (LongLease, Listing, false),
        (LeaseThenTransfer, Lease, true),
        (LeaseThenTransfer, Auction, true),
        (MixedLeaseTransfer, Agreement, true),
        (MixedLeaseTransfer, Allocation, false),
        (Listing, Auction, false),
        (Listing, Flexible, false),
    ] {
        let (ours, other) = side("400");
        let ours = OurSupply { method: Some(of), ..ours };
        let other = TheirSupply { method: Some(theirs), ..other };
        assert_eq!(differing(&ours, &other).is_empty(), agree, "{of} {theirs}");
    }
}

#[test]
fn numbers_are_brought_to_one_way_of_writing() {
    for written in
        ["4101832023B00123-2", " 410183 2023b00123-2", "４１０１８３２０２３Ｂ００１２３－２", "4101832023b00123—2"]
    {
        let number: SupervisionNumber = SupervisionNumber::normalised(written).parse().unwrap();
        assert_eq!(number.as_str(), "4101832023B00123-2", "{written}");
        assert!(number.has_usual_form());
    }
    for unusual in ["4101832019C000456", "41018320230B00123", "4101832023B00123-123", "4101832023B00123-"] {
        assert!(!unusual.parse::<SupervisionNumber>().unwrap().has_usual_form(), "{unusual}");
    }
}
