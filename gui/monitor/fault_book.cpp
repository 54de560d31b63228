// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/fault_book.h"

#include "gui/common/sentences.h"
#include "gui/feeds/lab_client.h"

#include <algorithm>

namespace kolam::gui {

using namespace std::chrono_literals;
using telemetry::FaultKind;

namespace {

bool ofProcess(FaultKind kind) {
    return kind == FaultKind::Crash || kind == FaultKind::Stop || kind == FaultKind::Freeze;
}

} // namespace

FaultBook::FaultBook(Feed& feed, LabClient* lab, QObject* parent) : QObject(parent), m_feed(feed), m_lab(lab) {
    m_clock.setInterval(100);
    connect(&m_clock, &QTimer::timeout, this, &FaultBook::checkDeadlines);
    connect(&feed, &Feed::answered, this, [this](const QString& component, const QString& trouble) {
        if (!trouble.isEmpty()) {
            emit failed(QStringLiteral("%1: %2").arg(component, trouble));
        }
    });
    if (lab != nullptr) {
        connect(lab, &LabClient::changed, this, &FaultBook::processChanged);
        connect(lab, &LabClient::failed, this, &FaultBook::failed);
    }
}

QString FaultBook::obstacle(ComponentId component, FaultKind kind) const {
    if (!m_feed.isLive()) {
        return tr("A recording cannot be disturbed.");
    }
    if (!ofProcess(kind)) {
        return {};
    }
    if (m_lab == nullptr || !m_lab->controls(component)) {
        return tr("Only processes that a demonstration has started can be killed or frozen.");
    }
    return m_lab->stateOf(component) == LabClient::Process::Running ? QString() : tr("It does not run.");
}

void FaultBook::begin(ComponentId component, FaultKind kind, std::chrono::seconds lasts) {
    if (const QString why = obstacle(component, kind); !why.isEmpty()) {
        emit failed(QStringLiteral("%1: %2").arg(nameOf(component), why));
        return;
    }
    switch (kind) {
    case FaultKind::Crash: m_lab->kill(component); break;
    case FaultKind::Stop: m_lab->stop(component); break;
    case FaultKind::Freeze: m_lab->freeze(component); break;
    case FaultKind::Loss:
    case FaultKind::Delay:
    case FaultKind::Partition:
        m_feed.command(component, telemetry::FaultCommand{.kind = kind,
                                                          .probability = kind == FaultKind::Loss ? 0.3 : 0.0,
                                                          .delay = kind == FaultKind::Delay ? 200ms : 0ms,
                                                          .lasts = lasts});
        break;
    case FaultKind::Slow:
    case FaultKind::Overload: return; // nobody can do that yet, and no action asks for it
    }
    forget(component, kind);
    m_entries.push_back({component, kind, QDeadlineTimer(lasts)});
    m_clock.start();
    emit changed();
}

void FaultBook::undo(const Entry& entry) {
    const Entry gone = entry; // which may be one of ours
    if (ofProcess(gone.kind)) {
        if (m_lab != nullptr && m_lab->controls(gone.component) &&
            m_lab->stateOf(gone.component) != LabClient::Process::Running) {
            m_lab->restart(gone.component);
        }
    } else {
        m_feed.command(gone.component, telemetry::HealCommand{});
    }
    forget(gone.component, gone.kind);
    emit changed();
}

void FaultBook::healAll() {
    const std::vector<Entry> all = m_entries;
    for (const Entry& entry : all) {
        undo(entry);
    }
    // Also what others have killed or frozen, on the terminal for example.
    if (m_lab != nullptr) {
        for (const auto& [component, process] : m_lab->processes()) {
            const bool ours = std::ranges::find(all, component, &Entry::component) != all.end();
            if (process != LabClient::Process::Running && !ours) {
                m_lab->restart(component);
            }
        }
    }
}

void FaultBook::drain(ComponentId component) {
    m_feed.command(component, telemetry::DrainCommand{});
}

void FaultBook::processChanged(ComponentId component) {
    const bool runs = m_lab->controls(component) && m_lab->stateOf(component) == LabClient::Process::Running;
    for (Entry& entry : m_entries) {
        entry.seen |= entry.component == component && !runs;
    }
    // It ran when it was killed, and will have to be seen dead before it can have come back.
    std::erase_if(m_entries, [&](const Entry& entry) {
        return entry.component == component && ofProcess(entry.kind) && entry.seen && runs;
    });
    emit changed();
}

void FaultBook::forget(ComponentId component, FaultKind kind) {
    std::erase_if(m_entries, [&](const Entry& entry) { return entry.component == component && entry.kind == kind; });
}

void FaultBook::checkDeadlines() {
    const std::vector<Entry> all = m_entries;
    for (const Entry& entry : all) {
        if (entry.until.hasExpired()) {
            undo(entry);
        }
    }
    if (m_entries.empty()) {
        m_clock.stop();
    }
    emit changed();
}

} // namespace kolam::gui
