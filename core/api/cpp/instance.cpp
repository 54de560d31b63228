// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/cpp/instance_impl.h"

#include "core/api/cpp/event_loop_impl.h"
#include "core/api/cpp/words.h"
#include "core/transport/local_addresses.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace kolam::api {

namespace {

constexpr std::uint16_t asapPort = 3863;
constexpr std::size_t mostOnALine = 64; // registrars of ours take no more elements of one association, unless told so

Error badAddress(const std::string& text) {
    return {Errc::BadArgument, "\"" + text + "\" is not ADDRESS:PORT"};
}

Result<RegistrarSources> sourcesOf(const Settings& settings) {
    RegistrarSources sources;
    sources.loopbackOnly = !settings.beyondLoopback;
    for (const std::string& text : settings.registrars) {
        const auto address = TransportAddress::parse(text, asapPort);
        if (!address || address->ips.empty() || address->port == 0) {
            return std::unexpected(badAddress(text));
        }
        if (!settings.beyondLoopback && isBeyondLoopback(address->ips)) {
            return std::unexpected(Error{Errc::BeyondLoopback, text});
        }
        sources.fixed.push_back(*address);
    }
    sources.announces = settings.registrars.empty() && !settings.announceGroup.empty();
    if (!settings.announceGroup.empty()) {
        const auto group = TransportAddress::parse(settings.announceGroup, asapPort);
        if (!group || group->ips.size() != 1 || !group->ips.front().isMulticast()) {
            return std::unexpected(badAddress(settings.announceGroup));
        }
        sources.group = group->ips.front();
        sources.groupPort = group->port;
    }
    return sources;
}

/// Who serves other hosts is of no use to them at 127.0.0.1.
std::vector<IpAddress> ownHosts(bool beyondLoopback) {
    std::vector<IpAddress> ips;
    if (beyondLoopback) {
        ips = transport::localAddresses();
        std::erase_if(ips, [](const IpAddress& ip) { return ip.scope() == AddressScope::Loopback; });
    }
    if (ips.empty()) {
        ips.push_back(IpAddress::v4(127, 0, 0, 1));
    }
    return ips;
}

template <typename Value>
void replace(Value& value, Value with) {
    if (with != Value{}) {
        value = with;
    }
}

} // namespace

Instance::Instance(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Instance::~Instance() = default;

Result<std::unique_ptr<Instance>> Instance::create(EventLoop& loop, const Settings& settings) {
    auto impl = std::make_unique<Impl>(loop, settings);
    const Profile* const profile = findProfile(settings.profile);
    if (profile == nullptr) {
        return std::unexpected(Error{Errc::BadArgument, "there is no profile \"" + settings.profile + "\""});
    }
    impl->profile = *profile;
    replace(impl->profile.announceTimeout, settings.registrarTimers.announce);
    replace(impl->profile.huntConnect, settings.registrarTimers.connect);
    impl->profile.huntConnectMax = std::max(impl->profile.huntConnectMax, impl->profile.huntConnect);
    replace(impl->profile.registrarRequest, settings.registrarTimers.request);
    replace(impl->profile.maxRequestTrials, settings.registrarTimers.requestTrials);
    auto sources = sourcesOf(settings);
    if (!sources) {
        return std::unexpected(sources.error());
    }
    impl->sources = std::move(*sources);
    impl->beyondLoopback = settings.beyondLoopback;
    impl->scope = settings.scope;
    impl->hosts = ownHosts(settings.beyondLoopback);
    auto hosts = impl->hostsFor(settings.hosts);
    if (!hosts) {
        return std::unexpected(hosts.error());
    }
    impl->hosts = std::move(*hosts);
    return std::unique_ptr<Instance>{new Instance(std::move(impl))};
}

Result<std::vector<IpAddress>> Instance::Impl::hostsFor(const std::vector<std::string>& wanted) const {
    if (wanted.empty()) {
        return hosts;
    }
    auto ips = ipsOf(wanted);
    if (ips && !beyondLoopback && isBeyondLoopback(*ips)) {
        return std::unexpected(Error{Errc::BeyondLoopback, wanted.front()});
    }
    return ips;
}

Profile Instance::Impl::profileFor(const Liveness& liveness) const {
    Profile tuned = profile;
    replace(tuned.liveness.rtoInitial, liveness.rtoInitial);
    replace(tuned.liveness.rtoMin, liveness.rtoMin);
    replace(tuned.liveness.rtoMax, liveness.rtoMax);
    replace(tuned.liveness.heartbeat, liveness.heartbeat);
    replace(tuned.liveness.associationMaxRetransmissions, liveness.associationMaxRetransmissions);
    replace(tuned.liveness.pathMaxRetransmissions, liveness.pathMaxRetransmissions);
    return tuned;
}

Result<UserNode*> Instance::Impl::user(const Liveness& liveness) {
    const auto known = std::ranges::find(m_users, liveness, &User::liveness);
    if (known != m_users.end()) {
        return known->node.get();
    }
    UserNode::Config config;
    config.registrars = sources;
    config.profile = profileFor(liveness);
    config.local = TransportAddress{hosts, 0};
    auto seen = component();
    config.telemetry = &seen->hub();
    EpollDispatcher& dispatcher = loop.impl().dispatcher;
    auto node = UserNode::start(dispatcher, seen->transport(), seen->log(), config);
    if (!node) {
        return std::unexpected(systemError(node.error()));
    }
    UserNode& user = *m_users.emplace_back(liveness, std::move(seen), std::move(*node)).node;
    static_cast<void>(m_users.back().component->open( // it writes no recording, which alone could fail
        {.id = telemetry::componentId(telemetry::Role::User, dispatcher.random()()),
         .program = program(),
         .pool = {},
         .address = {hosts, 0},
         .cspContent = [&user] { return user.cspContent(); },
         .handlers = {}}));
    return &user;
}

Result<std::shared_ptr<RegistrarLine>> Instance::Impl::line(const std::vector<IpAddress>& ips) {
    std::erase_if(m_lines, [](const auto& one) { return one.second.expired() || one.second.lock()->ending(); });
    for (const auto& [addresses, known] : m_lines) {
        if (auto line = known.lock(); addresses == ips && line->users() < mostOnALine) {
            return line;
        }
    }
    auto opened = RegistrarLine::open(loop.impl().dispatcher, *loop.impl().transport, log,
                                      {.sources = sources, .profile = profile, .local = {ips, 0}, .listen = true});
    if (!opened) {
        return std::unexpected(systemError(opened.error()));
    }
    m_lines.emplace_back(ips, *opened);
    return std::move(*opened);
}

std::unique_ptr<Component> Instance::Impl::component() {
    return std::make_unique<Component>(
        loop.impl().dispatcher, *loop.impl().transport, log,
        ComponentOptions{.scope = scope, .cspServer = {}, .cspInterval = {}, .record = {}});
}

std::string Instance::Impl::program() {
    return std::string{program_invocation_short_name} + " (libkolam " KOLAM_VERSION ")";
}

telemetry::CspContent Instance::Impl::cspContent() const {
    telemetry::CspContent all;
    for (const User& user : m_users) {
        telemetry::CspContent content = user.node->cspContent();
        all.status = std::move(content.status);
        all.associations.insert(all.associations.end(), content.associations.begin(), content.associations.end());
    }
    return all;
}

void Instance::resolve(std::string_view pool, std::uint32_t items,
                       std::function<void(const Result<std::vector<Element>>&)> done) {
    auto user = checkPool(pool) ? m_impl->user({}) : std::unexpected(checkPool(pool).error());
    if (!user) {
        m_impl->loop.post([done = std::move(done), error = user.error()] { done(std::unexpected(error)); });
        return;
    }
    (*user)->resolve(PoolHandle{std::string{pool}}, items, [done = std::move(done)](const auto& answer) {
        if (!answer) {
            done(std::unexpected(resolveError(answer.error())));
            return;
        }
        std::vector<Element> elements;
        std::ranges::transform(*answer, std::back_inserter(elements), elementOf);
        done(elements);
    });
}

void Instance::reportFailure(std::string_view pool, ElementId element) {
    if (const auto user = m_impl->user({})) {
        (*user)->reportUnreachable(PoolHandle{std::string{pool}}, PeIdentifier{std::to_underlying(element)});
    }
}

Profile withLife(Profile profile, Duration renewal, Duration life) {
    constexpr int renewalsOfALife = 3; // so that two may be lost
    replace(profile.reRegistration, renewal);
    if (renewal != Duration{}) {
        profile.registrationLife = renewalsOfALife * renewal;
    }
    replace(profile.registrationLife, life);
    return profile;
}

} // namespace kolam::api
