// SPDX-License-Identifier: GPL-3.0-or-later
// What of a window's words cannot be read, because its place is too small for it; and marks of keys that mean two
// things in one menu. Labels that may be cut, because a tool tip has all of it, are left out.
#pragma once

#include "gui/common/elided_label.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>

namespace kolam::gui {

class ClippedText {
public:
    /// One line for each clipped text below `window`, which is shown: “QLabel “Registrar”: 40 of 62 wide”. One more if
    /// it is a main window that words have made wider than it was `wanted`.
    [[nodiscard]] static QStringList in(const QWidget& window, QSize wanted = {}) {
        ClippedText clipped;
        const auto* const main = qobject_cast<const QMainWindow*>(&window);
        if (main != nullptr && !wanted.isEmpty()) {
            clipped.needWidth(window, window.windowTitle(), wanted.width(), window.width());
        }
        for (const QWidget* const widget : window.findChildren<QWidget*>()) {
            if (widget->isVisible() && widget->window() == &window && !isBehind(*widget)) {
                clipped.look(*widget);
            }
        }
        return clipped.m_found;
    }

private:
    /// In a dock that another one of its place covers.
    static bool isBehind(const QWidget& widget) {
        const QWidget* outer = &widget;
        while (outer != nullptr && qobject_cast<const QDockWidget*>(outer) == nullptr) {
            outer = outer->parentWidget();
        }
        return outer != nullptr && outer->visibleRegion().isEmpty();
    }
    void look(const QWidget& widget) {
        if (const auto* const label = qobject_cast<const QLabel*>(&widget)) {
            lookAtLabel(*label);
        } else if (const auto* const button = qobject_cast<const QAbstractButton*>(&widget)) {
            if (!button->text().isEmpty()) {
                need(widget, button->text(), button->size(), button->sizeHint());
            }
        } else if (const auto* const box = qobject_cast<const QComboBox*>(&widget)) {
            lookAtChoices(*box);
        } else if (const auto* const header = qobject_cast<const QHeaderView*>(&widget)) {
            lookAtHeader(*header);
        } else if (const auto* const tabs = qobject_cast<const QTabBar*>(&widget)) {
            for (int i = 0; i < tabs->count(); ++i) {
                needWidth(widget, tabs->tabText(i), tabs->tabRect(i).width(),
                          tabs->fontMetrics().horizontalAdvance(tabs->tabText(i)));
            }
        } else if (const auto* const dock = qobject_cast<const QDockWidget*>(&widget)) {
            const int sign = dock->style()->pixelMetric(QStyle::PM_SmallIconSize);
            needWidth(widget, dock->windowTitle(), dock->width() - sign - 8,
                      dock->fontMetrics().horizontalAdvance(dock->windowTitle()));
        } else if (const auto* const bar = qobject_cast<const QToolBar*>(&widget)) {
            for (QAction* const action : bar->actions()) {
                const QWidget* const shown = bar->widgetForAction(action);
                if (!action->isSeparator() && action->isVisible() && shown != nullptr && !shown->isVisible()) {
                    m_found.append(QStringLiteral("hidden in the tool bar: ") + action->text());
                }
            }
        } else if (const auto* const menus = qobject_cast<const QMenuBar*>(&widget)) {
            for (QAction* const action : menus->actions()) {
                if (!menus->rect().contains(menus->actionGeometry(action))) {
                    m_found.append(QStringLiteral("hidden in the menu bar: ") + action->text());
                }
            }
        }
    }
    void lookAtLabel(const QLabel& label) {
        const bool mayBeCut = qobject_cast<const ElidedLabel*>(&label) != nullptr ||
                              label.sizePolicy().horizontalPolicy() == QSizePolicy::Ignored;
        if (label.text().isEmpty() || mayBeCut) {
            return;
        }
        if (label.wordWrap()) {
            need(label, label.text(), label.size(), {0, label.heightForWidth(label.width())});
        } else {
            need(label, label.text(), label.size(), label.sizeHint());
        }
    }
    void lookAtChoices(const QComboBox& box) {
        QStyleOptionComboBox option;
        option.initFrom(&box);
        option.editable = box.isEditable();
        const QRect field =
            box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
        for (int i = 0; i < box.count(); ++i) {
            const int icon = box.itemIcon(i).isNull() ? 0 : box.iconSize().width() + 4;
            needWidth(box, box.itemText(i), field.width(), icon + box.fontMetrics().horizontalAdvance(box.itemText(i)));
        }
    }
    void lookAtHeader(const QHeaderView& header) {
        for (int section = 0; section < header.count() && header.orientation() == Qt::Horizontal; ++section) {
            const QString text = header.model()->headerData(section, Qt::Horizontal).toString();
            if (!header.isSectionHidden(section)) {
                needWidth(header, text, header.sectionSize(section), header.fontMetrics().horizontalAdvance(text) + 6);
            }
        }
    }
    void need(const QWidget& widget, const QString& text, QSize has, QSize needs) {
        needWidth(widget, text, has.width(), needs.width());
        const QRect seen = widget.visibleRegion().boundingRect(); // nothing: it can be scrolled to
        if (!seen.isEmpty()) {
            needWidth(widget, text, seen.width(), has.width());
        }
        if (has.height() < needs.height()) {
            m_found.append(QStringLiteral("%1 “%2”: %3 of %4 high")
                               .arg(QLatin1String(widget.metaObject()->className()), text)
                               .arg(has.height())
                               .arg(needs.height()));
        }
    }
    void needWidth(const QWidget& widget, const QString& text, int has, int needs) {
        if (has < needs) {
            m_found.append(QStringLiteral("%1 “%2”: %3 of %4 wide")
                               .arg(QLatin1String(widget.metaObject()->className()), text)
                               .arg(has)
                               .arg(needs));
        }
    }

    QStringList m_found;
};

/// "&File, &Find": entries of one menu that the same key opens.
[[nodiscard]] inline QStringList sameMnemonics(const QWidget& window) {
    QStringList found;
    QList<QWidget*> menus;
    for (QMenu* const menu : window.findChildren<QMenu*>()) {
        menus.append(menu);
    }
    for (QMenuBar* const bar : window.findChildren<QMenuBar*>()) {
        menus.append(bar);
    }
    for (const QWidget* const menu : menus) {
        QMap<QString, QString> owners;
        for (const QAction* const action : menu->actions()) {
            const QString text = QString(action->text()).remove(QStringLiteral("&&"));
            const qsizetype mark = text.indexOf(u'&');
            if (mark < 0 || mark + 1 >= text.size()) {
                continue;
            }
            const QString key = text.mid(mark + 1, 1).toLower();
            if (owners.contains(key)) {
                found.append(owners[key] + QStringLiteral(", ") + action->text());
            }
            owners[key] = action->text();
        }
    }
    return found;
}

} // namespace kolam::gui
