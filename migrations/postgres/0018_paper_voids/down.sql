DROP TABLE paper_void;
