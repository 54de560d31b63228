// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/stage.h"

#include "demos/lab/free_port.h"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <utility>

namespace kolam::lab {

using namespace std::chrono_literals;

namespace {

constexpr Duration patience = 3s; // with processes that are asked to end

std::string hex(std::uint32_t id) {
    return fmt::format("{:#010x}", id);
}

} // namespace

std::string_view toText(MemberState state) {
    switch (state) {
    case MemberState::Waiting: return "waiting";
    case MemberState::Running: return "running";
    case MemberState::Frozen: return "frozen";
    case MemberState::Gone: return "gone";
    }
    std::unreachable();
}

Stage::Stage(DescriptorDispatcher& dispatcher, const Scenario& scenario, Config config,
             std::function<void(const Member&, const std::string&)> onChange)
    : m_dispatcher(dispatcher)
    , m_config(std::move(config))
    , m_profile(scenario.profile)
    , m_transport(scenario.transport)
    , m_onChange(std::move(onChange)) {
    // The number stands in the identifier: whoever sees 0x0a000002 in a trace knows the element.
    std::uint32_t registrars = 0x0b000000;
    std::uint32_t elements = 0x0a000000;
    for (const Troop& troop : scenario.troops) {
        for (std::size_t number = 1; number <= troop.count; ++number) {
            auto place = std::make_unique<Place>();
            place->member.name = memberName(troop, number);
            place->member.kind = troop.kind;
            place->member.program = troop.program;
            place->later = troop.later;
            if (troop.kind == MemberKind::Registrar) {
                place->member.component = telemetry::componentId(ServerId{++registrars});
            } else if (troop.kind == MemberKind::Element) {
                place->member.component = telemetry::componentId(PeIdentifier{++elements});
            }
            place->options = troop.options;
            m_places.push_back(std::move(place));
        }
    }
}

Stage::~Stage() {
    m_dispatcher.cancel(m_patience);
    m_dispatcher.cancel(m_later);
}

std::expected<void, std::string> Stage::begin() {
    for (const auto& place : m_places) {
        if (place->member.kind != MemberKind::Registrar) {
            continue;
        }
        for (TransportAddress* const address : {&place->member.address, &place->enrp}) {
            *address = {.ips = {IpAddress::v4(127, 0, 0, 1)}, .port = freePort()};
            if (address->port == 0) {
                return std::unexpected("no free UDP port on the loopback interface");
            }
        }
    }
    for (const auto& place : m_places) {
        if (place->later) {
            continue;
        }
        if (auto started = start(*place); !started) {
            return started;
        }
    }
    return {};
}

std::vector<std::string> Stage::registrarArguments(const Place& place) const {
    // By themselves: a demonstration must not join the registrars that somebody may run on this host.
    std::vector<std::string> arguments{
        "--asap",     toText(place.member.address),
        "--announce", "off",
        "--id",       hex(static_cast<std::uint32_t>(telemetry::objectOf(place.member.component)))};
    bool alone = true;
    for (const auto& other : m_places) {
        if (other->member.kind == MemberKind::Registrar && other.get() != &place) {
            arguments.insert(arguments.end(), {"--peer", toText(other->enrp)});
            alone = false;
        }
    }
    if (alone) {
        arguments.emplace_back("--no-enrp");
    } else {
        arguments.insert(arguments.end(), {"--enrp", toText(place.enrp), "--enrp-group", "off"});
    }
    return arguments;
}

/// Each element asks another one first, so that all registrars own some.
std::vector<std::string> Stage::registrarsFor(const Place& place) const {
    std::vector<std::string> registrars;
    if (place.member.kind == MemberKind::Registrar) {
        return registrars;
    }
    for (const auto& other : m_places) {
        if (other->member.kind == MemberKind::Registrar) {
            registrars.push_back(toText(other->member.address));
        }
    }
    if (place.member.kind == MemberKind::Element) {
        const auto first = (telemetry::objectOf(place.member.component) - 1) % registrars.size();
        std::ranges::rotate(registrars, registrars.begin() + static_cast<std::ptrdiff_t>(first));
    }
    return registrars;
}

Process::Command Stage::commandOf(const Place& place) const {
    Process::Command command;
    command.program = m_config.programs / "kolam";
    if (place.member.kind == MemberKind::Registrar) {
        command.program = m_config.programs / "kolam-registrar";
        command.arguments = registrarArguments(place);
    } else if (place.member.kind == MemberKind::Element) {
        command.arguments = {"serve", place.member.program, "--id",
                             hex(static_cast<std::uint32_t>(telemetry::objectOf(place.member.component)))};
    } else if (place.member.program == "fractal") {
        command.program = m_config.programs / "kolam-fractal";
        if (!m_config.windows) {
            command.environment.emplace_back("QT_QPA_PLATFORM", "offscreen");
        }
    } else {
        command.arguments = {place.member.program};
    }
    for (const std::string& registrar : registrarsFor(place)) {
        command.arguments.insert(command.arguments.end(), {"--registrar", registrar});
    }
    command.arguments.insert(command.arguments.end(),
                             {"--profile", m_profile, "--transport", m_transport, "--scope", m_config.scope});
    command.arguments.insert(command.arguments.end(), place.options.begin(), place.options.end());
    command.log = m_config.logs / (place.member.name + ".log");
    return command;
}

std::expected<void, std::string> Stage::start(Place& place) {
    const Process::Command command = commandOf(place);
    auto process = Process::start(m_dispatcher, command, [this, &place](const ProcessEnd& end) { ended(place, end); });
    if (!process) {
        return std::unexpected(fmt::format("cannot start {}: {}", command.program.string(), process.error().message()));
    }
    const bool again = place.process != nullptr;
    place.process = std::move(*process);
    place.member.state = MemberState::Running;
    place.member.pid = place.process->pid();
    place.member.expectedToEnd = false;
    m_onChange(place.member, fmt::format("{} {}.", place.member.name, again ? "runs again" : "runs"));
    return {};
}

void Stage::ended(Place& place, const ProcessEnd& end) {
    place.member.state = MemberState::Gone;
    m_onChange(place.member, fmt::format("{} has ended: {}.", place.member.name, toText(end)));
    place.member.pid = 0;
    if (std::exchange(place.again, false)) {
        if (auto started = start(place); !started) {
            m_onChange(place.member, started.error() + ".");
        }
    }
    checkEnded();
}

std::string Stage::signal(Place& place, int number, MemberState after, std::string_view what) {
    if (const std::error_code error = place.process->signal(number)) {
        return fmt::format("{} cannot be {}: {}", place.member.name, what, error.message());
    }
    if (std::exchange(place.member.state, after) != after) {
        m_onChange(place.member, fmt::format("{} is {}.", place.member.name, what));
    }
    return {};
}

std::string Stage::perform(Deed deed, const std::string& name) {
    Place* const found = placeOf(name);
    if (found == nullptr) {
        return fmt::format("there is no \"{}\"", name);
    }
    Place& place = *found;
    const MemberState state = place.member.state;
    const bool lives = state == MemberState::Running || state == MemberState::Frozen;
    const auto wrongState = [&] { return fmt::format("{} is {}", name, toText(state)); };
    switch (deed) {
    case Deed::Restart:
    case Deed::Start:
        if (lives && place.member.expectedToEnd) {
            place.again = true; // it takes its time to say good-bye
            return {};
        }
        if (state == MemberState::Frozen && deed == Deed::Restart) {
            return signal(place, SIGCONT, MemberState::Running, "thawed");
        }
        if (lives) {
            return wrongState();
        }
        if (auto started = start(place); !started) {
            return started.error();
        }
        return {};
    case Deed::Stop:
    case Deed::Kill:
        if (!lives) {
            return wrongState();
        }
        place.member.expectedToEnd = true;
        place.again = false;
        if (deed == Deed::Stop && state == MemberState::Frozen) {
            (void)place.process->signal(SIGCONT); // it could not obey otherwise
        }
        return signal(place, deed == Deed::Kill ? SIGKILL : SIGTERM, state, "ended");
    case Deed::Freeze:
        return state == MemberState::Running ? signal(place, SIGSTOP, MemberState::Frozen, "frozen") : wrongState();
    case Deed::Resume:
        return state == MemberState::Frozen ? signal(place, SIGCONT, MemberState::Running, "thawed") : wrongState();
    default: break;
    }
    return fmt::format("\"{}\" is nothing that is done to a process", toText(deed));
}

Stage::Place* Stage::placeOf(std::string_view name) const {
    const auto found = std::ranges::find_if(m_places, [&](const auto& place) { return place->member.name == name; });
    return found == m_places.end() ? nullptr : found->get();
}

const Stage::Member* Stage::find(std::string_view name) const {
    const Place* const place = placeOf(name);
    return place == nullptr ? nullptr : &place->member;
}

void Stage::nudge(std::string_view name, int number) {
    if (const Place* const place = placeOf(name); place != nullptr && place->process) {
        (void)place->process->signal(number);
    }
}

void Stage::introduce(std::string_view name, telemetry::ComponentId component) {
    if (Place* const place = placeOf(name)) {
        place->member.component = component;
    }
}

void Stage::expectEnd(std::string_view name) {
    if (Place* const place = placeOf(name)) {
        place->member.expectedToEnd = true;
    }
}

std::vector<Stage::Member> Stage::members() const {
    std::vector<Member> members;
    for (const auto& place : m_places) {
        members.push_back(place->member);
    }
    return members;
}

void Stage::end(std::function<void()> done) {
    m_onEnded = std::move(done);
    // Users first, registrars last, so that everybody can say good-bye to somebody.
    for (const MemberKind kind : {MemberKind::User, MemberKind::Element, MemberKind::Registrar}) {
        for (const auto& place : m_places) {
            if (place->member.kind == kind && place->process && place->process->running()) {
                place->member.expectedToEnd = true;
                place->again = false;
                (void)place->process->signal(SIGCONT);
                (void)place->process->signal(SIGTERM);
            }
        }
    }
    m_patience = m_dispatcher.callIn(patience, [this] {
        m_patience = TimerId::None;
        for (const auto& place : m_places) {
            if (place->process && place->process->running()) {
                (void)place->process->signal(SIGKILL);
            }
        }
    });
    m_later = m_dispatcher.callIn(Duration{}, [this] {
        m_later = TimerId::None;
        checkEnded();
    });
}

void Stage::checkEnded() {
    if (m_onEnded &&
        std::ranges::none_of(m_places, [](const auto& place) { return place->process && place->process->running(); })) {
        std::exchange(m_onEnded, nullptr)();
    }
}

} // namespace kolam::lab
