// SPDX-License-Identifier: GPL-3.0-or-later
// Who is cut off from whom: two lists of components, in which nobody can be on both sides.
// Next door: window_faults.cpp, which asks with it.
#pragma once

#include "gui/common/model.h"

#include <QDialog>
#include <array>
#include <vector>

class QListWidget;
class QPushButton;

namespace kolam::gui {

class PartitionDialog final : public QDialog {
    Q_OBJECT
public:
    /// @param first  is already on the first side
    PartitionDialog(const std::vector<ComponentId>& components, const std::vector<ComponentId>& first,
                    QWidget* parent = nullptr);

    [[nodiscard]] std::vector<ComponentId> these() const { return chosen(0); }
    [[nodiscard]] std::vector<ComponentId> fromThese() const { return chosen(1); }
    [[nodiscard]] QListWidget& list(std::size_t side) const { return *m_sides[side]; }

private:
    [[nodiscard]] std::vector<ComponentId> chosen(std::size_t side) const;
    void refresh();

    std::vector<ComponentId> m_components;
    std::array<QListWidget*, 2> m_sides{};
    QPushButton* m_cut;
};

} // namespace kolam::gui
