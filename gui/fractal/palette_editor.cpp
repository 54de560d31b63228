// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/palette_editor.h"

#include "gui/common/theme.h"

#include <QColorDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace kolam::gui {

namespace {

constexpr QSize chipSize{26, 26};

QPixmap chip(QRgb colour) {
    QPixmap pixmap(chipSize);
    pixmap.fill(QColor(colour));
    return pixmap;
}

} // namespace

PaletteEditor::PaletteEditor(const Colouring& colouring, QWidget* parent)
    : QDialog(parent)
    , m_stops(stopsOf(colouring))
    , m_strip(new QLabel(this))
    , m_row(new QHBoxLayout)
    , m_add(new QPushButton(tr("&Add a colour"), this))
    , m_remove(new QPushButton(tr("&Remove the last"), this)) {
    setWindowTitle(tr("Palette of your own"));
    auto* column = new QVBoxLayout(this);
    const int space = currentTokens().space;
    column->setSpacing(space);
    auto* words = new QLabel(tr("Colours follow each other around a circle. Choose one to change it."), this);
    words->setWordWrap(true);
    column->addWidget(words);
    m_strip->setAccessibleName(tr("The palette"));
    column->addWidget(m_strip);
    m_row->setSpacing(space / 2);
    column->addLayout(m_row);
    auto* tools = new QHBoxLayout;
    auto* turn = new QPushButton(tr("&Turn round"), this);
    for (QPushButton* button : {m_add, m_remove, turn}) {
        button->setAutoDefault(false);
        tools->addWidget(button);
    }
    column->addLayout(tools);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    column->addWidget(buttons);
    connect(m_add, &QPushButton::clicked, this, &PaletteEditor::addStop);
    connect(m_remove, &QPushButton::clicked, this, &PaletteEditor::removeStop);
    connect(turn, &QPushButton::clicked, this, &PaletteEditor::reverse);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    rebuild();
}

void PaletteEditor::setStop(int index, QRgb colour) {
    m_stops.at(static_cast<std::size_t>(index)) = colour | 0xff000000;
    rebuild();
    emit edited(m_stops);
}

void PaletteEditor::addStop() {
    if (m_stops.size() < mostStops) {
        const std::vector<QRgb> ends{m_stops.back(), m_stops.front()};
        m_stops.push_back(paletteColour({.stops = ends}, 0.25));
        rebuild();
        emit edited(m_stops);
    }
}

void PaletteEditor::removeStop() {
    if (m_stops.size() > fewestStops) {
        m_stops.pop_back();
        rebuild();
        emit edited(m_stops);
    }
}

void PaletteEditor::reverse() {
    std::ranges::reverse(m_stops);
    rebuild();
    emit edited(m_stops);
}

void PaletteEditor::rebuild() {
    while (QLayoutItem* item = m_row->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->deleteLater(); // it may be the one that was clicked
        }
        delete item;
    }
    for (int index = 0; index < static_cast<int>(m_stops.size()); ++index) {
        const QRgb colour = m_stops[static_cast<std::size_t>(index)];
        auto* button = new QPushButton(this);
        button->setAutoDefault(false);
        button->setIcon(chip(colour));
        button->setIconSize(chipSize);
        button->setAccessibleName(tr("Colour %1: %2").arg(index + 1).arg(QColor(colour).name()));
        button->setToolTip(button->accessibleName());
        connect(button, &QPushButton::clicked, this, [this, index] { askForColour(index); });
        m_row->addWidget(button);
    }
    m_strip->setPixmap(QPixmap::fromImage(paletteStrip({.stops = m_stops}, QSize(chipSize.width() * 20, 28))));
    m_add->setEnabled(m_stops.size() < mostStops);
    m_remove->setEnabled(m_stops.size() > fewestStops);
}

void PaletteEditor::askForColour(int index) {
    auto* dialog = new QColorDialog(QColor(m_stops.at(static_cast<std::size_t>(index))), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QColorDialog::NoButtons);
    dialog->setOption(QColorDialog::DontUseNativeDialog);
    connect(dialog, &QColorDialog::currentColorChanged, this, [this, index](const QColor& colour) {
        if (index < static_cast<int>(m_stops.size())) {
            setStop(index, colour.rgb());
        }
    });
    dialog->open(); // never exec(): the window can close under it
}

} // namespace kolam::gui
