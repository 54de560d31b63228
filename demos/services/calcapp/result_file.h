// SPDX-License-Identifier: GPL-3.0-or-later
// Files of results as rsplib's evaluation scripts read them: a vector has a line for each event, whose columns its
// first line names; scalars are names and numbers, written at the end. A name that ends in ".bz2" is compressed on the
// way. Next door: calc_results.h and demos/users/calcapp/calc_user_results.h, what servers and users write.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace kolam::calcapp {

/// A text file, compressed or not. What cannot be written is told once, by the first write that fails.
class ResultFile {
public:
    /// Replaces the file. The error is a sentence.
    static std::expected<std::unique_ptr<ResultFile>, std::string> create(const std::string& name);
    virtual ~ResultFile() = default;
    /// False: the disk is full, or the file is gone.
    virtual bool write(std::string_view text) = 0;
    /// Whatever was written is safe when this is true; for compressed files, after the end only.
    virtual bool close() = 0;
};

/// The lines of a vector, numbered from 1; the file may be none.
class VectorFile {
public:
    /// @param columns  their names, without that of the line number
    VectorFile(std::unique_ptr<ResultFile> file, std::string_view columns);
    void line(std::string_view values);
    bool close() { return !m_file || m_file->close(); }

private:
    std::unique_ptr<ResultFile> m_file;
    std::uint64_t m_lines = 0;
};

/// The line before all scalars, by which scripts know where a run begins.
inline constexpr std::string_view scalarsBegin = "run 1 \"scenario\"\n";
/// One scalar: `scalar "object" "name" value`.
[[nodiscard]] std::string scalarLine(std::string_view object, std::string_view name, std::string_view value);

} // namespace kolam::calcapp
