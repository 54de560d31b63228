// SPDX-License-Identifier: GPL-3.0-or-later
// Asks whether something shall be done; and where much is at stake, to type its name. Nothing is the default.
// Next door: operations.h.
#pragma once

#include "gui/poolview/operations.h"

#include <QDialog>

class QDialogButtonBox;
class QLineEdit;

namespace kolam::gui {

class OperationDialog final : public QDialog {
    Q_OBJECT
public:
    /// @param name  of the operation, as its menu has it
    OperationDialog(const QString& name, Operation operation, const std::vector<NodeId>& nodes, const Stake& stake,
                    QWidget* parent);
    [[nodiscard]] QString typed() const;
    /// The field for the name; null: nothing must be typed.
    [[nodiscard]] QLineEdit* field() { return m_field; }
    [[nodiscard]] bool canAccept() const;

private:
    Stake m_stake;
    QLineEdit* m_field = nullptr;
    QDialogButtonBox* m_buttons;
};

} // namespace kolam::gui
