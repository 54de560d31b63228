// SPDX-License-Identifier: GPL-3.0-or-later
// Reads tests/captures/vectors-*.tsv without Qt, which fuzzers do not have.
#include "tests/fuzz/wire/seeds.h"

#include "core/base/octets.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace kolam::test {

void writeSeeds(const std::string& captures, const std::string& folder) {
    int count = 0;
    for (const char* name : {"vectors-asap-enrp.tsv", "vectors-services.tsv"}) {
        std::ifstream list{std::filesystem::path{captures} / name};
        for (std::string line; std::getline(list, line);) {
            const std::string_view protocol = std::string_view{line}.substr(0, line.find('\t'));
            const auto place = std::find(fuzzedProtocols.begin(), fuzzedProtocols.end(), protocol);
            if (place == fuzzedProtocols.end()) {
                continue;
            }
            const Octets message = fromHex(std::string_view{line}.substr(line.rfind('\t') + 1));
            std::ofstream seed{std::filesystem::path{folder} / ("seed-" + std::to_string(count++)), std::ios::binary};
            seed.put(static_cast<char>(place - fuzzedProtocols.begin()));
            seed << asText(message);
        }
    }
}

} // namespace kolam::test
