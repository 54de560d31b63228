// SPDX-License-Identifier: GPL-3.0-or-later
// Random operations on the real handlespace and on the naive one: they must never differ, whatever the policy.
// KOLAM_LONG=1 makes it ten million operations for every policy; half an hour, or less when one of them is named:
// KOLAM_LONG=1 test_handlespace_model givenRandomOperations_whenDoneOnBoth_thenRealAndNaiveHandlespaceAgree:LeastUsed
#include "tests/unit/handlespace/elements.h"
#include "tests/unit/handlespace/naive_handlespace.h"

#include "core/base/random.h"

#include <QtTest>

#include <map>
#include <set>

using namespace kolam;
using namespace std::chrono_literals;
using wire::PolicyType;

namespace {

enum class Choice { InOrder, AtRandom, ByKey };
Choice choiceOf(PolicyType type) {
    switch (type) {
    case PolicyType::Random:
    case PolicyType::WeightedRandom:
    case PolicyType::WeightedRandomDpf:
    case PolicyType::RandomizedLeastUsed:
    case PolicyType::RandomizedLeastUsedDegradation:
    case PolicyType::RandomizedPriorityLeastUsed:
    case PolicyType::RandomizedPriorityLeastUsedDegradation:
    case PolicyType::PowerOfTwoChoices: return Choice::AtRandom;
    case PolicyType::ConsistentHash: return Choice::ByKey;
    default: return Choice::InOrder;
    }
}

QString listed(const std::vector<PeIdentifier>& identifiers) {
    QStringList list;
    for (const PeIdentifier identifier : identifiers) {
        list += QString::number(identifier.value);
    }
    return "[" + list.join(' ') + "]";
}

/// Both handlespaces, and what the operations are drawn from.
class Twins {
public:
    Twins(std::uint64_t seed, PolicyType type, const Handlespace::Settings& settings, std::uint32_t identifiers)
        : m_random(seed)
        , m_type(type)
        , m_real(seed, settings)
        , m_naive(settings)
        , m_settings(settings)
        , m_identifiers(identifiers) {}

    /// One random operation on both; what differs, or nothing.
    QString step() {
        switch (m_random.below(20)) {
        case 0:
        case 1:
        case 2:
        case 3: return registerOne();
        case 4:
        case 5:
        case 6: return registerAgain();
        case 7:
        case 8: return remove();
        case 9: return setOwner();
        case 10: return compareTablePart();
        case 11:
        case 12: return setDeadline();
        case 13: return passTime();
        default: return select();
        }
    }
    QString compareAll() {
        std::size_t count = 0;
        const std::vector<ElementRef> refs = m_real.all();
        for (const auto& [handle, pool] : m_naive.pools()) {
            if (m_real.elementCount(handle) != pool.elements.size()) {
                return "a pool's size";
            }
            const auto policy = m_real.poolPolicy(handle);
            if (!policy || *policy != pool.founding) {
                return "a pool's policy";
            }
            for (const auto& [identifier, element] : pool.elements) {
                if (count >= refs.size() || m_real.element(refs[count]) != element.data ||
                    m_real.poolHandle(refs[count]) != handle || m_real.identifier(refs[count]) != identifier) {
                    return "an element";
                }
                ++count;
            }
        }
        if (count != refs.size() || count != m_real.elementCount() || m_naive.pools().size() != m_real.poolCount()) {
            return "counts";
        }
        std::size_t owned = 0;
        for (const ServerId owner : m_real.owners()) {
            if (m_real.checksum(owner) != m_naive.checksum(owner)) {
                return "a checksum";
            }
            if (m_real.digest(owner) != m_naive.digest(owner)) {
                return "a digest";
            }
            for (const ElementRef ref : m_real.ownedBy(owner)) {
                owned += static_cast<std::size_t>(m_real.owner(ref) == owner);
            }
        }
        return owned == count ? QString() : "owners";
    }

private:
    using Name = NaiveHandlespace::Name;

    PoolHandle anyHandle() {
        static const PoolHandle handles[] = {PoolHandle{"Pool"}, PoolHandle{"A"}, PoolHandle{std::string("a\0b", 3)}};
        return handles[m_random.below(std::size(handles))];
    }
    std::uint32_t anyWord() {
        switch (m_random.below(4)) {
        case 0: return static_cast<std::uint32_t>(m_random.below(4));
        case 1: return 0xffffffff - static_cast<std::uint32_t>(m_random.below(3));
        case 2: return static_cast<std::uint32_t>(m_random.below(100));
        default: return static_cast<std::uint32_t>(m_random());
        }
    }
    wire::PoolElement anyElement(PeIdentifier identifier) {
        wire::PoolElement element = elementOf(identifier.value, 1 + static_cast<std::uint32_t>(m_random.below(3)));
        element.life = wire::RegistrationLife{static_cast<std::uint32_t>(m_random.below(5)) * 1000};
        element.userTransport.port = static_cast<std::uint16_t>(m_random.below(3));
        for (std::uint64_t more = m_random.below(8); more < 3; ++more) {
            element.userTransport.addresses.push_back(*IpAddress::parse("2001:db8::1"));
        }
        if (m_random.below(2) == 0) {
            element.asapTransport = element.userTransport;
        }
        const bool blocks = m_settings.rsplibCompatible && m_type == PolicyType::WeightedRoundRobin;
        const std::uint32_t amount = blocks ? anyWord() % 1000 : anyWord(); // larger ones are not told apart there
        element.policy =
            policyOf(m_type, {amount, anyWord(), anyWord(), static_cast<std::uint32_t>(m_random.below(300))});
        return element;
    }
    /// A known element; the handlespaces are not empty.
    Name anyName() {
        auto at = m_names.begin();
        std::advance(at, static_cast<std::ptrdiff_t>(m_random.below(m_names.size())));
        return at->first;
    }

    QString registerWith(const PoolHandle& handle, const wire::PoolElement& element) {
        const auto result = m_real.registerElement(handle, element);
        const std::string expected = m_naive.registerElement(handle, element);
        if (!result) {
            return expected.starts_with("Inconsistent") ? QString() : "a refusal";
        }
        if (expected != (result->added ? "added" : result->changed ? "changed" : "same")) {
            return "a registration: " + QString::fromStdString(expected);
        }
        const Name name{handle, element.identifier};
        if (!result->added && m_names.at(name) != result->element) {
            return "a reference";
        }
        m_names[name] = result->element;
        return {};
    }
    QString registerOne() {
        return registerWith(anyHandle(),
                            anyElement(PeIdentifier{1 + static_cast<std::uint32_t>(m_random.below(m_identifiers))}));
    }
    QString registerAgain() {
        if (m_names.empty()) {
            return {};
        }
        const Name name = anyName();
        wire::PoolElement element = m_naive.at(name).data;
        if (m_random.below(3) == 0) {
            element.policy = anyElement(name.second).policy;
        }
        return registerWith(name.first, element);
    }
    QString remove() {
        if (m_names.empty()) {
            return {};
        }
        // Now and then so many that blocks become sparse and pools disappear.
        for (std::uint64_t more = m_random.below(400) == 0 ? m_names.size() * 9 / 10 : 1; more > 0; --more) {
            const Name name = anyName();
            const ElementRef ref = m_names.at(name);
            if (m_real.find(name.first, name.second) != ref || !m_real.remove(ref) || m_real.contains(ref) ||
                m_real.remove(ref)) {
                return "a removal";
            }
            m_naive.remove(name);
            m_names.erase(name);
        }
        return {};
    }
    QString setOwner() {
        if (m_random.below(10) == 0) {
            return setOwnerOfAll();
        }
        if (!m_names.empty()) {
            const Name name = anyName();
            const ServerId owner{1 + static_cast<std::uint32_t>(m_random.below(3))};
            m_real.setOwner(m_names.at(name), owner);
            m_naive.at(name).data.homeRegistrar = owner;
        }
        return {};
    }
    QString setOwnerOfAll() {
        const ServerId from{1 + static_cast<std::uint32_t>(m_random.below(3))};
        const ServerId to{1 + static_cast<std::uint32_t>(m_random.below(3))};
        std::set<Name> got;
        for (const ElementRef ref : m_real.setOwnerOfAll(from, to)) {
            got.insert({m_real.poolHandle(ref), m_real.identifier(ref)});
        }
        std::set<Name> expected;
        for (const auto& [name, ref] : m_names) {
            if (m_naive.at(name).data.homeRegistrar == from) {
                m_naive.at(name).data.homeRegistrar = to;
                expected.insert(name);
            }
        }
        return got == expected ? QString() : "the elements that were taken over";
    }
    QString compareTablePart() {
        const Name position{anyHandle(), PeIdentifier{static_cast<std::uint32_t>(m_random.below(m_identifiers + 2))}};
        const std::size_t limit = m_random.below(200);
        const auto owner = m_random.below(2) == 0 ? std::optional{ServerId{1}} : std::nullopt;
        const auto expected = m_naive.tablePart(position, limit, owner);
        std::vector<Name> got;
        for (const ElementRef ref : m_real.tablePart({position.first, position.second}, limit, owner)) {
            got.emplace_back(m_real.poolHandle(ref), m_real.identifier(ref));
        }
        return got == expected ? QString() : "a table part";
    }
    QString setDeadline() {
        if (!m_names.empty()) {
            const Name name = anyName();
            const auto kind = static_cast<DeadlineKind>(m_random.below(4));
            const TimePoint when = m_now + std::chrono::milliseconds{m_random.below(100)};
            m_real.setDeadline(m_names.at(name), kind, when);
            m_naive.at(name).kind = kind;
            m_naive.at(name).deadline = when;
        }
        return {};
    }
    QString passTime() {
        m_now += std::chrono::milliseconds{m_random.below(30)};
        std::map<Name, DeadlineKind> expected;
        TimePoint next = never;
        for (const auto& [name, ref] : m_names) {
            NaiveHandlespace::Element& element = m_naive.at(name);
            if (m_real.deadlineKind(ref) != element.kind) {
                return "a kind of deadline";
            }
            if (element.kind != DeadlineKind::None && element.deadline <= m_now) {
                expected[name] = element.kind;
                element.kind = DeadlineKind::None;
            } else if (element.kind != DeadlineKind::None) {
                next = std::min(next, element.deadline);
            }
        }
        std::map<Name, DeadlineKind> got;
        while (const auto due = m_real.popDue(m_now)) {
            got[{m_real.poolHandle(due->element), m_real.identifier(due->element)}] = due->kind;
        }
        if (got != expected) {
            return "deadlines that are due";
        }
        return m_real.nextDeadline() == next ? QString() : "the next deadline";
    }
    QString select() {
        const PoolHandle handle = anyHandle();
        const auto items = static_cast<std::uint32_t>(m_random.below(8) == 0 ? m_random.below(200) : m_random.below(5));
        const std::uint64_t key = m_random.below(50);
        const bool looks = choiceOf(m_type) != Choice::ByKey && m_random.below(4) == 0;
        if (looks) {
            m_real.look(handle, items, m_chosen);
        } else {
            m_real.select(handle, items, key, m_chosen);
        }
        if (!m_naive.pools().contains(handle)) {
            return m_chosen.empty() ? QString() : "an unknown pool's elements";
        }
        const std::uint32_t limit = items == 0 ? m_settings.defaultItems : std::min(items, m_settings.maxItems);
        std::vector<PeIdentifier> got;
        for (const ElementRef ref : m_chosen) {
            if (m_real.poolHandle(ref) != handle) {
                return "the pool of a chosen element";
            }
            got.push_back(m_real.identifier(ref));
        }
        switch (choiceOf(m_type)) {
        case Choice::InOrder: {
            const auto expected = m_naive.selectInOrder(handle, limit, !looks);
            return got == expected ? QString()
                                   : "elements in order: " + listed(got) + " instead of " + listed(expected);
        }
        case Choice::ByKey: return got == m_naive.selectByKey(handle, limit, key) ? QString() : "elements by key";
        case Choice::AtRandom: break;
        }
        std::size_t selectable = 0;
        for (const auto& [identifier, element] : m_naive.pools().at(handle).elements) {
            const bool chosen = std::ranges::find(got, identifier) != got.end();
            selectable += static_cast<std::size_t>(m_naive.selectable(element));
            if (chosen && !m_naive.selectable(element)) {
                return "an element that must not be chosen";
            }
        }
        const bool distinct = std::set<PeIdentifier>(got.begin(), got.end()).size() == got.size();
        return distinct && got.size() == std::min<std::size_t>(limit, selectable) ? QString()
                                                                                  : "the number of elements";
    }

    Random m_random;
    PolicyType m_type;
    Handlespace m_real;
    NaiveHandlespace m_naive;
    Handlespace::Settings m_settings;
    std::uint32_t m_identifiers;
    std::map<Name, ElementRef> m_names;
    std::vector<ElementRef> m_chosen;
    TimePoint m_now{};
};

} // namespace

class TestModel : public QObject {
    Q_OBJECT
private slots:
    void givenRandomOperations_whenDoneOnBoth_thenRealAndNaiveHandlespaceAgree_data() {
        QTest::addColumn<quint32>("type");
        QTest::addColumn<bool>("compatible");
        QTest::addColumn<int>("maxIncrement");
        for (const PolicyType type : allPolicies) {
            const std::string name = wire::toText(type);
            QTest::newRow(name.c_str()) << static_cast<quint32>(type) << false << 1;
            if (choiceOf(type) == Choice::InOrder) {
                QTest::newRow((name + " as rsplib").c_str()) << static_cast<quint32>(type) << true << 1;
                QTest::newRow((name + " moving two").c_str()) << static_cast<quint32>(type) << false << 2;
                // As in the cache of rsplib's users, where all elements of a selection count as used.
                QTest::newRow((name + " moving all").c_str()) << static_cast<quint32>(type) << true << 1'000'000'000;
            }
        }
    }
    void givenRandomOperations_whenDoneOnBoth_thenRealAndNaiveHandlespaceAgree() {
        QFETCH(quint32, type);
        QFETCH(bool, compatible);
        QFETCH(int, maxIncrement);
        const std::uint64_t runs = qEnvironmentVariableIsSet("KOLAM_LONG") ? 1667 : 5;
        std::vector<std::pair<std::uint64_t, std::uint32_t>> worlds{{995, 6},
                                                                    {1442, 6}}; // once, they differed in these
        for (std::uint64_t run = 0; run < runs; ++run) {
            worlds.insert(worlds.end(), {{run, 6}, {run, 60}, {run, 600}});
        }
        for (const auto& [run, identifiers] : worlds) {
            Twins twins{run * 1000 + identifiers,
                        static_cast<PolicyType>(type),
                        {.maxIncrement = static_cast<std::uint32_t>(maxIncrement), .rsplibCompatible = compatible},
                        identifiers};
            for (int i = 0; i < 2000; ++i) {
                QString difference = twins.step();
                if (difference.isEmpty() && i % 500 == 499) {
                    difference = twins.compareAll();
                }
                QVERIFY2(difference.isEmpty(), qPrintable(QString("seed %1, identifiers %2, step %3: %4")
                                                              .arg(run)
                                                              .arg(identifiers)
                                                              .arg(i)
                                                              .arg(difference)));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestModel)
#include "test_model.moc"
