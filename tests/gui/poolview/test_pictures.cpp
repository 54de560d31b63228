// SPDX-License-Identifier: GPL-3.0-or-later
// The pool view as pictures, compared with those in tests/gui/poolview/golden: tables, chips and header of a pool in
// trouble, and the load of its elements, in three themes and two scale factors.
#include "gui/common/english_plurals.h"
#include "gui/poolview/heat_map.h"
#include "gui/poolview/table_page.h"
#include "tests/gui/common/golden_picture.h"
#include "tests/gui/poolview/pool_view_stage.h"

#include <QApplication>
#include <cmath>

using namespace kolam;
using namespace kolam::gui;
using namespace std::chrono_literals;

namespace {

constexpr QSize tables{1'180, 330};
constexpr QSize loads{900, 220};

/// One element has been killed, one is frozen, and the registrars differ about another.
void trouble(EventStory& story) {
    story.whole();
    story.tell(telemetry::componentId(EventStory::element(3)), telemetry::ComponentDown{telemetry::DownKind::Silent});
    story.tell(telemetry::componentId(story.one), telemetry::ElementRegistered{story.facts(9, story.one, 0.9)});
    story.wait(4s);
}

} // namespace

class TestPoolViewPictures : public QObject {
    Q_OBJECT
private slots:
    void givenAPoolInTrouble_whenShown_thenTablesLookAsTheyShould_data() { GoldenPicture::rows(); }
    void givenAPoolInTrouble_whenShown_thenTablesLookAsTheyShould() {
        QFETCH(Theme, theme);
        QFETCH(int, scale);
        applyTheme(*qApp, theme);
        PoolViewStage stage;
        trouble(stage.story);
        stage.show();
        stage.tell();
        QWidget& centre = *stage.window.centralWidget();
        stage.window.resize(stage.window.size() + tables - centre.size());
        QTRY_COMPARE(centre.size(), tables);
        if (QWidget* const focused = stage.window.focusWidget()) {
            focused->clearFocus(); // its frame, or cursor, is not part of the picture
        }
        const QImage picture = GoldenPicture::paint(tables, scale, [&](QPainter& painter) { centre.render(&painter); });
        GoldenPicture::compare(picture, QStringLiteral("poolview/golden/tables"), theme, scale);
    }
    void givenLoads_whenShown_thenTheyLookAsTheyShould_data() { GoldenPicture::rows(); }
    void givenLoads_whenShown_thenTheyLookAsTheyShould() {
        QFETCH(Theme, theme);
        QFETCH(int, scale);
        applyTheme(*qApp, theme);
        EventStory story;
        story.registrars();
        for (int round = 0; round < 60; ++round) {
            for (std::uint32_t element = 1; element <= 5; ++element) {
                const double load = std::fmod(element * 0.21 + round * 0.013 * element, 1.0);
                story.tell(telemetry::componentId(story.one),
                           telemetry::ElementReregistered{story.facts(element, story.one, load)});
            }
            story.wait(5s);
        }
        Playback playback;
        playback.take(story.events);
        LoadHistory history;
        history.take(playback.history(), 0);
        HeatMap map;
        map.resize(loads);
        map.showLoads(history, playback.time());
        const QImage picture =
            GoldenPicture::paint(loads, scale, [&](QPainter& painter) { map.paint(painter, loads); });
        GoldenPicture::compare(picture, QStringLiteral("poolview/golden/loads"), theme, scale);
    }
};

int main(int argc, char** argv) {
    qputenv("TZ", "UTC"); // of the times in the pictures
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestPoolViewPictures test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_pictures.moc"
