// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/lab_service.h"

#include "core/base/strong.h"

#include <algorithm>

namespace kolam::lab {

LabService::LabService(DescriptorDispatcher& dispatcher, int control, Scenario scenario, Director::Config config)
    : m_dispatcher(dispatcher)
    , m_config(config)
    , m_channel(
          dispatcher, control, [this](std::string_view line) { obey(line); }, [this] { m_director.end(); })
    , m_director(dispatcher, std::move(scenario), std::move(config),
                 {.onMember = [this](const Stage::Member& member) { tellMember(member); },
                  .onSaid = [this](const std::string& text) { tell(Said{m_dispatcher.now() - m_begun, text}); },
                  .onVerdict =
                      [this](const std::vector<Judgement>& judgements) {
                          m_passed = std::ranges::all_of(judgements, &Judgement::holds);
                          tell(VerdictTold{m_passed, judgements});
                      },
                  .onEnded = [this] { m_dispatcher.stop(); }}) {}

std::expected<void, std::string> LabService::begin() {
    m_begun = m_dispatcher.now();
    const Scenario& scenario = m_director.scenario();
    tell(ScenarioTold{scenario.title, scenario.about, scenario.length, m_config.scope});
    for (const Stage::Member& member : m_director.members()) {
        tellMember(member);
    }
    return m_director.begin();
}

void LabService::obey(std::string_view line) {
    const auto order = readLabOrder(line);
    if (!order) {
        tell(ErrorTold{order.error()});
    } else if (const auto* const action = std::get_if<Action>(&*order)) {
        if (const std::string error = m_director.perform(*action); !error.empty()) {
            tell(ErrorTold{error});
        }
    } else {
        m_director.end();
    }
}

void LabService::tell(const LabLine& line) {
    m_channel.send(toJson(line));
}

void LabService::tellMember(const Stage::Member& member) {
    tell(MemberTold{member.name, std::string{toText(member.kind)}, member.program, std::string{toText(member.state)},
                    member.component == telemetry::ComponentId{} ? std::string{} : telemetry::toText(member.component),
                    member.pid});
}

} // namespace kolam::lab
