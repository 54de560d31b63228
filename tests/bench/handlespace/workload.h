// SPDX-License-Identifier: GPL-3.0-or-later
// The same elements for every measurement: what the published figures of other handlespaces were measured with, so
// that they can be compared. Next door: handlespace_ops.cpp (a table for scripts), bench_handlespace.cpp.
#pragma once

#include "core/handlespace/handlespace.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace workload {

using kolam::wire::PolicyType;

struct NamedPolicy {
    std::string_view name;
    PolicyType type;
};
inline constexpr std::array policies{
    NamedPolicy{"RR", PolicyType::RoundRobin},
    NamedPolicy{"WRR", PolicyType::WeightedRoundRobin},
    NamedPolicy{"RAND", PolicyType::Random},
    NamedPolicy{"WRAND", PolicyType::WeightedRandom},
    NamedPolicy{"PRIO", PolicyType::Priority},
    NamedPolicy{"LU", PolicyType::LeastUsed},
    NamedPolicy{"LUD", PolicyType::LeastUsedDegradation},
    NamedPolicy{"PLU", PolicyType::PriorityLeastUsed},
    NamedPolicy{"PLUD", PolicyType::PriorityLeastUsedDegradation},
    NamedPolicy{"RLU", PolicyType::RandomizedLeastUsed},
    NamedPolicy{"RLUD", PolicyType::RandomizedLeastUsedDegradation},
    NamedPolicy{"RPLU", PolicyType::RandomizedPriorityLeastUsed},
    NamedPolicy{"RPLUD", PolicyType::RandomizedPriorityLeastUsedDegradation},
    NamedPolicy{"WRAND_DPF", PolicyType::WeightedRandomDpf},
    NamedPolicy{"LU_DPF", PolicyType::LeastUsedDpf},
    NamedPolicy{"LUD_DPF", PolicyType::LeastUsedDegradationDpf},
    NamedPolicy{"P2C", PolicyType::PowerOfTwoChoices},
    NamedPolicy{"LS", PolicyType::LeastSessions},
    NamedPolicy{"HASH", PolicyType::ConsistentHash},
};
[[nodiscard]] inline std::optional<PolicyType> findPolicy(std::string_view name) {
    for (const NamedPolicy& policy : policies) {
        if (policy.name == name) {
            return policy.type;
        }
    }
    return std::nullopt;
}

/// xorshift64 by Marsaglia.
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : m_state(88172645463325252u ^ seed * 0x9e3779b97f4a7c15u) {}
    std::uint64_t operator()() {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return m_state;
    }
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((*this)() >> 32) * bound >> 32); }

private:
    std::uint64_t m_state;
};

inline constexpr kolam::ServerId me{0x11223344};
inline constexpr kolam::ServerId other{0x55667788};
inline constexpr kolam::Duration keepAliveInterval = std::chrono::seconds{5};

/// Elements in a random order, and a handlespace to work on.
class Workload {
public:
    struct Item {
        std::uint32_t pool;
        std::uint32_t identifier;
        std::uint32_t weight;
        std::uint32_t load;
    };
    Workload(PolicyType type, std::uint32_t pools, std::uint32_t elementsPerPool, std::uint64_t seed)
        : numbers(seed)
        , items(std::size_t{pools} * elementsPerPool) {
        for (std::uint32_t i = 0; i < pools; ++i) {
            handles.emplace_back(fmt::format("Pool-{:08}", i * 2654435761u % 100000000u));
        }
        for (std::uint32_t i = 0; i < items.size(); ++i) {
            (void)numbers();
            items[i] = {i / elementsPerPool, (i + 1) * 2654435761u, 1 + numbers.below(100), numbers.below(0x7fffffff)};
        }
        shuffle(items);
        m_element.homeRegistrar = me;
        m_element.life = kolam::wire::RegistrationLife{300000};
        m_element.userTransport.addresses.resize(1);
        m_element.asapTransport = m_element.userTransport;
        m_element.policy.type = type;
        m_element.policy.degradation = 0x01000000;
        m_element.policy.penaltyFactor = 0x00010000;
    }

    template <typename Values>
    void shuffle(Values& values) {
        for (auto i = static_cast<std::uint32_t>(values.size() - 1); i > 0; --i) {
            std::swap(values[i], values[numbers.below(i + 1)]);
        }
    }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(items.size()); }
    [[nodiscard]] std::uint32_t any() { return numbers.below(size()); }
    [[nodiscard]] const kolam::PoolHandle& anyHandle() {
        return handles[numbers.below(static_cast<std::uint32_t>(handles.size()))];
    }

    /// What the item would register; valid until the next call.
    const kolam::wire::PoolElement& element(std::uint32_t index) {
        const Item& item = items[index];
        m_element.identifier = kolam::PeIdentifier{item.identifier};
        setTransport(m_element.userTransport, item);
        setTransport(*m_element.asapTransport, item);
        m_element.policy.weight = item.weight;
        m_element.policy.load = item.load;
        m_element.policy.distance = item.weight;
        return m_element;
    }
    /// Registers the item and starts its keep-alive timer.
    kolam::ElementRef enter(kolam::Handlespace& handlespace, std::uint32_t index) {
        const kolam::ElementRef ref = handlespace.registerElement(handles[items[index].pool], element(index))->element;
        handlespace.extra(ref).association = index + 1;
        handlespace.setDeadline(ref, kolam::DeadlineKind::KeepAliveTransmission, tick() + keepAliveInterval);
        return ref;
    }
    void enterAll(kolam::Handlespace& handlespace) {
        for (std::uint32_t i = 0; i < size(); ++i) {
            enter(handlespace, i);
        }
    }
    [[nodiscard]] kolam::ElementRef find(const kolam::Handlespace& handlespace, std::uint32_t index) const {
        return handlespace.find(handles[items[index].pool], kolam::PeIdentifier{items[index].identifier});
    }
    /// Every operation takes a microsecond of the elements' time.
    kolam::TimePoint tick() { return now += std::chrono::microseconds{1}; }

    Numbers numbers;
    std::vector<kolam::PoolHandle> handles;
    std::vector<Item> items;
    kolam::TimePoint now{};

private:
    static void setTransport(kolam::wire::TransportParameter& transport, const Item& item) {
        transport.port = static_cast<std::uint16_t>(1024 + (item.identifier & 0x7fff));
        std::memcpy(transport.addresses[0].octets.data(), &item.identifier, sizeof item.identifier);
    }
    kolam::wire::PoolElement m_element;
};

} // namespace workload
