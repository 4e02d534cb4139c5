/// Files of plots are millions of small texts and lists, made by one thread and taken apart by another: that is what this allocator
/// is good at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    dizhang::cli::run()
}
