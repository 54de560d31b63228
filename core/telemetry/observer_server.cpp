// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telemetry/observer_server.h"

#include "core/telemetry/observer_folder.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace kolam::telemetry {

using namespace std::chrono_literals;

namespace {

/// Two components that start together must not take a socket from each other that one has just made.
class FolderLock {
public:
    explicit FolderLock(const std::filesystem::path& folder)
        : m_descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        for (int tries = 200; m_descriptor >= 0 && !m_held && tries > 0; --tries) { // held for a moment, at starts
            m_held = ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0;
            if (!m_held) {
                std::this_thread::sleep_for(1ms);
            }
        }
    }
    ~FolderLock() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    [[nodiscard]] bool held() const { return m_held; }

private:
    int m_descriptor;
    bool m_held = false;
};

void removeDead(const std::filesystem::path& folder) {
    for (const std::filesystem::path& socket : observerSockets(folder)) {
        if (listensAt(socket) == Listening::No) {
            ::unlink(socket.c_str());
        }
    }
}

} // namespace

std::string errorLine(std::string_view sentence) {
    return nlohmann::json{{"error", sentence}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::expected<std::unique_ptr<ObserverServer>, std::string>
ObserverServer::open(DescriptorDispatcher& dispatcher, const Config& config, Answer answer, Admit admit) {
    auto server = std::unique_ptr<ObserverServer>{
        new ObserverServer{dispatcher, config.limits, std::move(answer), std::move(admit)}};
    const FolderLock lock{config.folder};
    if (lock.held()) {
        removeDead(config.folder);
    }
    std::expected<LocalSocket, std::error_code> door;
    for (const std::string& name : {config.name, fmt::format("{}-{}", config.name, ::getpid())}) {
        server->m_path = config.folder / (name + ".sock");
        door = LocalSocket::listen(server->m_path);
        if (door || door.error() != std::errc::address_in_use) {
            break;
        }
    }
    if (!door) {
        const std::string path = std::exchange(server->m_path, {}).string(); // not ours to remove
        return std::unexpected(fmt::format("cannot listen at {}: {}", path, door.error().message()));
    }
    server->m_door = std::move(*door);
    server->watchDoor();
    return server;
}

ObserverServer::ObserverServer(DescriptorDispatcher& dispatcher, Limits limits, Answer answer, Admit admit)
    : m_dispatcher(dispatcher)
    , m_limits(limits)
    , m_answer(std::move(answer))
    , m_admit(std::move(admit)) {}

ObserverServer::~ObserverServer() {
    m_dispatcher.cancel(m_doorTimer);
    if (m_door.descriptor() >= 0) {
        m_dispatcher.unwatch(m_door.descriptor());
        ::unlink(m_path.c_str());
    }
    while (!m_viewers.empty()) {
        drop(m_viewers.begin()->first);
    }
}

void ObserverServer::watchDoor() {
    m_doorTimer = TimerId::None;
    m_dispatcher.watch(m_door.descriptor(), Interest::Read, [this](Readiness) { knocked(); });
}

void ObserverServer::knocked() {
    auto socket = m_door.accept();
    if (!socket) {
        if (errno == EMFILE || errno == ENFILE) { // who waits there keeps the door ready: look again later
            m_dispatcher.unwatch(m_door.descriptor());
            m_doorTimer = m_dispatcher.callIn(1s, [this] { watchDoor(); });
        }
        return;
    }
    if (m_viewers.size() >= m_limits.viewers || !socket->otherEndIsTrusted()) {
        return;
    }
    const int descriptor = socket->descriptor();
    Viewer& viewer = m_viewers[descriptor];
    viewer.socket = std::move(*socket);
    bePatient(viewer);
    m_dispatcher.watch(descriptor, Interest::Read, [this, descriptor](Readiness) { ready(descriptor); });
}

void ObserverServer::ready(int descriptor) {
    Viewer& viewer = m_viewers.at(descriptor);
    const bool asking = !viewer.next;
    if (!(asking ? readQuery(viewer) : write(viewer))) {
        return drop(descriptor);
    }
    if (viewer.admission) {
        return handOn(descriptor);
    }
    if (asking && viewer.next) { // it answers from now on, a line in a turn
        m_dispatcher.watch(descriptor, Interest::Write, [this, descriptor](Readiness) { ready(descriptor); });
    }
}

bool ObserverServer::readQuery(Viewer& viewer) {
    std::array<char, 1024> buffer;
    const ssize_t length = ::recv(viewer.socket.descriptor(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (length <= 0) {
        return length < 0 && (errno == EAGAIN || errno == EINTR);
    }
    viewer.query.append(buffer.data(), static_cast<std::size_t>(length));
    const std::size_t end = viewer.query.find('\n');
    if (end == std::string::npos && viewer.query.size() <= m_limits.query) {
        return true;
    }
    std::expected<NextLine, std::string> next = std::unexpected("the query is too long");
    if (end <= m_limits.query) {
        const std::string_view query = std::string_view{viewer.query}.substr(0, end);
        if (m_admit && (viewer.admission = m_admit(query))) {
            return true;
        }
        next = m_answer(query);
    }
    if (next) {
        viewer.next = std::move(*next);
    } else {
        viewer.next = [line = std::optional{errorLine(next.error())}]() mutable {
            return std::exchange(line, std::nullopt);
        };
    }
    bePatient(viewer);
    return true;
}

bool ObserverServer::write(Viewer& viewer) {
    if (viewer.sent == viewer.out.size()) {
        auto line = viewer.next();
        if (!line) {
            return false; // all is said
        }
        viewer.out = std::move(*line);
        viewer.out += '\n';
        viewer.sent = 0;
    }
    const ssize_t length = ::send(viewer.socket.descriptor(), viewer.out.data() + viewer.sent,
                                  viewer.out.size() - viewer.sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (length < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    viewer.sent += static_cast<std::size_t>(length);
    bePatient(viewer);
    return true;
}

void ObserverServer::handOn(int descriptor) {
    Viewer viewer = std::move(m_viewers.at(descriptor));
    drop(descriptor); // it is watched anew by whoever takes it
    (*viewer.admission)(std::move(viewer.socket));
}

void ObserverServer::bePatient(Viewer& viewer) {
    m_dispatcher.cancel(viewer.patience);
    viewer.patience =
        m_dispatcher.callIn(m_limits.patience, [this, descriptor = viewer.socket.descriptor()] { drop(descriptor); });
}

void ObserverServer::drop(int descriptor) {
    const auto found = m_viewers.find(descriptor);
    m_dispatcher.cancel(found->second.patience);
    m_dispatcher.unwatch(descriptor);
    m_viewers.erase(found);
}

} // namespace kolam::telemetry
