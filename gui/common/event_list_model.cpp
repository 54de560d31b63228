// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/event_list_model.h"

#include "gui/common/glyphs.h"
#include "gui/common/theme.h"

#include <QIcon>

namespace kolam::gui {

namespace {

QColor colourOf(Severity severity) {
    const ThemeTokens& tokens = currentTokens();
    switch (severity) {
    case Severity::Good: return tokens.good;
    case Severity::Warning: return tokens.warning;
    case Severity::Bad: return tokens.bad;
    case Severity::Info: break;
    }
    return tokens.text;
}

QString wordOf(Severity severity) {
    switch (severity) {
    case Severity::Good: return EventListModel::tr("Good");
    case Severity::Warning: return EventListModel::tr("Warning");
    case Severity::Bad: return EventListModel::tr("Problem");
    case Severity::Info: break;
    }
    return EventListModel::tr("Information");
}

Glyph glyphOf(Severity severity) {
    switch (severity) {
    case Severity::Good: return Glyph::Done;
    case Severity::Warning: return Glyph::Warning;
    case Severity::Bad: return Glyph::Kill;
    case Severity::Info: break;
    }
    return Glyph::Info;
}

} // namespace

EventListModel::EventListModel(int limit, QObject* parent) : QAbstractTableModel(parent), m_limit(limit) {}

void EventListModel::add(const EventLine& line) {
    if (rowCount() >= m_limit) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_lines.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_lines.push_front(line);
    endInsertRows();
}

void EventListModel::add(Severity severity, const QString& text) {
    add(EventLine{QDateTime::currentDateTime(), severity, text});
}

void EventListModel::clear() {
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

QString EventListModel::allAsText() const {
    QString text;
    for (auto line = m_lines.rbegin(); line != m_lines.rend(); ++line) {
        text += line->time.toString(Qt::ISODateWithMs) + u' ' + wordOf(line->severity) + QStringLiteral(": ") +
                line->text + u'\n';
    }
    return text;
}

int EventListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int EventListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const EventLine& line = m_lines[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == TimeColumn ? line.time.toString(QStringLiteral("HH:mm:ss")) : line.text;
    case Qt::ToolTipRole: return line.time.toString(QStringLiteral("HH:mm:ss.zzz  ")) + line.text;
    case Qt::AccessibleTextRole:
        return index.column() == TimeColumn ? line.time.toString(QStringLiteral("HH:mm:ss"))
                                            : wordOf(line.severity) + QStringLiteral(": ") + line.text;
    case Qt::DecorationRole:
        return index.column() == TextColumn ? QVariant(glyphIcon(glyphOf(line.severity))) : QVariant();
    case Qt::ForegroundRole: return index.column() == TimeColumn ? currentTokens().muted : colourOf(line.severity);
    case SeverityRole: return static_cast<int>(line.severity);
    default: return {};
    }
}

QVariant EventListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == TimeColumn ? tr("Time") : tr("What happened");
}

} // namespace kolam::gui
