// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/run_report.h"

#include <QJsonArray>
#include <QtEndian>
#include <algorithm>

namespace kolam::gui {

using fractal::FailoverEvent;
using namespace Qt::StringLiterals;

namespace {

double milliseconds(Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}
QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace

void RunReport::apply(const fractal::FractalUpdate& update) {
    if (update.begins) {
        m_failovers.clear();
        m_attempts = 0;
        m_doneBy.assign(update.grid.count(), 0);
    }
    m_failovers.insert(m_failovers.end(), update.failovers.begin(), update.failovers.end());
    for (const fractal::TileStatus& tile : update.tiles) {
        if (tile.tile < m_doneBy.size() && tile.state == fractal::TileState::Done) {
            m_doneBy[tile.tile] = tile.element;
        }
    }
    m_latest.image = update.image;
    m_latest.parameter = update.parameter;
    m_latest.computed = update.computed;
    m_latest.grid = update.grid;
    m_latest.progress = update.progress;
    m_latest.elements = update.elements;
    m_latest.sessions = update.sessions;
}

QJsonObject RunReport::toJson() const {
    const wire::FractalParameter& image = m_latest.computed; // so that whoever compares asks for the same
    const fractal::ImageProgress& progress = m_latest.progress;
    QJsonArray failovers;
    for (const FailoverEvent& failover : m_failovers) {
        if (failover.phase == FailoverEvent::Phase::End) {
            failovers.append(QJsonObject{{u"milliseconds"_s, milliseconds(failover.took)},
                                         {u"failed"_s, text(toText(failover.failed))},
                                         {u"next"_s, text(toText(failover.next))},
                                         {u"cause"_s, text(toText(failover.cause))},
                                         {u"resumed"_s, failover.resumed}});
        }
    }
    QJsonArray elements;
    for (std::size_t index = 1; index < m_latest.elements.size(); ++index) {
        const fractal::ElementUse& element = m_latest.elements[index];
        elements.append(QJsonObject{{u"id"_s, text(toText(element.identifier))},
                                    {u"address"_s, text(toText(element.address))},
                                    {u"points"_s, static_cast<qint64>(element.points)},
                                    {u"tiles"_s, static_cast<qint64>(std::ranges::count(m_doneBy, index))},
                                    {u"failedAway"_s, static_cast<qint64>(element.failedAway)}});
    }
    const fractal::FailoverTimes& times = progress.failoverTimes;
    return {
        {u"complete"_s, progress.state == fractal::ImageState::Complete},
        {u"state"_s, text(toText(progress.state))},
        {u"width"_s, static_cast<qint64>(image.width)},
        {u"height"_s, static_cast<qint64>(image.height)},
        {u"maxIterations"_s, static_cast<qint64>(image.maxIterations)},
        {u"algorithm"_s, static_cast<qint64>(image.algorithm)},
        {u"c1Real"_s, image.c1Real}, // shortest text that reads back bit by bit
        {u"c1Imag"_s, image.c1Imag},
        {u"c2Real"_s, image.c2Real},
        {u"c2Imag"_s, image.c2Imag},
        {u"n"_s, image.n},
        {u"kReal"_s, image.kReal},
        {u"kImag"_s, image.kImag},
        {u"c1RealLow"_s, image.c1RealLow},
        {u"c1ImagLow"_s, image.c1ImagLow},
        {u"c2RealLow"_s, image.c2RealLow},
        {u"c2ImagLow"_s, image.c2ImagLow},
        {u"compatible"_s, progress.compatible},
        {u"tiles"_s, static_cast<qint64>(progress.tilesTotal)},
        {u"tilesDone"_s, static_cast<qint64>(progress.tilesDone)},
        {u"points"_s, static_cast<qint64>(progress.points)},
        {u"redonePoints"_s, static_cast<qint64>(progress.redonePoints)},
        {u"redoneRows"_s, static_cast<qint64>(progress.redoneRows)},
        {u"seconds"_s, std::chrono::duration<double>(progress.updated - progress.started).count()},
        {u"pointsPerSecond"_s, progress.pointsPerSecond},
        {u"sessions"_s, static_cast<qint64>(m_latest.sessions.size())},
        {u"attemptsPerSecondOfAWaitingSession"_s, m_attempts},
        {u"failovers"_s, static_cast<qint64>(progress.failovers)},
        {u"failoverMilliseconds"_s, QJsonObject{{u"count"_s, static_cast<qint64>(times.count)},
                                                {u"median"_s, milliseconds(times.median)},
                                                {u"p99"_s, milliseconds(times.p99)},
                                                {u"longest"_s, milliseconds(times.longest)}}},
        {u"failoverList"_s, failovers},
        {u"elements"_s, elements},
    };
}

QByteArray bigEndianCounts(const std::vector<quint32>& counts) {
    QByteArray octets(static_cast<qsizetype>(counts.size() * sizeof(quint32)), Qt::Uninitialized);
    qToBigEndian<quint32>(counts.data(), static_cast<qsizetype>(counts.size()), octets.data());
    return octets;
}

} // namespace kolam::gui
