// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/rules_panel.h"

#include "gui/common/row_model.h"
#include "gui/common/sentences.h"
#include "gui/poolview/state_story.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QTableView>

namespace kolam::gui {

namespace {

QSpinBox* limitBox(QWidget* parent, int least, int most, const QString& unit, const QString& name) {
    auto* const box = new QSpinBox(parent);
    box->setRange(least, most);
    box->setSuffix(unit.isEmpty() ? QString() : u' ' + unit);
    box->setAccessibleName(name);
    box->setToolTip(name);
    return box;
}

} // namespace

RulesPanel::RulesPanel(RuleBook& book, QWidget* parent)
    : QWidget(parent)
    , m_book(book)
    , m_alarms(new RowModel({tr("Alarm"), tr("For")}, this))
    , m_none(new QLabel(tr("Everything is within its limits."), this))
    , m_table(new QTableView(this))
    , m_minimumOn(new QCheckBox(tr("Fewer elements up than"), this))
    , m_minimum(limitBox(this, 0, 100'000, {}, tr("Least number of elements that are up, of each pool")))
    , m_minimumOfPools(new QLineEdit(this))
    , m_loadOn(new QCheckBox(tr("Load above, for"), this))
    , m_loadPercent(limitBox(this, 1, 100, tr("%"), tr("Load of an element")))
    , m_loadSeconds(limitBox(this, 0, 86'400, tr("s"), tr("How long it must stay above that load")))
    , m_staleOn(new QCheckBox(tr("Nothing heard for"), this))
    , m_staleSeconds(limitBox(this, 1, 86'400, tr("s"), tr("Silence of the source")))
    , m_differOn(new QCheckBox(tr("Registrars differ for"), this))
    , m_differSeconds(limitBox(this, 0, 86'400, tr("s"), tr("How long registrars may differ")))
    , m_failoverOn(new QCheckBox(tr("Failover p95 above"), this))
    , m_failoverMilliseconds(limitBox(this, 1, 3'600'000, tr("ms"), tr("p95 of failovers in the last hour")))
    , m_notify(new QCheckBox(tr("Tell the desktop, quietly"), this))
    , m_complaint(new QLabel(this)) {
    m_table->setModel(m_alarms);
    m_table->setAccessibleName(tr("Alarms"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_none->setMargin(6);
    m_minimumOfPools->setPlaceholderText(tr("of pools: Fractal*=3, EchoPool=2"));
    m_minimumOfPools->setAccessibleName(tr("Other least numbers, for pools"));
    m_complaint->setTextFormat(Qt::PlainText);
    m_complaint->setWordWrap(true);
    m_complaint->hide();
    auto* const grid = new QGridLayout;
    grid->setContentsMargins(6, 4, 6, 4);
    grid->setVerticalSpacing(3);
    int row = 0;
    const auto add = [&](QCheckBox* box, QWidget* one, QWidget* other = nullptr) {
        grid->addWidget(box, row, 0);
        grid->addWidget(one, row, 1);
        if (other != nullptr) {
            grid->addWidget(other, row, 2);
        }
        ++row;
    };
    add(m_minimumOn, m_minimum, m_minimumOfPools);
    add(m_loadOn, m_loadPercent, m_loadSeconds);
    add(m_staleOn, m_staleSeconds);
    add(m_differOn, m_differSeconds);
    add(m_failoverOn, m_failoverMilliseconds);
    grid->addWidget(m_notify, row, 0, 1, 3);
    grid->addWidget(m_complaint, row + 1, 0, 1, 3);
    grid->setColumnStretch(2, 1);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_none);
    layout->addWidget(m_table, 1);
    layout->addLayout(grid);
    layout->addStretch();
    showRules();
    for (QCheckBox* const box : {m_minimumOn, m_loadOn, m_staleOn, m_differOn, m_failoverOn, m_notify}) {
        // The frame of a box is a darker shade of its window, which on dark windows is none.
        QPalette look = box->palette();
        look.setColor(QPalette::Window, currentTokens().muted);
        box->setPalette(look);
        connect(box, &QCheckBox::toggled, this, &RulesPanel::takeRules);
    }
    for (QSpinBox* const box :
         {m_minimum, m_loadPercent, m_loadSeconds, m_staleSeconds, m_differSeconds, m_failoverMilliseconds}) {
        connect(box, &QSpinBox::valueChanged, this, &RulesPanel::takeRules);
    }
    connect(m_minimumOfPools, &QLineEdit::textChanged, this, &RulesPanel::takeRules);
    connect(&book, &RuleBook::changed, this, &RulesPanel::showRules);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (const Row* const of = m_alarms->rowAt(index); of != nullptr && of->node) {
            emit chosen(*of->node);
        }
    });
}

void RulesPanel::showAlarms(WallTime now) {
    std::vector<Row> rows;
    for (const Alarm& alarm : m_book.alarms()) {
        rows.push_back({.key = alarm.key,
                        .cells = {{alarm.sentence, {}}, {ageText(ageOf(alarm.since, now)), {}}},
                        .node = alarm.node,
                        .state = ElementState::Suspect,
                        .children = {}});
    }
    m_alarms->setRows(std::move(rows));
    m_none->setVisible(m_book.alarms().empty());
    m_table->setVisible(!m_book.alarms().empty());
}

void RulesPanel::showRules() {
    const Rules& rules = m_book.rules();
    const auto set = [](auto* box, auto value) {
        const QSignalBlocker silence(box);
        if constexpr (std::is_same_v<decltype(value), bool>) {
            box->setChecked(value);
        } else {
            box->setValue(value);
        }
    };
    set(m_minimumOn, rules.minimumOn);
    set(m_minimum, rules.minimum);
    set(m_loadOn, rules.loadOn);
    set(m_loadPercent, rules.loadPercent);
    set(m_loadSeconds, rules.loadSeconds);
    set(m_staleOn, rules.staleOn);
    set(m_staleSeconds, rules.staleSeconds);
    set(m_differOn, rules.differOn);
    set(m_differSeconds, rules.differSeconds);
    set(m_failoverOn, rules.failoverOn);
    set(m_failoverMilliseconds, rules.failoverMilliseconds);
    set(m_notify, rules.notify);
    if (!m_minimumOfPools->hasFocus() && m_complaint->isHidden()) {
        const QSignalBlocker silence(m_minimumOfPools);
        m_minimumOfPools->setText(rules.minimumOfPools);
    }
}

void RulesPanel::takeRules() {
    Rules rules = m_book.rules();
    rules.minimumOn = m_minimumOn->isChecked();
    rules.minimum = m_minimum->value();
    rules.loadOn = m_loadOn->isChecked();
    rules.loadPercent = m_loadPercent->value();
    rules.loadSeconds = m_loadSeconds->value();
    rules.staleOn = m_staleOn->isChecked();
    rules.staleSeconds = m_staleSeconds->value();
    rules.differOn = m_differOn->isChecked();
    rules.differSeconds = m_differSeconds->value();
    rules.failoverOn = m_failoverOn->isChecked();
    rules.failoverMilliseconds = m_failoverMilliseconds->value();
    rules.notify = m_notify->isChecked();
    // What cannot be read is not taken, and said.
    const QString complaint = Rules::complaint(m_minimumOfPools->text());
    m_complaint->setText(complaint);
    m_complaint->setVisible(!complaint.isEmpty());
    if (complaint.isEmpty()) {
        rules.minimumOfPools = m_minimumOfPools->text();
    }
    m_book.setRules(rules);
}

} // namespace kolam::gui
