// SPDX-License-Identifier: GPL-3.0-or-later
// libpng leaves its functions by longjmp() when something is wrong: so everything between a setjmp() and the calls that
// it guards is plain data.
#include "gui/fractal/png_stream.h"

#include <csetjmp>
#include <png.h>

namespace kolam::gui {

struct PngStream::Library {
    png_structp png = nullptr;
    png_infop info = nullptr;
    bool failed = false;

    static void put(png_structp png, png_bytep octets, png_size_t length) {
        auto* device = static_cast<QIODevice*>(png_get_io_ptr(png));
        if (device->write(reinterpret_cast<const char*>(octets), static_cast<qint64>(length)) !=
            static_cast<qint64>(length)) {
            png_error(png, "the device takes no more");
        }
    }
    static void flush(png_structp) {}
    [[noreturn]] static void fail(png_structp png, png_const_charp) { png_longjmp(png, 1); }
    static void ignore(png_structp, png_const_charp) {}

    bool begin(png_uint_32 width, png_uint_32 height, png_textp texts, int count) {
        if (setjmp(png_jmpbuf(png)) != 0) {
            return false;
        }
        png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                     PNG_FILTER_TYPE_DEFAULT);
        png_set_text(png, info, texts, count);
        png_write_info(png, info);
        return true;
    }
    bool row(png_const_bytep pixels) {
        if (setjmp(png_jmpbuf(png)) != 0) {
            return false;
        }
        png_write_row(png, pixels);
        return true;
    }
    bool end() {
        if (setjmp(png_jmpbuf(png)) != 0) {
            return false;
        }
        png_write_end(png, nullptr);
        return true;
    }
};

PngStream::PngStream(QIODevice& device, QSize size, const Texts& texts) : m_library(std::make_unique<Library>()) {
    Library& library = *m_library;
    library.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, Library::fail, Library::ignore);
    library.info = library.png == nullptr ? nullptr : png_create_info_struct(library.png);
    if (library.info == nullptr) {
        library.failed = true;
        return;
    }
    png_set_write_fn(library.png, &device, Library::put, Library::flush);
    std::vector<QByteArray> words; // libpng wants to be able to change them
    std::vector<png_text> chunks;
    words.reserve(texts.size() * 2);
    for (const auto& [key, value] : texts) {
        png_text chunk{};
        chunk.compression = PNG_TEXT_COMPRESSION_NONE;
        chunk.key = words.emplace_back(key).data();
        chunk.text = words.emplace_back(value).data();
        chunk.text_length = static_cast<png_size_t>(value.size());
        chunks.push_back(chunk);
    }
    library.failed = !library.begin(static_cast<png_uint_32>(size.width()), static_cast<png_uint_32>(size.height()),
                                    chunks.data(), static_cast<int>(chunks.size()));
}

PngStream::~PngStream() {
    png_destroy_write_struct(&m_library->png, &m_library->info);
}

bool PngStream::write(const QImage& rows) {
    const QImage pixels = rows.convertToFormat(QImage::Format_RGB888);
    for (int y = 0; y < pixels.height() && !m_library->failed; ++y) {
        m_library->failed = !m_library->row(pixels.constScanLine(y));
    }
    return !m_library->failed;
}

bool PngStream::finish() {
    m_library->failed = m_library->failed || !m_library->end();
    return !m_library->failed;
}

} // namespace kolam::gui
