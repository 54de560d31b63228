// SPDX-License-Identifier: GPL-3.0-or-later
// Every sub-command of kolam has its help, its man page and its completion, and they agree.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

namespace {

struct Ran {
    int exitCode;
    QString output;
};
Ran run(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished(30'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput())};
}

/// The sub-commands that a help names, and its long options.
QStringList commandsIn(const QString& help) {
    QStringList names;
    bool inside = false;
    for (const QString& line : help.split('\n')) {
        if (line.startsWith("Subcommands:")) {
            inside = true;
        } else if (inside && line.startsWith("  ") && !line.startsWith("   ")) {
            names += line.trimmed().section(' ', 0, 0);
        }
    }
    return names;
}
QStringList optionsIn(const QString& help) {
    QStringList names;
    static const QRegularExpression option{R"(^  (?:-\w,)?(--[\w-]+))", QRegularExpression::MultilineOption};
    auto found = option.globalMatch(help);
    while (found.hasNext()) {
        names += found.next().captured(1);
    }
    return names;
}

} // namespace

class TestDocuments : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        QCOMPARE(run(KOLAM_PROGRAM, {"documents", m_folder.path()}).exitCode, 0);
        walk({});
        QVERIFY2(m_commands.size() >= 15, qPrintable(QString::number(m_commands.size())));
    }

    void givenEverySubCommand_whenItsManPageIsRead_thenItHasAllOptionsOfItsHelp() {
        for (const QStringList& words : m_commands) {
            const QString name = (QStringList{"kolam"} + words).join('-');
            QFile file{m_folder.filePath("man1/" + name + ".1")};
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name + " has no man page"));
            const QString page = QString::fromUtf8(file.readAll()).replace("\\-", "-");
            QVERIFY2(page.contains(".SH NAME\n" + name + " - "), qPrintable(page));
            for (const QString& option : optionsIn(m_help.value(words.join(' ')))) {
                QVERIFY2(page.contains(option), qPrintable(name + " says nothing of " + option));
            }
        }
        const qsizetype pages = QDir{m_folder.filePath("man1")}.entryList(QDir::Files).size();
        QCOMPARE(pages, m_commands.size() + 1); // and that of kolam itself; no more
    }

    void givenManPages_whenTheyAreFormatted_thenThereIsNoWarning() {
        if (run("groff", {"--version"}).exitCode != 0) {
            QSKIP("groff is not installed");
        }
        for (const QString& name : QDir{m_folder.filePath("man1")}.entryList(QDir::Files)) {
            const Ran groff = run("groff", {"-man", "-Tutf8", "-ww", "-z", m_folder.filePath("man1/" + name)});
            QVERIFY2(groff.exitCode == 0 && groff.output.isEmpty(), qPrintable(name + ": " + groff.output));
        }
    }

    void givenEverySubCommand_whenTabIsPressed_thenItsOptionsAreOffered() {
        QString script = "source " + m_folder.filePath("bash-completion/kolam") + "\n";
        for (const QStringList& words : m_commands) {
            script += "COMP_WORDS=(kolam " + words.join(' ') + " --) COMP_CWORD=" + QString::number(words.size() + 1) +
                      "; _kolam; echo \"${COMPREPLY[*]}\"\n";
        }
        script += "COMP_WORDS=(kolam se) COMP_CWORD=1; _kolam; echo \"${COMPREPLY[*]}\"\n";
        const Ran bash = run("bash", {"--norc", "-c", script});
        QCOMPARE(bash.exitCode, 0);
        const QStringList lines = bash.output.split('\n');
        QVERIFY(lines.size() >= m_commands.size() + 1);
        for (qsizetype i = 0; i < m_commands.size(); ++i) {
            const QString help = m_help.value(m_commands.at(i).join(' '));
            const QStringList offered = lines.at(i).split(' ');
            for (const QString& option : optionsIn(help)) {
                QVERIFY2(offered.contains(option), qPrintable(option + " is not offered: " + lines.at(i)));
            }
            for (const QString& option : offered) {
                QVERIFY2(help.contains(option), qPrintable(option + " is offered, but not in " + help));
            }
        }
        QCOMPARE(lines.at(m_commands.size()), QString{"serve"});
    }

private:
    void walk(const QStringList& words) {
        const Ran help = run(KOLAM_PROGRAM, words + QStringList{"--help"});
        QVERIFY2(help.exitCode == 0 && help.output.contains("Usage:"), qPrintable(words.join(' ')));
        m_help.insert(words.join(' '), help.output);
        for (const QString& name : commandsIn(help.output)) {
            m_commands += words + QStringList{name};
            walk(words + QStringList{name});
        }
    }
    QTemporaryDir m_folder;
    QList<QStringList> m_commands;
    QMap<QString, QString> m_help;
};

QTEST_GUILESS_MAIN(TestDocuments)
#include "test_documents.moc"
