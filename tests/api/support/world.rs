//! Two counties with land and people. Each person's token is that person's name.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::region::County;
use dizhang::storage::db::Db;
use dizhang::storage::schema::{
    api_token, app_user, approval, attachment, county_state, parcel, plot, role_grant, session, township,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Office;

pub const COUNTY: &str = "410183";
pub const NEIGHBOUR: &str = "410184";
/// The attachment that lies in both counties' stores: the digest of [`PAPER`].
pub const SCAN: &str = "1e7313ace78f0fb481a486939b4885902663102818090805515553d84e0bbfd3";
const PAPER: &[u8] = b"%PDF-1.7\n%%EOF\n";
pub const AUTHORITY: &str = "河南省人民政府";
/// Every plot was approved on this day, each with [`AREA`] square metres.
pub const APPROVED_ON: &str = "2020-01-01";
pub const AREA: &str = "10000";
/// What the approval of all these plots is made up of.
const COMPOSITION: &str = r#"{"unit":"ha","total":"40","farmland":"40","construction":"0","unused":"0"}"#;
/// Plots and parcels with these serials are in each county.
pub const PLOTS: i64 = 40;

pub const ROLES: [&str; 8] =
    ["viewer", "clerk", "reviewer", "approver", "auditor", "admin", "price_keeper", "price_approver"];

/// Name (and token, and behind `session:` the secret of a session) of each person, the county prefix and the roles held there.
const PEOPLE: &[(&str, &str, &[&str])] = &[
    ("viewer", COUNTY, &["viewer"]),
    ("clerk", COUNTY, &["clerk"]),
    ("reviewer", COUNTY, &["reviewer"]),
    ("approver", COUNTY, &["approver"]),
    ("auditor", COUNTY, &["auditor"]),
    ("admin", COUNTY, &["admin"]),
    ("nobody", COUNTY, &[]),
    ("second-clerk", COUNTY, &["clerk"]),
    ("all-roles", COUNTY, &ROLES),
    ("all-roles-too", COUNTY, &ROLES),
    ("neighbour", NEIGHBOUR, &ROLES),
    ("city", "4101", &ROLES),
    ("province", "41", &ROLES),
    ("other-city", "4102", &ROLES),
    ("price_keeper", COUNTY, &["price_keeper"]),
    ("price_approver", COUNTY, &["price_approver"]),
    ("second-price-keeper", COUNTY, &["price_keeper"]),
];

/// The number of a person's account.
pub fn user(name: &str) -> i64 {
    i64::try_from(PEOPLE.iter().position(|(known, ..)| *known == name).unwrap()).unwrap() + 1
}

pub fn instant(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn long_ago() -> NaiveDateTime {
    instant("2020-01-01T00:00:00")
}

pub fn feature(county: &str, serial: i64) -> i64 {
    county.parse::<County>().unwrap().feature_id(serial)
}

/// A plot or parcel of the first county.
pub fn id(serial: i64) -> i64 {
    feature(COUNTY, serial)
}

pub fn build(db: &mut Db) {
    for (county, name) in [(COUNTY, "新密市"), (NEIGHBOUR, "新郑市")] {
        add_county(db, county, name);
    }
    for (at, (name, prefix, roles)) in PEOPLE.iter().enumerate() {
        let id = i64::try_from(at).unwrap() + 1;
        diesel::insert_into(app_user::table)
            .values((app_user::id.eq(id), app_user::is_active.eq(true), app_user::created_at.eq(long_ago())))
            .execute(db)
            .unwrap();
        for (n, role) in roles.iter().enumerate() {
            diesel::insert_into(role_grant::table)
                .values((
                    role_grant::id.eq(id * 100 + i64::try_from(n).unwrap()),
                    role_grant::user_id.eq(id),
                    role_grant::county_prefix.eq(*prefix),
                    role_grant::role.eq(*role),
                    role_grant::granted_at.eq(long_ago()),
                ))
                .execute(db)
                .unwrap();
        }
        add_token(db, id, name, id, None, instant("2149-01-01T00:00:00"));
        // Used in the far future, so that it is never idle.
        add_session(db, id, &format!("session:{name}"), id, instant("2148-01-01T00:00:00"));
    }
}

/// A session of a user that was last used at some time.
pub fn add_session(db: &mut Db, id: i64, secret: &str, user: i64, used_at: NaiveDateTime) {
    diesel::insert_into(session::table)
        .values((
            session::id.eq(id),
            session::user_id.eq(user),
            session::secret_sha256.eq(Sha256::digest(secret.as_bytes()).to_vec()),
            session::created_at.eq(long_ago()),
            session::used_at.eq(used_at),
            session::expires_at.eq(instant("2149-01-01T00:00:00")),
        ))
        .execute(db)
        .unwrap();
}

/// A token of a user, perhaps for some of the user's roles only.
pub fn add_token(db: &mut Db, id: i64, secret: &str, user: i64, roles: Option<&str>, expires_at: NaiveDateTime) {
    diesel::insert_into(api_token::table)
        .values((
            api_token::id.eq(id),
            api_token::user_id.eq(user),
            api_token::secret_sha256.eq(Sha256::digest(secret.as_bytes()).to_vec()),
            api_token::label.eq("test"),
            api_token::roles.eq(roles),
            api_token::created_at.eq(long_ago()),
            api_token::expires_at.eq(expires_at),
        ))
        .execute(db)
        .unwrap();
}

fn add_county(db: &mut Db, code: &str, name: &str) {
    let number: i32 = code.parse().unwrap();
    diesel::insert_into(county_state::table)
        .values((
            county_state::county.eq(number),
            county_state::name.eq(name),
            county_state::head_hash.eq(vec![0_u8; 32]),
            county_state::plots_version.eq(1_i64),
            county_state::next_plot.eq(PLOTS + 1),
            county_state::next_parcel.eq(PLOTS + 1),
            county_state::next_approval.eq(2_i64),
            county_state::created_at.eq(long_ago()),
        ))
        .execute(db)
        .unwrap();
    diesel::insert_into(attachment::table)
        .values((
            attachment::county.eq(number),
            attachment::sha256.eq(SCAN),
            attachment::media_type.eq("application/pdf"),
            attachment::byte_size.eq(i64::try_from(PAPER.len()).unwrap()),
            attachment::content.eq(PAPER),
            attachment::recorded_by.eq(1_i64),
            attachment::recorded_at.eq(long_ago()),
        ))
        .execute(db)
        .unwrap();
    for (at, name) in [(1, "牛店镇"), (2, "超化镇")] {
        diesel::insert_into(township::table)
            .values((
                township::county.eq(number),
                township::code.eq(number * 1000 + 100 + at),
                township::name.eq(name),
                township::is_official.eq(true),
            ))
            .execute(db)
            .unwrap();
    }
    let approved_on: NaiveDate = APPROVED_ON.parse().unwrap();
    diesel::insert_into(approval::table)
        .values((
            (
                approval::county.eq(number),
                approval::id.eq(feature(code, 1)),
                approval::number.eq("演示〔2020〕1号"),
                approval::kind.eq("city_batch"),
                approval::authority.eq(AUTHORITY),
                approval::approved_on.eq(approved_on),
            ),
            (
                approval::composition.eq(COMPOSITION),
                approval::total_cm2.eq(40_0000_0000_i64),
                approval::version.eq(1_i64),
                approval::recorded_at.eq(long_ago()),
                approval::recorded_by.eq(1_i64),
            ),
        ))
        .execute(db)
        .unwrap();
    for serial in 1..=PLOTS {
        add_plot(db, code, serial, Some(feature(code, 1)));
        add_parcel(db, code, serial);
    }
}

pub fn add_plot(db: &mut Db, county: &str, serial: i64, approval: Option<i64>) {
    let area: AreaM2 = AREA.parse().unwrap();
    diesel::insert_into(plot::table)
        .values((
            (
                plot::county.eq(county.parse::<i32>().unwrap()),
                plot::id.eq(feature(county, serial)),
                plot::code.eq(format!("P{serial}")),
                plot::origin.eq(if approval.is_some() { "approval" } else { "opening" }),
                plot::approval_id.eq(approval),
                plot::recorded_cm2.eq(area.to_units()),
                plot::stated_value.eq(AREA),
                plot::stated_unit.eq("m2"),
            ),
            (
                plot::geometry_version.eq(0),
                plot::version.eq(1_i64),
                plot::changed_no.eq(1_i64),
                plot::recorded_at.eq(long_ago()),
                plot::recorded_by.eq(1_i64),
            ),
        ))
        .execute(db)
        .unwrap();
}

fn add_parcel(db: &mut Db, county: &str, serial: i64) {
    diesel::insert_into(parcel::table)
        .values((
            parcel::county.eq(county.parse::<i32>().unwrap()),
            parcel::id.eq(feature(county, serial)),
            parcel::code.eq(format!("Z{serial}")),
            parcel::recorded_cm2.eq(0_i64),
            parcel::stated_value.eq("0"),
            parcel::stated_unit.eq("m2"),
            parcel::geometry_version.eq(0),
            parcel::version.eq(1_i64),
            parcel::recorded_at.eq(long_ago()),
            parcel::recorded_by.eq(1_i64),
        ))
        .execute(db)
        .unwrap();
}

// --- Vouchers ---

/// The address of something in the first county.
pub fn in_county(rest: &str) -> String {
    format!("/api/v1/counties/{COUNTY}/{rest}")
}

/// One side of a line; the parcel has the plot's serial.
pub fn side(account: &str, plot: i64) -> Value {
    match account {
        "supplied" | "idle" => json!({"account": account, "plot": id(plot), "parcel": id(plot)}),
        _ => json!({"account": account, "plot": id(plot)}),
    }
}

/// A voucher with one line within a plot, and all the papers any kind may need.
pub fn voucher(client_id: &str, kind: &str, day: &str, plot: i64, from: &str, to: &str, area: &str) -> Value {
    let mut voucher = json!({
        "client_id": client_id, "kind": kind, "effective_on": day,
        "document": {"number": "演示〔2021〕7号", "authority": AUTHORITY, "dated": day, "attachments": [SCAN]},
        "lines": [{"from": side(from, plot), "to": side(to, plot), "area_m2": area}],
    });
    if kind == "supply" {
        voucher["method"] = json!("listing");
    }
    if kind == "written_off" {
        voucher["write_off"] = json!("reduced");
    }
    voucher
}

pub fn approve(client_id: &str, plot: i64) -> Value {
    voucher(client_id, "approve", APPROVED_ON, plot, "outside", "unsupplied", AREA)
}

pub fn supply(client_id: &str, plot: i64, day: &str, area: &str) -> Value {
    voucher(client_id, "supply", day, plot, "unsupplied", "supplied", area)
}

impl Office {
    /// Sends a voucher as the clerk.
    pub fn send_voucher(&self, voucher: &Value) -> super::Answer {
        self.post("clerk", &in_county("vouchers"), voucher)
    }

    /// Takes a step on a proposal, by somebody who has read this version.
    pub fn step(&self, who: &str, proposal: i64, step: &str, version: i64) -> super::Answer {
        let body = json!({"version": version, "comment": "同意"});
        self.post(who, &in_county(&format!("proposals/{proposal}/{step}")), &body)
    }

    /// Brings a voucher all its way into the ledger; gives its number.
    #[track_caller]
    pub fn carry(&self, voucher: &Value) -> i64 {
        let sent = self.send_voucher(voucher);
        if sent.status == 201 {
            return sent.json()["voucher"]["seq"].as_i64().unwrap();
        }
        let proposal = sent.expect(202)["proposal"].clone();
        let (id, mut version) = (proposal["id"].as_i64().unwrap(), 1);
        let mut waits_for = proposal["waits_for"].as_str().unwrap().to_owned();
        let reviewed = matches!(
            voucher["kind"].as_str().unwrap(),
            "opening" | "written_off" | "idle_found" | "recovered" | "bought_back"
        );
        if reviewed {
            let answer = self.step("reviewer", id, "review", version).expect(200);
            version = answer["proposal"]["version"].as_i64().unwrap();
            waits_for = answer["proposal"]["waits_for"].as_str().unwrap().to_owned();
        }
        self.step(&waits_for, id, "approve", version).expect(200)["proposal"]["posted_seq"].as_i64().unwrap()
    }

    /// The balances of the county, with a query.
    #[track_caller]
    pub fn balances(&self, query: &str) -> Value {
        self.get("viewer", &in_county(&format!("balances{query}"))).expect(200)
    }

    /// `dizhang verify` finds the ledger whole.
    #[track_caller]
    pub fn verify(&self) {
        let output = self.command(&["verify", "--county", COUNTY]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("the ledger is whole"), "{said}");
    }
}
