// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/clip_writer.h"

#include <QFile>
#include <algorithm>

namespace kolam::gui {

ClipWriter::ClipWriter(const EventHistory& history, WallTime from, WallTime to, QString path, QObject* parent)
    : QObject(parent)
    , m_history(history)
    , m_from(from)
    , m_to(to)
    , m_path(std::move(path)) {
    connect(&m_turn, &QTimer::timeout, this, &ClipWriter::work);
    m_turn.start(0);
}

void ClipWriter::work() {
    m_at = std::max(m_at, m_history.begin()); // what was forgotten meanwhile is lost for the clip, too
    for (int i = 0; i < eventsAtATime; ++i, ++m_at) {
        if (m_at >= m_history.end() || m_history.timeAt(m_at) > m_to) {
            if (!m_writer && !begin()) {
                return;
            }
            const bool whole = m_writer->flush();
            return end(whole ? QString() : QString::fromStdString(m_writer->trouble()));
        }
        const telemetry::Event& event = m_history.at(m_at);
        if (m_history.timeAt(m_at) < m_from) {
            m_standing.take(event);
            continue;
        }
        if (!m_writer && !begin()) {
            return;
        }
        m_writer->write(event);
        ++m_events;
    }
    if (m_writer && !m_writer->flush()) {
        end(QString::fromStdString(m_writer->trouble()));
    }
}

bool ClipWriter::begin() {
    QFile::remove(m_path); // a recording that is there would go on
    auto opened = telemetry::RecordingWriter::open(telemetry::recordingPath(m_path.toStdString()));
    if (!opened) {
        end(QString::fromStdString(opened.error()));
        return false;
    }
    m_writer = std::move(*opened);
    for (const telemetry::Event& event : m_standing.all(m_from, TimePoint{})) {
        m_writer->write(event);
    }
    return true;
}

void ClipWriter::end(const QString& trouble) {
    m_turn.stop();
    m_writer.reset(); // with its index
    emit done(trouble, m_events);
    deleteLater();
}

} // namespace kolam::gui
