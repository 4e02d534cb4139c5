//! Land to work with: an approval, plots and parcels in a county, made through the API.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use super::{HERE, Office};

/// Who approved the land.
pub const AUTHORITY: &str = "演示省人民政府";

/// The books of one county.
pub struct Books<'o> {
    pub office: &'o Office<'o>,
    pub county: &'static str,
    approval: String,
    /// SHA-256 of a scan that vouchers may name.
    pub scan: String,
    next: AtomicU32,
}

impl<'o> Books<'o> {
    pub fn here(office: &'o Office<'o>) -> Self {
        Self::of(office, HERE, "演示政土〔2020〕1号")
    }

    pub fn of(office: &'o Office<'o>, county: &'static str, approval: &str) -> Self {
        let books =
            Self { office, county, approval: approval.to_owned(), scan: String::new(), next: AtomicU32::new(1) };
        let body = json!({
            "number": approval, "kind": "city_batch", "authority": AUTHORITY, "approved_on": "2020-01-01",
            "composition": {"unit": "m2", "total": "10000000"}
        });
        books.post("approvals", &body);
        let pdf = format!("%PDF-1.4 {approval}\n%%EOF\n");
        let scan = office
            .service
            .post(&books.path("attachments"))
            .token(&books.clerk())
            .bytes("application/pdf", pdf.as_bytes())
            .expect(201);
        Self { scan: scan["sha256"].as_str().unwrap().to_owned(), ..books }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/counties/{}/{rest}", self.county)
    }

    pub fn token(&self, role: &str) -> String {
        self.office.token(&format!("{role}@{}", self.county))
    }

    pub fn clerk(&self) -> String {
        self.token("clerk")
    }

    fn post(&self, rest: &str, body: &Value) -> Value {
        self.office.service.post(&self.path(rest)).token(&self.clerk()).json(body).expect(201)
    }

    fn number(&self) -> u32 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// A new plot of 10000 m²; of the approval, or from before the books were opened.
    pub fn plot(&self, approved: bool) -> i64 {
        let code = format!("{}-P{}", self.county, self.number());
        let mut body = json!({"code": code, "area_m2": "10000"});
        if approved {
            body["approval"] = json!(self.approval);
        } else {
            body["origin"] = json!("opening");
        }
        self.post("plots", &body)["plot"]["id"].as_i64().unwrap()
    }

    pub fn parcel(&self) -> i64 {
        let code = format!("{}-Z{}", self.county, self.number());
        self.post("parcels", &json!({"code": code, "area_m2": "10000"}))["parcel"]["id"].as_i64().unwrap()
    }

    /// A voucher with everything any kind could ask for, but its lines and particulars.
    pub fn voucher(&self, kind: &str, effective_on: &str, lines: Value) -> Value {
        json!({
            "client_id": format!("{}-{kind}-{}", self.county, self.number()),
            "kind": kind,
            "effective_on": effective_on,
            "document": {"number": "演示〔2021〕1号", "authority": AUTHORITY, "dated": "2020-01-01", "attachments": [self.scan]},
            "lines": lines,
        })
    }

    /// Sends a voucher as the clerk.
    pub fn send(&self, voucher: &Value) -> super::Answer {
        self.office.service.post(&self.path("vouchers")).token(&self.clerk()).json(voucher).send()
    }

    /// One step on a proposal.
    pub fn step(&self, id: i64, step: &str, token: &str, version: i64) -> super::Answer {
        let body = json!({"version": version, "comment": "已核对"});
        self.office.service.post(&self.path(&format!("proposals/{id}/{step}"))).token(token).json(&body).send()
    }

    /// Sends a voucher and leads it through all its steps; gives its number.
    pub fn posted(&self, voucher: &Value) -> i64 {
        let sent = self.send(voucher);
        let body = sent.json();
        if let Some(seq) = body["voucher"]["seq"].as_i64() {
            return seq;
        }
        let sent = sent.with(202);
        let mut proposal = sent.json()["proposal"].clone();
        loop {
            let id = proposal["id"].as_i64().unwrap();
            let version = proposal["version"].as_i64().unwrap();
            let role = proposal["waits_for"].as_str().unwrap().to_owned();
            let reviewing =
                proposal["state"] == "proposed" && role == "reviewer" && voucher["kind"] != "survey_difference";
            let step = if reviewing { "review" } else { "approve" };
            proposal = self.step(id, step, &self.token(&role), version).with(200).json()["proposal"].clone();
            if let Some(seq) = proposal["posted_seq"].as_i64() {
                return seq;
            }
        }
    }

    /// A plot that was approved whole, and a line of it.
    pub fn approved_plot(&self) -> i64 {
        let plot = self.plot(true);
        let line = json!([{"from": {"account": "outside"}, "to": {"account": "unsupplied", "plot": plot}, "area_m2": "10000"}]);
        self.posted(&self.voucher("approve", "2020-01-01", line));
        plot
    }

    /// A supply of part of a plot to a parcel.
    pub fn supply(&self, plot: i64, parcel: i64, area: &str) -> Value {
        let mut voucher = self.voucher(
            "supply",
            "2021-01-01",
            json!([{
                "from": {"account": "unsupplied", "plot": plot},
                "to": {"account": "supplied", "plot": plot, "parcel": parcel},
                "area_m2": area
            }]),
        );
        voucher["method"] = json!("listing");
        voucher
    }
}
