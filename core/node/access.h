// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of access in lab mode: nobody is authenticated, so they know pools by pattern and senders by network.
// Without rules everything is allowed; all is counted. Next door: core/base/authorizer.h, the question they answer.
#pragma once

#include "core/base/authorizer.h"

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kolam {

/// An address range: "10.0.0.0/8", "2001:db8::/32", or one address.
struct Network {
    IpAddress address;
    std::uint8_t prefix = 0; // leading bits that count
    [[nodiscard]] static std::optional<Network> parse(std::string_view text);
    [[nodiscard]] bool contains(const IpAddress& other) const;
    friend bool operator==(const Network&, const Network&) = default;
};
[[nodiscard]] std::string toText(const Network& network);

/// Whether a pool handle fits a pattern, in which * stands for any octets and ? for one.
[[nodiscard]] bool matchesPattern(std::string_view text, std::string_view pattern);

/// Speaks of some verbs, pools and senders: "register,deregister pool=Class/* from=10.0.0.0/8". All parts may be left
/// out: the verbs, or "*", for every verb; pool for every pool; from for everybody.
struct AccessRule {
    std::array<bool, verbCount> verbs{true, true, true, true, true, true};
    std::string pool = "*";
    std::optional<Network> from;
    /// The error is a sentence for the person who wrote the rule.
    [[nodiscard]] static std::expected<AccessRule, std::string> parse(std::string_view text);
    friend bool operator==(const AccessRule&, const AccessRule&) = default;
};

/// What is denied stays denied. Of what is left, a verb that some rule allows is allowed as those rules say, all other
/// verbs are allowed. So the order of rules means nothing.
class AccessRules final : public Authorizer {
public:
    struct Counts {
        std::uint64_t allowed = 0;
        std::uint64_t denied = 0;
    };
    AccessRules() = default;
    AccessRules(std::vector<AccessRule> allow, std::vector<AccessRule> deny);
    [[nodiscard]] const Counts& counts(Verb verb) const { return m_counts[static_cast<std::size_t>(verb)]; }

private:
    [[nodiscard]] bool allows(const Identity& who, Verb verb, const PoolHandle& object) override;
    [[nodiscard]] bool decide(const Identity& who, Verb verb, const PoolHandle& object) const;

    std::vector<AccessRule> m_allow;
    std::vector<AccessRule> m_deny;
    std::array<Counts, verbCount> m_counts{};
};

} // namespace kolam
