// SPDX-License-Identifier: GPL-3.0-or-later
// Who speaks: the identifiers of components, which are those of CSP, so that events and reports of one component meet;
// and the names of stories. Next door: events.h, what they say.
#pragma once

#include "core/base/ids.h"
#include "core/wire/csp.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kolam::telemetry {

using wire::ComponentId;

/// What a component is for; the numbers of CSP's groups, and one more.
enum class Role : std::uint8_t { None = 0, Registrar = 1, Element = 2, User = 3, Director = 4 }; // starts and disturbs
[[nodiscard]] std::string_view toText(Role role); // "registrar", "element", ...

[[nodiscard]] constexpr ComponentId componentId(Role role, std::uint64_t object) {
    return ComponentId{std::uint64_t{static_cast<std::uint8_t>(role)} << 56 | (object & 0x00ffffffffffffff)};
}
[[nodiscard]] constexpr ComponentId componentId(ServerId id) {
    return componentId(Role::Registrar, id.value);
}
[[nodiscard]] constexpr ComponentId componentId(PeIdentifier id) {
    return componentId(Role::Element, id.value);
}
/// None for a group that nobody knows.
[[nodiscard]] constexpr Role roleOf(ComponentId id) {
    const auto group = static_cast<std::uint8_t>(id.value >> 56);
    return group <= static_cast<std::uint8_t>(Role::Director) ? static_cast<Role>(group) : Role::None;
}
/// The identifier within its group.
[[nodiscard]] constexpr std::uint64_t objectOf(ComponentId id) {
    return id.value & 0x00ffffffffffffff;
}

/// "registrar-0x0000002a", "element-0x0a000001", "user-0x00e42563e0440fbd", "group9-0x...": also the name of its
/// socket.
[[nodiscard]] std::string toText(ComponentId id);
[[nodiscard]] std::optional<ComponentId> readComponentId(std::string_view text);
inline constexpr ComponentId noComponent{}; // of whom a viewer tells what concerns itself

/// What several events of several components are about: the failure of an element, the takeover from a registrar. It
/// is computed from facts that all of them know, so that one story is told with one number without a word on the
/// wire. An element that fails twice under one identifier has one number: its stories are apart in time. 0: none.
using StoryId = Strong<struct StoryIdTag, std::uint64_t>;
[[nodiscard]] StoryId storyOf(const PoolHandle& pool, PeIdentifier failed);
[[nodiscard]] StoryId storyOf(ServerId failed);
[[nodiscard]] std::string toText(StoryId story); // "0x0123456789abcdef"

} // namespace kolam::telemetry
