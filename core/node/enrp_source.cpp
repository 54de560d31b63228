// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/enrp_source.h"

#include "core/telemetry/event_hub.h"

#include <utility>

namespace kolam {

using namespace telemetry;

EnrpSource::EnrpSource(Dispatcher& dispatcher, transport::Transport& transport, Config config, Sink sink,
                       std::function<void(const std::string&)> failed)
    : m_dispatcher(dispatcher)
    , m_transport(transport)
    , m_config(std::move(config))
    , m_sink(std::move(sink))
    , m_failed(std::move(failed))
    , m_own(dispatcher.random().nonZero32()) {
    ask();
}

EnrpSource::~EnrpSource() {
    m_dispatcher.cancel(m_timer);
}

void EnrpSource::ask() {
    m_timer = TimerId::None;
    m_inquiry = std::make_unique<EnrpInquiry>(
        m_dispatcher, m_transport,
        EnrpInquiry::Config{.registrar = m_config.registrar, .timeout = m_config.timeout, .own = m_own},
        [this](const EnrpInquiry::Answer& answer) {
            m_inquiry.reset();
            m_timer = m_dispatcher.callIn(m_config.interval, [this] { ask(); });
            take(answer);
        });
}

void EnrpSource::take(const EnrpInquiry::Answer& answer) {
    if (answer) {
        m_isFailing = false;
        if (m_teller.registrar() != answer->summary.id) { // another one has taken its place
            tell(m_teller.lost(DownKind::StreamEnded));
        }
        return tell(m_teller.take(*answer));
    }
    tell(m_teller.lost(answer.error().nobodyThere ? DownKind::StreamEnded : DownKind::Silent));
    if (!std::exchange(m_isFailing, true)) {
        m_failed(answer.error().sentence);
    }
}

void EnrpSource::tell(std::vector<EventBody> bodies) {
    for (EventBody& body : bodies) {
        m_sink({.number = 0,
                .component = componentId(m_teller.registrar()),
                .wall = EventHub::systemWallClock(),
                .monotonic = m_dispatcher.now(),
                .story = {},
                .body = std::move(body)});
    }
}

} // namespace kolam
