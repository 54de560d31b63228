// SPDX-License-Identifier: GPL-3.0-or-later
// Which elements a registrar owns, and the two sums by which registrars compare what they know.
// Next door: handlespace.cpp, which says what each element adds to the sums.
#pragma once

#include "core/handlespace/chunked_array.h"
#include "core/handlespace/slab.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace kolam {

class OwnerIndex {
public:
    struct Owner {
        ServerId id;
        /// Plain sum of all 16-bit words; folded only when it is asked for, because one's complement has two zeros.
        std::uint64_t wordSum = 0;
        std::uint64_t digest = 0;
        ChunkedArray<ElementRef> elements;
    };

    [[nodiscard]] ServerId idOf(const Element& element) const { return m_owners[element.owner]->id; }
    [[nodiscard]] const Owner* find(ServerId id) const {
        const std::uint32_t number = numberOf(id);
        return number != nowhere ? m_owners[number].get() : nullptr;
    }
    /// Enters the element; returns its owner, for the sums.
    Owner& add(Slab& slab, std::uint32_t slot, ServerId id) {
        const std::uint32_t number = numberFor(id);
        Owner& owner = *m_owners[number];
        Element& element = slab[slot];
        element.owner = number;
        element.ownerPlace = owner.elements.size();
        owner.elements.push_back(slab.refOf(slot));
        return owner;
    }
    Owner& ownerOf(const Element& element) { return *m_owners[element.owner]; }
    /// The sums are corrected before, because an owner without elements is forgotten.
    void remove(Slab& slab, std::uint32_t slot) {
        const Element& element = slab[slot];
        Owner& owner = *m_owners[element.owner];
        const std::uint32_t place = element.ownerPlace;
        const ElementRef last = owner.elements.back();
        if (last.slot != slot) { // the last one need not be touched when it is this one
            slab[last.slot].ownerPlace = place;
            owner.elements[place] = last;
        }
        owner.elements.pop_back();
        if (owner.elements.empty()) {
            forget(element.owner);
        }
    }
    /// Moves all elements of an owner, who is forgotten, and adds up the word sums. Returns the other one, for the
    /// digest.
    Owner& moveAll(Slab& slab, ServerId from, ServerId to) {
        const std::uint32_t fromNumber = numberOf(from);
        const std::uint32_t toNumber = numberFor(to);
        Owner& source = *m_owners[fromNumber];
        Owner& target = *m_owners[toNumber];
        target.wordSum += source.wordSum;
        for (std::uint32_t i = 0; i < source.elements.size(); ++i) {
            Element& element = slab[source.elements[i].slot];
            element.owner = toNumber;
            element.ownerPlace = target.elements.size();
            target.elements.push_back(source.elements[i]);
        }
        forget(fromNumber);
        return target;
    }
    /// Nowhere when it owns nothing.
    [[nodiscard]] std::uint32_t numberOf(ServerId id) const {
        if (m_lastNumber != nowhere && m_lastId == id) { // most questions are about the same registrar as the last one
            return m_lastNumber;
        }
        const auto found = m_numbers.find(id.value);
        if (found == m_numbers.end()) {
            return nowhere;
        }
        m_lastId = id;
        m_lastNumber = found->second;
        return found->second;
    }
    template <typename Function>
    void forEach(const Function& function) const {
        for (const auto& owner : m_owners) {
            if (owner) {
                function(*owner);
            }
        }
    }

private:
    void forget(std::uint32_t number) {
        m_numbers.erase(m_owners[number]->id.value);
        m_free.push_back(number);
        m_owners[number].reset();
        m_lastNumber = nowhere;
    }
    [[nodiscard]] std::uint32_t numberFor(ServerId id) {
        std::uint32_t number = numberOf(id);
        if (number == nowhere) {
            if (m_free.empty()) {
                m_free.push_back(static_cast<std::uint32_t>(m_owners.size()));
                m_owners.emplace_back();
            }
            number = m_free.back();
            m_free.pop_back();
            m_owners[number] = std::make_unique<Owner>();
            m_owners[number]->id = id;
            m_numbers.emplace(id.value, number);
        }
        return number;
    }

    std::vector<std::unique_ptr<Owner>> m_owners; // by number; elements remember the number
    std::vector<std::uint32_t> m_free;
    std::unordered_map<std::uint32_t, std::uint32_t> m_numbers;
    mutable ServerId m_lastId;
    mutable std::uint32_t m_lastNumber = nowhere;
};

} // namespace kolam
