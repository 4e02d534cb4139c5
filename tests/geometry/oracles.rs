//! Our own geometry held against what others make of it: the crates `geo` and `geojson`.

use chrono::NaiveDate;
use dizhang::domain::demo::Demo;
use dizhang::domain::geometry::check::CheckedPolygon;
use dizhang::domain::geometry::label::{label_point, to_geo};
use dizhang::formats::geojson::write_geometry;
use geo::{Area, Contains, MapCoords, Point, Validation};

fn demonstration() -> impl Iterator<Item = CheckedPolygon> {
    let today: NaiveDate = "2026-11-23".parse().unwrap();
    let plots = Demo::new(600, 11, today).unwrap().flat_map(|approval| approval.plots);
    plots.map(|plot| CheckedPolygon::of(plot.polygon, Demo::zone()).unwrap())
}

#[test]
fn what_we_take_for_sound_is_valid_for_geo_and_measures_the_same() {
    for polygon in demonstration() {
        let theirs = to_geo(&polygon.lonlat);
        assert!(theirs.is_valid(), "{:?}", theirs.validation_errors());
        let metres = theirs.map_coords(|at| {
            let [x, y] = Demo::zone().project([at.x, at.y]).unwrap();
            geo::Coord { x, y }
        });
        let ours: f64 = polygon.area.to_string().parse().unwrap();
        // Nine decimals of a degree are a tenth of a millimetre: over a boundary of a kilometre, a tenth of a square metre.
        assert!((metres.unsigned_area() - ours).abs() < 0.1, "{} and {ours}", metres.unsigned_area());
    }
}

#[test]
fn the_label_of_a_plot_lies_inside_it() {
    for polygon in demonstration() {
        let [x, y] = label_point(&polygon.lonlat).unwrap().0.degrees();
        assert!(to_geo(&polygon.lonlat).contains(&Point::new(x, y)));
    }
}

#[test]
fn the_geojson_we_write_is_read_by_the_geojson_crate_as_the_same_polygon() {
    for polygon in demonstration() {
        let mut bytes = Vec::new();
        write_geometry(&polygon.lonlat, &mut bytes);
        let text = String::from_utf8(bytes).unwrap();
        let geometry: geojson::Geometry = text.parse().unwrap();
        let theirs: geo::MultiPolygon<f64> = geometry.try_into().unwrap();
        assert_eq!(theirs, to_geo(&polygon.lonlat));
    }
}
