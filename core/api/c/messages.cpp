// SPDX-License-Identifier: GPL-3.0-or-later
// Sending and receiving, at sockets of the C API and at mapped descriptors of the system.
// Next door: role.h, who does it; input.h, where what was received waits.
#include "core/api/c/library.h"
#include "kolam/rserpool.h"

#include <cstring>
#include <unistd.h>

namespace kolam::rsp {

namespace {

// SCTP's flags, with the numbers that netinet/sctp.h of Linux has for them.
constexpr unsigned int sctpAbort = 0x0004;
constexpr unsigned int sctpEof = MSG_FIN;

Outcome<std::shared_ptr<Role>> roleOf(int sd) {
    const auto socket = Library::socket(sd);
    if (!socket) {
        return failure(socket.error());
    }
    auto role = (*socket)->role();
    return role ? Outcome<std::shared_ptr<Role>>{std::move(role)} : failure(ENOTCONN);
}

Outcome<std::size_t> receive(int sd, Want want, void* buffer, std::size_t length, int flags) {
    const auto role = roleOf(sd);
    if (!role || buffer == nullptr || length == 0) {
        return failure(!role ? role.error() : EINVAL);
    }
    want.buffer = {static_cast<std::byte*>(buffer), length};
    want.peek = (flags & MSG_PEEK) != 0;
    want.timeout = (flags & MSG_DONTWAIT) != 0 ? 0 : want.timeout;
    return (*role)->receive(want);
}

Outcome<std::size_t> send(int sd, const void* data, std::size_t length, Send send) {
    const auto role = roleOf(sd);
    if (!role || (data == nullptr && length > 0)) {
        return failure(!role ? role.error() : EINVAL);
    }
    send.data = {static_cast<const std::byte*>(data), length};
    return (*role)->send(send);
}

Outcome<std::size_t> sendCookie(int sd, const unsigned char* cookie, std::size_t length, rserpool_session_t session,
                                int timeout) {
    const auto role = roleOf(sd);
    if (!role || cookie == nullptr || length == 0) {
        return failure(!role ? role.error() : EINVAL);
    }
    return (*role)->sendCookie(std::as_bytes(std::span{cookie, length}), session, timeout);
}

/// The system's descriptor behind a number; -1: there is none.
int mappedTo(int number) {
    const auto library = Library::get();
    const auto entry = library ? (*library)->descriptors().find(number) : failure(library.error());
    return entry ? entry->system : -1;
}

} // namespace

} // namespace kolam::rsp

// ---- What the header declares ----

using namespace kolam::rsp;

ssize_t rsp_sendmsg(int sd, const void* data, size_t dataLength, unsigned int msg_flags, rserpool_session_t sessionID,
                    uint32_t sctpPPID, uint16_t, uint32_t, uint16_t sctpFlags, int timeout) {
    return answer<ssize_t>(send(sd, data, dataLength,
                                {.data = {},
                                 .ppid = sctpPPID,
                                 .session = sessionID,
                                 .thenEnd = (sctpFlags & sctpEof) != 0,
                                 .abort = (sctpFlags & sctpAbort) != 0,
                                 .timeout = (msg_flags & MSG_DONTWAIT) != 0 ? 0 : timeout}));
}

ssize_t rsp_send_cookie(int sd, const unsigned char* cookie, const size_t cookieSize, rserpool_session_t sessionID,
                        int timeout) {
    return answer<ssize_t>(sendCookie(sd, cookie, cookieSize, sessionID, timeout));
}

ssize_t rsp_recvmsg(int sd, void* buffer, size_t bufferLength, struct rsp_sndrcvinfo* rinfo, int* msg_flags,
                    int timeout) {
    const int flags = msg_flags != nullptr ? *msg_flags : 0;
    return answer<ssize_t>(receive(
        sd, {.buffer = {}, .info = rinfo, .flags = msg_flags, .plain = msg_flags == nullptr, .timeout = timeout},
        buffer, bufferLength, flags));
}

ssize_t rsp_recvfullmsg(int sd, void* buffer, size_t bufferLength, struct rsp_sndrcvinfo* rinfo, int* msg_flags,
                        int timeout) {
    return rsp_recvmsg(sd, buffer, bufferLength, rinfo, msg_flags, timeout); // messages come whole
}

ssize_t rsp_read(int fd, void* buffer, size_t bufferLength) {
    const int mapped = mappedTo(fd);
    return mapped >= 0 ? ::read(mapped, buffer, bufferLength) : rsp_recv(fd, buffer, bufferLength, 0);
}

ssize_t rsp_recv(int sd, void* buffer, size_t bufferLength, int flags) {
    const int mapped = mappedTo(sd);
    if (mapped >= 0) {
        return ::recv(mapped, buffer, bufferLength, flags);
    }
    return answer<ssize_t>(receive(sd, {.buffer = {}, .plain = true, .timeout = -1}, buffer, bufferLength, flags));
}

ssize_t rsp_rcv(int sd, void* buffer, size_t bufferLength, int flags) {
    return rsp_recv(sd, buffer, bufferLength, flags);
}

ssize_t rsp_write(int fd, const char* data, size_t dataLength) {
    const int mapped = mappedTo(fd);
    return mapped >= 0 ? ::write(mapped, data, dataLength) : rsp_send(fd, data, dataLength, 0);
}

ssize_t rsp_send(int sd, const void* data, size_t dataLength, int flags) {
    const int mapped = mappedTo(sd);
    if (mapped >= 0) {
        return ::send(mapped, data, dataLength, flags);
    }
    return rsp_sendmsg(sd, data, dataLength, static_cast<unsigned int>(flags), 0, 0, 0, 0, 0, -1);
}
