//! `sortby`: every list in every order that the document offers, page by page as at once, on both databases.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use dizhang::storage::db::Db;
use serde_json::{Value, json};

use crate::support::{COUNTY, Office, approve, both, both_with, id, in_county, pointers, supply};

/// Rows of each list, beside those that every county has.
const ROWS: u64 = 37;
/// Cuts the rows into a few pages, the last not full.
const PAGE: usize = 15;

/// The same numbers every time, spread as if at random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// One of some words as SQL, or NULL now and then if it may be.
    fn word(&mut self, words: &[&str]) -> String {
        format!("'{}'", words[self.below(words.len() as u64) as usize])
    }

    fn or_null(&mut self, sql: String) -> String {
        if self.below(4) == 0 { "NULL".to_owned() } else { sql }
    }

    /// Upper and lower case, Chinese, marks: what collations put elsewhere than bytes do.
    fn name(&mut self) -> String {
        self.word(&["a", "B", "b", "A b", "ab", "甲", "乙", "é", "_", "-1", "10", "9", "é甲"])
    }

    fn day(&mut self) -> String {
        format!("'202{}-0{}-1{}'", self.below(3), 1 + self.below(2), self.below(3))
    }

    fn moment(&mut self) -> String {
        let fraction = ["", ".500", ".123", ".123456"][self.below(4) as usize];
        format!("'2026-01-0{} 08:00:0{}{fraction}'", 1 + self.below(2), self.below(2))
    }

    /// Few different ones, so that many rows are equal.
    fn number(&mut self) -> u64 {
        [1_0000, 2_5000, 10_0000, 9_0000][self.below(4) as usize]
    }
}

/// Random rows for every list whose rows no operation makes in a moment.
fn many(db: &mut Db) {
    let dice = &mut Dice(7);
    let mut sql = String::new();
    let mut put = |table: &str, values: &[(&str, String)]| {
        let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        let values: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
        sql +=
            &format!("INSERT INTO {table} (county, {}) VALUES ({COUNTY}, {});\n", names.join(", "), values.join(", "));
    };
    let json = |value: Value| format!("'{value}'");
    for n in 1..=ROWS {
        let serial = id(i64::try_from(100 + n).unwrap()).to_string();
        let recorded = |dice: &mut Dice| {
            [("version", "1".to_owned()), ("recorded_at", dice.moment()), ("recorded_by", "1".to_owned())]
        };
        let code = |dice: &mut Dice| format!("'{}{n}'", ["s", "S", "地", "-"][dice.below(4) as usize]);
        let (hectares, area) = {
            let of = 1 + dice.below(3);
            (of.to_string(), (of * 1_0000_0000).to_string())
        };
        let composition =
            json!({"unit": "ha", "total": hectares, "farmland": hectares, "construction": "0", "unused": "0"});
        let mut row = vec![
            ("id", serial.clone()),
            ("number", code(dice)),
            ("kind", dice.word(&["city_batch", "town_batch"])),
            ("authority", dice.name()),
            ("approved_on", dice.day()),
            ("composition", json(composition)),
            ("total_cm2", area.clone()),
        ];
        let project = dice.name();
        row.push(("approved_project", dice.or_null(project)));
        row.extend(recorded(dice));
        put("approval", &row);

        let (name, township, cause, day) =
            (dice.name(), dice.word(&["410183106", "410183001"]), dice.word(&["funds", "remnant"]), dice.day());
        let mut row = vec![
            ("id", serial.clone()),
            ("code", code(dice)),
            ("name", dice.or_null(name)),
            ("origin", "'approval'".to_owned()),
            ("approval_id", serial.clone()),
            ("recorded_cm2", area.clone()),
            ("stated_value", format!("'{hectares}'")),
            ("stated_unit", "'ha'".to_owned()),
            ("township_code", dice.or_null(township.replace('\'', ""))),
            ("cause", dice.or_null(cause)),
            ("geometry_version", "0".to_owned()),
            ("reserved_on", dice.or_null(day)),
            ("changed_no", "1".to_owned()),
        ];
        row.extend(recorded(dice));
        put("plot", &row);
        let (due, unit, measure) = (dice.day(), dice.name(), dice.word(&["supply", "clear", "adjust"]));
        let mut row = vec![
            ("plot_id", serial.clone()),
            ("due_on", dice.or_null(due)),
            ("unit", dice.or_null(unit)),
            ("measure", dice.or_null(measure)),
            ("net_land", "'[]'".to_owned()),
        ];
        row.extend(recorded(dice));
        if n % 5 != 0 {
            put("plot_measure", &row);
        }

        let (name, land_use) = (dice.name(), dice.name());
        let number = format!("'4101832021B{:05}'", dice.below(9));
        let mut row = vec![
            ("id", serial.clone()),
            ("code", code(dice)),
            ("name", dice.or_null(name)),
            ("land_use", dice.or_null(land_use)),
            ("regulatory_number", dice.or_null(number)),
            ("recorded_cm2", area.clone()),
            ("stated_value", format!("'{hectares}'")),
            ("stated_unit", "'ha'".to_owned()),
            ("geometry_version", "0".to_owned()),
        ];
        row.extend(recorded(dice));
        put("parcel", &row);

        let mut row = vec![("id", serial.clone()), ("code", code(dice)), ("name", dice.name())];
        row.extend(recorded(dice));
        put("project", &row);

        let (signed, land_use, price) = (dice.day(), dice.name(), dice.number());
        let (price, start) = (dice.or_null(price.to_string()), dice.day());
        let start = dice.or_null(start);
        let plain = |sql: &str| if sql == "NULL" { Value::Null } else { json!(sql.trim_matches('\'')) };
        let fen: Value =
            price.parse::<u64>().map_or(Value::Null, |fen| json!(format!("{}.{:02}", fen / 100, fen % 100)));
        let terms = json!({
            "land_use": plain(&land_use), "area_m2": format!("{hectares}0000"), "price_yuan": fen, "start_on": plain(&start)
        });
        let mut row = vec![
            ("id", n.to_string()),
            ("kind", dice.word(&["grant", "allocation"])),
            ("number", code(dice)),
            ("signed_on", signed.clone()),
            ("land_use", land_use),
            ("area_cm2", area.clone()),
            ("price_fen", price),
            ("start_on", start),
        ];
        row.extend(recorded(dice));
        put("contract", &row);
        put(
            "contract_version",
            &[
                ("contract_id", n.to_string()),
                ("n", "1".to_owned()),
                ("change", "'original'".to_owned()),
                ("effective_on", signed),
                ("parcels", format!("'{serial}'")),
                ("terms", json(terms)),
                ("recorded_at", dice.moment()),
                ("recorded_by", "1".to_owned()),
            ],
        );

        let mut row = vec![
            ("id", serial.clone()),
            ("year", (2024 + n % 2).to_string()),
            ("serial", n.to_string()),
            ("client_id", format!("'case {n}'")),
            ("parcel_id", serial.clone()),
            ("contract_id", n.to_string()),
            ("grounds", dice.word(&["not_started", "stopped"])),
            ("opened_on", dice.day()),
            ("area_cm2", area.clone()),
        ];
        row.extend([("recorded_at", dice.moment()), ("recorded_by", "1".to_owned())]);
        put("idle_case", &row);
        let (cause, way, found) = (dice.word(&["own", "mixed"]), dice.word(&["fee", "other"]), dice.day());
        put(
            "idle_case_state",
            &[
                ("case_id", serial.clone()),
                ("version", "1".to_owned()),
                ("state", dice.word(&["suspected", "investigation"])),
                ("cause", dice.or_null(cause)),
                ("way", dice.or_null(way)),
                ("is_suspended", "FALSE".to_owned()),
                ("found_on", dice.or_null(found)),
                ("changed_at", dice.moment()),
            ],
        );

        let (loan, appraised) = (dice.number().to_string(), dice.number().to_string());
        put(
            "encumbrance",
            &[
                ("id", n.to_string()),
                ("parcel_id", serial.clone()),
                ("kind", dice.word(&["mortgage", "seizure"])),
                ("number", code(dice)),
                ("from_day", dice.day()),
                ("loan_fen", dice.or_null(loan)),
                ("appraised_fen", dice.or_null(appraised)),
                ("attachments", "''".to_owned()),
                ("recorded_at", dice.moment()),
                ("recorded_by", "1".to_owned()),
            ],
        );

        let (project, needed, method) = (dice.name(), dice.day(), dice.word(&["flexible", "long_lease"]));
        let mut row = vec![
            ("id", n.to_string()),
            ("company_code", "'91512081MA62K0260E'".to_owned()),
            ("company_name", dice.name()),
            ("project_name", dice.or_null(project)),
            ("industry_code", dice.word(&["C26", "C34"])),
            ("land_kind", "'new'".to_owned()),
            ("land_use", "'industrial'".to_owned()),
            ("area_cm2", area),
            ("method", dice.or_null(method)),
            ("needed_by", dice.or_null(needed)),
            ("state", dice.word(&["registered", "planned", "declined"])),
        ];
        row.extend(recorded(dice));
        put("demand", &row);

        put(
            "paper",
            &[
                ("id", n.to_string()),
                ("case_id", serial.clone()),
                ("kind", dice.word(&["finding", "situation"])),
                ("state", dice.word(&["draft", "withdrawn"])),
                ("body", "'{}'".to_owned()),
                ("version", "1".to_owned()),
                ("drafter_id", "2".to_owned()),
                ("created_at", dice.moment()),
                ("changed_at", dice.moment()),
            ],
        );
        put(
            "price_base",
            &[
                ("id", n.to_string()),
                ("plot_id", serial.clone()),
                ("state", dice.word(&["draft", "reviewed"])),
                ("proposer_id", "2".to_owned()),
                ("body", "'{}'".to_owned()),
                ("findings", "'{}'".to_owned()),
                ("version", "1".to_owned()),
                ("created_at", dice.moment()),
                ("changed_at", dice.moment()),
            ],
        );
        put(
            "journal",
            &[
                ("n", n.to_string()),
                ("user_id", dice.below(3).to_string()),
                ("operation", dice.word(&["createPlot", "updatePlot"])),
                ("collection", dice.word(&["plot", "parcel", "approval"])),
                ("object_id", dice.number().to_string()),
                ("at", dice.moment()),
            ],
        );
        let item = json!([{"name": "演示地块", "land_use": "industrial", "area": {"value": hectares, "unit": "ha"}}]);
        let mut row = vec![
            ("id", n.to_string()),
            ("number", code(dice)),
            ("title", dice.name()),
            ("announced_on", dice.day()),
            ("until_day", dice.word(&["2099-01-31", "2099-02-28"])),
            ("items", json(item)),
        ];
        row.extend(recorded(dice));
        put("announcement", &row);
        put(
            "proposal",
            &[
                ("id", n.to_string()),
                ("client_id", format!("'proposal {n}'")),
                ("kind", dice.word(&["supply", "approve"])),
                ("effective_on", dice.day()),
                ("body", "'{}'".to_owned()),
                ("state", dice.word(&["withdrawn", "returned"])),
                ("proposer_id", "2".to_owned()),
                ("created_at", dice.moment()),
                ("changed_at", dice.moment()),
                ("version", "1".to_owned()),
            ],
        );
    }
    db.batch_execute(&sql).unwrap();
}

/// Address and sortable words of each list, as the document says.
fn lists(office: &Office) -> BTreeMap<String, Vec<String>> {
    let document = office.get("viewer", "/openapi.json").expect(200);
    let mut found = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let parameters = item["get"]["parameters"].as_array().into_iter().flatten();
        for sortby in parameters.filter(|parameter| parameter["name"] == "sortby") {
            assert_eq!((&sortby["style"], &sortby["explode"]), (&json!("form"), &json!(false)), "{path}");
            let words = sortby["schema"]["items"]["enum"].as_array().unwrap();
            let words = words.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
            found.insert(path.replace("{county}", COUNTY), words);
        }
    }
    found
}

/// What a row of a list shows of a column; none where it does not show it.
fn shown<'r>(path: &str, row: &'r Value, column: &str) -> Option<&'r Value> {
    let of = match (path.rsplit('/').next().unwrap(), column) {
        ("vouchers", "kind" | "effective_on") => &row["voucher"][column],
        ("vouchers", "document_number") => &row["voucher"]["document"]["number"],
        ("vouchers", "area_m2") => &row["voucher"]["lines"][0]["area_m2"],
        ("plots" | "parcels", "polygon_area_m2") => &row["polygon"]["area_m2"],
        // Its text puts 10 before 9; its order does not.
        ("idle-cases", "number") => return None,
        _ => return row.get(column),
    };
    Some(of)
}

/// The order of two values as the document promises it, but for direction: numbers by size, the rest by bytes.
fn order(a: &Value, b: &Value, column: &str) -> Ordering {
    let digits = |value: &Value| value.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_i64().cmp(&b.as_i64()),
        _ if column.ends_with("_m2") || column.ends_with("_yuan") => digits(a).cmp(&digits(b)),
        // Instants have as many digits as they need: without their end they are in order as texts.
        _ => a.as_str().unwrap().trim_end_matches('Z').cmp(b.as_str().unwrap().trim_end_matches('Z')),
    }
}

#[test]
fn pages_one_after_the_other_are_the_whole_list_in_every_order_it_offers() {
    both_with(&[], many, |office| {
        for plot in 1..=6 {
            office.carry(&approve(&format!("land-{plot}"), plot));
            office.carry(&supply(&format!("sale-{plot}"), plot, &format!("2021-0{}-05", 1 + plot % 3), "100"));
        }
        let lists = lists(office);
        assert!(lists.len() >= 14, "{:?}", lists.keys());
        for (path, words) in lists {
            let get = |query: &str| {
                let all = if path.ends_with("/plot-measures") { "&all_plots=true" } else { "" };
                office.get("all-roles", &format!("{path}?{query}{all}")).expect(200)
            };
            let key = |row: &Value| {
                let id = ["id", "seq", "n", "plot"].into_iter().find_map(|name| row[name].as_i64());
                id.unwrap_or_else(|| panic!("{path}: {row}"))
            };
            let mut orders: Vec<String> = words.clone();
            orders.extend(words.windows(3).step_by(5).map(|three| format!("{},{}", three[0], three[2])));
            let mut compared = 0;
            for sortby in orders {
                let whole = get(&format!("limit=1000&sortby={sortby}"));
                let rows = whole["items"].as_array().unwrap();
                assert!(whole["next"].is_null() && rows.len() > 10, "{path} has only {} rows", rows.len());
                let (mut pages, mut after) = (Vec::new(), String::new());
                loop {
                    let page = get(&format!("limit={PAGE}&sortby={sortby}{after}"));
                    pages.extend(page["items"].as_array().unwrap().iter().map(key));
                    let Some(next) = page["next"].as_str() else { break };
                    after = format!("&after={next}");
                }
                assert_eq!(pages, rows.iter().map(key).collect::<Vec<_>>(), "{path} by {sortby}");
                let first = sortby.split(',').next().unwrap();
                let column = first.trim_start_matches('-');
                for pair in rows.windows(2) {
                    let [Some(a), Some(b)] = [0, 1].map(|at| shown(&path, &pair[at], column)) else { break };
                    let mut expected = match (a.is_null(), b.is_null()) {
                        (false, false) => order(a, b, column),
                        // Last, whichever way the column goes.
                        (a, b) => a.cmp(&b),
                    };
                    if first.starts_with('-') && !a.is_null() && !b.is_null() {
                        expected = expected.reverse();
                    }
                    assert_ne!(expected, Ordering::Greater, "{path} by {sortby}: {a} before {b}");
                    let (a, b) = (key(&pair[0]), key(&pair[1]));
                    let by_id = if first.starts_with('-') { b < a } else { a < b };
                    assert!(
                        sortby.contains(',') || expected == Ordering::Less || by_id,
                        "{path} by {sortby}: {a}, {b}"
                    );
                    compared += 1;
                }
            }
            assert!(compared > 4 * ROWS, "{path}: {compared}");
        }
    });
}

#[test]
fn a_mark_serves_the_order_it_was_given_for_and_words_are_checked() {
    both(|office| {
        let first = office.get("viewer", &in_county("plots?limit=3&sortby=-code")).expect(200);
        let next = first["next"].as_str().unwrap();
        let said = |query: &str| {
            let problem = office.get("viewer", &in_county(&format!("plots?{query}"))).problem(422, "invalid");
            let error = &problem["errors"][0];
            let said =
                format!("{} {}", error["message"]["zh"].as_str().unwrap(), error["message"]["en"].as_str().unwrap());
            assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{problem:#}");
            (pointers(&problem).remove(0).to_owned(), said)
        };
        for other in ["", "&sortby=code", "&sortby=-area_m2", "&sortby=-code,name", "&sortby=id"] {
            let (pointer, said) = said(&format!("after={next}{other}"));
            assert_eq!(pointer, "?after", "{other}");
            assert!(said.contains("-code,-id") && said.contains("去掉 after"), "{said}");
        }
        // Spelt otherwise, and with the id that ends every order, it is the same order.
        for same in ["-code", "-code,-id"] {
            office.get("viewer", &in_county(&format!("plots?after={next}&sortby={same}"))).expect(200);
        }
        office.get("viewer", &in_county("plots?sortby=%2Bcode")).expect(200);
        assert_eq!(said(&format!("sortby=code&after={}", id(1))).0, "?after");
        assert_eq!(said("sortby=code&after=x").0, "?after");
        for wrong in ["", "colour", "code,,name", "code,-code", "code,name,origin,cause,township", "--code", "Code"] {
            let (pointer, said) = said(&format!("sortby={wrong}&after={next}"));
            assert_eq!(pointer, "?sortby", "{wrong}");
            assert!(!said.contains('\u{FFFD}'), "{said}");
        }
        assert!(said("sortby=colour").1.contains("polygon_area_m2"), "the columns are named");
        office.get("viewer", &in_county("plots?sortby=code&sortby=name")).problem(422, "invalid");
        // What has one order does not take the word.
        office.get("viewer", &in_county("closed-months?sortby=id")).problem(422, "invalid");
    });
}

#[test]
fn rows_that_come_between_two_pages_appear_where_they_belong_and_move_no_others() {
    both(|office| {
        let page =
            |after: &str| office.get("clerk", &in_county(&format!("plots?limit=10&sortby=-code{after}"))).expect(200);
        let codes = |page: &Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
        };
        let before = codes(&office.get("clerk", &in_county("plots?limit=1000&sortby=-code")).expect(200));
        let first = page("");
        let mut met = codes(&first);
        for code in ["P99", "P0"] {
            let body = json!({"code": code, "origin": "existing_state_land", "area_m2": "10000"});
            office.post("clerk", &in_county("plots"), &body).expect(201);
        }
        let mut next = first["next"].clone();
        while let Some(mark) = next.as_str() {
            let page = page(&format!("&after={mark}"));
            met.extend(codes(&page));
            next = page["next"].clone();
        }
        let mut expected = before;
        expected.push("P0".to_owned());
        assert_eq!(met, expected, "the one that lies before the first page is passed, the other met");
    });
}

#[test]
fn a_file_has_the_order_of_its_list_and_the_filters_hold_in_both() {
    both_with(&[], many, |office| {
        for query in ["sortby=-area_m2,name", "sortby=name&origin=approval&code_prefix=s", "sortby=township,-code"] {
            let list = office.get("clerk", &in_county(&format!("plots?limit=1000&{query}"))).expect(200);
            let codes = list["items"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap());
            let file = office.get("clerk", &in_county(&format!("plots?f=csv&{query}")));
            let text = file.text().trim_start_matches('\u{FEFF}');
            let lines: Vec<&str> = text.lines().skip(1).collect();
            let mut count = 0;
            for (line, code) in lines.iter().zip(codes) {
                assert!(
                    line.split(',').any(|cell| cell.trim_start_matches('\'') == code),
                    "{query}: {code} is not in {line}"
                );
                count += 1;
            }
            assert!(count > 2 && lines.len() == count + 1, "{query}: a line for each and one of totals");
        }
    });
}
