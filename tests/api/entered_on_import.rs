//! Plots that go onto the books with their import, on the signature of an approver.

use std::io::Write as _;

use diesel::prelude::*;
use dizhang::storage::db::Db;
use dizhang::storage::schema::{approval, balance, feature as features, holding_land, land_polygon, voucher_line};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::support::*;

const FIRST: &str = "演示〔2021〕2号";
const SECOND: &str = "演示〔2021〕3号";

/// Squares in rows, each with its approval if it has one; the fourth has no polygon.
fn squares(approvals: &[Option<&str>]) -> NamedTempFile {
    let square = |(n, approval): (usize, &Option<&str>)| {
        let (west, south) = (113.3 + (n % 200) as f64 * 0.002, 34.5 + (n / 200) as f64 * 0.002);
        let (east, north) = (west + 0.001, south + 0.001);
        let ring = json!([[west, south], [east, south], [east, north], [west, north], [west, south]]);
        let mut properties = json!({"code": format!("R-{n:05}"), "area_m2": "10000.25"});
        match approval {
            Some(number) => properties["approval"] = json!(number),
            None => properties["origin"] = json!("opening"),
        }
        let polygon = json!({"type": "Polygon", "coordinates": [ring]});
        json!({"type": "Feature", "properties": properties, "geometry": if n == 3 { Value::Null } else { polygon }})
    };
    let features: Vec<Value> = approvals.iter().enumerate().map(square).collect();
    let mut file = NamedTempFile::with_suffix(".geojson").unwrap();
    file.write_all(json!({"type": "FeatureCollection", "features": features}).to_string().as_bytes()).unwrap();
    file
}

fn token(secret: &str) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    writeln!(file, "{secret}").unwrap();
    file
}

/// A clerk of both counties who is known by login, and the approvals of the squares in both.
fn prepare(office: &Office) {
    let mut add = vec!["user", "add", "--login", "zhang", "--name", "某人"];
    for county in ["clerk@410183", "clerk@410184"] {
        add.extend(["--role", county]);
    }
    assert!(office.command(&add).status.success());
    for (county, clerk) in [(COUNTY, "clerk"), (NEIGHBOUR, "neighbour")] {
        for number in [FIRST, SECOND] {
            let approval = json!({
                "number": number, "kind": "city_batch", "authority": AUTHORITY, "approved_on": "2021-03-05",
                "composition": {"unit": "ha", "total": "1000"},
            });
            office.post(clerk, &format!("/api/v1/counties/{county}/approvals"), &approval).expect(201);
        }
    }
}

/// Runs the command as a clerk, with the token of an approver if there is one.
fn import(
    office: &Office,
    county: &str,
    file: &NamedTempFile,
    approver: Option<&str>,
    more: &[&str],
) -> (bool, String) {
    let token = approver.map(token);
    let mut arguments = vec!["import", file.path().to_str().unwrap(), "--county", county, "--json"];
    if !more.contains(&"--as") {
        arguments.extend(["--as", "zhang"]);
    }
    if let Some(token) = &token {
        arguments.extend(["--approver-token", token.path().to_str().unwrap()]);
    }
    arguments.extend(more);
    let output = office.command(&arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said)
}

/// What stands in the tables about the vouchers of a county, its own number taken out.
fn written(db: &mut Db, code: &str) -> Vec<String> {
    let county: i32 = code.parse().unwrap();
    let mut told = Vec::new();
    macro_rules! tell {
        ($table:ident, ($($column:ident : $kind:ty),+), $order:expr) => {
            let rows: Vec<($($kind,)+)> = $table::table
                .filter($table::county.eq(county))
                .order($order)
                .select(($($table::$column,)+))
                .load(db)
                .unwrap();
            told.extend(rows.iter().map(|row| format!("{} {row:?}", stringify!($table)).replace(code, "…")));
        };
    }
    type Bytes = Vec<u8>;
    tell!(balance, (account: String, plot_id: i64, parcel_id: i64, area_cm2: i64, land_sha256: Option<Bytes>), balance::plot_id);
    tell!(holding_land, (plot_id: i64, account: String, seq: i64, n: i32, sha256: Option<Bytes>), holding_land::plot_id);
    tell!(land_polygon, (sha256: Bytes, srid: i32, grid_wkb: Bytes, area_cm2: i64), land_polygon::sha256);
    tell!(
        voucher_line,
        (seq: i64, line: i32, kind: String, from_account: String, from_plot: i64, to_account: String, to_plot: i64,
         area_cm2: i64, moved_sha256: Option<Bytes>),
        (voucher_line::seq, voucher_line::line)
    );
    type Residual = (i64, Option<Bytes>, Bytes, Option<i32>, Option<i32>, Option<Bytes>);
    let residuals: Vec<Residual> = features::table
        .filter(features::county.eq(county).and(features::collection.eq("residuals")))
        .order(features::id)
        .select((
            features::id,
            features::geometry,
            features::properties,
            features::west_e7,
            features::north_e7,
            features::grid_wkb,
        ))
        .load(db)
        .unwrap();
    told.extend(residuals.into_iter().map(|(id, geometry, properties, west, north, grid)| {
        let properties = String::from_utf8(properties).unwrap();
        format!("{id} {properties} {geometry:?} {west:?} {north:?} {grid:?}").replace(code, "…")
    }));
    told
}

/// A voucher without what is its own: who stands behind it is looked at here.
fn voucher_of(office: &Office, county: &str, who: &str, seq: i64) -> Value {
    let mut voucher = office.get(who, &format!("/api/v1/counties/{county}/vouchers/{seq}")).expect(200);
    assert!(voucher["approver"].is_i64() && voucher["approver"] != voucher["proposer"], "{voucher}");
    voucher["voucher"]["client_id"] = Value::Null;
    let facts = json!([voucher["voucher"], voucher["flags"], voucher["late"]]).to_string();
    serde_json::from_str(&facts.replace(county, "100000")).unwrap()
}

#[test]
fn an_import_enters_what_a_clerk_would_propose_and_an_approver_post() {
    both(|office| {
        prepare(office);
        let file = squares(&[None, Some(FIRST), Some(FIRST), Some(FIRST), Some(SECOND), Some(SECOND)]);
        // Here by one command of two people.
        let (fine, said) = import(office, COUNTY, &file, Some("approver"), &[]);
        assert!(fine, "{said}");
        let report: Value = serde_json::from_str(&said).unwrap();
        assert_eq!((&report["created"], &report["is_written"]), (&json!(6), &json!(true)));
        let entered = json!({"vouchers": [1, 2], "plots": 5, "area_m2": "50001.2500", "left": 1});
        assert_eq!(report["entered"], entered, "the plot without an approval is recorded and not entered");
        // There by three acts of two people.
        let (fine, said) = import(office, NEIGHBOUR, &file, None, &[]);
        assert!(fine && !said.contains("entered"), "{said}");
        let there = |rest: &str| format!("/api/v1/counties/{NEIGHBOUR}/{rest}");
        for serial in [2, 3] {
            let path = there(&format!("approvals/{}/entry", feature(NEIGHBOUR, serial)));
            let sent = office.post("neighbour", &path, &json!({})).expect(202)["proposals"][0].clone();
            let approve = json!({"version": sent["version"]});
            office.post("city", &there(&format!("proposals/{}/approve", sent["id"])), &approve).expect(200);
        }
        for (seq, plots) in [(1, 3), (2, 2)] {
            let here = voucher_of(office, COUNTY, "viewer", seq);
            assert_eq!(here[0]["lines"].as_array().unwrap().len(), plots);
            assert_eq!(here, voucher_of(office, NEIGHBOUR, "neighbour", seq));
        }
        let here = office.database(|db| written(db, COUNTY));
        assert_eq!(here, office.database(|db| written(db, NEIGHBOUR)));
        // Balances, history, lines and residuals; what is all of its plot is not kept a second time.
        assert_eq!(here.len(), 5 + 4 + 5 + 4, "{here:#?}");
        office.verify();
        let balances = office.balances("");
        assert_eq!(balances["total"]["balances"]["unsupplied_m2"], "50001.2500");
    });
}

#[test]
fn the_plots_of_an_approval_stand_in_one_voucher_wherever_they_stand_in_the_file() {
    both(|office| {
        prepare(office);
        let file = squares(&[Some(SECOND), Some(FIRST), None, Some(SECOND), Some(FIRST), Some(SECOND)]);
        let (fine, said) = import(office, COUNTY, &file, Some("approver"), &[]);
        assert!(fine, "{said}");
        let codes = |seq: i64| -> Vec<String> {
            let voucher = office.get("viewer", &in_county(&format!("vouchers/{seq}"))).expect(200);
            let lines = voucher["voucher"]["lines"].as_array().unwrap().clone();
            let code = |line: &Value| {
                let plot = office.get("viewer", &in_county(&format!("plots/{}", line["to"]["plot"]))).expect(200);
                plot["code"].as_str().unwrap().to_owned()
            };
            lines.iter().map(code).collect()
        };
        assert_eq!(
            (codes(1), codes(2)),
            (vec!["R-00001".into(), "R-00004".into()], vec!["R-00000".into(), "R-00003".into(), "R-00005".into()])
        );
        // What is there already is not entered once more.
        let (fine, said) = import(office, COUNTY, &file, Some("approver"), &[]);
        let report: Value = serde_json::from_str(&said).unwrap();
        assert!(fine && report["unchanged"] == 6 && report["entered"].is_null(), "{said}");
        office.verify();
    });
}

#[test]
fn many_plots_of_an_approval_become_several_vouchers_and_stay_in_order() {
    both(|office| {
        prepare(office);
        let file = squares(&vec![Some(FIRST); 2003]);
        let (fine, said) = import(office, COUNTY, &file, Some("approver"), &[]);
        let report: Value = serde_json::from_str(&said).unwrap();
        assert!(fine, "{said}");
        let entered = &report["entered"];
        assert_eq!((&entered["vouchers"], &entered["plots"]), (&json!([1, 2]), &json!(2003)));
        let last = office.get("viewer", &in_county("vouchers/2")).expect(200);
        assert_eq!(last["voucher"]["lines"].as_array().unwrap().len(), 3);
        office.verify();
    });
}

#[test]
fn nobody_stands_behind_an_import_who_may_not_post_vouchers() {
    both(|office| {
        prepare(office);
        let file = squares(&[Some(FIRST)]);
        let clerk_too = office.command(&[
            "user",
            "add",
            "--login",
            "li",
            "--name",
            "某人",
            "--role",
            "clerk@410183",
            "--role",
            "approver@410183",
        ]);
        let own = String::from_utf8(clerk_too.stdout).unwrap();
        for (secret, why) in [
            ("nonsense", "is not valid"),
            ("clerk", "the role approver is needed"),
            ("other-city", "the role approver is needed"),
        ] {
            let (fine, said) = import(office, COUNTY, &file, Some(secret), &[]);
            assert!(!fine && said.contains(why), "{secret}: {said}");
        }
        let (fine, said) = import(office, COUNTY, &file, Some(own.trim()), &["--as", "li"]);
        assert!(!fine && said.contains("no person stands in two places"), "{said}");
        let missing = office.get("viewer", &in_county("plots?code_prefix=R-")).expect(200);
        assert_eq!(missing["items"], json!([]), "nothing was written");
        // A dry run looks at both people and writes nothing.
        let (fine, said) = import(office, COUNTY, &file, Some("approver"), &["--dry-run"]);
        let report: Value = serde_json::from_str(&said).unwrap();
        assert!(fine && report["created"] == 1 && report["is_written"] == false, "{said}");
    });
}

#[test]
fn an_import_that_the_ledger_refuses_writes_no_plot_either() {
    both(|office| {
        prepare(office);
        // Behind the program's back the approval's day comes to lie ahead.
        office.database(|db| {
            diesel::update(approval::table.filter(approval::number.eq(SECOND)))
                .set(approval::approved_on.eq("2140-01-01".parse::<chrono::NaiveDate>().unwrap()))
                .execute(db)
                .unwrap();
        });
        let file = squares(&[Some(FIRST), Some(SECOND)]);
        let (fine, said) = import(office, COUNTY, &file, Some("approver"), &[]);
        assert!(!fine && said.contains("2140-01-01"), "{said}");
        assert_eq!(office.get("viewer", &in_county("plots?code_prefix=R-")).expect(200)["items"], json!([]));
        assert_eq!(office.database(|db| written(db, COUNTY)), Vec::<String>::new());
    });
}
