// SPDX-License-Identifier: GPL-3.0-or-later
// An accepted session: one channel with a descriptor of its own. Next door: element_role.h, where it comes from.
#pragma once

#include "core/api/c/channel.h"

#include <memory>
#include <utility>

namespace kolam::rsp {

class SessionRole final : public Role {
public:
    SessionRole(std::shared_ptr<Channel> channel, Name element)
        : m_channel(std::move(channel))
        , m_element(std::move(element)) {}
    [[nodiscard]] short events() const override {
        return static_cast<short>((m_channel->input()->readable() ? POLLIN : 0) |
                                  (m_channel->writable() ? POLLOUT : 0));
    }
    [[nodiscard]] Outcome<std::size_t> receive(const Want& want) override { return m_channel->input()->take(want); }
    [[nodiscard]] Outcome<std::size_t> send(const Send& send) override { return m_channel->send(send); }
    [[nodiscard]] Outcome<std::size_t> sendCookie(api::OctetView cookie, rserpool_session_t, int timeout) override {
        return m_channel->sendCookie(cookie, timeout);
    }
    [[nodiscard]] Outcome<Name> ownName() const override { return m_element; }
    void close() override {
        m_channel->close();
        m_channel->input()->close();
        m_channel->shutdown();
    }

private:
    std::shared_ptr<Channel> m_channel;
    Name m_element;
};

} // namespace kolam::rsp
