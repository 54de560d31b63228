// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/history_model.h"

#include "gui/common/glyphs.h"
#include "gui/common/sentences.h"
#include "gui/common/theme.h"

#include <algorithm>

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

HistoryModel::HistoryModel(const Playback& playback, QObject* parent)
    : QAbstractTableModel(parent)
    , m_playback(playback) {
    connect(&playback, &Playback::appended, this, &HistoryModel::append);
    connect(&playback, &Playback::shown, this, [this] {
        // What lies in the future of the moment is dimmed.
        const int before = static_cast<int>(std::ranges::lower_bound(m_rows, m_shown) - m_rows.begin());
        m_shown = m_playback.position();
        const int after = static_cast<int>(std::ranges::lower_bound(m_rows, m_shown) - m_rows.begin());
        if (before != after) {
            emit dataChanged(index(std::min(before, after), 0), index(std::max(before, after) - 1, ColumnCount - 1));
        }
    });
    rebuild();
}

void HistoryModel::setNode(std::optional<NodeId> node) {
    m_node = std::move(node);
    rebuild();
}

void HistoryModel::setWords(const QString& words) {
    m_words = words.trimmed();
    rebuild();
}

int HistoryModel::currentRow() const {
    return static_cast<int>(std::ranges::lower_bound(m_rows, m_playback.position()) - m_rows.begin()) - 1;
}

bool HistoryModel::fits(Position position) const {
    const telemetry::Event& event = m_playback.history().at(position);
    if (m_node) {
        const std::vector<NodeId> subjects = subjectsOf(event);
        if (std::ranges::find(subjects, *m_node) == subjects.end()) {
            return false;
        }
    }
    const QString text = sentenceOf(event).text;
    return !text.isEmpty() && (m_words.isEmpty() || text.contains(m_words, Qt::CaseInsensitive));
}

void HistoryModel::append(Position from) {
    if (!m_rows.empty() && from <= m_rows.back()) {
        return rebuild(); // the history was begun anew
    }
    forget();
    std::vector<Position> fresh;
    for (Position at = std::max(from, m_playback.history().begin()); at < m_playback.history().end(); ++at) {
        if (fits(at)) {
            fresh.push_back(at);
        }
    }
    if (!fresh.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
        m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
        endInsertRows();
    }
}

void HistoryModel::forget() {
    const auto kept = std::ranges::lower_bound(m_rows, m_playback.history().begin());
    if (kept != m_rows.begin()) {
        beginRemoveRows({}, 0, static_cast<int>(kept - m_rows.begin()) - 1);
        m_rows.erase(m_rows.begin(), kept);
        endRemoveRows();
    }
}

void HistoryModel::rebuild() {
    beginResetModel();
    m_rows.clear();
    for (Position at = m_playback.history().begin(); at < m_playback.history().end(); ++at) {
        if (fits(at)) {
            m_rows.push_back(at);
        }
    }
    m_shown = m_playback.position();
    endResetModel();
}

QString HistoryModel::toCsv() const {
    QString text = tr("Time") + u',' + tr("What happened") + u'\n';
    for (const Position position : m_rows) {
        const telemetry::Event& event = m_playback.history().at(position);
        text += QString::fromStdString(toText(event.wall)) + QStringLiteral(",\"") +
                sentenceOf(event).text.replace(u'"', QStringLiteral("\"\"")) + QStringLiteral("\"\n");
    }
    return text;
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Position position = positionOf(index.row());
    if (position < m_playback.history().begin()) {
        return {}; // forgotten a moment ago
    }
    const telemetry::Event& event = m_playback.history().at(position);
    const bool future = position >= m_playback.position();
    switch (role) {
    case Qt::DisplayRole: return index.column() == TimeColumn ? clockText(event.wall, true) : sentenceOf(event).text;
    case Qt::ToolTipRole: return QString::fromStdString(toText(event));
    case Qt::DecorationRole:
        return index.column() == TextColumn ? QVariant(glyphIcon(glyphOf(sentenceOf(event).severity))) : QVariant();
    case Qt::ForegroundRole:
        return index.column() == TimeColumn || future ? currentTokens().muted : colourOf(sentenceOf(event).severity);
    default: return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == TimeColumn ? tr("Time") : tr("What happened");
}

} // namespace kolam::gui
