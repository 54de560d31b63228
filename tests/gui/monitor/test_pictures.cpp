// SPDX-License-Identifier: GPL-3.0-or-later
// The map as pictures, compared with those in tests/gui/monitor/golden: three themes, two scale factors.
#include "core/base/random.h"
#include "gui/common/english_plurals.h"
#include "gui/common/playback.h"
#include "gui/monitor/topology_view.h"
#include "tests/gui/common/event_story.h"
#include "tests/gui/common/golden_picture.h"

#include <QApplication>
#include <QPainter>
#include <QtTest>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr QSize mapSize{900, 520};

QImage pictureOf(TopologyView& map, int scale) {
    return GoldenPicture::paint(mapSize, scale, [&](QPainter& painter) { map.paintMap(painter, mapSize); });
}

} // namespace

class TestMonitorPictures : public QObject {
    Q_OBJECT
private slots:
    void givenAPoolInTrouble_whenPainted_thenItLooksAsItShould_data() { GoldenPicture::rows(); }
    void givenAPoolInTrouble_whenPainted_thenItLooksAsItShould() {
        QFETCH(Theme, theme);
        QFETCH(int, scale);
        applyTheme(*qApp, theme);
        EventStory story;
        story.whole();
        story.tell(telemetry::componentId(EventStory::element(3)),
                   telemetry::ComponentDown{telemetry::DownKind::Silent});
        Playback playback;
        playback.take(story.events);
        TopologyView map;
        map.resize(mapSize);
        map.setTopology(topologyOf(playback.model()));
        map.fit();
        map.select(registrarNode(story.one));
        GoldenPicture::compare(pictureOf(map, scale), QStringLiteral("monitor/golden/map"), theme, scale);
    }
    void givenTheSameEvents_whenPaintedTwice_thenPicturesAreEqual() {
        QImage last;
        for (int round = 0; round < 2; ++round) {
            EventStory story;
            story.whole();
            Playback playback;
            playback.take(story.events);
            TopologyView map;
            map.resize(mapSize);
            map.setTopology(topologyOf(playback.model()));
            map.fit();
            const QImage picture = pictureOf(map, 1);
            QVERIFY(round == 0 || picture == last);
            last = picture;
        }
    }
    /// Pictures come at thirty a second while a map of 10,000 nodes and 20,000 links moves and zooms, because none of
    /// them waits for the links: they are painted a few times, elsewhere. measure_monitor has the milliseconds.
    void givenTenThousandNodes_whenMovedAndZoomed_thenNoPictureWaitsForLinks() {
        constexpr int movements = 120;
        Topology crowd;
        Random random{3};
        for (std::uint32_t i = 0; i < 10'000; ++i) {
            crowd.nodes.push_back({.id = elementNode(PoolHandle{"Crowd"}, PeIdentifier{i + 1}),
                                   .role = telemetry::Role::Element,
                                   .name = QString::number(i),
                                   .state = ElementState::Up,
                                   .owner = static_cast<int>(i % 5)});
        }
        for (int i = 0; i < 20'000; ++i) {
            crowd.links.push_back({.from = static_cast<int>(random.below(10'000)),
                                   .to = static_cast<int>(random.below(10'000)),
                                   .kind = LinkKind::Session});
        }
        TopologyView map;
        map.resize(1600, 900);
        map.setTopology(std::move(crowd));
        map.show();
        QTRY_COMPARE(map.edges().made(), 1);
        QImage image(map.size(), QImage::Format_RGB32);
        for (int i = 0; i < movements; ++i) {
            map.zoom(i < movements / 2 ? 1.02 : 1 / 1.02, {800, 450});
            map.pan({i % 2 == 0 ? 9.0 : -7.0, 3.0});
            QPainter painter(&image);
            map.paintMap(painter, map.size());
        }
        QCOMPARE(map.edges().waitedFor(), 0);
        QVERIFY(map.edges().isStretched());
        const int whileMoving = map.edges().made();
        QVERIFY2(whileMoving < movements / 4, qPrintable(QString::number(whileMoving)));
        QTRY_VERIFY(!map.edges().isStretched()); // when hands rest, it is made anew, once
        QVERIFY(map.edges().made() <= whileMoving + 2);
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestMonitorPictures test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_pictures.moc"
