// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/calcapp/result_file.h"

#include <bzlib.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <utility>

namespace kolam::calcapp {

namespace {

class PlainFile final : public ResultFile {
public:
    explicit PlainFile(std::FILE* file) : m_file(file) {}
    ~PlainFile() override { PlainFile::close(); }
    PlainFile(const PlainFile&) = delete;
    PlainFile& operator=(const PlainFile&) = delete;

    bool write(std::string_view text) override {
        // Flushed line by line, so that a killed server leaves what it knew.
        return m_file != nullptr && std::fwrite(text.data(), 1, text.size(), m_file) == text.size() &&
               std::fflush(m_file) == 0;
    }
    bool close() override { return m_file == nullptr || std::fclose(std::exchange(m_file, nullptr)) == 0; }

private:
    std::FILE* m_file;
};

class CompressedFile final : public ResultFile {
public:
    explicit CompressedFile(std::FILE* file) : m_file(file) {
        int error = BZ_OK;
        m_bzip = BZ2_bzWriteOpen(&error, m_file, 9, 0, 30);
    }
    ~CompressedFile() override { CompressedFile::close(); }
    CompressedFile(const CompressedFile&) = delete;
    CompressedFile& operator=(const CompressedFile&) = delete;

    bool write(std::string_view text) override {
        int error = BZ_OK;
        std::string copy{text}; // the library does not promise not to write into it
        BZ2_bzWrite(&error, m_bzip, copy.data(), static_cast<int>(copy.size()));
        return error == BZ_OK;
    }
    bool close() override {
        int error = BZ_OK;
        if (m_bzip != nullptr) {
            BZ2_bzWriteClose(&error, std::exchange(m_bzip, nullptr), 0, nullptr, nullptr);
        }
        const bool closed = m_file == nullptr || std::fclose(std::exchange(m_file, nullptr)) == 0;
        return closed && error == BZ_OK;
    }

private:
    std::FILE* m_file;
    BZFILE* m_bzip = nullptr;
};

} // namespace

std::expected<std::unique_ptr<ResultFile>, std::string> ResultFile::create(const std::string& name) {
    std::FILE* const file = std::fopen(name.c_str(), "we");
    if (file == nullptr) {
        return std::unexpected(fmt::format("cannot write {}: {}", name, std::strerror(errno)));
    }
    if (name.ends_with(".bz2")) {
        return std::make_unique<CompressedFile>(file);
    }
    return std::make_unique<PlainFile>(file);
}

VectorFile::VectorFile(std::unique_ptr<ResultFile> file, std::string_view columns) : m_file(std::move(file)) {
    if (m_file) {
        m_file->write(fmt::format("{}\n", columns));
    }
}

void VectorFile::line(std::string_view values) {
    if (m_file) {
        m_file->write(fmt::format("{:06} {}\n", ++m_lines, values));
    }
}

std::string scalarLine(std::string_view object, std::string_view name, std::string_view value) {
    return fmt::format("scalar \"{}\" {:<36} {}\n", object, fmt::format("\"{}\"", name), value);
}

} // namespace kolam::calcapp
