// SPDX-License-Identifier: GPL-3.0-or-later
// The way from the whole set to a place as numbered PNG files, one picture a frame, for programs that make films of
// them. Next door: picture_render.h, which makes each; render_program.h runs it for --frames.
#pragma once

#include "gui/fractal/picture_render.h"

#include <memory>

namespace kolam::gui {

class ZoomFlight : public QObject {
    Q_OBJECT
public:
    /// @param last  the last frame; its path gives the names: "way.png" makes "way-0001.png", "way-0002.png" and so on
    /// @param frames  at least 2
    ZoomFlight(FractalBackend& backend, PictureRender::Config last, int frames, QObject* parent = nullptr);

    void start() { next(); }
    [[nodiscard]] int framesDone() const { return m_done; }
    [[nodiscard]] QString pathOf(int frame) const; // from 0
    [[nodiscard]] ViewRect viewOf(int frame) const;

signals:
    void progressed(int framesDone, int frames);
    void becameCompatible();
    void completed();
    void failed(const QString& why);

private:
    void next();

    FractalBackend& m_backend;
    PictureRender::Config m_last;
    int m_frames;
    int m_done = 0;
    bool m_toldCompatible = false;
    std::unique_ptr<PictureRender> m_frame;
};

} // namespace kolam::gui
