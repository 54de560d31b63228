// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints on their way out of the box: the runner writes them into a pipe, each with its length before it.
// Next door: runner/checkpoints.h, the other end; script_workshop.h, which hands them on.
#pragma once

#include "core/base/octets.h"
#include "core/dispatch/dispatcher.h"
#include "demos/services/scripting/descriptor.h"

#include <array>
#include <cstdint>
#include <functional>

namespace kolam::scripting {

class CheckpointStream {
public:
    /// Reads `pipe` from turns of the dispatcher, which must outlive it. Anything longer than `longest` octets, and
    /// what cannot be kept, ends the stream: the job goes on without checkpoints.
    CheckpointStream(DescriptorDispatcher& dispatcher, Descriptor pipe, std::uint64_t longest,
                     std::function<void(Descriptor)> onCheckpoint);
    ~CheckpointStream() { stop(); }
    CheckpointStream(const CheckpointStream&) = delete;
    CheckpointStream& operator=(const CheckpointStream&) = delete;

private:
    void ready();
    [[nodiscard]] bool take(OctetView octets);
    [[nodiscard]] bool begin();
    void stop();

    DescriptorDispatcher& m_dispatcher;
    Descriptor m_pipe;
    std::uint64_t m_longest;
    std::function<void(Descriptor)> m_onCheckpoint;
    std::array<std::byte, 8> m_header{};
    std::size_t m_headerSize = 0;
    std::uint64_t m_left = 0; // octets of the present one
    Descriptor m_file;
};

} // namespace kolam::scripting
