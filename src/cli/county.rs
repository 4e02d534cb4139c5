//! `dizhang county`: the first county of an empty database; later ones an administrator can enter over the API too.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::app::App;
use crate::app::clock::SystemClock;
use crate::cli::user::{name, told};
use crate::cli::{CliError, Database, county, open};
use crate::domain::county::{CountyBody, Extent};
use crate::domain::input::{Line, read};
use crate::domain::region::County as Code;

#[derive(Debug, Subcommand)]
pub enum County {
    /// 建立县级台账 / enter a county
    Add(Add),
}

#[derive(Debug, Args)]
pub struct Add {
    #[command(flatten)]
    database: Database,
    /// 县代码 / code of the county
    #[arg(long, value_parser = county)]
    code: Code,
    /// 名称 / name
    #[arg(long, value_parser = name::<50>)]
    name: Line<50>,
    /// 范围:西,南,东,北(度),界外图形不予接受;不填为全国 / extent: west,south,east,north in degrees; polygons beyond it are refused; all of the country if left out
    #[arg(long, value_parser = extent, allow_hyphen_values = true)]
    extent: Option<Extent>,
}

/// The extent, read and checked as the API reads it.
fn extent(text: &str) -> Result<Extent, String> {
    let sides: Vec<&str> = text.split(',').map(str::trim).collect();
    let [west, south, east, north] = sides[..] else {
        return Err("西,南,东,北,单位度,如 113.1,34.28,113.72,34.68 / west,south,east,north in degrees".to_owned());
    };
    let json = serde_json::json!({"west": west, "south": south, "east": east, "north": north}).to_string();
    read::<Extent>(json.as_bytes()).map_err(|faults| {
        let texts = faults.iter().map(|f| format!("{}: {} / {}", f.pointer, f.message.zh, f.message.en));
        texts.collect::<Vec<_>>().join("; ")
    })
}

impl County {
    pub fn run(self) -> Result<ExitCode, CliError> {
        let Self::Add(add) = self;
        let app = App::new(open(&add.database.database, 2)?, Box::new(SystemClock))?;
        let entered = format!("{} {}", add.code, add.name);
        let extent = add.extent.unwrap_or(Extent::COUNTRY);
        app.add_county(CountyBody { county: add.code, name: add.name, extent }).map_err(told)?;
        println!("{entered}");
        Ok(ExitCode::SUCCESS)
    }
}
