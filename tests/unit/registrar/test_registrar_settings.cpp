// SPDX-License-Identifier: GPL-3.0-or-later
// What can be set, and how mistakes are told: with file, line and column, and the nearest name.
#include "registrar/registrar_settings.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

using namespace kolam;
using namespace std::chrono_literals;
using programs::Settings;

namespace {

struct Fixture {
    Fixture() { settings.declare(reader); }
    /// The error of a file with this text, without its folder; empty when there is none.
    std::string file(std::string_view text) {
        const std::string path = directory.filePath("kolam.toml").toStdString();
        std::ofstream{path} << text;
        const auto result = reader.readFile(path);
        return result ? std::string{} : result.error().substr(directory.path().toStdString().size() + 1);
    }
    std::optional<int> options(const std::vector<const char*>& given) {
        std::vector<const char*> arguments{"kolam-registrar"};
        for (const char* argument : given) {
            arguments.push_back(argument);
        }
        return reader.read(static_cast<int>(arguments.size()), arguments.data());
    }
    QTemporaryDir directory;
    RegistrarSettings settings;
    Settings reader{"kolam-registrar", "test"};
};

} // namespace

class TestRegistrarSettings : public QObject {
    Q_OBJECT
private slots:
    void givenNothing_whenRead_thenTheDefaultsServeThisHostOnly() {
        Fixture fixture;
        QVERIFY(!fixture.options({}).has_value());
        QCOMPARE(toText(fixture.settings.node.asap), std::string("127.0.0.1:3863"));
        QVERIFY(fixture.settings.node.loopbackOnly);
        QCOMPARE(fixture.settings.node.profile.name, std::string_view("rsplib"));
        QVERIFY(fixture.settings.node.announce.enabled);
        QVERIFY(!fixture.settings.asapPortGiven && !fixture.settings.enrpPortGiven);
        const auto& mesh = fixture.settings.node.mesh;
        QVERIFY(mesh && mesh->group.enabled && mesh->enrp.ips.empty());
        QCOMPARE(mesh->enrp.port, std::uint16_t{9901});
    }
    void givenMeshInAFile_whenRead_thenEveryKindOfValueIsUnderstood() {
        Fixture fixture;
        QCOMPARE(fixture.file("enrp = \"127.0.0.1\"\n"
                              "enrp-group = \"239.1.1.1\"\n"
                              "peer = [\"127.0.0.1\", \"registrar-1.example.org:4711\", \"[::1]:9902\"]\n"
                              "arbitration = \"rsplib\"\n"
                              "suggest-takeovers = true\n"
                              "profile = \"demo\"\n"
                              "peer-heartbeat = \"100ms\"\n"
                              "peer-last-heard = \"300ms\"\n"
                              "peer-no-response = \"120ms\"\n"
                              "takeover-expiry = \"200ms\"\n"
                              "max-peers = 7\n"),
                 std::string());
        QVERIFY(fixture.settings.settle().has_value());
        const RegistrarNode::Config& node = fixture.settings.node;
        QCOMPARE(toText(node.mesh->enrp), std::string("127.0.0.1:9901"));
        QVERIFY(!fixture.settings.enrpPortGiven);
        QCOMPARE(node.mesh->group.port, std::uint16_t{9901});
        QCOMPARE(toText(node.mesh->group.group), std::string("239.1.1.1"));
        QVERIFY(node.mesh->arbitration == enrp::Arbitration::Rsplib);
        QVERIFY(node.mesh->suggestTakeovers);
        QCOMPARE(node.mesh->limits.peers, std::size_t{7});
        QVERIFY(node.profile.peerHeartbeat == 100ms && node.profile.peerLastHeard == 300ms);
        QVERIFY(node.profile.peerNoResponse == 120ms && node.profile.takeoverExpiry == 200ms);
        QVERIFY(node.profile.mentorDiscovery == demoProfile().mentorDiscovery);
        const auto& peers = fixture.settings.peers;
        QCOMPARE(peers.size(), std::size_t{3});
        QCOMPARE(toText(peers[0].address), std::string("127.0.0.1:9901"));
        QCOMPARE(peers[1].host, std::string("registrar-1.example.org"));
        QCOMPARE(peers[1].port, std::uint16_t{4711});
        QCOMPARE(toText(peers[2].address), std::string("[::1]:9902"));
    }
    void givenPorts_whenGiven_thenTheyAreMeant() {
        Fixture fixture;
        QVERIFY(!fixture.options({"--asap", "127.0.0.1:3863", "--enrp", "127.0.0.1:9902"}).has_value());
        QVERIFY(fixture.settings.asapPortGiven && fixture.settings.enrpPortGiven);
    }
    void givenNoEnrp_whenRead_thenThereIsNoMesh() {
        Fixture fixture;
        QVERIFY(!fixture.options({"--no-enrp"}).has_value());
        QVERIFY(!fixture.settings.node.mesh.has_value());
    }
    void givenFile_whenRead_thenEveryKindOfValueIsUnderstood() {
        Fixture fixture;
        QCOMPARE(fixture.file("id = 0x11111111\n"
                              "asap = \"127.0.0.1:4863\"\n"
                              "announce = false\n"
                              "profile = \"demo\"\n"
                              "keep-alive-interval = \"1.5s\"\n"
                              "max-resolutions = \"50/60\"\n"
                              "max-elements-per-association = 0\n"
                              "minimum-scope = \"site-local\"\n"
                              "allow = [\"register pool=A*\", \"resolve\"]\n"
                              "deny = \"* from=10.6.6.6\"\n"),
                 std::string());
        QVERIFY(fixture.settings.settle().has_value());
        const RegistrarNode::Config& node = fixture.settings.node;
        QCOMPARE(toText(node.id), std::string("0x11111111"));
        QCOMPARE(node.asap.port, std::uint16_t{4863});
        QVERIFY(!node.announce.enabled);
        QCOMPARE(node.profile.name, std::string_view("demo"));
        QVERIFY(node.profile.elementKeepAliveInterval == 1500ms);
        QVERIFY(node.profile.announceInterval == 250ms);
        QVERIFY((node.limits.resolutions == RateLimit{50, 60}));
        QCOMPARE(node.limits.elementsPerAssociation, std::size_t{0});
        QCOMPARE(node.minimumScope, AddressScope::SiteLocal);
        QCOMPARE(fixture.settings.allow.size(), std::size_t{2});
        QCOMPARE(fixture.settings.deny.size(), std::size_t{1});
    }
    void givenWrongFile_whenRead_thenTheErrorNamesLineAndColumn_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("mistyped") << QByteArray("id = 1\nanounce = true\n")
                                  << QByteArray("kolam.toml:2:1: anounce is no setting; did you mean announce?");
        QTest::newRow("unlike anything") << QByteArray("colour = 1\n")
                                         << QByteArray("kolam.toml:1:1: colour is no setting");
        QTest::newRow("out of range") << QByteArray("  id = 0\n")
                                      << QByteArray(
                                             "kolam.toml:1:8: id must be a number from 1 to 4294967295, not \"0\"");
        QTest::newRow("garbage number")
            << QByteArray("max-elements = \"12x\"\n")
            << QByteArray("kolam.toml:1:16: max-elements must be a number from 0 to 4294967295, not \"12x\"");
        QTest::newRow("negative")
            << QByteArray("max-elements = -1\n")
            << QByteArray("kolam.toml:1:16: max-elements must be a number from 0 to 4294967295, not \"-1\"");
        QTest::newRow("time without unit")
            << QByteArray("\n\nkeep-alive-timeout = 5\n")
            << QByteArray(
                   "kolam.toml:3:22: keep-alive-timeout must be a time from 10ms to 3600s, such as 250ms or 1.5s, "
                   "not \"5\"");
        QTest::newRow("profile") << QByteArray("profile = \"slow\"\n")
                                 << QByteArray(
                                        "kolam.toml:1:11: profile must be rsplib, rfc, demo or fast, not \"slow\"");
        QTest::newRow("second of a list")
            << QByteArray("deny = [\"*\",\n  \"* from=ten\"]\n")
            << QByteArray("kolam.toml:2:3: deny must be a rule: \"ten\" is no network such as 10.0.0.0/8, not \"* "
                          "from=ten\"");
        QTest::newRow("peer") << QByteArray("peer = [\"a.example\",\n  \"b example\"]\n")
                              << QByteArray("kolam.toml:2:3: peer must be a registrar such as 10.0.0.1:9901, "
                                            "[2001:db8::1]:9901 or registrar.example.org:9901, not \"b example\"");
        QTest::newRow("peer's port") << QByteArray("peer = \"a.example:0\"\n")
                                     << QByteArray("kolam.toml:1:8: peer must be a registrar such as 10.0.0.1:9901, "
                                                   "[2001:db8::1]:9901 or registrar.example.org:9901, not "
                                                   "\"a.example:0\"");
        QTest::newRow("arbitration") << QByteArray("arbitration = \"lower\"\n")
                                     << QByteArray("kolam.toml:1:15: arbitration must be rfc or rsplib, not \"lower\"");
        QTest::newRow("list for one") << QByteArray("id = [1, 2]\n")
                                      << QByteArray("kolam.toml:1:6: id takes one value only");
        QTest::newRow("table") << QByteArray("id = { a = 1 }\n")
                               << QByteArray("kolam.toml:1:6: id must be text, a number, true or false");
        QTest::newRow("switch") << QByteArray("insecure-lan = \"perhaps\"\n")
                                << QByteArray("kolam.toml:1:16: insecure-lan must be on or off, not \"perhaps\"");
        QTest::newRow("group") << QByteArray("announce = \"10.0.0.1:3863\"\n")
                               << QByteArray("kolam.toml:1:12: announce must be on, off, or a multicast group such as "
                                             "239.0.0.50:3863, not \"10.0.0.1:3863\"");
    }
    void givenWrongFile_whenRead_thenTheErrorNamesLineAndColumn() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, error);
        Fixture fixture;
        QCOMPARE(QByteArray::fromStdString(fixture.file(text.toStdString())), error);
    }
    void givenBrokenToml_whenRead_thenTheErrorNamesThePlace() {
        Fixture fixture;
        const std::string error = fixture.file("id = 1\nprofile = [\n");
        QVERIFY2(error.starts_with("kolam.toml:"), error.c_str());
        QVERIFY(!fixture.reader.readFile("/nonexistent/kolam.toml").has_value());
    }
    void givenFileAndOptions_whenRead_thenOptionsWinAndListsAdd() {
        Fixture fixture;
        const std::string path = fixture.directory.filePath("kolam.toml").toStdString();
        std::ofstream{path} << "profile = \"demo\"\nid = 5\ndeny = [\"* pool=A\"]\n";
        QVERIFY(!fixture.options({"--config", path.c_str(), "--id", "0x2a", "--deny", "* pool=B", "--deny", "* pool=C"})
                     .has_value());
        QCOMPARE(fixture.settings.node.id.value, std::uint32_t{42});
        QCOMPARE(fixture.settings.node.profile.name, std::string_view("demo"));
        QCOMPARE(fixture.settings.deny.size(), std::size_t{3});
    }
    void givenWrongOptions_whenRead_thenTheProgramEndsWithCodeTwo_data() {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::newRow("unknown") << QByteArrayList{"--anounce", "off"};
        QTest::newRow("positional") << QByteArrayList{"start"};
        QTest::newRow("missing value") << QByteArrayList{"--id"};
        QTest::newRow("garbage") << QByteArrayList{"--id", "12abc"};
        QTest::newRow("port") << QByteArrayList{"--asap", "127.0.0.1:65536"};
        QTest::newRow("other hosts") << QByteArrayList{"--asap", "10.0.0.1:3863"};
        QTest::newRow("every address") << QByteArrayList{"--asap", ":3863"};
        QTest::newRow("peers elsewhere") << QByteArrayList{"--enrp", "10.0.0.1:9901"};
        QTest::newRow("peer elsewhere") << QByteArrayList{"--peer", "10.0.0.1"};
        QTest::newRow("alone with a peer") << QByteArrayList{"--no-enrp", "--peer", "127.0.0.1"};
        QTest::newRow("scope elsewhere") << QByteArrayList{"--scope", "../default"};
        QTest::newRow("no such file") << QByteArrayList{"--config", "/nonexistent/kolam.toml"};
    }
    void givenWrongOptions_whenRead_thenTheProgramEndsWithCodeTwo() {
        QFETCH(QByteArrayList, arguments);
        Fixture fixture;
        std::vector<const char*> pointers;
        for (const QByteArray& argument : arguments) {
            pointers.push_back(argument.constData());
        }
        QCOMPARE(fixture.options(pointers), std::optional{2});
    }
    void givenInsecureLan_whenRead_thenOtherHostsAreServed() {
        Fixture fixture;
        QVERIFY(!fixture.options({"--insecure-lan"}).has_value());
        QVERIFY(fixture.settings.node.asap.ips.empty());
        QVERIFY(!fixture.settings.node.loopbackOnly);
        Fixture chosen;
        QVERIFY(!chosen.options({"--insecure-lan", "--asap", "10.0.0.1:3863"}).has_value());
        QCOMPARE(toText(chosen.settings.node.asap), std::string("10.0.0.1:3863"));
    }
    void givenGoodSettings_whenChecked_thenTheProgramEndsWithCodeZero() {
        Fixture fixture;
        QCOMPARE(fixture.options({"--check-config", "--profile", "demo"}), std::optional{0});
        QCOMPARE(fixture.options({"--version"}), std::optional{0});
    }
};

QTEST_APPLESS_MAIN(TestRegistrarSettings)
#include "test_registrar_settings.moc"
