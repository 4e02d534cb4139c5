//! The law of idle land once more, as a table of its own: what each step needs, whose way it is on, which periods must have
//! run. It is written from the Measures and the laws on compulsion, review and suits, and shares nothing with the program:
//! steps are JSON, days come from `fixtures/calendar`, which another program made.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde_json::Value;

/// What is known of the land of a case besides its steps.
#[derive(Debug, Clone)]
pub struct Land {
    pub opened_on: NaiveDate,
    /// Development was begun and stopped: such land is disposed of by agreement alone.
    pub stopped: bool,
    pub idle_from: NaiveDate,
    /// When own-cause time makes one full year, and two.
    pub fee_from: NaiveDate,
    pub recovery_from: NaiveDate,
    pub mortgaged_from: Option<NaiveDate>,
    /// A fifth of the price; none for a phase, which has no price of its own.
    pub fee: Option<&'static str>,
    pub area: &'static str,
}

/// The case as the model sees it.
#[derive(Debug, Clone)]
pub struct Model {
    pub land: Land,
    pub today: NaiveDate,
    /// The steps that count.
    pub steps: Vec<Value>,
}

/// Whom a step waits for: another one ever, or one since the way was chosen or a decision fell.
enum Need {
    Ever(&'static str),
    Here(&'static str),
    Served(&'static str),
}

use Need::{Ever, Here, Served};

const AGREED: &[&str] = &["extension", "change", "temporary_use", "paid_recovery", "exchange", "other"];
const DECIDED: &[&str] = &["fee", "free_recovery"];
const ANY: &[&str] = &[];

/// Step, what must have been done by its day, and the ways it is on.
const TABLE: &[(&str, &[Need], &[&str])] = &[
    ("investigation_notice", &[], ANY),
    ("answered", &[Served("investigation_notice")], ANY),
    ("inspected", &[], ANY),
    ("found", &[Served("investigation_notice"), Ever("inspected")], ANY),
    ("cleared", &[Ever("investigation_notice")], ANY),
    ("published", &[Ever("found")], ANY),
    ("department_notified", &[Ever("found")], ANY),
    ("filed", &[Ever("found")], ANY),
    ("mortgagee_told", &[Ever("found")], ANY),
    ("disposal_chosen", &[Ever("found"), Served("finding"), Ever("published")], ANY),
    ("agreed", &[], AGREED),
    ("plan_approved", &[Here("agreed")], AGREED),
    ("carried_out", &[Here("plan_approved")], AGREED),
    ("informed", &[], DECIDED),
    ("hearing_requested", &[Served("hearing_rights")], DECIDED),
    ("hearing_held", &[Here("hearing_requested")], ANY),
    ("legal_reviewed", &[Served("situation"), Served("hearing_rights")], DECIDED),
    ("discussed", &[Here("legal_reviewed")], ANY),
    ("government_approved", &[Here("discussed")], DECIDED),
    ("decided", &[Here("government_approved")], DECIDED),
    ("paid", &[Here("decided"), Served("fee_decision")], &["fee"]),
    ("remedy_filed", &[Served("decision")], ANY),
    ("remedy_ended", &[Here("remedy_filed")], ANY),
    ("urged", &[Here("decided"), Served("decision")], ANY),
    ("court_applied", &[Served("decision"), Served("urging")], ANY),
    ("registration_cancelled", &[Here("decided"), Served("recovery_decision")], &["free_recovery"]),
    ("resumed", &[Ever("found")], ANY),
    ("closed", &[Ever("disposal_chosen"), Ever("filed")], ANY),
    ("suspended", &[], ANY),
    ("lifted", &[Ever("suspended")], ANY),
    ("annulled", &[], ANY),
];

/// What may be done while a suit, a seizure or an insolvency holds the case.
const WHILE_HELD: &[&str] = &["lifted", "annulled", "served", "answered", "remedy_filed", "remedy_ended"];

/// Steps with legal effect: 经办, 审核, 审批.
pub const BY_THREE: &[&str] = &[
    "found",
    "cleared",
    "disposal_chosen",
    "carried_out",
    "decided",
    "registration_cancelled",
    "resumed",
    "closed",
    "annulled",
];

pub fn kind(step: &Value) -> &str {
    step["kind"].as_str().unwrap()
}

pub fn on(step: &Value) -> NaiveDate {
    day(&step["on"]).unwrap()
}

pub fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().map(|text| text.parse().unwrap())
}

impl Model {
    fn last(&self, wanted: &str) -> Option<&Value> {
        self.steps.iter().rfind(|step| kind(step) == wanted)
    }

    /// The steps of this disposal: since the way was chosen, or since a decision fell.
    fn disposal(&self) -> &[Value] {
        let begins = |step: &Value| kind(step) == "disposal_chosen" || step["revoked"] == true;
        self.steps.iter().rposition(begins).map_or(&[], |from| &self.steps[from..])
    }

    pub fn here(&self, wanted: &str) -> Option<&Value> {
        self.disposal().iter().rfind(|step| kind(step) == wanted)
    }

    pub fn way(&self) -> Option<&str> {
        self.last("disposal_chosen")?["way"].as_str()
    }

    pub fn cause(&self) -> Option<&str> {
        self.last("found")?["cause"].as_str()
    }

    fn decision_paper(&self) -> &'static str {
        if self.way() == Some("fee") { "fee_decision" } else { "recovery_decision" }
    }

    /// The day from which the service of a paper counts.
    pub fn served(&self, paper: &str) -> Option<NaiveDate> {
        let paper = if paper == "decision" { self.decision_paper() } else { paper };
        let of_case = ["investigation_notice", "finding"].contains(&paper);
        let among = if of_case { &self.steps[..] } else { self.disposal() };
        let service = among.iter().rfind(|step| kind(step) == "served" && step["paper"] == paper)?;
        // 公告送达 counts from the end of its thirty days.
        Some(if service["manner"] == "public" { rolled(on(service) + Days::new(30)) } else { on(service) })
    }

    /// The decision that stands.
    pub fn decision(&self) -> Option<&Value> {
        self.here("decided")
    }

    pub fn remedy_runs(&self) -> bool {
        let count = |wanted: &str| self.steps.iter().filter(|step| kind(step) == wanted).count();
        count("remedy_filed") > count("remedy_ended")
    }

    /// The remedy that left the decision standing, with its end.
    pub fn remedy_ended(&self) -> Option<(&str, NaiveDate)> {
        let filed = self.here("remedy_filed")?["remedy"].as_str()?;
        Some((filed, on(self.here("remedy_ended")?)))
    }

    /// The last day on which somebody may go to court, unless a court has spoken.
    fn remedies_end(&self) -> Option<NaiveDate> {
        match self.remedy_ended() {
            Some(("suit", _)) => None,
            Some((_, ended)) => Some(rolled(ended + Days::new(15))),
            None => Some(months(self.served("decision")?, 6)),
        }
    }

    fn is_held(&self) -> bool {
        let held = self.steps.iter().rfind(|step| ["suspended", "lifted"].contains(&kind(step)));
        held.is_some_and(|step| kind(step) == "suspended")
    }

    /// The last day of a period of days that stands still while the case is held.
    fn ends(&self, begins: NaiveDate, days: u64) -> NaiveDate {
        let mut end = rolled(begins + Days::new(days));
        let mut from = None;
        let mut holds = Vec::new();
        for step in &self.steps {
            match kind(step) {
                "suspended" => from = from.or(Some(on(step))),
                "lifted" => holds.extend(from.take().map(|from| (from, on(step)))),
                _ => {}
            }
        }
        holds.extend(from.map(|from| (from, self.today.max(from))));
        for (from, to) in holds {
            let from = from.max(begins);
            if from <= end && from <= to {
                end = rolled(end + (to - from));
            }
        }
        end
    }

    /// Where the land stands on the area ledger.
    pub fn stands(&self) -> &'static str {
        let mut stands = "supplied";
        let mut way = None;
        for step in &self.steps {
            way = step["way"].as_str().or(way);
            stands = moved(kind(step), way, stands).unwrap_or(stands);
        }
        stands
    }

    /// Where a step takes the land; none if it stays.
    pub fn moves(&self, step: &Value) -> Option<&'static str> {
        moved(kind(step), step["way"].as_str().or(self.way()), self.stands())
    }

    pub fn state(&self) -> &'static str {
        let mut state = "suspected";
        for step in &self.steps {
            state = match kind(step) {
                "investigation_notice" => "investigation",
                "found" => "found",
                "disposal_chosen" => "disposal_chosen",
                "carried_out" | "decided" => "under_way",
                "remedy_ended" if step["revoked"] == true => "disposal_chosen",
                "cleared" => "cleared",
                "closed" => "closed",
                "annulled" => "annulled",
                _ => state,
            };
        }
        state
    }

    pub fn has_ended(&self) -> bool {
        ["cleared", "closed", "annulled"].contains(&self.state())
    }

    fn is_mortgaged(&self, on: NaiveDate) -> bool {
        self.land.mortgaged_from.is_some_and(|from| from <= on)
    }

    /// Whether a step may be taken.
    pub fn allows(&self, step: &Value) -> bool {
        let (kind, on) = (kind(step), on(step));
        if self.has_ended() || on > self.today || on < self.land.opened_on {
            return false;
        }
        if self.is_held() != (kind == "lifted") && (kind == "lifted" || !WHILE_HELD.contains(&kind)) {
            return false;
        }
        if kind == "served" {
            return self.allows_service(step);
        }
        let Some((_, needs, ways)) = TABLE.iter().find(|(known, ..)| *known == kind) else { return false };
        let by = |step: Option<&Value>| step.is_some_and(|step| self::on(step) <= on);
        let done = needs.iter().all(|need| match need {
            Ever(wanted) => by(self.last(wanted)),
            Here(wanted) => by(self.here(wanted)),
            Served(paper) => self.served(paper).is_some_and(|served| served <= on),
        });
        let on_way = ways.is_empty() || self.way().is_some_and(|way| ways.contains(&way));
        done && on_way && self.allows_kind(step)
    }

    /// What the table cannot say.
    fn allows_kind(&self, step: &Value) -> bool {
        let on = on(step);
        let never = |wanted: &str| self.last(wanted).is_none();
        let not_here = |wanted: &str| self.here(wanted).is_none();
        let after = |last: NaiveDate| on > last;
        let told = || !self.is_mortgaged(on) || self.last("mortgagee_told").is_some_and(|told| self::on(told) <= on);
        match kind(step) {
            "investigation_notice" => never("investigation_notice"),
            "inspected" | "cleared" => never("found"),
            "found" => {
                let answered = self.last("answered").is_some();
                let waited = || after(self.ends(self.served("investigation_notice").unwrap(), 30));
                never("found") && (answered || waited()) && on >= self.land.idle_from
            }
            "disposal_chosen" => self.allows_way(step["way"].as_str().unwrap(), on),
            "plan_approved" => told(),
            "carried_out" => not_here("carried_out") && self.members_fit(step),
            "hearing_requested" => !after(working_days(self.served("hearing_rights").unwrap(), 5)),
            "legal_reviewed" => match self.here("hearing_requested") {
                Some(_) => self.here("hearing_held").is_some_and(|held| self::on(held) <= on),
                None => after(working_days(self.served("hearing_rights").unwrap(), 5)),
            },
            "decided" => {
                not_here("decided") && told() && self.own_cause(self.way().unwrap(), on) && self.members_fit(step)
            }
            "paid" => not_here("paid") && step["amount"] == self.decision().unwrap()["amount"],
            "remedy_filed" => {
                let served = self.served("decision").unwrap();
                let last = match (step["remedy"].as_str().unwrap(), self.remedy_ended()) {
                    ("review", _) => rolled(served + Days::new(60)),
                    (_, Some(("review", ended))) => rolled(ended + Days::new(15)),
                    _ => months(served, 6),
                };
                !self.remedy_runs() && !after(last)
            }
            "remedy_ended" => self.remedy_runs(),
            "urged" => after(self.ends(self.served("decision").unwrap(), 30)),
            "court_applied" => {
                let in_time = self.remedies_end().is_none_or(|end| after(end) && !after(months(end, 3)));
                !self.remedy_runs() && in_time && after(self.ends(self.served("urging").unwrap(), 10))
            }
            "registration_cancelled" => {
                let announced = step["manner"] == "public";
                let over = || {
                    after(self.ends(self.served("recovery_decision").unwrap(), 30))
                        && !self.remedy_runs()
                        && self.remedies_end().is_none_or(after)
                };
                not_here("registration_cancelled") && (!announced || over())
            }
            "resumed" | "annulled" => self.stands() != "recovered",
            "closed" => self.may_close(on),
            _ => true,
        }
    }

    fn allows_service(&self, step: &Value) -> bool {
        let on = on(step);
        let issued = match step["paper"].as_str().unwrap() {
            "investigation_notice" => self.last("investigation_notice"),
            "finding" => self.last("found"),
            "situation" | "hearing_rights" => self.here("informed"),
            "urging" => self.here("urged"),
            "fee_decision" => self.decision().filter(|_| self.way() == Some("fee")),
            _ => self.decision().filter(|_| self.way() == Some("free_recovery")),
        };
        let scans = step["document"]["attachments"].as_array().map_or(0, Vec::len);
        scans > 0 && issued.is_some_and(|issued| self::on(issued) <= on)
    }

    fn allows_way(&self, way: &str, on: NaiveDate) -> bool {
        let by = |wanted: &str| self.last(wanted).is_some_and(|step| self::on(step) <= on);
        let cause = self.cause().unwrap();
        let open = !self.remedy_runs() && self.stands() == "idle";
        let fits = if DECIDED.contains(&way) {
            self.own_cause(way, on)
        } else {
            let told = !["government", "mixed"].contains(&cause) || by("department_notified");
            by("filed") && told && (cause != "own" || self.land.stopped)
        };
        open && fits
    }

    /// Fee and recovery answer own cause that lasted long enough, of land that was never started.
    fn own_cause(&self, way: &str, on: NaiveDate) -> bool {
        let from = if way == "fee" { self.land.fee_from } else { self.land.recovery_from };
        ["own", "mixed"].contains(&self.cause().unwrap()) && !self.land.stopped && on >= from
    }

    fn members_fit(&self, step: &Value) -> bool {
        let on = on(step);
        let start = day(&step["new_start"]);
        let until = day(&step["until"]);
        match self.way().unwrap() {
            "extension" => until.is_none() && start.is_some_and(|start| start <= on + Months::new(12)),
            "change" | "exchange" => until.is_none(),
            "temporary_use" => start.is_none() && until.is_some_and(|until| until <= on + Months::new(24)),
            "fee" => step["area_m2"].is_null() && !step["amount"].is_null() && self.fee_fits(&step["amount"]),
            "free_recovery" => step["amount"].is_null() && step["area_m2"] == self.land.area,
            _ => start.is_none() && until.is_none(),
        }
    }

    fn fee_fits(&self, amount: &Value) -> bool {
        self.land.fee.is_none_or(|fee| amount == fee)
    }

    fn may_close(&self, on: NaiveDate) -> bool {
        let here = |wanted: &str| self.here(wanted).is_some_and(|step| self::on(step) <= on);
        let ended = match self.way().unwrap() {
            "fee" | "extension" | "change" | "temporary_use" => here("resumed"),
            "free_recovery" => {
                let served = self.served("recovery_decision").is_some_and(|served| served <= on);
                here("registration_cancelled") && served && self.remedies_end().is_none_or(|end| on > end)
            }
            _ => here("carried_out") && self.stands() != "idle",
        };
        !self.remedy_runs() && ended
    }

    /// Whether the step at a place may be taken back: nothing after it rests on it.
    pub fn may_void(&self, at: usize) -> bool {
        (at + 1..self.steps.len()).all(|later| {
            let with = Self { steps: self.steps[..later].to_vec(), ..self.clone() };
            let mut without = with.clone();
            without.steps.remove(at);
            let step = &self.steps[later];
            without.allows(step) && without.moves(step) == with.moves(step)
        })
    }
}

fn moved(step: &str, way: Option<&str>, stands: &str) -> Option<&'static str> {
    match (step, stands, way) {
        ("found", "supplied", _) => Some("idle"),
        ("resumed" | "annulled", "idle", _) => Some("supplied"),
        ("carried_out", "idle", Some("extension" | "change")) => Some("supplied"),
        ("carried_out", "idle", Some("paid_recovery" | "exchange")) => Some("recovered"),
        ("registration_cancelled", "idle", _) => Some("recovered"),
        _ => None,
    }
}

// --- Days ---

/// Whether offices work: by the list, and by plain weeks outside it.
fn works(day: NaiveDate) -> bool {
    static LIST: std::sync::OnceLock<BTreeMap<String, String>> = std::sync::OnceLock::new();
    let list = LIST.get_or_init(|| {
        let lines = include_str!("../../fixtures/calendar/working_days.csv").lines().skip(1);
        lines.filter_map(|line| line.split_once(',')).map(|(month, days)| (month.into(), days.into())).collect()
    });
    let known = list.get(&day.format("%Y-%m").to_string());
    known.map_or(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun), |days| {
        days.as_bytes()[day.day0() as usize] == b'1'
    })
}

/// The day, or the next working day (民法典 art. 203).
pub fn rolled(mut day: NaiveDate) -> NaiveDate {
    while !works(day) {
        day = day + Days::new(1);
    }
    day
}

fn months(begins: NaiveDate, months: u32) -> NaiveDate {
    rolled(begins + Months::new(months))
}

fn working_days(begins: NaiveDate, count: u32) -> NaiveDate {
    let mut day = begins;
    for _ in 0..count {
        day = rolled(day + Days::new(1));
    }
    day
}
