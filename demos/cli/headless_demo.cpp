// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/headless_demo.h"

#include "core/base/octets.h"
#include "demos/users/fractal/fractal_reference.h"

#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

namespace kolam::cli {

namespace {

std::string readFile(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return std::move(text).str();
}

wire::FractalParameter parameterOf(const nlohmann::json& report) {
    wire::FractalParameter parameter;
    parameter.width = report.at("width").get<std::uint32_t>();
    parameter.height = report.at("height").get<std::uint32_t>();
    parameter.maxIterations = report.at("maxIterations").get<std::uint32_t>();
    parameter.algorithm = static_cast<wire::FractalAlgorithm>(report.at("algorithm").get<std::uint32_t>());
    parameter.c1Real = report.at("c1Real").get<double>();
    parameter.c1Imag = report.at("c1Imag").get<double>();
    parameter.c2Real = report.at("c2Real").get<double>();
    parameter.c2Imag = report.at("c2Imag").get<double>();
    parameter.n = report.at("n").get<double>();
    parameter.kReal = report.at("kReal").get<double>();
    parameter.kImag = report.at("kImag").get<double>();
    parameter.c1RealLow = report.at("c1RealLow").get<double>();
    parameter.c1ImagLow = report.at("c1ImagLow").get<double>();
    parameter.c2RealLow = report.at("c2RealLow").get<double>();
    parameter.c2ImagLow = report.at("c2ImagLow").get<double>();
    return parameter;
}

std::vector<std::uint32_t> countsOf(const std::string& octets) {
    std::vector<std::uint32_t> counts(octets.size() / sizeof(std::uint32_t));
    for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] = readBigEndian<std::uint32_t>(asOctets(octets), i * sizeof(std::uint32_t));
    }
    return counts;
}

/// The report is our own window's, so a field that is not there is a defect, told like the others.
std::expected<std::string, std::string> judge(const nlohmann::json& report, const std::vector<std::uint32_t>& counts,
                                              bool aFailoverIsExpected) {
    if (!report.at("complete").get<bool>()) {
        return std::unexpected("the image is not complete");
    }
    const wire::FractalParameter parameter = parameterOf(report);
    const std::vector<std::uint32_t> undisturbed = fractal::computeReference(
        parameter, fractal::TileGrid::defaultSide, std::max(1u, std::thread::hardware_concurrency()));
    if (counts.size() != undisturbed.size()) {
        return std::unexpected(
            fmt::format("the window saved {} points, the image has {}", counts.size(), undisturbed.size()));
    }
    if (const std::size_t different = fractal::countDifferences(counts, undisturbed); different != 0) {
        return std::unexpected(
            fmt::format("{} of {} points differ from an undisturbed computation", different, counts.size()));
    }
    const auto failovers = report.at("failovers").get<std::uint64_t>();
    if (aFailoverIsExpected && failovers == 0) {
        return std::unexpected("an element was killed, but no session failed over");
    }
    const auto& times = report.at("failoverMilliseconds");
    std::string text;
    text += fmt::format("image:                   {} x {} points in {:.1f} s, {} tiles, {} sessions\n", parameter.width,
                        parameter.height, report.at("seconds").get<double>(), report.at("tiles").get<std::uint64_t>(),
                        report.at("sessions").get<std::uint64_t>());
    text += fmt::format("failovers:               {}\n", failovers);
    text += fmt::format("failover time:           median {:.1f} ms, longest {:.1f} ms, from noticing the loss\n",
                        times.at("median").get<double>(), times.at("longest").get<double>());
    text += fmt::format("rows computed again:     {} ({} points)\n", report.at("redoneRows").get<std::uint64_t>(),
                        report.at("redonePoints").get<std::uint64_t>());
    text += fmt::format("equal to an undisturbed computation: all {} points\n", counts.size());
    return text;
}

} // namespace

std::expected<std::string, std::string> judgeRun(const std::filesystem::path& report,
                                                 const std::filesystem::path& counts, bool aFailoverIsExpected) {
    try {
        return judge(nlohmann::json::parse(readFile(report)), countsOf(readFile(counts)), aFailoverIsExpected);
    } catch (const nlohmann::json::exception& error) {
        return std::unexpected(fmt::format("the window's report cannot be read: {}", error.what()));
    }
}

} // namespace kolam::cli
