// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/pool_backend.h"

#include "programs/common/signals.h"
#include "programs/common/spdlog_log.h"

#include <QDeadlineTimer>
#include <cstdlib>
#include <utility>

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

const TransportAddress loopback{{IpAddress::v4(127, 0, 0, 1)}, 0};

} // namespace

/// Everything that lives in the thread, in the order in which it must go, backwards.
struct PoolBackend::Core {
    Core(PoolBackend& backendOfCore, Config configOfCore)
        : backend(backendOfCore)
        , config(std::move(configOfCore))
        , log(LogLevel::Info) {}

    void open(DescriptorDispatcher& dispatcher) {
        signalWatch.emplace(dispatcher, [this](int) {
            backend.m_wasSignalled = true;
            emit backend.signalled();
        });
        auto opened = programs::openTransport(config.transport, dispatcher);
        if (!opened) {
            return fail(QString::fromStdString(opened.error()));
        }
        transport = std::move(*opened);
        component.emplace(dispatcher, *transport, log, config.component);
        config.user.telemetry = &component->hub();
        auto started = UserNode::start(dispatcher, component->transport(), component->log(), config.user);
        if (!started) {
            return fail(QString::fromStdString(started.error().message()));
        }
        node = std::move(*started);
        const auto watchable =
            component->open({.id = telemetry::componentId(telemetry::Role::User, dispatcher.random()()),
                             .program = programs::withVersion("kolam-fractal"),
                             .pool = {},
                             .address = config.user.local.value_or(loopback),
                             .cspContent = [this] { return node->cspContent(); },
                             .handlers = {.answer = {}, .stop = [this] { emit backend.signalled(); }, .drain = {}}});
        if (!watchable) {
            component->log().error("{}", watchable.error());
        }
        node->onStatus([this](const UserStatus& status) { emit backend.linkChanged(linkOf(status)); });
        emit backend.linkChanged(linkOf(node->status()));
        sessions.emplace(*node);
        engine.emplace(dispatcher, *sessions, component->log(), config.engine);
        engine->onUpdate([this](const UpdatePointer& update) { emit backend.updated(update); });
    }
    void fail(const QString& why) { emit backend.linkChanged({.failed = true, .failure = why, .started = true}); }
    void close() {
        engine.reset();
        sessions.reset();
        node.reset();
        component.reset();
        transport.reset();
        signalWatch.reset();
    }

    PoolBackend& backend;
    Config config;
    programs::SpdlogLog log;
    std::optional<programs::SignalWatch> signalWatch;
    std::unique_ptr<transport::Transport> transport;
    std::optional<Component> component;
    std::unique_ptr<UserNode> node;
    std::optional<fractal::UserNodeSessions> sessions;
    std::optional<fractal::FractalPoolUser> engine;
};

PoolBackend::PoolBackend(const Config& config) : m_core(std::make_shared<Core>(*this, config)) {
    m_thread.setObjectName(QStringLiteral("core"));
    m_thread.start();
    m_thread.post([core = m_core, &dispatcher = m_thread.dispatcher()] { core->open(dispatcher); });
}

void PoolBackend::close() {
    if (!std::exchange(m_closed, true)) {
        m_thread.finish([core = m_core] { core->close(); });
    }
}

PoolBackend::~PoolBackend() {
    close();
    if (!m_thread.wait(QDeadlineTimer(patience))) {
        // Whatever holds the thread up, the user has closed the window: the system takes everything back.
        std::_Exit(EXIT_SUCCESS);
    }
}

void PoolBackend::start(const wire::FractalParameter& image, fractal::CoarsePass coarse) {
    post([image, coarse](Core& core) {
        if (core.engine) {
            static_cast<void>(core.engine->start(image, coarse));
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
        core.config.engine.sessions = sessions; // also of the next pool
        if (core.engine) {
            core.engine->setSessions(sessions);
        }
    });
}

void PoolBackend::useRegistrar(const TransportAddress& registrar) {
    post([registrar, &dispatcher = m_thread.dispatcher()](Core& core) {
        core.close();
        core.config.user.registrars = {.announces = false, .fixed = {registrar}};
        core.open(dispatcher);
    });
}

void PoolBackend::post(std::move_only_function<void(Core&)> command) {
    m_thread.post([core = m_core, command = std::move(command)]() mutable { command(*core); });
}

} // namespace kolam::gui
