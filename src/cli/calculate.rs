//! `dizhang calculate`: lines of JSON in, lines of answers out, as `POST /api/v1/calculations/batch` takes and gives them.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::app::App;
use crate::app::clock::{Clock as _, SystemClock};
use crate::cli::user::told;
use crate::cli::{CliError, Database, county, open};
use crate::domain::region::County;
use crate::domain::rules::calculation::Detail;
use crate::domain::text::{Language, Text};
use crate::formats::ndjson::Lines;
use crate::http::batch::Batch;

/// Bytes that are read at a time.
const PART: usize = 256 << 10;

#[derive(Debug, Args)]
pub struct Calculate {
    /// NDJSON 文件,- 为标准输入 / a file of NDJSON, - for standard input
    file: PathBuf,
    /// 详略:amounts 金额与结论,findings 含判定依据 / amounts, or findings with workings and citations
    #[arg(long, default_value = "amounts", value_parser = detail)]
    detail: Detail,
    /// 县代码,采用该县政策参数 / with this county's own policy values, which the database holds
    #[arg(long, value_parser = county)]
    county: Option<County>,
    #[command(flatten)]
    database: Database,
}

fn detail(text: &str) -> Result<Detail, String> {
    text.parse().map_err(|text: Text| format!("{} / {}", text.zh, text.en))
}

impl Calculate {
    pub fn run(self) -> Result<ExitCode, CliError> {
        let policy = match self.county {
            Some(county) => {
                let app = App::new(open(&self.database.database, 2)?, Box::new(SystemClock))?;
                Some(app.policy(county).map_err(told)?)
            }
            None => None,
        };
        let batch = Batch {
            policy,
            today: SystemClock.today(),
            detail: self.detail,
            language: Language::Zh,
            request_id: String::new(),
        };
        let mut input: Box<dyn Read> = match self.file.to_str() {
            Some("-") => Box::new(io::stdin().lock()),
            _ => Box::new(File::open(&self.file).map_err(|error| format!("{}: {error}", self.file.display()))?),
        };
        let (good, bad) = match calculate(&batch, &mut input, &mut io::stdout().lock()) {
            // Whoever reads the answers has enough of them.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            outcome => outcome?,
        };
        eprintln!("{good} 行已测算,{bad} 行有误 / {good} lines calculated, {bad} bad");
        Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Good and bad lines.
fn calculate(batch: &Batch, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<(u64, u64)> {
    let (mut lines, mut part, mut out) = (Lines::default(), vec![0; PART], Vec::with_capacity(2 * PART));
    let mut counts = (0, 0);
    let mut count = |is_good| if is_good { counts.0 += 1 } else { counts.1 += 1 };
    loop {
        let length = input.read(&mut part)?;
        if length == 0 {
            break;
        }
        lines.push(&part[..length], |line| count(batch.answer(line, &mut out)));
        output.write_all(&out)?;
        out.clear();
    }
    lines.finish(|line| count(batch.answer(line, &mut out)));
    output.write_all(&out)?;
    output.flush()?;
    Ok(counts)
}
