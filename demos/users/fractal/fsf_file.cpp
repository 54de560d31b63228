// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/fsf_file.h"

#include "demos/services/fractal/smooth_plane.h"
#include "demos/users/fractal/compatible.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <pugixml.hpp>

namespace kolam::fractal {
namespace {

constexpr std::size_t largestFile = 1'000'000; // octets; real ones have less than a thousand

constexpr const char* ourElement = "kolam:Fractal";
constexpr std::size_t longestKey = 64;   // octets, of a palette's key
constexpr std::size_t longestList = 200; // octets, of its colours

struct NamedAlgorithm {
    wire::FractalAlgorithm algorithm;
    std::string_view name;
};
constexpr std::array ourAlgorithms{
    NamedAlgorithm{wire::FractalAlgorithm::SmoothMandelbrot, "SmoothMandelbrot"},
    NamedAlgorithm{wire::FractalAlgorithm::Julia, "Julia"},
    NamedAlgorithm{wire::FractalAlgorithm::BurningShip, "BurningShip"},
    NamedAlgorithm{wire::FractalAlgorithm::Multibrot, "Multibrot"},
    NamedAlgorithm{wire::FractalAlgorithm::Newton, "Newton"},
};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

/// Reads one document; the first mistake wins, and everything after it is of no interest.
class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    std::expected<FsfFile, FsfError> read() {
        const pugi::xml_parse_result parsed = m_document.load_buffer(m_text.data(), m_text.size());
        if (!parsed) {
            failAt(parsed.offset, parsed.description());
        } else {
            readDocument();
        }
        if (m_error) {
            return std::unexpected(*m_error);
        }
        return m_file;
    }

private:
    void readDocument() {
        const pugi::xml_node root = child(m_document, "FractalV1");
        const pugi::xml_node algorithm = child(root, "Algorithm");
        wire::FractalParameter& parameter = m_file.parameter;
        readAlgorithm(child(algorithm, "AlgorithmName"));
        readReal(child(algorithm, "C1Real"), parameter.c1Real);
        readReal(child(algorithm, "C1Imag"), parameter.c1Imag);
        readReal(child(algorithm, "C2Real"), parameter.c2Real);
        readReal(child(algorithm, "C2Imag"), parameter.c2Imag);
        parameter.maxIterations = 1024;
        parameter.n = 2;
        const pugi::xml_node options = algorithm.child("Useroptions");
        if (const pugi::xml_node node = options.child("MaxIterations")) {
            readNatural(node, trimmed(node.child_value()), wire::FractalParameter::maxIterationLimit,
                        parameter.maxIterations);
        }
        if (const pugi::xml_node node = options.child("N")) {
            readReal(node, parameter.n);
        }
        if (const pugi::xml_node node = root.child("ColorScheme").child("ColorSchemeName")) {
            m_file.colourScheme = trimmed(node.child_value());
        }
        readResolution(root.child("Resolution"));
        if (const pugi::xml_node ours = root.child(ourElement)) {
            readOurs(ours);
        }
    }

    /// What only our programs write: replaces what was said for the others.
    void readOurs(const pugi::xml_node& ours) {
        if (const pugi::xml_node node = ours.child("kolam:Algorithm")) {
            wire::FractalParameter& parameter = m_file.parameter;
            const std::string_view name = trimmed(node.child_value());
            const auto known = std::ranges::find(ourAlgorithms, name, &NamedAlgorithm::name);
            if (known == ourAlgorithms.end()) {
                return fail(node, fmt::format("there is no algorithm \"{}\"", name.substr(0, 40)));
            }
            parameter.algorithm = known->algorithm;
            readReal(child(ours, "kolam:C1Real"), parameter.c1Real);
            readReal(child(ours, "kolam:C1Imag"), parameter.c1Imag);
            readReal(child(ours, "kolam:C2Real"), parameter.c2Real);
            readReal(child(ours, "kolam:C2Imag"), parameter.c2Imag);
            readReal(child(ours, "kolam:N"), parameter.n);
            readReal(child(ours, "kolam:KReal"), parameter.kReal);
            readReal(child(ours, "kolam:KImag"), parameter.kImag);
            const auto low = [&](const char* element, double& into) {
                if (const pugi::xml_node part = ours.child(element)) {
                    readReal(part, into);
                }
            };
            low("kolam:C1RealLow", parameter.c1RealLow);
            low("kolam:C1ImagLow", parameter.c1ImagLow);
            low("kolam:C2RealLow", parameter.c2RealLow);
            low("kolam:C2ImagLow", parameter.c2ImagLow);
            if (const std::string_view why = objection({.parameter = parameter}); !why.empty()) {
                return fail(ours, std::string{why});
            }
        }
        if (const pugi::xml_node node = ours.child("kolam:Palette")) {
            FsfLook look{.palette = std::string{trimmed(node.child_value()).substr(0, longestKey)}};
            readReal(child(ours, "kolam:Density"), look.density);
            readReal(child(ours, "kolam:Offset"), look.offset);
            look.stops = std::string{trimmed(ours.child("kolam:Colours").child_value()).substr(0, longestList)};
            m_file.look = look;
        }
    }

    void readAlgorithm(const pugi::xml_node& node) {
        const std::string_view name = trimmed(node.child_value());
        if (name == "Mandelbrot") {
            m_file.parameter.algorithm = wire::FractalAlgorithm::Mandelbrot;
        } else if (name == "MandelbrotN") {
            m_file.parameter.algorithm = wire::FractalAlgorithm::MandelbrotN;
        } else {
            fail(node, fmt::format("there is no algorithm \"{}\"", name.substr(0, 40)));
        }
    }

    void readResolution(const pugi::xml_node& node) {
        m_file.parameter.width = 800;
        m_file.parameter.height = 600;
        if (!node) {
            return;
        }
        const std::string_view text = trimmed(node.child_value());
        const std::size_t star = text.find('*');
        if (star == std::string_view::npos) {
            return fail(node, "Resolution is not of the form WIDTH*HEIGHT");
        }
        readNatural(node, trimmed(text.substr(0, star)), wire::FractalParameter::maxSide, m_file.parameter.width);
        readNatural(node, trimmed(text.substr(star + 1)), wire::FractalParameter::maxSide, m_file.parameter.height);
    }

    void readReal(const pugi::xml_node& node, double& into) {
        std::string_view text = trimmed(node.child_value());
        if (text.starts_with('+')) {
            text.remove_prefix(1);
        }
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), into);
        if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(into)) {
            fail(node, fmt::format("{} is no number", node.name()));
        }
    }

    void readNatural(const pugi::xml_node& node, std::string_view text, std::uint32_t highest, std::uint32_t& into) {
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), into);
        if (problem != std::errc{} || end != text.data() + text.size() || into < 1 || into > highest) {
            fail(node, fmt::format("{} is not within 1 and {}", node.name(), highest));
        }
    }

    pugi::xml_node child(const pugi::xml_node& parent, const char* name) {
        const pugi::xml_node node = parent.child(name);
        if (!node) {
            fail(parent, fmt::format("{} is missing", name));
        }
        return node;
    }

    void fail(const pugi::xml_node& node, std::string message) { failAt(node.offset_debug(), std::move(message)); }

    void failAt(std::ptrdiff_t offset, std::string message) {
        if (m_error) {
            return;
        }
        const std::string_view before = m_text.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
        const std::size_t line = before.rfind('\n');
        m_error = FsfError{.message = std::move(message),
                           .line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1,
                           .column = before.size() - (line == std::string_view::npos ? 0 : line + 1) + 1};
    }

    std::string_view m_text;
    pugi::xml_document m_document;
    FsfFile m_file;
    std::optional<FsfError> m_error;
};

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        default: result += c;
        }
    }
    return result;
}

/// What programs that know rsplib's two fractals only are to compute.
wire::FractalParameter forOthers(const wire::FractalParameter& parameter) {
    if (!wire::isExtended(parameter.algorithm)) {
        return parameter;
    }
    if (const auto classic = classicOf(parameter)) {
        return *classic;
    }
    wire::FractalParameter whole = parameter;
    whole.algorithm = wire::FractalAlgorithm::Mandelbrot;
    whole.c1Real = 2;
    whole.c1Imag = -1.25;
    whole.c2Real = -1;
    whole.c2Imag = 1.25;
    whole.c1RealLow = whole.c1ImagLow = whole.c2RealLow = whole.c2ImagLow = 0;
    return whole;
}

/// The element with what the others do not know; nothing when there is nothing.
std::string ours(const FsfFile& file) {
    std::string text;
    const wire::FractalParameter& parameter = file.parameter;
    if (const auto named = std::ranges::find(ourAlgorithms, parameter.algorithm, &NamedAlgorithm::algorithm);
        named != ourAlgorithms.end()) {
        text += fmt::format("  <kolam:Algorithm>{}</kolam:Algorithm>\n"
                            "  <kolam:C1Real>{}</kolam:C1Real>\n"
                            "  <kolam:C1Imag>{}</kolam:C1Imag>\n"
                            "  <kolam:C2Real>{}</kolam:C2Real>\n"
                            "  <kolam:C2Imag>{}</kolam:C2Imag>\n"
                            "  <kolam:N>{}</kolam:N>\n"
                            "  <kolam:KReal>{}</kolam:KReal>\n"
                            "  <kolam:KImag>{}</kolam:KImag>\n",
                            named->name, parameter.c1Real, parameter.c1Imag, parameter.c2Real, parameter.c2Imag,
                            parameter.n, parameter.kReal, parameter.kImag);
    }
    if (parameter.isDeep()) {
        text += fmt::format("  <kolam:C1RealLow>{}</kolam:C1RealLow>\n"
                            "  <kolam:C1ImagLow>{}</kolam:C1ImagLow>\n"
                            "  <kolam:C2RealLow>{}</kolam:C2RealLow>\n"
                            "  <kolam:C2ImagLow>{}</kolam:C2ImagLow>\n",
                            parameter.c1RealLow, parameter.c1ImagLow, parameter.c2RealLow, parameter.c2ImagLow);
    }
    if (file.look) {
        text += fmt::format("  <kolam:Palette>{}</kolam:Palette>\n"
                            "  <kolam:Density>{}</kolam:Density>\n"
                            "  <kolam:Offset>{}</kolam:Offset>\n",
                            escaped(file.look->palette), file.look->density, file.look->offset);
        if (!file.look->stops.empty()) {
            text += fmt::format("  <kolam:Colours>{}</kolam:Colours>\n", escaped(file.look->stops));
        }
    }
    return text.empty() ? text
                        : fmt::format(" <{0} xmlns:kolam=\"urn:kolam:fractal:1\">\n{1} </{0}>\n", ourElement, text);
}

} // namespace

std::string toText(const FsfError& error) {
    return error.line == 0 ? error.message : fmt::format("{}:{}: {}", error.line, error.column, error.message);
}

std::expected<FsfFile, FsfError> parseFsf(std::string_view text) {
    if (text.size() > largestFile) {
        return std::unexpected(FsfError{.message = "too large for a parameter file"});
    }
    return Reader{text}.read();
}

std::expected<FsfFile, FsfError> readFsf(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        return std::unexpected(FsfError{.message = fmt::format("cannot read {}", path.string())});
    }
    std::string text;
    text.resize(largestFile + 1);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return parseFsf(text);
}

std::string formatFsf(const FsfFile& file) {
    const wire::FractalParameter parameter = forOthers(file.parameter);
    const bool powers = parameter.algorithm == wire::FractalAlgorithm::MandelbrotN;
    return fmt::format("<!DOCTYPE XMLFractalSave>\n"
                       "<FractalV1>\n"
                       " <Algorithm>\n"
                       "  <AlgorithmName>{}</AlgorithmName>\n"
                       "  <C1Real>{:.64e}</C1Real>\n"
                       "  <C1Imag>{:.64e}</C1Imag>\n"
                       "  <C2Real>{:.64e}</C2Real>\n"
                       "  <C2Imag>{:.64e}</C2Imag>\n"
                       "  <Useroptions>\n"
                       "   <MaxIterations>{}</MaxIterations>\n"
                       "{}"
                       "  </Useroptions>\n"
                       " </Algorithm>\n"
                       " <ColorScheme>\n"
                       "  <ColorSchemeName>{}</ColorSchemeName>\n"
                       " </ColorScheme>\n"
                       " <Resolution>{}*{}</Resolution>\n"
                       "{}"
                       "</FractalV1>\n",
                       powers ? "MandelbrotN" : "Mandelbrot", parameter.c1Real, parameter.c1Imag, parameter.c2Real,
                       parameter.c2Imag, parameter.maxIterations,
                       powers ? fmt::format("   <N>{}</N>\n", parameter.n) : std::string{}, escaped(file.colourScheme),
                       parameter.width, parameter.height, ours(file));
}

std::expected<void, FsfError> writeFsf(const std::filesystem::path& path, const FsfFile& file) {
    std::ofstream stream{path, std::ios::binary | std::ios::trunc};
    stream << formatFsf(file);
    stream.close();
    if (!stream) {
        return std::unexpected(FsfError{.message = fmt::format("cannot write {}", path.string())});
    }
    return {};
}

} // namespace kolam::fractal
