//! 一地一策: what is to be done with a plot that is not supplied, by when and by whom, and what was done each month.
//!
//! Why it is not supplied (未供原因) is a dated attribute of the plot itself, as balances are grouped by it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::input::{FieldError, Input, Line, NonNegative, Reader, input, vocabulary, word};
use crate::domain::quantity::AreaM2;
use crate::domain::record::Reference;
use crate::domain::region::UserId;
use crate::domain::rules::supply::net_land::{NetLandEntry, NetLandItem};
use crate::domain::text::{Text, text};

vocabulary! {
    /// 拟处置措施 — what is intended with a plot.
    pub enum Measure {
        Supply = "supply" "供应",
        Formalities = "formalities" "补办供地手续",
        Compensate = "compensate" "落实征地补偿",
        Clear = "clear" "消除文物、压覆、管线等制约",
        Adjust = "adjust" "调整规划或位置",
        WriteOff = "write_off" "核减或撤回批文",
        NoSupplyNeeded = "no_supply_needed" "按无需供应处理",
        Correct = "correct" "更正数据",
        Other = "other" "其他",
    }
}

input! {
    /// 一地一策 — state, intended measure, deadline and responsible unit and person of a plot that is not supplied
    #[derive(PartialEq, Eq, Serialize)]
    #[schema(example = json!({
        "present_state": "空地,已平整", "measure": "supply", "measure_note": "拟挂牌出让", "due_on": "2026-12-31",
        "unit": "大隗镇人民政府", "expropriated_m2": "18317.35",
        "net_land": [{"item": "compensation_done", "state": "met", "document": "补偿兑付证明〔2026〕5号", "dated": "2026-05-20"}]
    }))]
    pub struct PlotMeasure {
        /// 土地现状
        pub present_state: Option<Line<500>>,
        /// 已征面积,平方米
        pub expropriated_m2: Option<NonNegative<AreaM2>>,
        /// 拟处置措施
        pub measure: Option<Measure>,
        /// 措施说明
        pub measure_note: Option<Line<500>>,
        /// 计划完成时限
        pub due_on: Option<NaiveDate>,
        /// 责任单位
        pub unit: Option<Line<100>>,
        /// 责任人 — a user of this service, who finds it on the worklist
        pub person: Option<UserId>,
        /// 责任人姓名 — of somebody without an account; kept in no journal, and gone once it is left out
        #[serde(skip_serializing)]
        pub contact: Option<Line<50>>,
        /// 净地条件 — each item at most once
        #[schema(max_items = 9)]
        pub net_land: Option<Vec<NetLandEntry>>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
    check(measure, reader) {
        measure.check(reader);
    }
}

impl PlotMeasure {
    /// What a plot has before anybody wrote anything.
    pub const EMPTY: Self = Self {
        present_state: None,
        expropriated_m2: None,
        measure: None,
        measure_note: None,
        due_on: None,
        unit: None,
        person: None,
        contact: None,
        net_land: None,
        remark: None,
    };

    pub fn net_land(&self) -> &[NetLandEntry] {
        self.net_land.as_deref().unwrap_or_default()
    }

    fn check(&self, reader: &mut Reader) {
        let mut seen: Vec<NetLandItem> = Vec::new();
        for (index, NetLandEntry { item, .. }) in self.net_land().iter().enumerate() {
            if seen.contains(item) {
                let message = text!("“{item:#}”重复出现,请只保留一个", "{item} is given more than once; keep one");
                reader.within("net_land", |reader| {
                    reader.within(&index.to_string(), |reader| reader.fault_at("item", Some(item.as_str()), message));
                });
            }
            seen.push(*item);
        }
    }
}

/// 月份 — a month, such as 2026-11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", example = "2026-11")]
pub struct Month(NaiveDate);

impl Month {
    /// The month a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).expect("every month has a first day"))
    }

    pub const fn first_day(self) -> NaiveDate {
        self.0
    }
}

impl FromStr for Month {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        crate::domain::input::day(&format!("{text}-01"))
            .map(Self)
            .map_err(|_| text!("“{text}”不是月份;请写成 2026-01", "{text:?} is not a month; write it as 2026-01"))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Input<'de> for Month {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        word(raw, reader)
    }
}

input! {
    /// 月度进展 — what was done about a plot in a month
    #[derive(PartialEq, Eq)]
    pub struct ProgressRow {
        /// 地块 — id, or 地块编号
        pub plot: Reference,
        /// 月份 — not in the future
        pub month: Month,
        /// 工作进展
        pub done: Line<1000>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
}

/// A row that was read by itself: its faults are its own, and its neighbours are none the worse for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried<T>(pub Result<T, Vec<FieldError>>);

impl<'de, T: Input<'de>> Input<'de> for Tried<T> {
    fn read(raw: &'de RawValue, _: &mut Reader) -> Option<Self> {
        let mut own = Reader::default();
        let read = T::read(raw, &mut own);
        Some(Self(match read {
            Some(value) if own.is_clean() => Ok(value),
            _ => Err(own.into_faults()),
        }))
    }
}

/// Rows of progress in one request.
pub const PROGRESS_ROWS_MAX: usize = 5000;

input! {
    /// 月度进展表 — rows of progress, as they come back from the townships
    #[schema(example = json!({"rows": [
        {"plot": 410_183_000_000_001_i64, "month": "2026-10", "done": "补偿款已兑付八成"},
        {"plot": "2024-118-02", "month": "2026-10", "done": "已上报核减", "remark": "待批复"}
    ]}))]
    pub struct ProgressSheet {
        /// 各行
        #[schema(value_type = Vec<ProgressRow>, max_items = 5000)]
        pub rows: Vec<Tried<ProgressRow>>,
    }
    check(sheet, reader) {
        let given = sheet.rows.len();
        if given > PROGRESS_ROWS_MAX {
            let message = text!("共 {given} 行,至多 {PROGRESS_ROWS_MAX} 行;请分批提交", "{given} rows; {PROGRESS_ROWS_MAX} at most, send them in parts");
            reader.fault_at("rows", None, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;

    #[test]
    fn a_month_is_written_with_its_year() {
        assert_eq!("2026-02".parse::<Month>().unwrap().to_string(), "2026-02");
        for wrong in ["2026-13", "2026-2", "2026", "1900-01", "", "2026-01-01"] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
        let day = "2026-02-28".parse().unwrap();
        assert_eq!(Month::of(day), "2026-02".parse().unwrap());
    }

    #[test]
    fn a_bad_row_leaves_the_others_alone() {
        let sheet = br#"{"rows":[{"plot":1,"month":"2026-10","done":"x"},{"plot":1,"month":"10","more":1},7]}"#;
        let sheet = read::<ProgressSheet>(sheet).unwrap();
        assert!(sheet.rows[0].0.is_ok());
        let pointers = |at: usize| -> Vec<String> {
            let faults: &Vec<FieldError> = sheet.rows[at].0.as_ref().unwrap_err();
            faults.iter().map(|fault| fault.pointer.clone()).collect()
        };
        assert_eq!(pointers(1), ["/month", "/done", "/more"]);
        assert_eq!(pointers(2), [""]);
    }

    #[test]
    fn an_item_of_net_land_is_given_once() {
        let item = r#"{"item":"soil","state":"met"}"#;
        let faults = read::<PlotMeasure>(format!(r#"{{"net_land":[{item},{item}]}}"#).as_bytes()).unwrap_err();
        assert_eq!(faults[0].pointer, "/net_land/1/item");
    }
}
