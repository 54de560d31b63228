// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures from a real pool: transport, pool user and tile engine live in a thread of their own; batches come as queued
// signals, commands are posted. Next door: demos/users/fractal, the engine; gui/common/core_thread.h.
#pragma once

#include "core/node/user_node.h"
#include "demos/users/fractal/fractal_pool_user.h"
#include "gui/common/core_thread.h"
#include "gui/fractal/fractal_backend.h"
#include "programs/common/component_options.h"
#include "programs/common/transport_choice.h"

#include <atomic>

namespace kolam::gui {

class PoolBackend final : public FractalBackend {
    Q_OBJECT
public:
    struct Config {
        UserNode::Config user;
        fractal::FractalPoolUser::Config engine;
        programs::TransportChoice transport = programs::TransportChoice::Auto;
        ComponentOptions component; // for whoever watches
    };
    /// Its thread starts at once; what goes wrong comes as a PoolLink.
    explicit PoolBackend(const Config& config);
    ~PoolBackend() override; // closes; waits a moment, never longer
    /// Closes the sessions; nothing is computed any more. For who has other things to do until the destructor waits.
    void close();
    /// The process was asked to end; for who is not in an event loop yet.
    [[nodiscard]] bool wasSignalled() const { return m_wasSignalled; }

    void start(const wire::FractalParameter& image, fractal::CoarsePass coarse) override;
    void cancel() override;
    void setSessions(quint32 sessions) override;
    /// Leaves the pool, and goes to the one of this registrar; then start() again.
    void useRegistrar(const TransportAddress& registrar);

signals:
    /// The process was asked to end: SIGINT, SIGTERM, SIGHUP.
    void signalled();

private:
    struct Core;
    void post(std::move_only_function<void(Core&)> command);

    std::shared_ptr<Core> m_core; // made here, used and emptied in the thread
    CoreThread m_thread;
    bool m_closed = false;
    std::atomic<bool> m_wasSignalled = false;
};

} // namespace kolam::gui
