// SPDX-License-Identifier: GPL-3.0-or-later
// Where pictures come from, seen from the window: batches and news of the pool come as queued signals, commands go and
// nobody waits. Next door: pool_backend.h is the real one; tests bring their own.
#pragma once

#include "demos/users/fractal/fractal_update.h"
#include "gui/fractal/why.h"

#include <QObject>
#include <memory>

namespace kolam::gui {

using UpdatePointer = std::shared_ptr<const fractal::FractalUpdate>;

class FractalBackend : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void start(const wire::FractalParameter& image, fractal::CoarsePass coarse) = 0;
    virtual void cancel() = 0;
    virtual void setSessions(quint32 sessions) = 0;

signals:
    void updated(const kolam::gui::UpdatePointer& update);
    void linkChanged(const kolam::gui::PoolLink& link);
};

} // namespace kolam::gui
