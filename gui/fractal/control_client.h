// SPDX-License-Identifier: GPL-3.0-or-later
// ElementControl by the hand in a lab that all windows have. Next door: gui/feeds/lab_client.h.
#pragma once

#include "gui/feeds/lab_client.h"
#include "gui/fractal/element_control.h"

namespace kolam::gui {

class ControlClient final : public ElementControl {
    Q_OBJECT
public:
    explicit ControlClient(const QString& socketPath, QObject* parent = nullptr);
    void kill(PeIdentifier element) override { m_lab.kill(telemetry::componentId(element)); }
    void freeze(PeIdentifier element) override { m_lab.freeze(telemetry::componentId(element)); }
    void restart(PeIdentifier element) override { m_lab.restart(telemetry::componentId(element)); }
    void reportProgress(double done) override { m_lab.reportProgress(done); }

private:
    LabClient m_lab;
};

} // namespace kolam::gui
