// SPDX-License-Identifier: GPL-3.0-or-later
// What the processes of a lab have written: one of their logs, as it grows, narrowed to lines with certain words, and
// the line of the moment that is shown. Next door: gui/feeds/lab_client.h, which knows where logs are.
#pragma once

#include "gui/common/model.h"

#include <QFile>
#include <QStringList>
#include <QTimer>
#include <QWidget>
#include <functional>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace kolam::gui {

class LogView final : public QWidget {
    Q_OBJECT
public:
    /// @param folder  where NAME.log are; empty: nobody's logs are known
    explicit LogView(QString folder, QWidget* parent = nullptr);

    void choose(const QString& name); // of the component: NAME of NAME.log
    void setWords(const QString& words);
    /// To the last line that was written until then.
    void jumpTo(WallTime time);
    /// What was written since it was looked at last; by itself twice a second while it is seen.
    void refresh();
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] QStringList shownLines() const;

signals:
    void momentWanted(); // the line of the moment that is shown

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void readNames();
    void open();
    void showAll();
    [[nodiscard]] bool fits(const QString& line) const;

    QString m_folder;
    QComboBox* m_name;
    QLineEdit* m_find;
    QPlainTextEdit* m_text;
    QFile m_file;
    QByteArray m_rest;   // of an unfinished line
    QStringList m_lines; // the last ones
    QTimer m_clock;
};

} // namespace kolam::gui
