// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/floor/kernel_echo.h"

#include "core/transport/socket_address.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <deque>
#include <fmt/format.h>
#include <netinet/sctp.h>
#include <unistd.h>

namespace kolam::floor {

namespace {

using Clock = std::chrono::steady_clock;
using transport::SocketAddress;
using transport::SystemAddress;

constexpr std::size_t longest = 65'536;
constexpr int backlog = 16;

struct Socket {
    explicit Socket(int type) : descriptor(socket(AF_INET, type, IPPROTO_SCTP)) {
        const int on = 1;
        setsockopt(descriptor, IPPROTO_SCTP, SCTP_NODELAY, &on, sizeof on);
    }
    ~Socket() { close(descriptor); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    bool bindTo(const IpAddress& ip, std::uint16_t port) const {
        const SystemAddress address{SocketAddress{ip, port}};
        return bind(descriptor, &address.generic, address.length) == 0;
    }
    int descriptor;
};

std::string sentence(std::string_view what) {
    return fmt::format("{}: {}", what, std::strerror(errno));
}

} // namespace

std::string serveByKernel(const TransportAddress& at, std::size_t answerOctets) {
    const Socket server{SOCK_SEQPACKET};
    if (!server.bindTo(at.ips.front(), at.port) || listen(server.descriptor, backlog) != 0) {
        return sentence("cannot serve");
    }
    sctp_event_subscribe wanted{};
    wanted.sctp_data_io_event = 1; // which association, which is all that an answer has to know
    setsockopt(server.descriptor, IPPROTO_SCTP, SCTP_EVENTS, &wanted, sizeof wanted);
    std::array<std::byte, longest> buffer;
    const Octets answer(answerOctets, std::byte{0x42});
    while (true) {
        sctp_sndrcvinfo info{};
        int flags = 0;
        const int got = sctp_recvmsg(server.descriptor, buffer.data(), buffer.size(), nullptr, nullptr, &info, &flags);
        if (got < 0 && errno != EINTR) {
            return sentence("cannot receive");
        }
        if (got > 0) {
            info.sinfo_flags = 0;
            info.sinfo_timetolive = 0;
            (void)sctp_send(server.descriptor, answer.data(), answer.size(), &info, 0); // its end may have come
        }
    }
}

load::LoadResult askByKernel(const Asking& asking) {
    load::LoadResult result;
    const Socket client{SOCK_STREAM};
    const SystemAddress to{SocketAddress{asking.to.ips.front(), asking.to.port}};
    if (!client.bindTo(asking.from, 0) || connect(client.descriptor, &to.generic, to.length) != 0) {
        ++result.failures[sentence("cannot connect")];
        return result;
    }
    const auto begin = Clock::now();
    const auto end = asking.time == Duration{} ? Clock::time_point::max() : begin + asking.time;
    std::deque<Clock::time_point> asked;
    std::size_t next = 0;
    std::array<std::byte, longest> buffer;
    auto now = begin;
    while (true) {
        while (now < end && asked.size() < asking.outstanding && (asking.requests == 0 || next < asking.requests)) {
            const Octets& question = asking.questions[next++ % asking.questions.size()];
            if (sctp_sendmsg(client.descriptor, question.data(), question.size(), nullptr, 0, htonl(asking.ppid), 0, 0,
                             0, 0) < 0) {
                ++result.failures[sentence("cannot send")];
                return result;
            }
            asked.push_back(Clock::now());
        }
        if (asked.empty()) {
            break;
        }
        const ssize_t got = recv(client.descriptor, buffer.data(), buffer.size(), 0);
        if (got <= 0) {
            ++result.failures[sentence("association lost")];
            break;
        }
        const OctetView answer = std::span{buffer}.first(static_cast<std::size_t>(got));
        if (asking.isNone != nullptr && asking.isNone(answer)) {
            continue;
        }
        now = Clock::now();
        if (asking.fits != nullptr && !asking.fits(answer)) {
            ++result.failures["another answer than was asked for"];
            break;
        }
        result.latency.add(now - asked.front());
        asked.pop_front();
        ++result.answered;
    }
    result.took = now - begin;
    return result;
}

} // namespace kolam::floor
