// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/floor/user_echo.h"

#include "core/dispatch/epoll_dispatcher.h"
#include "core/transport/user_transport.h"

#include <deque>
#include <fmt/format.h>

namespace kolam::floor {

namespace {

std::string cannotOpen(const std::error_code& error) {
    return fmt::format("cannot open a port: {}", error.message());
}

class Asker {
public:
    explicit Asker(const Asking& asking) : m_asking(asking) {}

    load::LoadResult run() {
        auto transport = transport::makeUserTransport(m_dispatcher);
        if (!transport) {
            ++m_result.failures[cannotOpen(transport.error())];
            return std::move(m_result);
        }
        auto opened =
            (*transport)->open({.local = {{m_asking.from}, 0}, .outStreams = 1}, [this](const transport::Event& event) {
                happened(event);
            });
        if (!opened) {
            ++m_result.failures[cannotOpen(opened.error())];
            return std::move(m_result);
        }
        m_endpoint = std::move(*opened);
        m_association = m_endpoint->connect(m_asking.to).value_or(transport::AssocId::None);
        m_dispatcher.run();
        m_endpoint.reset();
        m_result.took = m_last - m_begin;
        return std::move(m_result);
    }

private:
    void happened(const transport::Event& event) {
        if (std::holds_alternative<transport::Up>(event)) {
            m_begin = m_last = m_dispatcher.now();
            ask();
        } else if (std::holds_alternative<transport::Writable>(event)) {
            ask();
        } else if (const auto* down = std::get_if<transport::Down>(&event)) {
            ++m_result.failures[fmt::format("association lost: {}", transport::toText(down->reason))];
            m_dispatcher.stop();
        } else if (const auto* message = std::get_if<transport::Message>(&event);
                   message != nullptr && m_asking.fits != nullptr && !m_asking.fits(message->data)) {
            ++m_result.failures["another answer than was asked for"];
            m_dispatcher.stop();
        } else if (message != nullptr && !m_asked.empty()) {
            m_last = m_dispatcher.now();
            m_result.latency.add(m_last - m_asked.front());
            m_asked.pop_front();
            ++m_result.answered;
            ask();
        }
    }
    void ask() {
        const TimePoint now = m_dispatcher.now();
        while ((m_asking.time == Duration{} || now - m_begin < m_asking.time) &&
               m_asked.size() < m_asking.outstanding && (m_asking.requests == 0 || m_next < m_asking.requests)) {
            const Octets& question = m_asking.questions[m_next % m_asking.questions.size()];
            if (!m_endpoint->send(m_association, question, {.ppid = m_asking.ppid})) {
                return; // Writable comes, or its end
            }
            ++m_next;
            m_asked.push_back(now);
        }
        if (m_asked.empty()) {
            m_dispatcher.stop();
        }
    }

    const Asking& m_asking;
    EpollDispatcher m_dispatcher;
    std::unique_ptr<transport::Endpoint> m_endpoint;
    transport::AssocId m_association = transport::AssocId::None;
    std::deque<TimePoint> m_asked;
    std::size_t m_next = 0;
    TimePoint m_begin{};
    TimePoint m_last{};
    load::LoadResult m_result;
};

} // namespace

std::string serveByUser(const TransportAddress& at, std::size_t answerOctets) {
    EpollDispatcher dispatcher;
    auto transport = transport::makeUserTransport(dispatcher);
    if (!transport) {
        return cannotOpen(transport.error());
    }
    const Octets answer(answerOctets, std::byte{0x42});
    std::unique_ptr<transport::Endpoint> endpoint;
    auto opened = (*transport)->open({.local = at, .listen = true}, [&](const transport::Event& event) {
        if (const auto* message = std::get_if<transport::Message>(&event)) {
            (void)endpoint->send(message->assoc, answer, {.ppid = message->ppid}); // its end may have come
        }
    });
    if (!opened) {
        return cannotOpen(opened.error());
    }
    endpoint = std::move(*opened);
    dispatcher.run();
    return {};
}

load::LoadResult askByUser(const Asking& asking) {
    return Asker{asking}.run();
}

} // namespace kolam::floor
