// SPDX-License-Identifier: GPL-3.0-or-later
// How long a message takes to be written and read, and how often that asks for memory: never, once warm.
// The sizes are those of typical pools: one address an element, a least-used policy, a 20 octet handle.
#include "core/wire/codec.h"
#include "core/wire/image.h"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <fmt/format.h>
#include <new>

namespace {

std::size_t allocations = 0;

void* countedAllocation(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc{};
}

} // namespace

void* operator new(std::size_t size) {
    return countedAllocation(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

using namespace kolam;
using namespace kolam::wire;

const PoolHandle pool{"FractalGeneratorPool"};

TransportParameter transport(std::uint32_t number, std::size_t addresses = 1) {
    TransportParameter transport{.port = 1234, .use = TransportUse::DataPlusControl};
    for (std::size_t address = 0; address < addresses; ++address) {
        transport.addresses.push_back(IpAddress::v4(10, static_cast<std::uint8_t>(address),
                                                    static_cast<std::uint8_t>(number >> 8),
                                                    static_cast<std::uint8_t>(number)));
    }
    return transport;
}

PoolElement element(std::uint32_t number, std::size_t addresses = 1) {
    return {.identifier = PeIdentifier{0x1000 + number},
            .homeRegistrar = ServerId{0x11223344},
            .life = RegistrationLife{300'000},
            .userTransport = transport(number, addresses),
            .policy = {.type = PolicyType::LeastUsed, .load = 0x1000}};
}

PoolElement elementWithAsap(std::uint32_t number) {
    PoolElement made = element(number);
    made.asapTransport = transport(number);
    return made;
}

HandleResolutionResponse resolutionResponse(std::uint32_t elements) {
    HandleResolutionResponse response{.poolHandle = pool, .policy = Policy{.type = PolicyType::LeastUsed}};
    for (std::uint32_t number = 0; number < elements; ++number) {
        response.elements.push_back(element(number));
    }
    return response;
}

HandleTableResponse tableResponse(std::uint32_t elements) {
    HandleTableResponse response{.sender = ServerId{1}, .receiver = ServerId{2}, .pools = {{.poolHandle = pool}}};
    for (std::uint32_t number = 0; number < elements; ++number) {
        response.pools[0].elements.push_back(elementWithAsap(number));
    }
    return response;
}

/// Counted apart from the timed loop, in which the library itself asks for memory.
template <typename Operation>
void report(benchmark::State& state, std::size_t octets, Operation&& operation) {
    constexpr int times = 100;
    const std::size_t before = allocations;
    for (int time = 0; time < times; ++time) {
        operation();
    }
    const std::size_t counted = allocations - before;
    state.counters["octets"] = static_cast<double>(octets);
    state.counters["allocations"] = static_cast<double>(counted) / times;
}

template <typename Message>
void encodeAgainAndAgain(benchmark::State& state, const Message& message) {
    Octets octets = encode(message);
    for (auto _ : state) {
        encodeInto(message, octets);
        benchmark::DoNotOptimize(octets.data());
        benchmark::ClobberMemory();
    }
    report(state, octets.size(), [&] { encodeInto(message, octets); });
}

template <typename Message>
void decodeAgainAndAgain(benchmark::State& state, const Message& message) {
    const Octets octets = encode(message);
    Message into = message;
    for (auto _ : state) {
        if (!decodeInto(octets, into)) {
            state.SkipWithError("does not decode");
            break;
        }
        benchmark::DoNotOptimize(&into);
        benchmark::ClobberMemory();
    }
    report(state, octets.size(), [&] { (void)decodeInto(octets, into); });
}

template <typename Message>
void bothWays(const std::string& name, Message message) {
    benchmark::RegisterBenchmark(fmt::format("encode/{}", name).c_str(),
                                 [message](benchmark::State& state) { encodeAgainAndAgain(state, message); });
    benchmark::RegisterBenchmark(fmt::format("decode/{}", name).c_str(),
                                 [message](benchmark::State& state) { decodeAgainAndAgain(state, message); });
}

Octets imageOf(const auto& value) {
    Octets image(imageSize(value));
    writeImage(value, image.data());
    return image;
}

/// The fast way of a registrar, which keeps its elements as images.
void encodeFromKeptImages(benchmark::State& state, std::uint32_t elements) {
    std::vector<Octets> kept{imageOf(pool), imageOf(Policy{.type = PolicyType::LeastUsed})};
    for (std::uint32_t number = 0; number < elements; ++number) {
        kept.push_back(imageOf(element(number)));
    }
    const std::vector<OctetView> images(kept.begin(), kept.end());
    Octets octets;
    const auto make = [&] { encodeFromImages(HandleResolutionResponse::type, 0, {}, images, octets); };
    make();
    for (auto _ : state) {
        make();
        benchmark::DoNotOptimize(octets.data());
        benchmark::ClobberMemory();
    }
    report(state, octets.size(), make);
}

const bool registered = [] {
    const PeIdentifier id{0x1001};
    bothWays("REGISTRATION, 1 address", Registration{.poolHandle = pool, .element = element(1)});
    bothWays("REGISTRATION, 4 addresses", Registration{.poolHandle = pool, .element = element(1, 4)});
    bothWays("REGISTRATION_RESPONSE", RegistrationResponse{.poolHandle = pool, .element = id});
    bothWays("DEREGISTRATION", Deregistration{.poolHandle = pool, .element = id});
    bothWays("HANDLE_RESOLUTION", HandleResolution{.poolHandle = pool, .items = 3});
    for (const std::uint32_t elements : {1u, 3u, 100u}) {
        bothWays(fmt::format("HANDLE_RESOLUTION_RESPONSE, {}", elements), resolutionResponse(elements));
    }
    for (const std::uint32_t elements : {1u, 3u, 100u}) {
        benchmark::RegisterBenchmark(fmt::format("from images/HANDLE_RESOLUTION_RESPONSE, {}", elements).c_str(),
                                     [elements](benchmark::State& state) { encodeFromKeptImages(state, elements); });
    }
    bothWays("ENDPOINT_KEEP_ALIVE", EndpointKeepAlive{.server = ServerId{1}, .poolHandle = pool, .element = id});
    bothWays("ENDPOINT_KEEP_ALIVE_ACK", EndpointKeepAliveAck{.poolHandle = pool, .element = id});
    bothWays("HANDLE_UPDATE",
             HandleUpdate{
                 .sender = ServerId{1}, .receiver = ServerId{2}, .poolHandle = pool, .element = elementWithAsap(1)});
    bothWays("PRESENCE", Presence{.sender = ServerId{1},
                                  .receiver = ServerId{2},
                                  .checksum = std::uint16_t{0xffff},
                                  .server = ServerInformation{ServerId{1}, transport(1)}});
    for (const std::uint32_t elements : {128u, 640u}) {
        bothWays(fmt::format("HANDLE_TABLE_RESPONSE, {}", elements), tableResponse(elements));
    }
    bothWays("FGP_PARAMETER", FractalParameter{.width = 800, .height = 600, .maxIterations = 1024});
    bothWays("FGP_DATA", FractalData{.points = std::vector<std::uint32_t>(FractalData::maxPoints, 42)});
    bothWays("PPP_PING", Ping{.messageNumber = 1, .data = Octets(43)});
    bothWays("CSP_REPORT", CspReport{.location = "10.255.255.1:3863",
                                     .status = "1 Session",
                                     .associations = std::vector<CspAssociation>(2)});
    return true;
}();

} // namespace
