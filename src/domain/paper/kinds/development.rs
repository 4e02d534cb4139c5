//! 交地、动工与竣工: what is confirmed at delivery, and what the user reports (articles 21 to 23).

use crate::domain::paper::layout::Block::{Addressee, Heading, Note, Paragraph, Signature, Table};
use crate::domain::paper::layout::{Layout, Numbering, row, tall};

const FORM: Layout = Layout {
    title: "",
    head: None,
    numbering: Numbering::None,
    step: None,
    step_has_its_number: false,
    served_as: None,
    blocks: &[],
};

/// 建设项目动工开发申请书 (article 30 says what a start is)
pub const START_APPLICATION: Layout = Layout {
    title: "建设项目动工开发申请书",
    blocks: &[
        Addressee("{agency}"),
        Paragraph("我单位以{contract_kind}取得下列国有建设用地，现申请确认动工开发。"),
        Table(&[
            row(&["申请单位", "{user_name}"]),
            row(&["地址", "{user_address}"]),
            row(&["建设项目", "{project}"]),
            row(&["合同或决定书编号", "{contract_no}"]),
            row(&["电子监管号", "{land_id}"]),
            row(&["土地坐落", "{location}"]),
            row(&["四至", "{bounds}"]),
            row(&["土地面积", "{area}"]),
            row(&["总投资额", "[{investment}]"]),
            row(&["约定动工日期", "{agreed_start}"]),
            row(&["交地确认日期", "{delivered_on}"]),
            row(&["施工许可证", "{permit_no}（{permit_on}）"]),
            row(&["动工日期", "{start_on}"]),
            row(&["基础施工阶段", "{foundation}"]),
            row(&["附件", "{attachments}"]),
        ]),
        Paragraph(
            "我单位保证上述情况和所附材料真实。取得施工许可证并达到上述基础施工阶段，为动工开发（《闲置土地处置办法》第三十条）。",
        ),
        Signature(&["{user_name}"]),
        Table(&[tall(&["自然资源主管部门核查意见", ""], 4)]),
        Note("核查意见由两名以上工作人员签名，注明现场核查日期。"),
    ],
    ..FORM
};

/// 竣工申报书
pub const COMPLETION_REPORT: Layout = Layout {
    title: "建设项目竣工申报书",
    blocks: &[
        Addressee("{agency}"),
        Paragraph("我单位使用下列国有建设用地的建设项目已经竣工，现予申报。"),
        Table(&[
            row(&["申报单位", "{user_name}"]),
            row(&["地址", "{user_address}"]),
            row(&["建设项目", "{project}"]),
            row(&["合同或决定书编号", "{contract_no}"]),
            row(&["电子监管号", "{land_id}"]),
            row(&["土地坐落", "{location}"]),
            row(&["四至", "{bounds}"]),
            row(&["土地面积", "{area}"]),
            row(&["动工日期", "{start_on}"]),
            row(&["约定竣工日期", "[{agreed_completion}]"]),
            row(&["实际竣工日期", "{completed_on}"]),
            row(&["竣工建筑面积", "{floor_area}"]),
            row(&["已投资额（不含地价和税费）", "{invested}"]),
            row(&["规划核实和竣工验收", "{acceptance_no}"]),
            row(&["附件", "{attachments}"]),
        ]),
        Paragraph("我单位保证上述情况和所附材料真实。"),
        Signature(&["{user_name}"]),
        Table(&[tall(&["自然资源主管部门核查意见", ""], 4)]),
    ],
    ..FORM
};

/// 交地确认书 (article 22)
pub const DELIVERY_CONFIRMATION: Layout = Layout {
    title: "国有建设用地交地确认书",
    head: None,
    numbering: Numbering::Agency,
    blocks: &[
        Paragraph(
            "{agency}（交地方）与{user_name}（受让方）依据{contract_kind}（{contract_no}），于{delivered_on}在现场交接下列土地，共同确认如下。",
        ),
        Heading("一、土地情况"),
        Table(&[
            row(&["受让方地址", "{user_address}"]),
            row(&["电子监管号", "{land_id}"]),
            row(&["土地坐落", "{location}"]),
            row(&["四至", "{bounds}"]),
            row(&["交付面积", "{area}"]),
            row(&["土地用途", "{land_use}"]),
            row(&["约定动工日期", "{agreed_start}"]),
        ]),
        Heading("二、交付条件"),
        Paragraph("{delivery_conditions}"),
        Paragraph("界址：{boundary_marks}"),
        Heading("三、确认"),
        Paragraph(
            "双方确认该宗土地已经实际交付，交地日期为{delivered_on}（《闲置土地处置办法》第二十二条）。本确认书一式三份，双方各执一份，存档一份。",
        ),
        Signature(&["交地方：{agency}", "受让方：{user_name}"]),
    ],
    ..FORM
};
