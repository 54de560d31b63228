// SPDX-License-Identifier: GPL-3.0-or-later
// For how long what is dead, frozen or cut off is shown as if it served: a thousand faults, each of its own kind, phase
// and luck, in virtual time. What the viewer concludes is concluded by the product's own code: senders of reports and
// signs of life as the sources judge them, batches as windows get them, and the state that the model follows.
// Two intervals of reports are the limit; half of one is what a missing sign is given before it counts.
#include "core/dispatch/virtual_dispatcher.h"
#include "core/telemetry/csp_source.h"
#include "core/telemetry/event_source.h"
#include "gui/common/element_state.h"
#include "tests/gui/common/event_story.h"

#include <QtTest>
#include <algorithm>
#include <map>

using namespace kolam;
using namespace kolam::gui;
using namespace kolam::telemetry;
using namespace std::chrono_literals;

namespace {

constexpr Duration interval = 250ms;
constexpr Duration limit = 2 * interval;
constexpr Duration batch = 33ms; // of events, until a window gets them
constexpr Duration watched = 6s; // after the fault
constexpr int faults = 1'000;

enum class Fault { Crash, Freeze, Partition, ReportLoss };
constexpr std::array faultNames{"crash", "freeze", "partition", "report loss"};
enum class View { Stream, Reports };
constexpr std::array viewNames{"stream", "reports"};

/// One element, its registrar, and a viewer who hears the element's stream or its reports.
class Scene {
public:
    Scene(Fault fault, View view, std::uint64_t seed)
        : m_dispatcher(seed)
        , m_fault(fault)
        , m_view(view)
        , m_element(EventStory::element(1)) {
        m_story.registrars();
        if (view == View::Stream) {
            m_story.elementComes(1, m_story.one);
        } else {
            m_story.tell(componentId(m_story.one), ElementRegistered{m_story.facts(1, m_story.one)});
        }
        for (const Event& event : std::exchange(m_story.events, {})) {
            m_model.take(event);
        }
        m_heard = m_dispatcher.now();
        later(chance(interval), [this] { beat(); });
        later(chance(signsLook), [this] { look(); });
    }

    /// For how long it is shown green although nobody is served.
    Duration run() {
        m_dispatcher.runUntil(m_dispatcher.now() + 3s);
        if (state() != ElementState::Up &&
            m_fault != Fault::ReportLoss) { // there a missing report is suspicious, rightly
            qWarning("seed: not up before the fault");
            return Duration::max();
        }
        m_dispatcher.runUntil(m_dispatcher.now() + chance(interval));
        m_failed = m_dispatcher.now();
        m_greenSince = m_failed;
        fail();
        m_dispatcher.runUntil(m_failed + watched);
        account();
        return m_green;
    }
    [[nodiscard]] ElementState state() const { return stateOf(m_model, node()); }
    /// Nobody is suspicious without a reason.
    bool staysGreen(Duration time) {
        m_dispatcher.runUntil(m_dispatcher.now() + 1s);
        bool green = true;
        for (const TimePoint end = m_dispatcher.now() + time; m_dispatcher.now() < end;) {
            m_dispatcher.runUntil(m_dispatcher.now() + 10ms);
            green = green && state() == ElementState::Up;
        }
        return green;
    }
    /// Serves again: is it seen?
    bool recovers() {
        m_gone = false;
        if (m_fault == Fault::Partition && m_view == View::Stream) {
            tell(FaultEnded{1, FaultKind::Partition});
        }
        m_loss = 0;
        m_dispatcher.runUntil(m_dispatcher.now() + 2s);
        return state() == ElementState::Up;
    }

private:
    [[nodiscard]] NodeId node() const { return elementNode(m_story.pool, m_element); }
    [[nodiscard]] ComponentId component() const { return componentId(m_element); }
    Duration chance(Duration most) { return std::chrono::duration_cast<Duration>(most * m_dispatcher.random().unit()); }
    template <typename Task>
    void later(Duration delay, Task task) {
        (void)m_dispatcher.callIn(delay, std::move(task));
    }

    // ---- The element ----
    void beat() {
        later(interval - 5ms + chance(10ms), [this] { beat(); }); // no timer is exact
        if (m_gone || m_dispatcher.random().chance(m_loss)) {
            return;
        }
        later(chance(3ms), [this] { // it was under way already when the element failed
            if (m_view == View::Stream) {
                const Duration silentFor = m_dispatcher.now() - std::exchange(m_heard, m_dispatcher.now());
                if (std::exchange(m_silent, false)) {
                    tell(ComponentHeard{silentFor});
                }
            } else {
                wire::CspReport report;
                report.sender = component();
                report.reportInterval = 250'000;
                if (auto status = m_senders.take(report, EventStory::address(2960), m_dispatcher.now())) {
                    tell(std::move(*status));
                }
            }
        });
    }
    void fail() {
        if (m_fault == Fault::Partition && m_view == View::Stream) {
            tell(FaultBegan{.fault = 1, .kind = FaultKind::Partition}); // it says so itself, and goes on beating
            return;
        }
        m_gone = true;
        if (m_fault == Fault::Crash && m_view == View::Stream) {
            later(chance(3ms), [this] { tell(ComponentDown{DownKind::StreamEnded}); });
            m_crashed = true;
        }
    }

    // ---- The viewer ----
    void look() {
        later(signsLook, [this] { look(); });
        if (m_view == View::Reports) {
            for (std::size_t silent = m_senders.silent(m_dispatcher.now()).size(); silent > 0; --silent) {
                tell(ComponentDown{DownKind::Silent});
            }
        } else if (!m_crashed && m_dispatcher.now() - m_heard > shownSilence && !std::exchange(m_silent, true)) {
            tell(ComponentDown{DownKind::Silent});
        }
    }
    void tell(EventBody body) {
        m_story.now = m_dispatcher.now().time_since_epoch();
        m_story.tell(component(), std::move(body));
        if (m_story.events.size() == 1) {
            later(batch, [this] {
                account();
                for (const Event& event : std::exchange(m_story.events, {})) {
                    m_model.take(event);
                }
                m_greenSince = m_dispatcher.now();
            });
        }
    }
    /// Until now it was shown as the model still has it.
    void account() {
        if (m_failed != TimePoint{} && state() == ElementState::Up) {
            m_green += m_dispatcher.now() - m_greenSince;
        }
        m_greenSince = m_dispatcher.now();
    }

    VirtualDispatcher m_dispatcher;
    Fault m_fault;
    View m_view;
    PeIdentifier m_element;
    EventStory m_story;
    Model m_model;
    CspSenders m_senders;
    TimePoint m_heard{}; // of the stream
    double m_loss = m_fault == Fault::ReportLoss ? 0.2 : 0;
    bool m_gone = false;
    bool m_silent = false;
    bool m_crashed = false;
    TimePoint m_failed{};
    TimePoint m_greenSince{};
    Duration m_green{};
};

double milliseconds(Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

} // namespace

class TestFalseGreen : public QObject {
    Q_OBJECT
private slots:
    void givenAThousandFaults_whenTheyBegin_thenNoneIsShownGreenForMoreThanTwoIntervals() {
        std::map<std::string, std::vector<Duration>> times;
        for (int number = 0; number < faults; ++number) {
            const auto fault = static_cast<Fault>(number % 4);
            const auto view = fault == Fault::ReportLoss ? View::Reports : static_cast<View>(number / 4 % 2);
            Scene scene{fault, view, static_cast<std::uint64_t>(number) + 1};
            const Duration green = scene.run();
            times[std::string{faultNames[static_cast<std::size_t>(fault)]} + ", by " +
                  viewNames[static_cast<std::size_t>(view)]]
                .push_back(green);
            times["all"].push_back(green);
            QVERIFY2(green <= limit,
                     qPrintable(QStringLiteral("fault %1: %2 ms").arg(number).arg(milliseconds(green))));
            if (fault != Fault::Crash) {
                QVERIFY2(scene.recovers(), qPrintable(QStringLiteral("fault %1 is over").arg(number)));
            }
        }
        for (auto& [what, all] : times) {
            std::ranges::sort(all);
            const auto quantile = [&](double share) {
                return milliseconds(all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))]);
            };
            qInfo("%-24s %4zu faults: green for %3.0f ms (p50), %3.0f ms (p99), %3.0f ms (max)", what.c_str(),
                  all.size(), quantile(0.5), quantile(0.99), quantile(1));
        }
    }
    void givenAnElementThatServes_whenNothingHappens_thenItIsGreenAllTheTime() {
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            Scene scene{Fault::Freeze, seed % 2 == 0 ? View::Stream : View::Reports, seed};
            QVERIFY(scene.staysGreen(60s));
        }
    }
};

QTEST_APPLESS_MAIN(TestFalseGreen)
#include "test_false_green.moc"
