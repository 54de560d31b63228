// SPDX-License-Identifier: GPL-3.0-or-later
// The handlespace as a beginner would write it: maps, and sorting everything whenever something is asked. It shares
// nothing with the real one but the types. Next door: test_model.cpp, which compares the two.
#pragma once

#include "core/handlespace/handlespace.h"

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

class NaiveHandlespace {
public:
    explicit NaiveHandlespace(const kolam::Handlespace::Settings& settings) : m_settings(settings) {}

    struct HandleOrder {
        bool operator()(const kolam::PoolHandle& a, const kolam::PoolHandle& b) const {
            return std::pair{a.value.size(), a.value} < std::pair{b.value.size(), b.value};
        }
    };
    struct Element {
        kolam::wire::PoolElement data;
        kolam::DeadlineKind kind = kolam::DeadlineKind::None;
        kolam::TimePoint deadline = kolam::never;
        std::uint64_t sequence = 0;
        std::uint64_t round = 0;
        std::uint64_t part = 0;  // of the round that a weighted element waits for; or rsplib's virtual counter
        std::uint64_t added = 0; // degradation
    };
    struct Pool {
        kolam::wire::Policy founding;
        kolam::wire::TransportParameter transport;
        std::uint64_t sequence = 0;
        bool renumbered = false;
        std::map<kolam::PeIdentifier, Element> elements;
    };
    using Pools = std::map<kolam::PoolHandle, Pool, HandleOrder>;
    using Name = std::pair<kolam::PoolHandle, kolam::PeIdentifier>;

    /// "added", "changed", "same" or the name of the error.
    std::string registerElement(const kolam::PoolHandle& handle, const kolam::wire::PoolElement& element);
    void remove(const Name& name);
    [[nodiscard]] Element& at(const Name& name) { return m_pools.at(name.first).elements.at(name.second); }
    [[nodiscard]] bool contains(const Name& name) const;
    [[nodiscard]] const Pools& pools() const { return m_pools; }

    /// Whether somebody could ever be chosen.
    [[nodiscard]] bool selectable(const Element& element) const;
    /// What a random policy draws by: proportional to this.
    [[nodiscard]] static std::uint64_t chance(const kolam::wire::Policy& policy);
    [[nodiscard]] std::vector<kolam::PeIdentifier> selectInOrder(const kolam::PoolHandle& handle, std::uint32_t items,
                                                                 bool counts);
    [[nodiscard]] std::vector<kolam::PeIdentifier> selectByKey(const kolam::PoolHandle& handle, std::uint32_t items,
                                                               std::uint64_t key) const;

    [[nodiscard]] std::uint16_t checksum(kolam::ServerId owner) const;
    [[nodiscard]] std::uint64_t digest(kolam::ServerId owner) const;
    /// Behind the position, as Handlespace::tablePart().
    [[nodiscard]] std::vector<Name> tablePart(const Name& position, std::size_t limit,
                                              std::optional<kolam::ServerId> owner) const;

private:
    using Key = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>;
    [[nodiscard]] bool blocks(const Element& element) const;
    [[nodiscard]] Key keyOf(const Element& element) const;
    [[nodiscard]] std::vector<Element*> sorted(Pool& pool, const Element* without = nullptr) const;
    void advance(Element& element) const;
    void join(Element& element, std::uint64_t round, std::uint64_t position) const;
    void renumber(Pool& pool, std::uint64_t items, const Element* without) const;
    void enterOrder(Pool& pool, Element& element) const;
    void reenterOrder(Pool& pool, Element& element, const kolam::wire::Policy& policy) const;

    kolam::Handlespace::Settings m_settings;
    Pools m_pools;
};
