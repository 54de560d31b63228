// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar side alone in the world: the test tells it what happened and reads what it wants done, as text.
#pragma once

#include "core/asap/registrar_side.h"
#include "core/node/access.h"

#include <QString>
#include <deque>
#include <fmt/format.h>
#include <map>
#include <string>
#include <vector>

namespace kolam::test {

using namespace std::chrono_literals;

/// Writes every action down as one line.
class TextSink final : public asap::RegistrarSink {
public:
    explicit TextSink(const Handlespace& handlespace) : m_handlespace(handlespace) {}

    void send(asap::AssociationId to, OctetView message) override {
        const auto decoded = wire::decodeAsap(message);
        line("send to {}: {}", number(to),
             decoded ? std::visit([](const auto& value) { return wire::toText(value); }, *decoded) : toHex(message));
        sent.emplace_back(message.begin(), message.end());
    }
    asap::AssociationId connect(const TransportAddress& element) override {
        line("connect to {} as {}", toText(element), nextOutgoing);
        return asap::AssociationId{nextOutgoing++};
    }
    void abort(asap::AssociationId association, std::string_view why) override {
        line("abort {}: {}", number(association), why);
    }
    [[nodiscard]] Duration roundTrip(asap::AssociationId association) override {
        return roundTrips[number(association)];
    }
    void armTimer(TimePoint deadline) override {
        armed = deadline;
        if (showTimers) {
            line("arm timer at {} ms", deadline.time_since_epoch() / 1ms);
        }
    }
    void elementChanged(const asap::ElementEvent& event) override {
        static constexpr const char* names[] = {"added", "changed", "refreshed", "removed"};
        const bool removed = event.change == asap::ElementChange::Removed;
        line("element {} of {} {}{}{}", toText(m_handlespace.identifier(event.element)),
             toText(m_handlespace.poolHandle(event.element)), names[static_cast<int>(event.change)],
             removed ? ": " : "", removed ? asap::toText(event.reason) : "");
    }
    void incident(const asap::Incident& incident) override { line("incident: {}", asap::toText(incident.kind)); }

    /// All lines since the last call.
    QString take() { return QString::fromStdString(std::exchange(m_text, {})); }

    std::deque<Octets> sent;
    std::map<std::uint64_t, Duration> roundTrips; // by association
    TimePoint armed = never;
    bool showTimers = false;
    std::uint64_t nextOutgoing = 100;

private:
    static std::uint64_t number(asap::AssociationId id) { return static_cast<std::uint64_t>(id); }
    template <typename... Arguments>
    void line(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        m_text += fmt::format(text, std::forward<Arguments>(arguments)...) + '\n';
    }
    const Handlespace& m_handlespace;
    std::string m_text;
};

inline asap::RegistrarSide::Settings testSettings() {
    asap::RegistrarSide::Settings settings;
    settings.id = ServerId{0x11111111};
    settings.keepAliveInterval = 5s;
    settings.keepAliveTimeout = 2s;
    settings.keepAliveVariation = 0;
    settings.deadlineParts = 64; // so that a test need not wait much longer than it says
    settings.limits.registrations = {};
    settings.limits.resolutions = {};
    settings.limits.unreachableReports = {};
    return settings;
}

/// Machine, handlespace and sink, at a time that the test moves.
struct RegistrarFixture {
    explicit RegistrarFixture(const asap::RegistrarSide::Settings& settings = testSettings(),
                              AccessRules rules = AccessRules{})
        : access(std::move(rules))
        , machine(settings, handlespace, access, random, sink) {}

    /// Association `id` from 10.0.0.N, N = id modulo 250, port 5000 + id.
    void up(std::uint64_t id) { up(id, address(id)); }
    void up(std::uint64_t id, const TransportAddress& peer) {
        machine.associationUp(asap::AssociationId{id}, peer, now);
    }
    void down(std::uint64_t id) { machine.associationDown(asap::AssociationId{id}, now); }
    template <typename Message>
    void receive(std::uint64_t from, const Message& message) {
        receiveOctets(from, wire::encode(message));
    }
    void receiveOctets(std::uint64_t from, OctetView octets) {
        machine.message(asap::AssociationId{from}, octets, now);
    }
    /// Time passes; deadlines are reached one by one, as a dispatcher would tell them.
    void pass(Duration duration) {
        const TimePoint end = now + duration;
        while (sink.armed <= end) {
            now = std::max(now, std::exchange(sink.armed, never));
            for (const ElementRef copy : machine.deadlineReached(now)) {
                expired.push_back(copy);
            }
        }
        now = end;
    }

    static TransportAddress address(std::uint64_t id) {
        return {{IpAddress::v4(10, 0, 0, static_cast<std::uint8_t>(id % 250 + 1))},
                static_cast<std::uint16_t>(5000 + id)};
    }
    static wire::Registration registration(std::uint64_t from, std::uint32_t element, const char* pool = "Pool") {
        wire::Registration message;
        message.poolHandle = PoolHandle{pool};
        message.element.identifier = PeIdentifier{element};
        message.element.life = 60s;
        message.element.userTransport.port = 7000;
        message.element.userTransport.use = wire::TransportUse::DataPlusControl;
        message.element.userTransport.addresses = address(from).ips;
        return message;
    }

    Handlespace handlespace{1};
    AccessRules access;
    Random random{1};
    TextSink sink{handlespace};
    asap::RegistrarSide machine;
    TimePoint now{1s};
    std::vector<ElementRef> expired; // copies whose life is over
};

} // namespace kolam::test
