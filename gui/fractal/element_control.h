// SPDX-License-Identifier: GPL-3.0-or-later
// The hand of whoever started the pool's elements: only what a demonstration itself started can be killed and
// restarted. Next door: control_client.h talks to `kolam demo`; pool_model.h shows the buttons.
//
// The protocol, on a Unix stream socket of the user's own, one JSON object a line (demos/lab/control_server.h serves
// it):
//   window to lab:  {"cmd":"kill","element":"0x0a000001"}     {"cmd":"restart","element":"0x0a000001"}
//                   {"cmd":"freeze","element":"0x0a000001"}
//                   {"cmd":"progress","done":0.42}            how much of the picture is there, a few times a second
//   lab to window:  {"event":"element","id":"0x0a000001","letter":"A","state":"running","pid":4711}
//                   where state is running, frozen or killed
//                   {"event":"error","text":"..."}            the last command could not be done
// The lab greets a window with the state of every element, in the order of their letters: A, B, C ...
#pragma once

#include "core/base/ids.h"

#include <QObject>
#include <QString>

namespace kolam::gui {

enum class ProcessState : quint8 { Running, Frozen, Killed };

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
