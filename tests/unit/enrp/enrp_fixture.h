// SPDX-License-Identifier: GPL-3.0-or-later
// The ENRP side of a registrar alone in the world: the test plays its peers and its ASAP side, tells it what happened
// and reads what it wants done, as text.
#pragma once

#include "core/enrp/enrp_side.h"
#include "core/node/access.h"

#include <QString>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kolam::test {

using namespace std::chrono_literals;

/// Writes every action down as one line; answers the machine's questions as the test has set it.
class EnrpTextSink final : public enrp::EnrpSink {
public:
    explicit EnrpTextSink(Handlespace& handlespace) : m_handlespace(handlespace) {}

    void send(AssociationId to, OctetView message) override {
        ++sentTo[number(to)];
        line("to {}: {}", number(to), text(message));
        noteChecksum(number(to), message);
    }
    void multicast(OctetView message) override {
        noteChecksum(0, message);
        if (showGroup) {
            line("to all: {}", text(message));
        }
    }
    AssociationId connect(const TransportAddress& peer) override {
        line("connect to {} as {}", toText(peer), nextOutgoing);
        return AssociationId{nextOutgoing++};
    }
    void abort(AssociationId association, std::string_view why) override {
        line("abort {}: {}", number(association), why);
    }
    [[nodiscard]] Duration roundTrip(AssociationId association) override { return roundTrips[number(association)]; }
    void armTimer(TimePoint deadline) override { armed = deadline; }
    void serviceBegins() override { line("service begins"); }
    void farewell() override { line("farewell"); }
    void renamed(ServerId id) override {
        line("renamed");
        ownId = id;
    }
    bool holds(ElementRef element, TimePoint) override {
        return m_handlespace.owner(element) == ownId && connected.contains(m_handlespace.identifier(element).value);
    }
    bool takeOver(ElementRef element, TimePoint) override {
        line("take over {}", toText(m_handlespace.identifier(element)));
        if (!callable) {
            return false;
        }
        m_handlespace.setOwner(element, ownId);
        m_handlespace.setDeadline(element, DeadlineKind::None, never);
        if (machine != nullptr) {
            machine->ownElementChanged(element, enrp::OwnChange::Changed, *now);
        }
        return true;
    }
    void release(ElementRef element) override { line("release {}", toText(m_handlespace.identifier(element))); }
    void drop(ElementRef element, TimePoint) override {
        line("drop {}", toText(m_handlespace.identifier(element)));
        m_handlespace.remove(element);
    }
    void copyChanged(ElementRef element, enrp::CopyChange change) override {
        static constexpr const char* names[] = {"added", "changed", "removed"};
        line("copy {} of {} {}", toText(m_handlespace.identifier(element)), toText(m_handlespace.owner(element)),
             names[static_cast<int>(change)]);
    }
    void peerChanged(const enrp::PeerEvent& event) override {
        line("peer {} {}", toText(event.peer.id), enrp::toText(event.change));
    }
    void incident(const enrp::Incident& incident) override { line("incident: {}", enrp::toText(incident.kind)); }

    /// All lines since the last call.
    QString take() { return QString::fromStdString(std::exchange(m_text, {})); }

    ServerId ownId;
    enrp::EnrpSide* machine = nullptr;
    const TimePoint* now = nullptr;
    bool callable = true;              // whether an element that is taken over can be called
    std::set<std::uint32_t> connected; // elements that are registered over an association that is up
    bool showGroup = false;
    TimePoint armed = never;
    std::uint64_t nextOutgoing = 100;
    std::map<std::uint64_t, std::size_t> sentTo;
    std::map<std::uint64_t, Duration> roundTrips;     // by association
    std::map<std::uint64_t, std::uint16_t> checksums; // of the last presence, by association; 0: the group

private:
    void noteChecksum(std::uint64_t to, OctetView message) {
        if (const auto presence = wire::decode<wire::Presence>(message); presence && presence->checksum) {
            checksums[to] = *presence->checksum;
        }
    }
    static std::uint64_t number(AssociationId id) { return static_cast<std::uint64_t>(id); }
    /// Name, flags and what matters of the rest: tests read better without addresses and checksums.
    static std::string text(OctetView message) {
        const auto decoded = wire::decodeEnrp(message);
        if (!decoded) {
            return "something that does not decode";
        }
        return std::visit(
            []<typename Message>(const Message& value) {
                std::string text{Message::name};
                if constexpr (requires { value.replyRequired; }) {
                    text += value.replyRequired ? " reply-required" : "";
                }
                if constexpr (requires { value.ownChildrenOnly; }) {
                    text += value.ownChildrenOnly ? " own" : " all";
                    text += value.continuation ? " continued" : "";
                }
                if constexpr (requires { value.moreToSend; }) {
                    text += value.reject ? " rejected" : "";
                    std::size_t elements = 0;
                    for (const wire::PoolEntry& pool : value.pools) {
                        elements += pool.elements.size();
                    }
                    text += fmt::format(" {} elements{}", elements, value.moreToSend ? ", more" : "");
                }
                if constexpr (requires { value.action; }) {
                    text += value.action == wire::UpdateAction::Add ? " add " : " delete ";
                    text += toText(value.element.identifier);
                    text += value.takeoverSuggested ? " suggested" : "";
                }
                if constexpr (requires { value.servers; }) {
                    text += fmt::format(" {} servers", value.servers.size());
                }
                if constexpr (requires { value.target; }) {
                    text += ' ' + toText(value.target);
                }
                return text;
            },
            *decoded);
    }
    template <typename... Arguments>
    void line(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        m_text += fmt::format(text, std::forward<Arguments>(arguments)...) + '\n';
    }
    Handlespace& m_handlespace;
    std::string m_text;
};

inline enrp::Settings enrpSettings() {
    return {.id = ServerId{0x55},
            .peers = {},
            .heartbeat = 250ms,
            .lastHeard = 750ms,
            .noResponse = 250ms,
            .takeoverExpiry = 500ms,
            .mentorDiscovery = 750ms};
}

/// Machine, handlespace and sink, at a time that the test moves. Peer N has the identifier N, lives at 10.0.0.N:9901
/// and speaks over association N.
struct EnrpFixture {
    explicit EnrpFixture(const enrp::Settings& settings = enrpSettings(), AccessRules rules = AccessRules{})
        : access(std::move(rules))
        , machine(settings, handlespace, access, random, sink) {
        sink.ownId = settings.id;
        sink.machine = &machine;
        sink.now = &now;
    }
    static TransportAddress address(std::uint32_t peer) {
        return {{IpAddress::v4(10, 0, 0, static_cast<std::uint8_t>(peer))}, 9901};
    }
    void start() { machine.start({{IpAddress::v4(10, 0, 1, 1)}, 9901}, now); }
    /// Starts, and waits in vain for a mentor.
    void startAlone() {
        start();
        pass(800ms);
        sink.take();
    }
    void up(std::uint32_t peer) { machine.associationUp(AssociationId{peer}, address(peer), now); }
    void down(std::uint32_t association, bool dead = false) {
        machine.associationDown(AssociationId{association}, dead, now);
    }
    template <typename Message>
    void receive(std::uint32_t from, const Message& message) {
        machine.message(AssociationId{from}, wire::encode(message), now);
    }
    [[nodiscard]] wire::Presence presenceOf(std::uint32_t peer, bool replyRequired = false, bool ours = true) const {
        wire::Presence message;
        message.replyRequired = replyRequired;
        message.sender = ServerId{peer};
        message.receiver = sink.ownId;
        message.checksum = handlespace.checksum(ServerId{peer}); // it agrees with us, unless a test changes that
        if (ours) {
            message.features = wire::Features{1, wire::Features::handlespaceDigest | wire::Features::windowedTables};
        }
        message.server.emplace();
        message.server->server = ServerId{peer};
        message.server->transport.port = 9901;
        message.server->transport.addresses = address(peer).ips;
        return message;
    }
    /// The peer connects and presents itself.
    void meet(std::uint32_t peer, bool ours = true) {
        up(peer);
        receive(peer, presenceOf(peer, false, ours));
    }
    /// The peers go on living while time passes.
    void pass(Duration duration, const std::vector<std::uint32_t>& living = {}) {
        const TimePoint end = now + duration;
        while (now < end) {
            now = std::min(now + 100ms, end);
            for (const std::uint32_t peer : living) {
                receive(peer, presenceOf(peer));
            }
            while (sink.armed <= now) {
                sink.armed = never;
                machine.deadlineReached(now);
            }
        }
    }
    static wire::PoolElement element(std::uint32_t id, std::uint32_t owner) {
        wire::PoolElement element;
        element.identifier = PeIdentifier{id};
        element.homeRegistrar = ServerId{owner};
        element.life = 6s;
        element.userTransport.port = 7'000;
        element.userTransport.addresses = {IpAddress::v4(10, 0, 9, 1)};
        element.asapTransport.emplace();
        element.asapTransport->port = static_cast<std::uint16_t>(8'000 + id);
        element.asapTransport->addresses = {IpAddress::v4(10, 0, 9, 1)};
        return element;
    }
    static wire::HandleUpdate update(std::uint32_t id, std::uint32_t owner,
                                     wire::UpdateAction action = wire::UpdateAction::Add) {
        wire::HandleUpdate message;
        message.sender = ServerId{owner};
        message.action = action;
        message.poolHandle = PoolHandle{"Pool"};
        message.element = element(id, owner);
        return message;
    }
    /// An element that registers with us.
    ElementRef own(std::uint32_t id) {
        const ElementRef ref = handlespace.registerElement(PoolHandle{"Pool"}, element(id, sink.ownId.value))->element;
        sink.connected.insert(id);
        machine.ownElementChanged(ref, enrp::OwnChange::Changed, now);
        return ref;
    }
    [[nodiscard]] ElementRef find(std::uint32_t id) const {
        return handlespace.find(PoolHandle{"Pool"}, PeIdentifier{id});
    }
    [[nodiscard]] std::uint32_t ownerOf(std::uint32_t id) const {
        return find(id).isNull() ? 0 : handlespace.owner(find(id)).value;
    }
    QString told() { return sink.take(); }

    TimePoint now{1s};
    Random random{7};
    AccessRules access;
    Handlespace handlespace{1};
    EnrpTextSink sink{handlespace};
    enrp::EnrpSide machine;
};

} // namespace kolam::test
