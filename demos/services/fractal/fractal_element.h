// SPDX-License-Identifier: GPL-3.0-or-later
// A pool element with the fractal service: what `kolam serve fractal` runs. No options are parsed here.
#pragma once

#include "core/node/element_node.h"
#include "demos/services/fractal/fractal_service.h"

#include <expected>
#include <memory>
#include <system_error>

namespace kolam::fractal {

struct FractalServeOptions {
    ElementNode::Config element{.poolHandle = PoolHandle{"FractalGeneratorPool"}};
    FractalServiceOptions service;
    unsigned threads = 0; // that compute; 0: one for each processor
};

/// Service, computing threads and element, ended in the right order.
class FractalElement {
public:
    /// Dispatcher, transport and log must outlive it. The dispatcher must take post() from any thread.
    /// Errors: those of ElementNode::start.
    static std::expected<std::unique_ptr<FractalElement>, std::error_code>
    start(Dispatcher& dispatcher, transport::Transport& transport, Log& log, const FractalServeOptions& options);
    /// The same with another compute pool: for the simulator.
    static std::expected<std::unique_ptr<FractalElement>, std::error_code>
    start(Dispatcher& dispatcher, transport::Transport& transport, Log& log, const FractalServeOptions& options,
          std::unique_ptr<ComputePool> pool);

    [[nodiscard]] ElementNode& node() { return *m_node; }
    [[nodiscard]] const FractalService& service() const { return m_service; }

private:
    FractalElement(Dispatcher& dispatcher, Log& log, const FractalServeOptions& options,
                   std::unique_ptr<ComputePool> pool);

    std::unique_ptr<ComputePool> m_pool;
    FractalService m_service;
    std::unique_ptr<ElementNode> m_node; // last: its sessions end before the service
};

} // namespace kolam::fractal
