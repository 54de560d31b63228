// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/partition_dialog.h"

#include "gui/common/sentences.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <algorithm>

namespace kolam::gui {

PartitionDialog::PartitionDialog(const std::vector<ComponentId>& components, const std::vector<ComponentId>& first,
                                 QWidget* parent)
    : QDialog(parent)
    , m_components(components) {
    setWindowTitle(tr("Cut off from each other"));
    auto* const grid = new QGridLayout(this);
    const std::array titles{tr("&These"), tr("do not reach t&hese")};
    for (int side = 0; side < 2; ++side) {
        auto* const list = new QListWidget(this);
        auto* const title = new QLabel(titles[static_cast<std::size_t>(side)], this);
        title->setBuddy(list);
        list->setAccessibleName(title->text().remove(u'&'));
        for (const ComponentId component : components) {
            auto* const item = new QListWidgetItem(nameOf(component), list);
            const bool isFirst = std::ranges::find(first, component) != first.end();
            item->setCheckState(side == 0 && isFirst ? Qt::Checked : Qt::Unchecked);
        }
        grid->addWidget(title, 0, side);
        grid->addWidget(list, 1, side);
        m_sides[static_cast<std::size_t>(side)] = list;
        connect(list, &QListWidget::itemChanged, this, &PartitionDialog::refresh);
        connect(list, &QListWidget::itemActivated, this, [](QListWidgetItem* item) {
            item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
        });
    }
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_cut = buttons->addButton(tr("&Cut"), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    grid->addWidget(buttons, 2, 0, 1, 2);
    resize(520, 400);
    refresh();
    m_sides[1]->setFocus();
}

std::vector<ComponentId> PartitionDialog::chosen(std::size_t side) const {
    std::vector<ComponentId> components;
    for (int row = 0; row < m_sides[side]->count(); ++row) {
        if (m_sides[side]->item(row)->checkState() == Qt::Checked) {
            components.push_back(m_components[static_cast<std::size_t>(row)]);
        }
    }
    return components;
}

void PartitionDialog::refresh() {
    for (std::size_t side = 0; side < 2; ++side) {
        const QSignalBlocker silence(m_sides[side]);
        for (int row = 0; row < m_sides[side]->count(); ++row) {
            const bool free = m_sides[1 - side]->item(row)->checkState() != Qt::Checked;
            QListWidgetItem* const item = m_sides[side]->item(row);
            item->setFlags(free ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable : Qt::NoItemFlags);
        }
    }
    m_cut->setEnabled(!these().empty() && !fromThese().empty());
}

} // namespace kolam::gui
