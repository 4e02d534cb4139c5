//! Whether the catalogues of restricted and prohibited projects leave item 16's methods open.
//!
//! > 列入《限制用地项目目录》和《禁止用地项目目录》的工业项目不适用。
//!
//! "It does not hold for industrial projects that the catalogues of restricted and of prohibited land projects list"
//! (action plan, item 16): both close its methods; a restricted project may still be supplied in the ordinary way, on its
//! conditions. The catalogue is the county's to load. Without it, and where only words tell, the bureau decides.

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::policy::Policy;
use crate::domain::reference::{CatalogueClass, CatalogueRow, CountyTables, Industry};
use crate::domain::rules::law;
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "supply.catalogue",
    title: Text::fixed("限制、禁止用地项目目录", "Catalogues of restricted and prohibited projects"),
    what: Text::fixed(
        "列入限制类、禁止类目录的项目不适用第16条的供应方式;按行业代码和产品、工艺文字与本县载入的目录比对,未载入目录的不予通过",
        "Projects on the catalogues of restricted or prohibited projects are not supplied by item 16's methods; held against the county's catalogue by industry code and by words; without a catalogue nothing passes",
    ),
    citations: &[&law::PLAN_16],
    parameters: &[],
};

#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub industry: &'a Industry,
    /// Products and processes in the words of the enterprise.
    pub products: Option<&'a str>,
    pub tables: &'a CountyTables,
    pub on: NaiveDate,
}

/// How an entry meets a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hit {
    /// By its code, without a condition: listed.
    Listed,
    /// By code with a condition, by a narrower code, or by words: somebody must look.
    Perhaps,
}

pub fn decide(case: &Case<'_>, policy: &Policy) -> Finding {
    let Some((table, rows)) = case.tables.supply_catalogue() else {
        let message = Text::fixed(
            "本县尚未载入限制、禁止用地项目目录,无法比对;由资源规划局审核",
            "the county has not loaded its catalogue of restricted and prohibited projects; the bureau reviews the project",
        );
        return Finding::of(&RULE, policy, case.on, Outcome::NeedsReview, message);
    };
    let closing = || rows.iter().filter(|row| row.class != CatalogueClass::Encouraged);
    let mut hits: Vec<(Hit, &CatalogueRow)> =
        closing().filter_map(|row| Some((hit(row, case.industry, case.products)?, row))).collect();
    // The gravest first: listed before perhaps, prohibited before restricted.
    hits.sort_by_key(|(hit, row)| (*hit, std::cmp::Reverse(row.class)));
    let only_words = closing().any(|row| row.industry_code.is_none());
    let code = &case.industry.code;
    let (outcome, message) = match hits.first() {
        Some((Hit::Listed, row)) => {
            let (class, entry) = (row.class.zh(), row.text.as_str());
            let (rest_zh, rest_en) = match row.class {
                CatalogueClass::Prohibited => ("不得办理用地手续", "no land is supplied for it"),
                _ => (
                    "不适用第16条的供应方式;符合目录条件的,可按一般方式依法申请",
                    "item 16's methods are closed to it; on the catalogue's conditions it may apply in the ordinary way",
                ),
            };
            let word = row.class;
            (
                Outcome::Fail,
                text!(
                    "行业 {code} 列入{class}目录:“{entry}”;{rest_zh}",
                    "industry {code} is on the catalogue as {word}: \"{entry}\"; {rest_en}"
                ),
            )
        }
        Some((Hit::Perhaps, row)) => {
            let (class, word, entry) = (row.class.zh(), row.class, row.text.as_str());
            let condition = row.condition.as_ref().map_or_else(String::new, |line| format!("(条件:{line})"));
            let in_words = row.condition.as_ref().map_or_else(String::new, |line| format!(" (condition: \"{line}\")"));
            (
                Outcome::NeedsReview,
                text!(
                    "可能列入{class}目录:“{entry}”{condition};由资源规划局对照产品、工艺和规模认定",
                    "an entry of the catalogue may speak of it, as {word}: \"{entry}\"{in_words}; the bureau compares products, process and scale"
                ),
            )
        }
        None if only_words && case.products.is_none() => (
            Outcome::NeedsReview,
            Text::fixed(
                "目录中有只按文字列举的条目,请填写主要产品和工艺后再比对",
                "some entries of the catalogue have no code; give the main products and processes to be compared with them",
            ),
        ),
        None => (
            Outcome::Pass,
            text!(
                "行业 {code} 和所填产品、工艺未列入限制类、禁止类目录",
                "industry {code} and the products and processes given are on neither catalogue"
            ),
        ),
    };
    let steps: Vec<Step> = hits
        .iter()
        .take(10)
        .map(|(_, row)| {
            let by = row.industry_code.as_ref().map_or_else(|| "—".to_owned(), ToString::to_string);
            let (class, word, entry) = (row.class.zh(), row.class, row.text.as_str());
            Step::comparison(
                text!("{class}:{entry}", "{word}: \"{entry}\""),
                "code ⊂ entry",
                format!("{code} ⊂ {by}"),
                row.industry_code.as_ref().is_some_and(|entry| case.industry.is_within(entry)),
            )
        })
        .collect();
    let label = Text::fixed("目录条目数", "entries of the catalogue");
    Finding::of(&RULE, policy, case.on, outcome, message)
        .numbers([Number::exact("entries", label, rows.len().to_string(), Unit::Ratio)])
        .workings(steps)
        .resting_on(&table.citation, table.verified)
}

fn hit(row: &CatalogueRow, industry: &Industry, products: Option<&str>) -> Option<Hit> {
    let words = || products.is_some_and(|products| speaks_of(row.text.as_str(), products));
    match &row.industry_code {
        Some(code) if industry.is_within(code) && row.condition.is_none() => Some(Hit::Listed),
        Some(code) if industry.is_within(code) || industry.holds(code) => Some(Hit::Perhaps),
        Some(_) => words().then_some(Hit::Perhaps),
        None => words().then_some(Hit::Perhaps),
    }
}

/// Whether one of the words of the products occurs in the entry, or the entry in them.
fn speaks_of(entry: &str, products: &str) -> bool {
    let separators = |c: char| c.is_whitespace() || "、,,;;。./()()".contains(c);
    let mut words = products.split(separators).filter(|word| word.chars().count() >= 2);
    products.contains(entry) || words.any(|word| entry.contains(word))
}
