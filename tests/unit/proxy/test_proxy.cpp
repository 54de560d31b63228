// SPDX-License-Identifier: GPL-3.0-or-later
// Octets through a relay, and the health of servers, over real TCP on the loopback interface.
#include "core/dispatch/epoll_dispatcher.h"
#include "demos/proxy/health_check.h"
#include "demos/proxy/relay.h"

#include <QtTest>
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

using namespace kolam;
using namespace kolam::proxy;

namespace {

struct Loop {
    EpollDispatcher dispatcher;
    bool until(const std::function<bool()>& condition, Duration limit = 10s) {
        const TimePoint end = dispatcher.now() + limit;
        while (!condition() && dispatcher.now() < end) {
            pollfd descriptor{.fd = dispatcher.pollDescriptor(), .events = POLLIN, .revents = 0};
            ::poll(&descriptor, 1, 5);
            dispatcher.turn();
        }
        return condition();
    }
};

const IpAddress localhost = IpAddress::v4(127, 0, 0, 1);

/// Two connected sockets, over TCP.
struct Pair {
    explicit Pair(Loop& loop) {
        auto listener =
            *Listener::open(loop.dispatcher, {{localhost}, 0}, [this](Socket socket) { two = std::move(socket); });
        Connecting connecting{loop.dispatcher,
                              {{localhost}, listener->port()},
                              1s,
                              [this](std::expected<Socket, std::error_code> socket) { one = std::move(*socket); }};
        loop.until([&] { return one.ok() && two.ok(); });
    }
    Socket one;
    Socket two;
};

/// A client and a server with a relay between them.
struct Relayed : Loop {
    Relayed()
        : left(*this)
        , right(*this)
        , relay(std::make_unique<Relay>(dispatcher, std::move(left.two), std::move(right.one),
                                        [this] { done = true; })) {}
    Pair left;
    Pair right;
    bool done = false;
    std::unique_ptr<Relay> relay;
    [[nodiscard]] int client() const { return left.one.get(); }
    [[nodiscard]] int server() const { return right.two.get(); }
};

/// What can be read now.
std::string readSome(int socket, std::size_t most = 1U << 20U) {
    std::string text(most, '\0');
    const ssize_t got = ::recv(socket, text.data(), text.size(), MSG_DONTWAIT);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return text;
}

bool isAtEnd(int socket) {
    char octet = 0;
    return ::recv(socket, &octet, 1, MSG_DONTWAIT) == 0;
}

} // namespace

class TestProxy : public QObject {
    Q_OBJECT
private slots:
    void givenRelay_whenBothSidesSpeak_thenBothHear() {
        Relayed world;
        QCOMPARE(::send(world.client(), "question", 8, 0), ssize_t{8});
        std::string heard;
        QVERIFY(world.until([&] { return (heard += readSome(world.server())) == "question"; }));
        QCOMPARE(::send(world.server(), "answer", 6, 0), ssize_t{6});
        heard.clear();
        QVERIFY(world.until([&] { return (heard += readSome(world.client())) == "answer"; }));
        QCOMPARE(world.relay->octets(), std::uint64_t{14});
    }

    void givenClientThatHasSaidAll_whenItShutsDown_thenTheAnswerStillComes() {
        Relayed world;
        ::send(world.client(), "question", 8, 0);
        ::shutdown(world.client(), SHUT_WR);
        std::string heard;
        QVERIFY(world.until([&] { return (heard += readSome(world.server())) == "question"; }));
        QVERIFY(world.until([&] { return isAtEnd(world.server()); }));
        QVERIFY(!world.done);
        ::send(world.server(), "answer", 6, 0);
        ::shutdown(world.server(), SHUT_WR);
        heard.clear();
        QVERIFY(world.until([&] { return (heard += readSome(world.client())) == "answer"; }));
        QVERIFY(world.until([&] { return isAtEnd(world.client()) && world.done; }));
    }

    void givenSlowReceiver_whenALotIsSent_thenItAllArrivesAndTheSenderWaits() {
        Relayed world;
        Random chance{1};
        std::string sent(20'000'000, '\0');
        for (char& octet : sent) {
            octet = static_cast<char>(chance());
        }
        std::size_t at = 0;
        std::size_t most = 0; // in flight
        std::string received;
        received.reserve(sent.size());
        QVERIFY(world.until(
            [&] {
                const ssize_t step =
                    ::send(world.client(), sent.data() + at, std::min<std::size_t>(sent.size() - at, 500'000),
                           MSG_DONTWAIT | MSG_NOSIGNAL);
                at += step > 0 ? static_cast<std::size_t>(step) : 0;
                most = std::max(most, at - received.size());
                received += readSome(world.server(), 100'000);
                return received.size() == sent.size();
            },
            60s));
        QVERIFY(received == sent);
        QVERIFY2(most < 19'000'000, qPrintable(QString::number(most))); // it did not all go at once
    }

    void givenServerThatBreaks_whenTheClientIsThere_thenTheRelayEnds() {
        Relayed world;
        const linger reset{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(world.server(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        world.right.two = Socket{};
        ::send(world.client(), "hello", 5, MSG_NOSIGNAL);
        QVERIFY(world.until([&] { return world.done; }));
    }

    void givenNobodyAtThePort_whenAConnectionIsTried_thenThatIsSaid() {
        Loop loop;
        auto listener = *Listener::open(loop.dispatcher, {{localhost}, 0}, [](Socket) {});
        const std::uint16_t port = listener->port();
        listener.reset();
        std::error_code error;
        Connecting connecting{loop.dispatcher,
                              {{localhost}, port},
                              1s,
                              [&](std::expected<Socket, std::error_code> socket) { error = socket.error(); }};
        QVERIFY(loop.until([&] { return bool(error); }));
        QVERIFY(error == std::errc::connection_refused);
    }

    void givenServerWithManyAddresses_whenOnlyTheLastOneAnswers_thenThatOneIsUsed() {
        Loop loop;
        Socket accepted;
        auto listener = *Listener::open(loop.dispatcher, {{IpAddress::v4(127, 0, 0, 3)}, 0},
                                        [&](Socket socket) { accepted = std::move(socket); });
        Socket connected;
        Connecting connecting{loop.dispatcher,
                              {{localhost, IpAddress::v4(127, 0, 0, 2), IpAddress::v4(127, 0, 0, 3)}, listener->port()},
                              1s,
                              [&](std::expected<Socket, std::error_code> socket) { connected = std::move(*socket); }};
        QVERIFY(loop.until([&] { return connected.ok() && accepted.ok(); }));
        std::error_code error;
        Connecting nowhere{loop.dispatcher, {{}, 80}, 1s, [&](std::expected<Socket, std::error_code> socket) {
                               error = socket.error();
                           }};
        QVERIFY(loop.until([&] { return error == std::errc::address_not_available; }));
    }

    void givenIpv6_whenConnected_thenItIsTheSame() {
        Loop loop;
        const IpAddress ip = IpAddress::parse("::1").value();
        Socket accepted;
        auto listener =
            Listener::open(loop.dispatcher, {{ip}, 0}, [&](Socket socket) { accepted = std::move(socket); });
        if (!listener) {
            QSKIP("this host has no IPv6");
        }
        Socket connected;
        Connecting connecting{loop.dispatcher,
                              {{ip}, (*listener)->port()},
                              1s,
                              [&](std::expected<Socket, std::error_code> socket) { connected = std::move(*socket); }};
        QVERIFY(loop.until([&] { return connected.ok() && accepted.ok(); }));
    }

    void givenHttpServer_whenItsAnswersChange_thenItsHealthDoes() {
        Loop loop;
        std::string status = "200 OK";
        std::vector<Socket> open;
        bool answers = true;
        auto listener = *Listener::open(loop.dispatcher, {{localhost}, 0}, [&](Socket socket) {
            const std::string text = "HTTP/1.1 " + status + "\r\n\r\n";
            if (answers) {
                ::send(socket.get(), text.data(), text.size(), 0);
            }
            open.push_back(std::move(socket));
        });
        std::string changes;
        HealthCheck check{
            loop.dispatcher,
            {.server = {{localhost}, listener->port()}, .path = "/health", .interval = 20ms, .timeout = 500ms},
            [&](bool well) { changes += well ? "w" : "i"; }};
        QVERIFY(loop.until([&] { return changes == "w"; }));
        status = "503 Unavailable";
        QVERIFY(loop.until([&] { return changes == "wi"; }));
        status = "204 No Content";
        QVERIFY(loop.until([&] { return changes == "wiw"; }));
        answers = false; // it takes connections, and is silent
        QVERIFY(loop.until([&] { return changes == "wiwi"; }));
        answers = true;
        QVERIFY(loop.until([&] { return changes == "wiwiw"; }));
        listener.reset();
        QVERIFY(loop.until([&] { return changes == "wiwiwi"; }));
    }

    void givenPlaceOfAHealthCheck_whenItIsRead_thenOnlyHttpWithAnAddressIsTaken() {
        const auto place = readHttpPlace("http://127.0.0.1:8080/health?full=1");
        QVERIFY(place.has_value());
        QCOMPARE(toText(place->server), std::string{"127.0.0.1:8080"});
        QCOMPARE(place->path, std::string{"/health?full=1"});
        QCOMPARE(readHttpPlace("http://127.0.0.1")->path, std::string{"/"});
        for (const char* const bad : {"", "https://127.0.0.1/", "http://localhost/", "http:///", "http://127.0.0.1/a b",
                                      "http://127.0.0.1/a\r\nHost: evil", "127.0.0.1:80"}) {
            QVERIFY2(!readHttpPlace(bad), bad);
        }
    }
};

QTEST_GUILESS_MAIN(TestProxy)
#include "test_proxy.moc"
