//! 调查与认定: the notice of investigation and the finding.

use crate::domain::idle_case::step::{Paper, StepKind};
use crate::domain::paper::kinds::LAND;
use crate::domain::paper::layout::Block::{Addressee, Heading, Paragraph, Signature, Table, When};
use crate::domain::paper::layout::{Layout, Numbering};

/// 闲置土地调查通知书 (articles 5, 6)
pub const NOTICE: Layout = Layout {
    title: "闲置土地调查通知书",
    head: Some("{agency}"),
    numbering: Numbering::Agency,
    step: Some(StepKind::InvestigationNotice),
    step_has_its_number: true,
    served_as: Some(Paper::InvestigationNotice),
    blocks: &[
        Addressee("{user_name}"),
        Paragraph(
            "你单位使用的下列国有建设用地涉嫌闲置。根据《闲置土地处置办法》第五条、第六条，本机关决定开展调查核实，现通知如下。",
        ),
        Heading("一、涉嫌闲置土地基本情况"),
        Table(LAND),
        Heading("二、涉嫌闲置的事实和依据"),
        Paragraph("{facts}"),
        Paragraph("上述情况涉嫌属于《闲置土地处置办法》第二条所称情形：{grounds}。"),
        Heading("三、调查内容和提交材料期限"),
        Paragraph("调查的主要内容：{inquiry}"),
        Paragraph(
            "请自收到本通知书之日起{answer_period}内，向本机关提交土地权利证明、开发建设情况和闲置原因的书面说明及证据；本通知书于{serve_on}送达的，至{answer_due}止。期满未提交的，本机关依据其他证据认定。",
        ),
        Heading("四、权利和义务"),
        Paragraph(
            "你单位可以陈述意见、提出申辩、提供证据。本机关可以询问有关人员、现场勘测和拍照摄像、查阅复制有关资料（第七条），你单位应当如实说明并予以配合。",
        ),
        Heading("五、其他事项"),
        Paragraph("[{other}]"),
        Paragraph("联系人：{contact}；联系电话：{phone}；地址：{agency_address}。"),
        Signature(&["{agency}"]),
    ],
};

/// 闲置土地认定书 (articles 9, 10)
pub const FINDING: Layout = Layout {
    title: "闲置土地认定书",
    head: Some("{agency}"),
    numbering: Numbering::Agency,
    step: Some(StepKind::Found),
    step_has_its_number: true,
    served_as: Some(Paper::Finding),
    blocks: &[
        Addressee("{user_name}"),
        Paragraph(
            "经调查核实，根据《闲置土地处置办法》第二条、第九条、第十条，对你单位使用的下列国有建设用地作出认定。",
        ),
        Heading("一、土地基本情况"),
        Table(LAND),
        Heading("二、认定的事实和依据"),
        Paragraph(
            "本机关发出的《闲置土地调查通知书》（{notice_no}）于{notice_served_on}送达，{inspected_on}进行了现场核查[，你单位于{answered_on}提交了书面说明]。",
        ),
        Paragraph("{facts}"),
        Paragraph("主要证据：{evidence}"),
        Heading("三、闲置原因和认定结论"),
        Paragraph("闲置原因：{cause}。{cause_detail}"),
        When(
            "cause",
            &["government", "mixed"],
            &[Paragraph("造成闲置的政府责任部门：{department}。有关情况将书面告知该部门（第十一条）。")],
        ),
        Paragraph(
            "认定结论：该宗土地自{idle_from}起符合《闲置土地处置办法》第二条规定的情形（{grounds}），认定为闲置土地。{conclusion}",
        ),
        Heading("四、其他事项"),
        Paragraph(
            "该宗土地的位置、使用权人名称、闲置时间等信息将向社会公开至处置完毕（第十一条），并在土地市场动态监测与监管系统中备案（第二十五条）。对本认定有异议的，可以向本机关提出意见并提供证据。",
        ),
        Paragraph("[{other}]"),
        Paragraph("联系人：{contact}；联系电话：{phone}；地址：{agency_address}。"),
        Signature(&["{agency}"]),
    ],
};
