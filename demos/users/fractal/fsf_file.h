// SPDX-License-Identifier: GPL-3.0-or-later
// Fractal parameter files (*.fsf): the small XML files that rsplib's and FractGen's programs share.
#pragma once

#include "core/wire/services.h"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kolam::fractal {

/// How a picture was coloured: ours, other programs pass it over.
struct FsfLook {
    std::string palette; // its key
    double density = 1;
    double offset = 0;
    std::string stops; // the colours of a palette of one's own, "#1b1040 #4b1d6b"; else none
    friend bool operator==(const FsfLook&, const FsfLook&) = default;
};

/// What a parameter file says. Width and height of `parameter` are the file's resolution.
///
/// What only we know stands in an element of a namespace of its own, "kolam:Fractal", after everything that the other
/// programs read. For an extended fractal they find its nearest relative among those that they know: the same part of
/// the classic set, or else the whole Mandelbrot set.
struct FsfFile {
    wire::FractalParameter parameter;
    std::string colourScheme = "SimpleHSV";
    std::optional<FsfLook> look;
    friend bool operator==(const FsfFile&, const FsfFile&) = default;
};

struct FsfError {
    std::string message;    // without place
    std::size_t line = 0;   // from 1; 0: the error has no place in the text
    std::size_t column = 0; // from 1
};
/// "12:5: C1Real is no number".
[[nodiscard]] std::string toText(const FsfError& error);

/// Reads a parameter file's text. Unknown elements are skipped, missing optional ones get their defaults; wrong
/// numbers, unknown algorithms, and sizes beyond the protocol's limits are errors.
[[nodiscard]] std::expected<FsfFile, FsfError> parseFsf(std::string_view text);
[[nodiscard]] std::expected<FsfFile, FsfError> readFsf(const std::filesystem::path& path);
/// The text of a file that parseFsf() reads back bit by bit, in the form that the other programs write.
[[nodiscard]] std::string formatFsf(const FsfFile& file);
[[nodiscard]] std::expected<void, FsfError> writeFsf(const std::filesystem::path& path, const FsfFile& file);

} // namespace kolam::fractal
