// Generated from openapi/dizhang.json; to write it anew: scripts/web-types

export interface paths {
    "/api/v1/calculations/batch": {
        parameters: {
        };
        post: operations["calculateBatch"];
    };
    "/api/v1/calculations/bond-price": {
        parameters: {
        };
        post: operations["checkBondPrice"];
    };
    "/api/v1/calculations/cost-floor": {
        parameters: {
        };
        post: operations["checkCostFloor"];
    };
    "/api/v1/calculations/flexible-price": {
        parameters: {
        };
        post: operations["calculateFlexiblePrice"];
    };
    "/api/v1/calculations/floor-area": {
        parameters: {
        };
        post: operations["checkFloorArea"];
    };
    "/api/v1/calculations/idle-land": {
        parameters: {
        };
        post: operations["checkIdleLand"];
    };
    "/api/v1/calculations/lease-then-transfer-price": {
        parameters: {
        };
        post: operations["calculateLeaseThenTransferPrice"];
    };
    "/api/v1/calculations/long-lease-price": {
        parameters: {
        };
        post: operations["calculateLongLeasePrice"];
    };
    "/api/v1/calculations/mixed-lease-transfer-price": {
        parameters: {
        };
        post: operations["calculateMixedLeaseTransferPrice"];
    };
    "/api/v1/calculations/national-minimum": {
        parameters: {
        };
        post: operations["checkNationalMinimum"];
    };
    "/api/v1/calculations/net-land": {
        parameters: {
        };
        post: operations["checkNetLand"];
    };
    "/api/v1/calculations/payment-schedule": {
        parameters: {
        };
        post: operations["schedulePayments"];
    };
    "/api/v1/calculations/price-base": {
        parameters: {
        };
        post: operations["checkPriceBase"];
    };
    "/api/v1/calculations/price-comparison": {
        parameters: {
        };
        post: operations["comparePrices"];
    };
    "/api/v1/calculations/term": {
        parameters: {
        };
        post: operations["checkTerm"];
    };
    "/api/v1/calendars": {
        parameters: {
        };
        get: operations["listCalendars"];
    };
    "/api/v1/counties": {
        parameters: {
        };
        get: operations["listCounties"];
        post: operations["createCounty"];
    };
    "/api/v1/counties/{county}/announcements": {
        parameters: {
        };
        get: operations["listAnnouncements"];
        post: operations["createAnnouncement"];
    };
    "/api/v1/counties/{county}/announcements/{id}": {
        parameters: {
        };
        get: operations["getAnnouncement"];
    };
    "/api/v1/counties/{county}/announcements/{id}/withdraw": {
        parameters: {
        };
        post: operations["withdrawAnnouncement"];
    };
    "/api/v1/counties/{county}/approvals": {
        parameters: {
        };
        get: operations["listApprovals"];
        post: operations["createApproval"];
    };
    "/api/v1/counties/{county}/approvals/import-file": {
        parameters: {
        };
        post: operations["importApprovalFile"];
    };
    "/api/v1/counties/{county}/approvals/{id}": {
        parameters: {
        };
        get: operations["getApproval"];
        put: operations["updateApproval"];
    };
    "/api/v1/counties/{county}/approvals/{id}/boundary-points": {
        parameters: {
        };
        get: operations["getApprovalBoundaryPoints"];
    };
    "/api/v1/counties/{county}/approvals/{id}/entry": {
        parameters: {
        };
        post: operations["proposeApprovalEntry"];
    };
    "/api/v1/counties/{county}/attachments": {
        parameters: {
        };
        get: operations["listAttachments"];
        post: operations["createAttachment"];
    };
    "/api/v1/counties/{county}/attachments/{sha256}": {
        parameters: {
        };
        get: operations["getAttachment"];
    };
    "/api/v1/counties/{county}/attachments/{sha256}/subjects": {
        parameters: {
        };
        post: operations["addAttachmentSubject"];
    };
    "/api/v1/counties/{county}/balances": {
        parameters: {
        };
        get: operations["getBalances"];
    };
    "/api/v1/counties/{county}/closed-months": {
        parameters: {
        };
        get: operations["listClosedMonths"];
        post: operations["closeMonth"];
    };
    "/api/v1/counties/{county}/contracts": {
        parameters: {
        };
        get: operations["listContracts"];
        post: operations["createContract"];
    };
    "/api/v1/counties/{county}/contracts/import-file": {
        parameters: {
        };
        post: operations["importContractFile"];
    };
    "/api/v1/counties/{county}/contracts/{id}": {
        parameters: {
        };
        get: operations["getContract"];
    };
    "/api/v1/counties/{county}/contracts/{id}/amendments": {
        parameters: {
        };
        post: operations["amendContract"];
    };
    "/api/v1/counties/{county}/contracts/{id}/cause-decisions": {
        parameters: {
        };
        post: operations["decideContractCause"];
    };
    "/api/v1/counties/{county}/contracts/{id}/causes": {
        parameters: {
        };
        post: operations["addContractCause"];
    };
    "/api/v1/counties/{county}/contracts/{id}/development": {
        parameters: {
        };
        post: operations["addContractDevelopment"];
    };
    "/api/v1/counties/{county}/contracts/{id}/idleness": {
        parameters: {
        };
        get: operations["getContractIdleness"];
    };
    "/api/v1/counties/{county}/contracts/{id}/inspections": {
        parameters: {
        };
        post: operations["addContractInspection"];
    };
    "/api/v1/counties/{county}/contracts/{id}/persons": {
        parameters: {
        };
        delete: operations["eraseContractPersons"];
    };
    "/api/v1/counties/{county}/contracts/{id}/succession": {
        parameters: {
        };
        post: operations["succeedContract"];
    };
    "/api/v1/counties/{county}/contracts/{id}/withdrawals": {
        parameters: {
        };
        post: operations["withdrawContractEvent"];
    };
    "/api/v1/counties/{county}/demands": {
        parameters: {
        };
        get: operations["listDemands"];
        post: operations["createDemand"];
    };
    "/api/v1/counties/{county}/demands/{id}": {
        parameters: {
        };
        get: operations["getDemand"];
        put: operations["updateDemand"];
    };
    "/api/v1/counties/{county}/demands/{id}/opinions": {
        parameters: {
        };
        post: operations["addDemandOpinion"];
    };
    "/api/v1/counties/{county}/encumbrances": {
        parameters: {
        };
        get: operations["listEncumbrances"];
        post: operations["createEncumbrance"];
    };
    "/api/v1/counties/{county}/encumbrances/{id}": {
        parameters: {
        };
        get: operations["getEncumbrance"];
    };
    "/api/v1/counties/{county}/encumbrances/{id}/events": {
        parameters: {
        };
        post: operations["addEncumbranceEvent"];
    };
    "/api/v1/counties/{county}/encumbrances/{id}/party": {
        parameters: {
        };
        delete: operations["eraseEncumbranceParty"];
    };
    "/api/v1/counties/{county}/feature-cells": {
        parameters: {
        };
        get: operations["getFeatureCells"];
    };
    "/api/v1/counties/{county}/frozen-bases": {
        parameters: {
        };
        get: operations["listFrozenBases"];
        post: operations["proposeFrozenBase"];
    };
    "/api/v1/counties/{county}/frozen-bases/{id}": {
        parameters: {
        };
        get: operations["getFrozenBase"];
    };
    "/api/v1/counties/{county}/frozen-bases/{id}/approve": {
        parameters: {
        };
        post: operations["approveFrozenBase"];
    };
    "/api/v1/counties/{county}/frozen-bases/{id}/rates": {
        parameters: {
        };
        get: operations["getDisposalRates"];
    };
    "/api/v1/counties/{county}/frozen-bases/{id}/report": {
        parameters: {
        };
        get: operations["getReport"];
    };
    "/api/v1/counties/{county}/frozen-bases/{id}/reports": {
        parameters: {
        };
        get: operations["listReports"];
        post: operations["issueReport"];
    };
    "/api/v1/counties/{county}/frozen-bases/{id}/reports/{n}": {
        parameters: {
        };
        get: operations["getIssuedReport"];
    };
    "/api/v1/counties/{county}/frozen-bases/{id}/reports/{n}/proof": {
        parameters: {
        };
        get: operations["proveReport"];
    };
    "/api/v1/counties/{county}/frozen-bases/{id}/withdraw": {
        parameters: {
        };
        post: operations["withdrawFrozenBase"];
    };
    "/api/v1/counties/{county}/frozen-bases/{id}/year-report": {
        parameters: {
        };
        get: operations["getYearReport"];
    };
    "/api/v1/counties/{county}/idle-case-board": {
        parameters: {
        };
        get: operations["getIdleCaseBoard"];
    };
    "/api/v1/counties/{county}/idle-case-calendar": {
        parameters: {
        };
        get: operations["getIdleCaseCalendar"];
    };
    "/api/v1/counties/{county}/idle-case-deadlines": {
        parameters: {
        };
        get: operations["listIdleCaseDeadlines"];
    };
    "/api/v1/counties/{county}/idle-cases": {
        parameters: {
        };
        get: operations["listIdleCases"];
        post: operations["openIdleCase"];
    };
    "/api/v1/counties/{county}/idle-cases/{case}/papers/{kind}": {
        parameters: {
        };
        post: operations["draftPaper"];
    };
    "/api/v1/counties/{county}/idle-cases/{case}/papers/{kind}/form": {
        parameters: {
        };
        get: operations["getPaperForm"];
    };
    "/api/v1/counties/{county}/idle-cases/{case}/papers/{kind}/preview": {
        parameters: {
        };
        post: operations["previewPaper"];
    };
    "/api/v1/counties/{county}/idle-cases/{id}": {
        parameters: {
        };
        get: operations["getIdleCase"];
    };
    "/api/v1/counties/{county}/idle-cases/{id}/proposals/{n}/approve": {
        parameters: {
        };
        post: operations["approveIdleStep"];
    };
    "/api/v1/counties/{county}/idle-cases/{id}/proposals/{n}/return": {
        parameters: {
        };
        post: operations["returnIdleStep"];
    };
    "/api/v1/counties/{county}/idle-cases/{id}/proposals/{n}/review": {
        parameters: {
        };
        post: operations["reviewIdleStep"];
    };
    "/api/v1/counties/{county}/idle-cases/{id}/proposals/{n}/withdraw": {
        parameters: {
        };
        post: operations["withdrawIdleStep"];
    };
    "/api/v1/counties/{county}/idle-cases/{id}/steps": {
        parameters: {
        };
        post: operations["recordIdleStep"];
    };
    "/api/v1/counties/{county}/idle-cases/{id}/steps/{n}/void": {
        parameters: {
        };
        post: operations["voidIdleStep"];
    };
    "/api/v1/counties/{county}/idle-suspicions": {
        parameters: {
        };
        get: operations["listIdleSuspicions"];
    };
    "/api/v1/counties/{county}/journal": {
        parameters: {
        };
        get: operations["listJournal"];
    };
    "/api/v1/counties/{county}/ledger-head": {
        parameters: {
        };
        get: operations["getLedgerHead"];
    };
    "/api/v1/counties/{county}/mapping-rate": {
        parameters: {
        };
        get: operations["getMappingRate"];
    };
    "/api/v1/counties/{county}/monitoring-snapshots": {
        parameters: {
        };
        get: operations["listMonitoringSnapshots"];
    };
    "/api/v1/counties/{county}/monitoring-snapshots/import-file": {
        parameters: {
        };
        post: operations["importMonitoringFile"];
    };
    "/api/v1/counties/{county}/monitoring-snapshots/{n}/supplies": {
        parameters: {
        };
        get: operations["listMonitoringSupplies"];
    };
    "/api/v1/counties/{county}/paper-numbers": {
        parameters: {
        };
        get: operations["listPaperNumbers"];
    };
    "/api/v1/counties/{county}/paper-numbers/void": {
        parameters: {
        };
        post: operations["voidPaperNumber"];
    };
    "/api/v1/counties/{county}/paper-registers": {
        parameters: {
        };
        get: operations["listPaperRegisters"];
    };
    "/api/v1/counties/{county}/paper-settings": {
        parameters: {
        };
        get: operations["getPaperSettings"];
        put: operations["putPaperSettings"];
    };
    "/api/v1/counties/{county}/papers": {
        parameters: {
        };
        get: operations["listPapers"];
    };
    "/api/v1/counties/{county}/papers/{id}": {
        parameters: {
        };
        get: operations["getPaper"];
        put: operations["revisePaper"];
    };
    "/api/v1/counties/{county}/papers/{id}/file": {
        parameters: {
        };
        get: operations["getPaperFile"];
    };
    "/api/v1/counties/{county}/papers/{id}/register": {
        parameters: {
        };
        post: operations["registerPaper"];
    };
    "/api/v1/counties/{county}/papers/{id}/scans": {
        parameters: {
        };
        post: operations["addPaperScan"];
    };
    "/api/v1/counties/{county}/papers/{id}/void": {
        parameters: {
        };
        post: operations["voidPaper"];
    };
    "/api/v1/counties/{county}/papers/{id}/withdraw": {
        parameters: {
        };
        post: operations["withdrawPaper"];
    };
    "/api/v1/counties/{county}/parcels": {
        parameters: {
        };
        get: operations["listParcels"];
        post: operations["createParcel"];
    };
    "/api/v1/counties/{county}/parcels/{id}": {
        parameters: {
        };
        get: operations["getParcel"];
        put: operations["updateParcel"];
    };
    "/api/v1/counties/{county}/people": {
        parameters: {
        };
        get: operations["listPeople"];
    };
    "/api/v1/counties/{county}/plot-measures": {
        parameters: {
        };
        get: operations["listPlotMeasures"];
    };
    "/api/v1/counties/{county}/plot-measures/overdue": {
        parameters: {
        };
        get: operations["listOverduePlots"];
    };
    "/api/v1/counties/{county}/plot-overlaps": {
        parameters: {
        };
        get: operations["listPlotOverlaps"];
    };
    "/api/v1/counties/{county}/plot-progress": {
        parameters: {
        };
        post: operations["addPlotProgress"];
    };
    "/api/v1/counties/{county}/plot-progress/import-file": {
        parameters: {
        };
        post: operations["importPlotProgressFile"];
    };
    "/api/v1/counties/{county}/plots": {
        parameters: {
        };
        get: operations["listPlots"];
        post: operations["createPlot"];
    };
    "/api/v1/counties/{county}/plots/import": {
        parameters: {
        };
        post: operations["importPlots"];
    };
    "/api/v1/counties/{county}/plots/import-file": {
        parameters: {
        };
        post: operations["importPlotFile"];
    };
    "/api/v1/counties/{county}/plots/{id}": {
        parameters: {
        };
        get: operations["getPlot"];
        put: operations["updatePlot"];
    };
    "/api/v1/counties/{county}/plots/{id}/attributes": {
        parameters: {
        };
        post: operations["addPlotAttribute"];
    };
    "/api/v1/counties/{county}/plots/{id}/boundary-points": {
        parameters: {
        };
        get: operations["getPlotBoundaryPoints"];
    };
    "/api/v1/counties/{county}/plots/{id}/history": {
        parameters: {
        };
        get: operations["getPlotHistory"];
    };
    "/api/v1/counties/{county}/plots/{id}/land": {
        parameters: {
        };
        get: operations["getPlotLand"];
    };
    "/api/v1/counties/{county}/plots/{id}/measure": {
        parameters: {
        };
        get: operations["getPlotMeasure"];
        put: operations["putPlotMeasure"];
    };
    "/api/v1/counties/{county}/plots/{id}/progress": {
        parameters: {
        };
        get: operations["listPlotProgress"];
    };
    "/api/v1/counties/{county}/policy-overlays": {
        parameters: {
        };
        get: operations["listPolicyOverlays"];
        post: operations["addPolicyOverlay"];
    };
    "/api/v1/counties/{county}/prechecks": {
        parameters: {
        };
        get: operations["listPrechecks"];
    };
    "/api/v1/counties/{county}/prechecks/{id}": {
        parameters: {
        };
        get: operations["getPrecheckFile"];
    };
    "/api/v1/counties/{county}/prechecks/{id}/contact": {
        parameters: {
        };
        delete: operations["erasePrecheckContact"];
    };
    "/api/v1/counties/{county}/prechecks/{id}/demand": {
        parameters: {
        };
        post: operations["createDemandFromPrecheck"];
    };
    "/api/v1/counties/{county}/price-bases": {
        parameters: {
        };
        get: operations["listPriceBases"];
        post: operations["draftPriceBase"];
    };
    "/api/v1/counties/{county}/price-bases/{id}": {
        parameters: {
        };
        get: operations["getPriceBase"];
        put: operations["revisePriceBase"];
    };
    "/api/v1/counties/{county}/price-bases/{id}/issue": {
        parameters: {
        };
        post: operations["issuePriceBase"];
    };
    "/api/v1/counties/{county}/price-bases/{id}/open": {
        parameters: {
        };
        post: operations["openPriceBase"];
    };
    "/api/v1/counties/{county}/price-bases/{id}/return": {
        parameters: {
        };
        post: operations["returnPriceBase"];
    };
    "/api/v1/counties/{county}/price-bases/{id}/review": {
        parameters: {
        };
        post: operations["reviewPriceBase"];
    };
    "/api/v1/counties/{county}/price-bases/{id}/withdraw": {
        parameters: {
        };
        post: operations["withdrawPriceBase"];
    };
    "/api/v1/counties/{county}/projects": {
        parameters: {
        };
        get: operations["listProjects"];
        post: operations["createProject"];
    };
    "/api/v1/counties/{county}/projects/{id}": {
        parameters: {
        };
        get: operations["getProject"];
        put: operations["updateProject"];
    };
    "/api/v1/counties/{county}/proposals": {
        parameters: {
        };
        get: operations["listProposals"];
    };
    "/api/v1/counties/{county}/proposals/{id}": {
        parameters: {
        };
        get: operations["getProposal"];
    };
    "/api/v1/counties/{county}/proposals/{id}/approve": {
        parameters: {
        };
        post: operations["approveProposal"];
    };
    "/api/v1/counties/{county}/proposals/{id}/comment": {
        parameters: {
        };
        post: operations["commentProposal"];
    };
    "/api/v1/counties/{county}/proposals/{id}/return": {
        parameters: {
        };
        post: operations["returnProposal"];
    };
    "/api/v1/counties/{county}/proposals/{id}/review": {
        parameters: {
        };
        post: operations["reviewProposal"];
    };
    "/api/v1/counties/{county}/proposals/{id}/revise": {
        parameters: {
        };
        post: operations["reviseProposal"];
    };
    "/api/v1/counties/{county}/proposals/{id}/withdraw": {
        parameters: {
        };
        post: operations["withdrawProposal"];
    };
    "/api/v1/counties/{county}/reconciliation": {
        parameters: {
        };
        get: operations["listDifferences"];
    };
    "/api/v1/counties/{county}/reconciliation-counts": {
        parameters: {
        };
        get: operations["countDifferences"];
    };
    "/api/v1/counties/{county}/reconciliation/{difference}": {
        parameters: {
        };
        get: operations["getDifference"];
    };
    "/api/v1/counties/{county}/reconciliation/{difference}/notes": {
        parameters: {
        };
        post: operations["addReconciliationNote"];
    };
    "/api/v1/counties/{county}/reference-tables": {
        parameters: {
        };
        get: operations["listReferenceTables"];
        post: operations["addReferenceTable"];
    };
    "/api/v1/counties/{county}/reference-tables/import-file": {
        parameters: {
        };
        post: operations["importReferenceTable"];
    };
    "/api/v1/counties/{county}/reference-tables/{n}": {
        parameters: {
        };
        get: operations["getReferenceTable"];
    };
    "/api/v1/counties/{county}/townships": {
        parameters: {
        };
        get: operations["listTownships"];
    };
    "/api/v1/counties/{county}/townships/{code}": {
        parameters: {
        };
        put: operations["putTownship"];
    };
    "/api/v1/counties/{county}/vouchers": {
        parameters: {
        };
        get: operations["listVouchers"];
        post: operations["sendVoucher"];
    };
    "/api/v1/counties/{county}/vouchers/import-file": {
        parameters: {
        };
        post: operations["importVoucherFile"];
    };
    "/api/v1/counties/{county}/vouchers/{seq}": {
        parameters: {
        };
        get: operations["getVoucher"];
    };
    "/api/v1/counties/{county}/vouchers/{seq}/land": {
        parameters: {
        };
        get: operations["getVoucherLand"];
    };
    "/api/v1/counties/{county}/worklist": {
        parameters: {
        };
        get: operations["getWorklist"];
    };
    "/api/v1/counties/{county}/worklist/events": {
        parameters: {
        };
        get: operations["listTaskEvents"];
        post: operations["addTaskEvent"];
    };
    "/api/v1/industries": {
        parameters: {
        };
        get: operations["searchIndustries"];
    };
    "/api/v1/me": {
        parameters: {
        };
        get: operations["getMe"];
    };
    "/api/v1/me/password": {
        parameters: {
        };
        post: operations["changeMyPassword"];
    };
    "/api/v1/me/sessions": {
        parameters: {
        };
        get: operations["listMySessions"];
        delete: operations["endMyOtherSessions"];
    };
    "/api/v1/me/sessions/{session}": {
        parameters: {
        };
        delete: operations["endMySession"];
    };
    "/api/v1/me/tokens": {
        parameters: {
        };
        post: operations["createMyToken"];
    };
    "/api/v1/me/tokens/{token}": {
        parameters: {
        };
        delete: operations["revokeMyToken"];
    };
    "/api/v1/offers/{county}": {
        parameters: {
        };
        get: operations["listOffers"];
    };
    "/api/v1/outlines/{county}": {
        parameters: {
        };
        post: operations["readOutline"];
    };
    "/api/v1/password": {
        parameters: {
        };
        post: operations["setPassword"];
    };
    "/api/v1/policy": {
        parameters: {
        };
        get: operations["getPolicy"];
    };
    "/api/v1/precheck-forms": {
        parameters: {
        };
        get: operations["listPrecheckCounties"];
    };
    "/api/v1/precheck-forms/{county}": {
        parameters: {
        };
        get: operations["getPrecheckForm"];
    };
    "/api/v1/prechecks": {
        parameters: {
        };
        post: operations["createPrecheck"];
    };
    "/api/v1/prechecks/{reference}": {
        parameters: {
        };
        get: operations["getPrecheck"];
    };
    "/api/v1/public/counties/{county}/idle-cases": {
        parameters: {
        };
        get: operations["listPublicIdleCases"];
    };
    "/api/v1/rules": {
        parameters: {
        };
        get: operations["listRules"];
    };
    "/api/v1/session": {
        parameters: {
        };
        get: operations["getSession"];
        post: operations["createSession"];
        delete: operations["endSession"];
    };
    "/api/v1/users": {
        parameters: {
        };
        get: operations["listUsers"];
        post: operations["createUser"];
    };
    "/api/v1/users/{id}": {
        parameters: {
        };
        get: operations["getUser"];
    };
    "/api/v1/users/{id}/disable": {
        parameters: {
        };
        post: operations["disableUser"];
    };
    "/api/v1/users/{id}/enable": {
        parameters: {
        };
        post: operations["enableUser"];
    };
    "/api/v1/users/{id}/erase": {
        parameters: {
        };
        post: operations["eraseUser"];
    };
    "/api/v1/users/{id}/grants": {
        parameters: {
        };
        post: operations["grantRole"];
    };
    "/api/v1/users/{id}/grants/{grant}": {
        parameters: {
        };
        delete: operations["revokeRole"];
    };
    "/api/v1/users/{id}/password-secret": {
        parameters: {
        };
        post: operations["createPasswordSecret"];
    };
    "/api/v1/users/{id}/rename": {
        parameters: {
        };
        post: operations["renameUser"];
    };
    "/api/v1/users/{id}/tokens": {
        parameters: {
        };
        post: operations["createToken"];
    };
    "/api/v1/users/{id}/tokens/{token}": {
        parameters: {
        };
        delete: operations["revokeToken"];
    };
    "/healthz": {
        parameters: {
        };
        get: operations["getHealth"];
    };
    "/metrics": {
        parameters: {
        };
        get: operations["getMetrics"];
    };
    "/openapi.json": {
        parameters: {
        };
        get: operations["getOpenapi"];
    };
    "/problems/{slug}": {
        parameters: {
        };
        get: operations["getProblem"];
    };
    "/readyz": {
        parameters: {
        };
        get: operations["getReadiness"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        Account: "outside" | "unsupplied" | "supplied" | "idle" | "recovered" | "written_off" | "no_supply_needed";
        /** @enum {string} */
        AccountAction: "created" | "renamed" | "disabled" | "enabled" | "erased" | "granted" | "revoked" | "token_issued" | "token_revoked" | "password_secret_issued" | "password_set" | "password_changed";
        AccountEventView: {
            action: components["schemas"]["AccountAction"];
            at: components["schemas"]["Instant"];
            done_by?: components["schemas"]["UserId"] | null;
            subject?: string | null;
        };
        /** @enum {string} */
        Action: "propose" | "revise" | "review" | "approve" | "return" | "withdraw" | "comment";
        AllocationRow: {
            text: components["schemas"]["Line500"];
        };
        AmendmentBody: {
            change: components["schemas"]["ChangeKind"];
            /** Format: int64 */
            corrects?: number | null;
            document_number?: components["schemas"]["Line100"] | null;
            /** Format: date */
            effective_on?: string | null;
            parcels?: components["schemas"]["Reference"][] | null;
            reason: components["schemas"]["Line500"];
            terms: components["schemas"]["ContractTerms"];
            user?: components["schemas"]["LandUser"] | null;
        };
        AnnouncementBody: {
            /** Format: date */
            announced_on: string;
            items: components["schemas"]["OfferItem"][];
            number: components["schemas"]["Line100"];
            title: components["schemas"]["Line200"];
            /** Format: date */
            until: string;
            url?: components["schemas"]["Line300"] | null;
        };
        AnnouncementList: {
            items: components["schemas"]["AnnouncementView"][];
            next?: string | null;
        };
        AnnouncementView: {
            /** Format: date */
            announced_on: string;
            /** Format: int64 */
            id: number;
            items: components["schemas"]["OfferItem"][];
            number: string;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            title: string;
            /** Format: date */
            until: string;
            url?: string | null;
            /** Format: int64 */
            version: number;
            /** Format: date */
            withdrawn_on?: string | null;
        };
        Answer: {
            county: components["schemas"]["County"];
            findings: components["schemas"]["Finding"][];
            floor_area?: components["schemas"]["FloorAnswer"] | null;
            industry: components["schemas"]["Industry"];
            land: components["schemas"]["LandAnswer"];
            notice: components["schemas"]["Text"];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            policy_digest: string;
            price?: components["schemas"]["ComparedAnswer"] | null;
            tables: components["schemas"]["TableUsed"][];
        };
        Approval: {
            /** Format: date */
            approved_on: string;
            approved_project?: components["schemas"]["Line200"] | null;
            authority: components["schemas"]["Line100"];
            composition: components["schemas"]["Composition"];
            kind: components["schemas"]["ApprovalKind"];
            number: components["schemas"]["Line100"];
            remark?: components["schemas"]["Line1000"] | null;
        };
        ApprovalEntry: {
            area_m2: components["schemas"]["AreaM2"];
            plots: number;
            proposals: components["schemas"]["ProposalSummary"][];
        };
        /** Format: int64 */
        ApprovalId: number;
        /** @enum {string} */
        ApprovalKind: "city_batch" | "town_batch" | "linked_quota" | "single_site";
        ApprovalList: {
            items: components["schemas"]["ApprovalView"][];
            next?: string | null;
        };
        ApprovalView: {
            /** Format: date */
            approved_on: string;
            approved_project?: string | null;
            area_m2: components["schemas"]["AreaM2"];
            authority: string;
            composition: components["schemas"]["CompositionView"];
            id: components["schemas"]["ApprovalId"];
            kind: components["schemas"]["ApprovalKind"];
            number: string;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            remark?: string | null;
            /** Format: int64 */
            version: number;
        };
        ApprovalWritten: {
            approval: components["schemas"]["ApprovalView"];
            warnings: components["schemas"]["Warning"][];
        };
        AreaM2: string;
        /** @enum {string} */
        AreaUnit: "m2" | "mu" | "ha";
        AttachmentSubjectBody: {
            /** Format: int64 */
            id: number;
            latitude?: components["schemas"]["Degrees"] | null;
            longitude?: components["schemas"]["Degrees"] | null;
            purpose?: components["schemas"]["Line200"] | null;
            subject: components["schemas"]["SubjectKind"];
            taken_at?: components["schemas"]["Instant"] | null;
        };
        AttachmentSubjectList: {
            items: components["schemas"]["AttachmentSubjectView"][];
            /** Format: int64 */
            next?: number | null;
        };
        AttachmentSubjectView: {
            attachment: components["schemas"]["AttachmentView"];
            /** Format: int64 */
            id: number;
            latitude?: components["schemas"]["Degrees"] | null;
            longitude?: components["schemas"]["Degrees"] | null;
            /** Format: int64 */
            n: number;
            purpose?: string | null;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            subject: components["schemas"]["SubjectKind"];
            taken_at?: components["schemas"]["Instant"] | null;
        };
        AttachmentView: {
            media_type: components["schemas"]["MediaType"];
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            sha256: components["schemas"]["Digest"];
            /** Format: int64 */
            size: number;
        };
        /** @enum {string} */
        Attribute: "township" | "cause" | "supply_priority";
        BadProgressRow: {
            errors: components["schemas"]["FieldError"][];
            /** Format: int64 */
            index: number;
        };
        BadRowView: {
            code?: string | null;
            errors: components["schemas"]["FieldError"][];
            /** Format: int64 */
            index: number;
            /** Format: int64 */
            line?: number | null;
            offending_geometry?: components["schemas"]["Geometry"] | null;
        };
        BalanceRow: {
            balances: components["schemas"]["Balances"];
            group: components["schemas"]["GroupKey"][];
            rates: components["schemas"]["Rates"];
        };
        BalanceTable: {
            /** Format: date */
            as_of: string;
            county: components["schemas"]["County"];
            head_hash: components["schemas"]["Digest"];
            /** Format: int64 */
            head_seq: number;
            /** Format: int64 */
            known_seq: number;
            rows: components["schemas"]["BalanceRow"][];
            total: components["schemas"]["BalanceRow"];
        };
        Balances: {
            approved_net_m2: components["schemas"]["AreaM2"];
            first_supply_cumulative_m2: components["schemas"]["AreaM2"];
            idle_m2: components["schemas"]["AreaM2"];
            no_supply_needed_m2: components["schemas"]["AreaM2"];
            recovered_m2: components["schemas"]["AreaM2"];
            supplied_m2: components["schemas"]["AreaM2"];
            unsupplied_m2: components["schemas"]["AreaM2"];
            written_off_m2: components["schemas"]["AreaM2"];
        };
        /** @enum {string} */
        BaseAction: "draft" | "revise" | "review" | "issue" | "open" | "return" | "withdraw" | "read";
        BaseFloor: {
            amount: components["schemas"]["Money"];
            kind: components["schemas"]["FloorKind"];
        };
        /** @enum {string} */
        BaseState: "draft" | "reviewed" | "issued" | "opened" | "withdrawn";
        /** @enum {string} */
        Basis: "balance" | "turnover";
        BatchAnswer: {
            answer?: Record<string, never> | null;
            id?: components["schemas"]["BatchId"] | null;
            kind?: components["schemas"]["CalculationKind"] | null;
            /** Format: int64 */
            line: number;
            problem?: components["schemas"]["ProblemBody"] | null;
        };
        BatchId: string | number;
        BatchLine: {
            id?: components["schemas"]["BatchId"] | null;
            kind: components["schemas"]["CalculationKind"];
        };
        /** @enum {string} */
        Became: "created" | "unchanged" | "posted" | "proposed";
        Bidder: {
            code: components["schemas"]["CreditCode"];
            name: components["schemas"]["Line200"];
            share: components["schemas"]["PositiveRatio_Ratio"];
        };
        BondDecision: {
            /** Format: date */
            decided_on: string;
            number: components["schemas"]["Line100"];
            price: components["schemas"]["PositiveMoney_Money"];
        };
        BondPriceAnswer: {
            base_price?: components["schemas"]["Money"] | null;
            findings: components["schemas"]["Finding"][];
            lowered_by?: components["schemas"]["Money"] | null;
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
        };
        BondPriceBody: {
            /** Format: date */
            agreed_until?: string | null;
            appraisal: components["schemas"]["PositiveMoney_Money"];
            decision?: components["schemas"]["BondDecision"] | null;
            enterprise_cost?: components["schemas"]["NonNegativeMoney_Money"] | null;
            /** Format: date */
            finished_on?: string | null;
            government_approval?: components["schemas"]["Line100"] | null;
            /** Format: date */
            on?: string | null;
            publicity?: components["schemas"]["BondPublicity"] | null;
            resupply?: components["schemas"]["BondResupply"] | null;
            /** Format: date */
            supplied_on: string;
        };
        BondPublicity: {
            /** Format: date */
            from: string;
            has_objection: boolean;
            /** Format: date */
            to: string;
        };
        BondResupply: {
            recovered_m2: components["schemas"]["NonNegativeAreaM2_AreaM2"];
            resupplied_m2: components["schemas"]["NonNegativeAreaM2_AreaM2"];
        };
        /** @enum {string} */
        Bound: "min" | "max";
        BoundaryPointsFile: string;
        Building: {
            land_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            name: components["schemas"]["Line100"];
            storeys: components["schemas"]["Storey"][];
        };
        /** @enum {string} */
        CalculationKind: "term" | "flexible_price" | "lease_then_transfer_price" | "long_lease_price" | "mixed_lease_transfer_price" | "cost_floor" | "national_minimum" | "price_comparison" | "price_base" | "payment_schedule" | "net_land" | "floor_area" | "idle_land" | "bond_price";
        CalendarList: {
            items: components["schemas"]["CalendarYear"][];
        };
        CalendarYear: {
            verified: boolean;
            /** Format: int32 */
            year: number;
        };
        CaseDeadlineList: {
            items: components["schemas"]["CaseDeadlineView"][];
        };
        CaseDeadlineView: components["schemas"]["DeadlineView"] & {
            /** Format: int64 */
            case: number;
            number: string;
            state: components["schemas"]["IdleCaseState"];
        };
        /** @enum {string} */
        CasePaper: "investigation_notice" | "inspection_sheet" | "finding" | "department_letter" | "mortgagee_letter" | "disposal_plan" | "situation" | "hearing_rights" | "fee_decision" | "recovery_decision" | "urging" | "court_application" | "cancellation_letter" | "start_application" | "receipt" | "closing_approval";
        /** @enum {string} */
        CatalogueClass: "encouraged" | "restricted" | "prohibited";
        CatalogueRow: {
            class: components["schemas"]["CatalogueClass"];
            condition?: components["schemas"]["Line500"] | null;
            industry_code?: components["schemas"]["CodeGiven"] | null;
            text: components["schemas"]["Line500"];
        };
        /** @enum {string} */
        Cause: "compensation" | "plan_changed" | "remnant" | "built_without_formalities" | "no_project" | "protected" | "funds" | "data_error" | "other";
        CauseBody: {
            attachments?: components["schemas"]["Digest"][] | null;
            cause: components["schemas"]["OutsideCause"];
            document_number?: components["schemas"]["Line100"] | null;
            explanation: components["schemas"]["Line1000"];
            /** Format: date */
            from: string;
            phase?: components["schemas"]["Line50"] | null;
            /** Format: date */
            to?: string | null;
        };
        CauseDecisionBody: {
            accepted: boolean;
            /** Format: int64 */
            claim: number;
            /** Format: date */
            decided_on: string;
            document_number?: components["schemas"]["Line100"] | null;
            /** Format: date */
            from?: string | null;
            reason: components["schemas"]["Line500"];
            /** Format: date */
            to?: string | null;
        };
        CauseTally: components["schemas"]["TallyView"] & {
            cause: components["schemas"]["IdleCaseCause"];
        };
        Change: {
            by: string;
            direction: components["schemas"]["Direction"];
            from: string;
            pointer: string;
            step: string;
            to: string;
            unit: components["schemas"]["Unit"];
        };
        /** @enum {string} */
        ChangeKind: "original" | "amendment" | "extension" | "correction";
        Citation: {
            instrument: components["schemas"]["Text"];
            /** Format: date */
            issued_on?: string | null;
            number?: string | null;
            provision: components["schemas"]["Text"];
            url?: string | null;
        };
        CitationBody: {
            instrument: components["schemas"]["Line200"];
            /** Format: date */
            issued_on?: string | null;
            number?: components["schemas"]["Line100"] | null;
            provision: components["schemas"]["Line100"];
            url?: components["schemas"]["Line300"] | null;
        };
        /** @enum {string} */
        Classification: "industrial" | "mixed_industrial" | "dominant_use_insufficient";
        CloseMonthBody: {
            /** Format: int32 */
            month: number;
            /** Format: int32 */
            year: number;
        };
        ClosedMonthList: {
            items: components["schemas"]["ClosedMonthView"][];
        };
        ClosedMonthView: {
            closed_at: components["schemas"]["Instant"];
            closed_by: components["schemas"]["UserId"];
            head_hash: components["schemas"]["Digest"];
            /** Format: int64 */
            head_seq: number;
            /** Format: date */
            month_end: string;
        };
        CodeGiven: string;
        ColleagueList: {
            items: components["schemas"]["ColleagueView"][];
        };
        ColleagueView: {
            display_name: string;
            id: components["schemas"]["UserId"];
            roles: components["schemas"]["Role"][];
        };
        /** @enum {string} */
        Collection: "county" | "township" | "approval" | "project" | "plot" | "parcel" | "attachment" | "reconciliation" | "plot_measure" | "frozen_base" | "monitoring_snapshot" | "price_base" | "encumbrance" | "reference_table" | "announcement" | "precheck" | "demand" | "paper" | "paper_number" | "paper_settings" | "idle_case" | "contract";
        ColumnTotal: {
            name: components["schemas"]["Text"];
            value?: string | null;
        };
        Company: {
            code: components["schemas"]["CreditCode"];
            name: components["schemas"]["Line200"];
        };
        ComparedAnswer: {
            conflicts_with_national_minimum: boolean;
            findings: components["schemas"]["Finding"][];
            floor_total: components["schemas"]["Money"];
            is_admissible: boolean;
            linear_unit_price: components["schemas"]["UnitPrice"];
            method: components["schemas"]["Method"];
            payments: components["schemas"]["ComparedPayment"][];
            present_value_per_m2: string;
            reaches_national_minimum?: boolean | null;
            reasons: components["schemas"]["Text"][];
            restored_share: string;
            restored_unit_price: components["schemas"]["UnitPrice"];
            total_term: components["schemas"]["Term"];
        };
        /** @enum {string} */
        ComparedField: "area" | "signed_on" | "state" | "method" | "land_use" | "price";
        ComparedMethod: {
            exception?: components["schemas"]["ExceptionDecision"] | null;
            lease_term?: components["schemas"]["Term"] | null;
            leased_share?: components["schemas"]["PositiveRatio_Ratio"] | null;
            method: components["schemas"]["Method"];
            rent_timing?: components["schemas"]["RentTiming"] | null;
            /** Format: int32 */
            rents_per_year?: number | null;
            transfer_term?: components["schemas"]["Term"] | null;
        };
        ComparedPayment: {
            amount: components["schemas"]["Money"];
            /** Format: int32 */
            months: number;
        };
        ComparedView: {
            differs?: boolean | null;
            field: components["schemas"]["ComparedField"];
            label: string;
            ours?: string | null;
            ours_label?: string | null;
            theirs?: string | null;
            theirs_label?: string | null;
        };
        /** @enum {string} */
        ComparedWith: "map" | "monitoring";
        CompatiblePart: {
            catalogue_entry?: components["schemas"]["Line500"] | null;
            land_m2: components["schemas"]["PositiveAreaM2_AreaM2"];
            name: components["schemas"]["Line100"];
        };
        Composition: {
            collective?: string | number | null;
            construction?: string | number | null;
            cultivated?: string | number | null;
            farmland?: string | number | null;
            new_construction?: string | number | null;
            paddy?: string | number | null;
            permanent_basic_farmland?: string | number | null;
            state_owned?: string | number | null;
            total: string | number;
            unit?: null | ("m2" | "mu" | "ha");
            unused?: string | number | null;
        };
        CompositionView: {
            collective: string | null;
            construction: string | null;
            cultivated: string | null;
            farmland: string | null;
            new_construction: string | null;
            paddy: string | null;
            permanent_basic_farmland: string | null;
            state_owned: string | null;
            total: string;
            /** @enum {string} */
            unit: "m2" | "mu" | "ha";
            unused: string | null;
        };
        Contact: {
            email?: components["schemas"]["Line100"] | null;
            name: components["schemas"]["Line50"];
            phone?: components["schemas"]["Line30"] | null;
        };
        ContractBody: {
            earlier_use?: components["schemas"]["EarlierUse"] | null;
            kind: components["schemas"]["ContractKind"];
            number: components["schemas"]["Line100"];
            parcels: components["schemas"]["Reference"][];
            /** Format: date */
            signed_on: string;
            terms: components["schemas"]["ContractTerms"];
            user: components["schemas"]["LandUser"];
        };
        ContractDueView: {
            /** Format: date */
            due_on: string;
            kind: components["schemas"]["DueKind"];
            /** Format: int32 */
            part: number;
        };
        /** @enum {string} */
        ContractEventKind: "development" | "inspection" | "cause" | "cause_decision" | "succeeds" | "succeeded_by" | "withdrawal";
        ContractEventView: {
            cause?: components["schemas"]["CauseBody"] | null;
            cause_decision?: components["schemas"]["CauseDecisionBody"] | null;
            development?: components["schemas"]["DevelopmentBody"] | null;
            inspection?: components["schemas"]["InspectionBody"] | null;
            inspector_names?: (string | null)[] | null;
            is_withdrawn: boolean;
            kind: components["schemas"]["ContractEventKind"];
            /** Format: int64 */
            n: number;
            /** Format: date */
            on: string;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            succession?: components["schemas"]["Succession"] | null;
            withdrawal?: components["schemas"]["WithdrawalBody"] | null;
        };
        ContractIdleness: {
            answer: components["schemas"]["IdleLandAnswer"];
            phase?: string | null;
        };
        ContractIdlenessList: {
            items: components["schemas"]["ContractIdleness"][];
        };
        /** @enum {string} */
        ContractKind: "grant" | "flexible_grant" | "allocation" | "lease" | "lease_then_transfer" | "mixed_lease_transfer" | "capital_contribution" | "authorised_operation";
        ContractList: {
            items: components["schemas"]["ContractRow"][];
            next?: string | null;
        };
        ContractRow: {
            area_m2: components["schemas"]["AreaM2"];
            /** Format: date */
            completion_on?: string | null;
            /** Format: date */
            delivery_on?: string | null;
            developable_m2?: components["schemas"]["AreaM2"] | null;
            /** Format: int64 */
            id: number;
            investment_yuan?: components["schemas"]["Money"] | null;
            kind: components["schemas"]["ContractKind"];
            land_use: string;
            method?: components["schemas"]["SupplyMethod"] | null;
            number: string;
            parcels: components["schemas"]["ParcelId"][];
            price_yuan?: components["schemas"]["Money"] | null;
            project_name?: string | null;
            regulatory_number?: components["schemas"]["SupervisionNumber"] | null;
            /** Format: date */
            signed_on: string;
            standing: components["schemas"]["StandingView"];
            /** Format: date */
            start_on?: string | null;
            term?: string | null;
            user?: string | null;
            user_code?: components["schemas"]["CreditCode"] | null;
        };
        /** Format: binary */
        ContractSheetContent: string;
        ContractTerms: {
            area_m2: components["schemas"]["PositiveAreaM2_AreaM2"];
            attachments?: components["schemas"]["Digest"][] | null;
            /** Format: date */
            completion_on?: string | null;
            converted_price_yuan?: components["schemas"]["PositiveMoney_Money"] | null;
            /** Format: date */
            delivery_on?: string | null;
            developable_m2?: components["schemas"]["PositiveAreaM2_AreaM2"] | null;
            fixed_investment_yuan?: components["schemas"]["PositiveMoney_Money"] | null;
            instalments?: components["schemas"]["Instalment"][] | null;
            investment_yuan?: components["schemas"]["PositiveMoney_Money"] | null;
            land_use: components["schemas"]["Line100"];
            limits?: components["schemas"]["PlanningLimits"] | null;
            method?: components["schemas"]["SupplyMethod"] | null;
            phases?: components["schemas"]["Phase"][] | null;
            price_yuan?: components["schemas"]["NonNegativeMoney_Money"] | null;
            project_name?: components["schemas"]["Line200"] | null;
            regulatory_number?: components["schemas"]["SupervisionNumber"] | null;
            remark?: components["schemas"]["Line1000"] | null;
            /** Format: date */
            start_on?: string | null;
            term?: components["schemas"]["Term"] | null;
        };
        ContractVersionView: {
            change: components["schemas"]["ChangeKind"];
            /** Format: int64 */
            corrects?: number | null;
            document_number?: string | null;
            /** Format: date */
            effective_on: string;
            /** Format: int64 */
            n: number;
            parcels: components["schemas"]["ParcelId"][];
            reason?: string | null;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            terms: components["schemas"]["ContractTerms"];
            user?: string | null;
            user_code?: components["schemas"]["CreditCode"] | null;
        };
        ContractView: {
            current?: components["schemas"]["ContractVersionView"] | null;
            dues: components["schemas"]["ContractDueView"][];
            earlier_use?: components["schemas"]["EarlierUse"] | null;
            events: components["schemas"]["ContractEventView"][];
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["ContractKind"];
            number: string;
            /** Format: date */
            signed_on: string;
            standing: components["schemas"]["StandingView"];
            /** Format: int64 */
            version: number;
            versions: components["schemas"]["ContractVersionView"][];
            warnings: components["schemas"]["Warning"][];
        };
        CostFloorAnswer: {
            cost_price: components["schemas"]["Money"];
            cost_total: components["schemas"]["Money"];
            findings: components["schemas"]["Finding"][];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            share: components["schemas"]["Fraction"];
        };
        CostFloorBody: {
            costs: components["schemas"]["CostPart"][];
            /** Format: date */
            on?: string | null;
            shared_by_area?: components["schemas"]["SharedByArea"] | null;
            shared_by_price?: components["schemas"]["SharedByPrice"] | null;
            total_price: components["schemas"]["PositiveMoney_Money"];
        };
        /** @enum {string} */
        CostKind: "acquisition" | "early_development" | "prescribed_fees" | "other";
        CostPart: {
            amount: components["schemas"]["PositiveMoney_Money"];
            name: components["schemas"]["Line100"];
        };
        County: string;
        CountyBody: {
            county: components["schemas"]["County"];
            extent: components["schemas"]["Extent"];
            name: components["schemas"]["Line50"];
        };
        CountyList: {
            items: components["schemas"]["CountyView"][];
        };
        CountyView: {
            /** Format: date */
            closed_through?: string | null;
            county: components["schemas"]["County"];
            created_at: components["schemas"]["Instant"];
            extent: components["schemas"]["ExtentView"];
            /** Format: int64 */
            head_seq: number;
            name: string;
        };
        CreditCode: string;
        CurrentSession: {
            csrf_token: string;
            /** Format: int64 */
            idle_seconds: number;
            me: components["schemas"]["MeView"];
            session: components["schemas"]["SessionView"];
        };
        DatedValueView: {
            attribute: components["schemas"]["Attribute"];
            /** Format: date */
            from: string;
            /** Format: int32 */
            n: number;
            value?: string | null;
        };
        /** @enum {string} */
        DeadlineKind: "open_check" | "answer" | "hearing_request" | "hearing" | "pay" | "cancel_registration" | "review" | "suit" | "suit_after_review" | "urging" | "court_application" | "public_service" | "new_start" | "use_ends" | "recovery_open";
        DeadlineView: {
            /** Format: date */
            begins: string;
            /** Format: date */
            done_on?: string | null;
            /** Format: date */
            due: string;
            is_overdue: boolean;
            is_provisional: boolean;
            kind: components["schemas"]["DeadlineKind"];
            label: components["schemas"]["Text"];
        };
        DegreeBox: number[];
        Degrees: string;
        DemandBody: {
            area: components["schemas"]["PositiveGivenArea_GivenArea"];
            company_code: components["schemas"]["CreditCode"];
            company_name: components["schemas"]["Line200"];
            industry_code: components["schemas"]["CodeGiven"];
            land_kind: components["schemas"]["LandKind"];
            land_use: components["schemas"]["LandUse"];
            method?: components["schemas"]["Method"] | null;
            /** Format: date */
            needed_by?: string | null;
            /** Format: int64 */
            precheck?: number | null;
            project_name?: components["schemas"]["Line200"] | null;
            remark?: components["schemas"]["Line1000"] | null;
            state: components["schemas"]["DemandState"];
            township?: components["schemas"]["TownshipCode"] | null;
        };
        DemandFromPrecheck: {
            /** Format: date */
            needed_by?: string | null;
            remark?: components["schemas"]["Line1000"] | null;
        };
        DemandList: {
            items: components["schemas"]["DemandView"][];
            next?: string | null;
        };
        /** @enum {string} */
        DemandState: "registered" | "consulted" | "planned" | "declined" | "withdrawn";
        DemandView: {
            area_m2: components["schemas"]["AreaM2"];
            company_code: components["schemas"]["CreditCode"];
            company_name: string;
            findings?: components["schemas"]["Finding"][] | null;
            /** Format: int64 */
            id: number;
            industry_code: components["schemas"]["CodeGiven"];
            land_kind: components["schemas"]["LandKind"];
            land_use: components["schemas"]["LandUse"];
            method?: components["schemas"]["Method"] | null;
            /** Format: date */
            needed_by?: string | null;
            opinions: components["schemas"]["OpinionView"][];
            outcome?: components["schemas"]["Outcome"] | null;
            /** Format: int64 */
            precheck?: number | null;
            project_name?: string | null;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            remark?: string | null;
            state: components["schemas"]["DemandState"];
            township?: components["schemas"]["TownshipCode"] | null;
            /** Format: int64 */
            version: number;
            waits_for: components["schemas"]["Department"][];
        };
        /** @enum {string} */
        Department: "resources" | "industry" | "development" | "finance" | "township";
        /** @enum {string} */
        Detail: "amounts" | "findings";
        DevelopmentBody: {
            attachments?: components["schemas"]["Digest"][] | null;
            developed_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            document_number?: components["schemas"]["Line100"] | null;
            evidence?: components["schemas"]["Line500"] | null;
            foundation?: components["schemas"]["Foundation"] | null;
            foundation_reached?: boolean | null;
            /** Format: int32 */
            instalment?: number | null;
            invested_yuan?: components["schemas"]["NonNegativeMoney_Money"] | null;
            kind: components["schemas"]["DevelopmentKind"];
            /** Format: date */
            on: string;
            paid_yuan?: components["schemas"]["PositiveMoney_Money"] | null;
            permit_number?: components["schemas"]["Line100"] | null;
            /** Format: date */
            permitted_on?: string | null;
            phase?: components["schemas"]["Line50"] | null;
            remark?: components["schemas"]["Line1000"] | null;
        };
        /** @enum {string} */
        DevelopmentKind: "delivered" | "started" | "progress" | "stopped" | "resumed" | "completed" | "paid";
        Difference: string;
        DifferenceCount: {
            /** Format: int64 */
            count: number;
            kind: components["schemas"]["DifferenceKind"];
            kind_label: string;
            status: components["schemas"]["DifferenceStatus"];
        };
        DifferenceCounts: {
            counts: components["schemas"]["DifferenceCount"][];
            /** Format: int64 */
            standing: number;
        };
        DifferenceFileView: {
            difference: components["schemas"]["DifferenceView"];
            notes: components["schemas"]["DifferenceNote"][];
        };
        /** @enum {string} */
        DifferenceKind: "area_differs" | "contract_without_supply" | "holding_area_differs" | "holding_without_land" | "monitoring_differs" | "monitoring_lacks" | "monitoring_only" | "parcel_unmapped" | "plot_unmapped" | "plots_overlap" | "supply_without_contract" | "supply_without_supervision_number";
        DifferenceList: {
            items: components["schemas"]["DifferenceView"][];
            next?: components["schemas"]["Difference"] | null;
        };
        DifferenceNote: {
            at: components["schemas"]["Instant"];
            figures: components["schemas"]["Digest"];
            /** Format: int64 */
            n: number;
            owner?: components["schemas"]["UserId"] | null;
            reason?: string | null;
            resolution: components["schemas"]["DifferenceResolution"];
            user: components["schemas"]["UserId"];
        };
        DifferenceNoteBody: {
            figures: components["schemas"]["Line64"];
            /** Format: int64 */
            owner?: number | null;
            reason?: components["schemas"]["Line500"] | null;
            resolution?: components["schemas"]["DifferenceResolution"] | null;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        DifferenceResolution: "open" | "mending" | "explained";
        /** @enum {string} */
        DifferenceStatus: "open" | "assigned" | "mending" | "explained" | "reopened" | "mended";
        DifferenceView: {
            account?: components["schemas"]["Account"] | null;
            approval?: components["schemas"]["ApprovalId"] | null;
            difference: components["schemas"]["Difference"];
            difference_m2?: components["schemas"]["AreaM2"] | null;
            figures?: components["schemas"]["Digest"] | null;
            kind: components["schemas"]["DifferenceKind"];
            kind_label: string;
            last_note?: components["schemas"]["DifferenceNote"] | null;
            monitored_area_m2?: components["schemas"]["AreaM2"] | null;
            monitoring?: components["schemas"]["MonitoringView"] | null;
            other_plot?: components["schemas"]["PlotId"] | null;
            owner?: components["schemas"]["UserId"] | null;
            parcel?: components["schemas"]["ParcelId"] | null;
            parcel_code?: string | null;
            plot?: components["schemas"]["PlotId"] | null;
            plot_code?: string | null;
            polygon_area_m2?: components["schemas"]["AreaM2"] | null;
            recorded_area_m2?: components["schemas"]["AreaM2"] | null;
            remedy: components["schemas"]["Text"];
            status: components["schemas"]["DifferenceStatus"];
            township?: components["schemas"]["TownshipCode"] | null;
            /** Format: int64 */
            version: number;
        };
        Digest: string;
        /** @enum {string} */
        Dimension: "approval" | "approved_project" | "project" | "township" | "year" | "cause" | "age" | "cohort";
        /** @enum {string} */
        Direction: "increase" | "decrease";
        DisposalMeasure: {
            area_m2: components["schemas"]["AreaM2"];
            by: components["schemas"]["DisposedBy"];
        };
        DisposalRow: {
            base_m2: components["schemas"]["AreaM2"];
            disposed_m2: components["schemas"]["AreaM2"];
            group: components["schemas"]["GroupKey"][];
            measures: components["schemas"]["DisposalMeasure"][];
            rate: components["schemas"]["ReportRate"];
        };
        DisposalTable: {
            /** Format: date */
            as_of: string;
            head_hash: components["schemas"]["Digest"];
            kind: components["schemas"]["FrozenKind"];
            /** Format: int64 */
            known_seq: number;
            rows: components["schemas"]["DisposalRow"][];
            total: components["schemas"]["DisposalRow"];
        };
        /** @enum {string} */
        DisposedBy: "supply" | "withdrawn" | "reduced" | "lapsed" | "no_supply_needed" | "resumed" | "recovered" | "data_correction";
        DocumentBody: {
            attachments?: components["schemas"]["Digest"][] | null;
            authority?: components["schemas"]["Line100"] | null;
            /** Format: date */
            dated?: string | null;
            number?: components["schemas"]["Line100"] | null;
        };
        DocumentView: {
            attachments: components["schemas"]["Digest"][];
            authority?: string | null;
            /** Format: date */
            dated?: string | null;
            number?: string | null;
        };
        /** @enum {string} */
        DueKind: "delivery" | "start" | "completion" | "instalment";
        EarlierUse: {
            document_number?: components["schemas"]["Line100"] | null;
            /** Format: date */
            occupied_since: string;
            remark?: components["schemas"]["Line500"] | null;
            /** Format: date */
            settled_on?: string | null;
        };
        /** @enum {string} */
        Encoding: "utf-8" | "gbk";
        /** @enum {string} */
        EncumbranceAction: "released" | "extended" | "consented";
        EncumbranceBody: {
            appraised_yuan?: components["schemas"]["NonNegativeMoney_Money"] | null;
            area_m2?: components["schemas"]["PositiveAreaM2_AreaM2"] | null;
            attachments?: components["schemas"]["Digest"][] | null;
            /** Format: date */
            from: string;
            kind: components["schemas"]["EncumbranceKind"];
            loan_yuan?: components["schemas"]["NonNegativeMoney_Money"] | null;
            number: components["schemas"]["Line100"];
            parcel: components["schemas"]["Reference"];
            party?: components["schemas"]["Line100"] | null;
            remark?: components["schemas"]["Line1000"] | null;
            /** Format: date */
            until?: string | null;
        };
        EncumbranceEventBody: {
            action: components["schemas"]["EncumbranceAction"];
            attachments?: components["schemas"]["Digest"][] | null;
            consents_to?: components["schemas"]["Kind"] | null;
            /** Format: date */
            dated: string;
            document_authority: components["schemas"]["Line100"];
            document_number: components["schemas"]["Line100"];
            /** Format: date */
            until?: string | null;
        };
        EncumbranceEventView: {
            action: components["schemas"]["EncumbranceAction"];
            attachments: components["schemas"]["Digest"][];
            consents_to?: components["schemas"]["Kind"] | null;
            /** Format: date */
            dated: string;
            document_authority: string;
            document_number: string;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            /** Format: date */
            until?: string | null;
        };
        /** @enum {string} */
        EncumbranceKind: "mortgage" | "seizure";
        EncumbranceList: {
            items: components["schemas"]["EncumbranceView"][];
            next?: string | null;
        };
        EncumbranceView: {
            appraised_yuan?: components["schemas"]["Money"] | null;
            area_m2?: components["schemas"]["AreaM2"] | null;
            attachments: components["schemas"]["Digest"][];
            events: components["schemas"]["EncumbranceEventView"][];
            /** Format: date */
            from: string;
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["EncumbranceKind"];
            loan_yuan?: components["schemas"]["Money"] | null;
            number: string;
            parcel: components["schemas"]["ParcelId"];
            party?: string | null;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            /** Format: date */
            released_on?: string | null;
            remark?: string | null;
            /** Format: date */
            until?: string | null;
        };
        EntryView: {
            approver?: components["schemas"]["UserId"] | null;
            is_voided: boolean;
            /** Format: int32 */
            n: number;
            proposer: components["schemas"]["UserId"];
            reason?: string | null;
            recorded_at: components["schemas"]["Instant"];
            reviewer?: components["schemas"]["UserId"] | null;
            step?: components["schemas"]["IdleCaseStep"] | null;
            /** Format: int32 */
            voids?: number | null;
            /** Format: int64 */
            voucher?: number | null;
        };
        EventView: {
            action: components["schemas"]["Action"];
            at: components["schemas"]["Instant"];
            comment?: string | null;
            user: components["schemas"]["UserId"];
        };
        ExactNumber: number;
        ExceptionDecision: {
            body: components["schemas"]["Line100"];
            /** Format: date */
            decided_on: string;
            document_no: components["schemas"]["Line100"];
        };
        /** Format: binary */
        ExportFile: string;
        Extent: {
            east: components["schemas"]["Degrees"];
            north: components["schemas"]["Degrees"];
            south: components["schemas"]["Degrees"];
            west: components["schemas"]["Degrees"];
        };
        ExtentView: {
            east: string;
            north: string;
            south: string;
            west: string;
        };
        FeatureCellList: {
            items: components["schemas"]["FeatureCellView"][];
            /** Format: int64 */
            total: number;
        };
        FeatureCellView: {
            bbox: components["schemas"]["DegreeBox"];
            /** Format: int64 */
            total: number;
        };
        /** @enum {string} */
        FeatureCollectionType: "FeatureCollection";
        /** @enum {string} */
        FeatureType: "Feature";
        FieldChoice: {
            code: string;
            zh: string;
        };
        FieldError: {
            message: components["schemas"]["Text"];
            pointer: string;
            value?: string | null;
        };
        /** @enum {string} */
        FieldForm: "line" | "paragraphs" | "day" | "money" | "area" | "word";
        /** @enum {string} */
        FieldSource: "case" | "contract" | "settings" | "law" | "clerk";
        /** Format: binary */
        FileContent: string;
        Finding: {
            aspect?: string | null;
            citations: components["schemas"]["Citation"][];
            message: components["schemas"]["Text"];
            numbers: components["schemas"]["Number"][];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            parameters: components["schemas"]["ParameterUsed"][];
            policy_digest: string;
            remedies?: components["schemas"]["FindingRemedy"][];
            rule: string;
            threshold?: components["schemas"]["Number"] | null;
            title: components["schemas"]["Text"];
            verified: boolean;
            workings: components["schemas"]["Step"][];
        };
        FindingRemedy: {
            changes: components["schemas"]["Change"][];
            message: components["schemas"]["Text"];
        };
        /** @enum {string} */
        Flag: "before_approval" | "document_missing" | "historical" | "late" | "unmapped" | "land_fitted" | "area_differs";
        FlagView: {
            code: components["schemas"]["Flag"];
            zh: string;
        };
        FlexiblePriceAnswer: {
            area_m2: components["schemas"]["AreaM2"];
            findings: components["schemas"]["Finding"][];
            max_term: components["schemas"]["Term"];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            total_price_floor: components["schemas"]["Money"];
            unit_price_floor: components["schemas"]["UnitPrice"];
            year_ratio: components["schemas"]["Fraction"];
        };
        FlexiblePriceBody: {
            area: components["schemas"]["PositiveGivenArea_GivenArea"];
            exception?: components["schemas"]["ExceptionDecision"] | null;
            land_use: components["schemas"]["LandUse"];
            max_term?: components["schemas"]["Term"] | null;
            max_term_unit_price: components["schemas"]["PositivePricePerM2_PricePerM2"];
            /** Format: date */
            on?: string | null;
            ownership?: components["schemas"]["Ownership"] | null;
            proposed_unit_price?: components["schemas"]["PositivePricePerM2_PricePerM2"] | null;
            term: components["schemas"]["Term"];
        };
        FloorAnswer: {
            classification: components["schemas"]["Classification"];
            floor_area_ratio: components["schemas"]["FloorAreaRatio"];
            total_actual_m2: components["schemas"]["AreaM2"];
            total_counted_m2: components["schemas"]["AreaM2"];
        };
        FloorArea: {
            actual_m2: components["schemas"]["NonNegativeAreaM2_AreaM2"];
            counted_m2: components["schemas"]["NonNegativeAreaM2_AreaM2"];
        };
        FloorAreaAnswer: {
            admin_living_floor_excess_m2: components["schemas"]["AreaM2"];
            admin_living_floor_within: boolean;
            admin_living_land_m2?: components["schemas"]["AreaM2"] | null;
            admin_living_land_within?: boolean | null;
            classification: components["schemas"]["Classification"];
            dominant_exceeds: boolean;
            findings: components["schemas"]["Finding"][];
            floor_area_ratio: components["schemas"]["FloorAreaRatio"];
            /** Format: date */
            on: string;
            other_ancillary_counted_m2: components["schemas"]["AreaM2"];
            other_ancillary_within: boolean;
            outcome: components["schemas"]["Outcome"];
            parcel_area_m2: components["schemas"]["AreaM2"];
            total_actual_m2: components["schemas"]["AreaM2"];
            total_counted_m2: components["schemas"]["AreaM2"];
            uses: components["schemas"]["Uses"];
        };
        FloorAreaBody: {
            admin_living_land?: components["schemas"]["NonNegativeGivenArea_GivenArea"] | null;
            buildings?: components["schemas"]["Building"][] | null;
            /** Format: date */
            on?: string | null;
            parcel_area: components["schemas"]["PositiveGivenArea_GivenArea"];
            shared_buildings?: components["schemas"]["SharedBuilding"][] | null;
            stated_total_actual_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            stated_total_counted_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            uses?: components["schemas"]["Uses"] | null;
        };
        FloorAreaRatio: string;
        /** @enum {string} */
        FloorKind: "term" | "cost" | "national_minimum";
        /** @enum {string} */
        FollowUp: "normal" | "start_overdue" | "suspected_idle" | "completion_overdue" | "completed" | "taken_back";
        FormCounty: {
            county: components["schemas"]["County"];
            name: string;
        };
        FormCountyList: {
            items: components["schemas"]["FormCounty"][];
        };
        FormIndicator: {
            bound: components["schemas"]["Bound"];
            indicator: components["schemas"]["Indicator"];
            name: components["schemas"]["Text"];
            unit: string;
            value: string;
        };
        FormTownship: {
            code: components["schemas"]["TownshipCode"];
            name: string;
        };
        /** @enum {string} */
        Format: "json" | "geojson" | "csv" | "xlsx" | "totals";
        /** @enum {string} */
        Foundation: "deep_pit" | "pile" | "other";
        Fraction: string;
        FrozenBaseBody: {
            /** Format: date */
            as_of: string;
            kind: components["schemas"]["FrozenKind"];
            /** Format: int64 */
            known_seq?: number | null;
            name: components["schemas"]["Line100"];
            /** Format: date */
            task_dated: string;
            task_m2: components["schemas"]["PositiveAreaM2_AreaM2"];
            task_number: components["schemas"]["Line100"];
        };
        FrozenBaseFile: {
            base: components["schemas"]["FrozenBaseView"];
            plots: components["schemas"]["FrozenPlotView"][];
        };
        FrozenBaseList: {
            items: components["schemas"]["FrozenBaseView"][];
        };
        FrozenBaseView: {
            approver?: components["schemas"]["UserId"] | null;
            area_m2: components["schemas"]["AreaM2"];
            /** Format: date */
            as_of: string;
            changed_at: components["schemas"]["Instant"];
            created_at: components["schemas"]["Instant"];
            head_hash: components["schemas"]["Digest"];
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["FrozenKind"];
            /** Format: int64 */
            known_seq: number;
            list_sha256: components["schemas"]["Digest"];
            name: string;
            proposer: components["schemas"]["UserId"];
            state: components["schemas"]["FrozenState"];
            /** Format: date */
            task_dated: string;
            task_m2: components["schemas"]["AreaM2"];
            task_number: string;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        FrozenKind: "unsupplied" | "idle";
        FrozenPlotView: {
            /** Format: date */
            approved_on?: string | null;
            area_m2: components["schemas"]["AreaM2"];
            plot: components["schemas"]["PlotId"];
            /** Format: int32 */
            township?: number | null;
        };
        /** @enum {string} */
        FrozenState: "proposed" | "approved" | "withdrawn";
        Geometry: components["schemas"]["PolygonGeometry"] | components["schemas"]["MultiPolygonGeometry"];
        GeometryVersionView: {
            area_m2: components["schemas"]["AreaM2"];
            /** Format: date */
            effective_on: string;
            ellipsoidal_area_m2: components["schemas"]["AreaM2"];
            /** Format: int32 */
            epsg: number;
            /** Format: int32 */
            version: number;
        };
        GivenArea: (string | number) | {
            /** @enum {string} */
            unit: "m2" | "mu" | "ha";
            value: string | number;
        };
        GrantBody: {
            prefix: components["schemas"]["Prefix"];
            role: components["schemas"]["Role"];
        };
        GrantView: {
            prefix: components["schemas"]["Prefix"];
            role: components["schemas"]["Role"];
        };
        /** @enum {string} */
        Grounds: "not_started" | "stopped";
        GroupKey: {
            dimension: components["schemas"]["Dimension"];
            label: components["schemas"]["Text"];
            value?: string | null;
        };
        HaltInput: {
            /** Format: date */
            from: string;
            /** Format: date */
            resumed_on?: string | null;
        };
        Health: {
            status: string;
            version: string;
        };
        HistoryEvent: {
            at: components["schemas"]["Instant"];
            attribute?: components["schemas"]["DatedValueView"] | null;
            change?: components["schemas"]["JournalEntry"] | null;
            geometry?: components["schemas"]["GeometryVersionView"] | null;
            kind: components["schemas"]["HistoryKind"];
            user: components["schemas"]["UserId"];
            voucher?: components["schemas"]["VoucherView"] | null;
        };
        /** @enum {string} */
        HistoryKind: "change" | "attribute" | "geometry" | "voucher";
        /** @enum {string} */
        Hold: "suit" | "seizure" | "insolvency" | "other";
        HoldingBody: {
            account: components["schemas"]["Account"];
            parcel?: components["schemas"]["ParcelId"] | null;
            plot?: components["schemas"]["PlotId"] | null;
        };
        HoldingLandView: {
            account: components["schemas"]["Account"];
            area_m2: components["schemas"]["AreaM2"];
            geometry?: components["schemas"]["Geometry"] | null;
            parcel?: components["schemas"]["ParcelId"] | null;
            polygon_area_m2?: components["schemas"]["AreaM2"] | null;
            /** Format: int64 */
            since_seq?: number | null;
        };
        HoldingView: {
            account: components["schemas"]["Account"];
            parcel?: components["schemas"]["ParcelId"] | null;
            plot: components["schemas"]["PlotId"];
        };
        IdleCaseBoard: {
            /** Format: date */
            as_of: string;
            causes: components["schemas"]["CauseTally"][];
            disposal_rate: components["schemas"]["Rate"];
            idle_rate: components["schemas"]["Rate"];
            overdue: components["schemas"]["TallyView"];
            states: components["schemas"]["StateTally"][];
            suspended: components["schemas"]["TallyView"];
        };
        /** @enum {string} */
        IdleCaseCause: "government" | "own" | "mixed" | "force_majeure";
        IdleCaseDrawn: {
            area_m2?: components["schemas"]["PositiveAreaM2_AreaM2"] | null;
            client_id: components["schemas"]["Line64"];
            contract: components["schemas"]["Reference"];
            geometry?: null | components["schemas"]["Geometry"];
            grounds: components["schemas"]["Grounds"];
            /** Format: date */
            opened_on: string;
            parcel?: components["schemas"]["Reference"] | null;
            phase?: components["schemas"]["Line50"] | null;
            /** Format: int64 */
            previous?: number | null;
            remark?: components["schemas"]["Line1000"] | null;
        };
        IdleCaseList: {
            items: components["schemas"]["IdleCaseSummary"][];
            next?: string | null;
        };
        /** @enum {string} */
        IdleCaseState: "suspected" | "investigation" | "found" | "disposal_chosen" | "under_way" | "closed" | "cleared" | "annulled";
        IdleCaseStep: {
            amount?: components["schemas"]["PositiveMoney_Money"] | null;
            area_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            cause?: components["schemas"]["IdleCaseCause"] | null;
            document?: components["schemas"]["StepDocument"] | null;
            hold?: components["schemas"]["Hold"] | null;
            kind: components["schemas"]["StepKind"];
            manner?: components["schemas"]["Manner"] | null;
            /** Format: date */
            new_start?: string | null;
            /** Format: date */
            on: string;
            paper?: components["schemas"]["Paper"] | null;
            reason?: components["schemas"]["Line2000"] | null;
            remedy?: components["schemas"]["Remedy"] | null;
            revoked?: boolean | null;
            /** Format: date */
            until?: string | null;
            /** Format: int64 */
            voucher?: number | null;
            way?: components["schemas"]["Way"] | null;
        };
        IdleCaseSummary: {
            area_m2: components["schemas"]["AreaM2"];
            cause?: components["schemas"]["IdleCaseCause"] | null;
            /** Format: int64 */
            contract: number;
            contract_number?: string | null;
            /** Format: date */
            ended_on?: string | null;
            /** Format: date */
            found_on?: string | null;
            grounds: components["schemas"]["Grounds"];
            /** Format: int64 */
            id: number;
            is_suspended: boolean;
            next_deadline?: components["schemas"]["DeadlineView"] | null;
            number: string;
            /** Format: date */
            opened_on: string;
            /** Format: int64 */
            overdue: number;
            parcel: components["schemas"]["ParcelId"];
            parcel_code?: string | null;
            phase?: string | null;
            /** Format: int64 */
            previous?: number | null;
            state: components["schemas"]["IdleCaseState"];
            townships: components["schemas"]["TownshipCode"][];
            user_code?: string | null;
            user_name?: string | null;
            /** Format: int64 */
            version: number;
            way?: components["schemas"]["Way"] | null;
        };
        IdleCaseView: {
            area_m2: components["schemas"]["AreaM2"];
            cause?: components["schemas"]["IdleCaseCause"] | null;
            client_id: string;
            /** Format: int64 */
            contract: number;
            deadlines: components["schemas"]["DeadlineView"][];
            fee_due_yuan?: components["schemas"]["Money"] | null;
            /** Format: date */
            fee_from?: string | null;
            grounds: components["schemas"]["Grounds"];
            /** Format: int64 */
            id: number;
            /** Format: date */
            idle_from?: string | null;
            is_mortgaged: boolean;
            is_suspended: boolean;
            next: components["schemas"]["NextView"][];
            number: string;
            /** Format: date */
            opened_on: string;
            parcel: components["schemas"]["ParcelId"];
            phase?: string | null;
            /** Format: int64 */
            previous?: number | null;
            proposals: components["schemas"]["StepProposalView"][];
            /** Format: date */
            recovery_from?: string | null;
            remark?: string | null;
            seized_by?: string | null;
            state: components["schemas"]["IdleCaseState"];
            steps: components["schemas"]["EntryView"][];
            successors: number[];
            /** Format: int64 */
            version: number;
            way?: components["schemas"]["Way"] | null;
        };
        IdleLandAnswer: {
            /** Format: date */
            criterion_met_from?: string | null;
            developed_share?: components["schemas"]["Fraction"] | null;
            /** Format: date */
            fee_from?: string | null;
            findings: components["schemas"]["Finding"][];
            /** Format: date */
            first_year_ends_on?: string | null;
            /** Format: date */
            free_recovery_possible_from?: string | null;
            grounds: components["schemas"]["Grounds"];
            idle_fee?: components["schemas"]["Money"] | null;
            /** Format: date */
            idle_from?: string | null;
            invested_share?: components["schemas"]["Fraction"] | null;
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            /** Format: date */
            recovery_from?: string | null;
            /** Format: date */
            second_year_ends_on?: string | null;
            /** Format: date */
            start_due_on?: string | null;
        };
        IdleLandBody: {
            /** Format: date */
            agreed_delivery?: string | null;
            /** Format: date */
            agreed_start?: string | null;
            causes?: components["schemas"]["OutsideInterval"][] | null;
            /** Format: date */
            completed_on?: string | null;
            contract_kind?: components["schemas"]["ContractKind"] | null;
            converted_price?: components["schemas"]["PositiveMoney_Money"] | null;
            /** Format: date */
            delivered_on?: string | null;
            developable_m2?: components["schemas"]["PositiveAreaM2_AreaM2"] | null;
            developed_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            halts?: components["schemas"]["HaltInput"][] | null;
            invested?: components["schemas"]["NonNegativeMoney_Money"] | null;
            investment?: components["schemas"]["PositiveMoney_Money"] | null;
            /** Format: date */
            on?: string | null;
            price?: components["schemas"]["NonNegativeMoney_Money"] | null;
            start?: components["schemas"]["StartInput"] | null;
        };
        ImportWarning: {
            code?: string | null;
            warning: components["schemas"]["Warning"];
        };
        ImportedPlotView: {
            code: string;
            id?: components["schemas"]["PlotId"] | null;
            is_new: boolean;
        };
        /** @enum {string} */
        Indicator: "investment_intensity" | "output_intensity" | "tax_intensity" | "floor_area_ratio" | "building_coefficient" | "energy_intensity" | "emission_intensity" | "research_share" | "employment";
        IndicatorGiven: {
            indicator: components["schemas"]["Indicator"];
            value: components["schemas"]["NonNegativeIndicatorValue_IndicatorValue"];
        };
        Industry: {
            code: string;
            division_name: string;
            name?: string | null;
        };
        IndustryCode: string;
        IndustryGiven: {
            code: components["schemas"]["CodeGiven"];
            products?: components["schemas"]["Line500"] | null;
        };
        IndustryList: {
            items: components["schemas"]["Industry"][];
        };
        IndustryRow: {
            code: components["schemas"]["CodeGiven"];
            name: components["schemas"]["Line100"];
        };
        InspectionBody: {
            attachments?: components["schemas"]["Digest"][] | null;
            developed_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            findings: components["schemas"]["Line1000"];
            inspectors: components["schemas"]["Inspector"][];
            invested_yuan?: components["schemas"]["NonNegativeMoney_Money"] | null;
            /** Format: date */
            on: string;
            phase?: components["schemas"]["Line50"] | null;
            signature: components["schemas"]["Signature"];
            signature_note?: components["schemas"]["Line500"] | null;
            state: components["schemas"]["SiteState"];
        };
        Inspector: {
            badge: components["schemas"]["Line50"];
            name?: components["schemas"]["Line50"] | null;
        };
        Instalment: {
            amount_yuan: components["schemas"]["PositiveMoney_Money"];
            /** Format: date */
            due_on: string;
        };
        InstalmentAnswer: {
            amount: components["schemas"]["Money"];
            /** Format: int64 */
            days_late: number;
            default_interest?: components["schemas"]["Money"] | null;
            /** Format: date */
            due_on: string;
            paid: components["schemas"]["Money"];
            /** Format: date */
            settled_on?: string | null;
        };
        InstalmentBody: {
            /** Format: date */
            due_on: string;
            share: components["schemas"]["PositiveRatio_Ratio"];
        };
        /** Format: date-time */
        Instant: string;
        IssuedReportList: {
            items: components["schemas"]["IssuedReportView"][];
        };
        IssuedReportView: {
            issued_at: components["schemas"]["Instant"];
            issued_by: components["schemas"]["UserId"];
            /** Format: int64 */
            known_seq: number;
            /** Format: date */
            month_end: string;
            /** Format: int32 */
            n: number;
            period: components["schemas"]["ReportPeriod"];
            report?: components["schemas"]["Report"] | null;
            sha256: components["schemas"]["Digest"];
            year_report?: components["schemas"]["YearReport"] | null;
        };
        IssuedToken: {
            secret: string;
            token: components["schemas"]["TokenView"];
        };
        JointBid: {
            agreement?: boolean | null;
            others: components["schemas"]["Bidder"][];
            own_share: components["schemas"]["PositiveRatio_Ratio"];
        };
        JournalEntry: {
            after?: Record<string, never> | null;
            at: components["schemas"]["Instant"];
            before?: Record<string, never> | null;
            collection: components["schemas"]["Collection"];
            /** Format: int64 */
            n: number;
            /** Format: int64 */
            object: number;
            operation: string;
            user: components["schemas"]["UserId"];
        };
        JournalList: {
            items: components["schemas"]["JournalEntry"][];
            next?: string | null;
        };
        /** @enum {string} */
        Kind: "opening" | "approve" | "supply" | "supply_terminated" | "written_off" | "no_supply_needed" | "idle_found" | "resumed" | "recovered" | "bought_back" | "survey_difference" | "boundary_adjustment" | "relocation" | "parcel_split" | "parcel_merged" | "contract_succession" | "correction";
        LabelPoint: number[];
        LandAnswer: {
            area_m2: components["schemas"]["AreaM2"];
            kind: components["schemas"]["LandKind"];
            land_use: components["schemas"]["LandUse"];
            offer?: components["schemas"]["OfferUsed"] | null;
            polygon_m2?: components["schemas"]["AreaM2"] | null;
        };
        LandGiven: {
            /** Format: int64 */
            announcement?: number | null;
            area?: components["schemas"]["PositiveGivenArea_GivenArea"] | null;
            certificate?: components["schemas"]["Line100"] | null;
            compatible_parts?: components["schemas"]["CompatiblePart"][] | null;
            counted_before_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            /** Format: int64 */
            item?: number | null;
            kind: components["schemas"]["LandKind"];
            land_use?: components["schemas"]["LandUse"] | null;
            ownership?: components["schemas"]["Ownership"] | null;
            polygon?: components["schemas"]["Geometry"] | null;
            self_used?: boolean | null;
            township?: components["schemas"]["TownshipCode"] | null;
            use_unchanged?: boolean | null;
            within_plan?: boolean | null;
        };
        /** @enum {string} */
        LandKind: "new" | "announced" | "own";
        /** @enum {string} */
        LandUse: "industrial" | "warehousing" | "mixed_industrial" | "research" | "commercial" | "residential" | "public" | "other";
        LandUser: {
            code?: components["schemas"]["CreditCode"] | null;
            name: components["schemas"]["Line100"];
        };
        /** @enum {string} */
        Layer: "plots" | "residuals" | "parcels" | "approvals" | "contracts" | "idle_cases" | "idle_suspicions";
        LeaseThenTransferPriceAnswer: {
            annual_rent: components["schemas"]["Money"];
            annual_rent_per_m2: components["schemas"]["UnitPrice"];
            area_m2: components["schemas"]["AreaM2"];
            findings: components["schemas"]["Finding"][];
            lease_ratio: components["schemas"]["Fraction"];
            lease_rent_total: components["schemas"]["Money"];
            max_term: components["schemas"]["Term"];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            total_ratio: components["schemas"]["Fraction"];
            transfer_price_floor: components["schemas"]["Money"];
            transfer_ratio: components["schemas"]["Fraction"];
            transfer_unit_price_floor: components["schemas"]["UnitPrice"];
        };
        LeaseThenTransferPriceBody: {
            area: components["schemas"]["PositiveGivenArea_GivenArea"];
            exception?: components["schemas"]["ExceptionDecision"] | null;
            land_use: components["schemas"]["LandUse"];
            lease_term: components["schemas"]["Term"];
            max_term?: components["schemas"]["Term"] | null;
            max_term_unit_price: components["schemas"]["PositivePricePerM2_PricePerM2"];
            /** Format: date */
            on?: string | null;
            ownership?: components["schemas"]["Ownership"] | null;
            proposed_annual_rent_per_m2?: components["schemas"]["PositivePricePerM2_PricePerM2"] | null;
            proposed_transfer_unit_price?: components["schemas"]["PositivePricePerM2_PricePerM2"] | null;
            transfer_term: components["schemas"]["Term"];
        };
        LedgerHead: {
            /** Format: date */
            closed_through?: string | null;
            county: components["schemas"]["County"];
            hash: components["schemas"]["Digest"];
            /** Format: int64 */
            seq: number;
        };
        Line100: string;
        Line1000: string;
        Line200: string;
        Line2000: string;
        Line30: string;
        Line300: string;
        Line40: string;
        Line50: string;
        Line500: string;
        Line60: string;
        Line64: string;
        LineBody: {
            area_m2: components["schemas"]["PositiveAreaM2_AreaM2"];
            from: components["schemas"]["HoldingBody"];
            geometry?: components["schemas"]["Geometry"] | null;
            to: components["schemas"]["HoldingBody"];
        };
        LineLandView: {
            geometry?: components["schemas"]["Geometry"] | null;
            line: number;
            polygon_area_m2: components["schemas"]["AreaM2"];
        };
        LineView: {
            area_m2: components["schemas"]["AreaM2"];
            from: components["schemas"]["HoldingView"];
            to: components["schemas"]["HoldingView"];
        };
        ListTotals: {
            /** Format: int64 */
            count: number;
            totals: components["schemas"]["ColumnTotal"][];
        };
        Login: string;
        LongLeasePriceAnswer: {
            annual_rent: components["schemas"]["Money"];
            annual_rent_per_m2: components["schemas"]["UnitPrice"];
            area_m2: components["schemas"]["AreaM2"];
            findings: components["schemas"]["Finding"][];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            rent_total: components["schemas"]["Money"];
        };
        LongLeasePriceBody: {
            area: components["schemas"]["PositiveGivenArea_GivenArea"];
            exception?: components["schemas"]["ExceptionDecision"] | null;
            land_use: components["schemas"]["LandUse"];
            lease_term: components["schemas"]["Term"];
            max_term_unit_price: components["schemas"]["PositivePricePerM2_PricePerM2"];
            /** Format: date */
            on?: string | null;
            ownership?: components["schemas"]["Ownership"] | null;
            proposed_annual_rent_per_m2?: components["schemas"]["PositivePricePerM2_PricePerM2"] | null;
            rent_adjustment?: components["schemas"]["RentAdjustment"] | null;
        };
        /** @enum {string} */
        Manner: "direct" | "left" | "post" | "entrusted" | "public";
        MappingShare: {
            fraction?: string | null;
            percent?: string | null;
        };
        MappingTable: {
            county: components["schemas"]["County"];
            total: components["schemas"]["MappingView"];
            townships: components["schemas"]["MappingView"][];
        };
        MappingView: {
            area_m2: components["schemas"]["AreaM2"];
            by_area: components["schemas"]["MappingShare"];
            by_plots: components["schemas"]["MappingShare"];
            mapped_area_m2: components["schemas"]["AreaM2"];
            /** Format: int64 */
            mapped_plots: number;
            name?: string | null;
            /** Format: int64 */
            plots: number;
            township?: components["schemas"]["TownshipCode"] | null;
        };
        MeView: {
            grants: components["schemas"]["GrantView"][];
            id: components["schemas"]["UserId"];
            person?: components["schemas"]["PersonView"] | null;
            /** Format: int64 */
            session_in_use?: number | null;
            /** Format: int64 */
            token_in_use?: number | null;
            tokens: components["schemas"]["TokenView"][];
        };
        /** @enum {string} */
        Measure: "supply" | "formalities" | "compensate" | "clear" | "adjust" | "write_off" | "no_supply_needed" | "correct" | "other";
        MeasureView: {
            cause?: components["schemas"]["Cause"] | null;
            contact?: string | null;
            /** Format: date */
            due_on?: string | null;
            expropriated_m2?: components["schemas"]["AreaM2"] | null;
            findings: components["schemas"]["Finding"][];
            is_overdue: boolean;
            measure?: components["schemas"]["Measure"] | null;
            measure_note?: string | null;
            net_land: components["schemas"]["NetLandEntry"][];
            net_land_outcome: components["schemas"]["Outcome"];
            person?: components["schemas"]["UserId"] | null;
            plot: components["schemas"]["PlotId"];
            present_state?: string | null;
            recorded_at?: components["schemas"]["Instant"] | null;
            recorded_by?: components["schemas"]["UserId"] | null;
            remark?: string | null;
            township?: components["schemas"]["TownshipCode"] | null;
            unit?: string | null;
            unsupplied_m2: components["schemas"]["AreaM2"];
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        MediaType: "application/pdf" | "image/jpeg" | "image/png" | "application/vnd.openxmlformats-officedocument.wordprocessingml.document" | "text/html";
        /** @enum {string} */
        Method: "flexible" | "lease_then_transfer" | "long_lease" | "mixed_lease_transfer";
        /** @enum {string} */
        MinimumCase: "whole" | "priority" | "processing" | "outside_self_developed" | "outside_barren" | "unused_outside" | "unused_inside";
        MixedLeaseTransferPriceAnswer: {
            annual_rent: components["schemas"]["Money"];
            annual_rent_per_m2: components["schemas"]["UnitPrice"];
            findings: components["schemas"]["Finding"][];
            granted_area_m2: components["schemas"]["AreaM2"];
            granted_price_floor: components["schemas"]["Money"];
            granted_unit_price_floor: components["schemas"]["UnitPrice"];
            leased_area_m2: components["schemas"]["AreaM2"];
            max_term: components["schemas"]["Term"];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            rent_total: components["schemas"]["Money"];
            total_floor: components["schemas"]["Money"];
            year_ratio: components["schemas"]["Fraction"];
        };
        MixedLeaseTransferPriceBody: {
            exception?: components["schemas"]["ExceptionDecision"] | null;
            granted_area: components["schemas"]["PositiveGivenArea_GivenArea"];
            granted_max_term_unit_price?: components["schemas"]["PositivePricePerM2_PricePerM2"] | null;
            land_use: components["schemas"]["LandUse"];
            lease_term: components["schemas"]["Term"];
            leased_area: components["schemas"]["PositiveGivenArea_GivenArea"];
            max_term?: components["schemas"]["Term"] | null;
            max_term_unit_price: components["schemas"]["PositivePricePerM2_PricePerM2"];
            /** Format: date */
            on?: string | null;
            ownership?: components["schemas"]["Ownership"] | null;
            rent_adjustment?: components["schemas"]["RentAdjustment"] | null;
            transfer_term: components["schemas"]["Term"];
        };
        Money: string;
        /** Format: binary */
        MonitoringContent: string;
        MonitoringCounts: {
            /** Format: int64 */
            differs: number;
            /** Format: int64 */
            lacks: number;
            /** Format: int64 */
            only: number;
        };
        MonitoringImportReport: {
            differences: components["schemas"]["MonitoringCounts"];
            import: components["schemas"]["SheetImportReport"];
            snapshot: components["schemas"]["MonitoringSnapshotView"];
        };
        MonitoringSnapshotList: {
            items: components["schemas"]["MonitoringSnapshotView"][];
        };
        MonitoringSnapshotView: {
            area_m2: components["schemas"]["AreaM2"];
            /** Format: date */
            as_of: string;
            /** Format: int64 */
            byte_size: number;
            file_sha256: components["schemas"]["Digest"];
            imported_at: components["schemas"]["Instant"];
            imported_by: components["schemas"]["UserId"];
            is_compared: boolean;
            /** Format: int64 */
            n: number;
            /** Format: int64 */
            rows: number;
        };
        MonitoringSupplyList: {
            items: components["schemas"]["MonitoringSupplyView"][];
            next?: components["schemas"]["SupervisionNumber"] | null;
        };
        MonitoringSupplyView: {
            area: components["schemas"]["StatedArea"];
            area_m2: components["schemas"]["AreaM2"];
            authority?: string | null;
            /** Format: date */
            finish_by?: string | null;
            /** Format: date */
            finished_on?: string | null;
            grade?: string | null;
            /** Format: date */
            handover_by?: string | null;
            industry?: string | null;
            land_source?: string | null;
            land_use?: string | null;
            location?: string | null;
            method?: components["schemas"]["SupplyMethod"] | null;
            number: components["schemas"]["SupervisionNumber"];
            price_yuan?: components["schemas"]["Money"] | null;
            project_name?: string | null;
            /** Format: int64 */
            sheet_row: number;
            /** Format: date */
            signed_on?: string | null;
            /** Format: date */
            start_by?: string | null;
            /** Format: date */
            started_on?: string | null;
            state?: components["schemas"]["SupplyState"] | null;
            term?: string | null;
        };
        MonitoringView: {
            /** Format: date */
            as_of?: string | null;
            compared: components["schemas"]["ComparedView"][];
            location?: string | null;
            number: components["schemas"]["SupervisionNumber"];
            project_name?: string | null;
            /** Format: int64 */
            snapshot?: number | null;
        };
        Month: string;
        MultiPolygonGeometry: {
            coordinates: number[][][][];
            /** @enum {string} */
            type: "MultiPolygon";
        };
        NationalMinimumAnswer: {
            findings: components["schemas"]["Finding"][];
            max_term: components["schemas"]["Term"];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            present_value_per_m2: string;
            restored_unit_price: components["schemas"]["UnitPrice"];
            term_factor: string;
        };
        NationalMinimumBody: {
            /** Format: int32 */
            grade?: number | null;
            land_use: components["schemas"]["LandUse"];
            max_term?: components["schemas"]["Term"] | null;
            minimum?: components["schemas"]["MinimumCase"] | null;
            /** Format: date */
            on?: string | null;
            payments: components["schemas"]["PaymentBody"][];
            rate: components["schemas"]["NonNegativeRatio_Ratio"];
            total_term: components["schemas"]["Term"];
        };
        NetLandAnswer: {
            findings: components["schemas"]["Finding"][];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
        };
        NetLandBody: {
            entries: components["schemas"]["NetLandEntry"][];
            /** Format: date */
            on?: string | null;
        };
        NetLandEntry: {
            attachment?: components["schemas"]["Digest"] | null;
            /** Format: date */
            dated?: string | null;
            document?: components["schemas"]["Line200"] | null;
            item: components["schemas"]["NetLandItem"];
            remark?: components["schemas"]["Line500"] | null;
            state: components["schemas"]["NetLandState"];
            /** Format: date */
            valid_until?: string | null;
        };
        /** @enum {string} */
        NetLandItem: "rights_clear" | "compensation_done" | "no_dispute" | "planning_conditions" | "start_conditions" | "archaeology" | "mining" | "soil" | "regional_assessment";
        /** @enum {string} */
        NetLandState: "met" | "not_met" | "undetermined" | "not_applicable";
        NewTokenBody: {
            /** Format: int32 */
            days?: number | null;
            label: components["schemas"]["Line60"];
            roles?: components["schemas"]["Role"][] | null;
        };
        NewUserBody: {
            display_name: components["schemas"]["Line60"];
            grants?: components["schemas"]["GrantBody"][] | null;
            login: components["schemas"]["Login"];
        };
        NextView: {
            asks: string[];
            /** Format: date */
            due?: string | null;
            /** Format: date */
            earliest?: string | null;
            is_open: boolean;
            obstacles: components["schemas"]["Obstacle"][];
            paper?: components["schemas"]["Paper"] | null;
            papers: components["schemas"]["CasePaper"][];
            step: components["schemas"]["StepKind"];
            /** Format: date */
            taken_on?: string | null;
            takes_three: boolean;
            way?: components["schemas"]["Way"] | null;
        };
        NonNegativeAreaM2_AreaM2: string | number;
        NonNegativeGivenArea_GivenArea: (string | number) | {
            /** @enum {string} */
            unit: "m2" | "mu" | "ha";
            value: string | number;
        };
        NonNegativeIndicatorValue_IndicatorValue: string | number;
        NonNegativeMoney_Money: string | number;
        NonNegativeRatio_Ratio: string | number;
        Number: {
            fraction?: string | null;
            label: components["schemas"]["Text"];
            name: string;
            rounding?: components["schemas"]["Rounding"];
            unit: components["schemas"]["Unit"];
            value: string;
        };
        /** @enum {string} */
        NumberState: "used" | "void" | "missing";
        Obstacle: {
            citation?: components["schemas"]["Text"] | null;
            /** Format: date */
            earliest?: string | null;
            message: components["schemas"]["Text"];
            missing?: components["schemas"]["StepKind"] | null;
            reason: string;
        };
        OfferItem: {
            area: components["schemas"]["PositiveGivenArea_GivenArea"];
            conditions?: components["schemas"]["PlanningConditions"] | null;
            land_use: components["schemas"]["LandUse"];
            location?: components["schemas"]["Line200"] | null;
            max_term_unit_price?: components["schemas"]["PositivePricePerM2_PricePerM2"] | null;
            method?: components["schemas"]["Method"] | null;
            name: components["schemas"]["Line100"];
            starting_total_yuan?: components["schemas"]["PositiveMoney_Money"] | null;
            township?: components["schemas"]["TownshipCode"] | null;
        };
        OfferList: {
            items: components["schemas"]["OfferView"][];
            next?: string | null;
        };
        OfferUsed: {
            /** Format: date */
            announced_on: string;
            /** Format: int64 */
            announcement: number;
            /** Format: int64 */
            item: number;
            name: string;
            number: string;
        };
        OfferView: {
            /** Format: date */
            announced_on: string;
            /** Format: int64 */
            id: number;
            items: components["schemas"]["OfferItem"][];
            number: string;
            title: string;
            /** Format: date */
            until: string;
            url?: string | null;
        };
        OfficialNumber: {
            /** Format: int64 */
            n: number;
            word: components["schemas"]["WordOfNumber"];
            /** Format: int64 */
            year: number;
        };
        OpeningBody: {
            /** Format: date */
            announced_on: string;
            announcement_no: components["schemas"]["Line100"];
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        Opinion: "agree" | "conditional" | "object";
        OpinionBody: {
            content?: components["schemas"]["Line1000"] | null;
            /** Format: date */
            dated: string;
            department: components["schemas"]["Department"];
            document_number?: components["schemas"]["Line100"] | null;
            opinion: components["schemas"]["Opinion"];
        };
        OpinionView: {
            content?: string | null;
            /** Format: date */
            dated: string;
            department: components["schemas"]["Department"];
            document_number?: string | null;
            opinion: components["schemas"]["Opinion"];
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
        };
        /** @enum {string} */
        Origin: "approval" | "existing_state_land" | "opening";
        /** @enum {string} */
        Outcome: "not_applicable" | "pass" | "met" | "not_met" | "undetermined" | "needs_review" | "needs_exception" | "fail";
        /** Format: binary */
        OutlineContent: string;
        OutlineRepair: {
            /** Format: int64 */
            line: number;
            message: components["schemas"]["Text"];
        };
        OutlineView: {
            area_m2: components["schemas"]["AreaM2"];
            crs: string;
            polygon: components["schemas"]["Geometry"];
            repairs: components["schemas"]["OutlineRepair"][];
            rings: string[][][];
        };
        /** @enum {string} */
        OutsideCause: "late_delivery" | "plan_changed" | "policy_changed" | "petition" | "protected_site" | "other_government" | "force_majeure";
        OutsideInterval: {
            cause: components["schemas"]["OutsideCause"];
            /** Format: date */
            from: string;
            /** Format: date */
            to?: string | null;
        };
        /** @enum {string} */
        OverdueBy: "township" | "unit" | "person";
        OverdueGroupView: {
            /** Format: date */
            earliest: string;
            person?: components["schemas"]["UserId"] | null;
            /** Format: int64 */
            plots: number;
            township?: components["schemas"]["TownshipCode"] | null;
            township_name?: string | null;
            unit?: string | null;
            unsupplied_m2: components["schemas"]["AreaM2"];
        };
        OverdueList: {
            /** Format: date */
            as_of: string;
            by: components["schemas"]["OverdueBy"];
            items: components["schemas"]["OverdueGroupView"][];
        };
        /** @enum {string} */
        OverlayRule: "allowed" | "lower_only" | "higher_only" | "no";
        /** @enum {string} */
        Ownership: "state" | "collective";
        Package: {
            adjacent?: boolean | null;
            kind: components["schemas"]["PackageKind"];
            parcels: components["schemas"]["PackageParcel"][];
        };
        /** @enum {string} */
        PackageKind: "combination" | "chain";
        PackageParcel: {
            area_m2: components["schemas"]["PositiveAreaM2_AreaM2"];
            inside_boundary?: boolean | null;
            land_use: components["schemas"]["LandUse"];
            name: components["schemas"]["Line100"];
            planning_conditions?: components["schemas"]["Line100"] | null;
        };
        PaidBody: {
            amount: components["schemas"]["PositiveMoney_Money"];
            /** Format: date */
            on: string;
        };
        /** @enum {string} */
        Paper: "investigation_notice" | "finding" | "situation" | "hearing_rights" | "fee_decision" | "recovery_decision" | "urging";
        PaperBody: {
            values: components["schemas"]["TypedFields"];
        };
        /** Format: binary */
        PaperBytes: string;
        PaperField: {
            choices: components["schemas"]["FieldChoice"][];
            form: components["schemas"]["FieldForm"];
            is_required: boolean;
            known?: string | null;
            may_be_typed: boolean;
            name: string;
            shown?: string | null;
            source: components["schemas"]["FieldSource"];
            title: components["schemas"]["Text"];
        };
        PaperFormView: {
            faults: components["schemas"]["FieldError"][];
            fields: components["schemas"]["PaperField"][];
            kind: components["schemas"]["PaperKind"];
            title: string;
        };
        /** @enum {string} */
        PaperFormat: "html" | "docx";
        /** @enum {string} */
        PaperKind: "investigation_notice" | "finding" | "situation" | "hearing_rights" | "fee_decision" | "recovery_decision" | "start_application" | "completion_report" | "delivery_confirmation" | "service_record" | "urging" | "court_application" | "plan_request" | "mortgagee_notice" | "cancellation_letter" | "closing_approval";
        PaperList: {
            items: components["schemas"]["PaperSummary"][];
            next?: string | null;
        };
        PaperNumberLine: {
            /** Format: int64 */
            case?: number | null;
            /** Format: int64 */
            from: number;
            kind?: components["schemas"]["PaperKind"] | null;
            number?: string | null;
            /** Format: int64 */
            paper?: number | null;
            reason?: string | null;
            recorded_at?: components["schemas"]["Instant"] | null;
            recorded_by?: components["schemas"]["UserId"] | null;
            state: components["schemas"]["NumberState"];
            /** Format: int64 */
            to: number;
            voided_at?: components["schemas"]["Instant"] | null;
            voided_by?: components["schemas"]["UserId"] | null;
        };
        PaperNumberList: {
            items: components["schemas"]["PaperNumberLine"][];
            /** Format: int64 */
            next?: number | null;
        };
        PaperRegister: {
            /** Format: int64 */
            last: number;
            /** Format: int64 */
            missing: number;
            /** Format: int64 */
            taken: number;
            /** Format: int64 */
            void: number;
            word: components["schemas"]["WordOfNumber"];
            /** Format: int64 */
            year: number;
        };
        PaperRegisterList: {
            items: components["schemas"]["PaperRegister"][];
        };
        PaperScan: {
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            sha256: components["schemas"]["Digest"];
        };
        PaperScanBody: {
            attachment: components["schemas"]["Digest"];
        };
        PaperSettingsBody: {
            agency: components["schemas"]["Line100"];
            agency_address: components["schemas"]["Line200"];
            agency_head?: components["schemas"]["Line100"] | null;
            contact: components["schemas"]["Line100"];
            court: components["schemas"]["Line100"];
            fee_payee: components["schemas"]["Line300"];
            government: components["schemas"]["Line100"];
            number_words: components["schemas"]["WordOfNumber"][];
            phone: components["schemas"]["Line50"];
            registry: components["schemas"]["Line100"];
            review_body: components["schemas"]["Line100"];
        };
        PaperSettingsView: {
            county: components["schemas"]["County"];
            settings?: components["schemas"]["PaperSettingsBody"] | null;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        PaperState: "draft" | "withdrawn" | "issued" | "void";
        PaperSummary: {
            /** Format: int64 */
            case: number;
            changed_at: components["schemas"]["Instant"];
            created_at: components["schemas"]["Instant"];
            docx_sha256?: components["schemas"]["Digest"] | null;
            drafter: components["schemas"]["UserId"];
            html_sha256?: components["schemas"]["Digest"] | null;
            /** Format: int64 */
            id: number;
            /** Format: date */
            issued_on?: string | null;
            kind: components["schemas"]["PaperKind"];
            number?: string | null;
            registrar?: components["schemas"]["UserId"] | null;
            state: components["schemas"]["PaperState"];
            step?: components["schemas"]["StepKind"] | null;
            title: string;
            /** Format: int64 */
            version: number;
        };
        PaperVersionBody: {
            /** Format: int64 */
            version: number;
        };
        PaperView: {
            digest?: components["schemas"]["Digest"] | null;
            faults: components["schemas"]["FieldError"][];
            paper: components["schemas"]["PaperSummary"];
            scans: components["schemas"]["PaperScan"][];
            values: components["schemas"]["TypedFields"];
            void?: components["schemas"]["PaperVoid"] | null;
        };
        PaperVoid: {
            reason: string;
            voided_at: components["schemas"]["Instant"];
            voided_by: components["schemas"]["UserId"];
        };
        ParameterListed: {
            /** Format: date */
            checked_on: string;
            citation?: components["schemas"]["Citation"] | null;
            description: components["schemas"]["Text"];
            id: string;
            /** Format: date */
            in_force?: string | null;
            note?: components["schemas"]["Text"] | null;
            overlay: components["schemas"]["OverlayRule"];
            source?: components["schemas"]["Source"] | null;
            unit: components["schemas"]["Unit"];
            value?: string | null;
            verified: boolean;
        };
        ParameterUsed: {
            id: string;
            /** Format: date */
            in_force: string;
            source: components["schemas"]["Source"];
            unit: components["schemas"]["Unit"];
            value: string;
            verified: boolean;
        };
        ParcelBody: {
            area?: components["schemas"]["GivenArea"] | null;
            area_m2?: components["schemas"]["PositiveAreaM2_AreaM2"] | null;
            cadastral_code?: components["schemas"]["ParcelCode"] | null;
            code: components["schemas"]["Line50"];
            geometry?: null | components["schemas"]["Geometry"];
            /** Format: date */
            geometry_from?: string | null;
            holder?: components["schemas"]["Line100"] | null;
            holder_code?: components["schemas"]["CreditCode"] | null;
            land_use?: components["schemas"]["Line100"] | null;
            name?: components["schemas"]["Line100"] | null;
            project?: components["schemas"]["Reference"] | null;
            regulatory_number?: components["schemas"]["SupervisionNumber"] | null;
            remark?: components["schemas"]["Line1000"] | null;
            unit_code?: components["schemas"]["UnitCode"] | null;
        };
        ParcelCode: string;
        ParcelFeature: {
            geometry?: components["schemas"]["Geometry"] | null;
            id: components["schemas"]["ParcelId"];
            properties: components["schemas"]["ParcelFeatureProperties"];
            type: components["schemas"]["FeatureType"];
        };
        ParcelFeatureCollection: {
            features: components["schemas"]["ParcelFeature"][];
            next?: string | null;
            type: components["schemas"]["FeatureCollectionType"];
        };
        ParcelFeatureProperties: {
            area_m2: components["schemas"]["ExactNumber"];
            cadastral_code?: components["schemas"]["ParcelCode"] | null;
            code: string;
            holder_code?: components["schemas"]["CreditCode"] | null;
            land_use?: string | null;
            name?: string | null;
            polygon_area_m2?: components["schemas"]["ExactNumber"] | null;
            project?: components["schemas"]["ProjectId"] | null;
            regulatory_number?: components["schemas"]["SupervisionNumber"] | null;
            remark?: string | null;
            unit_code?: components["schemas"]["UnitCode"] | null;
            /** Format: int64 */
            version: number;
        };
        /** Format: int64 */
        ParcelId: number;
        ParcelList: {
            items: components["schemas"]["ParcelView"][];
            next?: string | null;
        };
        ParcelView: {
            area: components["schemas"]["StatedArea"];
            area_m2: components["schemas"]["AreaM2"];
            cadastral_code?: components["schemas"]["ParcelCode"] | null;
            code: string;
            geometry?: components["schemas"]["Geometry"] | null;
            holder?: string | null;
            holder_code?: components["schemas"]["CreditCode"] | null;
            id: components["schemas"]["ParcelId"];
            land_use?: string | null;
            name?: string | null;
            polygon?: components["schemas"]["PolygonFacts"] | null;
            project?: components["schemas"]["ProjectId"] | null;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            regulatory_number?: components["schemas"]["SupervisionNumber"] | null;
            remark?: string | null;
            unit_code?: components["schemas"]["UnitCode"] | null;
            /** Format: int64 */
            version: number;
        };
        ParcelWritten: {
            parcel: components["schemas"]["ParcelView"];
            warnings: components["schemas"]["Warning"][];
        };
        /** Format: password */
        Password: string;
        PasswordBody: {
            current_password: components["schemas"]["Password"];
            new_password: components["schemas"]["Password"];
        };
        PasswordSecretView: {
            expires_at: components["schemas"]["Instant"];
            secret: string;
        };
        PaymentBody: {
            amount_per_m2: components["schemas"]["PositivePricePerM2_PricePerM2"];
            /** Format: int32 */
            months: number;
        };
        PaymentScheduleAnswer: {
            /** Format: date */
            as_of: string;
            default_interest?: components["schemas"]["Money"] | null;
            instalments: components["schemas"]["InstalmentAnswer"][];
            outstanding: components["schemas"]["Money"];
            overpaid: components["schemas"]["Money"];
            total: components["schemas"]["Money"];
        };
        PaymentScheduleBody: {
            /** Format: date */
            as_of?: string | null;
            daily_default_rate?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            instalments: components["schemas"]["InstalmentBody"][];
            paid?: components["schemas"]["PaidBody"][] | null;
            total: components["schemas"]["PositiveMoney_Money"];
        };
        PersonView: {
            display_name: string;
            login: string;
        };
        Phase: {
            area_m2: components["schemas"]["PositiveAreaM2_AreaM2"];
            /** Format: date */
            completion_on?: string | null;
            developable_m2?: components["schemas"]["PositiveAreaM2_AreaM2"] | null;
            investment_yuan?: components["schemas"]["PositiveMoney_Money"] | null;
            name: components["schemas"]["Line50"];
            /** Format: date */
            start_on?: string | null;
        };
        PlanningConditions: {
            building_coefficient_min?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            building_density_max?: components["schemas"]["PositiveRatio_Ratio"] | null;
            document?: components["schemas"]["Line100"] | null;
            floor_area_ratio_max?: components["schemas"]["PositiveRatio_Ratio"] | null;
            floor_area_ratio_min?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            green_ratio_max?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            green_ratio_min?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            height_max_m?: components["schemas"]["PositiveMetres_Metres"] | null;
        };
        PlanningLimits: {
            coverage_max?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            coverage_min?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            floor_area_ratio_max?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            floor_area_ratio_min?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            green_max?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            green_min?: components["schemas"]["NonNegativeRatio_Ratio"] | null;
            height_max_m?: components["schemas"]["PositiveMetres_Metres"] | null;
        };
        PlotAttributeBody: {
            attribute: components["schemas"]["Attribute"];
            /** Format: date */
            from: string;
            value?: components["schemas"]["Line50"] | null;
        };
        PlotBody: {
            approval?: components["schemas"]["Reference"] | null;
            approved_project?: components["schemas"]["Line200"] | null;
            area?: components["schemas"]["GivenArea"] | null;
            area_m2?: components["schemas"]["PositiveAreaM2_AreaM2"] | null;
            /** Format: date */
            attributes_from?: string | null;
            cause?: components["schemas"]["Cause"] | null;
            code: components["schemas"]["Line50"];
            composition?: components["schemas"]["Composition"] | null;
            geometry?: null | components["schemas"]["Geometry"];
            /** Format: date */
            geometry_from?: string | null;
            location?: components["schemas"]["Line200"] | null;
            name?: components["schemas"]["Line100"] | null;
            origin?: components["schemas"]["Origin"] | null;
            overlap_reason?: components["schemas"]["Line200"] | null;
            planned_use?: components["schemas"]["Line100"] | null;
            projects?: components["schemas"]["Reference"][] | null;
            remark?: components["schemas"]["Line1000"] | null;
            /** Format: date */
            reserved_on?: string | null;
            township?: components["schemas"]["TownshipCode"] | null;
        };
        PlotFeature: {
            geometry?: components["schemas"]["Geometry"] | null;
            id: components["schemas"]["PlotId"];
            properties: components["schemas"]["PlotFeatureProperties"];
            type: components["schemas"]["FeatureType"];
        };
        PlotFeatureCollection: {
            features: components["schemas"]["PlotFeature"][];
            next?: string | null;
            type: components["schemas"]["FeatureCollectionType"];
        };
        PlotFeatureProperties: {
            approval?: components["schemas"]["ApprovalId"] | null;
            approved_project?: string | null;
            area_m2: components["schemas"]["ExactNumber"];
            cause?: components["schemas"]["Cause"] | null;
            code: string;
            location?: string | null;
            name?: string | null;
            origin: components["schemas"]["Origin"];
            planned_use?: string | null;
            polygon_area_m2?: components["schemas"]["ExactNumber"] | null;
            remark?: string | null;
            /** Format: date */
            reserved_on?: string | null;
            township?: components["schemas"]["TownshipCode"] | null;
            /** Format: int64 */
            version: number;
        };
        PlotHistoryView: {
            code: string;
            events: components["schemas"]["HistoryEvent"][];
            plot: components["schemas"]["PlotId"];
        };
        /** Format: int64 */
        PlotId: number;
        PlotImportBody: {
            features: components["schemas"]["PlotImportFeature"][];
            type: components["schemas"]["FeatureCollectionType"];
        };
        PlotImportFeature: {
            geometry?: components["schemas"]["Geometry"] | null;
            properties: components["schemas"]["PlotProperties"];
            type: components["schemas"]["FeatureType"];
        };
        PlotImportReport: {
            /** Format: int64 */
            bad: number;
            bad_rows: components["schemas"]["BadRowView"][];
            /** Format: int64 */
            created: number;
            is_written: boolean;
            plots: components["schemas"]["ImportedPlotView"][];
            /** Format: int64 */
            repaired: number;
            repairs: components["schemas"]["RepairView"][];
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            warned: number;
            warnings: components["schemas"]["ImportWarning"][];
        };
        PlotLandView: {
            holdings: components["schemas"]["HoldingLandView"][];
            /** Format: int64 */
            known_seq: number;
            plot: components["schemas"]["PlotId"];
        };
        PlotList: {
            items: components["schemas"]["PlotView"][];
            next?: string | null;
        };
        PlotMeasure: {
            /** Format: date */
            due_on?: string | null;
            expropriated_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            measure?: components["schemas"]["Measure"] | null;
            measure_note?: components["schemas"]["Line500"] | null;
            net_land?: components["schemas"]["NetLandEntry"][] | null;
            person?: components["schemas"]["UserId"] | null;
            present_state?: components["schemas"]["Line500"] | null;
            remark?: components["schemas"]["Line1000"] | null;
            unit?: components["schemas"]["Line100"] | null;
        };
        PlotOverlapList: {
            items: components["schemas"]["PlotOverlapView"][];
            next?: string | null;
        };
        PlotOverlapView: {
            area_m2: components["schemas"]["AreaM2"];
            is_within_tolerance: boolean;
            other: components["schemas"]["PlotId"];
            plot: components["schemas"]["PlotId"];
            reason?: string | null;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
        };
        PlotProperties: {
            approval?: components["schemas"]["Reference"] | null;
            approved_project?: components["schemas"]["Line200"] | null;
            area?: components["schemas"]["GivenArea"] | null;
            area_m2?: components["schemas"]["PositiveAreaM2_AreaM2"] | null;
            /** Format: date */
            attributes_from?: string | null;
            cause?: components["schemas"]["Cause"] | null;
            code: components["schemas"]["Line50"];
            composition?: components["schemas"]["Composition"] | null;
            /** Format: date */
            geometry_from?: string | null;
            location?: components["schemas"]["Line200"] | null;
            name?: components["schemas"]["Line100"] | null;
            origin?: components["schemas"]["Origin"] | null;
            overlap_reason?: components["schemas"]["Line200"] | null;
            planned_use?: components["schemas"]["Line100"] | null;
            projects?: components["schemas"]["Reference"][] | null;
            remark?: components["schemas"]["Line1000"] | null;
            /** Format: date */
            reserved_on?: string | null;
            township?: components["schemas"]["TownshipCode"] | null;
        };
        PlotView: {
            approval?: components["schemas"]["ApprovalId"] | null;
            approved_project?: string | null;
            area: components["schemas"]["StatedArea"];
            area_m2: components["schemas"]["AreaM2"];
            cause?: components["schemas"]["Cause"] | null;
            code: string;
            composition?: components["schemas"]["CompositionView"] | null;
            geometry?: components["schemas"]["Geometry"] | null;
            id: components["schemas"]["PlotId"];
            label_point?: components["schemas"]["LabelPoint"] | null;
            location?: string | null;
            name?: string | null;
            origin: components["schemas"]["Origin"];
            planned_use?: string | null;
            polygon?: components["schemas"]["PolygonFacts"] | null;
            projects: components["schemas"]["ProjectId"][];
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            remark?: string | null;
            /** Format: date */
            reserved_on?: string | null;
            township?: components["schemas"]["TownshipCode"] | null;
            /** Format: int64 */
            version: number;
        };
        PlotWritten: {
            plot: components["schemas"]["PlotView"];
            warnings: components["schemas"]["Warning"][];
        };
        PolicyListing: {
            digest: string;
            /** Format: date */
            on: string;
            parameters: components["schemas"]["ParameterListed"][];
        };
        PolicyOverlayBody: {
            citation: components["schemas"]["CitationBody"];
            /** Format: date */
            in_force: string;
            parameter: components["schemas"]["Line100"];
            reason: components["schemas"]["Line500"];
            value?: components["schemas"]["Line40"] | null;
            verified: boolean;
        };
        PolicyOverlayList: {
            items: components["schemas"]["PolicyOverlayView"][];
        };
        PolicyOverlayView: {
            citation: components["schemas"]["Citation"];
            /** Format: date */
            in_force: string;
            /** Format: int64 */
            n: number;
            parameter: string;
            reason: string;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            value?: string | null;
            verified: boolean;
        };
        PolygonFacts: {
            area_m2: components["schemas"]["AreaM2"];
            ellipsoidal_area_m2: components["schemas"]["AreaM2"];
            /** Format: int32 */
            version: number;
        };
        PolygonGeometry: {
            coordinates: number[][][];
            /** @enum {string} */
            type: "Polygon";
        };
        PositiveAreaM2_AreaM2: string | number;
        PositiveGivenArea_GivenArea: (string | number) | {
            /** @enum {string} */
            unit: "m2" | "mu" | "ha";
            value: string | number;
        };
        PositiveMetres_Metres: string | number;
        PositiveMoney_Money: string | number;
        PositivePricePerM2_PricePerM2: string | number;
        PositiveRatio_Ratio: string | number;
        PrecheckBody: {
            company: components["schemas"]["Company"];
            conditions?: components["schemas"]["PlanningConditions"] | null;
            contact?: components["schemas"]["Contact"] | null;
            county: components["schemas"]["County"];
            industry: components["schemas"]["IndustryGiven"];
            joint_bid?: components["schemas"]["JointBid"] | null;
            land: components["schemas"]["LandGiven"];
            /** Format: date */
            on?: string | null;
            package?: components["schemas"]["Package"] | null;
            price?: components["schemas"]["PriceGiven"] | null;
            programme?: components["schemas"]["Programme"] | null;
            project?: components["schemas"]["ProjectGiven"] | null;
            split?: components["schemas"]["Split"] | null;
            standard_land?: components["schemas"]["StandardLandGiven"] | null;
            supply?: components["schemas"]["SupplyGiven"] | null;
        };
        PrecheckFile: {
            answer: components["schemas"]["Answer"];
            body: components["schemas"]["PrecheckBody"];
            contact?: components["schemas"]["Contact"] | null;
            /** Format: date */
            erase_on?: string | null;
            summary: components["schemas"]["PrecheckSummary"];
        };
        PrecheckForm: {
            centre?: string[] | null;
            /** Format: int32 */
            contact_retention_days: number;
            county: components["schemas"]["County"];
            crs?: string | null;
            has_catalogue: boolean;
            has_standard_land: boolean;
            indicators: components["schemas"]["FormIndicator"][];
            name: string;
            townships: components["schemas"]["FormTownship"][];
        };
        PrecheckList: {
            items: components["schemas"]["PrecheckSummary"][];
            /** Format: int64 */
            next?: number | null;
        };
        PrecheckSummary: {
            area_m2: components["schemas"]["AreaM2"];
            company_code: components["schemas"]["CreditCode"];
            company_name: string;
            /** Format: int64 */
            id: number;
            industry_code: string;
            land_kind: components["schemas"]["LandKind"];
            land_use: components["schemas"]["LandUse"];
            method?: components["schemas"]["Method"] | null;
            /** Format: date */
            needed_by?: string | null;
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            project_name?: string | null;
            recorded_at: components["schemas"]["Instant"];
            reference: string;
            township?: components["schemas"]["TownshipCode"] | null;
        };
        PrecheckView: {
            answer: components["schemas"]["Answer"];
            body: components["schemas"]["PrecheckBody"];
            recorded_at: components["schemas"]["Instant"];
            reference: string;
        };
        Prefix: string;
        PriceBaseAnswer: {
            conflicts: boolean;
            findings: components["schemas"]["Finding"][];
            floor: components["schemas"]["Money"];
            floors: components["schemas"]["BaseFloor"][];
            governing: components["schemas"]["FloorKind"];
            max_term: components["schemas"]["Term"];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
            total_term: components["schemas"]["Term"];
            unknown: components["schemas"]["FloorKind"][];
        };
        PriceBaseBody: {
            appraisal_filing_no: components["schemas"]["Line100"];
            /** Format: date */
            appraised_as_of: string;
            minutes_no?: components["schemas"]["Line100"] | null;
            /** Format: int64 */
            plot: number;
            terms: components["schemas"]["PriceBaseTerms"];
            /** Format: date */
            valid_until: string;
        };
        PriceBaseEvent: {
            action: components["schemas"]["BaseAction"];
            at: components["schemas"]["Instant"];
            comment?: string | null;
            user: components["schemas"]["UserId"];
        };
        PriceBaseList: {
            items: components["schemas"]["PriceBaseSummary"][];
            next?: string | null;
        };
        PriceBaseSummary: {
            /** Format: date */
            announced_on?: string | null;
            announcement_no?: string | null;
            changed_at: components["schemas"]["Instant"];
            created_at: components["schemas"]["Instant"];
            /** Format: int64 */
            id: number;
            issuer?: components["schemas"]["UserId"] | null;
            plot: components["schemas"]["PlotId"];
            proposer: components["schemas"]["UserId"];
            reviewer?: components["schemas"]["UserId"] | null;
            state: components["schemas"]["BaseState"];
            /** Format: int64 */
            version: number;
        };
        PriceBaseTerms: {
            area: components["schemas"]["PositiveGivenArea_GivenArea"];
            conflict_decision?: components["schemas"]["ExceptionDecision"] | null;
            costs?: components["schemas"]["CostPart"][] | null;
            decided_total: components["schemas"]["PositiveMoney_Money"];
            /** Format: int32 */
            grade?: number | null;
            land_use: components["schemas"]["LandUse"];
            max_term?: components["schemas"]["Term"] | null;
            max_term_unit_price: components["schemas"]["PositivePricePerM2_PricePerM2"];
            method: components["schemas"]["ComparedMethod"];
            minimum?: components["schemas"]["MinimumCase"] | null;
            /** Format: date */
            on?: string | null;
            ownership?: components["schemas"]["Ownership"] | null;
            rate: components["schemas"]["NonNegativeRatio_Ratio"];
        };
        PriceBaseView: {
            base: components["schemas"]["PriceBaseSummary"];
            contents?: components["schemas"]["PriceBaseBody"] | null;
            events: components["schemas"]["PriceBaseEvent"][];
            judgement?: components["schemas"]["PriceBaseAnswer"] | null;
        };
        PriceComparisonAnswer: {
            area_m2: components["schemas"]["AreaM2"];
            findings: components["schemas"]["Finding"][];
            max_term: components["schemas"]["Term"];
            methods: components["schemas"]["ComparedAnswer"][];
            /** Format: date */
            on: string;
        };
        PriceComparisonBody: {
            area: components["schemas"]["PositiveGivenArea_GivenArea"];
            /** Format: int32 */
            grade?: number | null;
            land_use: components["schemas"]["LandUse"];
            max_term?: components["schemas"]["Term"] | null;
            max_term_unit_price: components["schemas"]["PositivePricePerM2_PricePerM2"];
            methods: components["schemas"]["ComparedMethod"][];
            minimum?: components["schemas"]["MinimumCase"] | null;
            /** Format: date */
            on?: string | null;
            ownership?: components["schemas"]["Ownership"] | null;
            rate: components["schemas"]["NonNegativeRatio_Ratio"];
        };
        PriceGiven: {
            /** Format: int32 */
            grade?: number | null;
            leased_share?: components["schemas"]["PositiveRatio_Ratio"] | null;
            max_term_unit_price: components["schemas"]["PositivePricePerM2_PricePerM2"];
            minimum?: components["schemas"]["MinimumCase"] | null;
            rate: components["schemas"]["NonNegativeRatio_Ratio"];
            rent_timing?: components["schemas"]["RentTiming"] | null;
        };
        ProblemBody: {
            detail: string;
            detail_text: components["schemas"]["Text"];
            errors?: components["schemas"]["FieldError"][];
            obstacles?: components["schemas"]["Obstacle"][];
            offending_geometry?: components["schemas"]["Geometry"] | null;
            reason?: string | null;
            request_id: string;
            /** Format: int32 */
            status: number;
            title: string;
            title_text: components["schemas"]["Text"];
            type: string;
        };
        Programme: {
            admin_living_land?: components["schemas"]["NonNegativeGivenArea_GivenArea"] | null;
            base_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            buildings?: components["schemas"]["SiteBuilding"][] | null;
            green_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            shared_buildings?: components["schemas"]["SharedBuilding"][] | null;
            stated_total_actual_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            stated_total_counted_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            uses?: components["schemas"]["Uses"] | null;
            yards_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
        };
        ProgressList: {
            items: components["schemas"]["ProgressView"][];
        };
        ProgressReportView: {
            /** Format: int64 */
            bad: number;
            bad_rows: components["schemas"]["BadProgressRow"][];
            /** Format: int64 */
            created: number;
            is_written: boolean;
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            unchanged: number;
        };
        ProgressRow: {
            done: components["schemas"]["Line1000"];
            month: components["schemas"]["Month"];
            plot: components["schemas"]["Reference"];
            remark?: components["schemas"]["Line1000"] | null;
        };
        ProgressSheet: {
            rows: components["schemas"]["ProgressRow"][];
        };
        /** Format: binary */
        ProgressSheetContent: string;
        ProgressView: {
            done: string;
            month: components["schemas"]["Month"];
            /** Format: int32 */
            n: number;
            plot: components["schemas"]["PlotId"];
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            remark?: string | null;
        };
        Project: {
            code: components["schemas"]["Line50"];
            industry_code?: components["schemas"]["IndustryCode"] | null;
            investor_code?: components["schemas"]["CreditCode"] | null;
            name: components["schemas"]["Line200"];
            remark?: components["schemas"]["Line1000"] | null;
        };
        ProjectGiven: {
            name: components["schemas"]["Line200"];
            /** Format: date */
            needed_by?: string | null;
        };
        /** Format: int64 */
        ProjectId: number;
        ProjectList: {
            items: components["schemas"]["ProjectView"][];
            next?: string | null;
        };
        ProjectView: {
            code: string;
            id: components["schemas"]["ProjectId"];
            industry?: string | null;
            industry_code?: components["schemas"]["IndustryCode"] | null;
            investor_code?: components["schemas"]["CreditCode"] | null;
            name: string;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            remark?: string | null;
            /** Format: int64 */
            version: number;
        };
        ProposalList: {
            items: components["schemas"]["ProposalSummary"][];
            next?: string | null;
        };
        ProposalSummary: {
            changed_at: components["schemas"]["Instant"];
            client_id: string;
            created_at: components["schemas"]["Instant"];
            /** Format: date */
            effective_on: string;
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["Kind"];
            /** Format: int64 */
            posted_seq?: number | null;
            proposer: components["schemas"]["UserId"];
            reviewer?: components["schemas"]["UserId"] | null;
            state: components["schemas"]["State"];
            /** Format: int64 */
            version: number;
            waits_for?: components["schemas"]["Role"] | null;
        };
        ProposalView: {
            events: components["schemas"]["EventView"][];
            proposal: components["schemas"]["ProposalSummary"];
            voucher: components["schemas"]["VoucherContents"];
        };
        PublicIdleCase: {
            area_m2: components["schemas"]["AreaM2"];
            cause?: components["schemas"]["IdleCaseCause"] | null;
            /** Format: date */
            found_on?: string | null;
            /** Format: int64 */
            idle_days?: number | null;
            /** Format: date */
            idle_from?: string | null;
            location?: string | null;
            number: string;
            user_name?: string | null;
        };
        PublicIdleCaseList: {
            items: components["schemas"]["PublicIdleCase"][];
            /** Format: int64 */
            next?: number | null;
        };
        Rate: {
            basis: components["schemas"]["Basis"];
            fraction?: string | null;
            percent?: string | null;
        };
        Rates: {
            idle: components["schemas"]["Rate"];
            supply: components["schemas"]["Rate"];
            unsupplied: components["schemas"]["Rate"];
        };
        ReasonBody: {
            comment: components["schemas"]["Line500"];
            /** Format: int64 */
            version: number;
        };
        Reference: number | string;
        ReferenceRows: (components["schemas"]["CatalogueRow"] | components["schemas"]["StandardRow"] | components["schemas"]["IndustryRow"] | components["schemas"]["AllocationRow"])[];
        /** Format: binary */
        ReferenceSheetContent: string;
        ReferenceTableBody: {
            citation: components["schemas"]["CitationBody"];
            /** Format: date */
            in_force: string;
            kind: components["schemas"]["TableKind"];
            reason: components["schemas"]["Line500"];
            rows: components["schemas"]["ReferenceRows"];
            verified: boolean;
        };
        ReferenceTableList: {
            items: components["schemas"]["ReferenceTableSummary"][];
        };
        ReferenceTableSummary: {
            citation: components["schemas"]["Citation"];
            /** Format: date */
            in_force: string;
            kind: components["schemas"]["TableKind"];
            /** Format: int64 */
            n: number;
            reason: string;
            recorded_at: components["schemas"]["Instant"];
            recorded_by: components["schemas"]["UserId"];
            /** Format: int32 */
            row_count: number;
            verified: boolean;
        };
        ReferenceTableView: {
            rows: components["schemas"]["ReferenceRows"];
            summary: components["schemas"]["ReferenceTableSummary"];
        };
        RegisterBody: {
            digest: components["schemas"]["Digest"];
            number?: components["schemas"]["OfficialNumber"] | null;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        Remedy: "review" | "suit";
        RenameBody: {
            display_name: components["schemas"]["Line60"];
        };
        RentAdjustment: {
            every: components["schemas"]["Term"];
            rise: components["schemas"]["PositiveRatio_Ratio"];
        };
        /** @enum {string} */
        RentTiming: "advance" | "arrears";
        RepairView: {
            code: string;
            /** Format: int64 */
            line?: number | null;
            message: components["schemas"]["Text"];
        };
        Report: {
            /** Format: int64 */
            base: number;
            cohorts: components["schemas"]["ReportGroup"][];
            completion: components["schemas"]["ReportRate"];
            frozen: components["schemas"]["ReportArea"];
            head_hash: string;
            kind: components["schemas"]["FrozenKind"];
            /** Format: int64 */
            known_seq: number;
            late_adjustment_m2?: components["schemas"]["AreaM2"] | null;
            measures: components["schemas"]["ReportMeasure"][];
            /** Format: date */
            month_end: string;
            rate: components["schemas"]["ReportRate"];
            rounding_difference_ha: string;
            rounding_difference_mu: string;
            task: components["schemas"]["ReportArea"];
            task_number: string;
            this_month: components["schemas"]["ReportArea"];
            total: components["schemas"]["ReportArea"];
            townships: components["schemas"]["ReportGroup"][];
        };
        ReportArea: {
            ha: string;
            m2: components["schemas"]["AreaM2"];
            mu: string;
        };
        ReportBody: {
            /** Format: int64 */
            known_seq?: number | null;
            /** Format: int32 */
            month?: number | null;
            /** Format: int32 */
            year: number;
        };
        /** @enum {string} */
        ReportFormat: "json" | "xlsx";
        ReportGroup: {
            base: components["schemas"]["ReportArea"];
            /** Format: int32 */
            key?: number | null;
            this_month: components["schemas"]["ReportArea"];
            total: components["schemas"]["ReportArea"];
        };
        ReportMeasure: {
            by: components["schemas"]["DisposedBy"];
            label: string;
            this_month: components["schemas"]["ReportArea"];
            total: components["schemas"]["ReportArea"];
        };
        ReportMonth: {
            /** Format: date */
            month_end: string;
            this_month: components["schemas"]["ReportArea"];
            total: components["schemas"]["ReportArea"];
        };
        /** @enum {string} */
        ReportPeriod: "month" | "year";
        ReportProof: {
            is_proved: boolean;
            issued: components["schemas"]["IssuedReportView"];
            newest?: components["schemas"]["Report"] | null;
            newest_year?: components["schemas"]["YearReport"] | null;
        };
        ReportRate: {
            fraction?: string | null;
            percent?: string | null;
        };
        RevisionBody: {
            comment?: components["schemas"]["Line500"] | null;
            /** Format: int64 */
            version: number;
            voucher: components["schemas"]["VoucherBody"];
        };
        /** @enum {string} */
        Role: "viewer" | "clerk" | "reviewer" | "approver" | "auditor" | "admin" | "price_keeper" | "price_approver";
        RoleGrantView: {
            granted_at: components["schemas"]["Instant"];
            granted_by?: components["schemas"]["UserId"] | null;
            /** Format: int64 */
            id: number;
            prefix: components["schemas"]["Prefix"];
            role: components["schemas"]["Role"];
        };
        /** @enum {string} */
        Rounding: "exact" | "up" | "down" | "half_up";
        Rule: {
            citations: components["schemas"]["Citation"][];
            id: string;
            parameters: string[];
            title: components["schemas"]["Text"];
            what: components["schemas"]["Text"];
        };
        RuleList: {
            items: components["schemas"]["Rule"][];
        };
        SentView: {
            proposal?: components["schemas"]["ProposalSummary"] | null;
            voucher?: components["schemas"]["VoucherView"] | null;
        };
        SessionList: {
            items: components["schemas"]["SessionView"][];
        };
        SessionView: {
            address?: string | null;
            browser?: string | null;
            created_at: components["schemas"]["Instant"];
            expires_at: components["schemas"]["Instant"];
            /** Format: int64 */
            id: number;
            in_use: boolean;
            used_at: components["schemas"]["Instant"];
        };
        SetPasswordBody: {
            new_password: components["schemas"]["Password"];
            secret: components["schemas"]["Password"];
        };
        SharedBuilding: {
            facilities_floor_m2: components["schemas"]["NonNegativeAreaM2_AreaM2"];
            land_m2: components["schemas"]["PositiveAreaM2_AreaM2"];
            name: components["schemas"]["Line100"];
            total_floor_m2: components["schemas"]["PositiveAreaM2_AreaM2"];
        };
        SharedByArea: {
            part: components["schemas"]["PositiveGivenArea_GivenArea"];
            whole: components["schemas"]["PositiveGivenArea_GivenArea"];
        };
        SharedByPrice: {
            part: components["schemas"]["PositiveMoney_Money"];
            whole: components["schemas"]["PositiveMoney_Money"];
        };
        /** Format: binary */
        SheetContent: string;
        SheetImportReport: {
            /** Format: int64 */
            bad: number;
            bad_rows: components["schemas"]["BadRowView"][];
            /** Format: int64 */
            created: number;
            is_written: boolean;
            items: components["schemas"]["SheetItemView"][];
            repairs: components["schemas"]["RepairView"][];
            /** Format: int64 */
            rows: number;
            sheet: string;
            /** Format: int64 */
            unchanged: number;
        };
        SheetItemView: {
            became: components["schemas"]["Became"];
            code: string;
            /** Format: int64 */
            id?: number | null;
            /** Format: int64 */
            line: number;
        };
        SheetList: {
            items: components["schemas"]["SheetRowView"][];
            next?: string | null;
        };
        SheetRowView: {
            approval_authority?: string | null;
            approval_number?: string | null;
            approved_m2: components["schemas"]["AreaM2"];
            /** Format: date */
            approved_on?: string | null;
            approved_project?: string | null;
            cause?: components["schemas"]["Cause"] | null;
            code: string;
            /** Format: date */
            due_on?: string | null;
            expropriated_m2?: components["schemas"]["AreaM2"] | null;
            is_overdue: boolean;
            measure?: components["schemas"]["Measure"] | null;
            measure_note?: string | null;
            person?: components["schemas"]["UserId"] | null;
            person_name?: string | null;
            planned_use?: string | null;
            plot: components["schemas"]["PlotId"];
            present_state?: string | null;
            progress_done?: string | null;
            progress_month?: components["schemas"]["Month"] | null;
            remark?: string | null;
            supplied_m2: components["schemas"]["AreaM2"];
            township?: components["schemas"]["TownshipCode"] | null;
            township_name?: string | null;
            unit?: string | null;
            unsupplied_m2: components["schemas"]["AreaM2"];
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        SignInAction: "signed_in" | "refused" | "signed_out" | "ended";
        SignInBody: {
            login: components["schemas"]["Line64"];
            password: components["schemas"]["Password"];
        };
        SignInEventView: {
            action: components["schemas"]["SignInAction"];
            at: components["schemas"]["Instant"];
            done_by?: components["schemas"]["UserId"] | null;
            /** Format: int64 */
            session?: number | null;
        };
        /** @enum {string} */
        Signature: "signed" | "refused" | "absent";
        SiteBuilding: {
            footprint?: components["schemas"]["Geometry"] | null;
            height_m?: components["schemas"]["PositiveMetres_Metres"] | null;
            land_m2?: components["schemas"]["NonNegativeAreaM2_AreaM2"] | null;
            name: components["schemas"]["Line100"];
            storeys: components["schemas"]["Storey"][];
        };
        /** @enum {string} */
        SiteState: "untouched" | "fenced" | "foundation" | "building" | "halted" | "finished";
        /** @enum {string} */
        Source: "national" | "county";
        Split: {
            contract_permits?: boolean | null;
            planning_inspection?: boolean | null;
            shares?: components["schemas"]["PositiveRatio_Ratio"][] | null;
            single_parcel_conditions?: boolean | null;
        };
        StandardLandGiven: {
            commitment?: boolean | null;
            indicators?: components["schemas"]["IndicatorGiven"][] | null;
        };
        StandardRow: {
            bound: components["schemas"]["Bound"];
            indicator: components["schemas"]["Indicator"];
            industry_code?: components["schemas"]["CodeGiven"] | null;
            unit: components["schemas"]["Line40"];
            value: components["schemas"]["NonNegativeIndicatorValue_IndicatorValue"];
        };
        StandingView: {
            /** Format: date */
            as_of: string;
            /** Format: date */
            completed_on?: string | null;
            /** Format: int64 */
            days_not_started?: number | null;
            /** Format: date */
            delivered_on?: string | null;
            developed_m2?: components["schemas"]["AreaM2"] | null;
            follow_up?: components["schemas"]["FollowUp"] | null;
            invested_yuan?: components["schemas"]["Money"] | null;
            paid_yuan: components["schemas"]["Money"];
            /** Format: date */
            started_on?: string | null;
            /** Format: date */
            taken_back_on?: string | null;
        };
        StartInput: {
            foundation_reached?: boolean | null;
            has_permit: boolean;
            /** Format: date */
            on: string;
        };
        /** @enum {string} */
        State: "proposed" | "reviewed" | "returned" | "withdrawn" | "posted";
        StateTally: components["schemas"]["TallyView"] & {
            state: components["schemas"]["IdleCaseState"];
        };
        StatedArea: {
            unit: components["schemas"]["AreaUnit"];
            value: string;
        };
        Step: {
            filled: string;
            formula: string;
            label: components["schemas"]["Text"];
            result: string;
            rounding?: components["schemas"]["Rounding"];
            unit?: components["schemas"]["Unit"] | null;
        };
        /** @enum {string} */
        StepAction: "propose" | "review" | "approve" | "return" | "withdraw";
        StepAnswer: {
            case: components["schemas"]["IdleCaseView"];
            outcome: components["schemas"]["StepOutcome"];
        };
        StepBody: {
            comment?: components["schemas"]["Line500"] | null;
            /** Format: int64 */
            version: number;
        };
        StepDocument: {
            attachments?: components["schemas"]["Digest"][] | null;
            authority?: components["schemas"]["Line100"] | null;
            /** Format: date */
            dated?: string | null;
            number: components["schemas"]["Line100"];
        };
        StepEventView: {
            action: components["schemas"]["StepAction"];
            at: components["schemas"]["Instant"];
            comment?: string | null;
            user: components["schemas"]["UserId"];
        };
        /** @enum {string} */
        StepKind: "investigation_notice" | "served" | "answered" | "inspected" | "found" | "cleared" | "published" | "department_notified" | "filed" | "mortgagee_told" | "disposal_chosen" | "agreed" | "plan_approved" | "carried_out" | "informed" | "hearing_requested" | "hearing_held" | "legal_reviewed" | "discussed" | "government_approved" | "decided" | "paid" | "remedy_filed" | "remedy_ended" | "urged" | "court_applied" | "registration_cancelled" | "resumed" | "closed" | "suspended" | "lifted" | "annulled";
        /** @enum {string} */
        StepOutcome: "recorded" | "proposed" | "tried";
        StepProposalView: {
            events: components["schemas"]["StepEventView"][];
            /** Format: int32 */
            n: number;
            proposer: components["schemas"]["UserId"];
            reason?: string | null;
            /** Format: int32 */
            recorded_as?: number | null;
            reviewer?: components["schemas"]["UserId"] | null;
            state: components["schemas"]["StepState"];
            step?: components["schemas"]["IdleCaseStep"] | null;
            /** Format: int64 */
            version: number;
            /** Format: int32 */
            voids?: number | null;
            waits_for?: components["schemas"]["Role"] | null;
        };
        /** @enum {string} */
        StepState: "proposed" | "reviewed" | "returned" | "withdrawn" | "recorded";
        Storey: {
            area_m2: components["schemas"]["PositiveAreaM2_AreaM2"];
            /** Format: int32 */
            count?: number | null;
            height_m: components["schemas"]["PositiveMetres_Metres"];
            underground?: boolean | null;
            use: components["schemas"]["Use"];
        };
        /** @enum {string} */
        SubjectKind: "plot" | "parcel" | "approval" | "project" | "encumbrance" | "contract";
        Succession: {
            /** Format: int64 */
            contract: number;
            /** Format: int64 */
            voucher: number;
        };
        SuccessionBody: {
            /** Format: int64 */
            successor: number;
            /** Format: int64 */
            voucher: number;
        };
        SupervisionNumber: string;
        SupplyGiven: {
            exception?: components["schemas"]["ExceptionDecision"] | null;
            lease_term?: components["schemas"]["Term"] | null;
            method: components["schemas"]["Method"];
            rent_adjustment?: components["schemas"]["RentAdjustment"] | null;
            total_term: components["schemas"]["Term"];
        };
        /** @enum {string} */
        SupplyMethod: "tender" | "auction" | "listing" | "agreement" | "allocation" | "lease" | "long_lease" | "lease_then_transfer" | "mixed_lease_transfer" | "flexible" | "capital_contribution" | "authorised_operation";
        /** Format: binary */
        SupplySheetContent: string;
        /** @enum {string} */
        SupplyState: "supplied" | "idle" | "recovered" | "terminated";
        SuspicionList: {
            /** Format: date */
            as_of: string;
            items: components["schemas"]["SuspicionView"][];
            /** Format: int64 */
            next?: number | null;
        };
        SuspicionView: {
            area_m2: components["schemas"]["AreaM2"];
            /** Format: int64 */
            contract: number;
            /** Format: date */
            fee_from?: string | null;
            findings: components["schemas"]["Finding"][];
            grounds: components["schemas"]["Grounds"];
            /** Format: date */
            idle_from?: string | null;
            is_delivered_late: boolean;
            kind: components["schemas"]["ContractKind"];
            number: string;
            outcome: components["schemas"]["Outcome"];
            parcels: components["schemas"]["ParcelId"][];
            phase?: string | null;
            /** Format: date */
            recovery_from?: string | null;
            regulatory_number?: components["schemas"]["SupervisionNumber"] | null;
            /** Format: date */
            start_due_on?: string | null;
            user?: string | null;
            user_code?: components["schemas"]["CreditCode"] | null;
        };
        /** @enum {string} */
        TableFormat: "json" | "csv" | "xlsx" | "totals";
        /** @enum {string} */
        TableKind: "supply_catalogue" | "standard_land" | "industry_codes" | "allocation_catalogue";
        TableUsed: {
            citation: components["schemas"]["Citation"];
            digest: string;
            /** Format: date */
            in_force: string;
            kind: components["schemas"]["TableKind"];
            /** Format: int64 */
            n: number;
            verified: boolean;
        };
        TallyView: {
            area_m2: components["schemas"]["AreaM2"];
            /** Format: int64 */
            cases: number;
        };
        /** @enum {string} */
        TaskAction: "done" | "postponed" | "reopened";
        TaskEventBody: {
            action: components["schemas"]["TaskAction"];
            key: components["schemas"]["Line100"];
            reason: components["schemas"]["Line500"];
            source: components["schemas"]["TaskSource"];
            /** Format: date */
            until?: string | null;
        };
        TaskEventList: {
            items: components["schemas"]["TaskEventView"][];
            /** Format: int64 */
            next?: number | null;
        };
        TaskEventView: {
            action: components["schemas"]["TaskAction"];
            at: components["schemas"]["Instant"];
            key: string;
            /** Format: int64 */
            n: number;
            reason: string;
            source: components["schemas"]["TaskSource"];
            /** Format: date */
            until?: string | null;
            user: components["schemas"]["UserId"];
        };
        /** @enum {string} */
        TaskSource: "plot_measure" | "proposal" | "idle_deadline" | "idle_step" | "idle_seizure" | "contract_due";
        /** @enum {string} */
        TaskState: "open" | "postponed" | "done";
        TaskView: {
            /** Format: date */
            due_on?: string | null;
            is_overdue: boolean;
            key: string;
            last?: components["schemas"]["TaskEventView"] | null;
            link: string;
            person?: components["schemas"]["UserId"] | null;
            role?: components["schemas"]["Role"] | null;
            source: components["schemas"]["TaskSource"];
            state: components["schemas"]["TaskState"];
            title: components["schemas"]["Text"];
            township?: components["schemas"]["TownshipCode"] | null;
        };
        Term: string | number;
        TermAnswer: {
            findings: components["schemas"]["Finding"][];
            /** Format: date */
            on: string;
            outcome: components["schemas"]["Outcome"];
        };
        TermBody: {
            exception?: components["schemas"]["ExceptionDecision"] | null;
            land_use: components["schemas"]["LandUse"];
            lease_term?: components["schemas"]["Term"] | null;
            method: components["schemas"]["Method"];
            /** Format: date */
            on?: string | null;
            ownership?: components["schemas"]["Ownership"] | null;
            rent_adjustment?: components["schemas"]["RentAdjustment"] | null;
            total_term: components["schemas"]["Term"];
        };
        Text: {
            en: string;
            zh: string;
        };
        TokenView: {
            created_at: components["schemas"]["Instant"];
            created_by?: components["schemas"]["UserId"] | null;
            expires_at: components["schemas"]["Instant"];
            /** Format: int64 */
            id: number;
            label: string;
            prefixes?: components["schemas"]["Prefix"][] | null;
            revoked_at?: components["schemas"]["Instant"] | null;
            roles?: components["schemas"]["Role"][] | null;
        };
        TownshipBody: {
            is_official?: boolean | null;
            name: components["schemas"]["Line50"];
        };
        TownshipCode: string;
        TownshipList: {
            items: components["schemas"]["TownshipView"][];
        };
        TownshipView: {
            code: components["schemas"]["TownshipCode"];
            is_official: boolean;
            name: string;
        };
        TypedFields: {
            [key: string]: string;
        };
        /** @enum {string} */
        Unit: "year" | "month" | "day" | "working_day" | "m2" | "m" | "yuan" | "yuan_per_year" | "yuan_per_m2" | "yuan_per_m2_year" | "share" | "ratio" | "switch" | "calendar_year" | "calendar_day" | "part";
        UnitCode: string;
        UnitPrice: string;
        /** @enum {string} */
        Use: "dominant" | "admin_living" | "other_ancillary";
        /** Format: int64 */
        UserId: number;
        UserList: {
            items: components["schemas"]["UserSummary"][];
            /** Format: int64 */
            next?: number | null;
        };
        UserSummary: {
            active: boolean;
            created_at: components["schemas"]["Instant"];
            created_by?: components["schemas"]["UserId"] | null;
            grants: components["schemas"]["RoleGrantView"][];
            id: components["schemas"]["UserId"];
            person?: components["schemas"]["PersonView"] | null;
        };
        UserView: {
            events: components["schemas"]["AccountEventView"][];
            sign_ins: components["schemas"]["SignInEventView"][];
            tokens: components["schemas"]["TokenView"][];
            user: components["schemas"]["UserSummary"];
        };
        Uses: {
            admin_living: components["schemas"]["FloorArea"];
            dominant: components["schemas"]["FloorArea"];
            other_ancillary: components["schemas"]["FloorArea"];
        };
        VoidBody: {
            reason: components["schemas"]["Line500"];
        };
        VoidNumberBody: {
            number: components["schemas"]["OfficialNumber"];
            reason: components["schemas"]["Line500"];
        };
        VoidPaperBody: {
            reason: components["schemas"]["Line500"];
            /** Format: int64 */
            version: number;
        };
        VoucherBody: {
            client_id: components["schemas"]["Line64"];
            /** Format: int64 */
            corrects?: number | null;
            document?: components["schemas"]["DocumentBody"] | null;
            /** Format: date */
            effective_on: string;
            historical?: boolean | null;
            kind: components["schemas"]["Kind"];
            lines: components["schemas"]["LineBody"][];
            memo?: components["schemas"]["Line1000"] | null;
            method?: components["schemas"]["SupplyMethod"] | null;
            write_off?: components["schemas"]["WriteOff"] | null;
        };
        VoucherContents: {
            client_id: string;
            /** Format: int64 */
            corrects?: number | null;
            document: components["schemas"]["DocumentView"];
            /** Format: date */
            effective_on: string;
            historical: boolean;
            kind: components["schemas"]["Kind"];
            lines: components["schemas"]["LineView"][];
            memo?: string | null;
            method?: components["schemas"]["SupplyMethod"] | null;
            write_off?: components["schemas"]["WriteOff"] | null;
        };
        VoucherLandView: {
            lines: components["schemas"]["LineLandView"][];
            /** Format: int64 */
            seq: number;
        };
        VoucherList: {
            items: components["schemas"]["VoucherView"][];
            next?: string | null;
        };
        VoucherView: {
            approver?: components["schemas"]["UserId"] | null;
            county: components["schemas"]["County"];
            flags: components["schemas"]["FlagView"][];
            hash: components["schemas"]["Digest"];
            late: boolean;
            proposer: components["schemas"]["UserId"];
            recorded_at: components["schemas"]["Instant"];
            reviewer?: components["schemas"]["UserId"] | null;
            /** Format: int64 */
            seq: number;
            voucher: components["schemas"]["VoucherContents"];
        };
        Warning: {
            code: components["schemas"]["WarningCode"];
            message: components["schemas"]["Text"];
        };
        /** @enum {string} */
        WarningCode: "area_differs" | "approval_exceeded" | "overlaps" | "occupied_earlier" | "start_not_agreed";
        /** @enum {string} */
        Way: "extension" | "change" | "temporary_use" | "paid_recovery" | "exchange" | "other" | "fee" | "free_recovery";
        WithdrawalBody: {
            /** Format: int64 */
            event: number;
            reason: components["schemas"]["Line500"];
        };
        WordOfNumber: string;
        WorklistView: {
            /** Format: date */
            as_of: string;
            /** Format: date */
            due_by: string;
            items: components["schemas"]["TaskView"][];
            next?: string | null;
            /** Format: int64 */
            overdue: number;
            /** Format: int64 */
            total: number;
        };
        /** @enum {string} */
        WriteOff: "withdrawn" | "reduced" | "lapsed";
        YearGroup: {
            base: components["schemas"]["ReportArea"];
            /** Format: int32 */
            key?: number | null;
            rate: components["schemas"]["ReportRate"];
            this_year: components["schemas"]["ReportArea"];
            total: components["schemas"]["ReportArea"];
        };
        YearMeasure: {
            by: components["schemas"]["DisposedBy"];
            label: string;
            this_year: components["schemas"]["ReportArea"];
            total: components["schemas"]["ReportArea"];
        };
        YearReport: {
            ages: components["schemas"]["YearGroup"][];
            /** Format: int64 */
            base: number;
            before: components["schemas"]["ReportArea"];
            cohorts: components["schemas"]["YearGroup"][];
            completion: components["schemas"]["ReportRate"];
            frozen: components["schemas"]["ReportArea"];
            head_hash: string;
            kind: components["schemas"]["FrozenKind"];
            /** Format: int64 */
            known_seq: number;
            late_adjustment_m2?: components["schemas"]["AreaM2"] | null;
            measures: components["schemas"]["YearMeasure"][];
            months: components["schemas"]["ReportMonth"][];
            rate: components["schemas"]["ReportRate"];
            rounding_difference_ha: string;
            rounding_difference_mu: string;
            task: components["schemas"]["ReportArea"];
            task_number: string;
            this_year: components["schemas"]["ReportArea"];
            total: components["schemas"]["ReportArea"];
            townships: components["schemas"]["YearGroup"][];
            /** Format: int32 */
            year: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    calculateBatch: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
                detail?: components["schemas"]["Detail"];
            };
        };
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["BatchLine"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["BatchAnswer"];
                };
            };
        };
    };
    checkBondPrice: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BondPriceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BondPriceAnswer"];
                };
            };
        };
    };
    checkCostFloor: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CostFloorBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostFloorAnswer"];
                };
            };
        };
    };
    calculateFlexiblePrice: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlexiblePriceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlexiblePriceAnswer"];
                };
            };
        };
    };
    checkFloorArea: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FloorAreaBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FloorAreaAnswer"];
                };
            };
        };
    };
    checkIdleLand: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdleLandBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleLandAnswer"];
                };
            };
        };
    };
    calculateLeaseThenTransferPrice: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeaseThenTransferPriceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeaseThenTransferPriceAnswer"];
                };
            };
        };
    };
    calculateLongLeasePrice: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LongLeasePriceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LongLeasePriceAnswer"];
                };
            };
        };
    };
    calculateMixedLeaseTransferPrice: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MixedLeaseTransferPriceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MixedLeaseTransferPriceAnswer"];
                };
            };
        };
    };
    checkNationalMinimum: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NationalMinimumBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NationalMinimumAnswer"];
                };
            };
        };
    };
    checkNetLand: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NetLandBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetLandAnswer"];
                };
            };
        };
    };
    schedulePayments: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentScheduleBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentScheduleAnswer"];
                };
            };
        };
    };
    checkPriceBase: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriceBaseTerms"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseAnswer"];
                };
            };
        };
    };
    comparePrices: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
                f?: components["schemas"]["ReportFormat"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriceComparisonBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceComparisonAnswer"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    checkTerm: {
        parameters: {
            query?: {
                county?: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TermBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TermAnswer"];
                };
            };
        };
    };
    listCalendars: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarList"];
                };
            };
        };
    };
    listCounties: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountyList"];
                };
            };
        };
    };
    createCounty: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CountyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountyView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountyView"];
                };
            };
        };
    };
    listAnnouncements: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "number" | "-number" | "announced_on" | "-announced_on" | "until" | "-until")[];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementList"];
                };
            };
        };
    };
    createAnnouncement: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnnouncementBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
        };
    };
    getAnnouncement: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
        };
    };
    withdrawAnnouncement: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "number" | "-number" | "kind" | "-kind" | "authority" | "-authority" | "approved_on" | "-approved_on" | "approved_project" | "-approved_project" | "area_m2" | "-area_m2" | "recorded_at" | "-recorded_at")[];
                kind?: components["schemas"]["ApprovalKind"];
                from?: string;
                until?: string;
                number_prefix?: string;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    createApproval: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Approval"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalWritten"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalWritten"];
                };
            };
        };
    };
    importApprovalFile: {
        parameters: {
            query?: {
                dry_run?: boolean;
                partial?: boolean;
                sheet?: string;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["SheetContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetImportReport"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetImportReport"];
                };
            };
        };
    };
    getApproval: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalView"];
                };
            };
        };
    };
    updateApproval: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Approval"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalWritten"];
                };
            };
        };
    };
    getApprovalBoundaryPoints: {
        parameters: {
            query?: {
                encoding?: components["schemas"]["Encoding"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["BoundaryPointsFile"];
                };
            };
        };
    };
    proposeApprovalEntry: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalEntry"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalEntry"];
                };
            };
        };
    };
    listAttachments: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                subject?: components["schemas"]["SubjectKind"];
                id?: number;
                sha256?: components["schemas"]["Digest"];
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentSubjectList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    createAttachment: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["FileContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentView"];
                };
            };
        };
    };
    getAttachment: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                sha256: components["schemas"]["Digest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": components["schemas"]["FileContent"];
                    "image/jpeg": components["schemas"]["FileContent"];
                    "image/png": components["schemas"]["FileContent"];
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": components["schemas"]["FileContent"];
                    "text/html": components["schemas"]["FileContent"];
                };
            };
        };
    };
    addAttachmentSubject: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                sha256: components["schemas"]["Digest"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachmentSubjectBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentSubjectView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentSubjectView"];
                };
            };
        };
    };
    getBalances: {
        parameters: {
            query?: {
                as_of?: string;
                known_seq?: number;
                known_at?: string;
                by?: components["schemas"]["Dimension"][];
                approval?: number;
                project?: number;
                approved_project?: string;
                township?: number;
                year?: number;
                cause?: components["schemas"]["Cause"];
                plot?: number;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceTable"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    listClosedMonths: {
        parameters: {
            query?: {
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClosedMonthList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    closeMonth: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseMonthBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClosedMonthView"];
                };
            };
        };
    };
    listContracts: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "number" | "-number" | "kind" | "-kind" | "signed_on" | "-signed_on" | "regulatory_number" | "-regulatory_number" | "land_use" | "-land_use" | "user_code" | "-user_code" | "area_m2" | "-area_m2" | "price_yuan" | "-price_yuan" | "delivery_on" | "-delivery_on" | "start_on" | "-start_on" | "completion_on" | "-completion_on" | "recorded_at" | "-recorded_at")[];
                as_of?: string;
                kind?: components["schemas"]["ContractKind"];
                number?: string;
                regulatory_number?: string;
                parcel?: number;
                user_code?: string;
                signed_from?: string;
                signed_until?: string;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    createContract: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContractBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
        };
    };
    importContractFile: {
        parameters: {
            query?: {
                dry_run?: boolean;
                partial?: boolean;
                sheet?: string;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["ContractSheetContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetImportReport"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetImportReport"];
                };
            };
        };
    };
    getContract: {
        parameters: {
            query?: {
                as_of?: string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
        };
    };
    amendContract: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmendmentBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
        };
    };
    decideContractCause: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CauseDecisionBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
        };
    };
    addContractCause: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CauseBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
        };
    };
    addContractDevelopment: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DevelopmentBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
        };
    };
    getContractIdleness: {
        parameters: {
            query?: {
                as_of?: string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractIdlenessList"];
                };
            };
        };
    };
    addContractInspection: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InspectionBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
        };
    };
    eraseContractPersons: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    succeedContract: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuccessionBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
        };
    };
    withdrawContractEvent: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawalBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractView"];
                };
            };
        };
    };
    listDemands: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "company_code" | "-company_code" | "company_name" | "-company_name" | "project_name" | "-project_name" | "industry_code" | "-industry_code" | "area_m2" | "-area_m2" | "township" | "-township" | "method" | "-method" | "needed_by" | "-needed_by" | "state" | "-state" | "outcome" | "-outcome" | "recorded_at" | "-recorded_at")[];
                state?: components["schemas"]["DemandState"];
                company?: components["schemas"]["CreditCode"];
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemandList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    createDemand: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DemandBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemandView"];
                };
            };
        };
    };
    getDemand: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemandView"];
                };
            };
        };
    };
    updateDemand: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DemandBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemandView"];
                };
            };
        };
    };
    addDemandOpinion: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpinionBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemandView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemandView"];
                };
            };
        };
    };
    listEncumbrances: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "kind" | "-kind" | "parcel" | "-parcel" | "number" | "-number" | "from" | "-from" | "area_m2" | "-area_m2" | "appraised_yuan" | "-appraised_yuan" | "loan_yuan" | "-loan_yuan" | "recorded_at" | "-recorded_at")[];
                parcel?: number;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EncumbranceList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    createEncumbrance: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EncumbranceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EncumbranceView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EncumbranceView"];
                };
            };
        };
    };
    getEncumbrance: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EncumbranceView"];
                };
            };
        };
    };
    addEncumbranceEvent: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EncumbranceEventBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EncumbranceView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EncumbranceView"];
                };
            };
        };
    };
    eraseEncumbranceParty: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getFeatureCells: {
        parameters: {
            query: {
                layer: components["schemas"]["Layer"];
                bbox: string;
                columns?: number;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeatureCellList"];
                };
            };
        };
    };
    listFrozenBases: {
        parameters: {
            query?: {
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrozenBaseList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    proposeFrozenBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FrozenBaseBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrozenBaseFile"];
                };
            };
        };
    };
    getFrozenBase: {
        parameters: {
            query?: {
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrozenBaseFile"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    approveFrozenBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrozenBaseFile"];
                };
            };
        };
    };
    getDisposalRates: {
        parameters: {
            query?: {
                by?: components["schemas"]["Dimension"][];
                as_of?: string;
                known_seq?: number;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisposalTable"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    getReport: {
        parameters: {
            query: {
                year: number;
                month: number;
                known_seq?: number;
                f?: components["schemas"]["ReportFormat"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    listReports: {
        parameters: {
            query?: {
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedReportList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    issueReport: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedReportView"];
                };
            };
        };
    };
    getIssuedReport: {
        parameters: {
            query?: {
                f?: components["schemas"]["ReportFormat"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
                n: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedReportView"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    proveReport: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
                n: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportProof"];
                };
            };
        };
    };
    withdrawFrozenBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrozenBaseFile"];
                };
            };
        };
    };
    getYearReport: {
        parameters: {
            query: {
                year: number;
                known_seq?: number;
                f?: components["schemas"]["ReportFormat"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["YearReport"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    getIdleCaseBoard: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleCaseBoard"];
                };
            };
        };
    };
    getIdleCaseCalendar: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
        };
    };
    listIdleCaseDeadlines: {
        parameters: {
            query?: {
                due_by?: string;
                overdue?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDeadlineList"];
                };
            };
        };
    };
    listIdleCases: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "number" | "-number" | "state" | "-state" | "grounds" | "-grounds" | "cause" | "-cause" | "way" | "-way" | "parcel" | "-parcel" | "contract_number" | "-contract_number" | "area_m2" | "-area_m2" | "opened_on" | "-opened_on" | "found_on" | "-found_on" | "ended_on" | "-ended_on" | "changed_at" | "-changed_at")[];
                state?: components["schemas"]["IdleCaseState"];
                open?: boolean;
                suspended?: boolean;
                grounds?: components["schemas"]["Grounds"];
                cause?: components["schemas"]["IdleCaseCause"];
                way?: components["schemas"]["Way"];
                parcel?: number;
                contract?: number;
                user_code?: components["schemas"]["CreditCode"];
                township?: components["schemas"]["TownshipCode"];
                due_by?: string;
                overdue?: boolean;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleCaseList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    openIdleCase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdleCaseDrawn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleCaseView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleCaseView"];
                };
            };
        };
    };
    draftPaper: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                case: number;
                kind: components["schemas"]["PaperKind"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaperBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperView"];
                };
            };
        };
    };
    getPaperForm: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                case: number;
                kind: components["schemas"]["PaperKind"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperFormView"];
                };
            };
        };
    };
    previewPaper: {
        parameters: {
            query?: {
                f?: components["schemas"]["PaperFormat"];
            };
            path: {
                county: components["schemas"]["County"];
                case: number;
                kind: components["schemas"]["PaperKind"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaperBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": components["schemas"]["PaperBytes"];
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": components["schemas"]["PaperBytes"];
                };
            };
        };
    };
    getIdleCase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleCaseView"];
                };
            };
        };
    };
    approveIdleStep: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
                n: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleCaseView"];
                };
            };
        };
    };
    returnIdleStep: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
                n: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleCaseView"];
                };
            };
        };
    };
    reviewIdleStep: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
                n: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleCaseView"];
                };
            };
        };
    };
    withdrawIdleStep: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
                n: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdleCaseView"];
                };
            };
        };
    };
    recordIdleStep: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdleCaseStep"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepAnswer"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepAnswer"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepAnswer"];
                };
            };
        };
    };
    voidIdleStep: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
                n: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoidBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepAnswer"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepAnswer"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepAnswer"];
                };
            };
        };
    };
    listIdleSuspicions: {
        parameters: {
            query?: {
                as_of?: string;
                after?: number;
                limit?: number;
                grounds?: components["schemas"]["Grounds"];
                outcome?: components["schemas"]["Outcome"];
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspicionList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    listJournal: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("n" | "-n" | "at" | "-at" | "operation" | "-operation" | "collection" | "-collection" | "object" | "-object" | "user" | "-user")[];
                collection?: components["schemas"]["Collection"];
                object?: number;
                user?: number;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    getLedgerHead: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerHead"];
                };
            };
        };
    };
    getMappingRate: {
        parameters: {
            query?: {
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingTable"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    listMonitoringSnapshots: {
        parameters: {
            query?: {
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitoringSnapshotList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    importMonitoringFile: {
        parameters: {
            query: {
                as_of: string;
                dry_run?: boolean;
                sheet?: string;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["MonitoringContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitoringImportReport"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitoringImportReport"];
                };
            };
        };
    };
    listMonitoringSupplies: {
        parameters: {
            query?: {
                after?: components["schemas"]["SupervisionNumber"];
                limit?: number;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
                n: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitoringSupplyList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    listPaperNumbers: {
        parameters: {
            query: {
                word: components["schemas"]["WordOfNumber"];
                year: number;
                after?: number;
                limit?: number;
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperNumberList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    voidPaperNumber: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoidNumberBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperNumberLine"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperNumberLine"];
                };
            };
        };
    };
    listPaperRegisters: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperRegisterList"];
                };
            };
        };
    };
    getPaperSettings: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperSettingsView"];
                };
            };
        };
    };
    putPaperSettings: {
        parameters: {
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaperSettingsBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperSettingsView"];
                };
            };
        };
    };
    listPapers: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "case" | "-case" | "kind" | "-kind" | "state" | "-state" | "issued_on" | "-issued_on" | "created_at" | "-created_at" | "changed_at" | "-changed_at")[];
                case?: number;
                kind?: components["schemas"]["PaperKind"];
                state?: components["schemas"]["PaperState"];
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    getPaper: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperView"];
                };
            };
        };
    };
    revisePaper: {
        parameters: {
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaperBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperView"];
                };
            };
        };
    };
    getPaperFile: {
        parameters: {
            query?: {
                f?: components["schemas"]["PaperFormat"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": components["schemas"]["PaperBytes"];
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": components["schemas"]["PaperBytes"];
                };
            };
        };
    };
    registerPaper: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperView"];
                };
            };
        };
    };
    addPaperScan: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaperScanBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperView"];
                };
            };
        };
    };
    voidPaper: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoidPaperBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperView"];
                };
            };
        };
    };
    withdrawPaper: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaperVersionBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperView"];
                };
            };
        };
    };
    listParcels: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "code" | "-code" | "cadastral_code" | "-cadastral_code" | "unit_code" | "-unit_code" | "regulatory_number" | "-regulatory_number" | "name" | "-name" | "holder_code" | "-holder_code" | "project" | "-project" | "land_use" | "-land_use" | "area_m2" | "-area_m2" | "polygon_area_m2" | "-polygon_area_m2" | "recorded_at" | "-recorded_at")[];
                project?: number;
                holder_code?: components["schemas"]["CreditCode"];
                mapped?: boolean;
                code_prefix?: string;
                geometry?: boolean;
                f?: components["schemas"]["Format"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParcelList"];
                    "application/geo+json": components["schemas"]["ParcelFeatureCollection"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    createParcel: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParcelBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParcelWritten"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParcelWritten"];
                };
            };
        };
    };
    getParcel: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParcelView"];
                };
            };
        };
    };
    updateParcel: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParcelBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParcelWritten"];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ColleagueList"];
                };
            };
        };
    };
    listPlotMeasures: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("plot" | "-plot" | "code" | "-code" | "approval_number" | "-approval_number" | "approved_on" | "-approved_on" | "township" | "-township" | "approved_m2" | "-approved_m2" | "supplied_m2" | "-supplied_m2" | "unsupplied_m2" | "-unsupplied_m2" | "cause" | "-cause" | "measure" | "-measure" | "due_on" | "-due_on" | "unit" | "-unit")[];
                township?: components["schemas"]["TownshipCode"];
                approval?: number;
                code_prefix?: string;
                cause?: components["schemas"]["Cause"];
                measure?: components["schemas"]["Measure"];
                unit?: string;
                person?: number;
                overdue?: boolean;
                due_before?: string;
                planned?: boolean;
                all_plots?: boolean;
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    listOverduePlots: {
        parameters: {
            query?: {
                by?: components["schemas"]["OverdueBy"];
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverdueList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    listPlotOverlaps: {
        parameters: {
            query?: {
                plot?: number;
                within_tolerance?: boolean;
                after?: string;
                limit?: number;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotOverlapList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    addPlotProgress: {
        parameters: {
            query?: {
                dry_run?: boolean;
                partial?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgressSheet"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgressReportView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgressReportView"];
                };
            };
        };
    };
    importPlotProgressFile: {
        parameters: {
            query?: {
                dry_run?: boolean;
                partial?: boolean;
                sheet?: string;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["ProgressSheetContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetImportReport"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetImportReport"];
                };
            };
        };
    };
    listPlots: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "code" | "-code" | "name" | "-name" | "origin" | "-origin" | "approval" | "-approval" | "planned_use" | "-planned_use" | "area_m2" | "-area_m2" | "polygon_area_m2" | "-polygon_area_m2" | "township" | "-township" | "cause" | "-cause" | "reserved_on" | "-reserved_on" | "recorded_at" | "-recorded_at")[];
                approval?: number;
                project?: number;
                township?: components["schemas"]["TownshipCode"];
                origin?: components["schemas"]["Origin"];
                mapped?: boolean;
                reserved?: boolean;
                code_prefix?: string;
                geometry?: boolean;
                f?: components["schemas"]["Format"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotList"];
                    "application/geo+json": components["schemas"]["PlotFeatureCollection"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    createPlot: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlotBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotWritten"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotWritten"];
                };
            };
        };
    };
    importPlots: {
        parameters: {
            query?: {
                dry_run?: boolean;
                partial?: boolean;
                approval?: string;
                origin?: components["schemas"]["Origin"];
                sheet?: string;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/geo+json": components["schemas"]["PlotImportBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotImportReport"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotImportReport"];
                };
            };
        };
    };
    importPlotFile: {
        parameters: {
            query?: {
                dry_run?: boolean;
                partial?: boolean;
                approval?: string;
                origin?: components["schemas"]["Origin"];
                sheet?: string;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["FileContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotImportReport"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotImportReport"];
                };
            };
        };
    };
    getPlot: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotView"];
                };
            };
        };
    };
    updatePlot: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlotBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotWritten"];
                };
            };
        };
    };
    addPlotAttribute: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlotAttributeBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotView"];
                };
            };
        };
    };
    getPlotBoundaryPoints: {
        parameters: {
            query?: {
                encoding?: components["schemas"]["Encoding"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["BoundaryPointsFile"];
                };
            };
        };
    };
    getPlotHistory: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotHistoryView"];
                };
            };
        };
    };
    getPlotLand: {
        parameters: {
            query?: {
                known_seq?: number;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlotLandView"];
                };
            };
        };
    };
    getPlotMeasure: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeasureView"];
                };
            };
        };
    };
    putPlotMeasure: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlotMeasure"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeasureView"];
                };
            };
        };
    };
    listPlotProgress: {
        parameters: {
            query?: {
                limit?: number;
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgressList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    listPolicyOverlays: {
        parameters: {
            query?: {
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyOverlayList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    addPolicyOverlay: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyOverlayBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyOverlayView"];
                };
            };
        };
    };
    listPrechecks: {
        parameters: {
            query?: {
                before?: number;
                limit?: number;
                company?: components["schemas"]["CreditCode"];
                outcome?: components["schemas"]["Outcome"];
                from?: string;
                until?: string;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrecheckList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    getPrecheckFile: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrecheckFile"];
                };
            };
        };
    };
    erasePrecheckContact: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createDemandFromPrecheck: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DemandFromPrecheck"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemandView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemandView"];
                };
            };
        };
    };
    listPriceBases: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "plot" | "-plot" | "state" | "-state" | "created_at" | "-created_at" | "changed_at" | "-changed_at")[];
                plot?: number;
                state?: components["schemas"]["BaseState"];
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    draftPriceBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriceBaseBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseView"];
                };
            };
        };
    };
    getPriceBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseView"];
                };
            };
        };
    };
    revisePriceBase: {
        parameters: {
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriceBaseBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseView"];
                };
            };
        };
    };
    issuePriceBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseView"];
                };
            };
        };
    };
    openPriceBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpeningBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseView"];
                };
            };
        };
    };
    returnPriceBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseView"];
                };
            };
        };
    };
    reviewPriceBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseView"];
                };
            };
        };
    };
    withdrawPriceBase: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBaseView"];
                };
            };
        };
    };
    listProjects: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "code" | "-code" | "name" | "-name" | "investor_code" | "-investor_code" | "industry_code" | "-industry_code" | "recorded_at" | "-recorded_at")[];
                code_prefix?: string;
                investor_code?: components["schemas"]["CreditCode"];
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    createProject: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Project"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
        };
    };
    getProject: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
        };
    };
    updateProject: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "If-Match": string;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Project"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
        };
    };
    listProposals: {
        parameters: {
            query?: {
                state?: components["schemas"]["State"];
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "kind" | "-kind" | "effective_on" | "-effective_on" | "state" | "-state" | "posted_seq" | "-posted_seq" | "created_at" | "-created_at" | "changed_at" | "-changed_at")[];
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    getProposal: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalView"];
                };
            };
        };
    };
    approveProposal: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalView"];
                };
            };
        };
    };
    commentProposal: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalView"];
                };
            };
        };
    };
    returnProposal: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalView"];
                };
            };
        };
    };
    reviewProposal: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalView"];
                };
            };
        };
    };
    reviseProposal: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevisionBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalView"];
                };
            };
        };
    };
    withdrawProposal: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalView"];
                };
            };
        };
    };
    listDifferences: {
        parameters: {
            query?: {
                after?: components["schemas"]["Difference"];
                limit?: number;
                with?: components["schemas"]["ComparedWith"];
                kind?: components["schemas"]["DifferenceKind"];
                status?: components["schemas"]["DifferenceStatus"];
                township?: components["schemas"]["TownshipCode"];
                approval?: number;
                owner?: number;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifferenceList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    countDifferences: {
        parameters: {
            query?: {
                with?: components["schemas"]["ComparedWith"];
                kind?: components["schemas"]["DifferenceKind"];
                status?: components["schemas"]["DifferenceStatus"];
                township?: components["schemas"]["TownshipCode"];
                approval?: number;
                owner?: number;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifferenceCounts"];
                };
            };
        };
    };
    getDifference: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                difference: components["schemas"]["Difference"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifferenceFileView"];
                };
            };
        };
    };
    addReconciliationNote: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                difference: components["schemas"]["Difference"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DifferenceNoteBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifferenceFileView"];
                };
            };
        };
    };
    listReferenceTables: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReferenceTableList"];
                };
            };
        };
    };
    addReferenceTable: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReferenceTableBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReferenceTableView"];
                };
            };
        };
    };
    importReferenceTable: {
        parameters: {
            query?: {
                kind?: components["schemas"]["TableKind"];
                in_force?: string;
                instrument?: string;
                number?: string;
                provision?: string;
                issued_on?: string;
                verified?: boolean;
                reason?: string;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["ReferenceSheetContent"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReferenceTableView"];
                };
            };
        };
    };
    getReferenceTable: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                n: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReferenceTableView"];
                };
            };
        };
    };
    listTownships: {
        parameters: {
            query?: {
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TownshipList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    putTownship: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                code: components["schemas"]["TownshipCode"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TownshipBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TownshipView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TownshipView"];
                };
            };
        };
    };
    listVouchers: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("seq" | "-seq" | "kind" | "-kind" | "effective_on" | "-effective_on" | "area_m2" | "-area_m2" | "document_number" | "-document_number" | "recorded_at" | "-recorded_at")[];
                kind?: components["schemas"]["Kind"];
                plot?: number;
                late?: boolean;
                f?: components["schemas"]["TableFormat"];
                unit?: components["schemas"]["AreaUnit"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoucherList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    sendVoucher: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoucherBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentView"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentView"];
                };
            };
        };
    };
    importVoucherFile: {
        parameters: {
            query?: {
                dry_run?: boolean;
                partial?: boolean;
                sheet?: string;
                authority?: string;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["SupplySheetContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetImportReport"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetImportReport"];
                };
            };
        };
    };
    getVoucher: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                seq: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoucherView"];
                };
            };
        };
    };
    getVoucherLand: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
                seq: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoucherLandView"];
                };
            };
        };
    };
    getWorklist: {
        parameters: {
            query?: {
                mine?: boolean;
                person?: number;
                township?: components["schemas"]["TownshipCode"];
                source?: components["schemas"]["TaskSource"];
                state?: components["schemas"]["TaskState"];
                due_by?: string;
                after?: string;
                limit?: number;
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorklistView"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    listTaskEvents: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                source?: components["schemas"]["TaskSource"];
                key?: string;
                f?: components["schemas"]["TableFormat"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskEventList"];
                    "text/csv": components["schemas"]["ExportFile"];
                    "application/vnd.dizhang.totals+json": components["schemas"]["ListTotals"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["ExportFile"];
                };
            };
        };
    };
    addTaskEvent: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskEventBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskEventView"];
                };
            };
        };
    };
    searchIndustries: {
        parameters: {
            query?: {
                q?: string;
                county?: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndustryList"];
                };
            };
        };
    };
    getMe: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
        };
    };
    changeMyPassword: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordBody"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMySessions: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
        };
    };
    endMyOtherSessions: {
        parameters: {
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    endMySession: {
        parameters: {
            path: {
                session: number;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createMyToken: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTokenBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
        };
    };
    revokeMyToken: {
        parameters: {
            path: {
                token: number;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listOffers: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                sortby?: ("id" | "-id" | "number" | "-number" | "announced_on" | "-announced_on" | "until" | "-until")[];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferList"];
                };
            };
        };
    };
    readOutline: {
        parameters: {
            path: {
                county: components["schemas"]["County"];
            };
        };
        requestBody: {
            content: {
                "text/plain": components["schemas"]["OutlineContent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutlineView"];
                };
            };
        };
    };
    setPassword: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPasswordBody"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getPolicy: {
        parameters: {
            query?: {
                on?: string;
                county?: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyListing"];
                };
            };
        };
    };
    listPrecheckCounties: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormCountyList"];
                };
            };
        };
    };
    getPrecheckForm: {
        parameters: {
            query?: {
                industry?: components["schemas"]["CodeGiven"];
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrecheckForm"];
                };
            };
        };
    };
    createPrecheck: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrecheckBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrecheckView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrecheckView"];
                };
            };
        };
    };
    getPrecheck: {
        parameters: {
            path: {
                reference: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrecheckView"];
                };
            };
        };
    };
    listPublicIdleCases: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            path: {
                county: components["schemas"]["County"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicIdleCaseList"];
                };
            };
        };
    };
    listRules: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleList"];
                };
            };
        };
    };
    getSession: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentSession"];
                };
            };
        };
    };
    createSession: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentSession"];
                };
            };
        };
    };
    endSession: {
        parameters: {
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
        };
    };
    createUser: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUserBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            path: {
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
        };
    };
    disableUser: {
        parameters: {
            path: {
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
        };
    };
    enableUser: {
        parameters: {
            path: {
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
        };
    };
    eraseUser: {
        parameters: {
            path: {
                id: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
        };
    };
    grantRole: {
        parameters: {
            path: {
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
        };
    };
    revokeRole: {
        parameters: {
            path: {
                id: number;
                grant: number;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
        };
    };
    createPasswordSecret: {
        parameters: {
            path: {
                id: number;
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordSecretView"];
                };
            };
        };
    };
    renameUser: {
        parameters: {
            path: {
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenameBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            path: {
                id: number;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTokenBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            path: {
                id: number;
                token: number;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getHealth: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    getOpenapi: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    getProblem: {
        parameters: {
            path: {
                slug: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Text"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
}
