// Every page of the service, in the order of the navigation. web/README.md says how one is added.

/** @typedef {import('../types.js').Page} Page */
/** @typedef {import('../types.js').Role} Role */

/** Who may look at the books. @type {readonly Role[]} */
export const READ = ['viewer', 'clerk', 'reviewer', 'approver', 'auditor'];

/** Who may look at price bases; the sealed figures are for the last two alone. @type {readonly Role[]} */
export const READ_PRICES = [...READ, 'price_keeper', 'price_approver'];

/** The groups of the navigation: key, heading in both languages. @type {[string, string, string][]} */
export const GROUPS = [
  ['first', '', ''],
  ['land', '土地台账', 'Ledgers'],
  ['books', '凭证与核对', 'Books'],
  ['enterprise', '供地服务', 'Supply'],
  ['system', '系统', 'System'],
];

/** @type {Page[]} */
export const PAGES = [
  { route: '', title: ['首页', 'Start'], needs: 'public', load: () => import('./start.js') },
  { route: 'overview', title: ['总览', 'Overview'], needs: READ, group: 'first', load: () => import('./overview.js') },
  { route: 'map', title: ['地图', 'Map'], needs: READ, group: 'first', load: () => import('./map.js') },
  { route: 'login', title: ['工作人员登录', 'Staff sign in'], needs: 'public', load: () => import('./login.js') },
  { route: 'password', title: ['设置密码', 'Set a password'], needs: 'public', load: () => import('./password.js') },
  { route: 'account', title: ['我的账号', 'My account'], needs: 'signed-in', load: () => import('./account.js') },
  { route: 'worklist', title: ['待办', 'Worklist'], needs: READ, group: 'first', load: () => import('./worklist.js') },

  { route: 'plots', title: ['批而未供台账', 'Unsupplied land'], needs: READ, group: 'land', load: () => import('./plots.js') },
  { route: 'plots/new', title: ['录入地块', 'New plot'], needs: ['clerk'], load: () => import('./plot-edit.js') },
  { route: 'plots/{id}', title: ['地块', 'Plot'], needs: READ, load: () => import('./plot.js') },
  { route: 'plots/{id}/edit', title: ['修改地块', 'Edit plot'], needs: ['clerk'], load: () => import('./plot-edit.js') },
  { route: 'plots/{id}/measure', title: ['一地一策', 'Measure'], needs: READ, load: () => import('./measure-edit.js') },
  { route: 'measures', title: ['一地一策', 'Measures'], needs: READ, group: 'land', load: () => import('./measures.js') },
  { route: 'approvals', title: ['用地批文', 'Approvals'], needs: READ, group: 'land', load: () => import('./approvals.js') },
  { route: 'approvals/new', title: ['录入批文', 'New approval'], needs: ['clerk'], load: () => import('./approval-edit.js') },
  { route: 'approvals/{id}', title: ['用地批文', 'Approval'], needs: READ, load: () => import('./approval.js') },
  { route: 'approvals/{id}/edit', title: ['修改批文', 'Edit approval'], needs: ['clerk'], load: () => import('./approval-edit.js') },
  { route: 'parcels', title: ['宗地', 'Parcels'], needs: READ, group: 'land', load: () => import('./parcels.js') },
  { route: 'parcels/new', title: ['录入宗地', 'New parcel'], needs: ['clerk'], load: () => import('./parcel-edit.js') },
  { route: 'parcels/{id}', title: ['宗地', 'Parcel'], needs: READ, load: () => import('./parcel.js') },
  { route: 'parcels/{id}/edit', title: ['修改宗地', 'Edit parcel'], needs: ['clerk'], load: () => import('./parcel-edit.js') },
  { route: 'contracts', title: ['合同', 'Contracts'], needs: READ, group: 'land', load: () => import('./contracts.js') },
  { route: 'contracts/new', title: ['录入合同', 'New contract'], needs: ['clerk'], load: () => import('./contract-edit.js') },
  { route: 'contracts/{id}', title: ['合同', 'Contract'], needs: READ, load: () => import('./contract.js') },
  { route: 'contracts/{id}/amend', title: ['变更合同', 'Amend contract'], needs: ['clerk'], load: () => import('./contract-edit.js') },
  { route: 'idle', title: ['闲置土地台账', 'Idle land'], needs: READ, group: 'land', load: () => import('./idle.js') },
  { route: 'idle/new', title: ['立案', 'Open a case'], needs: ['clerk'], load: () => import('./idle-new.js') },
  { route: 'idle/{id}', title: ['闲置案件', 'Case of idle land'], needs: READ, load: () => import('./idle-case.js') },
  { route: 'suspicions', title: ['疑似闲置', 'Suspected idle land'], needs: READ, group: 'land', load: () => import('./suspicions.js') },
  { route: 'papers', title: ['文书', 'Papers'], needs: READ, group: 'land', load: () => import('./papers.js') },
  { route: 'papers/new', title: ['制作文书', 'New paper'], needs: ['clerk'], load: () => import('./paper.js') },
  { route: 'papers/{id}', title: ['文书', 'Paper'], needs: ['clerk', 'reviewer', 'approver', 'auditor'], load: () => import('./paper.js') },
  { route: 'projects', title: ['用地项目', 'Projects'], needs: READ, group: 'land', load: () => import('./projects.js') },
  { route: 'projects/new', title: ['录入项目', 'New project'], needs: ['clerk'], load: () => import('./project-edit.js') },
  { route: 'projects/{id}', title: ['用地项目', 'Project'], needs: READ, load: () => import('./project.js') },
  { route: 'projects/{id}/edit', title: ['修改项目', 'Edit project'], needs: ['clerk'], load: () => import('./project-edit.js') },

  { route: 'proposals', title: ['待批凭证', 'Proposals'], needs: READ, group: 'books', load: () => import('./proposals.js') },
  { route: 'proposals/{id}', title: ['待批凭证', 'Proposal'], needs: READ, load: () => import('./proposal.js') },
  { route: 'vouchers', title: ['凭证', 'Vouchers'], needs: READ, group: 'books', load: () => import('./vouchers.js') },
  { route: 'vouchers/new', title: ['新凭证', 'New voucher'], needs: ['clerk'], load: () => import('./voucher-new.js') },
  { route: 'vouchers/{seq}', title: ['凭证', 'Voucher'], needs: READ, load: () => import('./voucher.js') },
  { route: 'reconciliation', title: ['对账', 'Reconciliation'], needs: READ, group: 'books', load: () => import('./reconciliation.js') },
  { route: 'reconciliation/{difference}', title: ['差异', 'Difference'], needs: READ, load: () => import('./difference.js') },
  { route: 'monitoring', title: ['监测监管对账', 'Ministry system'], needs: READ, group: 'books', load: () => import('./monitoring.js') },
  { route: 'monitoring/import', title: ['导入监测监管导出表', 'Import an export'], needs: ['clerk'], load: () => import('./monitoring-import.js') },
  { route: 'monitoring/{n}', title: ['监测监管系统导出', 'Export'], needs: READ, load: () => import('./monitoring-rows.js') },

  { route: 'bases', title: ['考核基数与月报', 'Bases and reports'], needs: READ, group: 'books', load: () => import('./bases.js') },
  { route: 'bases/{id}', title: ['考核基数', 'Frozen base'], needs: READ, load: () => import('./base.js') },
  { route: 'balances', title: ['余额表', 'Balances'], needs: READ, group: 'books', load: () => import('./balances.js') },
  { route: 'months', title: ['结账', 'Closing'], needs: READ, group: 'books', load: () => import('./months.js') },
  { route: 'import', title: ['导入文件', 'Import files'], needs: ['clerk'], group: 'books', load: () => import('./import.js') },

  { route: 'calculator', title: ['供应方案测算', 'Methods of supply'], needs: 'public', group: 'enterprise', load: () => import('./calculator.js') },
  { route: 'batch', title: ['批量测算', 'Batch'], needs: 'signed-in', group: 'enterprise', load: () => import('./batch.js') },
  { route: 'price-bases', title: ['价格标底', 'Price bases'], needs: READ_PRICES, group: 'enterprise', load: () => import('./price-bases.js') },
  { route: 'price-bases/new', title: ['拟定标底', 'New price base'], needs: ['price_keeper'], load: () => import('./price-base-edit.js') },
  { route: 'price-bases/{id}', title: ['价格标底', 'Price base'], needs: READ_PRICES, load: () => import('./price-base.js') },
  { route: 'price-bases/{id}/edit', title: ['修改标底', 'Revise price base'], needs: ['price_keeper'], load: () => import('./price-base-edit.js') },

  { route: 'precheck', title: ['企业预审', 'Pre-check'], needs: 'public', group: 'enterprise', load: () => import('./precheck.js') },
  { route: 'precheck/{reference}', title: ['企业预审结果', 'Pre-check'], needs: 'public', load: () => import('./precheck-result.js') },
  { route: 'prechecks', title: ['预审受理', 'Intake'], needs: READ, group: 'enterprise', load: () => import('./prechecks.js') },
  { route: 'prechecks/{id}', title: ['企业预审', 'Pre-check'], needs: READ, load: () => import('./precheck-file.js') },
  { route: 'demands', title: ['需求申报', 'Demands'], needs: READ, group: 'enterprise', load: () => import('./demands.js') },
  { route: 'demands/{id}', title: ['需求申报', 'Demand'], needs: READ, load: () => import('./demand.js') },
  { route: 'announcements', title: ['待供公告', 'Announcements'], needs: READ, group: 'enterprise', load: () => import('./announcements.js') },
  { route: 'tables', title: ['目录与控制指标', 'Tables'], needs: READ, group: 'system', load: () => import('./tables.js') },

  { route: 'policy', title: ['政策参数', 'Policy'], needs: 'public', group: 'system', load: () => import('./policy.js') },
  { route: 'journal', title: ['操作日志', 'Journal'], needs: ['reviewer', 'approver', 'auditor', 'admin'], group: 'system', load: () => import('./journal.js') },
  { route: 'paper-settings', title: ['文书设置', 'Papers: settings'], needs: READ, group: 'system', load: () => import('./paper-settings.js') },
  { route: 'townships', title: ['乡镇街道', 'Townships'], needs: [...READ_PRICES, 'admin'], group: 'system', load: () => import('./townships.js') },
  { route: 'users', title: ['用户与令牌', 'Users'], needs: ['admin'], group: 'system', load: () => import('./users.js') },
  { route: 'users/{id}', title: ['用户', 'User'], needs: ['admin'], load: () => import('./user.js') },
];
