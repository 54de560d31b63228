// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/slide_show.h"

#include "gui/fractal/fractal_run.h"

#include <QRandomGenerator>
#include <utility>

namespace kolam::gui {

SlideShow::SlideShow(FractalRun& run, std::function<int()> count, std::function<void(int)> show, QObject* parent)
    : QObject(parent)
    , m_count(std::move(count))
    , m_show(std::move(show)) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &SlideShow::next);
    connect(&run, &FractalRun::completed, this, [this] {
        if (m_running) {
            m_rest.start();
        }
    });
}

void SlideShow::setRunning(bool running) {
    if (running == m_running) {
        return;
    }
    m_running = running;
    m_rest.stop();
    if (running) {
        next();
    }
}

void SlideShow::next() {
    const int count = m_count();
    if (count == 0) {
        return;
    }
    int chosen = QRandomGenerator::global()->bounded(count);
    if (chosen == m_last) { // never the same twice
        chosen = (chosen + 1) % count;
    }
    m_last = chosen;
    m_show(chosen);
}

} // namespace kolam::gui
