// SPDX-License-Identifier: GPL-3.0-or-later
// Users: their sessions, and the stories of failovers. Next door: model.cpp.
#include "core/base/strong.h"
#include "gui/common/model.h"

#include <algorithm>

namespace kolam::gui {

using namespace telemetry;

namespace {

/// How long before its detection, or after its end, something can be part of a failover.
constexpr std::int64_t near = 10'000'000'000; // nanoseconds

std::int64_t lastTime(const Failover& failover) {
    std::int64_t last = 0;
    for (const auto& time : failover.times) {
        last = std::max(last, time ? time->value : 0);
    }
    return last;
}

} // namespace

bool Model::takeSession(const Event& event, ComponentView& component) {
    using Stage = SessionView::Stage;
    const auto enter = [&](std::uint64_t number, Stage stage) -> SessionView& {
        SessionView& session = component.sessions[number];
        if (session.stage != stage || session.since == WallTime{}) {
            session.stage = stage;
            session.since = event.wall;
        }
        session.why.clear();
        return session;
    };
    return std::visit(Overloaded{
                          [&](const SessionOpened& e) {
                              enter(e.session, Stage::Opening).pool = e.pool;
                              return true;
                          },
                          [&](const ElementsSelected& e) {
                              component.sessions[e.session].pool = e.pool;
                              return true;
                          },
                          [&](const Connecting& e) {
                              SessionView& session = component.sessions[e.session];
                              // A session that fails over is still the lost element's, until the next one has it.
                              if (session.stage != Stage::FailingOver) {
                                  enter(e.session, Stage::Connecting).element = e.element;
                              }
                              return true;
                          },
                          [&](const SessionEstablished& e) {
                              SessionView& session = enter(e.session, Stage::Established);
                              session.pool = e.pool;
                              session.element = e.element;
                              heardOf(elementNode(e.pool, e.element));
                              return true;
                          },
                          [&](const SessionWaiting& e) {
                              SessionView& session = component.sessions[e.session];
                              if (session.stage != Stage::FailingOver) {
                                  enter(e.session, Stage::Waiting);
                              }
                              session.pool = e.pool;
                              session.why = e.why;
                              return true;
                          },
                          [&](const FailoverBegan& e) {
                              SessionView& session = enter(e.session, Stage::FailingOver);
                              session.pool = e.pool;
                              session.element = e.failed;
                              ++session.failovers;
                              return true;
                          },
                          [&](const FailoverEnded& e) {
                              SessionView& session = enter(e.session, Stage::Established);
                              session.pool = e.pool;
                              session.element = e.next;
                              return true;
                          },
                          [&](const SessionClosed& e) {
                              component.sessions.erase(e.session);
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      event.body);
}

void Model::takeStory(const Event& event) {
    if (const auto* const began = std::get_if<FailoverBegan>(&event.body)) {
        Failover failover{.story = event.story,
                          .user = event.component,
                          .session = began->session,
                          .pool = began->pool,
                          .failed = began->failed,
                          .reason = began->reason,
                          .cookieOctets = began->cookieOctets};
        failover.happened(FailoverStep::Detected, event.wall);
        // Watchers often see a process go before its users do.
        const ComponentView* const lost = component(componentId(began->failed));
        if (lost != nullptr && lost->presence != Presence::Here && lost->since.value + near > event.wall.value) {
            failover.how = lost->presence == Presence::Silent ? DownKind::Silent : DownKind::StreamEnded;
            failover.happened(FailoverStep::Gone, lost->since);
        }
        m_failovers.push_back(std::move(failover));
        if (m_failovers.size() > mostFailovers) {
            m_failovers.pop_front();
        }
        return;
    }
    if (const auto* const down = std::get_if<ComponentDown>(&event.body)) {
        for (Failover& failover : m_failovers) {
            if (componentId(failover.failed) == event.component && !failover.how &&
                event.wall.value < lastTime(failover) + near) {
                failover.how = down->how;
                failover.happened(FailoverStep::Gone, event.wall);
            }
        }
        return;
    }
    // One story can be that of several sessions: all that were with the failed element.
    const bool ofUser = roleOf(event.component) == Role::User;
    if (event.story == StoryId{} && !ofUser) {
        return;
    }
    for (auto failover = m_failovers.rbegin(); failover != m_failovers.rend(); ++failover) {
        const bool same = event.story != StoryId{} ? failover->story == event.story : failover->user == event.component;
        if (same && event.wall.value < lastTime(*failover) + near) {
            failover->take(event);
        } else if (event.wall.value > lastTime(*failover) + 6 * near) {
            return; // the older ones are older still
        }
    }
}

std::uint64_t Model::sessionsWith(const NodeId& element) const {
    std::uint64_t count = 0;
    for (const auto& [id, component] : m_components) {
        for (const auto& [number, session] : component.sessions) {
            count += session.stage == SessionView::Stage::Established &&
                             elementNode(session.pool, session.element) == element
                         ? 1U
                         : 0U;
        }
    }
    return count;
}

std::uint64_t Model::sessionCount() const {
    std::uint64_t count = 0;
    for (const auto& [id, component] : m_components) {
        count += component.sessions.size();
    }
    return count;
}

} // namespace kolam::gui
