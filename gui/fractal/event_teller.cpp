// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/event_teller.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <utility>

namespace kolam::gui {

using fractal::FailoverEvent;
using fractal::ImageState;
using fractal::TileState;

namespace {

struct EventWords {
    Q_DECLARE_TR_FUNCTIONS(Events)
};

} // namespace

QString causeInWords(FailoverCause cause) {
    switch (cause) {
    case FailoverCause::AssociationLost: return EventWords::tr("its process is gone, or the way to it");
    case FailoverCause::PeerShutdown: return EventWords::tr("it ended the session");
    case FailoverCause::KeepAliveTimeout: return EventWords::tr("it does not answer any more");
    case FailoverCause::ConnectFailed: return EventWords::tr("no connection comes about");
    case FailoverCause::Application: return EventWords::tr("it delivers nothing");
    case FailoverCause::None: break;
    }
    return EventWords::tr("for an unknown reason");
}

QString durationInWords(Duration duration) {
    const double milliseconds = std::chrono::duration<double, std::milli>(duration).count();
    if (milliseconds < 9.95) {
        return EventWords::tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', 1));
    }
    return milliseconds < 1000 ? EventWords::tr("%1 ms").arg(qRound(milliseconds))
                               : EventWords::tr("%1 s").arg(QLocale().toString(milliseconds / 1000, 'f', 1));
}

void EventTeller::apply(const fractal::FractalUpdate& update) {
    if (update.begins) {
        beginImage(update);
    }
    for (const fractal::TileStatus& tile : update.tiles) {
        m_tiles[tile.tile] = tile;
    }
    for (const fractal::ElementUse& element : update.elements) {
        if (element.identifier != PeIdentifier{} && element.sessions > 0 &&
            m_seen.insert(element.identifier.value).second) {
            m_events.add(Severity::Info, EventWords::tr("%1 joins in.").arg(fullName(element.identifier)));
        }
    }
    for (const FailoverEvent& failover : update.failovers) {
        take(failover);
    }
    for (auto& [element, loss] : m_losses) {
        if (!std::exchange(loss.told, true)) { // sessions notice one after the other; people hear of it once
            tellLoss(PeIdentifier{element}, loss);
        }
    }
    tellSettled(update);
    if (update.progress.waitReason != m_waitReason && update.progress.waitReason != WaitReason::None) {
        m_waitReason = update.progress.waitReason;
        if (const auto why = explain(m_link, update.progress, update.sessions, {});
            why && m_waitReason != WaitReason::NoElement) {
            m_events.add(Severity::Warning, why->title + QStringLiteral(": ") + why->reason);
        } else if (m_waitReason == WaitReason::NoElement) {
            m_events.add(Severity::Warning, EventWords::tr("The pool has no element at the moment."));
        }
    }
    if (update.progress.state != m_state) {
        m_state = update.progress.state;
        if (m_state == ImageState::Complete) {
            m_events.add(Severity::Good,
                         EventWords::tr("Picture complete after %1; %n failover(s), rows computed again: %2.", nullptr,
                                        static_cast<int>(update.progress.failovers))
                             .arg(durationInWords(update.progress.updated - update.progress.started))
                             .arg(update.progress.redoneRows));
        } else if (m_state == ImageState::Refused) {
            m_events.add(Severity::Bad, EventWords::tr("An element does not compute this picture: %1.")
                                            .arg(QString::fromStdString(update.progress.refusal)));
        }
    }
}

void EventTeller::apply(const PoolLink& link) {
    if (link.failed && !m_link.failed) {
        m_events.add(Severity::Bad, link.failure);
    } else if (link.hasRegistrar && link.registrar != m_link.registrar) {
        m_events.add(Severity::Info, EventWords::tr("Registrar %1.").arg(link.registrar));
    } else if (!link.hasRegistrar && m_link.hasRegistrar) {
        m_events.add(Severity::Warning,
                     EventWords::tr("The registrar is gone; looking for another. Running sessions go on."));
    }
    m_link = link;
}

QString EventTeller::fullName(PeIdentifier element) const {
    return EventWords::tr("Element %1 (%2)").arg(m_colours.letter(element), QString::fromStdString(toText(element)));
}

void EventTeller::beginImage(const fractal::FractalUpdate& update) {
    m_losses.clear();
    m_tiles.clear();
    m_grid = update.grid;
    m_state = ImageState::Idle;
    m_waitReason = WaitReason::None;
    m_events.add(Severity::Info, EventWords::tr("New picture: %1 × %2 points in %n tile(s), %3 sessions.", nullptr,
                                                static_cast<int>(update.grid.count()))
                                     .arg(update.parameter.width)
                                     .arg(update.parameter.height)
                                     .arg(update.sessions.size()));
    if (update.progress.compatible) {
        m_events.add(Severity::Warning, EventWords::tr("Compatible mode: banded colours. No element knows smooth "
                                                       "fractals."));
    }
}

void EventTeller::take(const FailoverEvent& failover) {
    Loss& loss = m_losses[failover.failed.value];
    m_colours.indexOf(failover.failed);
    if (failover.phase == FailoverEvent::Phase::Begin) {
        loss.cause = failover.cause;
        ++loss.pending;
        if (failover.tile) {
            loss.tiles.emplace(*failover.tile, m_tiles[*failover.tile].points);
        }
        return;
    }
    m_colours.indexOf(failover.next);
    loss.pending = std::max(0, loss.pending - 1);
    loss.next.insert(failover.next.value);
    loss.longest = std::max(loss.longest, failover.took);
    loss.resumed = loss.resumed && failover.resumed;
}

void EventTeller::tellLoss(PeIdentifier element, const Loss& loss) {
    const bool lives = loss.cause == FailoverCause::Application || loss.cause == FailoverCause::PeerShutdown;
    QString text = (lives ? EventWords::tr("%1 left: %2.") : EventWords::tr("%1 lost: %2."))
                       .arg(fullName(element), causeInWords(loss.cause));
    if (!loss.tiles.empty()) {
        text += u' ' + EventWords::tr("Its tiles look for another element.");
    }
    m_events.add(lives ? Severity::Warning : Severity::Bad, text);
}

void EventTeller::tellSettled(const fractal::FractalUpdate& update) {
    for (auto entry = m_losses.begin(); entry != m_losses.end();) {
        Loss& loss = entry->second;
        const bool repeats =
            !std::ranges::all_of(loss.tiles, [this](const auto& tile) { return goesOn(tile.first, tile.second); });
        const bool over =
            update.progress.state == ImageState::Complete || update.progress.state == ImageState::Cancelled;
        if (loss.pending > 0 || (repeats && !over)) {
            ++entry;
            continue;
        }
        if (!loss.next.empty()) {
            QStringList letters;
            for (const quint32 next : loss.next) {
                letters.append(m_colours.letter(PeIdentifier{next}));
            }
            letters.sort();
            const QString places = letters.join(EventWords::tr(" and "));
            const quint64 rows = redoneRows(loss);
            const QString again = rows == 0
                                      ? EventWords::tr("nothing computed again")
                                      : EventWords::tr("%n row(s) computed again", nullptr, static_cast<int>(rows));
            m_events.add(Severity::Good, EventWords::tr("%n tile(s) of %1 continued at %2 after %3, %4.", nullptr,
                                                        static_cast<int>(loss.tiles.size()))
                                             .arg(m_colours.letter(PeIdentifier{entry->first}), places,
                                                  durationInWords(loss.longest), again));
        }
        entry = m_losses.erase(entry);
    }
}

bool EventTeller::goesOn(quint32 tile, quint32 pointsBefore) const {
    const auto status = m_tiles.find(tile);
    return status != m_tiles.end() && (status->second.state == TileState::Done || status->second.points > pointsBefore);
}

quint64 EventTeller::redoneRows(const Loss& loss) const {
    quint64 rows = 0;
    for (const auto& [tile, pointsBefore] : loss.tiles) {
        const auto status = m_tiles.find(tile);
        const quint32 width = std::max(1U, m_grid.rect(tile).width);
        rows += status == m_tiles.end() ? 0 : (status->second.redonePoints + width - 1) / width;
    }
    return rows;
}

} // namespace kolam::gui
