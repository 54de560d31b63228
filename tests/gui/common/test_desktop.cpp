// SPDX-License-Identifier: GPL-3.0-or-later
// What desktops are told of the windows (desktop/): whether it is valid, complete, installed where they look for it,
// and in all languages; and whether icons can be told apart at the size of a task bar.
#include "gui/common/identity.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QIcon>
#include <QImage>
#include <QMimeDatabase>
#include <QPixmap>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <set>

using namespace kolam::gui;

namespace {

const QDir folder{QStringLiteral(KOLAM_SOURCE "/desktop")};
const QStringList programs{QStringLiteral("kolam-monitor"), QStringLiteral("kolam-fractal"),
                           QStringLiteral("kolam-poolview")};
const QStringList mimeIcons{QStringLiteral("application-x-rserpool-scenario+toml"),
                            QStringLiteral("application-x-rserpool-recording")};

/// "org.kolam.monitor.metainfo.xml" of "kolam-monitor".
QString descriptionOf(const QString& program) {
    return QStringLiteral("org.%1.metainfo.xml").arg(QString(program).replace(u'-', u'.'));
}

/// What a validator says; empty: nothing. Skips nothing: `present` says whether it is there.
QString verdict(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished();
    return process.exitCode() == 0 ? QString() : QString::fromUtf8(process.readAll());
}
bool present(const QString& program) {
    return !QStandardPaths::findExecutable(program).isEmpty();
}

QString contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QImage picture(const QString& name, int side) {
    const QIcon icon(folder.filePath(QStringLiteral("icons/") + name + QStringLiteral(".svg")));
    return icon.pixmap(QSize(side, side), 1.0).toImage().convertToFormat(QImage::Format_ARGB32);
}

double luminance(QRgb colour) {
    const auto linear = [](int value) {
        const double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(colour)) + 0.7152 * linear(qGreen(colour)) + 0.0722 * linear(qBlue(colour));
}

} // namespace

class TestDesktop : public QObject {
    Q_OBJECT
private slots:
    void givenEntriesOfMenus_whenValidated_thenNothingIsWrong() {
        if (!present(QStringLiteral("desktop-file-validate"))) {
            QSKIP("desktop-file-utils is missing");
        }
        const QStringList entries = folder.entryList({QStringLiteral("*.desktop")});
        QCOMPARE(entries.size(), programs.size() + 1);
        for (const QString& entry : entries) {
            const QString said = verdict(QStringLiteral("desktop-file-validate"), {folder.filePath(entry)});
            QVERIFY2(said.isEmpty(), qPrintable(said));
            const QString text = contents(folder.filePath(entry));
            for (const char* key : {"Name", "Comment"}) {
                for (const char* language : {"[de]=", "[nb]="}) {
                    QVERIFY2(text.contains(QLatin1String(key) + QLatin1String(language)), qPrintable(entry));
                }
            }
        }
    }
    void givenDescriptions_whenValidated_thenNothingIsWrong() {
        if (!present(QStringLiteral("appstreamcli"))) {
            QSKIP("appstream is missing");
        }
        for (const QString& program : programs) {
            const QString path = folder.filePath(descriptionOf(program));
            const QString said =
                verdict(QStringLiteral("appstreamcli"), {QStringLiteral("validate"), QStringLiteral("--no-net"), path});
            QVERIFY2(said.isEmpty(), qPrintable(said));
            const QString text = contents(path);
            QVERIFY(text.contains(program + QStringLiteral(".desktop")));
            // Every paragraph is there three times.
            for (const char* tag : {"name", "summary", "p", "li"}) {
                const auto count = [&](const char* rest) {
                    return text.count(QLatin1Char('<') + QLatin1String(tag) + QLatin1String(rest));
                };
                QCOMPARE(count(" xml:lang=\"de\">"), count(">"));
                QCOMPARE(count(" xml:lang=\"nb\">"), count(">"));
            }
        }
    }
    void givenTypesOfFiles_whenInstalled_thenFilesAreRecognised() {
        if (present(QStringLiteral("xmllint"))) {
            const QString said =
                verdict(QStringLiteral("xmllint"), {QStringLiteral("--noout"), QStringLiteral("--nonet"),
                                                    folder.filePath(QStringLiteral("kolam.mime.xml"))});
            QVERIFY2(said.isEmpty(), qPrintable(said));
        }
        const QMimeDatabase database; // over the data folder that main() has made
        const auto typeOf = [&](const char* name) {
            return database.mimeTypeForFile(QString::fromLatin1(name), QMimeDatabase::MatchExtension).name();
        };
        QCOMPARE(typeOf("01-first-failover.rsdemo"), QStringLiteral("application/x-rserpool-scenario+toml"));
        QCOMPARE(typeOf("lesson.kolam.pcapng"), QStringLiteral("application/x-rserpool-recording"));
        QVERIFY(typeOf("others.pcapng") != QStringLiteral("application/x-rserpool-recording"));
        const QMimeType scenario = database.mimeTypeForName(QStringLiteral("application/x-rserpool-scenario+toml"));
        QVERIFY(scenario.inherits(QStringLiteral("text/plain")));
        QCOMPARE(scenario.iconName(), mimeIcons[0]);
        for (const QString& icon : mimeIcons) {
            QVERIFY(QFile::exists(folder.filePath(QStringLiteral("icons/") + icon + QStringLiteral(".svg"))));
        }
    }
    void givenBuild_whenInstalled_thenEverythingIsWhereDesktopsLook() {
        const QTemporaryDir prefix;
        const QString said =
            verdict(QStringLiteral(KOLAM_CMAKE),
                    {QStringLiteral("--install"), QStringLiteral(KOLAM_BUILD), QStringLiteral("--prefix"),
                     prefix.path(), QStringLiteral("--component"), QStringLiteral("Desktop")});
        QVERIFY2(said.isEmpty(), qPrintable(said));
        const auto installed = [&](const QString& path) {
            return QFile::exists(prefix.filePath(QStringLiteral("share/") + path));
        };
        for (const QString& program : QStringLiteral(KOLAM_WINDOWS).split(u' ')) {
            QVERIFY(installed(QStringLiteral("applications/") + program + QStringLiteral(".desktop")));
            QVERIFY(installed(QStringLiteral("metainfo/") + descriptionOf(program)));
            QVERIFY(installed(QStringLiteral("icons/hicolor/scalable/apps/") + program + QStringLiteral(".svg")));
        }
        if (present(QStringLiteral("appstreamcli"))) { // whether descriptions and entries belong together
            const QString whole = verdict(QStringLiteral("appstreamcli"),
                                          {QStringLiteral("validate-tree"), QStringLiteral("--no-net"), prefix.path()});
            QVERIFY2(whole.isEmpty(), qPrintable(whole));
        }
        for (const QString& icon : mimeIcons) {
            QVERIFY(installed(QStringLiteral("icons/hicolor/scalable/mimetypes/") + icon + QStringLiteral(".svg")));
        }
        QVERIFY(installed(QStringLiteral("mime/packages/kolam.xml")));
        QVERIFY(installed(QStringLiteral("applications/kolam-scenario.desktop")));
    }
    void givenIcons_whenSmall_thenLinesStandOutAndNoneIsAnother() {
        std::vector<QImage> small;
        for (const QString& name : programs + mimeIcons) {
            const QImage icon = picture(name, 16);
            QCOMPARE(icon.size(), QSize(16, 16));
            double darkest = 1;
            double lightest = 0;
            for (int y = 3; y < 13; ++y) {
                for (int x = 3; x < 13; ++x) {
                    if (qAlpha(icon.pixel(x, y)) > 250) {
                        const double here = luminance(icon.pixel(x, y));
                        darkest = std::min(darkest, here);
                        lightest = std::max(lightest, here);
                    }
                }
            }
            const double contrast = (lightest + 0.05) / (darkest + 0.05);
            QVERIFY2(contrast >= 3, qPrintable(name + QString::number(contrast)));
            small.push_back(icon);
        }
        for (std::size_t one = 0; one < small.size(); ++one) {
            for (std::size_t other = one + 1; other < small.size(); ++other) {
                int different = 0;
                for (int y = 0; y < 16; ++y) {
                    for (int x = 0; x < 16; ++x) {
                        different +=
                            std::abs(luminance(small[one].pixel(x, y)) - luminance(small[other].pixel(x, y))) > 0.1;
                    }
                }
                QVERIFY2(different > 20, qPrintable(QStringLiteral("%1 of 256 points").arg(different)));
            }
        }
    }
    void givenProgram_whenItIntroducesItself_thenWindowsHaveItsIconAndName() {
        for (const QString& program : programs) {
            introduce(program);
            QCOMPARE(QGuiApplication::desktopFileName(), program);
            QVERIFY(!QGuiApplication::windowIcon().isNull());
            const QImage shown = QGuiApplication::windowIcon().pixmap(QSize(64, 64), 1.0).toImage();
            QCOMPARE(shown.convertToFormat(QImage::Format_ARGB32), picture(program, 64));
        }
    }
};

int main(int argc, char** argv) {
    const QTemporaryDir data; // as if the types of files were installed here
    QDir(data.path()).mkpath(QStringLiteral("mime/packages"));
    QFile::copy(folder.filePath(QStringLiteral("kolam.mime.xml")),
                data.filePath(QStringLiteral("mime/packages/kolam.xml")));
    qputenv("XDG_DATA_HOME", data.path().toLocal8Bit());
    if (present(QStringLiteral("update-mime-database"))) {
        QProcess::execute(QStringLiteral("update-mime-database"), {data.filePath(QStringLiteral("mime"))});
    }
    QGuiApplication application(argc, argv);
    TestDesktop test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_desktop.moc"
