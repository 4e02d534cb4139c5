use serde_json::{Value, json};

use crate::run::answer;

fn uses(dominant: &str, facilities: &str) -> Value {
    let area = |m2: &str| json!({"actual_m2": m2, "counted_m2": m2});
    json!({"dominant": area(dominant), "admin_living": area(facilities), "other_ancillary": area("0")})
}

#[test]
fn the_floor_area_ratio_is_cut_and_not_rounded() {
    let body = json!({"on": "2026-06-30", "parcel_area": "30000", "uses": uses("20000", "0")});
    assert_eq!(answer("floor_area", &body)["floor_area_ratio"], "0.6666");
}

/// Two buildings of the same land and floor area, one with what the other lacks: their parts make the
/// land of one, whatever the denominators in between.
#[test]
fn land_apportioned_among_many_buildings_is_exact() {
    let totals = [9_973, 9_967, 9_949, 9_941, 9_931, 9_929, 9_923, 9_907, 9_901, 9_887, 9_883, 9_871];
    let building = |total: u32, facilities: u32| {
        let total = format!("{total}.01");
        let part = if facilities == 0 { "1234.56".to_owned() } else { format!("{facilities}.45") };
        json!({"name": "综合楼", "land_m2": "100", "facilities_floor_m2": part, "total_floor_m2": total})
    };
    let first = totals.iter().map(|&total| building(total, 0));
    // total.01 − 1234.56 = (total − 1235).45
    let second = totals.iter().map(|&total| building(total, total - 1235));
    let shared: Vec<_> = first.chain(second).collect();
    let land = |own: &str| {
        let body = json!({
            "on": "2026-06-30", "parcel_area": {"value": "1200", "unit": "m2"}, "admin_living_land": own,
            "uses": uses("20000", "3000"), "shared_buildings": shared,
        });
        answer("floor_area", &body)["admin_living_land_m2"].clone()
    };
    assert_eq!(land("0"), "1200.0000");
    assert_eq!(land("0.0001"), "1200.0001");
    // 7 % of 17142.8571 is 1199.999997, of 17142.8572 it is 1200.000004.
    for (parcel, within) in [("17142.8571", false), ("17142.8572", true)] {
        let body = json!({
            "on": "2026-06-30", "parcel_area": parcel, "uses": uses("20000", "3000"), "shared_buildings": shared,
        });
        assert_eq!(answer("floor_area", &body)["admin_living_land_within"], within, "{parcel}");
    }
}
