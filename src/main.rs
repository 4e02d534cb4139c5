fn main() -> std::process::ExitCode {
    dizhang::cli::run()
}
