// SPDX-License-Identifier: GPL-3.0-or-later
// What a program that uses the C API would tell of itself to those who monitor: rsp_csp_...().
// Next door: library.h, whose sockets are asked.
#include "core/api/c/library.h"
#include "kolam/rserpool.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace kolam::rsp {

namespace {

constexpr std::size_t longestStatus = 127; // octets, as a CSP report has them

/// CID_COMPOUND, without the casts that it makes in C.
constexpr std::uint64_t componentId(std::uint64_t group, std::uint64_t object) {
    return group << 56 | (object & 0x00ff'ffff'ffff'ffff);
}

Outcome<void> setStatus(int sd, const char* text) {
    const auto socket = Library::socket(sd);
    if (!socket || text == nullptr) {
        return failure(!socket ? socket.error() : EINVAL);
    }
    (*socket)->change([&](Socket::Options& options) { options.status.assign(text, ::strnlen(text, longestStatus)); });
    return {};
}

struct Status {
    std::uint64_t identifier = 0;
    std::string text;
    double workload = -1; // none
    std::size_t sessions = 0;
};

Outcome<Status> status() {
    const auto library = Library::get();
    if (!library) {
        return failure(library.error());
    }
    Status status;
    std::uint32_t element = 0;
    for (const auto& socket : (*library)->descriptors().sockets()) {
        const std::string text = socket->options().status;
        status.text = text.empty() ? status.text : text;
        if (const auto served = socket->roleAs<ElementRole>()) {
            status.workload = std::max(status.workload, served->currentLoad());
            status.sessions += served->sessionCount();
            element = served->ownName()->element;
        } else if (socket->roleAs<UserRole>()) {
            ++status.sessions;
        }
    }
    status.identifier = element != 0 ? componentId(CID_GROUP_POOLELEMENT, element)
                                     : componentId(CID_GROUP_POOLUSER, (*library)->cspIdentifier());
    if (status.text.empty()) {
        status.text = std::to_string(status.sessions) + (status.sessions == 1 ? " session" : " sessions");
    }
    return status;
}

Outcome<std::size_t> writeStatus(std::uint64_t* identifier, char* text, std::size_t size, double* workload) {
    if (identifier == nullptr || workload == nullptr || text == nullptr || size == 0) {
        return failure(EINVAL);
    }
    const auto now = status();
    if (!now) {
        return failure(now.error());
    }
    *identifier = now->identifier;
    *workload = now->workload;
    const std::size_t length = std::min(size - 1, now->text.size());
    std::memcpy(text, now->text.data(), length);
    text[length] = '\0';
    return now->sessions;
}

} // namespace

} // namespace kolam::rsp

// ---- What the header declares ----

using namespace kolam::rsp;

int rsp_csp_setstatus(int sd, rserpool_session_t, const char* statusText) {
    return answer<int>(setStatus(sd, statusText));
}

int rsp_csp_getcomponentstatus(uint64_t* identifier, char* statusText, size_t size, double* workload) {
    return answer<int>(writeStatus(identifier, statusText, size, workload));
}
