// SPDX-License-Identifier: GPL-3.0-or-later
// The pool view, off screen: it shows what was told and how old that is, narrows, goes to any moment, can be used by
// keyboard alone and by those who do not see it, rotates on a wall, and closes at once in every state.
#include "gui/common/command_palette.h"
#include "gui/common/english_plurals.h"
#include "gui/common/history_model.h"
#include "gui/common/row_model.h"
#include "gui/common/shortcut_sheet.h"
#include "gui/poolview/agreement_clock.h"
#include "gui/poolview/event_finder.h"
#include "gui/poolview/header_bar.h"
#include "gui/poolview/heat_map.h"
#include "gui/poolview/notifier.h"
#include "gui/poolview/pool_view_actions.h"
#include "gui/poolview/rule_book.h"
#include "gui/poolview/rules_panel.h"
#include "gui/poolview/table_exports.h"
#include "gui/poolview/table_page.h"
#include "gui/poolview/table_sheets.h"
#include "tests/gui/poolview/pool_view_stage.h"

#include <QAbstractSlider>
#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <set>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

class FakeNotifier final : public Notifier {
public:
    using Notifier::Notifier;
    void show(const QStringList& sentences) override { shown = sentences; }
    QStringList shown;
};

} // namespace

class TestPoolViewWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Theme::Dark); }

    void givenAPool_whenTold_thenHeaderChipsAndTreeShowIt() {
        PoolViewStage stage;
        QCOMPARE(stage.window.header().age(), QStringLiteral("no data yet"));
        QVERIFY(stage.window.header().agreement().contains(QStringLiteral("No registrar")));
        stage.story.registrars();
        stage.story.elementComes(1, stage.story.one);
        stage.story.elementComes(2, stage.story.two);
        stage.tell();
        QVERIFY2(stage.window.header().agreement().startsWith(QStringLiteral("2 registrars agree (checksum ")),
                 qPrintable(stage.window.header().agreement()));
        QVERIFY(stage.window.header().summary().startsWith(QStringLiteral("1 pool ")));
        QCOMPARE(stage.window.header().age(), QStringLiteral("data: now"));
        QCOMPARE(stage.window.actions().chips[0]->iconText(), QStringLiteral("up 2"));
        QCOMPARE(stage.window.page().table().allRows(), 2);
        QVERIFY(stage.window.page().isExpanded(stage.window.page().table().index(0, 0)));
        QVERIFY(!stage.feed.messages); // nobody draws them
    }
    void givenRegistrarsThatDiffer_whenTold_thenTheHeaderSaysSoAndForHowLong() {
        PoolViewStage stage;
        stage.story.registrars();
        stage.story.tell(componentId(stage.story.one), ElementRegistered{stage.story.facts(1, stage.story.one)});
        stage.tell();
        stage.later = 4s;
        stage.window.refresh();
        QCOMPARE(stage.window.header().agreement(), QStringLiteral("Registrars differ about 1 element, for 4.00 s"));
    }
    void givenWordsAndChips_whenUsed_thenOnlyWhatFitsIsShownUntilAllIsWanted() {
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        PoolTable& table = stage.window.page().table();
        QTest::keyClick(&stage.window, Qt::Key_9); // only crashed
        QCOMPARE(table.shownRows(), 1);
        QTest::keyClick(&stage.window, Qt::Key_0);
        QCOMPARE(table.shownRows(), 3);
        QTest::keyClick(&stage.window, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(stage.window.search().hasFocus());
        QTest::keyClicks(&stage.window.search(), QStringLiteral("fractal 0a000002"));
        QCOMPARE(table.shownRows(), 1);
        QTest::keyClick(&stage.window.search(), Qt::Key_Return);
        QVERIFY(stage.window.page().hasFocus());
    }
    void givenTabs_whenChangedByKeys_thenTheTableThatIsSeenIsFilledAndKeepsTheSelection() {
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        const NodeId node = elementNode(stage.story.pool, EventStory::element(2));
        stage.window.page().setCurrentIndex(stage.window.page().table().find(node));
        QCOMPARE(stage.window.selected(), std::optional{node});
        QVERIFY(stage.window.inspected().rowCount() > 5);
        QVERIFY(stage.window.history().rowCount() > 0);
        for (int view = 1; view < stage.window.actions().views.size(); ++view) {
            QTest::keyClick(&stage.window, static_cast<Qt::Key>(Qt::Key_1 + view), Qt::ControlModifier);
            QCOMPARE(stage.window.page().key(), viewKeys()[view]);
        }
        QTest::keyClick(&stage.window, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(stage.window.page().table().allRows(), 3);
        QCOMPARE(stage.window.page().selectedNodes(), std::vector{node});
    }
    void givenAWishToSelect_whenThatAppears_thenItIsSelected() {
        PoolViewStage stage;
        stage.window.selectLater(componentId(EventStory::element(2)));
        stage.story.registrars();
        stage.tell();
        QVERIFY(!stage.window.selected().has_value());
        stage.story.elementComes(2, stage.story.one);
        stage.tell();
        QCOMPARE(stage.window.selected(), std::optional{elementNode(stage.story.pool, EventStory::element(2))});
    }
    void givenAFailover_whenRewound_thenTablesShowThatMomentAndAgesAreOfIt() {
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.playback().seek(WallTime{EventStory::midnight + 1'000'000'000});
        stage.window.refresh();
        QCOMPARE(stage.window.actions().chips[0]->iconText(), QStringLiteral("up 3"));
        QVERIFY(stage.window.header().age().startsWith(QStringLiteral("at ")));
        QTest::keyClick(&stage.window, Qt::Key_L);
        stage.window.refresh();
        QCOMPARE(stage.window.actions().chips[0]->iconText(), QStringLiteral("up 2"));
    }
    void givenASourceThatIsSilent_whenItIsHeardAgain_thenTheAgeSaysSo() {
        PoolViewStage stage;
        stage.story.registrars();
        stage.tell();
        QTRY_VERIFY_WITH_TIMEOUT(stage.window.header().age() != QStringLiteral("data: now"), 5'000);
        emit stage.feed.alive(2);
        stage.window.refresh();
        QCOMPARE(stage.window.header().age(), QStringLiteral("data: now"));
    }
    void givenColumns_whenChosen_thenTheyAreShownAndComeBack() {
        PoolViewStage stage;
        stage.story.whole();
        stage.tell();
        TablePage& page = stage.window.page();
        QMenu menu;
        page.fillColumnMenu(menu);
        QAction* host = nullptr;
        for (QAction* const action : menu.actions()) {
            host = action->text() == QStringLiteral("Host") ? action : host;
        }
        QVERIFY(host != nullptr && !host->isChecked());
        const int column = static_cast<int>(menu.actions().indexOf(host));
        host->trigger();
        QVERIFY(!page.isColumnHidden(column));
        stage.window.actions().resetLayout->trigger();
        QVERIFY(page.isColumnHidden(column));
        const int height = page.visualRect(page.table().index(0, 0)).height();
        stage.window.actions().compact->trigger();
        QTRY_VERIFY(page.visualRect(page.table().index(0, 0)).height() < height);
    }
    void givenRegistrarsThatDiffer_whenTheTabIsSeen_thenTheClockRunsAndTheRowSaysWhy() {
        PoolViewStage stage;
        stage.story.registrars();
        stage.story.wait(1s);
        stage.story.tell(componentId(stage.story.one), ElementRegistered{stage.story.facts(1, stage.story.one)});
        stage.tell();
        stage.window.showView(QStringLiteral("agreement"));
        QCOMPARE(stage.window.page().table().allRows(), 1);
        stage.later = 2s;
        stage.window.refresh();
        QVERIFY2(stage.window.convergence().text().startsWith(QStringLiteral("2 registrars have differed for 2.00 s")),
                 qPrintable(stage.window.convergence().text()));
        stage.story.wait(2'500ms);
        stage.later = 0s;
        stage.story.tell(componentId(stage.story.two), ElementRegistered{stage.story.facts(1, stage.story.one)});
        stage.tell();
        QCOMPARE(stage.window.page().table().allRows(), 0);
        QVERIFY2(stage.window.convergence().text().contains(QStringLiteral("the last time after 2.50 s")),
                 qPrintable(stage.window.convergence().text()));
    }
    void givenLoads_whenAskedByKeys_thenTheMapSaysEachCellAndGoesToItsMoment() {
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        HeatMap& map = stage.window.heatMap();
        stage.window.refresh();
        QTRY_COMPARE(map.grid().rows.size(), std::size_t{3});
        map.setFocus();
        QTest::keyClick(&map, Qt::Key_Down);
        QCOMPARE(stage.window.selected(), std::optional{elementNode(stage.story.pool, EventStory::element(2))});
        QVERIFY2(map.sentence().contains(QStringLiteral("75 %")), qPrintable(map.sentence()));
        QCOMPARE(map.accessibleDescription(), map.sentence());
        QTest::keyClick(&map, Qt::Key_Up);
        QVERIFY2(map.sentence().contains(QStringLiteral("no load")), qPrintable(map.sentence())); // it was killed
        QTest::keyClick(&map, Qt::Key_Return);
        QCOMPARE(stage.window.playback().mode(), Playback::Mode::Paused);
        // More is lighter, for all eyes.
        for (int share = 1; share <= 10; ++share) {
            QVERIFY(qGray(heatColour(share / 10.0).rgb()) > qGray(heatColour((share - 1) / 10.0).rgb()));
        }
    }
    void givenARuleThatIsBroken_whenJudged_thenHeaderPanelAndDesktopSayItUntilItIsWell() {
        FakeNotifier notifier;
        PoolViewStage stage(&notifier);
        stage.show();
        stage.story.registrars();
        stage.story.elementComes(1, stage.story.one);
        stage.tell();
        QCOMPARE(stage.window.header().alarms(), QString());
        stage.story.tell(componentId(EventStory::element(1)), ComponentDown{DownKind::StreamEnded});
        stage.tell();
        QCOMPARE(stage.window.header().alarms(), QStringLiteral("⚠ 1 alarm"));
        QCOMPARE(stage.window.rulesPanel().alarms().rowCount(), 1);
        QVERIFY(stage.window.status().contains(QStringLiteral("0 of at least 1")));
        QCOMPARE(notifier.shown.size(), 1);
        stage.story.elementComes(1, stage.story.one);
        stage.tell();
        QCOMPARE(stage.window.header().alarms(), QString());
        QVERIFY(notifier.shown.isEmpty());
        QVERIFY(stage.window.status().startsWith(QStringLiteral("Well again")));
    }
    void givenLimits_whenSetByHand_thenTheyAreTheRulesUnlessTheyCannotBeRead() {
        PoolViewStage stage;
        stage.show();
        auto* const exceptions = stage.window.rulesPanel().findChild<QLineEdit*>();
        exceptions->setText(QStringLiteral("Fractal*=2"));
        QCOMPARE(stage.window.rules().rules().minimumOf(QStringLiteral("FractalGeneratorPool")), 2);
        exceptions->setText(QStringLiteral("Fractal*=two"));
        QCOMPARE(stage.window.rules().rules().minimumOf(QStringLiteral("FractalGeneratorPool")), 2);
        for (QCheckBox* const box : stage.window.rulesPanel().findChildren<QCheckBox*>()) {
            box->setChecked(false);
        }
        QVERIFY(!stage.window.rules().rules().minimumOn && !stage.window.rules().rules().notify);
    }
    void givenRowsAndLoads_whenSavedAndCopied_thenFilesAndClipboardHoldThem() {
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        QTRY_COMPARE(stage.window.heatMap().grid().rows.size(), std::size_t{3});
        const QTemporaryDir folder;
        for (const char* const name : {"load.svg", "load.png", "load.pdf"}) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            QCOMPARE(stage.window.heatMap().save(path), QString());
            QVERIFY(QFileInfo(path).size() > 1'000);
        }
        QVERIFY(!stage.window.heatMap().save(QStringLiteral("/nowhere/load.svg")).isEmpty());
        const QString sheets = folder.filePath(QStringLiteral("table.pdf"));
        QCOMPARE(saveSheets(stage.window.page(), QStringLiteral("Pools"), sheets), QString());
        QFile file(sheets);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.read(5) == "%PDF-" && file.size() > 1'000);
        QVERIFY(!saveSheets(stage.window.page(), {}, QStringLiteral("/nowhere/table.pdf")).isEmpty());
        stage.window.actions().copyRows->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 5);
        QCOMPARE(stage.window.status(), QStringLiteral("4 rows copied."));
    }
    void givenEvents_whenLookedForByObjectKindAndTime_thenTheyAreListedAndLeadToTheirMoment() {
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        stage.window.select(elementNode(stage.story.pool, EventStory::element(1)));
        QTest::keyClick(&stage.window, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        auto* const finder = stage.window.findChild<EventFinder*>();
        QVERIFY(finder != nullptr);
        QCOMPARE(finder->query()->object, std::optional{componentId(EventStory::element(1))}); // what was selected
        finder->find();
        const int about = finder->rows().rowCount();
        QVERIFY(about > 5);
        QVERIFY2(finder->says().startsWith(QStringLiteral("%1 events found in").arg(about)),
                 qPrintable(finder->says()));
        finder->kind().setCurrentText(QStringLiteral("component down"));
        finder->find();
        QCOMPARE(finder->rows().rowCount(), 1);
        finder->object().setCurrentText(QStringLiteral("user-0x00000000004f2a"));
        finder->kind().setCurrentText(QStringLiteral("failover ended"));
        finder->find();
        QCOMPARE(finder->rows().rowCount(), 1);
        finder->object().setCurrentText(QStringLiteral("nobody"));
        finder->find();
        QVERIFY(finder->says().contains(QStringLiteral("nobody")));
        finder->object().setCurrentIndex(0);
        auto* const table = finder->findChild<QTableView*>();
        finder->find();
        emit table->activated(finder->rows().index(0, 0));
        QCOMPARE(stage.window.playback().mode(), Playback::Mode::Paused);
        EventQuery late;
        late.from = WallTime{EventStory::midnight + 3'000'000'000};
        QCOMPARE(findIn(stage.window.playback().history(), late).all, quint64{1});
        late.most = 0;
        QVERIFY(findIn(stage.window.playback().history(), late).events.empty());
    }
    void givenAWall_whenPutUp_thenItTurnsOverItsTablesWithoutAPointerUntilEscape() {
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        QTest::keyClick(&stage.window, Qt::Key_F11);
        QCOMPARE(currentTheme(), Theme::Presenter);
        QVERIFY(!stage.window.menuBar()->isVisible());
        QVERIFY(QApplication::overrideCursor() != nullptr);
        std::set<QString> seen;
        QTRY_VERIFY((seen.insert(stage.window.page().key()), seen.size() == std::size_t(viewKeys().size())));
        QTest::keyClick(&stage.window, Qt::Key_Escape);
        QCOMPARE(currentTheme(), Theme::Dark);
        QVERIFY(stage.window.menuBar()->isVisible() && QApplication::overrideCursor() == nullptr);
    }
    void givenTheWindow_whenWalkedByAScreenReader_thenEverythingHasANameAndARole() {
        PoolViewStage stage;
        stage.show();
        stage.story.whole();
        stage.tell();
        int checked = 0;
        for (QWidget* const widget : stage.window.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
                qobject_cast<QMenuBar*>(widget) != nullptr || widget->objectName().startsWith(QStringLiteral("qt_")) ||
                qobject_cast<QAbstractSlider*>(widget) != nullptr) {
                continue;
            }
            QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(face != nullptr);
            const QString who =
                QStringLiteral("%1 in %2")
                    .arg(QString::fromLatin1(widget->metaObject()->className()), widget->parentWidget()->objectName());
            QVERIFY2(!face->text(QAccessible::Name).isEmpty(), qPrintable(who));
            QVERIFY2(face->role() != QAccessible::NoRole, qPrintable(who));
            ++checked;
        }
        QVERIFY(checked >= 12);
        // A state is a word for those who see neither colour nor shape.
        const QModelIndex row = stage.window.page().table().find(elementNode(stage.story.pool, EventStory::element(1)));
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(wordOf(ElementState::Crashed)));
    }
    void givenAllActions_whenLookedAt_thenEachHasWordsAndAWayByKeyboardThatIsItsOwn() {
        PoolViewStage stage;
        std::set<QString> keys;
        int menuOnly = 0;
        for (const QAction* const action : stage.window.actions().all) {
            QVERIFY(!action->text().isEmpty() && !action->toolTip().isEmpty());
            menuOnly += action->shortcuts().isEmpty() ? 1 : 0; // reached by menu and palette
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(keys.insert(key.toString()).second, qPrintable(key.toString()));
            }
        }
        QVERIFY(menuOnly <= 3);
        CommandPalette palette(stage.window.actions().all, &stage.window);
        palette.field().setText(QStringLiteral("only fro"));
        QCOMPARE(palette.shown().size(), 1);
        const ShortcutSheet sheet(stage.window.actions().all, {}, &stage.window);
        QVERIFY(sheet.lines().size() >= stage.window.actions().all.size());
    }
    void givenAnyState_whenClosed_thenItIsGoneWithinHalfASecond_data() {
        QTest::addColumn<QString>("state");
        for (const char* const state : {"empty", "pool", "crowd", "paused", "playing", "wall", "narrowed", "dialog"}) {
            QTest::newRow(state) << QString::fromLatin1(state);
        }
    }
    void givenAnyState_whenClosed_thenItIsGoneWithinHalfASecond() {
        QFETCH(QString, state);
        auto stage = std::make_unique<PoolViewStage>();
        stage->show();
        if (state == u"crowd") {
            manyElements(stage->story, 10'000);
        } else if (state != u"empty") {
            stage->story.whole();
        }
        stage->tell();
        if (state == u"paused") {
            stage->window.playback().pause();
        } else if (state == u"playing") {
            stage->window.playback().seekPosition(0);
            stage->window.playback().setSpeed(0.01);
            stage->window.playback().play();
        } else if (state == u"wall") {
            stage->window.actions().wall->trigger();
        } else if (state == u"narrowed") {
            stage->window.search().setText(QStringLiteral("nothing"));
        } else if (state == u"dialog") {
            stage->window.actions().palette->trigger();
        }
        QTest::qWait(1); // what is posted is done
        QElapsedTimer clock;
        clock.start();
        QSignalSpy closed(&stage->window, &PoolViewWindow::closed);
        stage->window.close();
        stage.reset();
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(QApplication::overrideCursor() == nullptr);
        applyTheme(*qApp, Theme::Dark);
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestPoolViewWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_window.moc"
