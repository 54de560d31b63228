// SPDX-License-Identifier: GPL-3.0-or-later
// So many sessions at a time: a session holds a slot as long as it lives.
// Next door: outbox.h, the other thing that sessions of several services hold.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

namespace kolam::services {

class Slots {
public:
    /// Gives its slot back when it dies. Slots must outlive it.
    class Slot {
    public:
        explicit Slot(Slots& owner) : m_owner(&owner) { ++m_owner->m_taken; }
        Slot(Slot&& other) noexcept : m_owner(std::exchange(other.m_owner, nullptr)) {}
        Slot& operator=(Slot&&) = delete;
        ~Slot() {
            if (m_owner != nullptr) {
                --m_owner->m_taken;
            }
        }

    private:
        Slots* m_owner;
    };

    explicit Slots(std::uint32_t capacity) : m_capacity(capacity) {}
    /// Nothing when all are taken.
    [[nodiscard]] std::optional<Slot> take() {
        return m_taken < m_capacity ? std::optional<Slot>{*this} : std::nullopt;
    }
    [[nodiscard]] std::uint32_t taken() const { return m_taken; }
    /// The part that is taken: what adaptive policies want to know.
    [[nodiscard]] double load() const { return m_capacity == 0 ? 1.0 : static_cast<double>(m_taken) / m_capacity; }

private:
    std::uint32_t m_capacity;
    std::uint32_t m_taken = 0;
};

} // namespace kolam::services
