// SPDX-License-Identifier: GPL-3.0-or-later
// The core's lines, written by spdlog: to standard error, or to a file. Next door: core/base/log.h, the interface.
#pragma once

#include "core/base/log.h"

#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace kolam::programs {

class SpdlogLog final : public Log {
public:
    /// @param file  empty: standard error. Throws nothing: a file that cannot be written is told by ok().
    explicit SpdlogLog(LogLevel level, std::string file = {});
    ~SpdlogLog() override;
    void write(LogLevel level, std::string_view line) override;
    [[nodiscard]] bool wants(LogLevel level) const override { return level >= m_level; }
    /// Opens the file anew, after somebody has moved it away (SIGHUP). False when that failed; the old one is kept.
    bool reopen();
    [[nodiscard]] bool ok() const { return m_logger != nullptr; }

private:
    LogLevel m_level;
    std::string m_file;
    std::shared_ptr<spdlog::logger> m_logger;
};

} // namespace kolam::programs
