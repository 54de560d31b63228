// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzzer of both sides of a registrar: the first octet selects the state in which it is met, the others are what
// happens then (registrar_torture.h).
#include "tests/fuzz/registrar/registrar_torture.h"

using namespace kolam;
using namespace kolam::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    RegistrarTorture registrar{static_cast<RegistrarState>(data[0] % registrarStateCount)};
    registrar.run({reinterpret_cast<const std::byte*>(data + 1), size - 1});
    return 0;
}
