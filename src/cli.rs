//! The command line: `dizhang serve`, `verify`, `openapi` and the rest.

mod backup;
mod calculate;
mod county;
mod demo;
mod import;
mod policy;
mod user;
mod verify;

use std::io::IsTerminal as _;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::TimeDelta;
use clap::{Args, Parser, Subcommand};

use crate::app::App;
use crate::app::clock::SystemClock;
use crate::app::features::{self, Layer};
use crate::app::sessions::SessionRules;
use crate::domain::region::County;
use crate::http::page::BaseMap;
use crate::http::{Service, Settings};
use crate::storage::db::{self, DatabaseUrl, Pool};

pub type CliError = Box<dyn std::error::Error + Send + Sync>;

/// 地账 — 县级土地台账与供地测算服务 / land accounts of a county land bureau
#[derive(Debug, Parser)]
#[command(name = "dizhang", version, max_term_width = 110)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 演示:合成的县,随即启动服务 / the demonstration county, served at once
    Demo(demo::ServeDemo),
    /// 启动服务 / serve the API
    Serve(Serve),
    /// 输出接口文档 / print the OpenAPI document
    Openapi,
    /// 核验台账:链、余额、逐日不为负,以及地图要素 / prove a county's ledger from its lines, and its features from their records
    Verify(verify::Verify),
    /// 备份 SQLite 数据库,服务可照常运行 / copy an SQLite database into a file, while the service runs
    Backup(backup::Backup),
    /// 由备份恢复为新的 SQLite 数据库 / make a new SQLite database of a backup
    Restore(backup::Restore),
    /// 导入地块文件 / enter the plots of a file
    Import(import::Import),
    /// 批量测算 / many calculations, a line of JSON each
    Calculate(calculate::Calculate),
    /// 装入演示数据 / put the demonstration county into a database
    DemoData(demo::DemoData),
    /// 县 / counties
    #[command(subcommand)]
    County(county::County),
    /// 政策参数 / policy parameters
    #[command(subcommand)]
    Policy(policy::Policy),
    /// 用户与令牌 / users and tokens
    #[command(subcommand)]
    User(user::User),
}

/// 数据库 / where the data lies
#[derive(Debug, Clone, Args)]
pub struct Database {
    /// sqlite:文件路径 或 postgres://… / sqlite:PATH or postgres://…
    #[arg(long, env = "DIZHANG_DATABASE", default_value = "sqlite:dizhang.db", value_parser = database_url)]
    database: DatabaseUrl,
}

fn database_url(text: &str) -> Result<DatabaseUrl, String> {
    text.parse().map_err(|text: crate::domain::text::Text| format!("{} / {}", text.zh, text.en))
}

fn county(text: &str) -> Result<County, String> {
    text.parse().map_err(|text: crate::domain::text::Text| format!("{} / {}", text.zh, text.en))
}

fn layer(text: &str) -> Result<Layer, String> {
    text.parse().map_err(|text: crate::domain::text::Text| format!("{} / {}", text.zh, text.en))
}

/// An address without its slash at the end.
fn public_url(text: &str) -> Result<String, String> {
    let plain =
        |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>?#\\".contains(&b));
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest.is_some_and(plain) {
        true => Ok(text.trim_end_matches('/').to_owned()),
        false => Err("应为 https://… 或 http://… / https://… or http://… is expected".to_owned()),
    }
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    face: Face,
}

/// How the service listens.
#[derive(Debug, Clone, Args)]
pub struct Face {
    /// 监听地址,端口 0 表示任选 / address to listen on; port 0 takes a free one
    #[arg(long, env = "DIZHANG_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// 工作线程数 / worker threads
    #[arg(long, env = "DIZHANG_WORKERS")]
    workers: Option<usize>,
    /// 每个地址每秒可做的公开测算次数,0 为不限 / public calculations a second per address; 0: no limit
    #[arg(long, env = "DIZHANG_PUBLIC_RATE", default_value_t = 50)]
    public_rate: u32,
    /// 每个地址每天可提交的企业预审数,0 为不限 / pre-checks a day per address; 0: no limit
    #[arg(long, env = "DIZHANG_PRECHECKS_PER_DAY", default_value_t = 30)]
    prechecks_per_day: u32,
    /// 以 X-Forwarded-For 末尾为来源地址、X-Forwarded-Proto 为协议,仅在可信代理之后使用 / trust the end of X-Forwarded-For and X-Forwarded-Proto, only behind a proxy that sets them
    #[arg(long, env = "DIZHANG_TRUST_FORWARDED")]
    trust_forwarded: bool,
    /// 公开的图层,可重复:任何人不用账号即可在 /ogc 读取 / a layer that anybody may read under /ogc, no account needed; may be repeated
    #[arg(long = "public-layer", env = "DIZHANG_PUBLIC_LAYERS", value_delimiter = ',', value_parser = layer)]
    public_layers: Vec<Layer>,
    /// 服务的对外地址,如 https://land.example.cn,用于 /ogc 中的链接;不填则取请求的 Host / address under which clients reach the service, for the links under /ogc; that of the request if left out
    #[arg(long, env = "DIZHANG_PUBLIC_URL", value_parser = public_url)]
    public_url: Option<String>,
    /// 网页文件所在目录,供开发页面时使用;不填则用程序自带的 / folder the files of the page are read from, for work on them; those built in if left out
    #[arg(long, env = "DIZHANG_WEB_DIR")]
    web_dir: Option<PathBuf>,
    /// 底图瓦片地址,如 https://t0.tianditu.gov.cn/…&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=…;不填则地图不访问任何外部地址 / address of the tiles of a base map; the map asks no outside address if left out
    #[arg(long, env = "DIZHANG_BASE_MAP", value_parser = BaseMap::of)]
    base_map: Option<BaseMap>,
    /// 登录后闲置多少分钟即退出 / minutes without a request after which a session ends
    #[arg(long, env = "DIZHANG_SESSION_IDLE_MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=1440))]
    session_idle_minutes: u16,
    /// 登录后至多多少小时须重新登录 / hours after which a session ends in any case
    #[arg(long, env = "DIZHANG_SESSION_HOURS", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=168))]
    session_hours: u16,
    /// 提供性能对照地址,仅供测试 / serve the bare handler that benches compare with
    #[arg(long, hide = true)]
    bench_routes: bool,
    /// 数据库连接数 / database connections
    #[arg(long, env = "DIZHANG_CONNECTIONS", default_value_t = 24)]
    connections: u32,
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.run() {
        Ok(code) => code,
        Err(error) => {
            let mut message = format!("dizhang: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                message.push_str(&format!(": {error}"));
                cause = error.source();
            }
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

impl Cli {
    fn run(self) -> Result<ExitCode, CliError> {
        match self.command {
            Command::Serve(serve) => {
                log_to_stderr();
                let pool = open(&serve.database.database, serve.face.connections)?;
                serve_on(pool, &serve.face, |_| Ok(()))?;
                Ok(ExitCode::SUCCESS)
            }
            Command::Openapi => {
                print!("{}", crate::http::openapi::text());
                Ok(ExitCode::SUCCESS)
            }
            Command::Verify(verify) => verify.run(),
            Command::Backup(backup) => backup.run(),
            Command::Restore(restore) => restore.run(),
            Command::User(user) => user.run(),
            Command::Demo(demo) => demo.run(),
            Command::DemoData(demo) => demo.run(),
            Command::Import(import) => import.run(),
            Command::Calculate(calculate) => calculate.run(),
            Command::County(county) => county.run(),
            Command::Policy(policy) => policy.run(),
        }
    }
}

/// Opens the database and brings its schema up to date, and what was rendered by an older version.
pub fn open(url: &DatabaseUrl, connections: u32) -> Result<Pool, CliError> {
    let pool = db::pool(url, connections.max(2))?;
    pool.get()?.migrate()?;
    features::render_outdated(&pool)?;
    Ok(pool)
}

/// Serves until told to stop; `started` hears the address before the first request.
pub fn serve_on(
    pool: Pool,
    face: &Face,
    started: impl FnOnce(SocketAddr) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let rules = SessionRules {
        idle: TimeDelta::minutes(face.session_idle_minutes.into()),
        whole: TimeDelta::hours(face.session_hours.into()),
    };
    let app = Arc::new(App::new(pool, Box::new(SystemClock))?.with_session_rules(rules));
    let settings = Settings {
        public_rate: NonZeroU32::new(face.public_rate),
        prechecks_per_day: NonZeroU32::new(face.prechecks_per_day),
        trust_forwarded: face.trust_forwarded,
        bench_routes: face.bench_routes,
        public_layers: face.public_layers.clone(),
        public_url: face.public_url.clone(),
        web_dir: face.web_dir.clone(),
        base_map: face.base_map.clone(),
    };
    let listener =
        TcpListener::bind(face.listen).map_err(|error| format!("cannot listen on {}: {error}", face.listen))?;
    let address = listener.local_addr()?;
    println!("listening on http://{address}");
    if !app.has_users()? {
        println!(
            "还没有用户;请建立第一个系统管理员 / there are no users yet; enter the first administrator:\n  \
             dizhang user add --database … --login admin --name 系统管理员 --role admin@410183 --password-secret"
        );
    }
    started(address)?;
    let workers = face.workers.or_else(|| std::thread::available_parallelism().ok().map(Into::into)).unwrap_or(2);
    actix_web::rt::System::new().block_on(crate::http::serve(Service::new(app, settings), listener, workers))?;
    Ok(())
}

/// What is logged if nothing else is said. Bytes that are no HTTP are their sender's fault, not ours.
const LOG: &str = "warn,actix_http::h1::dispatcher=off";

/// Logs to standard error; `DIZHANG_LOG` takes a tracing filter, `DIZHANG_LOG_FORMAT=json` writes JSON lines.
pub fn log_to_stderr() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("DIZHANG_LOG").unwrap_or_else(|_| EnvFilter::new(LOG));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    if std::env::var("DIZHANG_LOG_FORMAT").is_ok_and(|format| format == "json") {
        builder.json().init();
    } else {
        builder.init();
    }
}
