// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/fake_backend.h"

#include "demos/services/fractal/smooth_plane.h"
#include "demos/users/fractal/compatible.h"

#include <algorithm>
#include <complex>

namespace kolam::gui {

using fractal::FailoverEvent;
using fractal::FractalUpdate;
using fractal::ImageState;
using fractal::TileState;
using namespace std::chrono_literals;

FakeBackend::FakeBackend(int elements, QObject* parent) : FractalBackend(parent) {
    m_elements.resize(static_cast<std::size_t>(elements) + 1);
    for (int index = 1; index <= elements; ++index) {
        fractal::ElementUse& element = m_elements[static_cast<std::size_t>(index)];
        element.identifier = PeIdentifier{0x0a000000U + static_cast<quint32>(index)};
        element.address = {{IpAddress::v4(127, 0, 0, 1)}, static_cast<std::uint16_t>(40000 + index)};
        element.isOurs = true;
    }
    setSessions(6);
}

void FakeBackend::start(const wire::FractalParameter& image, fractal::CoarsePass coarse) {
    ++m_starts;
    m_coarse = coarse;
    m_parameter = image;
    m_grid = fractal::TileGrid(image.width, image.height, 80); // whatever the engine prefers: tests count tiles
    m_tiles.assign(m_grid.count(), {});
    for (quint32 tile = 0; tile < m_grid.count(); ++tile) {
        m_tiles[tile].tile = tile;
        touch(tile);
    }
    for (Session& session : m_sessions) {
        session.view.tile.reset();
        session.row = 0;
        session.failing = false;
    }
    for (fractal::ElementUse& element : m_elements) {
        element.points = 0;
        element.failedAway = 0;
    }
    m_failovers.clear();
    m_progress = {.state = ImageState::Computing,
                  .pointsTotal = static_cast<quint64>(image.width) * image.height,
                  .tilesTotal = m_grid.count(),
                  .started = m_now};
    ++m_image;
    m_number = 0;
    FractalUpdate update;
    update.begins = true;
    send(std::move(update));
}

void FakeBackend::cancel() {
    ++m_cancels;
    if (m_progress.state == ImageState::Computing) {
        m_progress.state = ImageState::Cancelled;
        send({});
    }
}

void FakeBackend::setSessions(quint32 sessions) {
    m_sessions.resize(sessions);
    for (quint32 index = 0; index < sessions; ++index) {
        m_sessions[index].view.number = index + 1;
    }
}

void FakeBackend::step(int rows) {
    if (m_progress.state != ImageState::Computing) {
        return;
    }
    m_now += 33ms;
    FractalUpdate update;
    for (Session& session : m_sessions) {
        advance(session, rows, update);
    }
    m_progress.tilesDone = static_cast<quint32>(
        std::ranges::count(m_tiles, TileState::Done, [](const fractal::TileStatus& tile) { return tile.state; }));
    if (m_progress.tilesDone == m_progress.tilesTotal) {
        m_progress.state = ImageState::Complete;
    }
    send(std::move(update));
}

void FakeBackend::finish() {
    while (m_progress.state == ImageState::Computing) {
        step(40);
    }
}

void FakeBackend::kill(PeIdentifier element) {
    m_dead.insert(element.value);
    FractalUpdate update;
    for (Session& session : m_sessions) {
        if (session.view.element == 0 || m_elements[session.view.element].identifier != element) {
            continue;
        }
        session.failing = true;
        session.seeking = true;
        session.failed = element;
        session.failedAt = m_now;
        session.view.state = SessionState::Resolving;
        session.view.element = 0;
        if (session.view.tile) {
            m_tiles[*session.view.tile].state = TileState::FailingOver;
            ++m_tiles[*session.view.tile].failovers;
            touch(*session.view.tile);
        }
        update.failovers.push_back({.phase = FailoverEvent::Phase::Begin,
                                    .at = m_now,
                                    .session = session.view.number,
                                    .tile = session.view.tile,
                                    .failed = element,
                                    .cause = FailoverCause::AssociationLost});
        ++m_progress.failovers;
    }
    for (fractal::ElementUse& use : m_elements) {
        if (use.identifier == element) {
            use.lost = m_now;
            use.failedAway += update.failovers.size();
        }
    }
    send(std::move(update));
}

void FakeBackend::revive(PeIdentifier element) {
    m_dead.erase(element.value);
}

void FakeBackend::setRegistrar(bool there) {
    m_link.started = true;
    m_link.hasRegistrar = there;
    m_link.registrar = there ? QStringLiteral("0x5eed0001 at 127.0.0.1:3863") : QString();
    emit linkChanged(m_link);
}

void FakeBackend::setBlocked(WaitReason reason) {
    m_blocked = reason;
}
void FakeBackend::setCompatible(bool compatible) {
    m_compatible = compatible;
}

void FakeBackend::refuse(const QString& why) {
    m_progress.state = ImageState::Refused;
    m_progress.refusal = why.toStdString();
    send({});
}

void FakeBackend::knowNothing() {
    m_progress.nobodyKnowsIt = true;
    send({});
}

void FakeBackend::setSlots(quint32 slotCount) {
    m_slots = slotCount;
}

void FakeBackend::failTransport(const QString& why) {
    m_link.failed = true;
    m_link.failure = why;
    emit linkChanged(m_link);
}

std::vector<quint32> FakeBackend::expectedCounts() const {
    std::vector<quint32> counts;
    for (quint32 y = 0; y < m_parameter.height; ++y) {
        for (quint32 x = 0; x < m_parameter.width; ++x) {
            counts.push_back(countAt(x, y));
        }
    }
    return counts;
}

void FakeBackend::advance(Session& session, int rows, FractalUpdate& update) {
    if (!settle(session, update)) {
        return;
    }
    if (!session.view.tile) {
        takeTile(session);
    }
    for (int row = 0; row < rows && session.view.tile; ++row) {
        writeRow(session, update);
        fractal::TileStatus& tile = m_tiles[*session.view.tile];
        const fractal::TileRect rect = m_grid.rect(*session.view.tile);
        ++session.row;
        tile.state = tile.redonePoints > 0 && tile.points < static_cast<quint32>(session.row) * rect.width
                         ? TileState::Recomputing
                         : TileState::Computing;
        tile.computing += 8ms;
        if (session.row == static_cast<int>(rect.height)) {
            tile.state = TileState::Done;
            session.view.tile.reset();
            takeTile(session);
        }
    }
}

/// True when the session stands at an element.
bool FakeBackend::settle(Session& session, FractalUpdate& update) {
    const bool refused = session.view.number > m_slots;
    if (m_blocked != WaitReason::None || refused) {
        session.view.state = SessionState::Waiting;
        session.view.waitReason = refused ? WaitReason::Refused : m_blocked;
        session.view.retryAt = m_now + 700ms;
        session.view.element = 0;
        return false;
    }
    session.view.waitReason = WaitReason::None;
    if (session.view.element == 0) {
        if (session.failing && m_now - session.failedAt < 60ms) {
            return false; // long enough to be seen
        }
        session.view.element = nextElement();
        ++session.view.attempts;
        session.view.state = SessionState::Established;
    }
    if (session.failing) {
        session.failing = false;
        m_failovers.push_back({.phase = FailoverEvent::Phase::End,
                               .at = m_now,
                               .session = session.view.number,
                               .tile = session.view.tile,
                               .failed = session.failed,
                               .next = m_elements[session.view.element].identifier,
                               .cause = FailoverCause::AssociationLost,
                               .took = m_now - session.failedAt,
                               .resumed = true});
        update.failovers.push_back(m_failovers.back());
        m_progress.failoverTimes.count = m_failovers.size();
        m_progress.failoverTimes.last = m_progress.failoverTimes.median = m_now - session.failedAt;
        if (session.view.tile) {
            const int again = std::min(session.row, 3); // as an old cookie would have it
            session.row -= again;
            const quint32 points = static_cast<quint32>(again) * m_grid.rect(*session.view.tile).width;
            m_tiles[*session.view.tile].redonePoints += points;
            m_progress.redonePoints += points;
            m_progress.redoneRows += static_cast<quint64>(again);
        }
    }
    return true;
}

void FakeBackend::takeTile(Session& session) {
    const auto next = std::ranges::find(m_tiles, TileState::Queued, &fractal::TileStatus::state);
    if (next == m_tiles.end()) {
        return;
    }
    session.view.tile = next->tile;
    session.row = 0;
    next->state = TileState::Computing;
    next->session = session.view.number;
    session.view.element = nextElement();
}

void FakeBackend::writeRow(const Session& session, FractalUpdate& update) {
    fractal::TileStatus& tile = m_tiles[*session.view.tile];
    const fractal::TileRect rect = m_grid.rect(tile.tile);
    const quint32 y = rect.y + static_cast<quint32>(session.row);
    update.pieces.push_back({.x = rect.x,
                             .y = y,
                             .length = rect.width,
                             .first = static_cast<quint32>(update.counts.size()),
                             .session = session.view.number,
                             .element = session.view.element,
                             .failovers = tile.failovers});
    const bool smooth = wire::isExtended(m_parameter.algorithm) && !m_compatible;
    for (quint32 x = 0; x < rect.width; ++x) {
        update.counts.push_back(countAt(rect.x + x, y));
        if (smooth) {
            update.fractions.push_back(static_cast<quint32>(smoothCountAt(rect.x + x, y)));
        }
    }
    const quint32 points = static_cast<quint32>(session.row + 1) * rect.width;
    if (points > tile.points) {
        m_progress.points += points - tile.points;
        tile.points = points;
    }
    tile.element = session.view.element;
    m_elements[session.view.element].points += rect.width;
    m_elements[session.view.element].lost.reset();
    touch(tile.tile);
}

void FakeBackend::send(FractalUpdate update) {
    update.image = fractal::ImageId{m_image};
    update.number = m_number++;
    update.parameter = m_parameter;
    update.computed = m_compatible ? fractal::classicOf(m_parameter).value_or(m_parameter) : m_parameter;
    m_progress.compatible = update.computed != m_parameter;
    update.grid = m_grid;
    for (fractal::ElementUse& element : m_elements) {
        element.sessions = 0;
    }
    m_progress.sessionsWaiting = 0;
    m_progress.waitReason = WaitReason::None;
    for (const Session& session : m_sessions) {
        update.sessions.push_back(session.view);
        if (session.view.element != 0) {
            ++m_elements[session.view.element].sessions;
        }
        if (session.view.state == SessionState::Waiting) {
            ++m_progress.sessionsWaiting;
            m_progress.waitReason = session.view.waitReason;
            m_progress.retryAt = session.view.retryAt;
        }
    }
    m_progress.updated = m_now;
    const double seconds = std::chrono::duration<double>(m_now - m_progress.started).count();
    m_progress.pointsPerSecond = seconds > 0 ? static_cast<double>(m_progress.points) / seconds : 0;
    if (m_progress.points > 0) {
        m_progress.remaining = std::chrono::duration_cast<Duration>(
            (m_now - m_progress.started) * static_cast<double>(m_progress.pointsTotal - m_progress.points) /
            static_cast<double>(m_progress.points));
    }
    update.progress = m_progress;
    for (const quint32 tile : m_touched) {
        update.tiles.push_back(m_tiles[tile]);
    }
    m_touched.clear();
    update.elements = m_elements;
    emit updated(std::make_shared<const FractalUpdate>(std::move(update)));
}

quint16 FakeBackend::nextElement() {
    for (std::size_t tries = 0; tries < m_elements.size(); ++tries) {
        m_turn = static_cast<quint16>(m_turn % (m_elements.size() - 1) + 1);
        if (!m_dead.contains(m_elements[m_turn].identifier.value)) {
            return m_turn;
        }
    }
    return 0;
}

quint64 FakeBackend::smoothCountAt(quint32 x, quint32 y) const {
    return fractal::referenceSmoothCount(fractal::Plane::of(m_parameter), x, y);
}

quint32 FakeBackend::countAt(quint32 x, quint32 y) const {
    if (wire::isExtended(m_parameter.algorithm)) {
        return static_cast<quint32>(smoothCountAt(x, y) >> 32U);
    }
    const std::complex<double> c(m_parameter.c1Real + x * (m_parameter.c2Real - m_parameter.c1Real) / m_parameter.width,
                                 m_parameter.c1Imag +
                                     y * (m_parameter.c2Imag - m_parameter.c1Imag) / m_parameter.height);
    std::complex<double> z;
    quint32 count = 0;
    for (; count < m_parameter.maxIterations; ++count) {
        z = (m_parameter.algorithm == wire::FractalAlgorithm::Mandelbrot ? z * z : std::pow(z, m_parameter.n)) - c;
        if (std::norm(z) >= 2.0) {
            break;
        }
    }
    return count;
}

void FakeControl::announce(int elements) {
    for (int index = 0; index < elements; ++index) {
        emit elementChanged({m_backend.element(index), ProcessState::Running, 4000 + index});
    }
}

void FakeControl::kill(PeIdentifier element) {
    emit elementChanged({element, ProcessState::Killed, 0});
    m_backend.kill(element);
}

void FakeControl::freeze(PeIdentifier element) {
    emit elementChanged({element, ProcessState::Frozen, 4000});
    m_backend.kill(element);
}

void FakeControl::restart(PeIdentifier element) {
    m_backend.revive(element);
    emit elementChanged({element, ProcessState::Running, 5000});
}

} // namespace kolam::gui
