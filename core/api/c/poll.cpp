// SPDX-License-Identifier: GPL-3.0-or-later
// rsp_poll() and rsp_select(): sockets of the C API and mapped descriptors of the system, waited for together.
// Next door: bell.h, which wakes who waits; descriptors.h, the numbers.
#include "core/api/c/library.h"
#include "core/api/cpp/mailbox.h"
#include "kolam/rserpool.h"

#include <array>
#include <chrono>
#include <limits>
#include <vector>

namespace kolam::rsp {

namespace {

constexpr short alwaysTold = POLLERR | POLLHUP | POLLNVAL;

/// One call of rsp_poll(): what the system has to be asked, and where the answers belong.
class Poll {
public:
    Poll(Library& library, std::span<pollfd> wanted) : m_library(library), m_wanted(wanted) {}

    /// Looks at all sockets. @return how many have events.
    int look() {
        m_system.clear();
        m_places.clear();
        int ready = 0;
        for (pollfd& one : m_wanted) {
            one.revents = 0;
            if (one.fd < 0) {
                continue;
            }
            const auto entry = m_library.descriptors().find(one.fd);
            if (!entry) {
                one.revents = POLLNVAL;
            } else if (entry->system >= 0) {
                m_system.push_back({.fd = entry->system, .events = one.events, .revents = 0});
                m_places.push_back(&one);
            } else if (const auto role = entry->socket->role()) {
                one.revents = static_cast<short>(role->events() & (one.events | alwaysTold));
            }
            ready += one.revents != 0 ? 1 : 0;
        }
        return ready;
    }
    /// Asks the system, and waits for it or the bell. @return how many more have events; below 0: an errno.
    int ask(const Bell::Listener& bell, int timeout) {
        m_system.push_back({.fd = bell.descriptor(), .events = POLLIN, .revents = 0});
        if (::poll(m_system.data(), m_system.size(), timeout) < 0) {
            return -errno;
        }
        int ready = 0;
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            m_places[i]->revents = m_system[i].revents;
            ready += m_system[i].revents != 0 ? 1 : 0;
        }
        return ready;
    }

private:
    Library& m_library;
    std::span<pollfd> m_wanted;
    std::vector<pollfd> m_system;
    std::vector<pollfd*> m_places;
};

/// Milliseconds until then, rounded up; -1: for ever.
int left(const std::optional<std::chrono::steady_clock::time_point>& end) {
    if (!end) {
        return -1;
    }
    const auto time = std::chrono::ceil<std::chrono::milliseconds>(*end - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(time, 0, std::numeric_limits<int>::max()));
}

Outcome<int> poll(std::span<pollfd> wanted, int timeout) {
    const auto library = Library::get();
    if (!library) {
        return failure(library.error());
    }
    std::optional<std::chrono::steady_clock::time_point> end;
    if (timeout >= 0) {
        end = std::chrono::steady_clock::now() + std::chrono::milliseconds{timeout};
    }
    const Bell::Listener bell{(*library)->core()->bell};
    if (bell.descriptor() < 0) {
        return failure(EMFILE);
    }
    Poll poll{**library, wanted};
    for (;;) {
        bell.rearm();
        const int ready = poll.look();
        const int wait = ready > 0 ? 0 : left(end);
        const int more = poll.ask(bell, wait);
        if (more < 0) {
            return failure(-more);
        }
        if (ready + more > 0 || (wait == 0 && left(end) == 0)) {
            return ready + more;
        }
    }
}

Outcome<int> select(int n, fd_set* reads, fd_set* writes, fd_set* exceptions, const timeval* timeout) {
    if (n < 0 || n > FD_SETSIZE ||
        (timeout != nullptr && (timeout->tv_sec < 0 || timeout->tv_usec < 0 || timeout->tv_usec >= 1'000'000))) {
        return failure(EINVAL);
    }
    const auto isIn = [](int number, const fd_set* set) { return set != nullptr && FD_ISSET(number, set); };
    std::vector<pollfd> wanted;
    for (int number = 0; number < n; ++number) {
        const int events = (isIn(number, reads) ? POLLIN : 0) | (isIn(number, writes) ? POLLOUT : 0) |
                           (isIn(number, exceptions) ? POLLPRI : 0);
        if (events != 0) {
            wanted.push_back({.fd = number, .events = static_cast<short>(events), .revents = 0});
        }
    }
    int milliseconds = -1;
    if (timeout != nullptr) {
        const auto time = std::chrono::seconds{timeout->tv_sec} + std::chrono::microseconds{timeout->tv_usec};
        milliseconds = static_cast<int>(std::min<std::int64_t>(
            std::chrono::ceil<std::chrono::milliseconds>(time).count(), std::numeric_limits<int>::max()));
    }
    const auto ready = poll(wanted, milliseconds);
    if (!ready) {
        return ready;
    }
    for (fd_set* const set : {reads, writes, exceptions}) {
        if (set != nullptr) {
            FD_ZERO(set);
        }
    }
    int count = 0;
    const auto tell = [&](const pollfd& one, short asked, int events, fd_set* set) {
        if ((one.events & asked) != 0 && (one.revents & events) != 0) {
            FD_SET(one.fd, set);
            ++count;
        }
    };
    for (const pollfd& one : wanted) {
        if ((one.revents & POLLNVAL) != 0) {
            return failure(EBADF);
        }
        tell(one, POLLIN, POLLIN | POLLHUP | POLLERR, reads);
        tell(one, POLLOUT, POLLOUT | POLLERR, writes);
        tell(one, POLLPRI, POLLPRI, exceptions);
    }
    return count;
}

/// A mapped descriptor. Errors: EBADF, EOPNOTSUPP: a socket of the C API has no options of the system.
Outcome<int> mapped(int sd) {
    const auto library = Library::get();
    const auto entry = library ? (*library)->descriptors().find(sd) : failure(library.error());
    if (!entry) {
        return failure(entry.error());
    }
    return entry->system >= 0 ? Outcome<int>{entry->system} : failure(EOPNOTSUPP);
}

Outcome<void> unmap(int sd) {
    const auto system = mapped(sd);
    if (!system) {
        return failure(system.error());
    }
    const auto library = Library::get();
    const auto removed = library ? (*library)->descriptors().remove(sd) : failure(library.error());
    return removed ? Outcome<void>{} : failure(removed.error());
}

} // namespace

} // namespace kolam::rsp

// ---- What the header declares ----

using namespace kolam::rsp;

int rsp_poll(struct pollfd* ufds, unsigned int nfds, int timeout) {
    if (ufds == nullptr && nfds > 0) {
        errno = EFAULT;
        return -1;
    }
    return answer<int>(kolam::rsp::poll({ufds, nfds}, timeout));
}

int rsp_select(int n, fd_set* readfds, fd_set* writefds, fd_set* exceptfds, struct timeval* timeout) {
    return answer<int>(kolam::rsp::select(n, readfds, writefds, exceptfds, timeout));
}

int rsp_mapsocket(int sd, int toSD) {
    const auto library = Library::get();
    if (!library || sd < 0) {
        errno = library ? EBADF : library.error();
        return -1;
    }
    return answer<int>((*library)->descriptors().add({.system = sd, .socket = {}}, toSD));
}

int rsp_unmapsocket(int sd) {
    return answer<int>(unmap(sd));
}

int rsp_getsockopt(int sd, int level, int optname, void* optval, socklen_t* optlen) {
    const auto system = mapped(sd);
    return system ? ::getsockopt(*system, level, optname, optval, optlen) : answer<int>(system);
}

int rsp_setsockopt(int sd, int level, int optname, const void* optval, socklen_t optlen) {
    const auto system = mapped(sd);
    return system ? ::setsockopt(*system, level, optname, optval, optlen) : answer<int>(system);
}
