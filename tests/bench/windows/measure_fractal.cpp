// SPDX-License-Identifier: GPL-3.0-or-later
// How soon the fractal window shows what one does: from the input to the end of the first painting in which the picture
// has moved, with 1920 x 1080 points and nothing computed yet; and how soon another palette is there. What is printed
// is the middle and the worst of several rounds; 100 ms were promised.
#include "gui/common/english_plurals.h"
#include "gui/fractal/fractal_canvas.h"
#include "gui/fractal/main_window.h"
#include "gui/fractal/window_actions.h"
#include "tests/gui/fake_backend.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QWheelEvent>
#include <algorithm>
#include <cstdio>
#include <functional>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr int rounds = 20;
constexpr QSize points{1920, 1080};
constexpr int patience = 5000; // milliseconds

/// Notices when the canvas has been painted, and what it showed then.
class WatchingApplication final : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override {
        const bool done = QApplication::notify(receiver, event);
        if (event->type() == QEvent::Paint && receiver == canvas) {
            ++paintings;
            shown = canvas->camera().shown();
        }
        return done;
    }
    FractalCanvas* canvas = nullptr;
    quint64 paintings = 0;
    ViewRect shown;
};

struct Room {
    WatchingApplication& application;
    FakeBackend backend;
    FractalRun run{backend, nullptr, QStringLiteral("Pool")};
    MainWindow window{run, {.imageSize = points, .useSettings = false, .standardGallery = false}};

    explicit Room(WatchingApplication& watching) : application(watching) {
        window.resize(2400, 1400);
        window.show();
        application.canvas = &window.canvas();
        Place place = homePlace();
        place.maxIterations = 200;
        window.begin(place);
        rest();
    }
    /// Until the wheel has settled, the way has ended and the pool has computed what was asked for.
    void rest() {
        QTest::qWait(400);
        backend.finish();
        QTest::qWait(50);
    }
    double untilMoved(const std::function<void()>& input) {
        const ViewRect before = application.shown;
        QElapsedTimer clock;
        clock.start();
        input();
        while (application.shown == before && clock.elapsed() < patience) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
        }
        return static_cast<double>(clock.nsecsElapsed()) / 1e6;
    }
    double untilPainted(const std::function<void()>& input) {
        const quint64 before = application.paintings;
        QElapsedTimer clock;
        clock.start();
        input();
        while (application.paintings == before && clock.elapsed() < patience) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
        }
        return static_cast<double>(clock.nsecsElapsed()) / 1e6;
    }
};

void report(const char* what, std::vector<double> times) {
    std::ranges::sort(times);
    std::printf("%-44s %8.1f ms middle %8.1f ms worst\n", what, times[times.size() / 2], times.back());
    std::fflush(stdout);
}

void measure(const char* what, const std::function<double()>& round) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        times.push_back(round());
    }
    report(what, std::move(times));
}

} // namespace

int main(int argc, char** argv) {
    WatchingApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    applyTheme(application, Theme::Dark);
    Room room(application);
    FractalCanvas& canvas = room.window.canvas();
    const QPoint middle = canvas.rect().center();
    int turn = 0;
    measure("wheel, one notch", [&] {
        const QPointF at = middle + QPoint(100, 50);
        QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, ++turn % 2 == 0 ? -120 : 120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        const double took = room.untilMoved([&] { QApplication::sendEvent(&canvas, &event); });
        room.rest();
        return took;
    });
    measure("drag by 40 pixels", [&] {
        QTest::mousePress(&canvas, Qt::LeftButton, {}, middle);
        const double took = room.untilMoved([&] { QTest::mouseMove(&canvas, middle + QPoint(40, 20)); });
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, middle + QPoint(40, 20));
        room.rest();
        return took;
    });
    measure("box with Shift, then back", [&] {
        QTest::mousePress(&canvas, Qt::LeftButton, Qt::ShiftModifier, middle - QPoint(200, 120));
        QTest::mouseMove(&canvas, middle + QPoint(200, 120));
        const double took = room.untilMoved(
            [&] { QTest::mouseRelease(&canvas, Qt::LeftButton, Qt::ShiftModifier, middle + QPoint(200, 120)); });
        room.rest();
        room.window.actions().back->trigger();
        room.rest();
        return took;
    });
    measure("back and forward", [&] {
        QAction* action = ++turn % 2 == 0 ? room.window.actions().back : room.window.actions().forward;
        const double took = room.untilMoved([&] { action->trigger(); });
        room.rest();
        return took;
    });
    measure("another palette, 2 million smooth points",
            [&] { return room.untilPainted([&] { room.window.actions().nextPalette->trigger(); }); });
    return 0;
}
