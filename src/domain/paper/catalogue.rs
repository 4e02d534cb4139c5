//! Every field that stands in some paper.

use crate::domain::paper::field::FieldSource::{Case, Clerk, Contract, Law, Settings};
use crate::domain::paper::field::{Field, FieldSource, Form};

/// 送达方式, as `Manner` has them.
pub const MANNERS: &[(&str, &str)] = &[
    ("direct", "直接送达"),
    ("left", "留置送达"),
    ("post", "邮寄送达"),
    ("entrusted", "委托送达"),
    ("public", "公告送达"),
];

/// 闲置原因, as `Cause` has them.
pub const CAUSES: &[(&str, &str)] = &[
    ("government", "政府及其有关部门的行为"),
    ("own", "土地使用权人自身原因"),
    ("mixed", "政府与自身原因兼有"),
    ("force_majeure", "不可抗力"),
];

/// 基础阶段 — how far the foundation must be for a start (article 30).
const FOUNDATIONS: &[(&str, &str)] = &[
    ("deep_pit", "需挖深基坑的项目，基坑开挖完毕"),
    ("piles", "使用桩基的项目，打入所有基础桩"),
    ("other", "其他项目，地基施工完成三分之一"),
];

/// 申请强制执行的情形 — whether nobody challenged the decision in time, or a review or suit against it has ended.
pub const COURT_ROUTES: &[(&str, &str)] = &[
    ("unchallenged", "复议和诉讼期限届满，未申请复议、未起诉"),
    ("review_upheld", "行政复议已终结，此后未起诉"),
    ("suit_ended", "行政诉讼已终结，原决定未被撤销"),
];

const fn field(name: &'static str, zh: &'static str, en: &'static str, form: Form, source: FieldSource) -> Field {
    Field { name, zh, en, form, source }
}

use Form::{Area, Day, Line, Money, Paragraphs, Word};

/// All of them, by where they come from.
pub const FIELDS: &[Field] = &[
    // The county's settings.
    field("agency", "发文机关", "issuing agency", Line, Settings),
    field("agency_head", "机关负责人", "head of the agency", Line, Settings),
    field("agency_address", "机关地址", "address of the agency", Line, Settings),
    field("contact", "联系人", "contact person", Line, Settings),
    field("phone", "联系电话", "telephone", Line, Settings),
    field("government", "本级人民政府", "people's government", Line, Settings),
    field("review_body", "行政复议机关", "body for administrative review", Line, Settings),
    field("court", "有管辖权的人民法院", "competent court", Line, Settings),
    field("registry", "不动产登记机构", "real estate registry", Line, Settings),
    field("fee_payee", "土地闲置费收缴单位和账户", "who takes the idle fee in, and the account", Line, Settings),
    // Contract and parcel.
    field("user_name", "土地使用权人", "land user", Line, Contract),
    field("user_address", "土地使用权人地址", "address of the land user", Line, Contract),
    field("user_code", "统一社会信用代码", "unified social credit code", Line, Contract),
    field("representative", "法定代表人", "legal representative", Line, Contract),
    field("contract_kind", "有偿使用合同或划拨决定书", "kind of contract", Line, Contract),
    field("contract_no", "合同或划拨决定书编号", "contract number", Line, Contract),
    field("land_id", "电子监管号或合同编号", "supervision number, or the contract's if there is none", Line, Contract),
    field("contract_on", "合同签订或划拨决定日期", "day of the contract", Day, Contract),
    field("price", "土地出让或划拨价款", "price of the land", Money, Contract),
    field("parcel_no", "宗地编号", "parcel number", Line, Contract),
    field("certificate_no", "不动产权证号", "title certificate number", Line, Contract),
    field("location", "土地坐落", "location", Line, Contract),
    field("bounds", "四至", "bounds on four sides", Line, Contract),
    field("area", "土地面积", "area", Area, Contract),
    field("land_use", "土地用途", "land use", Line, Contract),
    field("agreed_start", "约定或规定的动工开发日期", "agreed start", Day, Contract),
    field("agreed_completion", "约定或规定的竣工日期", "agreed completion", Day, Contract),
    field("delivered_on", "《交地确认书》日期", "day of delivery", Day, Contract),
    field("investment", "总投资额", "total investment", Money, Contract),
    field("mortgagee", "抵押权人", "mortgagee", Line, Contract),
    // The case and its steps.
    field("case_no", "案号", "case number", Line, Case),
    field("opened_on", "立案日期", "day the case was opened", Day, Case),
    field("grounds", "闲置情形", "grounds", Line, Case),
    field("idle_from", "构成闲置的起始日期", "first idle day", Day, Case),
    field("notice_no", "《闲置土地调查通知书》文号", "number of the notice of investigation", Line, Case),
    field("notice_served_on", "《闲置土地调查通知书》送达日期", "day the notice was served", Day, Case),
    field("answered_on", "书面说明日期", "day of the user's answer", Day, Case),
    field("inspected_on", "现场核查日期", "day of the inspection", Day, Case),
    field("finding_no", "《闲置土地认定书》文号", "number of the finding", Line, Case),
    field("finding_on", "《闲置土地认定书》日期", "day of the finding", Day, Case),
    field("finding_served_on", "《闲置土地认定书》送达日期", "day the finding was served", Day, Case),
    field("filing_no", "监测监管系统备案号", "filing number in the national system", Line, Case),
    field("way", "处置方式", "way of disposal", Line, Case),
    field("agreed_on", "协商一致日期", "day of the agreement with the user", Day, Case),
    field("agreement_no", "协商文件文号", "document of the agreement", Line, Case),
    field("mortgagee_told_on", "告知抵押权人日期", "day the mortgagee was told", Day, Case),
    field("situation_no", "告知文书文号", "number of the paper that informed of the situation", Line, Case),
    field("hearing", "听证情况", "what became of the hearing", Line, Case),
    field("approval_no", "人民政府批准文号", "number of the government's approval", Line, Case),
    field("approval_on", "人民政府批准日期", "day of the government's approval", Day, Case),
    field("decision_name", "决定书名称", "name of the decision", Line, Case),
    field("decision_no", "决定书文号", "number of the decision", Line, Case),
    field("decision_on", "决定书日期", "day of the decision", Day, Case),
    field("decision_served_on", "决定书送达日期", "day the decision was served", Day, Case),
    field("fee", "土地闲置费", "idle fee", Money, Case),
    field("recovered_area", "收回面积", "area taken back", Area, Case),
    field("obligation", "应履行的义务", "what is to be done", Line, Case),
    field("paid", "已缴土地闲置费", "fee that was paid", Money, Case),
    field("urging_no", "《催告书》文号", "number of the urging letter", Line, Case),
    field("urging_served_on", "《催告书》送达日期", "day the urging letter was served", Day, Case),
    field("remedies", "复议和诉讼情况", "what became of review and suit", Line, Case),
    field("court_route", "申请强制执行的情形", "in which case the court is applied to", Word(COURT_ROUTES), Case),
    field("outcome_no", "处置实施依据文号", "document by which the disposal was carried out", Line, Case),
    // What the periods give.
    field("fee_rate", "土地闲置费比例", "rate of the idle fee", Line, Law),
    field("answer_period", "提交材料期限", "period for the answer", Line, Law),
    field("answer_due", "提交材料截止日", "last day for the answer", Day, Law),
    field("hearing_request_period", "申请听证期限", "period to ask for a hearing", Line, Law),
    field("hearing_request_due", "申请听证截止日", "last day to ask for a hearing", Day, Law),
    field("hearing_period", "组织听证期限", "period to hold the hearing", Line, Law),
    field("pay_period", "缴纳期限", "period to pay", Line, Law),
    field("pay_due", "缴纳截止日", "last day to pay", Day, Law),
    field("cancel_period", "注销登记和交回权证期限", "period to cancel the registration", Line, Law),
    field("cancel_due", "注销登记和交回权证截止日", "last day to cancel the registration", Day, Law),
    field("review_period", "行政复议期限", "period for review", Line, Law),
    field("review_due", "行政复议截止日", "last day for review", Day, Law),
    field("suit_period", "行政诉讼期限", "period for a suit", Line, Law),
    field("suit_due", "行政诉讼截止日", "last day for a suit", Day, Law),
    field("urging_period", "催告后履行期限", "period after urging", Line, Law),
    field("urging_due", "催告后履行截止日", "last day after urging", Day, Law),
    field("remedies_due", "复议和诉讼期限届满日", "last day for review and suit", Day, Law),
    field("court_period", "申请强制执行期限", "period to apply to the court", Line, Law),
    field("court_due", "申请强制执行截止日", "last day to apply to the court", Day, Law),
    field("public_period", "公告送达期限", "period of a public notice", Line, Law),
    field("public_due", "公告期满日", "day on which the public notice ends", Day, Law),
    // What the clerk types.
    field("issued_on", "成文日期", "day of the paper", Day, Clerk),
    field("serve_on", "拟送达日期", "day on which it is to be served", Day, Clerk),
    field("facts", "事实和依据", "facts and basis", Paragraphs, Clerk),
    field("evidence", "主要证据", "evidence", Paragraphs, Clerk),
    field("violation", "违反的规定或约定", "provision or clause that was broken", Paragraphs, Clerk),
    field("inquiry", "调查的主要内容", "what is inquired into", Paragraphs, Clerk),
    field("cause", "闲置原因", "cause", Word(CAUSES), Clerk),
    field("cause_detail", "闲置原因说明", "explanation of the cause", Paragraphs, Clerk),
    field("conclusion", "认定结论", "conclusion", Paragraphs, Clerk),
    field("department", "责任部门", "department responsible", Line, Clerk),
    field("proposal", "拟作出的处理", "what is going to be decided", Paragraphs, Clerk),
    field("other", "其他事项", "other matters", Paragraphs, Clerk),
    field("project", "建设项目名称", "project", Line, Clerk),
    field("permit_no", "施工许可证号", "construction permit number", Line, Clerk),
    field("permit_on", "施工许可证日期", "day of the construction permit", Day, Clerk),
    field("foundation", "基础施工阶段", "stage of the foundation", Word(FOUNDATIONS), Clerk),
    field("start_on", "动工日期", "day of the start", Day, Clerk),
    field("completed_on", "竣工日期", "day of completion", Day, Clerk),
    field("invested", "已投资额", "amount invested", Money, Clerk),
    field("floor_area", "竣工建筑面积", "floor area completed", Area, Clerk),
    field("acceptance_no", "规划核实和竣工验收文件文号", "document of acceptance", Line, Clerk),
    field("delivery_conditions", "交付时土地条件", "condition of the land at delivery", Paragraphs, Clerk),
    field("boundary_marks", "界桩和界址确认情况", "boundary marks", Line, Clerk),
    field("served_paper", "送达文书名称", "name of the paper served", Line, Clerk),
    field("served_no", "送达文书文号", "number of the paper served", Line, Clerk),
    field("recipient", "受送达人", "who is served", Line, Clerk),
    field("manner", "送达方式", "manner of service", Word(MANNERS), Clerk),
    field("place", "送达地点", "place of service", Line, Clerk),
    field("served_on", "送达日期", "day of service", Day, Clerk),
    field("servers", "送达人及证号", "who serves, with certificate numbers", Line, Clerk),
    field("refusal", "拒收事由", "why it was refused", Line, Clerk),
    field("witness", "见证人", "witness", Line, Clerk),
    field("mail_no", "邮件号", "postal number", Line, Clerk),
    field("entrusted_to", "受委托机关", "who is entrusted", Line, Clerk),
    field("public_place", "公告载体", "where it is announced", Line, Clerk),
    field("plan", "处置方案内容", "what the plan says", Paragraphs, Clerk),
    field("negotiation", "协商情况", "course of the negotiation", Paragraphs, Clerk),
    field("claim", "请求事项", "what the court is asked for", Paragraphs, Clerk),
    field(
        "court_basis",
        "诉讼终结后申请执行的依据和期限",
        "provision and time for the application after a suit",
        Paragraphs,
        Clerk,
    ),
    field("attachments", "附件", "enclosures", Paragraphs, Clerk),
    field("outcome", "处置实施情况", "how the disposal was carried out", Paragraphs, Clerk),
    field("closing_reason", "结案理由", "reason for closing", Paragraphs, Clerk),
];

/// A field by its name.
pub fn field_named(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::idle_case::Cause;
    use crate::domain::idle_case::step::Manner;

    #[test]
    fn the_words_of_fields_are_those_of_the_case_record() {
        let manners: Vec<_> = Manner::ALL.iter().map(|manner| (manner.as_str(), manner.zh())).collect();
        assert_eq!(MANNERS, manners);
        let causes: Vec<_> = Cause::ALL.iter().map(|cause| (cause.as_str(), cause.zh())).collect();
        assert_eq!(CAUSES, causes);
    }

    #[test]
    fn every_field_has_a_name_of_its_own() {
        for (at, field) in FIELDS.iter().enumerate() {
            assert!(FIELDS[at + 1..].iter().all(|other| other.name != field.name), "{} stands there twice", field.name);
        }
    }
}
