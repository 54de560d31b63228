// SPDX-License-Identifier: GPL-3.0-or-later
// Fractals computed by rsplib's elements for us, by ours for rsplib's user, and by a pool of both. For the guest:
// rsplib speaks kernel SCTP only. Elsewhere everything is skipped.
#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/access.h"
#include "core/node/registrar_node.h"
#include "core/node/user_node.h"
#include "core/transport/kernel_transport.h"
#include "demos/services/fractal/fractal_element.h"
#include "demos/users/fractal/fractal_pool_user.h"
#include "demos/users/fractal/fractal_reference.h"

#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

using namespace kolam;
using namespace kolam::fractal;
using namespace std::chrono_literals;

namespace {

const IpAddress here = IpAddress::v4(10, 255, 255, 1); // the guest's network

class StdoutLog final : public Log {
public:
    void write(LogLevel, std::string_view line) override { qInfo("%s", std::string(line).c_str()); }
    [[nodiscard]] bool wants(LogLevel level) const override { return level >= LogLevel::Warning; }
};

/// One of rsplib's programs, killed with its object.
class Program {
public:
    Program(const QString& name, const QStringList& arguments) {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(name, arguments);
        m_process.waitForStarted();
    }
    ~Program() {
        m_process.kill();
        m_process.waitForFinished();
        if (QTest::currentTestFailed()) {
            qInfo("%s said: %s", qPrintable(m_process.program()), m_process.readAll().right(2'000).constData());
        }
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

private:
    QProcess m_process;
};

constexpr wire::FractalParameter whole{
    .width = 160, .height = 120, .maxIterations = 200, .c1Real = -0.5, .c1Imag = 1.2, .c2Real = 2.1, .c2Imag = -1.2};

wire::FractalParameter cubic() {
    wire::FractalParameter parameter = whole;
    parameter.algorithm = wire::FractalAlgorithm::MandelbrotN;
    parameter.n = 3;
    parameter.c1Real = -1.3;
    parameter.c2Real = 1.3;
    parameter.maxIterations = 100;
    return parameter;
}

} // namespace

class TestFractalRsplib : public QObject {
    Q_OBJECT
private slots:
    void init() {
        for (const char* program : {"rspregistrar", "rspserver"}) {
            if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty()) {
                QSKIP("rsplib's programs are not installed (packages rsplib-registrar, rsplib-services)");
            }
        }
        m_dispatcher = std::make_unique<EpollDispatcher>();
        auto transport = transport::makeKernelTransport(*m_dispatcher);
        if (!transport) {
            QSKIP("no kernel SCTP here");
        }
        m_transport = std::move(*transport);
        if (!m_transport->open({.local = {{here}, 0}}, [](const transport::Event&) {})) {
            QSKIP("not in the guest's network");
        }
    }
    void cleanup() {
        m_user.reset();
        m_element.reset();
        m_registrar.reset();
        m_transport.reset();
        m_dispatcher.reset();
    }

    void givenRsplibsPool_whenWeComputeAnImage_thenItsCountsAreOurs_data() {
        QTest::addColumn<bool>("powers");
        QTest::newRow("Mandelbrot") << false;
        QTest::newRow("MandelbrotN") << true;
    }
    void givenRsplibsPool_whenWeComputeAnImage_thenItsCountsAreOurs() {
        QFETCH(bool, powers);
        const Program registrar{QStringLiteral("rspregistrar"), {}};
        const Program element{QStringLiteral("rspserver"), {QStringLiteral("-fractal")}};
        const wire::FractalParameter image = powers ? cubic() : whole;
        startUser();
        const auto counts = compute(image, {.sessions = 2});
        // A C library of another version may round the last bit of a power differently.
        const std::size_t differences = countDifferences(counts, computeReference(image));
        qInfo("%zu of %zu counts differ", differences, counts.size());
        QVERIFY(differences <= (powers ? counts.size() / 200 : 0));
    }

    void givenPoolOfBothKinds_whenRsplibsElementsGiveUp_thenOursGoOnAndTheOtherWayRound() {
        startRegistrar();
        startElement(7);
        const Program element{QStringLiteral("rspserver"),
                              {QStringLiteral("-fractal"), QStringLiteral("-fgpfailureafter=7")}};
        startUser();
        const auto counts = compute(whole, {.sessions = 2, .tileSide = 80});
        QCOMPARE(countDifferences(counts, computeReference(whole, 80)), std::size_t{0});
        QVERIFY(m_progress.failovers > 0);
        qInfo("%llu failovers, %llu points computed again", static_cast<unsigned long long>(m_progress.failovers),
              static_cast<unsigned long long>(m_progress.redonePoints));
    }

    void givenOurPool_whenRsplibsUserComputesImages_thenItIsServed() {
        if (QStandardPaths::findExecutable(QStringLiteral("fractalpooluser")).isEmpty()) {
            QSKIP("fractalpooluser is not installed (package rsplib-tools)");
        }
        startRegistrar();
        startElement(0);
        const Program user{QStringLiteral("fractalpooluser"),
                           {QStringLiteral("-width=64"), QStringLiteral("-height=64"), QStringLiteral("-threads=2"),
                            QStringLiteral("-interimagetime=1")}};
        QVERIFY(turnUntil([this] { return m_element->service().statistics().images >= 2; }, 100s));
        QCOMPARE(m_element->service().statistics().aborted, std::uint64_t{0});
    }

private:
    void startRegistrar() {
        RegistrarNode::Config config;
        config.asap = {{here}, 3863};
        config.loopbackOnly = false;
        auto registrar = RegistrarNode::start(*m_dispatcher, *m_transport, m_log, m_access, config);
        QVERIFY(registrar.has_value());
        m_registrar = std::move(*registrar);
    }
    void startElement(std::uint32_t failureAfter) {
        FractalServeOptions options{.threads = 1};
        options.service.failureAfter = failureAfter;
        options.element.local = {{here}, 0};
        options.element.registrars.loopbackOnly = false;
        options.element.profile = rsplibProfile();
        auto element = FractalElement::start(*m_dispatcher, *m_transport, m_log, options);
        QVERIFY(element.has_value());
        m_element = std::move(*element);
        QVERIFY(turnUntil([this] { return m_element->node().status().state == ElementState::Registered; }, 20s));
    }
    void startUser() {
        UserNode::Config config;
        config.registrars.loopbackOnly = false;
        config.local = TransportAddress{{here}, 0};
        config.profile = rsplibProfile();
        auto user = UserNode::start(*m_dispatcher, *m_transport, m_log, config);
        QVERIFY(user.has_value());
        m_user = std::move(*user);
    }
    std::vector<std::uint32_t> compute(const wire::FractalParameter& image, const FractalPoolUser::Config& config) {
        UserNodeSessions sessions{*m_user};
        FractalPoolUser engine{*m_dispatcher, sessions, m_log, config};
        engine.start(image);
        if (!turnUntil([&] { return engine.progress().state == ImageState::Complete; }, 100s)) {
            qInfo("%u of %u tiles are done", engine.progress().tilesDone, engine.progress().tilesTotal);
        }
        m_progress = engine.progress();
        return engine.counts();
    }
    template <typename Condition>
    bool turnUntil(Condition condition, Duration limit) {
        const TimePoint end = m_dispatcher->now() + limit;
        while (!condition() && m_dispatcher->now() < end) {
            m_dispatcher->callIn(50ms, [this] { m_dispatcher->stop(); });
            m_dispatcher->run();
        }
        return condition();
    }

    StdoutLog m_log;
    AccessRules m_access;
    std::unique_ptr<EpollDispatcher> m_dispatcher;
    std::unique_ptr<transport::Transport> m_transport;
    std::unique_ptr<RegistrarNode> m_registrar;
    std::unique_ptr<FractalElement> m_element;
    std::unique_ptr<UserNode> m_user;
    ImageProgress m_progress;
};

QTEST_GUILESS_MAIN(TestFractalRsplib)
#include "test_fractal_rsplib.moc"
