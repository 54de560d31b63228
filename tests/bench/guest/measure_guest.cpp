// SPDX-License-Identifier: GPL-3.0-or-later
// Measures ours beside rsplib over the kernel's SCTP, in the user-mode Linux guest: `./dev bench --guest` starts it
// there. One processor and slow system calls: only ratios to what the same boot does mean anything.
//   measure_guest --out FOLDER [--only C|D|E|F] [--repetitions 5] [--seconds 1]
#include "programs/common/descriptors.h"
#include "tests/bench/guest/bench_world.h"
#include "tests/bench/guest/failures.h"
#include "tests/bench/guest/pictures.h"
#include "tests/bench/guest/pinged_element.h"
#include "tests/bench/guest/rates.h"
#include "tests/bench/guest/scale.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fmt/format.h>

int main(int argc, char** argv) {
    using namespace kolam;
    guest::BenchWorld::Settings settings{.programs = std::filesystem::read_symlink("/proc/self/exe").parent_path(),
                                         .out = "/run/out"};
    std::string only = "CDEF";
    guest::PingedElement element;
    CLI::App app{"Measures registrars, elements and users over the kernel's SCTP"};
    app.add_option("--out", settings.out, "Where logs and table.json go (/run/out)");
    app.add_option("--only", only, "Sections: C rates, D failures, E scale, F pictures (CDEF)");
    app.add_option("--repetitions", settings.repetitions, "Of each measurement (5)")->check(CLI::Range(1, 100));
    app.add_option("--seconds", settings.seconds, "Of one repetition of a rate (1)")->check(CLI::Range(0.1, 60.0));
    CLI::App* const serve = app.add_subcommand("element", "Be an element that sends back what it gets");
    element.declare(*serve);
    CLI11_PARSE(app, argc, argv);
    if (serve->parsed()) {
        return element.run();
    }
    if (std::getenv("KOLAM_GUEST") == nullptr) {
        fmt::print(stderr, "measure_guest: only in the guest, see ./dev bench --guest\n");
        return 2;
    }
    programs::allowManyDescriptors();
    guest::Report report;
    guest::BenchWorld world{settings};
    const auto wanted = [&](char section) { return only.find(section) != std::string::npos; };
    if (wanted('C')) {
        guest::measureRates(world, report);
    }
    if (wanted('D')) {
        guest::measureFailures(world, report);
    }
    if (wanted('E')) {
        guest::measureScale(world, report);
    }
    if (wanted('F')) {
        guest::measurePictures(world, report);
    }
    report.print();
    return report.write(settings.out / "table.json") ? 0 : 1;
}
