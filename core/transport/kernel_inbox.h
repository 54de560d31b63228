// SPDX-License-Identifier: GPL-3.0-or-later
// Where one system call puts several messages: the call costs more than the messages, most of all with many questions
// under way. Next door: kernel_socket.h, which fills it.
#pragma once

#include <array>
#include <cstddef>
#include <sys/socket.h>
#include <vector>

namespace kolam::transport {

class KernelInbox {
public:
    static constexpr std::size_t slots = 16;
    /// Of one message, or of a part of a longer one. Nearly all fit, and a whole inbox is not larger than a long one.
    static constexpr std::size_t slotSize = 4'096;
    static constexpr std::size_t controlSize = 128; // what SCTP says besides

    KernelInbox() : m_octets(slots * slotSize) {}
    KernelInbox(const KernelInbox&) = delete;
    KernelInbox& operator=(const KernelInbox&) = delete;

    /// Headers that point to empty slots, for a call that receives.
    mmsghdr* prepare(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            m_parts[i] = {.iov_base = m_octets.data() + i * slotSize, .iov_len = slotSize};
            msghdr& header = m_headers[i].msg_hdr;
            header = {};
            header.msg_iov = &m_parts[i];
            header.msg_iovlen = 1;
            header.msg_control = m_controls[i].octets.data();
            header.msg_controllen = controlSize;
        }
        return m_headers.data();
    }
    [[nodiscard]] mmsghdr& operator[](std::size_t slot) { return m_headers[slot]; }

private:
    struct alignas(cmsghdr) Control {
        std::array<std::byte, controlSize> octets;
    };
    std::vector<std::byte> m_octets;
    std::array<mmsghdr, slots> m_headers{};
    std::array<iovec, slots> m_parts{};
    std::array<Control, slots> m_controls{};
};

} // namespace kolam::transport
