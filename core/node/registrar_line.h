// SPDX-License-Identifier: GPL-3.0-or-later
// One association to a registrar, which one endpoint or many of a process use: listens to announcements, connects,
// carries requests and answers. Performs the actions of asap's registrar_hunt.h and request_engine.h on a transport.
// Next door: registrar_link.h, an endpoint's end of it.
#pragma once

#include "core/asap/registrar_hunt.h"
#include "core/asap/request_engine.h"
#include "core/base/log.h"
#include "core/base/token_bucket.h"
#include "core/node/action_queue.h"
#include "core/node/limited_log.h"
#include "core/node/profile.h"
#include "core/node/registrar_sources.h"
#include "core/node/timer.h"
#include "core/transport/transport.h"
#include "core/wire/codec.h"

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kolam {

/// Whom a line tells what it has heard.
class RegistrarLineUser {
public:
    virtual ~RegistrarLineUser() = default;
    /// There is another registrar now, or none, or its identifier has become known.
    virtual void onRegistrarChanged() = 0;
    /// `home`: over the association to our registrar. `trusted`: from the address of a registrar that is known.
    virtual void onKeepAlive(transport::AssocId from, const wire::EndpointKeepAlive& message, bool home,
                             bool trusted) = 0;
    /// Everybody has left, and the associations have ended.
    virtual void onLineEnded() = 0;
};

class RegistrarLine {
public:
    struct Config {
        RegistrarSources sources;
        Profile profile;
        TransportAddress local; // of the endpoint; concrete addresses
        bool listen = false;    // so that a registrar can connect to us, too
    };
    using Outcome = std::expected<asap::Answer, asap::RequestFailure>;
    using Done = std::move_only_function<void(const Outcome&)>;
    struct Counters {
        std::uint64_t garbage = 0;    // messages and announcements that could not be read
        std::uint64_t unexpected = 0; // that nobody has waited for
        std::uint64_t refused = 0;    // associations over the limit, keep-alives over the rate
    };

    /// Everything referred to must outlive the line. Begins to look for a registrar at once.
    static std::expected<std::shared_ptr<RegistrarLine>, std::error_code>
    open(Dispatcher& dispatcher, transport::Transport& transport, Log& log, const Config& config);

    /// Whose keep-alives are meant for a user.
    using Element = std::pair<PoolHandle, PeIdentifier>;
    void join(RegistrarLineUser& user, const std::optional<Element>& element);
    void part(RegistrarLineUser& user);
    /// Ends the associations gracefully and looks for no registrar any more, unless there are other users; tells this
    /// one when they are gone. @return whether there are none
    bool end(RegistrarLineUser& user);
    [[nodiscard]] std::size_t users() const { return m_users.size(); }
    /// Who joins now would be alone for ever.
    [[nodiscard]] bool ending() const { return m_ending; }

    /// `done` is called exactly once, from a later turn, unless the request is withdrawn or the line destroyed before.
    void request(asap::RequestId id, asap::Request request, Done done);
    [[nodiscard]] asap::RequestId newRequest() { return asap::RequestId{++m_lastRequest}; }
    void withdraw(asap::RequestId id);
    /// Has no answer; forgotten when no registrar is found in time.
    void report(const wire::EndpointUnreachable& message);
    void acknowledge(transport::AssocId to, const wire::EndpointKeepAliveAck& message);
    /// The registrar at the other end of this association is our home registrar from now on.
    void adopt(transport::AssocId association, ServerId server);
    /// Looks for another registrar as soon as all users want one: what this one refuses to some must not disturb the
    /// others. Keeps the present one until then.
    void seekAnother(RegistrarLineUser& user);
    /// This one has been taken after all.
    void stay(RegistrarLineUser& user) { m_dissatisfied.erase(&user); }

    [[nodiscard]] bool connected() const { return m_home != transport::AssocId::None; }
    [[nodiscard]] ServerId server() const;
    [[nodiscard]] TransportAddress registrarAddress() const;
    /// Counts the associations to registrars: grows when the registrar changes, or has come back.
    [[nodiscard]] std::uint64_t epoch() const { return m_epoch; }
    [[nodiscard]] TransportAddress local() const { return m_endpoint->local(); }
    [[nodiscard]] const Counters& counters() const { return m_counters; }

private:
    struct Peer {
        TransportAddress address;
        std::optional<asap::AttemptId> attempt;
        bool up = false;
        bool closing = false;
        bool incoming = false;
        TokenBucket keepAlives;
    };
    RegistrarLine(Dispatcher& dispatcher, Log& log, const Config& config);

    void onTransport(const transport::Event& event);
    void on(const transport::Up& up);
    void on(const transport::Down& down);
    void on(const transport::Message& message);
    void on(const transport::PeerClosing& closing);
    void onAnnounce(const TransportAddress& from, OctetView data);
    void received(transport::AssocId from, Peer& peer, const wire::AsapMessage& message);

    void hunt(const asap::RegistrarHunt::Input& input);
    void perform(const asap::RegistrarHunt::Action& action);
    void beginAttempt(const asap::RegistrarHunt::Connect& connect);
    void useAttempt(const asap::RegistrarHunt::Use& use);
    void changeHome(transport::AssocId association, bool ours);
    void engine(const asap::RequestEngine::Input& input);
    void perform(const asap::RequestEngine::Action& action);
    void answered(asap::RequestId id, const Outcome& outcome);
    void send(transport::AssocId to, OctetView octets);
    void later(std::function<void()> task);
    void endIfAlone();
    void tellAll(const std::function<void(RegistrarLineUser&)>& what);
    void tellChange() {
        tellAll([](RegistrarLineUser& user) { user.onRegistrarChanged(); });
    }
    void tell(transport::AssocId from, const wire::EndpointKeepAlive& message, bool home, bool trusted);

    Dispatcher& m_dispatcher;
    Log& m_log;
    LimitedLog m_limitedLog;
    Config m_config;
    asap::RegistrarHunt m_hunt;
    asap::RequestEngine m_engine;
    ActionQueue<asap::RegistrarHunt::Action> m_huntActions;
    ActionQueue<asap::RequestEngine::Action> m_engineActions;
    std::unordered_map<transport::AssocId, Peer> m_peers;
    transport::AssocId m_home = transport::AssocId::None;
    ServerId m_learned; // what the home registrar has said of itself
    std::uint64_t m_epoch = 0;
    std::unordered_map<asap::RequestId, Done> m_requests;
    std::uint64_t m_lastRequest = 0;
    Octets m_buffer;
    Counters m_counters;
    std::vector<RegistrarLineUser*> m_users; // nullptr: has parted while all were being told
    std::map<Element, RegistrarLineUser*> m_byElement;
    std::set<RegistrarLineUser*> m_dissatisfied; // with the present registrar
    int m_telling = 0;
    bool m_ending = false;
    RegistrarLineUser* m_waiting = nullptr; // for the end
    std::vector<std::function<void()>> m_later;
    Timer m_laterTimer;
    Timer m_huntTimer;
    Timer m_engineTimer;
    std::unique_ptr<transport::DatagramPort> m_announces;
    std::unique_ptr<transport::Endpoint> m_endpoint;
};

} // namespace kolam
