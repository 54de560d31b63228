// SPDX-License-Identifier: GPL-3.0-or-later
// A component's local socket: takes a query of one line, and answers with lines, of which the last one says that it is
// the last. A viewer that does not read waits; the component never does. Next door: registrar_snapshot.h, what a
// registrar answers; observer_client.h, the other end.
#pragma once

#include "core/base/time.h"
#include "core/dispatch/dispatcher.h"
#include "core/telemetry/local_socket.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kolam::telemetry {

/// Gives an answer's lines one after the other, each when there is room for it; nothing after the last one.
using NextLine = std::move_only_function<std::optional<std::string>()>;

class ObserverServer {
public:
    struct Limits {
        std::size_t viewers = 16;
        std::size_t query = 4096;                     // octets
        Duration patience = std::chrono::seconds{10}; // with one who says nothing, or does not read
    };
    struct Config {
        std::filesystem::path folder; // checked already
        std::string name;             // of the socket, without ".sock"
        Limits limits;
    };
    /// The error of a query that is not understood is told to who has asked.
    using Answer = std::function<std::expected<NextLine, std::string>(std::string_view query)>;

    /// Takes over a viewer whose query asks for something that has no end; nothing: answer it.
    using Admission = std::move_only_function<void(LocalSocket socket)>;
    using Admit = std::function<std::optional<Admission>(std::string_view query)>;

    /// Removes the sockets of dead processes from the folder; takes another name when a living process has this one.
    /// The error is a sentence. The dispatcher must outlive the server.
    static std::expected<std::unique_ptr<ObserverServer>, std::string>
    open(DescriptorDispatcher& dispatcher, const Config& config, Answer answer, Admit admit = {});
    ~ObserverServer(); // removes its socket
    ObserverServer(const ObserverServer&) = delete;
    ObserverServer& operator=(const ObserverServer&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::size_t viewerCount() const { return m_viewers.size(); }

private:
    struct Viewer {
        LocalSocket socket;
        std::string query;
        NextLine next; // nothing: has not asked yet
        std::optional<Admission> admission;
        std::string out;
        std::size_t sent = 0;
        TimerId patience = TimerId::None;
    };
    ObserverServer(DescriptorDispatcher& dispatcher, Limits limits, Answer answer, Admit admit);
    void watchDoor();
    void knocked();
    void ready(int descriptor);
    /// False: there is no more to do with it.
    bool readQuery(Viewer& viewer);
    void handOn(int descriptor);
    bool write(Viewer& viewer);
    void bePatient(Viewer& viewer);
    void drop(int descriptor);

    DescriptorDispatcher& m_dispatcher;
    Limits m_limits;
    Answer m_answer;
    Admit m_admit;
    std::filesystem::path m_path;
    LocalSocket m_door;
    TimerId m_doorTimer = TimerId::None;
    std::map<int, Viewer> m_viewers;
};

/// A line that says what went wrong; also the end of an answer.
[[nodiscard]] std::string errorLine(std::string_view sentence);

} // namespace kolam::telemetry
