//! 执行: urging, the application to the court, and the cancellation of the registration.

use crate::domain::idle_case::step::{Paper, StepKind};
use crate::domain::paper::layout::Block::{Addressee, Heading, Note, Paragraph, Signature, Table, When};
use crate::domain::paper::layout::{Layout, Numbering, row};

/// 催告书 (《行政强制法》 article 54)
pub const URGING: Layout = Layout {
    title: "履行行政决定催告书",
    head: Some("{agency}"),
    numbering: Numbering::Agency,
    step: Some(StepKind::Urged),
    step_has_its_number: true,
    served_as: Some(Paper::Urging),
    blocks: &[
        Addressee("{user_name}"),
        Paragraph(
            "本机关于{decision_on}作出《{decision_name}》（{decision_no}），已于{decision_served_on}送达你单位（地址：{user_address}）。你单位在法定期限内未申请行政复议、未提起行政诉讼，也未履行该决定。",
        ),
        Paragraph("涉及土地位于{location}，面积{area}，电子监管号或合同编号：{land_id}。"),
        Paragraph("应当履行的义务：{obligation}。"),
        Paragraph(
            "根据《中华人民共和国行政强制法》第五十四条，现催告你单位自收到本催告书之日起{urging_period}内履行上述义务；本催告书于{serve_on}送达的，至{urging_due}止。逾期仍不履行的，本机关将依法申请人民法院强制执行。",
        ),
        Paragraph("履行方式：{fee_payee}。"),
        Paragraph("收到本催告书后，你单位可以向本机关陈述和申辩。[{other}]"),
        Paragraph("联系人：{contact}；联系电话：{phone}；地址：{agency_address}。"),
        Signature(&["{agency}"]),
    ],
};

/// 强制执行申请书: where nobody went to court, by articles 53 and 54 of the 行政强制法 and within their three months; after a
/// suit by what the clerk names, as those articles are not about that
pub const COURT_APPLICATION: Layout = Layout {
    title: "行政强制执行申请书",
    head: Some("{agency}"),
    numbering: Numbering::Agency,
    step: Some(StepKind::CourtApplied),
    step_has_its_number: false,
    served_as: None,
    blocks: &[
        Addressee("{court}"),
        Table(&[
            row(&["申请人", "{agency}"]),
            row(&["申请人地址", "{agency_address}"]),
            row(&["负责人", "{agency_head}"]),
            row(&["联系人及电话", "{contact}，{phone}"]),
            row(&["被申请人", "{user_name}"]),
            row(&["被申请人地址", "{user_address}"]),
            row(&["统一社会信用代码", "[{user_code}]"]),
            row(&["法定代表人", "[{representative}]"]),
            row(&["申请情形", "{court_route}"]),
        ]),
        Heading("一、申请执行的依据"),
        Paragraph(
            "{decision_on}作出的《{decision_name}》（{decision_no}），经{government}批准（{approval_no}），于{decision_served_on}送达被申请人。",
        ),
        Heading("二、请求事项"),
        Paragraph("请求强制执行：{obligation}。"),
        Paragraph("{claim}"),
        Heading("三、事实和理由"),
        Paragraph("涉及土地位于{location}，四至为{bounds}，面积{area}，电子监管号或合同编号：{land_id}。"),
        Paragraph("{facts}"),
        When(
            "court_route",
            &["unchallenged", "review_upheld"],
            &[
                Paragraph("行政复议和行政诉讼期限已于{remedies_due}届满，{remedies}。"),
                Paragraph(
                    "根据《中华人民共和国行政强制法》第五十三条、第五十四条和《闲置土地处置办法》第十八条，在法定期限（{court_period}，至{court_due}）内提出申请。",
                ),
            ],
        ),
        When("court_route", &["suit_ended"], &[Paragraph("{remedies}。"), Paragraph("{court_basis}")]),
        Paragraph("本机关制发的《催告书》（{urging_no}）于{urging_served_on}送达，被申请人在{urging_due}前仍未履行。"),
        Heading("四、附件"),
        Paragraph("{attachments}"),
        Signature(&["{agency}"]),
        Note("负责人签名并加盖机关印章（《中华人民共和国行政强制法》第五十五条）。"),
    ],
};

/// 注销登记函 (articles 17, 18)
pub const CANCELLATION_LETTER: Layout = Layout {
    title: "关于注销国有建设用地使用权登记的函",
    head: Some("{agency}"),
    numbering: Numbering::Agency,
    step: Some(StepKind::Decided),
    step_has_its_number: false,
    served_as: None,
    blocks: &[
        Addressee("{registry}"),
        Paragraph(
            "经{government}批准（{approval_no}，{approval_on}），本机关于{decision_on}作出《{decision_name}》（{decision_no}），决定收回下列国有建设用地使用权，决定书已于{decision_served_on}送达；{remedies}。",
        ),
        Table(&[
            row(&["原土地使用权人", "{user_name}"]),
            row(&["地址", "{user_address}"]),
            row(&["不动产权证号", "{certificate_no}"]),
            row(&["宗地编号", "{parcel_no}"]),
            row(&["土地坐落", "{location}"]),
            row(&["四至", "{bounds}"]),
            row(&["收回面积", "{recovered_area}"]),
            row(&["电子监管号", "{land_id}"]),
            row(&["抵押权人", "[{mortgagee}]"]),
        ]),
        Paragraph(
            "请依据上述决定书办理国有建设用地使用权注销登记；土地权利证书未交回的，请公告注销（《闲置土地处置办法》第十七条、第十八条）。办理结果请函复本机关。",
        ),
        Paragraph("[{other}]"),
        Paragraph("附件：{attachments}"),
        Paragraph("联系人：{contact}；联系电话：{phone}。"),
        Signature(&["{agency}"]),
    ],
};
