// SPDX-License-Identifier: GPL-3.0-or-later
// The window itself, off screen: gestures, keys, accessible names, reasons, and that it closes at once in every state.
#include "gui/common/english_plurals.h"
#include "gui/common/shortcut_sheet.h"
#include "gui/fractal/fractal_canvas.h"
#include "gui/fractal/gallery_model.h"
#include "gui/fractal/julia_picker.h"
#include "gui/fractal/main_window.h"
#include "gui/fractal/palette_editor.h"
#include "gui/fractal/picture_file.h"
#include "gui/fractal/pool_panel.h"
#include "gui/fractal/slide_show.h"
#include "gui/fractal/status_line.h"
#include "gui/fractal/why_panel.h"
#include "gui/fractal/window_actions.h"
#include "tests/gui/fake_backend.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace kolam;
using namespace kolam::gui;

namespace {

struct Stage {
    FakeBackend backend;
    FakeControl control{backend};
    FractalRun run{backend, &control, QStringLiteral("FractalGeneratorPool")};
    MainWindow window;
    explicit Stage(bool lan = false)
        : window(run, {.imageSize = QSize(400, 260),
                       .insecureLan = lan,
                       .palette = QStringLiteral("ocean"),
                       .overlay = QStringLiteral("elements"),
                       .useSettings = false,
                       .standardGallery = false}) {
        control.announce(3);
        window.resize(1200, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        backend.setRegistrar(true);
        Place place = homePlace();
        place.maxIterations = 50;
        window.begin(place);
        QTRY_VERIFY(backend.starts() > 0);
        window.canvas().setFocus();
    }
    void wheel(QPointF at, int delta) {
        QWheelEvent event(at, window.canvas().mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&window.canvas(), &event);
    }
    [[nodiscard]] ViewRect view() const { return run.navigation().current().view; }
};

template <typename Widget>
Widget* child(MainWindow& window, const char* accessibleName) {
    for (Widget* widget : window.findChildren<Widget*>()) {
        if (widget->accessibleName() == QLatin1String(accessibleName)) {
            return widget;
        }
    }
    return nullptr;
}

QString lineText(MainWindow& window) {
    QString all;
    for (const QLabel* label : window.statusBar()->findChildren<QLabel*>()) {
        all += label->text() + u'|';
    }
    return all;
}

bool near(QPointF one, QPointF other) {
    return std::hypot(one.x() - other.x(), one.y() - other.y()) < 1e-9;
}

} // namespace

class TestWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QCoreApplication::installTranslator(&m_plurals);
        applyTheme(*qApp, Theme::Dark);
    }

    void givenWheel_whenTurned_thenTheNumberUnderThePointerStaysAndThePoolIsAskedOnce() {
        Stage stage;
        stage.backend.finish();
        const int before = stage.backend.starts();
        const QPointF at(300, 200);
        const Camera camera = stage.window.canvas().camera();
        const QPointF number = camera.numberAt(at);
        for (int notch = 0; notch < 4; ++notch) {
            stage.wheel(at, 120);
        }
        QTRY_COMPARE(stage.backend.starts(), before + 1);
        QVERIFY(std::abs(stage.view().width() / camera.shown().width() - std::pow(0.75, 4)) < 1e-9);
        QVERIFY(near(stage.view().at(camera.unit(at)), number));
    }
    void givenDrag_whenReleased_thenThePictureHasMovedWithThePointer() {
        Stage stage;
        const int before = stage.backend.starts();
        FractalCanvas& canvas = stage.window.canvas();
        const QPointF number = canvas.camera().numberAt({200, 200});
        QTest::mousePress(&canvas, Qt::LeftButton, {}, {200, 200});
        QTest::mouseMove(&canvas, {260, 170});
        QVERIFY(near(canvas.camera().numberAt({260, 170}), number));
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, {260, 170});
        QCOMPARE(stage.backend.starts(), before + 1);
        QVERIFY(near(stage.view().at(canvas.camera().unit(QPointF(260, 170))), number));
    }
    void givenClickWithoutDrag_whenReleased_thenNothingIsComputed() {
        Stage stage;
        const int before = stage.backend.starts();
        QTest::mouseClick(&stage.window.canvas(), Qt::LeftButton, {}, {200, 200});
        QCOMPARE(stage.backend.starts(), before);
    }
    void givenBox_whenDrawn_thenItIsZoomedIntoAndTheModeEnds() {
        Stage stage;
        FractalCanvas& canvas = stage.window.canvas();
        QTest::keyClick(&stage.window, Qt::Key_B);
        QVERIFY(canvas.boxMode());
        const QRectF frame = canvas.camera().frame();
        const QPoint from = (frame.topLeft() + QPointF(frame.width() / 4, frame.height() / 4)).toPoint();
        const QPoint to = (frame.topLeft() + QPointF(frame.width() / 2, frame.height() / 2)).toPoint();
        const double width = stage.view().fitted(QSizeF(400, 260)).width();
        QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas, to);
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
        QVERIFY(!canvas.boxMode());
        QVERIFY(std::abs(stage.view().width() / width - 0.25) < 0.01);
        QTest::keyClick(&stage.window, Qt::Key_B);
        QTest::keyClick(&canvas, Qt::Key_Escape);
        QVERIFY(!canvas.boxMode());
    }
    void givenKeys_whenPressed_thenTheirActionsHappen() {
        Stage stage;
        const WindowActions& actions = stage.window.actions();
        for (QAction* action : actions.all) {
            if (action->shortcuts().isEmpty() || action == actions.quit || action == actions.open ||
                action == actions.savePicture || action == actions.saveParameters || action == actions.fullScreen) {
                continue; // these end the window or open dialogs
            }
            action->setEnabled(true);
            QSignalSpy triggered(action, &QAction::triggered);
            const QKeyCombination keys = action->shortcuts().constFirst()[0];
            QTest::keyClick(&stage.window.canvas(), keys.key(), keys.keyboardModifiers());
            QVERIFY2(triggered.count() == 1, qPrintable(action->text()));
            for (QWidget* widget : QApplication::topLevelWidgets()) {
                if (auto* sheet = qobject_cast<ShortcutSheet*>(widget)) {
                    sheet->close();
                }
            }
        }
    }
    void givenShortcuts_whenCompared_thenNoKeyMeansTwoThings() {
        Stage stage;
        QHash<QString, QString> owners;
        for (const QAction* action : stage.window.actions().all) {
            for (const QKeySequence& keys : action->shortcuts()) {
                QVERIFY2(!owners.contains(keys.toString()), qPrintable(keys.toString() + action->text()));
                owners.insert(keys.toString(), action->text());
            }
        }
        QVERIFY(owners.size() > 25);
    }
    void givenBackAndHome_whenPressed_thenTheViewsComeBack() {
        Stage stage;
        const ViewRect home = stage.view();
        QTest::keyClick(&stage.window, Qt::Key_Plus);
        QTRY_VERIFY(stage.view() != home);
        const ViewRect closer = stage.view();
        QTest::keyClick(&stage.window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(stage.view(), home);
        QTest::keyClick(&stage.window, Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(stage.view(), closer);
        QTest::keyClick(&stage.window.canvas(), Qt::Key_Home);
        QCOMPARE(stage.view(), homeView(wire::FractalAlgorithm::SmoothMandelbrot));
    }
    void givenOverlayKey_whenPressed_thenThePictureAloneIsSeenAndComesBack() {
        Stage stage;
        stage.backend.finish();
        const QImage with = stage.window.canvas().grab().toImage();
        QTest::keyClick(&stage.window, Qt::Key_O);
        const QImage without = stage.window.canvas().grab().toImage();
        QVERIFY(with != without);
        QTest::keyClick(&stage.window, Qt::Key_O);
        QCOMPARE(stage.window.canvas().grab().toImage(), with);
    }
    void givenPaletteKey_whenPressed_thenColoursChangeAndNothingIsComputed() {
        Stage stage;
        stage.backend.finish();
        const int starts = stage.backend.starts();
        const QImage before = stage.window.canvas().grab().toImage();
        QTest::keyClick(&stage.window, Qt::Key_C);
        QVERIFY(stage.window.canvas().grab().toImage() != before);
        QTest::keyClick(&stage.window, Qt::Key_C, Qt::ShiftModifier);
        QCOMPARE(stage.window.canvas().grab().toImage(), before);
        QCOMPARE(stage.backend.starts(), starts);
    }
    void givenForm_whenSessionsAndIterationsChange_thenThePoolIsTold() {
        Stage stage;
        for (QSpinBox* box : stage.window.findChildren<QSpinBox*>()) {
            if (box->accessibleName() == QStringLiteral("Sessions")) {
                QCOMPARE(box->minimum(), 1);
                QCOMPARE(box->maximum(), 64);
                box->setValue(17);
            } else if (box->accessibleName() == QStringLiteral("Iterations")) {
                box->setValue(333);
            }
        }
        QCOMPARE(stage.backend.sessions(), 17U);
        QCOMPARE(stage.backend.parameter().maxIterations, 333U);
        QTest::keyClick(&stage.window, Qt::Key_BracketRight);
        QCOMPARE(stage.backend.sessions(), 18U);
    }
    void givenKillButton_whenClicked_thenTheElementIsKilledAndCanBeRestarted() {
        Stage stage;
        stage.backend.step(5);
        const auto button = [&](const QString& name) {
            for (QPushButton* candidate : stage.window.findChildren<QPushButton*>()) {
                if (candidate->accessibleName() == name && candidate->isVisible()) {
                    return candidate;
                }
            }
            return static_cast<QPushButton*>(nullptr);
        };
        QVERIFY(button(QStringLiteral("Kill Element B")) != nullptr);
        QTest::mouseClick(button(QStringLiteral("Kill Element B")), Qt::LeftButton);
        QVERIFY(stage.run.pool().row(1).health == ElementHealth::Killed);
        QVERIFY(button(QStringLiteral("Kill Element B")) == nullptr);
        QTest::mouseClick(button(QStringLiteral("Restart Element B")), Qt::LeftButton);
        QVERIFY(button(QStringLiteral("Kill Element B")) != nullptr);
    }
    void givenHelpKey_whenPressed_thenTheSheetListsEveryAction() {
        Stage stage;
        QTest::keyClick(&stage.window.canvas(), Qt::Key_Question);
        auto* sheet = stage.window.findChild<ShortcutSheet*>();
        QVERIFY(sheet != nullptr && sheet->isVisible());
        const QString text = sheet->lines().join(u'\n');
        for (const QAction* action : stage.window.actions().all) {
            QVERIFY2(text.contains(ShortcutSheet::plainText(*action) + u'\t'), qPrintable(action->text()));
        }
        for (const QAction* action : stage.window.findChildren<QAction*>()) { // and none was forgotten
            if (!action->shortcut().isEmpty()) {
                QVERIFY2(text.contains(ShortcutSheet::plainText(*action)), qPrintable(action->text()));
            }
        }
        QVERIFY(text.contains(QStringLiteral("turn the wheel")));
    }
    void givenEveryWidgetThatTakesFocus_whenAssistiveToolsAsk_thenItHasAName_data() {
        QTest::addColumn<int>("theme");
        for (const Theme theme : {Theme::Dark, Theme::Light, Theme::Presenter, Theme::Contrast}) {
            QTest::newRow(qPrintable(themeName(theme))) << static_cast<int>(theme);
        }
    }
    void givenEveryWidgetThatTakesFocus_whenAssistiveToolsAsk_thenItHasAName() {
        QFETCH(int, theme);
        applyTheme(*qApp, static_cast<Theme>(theme));
        Stage stage;
        stage.backend.step(5);
        int named = 0;
        for (QWidget* widget : stage.window.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(&stage.window) ||
                widget->focusProxy() != nullptr) {
                continue;
            }
            // A spin box's line edit and an item view's inner widgets speak through their owner.
            if (widget->objectName().startsWith(QStringLiteral("qt_"))) {
                continue;
            }
            QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(interface != nullptr);
            QVERIFY2(!interface->text(QAccessible::Name).isEmpty(),
                     qPrintable(QString::fromLatin1(widget->metaObject()->className()) + widget->objectName()));
            ++named;
        }
        QVERIFY(named > 5);
        applyTheme(*qApp, Theme::Dark);
    }
    void givenLabels_whenShownInAnyTheme_thenNoneIsCutOff() {
        for (const Theme theme : {Theme::Dark, Theme::Light, Theme::Presenter, Theme::Contrast}) {
            applyTheme(*qApp, theme);
            Stage stage;
            stage.window.resize(1600, 1100);
            stage.backend.step(5);
            QCoreApplication::processEvents();
            for (const QLabel* label : stage.window.findChildren<QLabel*>()) {
                if (label->isVisible() && label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored &&
                    !label->wordWrap()) {
                    QVERIFY2(label->width() >= label->sizeHint().width(),
                             qPrintable(themeName(theme) + u' ' + label->text()));
                }
            }
        }
        applyTheme(*qApp, Theme::Dark);
    }
    void givenTrouble_whenNothingMoves_thenThePanelSaysWhyAndWhenItTriesAgain() {
        Stage stage;
        WhyPanel& panel = stage.window.whyPanel();
        QVERIFY(!panel.isVisible());
        stage.backend.setBlocked(WaitReason::NoElement);
        stage.backend.step();
        QVERIFY(panel.isVisible());
        QVERIFY(panel.text().contains(QStringLiteral("No element in the pool")));
        QVERIFY(panel.text().contains(QStringLiteral("FractalGeneratorPool")));
        QVERIFY(panel.text().contains(QStringLiteral("Next try in")));
        QVERIFY(stage.window.canvas().rect().contains(panel.geometry()));
        QTRY_VERIFY(panel.text().contains(QStringLiteral("Next try now"))); // it counts down by itself
        stage.backend.setBlocked(WaitReason::None);
        stage.backend.step();
        QVERIFY(!panel.isVisible());
    }
    void givenElementsThatKnowNoSmoothFractals_whenThePictureIsDone_thenCompatibleModeIsSaidForAsLong() {
        Stage stage;
        WhyPanel& panel = stage.window.whyPanel();
        stage.backend.setCompatible(true);
        stage.run.compute();
        stage.backend.step();
        QVERIFY(panel.isVisible());
        QVERIFY(panel.text().contains(QStringLiteral("Compatible mode: banded colours")));
        stage.backend.finish();
        QVERIFY(panel.isVisible());
        stage.backend.setCompatible(false);
        stage.run.compute();
        stage.backend.step();
        QVERIFY(!panel.isVisible());
        QVERIFY(stage.run.events().allAsText().contains(QStringLiteral("Compatible mode")));
    }
    void givenFractalThatNobodyKnows_orThatIsRefused_whenAsked_thenThePanelSaysSo() {
        Stage stage;
        WhyPanel& panel = stage.window.whyPanel();
        stage.backend.knowNothing();
        QVERIFY(panel.isVisible());
        QVERIFY(panel.text().contains(QStringLiteral("No element knows this fractal")));
        stage.backend.refuse(QStringLiteral("<b>too</b> deep"));
        QVERIFY(panel.text().contains(QStringLiteral("<b>too</b> deep"))); // as it came, not as markup
    }
    void givenForm_whenAnotherFractalIsChosen_thenItsOwnFieldsAreThereAndThePoolIsAskedForIt() {
        using wire::FractalAlgorithm;
        Stage stage;
        auto* algorithms = child<QComboBox>(stage.window, "Algorithm");
        auto* power = child<QDoubleSpinBox>(stage.window, "Power N");
        auto* picker = stage.window.findChild<JuliaPicker*>();
        QVERIFY(algorithms != nullptr && power != nullptr && picker != nullptr);
        const auto choose = [&](FractalAlgorithm algorithm) {
            algorithms->setCurrentIndex(algorithms->findData(static_cast<quint32>(algorithm)));
            emit algorithms->activated(algorithms->currentIndex());
        };
        for (const FractalAlgorithm algorithm :
             {FractalAlgorithm::Julia, FractalAlgorithm::BurningShip, FractalAlgorithm::Multibrot,
              FractalAlgorithm::Newton, FractalAlgorithm::Mandelbrot, FractalAlgorithm::MandelbrotN,
              FractalAlgorithm::SmoothMandelbrot}) {
            choose(algorithm);
            QVERIFY(stage.backend.parameter().algorithm == algorithm);
            QCOMPARE(picker->isVisibleTo(&stage.window), algorithm == FractalAlgorithm::Julia);
            QCOMPARE(power->isVisibleTo(&stage.window), algorithm == FractalAlgorithm::Multibrot ||
                                                            algorithm == FractalAlgorithm::Newton ||
                                                            algorithm == FractalAlgorithm::MandelbrotN);
            stage.backend.finish();
        }
        choose(FractalAlgorithm::Multibrot);
        power->setValue(5);
        QCOMPARE(stage.backend.parameter().n, 5.0);
        power->setValue(99);
        QCOMPARE(stage.backend.parameter().n, 16.0); // what elements know
    }
    void givenJuliaPicker_whenDraggedAndReleased_thenThePoolIsAskedOnceForThatConstant() {
        Stage stage;
        stage.run.visit(homePlace(wire::FractalAlgorithm::Julia));
        auto* picker = stage.window.findChild<JuliaPicker*>();
        QVERIFY(picker->isVisible());
        const int before = stage.backend.starts();
        const QPoint from = picker->markPosition().toPoint();
        const QPoint to = from + QPoint(9, -7);
        const QImage old = picker->grab().toImage();
        QTest::mousePress(picker, Qt::LeftButton, {}, from);
        QTest::mouseMove(picker, to);
        QCOMPARE(stage.backend.starts(), before);
        QVERIFY(picker->grab().toImage() != old); // the small Julia set follows
        QTest::mouseRelease(picker, Qt::LeftButton, {}, to);
        QCOMPARE(stage.backend.starts(), before + 1);
        QVERIFY(std::abs(stage.backend.parameter().kReal - picker->constant().x()) < 1e-6);
        QVERIFY((picker->markPosition() - QPointF(to)).manhattanLength() < 1);
        QTest::mouseClick(picker, Qt::LeftButton, {}, QPoint(picker->width() - 3, 3)); // on the small Julia set
        QCOMPARE(stage.backend.starts(), before + 1);
        picker->setFocus();
        QTest::keyClick(picker, Qt::Key_Left);
        QCOMPARE(stage.backend.starts(), before + 2);
    }
    void givenPointOfTheMandelbrotSet_whenJIsPressed_thenItsJuliaSetIsComputed() {
        Stage stage;
        FractalCanvas& canvas = stage.window.canvas();
        QTest::mouseMove(&canvas, {150, 120});
        const QPointF number = canvas.camera().numberAt({150, 120});
        QTest::keyClick(&canvas, Qt::Key_J);
        QVERIFY(stage.backend.parameter().algorithm == wire::FractalAlgorithm::Julia);
        QVERIFY(near({stage.backend.parameter().kReal, stage.backend.parameter().kImag}, number));
        const int starts = stage.backend.starts();
        QTest::keyClick(&canvas, Qt::Key_J); // of a Julia set there is none
        QCOMPARE(stage.backend.starts(), starts);
        QVERIFY(lineText(stage.window).contains(QStringLiteral("Mandelbrot set first")));
    }
    void givenPaletteEditor_whenColoursAreEdited_thenThePictureShowsThemAndNothingIsComputed() {
        Stage stage;
        stage.backend.finish();
        const int starts = stage.backend.starts();
        QTest::keyClick(&stage.window, Qt::Key_E);
        auto* editor = stage.window.findChild<PaletteEditor*>();
        QVERIFY(editor != nullptr && editor->isVisible());
        const std::size_t before = editor->stops().size();
        const QImage old = stage.run.picture().image().image();
        editor->setStop(0, qRgb(255, 0, 0));
        QVERIFY(stage.run.picture().image().image() != old);
        QCOMPARE(stage.run.picture().image().colouring().palette, ownPaletteIndex());
        QCOMPARE(child<QComboBox>(stage.window, "Palette")->currentIndex(), ownPaletteIndex());
        while (editor->stops().size() < mostStops) {
            editor->addStop();
        }
        editor->addStop();
        QCOMPARE(editor->stops().size(), mostStops);
        editor->reverse();
        QVERIFY(editor->stops().back() == qRgb(255, 0, 0));
        while (editor->stops().size() > fewestStops) {
            editor->removeStop();
        }
        editor->removeStop();
        QCOMPARE(editor->stops().size(), fewestStops);
        QVERIFY(stage.run.picture().image().colouring().own == editor->stops());
        QVERIFY(before > fewestStops);
        child<QSlider>(stage.window, "Density")->setValue(7); // the form does not forget them
        QVERIFY(stage.run.picture().image().colouring().own == editor->stops());
        QCOMPARE(stage.backend.starts(), starts);
    }
    void givenDepth_whenNumbersEnd_thenThatIsSaidAndThePictureStays() {
        Stage stage;
        stage.backend.finish();
        stage.run.visitView(stage.view().zoomed({0.35, 0.45}, 1e-26));
        QVERIFY(stage.backend.parameter().isDeep());
        const ViewRect deep = stage.view();
        stage.window.canvas().zoomCentre(1e-3);
        QVERIFY(lineText(stage.window).contains(QStringLiteral("Here is the end")));
        QTest::qWait(250); // longer than a wheel settles: nothing is to come
        QCOMPARE(stage.view(), deep);
    }
    void givenSlideShow_whenStarted_thenPicturesFollowUntilSomebodyZooms() {
        Stage stage;
        QTemporaryDir folder;
        const auto paletteOf = [](wire::FractalAlgorithm algorithm) {
            return algorithm == wire::FractalAlgorithm::Newton ? 3 : 5;
        };
        for (const auto algorithm : {wire::FractalAlgorithm::Newton, wire::FractalAlgorithm::BurningShip}) {
            const QString path = folder.filePath(QStringLiteral("%1.fsf").arg(static_cast<quint32>(algorithm)));
            QVERIFY(saveFsf(path, parameterOf(homePlace(algorithm), {40, 30}), {.palette = paletteOf(algorithm)})
                        .has_value());
        }
        stage.window.findChild<GalleryModel*>()->addFolder(folder.path());
        stage.window.slideShow().setRest(1);
        stage.backend.finish();
        QTest::keyClick(&stage.window.canvas(), Qt::Key_S);
        const auto first = stage.backend.parameter().algorithm;
        QVERIFY(first != wire::FractalAlgorithm::SmoothMandelbrot);
        QCOMPARE(stage.run.picture().image().colouring().palette, paletteOf(first)); // its own, not the last one's
        stage.backend.finish();
        QTRY_VERIFY(stage.backend.parameter().algorithm != first); // never the same twice
        stage.window.canvas().zoomCentre(0.5);
        QTRY_VERIFY(!stage.window.actions().slideShow->isChecked());
        const int starts = stage.backend.starts();
        stage.backend.finish();
        QTest::qWait(50);
        QCOMPARE(stage.backend.starts(), starts);
    }
    void givenLan_whenOpened_thenTheBannerIsThere() {
        Stage plain;
        QVERIFY(plain.window.findChild<QLabel*>(QStringLiteral("lanBanner")) == nullptr);
        Stage lan(true);
        QVERIFY(lan.window.findChild<QLabel*>(QStringLiteral("lanBanner"))->isVisible());
    }
    void givenPointer_whenItMoves_thenTheLineSaysWhereAndHowMany() {
        Stage stage;
        stage.backend.finish();
        QTest::mouseMove(&stage.window.canvas(), stage.window.canvas().rect().center());
        const auto texts = [&] {
            QString all;
            for (const QLabel* label : stage.window.statusBar()->findChildren<QLabel*>()) {
                all += label->text() + u'|';
            }
            return all;
        };
        QTRY_VERIFY(texts().contains(u'i') && texts().contains(QStringLiteral("inside")));
        QVERIFY(texts().contains(QStringLiteral("100 %")));
        QVERIFY(texts().contains(QStringLiteral("0 failovers")));
        QVERIFY(texts().contains(QStringLiteral("zoom 1.0")));
        QCOMPARE(complexText({-0.75, 0.1}, 0.001), QStringLiteral("−0.7500 + 0.1000i"));
        QCOMPARE(complexText({0.5, -2}, 1e-9), QStringLiteral("0.5000000000 − 2.0000000000i"));
        QCOMPARE(
            complexText({{-0.7436438870371587, -3.628952515063387e-17}, {0.13182590420531198, -1.2892807754956675e-17}},
                        1e-27),
            QStringLiteral("−0.7436438870371587047521915061 + 0.1318259042053119704931320564i"));
    }
    void givenResize_whenItRests_thenThePictureGetsTheNewSizeOnce() {
        FakeBackend backend;
        FractalRun run(backend, nullptr, QStringLiteral("Pool"));
        MainWindow window(run, {.useSettings = false, .standardGallery = false});
        window.resize(900, 700);
        window.show();
        window.begin(homePlace());
        QTRY_COMPARE(backend.starts(), 1);
        QCOMPARE(QSize(static_cast<int>(backend.parameter().width), static_cast<int>(backend.parameter().height)),
                 window.canvas().size());
        window.resize(1000, 760);
        window.resize(1040, 780);
        QTRY_COMPARE(backend.starts(), 2);
        QCOMPARE(static_cast<int>(backend.parameter().width), window.canvas().width());
    }

    void givenAnyState_whenClosed_thenItIsGoneAtOnce_data() {
        QTest::addColumn<QString>("state");
        for (const char* state : {"no registrar", "no element", "computing", "failing over", "complete", "dialog open",
                                  "transport failed"}) {
            QTest::newRow(state) << QString::fromLatin1(state);
        }
    }
    void givenAnyState_whenClosed_thenItIsGoneAtOnce() {
        QFETCH(QString, state);
        auto stage = std::make_unique<Stage>();
        if (state == u"no registrar") {
            stage->backend.setRegistrar(false);
            stage->backend.setBlocked(WaitReason::NoRegistrar);
        } else if (state == u"no element") {
            stage->backend.setBlocked(WaitReason::NoElement);
        } else if (state == u"failing over") {
            stage->backend.step(3);
            stage->backend.kill(stage->backend.element(0));
        } else if (state == u"complete") {
            stage->backend.finish();
        } else if (state == u"dialog open") {
            stage->window.actions().help->trigger();
        } else if (state == u"transport failed") {
            stage->backend.failTransport(QStringLiteral("no SCTP"));
        }
        stage->backend.step(3);
        QSignalSpy closed(&stage->window, &MainWindow::closed);
        QElapsedTimer time;
        time.start();
        QVERIFY(stage->window.close());
        QCOMPARE(closed.count(), 1);
        QVERIFY(!stage->window.isVisible());
        stage.reset();
        QVERIFY2(time.elapsed() < 500, qPrintable(QString::number(time.elapsed()))); // the requirement itself
    }

private:
    EnglishPlurals m_plurals;
};

QTEST_MAIN(TestWindow)
#include "test_window.moc"
