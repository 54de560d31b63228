// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/pool_panel.h"

#include "gui/common/elided_label.h"
#include "gui/common/glyphs.h"
#include "gui/common/theme.h"
#include "gui/fractal/fractal_run.h"
#include "gui/fractal/letter_chip.h"
#include "gui/fractal/share_bar.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace kolam::gui {

namespace {

QLabel* makeLabel(QWidget* parent, const char* role) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("role", QLatin1String(role));
    return label;
}

QColor healthColour(ElementHealth health) {
    const ThemeTokens& tokens = currentTokens();
    switch (health) {
    case ElementHealth::Working: return tokens.good;
    case ElementHealth::Idle: return tokens.muted;
    case ElementHealth::Frozen:
    case ElementHealth::Lost: return tokens.warning;
    case ElementHealth::Killed: return tokens.bad;
    }
    return tokens.text;
}

QString healthSign(ElementHealth health) {
    switch (health) {
    case ElementHealth::Working: return QStringLiteral("●");
    case ElementHealth::Idle: return QStringLiteral("○");
    case ElementHealth::Frozen: return QStringLiteral("❄");
    case ElementHealth::Lost: return QStringLiteral("▲");
    case ElementHealth::Killed: return QStringLiteral("✕");
    }
    return {};
}

} // namespace

ElementCard::ElementCard(FractalRun& run, int row, QWidget* parent)
    : QFrame(parent)
    , m_run(run)
    , m_row(row)
    , m_chip(new LetterChip(this))
    , m_name(makeLabel(this, "title"))
    , m_health(makeLabel(this, ""))
    , m_share(new ShareBar(this))
    , m_work(new ElidedLabel(this))
    , m_kill(new QPushButton(glyphIcon(Glyph::Kill), tr("Kill"), this))
    , m_freeze(new QPushButton(tr("Freeze"), this))
    , m_restart(new QPushButton(glyphIcon(Glyph::Restart), tr("Restart"), this)) {
    setProperty("card", true);
    m_work->setProperty("role", QStringLiteral("muted"));
    const int space = currentTokens().space;
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(space, space, space, space);
    layout->setVerticalSpacing(space / 2);
    layout->setHorizontalSpacing(space);
    layout->addWidget(m_chip, 0, 0, 2, 1, Qt::AlignVCenter);
    layout->addWidget(m_name, 0, 1);
    layout->addWidget(m_health, 0, 2, Qt::AlignRight);
    layout->addWidget(m_work, 1, 1, 1, 2);
    layout->addWidget(m_share, 2, 0, 1, 3);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space / 2);
    for (QPushButton* button : {m_kill, m_freeze, m_restart}) {
        buttons->addWidget(button);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    layout->addLayout(buttons, 3, 0, 1, 3);
    layout->setColumnStretch(1, 1);
    const auto identifier = [this] { return m_run.pool().row(m_row).identifier; };
    connect(m_kill, &QPushButton::clicked, this, [this, identifier] { m_run.kill(identifier()); });
    connect(m_freeze, &QPushButton::clicked, this, [this, identifier] { m_run.freeze(identifier()); });
    connect(m_restart, &QPushButton::clicked, this, [this, identifier] { m_run.restart(identifier()); });
    refresh();
}

void ElementCard::refresh() {
    const QModelIndex index = m_run.pool().index(m_row);
    const PoolRow& row = m_run.pool().row(m_row);
    const QString name = index.data(Qt::DisplayRole).toString();
    const auto colour = index.data(PoolModel::ColourRole).value<QColor>();
    m_chip->show(index.data(PoolModel::LetterRole).toString(), colour);
    m_name->setText(name);
    m_health->setText(healthSign(row.health) + QLatin1Char(' ') + elementHealthName(row.health));
    QPalette words = palette();
    words.setColor(QPalette::WindowText, healthColour(row.health));
    m_health->setPalette(words);
    setToolTip(index.data(Qt::ToolTipRole).toString());
    m_share->show(row.share, colour);
    m_share->setAccessibleName(tr("%1 has computed %2 % of the picture").arg(name).arg(qRound(row.share * 100)));
    QStringList work{tr("%1 %").arg(qRound(row.share * 100)), tr("%n tile(s)", nullptr, row.tilesDone)};
    if (row.sessions > 0) {
        work.append(tr("%n session(s)", nullptr, static_cast<int>(row.sessions)));
    }
    if (row.failedAway > 0) {
        work.append(tr("%n failover(s)", nullptr, static_cast<int>(row.failedAway)));
    }
    m_work->setText(work.join(QStringLiteral(" · ")));
    m_work->setToolTip(m_work->text());
    m_kill->setVisible(index.data(PoolModel::CanKillRole).toBool());
    m_freeze->setVisible(m_kill->isVisibleTo(this) && row.health != ElementHealth::Frozen);
    m_restart->setVisible(index.data(PoolModel::CanRestartRole).toBool());
    m_kill->setAccessibleName(tr("Kill %1").arg(name));
    m_freeze->setAccessibleName(tr("Freeze %1").arg(name));
    m_restart->setAccessibleName(tr("Restart %1").arg(name));
    m_kill->setToolTip(tr("Kill the process of %1 with SIGKILL; its tiles go on elsewhere").arg(name));
    m_freeze->setToolTip(tr("Stop the process of %1 with SIGSTOP, as if it hung").arg(name));
    m_restart->setToolTip(tr("Start %1 again").arg(name));
    setAccessibleName(index.data(Qt::AccessibleTextRole).toString());
}

PoolPanel::PoolPanel(FractalRun& run, QWidget* parent)
    : QWidget(parent)
    , m_run(run)
    , m_cards(new QVBoxLayout)
    , m_empty(makeLabel(this, "muted")) {
    const int space = currentTokens().space;
    m_empty->setText(tr("No element has worked for us yet."));
    m_empty->setWordWrap(true);
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(space, space, space, space);
    column->setSpacing(space);
    column->addWidget(m_empty);
    m_cards->setSpacing(space);
    column->addLayout(m_cards);
    column->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Elements of the pool"));
    scroll->setWidget(inside);
    m_scroll = scroll;
    fitWidth();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(&run.pool(), &PoolModel::rowsInserted, this, &PoolPanel::addCards);
    connect(&run.pool(), &PoolModel::dataChanged, this, [this](const QModelIndex& first, const QModelIndex& last) {
        for (int row = first.row(); row <= last.row() && row < m_cardOfRow.size(); ++row) {
            m_cardOfRow[row]->refresh();
        }
    });
    addCards();
}

void PoolPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fitWidth();
    }
}

/// Wide enough for the longest card, for cards cannot be scrolled sideways.
void PoolPanel::fitWidth() {
    if (m_scroll == nullptr) {
        return; // still being made
    }
    QFont bold = font();
    bold.setBold(true);
    const int name = QFontMetrics(bold).horizontalAdvance(tr("Element %1").arg(QStringLiteral("WW")));
    const int health = fontMetrics().horizontalAdvance(healthSign(ElementHealth::Working) + u' ' +
                                                       elementHealthName(ElementHealth::Working));
    const int chip = fontMetrics().height() * 2;
    m_scroll->setMinimumWidth(chip + name + health + 8 * currentTokens().space +
                              m_scroll->verticalScrollBar()->sizeHint().width());
}

void PoolPanel::addCards() {
    while (m_cardOfRow.size() < m_run.pool().rowCount()) {
        auto* card = new ElementCard(m_run, static_cast<int>(m_cardOfRow.size()), this);
        m_cards->addWidget(card);
        m_cardOfRow.append(card);
    }
    m_empty->setVisible(m_cardOfRow.isEmpty());
}

} // namespace kolam::gui
