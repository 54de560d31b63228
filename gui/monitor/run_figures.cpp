// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/run_figures.h"

#include "core/base/strong.h"
#include "gui/common/sentences.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace kolam::gui {

namespace {

struct RunWords {
    Q_DECLARE_TR_FUNCTIONS(RunFigures)
};

QString differenceText(double a, double b) {
    if (a == b) {
        return QStringLiteral("=");
    }
    return a <= 0 ? QString()
                  : QStringLiteral("%1%2 %")
                        .arg(b > a ? QStringLiteral("+") : QString())
                        .arg((b / a - 1) * 100, 0, 'f', 0);
}

} // namespace

void RunFigures::take(const telemetry::Event& event) {
    m_account.take(event);
    ++m_events;
    m_first = m_first.value_or(event.wall);
    m_last = std::max(m_last, event.wall);
    if (const auto* const ended = std::get_if<telemetry::FailoverEnded>(&event.body)) {
        m_failovers.push_back(ended->took);
        m_sorted = false;
    } else if (const auto* const counted = std::get_if<telemetry::RegistrarCounted>(&event.body)) {
        const auto [entry, isNew] =
            m_resolutions.try_emplace(event.component, std::pair{counted->resolutions, counted->resolutions});
        entry->second.first = std::min(entry->second.first, counted->resolutions); // of a new process
        entry->second.second = std::max(entry->second.second, counted->resolutions);
    }
}

const std::vector<Duration>& RunFigures::failovers() const {
    if (!std::exchange(m_sorted, true)) {
        std::ranges::sort(m_failovers);
    }
    return m_failovers;
}

Duration RunFigures::length() const {
    return m_first ? Duration{m_last.value - m_first->value} : Duration{};
}

std::uint64_t RunFigures::resolutions() const {
    std::uint64_t sum = 0;
    for (const auto& [registrar, counts] : m_resolutions) {
        sum += counts.second - counts.first;
    }
    return sum;
}

std::vector<Figure> compare(const RunFigures& a, const RunFigures& b) {
    std::vector<Figure> figures;
    const auto duration = [&](const QString& name, std::optional<Duration> of, std::optional<Duration> to) {
        figures.push_back({name, of ? textOf(*of) : QStringLiteral("–"), to ? textOf(*to) : QStringLiteral("–"),
                           of && to ? differenceText(toSeconds(*of), toSeconds(*to)) : QString()});
    };
    const auto number = [&](const QString& name, auto measure) {
        const auto of = static_cast<double>(measure(a));
        const auto to = static_cast<double>(measure(b));
        figures.push_back(
            {name, QLocale().toString(of, 'f', 0), QLocale().toString(to, 'f', 0), differenceText(of, to)});
    };
    const auto share = [&](const RunFigures& run, double part) {
        return run.failovers().empty() ? std::nullopt : std::optional(percentile(run.failovers(), part));
    };
    duration(RunWords::tr("Length"), a.length(), b.length());
    number(RunWords::tr("Failovers"), [](const RunFigures& run) { return run.failovers().size(); });
    duration(RunWords::tr("Half of them took no longer than"), share(a, 0.5), share(b, 0.5));
    duration(RunWords::tr("95 of 100 took no longer than"), share(a, 0.95), share(b, 0.95));
    duration(RunWords::tr("The longest"), share(a, 1), share(b, 1));
    number(RunWords::tr("With a cookie"), [](const RunFigures& run) { return run.account().failoversWithCookie(); });
    number(RunWords::tr("Work done again"), [](const RunFigures& run) { return run.account().workRedone(); });
    number(RunWords::tr("Takeovers"), [](const RunFigures& run) { return run.account().takeovers(); });
    number(RunWords::tr("Elements removed"), [](const RunFigures& run) { return run.account().removals(); });
    number(RunWords::tr("Attempts to connect"), [](const RunFigures& run) { return run.account().connects(); });
    number(RunWords::tr("Sessions refused"), [](const RunFigures& run) { return run.account().refusals(); });
    number(RunWords::tr("Resolutions"), [](const RunFigures& run) { return run.resolutions(); });
    number(RunWords::tr("Events"), [](const RunFigures& run) { return run.events(); });
    number(RunWords::tr("Events lost"), [](const RunFigures& run) { return run.account().droppedEvents(); });
    return figures;
}

} // namespace kolam::gui
