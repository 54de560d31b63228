// SPDX-License-Identifier: GPL-3.0-or-later
// Writes events into a recording: NAME.kolam.pcapng, which Wireshark reads, too. Messages with their payload and
// reports of CSP are packets of their protocol, with the event as their comment; all other events are JSON. Every ten
// seconds of events a key frame says how things are. What is written by the end of a turn survives the process.
// Next door: recording_reader.h; recording_index.h, with which readers jump; pcapng.h, the format.
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/telemetry/event_hub.h"
#include "core/telemetry/local_socket.h"
#include "core/telemetry/recording_index.h"
#include "core/telemetry/standing_events.h"

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

namespace kolam::telemetry {

inline constexpr std::string_view recordingSuffix = ".kolam.pcapng";
/// With the suffix, if it has none.
[[nodiscard]] std::filesystem::path recordingPath(std::string_view name);

class RecordingWriter {
public:
    struct Settings {
        Duration keyFrame = std::chrono::seconds{10};
        std::size_t keyFrameEvents = 10'000; // at the latest after so many
    };
    /// Makes the file; one that is there already is a recording that goes on: a torn block at its end is cut off.
    /// The error is a sentence.
    static std::expected<std::unique_ptr<RecordingWriter>, std::string> open(const std::filesystem::path& path,
                                                                             Settings settings);
    static std::expected<std::unique_ptr<RecordingWriter>, std::string> open(const std::filesystem::path& path) {
        return open(path, Settings{});
    }
    ~RecordingWriter(); // with its index

    /// @param datagram  of a report of CSP
    void write(const Event& event, OctetView datagram = {});
    /// Hands everything to the system. False: it did not take it, and nothing more is written; trouble() says why.
    bool flush();
    [[nodiscard]] const std::string& trouble() const { return m_trouble; }
    [[nodiscard]] std::uint64_t events() const { return m_index.events; }
    /// How things are before the first event: of a recording that goes on where another one has ended.
    void goOnFrom(const StandingEvents& standing) { m_standing = standing; }
    /// Octets of the recording, with what was not handed to the system yet.
    [[nodiscard]] std::uint64_t size() const { return m_size + m_buffer.size(); }
    /// Where the block of the last event begins.
    [[nodiscard]] std::uint64_t lastOffset() const { return m_lastOffset; }

private:
    explicit RecordingWriter(std::filesystem::path path, Settings settings);
    void append(const Event& event, OctetView datagram);
    void keyFrame(const Event& at);
    [[nodiscard]] std::uint32_t interfaceOf(ComponentId component);

    std::filesystem::path m_path;
    Settings m_settings;
    LocalSocket m_file; // closes itself
    std::string m_buffer;
    std::uint64_t m_size = 0; // of the file, without what is in the buffer
    std::uint64_t m_lastOffset = 0;
    std::unordered_map<ComponentId, std::uint32_t> m_interfaces;
    StandingEvents m_standing;
    RecordingIndex m_index;
    WallTime m_lastKeyFrame{};
    std::size_t m_sinceKeyFrame = 0;
    std::string m_trouble;
};

/// Records what a hub is told, from now on, with the messages.
class RecordingOfHub final : public EventListener {
public:
    /// Dispatcher and hub must outlive it. The error is a sentence.
    static std::expected<std::unique_ptr<RecordingOfHub>, std::string> open(DescriptorDispatcher& dispatcher,
                                                                            EventHub& hub, std::string_view name);
    ~RecordingOfHub() override;

    [[nodiscard]] std::optional<Level> level() const override { return Level::Payload; }
    void happened(const Event& event) override { m_writer->write(event); }

private:
    RecordingOfHub(DescriptorDispatcher& dispatcher, EventHub& hub, std::unique_ptr<RecordingWriter> writer);
    void flush();

    DescriptorDispatcher& m_dispatcher;
    EventHub& m_hub;
    std::unique_ptr<RecordingWriter> m_writer;
    std::uint64_t m_flush = 0;
    bool m_troubleTold = false;
};

} // namespace kolam::telemetry
