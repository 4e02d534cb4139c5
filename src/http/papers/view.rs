//! What papers look like over HTTP.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::papers::{Issue, PaperFile, PaperForm, Register, Scan, StoredPaper, TakenNumber, Voided};
use crate::domain::idle_case::step::StepKind;
use crate::domain::input::FieldError;
use crate::domain::instant::Instant;
use crate::domain::ledger::voucher::Digest;
use crate::domain::paper::compose::{FormLine, Typed};
use crate::domain::paper::field::{FieldForm, FieldSource, Form};
use crate::domain::paper::number::{NumberState, OfficialNumber, RegisterLine, WordOfNumber};
use crate::domain::paper::settings::PaperSettingsBody;
use crate::domain::paper::{PaperKind, PaperState};
use crate::domain::region::{County, UserId};
use crate::domain::text::Text;

/// 文书 — a paper of a case
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperSummary {
    /// 编号
    #[schema(minimum = 1)]
    pub id: i64,
    /// 版本 — also the ETag
    #[schema(minimum = 1)]
    pub version: i64,
    /// 案件
    #[schema(minimum = 1)]
    pub case: i64,
    /// 文书种类
    pub kind: PaperKind,
    /// 名称
    pub title: &'static str,
    /// 状态
    pub state: PaperState,
    /// 文号 — of a registered one that has a number
    pub number: Option<String>,
    /// 成文日期 — of a registered one
    pub issued_on: Option<NaiveDate>,
    /// 记载的案件步骤
    pub step: Option<StepKind>,
    /// 拟稿人
    pub drafter: UserId,
    /// 登记人
    pub registrar: Option<UserId>,
    /// 拟稿时刻
    pub created_at: Instant,
    /// 最近变动时刻
    pub changed_at: Instant,
    /// Word 文件摘要 — an attachment
    #[schema(value_type = Option<Digest>)]
    pub docx_sha256: Option<String>,
    /// 网页文件摘要 — an attachment
    #[schema(value_type = Option<Digest>)]
    pub html_sha256: Option<String>,
}

/// 签章扫描件
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperScan {
    /// 附件摘要
    #[schema(value_type = Digest)]
    pub sha256: String,
    /// 关联时刻
    pub recorded_at: Instant,
    /// 关联人
    pub recorded_by: UserId,
}

/// 文书作废
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperVoid {
    /// 作废理由
    pub reason: String,
    /// 作废时刻
    pub voided_at: Instant,
    /// 作废人
    pub voided_by: UserId,
}

/// 文书及其内容
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperView {
    pub paper: PaperSummary,
    /// 作废 — of a void one, with its number or without one
    pub void: Option<PaperVoid>,
    /// 填写内容
    pub values: Typed,
    /// 草稿摘要 — of what a complete draft shows; it is named when the draft is registered
    #[schema(value_type = Option<Digest>)]
    pub digest: Option<String>,
    /// 尚缺或有误 — of a draft
    pub faults: Vec<FieldError>,
    /// 签章扫描件 — the first first
    pub scans: Vec<PaperScan>,
}

/// 文书列表
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperList {
    pub items: Vec<PaperSummary>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<String>,
}

/// 选项
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldChoice {
    /// 代码
    pub code: &'static str,
    /// 名称
    pub zh: &'static str,
}

/// 文书字段 — one field of a paper's form
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperField {
    /// 字段名
    #[schema(example = "issued_on")]
    pub name: &'static str,
    /// 名称
    pub title: Text,
    /// 形式
    pub form: FieldForm,
    /// 选项 — of a field that takes one of some words
    pub choices: Vec<FieldChoice>,
    /// 来源
    pub source: FieldSource,
    /// 是否必填
    pub is_required: bool,
    /// 档案中的值
    pub known: Option<String>,
    /// 文书上的写法 — of the value in the record
    pub shown: Option<String>,
    /// 是否可在此填写
    pub may_be_typed: bool,
}

/// 文书填写单
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperFormView {
    /// 文书种类
    pub kind: PaperKind,
    /// 名称
    pub title: &'static str,
    pub fields: Vec<PaperField>,
    /// 尚缺
    pub faults: Vec<FieldError>,
}

/// 文书设置及版本
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperSettingsView {
    /// 县级行政区划代码
    pub county: County,
    /// 版本 — also the ETag; 0 before they are made
    #[schema(minimum = 0)]
    pub version: i64,
    /// 设置
    pub settings: Option<PaperSettingsBody>,
}

/// 文号登记簿的一行 — a number, or a run of numbers that are not there
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperNumberLine {
    /// 起号
    #[schema(minimum = 1)]
    pub from: i64,
    /// 止号
    #[schema(minimum = 1)]
    pub to: i64,
    /// 文号 — none for a run
    pub number: Option<String>,
    /// 状态
    pub state: NumberState,
    /// 文书 — none if the number was spoiled before a paper had it
    pub paper: Option<i64>,
    /// 文书种类
    pub kind: Option<PaperKind>,
    /// 案件
    pub case: Option<i64>,
    /// 登记时刻
    pub recorded_at: Option<Instant>,
    /// 登记人
    pub recorded_by: Option<UserId>,
    /// 作废理由
    pub reason: Option<String>,
    /// 作废时刻
    pub voided_at: Option<Instant>,
    /// 作废人
    pub voided_by: Option<UserId>,
}

/// 文号登记簿
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperNumberList {
    pub items: Vec<PaperNumberLine>,
    /// 下一页 — the `after` of the next page; none at the end
    pub next: Option<i64>,
}

/// 登记簿 — one 代字 in one year
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperRegister {
    /// 机关代字
    pub word: WordOfNumber,
    /// 年份
    pub year: i64,
    /// 最大号
    #[schema(minimum = 1)]
    pub last: i64,
    /// 已用号数 — void ones among them
    #[schema(minimum = 0)]
    pub taken: i64,
    /// 作废号数
    #[schema(minimum = 0)]
    pub void: i64,
    /// 空号数
    #[schema(minimum = 0)]
    pub missing: i64,
}

/// 登记簿列表
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperRegisterList {
    pub items: Vec<PaperRegister>,
}

impl From<(StoredPaper, Option<Issue>)> for PaperSummary {
    fn from((paper, issue): (StoredPaper, Option<Issue>)) -> Self {
        let step = issue.as_ref().and_then(|issue| issue.step).or(paper.kind.layout().step);
        Self {
            id: paper.id,
            version: paper.version,
            case: paper.case,
            kind: paper.kind,
            title: paper.kind.layout().title,
            state: paper.state,
            number: issue.as_ref().and_then(|issue| issue.number.as_ref()).map(ToString::to_string),
            issued_on: issue.as_ref().and_then(|issue| issue.issued_on),
            step,
            drafter: paper.drafter,
            registrar: issue.as_ref().map(|issue| issue.issued_by),
            created_at: Instant(paper.created_at),
            changed_at: Instant(paper.changed_at),
            docx_sha256: issue.as_ref().map(|issue| issue.docx_sha256.clone()),
            html_sha256: issue.map(|issue| issue.html_sha256),
        }
    }
}

impl From<PaperFile> for PaperView {
    fn from(file: PaperFile) -> Self {
        let scan = |Scan { sha256, recorded_at, recorded_by }| PaperScan {
            sha256,
            recorded_at: Instant(recorded_at),
            recorded_by,
        };
        let void = |Voided { reason, at, by }| PaperVoid { reason, voided_at: Instant(at), voided_by: by };
        Self {
            void: file.void.map(void),
            paper: (file.paper, file.issue).into(),
            values: file.typed,
            digest: file.digest,
            faults: file.faults,
            scans: file.scans.into_iter().map(scan).collect(),
        }
    }
}

impl From<FormLine> for PaperField {
    fn from(line: FormLine) -> Self {
        let FormLine { field, is_required, known, may_be_typed } = line;
        let choices = match field.form {
            Form::Word(words) => words.iter().map(|&(code, zh)| FieldChoice { code, zh }).collect(),
            _ => Vec::new(),
        };
        Self {
            name: field.name,
            title: Text::fixed(field.zh, field.en),
            form: field.form.name(),
            choices,
            source: field.source,
            is_required,
            known: known.as_ref().map(|value| value.in_json()),
            shown: known.map(|value| value.in_full()),
            may_be_typed,
        }
    }
}

impl PaperFormView {
    pub fn of(kind: PaperKind, form: PaperForm) -> Self {
        let fields = form.lines.into_iter().map(Into::into).collect();
        Self { kind, title: kind.layout().title, fields, faults: form.faults }
    }
}

impl PaperNumberLine {
    pub fn of(word: &WordOfNumber, year: i64, line: RegisterLine<(TakenNumber, Option<StoredPaper>)>) -> Self {
        let RegisterLine { from, to, entry } = line;
        let (taken, paper) = entry.unzip();
        let paper = paper.flatten();
        let void = taken.as_ref().and_then(|taken| taken.void.as_ref());
        let state = match (&taken, void) {
            (None, _) => NumberState::Missing,
            (Some(_), Some(_)) => NumberState::Void,
            (Some(_), None) => NumberState::Used,
        };
        let shown = |taken: &TakenNumber| OfficialNumber { word: word.clone(), year, n: taken.n }.to_string();
        Self {
            from,
            to,
            number: taken.as_ref().map(shown),
            state,
            paper: taken.as_ref().and_then(|taken| taken.paper),
            kind: paper.as_ref().map(|paper| paper.kind),
            case: paper.map(|paper| paper.case),
            recorded_at: taken.as_ref().map(|taken| Instant(taken.recorded_at)),
            recorded_by: taken.as_ref().map(|taken| taken.recorded_by),
            reason: void.map(|void| void.reason.clone()),
            voided_at: void.map(|void| Instant(void.at)),
            voided_by: void.map(|void| void.by),
        }
    }
}

impl From<Register> for PaperRegister {
    fn from(of: Register) -> Self {
        Self {
            missing: of.last - of.taken,
            word: of.word,
            year: of.year,
            last: of.last,
            taken: of.taken,
            void: of.void,
        }
    }
}
