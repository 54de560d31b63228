// SPDX-License-Identifier: GPL-3.0-or-later
// The clock of convergence: since when registrars agree, or differ, and how long that lasted before; what stands above
// the table of differences. Next door: gui/common/model.h, Agreement; pool_rows.h, the table.
#pragma once

#include "gui/common/model.h"

#include <QLabel>

namespace kolam::gui {

/// In sentences.
[[nodiscard]] QString convergenceText(const Model& model, WallTime now);

class AgreementClock final : public QLabel {
    Q_OBJECT
public:
    explicit AgreementClock(QWidget* parent = nullptr);
    void showModel(const Model& model, WallTime now);
};

} // namespace kolam::gui
