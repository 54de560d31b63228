// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/policy_option.h"

#include "core/base/counted.h"

#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace kolam::cli {

namespace {

using wire::Policy;
using wire::PolicyType;

enum class Number : std::uint8_t { None, Weight, Degradation, Penalty };
struct Form {
    std::string_view name;
    PolicyType type;
    std::array<Number, 2> numbers;
};
constexpr std::array forms{
    Form{"RoundRobin", PolicyType::RoundRobin, {}},
    Form{"WeightedRoundRobin", PolicyType::WeightedRoundRobin, {Number::Weight}},
    Form{"Random", PolicyType::Random, {}},
    Form{"WeightedRandom", PolicyType::WeightedRandom, {Number::Weight}},
    Form{"WeightedRandomDPF", PolicyType::WeightedRandomDpf, {Number::Weight, Number::Penalty}},
    Form{"Priority", PolicyType::Priority, {Number::Weight}},
    Form{"LeastUsed", PolicyType::LeastUsed, {}},
    Form{"LeastUsedDPF", PolicyType::LeastUsedDpf, {Number::Penalty}},
    Form{"LeastUsedDegradation", PolicyType::LeastUsedDegradation, {Number::Degradation}},
    Form{"LeastUsedDegradationDPF", PolicyType::LeastUsedDegradationDpf, {Number::Degradation, Number::Penalty}},
    Form{"PriorityLeastUsed", PolicyType::PriorityLeastUsed, {Number::Degradation}},
    Form{"PriorityLeastUsedDegradation", PolicyType::PriorityLeastUsedDegradation, {Number::Degradation}},
    Form{"RandomizedLeastUsed", PolicyType::RandomizedLeastUsed, {}},
    Form{"RandomizedLeastUsedDegradation", PolicyType::RandomizedLeastUsedDegradation, {Number::Degradation}},
    Form{"RandomizedPriorityLeastUsed", PolicyType::RandomizedPriorityLeastUsed, {Number::Degradation}},
    Form{"PowerOfTwoChoices", PolicyType::PowerOfTwoChoices, {}},
    Form{"LeastSessions", PolicyType::LeastSessions, {}},
    Form{"ConsistentHash", PolicyType::ConsistentHash, {Number::Weight}},
};

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':')) {
        parts.push_back(text.substr(0, colon));
        text.remove_prefix(colon + 1);
    }
    parts.push_back(text);
    return parts;
}

template <typename T>
bool readWhole(std::string_view text, T& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size();
}

std::expected<void, std::string> store(std::string_view text, Number number, Policy& policy) {
    if (number == Number::Weight) {
        return readWhole(text, policy.weight)
                   ? std::expected<void, std::string>{}
                   : std::unexpected(fmt::format("has \"{}\" where a weight, a whole number, must be", text));
    }
    double fraction = -1;
    if (!readWhole(text, fraction) || !(fraction >= 0 && fraction <= 1)) {
        return std::unexpected(fmt::format("has \"{}\" where a fraction from 0 to 1 must be", text));
    }
    const auto word = static_cast<std::uint32_t>(std::llround(fraction * 0xffffffff));
    (number == Number::Degradation ? policy.degradation : policy.penaltyFactor) = word;
    return {};
}

} // namespace

std::expected<Policy, std::string> readPolicy(std::string_view text) {
    const std::vector<std::string_view> parts = split(text);
    for (const Form& form : forms) {
        if (form.name != parts.front()) {
            continue;
        }
        const std::size_t wanted = form.numbers[0] == Number::None ? 0u : form.numbers[1] == Number::None ? 1u : 2u;
        if (parts.size() != wanted + 1) {
            return std::unexpected(
                fmt::format("must be {} with {} after it, each behind a colon", form.name, counted(wanted, "number")));
        }
        Policy policy{.type = form.type};
        for (std::size_t i = 0; i < wanted; ++i) {
            if (auto stored = store(parts[i + 1], form.numbers[i], policy); !stored) {
                return std::unexpected(std::move(stored.error()));
            }
        }
        return policy;
    }
    std::string names;
    for (const Form& form : forms) {
        names += names.empty() ? "" : ", ";
        names += form.name;
    }
    return std::unexpected(fmt::format("must be one of {}", names));
}

} // namespace kolam::cli
