// SPDX-License-Identifier: GPL-3.0-or-later
// What a window says in English while it speaks the language of pseudo_language.h: words that nobody can translate,
// because tr() is missing. Texts of widgets, actions, tables and those for assistive tools are looked at.
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTabBar>

namespace kolam::gui {

class UntranslatedText {
public:
    /// Sorted, each once. What matches `names` is no word of ours: names of pools, programs, protocols.
    [[nodiscard]] static QStringList in(const QWidget& window, const QRegularExpression& names) {
        UntranslatedText texts(names);
        texts.look(window.windowTitle());
        for (const QWidget* const widget : window.findChildren<QWidget*>()) {
            texts.look(widget->toolTip());
            texts.look(widget->accessibleName());
            texts.look(widget->accessibleDescription());
            texts.lookAtWidget(*widget);
        }
        for (const QAction* const action : window.findChildren<QAction*>()) {
            texts.look(action->text());
            texts.look(action->toolTip());
        }
        texts.m_found.removeDuplicates();
        texts.m_found.sort();
        return texts.m_found;
    }

private:
    explicit UntranslatedText(const QRegularExpression& names) : m_names(names) {}

    void lookAtWidget(const QWidget& widget) {
        if (const auto* const label = qobject_cast<const QLabel*>(&widget)) {
            look(label->text());
        } else if (const auto* const button = qobject_cast<const QAbstractButton*>(&widget)) {
            look(button->text());
        } else if (const auto* const field = qobject_cast<const QLineEdit*>(&widget)) {
            look(field->placeholderText());
        } else if (const auto* const dock = qobject_cast<const QDockWidget*>(&widget)) {
            look(dock->windowTitle());
        } else if (const auto* const box = qobject_cast<const QComboBox*>(&widget)) {
            for (int i = 0; i < box->count(); ++i) {
                look(box->itemText(i));
            }
        } else if (const auto* const tabs = qobject_cast<const QTabBar*>(&widget)) {
            for (int i = 0; i < tabs->count(); ++i) {
                look(tabs->tabText(i));
            }
        } else if (const auto* const view = qobject_cast<const QAbstractItemView*>(&widget)) {
            if (view->model() != nullptr) {
                for (int column = 0; column < view->model()->columnCount(); ++column) {
                    look(view->model()->headerData(column, Qt::Horizontal).toString());
                    look(view->model()->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString());
                }
                lookAtRows(*view->model(), {});
            }
        }
    }
    void lookAtRows(const QAbstractItemModel& model, const QModelIndex& parent) {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            for (int column = 0; column < model.columnCount(parent); ++column) {
                const QModelIndex index = model.index(row, column, parent);
                for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole}) {
                    look(index.data(role).toString());
                }
            }
            lookAtRows(model, model.index(row, 0, parent));
        }
    }
    void look(const QString& text) {
        static const QRegularExpression word(QStringLiteral("[A-Za-z]{3,}"));
        static const QRegularExpression accent(QStringLiteral("[àçéîñöûšýžÀÇÉÎÑÖÛŠÝŽ]"));
        if (text.contains(word) && !text.contains(accent) && !QString(text).remove(m_names).isEmpty() &&
            QString(text).remove(m_names).contains(word)) {
            m_found.append(text);
        }
    }

    QRegularExpression m_names;
    QStringList m_found;
};

} // namespace kolam::gui
