// SPDX-License-Identifier: GPL-3.0-or-later
// What a run leaves behind when nobody watches: screenshot, counts, report, and the end of the program with a code.
// Next door: options.h, where one asks for it.
#pragma once

#include "gui/fractal/options.h"

#include <QObject>

class QWidget;

namespace kolam::gui {

class FractalRun;

class RunOutput : public QObject {
    Q_OBJECT
public:
    /// @param window  of the screenshot; both outlive it
    RunOutput(const Options& options, FractalRun& run, QWidget& window, QObject* parent = nullptr);

    /// Writes what is still to be written: the window is being closed.
    void finish();
    /// 0 when everything asked for was done.
    [[nodiscard]] int exitCode() const { return m_exitCode; }

signals:
    /// The program may end now.
    void done();

private:
    void completed();
    void saveScreenshot();
    void writeReport();
    void write(const QString& path, const QByteArray& content);
    void fail(const QString& why);

    const Options m_options;
    FractalRun& m_run;
    QWidget& m_window;
    bool m_complete = false;
    int m_exitCode = 0;
};

} // namespace kolam::gui
