// SPDX-License-Identifier: GPL-3.0-or-later
// An endpoint's end of a line to the registrar: its requests, and what concerns it. The line is its own, or one that
// many endpoints of a process share. Next door: registrar_line.h; element_node.h and user_node.h, which have a link
// each.
#pragma once

#include "core/node/registrar_line.h"

#include <unordered_set>

namespace kolam {

/// Whom a RegistrarLink tells what it has heard.
class RegistrarLinkOwner {
public:
    virtual ~RegistrarLinkOwner() = default;
    /// There is another registrar now, or none, or its identifier has become known.
    virtual void onRegistrarChanged() = 0;
    /// `home`: over the association to our registrar. `trusted`: from the address of a registrar that is known.
    virtual void onKeepAlive(transport::AssocId from, const wire::EndpointKeepAlive& message, bool home,
                             bool trusted) = 0;
};

class RegistrarLink final : RegistrarLineUser {
public:
    using Config = RegistrarLine::Config;
    using Outcome = RegistrarLine::Outcome;
    using Done = RegistrarLine::Done;
    using Counters = RegistrarLine::Counters;

    /// A link on a line of its own. Everything referred to must outlive it.
    static std::expected<std::unique_ptr<RegistrarLink>, std::error_code> open(Dispatcher& dispatcher,
                                                                               transport::Transport& transport,
                                                                               Log& log, RegistrarLinkOwner& owner,
                                                                               const Config& config);
    /// A link on a line that is there already; keep-alives of `element` are for this one.
    RegistrarLink(Dispatcher& dispatcher, RegistrarLinkOwner& owner, std::shared_ptr<RegistrarLine> line,
                  const std::optional<RegistrarLine::Element>& element = std::nullopt);
    ~RegistrarLink() override;
    RegistrarLink(const RegistrarLink&) = delete;
    RegistrarLink& operator=(const RegistrarLink&) = delete;

    /// `done` is called exactly once, from a later turn, unless the request is withdrawn or the link destroyed before.
    asap::RequestId request(asap::Request request, Done done);
    void withdraw(asap::RequestId id);
    /// Has no answer; forgotten when no registrar is found in time.
    void report(const wire::EndpointUnreachable& message) { m_line->report(message); }
    void acknowledge(transport::AssocId to, const wire::EndpointKeepAliveAck& message) {
        m_line->acknowledge(to, message);
    }
    /// The registrar at the other end of this association is the line's registrar from now on.
    void adopt(transport::AssocId association, ServerId server) { m_line->adopt(association, server); }
    /// Hears nothing more of registrars. When nobody else is on the line, ends its associations gracefully; `done` is
    /// called, from a later turn, when they are gone.
    void leave(std::function<void()> done);
    /// Looks for another registrar, if all on the line want one; keeps the present one until then.
    void seekAnother() { m_line->seekAnother(*this); }
    /// Takes that back: this registrar has taken us after all.
    void stay() { m_line->stay(*this); }

    [[nodiscard]] bool connected() const { return m_line->connected(); }
    [[nodiscard]] ServerId server() const { return m_line->server(); }
    [[nodiscard]] TransportAddress registrarAddress() const { return m_line->registrarAddress(); }
    /// Counts the associations to registrars: grows when the registrar changes, or has come back.
    [[nodiscard]] std::uint64_t epoch() const { return m_line->epoch(); }
    [[nodiscard]] TransportAddress local() const { return m_line->local(); }
    /// Of the whole line.
    [[nodiscard]] const Counters& counters() const { return m_line->counters(); }

private:
    void onRegistrarChanged() override;
    void onKeepAlive(transport::AssocId from, const wire::EndpointKeepAlive& message, bool home, bool trusted) override;
    void onLineEnded() override;

    Dispatcher& m_dispatcher;
    RegistrarLinkOwner& m_owner;
    std::shared_ptr<RegistrarLine> m_line;
    std::unordered_set<asap::RequestId> m_requests; // under way
    bool m_left = false;
    std::function<void()> m_whenLeft;
    Timer m_leftTimer;
    Timer m_joinTimer;
};

} // namespace kolam
