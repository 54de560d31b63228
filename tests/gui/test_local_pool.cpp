// SPDX-License-Identifier: GPL-3.0-or-later
// The pool that a window starts for itself, with real processes: nobody answers, the button is pressed, the picture
// comes; whatever it is doing, the window closes at once, and nothing is left running.
#include "gui/common/english_plurals.h"
#include "gui/fractal/local_pool.h"
#include "gui/fractal/main_window.h"
#include "gui/fractal/pool_backend.h"
#include "gui/fractal/why_panel.h"
#include "programs/common/signals.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace kolam;
using namespace kolam::gui;

namespace {

constexpr int patience = 30'000; // milliseconds, of a loaded machine

/// Of `kolam` and `kolam-registrar`, whose sockets are in our folder.
QStringList heirs(const QString& folder) {
    QStringList found;
    for (const QString& pid : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        QFile environment(QStringLiteral("/proc/%1/environ").arg(pid));
        QFile line(QStringLiteral("/proc/%1/cmdline").arg(pid));
        if (pid.toLongLong() != QCoreApplication::applicationPid() && environment.open(QIODevice::ReadOnly) &&
            line.open(QIODevice::ReadOnly) && environment.readAll().contains(folder.toLocal8Bit())) {
            found << pid + u' ' + QString::fromUtf8(line.readAll()).replace(QChar(), u' ');
        }
    }
    return found;
}

/// As main() has it.
struct Window {
    static PoolBackend::Config backendConfig(const QString& handle) {
        PoolBackend::Config config;
        config.user.registrars.announces = false; // nobody answers
        config.user.profile = demoProfile();
        config.user.features = wire::Features::extendedFractals;
        config.engine.pool = PoolHandle{handle.toStdString()};
        config.engine.sessions = 4;
        config.transport = programs::TransportChoice::User;
        return config;
    }
    explicit Window(const QString& programs)
        : handle(QStringLiteral("Local-%1").arg(QCoreApplication::applicationPid()))
        , backend(backendConfig(handle))
        , run(backend, nullptr, handle)
        , window(run, {.imageSize = QSize(160, 120), .useSettings = false})
        , pool({.programs = programs.toStdString(),
                .pool = handle,
                .transport = QStringLiteral("user"),
                .elements = 2}) {
        window.whyPanel().setLocalPool(&pool);
        QObject::connect(&pool, &LocalPool::registrarStarted, &window, [this](const TransportAddress& registrar) {
            backend.useRegistrar(registrar);
            run.compute();
        });
        run.setSessions(4);
        window.resize(1000, 700);
        window.show();
        window.begin(homePlace());
    }
    [[nodiscard]] bool offers() { return window.whyPanel().localPoolButton().isVisible(); }
    void press() { QTest::mouseClick(&window.whyPanel().localPoolButton(), Qt::LeftButton); }

    QString handle;
    PoolBackend backend;
    FractalRun run;
    MainWindow window;
    LocalPool pool;
};

} // namespace

class TestLocalPool : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_programs = QCoreApplication::applicationDirPath();
private slots:
    void initTestCase() {
        applyTheme(*qApp, Theme::Dark);
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toLocal8Bit());
    }
    void cleanup() {
        QTRY_VERIFY2_WITH_TIMEOUT(heirs(m_folder.path()).isEmpty(), qPrintable(heirs(m_folder.path()).join(u'\n')),
                                  patience);
    }

    void givenNobodyAnswers_whenTheButtonIsPressed_thenThePictureComesByItself() {
        Window window(m_programs);
        bool complete = false;
        connect(&window.run, &FractalRun::completed, this, [&] { complete = true; });
        QTRY_VERIFY_WITH_TIMEOUT(window.offers(), patience);
        QElapsedTimer clock;
        clock.start();
        window.press();
        QVERIFY(!window.offers());
        QVERIFY(window.pool.state() == LocalPool::State::Starting);
        QTRY_VERIFY_WITH_TIMEOUT(window.pool.state() == LocalPool::State::Running, patience);
        QVERIFY2(window.pool.text().contains(QStringLiteral("3 of 3")), qPrintable(window.pool.text()));
        QTRY_VERIFY_WITH_TIMEOUT(complete, patience);
        qInfo("a picture after %lld ms", static_cast<long long>(clock.elapsed()));
        QVERIFY(!window.window.whyPanel().isVisible());
        QVERIFY(heirs(m_folder.path()).size() >= 4); // the lab, the registrar, two elements
    }
    void givenNoPrograms_whenTheButtonIsPressed_thenThePanelSaysWhatIsWrongAndOffersItAgain() {
        const QTemporaryDir empty;
        Window window(empty.path());
        QTRY_VERIFY_WITH_TIMEOUT(window.offers(), patience);
        window.press();
        QTRY_VERIFY_WITH_TIMEOUT(window.pool.state() == LocalPool::State::Failed, patience);
        QVERIFY(window.offers());
        QVERIFY(window.window.whyPanel().text().contains(QStringLiteral("could not be started")));
    }
    void givenAnyState_whenClosed_thenItIsGoneWithinHalfASecondAndNothingIsLeft_data() {
        QTest::addColumn<QString>("state");
        for (const char* const state : {"offered", "starting", "running"}) {
            QTest::newRow(state) << QString::fromLatin1(state);
        }
    }
    void givenAnyState_whenClosed_thenItIsGoneWithinHalfASecondAndNothingIsLeft() {
        QFETCH(QString, state);
        auto window = std::make_unique<Window>(m_programs);
        QTRY_VERIFY_WITH_TIMEOUT(window->offers(), patience);
        if (state != u"offered") {
            window->press();
        }
        if (state == u"running") {
            QTRY_VERIFY_WITH_TIMEOUT(window->pool.state() == LocalPool::State::Running, patience);
        }
        QElapsedTimer clock;
        clock.start();
        window->window.close();
        window.reset();
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed()))); // the requirement itself
    }
};

int main(int argc, char** argv) {
    programs::blockSignals(); // as the program does
    QApplication application(argc, argv);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    TestLocalPool test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_local_pool.moc"
