// SPDX-License-Identifier: GPL-3.0-or-later
#include "registrar/observer.h"

#include <unistd.h>
#include <utility>

namespace kolam {

using telemetry::Detail;

namespace {

constexpr std::size_t elementsInATurn = 64; // less than a millisecond

/// One viewer's way through the handlespace.
class Story {
public:
    Story(const RegistrarNode& node, Detail detail, TimePoint now) : m_node(node), m_detail(detail), m_now(now) {}

    std::optional<std::string> next() {
        switch (m_chapter) {
        case Chapter::Summary:
            m_chapter = m_detail == Detail::Everything ? Chapter::Pools : Chapter::End;
            return telemetry::summaryLine(summaryOf(m_node, m_now));
        case Chapter::Pools:
            if (auto part = pools(); !part.empty()) {
                return part;
            }
            [[fallthrough]];
        case Chapter::End: m_chapter = Chapter::Over; return telemetry::endLine(m_told);
        case Chapter::Over: return std::nullopt;
        }
        std::unreachable();
    }

private:
    enum class Chapter : std::uint8_t { Summary, Pools, End, Over };

    /// The next lines, joined; empty when there are no more elements.
    std::string pools() {
        const Handlespace& handlespace = m_node.handlespace();
        std::string lines;
        wire::PoolEntry pool;
        const auto finishPool = [&] {
            if (!pool.elements.empty()) {
                lines += lines.empty() ? "" : "\n";
                lines += telemetry::poolLine(pool);
                pool.elements.clear();
            }
        };
        for (const ElementRef element : handlespace.tablePart(m_position, elementsInATurn, std::nullopt)) {
            if (handlespace.poolHandle(element) != pool.poolHandle) {
                finishPool();
                pool.poolHandle = handlespace.poolHandle(element);
            }
            handlespace.elementInto(element, pool.elements.emplace_back());
            ++m_told;
            m_position = {pool.poolHandle, handlespace.identifier(element)};
        }
        finishPool();
        return lines;
    }

    const RegistrarNode& m_node;
    Detail m_detail;
    TimePoint m_now;
    Chapter m_chapter = Chapter::Summary;
    TablePosition m_position;
    std::size_t m_told = 0;
};

} // namespace

telemetry::RegistrarSummary summaryOf(const RegistrarNode& node, TimePoint now) {
    telemetry::RegistrarSummary summary{.id = node.id(),
                                        .pid = static_cast<std::uint32_t>(::getpid()),
                                        .asap = node.asapAddress(),
                                        .enrp = node.enrpAddress(),
                                        .serving = node.serving(),
                                        .elements = node.handlespace().elementCount(),
                                        .pools = node.handlespace().poolCount(),
                                        .ownElements = node.handlespace().countOwnedBy(node.id()),
                                        .peers = {}};
    for (const enrp::PeerView& peer : node.peers()) {
        summary.peers.push_back({.id = peer.id,
                                 .address = peer.address,
                                 .contact = telemetry::RegistrarPeer::Contact{.state = std::string{toText(peer.state)},
                                                                              .extensions = peer.ours,
                                                                              .connected = peer.connected,
                                                                              .inSync = peer.inSync,
                                                                              .silentFor = now - peer.lastHeard},
                                 .elements = peer.elements});
    }
    return summary;
}

telemetry::NextLine tell(const RegistrarNode& node, Detail detail, TimePoint now) {
    return [story = Story{node, detail, now}]() mutable { return story.next(); };
}

telemetry::ObserverServer::Answer queriesOf(const Dispatcher& dispatcher, const RegistrarNode& node) {
    return [&dispatcher, &node](std::string_view query) -> std::expected<telemetry::NextLine, std::string> {
        const auto detail = telemetry::readSnapshotQuery(query);
        if (!detail) {
            return std::unexpected(detail.error());
        }
        return tell(node, *detail, dispatcher.now());
    };
}

} // namespace kolam
