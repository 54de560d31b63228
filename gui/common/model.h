// SPDX-License-Identifier: GPL-3.0-or-later
// What a monitor knows at one moment: components, pools and their elements, registrars and what they own, users and
// their sessions, failovers and takeovers. A pure function of the events so far: it asks no clock, and two models that
// were told the same are equal. A value, so that a moment can be kept.
// Next door: failover.h, the stories; event_history.h, which goes to any moment; element_state.h, how things are shown.
#pragma once

#include "core/telemetry/event_log.h"
#include "gui/common/failover.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kolam::gui {

using telemetry::ComponentId;
using telemetry::WallTime;

/// One thing on the map. Identifiers of elements are unique within their pool only; others have no pool.
struct NodeId {
    ComponentId component;
    PoolHandle pool;
    friend auto operator<=>(const NodeId&, const NodeId&) = default;
};
[[nodiscard]] inline NodeId elementNode(const PoolHandle& pool, PeIdentifier element) {
    return {telemetry::componentId(element), pool};
}
[[nodiscard]] inline NodeId registrarNode(ServerId registrar) {
    return {telemetry::componentId(registrar), {}};
}

/// Whether a process is there, as its stream shows it.
enum class Presence : std::uint8_t { Here, Silent, Crashed, Left };

struct SessionView {
    enum class Stage : std::uint8_t { Opening, Connecting, Established, Waiting, FailingOver };
    PoolHandle pool;
    Stage stage = Stage::Opening;
    PeIdentifier element; // which serves it, is asked to, or has failed; 0: none yet
    std::string why;      // it waits
    WallTime since;       // in this stage
    std::uint64_t failovers = 0;
    friend bool operator==(const SessionView&, const SessionView&) = default;
};

struct ComponentView {
    telemetry::ComponentUp introduction;
    telemetry::StateChanged state;
    Presence presence = Presence::Here;
    bool reportsOnly = false;          // known by CSP alone: what it is doing is inferred
    bool conflicting = false;          // two senders, one identifier
    std::string status;                // its own words, by CSP
    std::vector<ComponentId> reported; // whom it has associations with, by CSP
    WallTime since;                    // of presence or state
    WallTime heard;                    // its last event
    std::optional<telemetry::LoadChanged> load;
    std::map<std::uint64_t, telemetry::FaultBegan> faults;
    std::map<std::uint64_t, TransportAddress> associations; // where they lead
    // Of a registrar.
    bool told = false;              // all that it knows, since its stream began
    std::map<ServerId, bool> peers; // silent?
    std::optional<telemetry::RegistrarCounted> counted;
    // Of a user.
    std::map<std::uint64_t, SessionView> sessions;
    friend bool operator==(const ComponentView&, const ComponentView&) = default;
};

/// An element as the registrars know it; what it says itself is in its ComponentView.
struct ElementView {
    telemetry::ElementFacts facts;
    std::map<ComponentId, ServerId> listedBy;  // registrars, and whom each takes for its home
    std::uint64_t reports = 0;                 // that users do not reach it, since it was last heard
    std::optional<telemetry::Removal> removed; // by the registrar that owned it
    WallTime since;                            // it was listed, or removed
    std::optional<WallTime> unequalSince;      // registrars differ about it
    friend bool operator==(const ElementView&, const ElementView&) = default;
};

/// Whether all registrars that tell know the same elements, with the same homes.
struct Agreement {
    std::size_t unequal = 0; // elements about which they differ
    WallTime since;          // when this began: to agree, or to differ
    Duration last{};         // how long they differed when they did so last
    Duration longest{};      // ever
    std::uint64_t times = 0; // that they have differed, and agree again
    friend bool operator==(const Agreement&, const Agreement&) = default;
};

class Model {
public:
    void take(const telemetry::Event& event);

    [[nodiscard]] const std::map<ComponentId, ComponentView>& components() const { return m_components; }
    [[nodiscard]] const std::map<NodeId, ElementView>& elements() const { return m_elements; }
    [[nodiscard]] const std::deque<Failover>& failovers() const { return m_failovers; } // oldest first
    [[nodiscard]] const std::deque<Takeover>& takeovers() const { return m_takeovers; }
    [[nodiscard]] const Agreement& agreement() const { return m_agreement; }
    /// Registrars that are here and have said all they know: whose word about elements can be compared.
    [[nodiscard]] const std::set<ComponentId>& tellers() const { return m_tellers; }
    [[nodiscard]] WallTime now() const { return m_now; } // of the last event
    [[nodiscard]] std::uint64_t events() const { return m_events; }
    /// Events that components had to drop for us, and reports that the kernel had to.
    [[nodiscard]] std::uint64_t lost() const { return m_lost; }

    [[nodiscard]] const ComponentView* component(ComponentId id) const;
    [[nodiscard]] const ElementView* element(const NodeId& id) const;
    /// Whose endpoint an address is: that of its own words, or of the registrars'.
    [[nodiscard]] std::optional<NodeId> whoIsAt(const TransportAddress& address) const;
    /// The registrar of an element or user, also when only its address is known, or its reports tell of it.
    [[nodiscard]] std::optional<ComponentId> registrarOf(const ComponentView& component) const;
    /// The home registrar of an element: by the word of registrars, or else by its own.
    [[nodiscard]] std::optional<ComponentId> homeOf(const NodeId& id, const ElementView& element) const;
    /// How many elements each registrar owns, of those that are there.
    [[nodiscard]] std::map<ComponentId, std::uint64_t> ownedElements() const;
    /// Sessions of users with an element: the users' word.
    [[nodiscard]] std::uint64_t sessionsWith(const NodeId& element) const;
    [[nodiscard]] std::uint64_t sessionCount() const;

    /// Things to remember of what is gone; the oldest are forgotten first.
    static constexpr std::size_t mostGone = 256;
    static constexpr std::size_t mostFailovers = 2'000;

    friend bool operator==(const Model&, const Model&) = default;

private:
    // Each takes one family of events, and says whether the event was of it.
    bool takeComponent(const telemetry::Event& event, ComponentView& component);
    bool takeElement(const telemetry::Event& event);
    bool takePeer(const telemetry::Event& event, ComponentView& component);
    bool takeSession(const telemetry::Event& event, ComponentView& component);
    bool takeNetwork(const telemetry::Event& event, ComponentView& component);
    void takeStory(const telemetry::Event& event);

    void listed(const telemetry::Event& event, const telemetry::ElementFacts& facts);
    void reportsItself(const telemetry::Event& event);
    ElementView& inPool(const PoolHandle& pool, ComponentId element);
    void beginAgain(ComponentId id, ComponentView& component);
    void unlist(ComponentId registrar);
    void tells(ComponentId registrar, bool whole);
    void compare(ElementView& element);
    void compared(std::size_t unequalBefore);
    void heardOf(const NodeId& element);
    void forgetTheLongGone();

    std::map<ComponentId, ComponentView> m_components;
    std::map<NodeId, ElementView> m_elements;
    std::deque<Failover> m_failovers;
    std::deque<Takeover> m_takeovers;
    std::set<ComponentId> m_tellers;
    Agreement m_agreement;
    WallTime m_now;
    std::uint64_t m_events = 0;
    std::uint64_t m_lost = 0;
};

/// Everything that a model knows, as one line of JSON: for export, and to compare models of two processes.
[[nodiscard]] std::string toJson(const Model& model);
/// Of that line: equal models have equal ones.
[[nodiscard]] std::uint64_t hashOf(const Model& model);

} // namespace kolam::gui
