// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/run_output.h"

#include "gui/fractal/fractal_run.h"

#include <QJsonDocument>
#include <QSaveFile>
#include <QTimer>
#include <QWidget>
#include <cstdio>

namespace kolam::gui {

RunOutput::RunOutput(const Options& options, FractalRun& run, QWidget& window, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_run(run)
    , m_window(window) {
    // Queued: whoever else hears of the end, shows it first.
    connect(&run, &FractalRun::completed, this, &RunOutput::completed, Qt::QueuedConnection);
    if (!m_options.screenshot.isEmpty() && !m_options.screenshotWhenComplete) {
        QTimer::singleShot(m_options.screenshotAfter, this,
                           &RunOutput::saveScreenshot); // "at once" lets the window settle
    }
}

void RunOutput::completed() {
    if (m_complete) {
        return; // of several pictures, the first one is the run's
    }
    m_complete = true;
    if (!m_options.exportCounts.isEmpty()) {
        write(m_options.exportCounts, bigEndianCounts(m_run.picture().image().counts()));
    }
    writeReport();
    if (m_options.screenshotWhenComplete) {
        saveScreenshot();
    }
    if (m_options.exitAfterComplete) {
        emit done();
    }
}

void RunOutput::finish() {
    if (!m_complete) {
        writeReport();
        if (m_options.exitAfterComplete) {
            fail(tr("the picture was not complete"));
        }
    }
}

void RunOutput::saveScreenshot() {
    if (!m_options.screenshot.isEmpty() && !m_window.grab().save(m_options.screenshot)) {
        fail(tr("the screenshot %1 cannot be written").arg(m_options.screenshot));
    }
}

void RunOutput::writeReport() {
    if (!m_options.report.isEmpty()) {
        write(m_options.report, QJsonDocument(m_run.report().toJson()).toJson());
    }
}

void RunOutput::write(const QString& path, const QByteArray& content) {
    QSaveFile file(path); // whoever waits for it, never sees half of it
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
        fail(tr("%1 cannot be written: %2").arg(path, file.errorString()));
    }
}

void RunOutput::fail(const QString& why) {
    std::fprintf(stderr, "kolam-fractal: %s\n", qPrintable(why));
    m_exitCode = 1;
}

} // namespace kolam::gui
