// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the registrar at its ports: where nobody has chosen them, the first ones that are free, so that any number of
// registrars on one host needs no configuration. Next door: registrar_settings.h, what was chosen.
#pragma once

#include "registrar/registrar_settings.h"

namespace kolam {

/// The error is a sentence. Everything referred to must outlive the node; `settings.node` gets the ports.
[[nodiscard]] std::expected<std::unique_ptr<RegistrarNode>, std::string> startRegistrar(Dispatcher& dispatcher,
                                                                                        transport::Transport& transport,
                                                                                        Log& log, Authorizer& access,
                                                                                        RegistrarSettings& settings);

} // namespace kolam
