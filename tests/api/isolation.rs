//! No county sees another's data by any path: a walk over all operations that read.

use dizhang::http::access::{Access, OPERATIONS};
use serde_json::json;

use crate::support::*;

/// A word that stands in the vouchers and proposals of the first county.
const MARK: &str = "marked-as-ours";

fn fill(office: &Office) {
    office.carry(&approve(&format!("{MARK}-1"), 1));
    let mut posted = supply(&format!("{MARK}-2"), 1, "2021-03-01", "100");
    posted["memo"] = json!(MARK);
    office.carry(&posted);
    office.send_voucher(&supply(&format!("{MARK}-3"), 1, "2021-04-01", "100")).expect(202);
    let project = json!({"code": MARK, "name": MARK});
    assert!(matches!(office.post("clerk", &in_county("projects"), &project).status, 201 | 422));
}

#[test]
fn nothing_of_another_county_is_listed_or_found() {
    both(|office| {
        fill(office);
        let ours = format!("{}", id(1));
        for operation in OPERATIONS.iter().filter(|operation| operation.method == "GET") {
            let Access::County(_) = operation.access else { continue };
            for number in ["1", "2", "3", &ours] {
                let segments = operation.path.split('/').map(|segment| match segment {
                    "{county}" => NEIGHBOUR,
                    "{sha256}" => SCAN,
                    name if name.starts_with('{') => number,
                    word => word,
                });
                let mut path = segments.collect::<Vec<_>>().join("/");
                // What these two must be asked.
                path += match operation.id {
                    "getFeatureCells" => "?layer=plots&bbox=113,34,114,35",
                    "listPaperNumbers" => "?word=A&year=2025",
                    _ => "",
                };
                for reader in ["neighbour", "city", "session:neighbour", "session:city"] {
                    let answer = office.get(reader, &path);
                    let text = String::from_utf8_lossy(&answer.body);
                    assert!(matches!(answer.status, 200 | 404), "{path}: {text}");
                    assert!(!text.contains(MARK), "{path}: {text}");
                    // Feature ids begin with the county; a problem may repeat the one that was asked for.
                    assert!(answer.status == 404 || !text.contains(&format!("{COUNTY}0000")), "{path}: {text}");
                }
                // And by the own path not at all.
                assert_eq!(office.get("neighbour", &path.replace(NEIGHBOUR, COUNTY)).status, 403, "{path}");
            }
        }
        // The same walk where the data lie finds them, or this would prove nothing.
        for list in ["vouchers", "proposals"] {
            assert!(office.get("city", &in_county(list)).text().contains(MARK), "{list}");
        }
    });
}

#[test]
fn another_countys_land_cannot_be_written_to() {
    both(|office| {
        let theirs = |rest: &str| format!("/api/v1/counties/{NEIGHBOUR}/{rest}");
        let send = |voucher: &serde_json::Value| office.post("neighbour", &theirs("vouchers"), voucher);
        let refused = send(&approve("steal", 1)).problem(422, "ledger-refused");
        assert_eq!(refused["reason"], "unknown_plot");
        let mut own_plot = supply("steal", 1, "2021-01-01", "1");
        for end in ["from", "to"] {
            own_plot["lines"][0][end]["plot"] = json!(feature(NEIGHBOUR, 1));
        }
        assert_eq!(send(&own_plot).problem(422, "ledger-refused")["reason"], "unknown_parcel");
        let body = json!({"code": "X", "area_m2": "1", "origin": "opening"});
        let path = theirs(&format!("plots/{}", id(1)));
        let headers = [("if-match", "\"1\"")];
        let changed = office.send("PUT", &path, Some("neighbour"), &headers, Some(body.to_string().as_bytes()));
        changed.problem(404, "not-found");
    });
}
