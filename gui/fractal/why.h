// SPDX-License-Identifier: GPL-3.0-or-later
// Why nothing, or not everything, moves: in words for people, with what they can do and when the next try comes.
// A function of the engine's progress and the registrar's. Next door: why_panel.h shows it.
#pragma once

#include "demos/users/fractal/fractal_update.h"

#include <QString>
#include <optional>

namespace kolam::gui {

/// What the window knows about the way to the pool.
struct PoolLink {
    bool failed = false; // the transport could not be opened: nothing will ever come
    QString failure;
    bool started = false; // the first word from the core has come
    bool hasRegistrar = false;
    QString registrar; // "0x11111111 at 127.0.0.1:3863"
    friend bool operator==(const PoolLink&, const PoolLink&) = default;
};

struct Why {
    enum class Kind : quint8 {
        Failed,
        NoRegistrar,
        NoElement,
        TooFewSlots,
        ConnectFailed,
        Refused,
        NobodyKnowsIt,
        Compatible, // nothing is wrong, but the picture is not what was asked for
    };
    Kind kind = Kind::NoRegistrar;
    bool nothingMoves = true; // else a part of the sessions waits while others compute
    QString title;
    QString reason;
    QString advice;
    std::optional<Duration> retryIn; // from the batch that it was made of
    friend bool operator==(const Why&, const Why&) = default;
};

/// @param progress  of the latest batch; none before the first
/// @param sessions  of the latest batch
/// @return nothing when all is well, or too early to tell
[[nodiscard]] std::optional<Why> explain(const PoolLink& link, const std::optional<fractal::ImageProgress>& progress,
                                         const std::vector<fractal::SessionView>& sessions, const QString& pool);

/// "in 2.3 s", "now".
[[nodiscard]] QString countdown(Duration left);

} // namespace kolam::gui
