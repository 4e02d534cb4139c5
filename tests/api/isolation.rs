//! No county sees another's data by any path.

use serde_json::{Value, json};

use crate::access::operations;
use crate::support::{AUTHORITY, Books, HERE, THERE, both};

/// A word that stands in every record of the county that is looked into.
const MARK: &str = "机密标记";

/// A county with a bit of everything, each thing bearing the mark; gives a plot of it.
fn fill(books: &Books<'_>) -> i64 {
    let plot = books.approved_plot();
    let parcel = books.parcel();
    let mut supply = books.supply(plot, parcel, "100");
    supply["memo"] = json!(MARK);
    supply["client_id"] = json!(MARK);
    books.posted(&supply);
    let mut waiting = books.supply(plot, parcel, "200");
    waiting["memo"] = json!(MARK);
    books.send(&waiting).with(202);
    let project = json!({"code": "2024-410183-70-03-000001", "name": MARK});
    let path = books.path("projects");
    let answer = books.office.service.post(&path).token(&books.clerk()).json(&project).send();
    assert!(answer.status == 201 || answer.status == 422, "{}", answer.text);
    plot
}

#[test]
fn nothing_of_another_county_is_listed_or_found() {
    both(|service| {
        let office = service.office();
        let here = Books::of(&office, HERE, &format!("{MARK}〔2020〕1号"));
        let plot = fill(&here);
        let ids: Vec<String> = [1, 2, plot, plot + 1].iter().map(ToString::to_string).collect();
        for operation in operations(service).iter().filter(|operation| operation.method == "GET") {
            let Some(roles) = operation.roles.as_ref().filter(|_| operation.path.contains("{county}")) else {
                continue;
            };
            let holder = format!("Bearer {}", office.token(&format!("{}@{THERE}", roles[0])));
            for id in &ids {
                let answer = operation.call_about(service, THERE, id, Some(&holder));
                assert!(matches!(answer.status, 200 | 404), "{}: {}", operation.id, answer.text);
                let marked = answer.text.contains(MARK) || answer.text.contains(&format!("{HERE}0000"));
                // A problem may repeat the id that was asked for.
                assert!(
                    !marked || (answer.status == 404 && !answer.text.contains(MARK)),
                    "{}: {}",
                    operation.id,
                    answer.text
                );
                let one_of_many = operation.path.ends_with('}') || operation.path.ends_with("/history");
                assert!(!one_of_many || answer.status == 404, "{} {id}: {}", operation.id, answer.text);
            }
        }
        // The same walk where the data lie finds them, or the test would prove nothing.
        let seen = ["vouchers", "proposals", "approvals"].map(|list| {
            let answer = service.get(&here.path(list)).token(&here.token("viewer")).send().with(200);
            answer.text.contains(MARK)
        });
        assert_eq!(seen, [true; 3]);
    });
}

#[test]
fn a_county_list_shows_only_the_callers_counties() {
    both(|service| {
        let office = service.office();
        let codes = |holder: &str| -> Vec<Value> {
            let list = service.get("/api/v1/counties").token(&office.token(holder)).expect(200);
            list["items"].as_array().unwrap().iter().map(|county| county["county"].clone()).collect()
        };
        assert_eq!(codes(&format!("viewer@{HERE}")), [HERE]);
        assert_eq!(codes(&format!("viewer@{THERE}")), [THERE]);
        assert_eq!(codes("viewer@4101"), [HERE, THERE]);
        assert_eq!(codes("viewer@4102"), Vec::<Value>::new());
    });
}

#[test]
fn another_countys_land_cannot_be_written_to() {
    both(|service| {
        let office = service.office();
        let here = Books::of(&office, HERE, "演示政土〔2020〕1号");
        let there = Books::of(&office, THERE, "演示政土〔2020〕2号");
        let (plot, parcel) = (here.approved_plot(), here.parcel());
        let refused = there.send(&there.supply(plot, parcel, "1")).with(422).json();
        assert_eq!(refused["reason"], "unknown_plot");
        let own = there.approved_plot();
        let refused = there.send(&there.supply(own, parcel, "1")).with(422).json();
        assert_eq!(refused["reason"], "unknown_parcel");
        // A scan of the other county is not there either.
        let mut voucher = there.supply(own, there.parcel(), "1");
        voucher["document"]["attachments"] = json!([here.scan]);
        assert_eq!(there.send(&voucher).with(422).json()["reason"], "attachment_unknown");
        // Nor can a record be changed under the wrong county, even with its true id and a valid body.
        let body = json!({"code": "X", "area_m2": "1"});
        let plot_body = json!({"code": "X", "area_m2": "1", "origin": "opening"});
        for (path, body) in [(format!("plots/{plot}"), plot_body), (format!("parcels/{parcel}"), body)] {
            let request = service.call("PUT", &there.path(&path)).token(&there.clerk()).json(&body);
            let answer = request.header("If-Match", "\"1\"").send();
            assert_eq!(answer.status, 404, "{}", answer.text);
        }
    });
}

#[test]
fn the_same_client_id_in_two_counties_is_two_vouchers() {
    both(|service| {
        let office = service.office();
        for (county, number) in [(HERE, 1), (THERE, 2)] {
            let books = Books::of(&office, county, &format!("演示政土〔2020〕{number}号"));
            let plot = books.plot(true);
            let line = json!([{"from": {"account": "outside"}, "to": {"account": "unsupplied", "plot": plot}, "area_m2": "10000"}]);
            let mut voucher = books.voucher("approve", "2020-01-01", line);
            voucher["client_id"] = json!("the-same");
            voucher["document"]["authority"] = json!(AUTHORITY);
            assert_eq!(books.posted(&voucher), 1);
        }
    });
}
