// SPDX-License-Identifier: GPL-3.0-or-later
// The base of tests in the guest: two hosts, ours and rsplib's, with two networks between them, a recording of all that
// passes, and a row in the table of combinations for each test. Outside of the guest everything is skipped.
// Next door: program.h, the other processes; echo_service.h, a service that needs no computing.
#pragma once

#include "core/dispatch/epoll_dispatcher.h"
#include "core/node/access.h"
#include "core/node/element_node.h"
#include "core/node/registrar_node.h"
#include "core/node/user_node.h"
#include "core/transport/kernel_transport.h"
#include "tests/interop/common/echo_service.h"
#include "tests/interop/common/program.h"

#include <QtTest>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace kolam::interop {

using namespace std::chrono_literals;

inline const IpAddress oursA = IpAddress::v4(10, 254, 1, 1);
inline const IpAddress oursB = IpAddress::v4(10, 254, 2, 1);
inline const IpAddress theirsA = IpAddress::v4(10, 254, 1, 2);
inline const IpAddress theirsB = IpAddress::v4(10, 254, 2, 2);

/// Keeps what ours say: tests count in it, and the end is shown when one fails.
class NoteLog final : public Log {
public:
    void write(LogLevel level, std::string_view line) override;
    [[nodiscard]] bool wants(LogLevel) const override { return true; }
    [[nodiscard]] int countOf(std::string_view text) const;
    void printEnd() const;

private:
    std::vector<std::string> m_lines;
};

/// An element of ours that echoes, in the process of the test.
struct EchoElement {
    EchoService service;
    std::unique_ptr<ElementNode> node;
};

class GuestTest : public QObject {
    Q_OBJECT
public:
    GuestTest();
    ~GuestTest() override;

    // ---- The table ----
    /// Names what the running test tries: `ours` and `theirs` say which programs of whom.
    void combination(const QString& ours, const QString& theirs, const QString& what);
    /// What the table says besides: how rsplib behaves, numbers.
    void remark(const QString& text);

    // ---- Time ----
    bool until(const std::function<bool()>& condition, Duration limit = 60s);
    void turnFor(Duration time);

    // ---- Theirs: on their own host ----
    /// Starts a program there. Its file name is looked for in the PATH.
    std::unique_ptr<Program> theirs(const QString& name, const QStringList& arguments);
    /// rspregistrar 1 listens at ports 3863 and 9901, 2 at the next ones, with fast timers; its log tells much.
    std::unique_ptr<Program> theirRegistrar(int number, std::uint32_t id, const QStringList& more = {});
    static TransportAddress theirAsap(int number = 1);
    static TransportAddress theirEnrp(int number = 1);
    /// rspserver of a pool, registered at a registrar, or at whoever announces itself (nothing).
    std::unique_ptr<Program> theirServer(const QString& service, const QString& pool, std::uint32_t id,
                                         const TransportAddress& registrar = {}, const QStringList& more = {});

    // ---- Ours ----
    using MoreConfig = std::function<void(RegistrarNode::Config&)>;
    /// Number 1 listens at ports 3863 and 9901 of our host, 2 at the next ones, with the same fast timers.
    std::unique_ptr<RegistrarNode> ourRegistrar(int number, std::uint32_t id, const MoreConfig& more = {});
    static TransportAddress ourAsap(int number = 1);
    static TransportAddress ourEnrp(int number = 1);
    /// Registered, when it comes back; nothing when that took too long.
    std::unique_ptr<EchoElement> ourElement(std::string_view pool, std::uint32_t id, const TransportAddress& registrar,
                                            const wire::Policy& policy = {});
    std::unique_ptr<UserNode> ourUser(const TransportAddress& registrar);
    /// What our user gets from this registrar, sorted; empty: nothing, or no answer.
    std::set<std::uint32_t> resolve(const TransportAddress& registrar, std::string_view pool);
    bool untilResolved(const TransportAddress& registrar, std::string_view pool,
                       const std::set<std::uint32_t>& identifiers, Duration limit = 60s);

    /// Takes a network down or up: nothing passes, and nobody is told. 'a' is up at first, 'b' down, because rsplib's
    /// registrars announce themselves from addresses where they do not listen when there are several networks.
    static void setNetwork(char network, bool up);

    [[nodiscard]] EpollDispatcher& dispatcher() { return *m_dispatcher; }
    [[nodiscard]] transport::Transport& transport() { return *m_transport; }
    [[nodiscard]] NoteLog& log() { return *m_log; }
    [[nodiscard]] AccessRules& access() { return m_access; }
    /// The timers of every registrar and element here: rsplib's, but faster.
    static Profile fastProfile();

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

private:
    void record();

    AccessRules m_access;
    std::unique_ptr<NoteLog> m_log;
    std::unique_ptr<EpollDispatcher> m_dispatcher;
    std::unique_ptr<transport::Transport> m_transport;
    std::unique_ptr<Program> m_recorder;
    QString m_ours;
    QString m_theirs;
    QString m_what;
    QStringList m_remarks;
};

/// A main() for it.
#define KOLAM_GUEST_MAIN(Class)                                                                                        \
    int main(int argc, char** argv) {                                                                                  \
        QCoreApplication application{argc, argv};                                                                      \
        Class test;                                                                                                    \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }

} // namespace kolam::interop
