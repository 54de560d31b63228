// SPDX-License-Identifier: GPL-3.0-or-later
// What panels of windows are made of: docks, columns of widgets, tables that are only read. Next door: time_bar.h.
#pragma once

#include <QMainWindow>
#include <initializer_list>

class QAbstractItemModel;
class QDockWidget;
class QTableView;

namespace kolam::gui {

/// One below the other.
[[nodiscard]] QWidget* stacked(std::initializer_list<QWidget*> widgets, int spacing = 0);
/// @param name  for those who do not see it
[[nodiscard]] QTableView* plainTable(QAbstractItemModel* model, const QString& name, QWidget* parent);
/// @param key  for settings
QDockWidget* addPanel(QMainWindow& window, Qt::DockWidgetArea area, const QString& name, const char* key,
                      QWidget* content);

} // namespace kolam::gui
