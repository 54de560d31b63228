// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/log_view.h"

#include "gui/common/theme.h"

#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QVBoxLayout>

namespace kolam::gui {

namespace {

constexpr int logMilliseconds = 500;
constexpr qint64 octetsAtATime = 256 * 1024; // of a log: a window must not wait for more
constexpr int mostLogLines = 5'000;
constexpr qsizetype longestLogLine = 2'000; // letters: somebody else has written it

/// "2026-11-29 10:23:40.123 ...", as all programs write.
std::optional<WallTime> timeOfLine(const QString& line) {
    const QDateTime time = QDateTime::fromString(line.left(23), QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    return time.isValid() ? std::optional(WallTime{time.toMSecsSinceEpoch() * 1'000'000}) : std::nullopt;
}

} // namespace

LogView::LogView(QString folder, QWidget* parent) : QWidget(parent), m_folder(std::move(folder)) {
    auto* const rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    auto* const bar = new QHBoxLayout;
    m_name = new QComboBox(this);
    m_name->setAccessibleName(tr("Component whose log is shown"));
    m_name->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_name->setMinimumContentsLength(12);
    m_find = new QLineEdit(this);
    m_find->setPlaceholderText(tr("Find in the log"));
    m_find->setAccessibleName(tr("Find in the log"));
    m_find->setClearButtonEnabled(true);
    auto* const moment = new QPushButton(tr("To this moment"), this);
    moment->setToolTip(tr("The line that was written when it was as the map shows it"));
    bar->addWidget(m_name);
    bar->addWidget(m_find, 1);
    bar->addWidget(moment);
    rows->addLayout(bar);
    m_text = new QPlainTextEdit(this);
    m_text->setReadOnly(true);
    m_text->setAccessibleName(tr("Log"));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setMaximumBlockCount(mostLogLines);
    m_text->setTabChangesFocus(true);
    m_text->setPlaceholderText(m_folder.isEmpty()
                                   ? tr("Logs are known only of processes that a demonstration has started.")
                                   : tr("Nothing was written yet."));
    rows->addWidget(m_text);
    connect(m_name, &QComboBox::currentIndexChanged, this, &LogView::open);
    connect(m_find, &QLineEdit::textChanged, this, &LogView::showAll);
    connect(moment, &QPushButton::clicked, this, &LogView::momentWanted);
    m_clock.setInterval(logMilliseconds);
    connect(&m_clock, &QTimer::timeout, this, &LogView::refresh);
}

void LogView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
    m_clock.start();
}

void LogView::hideEvent(QHideEvent* event) {
    m_clock.stop();
    QWidget::hideEvent(event);
}

QStringList LogView::names() const {
    QStringList names;
    for (int i = 0; i < m_name->count(); ++i) {
        names.append(m_name->itemText(i));
    }
    return names;
}

void LogView::choose(const QString& name) {
    readNames();
    if (const int at = m_name->findText(name); at >= 0) {
        m_name->setCurrentIndex(at);
    }
}

void LogView::setWords(const QString& words) {
    m_find->setText(words);
}

void LogView::readNames() {
    if (m_folder.isEmpty()) {
        return;
    }
    for (const QFileInfo& file : QDir(m_folder).entryInfoList({QStringLiteral("*.log")}, QDir::Files, QDir::Name)) {
        if (m_name->findText(file.completeBaseName()) < 0) {
            m_name->addItem(file.completeBaseName());
        }
    }
}

void LogView::open() {
    m_file.close();
    m_lines.clear();
    m_rest.clear();
    m_text->clear();
    m_file.setFileName(m_folder + u'/' + m_name->currentText() + QStringLiteral(".log"));
    if (m_file.open(QIODevice::ReadOnly) && m_file.size() > octetsAtATime) {
        m_file.seek(m_file.size() - octetsAtATime);
        (void)m_file.readLine(); // the rest of one
    }
    refresh();
}

void LogView::refresh() {
    readNames();
    if (!m_file.isOpen()) {
        return;
    }
    m_rest += m_file.read(octetsAtATime);
    const qsizetype end = m_rest.lastIndexOf('\n');
    if (end < 0) {
        return;
    }
    const QByteArray whole = m_rest.left(end);
    m_rest.remove(0, end + 1);
    QStringList fresh;
    for (const QByteArray& line : whole.split('\n')) {
        m_lines.append(QString::fromUtf8(line).left(longestLogLine));
        if (fits(m_lines.constLast())) {
            fresh.append(m_lines.constLast());
        }
    }
    if (m_lines.size() > mostLogLines) {
        m_lines.remove(0, m_lines.size() - mostLogLines);
    }
    if (!fresh.isEmpty()) {
        m_text->appendPlainText(fresh.join(u'\n'));
    }
}

bool LogView::fits(const QString& line) const {
    return m_find->text().isEmpty() || line.contains(m_find->text(), Qt::CaseInsensitive);
}

void LogView::showAll() {
    QStringList fitting;
    for (const QString& line : m_lines) {
        if (fits(line)) {
            fitting.append(line);
        }
    }
    m_text->setPlainText(fitting.join(u'\n'));
    m_text->moveCursor(QTextCursor::End);
}

QStringList LogView::shownLines() const {
    return m_text->toPlainText().split(u'\n', Qt::SkipEmptyParts);
}

void LogView::jumpTo(WallTime time) {
    QTextBlock last;
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        if (const auto written = timeOfLine(block.text()); written && *written <= time) {
            last = block;
        }
    }
    if (last.isValid()) {
        QTextCursor cursor(last);
        cursor.select(QTextCursor::LineUnderCursor);
        m_text->setTextCursor(cursor);
        m_text->centerCursor();
    }
}

} // namespace kolam::gui
