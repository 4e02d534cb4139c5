//! Many calculations, each a line of its own (NDJSON): `{"id": 7, "kind": "flexible_price", …}` with the members of that
//! calculation's body, answered by a line with the very answer that the calculation gives alone.

use std::borrow::Cow;
use std::io;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::error::Category;
use serde_json::value::RawValue;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::input::{Fields, Input, Members, Reader, vocabulary};
use crate::domain::policy::Policy;
use crate::domain::rules::calculation::{
    Detail, Refusal, bond_price, cost_floor, flexible_price, floor_area, idle_land, lease_then_transfer_price,
    long_lease_price, mixed_lease_transfer_price, national_minimum, net_land, payment_schedule, price_base,
    price_comparison, term,
};
use crate::domain::text::{Text, text};

/// Longest id, as it stands in JSON.
const ID_MAX: usize = 200;

/// Declares the calculations a line may ask for: the word, the Chinese term, and the module that calculates.
macro_rules! kinds {
    ($($variant:ident = $word:tt $zh:tt, $module:ident $body:ident;)*) => {
        vocabulary!(
            /// 测算种类 — which calculation a line asks for.
            pub enum CalculationKind { $( $variant = $word $zh ),* }
        );

        impl CalculationKind {
            /// The members of its body.
            #[cfg(test)]
            fn names(self) -> &'static [&'static str] {
                match self {
                    $( Self::$variant => <$module::$body as Fields<'static>>::NAMES, )*
                }
            }

            fn calculate(self, line: Asked<'_>, by: &By<'_>, out: &mut Vec<u8>) -> Result<(), Refusal> {
                match self {
                    $( Self::$variant => line.calculate(
                        |body: &$module::$body| $module::calculate(body, by.policy, by.today, by.detail), out,
                    ), )*
                }
            }
        }
    };
}
kinds! {
    Term = "term" "供地方式与年限核验", term TermBody;
    FlexiblePrice = "flexible_price" "弹性年期出让价格标底", flexible_price FlexiblePriceBody;
    LeaseThenTransferPrice = "lease_then_transfer_price" "先租后让租金标准与出让价", lease_then_transfer_price LeaseThenTransferPriceBody;
    LongLeasePrice = "long_lease_price" "长期租赁租金", long_lease_price LongLeasePriceBody;
    MixedLeaseTransferPrice = "mixed_lease_transfer_price" "租让结合价格", mixed_lease_transfer_price MixedLeaseTransferPriceBody;
    CostFloor = "cost_floor" "成本价核验", cost_floor CostFloorBody;
    NationalMinimum = "national_minimum" "全国最低价标准核验", national_minimum NationalMinimumBody;
    PriceComparison = "price_comparison" "供应方式比较", price_comparison PriceComparisonBody;
    PriceBase = "price_base" "价格标底核验", price_base PriceBaseTerms;
    PaymentSchedule = "payment_schedule" "分期付款与违约金", payment_schedule PaymentScheduleBody;
    NetLand = "net_land" "净地核对", net_land NetLandBody;
    FloorArea = "floor_area" "主导用途与配套面积核验", floor_area FloorAreaBody;
    IdleLand = "idle_land" "闲置土地核对", idle_land IdleLandBody;
    BondPrice = "bond_price" "专项债收回收购价格核对", bond_price BondPriceBody;
}

/// What all lines are calculated by.
#[derive(Debug, Clone, Copy)]
pub struct By<'p> {
    pub policy: &'p Policy,
    /// The day of lines that name none.
    pub today: NaiveDate,
    pub detail: Detail,
}

/// Why a line has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It cannot be read at all.
    NotJson(Text),
    Refused(Refusal),
}

/// A line without an answer, with the id it gave if that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    pub id: Option<Id>,
    pub wrong: Wrong,
}

/// 编号 — the caller's name for a line: a string or a whole number, given back as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(String);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl PartialSchema for Id {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Integer]))
            .description(Some("编号 — the caller's name for the line: a string or a whole number"))
            .into()
    }
}

impl ToSchema for Id {
    fn name() -> Cow<'static, str> {
        "BatchId".into()
    }
}

/// An id as it stands in the line.
struct GivenId<'l>(&'l str);

impl<'l> Input<'l> for GivenId<'l> {
    fn read(raw: &'l RawValue, reader: &mut Reader) -> Option<Self> {
        let text = raw.get();
        let is_whole = || {
            let digits = text.strip_prefix('-').unwrap_or(text);
            !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
        };
        if text.len() <= ID_MAX && (text.starts_with('"') || is_whole()) {
            return Some(Self(text));
        }
        let message = text!(
            "编号应为字符串或整数,至多 {ID_MAX} 字节",
            "an id is a string or a whole number of at most {ID_MAX} bytes"
        );
        reader.fault(Some(text), message);
        None
    }
}

/// The members of a line that belong to its calculation.
struct Asked<'l> {
    number: u64,
    id: Option<&'l str>,
    kind: CalculationKind,
    members: Members<'l>,
    reader: Reader,
}

/// Calculates a line and writes its answer, a line too, behind `out`; of a bad line nothing is written.
pub fn calculate(line: &[u8], number: u64, by: &By<'_>, out: &mut Vec<u8>) -> Result<(), BadLine> {
    let mut members = members(line).map_err(|wrong| BadLine { id: None, wrong })?;
    let mut reader = Reader::default();
    let id = members.take::<Option<GivenId<'_>>>("id", &mut reader).flatten().map(|id| id.0);
    let bad = |wrong| BadLine { id: id.map(|id| Id(id.to_owned())), wrong };
    let Some(kind) = members.take::<CalculationKind>("kind", &mut reader) else {
        return Err(bad(Wrong::Refused(Refusal::Fields(reader.into_faults()))));
    };
    let asked = Asked { number, id, kind, members, reader };
    kind.calculate(asked, by, out).map_err(|refusal| bad(Wrong::Refused(refusal)))
}

fn members(line: &[u8]) -> Result<Members<'_>, Wrong> {
    let text = std::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to();
        Wrong::NotJson(text!("第 {at} 字节起不是 UTF-8", "not UTF-8 from byte {at} on"))
    })?;
    serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Data => {
            let mut reader = Reader::default();
            reader.fault(Some(text), Text::fixed("每行应为一个 JSON 对象 {…}", "each line is one JSON object {…}"));
            Wrong::Refused(Refusal::Fields(reader.into_faults()))
        }
        Category::Syntax | Category::Eof | Category::Io => {
            let column = error.column();
            Wrong::NotJson(text!("第 {column} 列起不是合法 JSON:{error}", "not JSON from column {column} on: {error}"))
        }
    })
}

impl<'l> Asked<'l> {
    fn calculate<B: Fields<'l>, A: Serialize>(
        mut self,
        calculate: impl FnOnce(&B) -> Result<A, Refusal>,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let body = B::read_fields(&mut self.members, &mut self.reader);
        self.members.finish(B::NAMES, &mut self.reader);
        let body = body.filter(|_| self.reader.is_clean());
        let Some(body) = body else { return Err(Refusal::Fields(self.reader.into_faults())) };
        let answer = calculate(&body)?;
        write(self.number, self.id, self.kind, &answer, out).expect("an answer is written to memory as JSON");
        Ok(())
    }
}

fn write<A: Serialize>(
    number: u64,
    id: Option<&str>,
    kind: CalculationKind,
    answer: &A,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    use std::io::Write as _;
    write!(out, "{{\"line\":{number},")?;
    if let Some(id) = id {
        write!(out, "\"id\":{id},")?;
    }
    write!(out, "\"kind\":\"{kind}\",\"answer\":")?;
    serde_json::to_writer(&mut *out, answer)?;
    out.extend_from_slice(b"}\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::CalculationKind;

    #[test]
    fn no_body_has_a_member_that_a_line_has_for_itself() {
        for kind in CalculationKind::ALL {
            for own in ["id", "kind"] {
                assert!(!kind.names().contains(&own), "{kind}: {own}");
            }
        }
    }
}
