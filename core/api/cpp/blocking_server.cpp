// SPDX-License-Identifier: GPL-3.0-or-later
// A service with a thread for each session. The library's thread carries the messages; a session's thread waits at its
// mailbox, and asks the library's thread to send. Next door: blocking_session.cpp, the other end.
#include "core/api/cpp/loop_thread.h"
#include "core/api/cpp/mailbox.h"
#include "core/api/cpp/registration_wait.h"
#include "core/api/cpp/words.h"

#include <csignal>
#include <map>
#include <utility>

namespace kolam::api {

BlockingLink::~BlockingLink() = default;

namespace {

/// What both threads of a session share; it dies with the last of them.
struct Channel {
    Mailbox mailbox;
    SessionLink* link = nullptr; // on the library's thread only; null: the session has ended
    std::string peer;
};

/// The session, as the library's thread sees it.
class Inlet final : public ServiceSession {
public:
    explicit Inlet(std::shared_ptr<Channel> channel) : m_channel(std::move(channel)) {}
    void onMessage(std::uint32_t ppid, OctetView data) override {
        put({.ppid = ppid, .data = {data.begin(), data.end()}});
    }
    void onCookieEcho(OctetView cookie) override {
        put({.kind = Received::Kind::CookieEcho, .data = {cookie.begin(), cookie.end()}});
    }
    void onWritable() override { m_channel->mailbox.setRoom(true); }
    void onClosed() override {
        m_channel->link = nullptr;
        m_channel->mailbox.close();
    }

private:
    void put(Received received) {
        if (!m_channel->mailbox.put(std::move(received))) {
            m_channel->link->abort("the service does not read");
        }
    }
    std::shared_ptr<Channel> m_channel;
};

/// The session, as its own thread sees it.
class Outlet final : public BlockingLink {
public:
    Outlet(LoopThread& thread, std::shared_ptr<Channel> channel) : m_thread(thread), m_channel(std::move(channel)) {}
    Result<Received> receive(Duration limit) override { return m_channel->mailbox.take(limit); }
    Result<void> send(OctetView data, std::uint32_t ppid) override {
        return sendWithRoom([&](SessionLink& link) { return link.send(data, ppid); });
    }
    Result<void> sendCookie(OctetView cookie) override {
        return sendWithRoom([&](SessionLink& link) { return link.sendCookie(cookie); });
    }
    [[nodiscard]] std::string peer() const override { return m_channel->peer; }

private:
    template <typename Send>
    Result<void> sendWithRoom(Send send) {
        for (;;) {
            if (const auto room = m_channel->mailbox.waitRoom(Deadline{noLimit}); !room) {
                return room;
            }
            const auto sent = m_thread.call([&]() -> Result<void> {
                if (m_channel->link == nullptr) {
                    return std::unexpected(Error{Errc::Closed});
                }
                auto tried = send(*m_channel->link);
                if (!tried && tried.error().code == Errc::WouldBlock) {
                    m_channel->mailbox.setRoom(false);
                }
                return tried;
            });
            if (sent || sent.error().code != Errc::WouldBlock) {
                return sent;
            }
        }
    }
    LoopThread& m_thread;
    std::shared_ptr<Channel> m_channel;
};

} // namespace

struct [[gnu::visibility("hidden")]] BlockingServer::Impl final : Service {
    Impl(std::shared_ptr<LoopThread> loopThread, Handler sessionHandler)
        : thread(std::move(loopThread))
        , handler(std::move(sessionHandler)) {}
    ~Impl() override {
        thread->call([&] { server.reset(); }); // all sessions are closed now, and their threads wake
        std::unique_lock lock{mutex};
        changed.wait(lock, [&] { return threads.empty(); });
        lock.unlock();
        thread->call([&] { instance.reset(); });
    }

    std::unique_ptr<ServiceSession> open(SessionLink& link) override {
        auto channel = std::make_shared<Channel>();
        channel->link = &link;
        channel->peer = link.peer();
        if (!startThread(channel)) {
            return nullptr; // refused: the user tries another element
        }
        return std::make_unique<Inlet>(std::move(channel));
    }
    bool startThread(const std::shared_ptr<Channel>& channel) {
        const std::lock_guard guard{mutex};
        const std::uint64_t number = ++lastThread;
        try {
            // It inherits the library thread's mask: signals go to the application's own threads.
            threads.emplace(number, std::thread{[this, channel, number] {
                                Outlet outlet{*thread, channel};
                                handler(outlet);
                                thread->loop().post([this, channel, number] { ended(*channel, number); });
                            }});
        } catch (const std::system_error&) {
            return false;
        }
        return true;
    }
    /// On the library's thread: the handler has returned.
    void ended(Channel& channel, std::uint64_t number) {
        if (channel.link != nullptr) {
            channel.link->shutdown();
        }
        const std::lock_guard guard{mutex};
        const auto own = threads.find(number);
        own->second.join(); // it has nothing left to do
        threads.erase(own);
        changed.notify_all();
    }

    std::shared_ptr<LoopThread> thread;
    Handler handler;
    RegistrationWait registered;
    std::unique_ptr<Instance> instance; // this and the server: on the library's thread only
    std::unique_ptr<Server> server;
    std::mutex mutex; // guards what follows
    std::condition_variable changed;
    bool drained = false;
    std::uint64_t lastThread = 0;
    std::map<std::uint64_t, std::thread> threads;
};

BlockingServer::BlockingServer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
BlockingServer::~BlockingServer() = default;

Result<std::unique_ptr<BlockingServer>> BlockingServer::start(Handler handler, const ServerSettings& server,
                                                              const Settings& settings) {
    auto thread = LoopThread::shared();
    if (!thread) {
        return std::unexpected(thread.error());
    }
    auto impl = std::make_unique<Impl>(std::move(*thread), std::move(handler));
    const auto started = impl->thread->call([&]() -> Result<void> {
        auto instance = Instance::create(impl->thread->loop(), settings);
        if (!instance) {
            return std::unexpected(instance.error());
        }
        impl->instance = std::move(*instance);
        auto made = Server::start(*impl->instance, *impl, server);
        if (!made) {
            return std::unexpected(made.error());
        }
        impl->server = std::move(*made);
        impl->server->onStatus(
            [self = impl.get()](const RegistrationStatus& status) { self->registered.tell(status); });
        return {};
    });
    if (!started) {
        return std::unexpected(started.error());
    }
    return std::unique_ptr<BlockingServer>{new BlockingServer(std::move(impl))};
}

Result<void> BlockingServer::waitRegistered(Duration limit) {
    return m_impl->registered.wait(limit);
}

ElementId BlockingServer::id() const {
    return m_impl->thread->call([&] { return m_impl->server->id(); });
}

Address BlockingServer::address() const {
    return m_impl->thread->call([&] { return m_impl->server->address(); });
}

std::size_t BlockingServer::sessions() const {
    return m_impl->thread->call([&] { return m_impl->server->sessions(); });
}

std::uint64_t BlockingServer::refused() const {
    return m_impl->thread->call([&] { return m_impl->server->refused(); });
}

void BlockingServer::drain(Duration patience) {
    m_impl->thread->call([&] {
        m_impl->server->drain(patience, [self = m_impl.get()] {
            const std::lock_guard guard{self->mutex};
            self->drained = true;
            self->changed.notify_all();
        });
    });
    std::unique_lock lock{m_impl->mutex};
    m_impl->changed.wait(lock, [&] { return m_impl->drained; });
}

} // namespace kolam::api
