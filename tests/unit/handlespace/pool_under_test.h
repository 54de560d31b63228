// SPDX-License-Identifier: GPL-3.0-or-later
// One pool that answers in text: "[1 2] [3 1]". Next door: test_policies.cpp, test_chances.cpp.
#pragma once

#include "tests/unit/handlespace/elements.h"

#include <fmt/format.h>
#include <string>
#include <vector>

class PoolUnderTest {
public:
    using Words = std::vector<std::array<std::uint32_t, 4>>;
    /// Elements 1, 2, 3, ... with these words of the policy parameter.
    explicit PoolUnderTest(kolam::wire::PolicyType type, const Words& elements = {},
                           const kolam::Handlespace::Settings& settings = {})
        : m_type(type)
        , m_handlespace(42, settings) {
        std::uint32_t identifier = 0;
        for (const auto& words : elements) {
            enter(++identifier, words);
        }
    }
    void enter(std::uint32_t identifier, const std::array<std::uint32_t, 4>& words = {}) {
        kolam::wire::PoolElement element = elementOf(identifier);
        element.policy = policyOf(m_type, words);
        (void)m_handlespace.registerElement(m_handle, element);
    }
    void remove(std::uint32_t identifier) {
        m_handlespace.remove(m_handlespace.find(m_handle, kolam::PeIdentifier{identifier}));
    }
    /// Identifiers of one selection.
    const std::vector<std::uint32_t>& select(std::uint32_t items, std::optional<std::uint64_t> key = std::nullopt) {
        m_handlespace.select(m_handle, items, key, m_refs);
        m_identifiers.clear();
        for (const kolam::ElementRef ref : m_refs) {
            m_identifiers.push_back(m_handlespace.identifier(ref).value);
        }
        return m_identifiers;
    }
    std::string resolve(std::uint32_t times, std::uint32_t items) {
        std::string text;
        for (std::uint32_t i = 0; i < times; ++i) {
            text += fmt::format("{}[{}]", i == 0 ? "" : " ", fmt::join(select(items), " "));
        }
        return text;
    }

private:
    kolam::PoolHandle m_handle{"Pool"};
    kolam::wire::PolicyType m_type;
    kolam::Handlespace m_handlespace;
    std::vector<kolam::ElementRef> m_refs;
    std::vector<std::uint32_t> m_identifiers;
};
