//! Where map and books differ, and how a difference stands.

use dizhang::domain::input::read;
use dizhang::domain::ledger::account::Account;
use dizhang::domain::ledger::chain::Hash;
use dizhang::domain::ledger::voucher::Holding;
use dizhang::domain::monitoring::SupplyTolerance;
use dizhang::domain::plot::AreaTolerance;
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::reconciliation::{
    About, Difference, DifferenceKind, DifferenceNoteBody, DifferenceResolution, DifferenceStatus, Facts, Figures,
    LandFigures, Mapping, Note, Seen, Subject, Tolerances, status,
};
use dizhang::domain::region::{ParcelId, PlotId, UserId};
use proptest::prelude::*;

const PLOT: PlotId = PlotId(410_183_000_000_001);
const PARCEL: ParcelId = ParcelId(410_183_000_000_007);

fn area(text: &str) -> AreaM2 {
    text.parse().unwrap()
}

/// 1 m² or 0.5 ‰, whichever is more.
fn tolerances() -> Tolerances {
    let land = AreaTolerance { area: area("1"), share: "0.0005".parse().unwrap() };
    Tolerances { land, supply: SupplyTolerance { area: area("0.5"), price: "50".parse().unwrap() } }
}

fn facts(seen: Seen) -> Facts {
    let subject = match &seen {
        Seen::Plot { .. } => Subject::Plot(PLOT),
        Seen::Holding { .. } => {
            Subject::Holding(Holding { plot: PLOT, account: Account::Supplied, parcel: Some(PARCEL) })
        }
        Seen::Parcel { .. } => Subject::Parcel(PARCEL),
        Seen::Overlap { .. } => Subject::Plots(PLOT, PlotId(PLOT.0 + 1)),
        Seen::Supply(_) => Subject::Supply("4101832023B00123".parse().unwrap()),
    };
    Facts { subject, place: None, parcel_code: None, seen }
}

fn plot(recorded: &str, polygon: Option<&str>) -> Seen {
    Seen::Plot { recorded: area(recorded), polygon: polygon.map(area) }
}

fn holding(of: &str, land: Option<&str>, plot_is_mapped: bool, parcel_is_mapped: Option<bool>) -> Seen {
    Seen::Holding { area: area(of), land: land.map(area), plot_is_mapped, parcel_is_mapped }
}

fn parcel(supplied: &str, polygon: Option<&str>, has_land: bool, has_number: bool) -> Seen {
    let (supplied, recorded) = (area(supplied), area("100"));
    let (has_contract, was_supplied) = (true, true);
    Seen::Parcel { supplied, polygon: polygon.map(area), has_land, has_number, recorded, has_contract, was_supplied }
}

/// A parcel that is well but for its contract.
fn contracted(supplied: &str, has_contract: bool, was_supplied: bool) -> Seen {
    let (supplied, recorded) = (area(supplied), area("100"));
    Seen::Parcel { supplied, polygon: None, has_land: true, has_number: true, recorded, has_contract, was_supplied }
}

#[test]
fn each_thing_differs_in_the_ways_the_table_says_and_in_no_other() {
    use DifferenceKind::{
        AreaDiffers, ContractWithoutSupply, HoldingAreaDiffers, HoldingWithoutLand, ParcelUnmapped, PlotUnmapped,
        PlotsOverlap, SupplyWithoutContract, SupplyWithoutSupervisionNumber,
    };
    let table: &[(Seen, &[DifferenceKind])] = &[
        (plot("100", Some("100")), &[]),
        (Seen::Overlap { shared: area("0.5") }, &[PlotsOverlap]),
        // On the limit is within it, on either side; the larger of the two limits counts.
        (plot("100", Some("101")), &[]),
        (plot("100", Some("99")), &[]),
        (plot("100", Some("101.0001")), &[AreaDiffers]),
        (plot("100", Some("98.9999")), &[AreaDiffers]),
        (plot("100000", Some("100050")), &[]),
        (plot("100000", Some("100050.0001")), &[AreaDiffers]),
        (plot("100", None), &[PlotUnmapped]),
        (holding("100", Some("101"), true, None), &[]),
        (holding("100", Some("101.0001"), true, None), &[HoldingAreaDiffers]),
        // Land that is left where the ledger has none any more.
        (holding("0", Some("1.0001"), true, None), &[HoldingAreaDiffers]),
        (holding("100", None, true, None), &[HoldingWithoutLand]),
        (holding("100", None, true, Some(true)), &[HoldingWithoutLand]),
        // Told of as its parcel, or as its plot.
        (holding("100", None, true, Some(false)), &[]),
        (holding("100", None, false, None), &[]),
        (holding("0", None, true, None), &[]),
        (parcel("100", Some("100"), true, true), &[]),
        (parcel("100", None, false, true), &[ParcelUnmapped]),
        // It took the whole land of its plot, or was cut by a polygon drawn in the voucher.
        (parcel("100", None, true, true), &[]),
        (parcel("100", None, false, false), &[ParcelUnmapped, SupplyWithoutSupervisionNumber]),
        (parcel("100", Some("100"), true, false), &[SupplyWithoutSupervisionNumber]),
        (parcel("0", None, true, false), &[]),
        (parcel("0", None, false, false), &[]),
        (contracted("100", false, true), &[SupplyWithoutContract]),
        (contracted("0", true, false), &[ContractWithoutSupply]),
        // Supplied and taken back again: its contract was carried out.
        (contracted("0", true, true), &[]),
        (contracted("0", false, false), &[]),
    ];
    for (seen, kinds) in table {
        let found: Vec<DifferenceKind> = DifferenceKind::ALL
            .iter()
            .copied()
            .filter(|kind| facts(seen.clone()).figures(*kind, &tolerances()).is_some())
            .collect();
        assert_eq!(found, *kinds, "{seen:?}");
    }
}

#[test]
fn the_figures_say_what_is_recorded_what_is_drawn_and_what_is_between() {
    let figures = facts(plot("100", Some("98"))).figures(DifferenceKind::AreaDiffers, &tolerances()).unwrap();
    assert_eq!(figures, Figures::Land(LandFigures { recorded: area("100"), polygon: Some(area("98")) }));
    assert_eq!(figures.difference(), Some(area("-2")));
    let unmapped = facts(plot("100", None)).figures(DifferenceKind::PlotUnmapped, &tolerances()).unwrap();
    assert_eq!((unmapped.recorded(), unmapped.difference()), (Some(area("100")), None));
}

#[test]
fn figures_have_one_digest_and_others_have_another() {
    let of = Difference { kind: DifferenceKind::AreaDiffers, subject: Subject::Plot(PLOT) };
    let figures = |recorded, polygon: Option<&str>| {
        Figures::Land(LandFigures { recorded: area(recorded), polygon: polygon.map(area) })
    };
    let digest = figures("100", Some("98")).digest(&of);
    assert_eq!(digest, figures("100.0000", Some("98.00")).digest(&of));
    for other in [figures("100", Some("97.9999")), figures("100.0001", Some("98")), figures("100", None)] {
        assert_ne!(digest, other.digest(&of));
    }
}

fn note(resolution: DifferenceResolution, owner: Option<i64>, figures: u8) -> Note {
    Note {
        n: 1,
        owner: owner.map(UserId),
        resolution,
        reason: None,
        figures: [figures; 32],
        user: UserId(1),
        at: "2026-01-01T00:00:00".parse().unwrap(),
    }
}

#[test]
fn a_resolution_counts_for_the_figures_it_was_said_of() {
    let table: &[(Option<u8>, Option<Note>, DifferenceStatus)] = &[
        (Some(1), None, DifferenceStatus::Open),
        (Some(1), Some(note(DifferenceResolution::Open, None, 1)), DifferenceStatus::Open),
        (Some(1), Some(note(DifferenceResolution::Open, Some(2), 1)), DifferenceStatus::Assigned),
        // Whoever owns it owns it still.
        (Some(2), Some(note(DifferenceResolution::Open, Some(2), 1)), DifferenceStatus::Assigned),
        (Some(1), Some(note(DifferenceResolution::Mending, Some(2), 1)), DifferenceStatus::Mending),
        (Some(1), Some(note(DifferenceResolution::Explained, None, 1)), DifferenceStatus::Explained),
        (Some(2), Some(note(DifferenceResolution::Mending, Some(2), 1)), DifferenceStatus::Reopened),
        (Some(2), Some(note(DifferenceResolution::Explained, None, 1)), DifferenceStatus::Reopened),
        (None, Some(note(DifferenceResolution::Open, None, 1)), DifferenceStatus::Mended),
        (None, Some(note(DifferenceResolution::Explained, None, 1)), DifferenceStatus::Mended),
    ];
    for (figures, last, expected) in table {
        let figures: Option<Hash> = figures.map(|byte| [byte; 32]);
        assert_eq!(status(figures.as_ref(), last.as_ref()), *expected, "{figures:?} {last:?}");
    }
}

fn sent(more: &str) -> Result<DifferenceNoteBody, Vec<String>> {
    let body = format!("{{\"version\": 0, \"figures\": \"00\"{more}}}");
    read::<DifferenceNoteBody>(body.as_bytes())
        .map_err(|faults| faults.into_iter().map(|fault| fault.pointer).collect())
}

#[test]
fn a_note_says_something_and_an_explanation_says_why() {
    assert_eq!(sent("").unwrap_err(), ["/owner"]);
    assert_eq!(sent(r#", "resolution": "explained""#).unwrap_err(), ["/reason"]);
    assert_eq!(sent(r#", "resolution": "mended", "owner": "x""#).unwrap_err(), ["/owner", "/resolution"]);
    for more in [r#", "owner": 2"#, r#", "reason": "已电话核实""#, r#", "resolution": "mending""#] {
        sent(more).unwrap();
    }
}

#[test]
fn owner_and_resolution_are_carried_over_but_not_past_the_figures() {
    let explained = note(DifferenceResolution::Explained, Some(2), 1);
    let assign = sent(r#", "owner": 3"#).unwrap();
    assert_eq!(assign.after(DifferenceStatus::Open, None), (Some(UserId(3)), DifferenceResolution::Open));
    assert_eq!(
        assign.after(DifferenceStatus::Explained, Some(&explained)),
        (Some(UserId(3)), DifferenceResolution::Explained)
    );
    assert_eq!(
        assign.after(DifferenceStatus::Reopened, Some(&explained)),
        (Some(UserId(3)), DifferenceResolution::Open)
    );
    let again = sent(r#", "resolution": "open""#).unwrap();
    assert_eq!(
        again.after(DifferenceStatus::Explained, Some(&explained)),
        (Some(UserId(2)), DifferenceResolution::Open)
    );
}

#[test]
fn a_key_is_written_in_one_way_alone() {
    for key in [
        "area_differs-410183000000001",
        "holding_area_differs-410183000000001-supplied-410183000000007",
        "holding_without_land-410183000000001-no_supply_needed-0",
        "supply_without_supervision_number-410183000000007",
        "monitoring_only-4101832023B00123",
        "monitoring_differs-4101832023B00123-12",
    ] {
        assert_eq!(key.parse::<Difference>().unwrap().to_string(), key);
    }
    for bad in [
        "",
        "999999999",
        "area_differs",
        "area_differs-",
        "area_differs-1",
        "area_differs-+41018300000001",
        "area_differs-410183000000001-",
        "area_differs-410183000000001-supplied-0",
        "holding_area_differs-410183000000001",
        "holding_area_differs-410183000000001-supplied",
        "holding_area_differs-410183000000001-nowhere-0",
        "holding_area_differs-410183000000001-supplied-00",
        "overlaps_nothing-410183000000001",
        "plots_overlap-410183000000001",
        "plots_overlap-410183000000002-410183000000001",
        "plots_overlap-410183000000001-410183000000002-410183000000003",
        "Area_differs-410183000000001",
        "monitoring_only",
        "monitoring_only-",
        "monitoring_only-4101832023b00123",
        "monitoring_only- 4101832023B00123",
        "monitoring_lacks-4101832023B00123456789012345678",
    ] {
        bad.parse::<Difference>().expect_err(bad);
    }
}

fn differences() -> impl Strategy<Value = Difference> {
    let id = (0..3_i64).prop_map(|serial| 410_183_000_000_001 + serial * 99_999_999);
    (0..DifferenceKind::ALL.len(), id.clone(), 0..Account::ALL.len(), proptest::option::of(id)).prop_map(
        |(kind, id, account, parcel)| {
            let kind = DifferenceKind::ALL[kind];
            let (plot, account, parcel) = (PlotId(id), Account::ALL[account], parcel.map(ParcelId));
            let subject = match kind.about() {
                About::Plot => Subject::Plot(plot),
                About::Plots => Subject::Plots(plot, PlotId(plot.0 + parcel.map_or(1, |parcel| parcel.0 % 1000 + 2))),
                About::Holding => Subject::Holding(Holding { plot, account, parcel }),
                About::Parcel => Subject::Parcel(ParcelId(id)),
                About::Supply => {
                    let parts = ["4101832023B00123", "4101832023B00123-1", "4101832023B00123-12", "4101832019C000456"];
                    let part = parcel.map_or(0, |parcel| usize::try_from(parcel.0 % 3).unwrap() + 1);
                    Subject::Supply(parts[part].parse().unwrap())
                }
            };
            Difference { kind, subject }
        },
    )
}

proptest! {
    /// Pages go by the order of keys, and the database orders them as texts.
    #[test]
    fn differences_stand_in_the_order_of_their_texts(a in differences(), b in differences()) {
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        prop_assert_eq!(a.to_string().parse::<Difference>().unwrap(), a);
    }
}

#[test]
fn kinds_stand_in_the_order_of_their_words() {
    assert!(DifferenceKind::ALL.is_sorted_by_key(|kind| kind.as_str()));
}

#[test]
fn the_mapping_rate_is_an_exact_fraction_beside_a_rounded_percentage() {
    let part =
        |plots, mapped_plots, all, mapped| Mapping { plots, mapped_plots, area: area(all), mapped_area: area(mapped) };
    let total: Mapping = [part(2, 1, "200", "100.5"), part(1, 1, "100", "100")].into_iter().sum();
    assert_eq!(total.by_plots().fraction.unwrap(), "2/3");
    assert_eq!(total.by_plots().percent.unwrap(), "66.67");
    assert_eq!(total.by_area().fraction.unwrap(), "200.5000/300.0000");
    assert_eq!(total.by_area().percent.unwrap(), "66.83");
    assert_eq!(Mapping::default().by_area().fraction, None);
}
