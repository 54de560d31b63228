// SPDX-License-Identifier: GPL-3.0-or-later
// Widgets side by side, each as large as it likes, in as many rows as they need: for buttons whose words have different
// lengths in different languages and themes, and must all be seen. Qt has boxes and grids, which do not wrap.
#pragma once

#include <QLayout>
#include <QList>

namespace kolam::gui {

class RowLayout final : public QLayout {
public:
    explicit RowLayout(QWidget* parent = nullptr) : QLayout(parent) {}
    ~RowLayout() override { qDeleteAll(m_items); }
    RowLayout(const RowLayout&) = delete;
    RowLayout& operator=(const RowLayout&) = delete;

    void addItem(QLayoutItem* item) override { m_items.append(item); }
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override { return index >= 0 && index < count() ? m_items.takeAt(index) : nullptr; }
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    /// All in one row; the least is what the widest of them needs.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    /// Where each item goes that is not hidden, in `rect` from its upper edge on.
    [[nodiscard]] QList<std::pair<QLayoutItem*, QRect>> placed(const QRect& rect) const;

    QList<QLayoutItem*> m_items;
};

} // namespace kolam::gui
