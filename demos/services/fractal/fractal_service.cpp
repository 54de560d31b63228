// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/fractal/fractal_service.h"

#include "demos/services/fractal/fractal_session.h"

#include <algorithm>

namespace kolam::fractal {
namespace {
constexpr Duration tickInterval = 100ms;
}

FractalService::FractalService(Dispatcher& dispatcher, ComputePool& pool, Log& log, FractalServiceOptions options)
    : m_dispatcher(dispatcher)
    , m_pool(pool)
    , m_log(log)
    , m_options(options) {}

FractalService::~FractalService() {
    m_dispatcher.cancel(m_tick);
}

std::unique_ptr<ServiceSession> FractalService::open(SessionLink& link) {
    if (m_sessions.size() >= m_options.capacity) {
        ++m_statistics.refused;
        return nullptr;
    }
    ++m_statistics.sessions;
    auto session = std::make_unique<FractalSession>(*this, link);
    m_sessions.push_back(session.get());
    if (m_tick == TimerId::None) {
        armTick();
    }
    return session;
}

double FractalService::load() const {
    return m_options.capacity == 0 ? 1.0 : static_cast<double>(m_sessions.size()) / m_options.capacity;
}

std::uint32_t FractalService::features() const {
    return m_options.classic ? 0 : wire::Features::extendedFractals;
}

void FractalService::ended(FractalSession& session) {
    std::erase(m_sessions, &session);
}

void FractalService::armTick() {
    m_tick = m_dispatcher.callIn(tickInterval, [this] { tick(); });
}

void FractalService::tick() {
    m_tick = TimerId::None;
    for (std::size_t i = 0; i < m_sessions.size();
         ++i) { // a session may end meanwhile; then one waits for the next tick
        m_sessions[i]->tick();
    }
    if (!m_sessions.empty()) {
        armTick();
    }
}

} // namespace kolam::fractal
