//! 告知与决定: what the user is told before a fee or a recovery is decided on, and the decisions.

use crate::domain::idle_case::step::{Paper, StepKind};
use crate::domain::paper::kinds::LAND;
use crate::domain::paper::layout::Block::{Addressee, Heading, Note, Paragraph, Signature, Table};
use crate::domain::paper::layout::{Layout, Numbering};

const INFORMED: Layout = Layout {
    title: "",
    head: Some("{agency}"),
    numbering: Numbering::Agency,
    step: Some(StepKind::Informed),
    step_has_its_number: false,
    served_as: None,
    blocks: &[],
};

/// 闲置土地情况告知书 (article 15)
pub const SITUATION: Layout = Layout {
    title: "闲置土地情况告知书",
    served_as: Some(Paper::Situation),
    blocks: &[
        Addressee("{user_name}"),
        Paragraph(
            "本机关于{finding_on}作出的《闲置土地认定书》（{finding_no}）已于{finding_served_on}送达。在作出处理决定前，现将有关情况告知如下。",
        ),
        Heading("一、土地基本情况"),
        Table(LAND),
        Heading("二、查明的事实和依据"),
        Paragraph("{facts}"),
        Paragraph("闲置原因：{cause}。"),
        Heading("三、拟作出的处理"),
        Paragraph("拟采取的处置方式：{way}。{proposal}"),
        Heading("四、你单位的权利"),
        Paragraph(
            "你单位对上述事实、依据和拟作出的处理，可以向本机关陈述意见、提出申辩并提供证据；依法要求听证的，按《听证权利告知书》办理（第十五条）。",
        ),
        Paragraph("联系人：{contact}；联系电话：{phone}；地址：{agency_address}。"),
        Signature(&["{agency}"]),
    ],
    ..INFORMED
};

/// 听证权利告知书 (article 15)
pub const HEARING_RIGHTS: Layout = Layout {
    title: "听证权利告知书",
    served_as: Some(Paper::HearingRights),
    blocks: &[
        Addressee("{user_name}"),
        Paragraph(
            "你单位使用的位于{location}的国有建设用地（面积{area}，电子监管号或合同编号：{land_id}），本机关已于{finding_on}认定为闲置土地（{finding_no}）。",
        ),
        Paragraph("拟作出的处理：{way}。{proposal}"),
        Paragraph("事实和依据：{facts}"),
        Paragraph(
            "根据《闲置土地处置办法》第十五条和自然资源听证的有关规定，你单位有要求听证的权利。要求听证的，请自收到本告知书之日起{hearing_request_period}内向本机关书面提出；本告知书于{serve_on}送达的，至{hearing_request_due}止。逾期未提出的，视为放弃听证。",
        ),
        Paragraph(
            "本机关收到申请后，在{hearing_period}内组织听证，并事先通知时间和地点。听证不收取费用；你单位可以委托代理人，可以申请与案件有利害关系的主持人回避，可以举证、质证和申辩。",
        ),
        Paragraph("[{other}]"),
        Paragraph("联系人：{contact}；联系电话：{phone}；地址：{agency_address}。"),
        Signature(&["{agency}"]),
    ],
    ..INFORMED
};

const REMEDY: &str = "不服本决定的，可以自收到本决定书之日起{review_period}内向{review_body}申请行政复议（《中华人民共和国行政复议法》第二十条），也可以自收到之日起{suit_period}内向{court}提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条）；本决定书于{serve_on}送达的，申请复议至{review_due}止，起诉至{suit_due}止。复议和诉讼期间除法律另有规定外，本决定不停止执行。";

const PROCEDURE: &str = "《闲置土地认定书》（{finding_no}）于{finding_served_on}送达。本机关已告知拟作出的处理及你单位陈述、申辩和要求听证的权利（{situation_no}），{hearing}。";

const DECIDED: Layout = Layout {
    title: "",
    head: Some("{agency}"),
    numbering: Numbering::Agency,
    step: Some(StepKind::Decided),
    step_has_its_number: true,
    served_as: None,
    blocks: &[],
};

/// 征缴土地闲置费决定书 (articles 14 (1), 16, 17)
pub const FEE: Layout = Layout {
    title: "征缴土地闲置费决定书",
    served_as: Some(Paper::FeeDecision),
    blocks: &[
        Addressee("{user_name}"),
        Heading("一、土地基本情况"),
        Table(LAND),
        Heading("二、违反的规定、事实和证据"),
        Paragraph("{violation}"),
        Paragraph("{facts}"),
        Paragraph("主要证据：{evidence}"),
        Paragraph(PROCEDURE),
        Heading("三、决定的种类和依据"),
        Paragraph(
            "根据《中华人民共和国城市房地产管理法》第二十六条和《闲置土地处置办法》第十四条第（一）项，经{government}批准（{approval_no}，{approval_on}），决定向你单位征缴土地闲置费。",
        ),
        Paragraph(
            "计征基数为土地出让或者划拨价款{price}，比例为{fee_rate}，应缴土地闲置费{fee}。土地闲置费不得列入生产成本。",
        ),
        Heading("四、履行方式和期限"),
        Paragraph(
            "请自本决定书送达之日起{pay_period}内向{fee_payee}缴纳（第十七条）；本决定书于{serve_on}送达的，至{pay_due}止。缴纳土地闲置费不免除动工开发的义务，继续闲置达到法定年限的，将依法无偿收回国有建设用地使用权（第十四条第（二）项）。",
        ),
        Paragraph("逾期不缴纳，又不申请行政复议、不提起行政诉讼的，本机关将依法申请人民法院强制执行（第十八条）。"),
        Heading("五、救济途径和期限"),
        Paragraph(REMEDY),
        Paragraph("[{other}]"),
        Signature(&["{agency}"]),
    ],
    ..DECIDED
};

/// 收回国有建设用地使用权决定书 (articles 14 (2), 16, 17)
pub const RECOVERY: Layout = Layout {
    title: "收回国有建设用地使用权决定书",
    served_as: Some(Paper::RecoveryDecision),
    blocks: &[
        Addressee("{user_name}"),
        Heading("一、土地基本情况"),
        Table(LAND),
        Heading("二、违反的规定、事实和证据"),
        Paragraph("{violation}"),
        Paragraph("{facts}"),
        Paragraph("主要证据：{evidence}"),
        Paragraph(PROCEDURE),
        Heading("三、决定的种类和依据"),
        Paragraph(
            "根据《中华人民共和国城市房地产管理法》第二十六条和《闲置土地处置办法》第十四条第（二）项，经{government}批准（{approval_no}，{approval_on}），决定无偿收回你单位上述国有建设用地使用权，收回面积{recovered_area}。",
        ),
        Heading("四、履行方式和期限"),
        Paragraph(
            "请自本决定书送达之日起{cancel_period}内向{registry}申请国有建设用地使用权注销登记，交回土地权利证书[（{certificate_no}）]（第十七条）；本决定书于{serve_on}送达的，至{cancel_due}止。",
        ),
        Paragraph(
            "逾期不办理，又不申请行政复议、不提起行政诉讼的，本机关将依法申请人民法院强制执行，并公告注销登记和土地权利证书（第十八条）。",
        ),
        Heading("五、救济途径和期限"),
        Paragraph(REMEDY),
        Paragraph("[{other}]"),
        Signature(&["{agency}"]),
        Note("[抄送：{mortgagee}（抵押权人）]"),
    ],
    ..DECIDED
};
