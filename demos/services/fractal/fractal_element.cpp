// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/fractal/fractal_element.h"

#include "demos/services/fractal/thread_compute_pool.h"

#include <algorithm>
#include <thread>

namespace kolam::fractal {

FractalElement::FractalElement(Dispatcher& dispatcher, Log& log, const FractalServeOptions& options,
                               std::unique_ptr<ComputePool> pool)
    : m_pool(std::move(pool))
    , m_service(dispatcher, *m_pool, log, options.service) {}

std::expected<std::unique_ptr<FractalElement>, std::error_code>
FractalElement::start(Dispatcher& dispatcher, transport::Transport& transport, Log& log,
                      const FractalServeOptions& options) {
    const unsigned threads = options.threads > 0 ? options.threads : std::max(std::thread::hardware_concurrency(), 1u);
    return start(dispatcher, transport, log, options, std::make_unique<ThreadComputePool>(dispatcher, threads));
}

std::expected<std::unique_ptr<FractalElement>, std::error_code>
FractalElement::start(Dispatcher& dispatcher, transport::Transport& transport, Log& log,
                      const FractalServeOptions& options, std::unique_ptr<ComputePool> pool) {
    std::unique_ptr<FractalElement> element{new FractalElement(dispatcher, log, options, std::move(pool))};
    auto node = ElementNode::start(dispatcher, transport, log, element->m_service, options.element);
    if (!node) {
        return std::unexpected(node.error());
    }
    element->m_node = std::move(*node);
    return element;
}

} // namespace kolam::fractal
