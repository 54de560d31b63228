// SPDX-License-Identifier: GPL-3.0-or-later
// Small pictures, computed at home one after the other in a thread of their own. Next door: gallery_model.h asks.
#pragma once

#include "core/wire/services.h"
#include "gui/fractal/palette.h"

#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <functional>
#include <optional>

namespace kolam::gui {

/// A picture computed here and now, by one thread. Null when `cancelled` said so, which is asked now and then.
[[nodiscard]] QImage computedAtHome(const wire::FractalParameter& parameter, const Colouring& colouring,
                                    const std::function<bool()>& cancelled = {});

class ThumbnailMaker : public QObject {
    Q_OBJECT
public:
    explicit ThumbnailMaker(QSize size, QObject* parent = nullptr);
    ~ThumbnailMaker() override; // what is being computed is cancelled within some milliseconds

    /// Answered by made(), once. Without colours it gets fitting ones.
    void request(int key, const wire::FractalParameter& parameter, const std::optional<Colouring>& colouring);

signals:
    void made(int key, const QImage& thumbnail);

private:
    QSize m_size;
    QThreadPool m_workers;
    std::atomic<bool> m_cancelled = false;
};

} // namespace kolam::gui
