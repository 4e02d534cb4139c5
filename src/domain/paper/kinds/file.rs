//! 案卷与往来: the request for the plan, the letter to the mortgagee, the record of service, the approval of closing.

use crate::domain::idle_case::step::StepKind;
use crate::domain::paper::kinds::LAND;
use crate::domain::paper::layout::Block::{Addressee, Heading, Note, Paragraph, Signature, Table, When};
use crate::domain::paper::layout::{Layout, Numbering, row, tall};

/// 处置方案请示 (articles 12, 13)
pub const PLAN_REQUEST: Layout = Layout {
    title: "关于闲置土地处置方案的请示",
    head: Some("{agency}"),
    numbering: Numbering::Agency,
    step: Some(StepKind::Agreed),
    step_has_its_number: false,
    served_as: None,
    blocks: &[
        Addressee("{government}"),
        Paragraph(
            "{user_name}使用的国有建设用地已于{finding_on}认定为闲置土地（{finding_no}），并已在土地市场动态监测与监管系统备案（{filing_no}）。经协商一致，拟订处置方案如下。",
        ),
        Heading("一、土地基本情况"),
        Table(LAND),
        Heading("二、闲置原因"),
        Paragraph("{cause}。{cause_detail}"),
        Heading("三、协商情况"),
        Paragraph("{negotiation}"),
        Paragraph("本机关与土地使用权人于{agreed_on}协商一致（{agreement_no}）。"),
        Paragraph("[该宗土地设有抵押，已于{mortgagee_told_on}书面告知抵押权人{mortgagee}。]"),
        Heading("四、处置方案"),
        Paragraph("处置方式：{way}（《闲置土地处置办法》第十二条）。"),
        Paragraph("{plan}"),
        Paragraph("根据《闲置土地处置办法》第十三条，现将处置方案报请批准后实施。妥否，请批示。"),
        Paragraph("[附件：{attachments}]"),
        Signature(&["{agency}"]),
        Note("联系人：{contact}；联系电话：{phone}"),
    ],
};

/// 抵押权人告知函 (article 13; a decision is copied to the mortgagee)
pub const MORTGAGEE_NOTICE: Layout = Layout {
    title: "关于告知闲置土地处置情况的函",
    head: Some("{agency}"),
    numbering: Numbering::Agency,
    step: Some(StepKind::MortgageeTold),
    step_has_its_number: true,
    served_as: None,
    blocks: &[
        Addressee("{mortgagee}"),
        Paragraph(
            "你单位享有抵押权的下列国有建设用地，本机关已于{finding_on}认定为闲置土地（{finding_no}），闲置原因为{cause}。根据《闲置土地处置办法》第十三条，现将处置的有关情况告知如下。",
        ),
        Table(&[
            row(&["土地使用权人（抵押人）", "{user_name}"]),
            row(&["地址", "{user_address}"]),
            row(&["不动产权证号", "[{certificate_no}]"]),
            row(&["土地坐落", "{location}"]),
            row(&["四至", "{bounds}"]),
            row(&["土地面积", "{area}"]),
            row(&["电子监管号", "{land_id}"]),
        ]),
        Paragraph("拟采取的处置：{proposal}"),
        Paragraph("你单位对处置有意见的，请及时向本机关书面提出，并可以依法主张抵押权。[{other}]"),
        Paragraph("联系人：{contact}；联系电话：{phone}；地址：{agency_address}。"),
        Signature(&["{agency}"]),
    ],
};

/// 送达回证
pub const SERVICE_RECORD: Layout = Layout {
    title: "送达回证",
    head: Some("{agency}"),
    numbering: Numbering::None,
    step: Some(StepKind::Served),
    step_has_its_number: false,
    served_as: None,
    blocks: &[
        Table(&[
            row(&["案号", "{case_no}"]),
            row(&["送达文书名称", "{served_paper}"]),
            row(&["文书文号", "{served_no}"]),
            row(&["受送达人", "{recipient}"]),
            row(&["受送达人地址", "{user_address}"]),
            row(&["涉及土地", "{location}（{land_id}）"]),
            row(&["送达方式", "{manner}"]),
            row(&["送达日期", "{served_on}"]),
            row(&["送达人及证号", "{servers}"]),
        ]),
        When("manner", &["direct", "left", "entrusted"], &[Table(&[row(&["送达地点", "{place}"])])]),
        When(
            "manner",
            &["left"],
            &[Table(&[row(&["拒收事由", "{refusal}"]), row(&["见证人", "{witness}"]), tall(&["见证人签名", ""], 2)])],
        ),
        When("manner", &["post"], &[Table(&[row(&["邮件号", "{mail_no}"])])]),
        When("manner", &["entrusted"], &[Table(&[row(&["受委托机关", "{entrusted_to}"])])]),
        When(
            "manner",
            &["public"],
            &[Table(&[
                row(&["公告载体", "{public_place}"]),
                row(&["公告期限", "自{served_on}发布公告之日起{public_period}"]),
                row(&["公告期满日（视为送达）", "{public_due}"]),
            ])],
        ),
        Table(&[
            tall(&["收件人签名或盖章", "\n　　　　年　　月　　日"], 3),
            tall(&["代收人与受送达人关系", ""], 1),
            tall(&["送达人签名", ""], 2),
            tall(&["备注", "[{other}]"], 2),
        ]),
        Note("受送达人拒收的，由送达人和见证人记明情况并签名；公告送达附公告原件，邮寄送达附回执。"),
    ],
};

/// 结案审批表
pub const CLOSING_APPROVAL: Layout = Layout {
    title: "闲置土地处置结案审批表",
    head: Some("{agency}"),
    numbering: Numbering::None,
    step: Some(StepKind::Closed),
    step_has_its_number: false,
    served_as: None,
    blocks: &[
        Table(&[
            row(&["案号", "{case_no}", "立案日期", "{opened_on}"]),
            row(&["土地使用权人", "{user_name}", "合同编号", "{contract_no}"]),
            row(&["土地坐落", "{location}", "电子监管号", "{land_id}"]),
            row(&["四至", "{bounds}", "土地面积", "{area}"]),
            row(&["闲置情形", "{grounds}", "闲置原因", "{cause}"]),
            row(&["认定书", "{finding_no}（{finding_on}）", "处置方式", "{way}"]),
            row(&["处置依据", "[{decision_no}][{outcome_no}]", "监测监管系统备案号", "{filing_no}"]),
        ]),
        Table(&[
            row(&["处置实施情况", "{outcome}"]),
            row(&["土地闲置费缴纳", "[{paid}]"]),
            row(&["复议和诉讼情况", "{remedies}"]),
            row(&["结案理由", "{closing_reason}"]),
            tall(&["经办人意见", "\n签名：　　　　　　年　　月　　日"], 2),
            tall(&["审核意见", "\n签名：　　　　　　年　　月　　日"], 2),
            tall(&["法制审核意见", "\n签名：　　　　　　年　　月　　日"], 2),
            tall(&["审批意见", "\n签名：　　　　　　年　　月　　日"], 2),
        ]),
        Note(
            "填表日期：{issued_on}。结案后更新监测监管系统，并撤下公开信息（《闲置土地处置办法》第十一条、第二十五条）。",
        ),
    ],
};
