// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/control_client.h"

namespace kolam::gui {

ControlClient::ControlClient(const QString& socketPath, QObject* parent) : ElementControl(parent), m_lab(socketPath) {
    connect(&m_lab, &LabClient::failed, this, &ElementControl::failed);
    connect(&m_lab, &LabClient::gone, this, &ElementControl::disconnected);
    connect(&m_lab, &LabClient::changed, this, [this](ComponentId component) {
        const auto member = m_lab.members().find(component);
        if (member == m_lab.members().end() || telemetry::roleOf(component) != telemetry::Role::Element) {
            return;
        }
        emit elementChanged({.identifier = PeIdentifier{static_cast<std::uint32_t>(telemetry::objectOf(component))},
                             .state = member->second.process,
                             .pid = member->second.pid});
    });
}

} // namespace kolam::gui
