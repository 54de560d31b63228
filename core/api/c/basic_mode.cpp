// SPDX-License-Identifier: GPL-3.0-or-later
// Basic Mode of the C API: who is in a pool, registrations of services that speak for themselves, reports of failures.
// Next door: sockets.cpp, Enhanced Mode.
#include "core/api/c/addresses.h"
#include "core/api/c/library.h"
#include "core/api/c/words.h"
#include "core/api/cpp/mailbox.h"
#include "kolam/rserpool_tags.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <optional>

namespace kolam::rsp {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostItems = 128; // that registrars answer with

/// Something that the library's thread answers with, and another thread waits for. Shared: who waits may give up.
template <typename T>
class Awaited {
public:
    void set(T value) {
        const std::lock_guard guard{m_lock};
        m_value = std::move(value);
        m_changed.notify_all();
    }
    [[nodiscard]] std::optional<T> wait(const std::function<bool(const T&)>& wanted) {
        std::unique_lock lock{m_lock};
        (void)api::Deadline{poolPatience}.wait(m_changed, lock, [&] { return m_value && wanted(*m_value); });
        return m_value;
    }

private:
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::optional<T> m_value;
};

// ---- Who is in a pool ----

using Elements = api::Result<std::vector<api::Element>>;

Outcome<std::vector<api::Element>> resolve(const Outcome<std::string>& pool, std::size_t items) {
    const auto library = Library::get();
    if (!library || !pool) {
        return failure(!library ? library.error() : pool.error());
    }
    const auto count = static_cast<std::uint32_t>(std::clamp<std::size_t>(items, 1, mostItems));
    const auto answer = std::make_shared<Awaited<Elements>>();
    (*library)->core()->thread->call([&] {
        (*library)->core()->instance->resolve(*pool, count, [answer](const Elements& told) { answer->set(told); });
    });
    const auto told = answer->wait([](const Elements&) { return true; });
    if (!told) {
        return failure(ETIMEDOUT);
    }
    return *told ? Outcome<std::vector<api::Element>>{**told} : failure(errnoOf(told->error()));
}

/// Null: no memory.
rsp_addrinfo* entryOf(const api::Element& element) {
    auto* const entry = static_cast<rsp_addrinfo*>(std::calloc(1, sizeof(rsp_addrinfo)));
    const Packed packed = entry != nullptr ? pack(element.address) : Packed{};
    if (packed.addresses == nullptr) {
        std::free(entry);
        return nullptr;
    }
    entry->ai_family = packed.firstFamily;
    entry->ai_socktype = element.protocol == api::Protocol::Sctp  ? SOCK_SEQPACKET
                         : element.protocol == api::Protocol::Tcp ? SOCK_STREAM
                                                                  : SOCK_DGRAM;
    entry->ai_protocol = element.protocol == api::Protocol::Sctp  ? IPPROTO_SCTP
                         : element.protocol == api::Protocol::Tcp ? IPPROTO_TCP
                                                                  : IPPROTO_UDP;
    entry->ai_addrlen = packed.firstLength;
    entry->ai_addrs = packed.count;
    entry->ai_addr = packed.addresses;
    entry->ai_pe_id = std::to_underlying(element.id);
    return entry;
}

int listElements(const Outcome<std::vector<api::Element>>& found, rsp_addrinfo** list) {
    if (!found) {
        errno = found.error();
        return found.error() == ENOENT ? REAI_NONAME : REAI_SYSTEM;
    }
    rsp_addrinfo** end = list;
    for (const api::Element& element : *found) {
        *end = entryOf(element);
        if (*end == nullptr) {
            rsp_freeaddrinfo(*list);
            *list = nullptr;
            return REAI_MEMORY;
        }
        end = &(*end)->ai_next;
    }
    return static_cast<int>(found->size());
}

// ---- Registrations ----

Outcome<api::Protocol> protocolOf(int protocol) {
    switch (protocol) {
    case IPPROTO_SCTP: return api::Protocol::Sctp;
    case IPPROTO_TCP: return api::Protocol::Tcp;
    case IPPROTO_UDP: return api::Protocol::Udp;
    default: return failure(EPROTONOSUPPORT);
    }
}

Outcome<api::RegistrationRequest> requestOf(const std::string& pool, const rsp_addrinfo& address,
                                            const rsp_loadinfo* load, unsigned int life) {
    const auto where = addressOf(address.ai_addr, address.ai_addrs);
    const auto protocol = protocolOf(address.ai_protocol);
    if (!where || !protocol) {
        return failure(!where ? where.error() : protocol.error());
    }
    constexpr int renewalsOfALife = 3; // so that two may be lost
    const std::chrono::milliseconds lasting{life};
    api::RegistrationRequest request;
    request.pool = pool;
    request.id = api::ElementId{address.ai_pe_id};
    request.policy = policyOf(load);
    request.protocol = *protocol;
    request.address = *where;
    request.renewal = lasting / renewalsOfALife;
    request.life = lasting;
    return request;
}

using Status = std::shared_ptr<Awaited<api::RegistrationStatus>>;

/// On the library's thread: the new load of one that is registered, or a new one.
Outcome<std::uint32_t> enter(Library& library, const api::RegistrationRequest& request, const Status& status) {
    const auto known = library.registrations.find({request.pool, std::to_underlying(request.id)});
    if (known != library.registrations.end()) {
        if (const auto told = known->second->setPolicy(request.policy); !told) {
            return failure(errnoOf(told.error()));
        }
        status->set(known->second->status());
        return std::to_underlying(request.id);
    }
    auto started = api::Registration::start(*library.core()->instance, request);
    if (!started) {
        return failure(errnoOf(started.error()));
    }
    const std::uint32_t id = std::to_underlying((*started)->id());
    (*started)->onStatus([status](const auto& now) { status->set(now); });
    library.registrations[{request.pool, id}] = std::move(*started);
    return id;
}

Outcome<void> registerService(const Outcome<std::string>& pool, rsp_addrinfo* address, const rsp_loadinfo* load,
                              unsigned int life, int flags) {
    const auto library = Library::get();
    if (!library || !pool) {
        return failure(!library ? library.error() : pool.error());
    }
    if (address == nullptr || (flags & ~(REGF_DONTWAIT | REGF_CONTROLCHANNEL | REGF_DAEMONMODE)) != 0) {
        return failure(EINVAL);
    }
    const auto request = requestOf(*pool, *address, load, life);
    if (!request) {
        return failure(request.error());
    }
    const Status status = std::make_shared<Awaited<api::RegistrationStatus>>();
    const auto entered = (*library)->core()->thread->call([&] { return enter(**library, *request, status); });
    if (!entered) {
        return failure(entered.error());
    }
    address->ai_pe_id = *entered;
    if ((flags & REGF_DONTWAIT) != 0) {
        return {};
    }
    using State = api::RegistrationState;
    const auto now = status->wait([](const api::RegistrationStatus& told) {
        return told.state == State::Registered || told.state == State::Rejected;
    });
    if ((now && now->state == State::Registered) || (flags & REGF_DAEMONMODE) != 0) {
        return {};
    }
    (*library)->core()->thread->call([&] { (*library)->registrations.erase({*pool, *entered}); });
    return failure(!now || now->state == State::Looking ? ENETUNREACH
                   : now->state == State::Rejected      ? EPERM
                                                        : ETIMEDOUT);
}

Outcome<void> deregisterService(const Outcome<std::string>& pool, std::uint32_t identifier, int flags) {
    const auto library = Library::get();
    if (!library || !pool) {
        return failure(!library ? library.error() : pool.error());
    }
    if ((flags & ~DEREGF_DONTWAIT) != 0) {
        return failure(EINVAL);
    }
    const Status status = std::make_shared<Awaited<api::RegistrationStatus>>();
    const bool known = (*library)->core()->thread->call([&] {
        const auto found = (*library)->registrations.find({*pool, identifier});
        if (found == (*library)->registrations.end()) {
            return false;
        }
        found->second->onStatus([status](const auto& now) { status->set(now); });
        // It is forgotten when it has left; until then the library has it.
        const std::weak_ptr<Library> weak = *library;
        found->second->leave([weak, key = found->first] {
            if (const auto self = weak.lock()) {
                self->registrations.erase(key);
            }
        });
        return true;
    });
    if (!known) {
        return failure(ENOENT);
    }
    if ((flags & DEREGF_DONTWAIT) != 0) {
        return {};
    }
    using State = api::RegistrationState;
    const auto now = status->wait([](const api::RegistrationStatus& told) { return told.state == State::Left; });
    return now && now->state == State::Left && now->detail.empty() ? Outcome<void>{} : failure(ETIMEDOUT);
}

Outcome<void> reportFailure(const Outcome<std::string>& pool, std::uint32_t identifier) {
    const auto library = Library::get();
    if (!library || !pool) {
        return failure(!library ? library.error() : pool.error());
    }
    if (identifier == 0) {
        return failure(EINVAL);
    }
    (*library)->core()->thread->call(
        [&] { (*library)->core()->instance->reportFailure(*pool, api::ElementId{identifier}); });
    return {};
}

/// Functions of an unsigned type return the errno, as there is no -1.
unsigned int number(const Outcome<void>& outcome) {
    if (!outcome) {
        errno = outcome.error();
        return static_cast<unsigned int>(outcome.error());
    }
    return 0;
}

} // namespace

} // namespace kolam::rsp

// ---- What the header declares ----

using namespace kolam::rsp;

unsigned int rsp_pe_registration(const unsigned char* poolHandle, const size_t poolHandleSize,
                                 struct rsp_addrinfo* rspAddrInfo, const struct rsp_loadinfo* rspLoadInfo,
                                 unsigned int registrationLife, const int flags) {
    return number(
        registerService(poolOf(poolHandle, poolHandleSize), rspAddrInfo, rspLoadInfo, registrationLife, flags));
}

unsigned int rsp_pe_registration_tags(const unsigned char* poolHandle, const size_t poolHandleSize,
                                      struct rsp_addrinfo* rspAddrInfo, const struct rsp_loadinfo* rspLoadInfo,
                                      const unsigned int registrationLife, const int flags, struct TagItem*) {
    return rsp_pe_registration(poolHandle, poolHandleSize, rspAddrInfo, rspLoadInfo, registrationLife, flags);
}

unsigned int rsp_pe_deregistration(const unsigned char* poolHandle, const size_t poolHandleSize,
                                   const uint32_t identifier, const int flags) {
    return number(deregisterService(poolOf(poolHandle, poolHandleSize), identifier, flags));
}

unsigned int rsp_pe_deregistration_tags(const unsigned char* poolHandle, const size_t poolHandleSize,
                                        const uint32_t identifier, const int flags, struct TagItem*) {
    return rsp_pe_deregistration(poolHandle, poolHandleSize, identifier, flags);
}

unsigned int rsp_pe_failure(const unsigned char* poolHandle, const size_t poolHandleSize, const uint32_t identifier) {
    return number(reportFailure(poolOf(poolHandle, poolHandleSize), identifier));
}

unsigned int rsp_pe_failure_tags(const unsigned char* poolHandle, const size_t poolHandleSize,
                                 const uint32_t identifier, struct TagItem*) {
    return rsp_pe_failure(poolHandle, poolHandleSize, identifier);
}

int rsp_getaddrinfo(const unsigned char* poolHandle, const size_t poolHandleSize,
                    struct rsp_addrinfo** rserpoolAddrInfo, const size_t items, const unsigned int) {
    if (rserpoolAddrInfo == nullptr) {
        errno = EINVAL;
        return REAI_SYSTEM;
    }
    *rserpoolAddrInfo = nullptr;
    return listElements(resolve(poolOf(poolHandle, poolHandleSize), items), rserpoolAddrInfo);
}

int rsp_getaddrinfo_tags(const unsigned char* poolHandle, const size_t poolHandleSize,
                         struct rsp_addrinfo** rserpoolAddrInfo, const size_t items, const unsigned int staleCacheValue,
                         struct TagItem*) {
    return rsp_getaddrinfo(poolHandle, poolHandleSize, rserpoolAddrInfo, items, staleCacheValue);
}

void rsp_freeaddrinfo(struct rsp_addrinfo* rserpoolAddrInfo) {
    while (rserpoolAddrInfo != nullptr) {
        rsp_addrinfo* const next = rserpoolAddrInfo->ai_next;
        std::free(rserpoolAddrInfo->ai_addr);
        std::free(rserpoolAddrInfo);
        rserpoolAddrInfo = next;
    }
}
