//! The HTTP face: routes, bodies, problems, and the OpenAPI document they add up to.

pub mod access;
pub mod announcements;
pub mod approvals;
pub mod attachments;
pub mod balances;
pub mod batch;
pub mod bench;
pub mod body;
pub mod calculations;
pub mod contracts;
pub mod cookie;
pub mod counties;
pub mod demands;
pub mod documents;
pub mod edge;
pub mod encumbrances;
pub mod export;
pub mod feature_cells;
pub mod frozen_bases;
pub mod health;
pub mod idle_cases;
pub mod journal;
pub mod listing;
pub mod measures;
pub mod metrics;
pub mod monitoring;
pub mod months;
pub mod ogc;
pub mod openapi;
pub mod page;
pub mod papers;
pub mod parcels;
pub mod people;
pub mod plots;
pub mod policy;
pub mod prechecks;
pub mod price_bases;
pub mod problem;
pub mod projects;
pub mod proposals;
pub mod reconciliation;
pub mod records;
pub mod reference_tables;
pub mod sessions;
pub mod sheets;
pub mod tokens;
pub mod users;
pub mod vouchers;
pub mod worklist;

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::App as ActixApp;
use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{Data, PayloadConfig};
use governor::clock::{Clock as _, DefaultClock};
use governor::{Quota, RateLimiter};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::domain::layer::Layer;
use crate::domain::text::text;
use crate::http::problem::{Kind, Problem};

type Limiter = RateLimiter<
    IpAddr,
    governor::state::keyed::DashMapStateStore<IpAddr>,
    DefaultClock,
    governor::middleware::NoOpMiddleware<governor::clock::QuantaInstant>,
>;

/// How the HTTP face behaves; each is an option of `serve`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Requests a second that one address may make to the public calculations; none: no limit.
    pub public_rate: Option<NonZeroU32>,
    /// Pre-checks that one address may send a day; none: no limit.
    pub prechecks_per_day: Option<NonZeroU32>,
    /// Take the caller's address from the end of `X-Forwarded-For`: only behind a proxy that puts it there.
    pub trust_forwarded: bool,
    /// Serve the bare handler that `benches/http_calculation.py` compares the calculations with.
    pub bench_routes: bool,
    /// Layers that anybody may read.
    pub public_layers: Vec<Layer>,
    /// Where clients reach the service, without a slash at the end; none: where the request came to.
    pub public_url: Option<String>,
    /// Where the files of the page are read from; none: those that the program carries.
    pub web_dir: Option<PathBuf>,
    /// The base map below the layers of the page's map; none: there is none, and nothing outside is asked.
    pub base_map: Option<page::BaseMap>,
}

/// What every request needs: the application, the limits.
pub struct Service {
    pub app: Arc<App>,
    settings: Settings,
    limiter: Option<Limiter>,
    pub metrics: metrics::Metrics,
    pub page: page::Page,
}

impl Service {
    pub fn new(app: Arc<App>, settings: Settings) -> Self {
        let limiter = settings.public_rate.map(|rate| RateLimiter::dashmap(Quota::per_second(rate)));
        let page = page::Page::new(settings.web_dir.clone(), settings.base_map.clone());
        Self { app, settings, limiter, metrics: metrics::Metrics::default(), page }
    }

    /// Whether a path belongs to the pages that are served as they are.
    pub fn is_page(&self, path: &str) -> bool {
        path == "/" || path.starts_with(page::ASSETS) || path == "/docs" || path.starts_with("/docs/")
    }

    /// Whether a path is the bare handler of the benches, which takes a POST.
    pub fn is_bench(&self, path: &str) -> bool {
        self.settings.bench_routes && path == bench::PATH
    }

    pub fn is_public(&self, layer: Layer) -> bool {
        layer.may_be_public() && self.settings.public_layers.contains(&layer)
    }

    pub fn has_public_layers(&self) -> bool {
        self.settings.public_layers.iter().any(|layer| layer.may_be_public())
    }

    /// Where the service is reached by the one who asks, without a slash at the end.
    pub fn address(&self, request: &HttpRequest) -> String {
        if let Some(url) = &self.settings.public_url {
            return url.clone();
        }
        let info = request.connection_info();
        let is_host =
            |host: &str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b));
        let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        let (scheme, host) = match self.settings.trust_forwarded {
            true => (if info.scheme() == "https" { "https" } else { "http" }, Some(info.host())),
            false => ("http", named),
        };
        let host = host.filter(|host| is_host(host)).unwrap_or("localhost");
        format!("{scheme}://{host}")
    }

    pub fn prechecks_per_day(&self) -> Option<u32> {
        self.settings.prechecks_per_day.map(NonZeroU32::get)
    }

    /// Whether the one who asks reaches the service over https, as far as the proxy in front of it says.
    pub fn is_https(&self, request: &HttpRequest) -> bool {
        match &self.settings.public_url {
            Some(url) => url.starts_with("https://"),
            None => self.settings.trust_forwarded && request.connection_info().scheme() == "https",
        }
    }

    /// Where a request came from: behind a proxy, what that one saw, which stands last.
    pub fn caller_address(&self, request: &HttpRequest) -> Option<IpAddr> {
        let forwarded = || {
            let header = request.headers().get_all(header::X_FORWARDED_FOR).last()?;
            header.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let forwarded = if self.settings.trust_forwarded { forwarded() } else { None };
        forwarded.or_else(|| request.peer_addr().map(|peer| peer.ip()))
    }

    /// Counts a request to the public calculations against its address.
    pub fn limit(&self, request: &HttpRequest) -> Result<(), Problem> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        let address = self.caller_address(request).unwrap_or(IpAddr::from([0, 0, 0, 0]));
        limiter.check_key(&address).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            Problem {
                retry_after: Some(wait),
                ..Problem::new(
                    Kind::TooManyRequests,
                    text!(
                        "请在 {wait} 秒后重试;批量测算请使用账号",
                        "come again in {wait} seconds; use an account for bulk work"
                    ),
                )
            }
        })
    }
}

/// The one list of routes: the server and the OpenAPI document are both made from it.
pub fn routes(config: &mut ServiceConfig) {
    config.service(health::get_health);
    config.service(health::get_readiness);
    config.service(health::get_metrics);
    config.service(documents::get_openapi);
    config.service(documents::get_problem);
    config.service(calculations::list_rules);
    config.service(calculations::list_calendars);
    config.service(calculations::check_term);
    config.service(calculations::calculate_flexible_price);
    config.service(calculations::calculate_lease_then_transfer_price);
    config.service(calculations::calculate_long_lease_price);
    config.service(calculations::calculate_mixed_lease_transfer_price);
    config.service(calculations::check_cost_floor);
    config.service(calculations::check_national_minimum);
    config.service(calculations::compare_prices);
    config.service(batch::calculate_batch);
    config.service(frozen_bases::propose_frozen_base);
    config.service(frozen_bases::list_frozen_bases);
    config.service(frozen_bases::get_frozen_base);
    config.service(frozen_bases::approve_frozen_base);
    config.service(frozen_bases::withdraw_frozen_base);
    config.service(frozen_bases::rates::get_disposal_rates);
    config.service(frozen_bases::reports::get_report);
    config.service(frozen_bases::reports::get_year_report);
    config.service(frozen_bases::reports::issue_report);
    config.service(frozen_bases::reports::list_reports);
    config.service(frozen_bases::reports::get_issued_report);
    config.service(frozen_bases::reports::prove_report);
    config.service(price_bases::draft_price_base);
    config.service(price_bases::list_price_bases);
    config.service(price_bases::get_price_base);
    config.service(price_bases::revise_price_base);
    config.service(price_bases::review_price_base);
    config.service(price_bases::issue_price_base);
    config.service(price_bases::open_price_base);
    config.service(price_bases::return_price_base);
    config.service(price_bases::withdraw_price_base);
    config.service(calculations::check_price_base);
    config.service(calculations::schedule_payments);
    config.service(calculations::check_floor_area);
    config.service(calculations::check_net_land);
    config.service(prechecks::create_precheck);
    config.service(prechecks::get_precheck);
    config.service(prechecks::read_outline);
    config.service(prechecks::search_industries);
    config.service(prechecks::list_precheck_counties);
    config.service(prechecks::get_precheck_form);
    config.service(announcements::list_offers);
    config.service(prechecks::list_prechecks);
    config.service(prechecks::get_precheck_file);
    config.service(prechecks::erase_precheck_contact);
    config.service(demands::create_demand_from_precheck);
    config.service(demands::create_demand);
    config.service(demands::list_demands);
    config.service(demands::get_demand);
    config.service(demands::update_demand);
    config.service(demands::add_demand_opinion);
    config.service(announcements::create_announcement);
    config.service(announcements::list_announcements);
    config.service(announcements::get_announcement);
    config.service(announcements::withdraw_announcement);
    config.service(reference_tables::add_reference_table);
    config.service(reference_tables::import_reference_table);
    config.service(reference_tables::list_reference_tables);
    config.service(reference_tables::get_reference_table);
    config.service(policy::get_policy);
    config.service(policy::add_policy_overlay);
    config.service(policy::list_policy_overlays);
    config.service(vouchers::send_voucher);
    config.service(vouchers::list_vouchers);
    config.service(vouchers::get_voucher);
    config.service(vouchers::get_ledger_head);
    config.service(proposals::list_proposals);
    config.service(proposals::get_proposal);
    config.service(proposals::review_proposal);
    config.service(proposals::approve_proposal);
    config.service(proposals::return_proposal);
    config.service(proposals::revise_proposal);
    config.service(proposals::withdraw_proposal);
    config.service(proposals::comment_proposal);
    config.service(balances::get_balances);
    config.service(idle_cases::open_idle_case);
    config.service(idle_cases::list_idle_cases);
    config.service(idle_cases::get_idle_case);
    config.service(idle_cases::record_idle_step);
    config.service(idle_cases::void_idle_step);
    config.service(idle_cases::review_idle_step);
    config.service(idle_cases::approve_idle_step);
    config.service(idle_cases::return_idle_step);
    config.service(idle_cases::withdraw_idle_step);
    config.service(idle_cases::get_idle_case_board);
    config.service(idle_cases::list_idle_case_deadlines);
    config.service(idle_cases::get_idle_case_calendar);
    config.service(idle_cases::list_public_idle_cases);
    config.service(months::close_month);
    config.service(months::list_closed_months);
    config.service(counties::list_counties);
    config.service(counties::create_county);
    config.service(counties::list_townships);
    config.service(counties::put_township);
    config.service(journal::list_journal);
    config.service(attachments::create_attachment);
    config.service(attachments::list_attachments);
    config.service(attachments::get_attachment);
    config.service(attachments::add_attachment_subject);
    config.service(approvals::create_approval);
    config.service(sheets::import_approval_file);
    config.service(sheets::import_voucher_file);
    config.service(sheets::import_plot_progress_file);
    config.service(approvals::list_approvals);
    config.service(approvals::get_approval);
    config.service(approvals::update_approval);
    config.service(approvals::propose_approval_entry);
    config.service(projects::create_project);
    config.service(projects::list_projects);
    config.service(projects::get_project);
    config.service(projects::update_project);
    config.service(plots::create_plot);
    config.service(plots::list_plots);
    config.service(plots::import::import_plots);
    config.service(plots::import::import_plot_file);
    config.service(plots::boundary_points::get_plot_boundary_points);
    config.service(plots::boundary_points::get_approval_boundary_points);
    config.service(plots::get_plot);
    config.service(plots::update_plot);
    config.service(plots::add_plot_attribute);
    config.service(plots::history::get_plot_history);
    config.service(plots::overlaps::list_plot_overlaps);
    config.service(feature_cells::get_feature_cells);
    config.service(plots::land::get_plot_land);
    config.service(plots::land::get_voucher_land);
    config.service(parcels::create_parcel);
    config.service(parcels::list_parcels);
    config.service(parcels::get_parcel);
    config.service(parcels::update_parcel);
    config.service(reconciliation::list_differences);
    config.service(reconciliation::count_differences);
    config.service(reconciliation::get_difference);
    config.service(reconciliation::add_reconciliation_note);
    config.service(reconciliation::get_mapping_rate);
    config.service(monitoring::import_monitoring_file);
    config.service(monitoring::list_monitoring_snapshots);
    config.service(monitoring::list_monitoring_supplies);
    config.service(papers::get_paper_form);
    config.service(papers::preview_paper);
    config.service(papers::draft_paper);
    config.service(papers::list_papers);
    config.service(papers::get_paper);
    config.service(papers::revise_paper);
    config.service(papers::withdraw_paper);
    config.service(papers::register_paper);
    config.service(papers::add_paper_scan);
    config.service(papers::void_paper);
    config.service(papers::get_paper_file);
    config.service(papers::numbers::list_paper_numbers);
    config.service(papers::numbers::list_paper_registers);
    config.service(papers::numbers::void_paper_number);
    config.service(papers::numbers::get_paper_settings);
    config.service(papers::numbers::put_paper_settings);
    config.service(measures::get_plot_measure);
    config.service(measures::put_plot_measure);
    config.service(measures::list_plot_measures);
    config.service(measures::list_overdue_plots);
    config.service(measures::list_plot_progress);
    config.service(measures::add_plot_progress);
    config.service(worklist::get_worklist);
    config.service(worklist::add_task_event);
    config.service(worklist::list_task_events);
    config.service(encumbrances::create_encumbrance);
    config.service(encumbrances::list_encumbrances);
    config.service(encumbrances::get_encumbrance);
    config.service(encumbrances::add_encumbrance_event);
    config.service(encumbrances::erase_encumbrance_party);
    config.service(sessions::create_session);
    config.service(sessions::get_session);
    config.service(sessions::end_session);
    config.service(sessions::set_password);
    config.service(sessions::change_my_password);
    config.service(sessions::list_my_sessions);
    config.service(sessions::end_my_session);
    config.service(sessions::end_my_other_sessions);
    config.service(sessions::create_password_secret);
    config.service(contracts::create_contract);
    config.service(sheets::import_contract_file);
    config.service(contracts::list_contracts);
    config.service(contracts::get_contract);
    config.service(contracts::amend_contract);
    config.service(contracts::events::add_contract_development);
    config.service(contracts::events::add_contract_inspection);
    config.service(contracts::events::add_contract_cause);
    config.service(contracts::events::decide_contract_cause);
    config.service(contracts::events::succeed_contract);
    config.service(contracts::events::withdraw_contract_event);
    config.service(contracts::erase_contract_persons);
    config.service(contracts::suspicions::get_contract_idleness);
    config.service(contracts::suspicions::list_idle_suspicions);
    config.service(calculations::check_idle_land);
    config.service(calculations::check_bond_price);
    config.service(people::list_people);
    config.service(tokens::get_me);
    config.service(tokens::create_my_token);
    config.service(tokens::revoke_my_token);
    config.service(users::list_users);
    config.service(users::create_user);
    config.service(users::get_user);
    config.service(users::grant_role);
    config.service(users::revoke_role);
    config.service(users::rename_user);
    config.service(users::disable_user);
    config.service(users::enable_user);
    config.service(users::erase_user);
    config.service(tokens::create_token);
    config.service(tokens::revoke_token);
}

/// Builds the application that each worker runs.
macro_rules! application {
    ($service:expr) => {
        ActixApp::new()
            .into_utoipa_app()
            .openapi(openapi::information())
            .app_data($service)
            .app_data(PayloadConfig::new(body::JSON_MAX))
            .configure(routes)
    };
}

/// Serves on a listener that is bound already, until it is told to stop.
pub async fn serve(service: Service, listener: std::net::TcpListener, workers: usize) -> std::io::Result<()> {
    let service = Data::new(service);
    let server = actix_web::HttpServer::new(move || {
        application!(service.clone())
            .into_app()
            .configure(documents::pages)
            .configure(page::pages)
            .configure(bench::pages)
            .configure(ogc::pages)
            .default_service(actix_web::web::to(documents::nothing_here))
            .wrap(Compress::default())
            .wrap(from_fn(edge::edge))
    })
    .workers(workers)
    .shutdown_timeout(10)
    .listen(listener)?;
    server.run().await
}

/// The OpenAPI document of the routes.
pub fn document() -> utoipa::openapi::OpenApi {
    let app: utoipa_actix_web::UtoipaApp<_> =
        ActixApp::new().into_utoipa_app().openapi(openapi::information()).configure(routes);
    openapi::finish(app.split_for_parts().1)
}

/// Runs work that waits for the database on a thread that may wait.
pub async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Send + 'static,
    Problem: From<E>,
{
    actix_web::web::block(work).await.map_err(Problem::internal)?.map_err(Problem::from)
}
