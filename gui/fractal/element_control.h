// SPDX-License-Identifier: GPL-3.0-or-later
// The hand of whoever started the pool's elements: only what a demonstration itself started can be killed and
// restarted. Next door: control_client.h, the hand in a lab; pool_model.h shows the buttons.
#pragma once

#include "core/base/ids.h"
#include "gui/feeds/lab_client.h"

#include <QObject>
#include <QString>

namespace kolam::gui {

using ProcessState = LabClient::Process;

struct ControlledElement {
    PeIdentifier identifier;
    ProcessState state = ProcessState::Running;
    qint64 pid = 0; // 0: none
};

class ElementControl : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void kill(PeIdentifier element) = 0;
    virtual void freeze(PeIdentifier element) = 0;
    virtual void restart(PeIdentifier element) = 0; // also thaws a frozen one
    /// Tells how much of the picture is there, 0 to 1.
    virtual void reportProgress(double done) = 0;

signals:
    /// An element that can be controlled, new or in a new state.
    void elementChanged(const kolam::gui::ControlledElement& element);
    /// A command could not be done, or the connection is lost: a sentence for people.
    void failed(const QString& why);
    /// The hand is gone: nothing can be controlled any more.
    void disconnected();
};

} // namespace kolam::gui
