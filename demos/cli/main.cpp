// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam`: one command line with sub-commands, each in a file of its own (commands.h).
#include "demos/cli/commands.h"
#include "demos/cli/documents.h"
#include "demos/cli/option_reading.h"
#include "programs/common/signals.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    kolam::programs::blockSignals(); // before anything starts a thread
    CLI::App app{"Reliable Server Pooling: servers, demonstrations and measurements", "kolam"};
    app.set_version_flag("--version", "kolam " KOLAM_VERSION);
    app.require_subcommand(1);
    kolam::cli::Run run;
    kolam::cli::addServe(app, run);
    kolam::cli::addTerminal(app, run);
    kolam::cli::addPing(app, run);
    kolam::cli::addCalc(app, run);
    kolam::cli::addScript(app, run);
    kolam::cli::addProxy(app, run);
    kolam::cli::addDemo(app, run);
    kolam::cli::addDump(app, run);
    kolam::cli::addImport(app, run);
    kolam::cli::addLab(app, run);
    kolam::cli::addLoad(app, run);
    kolam::cli::addSim(app, run);
    kolam::cli::addRecord(app, run);
    kolam::cli::addReplay(app, run);
    kolam::cli::addTop(app, run);
    kolam::cli::addDocuments(app, KOLAM_VERSION, run);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kolam::cli::badOption; // --help is no error
    }
    return run();
}
