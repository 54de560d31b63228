// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam serve SERVICE`: one pool element in one process. Next door: one file for each service.
#include "demos/cli/serve/serve.h"

namespace kolam::cli {

void addServe(CLI::App& kolam, Run& run) {
    CLI::App* const serve = kolam.add_subcommand("serve", "Be a pool element: serve a service to a pool's users");
    serve->require_subcommand(1);
    addServeEcho(*serve, run);
    addServeDiscard(*serve, run);
    addServeDaytime(*serve, run);
    addServeChargen(*serve, run);
    addServePingPong(*serve, run);
    addServeCalc(*serve, run);
    addServeScript(*serve, run);
    addServeFractal(*serve, run);
}

} // namespace kolam::cli
