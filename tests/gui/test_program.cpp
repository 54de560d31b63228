// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-fractal as a process, with a real registrar and real elements: it ends within half a second of being asked to,
// whatever it is doing, and computes a whole picture when nobody watches.
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QUdpSocket>
#include <QtTest>
#include <csignal>

namespace {

quint16 freePort() {
    QUdpSocket socket;
    return socket.bind(QHostAddress::LocalHost, 0) ? socket.localPort() : quint16{0};
}

/// A pool of processes, and the window beside it; all of them go with it.
struct Pool {
    QTemporaryDir folder;
    QString registrarAddress = QStringLiteral("127.0.0.1:%1").arg(freePort());
    // Other registrars on this host may announce themselves: nobody else has a pool of this name.
    QString handle = QStringLiteral("WindowTest-%1").arg(QCoreApplication::applicationPid());
    QLocalServer control; // as a demonstration's: hears how far the picture is
    QLocalSocket* heard = nullptr;
    double done = -1;
    std::vector<std::unique_ptr<QProcess>> processes;

    Pool() { control.listen(folder.filePath(QStringLiteral("control"))); }
    ~Pool() {
        for (auto process = processes.rbegin(); process != processes.rend(); ++process) {
            (*process)->kill();
            (*process)->waitForFinished();
        }
    }
    QProcess& start(const QString& program, const QStringList& arguments) {
        processes.push_back(std::make_unique<QProcess>());
        processes.back()->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        processes.back()->start(program, arguments);
        return *processes.back();
    }
    QProcess& startRegistrar() {
        return start(QStringLiteral(KOLAM_REGISTRAR),
                     {QStringLiteral("--asap"), registrarAddress, QStringLiteral("--no-enrp"),
                      QStringLiteral("--profile"), QStringLiteral("demo"), QStringLiteral("--transport"),
                      QStringLiteral("user"), QStringLiteral("--log-level"), QStringLiteral("error")});
    }
    QProcess& startElement(int pace) {
        return start(QStringLiteral(KOLAM_COMMAND),
                     {QStringLiteral("serve"), QStringLiteral("fractal"), QStringLiteral("--pool"), handle,
                      QStringLiteral("--registrar"), registrarAddress, QStringLiteral("--profile"),
                      QStringLiteral("demo"), QStringLiteral("--transport"), QStringLiteral("user"),
                      QStringLiteral("--pace"), QString::number(pace), QStringLiteral("--log-level"),
                      QStringLiteral("error")});
    }
    QProcess& startWindow(const QStringList& more = {}) {
        QProcess& window =
            start(QStringLiteral(KOLAM_FRACTAL),
                  QStringList{QStringLiteral("--registrar"), registrarAddress, QStringLiteral("--pool"), handle,
                              QStringLiteral("--profile"), QStringLiteral("demo"), QStringLiteral("--transport"),
                              QStringLiteral("user"), QStringLiteral("--control"), control.fullServerName()} +
                      more);
        return window;
    }
    /// Another one is to come.
    void forgetWindow() {
        heard = nullptr;
        done = -1;
    }
    /// The window runs: it has come to the control socket.
    [[nodiscard]] bool windowIsThere() {
        heard = heard != nullptr ? heard : control.nextPendingConnection();
        return heard != nullptr;
    }
    /// The picture is further than this.
    [[nodiscard]] bool isFurther(double than) {
        while (windowIsThere() && heard->canReadLine()) {
            const QJsonObject line = QJsonDocument::fromJson(heard->readLine()).object();
            done = line[QStringLiteral("done")].toDouble(done);
        }
        return done > than;
    }
};

} // namespace

class TestProgram : public QObject {
    Q_OBJECT
private slots:
    void givenAnyState_whenAskedToEnd_thenItIsGoneWithinHalfASecond_data() {
        QTest::addColumn<QString>("state");
        for (const char* state : {"no registrar", "no element", "computing", "failing over", "element frozen"}) {
            QTest::newRow(state) << QString::fromLatin1(state);
        }
    }
    void givenAnyState_whenAskedToEnd_thenItIsGoneWithinHalfASecond() {
        QFETCH(QString, state);
        Pool pool;
        constexpr int slow = 20'000; // points a second: the picture lasts until we are done with it
        QProcess* element = nullptr;
        if (state != u"no registrar") {
            pool.startRegistrar();
        }
        if (state != u"no registrar" && state != u"no element") {
            element = &pool.startElement(slow);
        }
        QProcess& window = pool.startWindow();
        QTRY_VERIFY_WITH_TIMEOUT(pool.windowIsThere(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(pool.isFurther(element != nullptr ? 0.0 : -1.0) || element == nullptr, 20'000);
        if (state == u"failing over") {
            element->kill();
            QVERIFY(element->waitForFinished());
        } else if (state == u"element frozen") {
            ::kill(static_cast<pid_t>(element->processId()), SIGSTOP);
        }
        QElapsedTimer time;
        time.start();
        window.terminate();
        QVERIFY(window.waitForFinished());
        const qint64 took = time.elapsed();
        QCOMPARE(window.exitStatus(), QProcess::NormalExit);
        QCOMPARE(window.exitCode(), 0);
        QVERIFY2(took < 500, qPrintable(QString::number(took))); // the requirement itself
    }
    void givenElementKilledMidway_whenNobodyWatches_thenTheWindowLeavesAWholePictureAndAnAccount() {
        Pool pool;
        pool.startRegistrar();
        constexpr int pace = 60'000;
        QProcess& victim = pool.startElement(pace);
        pool.startElement(pace);
        const QString report = pool.folder.filePath(QStringLiteral("report.json"));
        const QString counts = pool.folder.filePath(QStringLiteral("counts"));
        const QString screenshot = pool.folder.filePath(QStringLiteral("window.png"));
        QProcess& window =
            pool.startWindow({QStringLiteral("--image"), QStringLiteral("320x240"), QStringLiteral("--sessions"),
                              QStringLiteral("4"), QStringLiteral("--exit-after-complete"), QStringLiteral("--report"),
                              report, QStringLiteral("--export-counts"), counts, QStringLiteral("--screenshot"),
                              screenshot, QStringLiteral("--when-complete")});
        QTRY_VERIFY_WITH_TIMEOUT(pool.isFurther(0.25), 30'000);
        victim.kill();
        QVERIFY(window.waitForFinished(60'000));
        QCOMPARE(window.exitCode(), 0);
        QFile file(report);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject account = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(account[QStringLiteral("complete")].toBool(), true);
        QCOMPARE(account[QStringLiteral("points")].toInt(), 320 * 240);
        QCOMPARE(QFileInfo(counts).size(), 320 * 240 * 4);
        QVERIFY(!QImage(screenshot).isNull());
    }
    void givenNoDisplay_whenAPictureIsRenderedAndAnElementKilled_thenItIsTheSameAsWithoutThat() {
        Pool pool;
        pool.startRegistrar();
        constexpr int pace = 60'000;
        QProcess& victim = pool.startElement(pace);
        pool.startElement(pace);
        qunsetenv("DISPLAY");
        qunsetenv("WAYLAND_DISPLAY");
        const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
        qputenv("QT_QPA_PLATFORM", "there-is-none"); // whoever asks for a display ends
        const auto restore = qScopeGuard([&platform] { qputenv("QT_QPA_PLATFORM", platform); });
        const QString in = pool.folder.filePath(QStringLiteral("in.fsf"));
        QFile file(in);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "<FractalV1><Algorithm><AlgorithmName>Mandelbrot</AlgorithmName><C1Real>2</C1Real><C1Imag>-1.2</C1Imag>"
            "<C2Real>-1</C2Real><C2Imag>1.2</C2Imag></Algorithm>"
            "<kolam:Fractal><kolam:Algorithm>Julia</kolam:Algorithm><kolam:C1Real>-1.6</kolam:C1Real>"
            "<kolam:C1Imag>1.2</kolam:C1Imag><kolam:C2Real>1.6</kolam:C2Real><kolam:C2Imag>-1.2</kolam:C2Imag>"
            "<kolam:N>2</kolam:N><kolam:KReal>-0.7269</kolam:KReal><kolam:KImag>0.1889</kolam:KImag>"
            "</kolam:Fractal></FractalV1>");
        file.close();
        const auto render = [&](const QString& out) -> QProcess& {
            pool.forgetWindow();
            return pool.startWindow({QStringLiteral("--render"), in, out, QStringLiteral("--size"),
                                     QStringLiteral("320x240"), QStringLiteral("--sessions"), QStringLiteral("4")});
        };
        const QString disturbed = pool.folder.filePath(QStringLiteral("disturbed.png"));
        QProcess& first = render(disturbed);
        QTRY_VERIFY_WITH_TIMEOUT(pool.isFurther(0.25), 30'000);
        victim.kill();
        QVERIFY(first.waitForFinished(60'000));
        QCOMPARE(first.exitCode(), 0);
        const QString quiet = pool.folder.filePath(QStringLiteral("quiet.png"));
        QProcess& second = render(quiet);
        QTRY_VERIFY_WITH_TIMEOUT(pool.isFurther(0.1), 30'000); // it is the one that is heard, not the next
        QVERIFY(second.waitForFinished(60'000));
        QCOMPARE(second.exitCode(), 0);
        QCOMPARE(QImage(disturbed).size(), QSize(320, 240));
        QCOMPARE(QImage(disturbed), QImage(quiet));
        QProcess& third = render(pool.folder.filePath(QStringLiteral("ended.png")));
        QTRY_VERIFY_WITH_TIMEOUT(pool.isFurther(0.1), 30'000);
        third.terminate();
        QVERIFY(third.waitForFinished());
        QCOMPARE(third.exitCode(), 1);
        QVERIFY(!QFileInfo::exists(pool.folder.filePath(QStringLiteral("ended.png"))));
    }
    void givenWrongOption_whenStarted_thenItSaysSoAndEnds() {
        QProcess window;
        window.start(QStringLiteral(KOLAM_FRACTAL), {QStringLiteral("--sessions"), QStringLiteral("100")});
        QVERIFY(window.waitForFinished());
        QCOMPARE(window.exitCode(), 2);
        QVERIFY(window.readAllStandardError().contains("--sessions"));
        window.start(QStringLiteral(KOLAM_FRACTAL), {QStringLiteral("--version")});
        QVERIFY(window.waitForFinished());
        QCOMPARE(window.exitCode(), 0);
        QVERIFY(window.readAllStandardOutput().startsWith("kolam-fractal "));
    }
};

QTEST_MAIN(TestProgram)
#include "test_program.moc"
