// SPDX-License-Identifier: GPL-3.0-or-later
// The local socket of a component: who may see it, and what viewers without manners can do to it (nothing).
#include "core/telemetry/observer_client.h"
#include "core/telemetry/observer_folder.h"
#include "core/telemetry/observer_server.h"
#include "tests/unit/registrar/observer_world.h"

#include <QtTest>
#include <fstream>
#include <sys/stat.h>
#include <thread>

using namespace kolam;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

mode_t modeOf(const std::filesystem::path& path) {
    struct stat found{};
    ::lstat(path.c_str(), &found);
    return found.st_mode & 0777;
}

struct Fixture : ObserverWorld {
    std::expected<std::unique_ptr<ObserverServer>, std::string> open(const std::string& name = "registrar-1",
                                                                     ObserverServer::Limits limits = {}) {
        auto folder = makeObserverFolder("test");
        if (!folder) {
            return std::unexpected(folder.error());
        }
        return ObserverServer::open(dispatcher, {.folder = *folder, .name = name, .limits = limits},
                                    [this](std::string_view query) -> std::expected<NextLine, std::string> {
                                        asked.emplace_back(query);
                                        if (query != "count") {
                                            return std::unexpected("count is all that is understood");
                                        }
                                        return [n = 0, this]() mutable -> std::optional<std::string> {
                                            ++lines;
                                            return n < countTo ? std::optional{std::to_string(n++) + filler}
                                                               : std::nullopt;
                                        };
                                    });
    }
    std::expected<std::string, ObserverError> ask(const std::filesystem::path& path, const std::string& query,
                                                  std::size_t limit = 1 << 20) {
        std::optional<std::expected<std::string, ObserverError>> answer;
        std::atomic<bool> done = false;
        std::jthread viewer{[&] {
            answer = askObserver(path, query, 10s, limit);
            done = true;
        }};
        until([&] { return done.load(); });
        viewer.join();
        return *answer;
    }
    std::vector<std::string> asked;
    int countTo = 3;
    std::string filler;
    std::size_t lines = 0;
};

} // namespace

class TestObserverServer : public QObject {
    Q_OBJECT
private slots:
    void givenServer_whenAsked_thenItAnswersAndCloses() {
        Fixture fixture;
        const auto server = fixture.open();
        QVERIFY2(server.has_value(), server ? "" : server.error().c_str());
        const auto answer = fixture.ask((*server)->path(), "count");
        QVERIFY(answer.has_value());
        QCOMPARE(*answer, std::string("0\n1\n2\n"));
        QVERIFY(fixture.until([&] { return (*server)->viewerCount() == 0; }));
    }
    void givenFolder_whenMade_thenNobodyElseCanEnterWhateverTheUmask() {
        Fixture fixture;
        const mode_t before = ::umask(0);
        const auto server = fixture.open();
        ::umask(before);
        QVERIFY(server.has_value());
        QCOMPARE(modeOf((*server)->path()), mode_t{0600});
        QCOMPARE(modeOf(observerFolder("test")), mode_t{0700});
        QCOMPARE(modeOf(observerFolder("test").parent_path()), mode_t{0700});
    }
    void givenFolderThatOthersCanEnter_whenOpened_thenItIsClosedToThem() {
        Fixture fixture;
        std::filesystem::create_directories(observerFolder("test"));
        std::filesystem::permissions(observerFolder("test"), std::filesystem::perms::all);
        QVERIFY(fixture.open().has_value());
        QCOMPARE(modeOf(observerFolder("test")), mode_t{0700});
    }
    void givenLinkInsteadOfTheFolder_whenOpened_thenItIsNotFollowed() {
        Fixture fixture;
        std::filesystem::create_directories(observerFolder("test").parent_path());
        std::filesystem::create_directory_symlink("/tmp", observerFolder("test"));
        const auto server = fixture.open();
        QVERIFY(!server.has_value());
        QVERIFY(server.error().ends_with("is not a folder of this user"));
    }
    void givenFolderWhoseNameIsTooLong_whenOpened_thenTheErrorSaysSo() {
        Fixture fixture;
        const std::string longName = fixture.directory.path().toStdString() + "/" + std::string(100, 'x');
        std::filesystem::create_directories(longName);
        qputenv("XDG_RUNTIME_DIR", longName.c_str());
        const auto server = fixture.open();
        QVERIFY(!server.has_value());
        QVERIFY(server.error().find("File name too long") != std::string::npos);
    }
    void givenSocketsOfTheDead_whenAnotherStarts_thenTheyAreRemovedAndTheNameIsTaken() {
        Fixture fixture;
        QVERIFY(makeObserverFolder("test").has_value());
        for (const char* name : {"registrar-1.sock", "registrar-9.sock"}) { // bound, and the process is gone
            QVERIFY(LocalSocket::listen(observerFolder("test") / name).has_value());
        }
        std::ofstream{observerFolder("test") / "notes.txt"} << "not a socket";
        const auto server = fixture.open();
        QVERIFY(server.has_value());
        QCOMPARE((*server)->path(), observerFolder("test") / "registrar-1.sock");
        QCOMPARE(observerSockets(observerFolder("test")).size(), std::size_t{1});
        QVERIFY(std::filesystem::exists(observerFolder("test") / "notes.txt"));
    }
    void givenLivingOneOfTheSameName_whenAnotherStarts_thenBothAreFound() {
        Fixture fixture;
        const auto one = fixture.open();
        const auto other = fixture.open();
        QVERIFY(one.has_value() && other.has_value());
        QVERIFY((*one)->path() != (*other)->path());
        QCOMPARE(observerSockets(observerFolder("test")).size(), std::size_t{2});
    }
    void givenServer_whenDestroyed_thenItsSocketIsGone() {
        Fixture fixture;
        std::filesystem::path path;
        {
            const auto server = fixture.open();
            path = (*server)->path();
            QVERIFY(std::filesystem::exists(path));
        }
        QVERIFY(!std::filesystem::exists(path));
        const auto answer = askObserver(path, "count", 1s);
        QVERIFY(!answer.has_value() && answer.error().nobodyThere);
    }
    void givenQueryThatIsNotUnderstood_whenAsked_thenTheViewerIsTold() {
        Fixture fixture;
        const auto server = fixture.open();
        const auto answer = fixture.ask((*server)->path(), "sing");
        QVERIFY(answer.has_value());
        QCOMPARE(*answer, std::string("{\"error\":\"count is all that is understood\"}\n"));
    }
    void givenQueryWithoutEnd_whenTooLong_thenTheViewerIsToldAndClosed() {
        Fixture fixture;
        const auto server = fixture.open("registrar-1", {.query = 100});
        RawViewer viewer{(*server)->path()};
        QVERIFY(viewer.say(std::string(101, 'x')));
        QVERIFY(fixture.until([&] { return viewer.read(); }));
        QCOMPARE(viewer.heard, std::string("{\"error\":\"the query is too long\"}\n"));
        QVERIFY(fixture.asked.empty());
    }
    void givenViewersWhoSayNothing_whenTheirTimeIsOver_thenTheyAreClosed() {
        Fixture fixture;
        const auto server = fixture.open("registrar-1", {.patience = 50ms});
        RawViewer viewer{(*server)->path()};
        QVERIFY(fixture.until([&] { return viewer.read(); }));
        QVERIFY(viewer.heard.empty());
    }
    void givenViewerWhoDoesNotRead_whenTheAnswerIsLong_thenNoMoreIsMadeThanFitsAndHeIsClosed() {
        Fixture fixture;
        fixture.countTo = 100'000;
        fixture.filler = std::string(1000, 'x');
        const auto server = fixture.open("registrar-1", {.patience = 300ms});
        RawViewer lazy{(*server)->path()};
        QVERIFY(lazy.say("count\n"));
        QVERIFY(fixture.until([&] { return fixture.lines > 0; }));
        QVERIFY(fixture.until([&] { return (*server)->viewerCount() == 0; }));
        QVERIFY(fixture.lines < 2000); // what the socket's buffers hold
    }
    void givenViewerWhoGoesAway_whenAnswered_thenNobodyMinds() {
        Fixture fixture;
        fixture.countTo = 100'000;
        fixture.filler = std::string(1000, 'x');
        const auto server = fixture.open();
        {
            RawViewer viewer{(*server)->path()};
            QVERIFY(viewer.say("count\n"));
            QVERIFY(fixture.until([&] { return fixture.lines > 0; }));
        }
        QVERIFY(fixture.until([&] { return (*server)->viewerCount() == 0; }));
    }
    void givenTooManyViewers_whenAnotherComes_thenOnlyHeIsClosed() {
        Fixture fixture;
        const auto server = fixture.open("registrar-1", {.viewers = 2});
        std::vector<RawViewer> patient;
        for (int i = 0; i < 2; ++i) {
            patient.emplace_back((*server)->path());
        }
        QVERIFY(fixture.until([&] { return (*server)->viewerCount() == 2; }));
        RawViewer third{(*server)->path()};
        QVERIFY(fixture.until([&] { return third.read(); }));
        QVERIFY(patient[0].say("count\n"));
        QVERIFY(fixture.until([&] { return patient[0].read(); }));
        QCOMPARE(patient[0].heard, std::string("0\n1\n2\n"));
    }
    void givenComponentThatDoesNotAnswer_whenAsked_thenTheTimeIsOver() {
        Fixture fixture;
        const auto server = fixture.open();
        const auto answer = askObserver((*server)->path(), "count", 50ms); // nobody turns the dispatcher
        QVERIFY(!answer.has_value() && !answer.error().nobodyThere);
        QVERIFY(answer.error().sentence.ends_with("does not answer"));
    }
    void givenComponentThatDoesNotStop_whenAsked_thenTheViewerDoes() {
        Fixture fixture;
        fixture.countTo = 1'000'000;
        fixture.filler = std::string(1000, 'x');
        const auto server = fixture.open();
        const auto answer = fixture.ask((*server)->path(), "count", 100'000);
        QVERIFY(!answer.has_value());
        QVERIFY(answer.error().sentence.ends_with("does not stop talking"));
    }
    void givenScopes_whenChecked_thenTheyLeadNowhereElse() {
        for (const char* good : {"default", "a", "lab-1", "A.b_c"}) {
            QVERIFY2(isScope(good), good);
        }
        for (const char* bad : {"", ".", "..", "a/b", "-x", ".hidden", "a b", "ä", "x\n"}) {
            QVERIFY2(!isScope(bad), bad);
        }
        QVERIFY(!isScope(std::string(33, 'x')));
    }
};

QTEST_APPLESS_MAIN(TestObserverServer)
#include "test_observer_server.moc"
