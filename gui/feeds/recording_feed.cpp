// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feeds/recording_feed.h"

#include "core/telemetry/recording_reader.h"
#include "gui/common/sentences.h"

#include <QFileInfo>
#include <QTimer>
#include <utility>

namespace kolam::gui {

namespace {
constexpr std::size_t batchSize = 2'000; // events: a few milliseconds of the window's time
} // namespace

RecordingFeed::RecordingFeed(QString path, QObject* parent)
    : Feed(parent)
    , m_path(std::move(path))
    , m_thread(QThread::create([this] { read(); })) {
    qRegisterMetaType<std::vector<telemetry::Event>>();
    // Later, so that whoever made us can connect to our signals first.
    QMetaObject::invokeMethod(m_thread, [thread = m_thread] { thread->start(); }, Qt::QueuedConnection);
}

RecordingFeed::~RecordingFeed() {
    m_stop = true;
    m_taken.release(2); // this batch, and the last one
    m_thread->wait();
    delete m_thread;
}

QString RecordingFeed::name() const {
    return tr("recording %1").arg(QFileInfo(m_path).fileName());
}

void RecordingFeed::command(telemetry::ComponentId component, const telemetry::Command&) {
    emit answered(nameOf(component), tr("a recording cannot be changed"));
}

void RecordingFeed::read() {
    auto reader = telemetry::RecordingReader::open(m_path.toStdString());
    if (!reader) {
        emit failed(QString::fromStdString(reader.error()));
        return;
    }
    std::vector<telemetry::Event> batch;
    for (auto event = (*reader)->next(); event && !m_stop; event = (*reader)->next()) {
        batch.push_back(std::move(*event));
        if (batch.size() == batchSize) {
            tell(std::exchange(batch, {}));
        }
    }
    tell(batch);
    if ((*reader)->torn()) {
        emit failed(tr("The recording is torn at its end; all before that is shown."));
    }
    emit ended();
}

/// The next batch waits until whoever listens has taken this one, and has done whatever else there was to do: a large
/// recording is read faster than it is shown, and must not keep hands waiting.
void RecordingFeed::tell(const std::vector<telemetry::Event>& batch) {
    emit heard(batch);
    QMetaObject::invokeMethod(
        this, [this] { QTimer::singleShot(0, this, [this] { m_taken.release(); }); }, Qt::QueuedConnection);
    m_taken.acquire();
}

} // namespace kolam::gui
