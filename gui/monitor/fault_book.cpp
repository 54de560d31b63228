// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/fault_book.h"

#include "gui/common/sentences.h"
#include "gui/feeds/lab_client.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace kolam::gui {

using namespace std::chrono_literals;
using lab::Deed;
using telemetry::FaultKind;

namespace {

struct FaultBookWords {
    Q_DECLARE_TR_FUNCTIONS(FaultBook)
};

// Faults of networks have two names.
constexpr std::array ofNetworks{std::pair{Deed::Loss, FaultKind::Loss}, std::pair{Deed::Delay, FaultKind::Delay},
                                std::pair{Deed::Partition, FaultKind::Partition}};
FaultKind kindOf(Deed deed) {
    return std::ranges::find(ofNetworks, deed, [](const auto& names) { return names.first; })->second;
}
std::optional<Deed> deedOf(FaultKind kind) {
    const auto found = std::ranges::find(ofNetworks, kind, [](const auto& names) { return names.second; });
    return found == ofNetworks.end() ? std::nullopt : std::optional{found->first};
}

/// With its process its faults are gone.
bool hasEnded(const telemetry::Event& event) {
    const auto* const down = std::get_if<telemetry::ComponentDown>(&event.body);
    return std::holds_alternative<telemetry::ComponentFinal>(event.body) ||
           (down != nullptr && down->how == telemetry::DownKind::StreamEnded);
}

} // namespace

QString faultText(Deed deed) {
    switch (deed) {
    case Deed::Kill: return faultText(FaultKind::Crash);
    case Deed::Stop: return faultText(FaultKind::Stop);
    case Deed::Freeze: return faultText(FaultKind::Freeze);
    case Deed::Slow: return faultText(FaultKind::Slow);
    case Deed::Overload: return faultText(FaultKind::Overload);
    case Deed::Flap: return FaultBookWords::tr("flapping");
    default: return isOfNetwork(deed) ? faultText(kindOf(deed)) : QString();
    }
}

FaultBook::FaultBook(Feed& feed, LabClient* lab, QObject* parent) : QObject(parent), m_feed(feed), m_lab(lab) {
    m_clock.setInterval(100);
    connect(&m_clock, &QTimer::timeout, this, &FaultBook::countDown);
    connect(&feed, &Feed::answered, this, [this](const QString& component, const QString& trouble) {
        if (!trouble.isEmpty()) {
            emit failed(QStringLiteral("%1: %2").arg(component, trouble));
        }
    });
    connect(&feed, &Feed::heard, this, &FaultBook::take);
    if (lab != nullptr) {
        connect(lab, &LabClient::faultsChanged, this, &FaultBook::takeFromLab);
        connect(lab, &LabClient::changed, this, &FaultBook::changed);
        connect(lab, &LabClient::failed, this, &FaultBook::failed);
    }
}

// ---- What there is -------------------------------------------------------------------------------------------------

void FaultBook::takeFromLab() {
    std::erase_if(m_entries, [](const Entry& entry) { return isOfProcess(entry.kind); });
    for (const auto& [number, fault] : m_lab->faults()) {
        m_entries.push_back({.component = fault.component, .kind = fault.deed, .until = fault.until, .number = number});
    }
    m_clock.start();
    emit changed();
}

void FaultBook::take(const std::vector<telemetry::Event>& events) {
    if (!m_feed.isLive()) {
        return; // of another time
    }
    bool any = false;
    for (const telemetry::Event& event : events) {
        const auto ofIt = [&](const Entry& entry) {
            return entry.component == event.component && isOfNetwork(entry.kind);
        };
        if (const auto* const began = std::get_if<telemetry::FaultBegan>(&event.body)) {
            const auto deed = deedOf(began->kind);
            if (!deed) {
                continue;
            }
            const auto known = std::ranges::find_if(m_entries, [&](const Entry& entry) {
                return ofIt(entry) && entry.kind == *deed && entry.number.value_or(began->fault) == began->fault;
            });
            Entry& entry = known != m_entries.end() ? *known : m_entries.emplace_back();
            entry.component = event.component;
            entry.kind = *deed;
            entry.number = began->fault;
            entry.until = began->lasts > Duration{}
                              ? QDeadlineTimer(std::chrono::ceil<std::chrono::milliseconds>(began->lasts))
                              : QDeadlineTimer(QDeadlineTimer::Forever);
            any = true;
        } else if (const auto* const ended = std::get_if<telemetry::FaultEnded>(&event.body)) {
            any = std::erase_if(m_entries,
                                [&](const Entry& entry) { return ofIt(entry) && entry.number == ended->fault; }) > 0 ||
                  any;
        } else if (hasEnded(event)) {
            any = std::erase_if(m_entries, ofIt) > 0 || any;
        }
    }
    if (any) {
        m_clock.start();
        emit changed();
    }
}

void FaultBook::countDown() {
    // Who has ended it says so; who died with it does not.
    std::erase_if(m_entries, [](const Entry& entry) { return entry.until.hasExpired() && isOfNetwork(entry.kind); });
    if (m_entries.empty()) {
        m_clock.stop();
    }
    emit changed();
}

QString FaultBook::obstacle(ComponentId component, Deed kind) const {
    if (!m_feed.isLive()) {
        return tr("A recording cannot be disturbed.");
    }
    if (isOfNetwork(kind)) {
        return {};
    }
    if (m_lab == nullptr || !m_lab->controls(component)) {
        return tr("Only processes that a demonstration has started can be killed or frozen.");
    }
    if (kind == Deed::Overload && telemetry::roleOf(component) != telemetry::Role::Element) {
        return tr("Only elements take users.");
    }
    return m_lab->stateOf(component) == LabClient::Process::Running ? QString() : tr("It does not run.");
}

// ---- What is done --------------------------------------------------------------------------------------------------

void FaultBook::begin(ComponentId component, Deed kind, std::chrono::seconds lasts) {
    if (const QString why = obstacle(component, kind); !why.isEmpty()) {
        emit failed(QStringLiteral("%1: %2").arg(nameOf(component), why));
    } else if (isOfProcess(kind)) {
        m_lab->disturb(component, {.deed = kind, .lasts = lasts});
    } else {
        command(component, {.kind = kindOf(kind),
                            .probability = kind == Deed::Loss ? 0.3 : 0.0,
                            .delay = kind == Deed::Delay ? 200ms : 0ms,
                            .lasts = lasts});
    }
}

void FaultBook::cutOff(ComponentId component, const std::vector<TransportAddress>& peers, std::chrono::seconds lasts) {
    if (const QString why = obstacle(component, Deed::Partition); !why.isEmpty()) {
        emit failed(QStringLiteral("%1: %2").arg(nameOf(component), why));
    } else {
        command(component, {.kind = FaultKind::Partition, .peers = peers, .lasts = lasts});
    }
}

void FaultBook::command(ComponentId component, const telemetry::FaultCommand& fault) {
    m_feed.command(component, fault);
    m_entries.push_back({.component = component,
                         .kind = *deedOf(fault.kind),
                         .until = QDeadlineTimer(std::chrono::ceil<std::chrono::milliseconds>(fault.lasts)),
                         .number = {},
                         .ours = true});
    m_clock.start();
    emit changed();
}

void FaultBook::undo(const Entry& entry) {
    const Entry gone = entry; // which may be one of ours
    if (isOfNetwork(gone.kind)) {
        m_feed.command(gone.component, telemetry::HealCommand{gone.number});
        std::erase_if(m_entries, [&](const Entry& one) {
            return one.component == gone.component && one.kind == gone.kind && one.number == gone.number;
        });
        emit changed();
    } else if (m_lab != nullptr && gone.number) {
        m_lab->undo(*gone.number); // which says so when it is done
    }
}

void FaultBook::restart(ComponentId component) {
    if (m_lab == nullptr || !m_lab->controls(component)) {
        emit failed(QStringLiteral("%1: %2").arg(nameOf(component), obstacle(component, Deed::Kill)));
    } else if (m_lab->stateOf(component) != LabClient::Process::Running) {
        m_lab->restart(component);
    }
}

void FaultBook::healAll() {
    const std::vector<Entry> all = m_entries;
    for (const Entry& entry : all) {
        if (isOfNetwork(entry.kind)) {
            undo(entry);
        }
    }
    if (m_lab != nullptr) {
        m_lab->healAll(); // also what others have done, on the terminal for example
    }
}

void FaultBook::undoOurs() {
    const std::vector<Entry> all = m_entries;
    for (const Entry& entry : all) {
        if (entry.ours) {
            undo(entry);
        }
    }
}

void FaultBook::drain(ComponentId component) {
    m_feed.command(component, telemetry::DrainCommand{});
}

} // namespace kolam::gui
