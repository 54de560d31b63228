// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/windows/report_storm.h"

#include "core/telemetry/csp_reporter.h"
#include "core/telemetry/recording_reader.h"
#include "core/telemetry/system_address.h"
#include "core/wire/asap.h"
#include "core/wire/enrp.h"
#include "gui/feeds/core_feed.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/topology_view.h"
#include "tests/bench/windows/turn_watch.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <cassert>
#include <csignal>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kolam::gui {

using namespace std::chrono_literals;
using namespace telemetry;

namespace {

constexpr int seconds = 10; // of each measurement
constexpr std::uint32_t registrars = 4;
constexpr Duration interval = 250ms;

/// Four registrars, two elements for each user, each of which has sessions with two elements.
class Reporter {
public:
    Reporter(std::uint32_t number, std::uint32_t senders)
        : m_number(number)
        , m_elements((senders - registrars) * 2 / 3)
        , m_reports(idOf(number), interval,
                    cspLocation("lab", {.ips = {IpAddress::v4(127, 0, 0, 1)},
                                        .port = static_cast<std::uint16_t>(10'000 + number)})) {}

    Octets report(TimePoint now) {
        ++m_round;
        CspContent content;
        const auto linked = [&](ComponentId to, std::uint32_t ppid) {
            content.associations.push_back(cspAssociation(to, ppid, now.time_since_epoch()));
        };
        if (m_number < registrars) {
            for (std::uint32_t peer = 0; peer < registrars; ++peer) {
                if (peer != m_number) {
                    linked(idOf(peer), wire::enrpPpid);
                }
            }
            content.status = cspRegistrar(m_elements, m_elements / registrars, 1, registrars - 1);
        } else {
            linked(idOf(m_number % registrars), wire::asapPpid);
            content.status = cspSessions(m_round % 8);
            if (m_number < registrars + m_elements) {
                content.workload = cspWorkload(static_cast<double>((m_number * 7 + m_round) % 100) / 100);
            } else {
                for (std::uint32_t at = 0; at < 2; ++at) {
                    linked(idOf(registrars + (m_number * 13 + at) % m_elements), 0);
                }
            }
        }
        return m_reports.report(content, now);
    }

private:
    [[nodiscard]] ComponentId idOf(std::uint32_t number) const {
        return number < registrars                ? componentId(ServerId{number + 1})
               : number < registrars + m_elements ? componentId(PeIdentifier{number})
                                                  : componentId(Role::User, number);
    }
    std::uint32_t m_number;
    std::uint32_t m_elements;
    std::uint32_t m_round = 0;
    CspReports m_reports;
};

/// Datagrams that the kernel had to drop at a port, as /proc/net/udp has them.
std::uint64_t kernelDrops(std::uint16_t port) {
    QFile file(QStringLiteral("/proc/net/udp"));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QByteArray wanted = ":" + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    for (const QByteArray& line : file.readAll().split('\n')) {
        const QByteArrayList fields = line.simplified().split(' ');
        if (fields.size() > 12 && fields[1].endsWith(wanted)) {
            return fields[12].toULongLong();
        }
    }
    return 0;
}

/// Processor time that a process has used so far, in seconds.
double usedBy(qint64 process) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QByteArray text = file.readAll();
    const QByteArrayList fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return (fields[11].toDouble() + fields[12].toDouble()) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::uint16_t freePort() {
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    SystemAddress address{IpAddress::v4(127, 0, 0, 1), 0};
    socklen_t length = address.length();
    [[maybe_unused]] const bool bound = ::bind(descriptor, address.generic(), length) == 0 &&
                                        ::getsockname(descriptor, address.generic(), &length) == 0;
    assert(bound);
    ::close(descriptor);
    return address.read().port;
}

} // namespace

ReportStorm::ReportStorm(std::uint32_t senders)
    : m_senders(std::max(senders, registrars + 3))
    , m_shared(new(::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Shared)
    , m_process(::fork()) {
    if (m_process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        send();
    }
}

ReportStorm::~ReportStorm() {
    m_shared->end = true;
    ::waitpid(m_process, nullptr, 0);
    ::munmap(m_shared, sizeof(Shared));
}

/// Each sender has its moment in the interval, as if it had been started by itself.
void ReportStorm::send() {
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    std::vector<Reporter> reporters;
    for (std::uint32_t number = 0; number < m_senders; ++number) {
        reporters.emplace_back(number, m_senders);
    }
    const auto begun = std::chrono::steady_clock::now();
    for (std::uint64_t next = 0; !m_shared->end;) {
        const auto passed = std::chrono::steady_clock::now() - begun;
        const auto due = static_cast<std::uint64_t>(passed * m_senders / interval);
        const std::uint16_t port = m_shared->port;
        if (port == 0) {
            next = due;
        }
        for (; next < due; ++next) {
            const Octets report = reporters[next % m_senders].report(TimePoint{passed});
            const SystemAddress to{IpAddress::v4(127, 0, 0, 1), port};
            if (::sendto(descriptor, report.data(), report.size(), 0, to.generic(), to.length()) > 0) {
                ++m_shared->sent;
            }
        }
        ::usleep(1'000);
    }
    ::_exit(0);
}

void ReportStorm::measure(TurnWatch& watch) {
    std::printf("%u senders by CSP, %.0f reports a second\n", m_senders,
                m_senders / std::chrono::duration<double>(interval).count());
    measureHere(watch);
    measureProgram();
}

void ReportStorm::measureHere(TurnWatch& watch) {
    const std::uint16_t port = freePort();
    QTemporaryDir folder;
    CoreFeed feed({.folder = folder.path().toStdString(),
                   .scope = QStringLiteral("bench"),
                   .csp = TransportAddress{.ips = {IpAddress::v4(127, 0, 0, 1)}, .port = port},
                   .messages = true,
                   .record = {},
                   .history = {}});
    MonitorWindow window(feed, nullptr, {.useSettings = false});
    std::uint64_t heard = 0;
    QObject::connect(&feed, &Feed::heard, &window, [&](const std::vector<Event>& events) {
        heard += static_cast<std::uint64_t>(std::ranges::count_if(
            events, [](const Event& event) { return std::holds_alternative<StatusReported>(event.body); }));
    });
    window.resize(1600, 1000);
    window.show();
    TurnWatch::runFor(300);
    m_shared->sent = 0;
    m_shared->port = port;
    TurnWatch::runFor(1'000); // all have appeared
    watch.reset();
    const double before = usedBy(::getpid());
    TurnWatch::runFor(seconds * 1'000);
    const double used = usedBy(::getpid()) - before;
    watch.report("reports: the window");
    const std::uint64_t drops = kernelDrops(port);
    m_shared->port = 0;
    TurnWatch::runFor(300); // what is on its way
    std::printf("  sent %llu, heard %llu, dropped by the kernel %llu; %.0f %% of one core; %zu nodes, %zu links\n",
                static_cast<unsigned long long>(m_shared->sent), static_cast<unsigned long long>(heard),
                static_cast<unsigned long long>(drops), used / seconds * 100, window.map().topology().nodes.size(),
                window.map().topology().links.size());
}

void ReportStorm::measureProgram() {
    const std::uint16_t port = freePort();
    QTemporaryDir folder;
    qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QStringLiteral(KOLAM_MONITOR),
                  {QStringLiteral("--headless"), QStringLiteral("--record"), folder.filePath(QStringLiteral("run")),
                   QStringLiteral("--source"), QStringLiteral("scope:bench"), QStringLiteral("--source"),
                   QStringLiteral("csp:%1").arg(port), QStringLiteral("--size"), QStringLiteral("1600x1000")});
    program.waitForStarted();
    TurnWatch::runFor(1'500);
    m_shared->sent = 0;
    m_shared->port = port;
    TurnWatch::runFor(1'000);
    const double before = usedBy(program.processId());
    TurnWatch::runFor(seconds * 1'000);
    const double used = usedBy(program.processId()) - before;
    const std::uint64_t drops = kernelDrops(port);
    m_shared->port = 0;
    TurnWatch::runFor(500);
    program.terminate();
    program.waitForFinished();
    std::uint64_t heard = 0;
    if (const auto reader = RecordingReader::open(folder.filePath(QStringLiteral("run.kolam.pcapng")).toStdString())) {
        while (const auto event = (*reader)->next()) {
            heard += std::holds_alternative<StatusReported>(event->body) ? 1U : 0U;
        }
    }
    std::printf("reports: kolam-monitor, which also records them\n"
                "  sent %llu, recorded %llu, dropped by the kernel %llu; %.0f %% of one core\n",
                static_cast<unsigned long long>(m_shared->sent), static_cast<unsigned long long>(heard),
                static_cast<unsigned long long>(drops), used / seconds * 100);
}

} // namespace kolam::gui
