use std::collections::BTreeSet;

use dizhang::domain::geometry::crs::{Crs, Zone};
use dizhang::domain::geometry::grid::GridPoint;
use dizhang::domain::geometry::lonlat::LonLat;
use proptest::prelude::*;

/// Made by PROJ; see fixtures/geometry/make_reference.py.
const REFERENCE: &str = include_str!("../../fixtures/geometry/projection.csv");

#[test]
fn it_agrees_with_proj_to_a_hundredth_of_a_millimetre() {
    let mut codes = BTreeSet::new();
    let mut compared = 0;
    for line in REFERENCE.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let crs = Crs::from_epsg(fields[0].parse().unwrap()).unwrap();
        let [longitude, latitude, x, y] = [1, 2, 3, 4].map(|i| fields[i].parse::<f64>().unwrap());
        let [east, north] = crs.from_lonlat([longitude, latitude]).unwrap();
        let most = if crs.is_geographic() { 1e-10 } else { 1e-5 };
        assert!((east - x).abs() < most && (north - y).abs() < most, "{line}: {east} {north}");
        // Back from PROJ's coordinates, and all the way round on our own.
        for at in [[x, y], [east, north]] {
            let [back_longitude, back_latitude] = crs.to_lonlat(at).unwrap();
            assert!((back_longitude - longitude).abs() < 1e-10, "{line}: {back_longitude}");
            assert!((back_latitude - latitude).abs() < 1e-10, "{line}: {back_latitude}");
        }
        codes.insert(crs.epsg());
        compared += 1;
    }
    assert_eq!(codes, (4490..=4554).chain([4326, 3857]).collect::<BTreeSet<_>>());
    assert!(compared > 2000);
}

#[test]
fn every_system_of_the_country_has_its_code_and_keeps_it() {
    for code in (4490..=4554).chain([4326, 3857]) {
        let crs = Crs::from_epsg(code).unwrap_or_else(|| panic!("EPSG:{code} is not known"));
        assert_eq!(crs.epsg(), code);
        assert_eq!(Crs::parse(&crs.uri()), Ok(crs));
        assert_eq!(Crs::parse(&crs.to_string()), Ok(crs));
    }
    for name in
        ["CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84", "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"]
    {
        assert_eq!(Crs::parse(name), Ok(Crs::Crs84), "{name}");
    }
    for name in ["urn:ogc:def:crs:EPSG::4547", "http://www.opengis.net/def/crs/EPSG/0/4547", "4547", "epsg:4547"] {
        assert_eq!(Crs::parse(name), Ok(Zone::new(38).unwrap().crs()), "{name}");
    }
    for name in ["", "EPSG:", "EPSG:2000", "EPSG:99999999999", "ESRI:4547", "北京54", "CRS84:EPSG"] {
        assert!(Crs::parse(name).is_err(), "{name}");
    }
}

#[test]
fn what_lies_beyond_every_zone_has_no_coordinates() {
    let zone = Zone::new(38).unwrap();
    for at in [[f64::NAN, 34.0], [114.0, f64::INFINITY], [-60.0, 34.0], [114.0, 89.9]] {
        assert_eq!(zone.project(at), None, "{at:?}");
    }
    for at in [[f64::NAN, 0.0], [1e300, 3.8e6], [500_000.0, -1e300]] {
        assert_eq!(zone.unproject(at), None, "{at:?}");
        assert_eq!(Crs::WebMercator.to_lonlat(at.map(|value| value * 1e10)), None, "{at:?}");
    }
    assert_eq!((Zone::of_longitude(113.4), Zone::of_longitude(10.0)), (Zone::new(38), None));
    assert_eq!((Zone::new(24), Zone::new(46)), (None, None));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(1), ..Default::default() })]

    #[test]
    fn degrees_of_nine_decimals_lead_back_to_the_same_millimetre(
        number in 25_u8..=45, east in -170_000_000_i64..170_000_000, north in 300_000_000_i64..6_000_000_000,
    ) {
        let zone = Zone::new(number).unwrap();
        let point = GridPoint::new(500_000_000 + east, north);
        let degrees = LonLat::of_degrees(zone.unproject(point.metres()).unwrap()).degrees();
        prop_assert_eq!(GridPoint::snap(zone.project(degrees).unwrap()), Some(point));
    }
}
