// SPDX-License-Identifier: GPL-3.0-or-later
// Elements to play with, for the tests of this folder.
#pragma once

#include "core/handlespace/handlespace.h"

#include <array>

inline constexpr std::array allPolicies{
    kolam::wire::PolicyType::RoundRobin,
    kolam::wire::PolicyType::WeightedRoundRobin,
    kolam::wire::PolicyType::Random,
    kolam::wire::PolicyType::WeightedRandom,
    kolam::wire::PolicyType::Priority,
    kolam::wire::PolicyType::LeastUsed,
    kolam::wire::PolicyType::LeastUsedDegradation,
    kolam::wire::PolicyType::PriorityLeastUsed,
    kolam::wire::PolicyType::RandomizedLeastUsed,
    kolam::wire::PolicyType::RandomizedPriorityLeastUsed,
    kolam::wire::PolicyType::RandomizedLeastUsedDegradation,
    kolam::wire::PolicyType::PriorityLeastUsedDegradation,
    kolam::wire::PolicyType::RandomizedPriorityLeastUsedDegradation,
    kolam::wire::PolicyType::WeightedRandomDpf,
    kolam::wire::PolicyType::LeastUsedDpf,
    kolam::wire::PolicyType::LeastUsedDegradationDpf,
    kolam::wire::PolicyType::PowerOfTwoChoices,
    kolam::wire::PolicyType::LeastSessions,
    kolam::wire::PolicyType::ConsistentHash,
};

/// A policy's words in the order of the wire, without those that the type does not have.
inline kolam::wire::Policy policyOf(kolam::wire::PolicyType type, const std::array<std::uint32_t, 4>& words) {
    using Words = kolam::wire::PolicyWords;
    const Words has = kolam::wire::policyWords(type);
    kolam::wire::Policy policy;
    policy.type = type;
    std::size_t next = 0;
    if (has.has(Words::Weight)) {
        policy.weight = words[next++];
    }
    if (has.has(Words::Load)) {
        policy.load = words[next++];
    }
    if (has.has(Words::Degradation)) {
        policy.degradation = words[next++];
    }
    if (has.has(Words::PenaltyFactor)) {
        policy.penaltyFactor = words[next];
        policy.distance = words[next + 1];
    }
    return policy;
}

inline kolam::wire::PoolElement elementOf(std::uint32_t identifier, std::uint32_t owner = 1) {
    kolam::wire::PoolElement element;
    element.identifier = kolam::PeIdentifier{identifier};
    element.homeRegistrar = kolam::ServerId{owner};
    element.life = kolam::wire::RegistrationLife{30000};
    element.userTransport.port = 7;
    element.userTransport.addresses = {kolam::IpAddress::v4(127, 0, 0, 1)};
    return element;
}
