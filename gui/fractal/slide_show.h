// SPDX-License-Identifier: GPL-3.0-or-later
// One picture of the gallery after the other, in random order: for a stand at a fair. The next one comes some seconds
// after the last one is complete. Next door: main_window.cpp begins and ends it.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>

namespace kolam::gui {

class FractalRun;

class SlideShow : public QObject {
    Q_OBJECT
public:
    static constexpr int restMilliseconds = 5000; // as rsplib's client does

    /// @param count  how many pictures there are now
    /// @param show  shows the one with this number
    SlideShow(FractalRun& run, std::function<int()> count, std::function<void(int)> show, QObject* parent = nullptr);

    void setRunning(bool running);
    [[nodiscard]] bool isRunning() const { return m_running; }
    /// For tests; takes effect at the next picture.
    void setRest(int milliseconds) { m_rest.setInterval(milliseconds); }

private:
    void next();

    std::function<int()> m_count;
    std::function<void(int)> m_show;
    QTimer m_rest;
    bool m_running = false;
    int m_last = -1;
};

} // namespace kolam::gui
