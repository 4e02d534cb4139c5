//! Whether a version or event may follow what is known of a contract: every fault of it at once.

use chrono::NaiveDate;

use crate::domain::contract::cause::{CauseBody, CauseDecisionBody};
use crate::domain::contract::development::{DevelopmentBody, DevelopmentKind};
use crate::domain::contract::history::{Contract, ContractEventKind, Detail, WithdrawalBody, disorder};
use crate::domain::contract::inspection::InspectionBody;
use crate::domain::contract::terms::ContractTerms;
use crate::domain::contract::{AmendmentBody, ChangeKind, check_days};
use crate::domain::input::{FieldError, Line, NonNegative, Reader};
use crate::domain::policy::{NotInForce, Policy, keys};
use crate::domain::record::{Warning, WarningCode};
use crate::domain::rules::idle::after;
use crate::domain::text::{Text, text};

fn fault(pointer: &str, value: impl ToString, message: Text) -> FieldError {
    FieldError { pointer: pointer.to_owned(), value: Some(value.to_string()), message }
}

/// A fact does not lie ahead.
fn not_ahead(pointer: &str, day: NaiveDate, today: NaiveDate) -> Option<FieldError> {
    (day > today).then(|| fault(pointer, day, text!("晚于今天 {today}", "it is after today, {today}")))
}

/// The phase is one of the newest terms; where there are phases and the whole will not do, it is named.
fn phase(contract: &Contract, named: Option<&Line<50>>, is_needed: bool) -> Option<FieldError> {
    let phases = contract.newest().terms.phases();
    let known = || phases.iter().map(|phase| phase.name.as_str()).collect::<Vec<_>>().join("、");
    match named {
        Some(named) if !phases.iter().any(|phase| phase.name == *named) => {
            let message = if phases.is_empty() {
                Text::fixed("该合同没有分期", "the contract has no phases")
            } else {
                let known = known();
                text!("没有这一分期;分期有:{known}", "there is no such phase; the phases are {known}")
            };
            Some(fault("/phase", named, message))
        }
        None if is_needed && !phases.is_empty() => {
            let known = known();
            let message =
                text!("合同分期开发,须写明分期:{known}", "the contract has phases; say which one it is: {known}");
            Some(FieldError { pointer: "/phase".to_owned(), value: None, message })
        }
        _ => None,
    }
}

/// Faults of a progress report that would be event `n`.
pub fn development(contract: &Contract, sent: &DevelopmentBody, n: i64, today: NaiveDate) -> Vec<FieldError> {
    let whole_will_do = matches!(sent.kind, DevelopmentKind::Delivered | DevelopmentKind::Paid);
    let mut faults: Vec<FieldError> = not_ahead("/on", sent.on, today)
        .into_iter()
        .chain(sent.permitted_on.and_then(|permitted| not_ahead("/permitted_on", permitted, today)))
        .chain(phase(contract, sent.phase.as_ref(), !whole_will_do))
        .collect();
    let terms = &contract.newest().terms;
    let of_phase = sent.phase.as_ref().and_then(|name| terms.phases().iter().find(|phase| phase.name == *name));
    let area = of_phase.map_or(terms.area_m2, |phase| phase.area_m2).get();
    if let Some(developed) = sent.developed_m2.map(NonNegative::get).filter(|developed| *developed > area) {
        let message = text!("大于合同(分期)面积 {area}", "it exceeds the area of the contract or phase, {area}");
        faults.push(fault("/developed_m2", developed, message));
    }
    let instalments = terms.instalments().len();
    if let Some(instalment) = sent.instalment.filter(|part| *part == 0 || *part as usize > instalments) {
        let message = text!("合同共 {instalments} 期", "the contract has {instalments} instalments");
        faults.push(fault("/instalment", instalment, message));
    }
    let mut reports = contract.reports(sent.phase.as_ref().map(Line::as_str), NaiveDate::MAX);
    reports.push((n, sent));
    reports.sort_by_key(|(n, report)| (report.on, *n));
    if let Some((at, message)) = disorder(&reports) {
        let message = if at == n {
            message
        } else {
            // It is the later report that no longer fits.
            let Text { zh, en } = message;
            text!("与之后的第 {at} 号事项矛盾:{zh}", "it contradicts event {at}, which comes later: {en}")
        };
        faults.push(fault("/on", sent.on, message));
    }
    faults
}

pub fn inspection(contract: &Contract, sent: &InspectionBody, today: NaiveDate) -> Vec<FieldError> {
    let unnamed = sent.unnamed().map(|index| FieldError {
        pointer: format!("/inspectors/{index}/name"),
        value: None,
        message: Text::fixed("须填核查人员姓名", "give the inspector's name"),
    });
    not_ahead("/on", sent.on, today)
        .into_iter()
        .chain(phase(contract, sent.phase.as_ref(), false))
        .chain(unnamed)
        .collect()
}

pub fn cause(contract: &Contract, sent: &CauseBody, today: NaiveDate) -> Vec<FieldError> {
    let to = sent.to.filter(|to| *to > today).map(|to| {
        fault(
            "/to",
            to,
            text!("晚于今天 {today};尚未结束的请留空", "it is after today, {today}; leave it out while it lasts"),
        )
    });
    not_ahead("/from", sent.from, today)
        .into_iter()
        .chain(to)
        .chain(phase(contract, sent.phase.as_ref(), false))
        .collect()
}

pub fn decision(contract: &Contract, sent: &CauseDecisionBody, today: NaiveDate) -> Vec<FieldError> {
    let mut faults: Vec<FieldError> = not_ahead("/decided_on", sent.decided_on, today).into_iter().collect();
    let claimed = contract.live().find_map(|event| match &event.detail {
        Detail::Cause(cause) if event.n == sent.claim => Some(cause),
        _ => None,
    });
    let Some(claimed) = claimed else {
        let message =
            Text::fixed("该合同没有这一原因说明,或已撤销", "the contract has no such claim, or it was withdrawn");
        faults.push(fault("/claim", sent.claim, message));
        return faults;
    };
    let (from, to) = (claimed.from, claimed.to);
    let within = |day: NaiveDate| day >= from && to.is_none_or(|to| day <= to);
    for (pointer, day) in [("/from", sent.from), ("/to", sent.to)] {
        if let Some(day) = day.filter(|day| !within(*day)) {
            let until = to.map_or_else(|| "…".to_owned(), |to| to.to_string());
            let message = text!(
                "不在所说明的区间 {from} 至 {until} 之内",
                "it is not within the interval claimed, {from} to {until}"
            );
            faults.push(fault(pointer, day, message));
        }
    }
    if let Some(to) = sent.to.filter(|to| *to > today) {
        faults.push(fault("/to", to, text!("晚于今天 {today}", "it is after today, {today}")));
    }
    let accepted_from = sent.from.unwrap_or(from);
    if let Some(to) = sent.to.filter(|to| *to < accepted_from) {
        let message = text!("早于起始日 {accepted_from}", "it precedes the beginning on {accepted_from}");
        faults.push(fault("/to", to, message));
    }
    faults
}

pub fn withdrawal(contract: &Contract, sent: &WithdrawalBody) -> Vec<FieldError> {
    let Some(event) = contract.live().find(|event| event.n == sent.event) else {
        let message = Text::fixed("该合同没有这一事项,或已撤销", "the contract has no such event, or it was withdrawn");
        return vec![fault("/event", sent.event, message)];
    };
    match event.detail.kind() {
        ContractEventKind::Succeeds | ContractEventKind::SucceededBy => {
            let message = Text::fixed(
                "合同承接依凭证记录,以更正凭证处理",
                "a succession rests on its voucher; correct the voucher",
            );
            return vec![fault("/event", sent.event, message)];
        }
        _ => {}
    }
    // What is left must still be in order, in every phase.
    let phases = contract.newest().terms.phases();
    let whole = phases.is_empty().then_some(None);
    let each = whole.into_iter().chain(phases.iter().map(|phase| Some(phase.name.as_str())));
    for name in each {
        let mut reports = contract.reports(name, NaiveDate::MAX);
        reports.retain(|(n, _)| *n != sent.event);
        if let Some((at, Text { zh, en })) = disorder(&reports) {
            let message = text!(
                "撤销后第 {at} 号事项不再成立:{zh};请先撤销它",
                "event {at} would no longer hold: {en}; withdraw that first"
            );
            return vec![fault("/event", sent.event, message)];
        }
    }
    Vec::new()
}

/// Faults of a version, and the day from which it would hold.
pub fn amendment(
    contract: &Contract,
    sent: &AmendmentBody,
    policy: &Policy,
    today: NaiveDate,
) -> Result<(Option<NaiveDate>, Vec<FieldError>), NotInForce> {
    let mut reader = Reader::default();
    check_days(contract.signed_on, &sent.terms, &mut reader);
    let mut faults = reader.into_faults();
    let signed = contract.signed_on;
    let effective_on = match sent.corrects {
        Some(n) => {
            let corrected = contract.chain().into_iter().find(|version| version.n == n);
            if corrected.is_none() {
                let message =
                    Text::fixed("没有这一版本,或已更正", "there is no such version, or it was corrected already");
                faults.push(fault("/corrects", n, message));
            }
            corrected.map(|version| version.effective_on)
        }
        None => sent.effective_on,
    };
    if let Some(on) = sent.effective_on {
        faults.extend(not_ahead("/effective_on", on, today));
        if on < signed {
            faults.push(fault(
                "/effective_on",
                on,
                text!("早于签订日 {signed}", "it precedes the signing on {signed}"),
            ));
        }
    }
    if let (ChangeKind::Extension, Some(on)) = (sent.change, sent.effective_on.filter(|on| *on >= signed)) {
        faults.extend(extension(contract, &sent.terms, on, policy)?);
    }
    for event in contract.live() {
        if let Some(phase) = event.detail.phase()
            && !sent.terms.phases().iter().any(|kept| kept.name == *phase)
        {
            let n = event.n;
            let message = text!(
                "第 {n} 号事项属于分期“{phase}”,变更后须保留该分期",
                "event {n} is about phase {phase:?}, which has to stay"
            );
            faults.push(fault("/terms/phases", phase, message));
            break;
        }
    }
    Ok((effective_on, faults))
}

/// > GF-2008-2601: 延期……不得超过一年. Extensions in a row are held against the start that was agreed before them.
fn extension(
    contract: &Contract,
    terms: &ContractTerms,
    on: NaiveDate,
    policy: &Policy,
) -> Result<Vec<FieldError>, NotInForce> {
    let chain = contract.chain();
    let mut before = chain.iter().rev().filter(|version| version.effective_on <= on);
    let Some(last) = before.clone().next() else { return Ok(Vec::new()) };
    let base = before.find(|version| version.change != ChangeKind::Extension).unwrap_or(last);
    let mut faults = Vec::new();
    // The days of the whole, and those of each phase by its name.
    let parts = std::iter::once((None, String::from("/terms"))).chain(
        terms.phases().iter().enumerate().map(|(at, phase)| (Some(phase.name.as_str()), format!("/terms/phases/{at}"))),
    );
    let mut is_changed = false;
    let limit = policy.on(&keys::CONTRACT_EXTENSION_MAX, on)?;
    for (phase, place) in parts {
        let (old, new) = (days(&last.terms, phase), days(terms, phase));
        is_changed |= old != new;
        for (member, old, new) in [("start_on", old.0, new.0), ("completion_on", old.1, new.1)] {
            if let (Some(old), Some(new)) = (old, new)
                && new < old
            {
                let message = text!("延期后早于原约定 {old}", "after the extension it precedes {old}");
                faults.push(fault(&format!("{place}/{member}"), new, message));
            }
        }
        if let (Some(agreed), Some(new)) = (days(&base.terms, phase).0, new.0)
            && let Some(latest) = after(agreed, limit.value).filter(|latest| new > *latest)
        {
            let (zh, en, citation) = (limit.value.zh(), limit.value.en(), limit.citation());
            let (instrument_zh, instrument_en) = (&citation.instrument.zh, &citation.instrument.en);
            let message = text!(
                "动工日延期不得超过 {zh},至迟 {latest}(《{instrument_zh}》,contract.extension_max)",
                "the start may be put off by {en} at most, to {latest} ({instrument_en}, contract.extension_max)"
            );
            faults.push(fault(&format!("{place}/start_on"), new, message));
        }
    }
    if !is_changed {
        let message =
            Text::fixed("延期须改变约定的动工日或竣工日", "an extension changes the agreed start or completion");
        faults.push(FieldError { pointer: "/terms/start_on".to_owned(), value: None, message });
    }
    Ok(faults)
}

/// The agreed start and completion of the whole, or of a phase; none of a phase that is not there.
fn days(terms: &ContractTerms, phase: Option<&str>) -> (Option<NaiveDate>, Option<NaiveDate>) {
    match phase {
        None => (terms.start_on, terms.completion_on),
        Some(name) => {
            let found = terms.phases().iter().find(|phase| phase.name.as_str() == name);
            found.map_or((None, None), |phase| (phase.start_on, phase.completion_on))
        }
    }
}

/// What was recorded all the same and should be looked into.
pub fn warnings(contract: &Contract) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let signed = contract.signed_on;
    let started = contract.live().find_map(|event| match &event.detail {
        Detail::Development(report) if report.kind == DevelopmentKind::Started && report.on < signed => Some(report.on),
        _ => None,
    });
    let since = contract.earlier_use.as_ref().map(|earlier| earlier.occupied_since).into_iter().chain(started).min();
    if let Some(since) = since {
        let document = contract.earlier_use.as_ref().and_then(|earlier| earlier.document_number.as_ref());
        let message = match document {
            Some(document) => text!(
                "自 {since} 起占用,早于 {signed} 签订,属补办;处理文件 {document},请核对",
                "occupied since {since}, before the signing on {signed}: formalities were made up for; check {document}"
            ),
            None => text!(
                "自 {since} 起占用,早于 {signed} 签订,属补办;缺少处理文件(earlier_use),请补充",
                "occupied since {since}, before the signing on {signed}: formalities were made up for; the document (earlier_use) is missing"
            ),
        };
        warnings.push(Warning { code: WarningCode::OccupiedEarlier, message });
    }
    let terms = &contract.newest().terms;
    let without = terms.start_on.is_none()
        && (terms.phases().is_empty() || terms.phases().iter().any(|phase| phase.start_on.is_none()));
    if without {
        let message = Text::fixed(
            "未约定动工日;闲置按交地之日起推定(idle.deemed_start),请核对合同",
            "no start was agreed; idleness is counted from the delivery (idle.deemed_start): check the contract",
        );
        warnings.push(Warning { code: WarningCode::StartNotAgreed, message });
    }
    warnings
}
