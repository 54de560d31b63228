// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feeds/man_page.h"

#include <QCoreApplication>
#include <QDir>

namespace kolam::gui {

namespace {

/// Text as troff takes it: what would be a command is none.
QString escaped(QString text) {
    text.replace(QDir::homePath(), QStringLiteral("~")) // of whoever builds it
        .replace(u'\\', QStringLiteral("\\e"))
        .replace(u'-', QStringLiteral("\\-"))
        .replace(u'\n', u' ')
        .replace(u'“', QStringLiteral("\\(lq"))
        .replace(u'”', QStringLiteral("\\(rq"));
    return text.startsWith(u'.') || text.startsWith(u'\'') ? QStringLiteral("\\&") + text : text;
}

QString paragraph(const QString& name, const QString& value, const QString& words) {
    return QStringLiteral(".TP\n.B %1%2\n%3\n")
        .arg(escaped(name), value.isEmpty() ? QString() : QStringLiteral(" \\fI%1\\fR").arg(escaped(value)),
             escaped(words));
}

} // namespace

QString manPage(const QString& words, const QList<QCommandLineOption>& options,
                const std::optional<std::pair<QString, QString>>& argument) {
    const QString name = escaped(QCoreApplication::applicationName());
    QString page =
        QStringLiteral(".TH %1 1 \"\" \"kolam %2\" \"User Commands\"\n.SH NAME\n%3 \\- %4\n.SH SYNOPSIS\n"
                       ".B %3\n[OPTIONS]%5\n.SH DESCRIPTION\n%6\n")
            .arg(name.toUpper(), escaped(QCoreApplication::applicationVersion()), name,
                 escaped(words.section(u'.', 0, 0)),
                 argument ? QStringLiteral(" [%1]").arg(escaped(argument->first)) : QString(), escaped(words));
    if (argument) {
        page += QStringLiteral(".SH ARGUMENTS\n") + paragraph(argument->first, {}, argument->second);
    }
    page += QStringLiteral(".SH OPTIONS\n");
    for (const QCommandLineOption& option : options) {
        page += paragraph(QStringLiteral("--") + option.names().constLast(), option.valueName(), option.description());
    }
    page += paragraph(QStringLiteral("--help"), {}, QStringLiteral("Say all of this, and what Qt takes besides."));
    page += paragraph(QStringLiteral("--version"), {}, QStringLiteral("Say the version."));
    page += QStringLiteral(".SH EXIT STATUS\n0 when all went well, 1 when it did not, 2 when the command line cannot "
                           "be understood.\n.SH SEE ALSO\n.BR kolam (1)\n.BR kolam\\-registrar (1)\n");
    return page;
}

} // namespace kolam::gui
