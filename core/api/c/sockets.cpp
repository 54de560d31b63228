// SPDX-License-Identifier: GPL-3.0-or-later
// rsp_socket() and what makes something of a socket: bind, listen, register, accept, connect, failover, close.
// Next door: messages.cpp, what goes through it; poll.cpp, waiting for it.
#include "core/api/c/addresses.h"
#include "core/api/c/library.h"
#include "core/api/c/session_role.h"
#include "core/api/c/words.h"
#include "core/api/cpp/instance_impl.h"
#include "kolam/rserpool_tags.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <random>
#include <unistd.h>

namespace kolam::rsp {

namespace {

using std::chrono::milliseconds;

Outcome<int> open(int domain, int type, int protocol) {
    const auto library = Library::get();
    if (!library) {
        return failure(library.error());
    }
    if (domain != AF_UNSPEC && domain != AF_INET && domain != AF_INET6) {
        return failure(EAFNOSUPPORT);
    }
    if (type != SOCK_STREAM && type != SOCK_SEQPACKET) {
        return failure(EINVAL);
    }
    if (protocol != 0 && protocol != IPPROTO_SCTP) {
        return failure(EPROTONOSUPPORT);
    }
    return (*library)->descriptors().add({.socket = std::make_shared<Socket>(type == SOCK_SEQPACKET)});
}

Outcome<void> tune(int sd, rserpool_session_parameters* parameters) {
    const auto library = Library::get();
    const auto socket = Library::socket(sd);
    if (!socket || parameters == nullptr) {
        return failure(!socket ? socket.error() : EINVAL);
    }
    constexpr unsigned int mostRetransmissions = std::numeric_limits<std::uint16_t>::max();
    if (parameters->sp_assoc_max_rxt > mostRetransmissions || parameters->sp_path_max_rxt > mostRetransmissions) {
        return failure(EINVAL);
    }
    api::Liveness wanted;
    (*socket)->change([&](Socket::Options& options) {
        const auto take = [](api::Duration& into, unsigned int from) {
            if (from != 0) {
                into = milliseconds{from};
            }
        };
        const auto count = [](std::uint16_t& into, unsigned int from) {
            if (from != 0) {
                into = static_cast<std::uint16_t>(from);
            }
        };
        take(options.liveness.rtoInitial, parameters->sp_rto_initial);
        take(options.liveness.rtoMin, parameters->sp_rto_min);
        take(options.liveness.rtoMax, parameters->sp_rto_max);
        take(options.liveness.heartbeat, parameters->sp_hbinterval);
        count(options.liveness.associationMaxRetransmissions, parameters->sp_assoc_max_rxt);
        count(options.liveness.pathMaxRetransmissions, parameters->sp_path_max_rxt);
        wanted = options.liveness;
    });
    const auto counts = (*library)->core()->thread->call(
        [&] { return (*library)->core()->instance->impl().profileFor(wanted).liveness; });
    const auto inMilliseconds = [](Duration duration) {
        return static_cast<unsigned int>(std::chrono::duration_cast<milliseconds>(duration).count());
    };
    *parameters = {.sp_rto_initial = inMilliseconds(counts.rtoInitial),
                   .sp_rto_min = inMilliseconds(counts.rtoMin),
                   .sp_rto_max = inMilliseconds(counts.rtoMax),
                   .sp_assoc_max_rxt = counts.associationMaxRetransmissions,
                   .sp_path_max_rxt = counts.pathMaxRetransmissions,
                   .sp_hbinterval = inMilliseconds(counts.heartbeat)};
    return {};
}

Outcome<void> bindTo(int sd, const sockaddr* addresses, int count) {
    const auto socket = Library::socket(sd);
    if (!socket || count < 0) {
        return failure(!socket ? socket.error() : EINVAL);
    }
    if ((*socket)->role()) {
        return failure(EISCONN);
    }
    api::Address address;
    if (count > 0) {
        auto read = addressOf(addresses, static_cast<std::size_t>(count));
        if (!read) {
            return failure(read.error());
        }
        address = std::move(*read);
    }
    // What the instance would refuse later is refused here, where the mistake is.
    const auto library = Library::get();
    if (!library) {
        return failure(library.error());
    }
    const auto checked =
        (*library)->core()->thread->call([&] { return (*library)->core()->instance->impl().hostsFor(address.hosts); });
    if (!checked) {
        return failure(errnoOf(checked.error()));
    }
    (*socket)->change([&](Socket::Options& options) { options.address = std::move(address); });
    return {};
}

Outcome<void> listenAt(int sd, int backlog) {
    const auto socket = Library::socket(sd);
    if (!socket || backlog < 0) {
        return failure(!socket ? socket.error() : EINVAL);
    }
    const auto role = (*socket)->role();
    if (const auto element = std::dynamic_pointer_cast<ElementRole>(role)) {
        element->listen(backlog);
    } else if (role) {
        return failure(EISCONN);
    }
    (*socket)->change([&](Socket::Options& options) { options.backlog = backlog; });
    return {};
}

Outcome<void> registerElement(int sd, const Outcome<std::string>& pool, const rsp_loadinfo* info, unsigned int interval,
                              int flags, std::uint32_t identifier) {
    const auto library = Library::get();
    const auto socket = Library::socket(sd);
    if (!socket || !pool) {
        return failure(!socket ? socket.error() : pool.error());
    }
    if ((flags & ~(REGF_DONTWAIT | REGF_CONTROLCHANNEL | REGF_DAEMONMODE)) != 0) {
        return failure(EINVAL);
    }
    if (const auto element = (*socket)->roleAs<ElementRole>()) {
        if (!element->isIn(*pool)) {
            return failure(EISCONN); // an element is in one pool
        }
        if (const auto updated = element->update(policyOf(info)); updated || updated.error() != ENOTCONN) {
            return updated;
        }
        (*socket)->forget(); // it has left, and enters once more
    }
    const Socket::Options options = (*socket)->options();
    ElementRole::Config config;
    config.server = {.pool = *pool,
                     .id = api::ElementId{identifier},
                     .policy = policyOf(info),
                     .address = options.address,
                     .renewal = milliseconds{interval},
                     .liveness = options.liveness};
    config.oneInput = options.oneInput;
    config.backlog = options.backlog;
    config.wait = (flags & REGF_DONTWAIT) == 0;
    config.daemon = (flags & REGF_DAEMONMODE) != 0;
    const auto element = ElementRole::enter((*library)->core(), config);
    if (!element) {
        return failure(element.error());
    }
    (*library)->remember(*element);
    (*library)->report(CID_GROUP_POOLELEMENT, (*element)->ownName()->element);
    const auto became = (*socket)->become(*element);
    if (!became) {
        (*element)->abandon();
    }
    return became;
}

Outcome<void> deregisterElement(int sd, int flags) {
    const auto socket = Library::socket(sd);
    if (!socket) {
        return failure(socket.error());
    }
    if ((flags & ~DEREGF_DONTWAIT) != 0) {
        return failure(EINVAL);
    }
    const auto element = (*socket)->roleAs<ElementRole>();
    return element ? element->leave((flags & DEREGF_DONTWAIT) == 0) : failure(ENOTCONN);
}

Outcome<int> acceptSession(int sd, int timeout) {
    const auto library = Library::get();
    const auto socket = Library::socket(sd);
    if (!socket) {
        return failure(socket.error());
    }
    const auto element = (*socket)->roleAs<ElementRole>();
    if (!element) {
        return failure(EINVAL);
    }
    const auto channel = element->accept(timeout);
    if (!channel) {
        return failure(channel.error());
    }
    auto accepted = std::make_shared<Socket>(false);
    (void)accepted->become(std::make_shared<SessionRole>(*channel, element->ownName().value_or(Name{})));
    const auto number = (*library)->descriptors().add({.socket = accepted});
    if (!number) {
        accepted->close(); // nobody could ever read from it
    }
    return number;
}

Outcome<void> connectTo(int sd, const Outcome<std::string>& pool, int timeout) {
    const auto library = Library::get();
    const auto socket = Library::socket(sd);
    if (!socket || !pool) {
        return failure(!socket ? socket.error() : pool.error());
    }
    if ((*socket)->role()) {
        return failure(EISCONN);
    }
    const Socket::Options options = (*socket)->options();
    const auto user = UserRole::connect(
        (*library)->core(),
        {.pool = *pool, .liveness = options.liveness, .notifications = options.oneInput, .connectTimeout = timeout});
    if (!user) {
        return failure(user.error());
    }
    (*library)->report(CID_GROUP_POOLUSER, std::random_device{}());
    return (*socket)->become(*user);
}

Outcome<std::shared_ptr<UserRole>> userOf(int sd) {
    const auto socket = Library::socket(sd);
    if (!socket) {
        return failure(socket.error());
    }
    auto user = (*socket)->roleAs<UserRole>();
    return user ? Outcome<std::shared_ptr<UserRole>>{std::move(user)} : failure(ENOTCONN);
}

Outcome<void> failOver(int sd, unsigned int flags, int timeout) {
    const auto user = userOf(sd);
    if (!user || (flags & ~static_cast<unsigned int>(FFF_UNREACHABLE)) != 0) {
        return failure(!user ? user.error() : EINVAL);
    }
    return (*user)->forceFailover((flags & FFF_UNREACHABLE) != 0, timeout);
}

Outcome<void> writeName(const Outcome<Name>& name, unsigned char* handle, std::size_t* size,
                        std::uint32_t* identifier) {
    if (!name) {
        return failure(name.error());
    }
    if (handle != nullptr || size != nullptr) {
        if (handle == nullptr || size == nullptr) {
            return failure(EINVAL);
        }
        if (*size < name->pool.size()) {
            return failure(ENOBUFS);
        }
        std::memcpy(handle, name->pool.data(), name->pool.size());
        *size = name->pool.size();
    }
    if (identifier != nullptr) {
        *identifier = name->element;
    }
    return {};
}

Outcome<Name> nameOf(int sd, Outcome<Name> (Role::*which)() const) {
    const auto socket = Library::socket(sd);
    if (!socket) {
        return failure(socket.error());
    }
    const auto role = (*socket)->role();
    return role ? (role.get()->*which)() : failure(ENOTCONN);
}

Outcome<void> closeDescriptor(int sd) {
    const auto library = Library::get();
    if (!library) {
        return failure(library.error());
    }
    const auto entry = (*library)->descriptors().remove(sd);
    if (!entry) {
        return failure(entry.error());
    }
    if (entry->socket) {
        entry->socket->close();
        (*library)->core()->bell.ring(); // who polls it must see that it is gone
        return {};
    }
    return ::close(entry->system) == 0 ? Outcome<void>{} : failure(errno);
}

int timeoutIn(TagItem* tags) {
    constexpr tagdata_t usual = 5'000;
    const tagdata_t wanted = tagListGetData(tags, TAG_RspSession_ConnectTimeout, usual);
    return static_cast<int>(std::min<tagdata_t>(wanted, std::numeric_limits<int>::max()));
}

} // namespace

} // namespace kolam::rsp

// ---- What the header declares ----

using namespace kolam::rsp;

int rsp_socket(int domain, int type, int protocol) {
    return answer<int>(open(domain, type, protocol));
}

int rsp_update_session_parameters(int sd, struct rserpool_session_parameters* params) {
    return answer<int>(tune(sd, params));
}

int rsp_bind(int sd, const struct sockaddr* addrs, int addrcnt) {
    return answer<int>(bindTo(sd, addrs, addrcnt));
}

int rsp_listen(int sd, int backlog) {
    return answer<int>(listenAt(sd, backlog));
}

int rsp_register(int sd, const unsigned char* poolHandle, const size_t poolHandleSize,
                 const struct rsp_loadinfo* loadinfo, unsigned int reregistrationInterval, int flags) {
    return rsp_register_tags(sd, poolHandle, poolHandleSize, loadinfo, reregistrationInterval, flags, nullptr);
}

int rsp_register_tags(int sd, const unsigned char* poolHandle, const size_t poolHandleSize,
                      const struct rsp_loadinfo* loadinfo, const unsigned int reregistrationInterval, const int flags,
                      struct TagItem* tags) {
    return answer<int>(
        registerElement(sd, poolOf(poolHandle, poolHandleSize), loadinfo, reregistrationInterval, flags,
                        static_cast<std::uint32_t>(tagListGetData(tags, TAG_PoolElement_Identifier, 0))));
}

int rsp_deregister(int sd, int flags) {
    return answer<int>(deregisterElement(sd, flags));
}

int rsp_deregister_tags(int sd, int flags, struct TagItem*) {
    return rsp_deregister(sd, flags);
}

int rsp_accept(int sd, int timeout) {
    return answer<int>(acceptSession(sd, timeout));
}

int rsp_accept_tags(int sd, int timeout, struct TagItem*) {
    return rsp_accept(sd, timeout);
}

int rsp_connect(int sd, const unsigned char* poolHandle, const size_t poolHandleSize,
                const unsigned int staleCacheValue) {
    return rsp_connect_tags(sd, poolHandle, poolHandleSize, staleCacheValue, nullptr);
}

int rsp_connect_tags(int sd, const unsigned char* poolHandle, const size_t poolHandleSize, const unsigned int,
                     struct TagItem* tags) {
    return answer<int>(connectTo(sd, poolOf(poolHandle, poolHandleSize), timeoutIn(tags)));
}

int rsp_has_cookie(int sd) {
    const auto user = userOf(sd);
    return answer<int>(user ? Outcome<int>{(*user)->hasCookie() ? 1 : 0} : failure(user.error()));
}

int rsp_forcefailover(int sd, const unsigned int flags, const unsigned int staleCacheValue) {
    return rsp_forcefailover_tags(sd, flags, staleCacheValue, nullptr);
}

int rsp_forcefailover_tags(int sd, const unsigned int flags, const unsigned int, struct TagItem* tags) {
    return answer<int>(failOver(sd, flags, timeoutIn(tags)));
}

int rsp_getsockname(int sd, unsigned char* poolHandle, size_t* poolHandleSize, uint32_t* identifier) {
    return answer<int>(writeName(nameOf(sd, &Role::ownName), poolHandle, poolHandleSize, identifier));
}

int rsp_getpeername(int sd, unsigned char* poolHandle, size_t* poolHandleSize, uint32_t* identifier) {
    return answer<int>(writeName(nameOf(sd, &Role::peerName), poolHandle, poolHandleSize, identifier));
}

int rsp_close(int sd) {
    return answer<int>(closeDescriptor(sd));
}
