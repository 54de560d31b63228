// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: spdlog_log.h says what for.
#include "programs/common/spdlog_log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <utility>

namespace kolam::programs {
namespace {

spdlog::level::level_enum toSpdlog(LogLevel level) {
    switch (level) {
    case LogLevel::Debug: return spdlog::level::debug;
    case LogLevel::Info: return spdlog::level::info;
    case LogLevel::Warning: return spdlog::level::warn;
    case LogLevel::Error: return spdlog::level::err;
    }
    std::unreachable();
}

std::shared_ptr<spdlog::logger> open(const std::string& file) {
    spdlog::sink_ptr sink;
    try {
        if (file.empty()) {
            sink = std::make_shared<spdlog::sinks::stderr_color_sink_st>();
        } else {
            sink = std::make_shared<spdlog::sinks::basic_file_sink_st>(file);
        }
    } catch (const spdlog::spdlog_ex&) {
        return nullptr;
    }
    auto logger = std::make_shared<spdlog::logger>("kolam", std::move(sink));
    logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%-7l%$ %v");
    logger->set_level(spdlog::level::trace); // wants() has decided already
    logger->flush_on(spdlog::level::trace);
    return logger;
}

} // namespace

SpdlogLog::SpdlogLog(LogLevel level, std::string file)
    : m_level(level)
    , m_file(std::move(file))
    , m_logger(open(m_file)) {}

SpdlogLog::~SpdlogLog() = default;

void SpdlogLog::write(LogLevel level, std::string_view line) {
    if (m_logger) {
        m_logger->log(toSpdlog(level), line);
    }
}

bool SpdlogLog::reopen() {
    if (m_file.empty()) {
        return true;
    }
    auto fresh = open(m_file);
    if (!fresh) {
        return false;
    }
    m_logger = std::move(fresh);
    return true;
}

} // namespace kolam::programs
