// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/component.h"

#include "core/base/octets.h"

#include <array>
#include <charconv>
#include <fmt/format.h>

namespace kolam::telemetry {

namespace {

/// FNV-1a with 64 bits: these are names for people's screens, not protection against anybody.
class Digest {
public:
    void add(OctetView octets) {
        for (const std::byte octet : octets) {
            m_value = (m_value ^ std::to_integer<std::uint64_t>(octet)) * 0x100000001b3;
        }
    }
    void add(std::uint32_t number) {
        std::array<std::byte, 4> octets{};
        writeBigEndian(octets, 0, number);
        add(octets);
    }
    [[nodiscard]] StoryId story() const { return StoryId{m_value == 0 ? 1 : m_value}; }

private:
    std::uint64_t m_value = 0xcbf29ce484222325;
};

std::optional<std::uint64_t> readHex(std::string_view text) {
    std::uint64_t number = 0;
    if (!text.starts_with("0x")) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), number, 16);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

} // namespace

std::string_view toText(Role role) {
    switch (role) {
    case Role::None: return "component";
    case Role::Registrar: return "registrar";
    case Role::Element: return "element";
    case Role::User: return "user";
    case Role::Director: return "director";
    }
    return "component";
}

std::string toText(ComponentId id) {
    switch (roleOf(id)) {
    case Role::None: return fmt::format("group{}-0x{:014x}", id.value >> 56, objectOf(id));
    case Role::Registrar:
    case Role::Element:
        if (objectOf(id) <= 0xffffffff) {
            return fmt::format("{}-0x{:08x}", toText(roleOf(id)), objectOf(id));
        }
        [[fallthrough]];
    case Role::User:
    case Role::Director: break;
    }
    return fmt::format("{}-0x{:014x}", toText(roleOf(id)), objectOf(id));
}

std::optional<ComponentId> readComponentId(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view group = text.substr(0, dash);
    const auto object = readHex(text.substr(dash + 1));
    if (!object || *object > 0x00ffffffffffffff) {
        return std::nullopt;
    }
    for (const Role role : {Role::Registrar, Role::Element, Role::User, Role::Director}) {
        if (group == toText(role)) {
            return componentId(role, *object);
        }
    }
    std::uint8_t number = 0;
    const char* const end = group.data() + group.size();
    if (!group.starts_with("group")) {
        return std::nullopt;
    }
    if (const auto read = std::from_chars(group.data() + 5, end, number); read.ec != std::errc{} || read.ptr != end) {
        return std::nullopt;
    }
    return ComponentId{std::uint64_t{number} << 56 | *object};
}

StoryId storyOf(const PoolHandle& pool, PeIdentifier failed) {
    Digest digest;
    digest.add(failed.value);
    digest.add(asOctets(pool.value));
    return digest.story();
}

StoryId storyOf(ServerId failed) {
    Digest digest;
    digest.add(failed.value);
    return digest.story();
}

std::string toText(StoryId story) {
    return fmt::format("0x{:016x}", story.value);
}

} // namespace kolam::telemetry
