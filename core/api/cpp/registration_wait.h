// SPDX-License-Identifier: GPL-3.0-or-later
// A registration's status, which the library's thread tells and threads of the application wait for.
// Next door: blocking_server.cpp and blocking_registration.cpp, who have one each.
#pragma once

#include "core/api/cpp/mailbox.h"
#include "kolam/instance.h"

#include <condition_variable>
#include <mutex>

namespace kolam::api {

class RegistrationWait {
public:
    void tell(const RegistrationStatus& status);
    /// Until it is registered. Errors: Rejected, NoRegistrar, TimedOut.
    [[nodiscard]] Result<void> wait(Duration limit);

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    RegistrationStatus m_status;
};

} // namespace kolam::api
