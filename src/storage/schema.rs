//! The tables, as diesel sees them on both databases. Kept by hand; a test selects every column on both.

diesel::table! {
    county_state (county) {
        county -> Integer,
        name -> Text,
        head_seq -> BigInt,
        head_hash -> Binary,
        last_recorded_at -> Nullable<Timestamp>,
        plots_version -> BigInt,
        next_plot -> BigInt,
        next_parcel -> BigInt,
        next_approval -> BigInt,
        next_project -> BigInt,
        west_e7 -> BigInt,
        south_e7 -> BigInt,
        east_e7 -> BigInt,
        north_e7 -> BigInt,
        closed_through -> Nullable<Date>,
        created_at -> Timestamp,
        rendered_version -> Integer,
    }
}

diesel::table! {
    township (county, code) {
        county -> Integer,
        code -> Integer,
        name -> Text,
        is_official -> Bool,
    }
}

diesel::table! {
    app_user (id) {
        id -> BigInt,
        is_active -> Bool,
        created_by -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    person (user_id) {
        user_id -> BigInt,
        login -> Text,
        display_name -> Text,
    }
}

diesel::table! {
    password (user_id) {
        user_id -> BigInt,
        hash -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    password_secret (user_id) {
        user_id -> BigInt,
        secret_sha256 -> Binary,
        created_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    session (id) {
        id -> BigInt,
        user_id -> BigInt,
        secret_sha256 -> Binary,
        address -> Nullable<Text>,
        browser -> Nullable<Text>,
        created_at -> Timestamp,
        used_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sign_in_event (id) {
        id -> BigInt,
        user_id -> Nullable<BigInt>,
        session_id -> Nullable<BigInt>,
        action -> Text,
        done_by -> Nullable<BigInt>,
        at -> Timestamp,
    }
}

diesel::table! {
    sign_in_failure (subject) {
        subject -> Text,
        failures -> Integer,
        last_at -> Timestamp,
    }
}

diesel::table! {
    role_grant (id) {
        id -> BigInt,
        user_id -> BigInt,
        county_prefix -> Text,
        role -> Text,
        granted_by -> Nullable<BigInt>,
        granted_at -> Timestamp,
        revoked_by -> Nullable<BigInt>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    api_token (id) {
        id -> BigInt,
        user_id -> BigInt,
        secret_sha256 -> Binary,
        label -> Text,
        roles -> Nullable<Text>,
        prefixes -> Nullable<Text>,
        created_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    account_event (id) {
        id -> BigInt,
        user_id -> BigInt,
        action -> Text,
        subject -> Nullable<Text>,
        done_by -> Nullable<BigInt>,
        at -> Timestamp,
    }
}

diesel::table! {
    approval (county, id) {
        county -> Integer,
        id -> BigInt,
        number -> Text,
        kind -> Text,
        authority -> Text,
        approved_on -> Date,
        approved_project -> Nullable<Text>,
        composition -> Text,
        total_cm2 -> BigInt,
        remark -> Nullable<Text>,
        version -> BigInt,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    project (county, id) {
        county -> Integer,
        id -> BigInt,
        code -> Text,
        name -> Text,
        investor_code -> Nullable<Text>,
        industry_code -> Nullable<Text>,
        remark -> Nullable<Text>,
        version -> BigInt,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    plot (county, id) {
        county -> Integer,
        id -> BigInt,
        code -> Text,
        name -> Nullable<Text>,
        location -> Nullable<Text>,
        origin -> Text,
        approval_id -> Nullable<BigInt>,
        approved_project -> Nullable<Text>,
        planned_use -> Nullable<Text>,
        recorded_cm2 -> BigInt,
        stated_value -> Text,
        stated_unit -> Text,
        composition -> Nullable<Text>,
        township_code -> Nullable<Integer>,
        cause -> Nullable<Text>,
        geometry_version -> Integer,
        polygon_cm2 -> Nullable<BigInt>,
        ellipsoidal_cm2 -> Nullable<BigInt>,
        reserved_on -> Nullable<Date>,
        remark -> Nullable<Text>,
        version -> BigInt,
        changed_no -> BigInt,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    plot_attribute (county, plot_id, attribute, from_day, n) {
        county -> Integer,
        plot_id -> BigInt,
        attribute -> Text,
        from_day -> Date,
        n -> Integer,
        value -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    plot_project (county, plot_id, project_id) {
        county -> Integer,
        plot_id -> BigInt,
        project_id -> BigInt,
    }
}

diesel::table! {
    parcel (county, id) {
        county -> Integer,
        id -> BigInt,
        code -> Text,
        cadastral_code -> Nullable<Text>,
        unit_code -> Nullable<Text>,
        regulatory_number -> Nullable<Text>,
        name -> Nullable<Text>,
        holder -> Nullable<Text>,
        holder_code -> Nullable<Text>,
        project_id -> Nullable<BigInt>,
        land_use -> Nullable<Text>,
        recorded_cm2 -> BigInt,
        stated_value -> Text,
        stated_unit -> Text,
        geometry_version -> Integer,
        polygon_cm2 -> Nullable<BigInt>,
        ellipsoidal_cm2 -> Nullable<BigInt>,
        remark -> Nullable<Text>,
        version -> BigInt,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    feature_geometry (county, collection, feature_id, version) {
        county -> Integer,
        collection -> Text,
        feature_id -> BigInt,
        version -> Integer,
        effective_on -> Date,
        srid -> Integer,
        grid_wkb -> Binary,
        crs84_wkb -> Binary,
        west_e7 -> BigInt,
        south_e7 -> BigInt,
        east_e7 -> BigInt,
        north_e7 -> BigInt,
        area_cm2 -> BigInt,
        ellipsoidal_cm2 -> BigInt,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    feature (ordinal) {
        ordinal -> BigInt,
        county -> Integer,
        collection -> Text,
        id -> BigInt,
        day -> Nullable<Date>,
        geometry_version -> Integer,
        west_e7 -> Nullable<Integer>,
        south_e7 -> Nullable<Integer>,
        east_e7 -> Nullable<Integer>,
        north_e7 -> Nullable<Integer>,
        geometry -> Nullable<Binary>,
        properties -> Binary,
        render_version -> Integer,
        srid -> Nullable<Integer>,
        grid_wkb -> Nullable<Binary>,
        crs84_wkb -> Nullable<Binary>,
    }
}

diesel::table! {
    feature_state (county, collection) {
        county -> Integer,
        collection -> Text,
        total -> BigInt,
        changes -> BigInt,
    }
}

diesel::table! {
    voucher (county, seq) {
        county -> Integer,
        seq -> BigInt,
        client_id -> Text,
        kind -> Text,
        effective_on -> Date,
        recorded_at -> Timestamp,
        proposer_id -> BigInt,
        reviewer_id -> Nullable<BigInt>,
        approver_id -> Nullable<BigInt>,
        document_number -> Nullable<Text>,
        document_authority -> Nullable<Text>,
        document_dated -> Nullable<Date>,
        attachments -> Text,
        corrects -> Nullable<BigInt>,
        write_off -> Nullable<Text>,
        method -> Nullable<Text>,
        is_historical -> Bool,
        is_late -> Bool,
        flags -> Text,
        memo_digest -> Nullable<Binary>,
        hash -> Binary,
    }
}

diesel::table! {
    voucher_line (county, seq, line) {
        county -> Integer,
        seq -> BigInt,
        line -> Integer,
        kind -> Text,
        effective_on -> Date,
        from_account -> Text,
        from_plot -> BigInt,
        from_parcel -> Nullable<BigInt>,
        to_account -> Text,
        to_plot -> BigInt,
        to_parcel -> Nullable<BigInt>,
        area_cm2 -> BigInt,
        drawn_sha256 -> Nullable<Binary>,
        moved_sha256 -> Nullable<Binary>,
    }
}

diesel::table! {
    voucher_note (county, seq) {
        county -> Integer,
        seq -> BigInt,
        salt -> Binary,
        memo -> Text,
    }
}

diesel::table! {
    balance (county, plot_id, account, parcel_id) {
        county -> Integer,
        account -> Text,
        plot_id -> BigInt,
        parcel_id -> BigInt,
        area_cm2 -> BigInt,
        land_sha256 -> Nullable<Binary>,
    }
}

diesel::table! {
    land_polygon (county, sha256) {
        county -> Integer,
        sha256 -> Binary,
        srid -> Integer,
        grid_wkb -> Binary,
        area_cm2 -> BigInt,
    }
}

diesel::table! {
    holding_land (county, plot_id, account, parcel_id, seq, n) {
        county -> Integer,
        plot_id -> BigInt,
        account -> Text,
        parcel_id -> BigInt,
        seq -> BigInt,
        n -> Integer,
        sha256 -> Nullable<Binary>,
    }
}

diesel::table! {
    plot_overlap (county, plot_id, plot_version, other_id, other_version) {
        county -> Integer,
        plot_id -> BigInt,
        plot_version -> Integer,
        other_id -> BigInt,
        other_version -> Integer,
        area_cm2 -> BigInt,
        is_within -> Bool,
        reason -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    frozen_base (county, id) {
        county -> Integer,
        id -> BigInt,
        kind -> Text,
        name -> Text,
        as_of -> Date,
        known_seq -> BigInt,
        head_hash -> Binary,
        area_cm2 -> BigInt,
        task_cm2 -> BigInt,
        task_number -> Text,
        task_dated -> Date,
        sha256 -> Binary,
        state -> Text,
        proposer_id -> BigInt,
        approver_id -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    frozen_base_plot (county, base_id, plot_id) {
        county -> Integer,
        base_id -> BigInt,
        plot_id -> BigInt,
        area_cm2 -> BigInt,
        township_code -> Nullable<Integer>,
        approved_on -> Nullable<Date>,
    }
}

diesel::table! {
    issued_report (county, base_id, n) {
        county -> Integer,
        base_id -> BigInt,
        n -> Integer,
        month_end -> Date,
        known_seq -> BigInt,
        sha256 -> Binary,
        body -> Text,
        issued_by -> BigInt,
        issued_at -> Timestamp,
        period -> Text,
    }
}

diesel::table! {
    monitoring_snapshot (county, n) {
        county -> Integer,
        n -> BigInt,
        as_of -> Date,
        file_sha256 -> Binary,
        byte_size -> BigInt,
        row_count -> BigInt,
        area_cm2 -> BigInt,
        imported_by -> BigInt,
        imported_at -> Timestamp,
    }
}

diesel::table! {
    monitoring_supply (county, snapshot, number) {
        county -> Integer,
        snapshot -> BigInt,
        number -> Text,
        sheet_row -> BigInt,
        area_cm2 -> BigInt,
        stated_value -> Text,
        stated_unit -> Text,
        signed_on -> Nullable<Date>,
        state -> Nullable<Text>,
        method -> Nullable<Text>,
        land_use -> Nullable<Text>,
        price_fen -> Nullable<BigInt>,
        project_name -> Nullable<Text>,
        location -> Nullable<Text>,
        land_source -> Nullable<Text>,
        term -> Nullable<Text>,
        industry -> Nullable<Text>,
        grade -> Nullable<Text>,
        authority -> Nullable<Text>,
        handover_by -> Nullable<Date>,
        start_by -> Nullable<Date>,
        finish_by -> Nullable<Date>,
        started_on -> Nullable<Date>,
        finished_on -> Nullable<Date>,
    }
}

diesel::table! {
    paper_settings (county, version) {
        county -> Integer,
        version -> BigInt,
        body -> Text,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    paper (county, id) {
        county -> Integer,
        id -> BigInt,
        case_id -> BigInt,
        kind -> Text,
        state -> Text,
        body -> Text,
        version -> BigInt,
        drafter_id -> BigInt,
        created_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    paper_issue (county, paper_id) {
        county -> Integer,
        paper_id -> BigInt,
        word -> Nullable<Text>,
        year -> Nullable<BigInt>,
        n -> Nullable<BigInt>,
        issued_on -> Nullable<Date>,
        step -> Nullable<Text>,
        body -> Text,
        docx_sha256 -> Text,
        html_sha256 -> Text,
        issued_at -> Timestamp,
        issued_by -> BigInt,
    }
}

diesel::table! {
    paper_number (county, word, year, n) {
        county -> Integer,
        word -> Text,
        year -> BigInt,
        n -> BigInt,
        paper_id -> Nullable<BigInt>,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    paper_number_void (county, word, year, n) {
        county -> Integer,
        word -> Text,
        year -> BigInt,
        n -> BigInt,
        reason -> Text,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    paper_void (county, paper_id) {
        county -> Integer,
        paper_id -> BigInt,
        reason -> Text,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    paper_scan (county, paper_id, n) {
        county -> Integer,
        paper_id -> BigInt,
        n -> BigInt,
        sha256 -> Text,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    price_base (county, id) {
        county -> Integer,
        id -> BigInt,
        plot_id -> BigInt,
        state -> Text,
        proposer_id -> BigInt,
        reviewer_id -> Nullable<BigInt>,
        issuer_id -> Nullable<BigInt>,
        body -> Text,
        findings -> Text,
        announcement -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    price_base_event (county, base_id, n) {
        county -> Integer,
        base_id -> BigInt,
        n -> Integer,
        action -> Text,
        user_id -> BigInt,
        comment -> Nullable<Text>,
        at -> Timestamp,
    }
}

diesel::table! {
    proposal (county, id) {
        county -> Integer,
        id -> BigInt,
        client_id -> Text,
        kind -> Text,
        effective_on -> Date,
        body -> Text,
        state -> Text,
        proposer_id -> BigInt,
        reviewer_id -> Nullable<BigInt>,
        posted_seq -> Nullable<BigInt>,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    proposal_event (county, proposal_id, n) {
        county -> Integer,
        proposal_id -> BigInt,
        n -> Integer,
        action -> Text,
        user_id -> BigInt,
        comment -> Nullable<Text>,
        at -> Timestamp,
    }
}

diesel::table! {
    closed_month (county, month_end) {
        county -> Integer,
        month_end -> Date,
        head_seq -> BigInt,
        head_hash -> Binary,
        closed_by -> BigInt,
        closed_at -> Timestamp,
    }
}

diesel::table! {
    policy_overlay (county, n) {
        county -> Integer,
        n -> BigInt,
        parameter -> Text,
        in_force -> Date,
        value -> Nullable<Text>,
        citation -> Text,
        is_verified -> Bool,
        reason -> Text,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    attachment (county, sha256) {
        county -> Integer,
        sha256 -> Text,
        media_type -> Text,
        byte_size -> BigInt,
        content -> Binary,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    journal (county, n) {
        county -> Integer,
        n -> BigInt,
        user_id -> BigInt,
        operation -> Text,
        collection -> Text,
        object_id -> BigInt,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
        at -> Timestamp,
    }
}

diesel::table! {
    reconciliation_note (county, difference, n) {
        county -> Integer,
        difference -> Text,
        n -> BigInt,
        owner_id -> Nullable<BigInt>,
        resolution -> Text,
        reason -> Nullable<Text>,
        figures_sha256 -> Binary,
        user_id -> BigInt,
        at -> Timestamp,
    }
}

diesel::table! {
    plot_measure (county, plot_id) {
        county -> Integer,
        plot_id -> BigInt,
        present_state -> Nullable<Text>,
        expropriated_cm2 -> Nullable<BigInt>,
        measure -> Nullable<Text>,
        measure_note -> Nullable<Text>,
        due_on -> Nullable<Date>,
        unit -> Nullable<Text>,
        person_id -> Nullable<BigInt>,
        net_land -> Text,
        remark -> Nullable<Text>,
        version -> BigInt,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    measure_contact (county, plot_id) {
        county -> Integer,
        plot_id -> BigInt,
        name -> Text,
    }
}

diesel::table! {
    plot_progress (county, plot_id, month, n) {
        county -> Integer,
        plot_id -> BigInt,
        month -> Date,
        n -> Integer,
        done -> Text,
        remark -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    reference_table (county, n) {
        county -> Integer,
        n -> BigInt,
        kind -> Text,
        in_force -> Date,
        citation -> Text,
        is_verified -> Bool,
        row_count -> Integer,
        content -> Text,
        reason -> Text,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    announcement (county, id) {
        county -> Integer,
        id -> BigInt,
        number -> Text,
        title -> Text,
        announced_on -> Date,
        until_day -> Date,
        url -> Nullable<Text>,
        items -> Text,
        withdrawn_on -> Nullable<Date>,
        version -> BigInt,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    precheck (county, id) {
        county -> Integer,
        id -> BigInt,
        reference -> Text,
        digest -> Text,
        company_code -> Text,
        company_name -> Text,
        project_name -> Nullable<Text>,
        industry_code -> Text,
        land_kind -> Text,
        land_use -> Text,
        area_cm2 -> BigInt,
        township -> Nullable<Integer>,
        method -> Nullable<Text>,
        needed_by -> Nullable<Date>,
        outcome -> Text,
        on_day -> Date,
        body -> Text,
        answer -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    precheck_contact (county, precheck_id) {
        county -> Integer,
        precheck_id -> BigInt,
        contact -> Text,
        erase_on -> Date,
    }
}

diesel::table! {
    precheck_source (county, day, source) {
        county -> Integer,
        day -> Date,
        source -> Text,
        sent -> Integer,
    }
}

diesel::table! {
    demand (county, id) {
        county -> Integer,
        id -> BigInt,
        precheck_id -> Nullable<BigInt>,
        company_code -> Text,
        company_name -> Text,
        project_name -> Nullable<Text>,
        industry_code -> Text,
        land_kind -> Text,
        land_use -> Text,
        area_cm2 -> BigInt,
        township -> Nullable<Integer>,
        method -> Nullable<Text>,
        needed_by -> Nullable<Date>,
        outcome -> Nullable<Text>,
        findings -> Nullable<Text>,
        state -> Text,
        remark -> Nullable<Text>,
        version -> BigInt,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    demand_opinion (county, demand_id, n) {
        county -> Integer,
        demand_id -> BigInt,
        n -> Integer,
        department -> Text,
        opinion -> Text,
        content -> Nullable<Text>,
        document_number -> Nullable<Text>,
        dated -> Date,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    encumbrance (county, id) {
        county -> Integer,
        id -> BigInt,
        parcel_id -> BigInt,
        kind -> Text,
        number -> Text,
        from_day -> Date,
        until_day -> Nullable<Date>,
        area_cm2 -> Nullable<BigInt>,
        appraised_fen -> Nullable<BigInt>,
        loan_fen -> Nullable<BigInt>,
        attachments -> Text,
        remark -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    encumbrance_party (county, encumbrance_id) {
        county -> Integer,
        encumbrance_id -> BigInt,
        name -> Text,
    }
}

diesel::table! {
    encumbrance_event (county, encumbrance_id, n) {
        county -> Integer,
        encumbrance_id -> BigInt,
        n -> Integer,
        action -> Text,
        consents_to -> Nullable<Text>,
        document_number -> Text,
        document_authority -> Text,
        dated -> Date,
        until_day -> Nullable<Date>,
        attachments -> Text,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    contract (county, id) {
        county -> Integer,
        id -> BigInt,
        kind -> Text,
        number -> Text,
        signed_on -> Date,
        earlier_use -> Nullable<Text>,
        regulatory_number -> Nullable<Text>,
        land_use -> Text,
        user_code -> Nullable<Text>,
        area_cm2 -> BigInt,
        price_fen -> Nullable<BigInt>,
        delivery_on -> Nullable<Date>,
        start_on -> Nullable<Date>,
        completion_on -> Nullable<Date>,
        version -> BigInt,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    contract_version (county, contract_id, n) {
        county -> Integer,
        contract_id -> BigInt,
        n -> BigInt,
        change -> Text,
        effective_on -> Date,
        document_number -> Nullable<Text>,
        corrects -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        parcels -> Text,
        user_name -> Nullable<Text>,
        user_code -> Nullable<Text>,
        terms -> Text,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    contract_event (county, contract_id, n) {
        county -> Integer,
        contract_id -> BigInt,
        n -> BigInt,
        kind -> Text,
        on_day -> Date,
        detail -> Text,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    contract_person (county, contract_id, slot) {
        county -> Integer,
        contract_id -> BigInt,
        slot -> Text,
        name -> Text,
    }
}

diesel::table! {
    contract_parcel (county, parcel_id, contract_id) {
        county -> Integer,
        parcel_id -> BigInt,
        contract_id -> BigInt,
    }
}

diesel::table! {
    contract_due (county, contract_id, kind, part) {
        county -> Integer,
        contract_id -> BigInt,
        kind -> Text,
        part -> Integer,
        due_on -> Date,
    }
}

diesel::table! {
    idle_case (county, id) {
        county -> Integer,
        id -> BigInt,
        year -> Integer,
        serial -> Integer,
        client_id -> Text,
        parcel_id -> BigInt,
        contract_id -> BigInt,
        phase -> Nullable<Text>,
        grounds -> Text,
        opened_on -> Date,
        area_cm2 -> BigInt,
        previous_id -> Nullable<BigInt>,
        srid -> Nullable<Integer>,
        grid_wkb -> Nullable<Binary>,
        remark -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::table! {
    idle_case_plot (county, plot_id, case_id) {
        county -> Integer,
        plot_id -> BigInt,
        case_id -> BigInt,
    }
}

diesel::table! {
    idle_case_state (county, case_id) {
        county -> Integer,
        case_id -> BigInt,
        version -> BigInt,
        state -> Text,
        cause -> Nullable<Text>,
        way -> Nullable<Text>,
        is_suspended -> Bool,
        found_on -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    idle_case_step (county, case_id, n) {
        county -> Integer,
        case_id -> BigInt,
        n -> Integer,
        kind -> Text,
        on_day -> Date,
        body -> Text,
        voids -> Nullable<Integer>,
        voucher_seq -> Nullable<BigInt>,
        proposer_id -> BigInt,
        reviewer_id -> Nullable<BigInt>,
        approver_id -> Nullable<BigInt>,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    idle_case_proposal (county, case_id, n) {
        county -> Integer,
        case_id -> BigInt,
        n -> Integer,
        kind -> Text,
        on_day -> Date,
        body -> Text,
        voids -> Nullable<Integer>,
        state -> Text,
        proposer_id -> BigInt,
        reviewer_id -> Nullable<BigInt>,
        step_n -> Nullable<Integer>,
        version -> BigInt,
        created_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    idle_case_event (county, case_id, proposal_n, n) {
        county -> Integer,
        case_id -> BigInt,
        proposal_n -> Integer,
        n -> Integer,
        action -> Text,
        user_id -> BigInt,
        comment -> Nullable<Text>,
        at -> Timestamp,
    }
}

diesel::table! {
    worklist_event (county, n) {
        county -> Integer,
        n -> BigInt,
        source -> Text,
        item_key -> Text,
        action -> Text,
        until_day -> Nullable<Date>,
        reason -> Text,
        user_id -> BigInt,
        at -> Timestamp,
    }
}

diesel::table! {
    attachment_subject (county, n) {
        county -> Integer,
        n -> BigInt,
        sha256 -> Text,
        collection -> Text,
        object_id -> BigInt,
        purpose -> Nullable<Text>,
        taken_at -> Nullable<Timestamp>,
        longitude_e7 -> Nullable<BigInt>,
        latitude_e7 -> Nullable<BigInt>,
        recorded_at -> Timestamp,
        recorded_by -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    county_state,
    township,
    app_user,
    person,
    password,
    password_secret,
    session,
    sign_in_event,
    sign_in_failure,
    role_grant,
    api_token,
    account_event,
    approval,
    project,
    plot,
    plot_attribute,
    plot_project,
    parcel,
    feature_geometry,
    feature,
    feature_state,
    voucher,
    voucher_line,
    voucher_note,
    balance,
    land_polygon,
    holding_land,
    plot_overlap,
    frozen_base,
    frozen_base_plot,
    issued_report,
    monitoring_snapshot,
    monitoring_supply,
    paper_settings,
    paper,
    paper_issue,
    paper_number,
    paper_number_void,
    paper_scan,
    paper_void,
    price_base,
    price_base_event,
    proposal,
    proposal_event,
    closed_month,
    policy_overlay,
    attachment,
    journal,
    reconciliation_note,
    plot_measure,
    measure_contact,
    plot_progress,
    reference_table,
    announcement,
    precheck,
    precheck_contact,
    precheck_source,
    demand,
    demand_opinion,
    encumbrance,
    encumbrance_party,
    encumbrance_event,
    idle_case,
    idle_case_plot,
    idle_case_state,
    idle_case_step,
    idle_case_proposal,
    idle_case_event,
    contract,
    contract_version,
    contract_event,
    contract_person,
    contract_parcel,
    contract_due,
    worklist_event,
    attachment_subject,
);
