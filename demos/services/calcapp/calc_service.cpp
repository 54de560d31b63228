// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/calcapp/calc_service.h"

#include "core/wire/codec.h"
#include "demos/services/common/outbox.h"

#include <utility>

namespace kolam::calcapp {

namespace {} // namespace

/// Carries messages between a user and the server.
class CalcService::Session final : public ServiceSession {
public:
    Session(CalcService& service, SessionLink& link, std::uint64_t number)
        : m_service(service)
        , m_link(link)
        , m_outbox(link)
        , m_number(number) {
        m_service.m_sessions.emplace(number, this);
    }
    ~Session() override { leave(); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void onMessage(std::uint32_t ppid, OctetView data) override {
        if (m_over) {
            return;
        }
        const auto message = wire::decode<wire::CalcAppMessage>(data);
        if (ppid != wire::calcAppPpid || !message) {
            return abort("not a message of CalcApp");
        }
        m_service.deliver(CalcServer::Received{CalcSession{m_number}, *message});
    }
    void onCookieEcho(OctetView octets) override {
        if (m_over) {
            return;
        }
        const auto cookie = wire::decode<wire::CalcAppCookie>(octets);
        if (!cookie) {
            return abort("malformed cookie");
        }
        m_service.deliver(CalcServer::CookieEchoed{CalcSession{m_number}, *cookie});
    }
    void onWritable() override { m_outbox.onWritable(); }
    void onClosed() override { leave(); }

    void send(const wire::CalcAppMessage& message) {
        if (!m_outbox.send(wire::calcAppPpid, wire::encode(message))) {
            abort("takes no messages");
        }
    }
    void sendCookie(const wire::CalcAppCookie& cookie) {
        if (!m_outbox.sendCookie(wire::encode(cookie))) {
            abort("takes no cookies");
        }
    }
    void abort(std::string_view why) {
        if (!std::exchange(m_over, true)) {
            m_service.m_log.warning("calcapp: session with {} aborted: {}", m_link.peer(), why);
            m_link.abort(why);
        }
    }
    [[nodiscard]] std::string peer() const { return m_link.peer(); }

private:
    void leave() {
        m_over = true;
        if (m_service.m_sessions.erase(m_number) > 0) {
            m_service.deliver(CalcServer::SessionClosed{CalcSession{m_number}});
        }
    }

    CalcService& m_service;
    SessionLink& m_link;
    services::Outbox m_outbox;
    std::uint64_t m_number;
    bool m_over = false;
};

CalcService::CalcService(Dispatcher& dispatcher, Log& log, const CalcServiceOptions& options,
                         std::unique_ptr<ResultFile> vector)
    : m_dispatcher(dispatcher)
    , m_log(log)
    , m_options(options)
    , m_begin(dispatcher.now())
    , m_server(options.server, dispatcher.now())
    , m_timer(dispatcher, [this] { deliver(CalcServer::DeadlineReached{}); })
    , m_vector(std::move(vector), "ObjectName PID PoolElementIdentifier CurrentTimeStamp Runtime   "
                                  "AvailableCalculations UsedCalculations Utilization   CurrentJobs MaxJobs") {}

CalcService::~CalcService() = default;

std::unique_ptr<ServiceSession> CalcService::open(SessionLink& link) {
    if (m_sessions.size() >= m_options.sessions) {
        return nullptr;
    }
    return std::make_unique<Session>(*this, link, ++m_lastSession);
}

double CalcService::load() const {
    return std::min(1.0, static_cast<double>(m_server.jobs()) / m_options.server.maxJobs);
}

void CalcService::onLeave() {
    if (m_dispatcher.random().chance(m_options.cleanShutdownProbability)) {
        deliver(CalcServer::Leaving{});
    }
}

void CalcService::deliver(const CalcServer::Input& input) {
    for (const CalcServer::Action& action : m_server.handle(input, m_dispatcher.now())) {
        perform(action);
    }
}

void CalcService::perform(const CalcServer::Action& action) {
    const auto session = [this](CalcSession number) -> Session* {
        const auto found = m_sessions.find(std::to_underlying(number));
        return found == m_sessions.end() ? nullptr : found->second;
    };
    std::visit(Overloaded{
                   [&](const CalcServer::Send& a) {
                       if (auto* const to = session(a.session)) {
                           to->send(a.message);
                       }
                   },
                   [&](const CalcServer::SendCookie& a) {
                       if (auto* const to = session(a.session)) {
                           to->sendCookie(a.cookie);
                       }
                   },
                   [&](const CalcServer::AbortSession& a) {
                       if (auto* const to = session(a.session)) {
                           to->abort(a.why);
                       }
                   },
                   [&](const CalcServer::JobCompleted& a) { noteCompletion(a.jobsLeft); },
                   [&](const CalcServer::JobDropped& a) {
                       const auto* const of = session(a.session);
                       m_log.info("calcapp: job {} of {} dropped: {}", a.jobId, of != nullptr ? of->peer() : "a user",
                                  a.why);
                   },
                   [&](const CalcServer::ArmTimer& a) { m_timer.arm(a.deadline); },
               },
               action);
}

void CalcService::noteCompletion(std::uint32_t jobsLeft) {
    const ProcessorSharing& processor = m_server.processor();
    const double available = processor.available();
    m_vector.line(fmt::format("{} {} 0x{:08x} {:.6f}   {:.6f}   {:.0f} {:.0f} {:.6f}   {} {}", m_options.object,
                              m_options.processId, m_options.elementId,
                              toSeconds(m_dispatcher.now().time_since_epoch()), toSeconds(m_dispatcher.now() - m_begin),
                              available, processor.used(), available > 0 ? processor.used() / available : 0.0, jobsLeft,
                              m_options.server.maxJobs));
}

std::string CalcService::scalars() {
    deliver(CalcServer::DeadlineReached{}); // lets time pass until now
    const ProcessorSharing& processor = m_server.processor();
    const CalcServer::Statistics& all = m_server.statistics();
    const double available = processor.available();
    const auto line = [this](std::string_view name, const std::string& value) {
        return scalarLine(m_options.object, name, value);
    };
    return std::string{scalarsBegin} +
           line("CalcAppPE Service Uptime", fmt::format("{:.6f}", toSeconds(m_dispatcher.now() - m_begin))) +
           line("CalcAppPE Service Capacity", fmt::format("{:.0f}", m_options.server.capacity)) +
           line("CalcAppPE Service Max Jobs", fmt::format("{}", m_options.server.maxJobs)) +
           line("CalcAppPE Total Used Capacity", fmt::format("{:.0f}", processor.used())) +
           line("CalcAppPE Total Wasted Capacity", fmt::format("{:.0f}", available - processor.used())) +
           line("CalcAppPE Total Jobs Accepted", fmt::format("{}", all.accepted)) +
           line("CalcAppPE Total Jobs Rejected", fmt::format("{}", all.rejected)) +
           line("CalcAppPE Utilization", fmt::format("{:.6f}", available > 0 ? processor.used() / available : 0.0));
}

} // namespace kolam::calcapp
