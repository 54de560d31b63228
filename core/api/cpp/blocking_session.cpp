// SPDX-License-Identifier: GPL-3.0-or-later
// A session whose calls wait: the events come on the library's thread and go into a mailbox.
// Next door: blocking_server.cpp, the other end.
#include "core/api/cpp/loop_thread.h"
#include "core/api/cpp/mailbox.h"
#include "core/api/cpp/words.h"

#include <utility>

namespace kolam::api {

struct [[gnu::visibility("hidden")]] BlockingSession::Impl final : SessionEvents {
    explicit Impl(std::shared_ptr<LoopThread> loopThread) : thread(std::move(loopThread)) {}
    ~Impl() override {
        thread->call([&] {
            session.reset();
            instance.reset();
        });
    }

    void onEstablished(ElementId element, bool resumed) override {
        mailbox.setRoom(true);
        if (!std::exchange(begun, true)) {
            return; // connect() is waiting for it
        }
        (void)mailbox.put({.kind = Received::Kind::FailedOver, .element = element, .resumed = resumed, .data = {}});
    }
    void onMessage(std::uint32_t ppid, OctetView data) override {
        if (!mailbox.put({.ppid = ppid, .data = {data.begin(), data.end()}})) {
            session->failover(false); // nothing may be lost without a word, and there is no room to keep it
        }
    }
    void onFailover(ElementId, FailoverCause) override { mailbox.setRoom(false); }
    void onWritable() override { mailbox.setRoom(true); }

    Result<void> open(std::string_view pool, const Settings& settings) {
        auto made = Instance::create(thread->loop(), settings);
        if (!made) {
            return std::unexpected(made.error());
        }
        instance = std::move(*made);
        mailbox.setRoom(false);
        auto opened = Session::open(*instance, pool, *this);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        session = std::move(*opened);
        return {};
    }

    std::shared_ptr<LoopThread> thread;
    std::unique_ptr<Instance> instance; // this and the session: on the library's thread only
    std::unique_ptr<Session> session;
    bool begun = false; // it has stood once
    Mailbox mailbox;
};

BlockingSession::BlockingSession(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
BlockingSession::~BlockingSession() = default;

Result<std::unique_ptr<BlockingSession>> BlockingSession::connect(std::string_view pool, const Settings& settings,
                                                                  Duration limit) {
    auto thread = LoopThread::shared();
    if (!thread) {
        return std::unexpected(thread.error());
    }
    auto impl = std::make_unique<Impl>(std::move(*thread));
    const auto opened = impl->thread->call([&] { return impl->open(pool, settings); });
    if (!opened) {
        return std::unexpected(opened.error());
    }
    std::unique_ptr<BlockingSession> session{new BlockingSession(std::move(impl))};
    if (!session->m_impl->mailbox.waitRoom(Deadline{limit})) {
        const Errc reason = session->status().waiting;
        return std::unexpected(Error{reason == Errc::NotConnected ? Errc::TimedOut : reason});
    }
    return session;
}

Result<void> BlockingSession::send(OctetView data, std::uint32_t ppid, Duration limit) {
    const Deadline deadline{limit};
    for (;;) {
        if (const auto room = m_impl->mailbox.waitRoom(deadline); !room) {
            return room;
        }
        const auto sent = m_impl->thread->call([&] {
            auto tried = m_impl->session->send(data, ppid);
            if (!tried && (tried.error().code == Errc::WouldBlock || tried.error().code == Errc::NotConnected)) {
                m_impl->mailbox.setRoom(false); // onWritable() or onEstablished() says when there is
            }
            return tried;
        });
        if (sent || (sent.error().code != Errc::WouldBlock && sent.error().code != Errc::NotConnected)) {
            return sent;
        }
    }
}

Result<Received> BlockingSession::receive(Duration limit) {
    return m_impl->mailbox.take(limit);
}

void BlockingSession::failover(bool report) {
    m_impl->thread->call([&] { m_impl->session->failover(report); });
}

SessionStatus BlockingSession::status() const {
    return m_impl->thread->call([&] { return m_impl->session->status(); });
}

} // namespace kolam::api
