//! `/ogc` as GIS programs and people ask it, on both databases.

use serde_json::{Value, json};

use crate::support::*;

const EPSG: &str = "http://www.opengis.net/def/crs/EPSG/0";

/// A plot that is a square of about a hundred metres, `n` steps east of the first.
fn square(n: u32, code: &str) -> Value {
    let (west, south) = (113.40 + f64::from(n) * 0.002, 34.50);
    let (east, north) = (west + 0.001, south + 0.001);
    json!({
        "code": code, "approval": id(1), "area_m2": AREA, "township": format!("{COUNTY}101"), "name": "<甲>&\"乙\"",
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
        },
    })
}

/// Gives the counties their extents; without one a county is as wide as the country and lies in no one zone.
fn extents(db: &mut dizhang::storage::db::Db) {
    use diesel::connection::SimpleConnection;
    let sides = "west_e7 = 1131000000, south_e7 = 343000000, east_e7 = 1137000000, north_e7 = 347000000";
    db.batch_execute(&format!("UPDATE county_state SET {sides}")).unwrap();
}

/// Enters plots with polygons; gives their ids.
fn draw(office: &Office, count: u32) -> Vec<i64> {
    (0..count)
        .map(|n| {
            let answer = office.post("clerk", &in_county("plots"), &square(n, &format!("G{n}")));
            answer.expect(201)["plot"]["id"].as_i64().unwrap()
        })
        .collect()
}

fn items(office: &Office, query: &str) -> Value {
    office.get("viewer", &format!("/ogc/collections/plots/items{query}")).expect(200)
}

fn ids(page: &Value) -> Vec<i64> {
    page["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_i64().unwrap()).collect()
}

fn link<'v>(of: &'v Value, rel: &str) -> Option<&'v str> {
    of["links"].as_array().unwrap().iter().find(|link| link["rel"] == rel).and_then(|link| link["href"].as_str())
}

/// The path of a link, for the client of the tests.
fn path(href: &str) -> &str {
    &href[href.find("/ogc").unwrap()..]
}

fn verify(office: &Office) {
    let output = office.command(&["verify", "--county", COUNTY]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("the features are whole"), "{said}");
}

#[test]
fn a_program_finds_its_way_from_the_landing_page_to_a_feature() {
    both(|office| {
        draw(office, 2);
        let landing = office.get("viewer", "/ogc/").expect(200);
        assert_eq!(landing, office.get("viewer", "/ogc").expect(200), "with a slash and without");
        let answer = office.get("viewer", path(link(&landing, "service-desc").unwrap()));
        assert_eq!(answer.header("content-type"), "application/vnd.oai.openapi+json;version=3.0");
        assert_eq!(answer.expect(200)["servers"][0]["url"], landing["links"][0]["href"]);
        let conformance = office.get("viewer", path(link(&landing, "conformance").unwrap())).expect(200);
        assert!(conformance["conformsTo"].as_array().unwrap().len() > 5);
        let all = office.get("viewer", path(link(&landing, "data").unwrap())).expect(200);
        let names: Vec<&str> =
            all["collections"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
        assert_eq!(names, ["plots", "residuals", "parcels", "approvals", "contracts", "idle_cases", "idle_suspicions"]);
        for one in all["collections"].as_array().unwrap() {
            let own = path(link(one, "self").unwrap());
            assert_eq!(*one, office.get("viewer", own).expect(200));
            assert_eq!(*one, office.get("viewer", &format!("{own}/")).expect(200));
            assert_eq!(one["crs"][0], "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
            assert!(one["crs"].as_array().unwrap().contains(&one["storageCrs"]));
            for part in ["queryables", "schema"] {
                let answer = office.get("viewer", &format!("{own}/{part}"));
                assert_eq!(answer.header("content-type"), "application/schema+json");
                assert!(answer.expect(200)["properties"]["geometry"].is_object());
                let headers = [("accept", "application/geo+json, application/json")];
                let plain = office.send("GET", &format!("{own}/{part}"), Some("viewer"), &headers, None);
                assert_eq!(plain.header("content-type"), "application/json");
            }
            let page = office.get("viewer", path(link(one, "items").unwrap()));
            assert_eq!(page.header("content-type"), "application/geo+json");
            assert_eq!(page.header("content-crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
            let page = page.expect(200);
            assert_eq!(page["numberMatched"], one["itemCount"]);
            assert_eq!(page["numberReturned"].as_u64().unwrap() as usize, page["features"].as_array().unwrap().len());
            for feature in page["features"].as_array().unwrap().iter().take(2) {
                let alone = office.get("viewer", &format!("{own}/items/{}", feature["id"])).expect(200);
                for member in ["id", "geometry", "properties"] {
                    assert_eq!(alone[member], feature[member]);
                }
                assert!(link(&alone, "collection").is_some());
            }
        }
    });
}

#[test]
fn pages_follow_each_other_without_gap_and_offset_counts_the_same_features() {
    both(|office| {
        let drawn = draw(office, 5);
        let all = ids(&items(office, ""));
        assert_eq!(all.len() as i64, PLOTS + 5);
        assert!(all.is_sorted() && drawn.iter().all(|id| all.contains(id)));
        for query in ["?limit=7", "?limit=7&origin=approval", "?limit=7&datetime=../2030-01-01"] {
            let (mut found, mut next) = (Vec::new(), Some(format!("/ogc/collections/plots/items{query}")));
            while let Some(at) = next {
                let page = office.get("viewer", &at).expect(200);
                assert_eq!(page["numberMatched"], PLOTS + 5, "{query}");
                found.extend(ids(&page));
                next = link(&page, "next").map(|href| path(href).to_owned());
            }
            assert_eq!(found, all, "{query}");
        }
        assert_eq!(ids(&items(office, "?limit=7&offset=40")), all[40..]);
        assert_eq!(ids(&items(office, "?offset=45")), [0_i64; 0]);
        // The city sees two counties; an offset leads from one into the other.
        let both = office.get("city", "/ogc/collections/plots/items?limit=10000").expect(200);
        assert_eq!(both["numberMatched"], 2 * PLOTS + 5);
        for offset in [44, 45, 46, 80] {
            let at = format!("/ogc/collections/plots/items?limit=3&offset={offset}");
            let page = office.get("city", &at).expect(200);
            assert_eq!(ids(&page), ids(&both)[offset..offset + 3]);
        }
        let page = items(office, "?limit=2");
        let next = path(link(&page, "next").unwrap()).to_owned();
        // The mark belongs to its query, though not to its limit, and what is said twice counts last.
        assert_eq!(ids(&office.get("viewer", &format!("{next}&limit=3")).expect(200)), all[2..5]);
        office.get("viewer", &format!("{next}&origin=opening")).problem(400, "malformed");
    });
}

#[test]
fn a_box_finds_what_it_meets_in_every_reference_system() {
    both_with(&[], extents, |office| {
        let drawn = draw(office, 4);
        let found = |query: &str| ids(&items(office, query));
        // Corners lie on the millimetre grid, so they are not quite those that were sent.
        let second = items(office, "?code=G1")["features"][0]["geometry"]["coordinates"][0][0].clone();
        let west = second.as_array().unwrap().iter().map(|at| at[0].as_f64().unwrap()).fold(180.0, f64::min);
        // From the middle of the first to the west corner of the second, which it touches.
        assert_eq!(found(&format!("?bbox=113.4005,34.4,{west:.9},34.6")), drawn[..2]);
        assert_eq!(found(&format!("?bbox=113.4005,34.4,{:.9},34.6", west - 1e-9)), drawn[..1]);
        assert_eq!(found(&format!("?bbox=113.4005,34.4,0,{west:.9},34.6,100")), drawn[..2]);
        assert_eq!(found(&format!("?bbox=34.4,113.4005,34.6,113.4021&bbox-crs={EPSG}/4490")), drawn[..2]);
        assert_eq!(found("?bbox=113.4015,34.5,113.4018,34.6"), [0_i64; 0]);
        assert_eq!(found("?bbox=170,-10,-170,10"), [0_i64; 0]);
        assert_eq!(found("?bbox=113.4055,34.4,-170,35"), drawn[3..]);
        assert_eq!(found("?bbox=-180,-90,180,90"), drawn);
        assert_eq!(found("?bbox=-180,-90,180,90&limit=2&code=G3"), drawn[3..]);
        // The corner of the third in metres, north first; its neighbour lies a hundred metres off.
        let at = format!("?crs={EPSG}/4547&code=G2");
        let page = items(office, &at);
        let corner = &page["features"][0]["geometry"]["coordinates"][0][0][0];
        let (north, east) = (corner[0].as_f64().unwrap(), corner[1].as_f64().unwrap());
        assert!(north > 3_800_000.0 && east < 500_000.0, "{corner}");
        let bbox = format!("{},{},{north},{east}", north - 1.0, east - 1.0);
        assert_eq!(found(&format!("?bbox={bbox}&bbox-crs={EPSG}/4547")), drawn[2..3]);
        let bbox = format!("{},{},{},{}", north - 1.0, east - 1.0, north - 0.001, east - 0.001);
        assert_eq!(found(&format!("?bbox={bbox}&bbox-crs={EPSG}/4547")), [0_i64; 0]);
        // Where a program exchanges the axes nothing lies; that is no fault.
        assert_eq!(found(&format!("?bbox=113,34,114,35&bbox-crs={EPSG}/4490")), [0_i64; 0]);
    });
}

#[test]
fn every_system_has_its_axis_order_and_names_itself() {
    both_with(&[], extents, |office| {
        draw(office, 1);
        let offered = office.get("viewer", "/ogc/collections/plots").expect(200)["crs"].clone();
        for crs in offered.as_array().unwrap().iter().map(|crs| crs.as_str().unwrap()) {
            let answer = office.get("viewer", &format!("/ogc/collections/plots/items?code=G0&crs={crs}"));
            assert_eq!(answer.header("content-crs"), format!("<{crs}>"));
            let page = answer.expect(200);
            let feature = &page["features"][0];
            let first = feature["geometry"]["coordinates"][0][0][0].clone();
            let (a, b) = (first[0].as_f64().unwrap(), first[1].as_f64().unwrap());
            let right = match crs.rsplit('/').next().unwrap() {
                "CRS84" => a > 113.0 && b < 35.0,
                "4490" | "4326" => a < 35.0 && b > 113.0,
                "4547" => a > 3_800_000.0 && b < 500_000.0,
                "4526" => a > 3_800_000.0 && (38_000_000.0..38_500_000.0).contains(&b),
                "3857" => (12_600_000.0..12_700_000.0).contains(&a) && b < 5_000_000.0,
                other => panic!("{other}"),
            };
            assert!(right, "{crs}: {first}");
            let alone = office.get("viewer", &format!("/ogc/collections/plots/items/{}?crs={crs}", feature["id"]));
            assert_eq!(alone.header("content-crs"), format!("<{crs}>"));
            assert_eq!(alone.expect(200)["geometry"], feature["geometry"]);
        }
    });
}

#[test]
fn wrong_parameters_are_refused_and_wide_ones_cut_down() {
    both(|office| {
        for query in [
            "?unknown=1",
            "?limit=unlimited",
            "?limit=0",
            "?limit=-1",
            "?limit=",
            "?offset=-1",
            "?offset=100001",
            "?after=1",
            "?after=x-y",
            "?bbox=1,2,3",
            "?bbox=1,2,3,NaN",
            "?bbox=0,2,1,1",
            "?datetime=today",
            "?f=shp",
            "?crs=http://www.opengis.net/def/crs/0/unsupported",
            "?crs=EPSG:4480",
            "?bbox-crs=nonsense",
            "?properties=holder",
            "?skipGeometry=perhaps",
            "?holder=x",
            "?approval=x",
            "?approved_on=x",
            "?area_m2=1",
        ] {
            let answer = office.get("viewer", &format!("/ogc/collections/plots/items{query}"));
            let problem = answer.problem(400, "malformed");
            assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{query}: {problem}");
        }
        for (path, query) in
            [("", "?x=1"), ("/collections", "?limit=1"), ("/collections/plots", "?bbox=1"), ("/api", "?v=3")]
        {
            office.get("viewer", &format!("/ogc{path}{query}")).problem(400, "malformed");
        }
        assert_eq!(items(office, "?limit=99999999999999999999")["numberReturned"], PLOTS);
        assert_eq!(items(office, "?limit=x&limit=3")["numberReturned"], 3, "the last one counts");
        assert_eq!(items(office, "?bbox-crs=EPSG:4490&crs=%5BEPSG:4490%5D")["numberReturned"], PLOTS);
        for missing in
            ["plots/items/999", "plots/items/x", "plots/items/0410183000000001", "cases", "cases/items", "plots/none"]
        {
            office.get("viewer", &format!("/ogc/collections/{missing}")).problem(404, "not-found");
        }
        let refused = office.send("POST", "/ogc/collections/plots/items", Some("viewer"), &[], Some(b"{}"));
        refused.problem(405, "method-not-allowed");
        assert_eq!(refused.header("allow"), "GET, HEAD, OPTIONS");
        let options = office.send("OPTIONS", "/ogc/collections/plots/items", Some("viewer"), &[], None);
        assert_eq!((options.status, options.header("allow")), (200, "GET, HEAD, OPTIONS"));
        let head = office.send("HEAD", "/ogc/collections/plots/items", Some("viewer"), &[], None);
        assert_eq!((head.status, head.header("content-type"), head.body.len()), (200, "application/geo+json", 0));
    });
}

#[test]
fn properties_can_be_asked_for_and_asked_by() {
    both(|office| {
        let drawn = draw(office, 3);
        let found = |query: &str| ids(&items(office, query));
        assert_eq!(found("?code=G1"), drawn[1..2]);
        assert_eq!(found(&format!("?township={COUNTY}101")), drawn);
        assert_eq!(found("?township=nowhere"), [0_i64; 0]);
        assert_eq!(found(&format!("?approval={}", id(1))).len() as i64, PLOTS + 3);
        assert_eq!(
            found("?approval_number=%E6%BC%94%E7%A4%BA%E3%80%942020%E3%80%951%E5%8F%B7").len() as i64,
            PLOTS + 3
        );
        assert_eq!(found(&format!("?approved_on={APPROVED_ON}&township={COUNTY}101")), drawn);
        assert_eq!(found("?datetime=2020-01-02/.."), [0_i64; 0]);
        assert_eq!(found("?datetime=2019-12-31T16:00:00Z").len() as i64, PLOTS + 3, "it is New Year in Shanghai");
        let parcels = office.get("viewer", "/ogc/collections/parcels/items?code=Z7&datetime=1999-01-01").expect(200);
        assert_eq!(ids(&parcels), [id(7)], "what has no day always matches");
        let page = items(office, "?code=G1&properties=area_m2,code&skipGeometry=true");
        assert_eq!(page["features"][0]["properties"], json!({"area_m2": 10000.0, "code": "G1"}));
        assert_eq!(page["features"][0]["geometry"], Value::Null);
        let answer = office.get("viewer", "/ogc/collections/plots/items?code=G1&properties=area_m2");
        assert!(answer.text().contains(r#""properties":{"area_m2":10000.0000}"#), "{}", answer.text());
    });
}

#[test]
fn features_follow_their_records() {
    both(|office| {
        let drawn = draw(office, 2);
        let approval = |office: &Office| {
            let answer = office.get("viewer", &format!("/ogc/collections/approvals/items/{}", id(1)));
            answer.expect(200)
        };
        let parts = |feature: &Value| feature["geometry"]["coordinates"].as_array().map_or(0, Vec::len);
        assert_eq!((parts(&approval(office)), &approval(office)["properties"]["plots"]), (2, &json!(PLOTS + 2)));
        let tag = |answer: &Answer| answer.header("etag").to_owned();
        let path = format!("/ogc/collections/plots/items/{}", drawn[0]);
        let before = (tag(&office.get("viewer", &path)), tag(&office.get("viewer", "/ogc/collections/plots/items")));
        let known = office.send("GET", &path, Some("viewer"), &[("if-none-match", &before.0)], None);
        assert_eq!((known.status, known.body.len()), (304, 0));
        let known =
            office.send("GET", "/ogc/collections/plots/items", Some("viewer"), &[("if-none-match", &before.1)], None);
        assert_eq!((known.status, known.body.len()), (304, 0));

        // Another polygon, another name.
        let mut changed = square(9, "G0");
        changed["name"] = json!("改名");
        let headers = [("if-match", "\"1\"")];
        let api = in_county(&format!("plots/{}", drawn[0]));
        office.send("PUT", &api, Some("clerk"), &headers, Some(changed.to_string().as_bytes())).expect(200);
        let after = office.get("viewer", &path);
        assert_ne!(tag(&after), before.0);
        assert_ne!(tag(&office.get("viewer", "/ogc/collections/plots/items")), before.1);
        let after = after.expect(200);
        assert_eq!(after["properties"]["name"], "改名");
        let corner = after["geometry"]["coordinates"][0][0][0][0].as_f64().unwrap();
        assert!((corner - 113.418).abs() < 1e-8, "{corner}");
        assert_eq!(ids(&items(office, "?bbox=113.4,34.4,113.4015,34.6")), [0_i64; 0]);
        assert_eq!(ids(&items(office, "?bbox=113.418,34.4,113.419,34.6")), drawn[..1]);

        // Approved, it has land left; supplied, none.
        let residuals = |office: &Office| ids(&office.get("viewer", "/ogc/collections/residuals/items").expect(200));
        assert_eq!(residuals(office), [0_i64; 0]);
        let serial = drawn[0] - id(0);
        office.carry(&approve("a", serial));
        assert_eq!(residuals(office), drawn[..1]);

        // The approval's number stands in its plots and residuals.
        let record = office.get("viewer", &in_county(&format!("approvals/{}", id(1)))).expect(200);
        let body = json!({
            "number": "演示〔2020〕9号", "kind": record["kind"], "authority": record["authority"],
            "approved_on": record["approved_on"], "composition": {"unit": "ha", "total": "40"},
        });
        let at = in_county(&format!("approvals/{}", id(1)));
        office.send("PUT", &at, Some("clerk"), &headers, Some(body.to_string().as_bytes())).expect(200);
        let renamed = office.get("viewer", &path).expect(200);
        assert_eq!(renamed["properties"]["approval_number"], "演示〔2020〕9号");
        let residual = office.get("viewer", &format!("/ogc/collections/residuals/items/{}", drawn[0])).expect(200);
        assert_eq!(residual["properties"]["approval_number"], "演示〔2020〕9号");
        verify(office);
    });
}

#[test]
fn verify_finds_features_that_were_changed_behind_the_programs_back() {
    use diesel::connection::SimpleConnection;
    both(|office| {
        let drawn = draw(office, 3);
        verify(office);
        let fault = |change: &str, back: &str, said: &str| {
            office.database(|db| db.batch_execute(change).unwrap());
            let output = office.command(&["verify", "--county", COUNTY]);
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(!output.status.success() && text.contains(said), "{change}: {text}");
            office.database(|db| db.batch_execute(back).unwrap());
        };
        let at = format!("WHERE collection = 'plots' AND id = {}", drawn[0]);
        fault(
            &format!("UPDATE feature SET day = '1999-01-01' {at}"),
            &format!("UPDATE feature SET day = '{APPROVED_ON}' {at}"),
            "its properties are not those of its record",
        );
        fault(
            &format!("UPDATE feature SET geometry_version = 2 {at}"),
            &format!("UPDATE feature SET geometry_version = 1 {at}"),
            "its polygon is not that of its record",
        );
        fault(
            &format!("UPDATE feature SET west_e7 = west_e7 - 1 {at}"),
            &format!("UPDATE feature SET west_e7 = west_e7 + 1 {at}"),
            "its rendering is not that of its polygon",
        );
        fault(
            "UPDATE feature_state SET total = total + 1",
            "UPDATE feature_state SET total = total - 1",
            "are told of",
        );
        verify(office);
        fault(&format!("DELETE FROM feature {at}"), "SELECT 1", "it is missing");
    });
}

#[test]
fn nobody_reads_another_county_and_holders_are_nowhere() {
    both(|office| {
        let drawn = draw(office, 1);
        let holder = "演示使用权人有限公司";
        let parcel = json!({"code": "H1", "area_m2": "5", "holder": holder, "name": "某某宗地"});
        let made = office.post("clerk", &in_county("parcels"), &parcel).expect(201)["parcel"]["id"].as_i64().unwrap();
        for (who, layer, id) in [("neighbour", "plots", drawn[0]), ("neighbour", "parcels", made)] {
            office.get(who, &format!("/ogc/collections/{layer}/items/{id}")).problem(404, "not-found");
            let page = office.get(who, &format!("/ogc/collections/{layer}/items?bbox=-180,-90,180,90")).expect(200);
            assert_eq!(ids(&page), [0_i64; 0]);
            let page = office.get(who, &format!("/ogc/collections/{layer}/items")).expect(200);
            assert_eq!(page["numberMatched"], PLOTS, "those of the own county");
            assert!(!page.to_string().contains(&format!("{COUNTY}0000")), "{layer}");
        }
        for path in ["items", "items?f=html", "items/H"] {
            let path = path.replace('H', &made.to_string());
            let text = office.get("viewer", &format!("/ogc/collections/parcels/{path}")).text().to_owned();
            assert!(!text.contains(holder) && !text.contains("某某宗地"), "{text}");
        }
        for who in ["admin", "nobody"] {
            office.get(who, "/ogc/collections/plots/items").problem(403, "forbidden");
        }
        let refused = office.send("GET", "/ogc", None, &[], None);
        refused.problem(401, "unauthenticated");
        assert!(refused.header("www-authenticate").contains("Basic realm="));
        // The token may be a password, under any name; elsewhere not.
        for (credentials, status) in
            [("eDp2aWV3ZXI=", 200), ("OnZpZXdlcg==", 200), ("dmlld2VyOng=", 401), ("viewer", 401), ("!", 401)]
        {
            let headers = [("authorization", &*format!("Basic {credentials}"))];
            assert_eq!(office.send("GET", "/ogc/collections", None, &headers, None).status, status, "{credentials}");
            assert_eq!(office.send("GET", "/api/v1/me", None, &headers, None).status, 401);
        }
    });
}

#[test]
fn public_layers_are_read_by_anybody_and_the_others_are_not() {
    let options = ["--public-layer", "approvals", "--public-url", "https://land.example.cn/"];
    both_with(
        &options,
        |_| (),
        |office| {
            draw(office, 1);
            let anybody = |path: &str| office.send("GET", path, None, &[], None);
            let all = anybody("/ogc/collections").expect(200);
            assert_eq!(all["collections"].as_array().unwrap().len(), 1);
            assert_eq!(all["links"][0]["href"], "https://land.example.cn/ogc/collections");
            let page = anybody("/ogc/collections/approvals/items").expect(200);
            assert_eq!(ids(&page), [feature(COUNTY, 1), feature(NEIGHBOUR, 1)]);
            let described = anybody("/ogc/api").expect(200);
            assert!(described["paths"]["/collections/approvals/items"].is_object());
            assert!(described["paths"]["/collections/plots/items"].is_null());
            for layer in ["plots", "residuals", "parcels"] {
                for part in ["", "/items", "/schema", "/items/410183000000001"] {
                    anybody(&format!("/ogc/collections/{layer}{part}")).problem(401, "unauthenticated");
                    office.get("nobody", &format!("/ogc/collections/{layer}{part}")).problem(403, "forbidden");
                }
            }
            assert_eq!(ids(&office.get("nobody", "/ogc/collections/approvals/items").expect(200)).len(), 2);
            office.get("wrong", "/ogc/collections").problem(401, "unauthenticated");
            assert_eq!(office.get("viewer", "/ogc/collections/plots/items").expect(200)["numberMatched"], PLOTS + 1);
        },
    );
}

#[test]
fn every_answer_is_also_a_page_in_both_languages_that_escapes_what_it_shows() {
    both(|office| {
        let drawn = draw(office, 1);
        let paths = [
            "",
            "/conformance",
            "/api",
            "/collections",
            "/collections/plots",
            "/collections/plots/queryables",
            "/collections/plots/schema",
            "/collections/plots/items",
            &format!("/collections/plots/items/{}", drawn[0]),
        ]
        .map(|path| format!("/ogc{path}"));
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for path in &paths {
            let asked = office.get("viewer", &format!("{path}?f=html"));
            let accepted = office.send("GET", path, Some("viewer"), &[("accept", browser)], None);
            assert_eq!(asked.text(), accepted.text(), "{path}");
            assert_eq!((asked.status, asked.header("content-type")), (200, "text/html; charset=utf-8"));
            assert!(asked.text().contains("<html lang=\"zh-CN\">") && has_chinese(asked.text()));
            let english = [("accept", browser), ("accept-language", "en")];
            let english = office.send("GET", path, Some("viewer"), &english, None);
            assert!(english.text().contains("<html lang=\"en\">"), "{path}");
            for page in [&asked, &english] {
                assert!(!page.text().contains("<甲>") && !page.text().contains("<script"), "{path}");
                assert!(page.header("content-security-policy").contains("default-src 'none'"));
                // Nothing is loaded from anywhere, and links lead nowhere else.
                let host = format!("http://{}/ogc", office.host());
                let outside = page.text().split("href=\"").skip(1).find(|rest| !rest.starts_with(&host));
                assert_eq!(outside.map(|rest| &rest[..40]), None, "{path}");
            }
        }
        let sheet = office.get("viewer", &format!("{}?f=html", paths[8]));
        assert!(sheet.text().contains("&lt;甲&gt;&amp;&quot;乙&quot;"), "{}", sheet.text());
    });
}

#[test]
fn answers_are_compressed_for_those_who_ask() {
    both(|office| {
        let plain = office.get("viewer", "/ogc/collections/plots/items");
        let headers = [("accept-encoding", "gzip")];
        let packed = office.send("GET", "/ogc/collections/plots/items", Some("viewer"), &headers, None);
        assert!(packed.header("vary").to_lowercase().contains("accept-encoding"));
        assert_eq!(plain.status, packed.status);
        assert_eq!(plain.header("etag"), packed.header("etag"), "the tag is weak: it is the same contents");
    });
}
