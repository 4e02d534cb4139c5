DROP TABLE sign_in_failure;
DROP TABLE sign_in_event;
DROP TABLE session;
DROP TABLE password_secret;
DROP TABLE password;
