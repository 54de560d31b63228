// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/fsf_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <pugixml.hpp>

namespace kolam::fractal {
namespace {

constexpr std::size_t largestFile = 1'000'000; // octets; real ones have less than a thousand

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
    const wire::FractalParameter& parameter = file.parameter;
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
                       "</FractalV1>\n",
                       powers ? "MandelbrotN" : "Mandelbrot", parameter.c1Real, parameter.c1Imag, parameter.c2Real,
                       parameter.c2Imag, parameter.maxIterations,
                       powers ? fmt::format("   <N>{}</N>\n", parameter.n) : std::string{}, escaped(file.colourScheme),
                       parameter.width, parameter.height);
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
