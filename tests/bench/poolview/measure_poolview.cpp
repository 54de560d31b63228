// SPDX-License-Identifier: GPL-3.0-or-later
// How long the pool view takes with many elements: from nothing to the first picture, to sort, to narrow, to take what
// has changed, and to close. Each step is measured with the painting of the window that comes of it; what is printed is
// the middle and the worst of several rounds. measure_poolview [ELEMENTS]
#include "gui/common/english_plurals.h"
#include "gui/poolview/heat_map.h"
#include "gui/poolview/pool_view_actions.h"
#include "gui/poolview/table_page.h"
#include "tests/gui/poolview/pool_view_stage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <algorithm>
#include <cstdio>
#include <functional>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr int rounds = 15;

void report(const char* what, std::vector<double> times) {
    std::ranges::sort(times);
    std::printf("%-44s %8.1f ms middle %8.1f ms worst\n", what, times[times.size() / 2], times.back());
}

void measure(const char* what, const std::function<void(int round)>& step) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer clock;
        clock.start();
        step(round);
        times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    report(what, std::move(times));
}

} // namespace

int main(int argc, char** argv) {
    const auto elements = static_cast<std::uint32_t>(argc > 1 ? std::max(1, std::atoi(argv[1])) : 10'000);
    QElapsedTimer start;
    start.start();
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    applyTheme(application, Theme::Dark);
    auto stage = std::make_unique<PoolViewStage>();
    QElapsedTimer story;
    story.start();
    manyElements(stage->story, elements);
    const qint64 told = story.elapsed(); // the test's own work
    stage->window.show();
    stage->tell();
    stage->window.grab();
    std::printf("%-44s %8lld ms\n", "from main() to the first picture", static_cast<long long>(start.elapsed() - told));
    PoolViewWindow& window = stage->window;
    for (const char* const view : {"pools", "elements"}) {
        window.showView(QString::fromLatin1(view));
        window.grab();
        PoolTable& table = window.page().table();
        const auto name = [&](const char* what) { return std::string(view) + ": " + what; };
        measure(name("sort by load").c_str(), [&](int round) {
            window.page().sortByColumn(8, round % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            window.page().viewport()->grab();
        });
        measure(name("sort by name").c_str(), [&](int round) {
            window.page().sortByColumn(0, round % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            window.page().viewport()->grab();
        });
        measure(name("narrow by words").c_str(), [&](int round) {
            window.page().setFilter({.words = QString::number(round), .states = {}});
            window.page().viewport()->grab();
        });
        measure(name("narrow by a state, and all again").c_str(), [&](int round) {
            RowFilter filter;
            filter.states.set(0, round % 2 == 0);
            window.page().setFilter(filter);
            window.page().viewport()->grab();
        });
        std::printf("%-44s %8d\n", "rows", table.allRows());
        measure(name("take a change, compute and show all").c_str(), [&](int round) {
            telemetry::ElementFacts facts = stage->story.facts(5, stage->story.one, round / 20.0);
            facts.pool = PoolHandle{"Pool5"};
            stage->story.tell(telemetry::componentId(stage->story.one), telemetry::ElementReregistered{facts});
            stage->tell();
            window.page().viewport()->grab();
        });
    }
    LoadHistory loads;
    loads.take(window.playback().history(), 0);
    measure("load of all over five minutes, painted", [&](int) {
        window.heatMap().showLoads(loads, window.playback().model().now());
        window.heatMap().grab();
    });
    QElapsedTimer close;
    close.start();
    window.close();
    stage.reset();
    std::printf("%-44s %8lld ms\n", "close", static_cast<long long>(close.elapsed()));
    return 0;
}
