//! The tables of what can be imported. A further one is a constant here, and nothing else.
//!
//! The names are the headers of office sheets and of the systems offices export from. Approvals: 批地, 批而未供 and
//! 转征 tables; supplies and exports of the monitoring system: the record of that system. A name belongs to one column of a table; what may
//! mean two things (编号) is left out.

mod monitoring;
mod reference;

use crate::domain::approval::ApprovalKind;
use crate::domain::contract::ContractKind;
use crate::domain::ledger::balance::Cause;
use crate::domain::ledger::kind::SupplyMethod;
use crate::domain::plot::Origin;
use crate::formats::sheet::column::{Column, Kind, Table, sheet_word};

pub use monitoring::MONITORING;
pub use reference::{ALLOCATION_CATALOGUE, INDUSTRY_CODES, STANDARD_LAND, SUPPLY_CATALOGUE};

/// The list of townships in [`crate::formats::sheet::Context::names`].
pub const TOWNSHIPS: &str = "townships";

const fn column(path: &'static str, names: &'static [&'static str], kind: Kind) -> Column {
    Column { path, names, kind, needed: false }
}

const fn needed(path: &'static str, names: &'static [&'static str], kind: Kind) -> Column {
    Column { path, names, kind, needed: true }
}

const IN_COMPOSITION: Kind = Kind::AreaIn("/composition/unit");

const NUMBER: &[&str] = &[
    "序号",
    "编号",
    "主键",
    "标识码",
    "要素代码",
    "用地报批ID",
    "年份",
    "批报年份",
    "批准年份",
    "宗地数",
    "宗地count",
    "地块数",
];
const COUNTY: &[&str] = &[
    "行政区",
    "行政区划",
    "行政区划代码",
    "行政区代码",
    "行政区代码(6)",
    "县区",
    "县(市、区)",
    "县代码",
    "所属行政区",
    "行政区名称",
];
const APPROVAL_NUMBER: &[&str] = &[
    "批准文号",
    "批复文号",
    "省批文号",
    "用地批文",
    "用地批文号",
    "用地批准文号",
    "批文号",
    "批文文号",
    "批准批复文号",
];
const TOTAL: &[&str] = &[
    "批准面积",
    "批准总面积",
    "用地总面积",
    "总面积",
    "报批面积",
    "批准用地面积",
    "批复面积",
    "批准用地总面积",
    "面积",
    "批准用地面积合计",
    "用地面积",
];
const FARMLAND: &[&str] = &["农用地", "农用地面积", "占农用地", "面积农用地", "批准面积农用地", "用地面积农用地"];
const CULTIVATED: &[&str] = &["耕地", "耕地面积", "占耕地", "占耕地面积", "面积耕地", "农用地耕地"];
const PADDY: &[&str] = &["水田", "水田面积", "占水田", "占水田面积"];
const BASIC: &[&str] = &["永久基本农田", "永久基本农田面积", "占永久基本农田", "基本农田", "永农", "占永农"];
const CONSTRUCTION: &[&str] = &["建设用地", "建设用地面积", "占建设用地", "面积建设用地"];
const UNUSED: &[&str] = &["未利用地", "未利用地面积", "占未利用地", "面积未利用地"];
const NEW_CONSTRUCTION: &[&str] = &["新增建设用地", "新增建设用地面积", "新增面积", "面积新增建设用地"];
const COLLECTIVE: &[&str] = &["集体土地", "集体", "集体面积", "集体土地面积"];
const STATE_OWNED: &[&str] = &["国有土地", "国有", "国有面积", "国有土地面积"];
const REMARK: &[&str] = &["备注", "说明"];
const AUTHORITY: &[&str] = &["批准机关", "批复机关", "审批机关", "批准单位", "发文机关"];

/// 用地批文: bodies of `createApproval`.
pub const APPROVALS: Table = Table {
    name: ("用地批文", "approvals"),
    columns: &[
        needed("/number", APPROVAL_NUMBER, Kind::Text),
        needed(
            "/kind",
            &["批次类型", "批地类型", "审批类型", "用地类型", "报批类型", "批文类型"],
            sheet_word!(
                ApprovalKind,
                "城镇批次" => ApprovalKind::CityBatch, "城市分批次" => ApprovalKind::CityBatch,
                "乡镇批次" => ApprovalKind::TownBatch, "村庄批次" => ApprovalKind::TownBatch,
                "城乡建设用地增减挂钩" => ApprovalKind::LinkedQuota, "单独选址项目" => ApprovalKind::SingleSite,
            ),
        ),
        needed("/authority", AUTHORITY, Kind::Text),
        needed("/approved_on", &["批准日期", "批复日期", "批准时间", "批复时间", "批准年月日", "发文日期"], Kind::Day),
        column("/approved_project", &["报批项目", "批次名称", "项目名称", "批准项目", "用地项目名称"], Kind::Text),
        needed("/composition/total", TOTAL, IN_COMPOSITION),
        column("/composition/farmland", FARMLAND, IN_COMPOSITION),
        column("/composition/cultivated", CULTIVATED, IN_COMPOSITION),
        column("/composition/paddy", PADDY, IN_COMPOSITION),
        column("/composition/permanent_basic_farmland", BASIC, IN_COMPOSITION),
        column("/composition/construction", CONSTRUCTION, IN_COMPOSITION),
        column("/composition/unused", UNUSED, IN_COMPOSITION),
        column("/composition/new_construction", NEW_CONSTRUCTION, IN_COMPOSITION),
        column("/composition/collective", COLLECTIVE, IN_COMPOSITION),
        column("/composition/state_owned", STATE_OWNED, IN_COMPOSITION),
        column("/remark", REMARK, Kind::Text),
        column("", COUNTY, Kind::County),
        column("", NUMBER, Kind::Ignored),
        // They follow from the ledger, which has them to the day.
        column(
            "",
            &["已征面积", "已供面积", "未供面积", "图形面积", "已供应面积", "未供应面积", "市批文号"],
            Kind::Ignored,
        ),
    ],
    copies: &[],
};

/// 地块 without polygon: properties of `importPlots`.
pub const PLOTS: Table = Table {
    name: ("地块", "plots"),
    columns: &[
        needed("/code", &["地块编号", "地块号", "地块代码", "地块"], Kind::Text),
        column("/name", &["地块名称"], Kind::Text),
        column("/location", &["位置", "坐落", "土地坐落", "地块位置", "土地位置", "宗地坐落"], Kind::Text),
        column("/approval", APPROVAL_NUMBER, Kind::Text),
        column(
            "/origin",
            &["来源", "土地来源", "地块来源"],
            sheet_word!(Origin, "新增建设用地" => Origin::Approval, "存量建设用地" => Origin::ExistingStateLand),
        ),
        column("/approved_project", &["报批项目", "批次名称", "项目名称"], Kind::Text),
        needed(
            "/area",
            &["登记面积", "地块面积", "面积", "批准面积", "报批面积", "用地总面积", "用地面积", "总面积"],
            Kind::Area,
        ),
        column("/composition/farmland", FARMLAND, IN_COMPOSITION),
        column("/composition/cultivated", CULTIVATED, IN_COMPOSITION),
        column("/composition/paddy", PADDY, IN_COMPOSITION),
        column("/composition/permanent_basic_farmland", BASIC, IN_COMPOSITION),
        column("/composition/construction", CONSTRUCTION, IN_COMPOSITION),
        column("/composition/unused", UNUSED, IN_COMPOSITION),
        column("/composition/new_construction", NEW_CONSTRUCTION, IN_COMPOSITION),
        column("/composition/collective", COLLECTIVE, IN_COMPOSITION),
        column("/composition/state_owned", STATE_OWNED, IN_COMPOSITION),
        column("/planned_use", &["规划用途", "土地用途", "用途", "规划土地用途"], Kind::Text),
        column("/reserved_on", &["储备入库日期", "入库日期", "储备入库时间", "入库时间"], Kind::Day),
        column(
            "/township",
            &["乡镇街道", "乡镇", "街道", "乡(镇、街道)", "乡镇(街道)", "所属乡镇", "所属乡镇街道", "乡镇名称"],
            Kind::Named(TOWNSHIPS),
        ),
        column(
            "/cause",
            &["未供原因", "未供应原因", "批而未供原因"],
            sheet_word!(
                Cause,
                "边角地" => Cause::Remnant, "道路绿化" => Cause::Remnant, "征地补偿不到位" => Cause::Compensation,
                "未落实项目" => Cause::NoProject,
            ),
        ),
        column("/remark", REMARK, Kind::Text),
        column("", COUNTY, Kind::County),
        column("", NUMBER, Kind::Ignored),
        column(
            "",
            &["图形面积", "已供面积", "未供面积", "乡镇街道代码", "系统编号", "记录时刻", "版本", "批准日期"],
            Kind::Ignored,
        ),
    ],
    copies: &[("/composition/total", "/area")],
};

/// 一地一策月度进展: the office's sheet as it comes back from a township, what was done added to it.
pub const PROGRESS: Table = Table {
    name: ("月度进展", "monthly progress"),
    columns: &[
        needed("/plot", &["地块编号", "地块号", "地块代码", "地块"], Kind::Text),
        needed("/month", &["进展月份", "月份", "最近进展月份", "填报月份"], Kind::Month),
        needed("/done", &["工作进展", "本月进展", "最近进展", "进展情况", "月度进展"], Kind::Text),
        column("/remark", &["进展备注"], Kind::Text),
        column("", COUNTY, Kind::County),
        column("", NUMBER, Kind::Ignored),
        // The rest of the office's sheet.
        column(
            "",
            &[
                "乡镇街道",
                "批次名称",
                "批准文号",
                "批准机关",
                "批准日期",
                "批准面积",
                "已征面积",
                "已供面积",
                "未供面积",
                "未供原因",
                "土地现状",
                "规划用途",
                "拟处置措施",
                "措施说明",
                "计划完成时限",
                "是否逾期",
                "责任单位",
                "责任人",
                "备注",
            ],
            Kind::Ignored,
        ),
    ],
    copies: &[],
};

/// 供应: one row for each plot that a contract or decision draws on, several rows may share a contract.
pub const SUPPLIES: Table = Table {
    name: ("供应", "supplies"),
    columns: &[
        column(
            "/regulatory_number",
            &["电子监管号", "监管号", "合同电子监管号", "土地市场电子监管号"],
            Kind::Supervision,
        ),
        needed(
            "/number",
            &[
                "合同编号",
                "出让合同号",
                "合同号",
                "合同编号/决定书号",
                "决定书号",
                "划拨决定书号",
                "合同或决定书编号",
                "文号",
                "供地文号",
            ],
            Kind::Text,
        ),
        column("/authority", AUTHORITY, Kind::Text),
        needed(
            "/effective_on",
            &[
                "合同签订日期",
                "签订日期",
                "合同签订时间",
                "签订时间",
                "合同签订日",
                "合同日期",
                "决定书日期",
                "取得时间",
            ],
            Kind::Day,
        ),
        needed(
            "/method",
            &["供应方式", "供地方式"],
            sheet_word!(
                SupplyMethod,
                "招标" => SupplyMethod::Tender, "拍卖" => SupplyMethod::Auction, "挂牌" => SupplyMethod::Listing,
                "协议" => SupplyMethod::Agreement, "行政划拨" => SupplyMethod::Allocation, "作价出资" => SupplyMethod::CapitalContribution,
                "作价入股" => SupplyMethod::CapitalContribution,
            ),
        ),
        needed("/plot", &["地块编号", "地块号", "地块代码"], Kind::Text),
        column("/parcel", &["宗地编号", "宗地号"], Kind::Text),
        column("/cadastral_code", &["宗地代码"], Kind::Text),
        needed("/area", &["面积", "供应面积", "供地面积", "土地面积", "出让面积", "宗地面积"], Kind::Area),
        column("/holder", &["土地使用权人", "使用权人", "用地单位", "受让人", "受让单位"], Kind::Text),
        column("/holder_code", &["统一社会信用代码", "使用权人统一社会信用代码", "信用代码"], Kind::Text),
        column("/land_use", &["土地用途", "用途", "规划用途"], Kind::Text),
        column("/project", &["项目代码", "用地项目代码"], Kind::Text),
        column("/memo", REMARK, Kind::Text),
        column("", COUNTY, Kind::County),
        column("", NUMBER, Kind::Ignored),
        // Of the contract, not of the voucher that moves its land.
        column(
            "",
            &[
                "项目名称",
                "位置",
                "坐落",
                "土地坐落",
                "土地来源",
                "使用年限",
                "出让年限",
                "行业分类",
                "土地级别",
                "成交价",
                "成交价格",
                "成交价款",
                "容积率上限",
                "容积率下限",
                "容积率",
                "约定交地时间",
                "约定开工时间",
                "约定竣工时间",
                "批准文号",
            ],
            Kind::Ignored,
        ),
    ],
    copies: &[],
};

/// 合同台账: bodies of `createContract`, and the reports since; the columns of `listContracts` and of follow-up tables (供后监管).
pub const CONTRACTS: Table = Table {
    name: ("合同台账", "contracts"),
    columns: &[
        needed(
            "/number",
            &["合同编号", "出让合同号", "合同号", "合同编号/决定书号", "决定书号", "划拨决定书号", "合同或决定书编号"],
            Kind::Text,
        ),
        column(
            "/regulatory_number",
            &["电子监管号", "监管号", "合同电子监管号", "土地市场电子监管号"],
            Kind::Supervision,
        ),
        column("/kind", &["合同种类", "合同类型"], sheet_word!(ContractKind)),
        needed(
            "/signed_on",
            &[
                "签订日期",
                "合同签订日期",
                "合同签订时间",
                "签订时间",
                "合同签订日",
                "合同日期",
                "决定书日期",
                "取得时间",
            ],
            Kind::Day,
        ),
        needed("/parcels", &["宗地编号", "宗地号"], Kind::Text),
        needed("/user", &["土地使用者", "用地单位", "土地使用权人", "使用权人", "受让人", "受让单位"], Kind::Text),
        column("/user_code", &["统一社会信用代码", "使用权人统一社会信用代码", "信用代码"], Kind::Text),
        column("/project_name", &["项目名称"], Kind::Text),
        needed("/land_use", &["土地用途", "用途", "规划用途"], Kind::Text),
        column(
            "/method",
            &["供应方式", "供地方式"],
            sheet_word!(
                SupplyMethod,
                "招标" => SupplyMethod::Tender, "拍卖" => SupplyMethod::Auction, "挂牌" => SupplyMethod::Listing,
                "协议" => SupplyMethod::Agreement, "行政划拨" => SupplyMethod::Allocation, "作价出资" => SupplyMethod::CapitalContribution,
                "作价入股" => SupplyMethod::CapitalContribution,
            ),
        ),
        column("/term", &["使用年期", "使用年限", "出让年限"], Kind::Number),
        needed("/area", &["合同面积", "供地面积", "供应面积", "土地面积", "出让面积", "面积"], Kind::Area),
        column("/price_yuan", &["价款", "成交价", "成交价格", "成交价款", "出让价款", "合同价款"], Kind::Money),
        column("/delivery_on", &["约定交地日", "约定交地时间", "约定交地日期"], Kind::Day),
        column(
            "/start_on",
            &["约定动工日", "约定开工时间", "约定开工日期", "约定开工", "约定动工时间", "约定动工日期"],
            Kind::Day,
        ),
        column("/completion_on", &["约定竣工日", "约定竣工时间", "约定竣工日期", "约定竣工"], Kind::Day),
        column("/investment_yuan", &["总投资额", "总投资", "投资总额"], Kind::Money),
        column("/fixed_investment_yuan", &["固定资产投资额", "固定资产总投资", "规定投资额下限"], Kind::Money),
        column("/developable", &["应动工面积", "应动工开发面积"], Kind::Area),
        column("/floor_area_ratio_min", &["容积率下限"], Kind::Number),
        column("/floor_area_ratio_max", &["容积率上限"], Kind::Number),
        column("/delivered_on", &["实际交地日", "实际交地时间", "实际交地日期"], Kind::Day),
        column(
            "/started_on",
            &["实际动工日", "实际开工时间", "实际开工日期", "实际开工", "实际动工时间", "实际动工日期"],
            Kind::Day,
        ),
        column("/permit_number", &["施工许可证编号", "施工许可证号"], Kind::Text),
        column("/completed_on", &["实际竣工日", "实际竣工时间", "实际竣工日期", "实际竣工"], Kind::Day),
        column("/reported_on", &["进度日期", "填报日期", "数据日期"], Kind::Day),
        column("/developed", &["已动工面积", "已动工开发面积", "已开工面积"], Kind::Area),
        column("/invested_yuan", &["已投资额", "固定资产累计投入", "累计投资"], Kind::Money),
        column("/remark", REMARK, Kind::Text),
        column("", COUNTY, Kind::County),
        column("", NUMBER, Kind::Ignored),
        // They follow from the contract and its events.
        column(
            "",
            &[
                "已缴价款",
                "未开工天数",
                "供后状态",
                "未开工面积",
                "未交地面积",
                "到期未交地面积",
                "是否闲置",
                "闲置原因",
                "拟处置方案",
                "位置",
                "坐落",
                "土地坐落",
                "土地来源",
                "行业分类",
                "土地级别",
            ],
            Kind::Ignored,
        ),
    ],
    copies: &[],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_belongs_to_two_columns_of_a_table() {
        for table in
            [&APPROVALS, &PLOTS, &SUPPLIES, &CONTRACTS, &MONITORING, &SUPPLY_CATALOGUE, &STANDARD_LAND, &INDUSTRY_CODES]
        {
            let names: Vec<&str> = table.columns.iter().flat_map(|column| column.names).copied().collect();
            for (at, name) in names.iter().enumerate() {
                assert!(!names[..at].contains(name), "{name} in {}", table.name.1);
            }
        }
    }
}
