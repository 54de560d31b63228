// SPDX-License-Identifier: GPL-3.0-or-later
// An application that measures its own event loop: how long each turn holds the thread of the windows up, and how much
// work there was for each picture of a window. Work is the thread's time on a processor, so that what else the machine
// does is not counted; turns are measured by both clocks. Next door: measure_monitor.cpp.
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QThread>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <utility>
#include <vector>

namespace kolam::gui {

class TurnWatch final : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        if (QThread::currentThread() != thread()) {
            return QApplication::notify(receiver, event); // of a thread without windows
        }
        m_isFrame |= event->type() == QEvent::UpdateRequest; // often inside of a timer's event
        if (m_depth++ > 0) {
            const bool done = QApplication::notify(receiver, event);
            --m_depth;
            return done;
        }
        const char* const who = receiver->metaObject()->className(); // which may be gone afterwards
        const int what = event->type();
        QElapsedTimer clock;
        clock.start();
        const double before = worked();
        const bool done = QApplication::notify(receiver, event);
        const double work = worked() - before;
        --m_depth;
        m_longest = std::max(m_longest, static_cast<double>(clock.nsecsElapsed()) / 1e6);
        if (work > m_mostWork) {
            m_mostWork = work;
            m_mostFor = QByteArray(who) + ", event " + QByteArray::number(what);
        }
        m_work += work;
        if (std::exchange(m_isFrame, false)) {
            m_frames.push_back(std::exchange(m_work, 0));
        }
        return done;
    }

    static void runFor(int milliseconds) {
        QEventLoop loop; // to quit the application would close its windows
        QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
        loop.exec();
    }
    void reset() {
        m_frames.clear();
        m_longest = 0;
        m_mostWork = 0;
        m_work = 0;
    }
    /// Prints what has happened since the last reset().
    void report(const char* what) {
        std::ranges::sort(m_frames);
        const auto at = [&](double share) {
            return m_frames.empty()
                       ? 0.0
                       : m_frames[static_cast<std::size_t>(share * static_cast<double>(m_frames.size() - 1))];
        };
        std::printf(
            "%-36s %4zu frames, work: median %5.1f ms, p95 %5.1f ms; longest turn %5.1f ms of work (%s), %5.1f ms\n",
            what, m_frames.size(), at(0.5), at(0.95), m_mostWork, m_mostFor.constData(), m_longest);
    }

private:
    /// Milliseconds that this thread has been on a processor.
    static double worked() {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    int m_depth = 0;
    bool m_isFrame = false;
    double m_work = 0;
    double m_longest = 0;
    double m_mostWork = 0;
    QByteArray m_mostFor;         // an object's class and an event's type
    std::vector<double> m_frames; // milliseconds of work for each
};

} // namespace kolam::gui
