// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/cpp/registration_wait.h"

namespace kolam::api {

void RegistrationWait::tell(const RegistrationStatus& status) {
    const std::lock_guard guard{m_mutex};
    m_status = status;
    m_changed.notify_all();
}

Result<void> RegistrationWait::wait(Duration limit) {
    std::unique_lock lock{m_mutex};
    const auto decided = [&] {
        return m_status.state == RegistrationState::Registered || m_status.state == RegistrationState::Rejected;
    };
    if (!Deadline{limit}.wait(m_changed, lock, decided)) {
        const bool alone = m_status.state == RegistrationState::Looking;
        return std::unexpected(Error{alone ? Errc::NoRegistrar : Errc::TimedOut, m_status.detail});
    }
    if (m_status.state == RegistrationState::Rejected) {
        return std::unexpected(Error{Errc::Rejected, m_status.detail});
    }
    return {};
}

} // namespace kolam::api
