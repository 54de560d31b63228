// SPDX-License-Identifier: GPL-3.0-or-later
// What a program that uses the C API would tell of itself to those who monitor: rsp_csp_...().
// Next door: library.h, whose sockets are asked.
#include "core/api/c/library.h"
#include "core/api/cpp/instance_impl.h"
#include "kolam/rserpool.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace kolam::rsp {

namespace {

constexpr std::size_t longestStatus = 127; // octets, as a CSP report has them

Outcome<void> setStatus(int sd, const char* text) {
    const auto socket = Library::socket(sd);
    if (!socket || text == nullptr) {
        return failure(!socket ? socket.error() : EINVAL);
    }
    (*socket)->change([&](Socket::Options& options) { options.status.assign(text, ::strnlen(text, longestStatus)); });
    return {};
}

/// The text that the program has set last, if any.
std::string textOf(const std::vector<std::shared_ptr<Socket>>& sockets) {
    std::string text;
    for (const auto& socket : sockets) {
        std::string one = socket->options().status;
        text = one.empty() ? std::move(text) : std::move(one);
    }
    return text;
}

Outcome<int> writeStatus(std::uint64_t* identifier, char* text, std::size_t size, double* workload) {
    if (identifier == nullptr || workload == nullptr || text == nullptr || size == 0) {
        return failure(EINVAL);
    }
    const auto library = Library::get();
    if (!library) {
        return failure(library.error());
    }
    const telemetry::CspContent content = (*library)->core()->thread->call([&] { return cspContent(**library); });
    *identifier = (*library)->cspIdentifier();
    *workload = content.workload == wire::CspReport::noWorkload ? -1 : content.workload / 65534.0;
    const std::size_t length = std::min(size - 1, content.status.size());
    std::memcpy(text, content.status.data(), length);
    text[length] = '\0';
    int sessions = 0;
    for (const auto& socket : (*library)->descriptors().sockets()) {
        const auto element = socket->roleAs<ElementRole>();
        sessions += element ? static_cast<int>(element->sessionCount()) : socket->roleAs<UserRole>() ? 1 : 0;
    }
    return sessions;
}

} // namespace

telemetry::CspContent cspContent(Library& library) {
    const auto sockets = library.descriptors().sockets();
    telemetry::CspContent all = library.core()->instance->impl().cspContent();
    for (const auto& socket : sockets) {
        if (const auto element = socket->roleAs<ElementRole>()) {
            telemetry::CspContent content = element->cspContent();
            all.status = std::move(content.status);
            all.workload = content.workload;
            all.associations.insert(all.associations.end(), content.associations.begin(), content.associations.end());
        }
    }
    if (std::string text = textOf(sockets); !text.empty()) {
        all.status = std::move(text);
    }
    return all;
}

} // namespace kolam::rsp

// ---- What the header declares ----

using namespace kolam::rsp;

int rsp_csp_setstatus(int sd, rserpool_session_t, const char* statusText) {
    return answer<int>(setStatus(sd, statusText));
}

int rsp_csp_getcomponentstatus(uint64_t* identifier, char* statusText, size_t size, double* workload) {
    return answer<int>(writeStatus(identifier, statusText, size, workload));
}
