// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: access.h says what for.
#include "core/node/access.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <ranges>

namespace kolam {

std::optional<Network> Network::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) {
        return std::nullopt;
    }
    const unsigned bits = address->v6 ? 128 : 32;
    unsigned prefix = bits;
    if (slash != std::string_view::npos) {
        const std::string_view digits = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
        if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || prefix > bits) {
            return std::nullopt;
        }
    }
    return Network{*address, static_cast<std::uint8_t>(prefix)};
}

bool Network::contains(const IpAddress& other) const {
    if (other.v6 != address.v6) {
        return false;
    }
    const std::size_t whole = prefix / 8;
    const unsigned rest = prefix % 8;
    if (!std::equal(address.octets.begin(), address.octets.begin() + static_cast<std::ptrdiff_t>(whole),
                    other.octets.begin())) {
        return false;
    }
    return rest == 0 || ((address.octets[whole] ^ other.octets[whole]) >> (8 - rest)) == 0;
}

std::string toText(const Network& network) {
    return fmt::format("{}/{}", toText(network.address), network.prefix);
}

bool matchesPattern(std::string_view text, std::string_view pattern) {
    std::size_t at = 0;
    std::size_t in = 0;
    std::size_t star = std::string_view::npos; // the last * met, and how much of the text it has taken
    std::size_t taken = 0;
    while (at < text.size()) {
        if (in < pattern.size() && pattern[in] == '*') {
            star = in++;
            taken = at;
        } else if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == text[at])) {
            ++in;
            ++at;
        } else if (star != std::string_view::npos) {
            in = star + 1;
            at = ++taken;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

namespace {

constexpr std::array everyVerb{Verb::Register,          Verb::Deregister, Verb::Resolve,
                               Verb::ReportUnreachable, Verb::Peer,       Verb::UploadScript};
static_assert(everyVerb.size() == verbCount);

std::expected<std::array<bool, verbCount>, std::string> parseVerbs(std::string_view text) {
    std::array<bool, verbCount> verbs{};
    for (const auto part : std::views::split(text, ',')) {
        const std::string_view name{part.begin(), part.end()};
        bool known = name == "*";
        for (std::size_t i = 0; i < verbCount; ++i) {
            if (name == "*" || name == toText(everyVerb[i])) {
                verbs[i] = known = true;
            }
        }
        if (!known) {
            return std::unexpected(fmt::format("\"{}\" is no verb; there are register, deregister, resolve, "
                                               "report-unreachable and upload-script, or * for all",
                                               name));
        }
    }
    return verbs;
}

} // namespace

std::expected<AccessRule, std::string> AccessRule::parse(std::string_view text) {
    AccessRule rule;
    bool first = true;
    for (const auto part : std::views::split(text, ' ')) {
        const std::string_view word{part.begin(), part.end()};
        if (word.empty()) {
            continue;
        }
        if (word.starts_with("pool=") && word.size() > 5) {
            rule.pool = word.substr(5);
        } else if (word.starts_with("from=")) {
            rule.from = Network::parse(word.substr(5));
            if (!rule.from) {
                return std::unexpected(fmt::format("\"{}\" is no network such as 10.0.0.0/8", word.substr(5)));
            }
        } else if (first) {
            auto verbs = parseVerbs(word);
            if (!verbs) {
                return std::unexpected(std::move(verbs.error()));
            }
            rule.verbs = *verbs;
        } else {
            return std::unexpected(fmt::format("\"{}\" is neither pool=PATTERN nor from=NETWORK", word));
        }
        first = false;
    }
    if (first) {
        return std::unexpected(std::string{"an empty rule; * speaks of everything"});
    }
    return rule;
}

AccessRules::AccessRules(std::vector<AccessRule> allow, std::vector<AccessRule> deny)
    : m_allow(std::move(allow))
    , m_deny(std::move(deny)) {}

bool AccessRules::allows(const Identity& who, Verb verb, const PoolHandle& object) {
    const bool allowed = (m_allow.empty() && m_deny.empty()) || decide(who, verb, object);
    Counts& counts = m_counts[static_cast<std::size_t>(verb)];
    ++(allowed ? counts.allowed : counts.denied);
    return allowed;
}

bool AccessRules::decide(const Identity& who, Verb verb, const PoolHandle& object) const {
    const auto speaksOf = [verb](const AccessRule& rule) { return rule.verbs[static_cast<std::size_t>(verb)]; };
    const auto fitsPool = [&object](const AccessRule& rule) { return matchesPattern(object.value, rule.pool); };
    // A sender with several addresses is denied for one of them, and allowed for all of them only.
    const auto& addresses = who.address.ips;
    const auto within = [](const AccessRule& rule) {
        return [&rule](const IpAddress& address) { return !rule.from || rule.from->contains(address); };
    };
    for (const AccessRule& rule : m_deny) {
        if (speaksOf(rule) && fitsPool(rule) && std::ranges::any_of(addresses, within(rule))) {
            return false;
        }
    }
    bool named = false;
    for (const AccessRule& rule : m_allow) {
        named = named || speaksOf(rule);
        if (speaksOf(rule) && fitsPool(rule) && std::ranges::all_of(addresses, within(rule))) {
            return true;
        }
    }
    return !named;
}

} // namespace kolam
