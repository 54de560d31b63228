// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/campaign.h"

#include "core/base/random.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>

namespace kolam::sim {

namespace {

constexpr std::uint64_t sizeSalt = 0x73697a65;
constexpr std::size_t enoughToJudge = 100;
constexpr std::uint64_t twiceEvery = 100; // 1 % of seeds are lived twice (I9)

double secondsSince(std::chrono::steady_clock::time_point began) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/// Of this program: other programs on the machine do not count.
double processorSeconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

FaultPlan only(const FaultPlan& plan, const std::vector<std::size_t>& faults) {
    FaultPlan kept;
    for (const std::size_t index : faults) {
        if (index < plan.size()) {
            kept.push_back(plan[index]);
        }
    }
    return kept;
}

std::string replay(const CampaignSettings& campaign, const Failure& failure) {
    const Settings& world = failure.settings;
    std::string command = fmt::format(
        "kolam sim --registrars {} --elements {} --users {} --minutes {} --seed {} --profile {}", world.registrars,
        world.elements, world.users, std::chrono::duration_cast<std::chrono::minutes>(world.length).count(), world.seed,
        world.profile.name);
    if (!world.faults) {
        command += " --fault none";
    } else if (world.only) {
        command += fmt::format(" --fault {}", toText(*world.only));
    }
    if (world.weakness != Weakness::None) {
        command += fmt::format(" --weakness {}", toText(world.weakness));
    }
    const bool shrunk = !failure.faults.empty();
    return command + (shrunk ? fmt::format(" --keep {}", fmt::join(failure.faults, ",")) : std::string()) +
           (campaign.trace ? "" : " --trace");
}

void append(std::vector<Duration>& all, const std::vector<Duration>& more) {
    all.insert(all.end(), more.begin(), more.end());
}

std::string percentiles(std::vector<Duration> times) {
    if (times.empty()) {
        return "never measured";
    }
    std::ranges::sort(times);
    const auto at = [&times](double share) {
        const auto index = static_cast<std::size_t>(share * static_cast<double>(times.size()));
        return std::chrono::duration<double>(times[std::min(index, times.size() - 1)]).count();
    };
    return fmt::format("p50 {:.3f} s, p99 {:.3f} s, most {:.3f} s of {}", at(0.5), at(0.99), at(1.0), times.size());
}

/// What only many lives together can tell: that something is fast as a rule.
void judge(Summary& summary, const Bounds& bounds) {
    const auto look = [&](std::string_view what, std::vector<Duration> times, Duration most) {
        if (times.size() < enoughToJudge) {
            return;
        }
        const auto place = times.begin() + static_cast<std::ptrdiff_t>(times.size() * 99 / 100);
        std::ranges::nth_element(times, place);
        if (*place > most) {
            summary.late.push_back(fmt::format("{}: one in a hundred takes more than {:.3f} s", what,
                                               std::chrono::duration<double>(most).count()));
        }
    };
    look("I1 violated: agreement", summary.measures.agreement, bounds.agreementAsARule);
    look("I6 violated: failover, death noticed", summary.measures.cleanFailover, bounds.cleanFailover);
    look("I6 violated: failover, death silent", summary.measures.silentFailover, bounds.silentFailover);
}

void explain(const CampaignSettings& campaign, Failure& failure, const FaultPlan& plan, std::vector<std::size_t> faults,
             const Say& say) {
    const double when = std::chrono::duration<double>(failure.violation.when.time_since_epoch()).count();
    say(fmt::format("seed {}: {} violated at {:.3f} s: {}", failure.settings.seed, failure.violation.invariant, when,
                    failure.violation.what));
    failure.faults = shrink(failure.settings, plan, std::move(faults), failure.violation.invariant);
    say(fmt::format("  repeat it: {}", replay(campaign, failure)));
    say(fmt::format("  {} of {} faults suffice:", failure.faults.size(), plan.size()));
    for (const std::size_t index : failure.faults) {
        say(fmt::format("    {}: {}", index, toText(plan[index])));
    }
}

} // namespace

Settings drawSize(Settings settings) {
    Random random{settings.seed ^ sizeSalt};
    settings.registrars = 1 + static_cast<unsigned>(random.below(7));
    settings.elements = 1 + static_cast<unsigned>(random.below(random.chance(0.2) ? 60 : 12));
    settings.users = static_cast<unsigned>(random.below(12));
    return settings;
}

std::vector<std::size_t> shrink(const Settings& settings, const FaultPlan& plan, std::vector<std::size_t> faults,
                                const std::string& invariant) {
    const auto violates = [&](const std::vector<std::size_t>& kept) {
        const Outcome outcome = live(settings, only(plan, kept));
        return outcome.violation && outcome.violation->invariant == invariant;
    };
    // What has not begun by the time of the violation cannot have caused it: the later half goes first.
    for (std::size_t width = std::max<std::size_t>(faults.size() / 2, 1);; width /= 2) {
        for (std::size_t end = faults.size(); end > 0;) {
            const std::size_t begin = end > width ? end - width : 0;
            std::vector<std::size_t> fewer(faults.begin(), faults.begin() + static_cast<std::ptrdiff_t>(begin));
            fewer.insert(fewer.end(), faults.begin() + static_cast<std::ptrdiff_t>(end), faults.end());
            if (violates(fewer)) {
                faults = std::move(fewer);
            }
            end = begin;
        }
        if (width == 1) {
            return faults;
        }
    }
}

Summary run(const CampaignSettings& campaign, const Say& say) {
    Summary summary;
    const auto began = std::chrono::steady_clock::now();
    const double limit = std::chrono::duration<double>(campaign.wallTime).count();
    const auto goesOn = [&] { return limit > 0 ? secondsSince(began) < limit : summary.seeds < campaign.seeds; };
    while (goesOn()) {
        Settings settings = campaign.world;
        settings.seed += summary.seeds;
        if (campaign.drawSize) {
            settings = drawSize(settings);
        }
        const FaultPlan plan = drawPlan(settings);
        std::vector<std::size_t> faults = campaign.keep;
        if (faults.empty()) {
            faults.resize(plan.size());
            std::iota(faults.begin(), faults.end(), 0);
        }
        const double before = processorSeconds();
        const Outcome outcome = live(settings, only(plan, faults), campaign.trace);
        summary.processor += processorSeconds() - before;
        for (const std::string& line : outcome.trace) {
            say(line);
        }
        if (summary.seeds % twiceEvery == 0) {
            ++summary.twice;
            if (live(settings, only(plan, faults)).hash != outcome.hash) {
                ++summary.unequal;
                say(fmt::format("seed {}: I9 violated: two lives of it differ", settings.seed));
            }
        }
        ++summary.seeds;
        summary.lived += outcome.lived;
        summary.steps += outcome.steps;
        summary.packets += outcome.packets;
        summary.answers += outcome.answers;
        summary.hash = (summary.hash ^ outcome.hash) * 0x9e3779b97f4a7c15;
        for (std::size_t kind = 0; kind < faultKindCount; ++kind) {
            summary.injected[kind] += outcome.injected[kind];
        }
        append(summary.measures.agreement, outcome.measures.agreement);
        append(summary.measures.dual, outcome.measures.dual);
        append(summary.measures.cleanFailover, outcome.measures.cleanFailover);
        append(summary.measures.silentFailover, outcome.measures.silentFailover);
        if (outcome.violation) {
            summary.failures.push_back({settings, *outcome.violation, {}});
            explain(campaign, summary.failures.back(), plan, std::move(faults), say);
            if (summary.failures.size() >= campaign.violations) {
                break;
            }
        }
    }
    summary.wall = secondsSince(began);
    judge(summary, boundsOf(campaign.world));
    return summary;
}

std::string toText(const Summary& summary) {
    std::string text = "faults injected:";
    std::uint64_t all = 0;
    for (std::size_t kind = 0; kind < faultKindCount; ++kind) {
        if (summary.injected[kind] > 0) {
            text += fmt::format(" {} {},", toText(static_cast<FaultKind>(kind)), summary.injected[kind]);
            all += summary.injected[kind];
        }
    }
    const double lived = std::chrono::duration<double>(summary.lived).count();
    text += fmt::format(" {} in all\n", all);
    text += fmt::format("simulated: {} seeds, {:.2f} hours in {:.1f} s of one core ({:.1f} s by the clock), {:.0f} "
                        "times real time; {} lived twice, {} unequal; trace hash {:016x}\n",
                        summary.seeds, lived / 3600, summary.processor, summary.wall,
                        lived / std::max(summary.processor, 1e-9), summary.twice, summary.unequal, summary.hash);
    text +=
        fmt::format("events: {}, packets {}, answers to users {}\n", summary.steps, summary.packets, summary.answers);
    text += fmt::format("agreement after the last fault: {}\n", percentiles(summary.measures.agreement));
    text += fmt::format("two homes of an element, until: {}\n", percentiles(summary.measures.dual));
    text += fmt::format("failover, death noticed: {}\n", percentiles(summary.measures.cleanFailover));
    text += fmt::format("failover, death silent:  {}\n", percentiles(summary.measures.silentFailover));
    for (const std::string& late : summary.late) {
        text += late + '\n';
    }
    text += fmt::format("violations: {}\n", summary.violations());
    return text;
}

} // namespace kolam::sim
