// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/event_finder.h"

#include "gui/common/row_model.h"
#include "gui/common/saving.h"
#include "gui/common/sentences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <algorithm>

namespace kolam::gui {

namespace {

/// "failover began": the names of events, as recordings and `kolam replay` have them.
template <std::size_t... Kinds>
QStringList kindNames(std::index_sequence<Kinds...>) {
    QStringList names{QString::fromUtf8(std::variant_alternative_t<Kinds, telemetry::AnyEvent>::name.data())...};
    for (QString& name : names) {
        name.replace(u'_', u' ');
    }
    return names;
}

WallTime wallTimeOf(const QDateTime& time) {
    return WallTime{time.toMSecsSinceEpoch() * 1'000'000};
}

bool isAbout(const telemetry::Event& event, ComponentId object) {
    return event.component == object ||
           std::ranges::any_of(subjectsOf(event), [&](const NodeId& node) { return node.component == object; });
}

} // namespace

FoundEvents findIn(const EventHistory& history, const telemetry::EventQuery& query) {
    FoundEvents found;
    for (Position at = history.end(); at-- > history.begin();) {
        const telemetry::Event& event = history.at(at);
        if ((query.from && event.wall < *query.from) || (query.to && event.wall > *query.to) ||
            (query.kind && event.body.index() != *query.kind) || (query.object && !isAbout(event, *query.object))) {
            continue;
        }
        ++found.all;
        if (found.events.size() < query.most) {
            found.events.push_back(event);
        }
    }
    std::ranges::reverse(found.events);
    return found;
}

EventFinder::EventFinder(Feed& feed, const Playback& playback, const std::optional<NodeId>& node, QWidget* parent)
    : QDialog(parent)
    , m_feed(feed)
    , m_playback(playback)
    , m_object(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_hasFrom(new QCheckBox(tr("from"), this))
    , m_from(new QDateTimeEdit(this))
    , m_hasTo(new QCheckBox(tr("to"), this))
    , m_to(new QDateTimeEdit(this))
    , m_rows(new RowModel({tr("Time"), tr("Who"), tr("What happened")}, this))
    , m_table(new QTableView(this))
    , m_says(new QLabel(this)) {
    setWindowTitle(tr("Find events"));
    m_object->setEditable(true);
    m_object->setInsertPolicy(QComboBox::NoInsert);
    m_object->setAccessibleName(tr("Object"));
    m_object->setToolTip(tr("What tells them, or what they are about; also what is gone, as element-0x0a000001"));
    m_object->addItem(tr("everything"));
    for (const auto& [id, component] : playback.history().live().components()) {
        m_object->addItem(nameOf(id), QVariant::fromValue<qulonglong>(id.value));
    }
    if (node) {
        m_object->setCurrentIndex(
            std::max(0, m_object->findData(QVariant::fromValue<qulonglong>(node->component.value))));
    }
    m_kind->setAccessibleName(tr("Kind"));
    m_kind->addItem(tr("of every kind"));
    m_kind->addItems(kindNames(std::make_index_sequence<std::variant_size_v<telemetry::AnyEvent>>()));
    const auto time = [&](QCheckBox* box, QDateTimeEdit* edit, const QDateTime& at, const QString& name) {
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        edit->setDateTime(at);
        edit->setAccessibleName(name);
        edit->setEnabled(false);
        connect(box, &QCheckBox::toggled, edit, &QWidget::setEnabled);
    };
    const auto now = QDateTime::fromMSecsSinceEpoch(playback.time().value / 1'000'000);
    time(m_hasFrom, m_from, now.addSecs(-3'600), tr("Not before"));
    time(m_hasTo, m_to, now, tr("Not after"));
    m_table->setModel(m_rows);
    m_table->setAccessibleName(tr("Events that were found"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setColumnWidth(0, fontMetrics().horizontalAdvance(QStringLiteral("0000-00-00 00:00:00.000")) + 20);
    m_table->setColumnWidth(1, fontMetrics().averageCharWidth() * 18);
    m_says->setTextFormat(Qt::PlainText);
    m_says->setWordWrap(true);
    m_says->setAccessibleName(tr("How many were found"));
    m_says->setText(feed.keptAt().isEmpty()
                        ? tr("In what this window remembers. With --history, a gigabyte of the past is kept on disk.")
                        : tr("In the history that is kept in %1.").arg(feed.keptAt()));
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* const go = buttons->addButton(tr("&Find"), QDialogButtonBox::ActionRole);
    QPushButton* const save = buttons->addButton(tr("&Save…"), QDialogButtonBox::ActionRole);
    go->setDefault(true);
    connect(go, &QPushButton::clicked, this, &EventFinder::find);
    connect(save, &QPushButton::clicked, this, [this] {
        saveBy(
            *this, tr("Save the events"), tr("Comma separated values (*.csv)"),
            [this](const QString& path) { return saveText(path, m_rows->toCsv()); },
            [this](const QString& sentence) { m_says->setText(sentence); });
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const Row* const row = m_rows->rowAt(index)) {
            emit momentChosen(WallTime{static_cast<std::int64_t>(row->number)});
        }
    });
    connect(&feed, &Feed::found, this, [this](const auto& events, quint64 all) {
        if (m_asked.isValid()) { // else it was asked by somebody else
            showFound(events, all);
        }
    });
    auto* const grid = new QGridLayout;
    grid->addWidget(m_object, 0, 0);
    grid->addWidget(m_kind, 0, 1);
    grid->addWidget(m_hasFrom, 0, 2);
    grid->addWidget(m_from, 0, 3);
    grid->addWidget(m_hasTo, 0, 4);
    grid->addWidget(m_to, 0, 5);
    grid->setColumnStretch(0, 1);
    auto* const layout = new QVBoxLayout(this);
    layout->addLayout(grid);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_says);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 130, fontMetrics().height() * 30);
}

QString EventFinder::says() const {
    return m_says->text();
}

std::optional<telemetry::EventQuery> EventFinder::query() const {
    telemetry::EventQuery query;
    const QString text = m_object->currentText().trimmed();
    const int known = m_object->findText(text);
    if (known > 0) {
        query.object = ComponentId{m_object->itemData(known).toULongLong()};
    } else if (known < 0 && !text.isEmpty()) {
        query.object = telemetry::readComponentId(text.toStdString());
        if (!query.object) {
            return std::nullopt;
        }
    }
    if (m_kind->currentIndex() > 0) {
        query.kind = static_cast<std::size_t>(m_kind->currentIndex() - 1);
    }
    if (m_hasFrom->isChecked()) {
        query.from = wallTimeOf(m_from->dateTime());
    }
    if (m_hasTo->isChecked()) {
        query.to = WallTime{wallTimeOf(m_to->dateTime()).value + 999'999'999}; // the whole second
    }
    return query;
}

void EventFinder::find() {
    const auto wanted = query();
    if (!wanted) {
        m_says->setText(tr("“%1” is no component.").arg(m_object->currentText()));
        return;
    }
    m_asked.start();
    if (!m_feed.keptAt().isEmpty()) {
        m_says->setText(tr("Looking …"));
        m_feed.find(*wanted);
        return;
    }
    const FoundEvents found = findIn(m_playback.history(), *wanted);
    showFound(found.events, found.all);
}

void EventFinder::showFound(const std::vector<telemetry::Event>& events, quint64 all) {
    const auto took = std::chrono::milliseconds{m_asked.elapsed()};
    m_asked.invalidate();
    std::vector<Row> rows;
    rows.reserve(events.size());
    for (std::size_t at = events.size(); at-- > 0;) { // the last one first
        const telemetry::Event& event = events[at];
        const Sentence sentence = sentenceOf(event);
        rows.push_back(
            {.key = QString::number(at),
             .cells = {{QDateTime::fromMSecsSinceEpoch(event.wall.value / 1'000'000)
                            .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")),
                        {}},
                       {nameOf(event.component), {}},
                       {sentence.text.isEmpty() ? QString::fromStdString(toText(event.body)) : sentence.text, {}}},
             .node = {},
             .state = {},
             .number = static_cast<quint64>(event.wall.value),
             .children = {}});
    }
    m_rows->setRows({}); // their keys are only their places
    m_rows->setRows(std::move(rows));
    const QString count = tr("%n event(s) found in %1.", nullptr, static_cast<int>(all)).arg(textOf(took));
    m_says->setText(all > events.size()
                        ? tr("%1 The last %n are here.", nullptr, static_cast<int>(events.size())).arg(count)
                        : count);
}

} // namespace kolam::gui
