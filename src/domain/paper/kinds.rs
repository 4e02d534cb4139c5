//! The papers, a file for each group. Articles without a name are those of 《闲置土地处置办法》.

pub mod decision;
pub mod development;
pub mod enforcement;
pub mod file;
pub mod investigation;

use crate::domain::paper::layout::{Row, row};

/// Who holds which land by which contract: at the head of nearly every paper.
const LAND: &[Row] = &[
    row(&["土地使用权人", "{user_name}"]),
    row(&["地址", "{user_address}"]),
    row(&["土地坐落", "{location}"]),
    row(&["四至", "{bounds}"]),
    row(&["土地面积", "{area}"]),
    row(&["土地用途", "{land_use}"]),
    row(&["有偿使用合同或划拨决定书", "{contract_kind}（{contract_no}[，{contract_on}]）"]),
    row(&["电子监管号", "{land_id}"]),
    row(&["约定、规定的动工开发日期", "{agreed_start}"]),
    row(&["《交地确认书》日期", "{delivered_on}"]),
];
