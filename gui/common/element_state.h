// SPDX-License-Identifier: GPL-3.0-or-later
// The nine states in which elements - and registrars and users - are shown, everywhere with the same colour, shape and
// word: one table, so that map, lists and legends cannot disagree, and nobody needs to see colours.
// Next door: model.h, from which the state follows.
#pragma once

#include "gui/common/model.h"
#include "gui/common/theme.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <array>

class QPainter;

namespace kolam::gui {

/// In the order from good to bad in which a group shows its worst.
enum class ElementState : quint8 {
    Up,
    Registering,
    Draining,
    Left,        // down, and it has said goodbye
    Unknown,     // whoever knew about it is gone
    Suspect,     // users say that they do not reach it, or a peer is silent
    Conflicting, // two senders use one identifier
    Frozen,      // its process is there, and says nothing
    Crashed,     // down without a word
};
inline constexpr std::size_t elementStates = 9;

struct ElementStateLook {
    ElementState state;
    const char* key;              // for exports: "frozen"
    const char* word;             // to be translated
    const char* meaning;          // a sentence, to be translated
    QColor ThemeTokens::* colour; // a token, so that it fits the theme
    QPainterPath (*shape)();      // in the unit square, to be filled
};

[[nodiscard]] const ElementStateLook& lookOf(ElementState state);
[[nodiscard]] QString wordOf(ElementState state);
[[nodiscard]] QString meaningOf(ElementState state);
[[nodiscard]] QColor colourOf(ElementState state, const ThemeTokens& tokens);
void paintState(QPainter& painter, ElementState state, const QRectF& target, const ThemeTokens& tokens);

/// The state of a registrar, element or user.
[[nodiscard]] ElementState stateOf(const Model& model, const NodeId& node);

} // namespace kolam::gui
