// SPDX-License-Identifier: GPL-3.0-or-later
// What happened, newest first, in words that a person understands. Bounded: the oldest lines fall off.
#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <deque>

namespace kolam::gui {

enum class Severity : quint8 { Info, Good, Warning, Bad };

struct EventLine {
    QDateTime time; // wall time, for people
    Severity severity = Severity::Info;
    QString text;
};

class EventListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TimeColumn, TextColumn, ColumnCount };
    enum Role { SeverityRole = Qt::UserRole + 1 };
    explicit EventListModel(int limit = 2000, QObject* parent = nullptr);

    void add(const EventLine& line);
    void add(Severity severity, const QString& text);
    void clear();
    [[nodiscard]] QString allAsText() const; // oldest first, one line each

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::deque<EventLine> m_lines; // newest first
    int m_limit;
};

} // namespace kolam::gui
