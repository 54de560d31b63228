// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/invariants.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace kolam::sim {

namespace {

constexpr std::uint64_t requestsOfUser = 10; // a second, of a session that tries again and again
constexpr std::uint32_t itemsOfProbe = 4;
constexpr Duration longestPause = 5s;       // of a user in a calm world: it asks at least once a second
constexpr std::size_t timersOfProcess = 20; // and packets on their way

std::string seconds(Duration time) {
    return fmt::format("{:.3f} s", std::chrono::duration<double>(time).count());
}

/// Its present one: a registrar that meets another one with its identifier takes a new one.
ServerId idOf(const Member& registrar) {
    return registrar.registrar->id();
}

} // namespace

Invariants::Invariants(World& world, const FaultDriver& faults, const Settings& settings)
    : m_world(world)
    , m_faults(faults)
    , m_bounds(boundsOf(settings)) {
    world.watch(this);
}

void Invariants::violated(std::string invariant, std::string what) {
    if (!m_violation) {
        m_world.trace.line(m_world.now(), "==== {} violated: {}", invariant, what);
        m_violation = Violation{std::move(invariant), std::move(what), m_world.now()};
    }
}

void Invariants::look() {
    ++m_looks;
    if (m_world.wrongAnswers() > 0) {
        violated("I5", "an answer that does not continue what was acknowledged");
    }
    lookAtAgreement();
    if (m_looks % 4 == 0) {
        lookAtDead();
        lookAtUsers();
        probe();
        lookAtRates();
        lookAtMemory();
    }
}

const Member* Invariants::living(PeIdentifier element) const {
    const auto& all = m_world.members(Role::Element);
    const auto found = std::ranges::find_if(
        all, [element](const auto& each) { return each->id == element.value && !each->is(Member::State::Down); });
    return found == all.end() ? nullptr : found->get();
}

// ---- I1 to I4: what registrars believe -----------------------------------------------------------------------------

std::vector<Invariants::Part> Invariants::parts() const {
    std::map<std::string, Part> parts;
    const bool divided = m_faults.divided();
    const auto partOf = [&](const Member& member) -> Part& {
        return parts[divided ? m_faults.partOf(member.host) : std::string()];
    };
    for (const auto& registrar : m_world.members(Role::Registrar)) {
        if (registrar->up()) {
            partOf(*registrar).registrars.push_back(registrar.get());
        }
    }
    for (const auto& element : m_world.members(Role::Element)) {
        if (element->up()) {
            partOf(*element).elements.push_back(element.get());
        }
    }
    std::vector<Part> result;
    for (auto& [name, part] : parts) {
        if (!part.registrars.empty()) {
            result.push_back(std::move(part));
        }
    }
    return result;
}

/// I1: every registrar's copy of another one's elements is equal to the original, and nobody is thought to own
/// anything who is not there.
std::string Invariants::disagreement(const Part& part) const {
    for (const Member* const holder : part.registrars) {
        const Handlespace& copy = holder->registrar->handlespace();
        std::size_t owned = 0;
        for (const Member* const owner : part.registrars) {
            const Handlespace& original = owner->registrar->handlespace();
            owned += copy.countOwnedBy(idOf(*owner));
            if (copy.checksum(idOf(*owner)) != original.checksum(idOf(*owner)) ||
                copy.digest(idOf(*owner)) != original.digest(idOf(*owner))) {
                return fmt::format("{} knows {} elements of {}, which has {}, or others", holder->name,
                                   copy.countOwnedBy(idOf(*owner)), owner->name, original.countOwnedBy(idOf(*owner)));
            }
        }
        if (owned != copy.elementCount()) {
            return fmt::format("{} knows {} elements of registrars that are not there", holder->name,
                               copy.elementCount() - owned);
        }
    }
    return {};
}

/// I2 and I3: the first registrar knows all living elements, and no other. The rest have equal copies.
std::string Invariants::untruth(const Part& part) const {
    const Handlespace& known = part.registrars.front()->registrar->handlespace();
    for (const Member* const element : part.elements) {
        if (known.find(m_world.pool, PeIdentifier{element->id}).isNull()) {
            return fmt::format("I2 {} lives, and {} does not know it", element->name, part.registrars.front()->name);
        }
    }
    if (known.elementCount() != part.elements.size()) {
        return fmt::format("I3 {} knows {} elements, and {} live", part.registrars.front()->name, known.elementCount(),
                           part.elements.size());
    }
    return {};
}

/// I4: every living element has exactly one registrar that thinks to be its home.
std::string Invariants::ownership(const Part& part, bool& dual) const {
    std::string wrong;
    for (const Member* const element : part.elements) {
        std::size_t homes = 0;
        for (const Member* const registrar : part.registrars) {
            const Handlespace& known = registrar->registrar->handlespace();
            const ElementRef found = known.find(m_world.pool, PeIdentifier{element->id});
            homes += !found.isNull() && known.owner(found) == idOf(*registrar) ? 1u : 0u;
        }
        dual = dual || homes > 1;
        if (homes != 1) {
            wrong = fmt::format("{} has {} homes", element->name, homes);
        }
    }
    return wrong;
}

/// Until registrars agree, every time; afterwards now and then, because equal copies have equal owners.
void Invariants::lookAtHomes(const std::vector<Part>& parts) {
    if (m_agreed && m_looks % 4 != 0) {
        return;
    }
    const Duration since = m_world.now() - m_faults.lastChange();
    std::string wrong;
    bool dual = false;
    for (const Part& part : parts) {
        if (const std::string here = ownership(part, dual); !here.empty()) {
            wrong = here;
        }
    }
    if (dual && since > m_bounds.dual) {
        violated("I4", fmt::format("{} after the last fault: {}", seconds(since), wrong));
    } else if (!wrong.empty() && std::exchange(m_homesWrong, true) && m_faults.calmFor(m_bounds.agreement)) {
        violated("I4", fmt::format("{} in a calm world", wrong));
    }
    m_homesWrong = !wrong.empty();
    if (std::exchange(m_dual, dual) && !dual) {
        m_measures.dual.push_back(std::max(Duration{}, since));
    }
}

void Invariants::lookAtAgreement() {
    if (m_faults.noisy()) {
        return;
    }
    std::string invariant = "I1";
    std::string wrong;
    const std::vector<Part> all = parts();
    lookAtHomes(all);
    for (const Part& part : all) {
        if (wrong = disagreement(part); !wrong.empty()) {
            break;
        }
        if (wrong = untruth(part); !wrong.empty()) {
            invariant = wrong.substr(0, 2);
            wrong.erase(0, 3);
            break;
        }
    }
    const TimePoint now = m_world.now();
    if (wrong.empty()) {
        m_disagreeSince = never;
        if (!std::exchange(m_agreed, true)) {
            m_measures.agreement.push_back(std::max(Duration{}, now - m_faults.lastChange()));
        }
        return;
    }
    m_disagreeSince = std::min(m_disagreeSince, now);
    if (m_faults.calmFor(m_bounds.agreement) && now - m_disagreeSince > m_bounds.hesitation) {
        violated(invariant, fmt::format("{} after the last fault: {}", seconds(now - m_faults.lastChange()), wrong));
    }
}

/// I3 with its own figures, where one element alone has died.
void Invariants::lookAtDead() {
    if (!m_faults.gentle() || !m_faults.calmFor(m_bounds.home)) {
        return;
    }
    const TimePoint now = m_world.now();
    for (const auto& [id, died] : m_world.graves()) {
        for (const auto& registrar : m_world.members(Role::Registrar)) {
            if (!registrar->up()) {
                continue;
            }
            const Handlespace& known = registrar->registrar->handlespace();
            const ElementRef found = known.find(m_world.pool, PeIdentifier{id});
            if (!found.isNull() &&
                now - died > (known.owner(found) == idOf(*registrar) ? m_bounds.home : m_bounds.elsewhere)) {
                violated("I3", fmt::format("{} keeps element {:#010x}, which has died {} ago", registrar->name, id,
                                           seconds(now - died)));
            }
        }
    }
}

void Invariants::onElementChange(const Member& registrar, const asap::ElementEvent& event) {
    const Handlespace& known = registrar.registrar->handlespace();
    const PeIdentifier element = known.identifier(event.element);
    if (event.change != asap::ElementChange::Refreshed) {
        m_world.trace.note((std::uint64_t{registrar.id} << 32) | element.value);
        m_world.trace.note(static_cast<std::uint64_t>(event.change));
    }
    if (!m_agreed || !m_faults.calmFor(m_bounds.agreement)) {
        return;
    }
    const Member* const member = living(element);
    if (event.change == asap::ElementChange::Removed && member != nullptr && member->up() &&
        (!m_faults.divided() || m_faults.partOf(member->host) == m_faults.partOf(registrar.host))) {
        violated("I2", fmt::format("{} removes {}, which lives, in a calm world", registrar.name, member->name));
    }
    if (event.change == asap::ElementChange::Added && m_world.graves().contains(element.value)) {
        violated("I3", fmt::format("{} has dead element {} again", registrar.name, toText(element)));
    }
}

// ---- I6, I7, I10: what users see -----------------------------------------------------------------------------------

void Invariants::beforeChange() {
    m_before.clear();
    if (!m_agreed || !m_faults.calmFor(m_bounds.agreement) || m_faults.divided()) {
        return;
    }
    for (const auto& user : m_world.members(Role::User)) {
        if (user->up() && user->session->status().state == SessionState::Established) {
            m_before[user.get()] = {user->state, user->session->element};
        }
    }
}

/// Whose element has been killed, and nothing else has changed?
void Invariants::afterChange() {
    m_victims.clear();
    if (m_faults.lastChange() == m_world.now()) {
        m_agreed = m_dual = false;
        m_disagreeSince = never;
    }
    if (!m_faults.gentle() || !spareSlots()) {
        return;
    }
    for (const auto& [user, before] : m_before) {
        const auto& all = m_world.members(Role::Element);
        const auto gone =
            std::ranges::find_if(all, [&](const auto& each) { return each->id == before.second.value && !each->up(); });
        if (user->up() && gone != all.end() && (*gone)->since == m_world.now() &&
            !(*gone)->is(Member::State::Leaving)) {
            m_victims[user] = {m_world.now(), (*gone)->is(Member::State::Frozen) || m_faults.silent()};
        }
    }
}

void Invariants::onSessionEstablished(const Member& user, PeIdentifier element) {
    for (const auto& each : m_world.members(Role::Element)) {
        m_known.insert(each->id);
    }
    if (!m_known.contains(element.value) && !m_world.graves().contains(element.value)) {
        violated("I7", fmt::format("{} is at element {}, which never was", user.name, toText(element)));
    }
    if (m_agreed && m_faults.calmFor(m_bounds.agreement) && living(element) == nullptr) {
        violated("I7", fmt::format("{} is at dead element {}", user.name, toText(element)));
    }
    if (const auto victim = m_victims.find(&user); victim != m_victims.end()) {
        auto& times = victim->second.silent ? m_measures.silentFailover : m_measures.cleanFailover;
        times.push_back(m_world.now() - victim->second.when);
        m_victims.erase(victim);
    }
}

/// A user asks for elements: they must be elements, alive as far as anybody can know, and the least used ones first.
void Invariants::probe() {
    const auto& users = m_world.members(Role::User);
    if (users.empty()) {
        return;
    }
    const Member& user = *users[m_looks / 4 % users.size()];
    if (user.up()) {
        user.user->resolve(m_world.pool, itemsOfProbe, [this, &user](const auto& answer) {
            if (answer) {
                probed(user, *answer);
            }
        });
    }
}

void Invariants::probed(const Member& user, const std::vector<wire::PoolElement>& elements) {
    const bool calm = m_agreed && m_faults.calmFor(m_bounds.agreement);
    for (const wire::PoolElement& element : elements) {
        const bool lives = living(element.identifier) != nullptr;
        if (!lives && (calm || !m_world.graves().contains(element.identifier.value))) {
            violated("I7", fmt::format("{} is told of element {}, which {}", user.name, toText(element.identifier),
                                       calm ? "is dead" : "never was"));
        }
    }
    if (m_world.policy == wire::PolicyType::LeastUsed &&
        !std::ranges::is_sorted(elements, {}, [](const auto& element) { return element.policy.load; })) {
        violated("I7", fmt::format("{} is told of an element with a higher load first", user.name));
    }
}

/// Whether a session can go on elsewhere at once.
bool Invariants::spareSlots() const {
    const auto& all = m_world.members(Role::Element);
    return m_world.slotsOfElement() >= m_world.members(Role::User).size() &&
           std::ranges::count_if(all, [](const auto& element) { return element->up(); }) > 0;
}

void Invariants::lookAtUsers() {
    const TimePoint now = m_world.now();
    const auto isUp = [](const auto& member) { return member->up(); };
    const auto slots = static_cast<std::size_t>(std::ranges::count_if(m_world.members(Role::Element), isUp)) *
                       m_world.slotsOfElement();
    const bool mustWork = m_faults.calmFor(m_bounds.liveness) && !m_faults.divided() &&
                          slots >= m_world.members(Role::User).size() &&
                          std::ranges::any_of(m_world.members(Role::Registrar), isUp);
    for (const auto& user : m_world.members(Role::User)) {
        Progress& progress = m_progress[user.get()];
        const std::uint64_t answers = user->up() ? user->session->expected.number : 0;
        if (answers != progress.answers || !user->up()) {
            progress = {answers, now};
        } else if (mustWork && now - progress.when > longestPause) {
            violated("I10", fmt::format("{} has had no answer for {}: {}", user->name, seconds(now - progress.when),
                                        toText(user->session->status().state)));
        }
    }
    if (!mustWork) {
        return;
    }
    for (const auto& element : m_world.members(Role::Element)) {
        if (element->up() && element->element->status().state != ElementState::Registered) {
            violated("I10", fmt::format("{} is not registered {} after the last fault: {}", element->name,
                                        seconds(now - m_faults.lastChange()), element->element->status().detail));
        }
    }
}

// ---- I15: nothing grows without bound ------------------------------------------------------------------------------

void Invariants::lookAtRates() {
    for (const auto& registrar : m_world.members(Role::Registrar)) {
        if (!registrar->up()) {
            continue;
        }
        const asap::RegistrarCounters& counters = registrar->registrar->counters();
        const std::uint64_t count =
            counters.resolutions + counters.unknownPools + counters.of(asap::IncidentKind::TooFast);
        Requests& before = m_requests[registrar.get()];
        const std::uint64_t more = before.life == registrar->id && count >= before.count ? count - before.count : count;
        before = {registrar->id, count};
        if (more > requestsOfUser * (m_world.members(Role::User).size() + 1)) {
            violated("I15", fmt::format("{} was asked {} times in a second", registrar->name, more));
        }
    }
}

void Invariants::lookAtMemory() {
    std::size_t members = 0;
    for (const Role role : {Role::Registrar, Role::Element, Role::User}) {
        members += m_world.members(role).size();
    }
    if (m_faults.calmFor(m_bounds.agreement) && m_world.dispatcher.armed() > timersOfProcess * members) {
        violated("I15", fmt::format("{} timers and packets wait", m_world.dispatcher.armed()));
    }
    if (!m_faults.calmFor(m_bounds.liveness)) {
        return;
    }
    for (const auto& registrar : m_world.members(Role::Registrar)) {
        if (registrar->up() && registrar->registrar->associationCount() > 2 * members) {
            violated("I15", fmt::format("{} has {} associations in a world of {}", registrar->name,
                                        registrar->registrar->associationCount(), members));
        }
    }
}

} // namespace kolam::sim
