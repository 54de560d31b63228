// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/search_index.h"

#include "core/telemetry/block_reader.h"

#include <array>
#include <fstream>
#include <limits>
#include <type_traits>

namespace kolam::telemetry {

namespace {

static_assert(std::variant_size_v<AnyEvent> < 256, "a kind is one octet");

constexpr std::array<char, 8> magic{'k', 'o', 'l', 'a', 'm', 'f', 'd', '1'};
constexpr std::uint64_t mostEvents = 64'000'000; // what a file may say without being called wrong

/// The components that an event names, whatever it is: fields of the types of identifiers.
std::array<ComponentId, 2> namedBy(const Event& event) {
    std::array<ComponentId, 2> named{};
    std::size_t count = 0;
    const auto take = [&](ComponentId id) {
        if (id != ComponentId{} && objectOf(id) != 0 && id != event.component && count < named.size()) {
            named[count++] = id;
        }
    };
    std::visit(
        [&](const auto& body) {
            std::remove_cvref_t<decltype(body)>::fields(body, [&](std::string_view, const auto& value) {
                using Value = std::remove_cvref_t<decltype(value)>;
                if constexpr (std::is_same_v<Value, PeIdentifier> || std::is_same_v<Value, ServerId>) {
                    take(componentId(value));
                } else if constexpr (std::is_same_v<Value, ComponentId>) {
                    take(value);
                }
            });
        },
        static_cast<const AnyEvent&>(event.body));
    return named;
}

template <typename Value>
void writeColumn(std::ofstream& file, const std::vector<Value>& column) {
    static_assert(std::is_trivially_copyable_v<Value>);
    const std::uint64_t count = column.size();
    file.write(reinterpret_cast<const char*>(&count), sizeof count);
    file.write(reinterpret_cast<const char*>(column.data()), static_cast<std::streamsize>(count * sizeof(Value)));
}

template <typename Value>
bool readColumn(std::ifstream& file, std::vector<Value>& column) {
    std::uint64_t count = 0;
    if (!file.read(reinterpret_cast<char*>(&count), sizeof count) || count > mostEvents) {
        return false;
    }
    column.resize(count);
    return static_cast<bool>(
        file.read(reinterpret_cast<char*>(column.data()), static_cast<std::streamsize>(count * sizeof(Value))));
}

} // namespace

std::uint32_t SearchIndex::numberOf(ComponentId object) {
    if (object == ComponentId{}) {
        return 0;
    }
    const auto [found, isNew] = m_numbers.try_emplace(object, static_cast<std::uint32_t>(m_objects.size()));
    if (isNew) {
        m_objects.push_back(object);
    }
    return found->second;
}

void SearchIndex::add(const Event& event, std::uint32_t offset) {
    const auto [about, also] = namedBy(event);
    m_times.push_back(event.wall.value);
    m_kinds.push_back(static_cast<std::uint8_t>(event.body.index()));
    m_subjects.push_back({numberOf(event.component), numberOf(about), numberOf(also)});
    m_offsets.push_back(offset);
}

void SearchIndex::find(const EventQuery& query, const std::function<void(std::uint32_t)>& visit) const {
    std::uint32_t object = 0;
    if (query.object) {
        const auto found = m_numbers.find(*query.object);
        if (found == m_numbers.end()) {
            return;
        }
        object = found->second;
    }
    const std::int64_t from = query.from ? query.from->value : std::numeric_limits<std::int64_t>::min();
    const std::int64_t to = query.to ? query.to->value : std::numeric_limits<std::int64_t>::max();
    for (std::size_t at = m_times.size(); at-- > 0;) {
        if (m_times[at] < from || m_times[at] > to || (query.kind && m_kinds[at] != *query.kind)) {
            continue; // hosts' clocks differ: times are not quite in order
        }
        const Subjects& subjects = m_subjects[at];
        if (object == 0 || subjects.teller == object || subjects.about == object || subjects.also == object) {
            visit(m_offsets[at]);
        }
    }
}

// ---- Beside the recording ------------------------------------------------------------------------------------------

std::filesystem::path SearchIndex::pathOf(const std::filesystem::path& recording) {
    return recording.string() + ".find";
}

void SearchIndex::save(const std::filesystem::path& recording, std::uint64_t recorded) const {
    // Of this host only: in its own order of octets. Where it cannot be written, it is made again the next time.
    std::ofstream file(pathOf(recording), std::ios::binary | std::ios::trunc);
    file.write(magic.data(), magic.size());
    file.write(reinterpret_cast<const char*>(&recorded), sizeof recorded);
    writeColumn(file, m_times);
    writeColumn(file, m_kinds);
    writeColumn(file, m_subjects);
    writeColumn(file, m_offsets);
    writeColumn(file, m_objects);
}

std::optional<SearchIndex> SearchIndex::load(const std::filesystem::path& recording, std::uint64_t recorded) {
    std::ifstream file(pathOf(recording), std::ios::binary);
    std::array<char, magic.size()> begin{};
    std::uint64_t of = 0;
    if (!file.read(begin.data(), begin.size()) || begin != magic ||
        !file.read(reinterpret_cast<char*>(&of), sizeof of) || of != recorded) {
        return std::nullopt;
    }
    SearchIndex index;
    if (!readColumn(file, index.m_times) || !readColumn(file, index.m_kinds) || !readColumn(file, index.m_subjects) ||
        !readColumn(file, index.m_offsets) || !readColumn(file, index.m_objects) || index.m_objects.empty()) {
        return std::nullopt;
    }
    const std::size_t count = index.m_times.size();
    if (index.m_kinds.size() != count || index.m_subjects.size() != count || index.m_offsets.size() != count) {
        return std::nullopt;
    }
    for (std::size_t number = 1; number < index.m_objects.size(); ++number) {
        index.m_numbers.emplace(index.m_objects[number], static_cast<std::uint32_t>(number));
    }
    return index;
}

std::expected<SearchIndex, std::string> SearchIndex::make(const std::filesystem::path& recording) {
    auto blocks = BlockReader::open(recording);
    if (!blocks) {
        return std::unexpected(std::move(blocks.error()));
    }
    SearchIndex index;
    bool inKeyFrame = false;
    for (std::uint64_t offset = blocks->offset(); const auto block = blocks->next(); offset = blocks->offset()) {
        const auto packet = block->type == pcapng::packetType ? pcapng::readPacket(block->body) : std::nullopt;
        if (!packet) {
            continue;
        }
        const auto event = readEvent(packet->comment.empty() ? packet->data : packet->comment);
        if (!event) {
            continue;
        }
        if (std::holds_alternative<KeyFrameBegan>(event->body)) {
            inKeyFrame = true;
        } else if (std::holds_alternative<KeyFrameEnded>(event->body)) {
            inKeyFrame = false;
        } else if (!inKeyFrame && offset <= std::numeric_limits<std::uint32_t>::max()) {
            index.add(*event, static_cast<std::uint32_t>(offset));
        }
    }
    return index;
}

} // namespace kolam::telemetry
