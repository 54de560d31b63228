// SPDX-License-Identifier: GPL-3.0-or-later
// How errors travel inside of the C API: as an errno in a std::expected, set for the caller at the very last.
// Next door: core.h, what all of the C API stands on.
#pragma once

#include "kolam/types.h"

#include <cerrno>
#include <expected>

namespace kolam::rsp {

template <typename T>
using Outcome = std::expected<T, int>;

[[nodiscard]] inline std::unexpected<int> failure(int number) {
    return std::unexpected(number);
}

[[nodiscard]] inline int errnoOf(api::Errc code) {
    switch (code) {
    case api::Errc::BadArgument: return EINVAL;
    case api::Errc::BeyondLoopback: return EACCES;
    case api::Errc::TransportInUse: return EBUSY;
    case api::Errc::System: return EIO;
    case api::Errc::NoRegistrar: return ENETUNREACH;
    case api::Errc::UnknownPool: return ENOENT;
    case api::Errc::Rejected: return EPERM;
    case api::Errc::Refused: return ECONNREFUSED;
    case api::Errc::Unreachable: return EHOSTUNREACH;
    case api::Errc::TimedOut: return ETIMEDOUT;
    case api::Errc::WouldBlock: return EAGAIN;
    case api::Errc::TooBig: return EMSGSIZE;
    case api::Errc::NotConnected: return ENOTCONN;
    case api::Errc::Closed: return EPIPE;
    }
    return EIO;
}
[[nodiscard]] inline int errnoOf(const api::Error& error) {
    return error.number != 0 ? error.number : errnoOf(error.code);
}

/// What a C function returns: the value; or -1, with errno.
template <typename Number, typename T>
[[nodiscard]] Number answer(const Outcome<T>& outcome) {
    if (!outcome) {
        errno = outcome.error();
        return Number{-1};
    }
    if constexpr (std::is_void_v<T>) {
        return Number{0};
    } else {
        return static_cast<Number>(*outcome);
    }
}

} // namespace kolam::rsp
