// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of any size computed into a PNG file, without a window: strip by strip, so that a poster need not fit into
// memory. Next door: render_program.h runs it for --render; png_stream.h writes the file.
#pragma once

#include "gui/fractal/fractal_backend.h"
#include "gui/fractal/iteration_image.h"
#include "gui/fractal/navigation.h"
#include "gui/fractal/picture_file.h"
#include "gui/fractal/png_stream.h"

#include <QObject>
#include <QSaveFile>
#include <QSize>
#include <memory>
#include <optional>

namespace kolam::gui {

class PictureRender : public QObject {
    Q_OBJECT
public:
    static constexpr quint64 stripPoints = 4'000'000; // computed at a time
    struct Config {
        RememberedPicture picture;
        std::optional<ViewRect> view; // in place of the picture's
        QSize size;
        QString path;      // of the PNG
        int antialias = 1; // so many points a pixel in each direction
        quint64 strip = stripPoints;
    };
    /// The backend must outlive it.
    PictureRender(FractalBackend& backend, Config config, QObject* parent = nullptr);

    void start();
    /// Rows of the picture that are in the file.
    [[nodiscard]] int rowsDone() const { return m_row; }
    /// How much of the picture there is with this batch, 0 to 1.
    [[nodiscard]] double done(const fractal::FractalUpdate& update) const;
    [[nodiscard]] bool isCompatible() const { return m_compatible; }

signals:
    /// Another strip is in the file.
    void progressed(int rowsDone, int rows);
    /// No element knows smooth fractals: the picture has bands, and was begun again.
    void becameCompatible();
    /// The file is there, whole.
    void completed();
    /// It is not, and why. An earlier file of this name is as it was.
    void failed(const QString& why);

private:
    void begin();
    void nextStrip();
    void take(const UpdatePointer& update);
    void finishStrip();
    void fail(const QString& why);
    [[nodiscard]] Place place() const;
    [[nodiscard]] wire::FractalParameter stripParameter() const;

    FractalBackend& m_backend;
    Config m_config;
    wire::FractalParameter m_whole; // at the resolution that is computed
    Colouring m_colouring;
    bool m_compatible = false;
    bool m_over = false;
    int m_row = 0;
    int m_stripRows = 0; // of the picture, in the strip that is computed
    IterationImage m_strip;
    std::unique_ptr<QSaveFile> m_file;
    std::unique_ptr<PngStream> m_stream;
};

} // namespace kolam::gui
