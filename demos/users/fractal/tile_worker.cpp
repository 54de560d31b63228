// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/tile_worker.h"

#include "core/wire/codec.h"

#include <algorithm>
#include <utility>

namespace kolam::fractal {
namespace {
using namespace std::chrono_literals;
constexpr std::uint32_t mostEmptyEnds = 3;
constexpr Duration restInVain = 300ms;     // before a session looks again for an element that it can work with
constexpr std::size_t longestReason = 200; // octets
} // namespace

void TileWorker::open() {
    m_status = {};
    m_established = m_undecided = m_skipping = m_requestWaits = m_endWanted = m_resumed = m_wasUseful = false;
    m_skipped.clear();
    m_element = 0;
    m_openedAt = m_lostAt = m_shared.dispatcher.now();
    m_session = m_shared.sessions.open(m_shared.config.pool, *this);
    m_shared.owner.changed();
}

void TileWorker::close() {
    m_tile.reset();
    m_established = m_undecided = m_skipping = false;
    if (m_session != SessionId::None) {
        m_shared.sessions.close(std::exchange(m_session, SessionId::None));
    }
}

std::optional<TileInWork> TileWorker::work() const {
    if (!m_tile || !m_established) {
        return std::nullopt;
    }
    return TileInWork{.tile = *m_tile,
                      .element = m_element,
                      .elapsed = m_shared.dispatcher.now() - m_askedAt,
                      .come = m_shared.book.pointsOf(*m_tile) - m_pointsThen,
                      .missing = m_shared.book.missingOf(*m_tile)};
}

std::optional<TimePoint> TileWorker::strandedSince() const {
    return m_tile && !m_established ? std::optional{m_lostAt} : std::nullopt;
}

void TileWorker::loseTile() {
    m_tile.reset();
    m_shared.sessions.dropCookie(m_session);
}

void TileWorker::checkProgress() {
    if (m_established && (m_tile || m_endWanted) &&
        m_shared.dispatcher.now() - m_lastProgress >= m_shared.config.progressLimit) {
        m_shared.log.warning("fractal: session {} has not got anything from element {} for too long", m_number,
                             toText(m_status.element));
        m_shared.sessions.forceFailover(m_session, true);
    }
}

SessionView TileWorker::view() const {
    return {.number = m_number,
            .state = isOpen() ? m_status.state : SessionState::Closed,
            .waitReason = m_status.waitReason,
            .retryAt = m_status.retryAt,
            .element = m_established ? m_element : std::uint16_t{0},
            .tile = m_shared.book.inGrid(m_tile),
            .failovers = m_status.failovers,
            .attempts = m_status.attempts};
}

void TileWorker::onEstablished(PeIdentifier /*element*/, bool resumed) {
    m_status = m_shared.sessions.status(m_session);
    if (m_shared.book.isExtended()) {
        m_undecided = true; // nothing of ours is sent to an element that has not said that it knows it
        decide();
    } else {
        begin(resumed);
    }
}

/// An extended fractal: computed here, or somewhere else, as soon as the element has said what it knows.
void TileWorker::decide() {
    if (!m_undecided || !m_status.peerIsKnown) {
        return;
    }
    m_undecided = false;
    const bool knows = (m_status.peerFeatures & wire::Features::extendedFractals) != 0;
    m_shared.owner.metElement(knows);
    if (knows) {
        begin(false);
    } else {
        skipElement();
    }
}

void TileWorker::skipElement() {
    const bool wasHere = std::ranges::find(m_skipped, m_status.element) != m_skipped.end();
    if (wasHere || !m_shared.owner.mayLookFurther(*this)) {
        // The second time at the same one, there is no other at the moment.
        if (const auto tile = m_tile) {
            m_shared.owner.tileLost(*this, *tile);
        }
        close();
        m_restsUntil = m_shared.dispatcher.now() + restInVain;
        m_shared.owner.changed();
        return;
    }
    m_skipped.push_back(m_status.element);
    m_skipping = true;
    m_shared.sessions.forceFailover(m_session, false);
}

void TileWorker::begin(bool resumed) {
    m_element = m_shared.book.elementIndex(m_status.element, m_status.elementAddress, m_status.peerIsOurs);
    m_established = true;
    m_skipping = false;
    m_skipped.clear();
    m_resumed = resumed;
    m_emptyEnds = 0;
    m_lastProgress = m_shared.dispatcher.now();
    if (!resumed) {
        goOn();
    } else if (m_tile) {
        noteAsked();
        m_shared.book.tileBegins(*m_tile, m_number, m_element, true, m_lastProgress);
    } else {
        m_endWanted = true; // the element goes on with a tile that is not ours any more: its end comes
    }
    m_shared.owner.changed();
}

/// At an element that waits for a request: asks for the tile it has, or the next one, or ends the session.
void TileWorker::goOn() {
    if (!m_tile) {
        m_tile = m_shared.owner.nextTile(m_element);
    }
    if (!m_tile) {
        if (!m_wasUseful) {
            m_restsUntil = m_shared.dispatcher.now() + restInVain;
        }
        close();
        return;
    }
    m_wasUseful = true;
    request();
}

void TileWorker::noteAsked() {
    m_askedAt = m_shared.dispatcher.now();
    m_pointsThen = m_shared.book.pointsOf(*m_tile);
}

void TileWorker::request() {
    m_lastProgress = m_shared.dispatcher.now();
    noteAsked();
    m_shared.sessions.dropCookie(m_session); // of an earlier tile, or of an earlier attempt
    const bool extended = m_shared.book.isExtended();
    const Octets request = extended ? wire::encode(m_shared.book.extendedParameterOf(*m_tile))
                                    : wire::encode(m_shared.book.parameterOf(*m_tile));
    const auto sent = m_shared.sessions.send(m_session, wire::fractalPpid, request);
    m_requestWaits = !sent && sent.error() == SessionSendError::WouldBlock;
    m_shared.book.tileBegins(*m_tile, m_number, m_element, extended, m_lastProgress); // that one says where it goes on
}

void TileWorker::onWritable() {
    if (std::exchange(m_requestWaits, false) && m_tile) {
        request();
    }
}

void TileWorker::onMessage(std::uint32_t ppid, OctetView octets) {
    if (!m_established || ppid != wire::fractalPpid) {
        return; // nothing that we asked for
    }
    if (!m_shared.book.isExtended()) {
        return take(octets, m_data);
    }
    if (wire::peekType(octets) != wire::ExtendedFractalRefusal::type) {
        return take(octets, m_extendedData);
    }
    if (const auto refusal = wire::decode<wire::ExtendedFractalRefusal>(octets)) {
        std::string why{asText(refusal->reason)};
        why.resize(std::min(why.size(), longestReason));
        m_shared.owner.refused(std::move(why)); // may close this session
    } else {
        giveUpElement("sends malformed data");
    }
}

template <typename Data>
void TileWorker::take(OctetView octets, Data& data) {
    if (!wire::decodeInto(octets, data)) {
        return giveUpElement("sends malformed data");
    }
    m_lastProgress = m_shared.dispatcher.now();
    if (data.isEnd()) {
        return atEnd();
    }
    if (!m_tile || m_endWanted) {
        return; // repeated points of a tile that is complete
    }
    if (!m_shared.book.take(*m_tile, {m_number, m_element}, data, m_lastProgress)) {
        return giveUpElement("sends points that were not asked for");
    }
    m_shared.owner.changed();
    if (m_shared.book.isDone(*m_tile)) {
        if (const std::uint64_t rows = m_shared.book.redoneRows(*m_tile); rows > 0) {
            m_shared.sessions.rowsRedone(m_session, rows);
        }
        const std::uint32_t done = *std::exchange(m_tile, std::nullopt);
        m_endWanted = true;
        m_shared.owner.tileDone(done, m_lastProgress - m_askedAt);
    }
}

/// The element says that it has sent everything.
void TileWorker::atEnd() {
    if (std::exchange(m_endWanted, false)) {
        if (isStale() && m_shared.owner.hasTiles()) {
            close();
            open();
        } else {
            goOn();
        }
        return;
    }
    if (!m_tile) {
        return;
    }
    // Points are missing. That may be so after a failover: the cookie may have been ahead of what came through.
    if (++m_emptyEnds > mostEmptyEnds) {
        return giveUpElement("ends tiles that are not complete");
    }
    request();
}

/// Whether this session has been at one element for long enough. Elements of others get one request a session, as
/// their own users do it.
bool TileWorker::isStale() const {
    return !m_status.peerIsOurs || m_shared.dispatcher.now() - m_openedAt >= m_shared.config.sessionLife;
}

void TileWorker::giveUpElement(std::string_view why) {
    m_shared.log.warning("fractal: element {} {}", toText(m_status.element), why);
    m_shared.sessions.dropCookie(m_session); // it is of no more worth than the data
    m_shared.sessions.forceFailover(m_session, true);
}

void TileWorker::onFailoverBegin(PeIdentifier failed, FailoverCause cause) {
    m_established = m_undecided = m_requestWaits = false;
    if (m_skipping) {
        return; // nobody was lost
    }
    m_lostAt = m_shared.dispatcher.now();
    m_shared.book.failoverBegins(m_number, m_tile, failed, cause, m_lostAt);
    if (std::exchange(m_endWanted, false) || !m_tile) {
        m_shared.sessions.dropCookie(m_session); // of a tile that needs nothing more
    }
    m_shared.owner.changed();
}

void TileWorker::onFailoverEnd(PeIdentifier failed, PeIdentifier next, FailoverCause cause, Duration took) {
    if (m_skipping) {
        return;
    }
    const bool goesOn = m_shared.book.isExtended() && m_tile && m_shared.book.hasPoints(*m_tile);
    m_shared.book.failoverEnds({.phase = FailoverEvent::Phase::End,
                                .at = m_shared.dispatcher.now(),
                                .session = m_number,
                                .tile = m_shared.book.inGrid(m_tile),
                                .failed = failed,
                                .next = next,
                                .cause = cause,
                                .took = took,
                                .resumed = m_resumed || goesOn});
    m_shared.owner.changed();
}

void TileWorker::onStatus(const SessionStatus& status) {
    m_status = status;
    if (m_undecided) {
        return decide();
    }
    if (m_established && status.peerIsOurs) {
        (void)m_shared.book.elementIndex(status.element, status.elementAddress, true);
        if ((status.peerFeatures & wire::Features::extendedFractals) != 0) {
            m_shared.owner.metElement(true); // good to know for the next image
        }
    }
    if (m_tile && !m_established && status.state == SessionState::Waiting) {
        m_shared.book.tileIs(*m_tile, TileState::Waiting);
    }
    m_shared.owner.changed();
}

} // namespace kolam::fractal
