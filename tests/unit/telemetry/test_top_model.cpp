// SPDX-License-Identifier: GPL-3.0-or-later
// `kolam top` without a terminal: what it shows, in which order, and what hostile reports do to it (nothing).
#include "demos/cli/top_model.h"

#include <QtTest>
#include <algorithm>

using namespace kolam;
using namespace kolam::cli;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

const TimePoint start{1h};

Event report(ComponentId id, StatusReported status, TimePoint when = start) {
    status.intervalUs = status.intervalUs == 0 ? 1'000'000 : status.intervalUs;
    return {.number = 0, .component = id, .wall = {}, .monotonic = when, .story = {}, .body = std::move(status)};
}

TopModel three() {
    TopModel model;
    model.take(
        report(componentId(PeIdentifier{2}),
               {.location = "b: 127.0.0.1:2", .status = "1 Session", .uptimeUs = 61'000'000, .workload = 0xf000}));
    model.take(report(componentId(Role::User, 7), {.location = "c", .status = "0 Sessions", .uptimeUs = 1'000'000}));
    model.take(report(componentId(ServerId{0x11111111}),
                      {.location = "a: 127.0.0.1:3863",
                       .status = "1[1] PEs in 1 Pool, 0 Peers",
                       .uptimeUs = 90'061'000'000,
                       .associations = {{componentId(PeIdentifier{2}), 11, 5'000'000}}},
                      start - 500ms));
    return model;
}

std::string text(const TopModel& model, TopLook look = {}, TimePoint now = start) {
    look.colours = false;
    look.columns = look.columns == 80 ? 110 : look.columns;
    std::string all;
    for (const std::string& line : model.lines(look, {"127.0.0.1:2960", 3, 0, 0}, now)) {
        all += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return all;
}

/// The first two columns of the rows.
std::string order(const TopModel& model, TopOrder by, bool reversed = false) {
    std::string found;
    for (const std::string& line :
         model.lines({.columns = 110, .order = by, .reversed = reversed, .colours = false}, {}, start)) {
        found += line.starts_with("registrar") ? "R"
                 : line.starts_with("element") ? "E"
                 : line.starts_with("user")    ? "U"
                                               : "";
    }
    return found;
}

} // namespace

class TestTopModel : public QObject {
    Q_OBJECT
private slots:
    void givenReports_whenShown_thenEachComponentIsARow() {
        QCOMPARE(
            text(three()),
            std::string(
                "kolam top at 127.0.0.1:2960: 1 registrar, 1 element, 1 user; 3 reports, 0 dropped, 0 unreadable; by "
                "role\n"
                "ROLE      ID               LOCATION                           UP    AGE LOAD ASSOC STATUS\n"
                "registrar 0x11111111       a: 127.0.0.1:3863               1d01h   0.5s    -     1 1[1] PEs in 1 "
                "Pool, 0 Peers\n"
                "element   0x00000002       b: 127.0.0.1:2               00:01:01   0.0s  94%     0 1 Session\n"
                "user      0x00000000000007 c                            00:00:01   0.0s    -     0 0 Sessions\n"));
    }

    void givenAnOrder_whenShown_thenTheMostComesFirst() {
        const TopModel model = three();
        QCOMPARE(order(model, TopOrder::Role), std::string("REU"));
        QCOMPARE(order(model, TopOrder::Load), std::string("ERU"));
        QCOMPARE(order(model, TopOrder::Age), std::string("REU"));
        QCOMPARE(order(model, TopOrder::Uptime), std::string("UER"));
        QCOMPARE(order(model, TopOrder::Associations), std::string("REU"));
        QCOMPARE(order(model, TopOrder::Location, true), std::string("UER"));
        for (const char* name : {"role", "load", "age", "uptime", "associations", "location"}) {
            QCOMPARE(std::string{toText(*readTopOrder(name))}, std::string{name});
        }
        QVERIFY(!readTopOrder("beauty"));
    }

    void givenAFinalReportOrNone_whenShown_thenTheComponentIsGoneOrSilent() {
        TopModel model = three();
        QVERIFY(text(model, {}, start + 2s).find("silent") == std::string::npos);
        QVERIFY(text(model, {}, start + 3100ms).find("silent; was: 1 Session") != std::string::npos);
        model.take(report(componentId(PeIdentifier{2}), {.final = true}));
        QCOMPARE(model.count(), std::size_t{2});
        Event down = report(componentId(Role::User, 7), {});
        down.body = ComponentDown{DownKind::Silent};
        model.take(down);
        QCOMPARE(model.count(), std::size_t{1});
        down.body = LogLine{Severity::Info, "nothing to do with it"};
        model.take(down);
        QCOMPARE(model.count(), std::size_t{1});
    }

    void givenAssociations_whenAskedFor_thenTheyAreShown() {
        const std::string all = text(three(), {.associations = true});
        QVERIFY2(all.find("           ASAP with element-0x00000002 for 00:00:05\n") != std::string::npos, all.c_str());
    }

    void givenConflictOrHeavyLoad_whenShown_thenItCannotBeMissed() {
        TopModel model;
        model.take(report(componentId(PeIdentifier{1}), {.conflicting = true, .status = "fine"}));
        model.take(report(componentId(PeIdentifier{2}), {.status = "busy", .workload = 0xfffe}));
        const auto lines = model.lines({.columns = 110}, {}, start);
        QVERIFY(lines[2].find("CONFLICTING: fine") != std::string::npos);
        QVERIFY(lines[3].starts_with("\x1b[7m") && lines[3].ends_with("\x1b[0m"));
    }

    void givenHostileTexts_whenShown_thenTheTerminalIsSafeAndNoLineIsTooLong() {
        TopModel model;
        for (std::uint32_t id = 1; id < 60; ++id) {
            model.take(
                report(componentId(PeIdentifier{id}), {.location = std::string(200, '\x1b'),
                                                       .status = "\x1b[2J\r\n" + std::string(500, 'x'),
                                                       .uptimeUs = ~std::uint64_t{0},
                                                       .associations = std::vector<StatusReported::Association>(3)}));
        }
        for (const std::size_t columns : {0u, 1u, 20u, 54u, 80u, 300u}) {
            const auto lines =
                model.lines({.columns = columns, .rows = 24, .associations = true, .colours = false}, {}, start);
            QCOMPARE(lines.size(), std::size_t{24});
            for (const std::string& line : lines) {
                QVERIFY(line.size() <= columns);
                QVERIFY(std::ranges::none_of(line, [](char c) { return c < ' '; }));
            }
        }
        QVERIFY(text(model, {.columns = 110, .rows = 10}).find("... and ") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestTopModel)
#include "test_top_model.moc"
