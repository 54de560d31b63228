// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/table_sheets.h"

#include "gui/common/saving.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHeaderView>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTreeView>
#include <algorithm>
#include <vector>

namespace kolam::gui {

namespace {

struct TableSheetWords {
    Q_DECLARE_TR_FUNCTIONS(TableSheets)
};

constexpr int unitsAnInch = 72; // of typographers
constexpr double sheetMargin = 36;
constexpr double columnGap = 8; // between columns
constexpr double widestColumn = 220;
constexpr double sheetLine = 1.5;

struct SheetColumn {
    int index = 0;
    double width = 0;
};

/// Puts a table on as many sheets as it needs.
class Sheets {
public:
    Sheets(const QTreeView& view, QString title, QPdfWriter& writer)
        : m_view(view)
        , m_title(std::move(title))
        , m_writer(writer)
        , m_painter(&writer)
        , m_area(QPointF(sheetMargin, sheetMargin),
                 QSizeF(writer.width() - 2 * sheetMargin, writer.height() - 2 * sheetMargin)) {
        m_font.setPointSizeF(8);
        for (QModelIndex row = view.model()->index(0, 0); row.isValid(); row = view.indexBelow(row)) {
            m_rows.push_back(row);
        }
        measure();
    }

    void paint() {
        const double line = m_metrics.height() * sheetLine;
        const auto onASheet = static_cast<std::size_t>(std::max(1.0, (m_area.height() / m_scale - 4 * line) / line));
        const std::size_t sheets = std::max<std::size_t>(1, (m_rows.size() + onASheet - 1) / onASheet);
        for (std::size_t sheet = 0; sheet < sheets; ++sheet) {
            if (sheet > 0) {
                m_writer.newPage();
            }
            m_painter.save();
            m_painter.translate(m_area.topLeft());
            m_painter.scale(m_scale, m_scale);
            const double width = m_area.width() / m_scale;
            m_painter.setFont(bold());
            m_painter.drawText(QRectF(0, 0, width, line), Qt::AlignLeft, m_title);
            m_painter.drawText(QRectF(0, 0, width, line), Qt::AlignRight,
                               TableSheetWords::tr("%1 of %2", "sheet").arg(sheet + 1).arg(sheets));
            paintRow({}, 1.5 * line);
            m_painter.drawLine(QPointF(0, 2.5 * line), QPointF(width, 2.5 * line));
            const std::size_t first = sheet * onASheet;
            for (std::size_t at = first; at < std::min(first + onASheet, m_rows.size()); ++at) {
                paintRow(m_rows[at], (3 + static_cast<double>(at - first)) * line);
            }
            m_painter.restore();
        }
    }

private:
    [[nodiscard]] QFont bold() const {
        QFont font = m_font;
        font.setBold(true);
        return font;
    }
    [[nodiscard]] QString textOf(const QModelIndex& row, int column) const {
        return row.isValid() ? row.siblingAtColumn(column).data().toString()
                             : m_view.model()->headerData(column, Qt::Horizontal).toString();
    }
    [[nodiscard]] double indentOf(const QModelIndex& row, std::size_t place) const {
        return place == 0 && row.parent().isValid() ? 2 * columnGap : 0;
    }

    /// Columns as wide as their texts, and all of it as small as must be.
    void measure() {
        m_painter.setFont(m_font);
        m_metrics = QFontMetricsF(bold(), &m_writer);
        const QHeaderView& header = *m_view.header();
        double all = 0;
        for (int place = 0; place < header.count(); ++place) {
            const int index = header.logicalIndex(place);
            if (m_view.isColumnHidden(index)) {
                continue;
            }
            double width = m_metrics.horizontalAdvance(textOf({}, index));
            for (const QModelIndex& row : m_rows) {
                width =
                    std::max(width, m_metrics.horizontalAdvance(textOf(row, index)) + indentOf(row, m_columns.size()));
            }
            m_columns.push_back({index, std::min(width, widestColumn)});
            all += m_columns.back().width + columnGap;
        }
        m_scale = std::min(1.0, m_area.width() / std::max(all, 1.0));
    }

    void paintRow(const QModelIndex& row, double top) {
        const bool isGroup = row.isValid() && m_view.model()->hasChildren(row);
        m_painter.setFont(!row.isValid() || isGroup ? bold() : m_font);
        double left = 0;
        for (std::size_t place = 0; place < m_columns.size(); ++place) {
            const auto& [index, width] = m_columns[place];
            const QRectF cell(left + indentOf(row, place), top, width - indentOf(row, place), m_metrics.height());
            const int sides = row.siblingAtColumn(index).data(Qt::TextAlignmentRole).toInt();
            m_painter.drawText(cell, Qt::TextSingleLine | (sides == 0 ? static_cast<int>(Qt::AlignLeft) : sides),
                               m_metrics.elidedText(textOf(row, index), Qt::ElideRight, width));
            left += width + columnGap;
        }
    }

    const QTreeView& m_view;
    QString m_title;
    QPdfWriter& m_writer;
    QPainter m_painter;
    QRectF m_area;
    QFont m_font;
    QFontMetricsF m_metrics{QFont()};
    std::vector<QModelIndex> m_rows;
    std::vector<SheetColumn> m_columns;
    double m_scale = 1;
};

} // namespace

QString saveSheets(const QTreeView& view, const QString& title, const QString& path) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return cannotWrite(path, file.errorString());
    }
    {
        QPdfWriter writer(&file);
        writer.setResolution(unitsAnInch);
        writer.setPageLayout({QPageSize(QPageSize::A4), QPageLayout::Landscape, {}});
        writer.setTitle(title);
        Sheets(view, title, writer).paint();
    }
    return file.commit() ? QString() : cannotWrite(path, file.errorString());
}

} // namespace kolam::gui
