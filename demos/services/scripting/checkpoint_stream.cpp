// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/checkpoint_stream.h"

#include "demos/services/scripting/script_files.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace kolam::scripting {

CheckpointStream::CheckpointStream(DescriptorDispatcher& dispatcher, Descriptor pipe, std::uint64_t longest,
                                   std::function<void(Descriptor)> onCheckpoint)
    : m_dispatcher(dispatcher)
    , m_pipe(std::move(pipe))
    , m_longest(longest)
    , m_onCheckpoint(std::move(onCheckpoint)) {
    ::fcntl(m_pipe.get(), F_SETFL, ::fcntl(m_pipe.get(), F_GETFL) | O_NONBLOCK);
    m_dispatcher.watch(m_pipe.get(), Interest::Read, [this](Readiness) { ready(); });
}

void CheckpointStream::stop() {
    if (m_pipe.ok()) {
        m_dispatcher.unwatch(m_pipe.get());
        m_pipe = Descriptor{};
    }
}

/// So much a turn that others have theirs, too.
void CheckpointStream::ready() {
    std::array<std::byte, 65'536> octets;
    const ssize_t got = ::read(m_pipe.get(), octets.data(), octets.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (got <= 0 || !take(OctetView{octets}.first(static_cast<std::size_t>(got)))) {
        stop();
    }
}

bool CheckpointStream::take(OctetView octets) {
    while (!octets.empty()) {
        if (!m_file.ok()) {
            const std::size_t size = std::min(octets.size(), m_header.size() - m_headerSize);
            std::ranges::copy(octets.first(size), m_header.begin() + static_cast<std::ptrdiff_t>(m_headerSize));
            m_headerSize += size;
            octets = octets.subspan(size);
            if (m_headerSize == m_header.size() && !begin()) {
                return false;
            }
            continue;
        }
        const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(octets.size(), m_left));
        if (!append(m_file.get(), octets.first(size))) {
            return false;
        }
        m_left -= size;
        octets = octets.subspan(size);
        if (m_left == 0) {
            m_headerSize = 0;
            m_onCheckpoint(std::exchange(m_file, Descriptor{}));
        }
    }
    return true;
}

bool CheckpointStream::begin() {
    m_left = readBigEndian<std::uint64_t>(m_header, 0);
    auto file = m_left > 0 && m_left <= m_longest ? anonymousFile() : std::unexpected(std::string{});
    if (!file) {
        return false;
    }
    m_file = std::move(*file);
    return true;
}

} // namespace kolam::scripting
