// SPDX-License-Identifier: GPL-3.0-or-later
// A registration alone (Basic Mode): the application serves by itself, over SCTP, TCP or UDP, and is only kept in its
// pool. Next door: element_node.h, which carries the sessions, too.
#pragma once

#include "core/node/element_node.h"

#include <expected>
#include <functional>
#include <memory>

namespace kolam {

class RegistrarLine;

/// Must not be destroyed from one of its own callbacks; from the `done` of leave() it may.
class RegistrationNode {
public:
    struct Config {
        PoolHandle poolHandle;
        PeIdentifier identifier; // 0: random
        wire::Policy policy;
        wire::TransportParameter transport; // where users reach the service; with addresses
        RegistrarSources registrars;
        Profile profile = demoProfile();
        /// The association to the registrar; nothing: one of its own, to one of `registrars`. Its addresses must be
        /// those of `transport`, because a registrar believes only addresses that it sees.
        std::shared_ptr<RegistrarLine> line{};
    };
    /// Dispatcher, transport and log must outlive the node.
    static std::expected<std::unique_ptr<RegistrationNode>, std::error_code>
    start(Dispatcher& dispatcher, transport::Transport& transport, Log& log, const Config& config);
    ~RegistrationNode(); // without a word: the registrar finds out

    [[nodiscard]] PeIdentifier identifier() const;
    [[nodiscard]] ElementStatus status() const;
    /// Called whenever the status has changed.
    void onStatus(std::function<void(const ElementStatus&)> callback);
    /// A load of 0 to 1, for policies that ask for it.
    void setLoad(double load);
    /// Tells the pool another weight, or whatever else is in the policy; its type must stay.
    void setPolicy(const wire::Policy& policy);
    /// Deregisters and ends the association to the registrar, then calls `done`; gives up waiting after the profile's
    /// request time-out. Whoever asks again is told, too.
    void leave(std::function<void()> done);

    struct Impl;

private:
    explicit RegistrationNode(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace kolam
