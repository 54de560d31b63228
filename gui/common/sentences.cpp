// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/common/sentences.h"

#include "core/base/strong.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace kolam::gui {

using namespace telemetry;
using gui::Severity;

namespace {

struct SentenceWords {
    Q_DECLARE_TR_FUNCTIONS(Sentences)
};

QString hex(std::uint64_t number, int digits) {
    return QString::number(number, 16).rightJustified(digits, u'0');
}
QString text(PeIdentifier element) {
    return nameOf(componentId(element));
}
QString text(ServerId registrar) {
    return nameOf(componentId(registrar));
}
QString text(const std::string& words) {
    return QString::fromStdString(words);
}
QString stateText(ComponentState state) {
    switch (state) {
    case ComponentState::Starting: return SentenceWords::tr("is starting");
    case ComponentState::Looking: return SentenceWords::tr("looks for a registrar");
    case ComponentState::Registering: return SentenceWords::tr("asks to be registered");
    case ComponentState::Rejected: return SentenceWords::tr("was rejected by its registrar");
    case ComponentState::Serving: return SentenceWords::tr("is at work");
    case ComponentState::Draining: return SentenceWords::tr("is draining");
    case ComponentState::Leaving: return SentenceWords::tr("is leaving");
    }
    return {};
}
QString removalText(Removal reason) {
    switch (reason) {
    case Removal::Deregistered: return SentenceWords::tr("it has deregistered");
    case Removal::AssociationLost: return SentenceWords::tr("its association is lost");
    case Removal::KeepAliveTimeout: return SentenceWords::tr("it did not answer a keep-alive");
    case Removal::Unreachable: return SentenceWords::tr("users do not reach it");
    case Removal::LifeExpired: return SentenceWords::tr("its registration has expired");
    case Removal::OwnerSaysSo: return SentenceWords::tr("its home registrar says so");
    }
    return {};
}
Severity severityOf(telemetry::Severity severity) {
    return severity >= telemetry::Severity::Error     ? Severity::Bad
           : severity == telemetry::Severity::Warning ? Severity::Warning
                                                      : Severity::Info;
}

} // namespace

QString nameOf(ComponentId component) {
    const std::uint64_t object = objectOf(component);
    switch (roleOf(component)) {
    case Role::Registrar: return SentenceWords::tr("PR %1").arg(hex(object, 8));
    case Role::Element: return SentenceWords::tr("PE %1").arg(hex(object, 8));
    case Role::User: return SentenceWords::tr("PU %1").arg(hex(object & 0xffff, 4));
    case Role::Director: return SentenceWords::tr("lab");
    case Role::None: break;
    }
    return QString::fromStdString(toText(component));
}

QString nameOf(const NodeId& node) {
    return nameOf(node.component);
}

QString roleName(Role role) {
    switch (role) {
    case Role::Registrar: return SentenceWords::tr("registrar");
    case Role::Element: return SentenceWords::tr("pool element");
    case Role::User: return SentenceWords::tr("pool user");
    case Role::Director: return SentenceWords::tr("director");
    case Role::None: break;
    }
    return SentenceWords::tr("component");
}

QString textOf(const PoolHandle& pool) {
    return QString::fromStdString(toText(pool));
}

QString textOf(Duration duration) {
    const double ns = std::abs(static_cast<double>(duration.count()));
    const QString sign = duration.count() < 0 ? QStringLiteral("−") : QString();
    const auto figures = [&](double value) {
        const int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return sign + QLocale().toString(value, 'f', decimals);
    };
    if (ns < 1e3) {
        return SentenceWords::tr("%1 ns").arg(sign + QLocale().toString(ns, 'f', 0));
    }
    if (ns < 1e6) {
        return SentenceWords::tr("%1 µs").arg(figures(ns / 1e3));
    }
    return ns < 1e9 ? SentenceWords::tr("%1 ms").arg(figures(ns / 1e6))
                    : SentenceWords::tr("%1 s").arg(figures(ns / 1e9));
}

QString clockText(WallTime time, bool microseconds) {
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(time.value / 1'000'000);
    const QString text = when.toString(QStringLiteral("HH:mm:ss.zzz"));
    return microseconds ? text + QStringLiteral("%1").arg(time.value / 1'000 % 1'000, 3, 10, QLatin1Char('0')) : text;
}

QString toldText(const std::string& words) {
    // As core/session and core/node say them.
    static constexpr std::array known{
        QT_TRANSLATE_NOOP("Sentences", "no registrar"), QT_TRANSLATE_NOOP("Sentences", "no element"),
        QT_TRANSLATE_NOOP("Sentences", "all slots taken"), QT_TRANSLATE_NOOP("Sentences", "no element reachable"),
        QT_TRANSLATE_NOOP("Sentences", "ends")};
    const auto found = std::ranges::find(known, words, [](const char* text) { return std::string_view{text}; });
    return found == known.end() ? text(words) : SentenceWords::tr(*found);
}

QString amountText(quint64 amount, const std::string& unit) {
    return unit == "rows" ? SentenceWords::tr("%n row(s)", nullptr, static_cast<int>(amount))
                          : QStringLiteral("%1 %2").arg(amount).arg(text(unit));
}

QString reasonText(FailoverReason reason) {
    switch (reason) {
    case FailoverReason::AssociationLost: return SentenceWords::tr("the association was lost");
    case FailoverReason::PeerShutdown: return SentenceWords::tr("the element has ended the association");
    case FailoverReason::KeepAliveTimeout: return SentenceWords::tr("the element did not answer a keep-alive");
    case FailoverReason::ConnectFailed: return SentenceWords::tr("no association could be set up");
    case FailoverReason::Application: return SentenceWords::tr("the application asked for it");
    }
    return {};
}

QString faultText(FaultKind kind) {
    switch (kind) {
    case FaultKind::Loss: return SentenceWords::tr("loss");
    case FaultKind::Delay: return SentenceWords::tr("delay");
    case FaultKind::Partition: return SentenceWords::tr("partition");
    case FaultKind::Freeze: return SentenceWords::tr("frozen");
    case FaultKind::Crash: return SentenceWords::tr("killed");
    case FaultKind::Stop: return SentenceWords::tr("stopped");
    case FaultKind::Slow: return SentenceWords::tr("slow");
    case FaultKind::Overload: return SentenceWords::tr("overload");
    }
    return {};
}

Sentence sentenceOf(const Event& event) {
    const QString teller = nameOf(event.component);
    const auto of = [](Severity severity, const QString& words) { return Sentence{severity, words}; };
    using enum Severity;
    return std::visit(
        Overloaded{
            [&](const ComponentUp& e) {
                return of(Good, SentenceWords::tr("%1 is here: %2").arg(teller, text(e.program)));
            },
            [&](const StateChanged& e) {
                return of(e.state == ComponentState::Rejected ? Warning : Info,
                          QStringLiteral("%1 %2").arg(teller, stateText(e.state)));
            },
            [&](const ComponentFinal& e) {
                return of(Info, e.why.empty() ? SentenceWords::tr("%1 says goodbye").arg(teller)
                                              : SentenceWords::tr("%1 says goodbye: %2").arg(teller, toldText(e.why)));
            },
            [&](const ComponentDown& e) {
                return e.how == DownKind::Silent ? of(Bad, SentenceWords::tr("%1 is silent").arg(teller))
                                                 : of(Bad, SentenceWords::tr("%1 is gone without a word").arg(teller));
            },
            [&](const ComponentHeard& e) {
                return of(Good, SentenceWords::tr("%1 is heard again, after %2").arg(teller, textOf(e.silentFor)));
            },
            [&](const LogLine& e) {
                return of(severityOf(e.severity), SentenceWords::tr("%1: %2").arg(teller, text(e.text)));
            },
            [&](const ElementRegistered& e) {
                return of(Info, SentenceWords::tr("%1 has %2 in pool %3, owned by %4")
                                    .arg(teller, text(e.facts.element), textOf(e.facts.pool), text(e.facts.owner)));
            },
            [&](const ElementReregistered& e) {
                return of(Info,
                          SentenceWords::tr("%1 has registered with %2 again").arg(text(e.facts.element), teller));
            },
            [&](const ElementRemoved& e) {
                return of(e.reason == Removal::Deregistered ? Info : Warning,
                          SentenceWords::tr("%1 removes %2: %3").arg(teller, text(e.element), removalText(e.reason)));
            },
            [&](const OwnerChanged& e) {
                return of(Warning, SentenceWords::tr("%1 is owned by %2 now, and no more by %3")
                                       .arg(text(e.element), text(e.to), text(e.from)));
            },
            [&](const UnreachableReported& e) {
                return of(Warning, SentenceWords::tr("%1 hears that %2 is not reached").arg(teller, text(e.element)));
            },
            [&](const PeerUp& e) { return of(Info, SentenceWords::tr("%1 hears %2").arg(teller, text(e.peer))); },
            [&](const PeerSilent& e) {
                return of(Warning, SentenceWords::tr("%1 has not heard %2 for too long").arg(teller, text(e.peer)));
            },
            [&](const PeerLost& e) { return of(Bad, SentenceWords::tr("%1 gives %2 up").arg(teller, text(e.peer))); },
            [&](const TakeoverBegan& e) {
                return of(Warning, SentenceWords::tr("%1 wants to take over from %2: %n element(s)", nullptr,
                                                     static_cast<int>(e.elements))
                                       .arg(teller, text(e.target)));
            },
            [&](const TakeoverAcknowledged& e) {
                return of(
                    Info,
                    SentenceWords::tr("%1 agrees that %2 takes over from %3").arg(text(e.by), teller, text(e.target)));
            },
            [&](const TakeoverEnded& e) {
                return of(Good, SentenceWords::tr("%1 has taken over from %2").arg(text(e.successor), text(e.target)));
            },
            [&](const SessionOpened& e) {
                return of(Info, SentenceWords::tr("%1 opens session %2 with pool %3")
                                    .arg(teller)
                                    .arg(e.session)
                                    .arg(textOf(e.pool)));
            },
            [&](const SessionEstablished& e) {
                return of(Good, (e.resumed ? SentenceWords::tr("%1: session %2 goes on with %3")
                                           : SentenceWords::tr("%1: session %2 stands with %3"))
                                    .arg(teller)
                                    .arg(e.session)
                                    .arg(text(e.element)));
            },
            [&](const SessionWaiting& e) {
                return of(
                    Warning,
                    SentenceWords::tr("%1: session %2 waits: %3").arg(teller).arg(e.session).arg(toldText(e.why)));
            },
            [&](const FailoverBegan& e) {
                return of(Bad, SentenceWords::tr("%1: session %2 has lost %3: %4")
                                   .arg(teller)
                                   .arg(e.session)
                                   .arg(text(e.failed), reasonText(e.reason)));
            },
            [&](const UnreachableSent& e) {
                return of(
                    Info,
                    SentenceWords::tr("%1 tells its registrar that it does not reach %2").arg(teller, text(e.element)));
            },
            [&](const CookieHandedOver& e) {
                return of(Info, SentenceWords::tr("%1: session %2 hands its state to %3: %n octet(s)", nullptr,
                                                  static_cast<int>(e.octets))
                                    .arg(teller)
                                    .arg(e.session)
                                    .arg(text(e.element)));
            },
            [&](const FailoverEnded& e) {
                return of(Good, SentenceWords::tr("%1: session %2 goes on with %3 instead of %4, after %5")
                                    .arg(teller)
                                    .arg(e.session)
                                    .arg(text(e.next), text(e.failed), textOf(e.took)));
            },
            [&](const WorkRedone& e) {
                return of(Info, SentenceWords::tr("%1: session %2 has computed %3 again")
                                    .arg(teller)
                                    .arg(e.session)
                                    .arg(amountText(e.amount, e.unit)));
            },
            [&](const SessionClosed& e) {
                return of(Info, SentenceWords::tr("%1 closes session %2").arg(teller).arg(e.session));
            },
            [&](const SessionResumed& e) {
                return of(Good, SentenceWords::tr("%1 goes on where another one stood: a state of %n octet(s)", nullptr,
                                                  static_cast<int>(e.cookieOctets))
                                    .arg(teller));
            },
            [&](const FaultBegan& e) {
                return of(Warning,
                          SentenceWords::tr("Fault at %1: %2 %3").arg(teller, faultText(e.kind), text(e.target)));
            },
            [&](const FaultEnded& e) {
                return of(Good, SentenceWords::tr("Fault at %1 has ended: %2").arg(teller, faultText(e.kind)));
            },
            [&](const EventsDropped& e) {
                const auto count = static_cast<int>(e.count);
                return of(Warning,
                          event.component == noComponent
                              ? SentenceWords::tr("%n report(s) came faster than they could be read", nullptr, count)
                              : SentenceWords::tr("%1 had to drop %n event(s)", nullptr, count).arg(teller));
            },
            [](const auto&) { return Sentence{}; },
        },
        event.body);
}

std::vector<NodeId> subjectsOf(const Event& event) {
    std::vector<NodeId> subjects;
    const auto element = [&](const PoolHandle& pool, PeIdentifier id) { subjects.push_back(elementNode(pool, id)); };
    const auto registrar = [&](ServerId id) { subjects.push_back(registrarNode(id)); };
    std::visit(Overloaded{
                   [&](const ElementRegistered& e) { element(e.facts.pool, e.facts.element); },
                   [&](const ElementReregistered& e) { element(e.facts.pool, e.facts.element); },
                   [&](const ElementRemoved& e) { element(e.pool, e.element); },
                   [&](const OwnerChanged& e) {
                       element(e.pool, e.element);
                       registrar(e.from);
                       registrar(e.to);
                   },
                   [&](const UnreachableReported& e) { element(e.pool, e.element); },
                   [&](const UnreachableSent& e) { element(e.pool, e.element); },
                   [&](const PeerUp& e) { registrar(e.peer); },
                   [&](const PeerSilent& e) { registrar(e.peer); },
                   [&](const PeerLost& e) { registrar(e.peer); },
                   [&](const TakeoverBegan& e) { registrar(e.target); },
                   [&](const TakeoverEnded& e) { registrar(e.target); },
                   [&](const SessionEstablished& e) { element(e.pool, e.element); },
                   [&](const FailoverBegan& e) { element(e.pool, e.failed); },
                   [&](const FailoverEnded& e) {
                       element(e.pool, e.failed);
                       element(e.pool, e.next);
                   },
                   [](const auto&) {},
               },
               event.body);
    if (event.component == noComponent) {
        return subjects;
    }
    const auto* const up = std::get_if<ComponentUp>(&event.body);
    subjects.push_back({event.component, up != nullptr ? up->pool : PoolHandle{}});
    return subjects;
}

Mark markOf(const Event& event) {
    return std::visit(Overloaded{
                          [](const ComponentDown&) { return Mark::Crash; },
                          [](const FailoverBegan&) { return Mark::Failover; },
                          [](const TakeoverBegan&) { return Mark::Takeover; },
                          [](const FaultBegan&) { return Mark::Fault; },
                          [&](const ComponentUp&) { return Mark::Registration; },
                          [](const auto&) { return Mark::None; },
                      },
                      event.body);
}

} // namespace kolam::gui
