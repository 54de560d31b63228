// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/pool_backend.h"

#include "programs/common/signals.h"
#include "programs/common/spdlog_log.h"

#include <cstdlib>

namespace kolam::gui {

namespace {

constexpr std::chrono::milliseconds patience{300}; // of a window that wants to close

PoolLink linkOf(const UserStatus& status) {
    PoolLink link{.started = true, .hasRegistrar = !status.looking};
    if (link.hasRegistrar) {
        const QString address = QString::fromStdString(toText(status.registrarAddress));
        // One that was named by its address has not said its identifier.
        link.registrar =
            status.registrar == ServerId{}
                ? PoolBackend::tr("at %1").arg(address)
                : PoolBackend::tr("%1 at %2").arg(QString::fromStdString(toText(status.registrar)), address);
    }
    return link;
}

} // namespace

/// Everything that lives in the thread, in the order in which it must go, backwards.
struct PoolBackend::Core {
    Core(PoolBackend& backendOfCore, Config configOfCore)
        : backend(backendOfCore)
        , config(std::move(configOfCore))
        , log(LogLevel::Info) {}

    void open(DescriptorDispatcher& dispatcher) {
        signalWatch.emplace(dispatcher, [this](int) { emit backend.signalled(); });
        auto opened = programs::openTransport(config.transport, dispatcher);
        if (!opened) {
            return fail(QString::fromStdString(opened.error()));
        }
        transport = std::move(*opened);
        auto started = UserNode::start(dispatcher, *transport, log, config.user);
        if (!started) {
            return fail(QString::fromStdString(started.error().message()));
        }
        node = std::move(*started);
        node->onStatus([this](const UserStatus& status) { emit backend.linkChanged(linkOf(status)); });
        emit backend.linkChanged(linkOf(node->status()));
        sessions.emplace(*node);
        engine.emplace(dispatcher, *sessions, log, config.engine);
        engine->onUpdate([this](const UpdatePointer& update) { emit backend.updated(update); });
    }
    void fail(const QString& why) { emit backend.linkChanged({.failed = true, .failure = why, .started = true}); }
    void close() {
        engine.reset();
        sessions.reset();
        node.reset();
        transport.reset();
        signalWatch.reset();
    }

    PoolBackend& backend;
    Config config;
    programs::SpdlogLog log;
    std::optional<programs::SignalWatch> signalWatch;
    std::unique_ptr<transport::Transport> transport;
    std::unique_ptr<UserNode> node;
    std::optional<fractal::UserNodeSessions> sessions;
    std::optional<fractal::FractalPoolUser> engine;
};

PoolBackend::PoolBackend(const Config& config) : m_core(std::make_shared<Core>(*this, config)) {
    m_thread.setObjectName(QStringLiteral("core"));
    m_thread.start();
    m_thread.post([core = m_core, &dispatcher = m_thread.dispatcher()] { core->open(dispatcher); });
}

PoolBackend::~PoolBackend() {
    if (!m_thread.end([core = m_core] { core->close(); }, patience)) {
        // Whatever holds the thread up, the user has closed the window: the system takes everything back.
        std::_Exit(EXIT_SUCCESS);
    }
}

void PoolBackend::start(const wire::FractalParameter& image) {
    post([image](Core& core) {
        if (core.engine) {
            static_cast<void>(core.engine->start(image));
        }
    });
}

void PoolBackend::cancel() {
    post([](Core& core) {
        if (core.engine) {
            core.engine->cancel();
        }
    });
}

void PoolBackend::setSessions(quint32 sessions) {
    post([sessions](Core& core) {
        if (core.engine) {
            core.engine->setSessions(sessions);
        }
    });
}

void PoolBackend::post(std::move_only_function<void(Core&)> command) {
    m_thread.post([core = m_core, command = std::move(command)]() mutable { command(*core); });
}

} // namespace kolam::gui
