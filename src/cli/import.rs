//! `dizhang import`: the plots of a file, however large, as a named clerk and with a bar for those who wait.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::clock::SystemClock;
use crate::app::error::AppError;
use crate::app::plots::{Defaults, Entered, FileKind, FileLimits, Import as Wish, ImportReport, Progress, Watch};
use crate::cli::user::told;
use crate::cli::{CliError, Database, county, open};
use crate::domain::input::{FieldError, Line};
use crate::domain::ledger::kind::Role;
use crate::domain::plot::Origin;
use crate::domain::record::CODE_MAX;
use crate::domain::region::County;
use crate::domain::text::Text;
use crate::formats::sheet::BookKind;
use crate::formats::sniff::sniff;
use crate::http::plots::import::{PlotImportReport, reference};

/// Bytes that tell the format of a file.
const HEAD: u64 = 4096;

#[derive(Debug, Args)]
pub struct Import {
    /// 文件:GeoJSON、界址点坐标 TXT、Shapefile 压缩包、Excel 或 CSV / GeoJSON, boundary points (TXT), a zipped Shapefile, XLSX, ODS or CSV
    file: PathBuf,
    #[command(flatten)]
    database: Database,
    /// 县代码 / county
    #[arg(long, value_parser = county)]
    county: County,
    /// 经办人登录名,须为该县经办 / login of the clerk who enters them
    #[arg(long = "as")]
    login: String,
    /// 用地批文编号或文号,用于未写明来源的行 / approval, by id or number, of rows that name neither approval nor origin
    #[arg(long, value_parser = line)]
    approval: Option<String>,
    /// 来源,用于未写明来源的行 / origin of rows that name neither approval nor origin
    #[arg(long, value_parser = origin, conflicts_with = "approval")]
    origin: Option<Origin>,
    /// 导入即入账:审批人的令牌所在文件;各批文的地块随导入记入台账,经办、审批两人署名 / enter the plots of approvals on the
    /// books at once: the file that holds the API token of the approver who stands behind it
    #[arg(long, value_name = "FILE")]
    approver_token: Option<PathBuf>,
    /// 工作簿中的工作表名 / the sheet of a workbook
    #[arg(long)]
    sheet: Option<String>,
    /// 试运行,不写入 / write nothing, say what would happen
    #[arg(long)]
    dry_run: bool,
    /// 有误的行略过,其余写入 / take the good rows although others are bad
    #[arg(long)]
    partial: bool,
    /// 以 JSON 输出报告 / print the report as JSON
    #[arg(long)]
    json: bool,
}

fn line(text: &str) -> Result<String, String> {
    Line::<CODE_MAX>::new(text).map(Line::into_string).map_err(|text| both(&text))
}

fn origin(text: &str) -> Result<Origin, String> {
    text.parse().map_err(|text: Text| both(&text))
}

fn both(text: &Text) -> String {
    format!("{} / {}", text.zh, text.en)
}

impl Import {
    pub fn run(self) -> Result<ExitCode, CliError> {
        let mut file = File::open(&self.file).map_err(|error| format!("{}: {error}", self.file.display()))?;
        let mut head = Vec::new();
        std::io::Read::by_ref(&mut file).take(HEAD).read_to_end(&mut head)?;
        // The contents do not tell a table from a list of points.
        let is_csv = self.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        let kind = if is_csv { Some(FileKind::Sheet(BookKind::Csv)) } else { FileKind::of(&head) };
        let Some(kind) = kind else {
            return Err(format!("{}: {}", self.file.display(), both(&sniff(&head).name())).into());
        };
        let app = App::new(open(&self.database.database, 4)?, Box::new(SystemClock))?;
        let caller = app.caller_by_login(&self.login).map_err(told)?;
        if !caller.has(Role::Clerk, self.county) {
            let (login, county) = (&self.login, self.county);
            return Err(format!("“{login}”不是 {county} 的经办 / {login:?} is no clerk of {county}").into());
        }
        let approver = self.approver_token.as_deref().map(|path| approver(&app, path)).transpose()?;
        let wish = Wish {
            dry_run: self.dry_run,
            partial: self.partial,
            defaults: Defaults { approval: self.approval.map(reference), origin: self.origin },
            limits: FileLimits::LOCAL,
            brief: true,
            sheet: self.sheet,
            approver,
        };
        let bar = ProgressBar::new(0);
        let watch = watch(bar.clone());
        let outcome = app.import_plots(&caller, self.county, kind, &mut file, &wish, &watch);
        bar.finish_and_clear();
        match outcome {
            Ok(report) => {
                // In a dry run what is bad would refuse the file.
                let refused = report.bad > 0 && !self.partial;
                print(report, self.json);
                Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
            }
            Err(AppError::Fields(faults)) => {
                println!("拒绝,未写入任何内容 / refused, nothing was written");
                faults.iter().for_each(print_fault);
                Ok(ExitCode::FAILURE)
            }
            Err(error) => Err(told(error)),
        }
    }
}

/// The person whose API token a file holds.
fn approver(app: &App, path: &Path) -> Result<Caller, CliError> {
    let token = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let caller = app.caller_by_token(token.trim()).map_err(told)?;
    caller.ok_or_else(|| {
        let path = path.display();
        format!(
            "{path}:其中的令牌无效或已过期,请审批人重新签发 / {path}: the token in it is not valid, or no longer; the approver \
             issues a new one"
        )
        .into()
    })
}

/// Shows how far the reading is, then the writing.
fn watch(bar: ProgressBar) -> Watch {
    let style = |unit: &str| {
        ProgressStyle::with_template(&format!("{{msg}} {{wide_bar}} {unit} {{eta}}"))
            .unwrap_or_else(|_| ProgressStyle::default_bar())
    };
    let (bytes, rows) = (style("{bytes}/{total_bytes}"), style("{pos}/{len}"));
    Arc::new(move |progress| {
        let (message, style, done, of) = match progress {
            Progress::Read { done, of } => ("读取 / reading", &bytes, done, of),
            Progress::Written { done, of } => ("写入 / writing", &rows, done, of),
        };
        if bar.length() != Some(of) || bar.message() != message {
            bar.set_style(style.clone());
            bar.set_message(message);
            bar.set_length(of);
        }
        bar.set_position(done);
    })
}

fn print(report: ImportReport, as_json: bool) {
    if as_json {
        let entered = report.entered.clone();
        let view = Printed { report: PlotImportReport::from(report), entered };
        println!("{}", serde_json::to_string_pretty(&view).expect("a report is a struct of numbers and texts"));
        return;
    }
    let ImportReport { rows, created, unchanged, bad, is_written, warned, repaired, entered, .. } = &report;
    for repair in &report.repairs {
        println!("修复 / repaired{}: [{}] {}", at(repair.line), repair.code, both(&repair.message));
    }
    for row in &report.bad_rows {
        println!("有误 / bad{}: {}", at(row.line), row.code.as_deref().unwrap_or("?"));
        row.faults.iter().for_each(print_fault);
    }
    for row in &report.warnings {
        println!("提示 / warning {}: {}", row.code.as_deref().unwrap_or(""), both(&row.warning.message));
    }
    println!(
        "{rows} 行:新录入 {created},已有 {unchanged},有误 {bad};修复 {repaired} 处,提示 {warned} 处 / \
         {rows} rows: {created} new, {unchanged} there already, {bad} bad; {repaired} repairs, {warned} warnings"
    );
    if let Some(Entered { vouchers, plots, area_m2, left }) = entered {
        let numbers = match vouchers[..] {
            [] => String::new(),
            [one] => format!(" ({one})"),
            [first, .., last] => format!(" ({first}–{last})"),
        };
        println!(
            "入账 {plots} 块,{area_m2} 平方米,凭证 {count} 张{numbers};无批文、未入账 {left} 块 / \
             {plots} plots on the books, {area_m2} m², by {count} vouchers{numbers}; {left} without an approval are not",
            count = vouchers.len()
        );
    }
    println!("{}", if *is_written { "已写入 / written" } else { "未写入 / nothing was written" });
}

/// The report of an import with what went onto the books.
#[derive(Serialize)]
struct Printed {
    #[serde(flatten)]
    report: PlotImportReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    entered: Option<Entered>,
}

fn at(line: Option<usize>) -> String {
    line.map(|line| format!(" {line}")).unwrap_or_default()
}

fn print_fault(fault: &FieldError) {
    let value = fault.value.as_deref().map(|value| format!(" ({value})")).unwrap_or_default();
    println!("  {}{value}: {}", fault.pointer, both(&fault.message));
}
