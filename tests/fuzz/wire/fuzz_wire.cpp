// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzzer of the codec: the first octet selects the protocol, the others are the message. What decodes must encode,
// decode to an equal value, and encode to the same octets again.
// When the environment variable KOLAM_CAPTURES names the folder of the captures, it first writes their messages to the
// corpus folder that it was called with.
#include "core/wire/extended_fractal.h"
#include "core/wire/script_extensions.h"
#include "tests/fuzz/wire/seeds.h"
#include "tests/unit/wire/any_message.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace kolam;
using namespace kolam::test;

namespace {

[[noreturn]] void complain(const char* what, const std::string& message) {
    std::fprintf(stderr, "%s: %s\n", what, message.c_str());
    std::abort();
}

template <typename Message>
void goAnotherTime(const Message& message) {
    const std::string text = wire::toText(message);
    const Octets octets = wire::encode(message);
    const auto decoded = wire::decode<Message>(octets);
    if (!decoded) {
        complain("what we encode does not decode", text);
    }
    if (wire::encode(*decoded) != octets) {
        complain("encodes to other octets the second time", text);
    }
    // "Not a number" equals nothing, not even itself.
    if (*decoded != message && text.find("nan") == std::string::npos) {
        complain("another value after a journey", text);
    }
}

void decodeWhatNoFamilyHas(OctetView octets) {
    const auto goOn = [&](const auto& decoded) {
        if (decoded) {
            goAnotherTime(*decoded);
        }
    };
    goOn(wire::decode<wire::FractalCookie>(octets));
    goOn(wire::decode<wire::PingPongCookie>(octets));
    goOn(wire::decode<wire::CalcAppCookie>(octets));
    goOn(wire::decode<wire::ExtendedFractalParameter>(octets));
    goOn(wire::decode<wire::ExtendedFractalData>(octets));
    goOn(wire::decode<wire::ExtendedFractalRefusal>(octets));
    goOn(wire::decode<wire::ScriptCookie>(octets));
    if (const auto extension = wire::decodeScriptExtension(octets)) {
        std::visit([](const auto& message) { goAnotherTime(message); }, *extension);
    }
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int* argumentCount, char*** arguments) {
    const char* const captures = std::getenv("KOLAM_CAPTURES");
    for (int number = 1; captures != nullptr && number < *argumentCount; ++number) {
        const char* const argument = (*arguments)[number];
        if (argument[0] != '-') {
            writeSeeds(captures, argument);
            break; // the first folder is the one that libFuzzer writes to
        }
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::size_t selected = data[0] % (fuzzedProtocols.size() + 1);
    const OctetView octets{reinterpret_cast<const std::byte*>(data + 1), size - 1};
    if (selected == fuzzedProtocols.size()) {
        decodeWhatNoFamilyHas(octets);
        return 0;
    }
    const auto decoded =
        withDecoded(fuzzedProtocols[selected], octets, [](const auto& message) { goAnotherTime(message); });
    if (!decoded && decoded.error().offset > octets.size()) {
        complain("a mistake outside of the message", describe(decoded.error()));
    }
    return 0;
}
