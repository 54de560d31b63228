// SPDX-License-Identifier: GPL-3.0-or-later
// A registrar of production code, brought into one of its states and then told whatever a string of octets says:
// garbage, messages that are nearly right, peers and elements that come and go, time that passes.
// Next door: fuzz_registrar.cpp and tests/unit/node/test_registrar_torture.cpp, which make the octets.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/virtual_dispatcher.h"
#include "core/node/access.h"
#include "core/node/registrar_node.h"
#include "tests/fuzz/registrar/loose_transport.h"

#include <array>
#include <string_view>

namespace kolam::test {

/// Where a registrar may stand when it happens.
enum class RegistrarState : std::uint8_t {
    Starting,
    MentorKnown,    // its table is asked for
    Downloading,    // a part of it has come
    Alone,          // serving
    InMesh,         // two peers, elements here and there
    Auditing,       // a peer's checksum differs: its table is asked for
    PeerSilent,     // and probed
    TakingOver,     // the others are asked
    Yielded,        // another registrar takes over
    CallingElement, // of a registrar that has died
    KeepAliveDue,   // an element has been asked for a sign of life
    Leaving,        // its elements are offered to peers
};
inline constexpr std::size_t registrarStateCount = 12;
[[nodiscard]] std::string_view toText(RegistrarState state);

class RegistrarTorture {
public:
    explicit RegistrarTorture(RegistrarState state);
    ~RegistrarTorture();
    /// Does what the octets say; what they do not say is nothing.
    void run(OctetView script);
    /// What must be true at any time; the sentence that is not, or nothing.
    [[nodiscard]] std::string_view broken() const;
    [[nodiscard]] const RegistrarNode& node() const { return *m_node; }

private:
    class Script;
    [[nodiscard]] LooseEndpoint& asap() { return *m_transport.endpoints->at(0); }
    [[nodiscard]] LooseEndpoint& enrp() { return *m_transport.endpoints->at(1); }
    void settle(Duration duration) { m_dispatcher.runFor(duration); }

    void reach(RegistrarState state);
    transport::AssocId meet(std::uint32_t peer);
    void present(transport::AssocId association, std::uint32_t peer, std::optional<std::uint16_t> checksum = {});
    transport::AssocId addElement(std::uint32_t number);
    void learnElement(transport::AssocId association, std::uint32_t peer, std::uint32_t number);

    void step(Script& script);
    void rawMessage(LooseEndpoint& endpoint, std::uint32_t ppid, Script& script);
    void peerMessage(Script& script);
    void elementMessage(Script& script);
    void connection(LooseEndpoint& endpoint, Script& script);

    VirtualDispatcher m_dispatcher{1};
    LooseTransport m_transport{m_dispatcher};
    SilentLog m_log;
    AccessRules m_access;
    std::unique_ptr<RegistrarNode> m_node;
};

} // namespace kolam::test
