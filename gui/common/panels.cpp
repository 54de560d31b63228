// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/panels.h"

#include <QDockWidget>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace kolam::gui {

QWidget* stacked(std::initializer_list<QWidget*> widgets, int spacing) {
    auto* const box = new QWidget;
    auto* const layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    for (QWidget* const widget : widgets) {
        layout->addWidget(widget);
    }
    return box;
}

QTableView* plainTable(QAbstractItemModel* model, const QString& name, QWidget* parent) {
    auto* const table = new QTableView(parent);
    table->setModel(model);
    table->setAccessibleName(name);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false); // Tab leaves it
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

QDockWidget* addPanel(QMainWindow& window, Qt::DockWidgetArea area, const QString& name, const char* key,
                      QWidget* content) {
    auto* const dock = new QDockWidget(name, &window);
    dock->setObjectName(QString::fromLatin1(key));
    dock->setAccessibleName(name);
    dock->setWidget(content);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    window.addDockWidget(area, dock);
    return dock;
}

} // namespace kolam::gui
