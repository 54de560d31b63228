// SPDX-License-Identifier: GPL-3.0-or-later
// libkolam's C API in one process: this one is the element and the user, from many threads, and asks for all that is
// wrong. Next door: test_c_programs.cpp, the same between processes that are killed.
#include "tests/api/children.h"

#include <QtTest>
#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <rserpool/rserpool-internals.h>
#include <rserpool/rserpool.h>
#include <rserpool/tagitem.h>
#include <string>
#include <thread>

using namespace kolam::testing;

namespace {

const auto* const pool = reinterpret_cast<const unsigned char*>("Pool");
constexpr std::size_t poolSize = 4;
const auto* const nobody = reinterpret_cast<const unsigned char*>("Nobody");

/// A pool element of one socket that sends everything back, after a cookie of it; in a thread of its own.
class EchoElement {
public:
    explicit EchoElement(const unsigned char* handle = pool, std::size_t size = poolSize)
        : m_sd(rsp_socket(0, SOCK_SEQPACKET, IPPROTO_SCTP)) {
        rsp_listen(m_sd, 10);
        registered = rsp_register(m_sd, handle, size, nullptr, 0, 0);
        m_thread = std::jthread{[this] { serve(); }};
    }
    ~EchoElement() { rsp_close(m_sd); } // and the thread gets EBADF
    [[nodiscard]] int sd() const { return m_sd; }
    int registered = -1;
    std::atomic<int> added = 0;
    std::atomic<int> removed = 0;

private:
    void serve() {
        std::byte buffer[2'000];
        rsp_sndrcvinfo from{};
        for (int flags = 0;; flags = 0) {
            const ssize_t length = rsp_recvmsg(m_sd, buffer, sizeof buffer, &from, &flags, -1);
            if (length < 0) {
                return;
            }
            if ((flags & MSG_RSERPOOL_NOTIFICATION) != 0) {
                rserpool_notification news{};
                std::memcpy(&news, buffer, std::min(sizeof news, static_cast<std::size_t>(length)));
                ++(news.rn_session_change.rsc_state == RSERPOOL_SESSION_ADD ? added : removed);
            } else if ((flags & MSG_RSERPOOL_COOKIE_ECHO) == 0) {
                rsp_send_cookie(m_sd, reinterpret_cast<const unsigned char*>(buffer), static_cast<std::size_t>(length),
                                from.rinfo_session, -1);
                rsp_sendmsg(m_sd, buffer, static_cast<std::size_t>(length), 0, from.rinfo_session, from.rinfo_ppid, 0,
                            0, 0, -1);
            }
        }
    }
    int m_sd;
    std::jthread m_thread;
};

/// A pool user's socket.
struct User {
    explicit User(int type = SOCK_SEQPACKET) : sd(rsp_socket(0, type, IPPROTO_SCTP)) {}
    ~User() { rsp_close(sd); }
    [[nodiscard]] int connect() const { return rsp_connect(sd, pool, poolSize, 0); }
    [[nodiscard]] bool send(const std::string& text) const {
        return rsp_sendmsg(sd, text.data(), text.size(), 0, 0, 7, 0, 0, 0, 10'000) == static_cast<ssize_t>(text.size());
    }
    [[nodiscard]] std::string receive() const {
        char buffer[2'000];
        int flags = 0;
        const ssize_t length = rsp_recvfullmsg(sd, buffer, sizeof buffer, nullptr, &flags, 30'000);
        return length < 0 ? "error" : std::string(buffer, static_cast<std::size_t>(length));
    }
    int sd;
};

/// Runs a call that fails. @return its errno; 0: it has not failed.
template <typename Call>
int errorOf(Call call) {
    errno = 0;
    return call() == -1 ? errno : 0;
}

} // namespace

class TestCApi : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        qputenv("KOLAM_TRANSPORT", "user");
        qputenv("KOLAM_PROFILE", "demo");
        QCOMPARE(errorOf([] { return rsp_socket(0, SOCK_STREAM, IPPROTO_SCTP); }), ENETDOWN);
        QCOMPARE(errorOf([] { return rsp_close(0); }), ENETDOWN);
        QCOMPARE(rsp_pe_failure(pool, poolSize, 1), 1u * ENETDOWN);
        m_registrar = std::make_unique<RegistrarChild>();
        rsp_initinfo(&m_info);
        QCOMPARE(rsp_initarg(&m_info, ("-registrar=" + m_registrar->address()).toUtf8()), 1);
        QCOMPARE(rsp_initarg(&m_info, "-asapannounce=off"), 1);
        QCOMPARE(rsp_initialize(&m_info), 0);
        QCOMPARE(rsp_initialize(nullptr), 0); // it runs already
    }
    void cleanupTestCase() {
        rsp_cleanup();
        rsp_freeinfo(&m_info);
        QCOMPARE(errorOf([] { return rsp_socket(0, SOCK_STREAM, IPPROTO_SCTP); }), ENETDOWN);
        QCOMPARE(rsp_initialize(nullptr), 0); // once more, with announcements
        rsp_cleanup();
        rsp_cleanup();
    }

    void givenArguments_whenTheyMakeNoSense_thenTheyAreRefusedByName() {
        User user;
        User stream{SOCK_STREAM};
        char buffer[8];
        sockaddr_in far{};
        far.sin_family = AF_INET;
        far.sin_addr.s_addr = htonl(0x0a000001);
        const auto* const address = reinterpret_cast<const sockaddr*>(&far);
        QCOMPARE(errorOf([] { return rsp_socket(AF_UNIX, SOCK_STREAM, 0); }), EAFNOSUPPORT);
        QCOMPARE(errorOf([] { return rsp_socket(0, SOCK_DGRAM, 0); }), EINVAL);
        QCOMPARE(errorOf([] { return rsp_socket(0, SOCK_STREAM, IPPROTO_TCP); }), EPROTONOSUPPORT);
        QCOMPARE(errorOf([&] { return rsp_bind(user.sd, address, 1); }), EACCES);
        QCOMPARE(errorOf([&] { return rsp_bind(user.sd, address, -1); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_bind(user.sd, nullptr, 1); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_bind(999, address, 1); }), EBADF);
        QCOMPARE(errorOf([&] { return rsp_listen(user.sd, -1); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_listen(0, 1); }), ENOTSOCK);
        QCOMPARE(errorOf([&] { return rsp_connect(user.sd, nullptr, 4, 0); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_connect(user.sd, pool, 0, 0); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_register(user.sd, pool, poolSize, nullptr, 0, 64); }), EINVAL);
        rsp_loadinfo unknown{};
        unknown.rli_policy = 12'345;
        QCOMPARE(errorOf([&] { return rsp_register(user.sd, pool, poolSize, &unknown, 0, 0); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_accept(stream.sd, 0); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_deregister(stream.sd, 0); }), ENOTCONN);
        QCOMPARE(errorOf([&] { return rsp_forcefailover(user.sd, 0, 0); }), ENOTCONN);
        QCOMPARE(errorOf([&] { return rsp_has_cookie(user.sd); }), ENOTCONN);
        QCOMPARE(errorOf([&] { return rsp_recv(user.sd, buffer, sizeof buffer, 0); }), ENOTCONN);
        QCOMPARE(errorOf([&] { return rsp_send(user.sd, "x", 1, 0); }), ENOTCONN);
        QCOMPARE(errorOf([&] { return rsp_send_cookie(user.sd, pool, poolSize, 0, 0); }), ENOTCONN);
        QCOMPARE(errorOf([&] { return rsp_getsockname(user.sd, nullptr, nullptr, nullptr); }), ENOTCONN);
        QCOMPARE(errorOf([&] { return rsp_setsockopt(user.sd, 0, 0, buffer, 1); }), EOPNOTSUPP);
        QCOMPARE(errorOf([&] { return rsp_unmapsocket(user.sd); }), EOPNOTSUPP);
        QCOMPARE(errorOf([&] { return rsp_mapsocket(0, user.sd); }), EBUSY);
        QCOMPARE(errorOf([&] { return rsp_mapsocket(-1, -1); }), EBADF);
        QCOMPARE(errorOf([&] { return rsp_mapsocket(0, 1'000'000); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_update_session_parameters(user.sd, nullptr); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_poll(nullptr, 1, 0); }), EFAULT);
        QCOMPARE(errorOf([&] { return rsp_select(-1, nullptr, nullptr, nullptr, nullptr); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_csp_setstatus(user.sd, 0, nullptr); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_close(-1); }), EBADF);
        QCOMPARE(rsp_pe_failure(pool, poolSize, 0), 1u * EINVAL);
        QCOMPARE(rsp_pe_deregistration(pool, poolSize, 5, 0), 1u * ENOENT);
        QCOMPARE(rsp_pe_registration(pool, poolSize, nullptr, nullptr, 0, 0), 1u * EINVAL);
    }
    void givenArgumentsOfAProgram_whenTheyAreNoneOfOurs_thenTheyAreNotTaken() {
        rsp_info info;
        rsp_initinfo(&info);
        for (const char* const good : {"-cspserver=127.0.0.1:2960", "-cspinterval=500", "-cspidentifier=0x2a",
                                       "-registrarrequesttimeout=100", "-registrarconnecttimeout=7000",
                                       "-registrar=127.0.0.1:3863", "-registrar=[::1]:3863", "-asapannounce=auto"}) {
            QVERIFY2(rsp_initarg(&info, good) == 1, good);
        }
        QCOMPARE(info.ri_csp_identifier, std::uint64_t{42});
        QCOMPARE(info.ri_registrar_connect_timeout, 7'000u);
        for (const char* const bad :
             {"-cspserver=here", "-cspinterval=often", "-cspinterval=-1", "-cspinterval=99999999999",
              "-registrar=", "-registrar=:3863", "-asapannounce=loud", "-cspidentifier=0x"}) {
            errno = 0;
            QVERIFY2(rsp_initarg(&info, bad) == 0 && errno == EINVAL, bad);
        }
        errno = 0;
        QCOMPARE(rsp_initarg(&info, "-verbose"), 0);
        QCOMPARE(errno, 0); // somebody else's argument
        rsp_freeinfo(&info);
        QVERIFY(info.ri_registrars == nullptr && info.ri_csp_server == nullptr);
    }

    void givenElement_whenAUserSpeaksToIt_thenItAnswersAndLeavesACookie() {
        EchoElement element;
        QCOMPARE(element.registered, 0);
        User user;
        QCOMPARE(user.connect(), 0);
        QCOMPARE(errorOf([&] { return user.connect(); }), EISCONN);
        QCOMPARE(rsp_has_cookie(user.sd), 0);
        QVERIFY(user.send("hello"));
        char buffer[3];
        rsp_sndrcvinfo from{};
        int flags = MSG_PEEK;
        QCOMPARE(rsp_recvmsg(user.sd, buffer, sizeof buffer, &from, &flags, 30'000), ssize_t{3});
        flags = 0;
        QCOMPARE(rsp_recvmsg(user.sd, buffer, sizeof buffer, &from, &flags, 0), ssize_t{3});
        QCOMPARE(flags, 0); // there is more of it
        QCOMPARE(from.rinfo_ppid, 7u);
        QCOMPARE(rsp_recvmsg(user.sd, buffer, sizeof buffer, &from, &flags, 0), ssize_t{2});
        QCOMPARE(flags, int{MSG_EOR});
        QCOMPARE(std::string(buffer, 2), std::string("lo"));
        QCOMPARE(errorOf([&] { return rsp_recvmsg(user.sd, buffer, sizeof buffer, &from, &flags, 0); }), EAGAIN);
        QCOMPARE(errorOf([&] { return rsp_recv(user.sd, buffer, sizeof buffer, MSG_DONTWAIT); }), EAGAIN);
        QCOMPARE(rsp_has_cookie(user.sd), 1);
        unsigned char handle[16];
        std::size_t size = sizeof handle;
        std::uint32_t own = 0;
        std::uint32_t peer = 0;
        QCOMPARE(rsp_getsockname(element.sd(), nullptr, nullptr, &own), 0);
        QCOMPARE(rsp_getpeername(user.sd, handle, &size, &peer), 0);
        QCOMPARE(size, poolSize);
        QVERIFY(own != 0 && own == peer && from.rinfo_pe_id == own);
        size = 3;
        QCOMPARE(errorOf([&] { return rsp_getpeername(user.sd, handle, &size, &peer); }), ENOBUFS);
        QCOMPARE(errorOf([&] { return rsp_sendmsg(user.sd, "x", 1, 0, 0, 11, 0, 0, 0, 0); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_sendmsg(user.sd, nullptr, 0, 0, 0, 0, 0, 0, 0, 0); }), EINVAL);
        QCOMPARE(errorOf([&] { return rsp_send_cookie(user.sd, pool, poolSize, 0, 0); }), EOPNOTSUPP);
        QCOMPARE(rsp_csp_setstatus(user.sd, 0, "testing"), 0);
        std::uint64_t identifier = 0;
        char status[8];
        double workload = 0;
        QVERIFY(rsp_csp_getcomponentstatus(&identifier, status, sizeof status, &workload) >= 1);
        QCOMPARE(std::string(status), std::string("testing"));
        QVERIFY(CID_GROUP(identifier) == CID_GROUP_POOLELEMENT && CID_OBJECT(identifier) == own);
        QCOMPARE(rsp_close(user.sd), 0);
        QVERIFY(waitFor([&] { return element.removed == 1 && element.added == 1; }));
        QCOMPARE(errorOf([&] { return rsp_close(user.sd); }), EBADF);
    }

    void givenNoPoolOrNobodyWithRoom_whenAUserConnects_thenItIsToldWhy() {
        User user;
        TagItem quick[] = {{TAG_RspSession_ConnectTimeout, 700}, {TAG_DONE, 0}};
        QCOMPARE(errorOf([&] { return rsp_connect_tags(user.sd, nobody, 6, 0, quick); }), ENOENT);
        const int sd = rsp_socket(0, SOCK_STREAM, 0);
        QCOMPARE(rsp_register(sd, pool, poolSize, nullptr, 0, 0), 0); // and does not listen
        QCOMPARE(errorOf([&] { return rsp_connect_tags(user.sd, pool, poolSize, 0, quick); }), ECONNREFUSED);
        QCOMPARE(rsp_listen(sd, 1), 0);
        QCOMPARE(user.connect(), 0);
        User second;
        QCOMPARE(errorOf([&] { return rsp_connect_tags(second.sd, pool, poolSize, 0, quick); }), ECONNREFUSED);
        const int session = rsp_accept(sd, 10'000); // now there is room for one more that waits
        QVERIFY(session >= 0);
        QCOMPARE(second.connect(), 0);
        QCOMPARE(rsp_close(session), 0);
        QCOMPARE(rsp_close(sd), 0);
    }

    void givenAcceptedSession_whenItIsClosedOnEitherSide_thenTheOtherIsTold() {
        const int sd = rsp_socket(0, SOCK_STREAM, 0);
        rsp_listen(sd, 5);
        QCOMPARE(rsp_register(sd, pool, poolSize, nullptr, 0, 0), 0);
        auto user = std::make_unique<User>();
        QCOMPARE(user->connect(), 0);
        const int session = rsp_accept(sd, 10'000);
        std::uint32_t own = 0;
        QVERIFY(rsp_getsockname(session, nullptr, nullptr, &own) == 0 && own != 0);
        user.reset();
        char buffer[8];
        QCOMPARE(rsp_recv(session, buffer, sizeof buffer, 0), ssize_t{0});
        QCOMPARE(errorOf([&] { return rsp_send(session, "x", 1, 0); }), EPIPE);
        QCOMPARE(rsp_close(session), 0);

        User other{SOCK_STREAM};
        QCOMPARE(other.connect(), 0);
        const int next = rsp_accept(sd, 10'000);
        QCOMPARE(rsp_sendmsg(next, "bye", 3, 0, 0, 0, 0, 0, MSG_FIN, 0), ssize_t{3}); // SCTP_EOF
        QCOMPARE(rsp_recv(other.sd, buffer, sizeof buffer, 0), ssize_t{3});
        QCOMPARE(errorOf([&] { return rsp_recv(other.sd, buffer, sizeof buffer, 0); }), EIO);
        QCOMPARE(errorOf([&] { return rsp_send(other.sd, "x", 1, 0); }), EIO);
        QCOMPARE(rsp_close(next), 0);
        QCOMPARE(rsp_close(sd), 0);
    }

    void givenThreadsThatWait_whenTheirSocketsAreClosed_thenTheyAllAwake() {
        EchoElement element;
        const int sd = rsp_socket(0, SOCK_STREAM, 0);
        rsp_listen(sd, 5);
        QCOMPARE(rsp_register(sd, nobody, 6, nullptr, 0, REGF_DONTWAIT), 0);
        User user;
        QCOMPARE(user.connect(), 0);
        std::atomic<int> received = -1;
        std::atomic<int> accepted = -1;
        std::atomic<int> polled = -1;
        std::atomic<int> waiting = 0;
        std::jthread receiver{[&] {
            char buffer[8];
            ++waiting;
            received = errorOf([&] { return rsp_recv(user.sd, buffer, sizeof buffer, 0); });
        }};
        std::jthread accepter{[&] {
            ++waiting;
            accepted = errorOf([&] { return rsp_accept(sd, -1); });
        }};
        std::jthread poller{[&] {
            pollfd ready{.fd = user.sd, .events = POLLIN, .revents = 0};
            ++waiting;
            polled = rsp_poll(&ready, 1, -1) == 1 ? ready.revents : 0;
        }};
        QVERIFY(waitFor([&] { return waiting == 3; }));
        QTest::qWait(50); // most of the time they wait by now; either way the result is the same
        QCOMPARE(rsp_close(user.sd), 0);
        QCOMPARE(rsp_close(sd), 0);
        QVERIFY(waitFor([&] { return received != -1 && accepted != -1 && polled != -1; }));
        QCOMPARE(received.load(), EBADF);
        QCOMPARE(accepted.load(), EBADF);
        QCOMPARE(polled.load(), int{POLLNVAL});
    }

    void givenManySockets_whenAllSpeakAndOnePollWaits_thenAllAnswersCome() {
        EchoElement element;
        std::vector<std::unique_ptr<User>> users;
        for (int i = 0; i < 150; ++i) {
            users.push_back(std::make_unique<User>());
            QCOMPARE(users.back()->connect(), 0);
        }
        std::vector<pollfd> ready;
        for (std::size_t i = 0; i < users.size(); ++i) {
            ready.push_back({.fd = users[i]->sd, .events = POLLIN, .revents = 0});
            QVERIFY(users[i]->send("to " + std::to_string(i)));
        }
        std::size_t answers = 0;
        while (answers < users.size()) {
            QVERIFY(rsp_poll(ready.data(), static_cast<unsigned int>(ready.size()), 30'000) > 0);
            for (std::size_t i = 0; i < users.size(); ++i) {
                if ((ready[i].revents & POLLIN) != 0) {
                    QCOMPARE(users[i]->receive(), "to " + std::to_string(i));
                    ++answers;
                }
            }
        }
        fd_set set;
        FD_ZERO(&set);
        FD_SET(users[3]->sd, &set);
        timeval none{};
        QCOMPARE(rsp_select(users[3]->sd + 1, nullptr, &set, nullptr, &none), 1); // there is room
        QCOMPARE(rsp_select(users[3]->sd + 1, &set, nullptr, nullptr, &none), 0); // and nothing to read
        QVERIFY(!FD_ISSET(users[3]->sd, &set));
        users.clear();
        QVERIFY(waitFor([&] { return element.removed == 150; }));
        std::vector<int> all;
        for (int sd = rsp_socket(0, SOCK_STREAM, 0); sd >= 0; sd = rsp_socket(0, SOCK_STREAM, 0)) {
            all.push_back(sd);
        }
        QCOMPARE(errno, EMFILE);
        QVERIFY(all.size() > 1'000);
        std::ranges::for_each(all, rsp_close);
    }

    void givenManyThreads_whenEachHasASession_thenNobodyGetsTheAnswersOfOthers() {
        EchoElement elements[2];
        std::atomic<int> right = 0;
        {
            std::vector<std::jthread> threads;
            for (int number = 0; number < 12; ++number) {
                threads.emplace_back([&, number] {
                    User user;
                    if (user.connect() != 0) {
                        return;
                    }
                    for (int i = 0; i < 40; ++i) {
                        const std::string text = std::to_string(number) + "/" + std::to_string(i);
                        right += user.send(text) && user.receive() == text ? 1 : 0;
                    }
                });
            }
        }
        QCOMPARE(right.load(), 480);
    }

    void givenMappedPipe_whenItIsPolledWithSockets_thenBothAreSeen() {
        EchoElement element;
        User user;
        QCOMPARE(user.connect(), 0);
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        const int mapped = rsp_mapsocket(ends[0], -1);
        pollfd ready[] = {{.fd = user.sd, .events = POLLIN, .revents = 0},
                          {.fd = mapped, .events = POLLIN, .revents = 0},
                          {.fd = 900, .events = POLLIN, .revents = 0}};
        QCOMPARE(rsp_poll(ready, 2, 0), 0);
        QCOMPARE(rsp_poll(ready, 3, -1), 1);
        QCOMPARE(ready[2].revents, short{POLLNVAL});
        QCOMPARE(::write(ends[1], "x", 1), ssize_t{1});
        QCOMPARE(rsp_poll(ready, 2, -1), 1);
        QVERIFY(ready[1].revents == POLLIN && ready[0].revents == 0);
        QVERIFY(user.send("y"));
        QVERIFY(waitFor([&] { return rsp_poll(ready, 2, 0) == 2; }));
        char octet = 0;
        QCOMPARE(rsp_read(mapped, &octet, 1), ssize_t{1});
        QCOMPARE(rsp_unmapsocket(mapped), 0);
        QCOMPARE(rsp_poll(ready, 2, -1), 2); // an answer, and a number without a meaning
        QCOMPARE(ready[1].revents, short{POLLNVAL});
        ::close(ends[0]);
        ::close(ends[1]);
    }

    void givenElement_whenItDeregistersAndRegistersAgain_thenThePoolFollows() {
        const int sd = rsp_socket(0, SOCK_STREAM, 0);
        TagItem named[] = {{TAG_PoolElement_Identifier, 0x77}, {TAG_DONE, 0}};
        rsp_loadinfo load{};
        load.rli_policy = PPT_WEIGHTED_RANDOM;
        load.rli_weight = 5;
        QCOMPARE(rsp_register_tags(sd, pool, poolSize, &load, 1'000, 0, named), 0);
        QCOMPARE(errorOf([&] { return rsp_register(sd, nobody, 6, &load, 0, 0); }), EISCONN);
        load.rli_policy = 12'345;
        QCOMPARE(errorOf([&] { return rsp_register(sd, pool, poolSize, &load, 0, 0); }), EINVAL);
        load.rli_policy = PPT_WEIGHTED_RANDOM;
        load.rli_weight = 9;
        QCOMPARE(rsp_register(sd, pool, poolSize, &load, 1'000, 0), 0); // another weight
        rsp_addrinfo* found = nullptr;
        QCOMPARE(rsp_getaddrinfo(pool, poolSize, &found, RSPGETADDRS_MAX, 0), 1);
        QCOMPARE(found->ai_pe_id, 0x77u);
        QVERIFY(found->ai_protocol == IPPROTO_SCTP && found->ai_addrs == 1 && found->ai_family == AF_INET);
        rsp_freeaddrinfo(found);
        QCOMPARE(rsp_deregister(sd, 0), 0);
        QCOMPARE(errorOf([&] { return rsp_deregister(sd, 0); }), ENOTCONN);
        QCOMPARE(rsp_getaddrinfo(pool, poolSize, &found, RSPGETADDRS_DEFAULT, 0), REAI_NONAME);
        QVERIFY(found == nullptr);
        QCOMPARE(rsp_register(sd, pool, poolSize, &load, 1'000, 0), 0);
        QCOMPARE(rsp_getaddrinfo(pool, poolSize, &found, RSPGETADDRS_MIN, 0), 1);
        rsp_freeaddrinfo(found);
        User other;
        rsp_loadinfo robin{};
        robin.rli_policy = PPT_ROUNDROBIN;
        QCOMPARE(errorOf([&] { return rsp_register(other.sd, pool, poolSize, &robin, 0, 0); }),
                 EPERM); // not the pool's
        QCOMPARE(rsp_close(sd), 0);
        QCOMPARE(rsp_getaddrinfo(pool, poolSize, &found, RSPGETADDRS_MIN, 0), REAI_NONAME);
    }

    void givenServiceOfAnotherProtocol_whenItIsRegistered_thenOthersFindIt() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(8080);
        rsp_addrinfo service{};
        service.ai_protocol = IPPROTO_TCP;
        service.ai_addrs = 1;
        service.ai_addr = reinterpret_cast<sockaddr*>(&address);
        QCOMPARE(rsp_pe_registration(pool, poolSize, &service, nullptr, 30'000, 0), 0u);
        QVERIFY(service.ai_pe_id != 0);
        rsp_addrinfo* found = nullptr;
        QCOMPARE(rsp_getaddrinfo(pool, poolSize, &found, 5, 1'000), 1);
        sockaddr_in seen{};
        std::memcpy(&seen, found->ai_addr, sizeof seen);
        QVERIFY(found->ai_socktype == SOCK_STREAM && seen.sin_port == address.sin_port);
        rsp_freeaddrinfo(found);
        QCOMPARE(rsp_pe_failure(pool, poolSize, service.ai_pe_id), 0u);
        QCOMPARE(rsp_pe_deregistration(pool, poolSize, service.ai_pe_id, 0), 0u);
        QCOMPARE(rsp_getaddrinfo(pool, poolSize, &found, 5, 0), REAI_NONAME);
        service.ai_protocol = IPPROTO_ICMP;
        QCOMPARE(rsp_pe_registration(pool, poolSize, &service, nullptr, 30'000, 0), 1u * EPROTONOSUPPORT);
    }

    void givenSocket_whenItsParametersChange_thenZerosStayAndTheRestIsToldBack() {
        User user;
        rserpool_session_parameters parameters{};
        QCOMPARE(rsp_update_session_parameters(user.sd, &parameters), 0);
        QVERIFY(parameters.sp_rto_min > 0 && parameters.sp_assoc_max_rxt > 0);
        const rserpool_session_parameters before = parameters;
        parameters = {};
        parameters.sp_rto_max = 1'234;
        QCOMPARE(rsp_update_session_parameters(user.sd, &parameters), 0);
        QCOMPARE(parameters.sp_rto_max, 1'234u);
        QCOMPARE(parameters.sp_rto_min, before.sp_rto_min);
        EchoElement element;
        QCOMPARE(user.connect(), 0);
        QVERIFY(user.send("tuned"));
        QCOMPARE(user.receive(), std::string("tuned"));
    }

    void givenNamesAndNotifications_whenTheyAreTranslated_thenTheyAreThoseOfTheDrafts() {
        QCOMPARE(std::string(rsp_getpolicybytype(PPT_LEASTUSED_DEGRADATION)), std::string("LeastUsedDegradation"));
        QVERIFY(rsp_getpolicybytype(4'711) == nullptr);
        QCOMPARE(rsp_getpolicybyname("WeightedRandomDPF"), 1u * PPT_WEIGHTED_RANDOM_DPF);
        QCOMPARE(rsp_getpolicybyname("Sympathy"), 1u * PPT_UNDEFINED);
        QCOMPARE(rsp_getpolicybyname(nullptr), 1u * PPT_UNDEFINED);
        rserpool_notification news{};
        news.rn_failover.rf_type = RSERPOOL_FAILOVER;
        news.rn_failover.rf_state = RSERPOOL_FAILOVER_NECESSARY;
        char text[200] = "";
        FILE* const file = ::fmemopen(text, sizeof text, "w");
        rsp_print_notification(&news, file);
        std::fclose(file);
        QVERIFY2(std::string(text).find("FAILOVER NECESSARY") != std::string::npos, text);
    }

    void givenListOfTags_whenItSkipsAndGoesOnElsewhere_thenItIsReadAsOne() {
        TagItem rest[] = {{TAG_USER + 3, 3}, {TAG_DONE, 0}};
        TagItem list[] = {{TAG_IGNORE, 0},
                          {TAG_USER + 1, 1},
                          {TAG_SKIP, 1},
                          {TAG_USER + 2, 2},
                          {TAG_MORE, reinterpret_cast<tagdata_t>(rest)}};
        QCOMPARE(tagListGetSize(list), std::size_t{3});
        QCOMPARE(tagListGetData(list, TAG_USER + 3, 0), tagdata_t{3});
        QCOMPARE(tagListGetData(list, TAG_USER + 2, 99), tagdata_t{99});
        QVERIFY(tagListSetData(list, TAG_USER + 1, 7) == &list[1] && list[1].Data == 7);
        QVERIFY(tagListNext(list) == &rest[0] && tagListFind(nullptr, 1) == nullptr);
        const tag_t wanted[] = {TAG_USER + 3, TAG_DONE};
        TagItem* const copy = tagListDuplicateFilter(list, wanted);
        QVERIFY(copy[0].Tag == TAG_USER + 3 && copy[1].Tag == TAG_DONE);
        tagListFree(copy);
    }

private:
    std::unique_ptr<RegistrarChild> m_registrar;
    rsp_info m_info{};
};

QTEST_GUILESS_MAIN(TestCApi)
#include "test_c_api.moc"
