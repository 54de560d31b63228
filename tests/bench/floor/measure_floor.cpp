// SPDX-License-Identifier: GPL-3.0-or-later
// The floor under all measurements of registrars: how fast messages of their size go there and back when nobody reads
// them. And the same asker at a registrar, ours or rsplib's.
//   measure_floor serve --at 127.0.0.1:5000                       echoes, until it is killed
//   measure_floor ask --to 127.0.0.1:5000                         28 octets, as a resolution has them
//   measure_floor ask --to 127.0.0.1:3863 --resolve EchoPool      a registrar
//   measure_floor ask --to 127.0.0.1:3863 --register Pool --requests 2000
#include "core/wire/codec.h"
#include "demos/load/load_report.h"
#include "tests/bench/floor/kernel_echo.h"
#include "tests/bench/floor/user_echo.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace {

using namespace kolam;

struct Options {
    std::string transport = "kernel";
    std::string address;
    std::string from = "127.0.0.1";
    std::size_t answer = 172; // octets: a resolution's, with three elements
    std::size_t octets = 28;
    std::string resolve;
    std::string registered;
    std::size_t outstanding = 1;
    std::size_t requests = 0;
    double seconds = 0;
    bool json = false;
};

std::vector<Octets> questions(const Options& options, const IpAddress& from) {
    if (!options.resolve.empty()) {
        wire::HandleResolution question;
        question.poolHandle = PoolHandle{options.resolve};
        return {wire::encode(question)};
    }
    if (options.registered.empty()) {
        return {Octets(options.octets, std::byte{0x17})};
    }
    std::vector<Octets> all; // each of them an element of its own, so that all are new
    wire::Registration question;
    question.poolHandle = PoolHandle{options.registered};
    question.element.life = std::chrono::minutes{5};
    question.element.userTransport.port = 7'000;
    question.element.userTransport.addresses = {from};
    for (std::uint32_t i = 1; i <= options.requests; ++i) {
        question.element.identifier = PeIdentifier{i};
        all.push_back(wire::encode(question));
    }
    return all;
}

/// Cheap, as it counts as the asker's time.
bool isResolution(OctetView answer) {
    constexpr std::size_t withoutElements = 60;
    return wire::peekType(answer) == wire::HandleResolutionResponse::type && answer.size() > withoutElements;
}
bool isRegistration(OctetView answer) {
    return wire::peekType(answer) == wire::RegistrationResponse::type && answer[1] == std::byte{0};
}

bool isKeepAlive(OctetView message) {
    return wire::peekType(message) == wire::EndpointKeepAlive::type;
}

int fail(std::string_view sentence, int code) {
    fmt::print(stderr, "measure_floor: {}\n", sentence);
    return code;
}

int serve(const Options& options) {
    const auto at = TransportAddress::parse(options.address, 0);
    if (!at || at->ips.empty()) {
        return fail("--at needs an address and a port", 2);
    }
    const bool kernel = options.transport == "kernel";
    return fail(kernel ? floor::serveByKernel(*at, options.answer) : floor::serveByUser(*at, options.answer), 1);
}

int ask(const Options& options) {
    const auto to = TransportAddress::parse(options.address, 0);
    const auto from = IpAddress::parse(options.from);
    if (!to || to->ips.empty() || !from) {
        return fail("--to needs an address and a port, --from an address", 2);
    }
    if (options.requests == 0 && (options.seconds <= 0 || !options.registered.empty())) {
        return fail("how long? --seconds, or --requests, which registrations need", 2);
    }
    const floor::Asking asking{
        .to = *to,
        .from = *from,
        .ppid = wire::asapPpid,
        .questions = questions(options, *from),
        .fits = !options.resolve.empty()      ? isResolution
                : !options.registered.empty() ? isRegistration
                                              : nullptr,
        .isNone = options.registered.empty() ? nullptr : isKeepAlive, // not answered: it is over before that matters
        .outstanding = options.outstanding,
        .requests = options.requests,
        .time = std::chrono::duration_cast<Duration>(std::chrono::duration<double>{options.seconds})};
    load::LoadResult result = options.transport == "kernel" ? floor::askByKernel(asking) : floor::askByUser(asking);
    result.what = !options.resolve.empty() ? "resolution" : !options.registered.empty() ? "registration" : "echo";
    const std::vector<load::LoadResult> results{std::move(result)};
    fmt::print("{}", options.json ? load::toJson({{"transport", options.transport}}, results) : load::toTable(results));
    return results.front().failed() == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measures the floor under registrars: messages there and back"};
    app.require_subcommand(1);
    const auto common = [&](CLI::App& command, const std::string& where) {
        command.add_option(where, options.address, "ADDRESS:PORT")->required();
        command.add_option("--transport", options.transport, "kernel or user (kernel)")
            ->check(CLI::IsMember({"kernel", "user"}));
    };
    CLI::App* const server = app.add_subcommand("serve", "Answer every message");
    common(*server, "--at");
    server->add_option("--answer", options.answer, "Octets of an answer (172)")->check(CLI::Range(1, 60'000));
    CLI::App* const client = app.add_subcommand("ask", "Ask, and count the answers");
    common(*client, "--to");
    client->add_option("--from", options.from, "Address of this end (127.0.0.1)");
    client->add_option("--octets", options.octets, "Octets of a question (28)")->check(CLI::Range(1, 60'000));
    client->add_option("--resolve", options.resolve, "Resolve this pool handle, at a registrar");
    client->add_option("--register", options.registered, "Register elements of this pool, at a registrar");
    client->add_option("--outstanding", options.outstanding, "Questions under way (1)")->check(CLI::Range(1, 10'000));
    client->add_option("--requests", options.requests, "Questions altogether")->check(CLI::Range(1, 10'000'000));
    client->add_option("--seconds", options.seconds, "Or for so long");
    client->add_flag("--json", options.json, "JSON, for programs");
    CLI11_PARSE(app, argc, argv);
    return server->parsed() ? serve(options) : ask(options);
}
