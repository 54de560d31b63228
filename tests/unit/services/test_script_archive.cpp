// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of friends and of enemies: what is packed comes out again, and nothing else does anything.
#include "demos/services/scripting/archive.h"
#include "demos/services/scripting/descriptor.h"
#include "demos/services/scripting/script_files.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <fcntl.h>
#include <sys/stat.h>

using namespace kolam::scripting;

namespace {

QStringList everythingBelow(const QString& folder) {
    QStringList all;
    QDirIterator at{folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories};
    while (at.hasNext()) {
        all += QDir{folder}.relativeFilePath(at.next());
    }
    all.sort();
    return all;
}

Descriptor open(const QString& name) {
    return Descriptor{::open(QFile::encodeName(name).constData(), O_RDONLY | O_CLOEXEC)};
}

constexpr ArchiveLimits small{.octets = 1'000'000, .entries = 1'000};

} // namespace

class TestScriptArchive : public QObject {
    Q_OBJECT
private slots:
    void givenHostileArchives_whenTheyAreUnpacked_thenEachIsRefusedAndNothingIsOutside() {
        QTemporaryDir corpus;
        QProcess maker;
        maker.start("python3", {KOLAM_SOURCE "/tests/unit/services/hostile_archives.py", corpus.path()});
        QVERIFY(maker.waitForFinished(60'000));
        QVERIFY2(maker.exitCode() == 0, maker.readAllStandardError());
        const QStringList archives = QDir{corpus.path()}.entryList({"*.tar"}, QDir::Files, QDir::Name);
        QVERIFY(archives.size() >= 40);
        for (const QString& name : archives) {
            QTemporaryDir place;
            QDir{place.path()}.mkpath("above/inside");
            const QString inside = place.filePath("above/inside");
            const Descriptor archive = open(corpus.filePath(name));
            const auto result = unpack(archive.get(), inside.toStdString(), small);
            QVERIFY2(!result, qPrintable(name + " was taken"));
            for (const QString& entry : everythingBelow(place.path())) {
                QVERIFY2(entry.startsWith("above/inside") || entry == "above", qPrintable(name + " made " + entry));
                struct stat status{};
                QVERIFY(::lstat(QFile::encodeName(place.filePath(entry)).constData(), &status) == 0);
                QVERIFY2(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode), qPrintable(name + " made " + entry));
                QVERIFY(status.st_size <= 1'000'000 + 65'536);
            }
        }
        qInfo("%lld hostile archives, all refused", static_cast<long long>(archives.size()));
    }

    void givenSetUidFile_whenItIsUnpacked_thenItIsAnOrdinaryOne() {
        QTemporaryDir folder;
        QProcess maker;
        maker.start("python3", {"-c",
                                "import io, sys, tarfile\n"
                                "with tarfile.open(sys.argv[1], 'w') as tar:\n"
                                "    entry = tarfile.TarInfo('tool'); entry.mode = 0o6777; entry.size = 2\n"
                                "    tar.addfile(entry, io.BytesIO(b'hi'))\n",
                                folder.filePath("in.tar")});
        QVERIFY(maker.waitForFinished(30'000) && maker.exitCode() == 0);
        QDir{folder.path()}.mkdir("out");
        QVERIFY(unpack(open(folder.filePath("in.tar")).get(), folder.filePath("out").toStdString(), small));
        struct stat status{};
        QVERIFY(::stat(QFile::encodeName(folder.filePath("out/tool")).constData(), &status) == 0);
        QCOMPARE(status.st_mode & 07777U, 0755U);
    }

    void givenFolder_whenItIsPackedAndUnpacked_thenItIsTheSame() {
        QTemporaryDir folder;
        const QDir base{folder.path()};
        base.mkpath("in/sub/deeper");
        base.mkdir("out");
        for (const auto& [name, text] : {std::pair{"in/a", "one"}, {"in/sub/b", ""}, {"in/sub/deeper/c d", "three"}}) {
            QFile file{base.filePath(name)};
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) >= 0);
        }
        QFile{base.filePath("in/a")}.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
        QFile::link("/etc/passwd", base.filePath("in/link")); // is left out
        auto archive = anonymousFile();
        QVERIFY(archive.has_value());
        const auto packed = pack({.folder = base.filePath("in").toStdString()}, archive->get(), {});
        QVERIFY2(packed.has_value(), packed ? "" : packed.error().c_str());
        QCOMPARE(packed->octets, std::uint64_t{8});
        QCOMPARE(::lseek(archive->get(), 0, SEEK_SET), off_t{0});
        const auto unpacked = unpack(archive->get(), base.filePath("out").toStdString(), {});
        QVERIFY2(unpacked.has_value(), unpacked ? "" : unpacked.error().c_str());
        QCOMPARE(everythingBelow(base.filePath("out")),
                 (QStringList{"a", "sub", "sub/b", "sub/deeper", "sub/deeper/c d"}));
        QFile file{base.filePath("out/sub/deeper/c d")};
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray{"three"});
        QVERIFY(QFile::permissions(base.filePath("out/a")).testFlag(QFile::ExeOwner));
        QVERIFY(!QFile::permissions(base.filePath("out/sub/b")).testFlag(QFile::ExeOwner));
    }

    void givenFolderThatIsTooLarge_whenItIsPacked_thenThatIsSaid() {
        QTemporaryDir folder;
        QFile file{folder.filePath("large")};
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(2'000'000));
        auto archive = anonymousFile();
        const auto packed = pack({.folder = folder.path().toStdString()}, archive->get(), small);
        QVERIFY(!packed);
        QCOMPARE(packed.error(), std::string{"there are more than 1000000 octets"});
    }

    void givenFolderThatAnEnemyHasPrepared_whenResultsAreUnpacked_thenNoLinkIsFollowed() {
        QTemporaryDir folder;
        const QDir base{folder.path()};
        base.mkpath("in/sub");
        base.mkpath("victim");
        base.mkpath("out");
        QFile file{base.filePath("in/sub/evil")};
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("evil") == 4);
        file.close();
        QFile::link(base.filePath("victim"), base.filePath("out/sub"));
        auto archive = anonymousFile();
        QVERIFY(pack({.folder = base.filePath("in").toStdString()}, archive->get(), {}));
        ::lseek(archive->get(), 0, SEEK_SET);
        QVERIFY(!unpack(archive->get(), base.filePath("out").toStdString(), {}, true));
        QVERIFY(everythingBelow(base.filePath("victim")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestScriptArchive)
#include "test_script_archive.moc"
