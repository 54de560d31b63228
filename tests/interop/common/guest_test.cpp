// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/common/guest_test.h"

#include <QFile>
#include <QFileInfo>
#include <csignal>
#include <fmt/format.h>
#include <poll.h>

namespace kolam::interop {

namespace {

const QString theirHost = QStringLiteral("theirs");

QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
QString qt(const TransportAddress& address) {
    return qt(toText(address));
}
std::uint16_t port(std::uint16_t first, int number) {
    return static_cast<std::uint16_t>(first + number - 1);
}

bool run(const QString& commands) {
    return QProcess::execute(QStringLiteral("bash"), {QStringLiteral("-ec"), commands}) == 0;
}

bool makeHosts() {
    if (QFileInfo::exists(QStringLiteral("/run/netns/theirs"))) {
        return true; // an earlier program of this boot has
    }
    return run(QStringLiteral(R"(
        ip link del dummy0
        ip netns add theirs
        ip netns exec theirs ip link set lo up
        for network in a:1 b:2; do
            name=${network%:*} number=${network#*:}
            ip link add ours-$name type veth peer name theirs-$name
            ip link set theirs-$name netns theirs
            ip addr add 10.254.$number.1/24 dev ours-$name
            ip netns exec theirs ip addr add 10.254.$number.2/24 dev theirs-$name
        done
        ip link set ours-a up
        ip netns exec theirs ip link set theirs-a up
        ip route add default dev ours-a
        ip netns exec theirs ip route add default dev theirs-a
    )"));
}

} // namespace

void NoteLog::write(LogLevel, std::string_view line) {
    m_lines.emplace_back(line);
}

void NoteLog::printEnd() const {
    for (std::size_t i = m_lines.size() - std::min<std::size_t>(m_lines.size(), 80); i < m_lines.size(); ++i) {
        qInfo("%s", m_lines[i].c_str());
    }
}

int NoteLog::countOf(std::string_view text) const {
    return static_cast<int>(
        std::ranges::count_if(m_lines, [&](const std::string& line) { return line.find(text) != std::string::npos; }));
}

GuestTest::GuestTest() = default;
GuestTest::~GuestTest() = default;

void GuestTest::initTestCase() {
    if (qEnvironmentVariableIsEmpty("KOLAM_GUEST")) {
        QSKIP("only in the guest: see tests/interop/guest/guest-run");
    }
    for (const char* program : {"rspregistrar", "rspserver", "rspterminal"}) {
        if (!Program::exists(QString::fromLatin1(program))) {
            QSKIP("rsplib's programs are not installed (packages rsplib-registrar, rsplib-services, rsplib-tools)");
        }
    }
    QVERIFY(makeHosts());
    if (Program::exists(QStringLiteral("dumpcap"))) {
        const QString file =
            QStringLiteral("%1/%2.pcap")
                .arg(qEnvironmentVariable("KOLAM_GUEST"), QString::fromLatin1(metaObject()->className()));
        // The shell opens the file: dumpcap gives up the right to write in a folder of the user who has booted the
        // guest.
        m_recorder = std::make_unique<Program>(
            QString{}, QStringLiteral("bash"),
            QStringList{QStringLiteral("-c"), QStringLiteral("exec dumpcap -q -P -i any -f 'sctp or udp' -w - >\"$0\""),
                        file});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo{file}.size() > 0, 20'000);
    }
}

void GuestTest::cleanupTestCase() {
    if (m_recorder) {
        m_recorder->interrupt();
        m_recorder.reset();
    }
}

void GuestTest::init() {
    m_remarks.clear();
    m_what.clear();
    m_log = std::make_unique<NoteLog>();
    m_dispatcher = std::make_unique<EpollDispatcher>();
    auto transport = transport::makeKernelTransport(*m_dispatcher);
    QVERIFY2(transport.has_value(), "no kernel SCTP");
    m_transport = std::move(*transport);
}

void GuestTest::cleanup() {
    record();
    setNetwork('a', true);
    static_cast<void>(run(QStringLiteral("ip link set ours-b down; ip netns exec theirs ip link set theirs-b down")));
    if (QTest::currentTestFailed()) {
        m_log->printEnd();
    }
    m_transport.reset();
    m_dispatcher.reset();
    m_log.reset();
}

// ---- The table -----------------------------------------------------------------------------------------------------

void GuestTest::combination(const QString& ours, const QString& theirs, const QString& what) {
    m_ours = ours;
    m_theirs = theirs;
    m_what = what;
}

void GuestTest::remark(const QString& text) {
    m_remarks += text;
}

void GuestTest::record() {
    QFile file{qEnvironmentVariable("KOLAM_GUEST") + QStringLiteral("/combinations.tsv")};
    if (m_what.isEmpty() || !file.open(QIODevice::Append)) {
        return;
    }
    const QString result = QTest::currentTestFailed() ? QStringLiteral("FAILED") : QStringLiteral("passed");
    const QStringList row{m_ours, m_theirs, m_what, result, m_remarks.join(QStringLiteral("; "))};
    file.write(row.join(QLatin1Char('\t')).toUtf8() + '\n');
}

// ---- Time ----------------------------------------------------------------------------------------------------------

bool GuestTest::until(const std::function<bool()>& condition, Duration limit) {
    const TimePoint end = m_dispatcher->now() + limit;
    while (!condition() && m_dispatcher->now() < end) {
        pollfd descriptor{.fd = m_dispatcher->pollDescriptor(), .events = POLLIN, .revents = 0};
        poll(&descriptor, 1, 50);
        m_dispatcher->turn();
        QCoreApplication::processEvents(); // the other processes' ends
    }
    return condition();
}

void GuestTest::turnFor(Duration time) {
    static_cast<void>(until([] { return false; }, time));
}

Profile GuestTest::fastProfile() {
    Profile profile = rsplibProfile();
    profile.elementKeepAliveInterval = 1s;
    profile.elementKeepAliveTimeout = 3s;
    profile.peerHeartbeat = 1s;
    profile.peerLastHeard = 2'500ms;
    profile.peerNoResponse = 2s;
    profile.takeoverExpiry = 3s;
    profile.mentorDiscovery = 3s;
    profile.reRegistration = 5s;
    profile.registrationLife = 20s;
    return profile;
}

// ---- Theirs --------------------------------------------------------------------------------------------------------

std::unique_ptr<Program> GuestTest::theirs(const QString& name, const QStringList& arguments) {
    return std::make_unique<Program>(theirHost, name, arguments);
}

TransportAddress GuestTest::theirAsap(int number) {
    return {{theirsA}, port(3863, number)};
}
TransportAddress GuestTest::theirEnrp(int number) {
    return {{theirsA}, port(9901, number)};
}

std::unique_ptr<Program> GuestTest::theirRegistrar(int number, std::uint32_t id, const QStringList& more) {
    return theirs(
        QStringLiteral("rspregistrar"),
        QStringList{qt(fmt::format("-identifier=0x{:08x}", id)), QStringLiteral("-asap=") + qt(theirAsap(number)),
                    QStringLiteral("-enrp=") + qt(theirEnrp(number)), QStringLiteral("-loglevel=4"),
                    QStringLiteral("-logcolor=off"), QStringLiteral("-peerheartbeatcycle=1000"),
                    QStringLiteral("-peermaxtimelastheard=2500"), QStringLiteral("-peermaxtimenoresponse=2000"),
                    QStringLiteral("-takeoverexpiryinterval=3000"),
                    QStringLiteral("-endpointkeepalivetransmissioninterval=1000"),
                    QStringLiteral("-endpointkeepalivetimeoutinterval=3000")} +
            more);
}

std::unique_ptr<Program> GuestTest::theirServer(const QString& service, const QString& pool, std::uint32_t id,
                                                const TransportAddress& registrar, const QStringList& more) {
    QStringList arguments{QStringLiteral("-") + service, QStringLiteral("-poolhandle=") + pool,
                          qt(fmt::format("-identifier=0x{:08x}", id)), QStringLiteral("-rereginterval=5000")};
    if (!registrar.ips.empty()) {
        arguments += {QStringLiteral("-registrar=") + qt(registrar), QStringLiteral("-asapannounce=off")};
    }
    return theirs(QStringLiteral("rspserver"), arguments + more);
}

// ---- Ours ----------------------------------------------------------------------------------------------------------

TransportAddress GuestTest::ourAsap(int number) {
    return {{oursA}, port(3863, number)};
}
TransportAddress GuestTest::ourEnrp(int number) {
    return {{oursA}, port(9901, number)};
}

std::unique_ptr<RegistrarNode> GuestTest::ourRegistrar(int number, std::uint32_t id, const MoreConfig& more) {
    RegistrarNode::Config config;
    config.id = ServerId{id};
    config.asap = ourAsap(number);
    config.loopbackOnly = false;
    config.profile = fastProfile();
    config.mesh.emplace();
    config.mesh->enrp = ourEnrp(number);
    if (more) {
        more(config);
    }
    auto registrar = RegistrarNode::start(*m_dispatcher, *m_transport, *m_log, m_access, config);
    return registrar ? std::move(*registrar) : nullptr;
}

std::unique_ptr<EchoElement> GuestTest::ourElement(std::string_view pool, std::uint32_t id,
                                                   const TransportAddress& registrar, const wire::Policy& policy) {
    ElementNode::Config config;
    config.poolHandle = PoolHandle{std::string{pool}};
    config.identifier = PeIdentifier{id};
    config.policy = policy;
    config.local = {{oursA}, 0};
    config.registrars.loopbackOnly = false;
    if (!registrar.ips.empty()) {
        config.registrars.fixed = {registrar};
        config.registrars.announces = false;
    }
    config.profile = fastProfile();
    auto element = std::make_unique<EchoElement>();
    auto node = ElementNode::start(*m_dispatcher, *m_transport, *m_log, element->service, config);
    if (!node) {
        return nullptr;
    }
    element->node = std::move(*node);
    const bool registered = until([&] { return element->node->status().state == ElementState::Registered; });
    return registered ? std::move(element) : nullptr;
}

std::unique_ptr<UserNode> GuestTest::ourUser(const TransportAddress& registrar) {
    UserNode::Config config;
    config.registrars.loopbackOnly = false;
    if (!registrar.ips.empty()) {
        config.registrars.fixed = {registrar};
        config.registrars.announces = false;
    }
    config.local = TransportAddress{{oursA}, 0};
    config.profile = fastProfile();
    auto user = UserNode::start(*m_dispatcher, *m_transport, *m_log, config);
    return user ? std::move(*user) : nullptr;
}

std::set<std::uint32_t> GuestTest::resolve(const TransportAddress& registrar, std::string_view pool) {
    const auto user = ourUser(registrar);
    if (!user || !until([&] { return !user->status().looking; }, 10s)) {
        return {};
    }
    std::set<std::uint32_t> found;
    bool answered = false;
    user->resolve(PoolHandle{std::string{pool}}, 64, [&](const auto& elements) {
        answered = true;
        for (const wire::PoolElement& element : elements.value_or(std::vector<wire::PoolElement>{})) {
            found.insert(element.identifier.value);
        }
    });
    static_cast<void>(until([&] { return answered; }, 10s));
    return found;
}

bool GuestTest::untilResolved(const TransportAddress& registrar, std::string_view pool,
                              const std::set<std::uint32_t>& identifiers, Duration limit) {
    const TimePoint end = m_dispatcher->now() + limit;
    std::set<std::uint32_t> found;
    do {
        found = resolve(registrar, pool);
        if (found == identifiers) {
            return true;
        }
        turnFor(200ms);
    } while (m_dispatcher->now() < end);
    std::string text;
    for (const std::uint32_t identifier : found) {
        text += fmt::format(" 0x{:08x}", identifier);
    }
    qWarning("%s has%s", toText(registrar).c_str(), text.c_str());
    return false;
}

void GuestTest::setNetwork(char network, bool up) {
    static_cast<void>(run(QStringLiteral("ip netns exec theirs ip link set theirs-%1 up; ip link set ours-%1 %2")
                              .arg(QLatin1Char(network))
                              .arg(up ? QStringLiteral("up") : QStringLiteral("down"))));
}

} // namespace kolam::interop
