// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/table_page.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QSettings>

namespace kolam::gui {

namespace {

constexpr int comfortable = 12; // pixels more than the letters
constexpr int compact = 2;
constexpr double busy = 0.75; // from here on a load is told in other colours
constexpr double full = 0.9;
constexpr int widest = 340;  // pixels of a column, until somebody wants more
constexpr int sentence = 26; // letters that there is room for where sentences stand, also when the first ones are short

} // namespace

// ---- How a cell looks ----------------------------------------------------------------------------------------------

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QVariant share = index.data(PoolTable::ShareRole);
    if (share.isValid()) {
        QStyleOptionViewItem bare = option;
        initStyleOption(&bare, index);
        bare.text.clear();
        const QWidget* const widget = option.widget;
        QStyle* const style = widget != nullptr ? widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &bare, painter, widget);
        const ThemeTokens& tokens = currentTokens();
        const double value = std::clamp(share.toDouble(), 0.0, 1.0);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const int figures = option.fontMetrics.horizontalAdvance(QStringLiteral("100 %")) + 10;
        const QRectF track =
            QRectF(option.rect).adjusted(6, option.rect.height() * 0.3, -figures, -option.rect.height() * 0.3);
        painter->save();
        if (track.width() > 12) {
            painter->fillRect(track, selected ? tokens.onAccent.lighter(160) : tokens.border);
            QRectF bar = track;
            bar.setWidth(track.width() * value);
            painter->fillRect(bar, selected        ? tokens.onAccent
                                   : value >= full ? tokens.bad
                                   : value >= busy ? tokens.warning
                                                   : tokens.good);
        }
        painter->setPen(selected ? tokens.onAccent : tokens.text);
        painter->drawText(option.rect.adjusted(0, 0, -6, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(Qt::DisplayRole).toString());
        painter->restore();
        return;
    }
    QStyledItemDelegate::paint(painter, option, index);
}

void RowDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    if (option->displayAlignment.testFlag(Qt::AlignRight)) {
        option->text += QStringLiteral("\u2002"); // figures do not touch the words of the next column
    }
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    if (index.data(PoolTable::ShareRole).isValid()) {
        size.rwidth() += option.fontMetrics.averageCharWidth() * 8;
    }
    size.setHeight(option.fontMetrics.height() + (m_density == Density::Compact ? compact : comfortable));
    return size;
}

// ---- The table -----------------------------------------------------------------------------------------------------

TablePage::TablePage(const QString& name, const char* key, std::vector<Column> columns, bool isTree, QWidget* parent)
    : QTreeView(parent)
    , m_key(QString::fromLatin1(key))
    , m_table(new PoolTable(std::move(columns), this))
    , m_delegate(new RowDelegate(this))
    , m_isTree(isTree) {
    setAccessibleName(name);
    setModel(m_table);
    setItemDelegate(m_delegate);
    setUniformRowHeights(true);
    setRootIsDecorated(isTree);
    setItemsExpandable(isTree);
    setAllColumnsShowFocus(true);
    header()->setStyleSheet(QStringLiteral("QHeaderView::section { padding: 4px 8px; }"));
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setTabKeyNavigation(false); // Tab leaves it
    setIndentation(16);
    setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setSortIndicator(0, Qt::AscendingOrder);
    setSortingEnabled(true);
    header()->setSectionsMovable(true);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setAccessibleName(tr("Columns of %1").arg(name));
    connect(header(), &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        QMenu menu(this);
        fillColumnMenu(menu);
        menu.exec(header()->mapToGlobal(at));
    });
    resetColumns();
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        const Row* const row = m_table->rowAt(index);
        if (!m_quiet && row != nullptr && row->node) {
            emit chosen(*row->node);
        }
    });
}

void TablePage::show(std::vector<Row> rows) {
    m_table->setRows(std::move(rows));
    openGroups(false);
    if (!m_fitted && m_table->rowCount() > 0) {
        m_fitted = true;
        fitColumns();
    }
}

void TablePage::setFilter(const RowFilter& filter) {
    if (m_table->filter() != filter) {
        m_table->setFilter(filter);
        openGroups(true); // what was found should be seen
    }
}

/// Pools that are new are open; those that somebody has closed stay closed, unless all are to be open. Not expandAll():
/// it remembers each row as open, also those that have none below them, and 10,000 of these take seconds to move.
void TablePage::openGroups(bool all) {
    for (int row = 0; m_isTree && row < m_table->rowCount(); ++row) {
        const QModelIndex group = m_table->index(row, 0);
        const QString& key = m_table->rowAt(group)->key;
        if (all || !m_seen.contains(key)) {
            m_seen.insert(key);
            expand(group);
        }
    }
}

void TablePage::setDensity(Density density) {
    m_delegate->setDensity(density);
    scheduleDelayedItemsLayout();
}

void TablePage::fitColumns() {
    for (int column = 0; column < m_table->columnCount(); ++column) {
        if (!isColumnHidden(column)) {
            resizeColumnToContents(column);
            const bool isSentence = m_table->columns()[static_cast<std::size_t>(column)].isSentence;
            setColumnWidth(column, std::clamp(columnWidth(column),
                                              isSentence ? fontMetrics().averageCharWidth() * sentence : 0, widest));
        }
    }
}

std::vector<NodeId> TablePage::selectedNodes() const {
    std::vector<NodeId> nodes;
    for (const QModelIndex& index : selectionModel()->selectedRows()) {
        if (const Row* const row = m_table->rowAt(index); row != nullptr && row->node) {
            nodes.push_back(*row->node);
        }
    }
    return nodes;
}

void TablePage::select(const std::optional<NodeId>& node) {
    const Row* const current = m_table->rowAt(currentIndex());
    if (!node || (current != nullptr && current->node == node)) {
        return;
    }
    const QModelIndex index = m_table->find(*node);
    if (index.isValid()) {
        m_quiet = true;
        setCurrentIndex(index);
        m_quiet = false;
    }
}

// ---- Columns -------------------------------------------------------------------------------------------------------

void TablePage::fillColumnMenu(QMenu& menu) {
    for (int column = 0; column < m_table->columnCount(); ++column) {
        const Column& of = m_table->columns()[static_cast<std::size_t>(column)];
        QAction* const action = menu.addAction(of.heading);
        action->setToolTip(of.help);
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(column != 0); // without its name a row is nobody's
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setColumnShown(column, shown); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("As at &first")), &QAction::triggered, this, &TablePage::resetColumns);
}

void TablePage::setColumnShown(int column, bool shown) {
    setColumnHidden(column, !shown);
    if (shown && columnWidth(column) < 24) {
        resizeColumnToContents(column);
    }
}

void TablePage::resetColumns() {
    for (int column = 0; column < m_table->columnCount(); ++column) {
        header()->moveSection(header()->visualIndex(column), column);
        setColumnHidden(column, !m_table->columns()[static_cast<std::size_t>(column)].shown);
    }
    fitColumns();
}

void TablePage::readSettings(const QSettings& settings) {
    const QByteArray state = settings.value(QStringLiteral("poolview/columns/") + m_key).toByteArray();
    m_fitted = !state.isEmpty() && header()->restoreState(state);
    header()->setSectionsClickable(true);
    sortByColumn(header()->sortIndicatorSection(), header()->sortIndicatorOrder());
}

void TablePage::writeSettings(QSettings& settings) const {
    settings.setValue(QStringLiteral("poolview/columns/") + m_key, header()->saveState());
}

} // namespace kolam::gui
