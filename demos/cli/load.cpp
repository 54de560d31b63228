// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam load`: how many resolutions, registrations or messages a second, and how late the answers are.
// Next door: demos/load, which asks and counts.
#include "core/dispatch/epoll_dispatcher.h"
#include "demos/cli/commands.h"
#include "demos/cli/option_reading.h"
#include "demos/cli/policy_option.h"
#include "demos/load/crowd.h"
#include "demos/load/load_report.h"
#include "demos/load/registrar_load.h"
#include "demos/load/session_load.h"
#include "programs/common/descriptors.h"
#include "programs/common/signals.h"
#include "programs/common/spdlog_log.h"
#include "programs/common/transport_choice.h"
#include "programs/common/values.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <sys/resource.h>

namespace kolam::cli {

namespace {

using namespace std::chrono_literals;
using load::LoadResult;
using load::Question;
using load::RegistrarLoad;
using load::SessionLoad;

enum class What : std::uint8_t { Resolve, Register, Session, Crowd };

struct LoadOptions {
    What what = What::Resolve;
    std::string word; // what was asked for
    TransportAddress registrar{{IpAddress::v4(127, 0, 0, 1)}, wire::asapPort};
    TransportAddress address{{IpAddress::v4(127, 0, 0, 1)}, 0};
    TransportAddress element; // that a crowd comes to
    programs::TransportChoice transport = programs::TransportChoice::Auto;
    std::string pool;
    wire::Policy policy;
    std::optional<std::size_t> elements;
    std::uint32_t items = 0;
    std::size_t associations = 1;
    std::size_t outstanding = 1;
    std::size_t requests = 0;
    std::optional<Duration> time;
    Duration patience = 10s;
    Duration hold{};
    std::size_t size = 100;
    std::uint32_t ppid = 0;
    bool insecureLan = false;
    bool json = false;
};

double processorSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class Load {
public:
    explicit Load(const LoadOptions& options) : m_options(options), m_log(LogLevel::Warning) {}

    int run() {
        auto transport = programs::openTransport(m_options.transport, m_dispatcher);
        if (!transport) {
            return complain("load", transport.error());
        }
        m_transport = std::move(*transport);
        const programs::SignalWatch signals{m_dispatcher, [this](int) {
                                                m_interrupted = true;
                                                m_dispatcher.stop();
                                            }};
        if (m_options.what == What::Crowd) {
            return crowd();
        }
        const std::string error = m_options.what == What::Session ? loadPool() : loadRegistrar();
        if (!error.empty()) {
            return complain("load", error);
        }
        return report();
    }

private:
    /// Begins something that calls back with its result, and turns until it has.
    template <typename Result, typename Begin>
    std::optional<Result> await(Begin begin) {
        std::optional<Result> result;
        begin([&](Result got) {
            result.emplace(std::move(got));
            m_dispatcher.stop();
        });
        m_dispatcher.run();
        return m_interrupted ? std::nullopt : std::move(result);
    }

    // ---- A registrar ----
    std::string loadRegistrar() {
        RegistrarLoad registrar{m_dispatcher,
                                *m_transport,
                                {.registrar = m_options.registrar,
                                 .local = m_options.address.ips.front(),
                                 .pool = PoolHandle{m_options.pool},
                                 .policy = m_options.policy,
                                 .associations = m_options.associations,
                                 .elements = *m_options.elements,
                                 .items = m_options.items,
                                 .patience = m_options.patience}};
        const auto connected = await<LoadResult>([&](RegistrarLoad::Done done) { registrar.connect(std::move(done)); });
        if (!connected) {
            return "interrupted";
        }
        m_results.push_back(*connected);
        if (registrar.alive() == 0) {
            return fmt::format("no association with {}: {}", toText(m_options.registrar),
                               connected->failures.empty() ? "?" : connected->failures.begin()->first);
        }
        // Only what was asked for is limited; the rest is once for each element.
        const RegistrarLoad::Phase once{.outstanding = m_options.outstanding};
        const RegistrarLoad::Phase much{
            .outstanding = m_options.outstanding, .requests = m_options.requests, .time = *m_options.time};
        const Question question = m_options.what == What::Resolve ? Question::Resolve : Question::Reregister;
        const bool all = phase(registrar, Question::Register, once) && phase(registrar, question, much) && hold() &&
                         phase(registrar, Question::Deregister, once);
        m_keepAlives = registrar.keepAlives();
        return all ? "" : "interrupted";
    }

    bool phase(RegistrarLoad& registrar, Question question, RegistrarLoad::Phase phase) {
        phase.question = question;
        if (question != Question::Resolve && *m_options.elements == 0) {
            return true;
        }
        auto result = await<LoadResult>([&](RegistrarLoad::Done done) { registrar.run(phase, std::move(done)); });
        if (result) {
            m_results.push_back(std::move(*result));
        }
        return result.has_value();
    }

    /// Stays as it is for a while: the registrar asks whether the elements live.
    bool hold() {
        if (m_options.hold > Duration{}) {
            m_dispatcher.callIn(m_options.hold, [this] { m_dispatcher.stop(); });
            m_dispatcher.run();
        }
        return !m_interrupted;
    }

    // ---- A pool ----
    std::string loadPool() {
        UserNode::Config config;
        config.registrars = {.announces = false, .fixed = {m_options.registrar}};
        config.profile = rsplibProfile();
        config.local = m_options.address;
        auto user = UserNode::start(m_dispatcher, *m_transport, m_log, config);
        if (!user) {
            return fmt::format("cannot open a port: {}", user.error().message());
        }
        SessionLoad sessions{m_dispatcher,
                             **user,
                             {.pool = PoolHandle{m_options.pool},
                              .sessions = m_options.associations,
                              .outstanding = m_options.outstanding,
                              .octets = m_options.size,
                              .ppid = m_options.ppid,
                              .messages = m_options.requests,
                              .time = *m_options.time,
                              .patience = m_options.patience}};
        auto results = await<SessionLoad::Results>([&](SessionLoad::Done done) { sessions.run(std::move(done)); });
        if (!results) {
            return "interrupted";
        }
        m_results = {std::move(results->setUp), std::move(results->message), std::move(results->failover)};
        return {};
    }

    // ---- An element ----
    int crowd() {
        const load::Crowd crowd{
            m_dispatcher,
            *m_transport,
            {.element = m_options.element, .local = m_options.address.ips.front(), .guests = m_options.associations}};
        if (m_options.time && *m_options.time > Duration{}) {
            m_dispatcher.callIn(*m_options.time, [this] { m_dispatcher.stop(); });
        }
        m_dispatcher.run();
        fmt::print("{} of {} were inside at the end.\n", crowd.inside(), m_options.associations);
        return 0;
    }

    // ---- What came of it ----
    int report() {
        std::uint64_t failures = 0;
        for (const LoadResult& result : m_results) {
            failures += result.failed();
        }
        const load::Circumstances circumstances{
            {"load", m_options.word},
            {"registrar", toText(m_options.registrar)},
            {"transport", std::string{m_transport->name()}},
            {"pool", m_options.pool},
            {m_options.what == What::Session ? "sessions" : "associations", fmt::to_string(m_options.associations)},
            {"outstanding", fmt::to_string(m_options.outstanding)},
            {"keep_alives_answered", fmt::to_string(m_keepAlives)},
            {"own_processor_seconds", fmt::format("{:.3f}", processorSeconds())}};
        fmt::print("{}", m_options.json ? load::toJson(circumstances, m_results) : load::toTable(m_results));
        return failures == 0 ? 0 : cannotRun;
    }

    LoadOptions m_options;
    EpollDispatcher m_dispatcher;
    programs::SpdlogLog m_log;
    std::unique_ptr<transport::Transport> m_transport;
    std::vector<LoadResult> m_results;
    std::uint64_t m_keepAlives = 0;
    bool m_interrupted = false;
};

int runLoad(LoadOptions options) {
    const auto isFar = [](const TransportAddress& address) {
        return std::ranges::any_of(address.ips,
                                   [](const IpAddress& ip) { return ip.scope() != AddressScope::Loopback; });
    };
    if (!options.insecureLan && (isFar(options.registrar) || isFar(options.address) || isFar(options.element))) {
        complain("load", "addresses beyond the loopback interface need --insecure-lan: nobody is authenticated yet");
        return badOption;
    }
    if (options.address.ips.empty() || options.registrar.ips.empty()) {
        complain("load", "an address is missing");
        return badOption;
    }
    if (options.what == What::Crowd && options.element.ips.empty()) {
        complain("load", "a crowd needs --element, to which it comes");
        return badOption;
    }
    if (options.pool.empty()) {
        options.pool = options.what == What::Session ? "EchoPool" : "LoadPool";
    }
    options.elements = options.elements.value_or(options.what == What::Resolve ? 10 : 60);
    options.time =
        options.time.value_or(options.requests == 0 && options.what != What::Crowd ? Duration{10s} : Duration{});
    programs::allowManyDescriptors(); // every association has a port of its own
    return Load{options}.run();
}

} // namespace

void addLoad(CLI::App& kolam, Run& run) {
    CLI::App* const command =
        kolam.add_subcommand("load", "Ask a registrar, or a pool, as much as it can answer: rates and latencies");
    auto options = std::make_shared<LoadOptions>();
    command
        ->add_option("what", options->word,
                     "resolve: handle resolutions; register: registrations, re-registrations and deregistrations; "
                     "session: sessions with a pool that echoes; crowd: guests who take one element's slots and stay")
        ->required()
        ->check(CLI::IsMember({"resolve", "register", "session", "crowd"}));
    addRead<TransportAddress>(*command, "--registrar", "The registrar, ADDRESS:PORT (127.0.0.1:3863)",
                              options->registrar, programs::readAddress, wire::asapPort);
    addRead<TransportAddress>(*command, "--address", "Of this end, and of the elements (127.0.0.1)", options->address,
                              programs::readAddress, 0);
    addRead<TransportAddress>(*command, "--element", "Where a crowd comes to, ADDRESS:PORT", options->element,
                              programs::readAddress, 0);
    addRead<programs::TransportChoice>(*command, "--transport", "SCTP: kernel, user or auto (auto)", options->transport,
                                       programs::readTransportChoice);
    command->add_option("--pool", options->pool, "Pool handle (LoadPool; EchoPool for sessions)");
    addRead<wire::Policy>(*command, "--policy", "Selection policy of the elements (RoundRobin)", options->policy,
                          readPolicy);
    command
        ->add_option("--elements", options->elements,
                     "Elements of ours, registered before and deregistered after; 0: the pool has its own (10; 60 for "
                     "registrations)")
        ->check(CLI::Range(0, 2'000'000));
    command->add_option("--items", options->items, "Elements wanted in an answer; 0: the registrar's default (0)")
        ->check(CLI::Range(0, 1'000'000));
    command->add_option("--associations,--sessions", options->associations, "Associations, or sessions (1)")
        ->check(CLI::Range(1, 60'000));
    command->add_option("--outstanding", options->outstanding, "Questions under way on each of them (1)")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--requests", options->requests, "Ends after so many questions, or messages")
        ->check(CLI::Range(1, 2'000'000'000));
    addRead<Duration>(*command, "--time", "Ends after so long (10s, unless --requests is given)", options->time,
                      programs::readDuration, 1ms, 24h);
    addRead<Duration>(*command, "--patience", "With an answer (10s)", options->patience, programs::readDuration, 10ms,
                      1h);
    addRead<Duration>(*command, "--hold", "Stays for so long before it deregisters (0)", options->hold,
                      programs::readDuration, 0ms, 24h);
    command->add_option("--size", options->size, "Octets of a session's message (100)")
        ->check(CLI::Range(8, 1'000'000));
    command->add_option("--ppid", options->ppid, "Payload protocol identifier of a session's message (0)")
        ->check(CLI::Range(0, 1'000'000));
    command->add_flag("--insecure-lan", options->insecureLan, "Ask other hosts, too. Nothing is authenticated.");
    command->add_flag("--json", options->json, "JSON, for programs");
    command->callback([options, &run] {
        options->what = options->word == "resolve"    ? What::Resolve
                        : options->word == "register" ? What::Register
                        : options->word == "crowd"    ? What::Crowd
                                                      : What::Session;
        run = [options] { return runLoad(*options); };
    });
}

} // namespace kolam::cli
