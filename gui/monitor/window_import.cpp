// SPDX-License-Identifier: GPL-3.0-or-later
// Setups of rserpooldemo in the monitor: components stand where the setup has them, as soon as they are heard of, and
// what it would start becomes a scenario. Next door: demos/lab/demo_import.h, who reads them.
#include "gui/common/saving.h"
#include "gui/monitor/monitor_actions.h"
#include "gui/monitor/monitor_window.h"
#include "gui/monitor/topology_view.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>

namespace kolam::gui {

namespace {
// A hundredth of a setup's picture, in the map's units: so that neighbours' cards do not cover each other.
constexpr double placeWidth = 14;
constexpr double placeHeight = 9;
} // namespace

void MonitorWindow::chooseSetup() {
    auto* const dialog =
        new QFileDialog(this, tr("Import a setup of rserpooldemo"), {}, tr("Setups (*.xml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MonitorWindow::importSetup);
    dialog->open();
}

void MonitorWindow::importSetup(const QString& path) {
    auto demo = lab::importDemo(path.toStdString());
    if (!demo) {
        say(QString::fromStdString(demo.error()));
        return;
    }
    m_setup = std::move(*demo);
    refresh(); // which places them
    m_map->fit();
    if (!m_setup->caption.empty()) {
        setWindowTitle(tr("Kolam monitor – %1").arg(QString::fromStdString(m_setup->caption)));
    }
    QStringList notes;
    for (const std::string& note : m_setup->notes) {
        notes.append(QString::fromStdString(note));
    }
    auto* const box =
        new QMessageBox(QMessageBox::NoIcon, tr("Setup imported"),
                        tr("%n component(s) have their places, and get them as soon as they are heard of.", nullptr,
                           static_cast<int>(m_setup->nodes.size())),
                        QMessageBox::Close, this);
    box->setTextFormat(Qt::PlainText);
    if (!notes.isEmpty()) {
        box->setInformativeText(tr("%n thing(s) were left out.", nullptr, static_cast<int>(notes.size())));
        box->setDetailedText(notes.join(u'\n'));
    }
    const QPushButton* const save = box->addButton(tr("&Save as a scenario…"), QMessageBox::ActionRole);
    connect(save, &QPushButton::clicked, this, [this] {
        saveBy(
            *this, tr("Save as a scenario"), tr("Scenarios (*.rsdemo)"),
            [this](const QString& file) { return saveText(file, QString::fromStdString(m_setup->scenario)); },
            [this](const QString& sentence) { say(sentence); });
    });
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

/// Nodes that have come since the last time; what people have moved stays where they put it.
void MonitorWindow::placeSetup() {
    if (!m_setup) {
        return;
    }
    TopologyView::Pins pins = m_map->pins();
    const std::size_t before = m_placed.size();
    for (const TopologyNode& node : m_map->topology().nodes) {
        const auto found = std::ranges::find(m_setup->nodes, node.id.component, &lab::ImportedDemo::Node::component);
        if (found != m_setup->nodes.end() && found->x && m_placed.insert(node.id).second) {
            pins[node.id] = {*found->x * placeWidth, *found->y * placeHeight};
        }
    }
    if (m_placed.size() != before) {
        m_map->setPins(m_map->layout(), std::move(pins));
    }
}

} // namespace kolam::gui
