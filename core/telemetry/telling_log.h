// SPDX-License-Identifier: GPL-3.0-or-later
// A log whose lines viewers see, too. Next door: telemetry.h.
#pragma once

#include "core/base/log.h"
#include "core/telemetry/telemetry.h"

namespace kolam::telemetry {

class TellingLog final : public Log {
public:
    TellingLog(Log& log, Telemetry& telemetry) : m_log(log), m_telemetry(telemetry) {}
    void write(LogLevel level, std::string_view line) override {
        if (m_log.wants(level)) {
            m_log.write(level, line);
        }
        m_telemetry.tellLazily(Level::State, {},
                               [&] { return LogLine{static_cast<Severity>(level), std::string{line}}; });
    }
    /// What the program does not write down anyway is not told either: viewers must not make it busier.
    [[nodiscard]] bool wants(LogLevel level) const override { return m_log.wants(level); }

private:
    Log& m_log;
    Telemetry& m_telemetry;
};

} // namespace kolam::telemetry
