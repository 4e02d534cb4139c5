//! Records through the application on both databases: versions, journal, references, what the ledger holds fast.

use std::io::Cursor;
use std::sync::Arc;

use chrono::NaiveDate;
use dizhang::app::App;
use dizhang::app::approvals::ApprovalPage;
use dizhang::app::attachments::Upload;
use dizhang::app::balances::{BalanceQuery, Known};
use dizhang::app::caller::Grant;
use dizhang::app::clock::FixedClock;
use dizhang::app::error::AppError;
use dizhang::app::listing::Place;
use dizhang::app::plots::{Event, FileKind, Import, NewAttribute, PlotPage, PlotWithPolygon, Watch};
use dizhang::app::records::JournalPage;
use dizhang::app::vouchers::{Sent, Step};
use dizhang::domain::approval::Approval;
use dizhang::domain::codes::TownshipCode;
use dizhang::domain::county::{CountyBody, TownshipBody};
use dizhang::domain::ledger::balance::{Dimension, Key};
use dizhang::domain::ledger::kind::Role;
use dizhang::domain::ledger::proposal::Action;
use dizhang::domain::parcel::ParcelProperties;
use dizhang::domain::plot::{Attribute, PlotProperties};
use dizhang::domain::project::Project;
use dizhang::domain::record::{Collection, WarningCode};
use dizhang::domain::region::{ApprovalId, County, PlotId};
use dizhang::formats::drawn::Drawn;
use serde_json::{Value, json};

use crate::support::{body, both, county, new_county, person};

const NOW: &str = "2026-11-23T08:00:00";

fn township(code: &str) -> TownshipCode {
    code.parse().unwrap()
}

/// A county with two townships, an approval of 1.2 公顷 and a project.
fn county_app(pool: &dizhang::storage::db::Pool) -> App {
    let app = App::new(pool.clone(), Box::new(FixedClock(NOW.parse().unwrap()))).unwrap();
    let new = new_county();
    assert!(app.create_county(&person(1), new.clone()).unwrap().is_new);
    assert!(!app.create_county(&person(1), new).unwrap().is_new, "the same again changes nothing");
    for (code, name) in [("410183100", "城关镇"), ("410183106", "大隗镇")] {
        let named = body::<TownshipBody>(&json!({ "name": name }));
        app.put_township(&person(1), county(), township(code), named).unwrap();
    }
    app.create_approval(&person(1), county(), approval("演示1号", "2024-03-15")).unwrap();
    let project = body::<Project>(&json!({"code": "P-1", "name": "演示项目"}));
    app.create_project(&person(1), county(), project).unwrap();
    app
}

fn approval(number: &str, day: &str) -> Approval {
    body(&json!({
        "number": number, "kind": "city_batch", "authority": "演示省人民政府", "approved_on": day,
        "composition": {"unit": "ha", "total": "1.2", "farmland": "1", "construction": "0.2", "unused": "0"}
    }))
}

fn upload(content: &[u8]) -> Upload {
    let mut upload = Upload::default();
    upload.push(content).unwrap();
    upload
}

fn square(side: f64) -> Value {
    let (west, south) = (113.55, 34.6);
    let (east, north) = (west + side, south + side);
    json!({"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]})
}

fn plot(code: &str, more: &Value) -> Drawn<PlotProperties> {
    let mut plot = json!({"code": code, "approval": "演示1号", "area": {"value": "15", "unit": "mu"}});
    plot.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body(&plot)
}

fn enter(app: &App, code: &str, more: &Value) -> PlotWithPolygon {
    app.create_plot(&person(1), county(), plot(code, more)).unwrap().record
}

fn pointers<T: std::fmt::Debug>(result: Result<T, AppError>) -> Vec<String> {
    match result.unwrap_err() {
        AppError::Fields(faults) => faults.into_iter().map(|fault| fault.pointer).collect(),
        other => panic!("{other}"),
    }
}

/// Posts a voucher with a second person's approval, after a third one's review where the kind asks for it.
fn post(app: &App, voucher: &Value) {
    let Sent::Proposed { proposal, .. } = app.send_voucher(&person(1), county(), voucher.to_string()).unwrap() else {
        panic!("it is proposed first");
    };
    let step = |action, version| Step {
        county: county(),
        id: proposal.proposal.id,
        version,
        action,
        comment: None,
        body: None,
    };
    let mut version = proposal.proposal.version;
    if proposal.proposal.kind.duty().review {
        version = app.step_proposal(&person(3), step(Action::Review, version)).unwrap().proposal.proposal.version;
    }
    app.step_proposal(&person(2), step(Action::Approve, version)).unwrap();
}

fn approve_voucher(id: &str, plot: PlotId, day: &str, area: &str) -> Value {
    json!({
        "client_id": id, "kind": "approve", "effective_on": day,
        "document": {"number": "演示1号", "authority": "演示省人民政府"},
        "lines": [{"from": {"account": "outside"}, "to": {"account": "unsupplied", "plot": plot.0}, "area_m2": area}]
    })
}

fn groups(app: &App, by: Dimension, as_of: &str) -> Vec<Key> {
    let as_of = Some(as_of.parse::<NaiveDate>().unwrap());
    let query = BalanceQuery { as_of, known: Known::Newest, by: vec![by], only: Vec::new(), plot: None };
    let (answer, _) = app.labelled_balances(county(), query).unwrap();
    answer.groups.into_iter().map(|(mut keys, _)| keys.remove(0)).collect()
}

#[test]
fn a_plot_keeps_its_stated_area_and_its_polygon_beside_each_other() {
    both(|pool| {
        let app = county_app(&pool);
        let sent = plot("A-1", &json!({"geometry": square(0.001), "township": "410183106", "projects": ["P-1"]}));
        let written = app.create_plot(&person(1), county(), sent.clone()).unwrap();
        assert!(written.is_new);
        assert_eq!(written.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), [WarningCode::AreaDiffers]);
        let record = &written.record.plot.record;
        assert_eq!(record.id, PlotId(410_183_000_000_001));
        assert_eq!(record.contents.area.to_string(), "15");
        assert_eq!(record.contents.area.m2().to_string(), "10000.0000");
        assert!(written.record.plot.mapped.is_some_and(|mapped| mapped.area > mapped.ellipsoidal_area));
        assert!(written.record.polygon.is_some());

        let again = app.create_plot(&person(2), county(), sent.clone()).unwrap();
        assert!(!again.is_new, "the same plot again is the same plot");
        assert_eq!(again.record, written.record);
        let other = app.create_plot(&person(1), county(), plot("A-1", &json!({"remark": "另一内容"})));
        assert!(matches!(other, Err(AppError::Taken(_))));

        let unmapped = enter(&app, "A-2", &json!({}));
        assert_eq!(unmapped.plot.mapped, None);
        let page = |page: PlotPage| {
            let found = app.plots(county(), &page, true).unwrap().rows;
            found.into_iter().map(|found| found.plot.record.contents.code.into_string()).collect::<Vec<_>>()
        };
        let all = || PlotPage { at: Place::by_id(0, 10), ..PlotPage::default() };
        assert_eq!(page(all()), ["A-1", "A-2"]);
        assert_eq!(page(PlotPage { at: Place::by_id(record.id.0, 10), ..all() }), ["A-2"]);
        assert_eq!(page(PlotPage { mapped: Some(false), ..all() }), ["A-2"]);
        assert_eq!(page(PlotPage { township: Some(township("410183106")), ..all() }), ["A-1"]);
        assert_eq!(page(PlotPage { project: record.contents.projects.first().copied(), ..all() }), ["A-1"]);
        assert_eq!(page(PlotPage { code_prefix: Some("A-2".to_owned()), ..all() }), ["A-2"]);
        assert_eq!(page(PlotPage { approval: Some(ApprovalId(9)), ..all() }), Vec::<String>::new());
    });
}

#[test]
fn every_wrong_reference_day_and_vertex_is_named_at_once() {
    both(|pool| {
        let app = county_app(&pool);
        let wrong = json!({
            "approval": "没有", "projects": ["P-1", "P-9", 7], "township": "410183104", "reserved_on": "2027-01-01",
            "geometry": {"type": "Polygon", "coordinates": [[[113.55, 34.6], [113.56, 34.61], [113.56, 34.6], [113.55, 34.61], [113.55, 34.6]]]}
        });
        let mut found = pointers(app.create_plot(&person(1), county(), plot("A-1", &wrong)));
        found.sort();
        assert_eq!(
            found,
            ["/approval", "/geometry/coordinates/0/0", "/projects/1", "/projects/2", "/reserved_on", "/township"]
        );
        let journal =
            app.journal(county(), &JournalPage { at: Place::by_id(0, 100), ..JournalPage::default() }).unwrap().rows;
        assert!(journal.iter().all(|entry| entry.collection != Collection::Plot), "nothing was written");

        let far = json!({"geometry": {"type": "Polygon", "coordinates": [[[116.0, 39.9], [116.1, 39.9], [116.1, 40.0], [116.0, 39.9]]]}});
        assert_eq!(pointers(app.create_plot(&person(1), county(), plot("A-1", &far))), ["/geometry/coordinates/0/0"]);
        assert_eq!(
            pointers(app.create_approval(&person(1), county(), approval("演示2号", "2026-11-24"))),
            ["/approved_on"]
        );
    });
}

#[test]
fn a_change_names_its_version_and_is_journalled() {
    both(|pool| {
        let app = county_app(&pool);
        let id = enter(&app, "A-1", &json!({"geometry": square(0.001), "township": "410183106"})).plot.record.id;
        let change = plot("A-1", &json!({"location": "改过"}));
        let update =
            |version, sent: &Drawn<PlotProperties>| app.update_plot(&person(2), county(), id, version, sent.clone());
        assert!(matches!(update(2, &change), Err(AppError::Stale { newest: 1 })));
        let changed = update(1, &change).unwrap().record;
        assert_eq!(changed.plot.record.version, 2);
        assert!(changed.polygon.is_some(), "a polygon that is left out stays");
        assert_eq!(changed.plot.record.contents.township, Some(township("410183106")), "and so does a township");
        assert_eq!(update(2, &change).unwrap().record.plot.record.version, 2, "no change, no version");

        let moved = update(2, &plot("A-1", &json!({"location": "改过", "geometry": square(0.0011)}))).unwrap().record;
        assert_eq!(moved.plot.mapped.map(|mapped| mapped.version), Some(2));

        let day_missing = update(3, &plot("A-1", &json!({"township": "410183100"})));
        assert_eq!(pointers(day_missing), ["/township"]);
        update(3, &plot("A-1", &json!({"township": "410183100", "attributes_from": "2026-01-01"}))).unwrap();
        let earlier = NewAttribute {
            attribute: Attribute::Township,
            from: "2025-01-01".parse().unwrap(),
            value: Some("410183106".to_owned()),
        };
        let plot = app.add_plot_attribute(&person(1), county(), id, earlier).unwrap();
        assert_eq!(plot.plot.record.contents.township, Some(township("410183100")), "the newest day counts");

        let history = app.plot_history(county(), id).unwrap();
        let kinds: Vec<&str> = history
            .events
            .iter()
            .map(|event| match event {
                Event::Change(entry) if entry.before.is_none() => "created",
                Event::Change(_) => "changed",
                Event::Attribute(_) => "attribute",
                Event::Geometry(_) => "geometry",
                Event::Voucher(..) => "voucher",
            })
            .collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "changed").count(), 4);
        assert_eq!(kinds.iter().filter(|kind| **kind == "attribute").count(), 3);
        assert_eq!(kinds.iter().filter(|kind| **kind == "geometry").count(), 2);
        assert_eq!(kinds.first(), Some(&"created"));
    });
}

#[test]
fn balances_follow_what_changes_of_a_plot() {
    both(|pool| {
        let app = county_app(&pool);
        let id = enter(&app, "A-1", &json!({"township": "410183106"})).plot.record.id;
        post(&app, &approve_voucher("v1", id, "2024-03-15", "10000"));
        assert_eq!(groups(&app, Dimension::Township, "2026-11-23"), [Key::Township(410_183_106)]);
        assert_eq!(groups(&app, Dimension::Project, "2026-11-23"), [Key::None]);

        let more = json!({"township": "410183100", "attributes_from": "2026-01-01", "projects": ["P-1"]});
        let changed = app.update_plot(&person(1), county(), id, 1, plot("A-1", &more)).unwrap().record;
        let projects = changed.plot.record.contents.projects;
        assert_eq!(groups(&app, Dimension::Township, "2026-11-23"), [Key::Township(410_183_100)]);
        assert_eq!(groups(&app, Dimension::Township, "2025-12-31"), [Key::Township(410_183_106)]);
        assert_eq!(groups(&app, Dimension::Project, "2026-11-23"), [Key::Projects(projects)]);
        assert_eq!(groups(&app, Dimension::Cause, "2026-11-23"), [Key::None]);
        let cause = |from: &str, value: Option<&str>| NewAttribute {
            attribute: Attribute::Cause,
            from: from.parse().unwrap(),
            value: value.map(str::to_owned),
        };
        app.add_plot_attribute(&person(1), county(), id, cause("2026-02-01", Some("funds"))).unwrap();
        app.add_plot_attribute(&person(1), county(), id, cause("2026-10-01", None)).unwrap();
        assert!(matches!(groups(&app, Dimension::Cause, "2026-05-01")[..], [Key::Cause(_)]));
        assert_eq!(groups(&app, Dimension::Cause, "2026-11-23"), [Key::None]);

        assert_eq!(groups(&app, Dimension::ApprovedProject, "2026-11-23"), [Key::None]);
        let page = ApprovalPage { at: Place::by_id(0, 1), ..ApprovalPage::default() };
        let stored = app.approvals(county(), &page).unwrap().rows.remove(0);
        let mut named = serde_json::to_value(&stored.contents).unwrap();
        named["approved_project"] = json!("演示报批项目");
        app.update_approval(&person(1), county(), stored.id, 1, body(&named)).unwrap();
        assert_eq!(
            groups(&app, Dimension::ApprovedProject, "2026-11-23"),
            [Key::ApprovedProject("演示报批项目".to_owned())]
        );
    });
}

#[test]
fn what_vouchers_rest_on_cannot_be_changed_from_under_them() {
    both(|pool| {
        let app = county_app(&pool);
        let id = enter(&app, "A-1", &json!({})).plot.record.id;
        let approval_id = ApprovalId(410_183_000_000_001);
        app.create_approval(&person(1), county(), approval("演示2号", "2024-04-01")).unwrap();

        let later = || app.update_approval(&person(1), county(), approval_id, 1, approval("演示1号", "2024-03-16"));
        let smaller = |area: &str| {
            let sent = body(&json!({"code": "A-1", "approval": "演示1号", "area_m2": area}));
            app.update_plot(&person(1), county(), id, 1, sent)
        };
        post(&app, &approve_voucher("v1", id, "2024-03-15", "9000"));
        assert!(matches!(later(), Err(AppError::Conflict(_))), "the day of an approval with land in the ledger");
        assert!(matches!(smaller("8999.9999"), Err(AppError::Conflict(_))), "an area below what has entered");
        let other = plot("A-1", &json!({"approval": "演示2号"}));
        let moved = app.update_plot(&person(1), county(), id, 1, other);
        assert!(matches!(moved, Err(AppError::Conflict(_))), "an approval of another day");
        smaller("9000").unwrap();

        let mut correction = approve_voucher("v2", id, "2024-03-15", "9000");
        correction["kind"] = json!("correction");
        correction["corrects"] = json!(1);
        correction["lines"] = json!([{
            "from": {"account": "unsupplied", "plot": id.0}, "to": {"account": "outside", "plot": id.0}, "area_m2": "9000"
        }]);
        post(&app, &correction);
        assert_eq!(later().unwrap().record.version, 2, "taken back, nothing rests on the day");
    });
}

#[test]
fn an_import_is_all_or_none_unless_told_otherwise() {
    both(|pool| {
        let app = county_app(&pool);
        let feature = |code: &str, approval: &str, area: Value| {
            json!({
                "type": "Feature", "geometry": square(0.001),
                "properties": {"code": code, "approval": approval, "area_m2": area, "township": "410183106"}
            })
        };
        let file = json!({"type": "FeatureCollection", "features": [
            feature("I-1", "演示1号", json!(10180.5)),
            feature("I-2", "没有", json!("10180.5")),
            feature("I-3", "演示1号", json!(-1)),
            feature("I-1", "演示1号", json!(10180.5)),
        ]})
        .to_string();
        let nobody: Watch = Arc::new(|_| ());
        let import = |dry_run, partial| {
            let (mut stream, wish) = (Cursor::new(file.as_bytes()), Import { dry_run, partial, ..Import::default() });
            app.import_plots(&person(1), county(), FileKind::GeoJson, &mut stream, &wish, &nobody)
        };
        let wrong =
            ["/features/1/properties/approval", "/features/2/properties/area_m2", "/features/3/properties/code"];
        assert_eq!(pointers(import(false, false)), wrong);
        let dry = import(true, false).unwrap();
        assert_eq!((dry.rows, dry.created, dry.bad, dry.is_written), (4, 1, 3, false));
        let codes: Vec<_> = dry.bad_rows.iter().map(|row| (row.index, row.code.as_deref())).collect();
        assert_eq!(codes, [(1, Some("I-2")), (2, Some("I-3")), (3, Some("I-1"))]);
        let page = PlotPage { at: Place::by_id(0, 9), ..PlotPage::default() };
        assert!(app.plots(county(), &page, false).unwrap().rows.is_empty());

        let part = import(false, true).unwrap();
        assert_eq!((part.created, part.unchanged, part.bad, part.is_written), (1, 0, 3, true));
        let again = import(false, true).unwrap();
        assert_eq!((again.created, again.unchanged, again.bad), (0, 1, 3), "the same file again adds nothing");
        assert_eq!(again.plots[0].id, part.plots[0].id);
    });
}

#[test]
fn many_plots_are_entered_at_once_and_each_is_journalled() {
    both(|pool| {
        let app = county_app(&pool);
        let drafts = (0..2500).map(|n| {
            let sent =
                plot(&format!("M-{n:04}"), &json!({"township": "410183106", "cause": "funds", "projects": ["P-1"]}));
            dizhang::app::plots::PlotDraft { properties: sent.properties, polygon: None }
        });
        let report = app.create_plots(&person(1), county(), drafts.collect()).unwrap();
        assert_eq!((report.created, report.bad), (2500, 0));
        assert_eq!(
            report.warnings.iter().map(|row| row.warning.code).collect::<Vec<_>>(),
            [WarningCode::ApprovalExceeded],
            "2500 公顷 of an approval of 1.2"
        );
        let page =
            JournalPage { at: Place::by_id(2000, 1000), collection: Some(Collection::Plot), ..JournalPage::default() };
        let entries = app.journal(county(), &page).unwrap().rows;
        assert!(entries.windows(2).all(|pair| pair[0].n + 1 == pair[1].n), "without gaps");
        let page = PlotPage { at: Place::by_id(410_183_000_002_499, 5), ..PlotPage::default() };
        let last = app.plots(county(), &page, true).unwrap().rows;
        assert_eq!(last.len(), 1);
        assert_eq!(last[0].plot.record.contents.code.as_str(), "M-2499");
    });
}

#[test]
fn a_parcel_keeps_its_holder_out_of_the_journal() {
    both(|pool| {
        let app = county_app(&pool);
        let sent: Drawn<ParcelProperties> = body(&json!({
            "code": "Z-1", "cadastral_code": "410183001009GB00007", "unit_code": "410183001009GB00007W00000000",
            "holder": "某自然人", "area_m2": "10180.5", "project": "P-1", "geometry": square(0.001)
        }));
        let written = app.create_parcel(&person(1), county(), sent.clone()).unwrap();
        assert!(written.is_new && !app.create_parcel(&person(1), county(), sent.clone()).unwrap().is_new);
        let contents = &written.record.parcel.record.contents;
        assert_eq!(contents.holder.as_ref().map(|holder| holder.as_str()), Some("某自然人"));
        let mut renamed = sent;
        renamed.properties.holder = None;
        let id = written.record.parcel.record.id;
        let changed = app.update_parcel(&person(1), county(), id, 1, renamed).unwrap();
        assert_eq!(changed.record.parcel.record.version, 2);
        let page =
            JournalPage { at: Place::by_id(0, 100), collection: Some(Collection::Parcel), ..JournalPage::default() };
        let entries = app.journal(county(), &page).unwrap().rows;
        assert_eq!(entries.len(), 2);
        assert!(entries.iter().all(|entry| !entry.after.as_ref().unwrap().contains("自然人")));
    });
}

#[test]
fn an_attachment_is_known_by_its_bytes() {
    both(|pool| {
        let app = county_app(&pool);
        let pdf = b"%PDF-1.7\nscan".to_vec();
        let written = app.create_attachment(&person(1), county(), None, upload(&pdf)).unwrap();
        assert!(!app.create_attachment(&person(2), county(), None, upload(&pdf)).unwrap().is_new);
        let digest = written.record.sha256.parse().unwrap();
        let record = app.attachment(county(), &digest).unwrap();
        let content = app.attachment_part(county(), digest.as_str(), 0).unwrap();
        assert_eq!((record, content), (written.record, pdf));
        let other: County = "410182".parse().unwrap();
        assert!(matches!(app.attachment(other, &digest), Err(AppError::NotFound(_))), "each county has its own");
        assert_eq!(pointers(app.create_attachment(&person(1), county(), None, upload(b"<html>"))), [""]);
    });
}

#[test]
fn a_county_is_entered_by_an_administrator_of_its_prefix_alone() {
    both(|pool| {
        let app = county_app(&pool);
        let extent = json!({"west": "113.1", "south": "34.28", "east": "113.72", "north": "34.68"});
        let new = |code: &str| body::<CountyBody>(&json!({"county": code, "name": "别县", "extent": extent}));
        assert!(matches!(app.create_county(&person(1), new("110101")), Err(AppError::Forbidden(_))));
        assert!(matches!(app.create_county(&person(1), new("410183")), Err(AppError::Taken(_))));
        app.create_county(&person(1), new("410182")).unwrap();
        let mut seen = person(1);
        assert_eq!(app.counties(&seen).unwrap().len(), 2);
        seen.grants = vec![Grant { prefix: "410182".parse().unwrap(), role: Role::Viewer }];
        assert_eq!(app.counties(&seen).unwrap().len(), 1);
        let foreign = app.put_township(&person(1), county(), township("410182100"), body(&json!({"name": "别处"})));
        assert!(matches!(foreign, Err(AppError::NotFound(_))));
    });
}
