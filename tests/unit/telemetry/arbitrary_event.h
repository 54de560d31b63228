// SPDX-License-Identifier: GPL-3.0-or-later
// Makes arbitrary events, by visiting the fields that they declare: so that no event can be forgotten in a test.
// What it makes is what JSON can carry.
#pragma once

#include "core/base/random.h"
#include "core/telemetry/event_log.h"

#include <utility>

namespace kolam::telemetry {

class ArbitraryEvent {
public:
    explicit ArbitraryEvent(Random& random) : m_random(random) {}

    template <typename Value>
    void operator()(std::string_view, Value& value) {
        make(value);
    }
    /// One of the `index`-th kind.
    [[nodiscard]] Event event(std::size_t index) {
        Event event;
        make(event.number);
        make(event.component);
        make(event.wall.value);
        event.monotonic = TimePoint{Duration{static_cast<std::int64_t>(m_random() >> 1)}};
        make(event.story.value);
        choose(event.body, index, std::make_index_sequence<std::variant_size_v<AnyEvent>>{});
        std::visit([this]<typename Body>(Body& body) { Body::fields(body, *this); }, event.body);
        return event;
    }

private:
    template <std::size_t... indices>
    static void choose(EventBody& body, std::size_t index, std::index_sequence<indices...>) {
        (void)((indices == index && (body.emplace<indices>(), true)) || ...);
    }
    void make(double& value) { value = m_random.unit(); }
    void make(bool& value) { value = m_random.chance(0.5); }
    template <typename Value>
        requires std::is_integral_v<Value>
    void make(Value& value) {
        value = static_cast<Value>(m_random.chance(0.3) ? m_random.below(4) : m_random());
    }
    template <typename Tag, typename Value>
        requires std::is_integral_v<Value>
    void make(Strong<Tag, Value>& value) {
        make(value.value);
    }
    void make(Duration& value) { value = Duration{static_cast<std::int64_t>(m_random())}; }
    void make(std::string& text) {
        text = m_random.chance(0.3) ? "Grüße \"\\\n\t\x01" : "";
        for (std::uint64_t left = m_random.below(20); left > 0; --left) {
            text += static_cast<char>(0x20 + m_random.below(0x5f));
        }
    }
    void make(PoolHandle& handle) {
        handle.value.clear();
        for (std::uint64_t left = m_random.below(20); left > 0; --left) {
            handle.value += static_cast<char>(m_random.below(256));
        }
    }
    void make(Octets& octets) {
        octets.resize(m_random.below(20));
        for (std::byte& octet : octets) {
            octet = static_cast<std::byte>(m_random.below(256));
        }
    }
    void make(TransportAddress& address) {
        address = {};
        for (std::uint64_t left = m_random.below(3); left > 0; --left) {
            IpAddress ip{.v6 = m_random.chance(0.5)};
            for (std::size_t octet = 0; octet < (ip.v6 ? 16 : 4); ++octet) {
                ip.octets[octet] = static_cast<std::uint8_t>(m_random.below(256));
            }
            address.ips.push_back(ip);
        }
        make(address.port);
    }
    template <HasWords Value>
    void make(Value& value) {
        value = static_cast<Value>(m_random.below(wordsOf(Value{}).size()));
    }
    template <typename Value>
        requires requires(Value& value, ArbitraryEvent& visit) { Value::fields(value, visit); }
    void make(Value& value) {
        Value::fields(value, *this);
    }
    template <typename Item>
    void make(std::vector<Item>& items) {
        items.resize(m_random.below(4));
        for (Item& item : items) {
            make(item);
        }
    }

    Random& m_random;
};

} // namespace kolam::telemetry
