DROP TABLE idle_case_event;
DROP TABLE idle_case_proposal;
DROP TABLE idle_case_step;
DROP TABLE idle_case_state;
DROP TABLE idle_case_plot;
DROP TABLE idle_case;
