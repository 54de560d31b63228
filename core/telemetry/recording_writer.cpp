// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/recording_writer.h"

#include "core/telemetry/pcapng.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace kolam::telemetry {

namespace {

constexpr std::size_t fullBuffer = 1024 * 1024; // octets that wait for the end of the turn at most
constexpr std::size_t longestComment = 60'000;  // octets, of 65,535 that an option can have

} // namespace

std::filesystem::path recordingPath(std::string_view name) {
    return name.ends_with(recordingSuffix) ? std::string{name} : std::string{name} + std::string{recordingSuffix};
}

RecordingWriter::RecordingWriter(std::filesystem::path path, Settings settings)
    : m_path(std::move(path))
    , m_settings(settings) {}

std::expected<std::unique_ptr<RecordingWriter>, std::string> RecordingWriter::open(const std::filesystem::path& path,
                                                                                   Settings settings) {
    std::unique_ptr<RecordingWriter> writer{new RecordingWriter{path, settings}};
    const auto cannot = [&] {
        return std::unexpected(fmt::format("cannot write the recording {}: {}", path.string(), std::strerror(errno)));
    };
    writer->m_file = LocalSocket{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0644)};
    struct stat found{};
    if (writer->m_file.descriptor() < 0 || ::fstat(writer->m_file.descriptor(), &found) != 0) {
        return cannot();
    }
    if (found.st_size > 0) {
        auto before = makeIndex(path);
        if (!before) {
            return std::unexpected(std::move(before.error()));
        }
        writer->m_index = std::move(*before);
        writer->m_size = writer->m_index.size;
        if (::ftruncate(writer->m_file.descriptor(), static_cast<off_t>(writer->m_size)) != 0) {
            return cannot();
        }
    }
    pcapng::appendSection(writer->m_buffer, "kolam");
    if (!writer->flush()) {
        return std::unexpected(writer->trouble());
    }
    return writer;
}

RecordingWriter::~RecordingWriter() {
    if (flush()) {
        m_index.size = m_size;
        saveIndex(m_path, m_index);
    }
}

void RecordingWriter::write(const Event& event, OctetView datagram) {
    if (!m_trouble.empty()) {
        return;
    }
    if (m_sinceKeyFrame == 0 || m_sinceKeyFrame >= m_settings.keyFrameEvents ||
        event.wall.value - m_lastKeyFrame.value >= m_settings.keyFrame.count()) {
        keyFrame(event);
    }
    ++m_sinceKeyFrame;
    m_standing.take(event);
    m_index.take(event.wall, m_size + m_buffer.size(), false, false);
    append(event, datagram);
    if (m_buffer.size() >= fullBuffer) {
        (void)flush();
    }
}

/// How things were before this event.
void RecordingWriter::keyFrame(const Event& at) {
    m_lastKeyFrame = at.wall;
    m_sinceKeyFrame = 0;
    Event mark{
        .number = 0, .component = at.component, .wall = at.wall, .monotonic = at.monotonic, .story = {}, .body = {}};
    (void)interfaceOf(at.component); // its block comes first
    m_index.take(at.wall, m_size + m_buffer.size(), true, true);
    mark.body = KeyFrameBegan{};
    append(mark, {});
    for (const Event& event : m_standing.all(at.wall, at.monotonic)) {
        append(event, {});
    }
    mark.body = KeyFrameEnded{};
    append(mark, {});
}

std::uint32_t RecordingWriter::interfaceOf(ComponentId component) {
    const auto [found, added] = m_interfaces.try_emplace(component, static_cast<std::uint32_t>(m_interfaces.size()));
    if (added) {
        pcapng::appendInterface(m_buffer, toText(component));
    }
    return found->second;
}

void RecordingWriter::append(const Event& event, OctetView datagram) {
    static const std::string asJson = pcapng::readByName("json");
    const std::uint32_t interface = interfaceOf(event.component);
    m_lastOffset = size();
    if (const auto* const message = std::get_if<MessageSeen>(&event.body);
        message != nullptr && !message->payload.empty() && message->ppid != 0) {
        Event comment = event;
        const Octets payload = std::exchange(std::get<MessageSeen>(comment.body).payload, {});
        pcapng::appendPacket(m_buffer, interface, event.wall.value,
                             pcapng::readByTable("sctp.ppi", message->ppid) + std::string{asText(payload)},
                             toJson(comment));
        return;
    }
    std::string json = toJson(event);
    if (!datagram.empty() && json.size() <= longestComment) {
        pcapng::appendPacket(m_buffer, interface, event.wall.value,
                             pcapng::readByTable("udp.port", wire::cspPort) + std::string{asText(datagram)}, json);
        return;
    }
    pcapng::appendPacket(m_buffer, interface, event.wall.value, asJson + json, {});
}

bool RecordingWriter::flush() {
    std::string_view left = m_buffer;
    while (m_trouble.empty() && !left.empty()) {
        const ssize_t length = ::write(m_file.descriptor(), left.data(), left.size());
        if (length < 0 && errno != EINTR) {
            m_trouble = fmt::format("the recording {} ends here: {}", m_path.string(), std::strerror(errno));
        } else if (length > 0) {
            left.remove_prefix(static_cast<std::size_t>(length));
            m_size += static_cast<std::uint64_t>(length);
        }
    }
    m_buffer.clear();
    return m_trouble.empty();
}

// ---- Of a hub ------------------------------------------------------------------------------------------------------

RecordingOfHub::RecordingOfHub(DescriptorDispatcher& dispatcher, EventHub& hub, std::unique_ptr<RecordingWriter> writer)
    : m_dispatcher(dispatcher)
    , m_hub(hub)
    , m_writer(std::move(writer)) {
    auto parts = hub.snapshot();
    for (auto part = parts(); !part.empty(); part = parts()) {
        for (const Event& event : part) {
            m_writer->write(event);
        }
    }
    m_flush = dispatcher.addFlush([this] { flush(); });
    hub.listen(*this);
}

std::expected<std::unique_ptr<RecordingOfHub>, std::string> RecordingOfHub::open(DescriptorDispatcher& dispatcher,
                                                                                 EventHub& hub, std::string_view name) {
    auto writer = RecordingWriter::open(recordingPath(name));
    if (!writer) {
        return std::unexpected(std::move(writer.error()));
    }
    return std::unique_ptr<RecordingOfHub>{new RecordingOfHub{dispatcher, hub, std::move(*writer)}};
}

RecordingOfHub::~RecordingOfHub() {
    m_hub.forget(*this);
    m_dispatcher.removeFlush(m_flush);
}

void RecordingOfHub::flush() {
    if (!m_writer->flush() && !std::exchange(m_troubleTold, true)) {
        m_hub.tell(LogLine{Severity::Error, m_writer->trouble()});
    }
}

} // namespace kolam::telemetry
