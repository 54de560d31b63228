// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/scenario.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace kolam::lab {

std::string_view toText(MemberKind kind) {
    switch (kind) {
    case MemberKind::Registrar: return "registrar";
    case MemberKind::Element: return "element";
    case MemberKind::User: return "user";
    }
    std::unreachable();
}

std::string memberName(const Troop& troop, std::size_t number) {
    return fmt::format("{}-{}", troop.name, number);
}

std::string Words::in(std::string_view language) const {
    const auto found = byLanguage.contains(language) ? byLanguage.find(language) : byLanguage.find("en");
    return found == byLanguage.end() ? std::string{} : found->second;
}

std::optional<Deed> readDeed(std::string_view word) {
    const auto found = std::ranges::find(deedWords, word);
    return found == deedWords.end() ? std::nullopt : std::optional{static_cast<Deed>(found - deedWords.begin())};
}

} // namespace kolam::lab
