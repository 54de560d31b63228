// SPDX-License-Identifier: GPL-3.0-or-later
// What a handlespace promises besides selection: registration, references, sums, deadlines, tables, hostile inputs.
// Next door: test_policies.cpp, who is selected; test_model.cpp, everything against a naive handlespace.
#include "tests/unit/handlespace/elements.h"

#include "core/base/random.h"
#include "core/wire/codec.h"
#include "core/wire/image.h"

#include <QtTest>

#include <algorithm>
#include <set>
#include <xxhash.h>

using namespace kolam;
using namespace std::chrono_literals;

namespace {

const PoolHandle pool{"Pool"};
constexpr ServerId me{1};
constexpr ServerId other{2};

ElementRef enter(Handlespace& handlespace, std::uint32_t identifier, ServerId owner = me,
                 const PoolHandle& handle = pool) {
    return handlespace.registerElement(handle, elementOf(identifier, owner.value))->element;
}

QString text(const std::expected<RegistrationResult, RegistrationErrc>& result) {
    if (result) {
        return result->added ? "added" : result->changed ? "changed" : "the same";
    }
    switch (result.error()) {
    case RegistrationErrc::InvalidIdentifier: return "invalid identifier";
    case RegistrationErrc::InvalidHandle: return "invalid handle";
    case RegistrationErrc::InvalidPolicy: return "invalid policy";
    case RegistrationErrc::InconsistentPolicy: return "inconsistent policy";
    case RegistrationErrc::InconsistentTransport: return "inconsistent transport";
    case RegistrationErrc::InconsistentControlChannel: return "inconsistent control channel";
    }
    return "?";
}

} // namespace

class TestHandlespace : public QObject {
    Q_OBJECT
private slots:
    // ---- Registration ----
    void givenAnElement_whenRegisteredAgain_thenOnlyRealChangesCount() {
        Handlespace handlespace{1};
        wire::PoolElement element = elementOf(7);
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("added"));
        const ElementRef ref = handlespace.find(pool, PeIdentifier{7});
        handlespace.extra(ref).association = 99;
        handlespace.setDeadline(ref, DeadlineKind::Expiry, TimePoint{5s});
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("the same"));
        element.life = wire::RegistrationLife{1};
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("changed"));
        element.userTransport.addresses.push_back(*IpAddress::parse("2001:db8::1"));
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("changed"));
        element.asapTransport = element.userTransport;
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("changed"));
        element.homeRegistrar = other;
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("changed"));
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("the same"));
        QVERIFY(handlespace.element(ref) == element);
        QVERIFY(handlespace.owner(ref) == other);
        QCOMPARE(handlespace.extra(ref).association, std::uint64_t{99});
        QVERIFY(handlespace.nextDeadline() == TimePoint{5s});
        QCOMPARE(handlespace.elementCount(), std::size_t{1});
    }
    void givenAPool_whenElementsDoNotFit_thenTheReasonIsSaid() {
        Handlespace handlespace{1};
        enter(handlespace, 1);
        wire::PoolElement element = elementOf(2);
        element.policy.type = wire::PolicyType::LeastUsed;
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("inconsistent policy"));
        element.policy.type = static_cast<wire::PolicyType>(0xb0002004);
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("invalid policy"));
        element = elementOf(2);
        element.userTransport.protocol = wire::TransportProtocol::Udp;
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("inconsistent transport"));
        element = elementOf(2);
        element.userTransport.use = wire::TransportUse::DataPlusControl;
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("inconsistent control channel"));
        QCOMPARE(handlespace.elementCount(), std::size_t{1});
        QVERIFY(handlespace.remove(handlespace.find(pool, PeIdentifier{1})));
        QCOMPARE(handlespace.poolCount(), std::size_t{0});
        QCOMPARE(text(handlespace.registerElement(pool, element)), QString("added")); // the pool is founded anew
    }
    void givenHostileInputs_whenRegistered_thenTheyAreRefusedAndLeaveNothing() {
        Handlespace handlespace{1};
        QCOMPARE(text(handlespace.registerElement(pool, elementOf(0))), QString("invalid identifier"));
        QCOMPARE(text(handlespace.registerElement(PoolHandle{}, elementOf(1))), QString("invalid handle"));
        const PoolHandle tooLong{std::string(65536, 'x')};
        QCOMPARE(text(handlespace.registerElement(tooLong, elementOf(1))), QString("invalid handle"));
        wire::PoolElement huge = elementOf(1);
        huge.userTransport.addresses.resize(100000, IpAddress::v4(10, 0, 0, 1));
        QCOMPARE(text(handlespace.registerElement(pool, huge)), QString("invalid handle"));
        wire::PoolElement odd = elementOf(1);
        odd.policy.type = static_cast<wire::PolicyType>(0xffffffff);
        QCOMPARE(text(handlespace.registerElement(pool, odd)), QString("invalid policy"));
        QCOMPARE(handlespace.poolCount(), std::size_t{0});
        QCOMPARE(handlespace.elementCount(), std::size_t{0});
        QVERIFY(handlespace.owners().empty());
        QVERIFY(handlespace.find(PoolHandle{}, PeIdentifier{0}).isNull());
        QVERIFY(!handlespace.contains(ElementRef{}));
        QVERIFY(!handlespace.remove(ElementRef{12345, 0}));
        std::vector<ElementRef> chosen{ElementRef{1, 1}};
        handlespace.select(PoolHandle{}, 0xffffffff, std::nullopt, chosen);
        QVERIFY(chosen.empty());
    }
    void givenLargestInputs_whenRegistered_thenTheyComeBackUnharmed() {
        Handlespace handlespace{1};
        const PoolHandle zeros{std::string("\0\0\xff\0", 4)};
        const PoolHandle longest{std::string(65000, 'x')};
        QCOMPARE(text(handlespace.registerElement(longest, elementOf(0xffffffff))), QString("added"));
        wire::PoolElement wide = elementOf(1);
        wide.userTransport.addresses.clear();
        for (std::uint8_t i = 0; i < 64; ++i) {
            wide.userTransport.addresses.push_back(i % 2 == 0 ? IpAddress::v4(10, 0, 0, i)
                                                              : *IpAddress::parse("2001:db8::1"));
        }
        wide.asapTransport = wide.userTransport;
        QCOMPARE(text(handlespace.registerElement(zeros, wide)), QString("added"));
        QCOMPARE(text(handlespace.registerElement(zeros, wide)), QString("the same"));
        const ElementRef ref = handlespace.find(zeros, PeIdentifier{1});
        QVERIFY(handlespace.element(ref) == wide);
        QVERIFY(handlespace.poolHandle(ref) == zeros);
        wide.userTransport.addresses.resize(1); // large again to small again
        QCOMPARE(text(handlespace.registerElement(zeros, wide)), QString("changed"));
        QVERIFY(handlespace.element(ref) == wide);
        const std::vector<ElementRef> all = handlespace.all();
        QVERIFY(all.size() == 2 && all.front() == ref); // shorter handles first
    }
    void givenOtherTransports_whenRegistered_thenTheyComeBackUnharmed() {
        Handlespace handlespace{1};
        using Protocol = wire::TransportProtocol;
        for (const Protocol protocol :
             {Protocol::Dccp, Protocol::Tcp, Protocol::Udp, Protocol::UdpLite, Protocol::Opaque}) {
            wire::PoolElement element = elementOf(5);
            element.userTransport.protocol = protocol;
            element.userTransport.dccpServiceCode = protocol == Protocol::Dccp ? 77 : 0;
            if (protocol == Protocol::Opaque) {
                element.userTransport = {.protocol = protocol, .opaque = fromHex("0102030405")};
            }
            element.asapTransport = elementOf(5).userTransport;
            const PoolHandle handle{std::string(1, static_cast<char>(protocol))};
            const auto entered = handlespace.registerElement(handle, element);
            QCOMPARE(text(entered), QString("added"));
            QVERIFY(handlespace.element(entered->element) == element);
            QVERIFY(handlespace.digest(me) != 0);
        }
        handlespace.clear();
        QCOMPARE(handlespace.digest(me), std::uint64_t{0});
    }
    void givenElements_whenTheirImagesAreAsked_thenMessagesCanBeMadeOfThem() {
        Handlespace handlespace{1};
        wire::PoolElement element = elementOf(7);
        element.policy = policyOf(wire::PolicyType::LeastUsedDegradationDpf, {1, 2, 3, 4});
        element.asapTransport = element.userTransport;
        const ElementRef ref = handlespace.registerElement(pool, element)->element;
        handlespace.setOwner(ref, other);
        element.homeRegistrar = other;
        wire::TransportParameter asap;
        QVERIFY(wire::readImage(handlespace.asapImage(ref), asap) && asap == *element.asapTransport);
        wire::Policy policy;
        QVERIFY(wire::readImage(handlespace.policyImage(ref), policy) && policy == element.policy);
        element.asapTransport.reset();
        wire::PoolElement read;
        QVERIFY(wire::readImage(handlespace.elementImage(ref), read) && read == element);
    }

    // ---- References ----
    void givenRemovedElement_whenItsSlotIsUsedAgain_thenTheOldReferenceIsFoundOut() {
        Handlespace handlespace{1};
        const ElementRef old = enter(handlespace, 1);
        QVERIFY(handlespace.remove(old));
        QVERIFY(!handlespace.contains(old));
        const ElementRef next = enter(handlespace, 1);
        QCOMPARE(next.slot, old.slot);
        QVERIFY(!handlespace.contains(old));
        QVERIFY(!handlespace.remove(old));
        QVERIFY(handlespace.contains(next));
    }
    void givenAHandlespace_whenMovedOrCleared_thenNothingIsLostOrLeft() {
        Handlespace handlespace{1};
        const ElementRef ref = enter(handlespace, 1);
        Handlespace moved = std::move(handlespace);
        QVERIFY(moved.contains(ref));
        moved.setDeadline(ref, DeadlineKind::Expiry, TimePoint{1s});
        moved.clear();
        QVERIFY(moved.all().empty() && moved.owners().empty() && moved.poolCount() == 0);
        QVERIFY(!moved.popDue(TimePoint{2s}));
        QVERIFY(moved.nextDeadline() == never);
    }

    // ---- Sums ----
    void givenCapturedTables_whenSummedUp_thenTheChecksumIsThatOfRsplib_data() {
        QTest::addColumn<QString>("elements");
        QTest::addColumn<quint16>("checksum");
        const QString five = "EchoPool/0a000001 EchoPool/0a000002 DiscardPool/0c000001 DiscardPool/0c000002 "
                             "PingPongPool/0b000001";
        QTest::newRow("none") << "" << quint16{0xffff};
        QTest::newRow("one") << "EchoPool/0a000001" << quint16{0x8850};
        QTest::newRow("another") << "EchoPool/0a000004" << quint16{0x884d};
        QTest::newRow("three") << "EchoPool/0a000001 EchoPool/0a000002 EchoPool/0a000003" << quint16{0x98ee};
        QTest::newRow("three pools") << five << quint16{0xfe19};
        QTest::newRow("three pools and one") << five + " EchoPool/0a000003" << quint16{0x8668};
        QTest::newRow("two pools") << "EchoPool/0a000001 PingPongPool/0b000001" << quint16{0x3fcc};
        QTest::newRow("unreachable") << "EchoPool/0a000002 EchoPool/0a00dead" << quint16{0x31f3};
        QTest::newRow("client 1") << "EchoPool/01020304" << quint16{0x8e4b};
        QTest::newRow("client 2") << "EchoPool/01020304 Odd/deadbeef" << quint16{0x3d49};
        QTest::newRow("client 3") << "EchoPool/01020304 Odd/deadbeef PingPongPool/cafebabe" << quint16{0x7a08};
        QTest::newRow("client 4") << "EchoPool/01020304 Odd/deadbeef PingPongPool/cafebabe A/00000001"
                                  << quint16{0x3907};
        QTest::newRow("a multiple of 65535") << "EchoPool/00009251" << quint16{0x0000};
    }
    void givenCapturedTables_whenSummedUp_thenTheChecksumIsThatOfRsplib() {
        QFETCH(QString, elements);
        QFETCH(quint16, checksum);
        Handlespace handlespace{1};
        for (const QString& element : elements.split(' ', Qt::SkipEmptyParts)) {
            const auto parts = element.split('/');
            enter(handlespace, parts[1].toUInt(nullptr, 16), me, PoolHandle{parts[0].toStdString()});
        }
        QCOMPARE(handlespace.checksum(me), checksum);
        for (const ElementRef ref : handlespace.ownedBy(me)) {
            handlespace.setOwner(ref, other);
        }
        QCOMPARE(handlespace.checksum(other), checksum);
        QCOMPARE(handlespace.checksum(me), quint16{0xffff}); // emptied, not "minus zero"
        handlespace.clear();
        QCOMPARE(handlespace.checksum(other), quint16{0xffff});
    }
    void givenElements_whenDigested_thenItIsTheSumOfTheHashesOfTheirMessages_data() {
        QTest::addColumn<bool>("early");
        QTest::newRow("asked from the start") << true;
        QTest::newRow("asked late") << false;
    }
    void givenElements_whenDigested_thenItIsTheSumOfTheHashesOfTheirMessages() {
        QFETCH(bool, early);
        Handlespace handlespace{1};
        if (early) {
            QCOMPARE(handlespace.digest(me), std::uint64_t{0});
        }
        std::uint64_t expected = 0;
        for (std::uint32_t i = 1; i <= 40; ++i) {
            wire::HandleUpdate update;
            update.poolHandle = PoolHandle{std::string(i % 7 + 1, 'p')};
            update.element = elementOf(i);
            update.element.policy = policyOf(allPolicies[i % 7], {i, 2, 3, 4});
            if (i % 3 == 0) {
                update.element.asapTransport = update.element.userTransport;
            }
            QCOMPARE(text(handlespace.registerElement(update.poolHandle, update.element)), QString("added"));
            const Octets message = wire::encode(update);
            constexpr std::size_t fixedFields = 16; // header, sender, receiver, action
            expected += XXH3_64bits(message.data() + fixedFields, message.size() - fixedFields);
        }
        QCOMPARE(handlespace.digest(me), expected);
        for (const ElementRef ref : handlespace.ownedBy(me)) {
            handlespace.setOwner(ref, other);
        }
        QCOMPARE(handlespace.digest(me), std::uint64_t{0});
        QVERIFY(handlespace.digest(other) != expected); // the owner is part of it
        for (const ElementRef ref : handlespace.ownedBy(other)) {
            handlespace.setOwner(ref, me);
        }
        QCOMPARE(handlespace.digest(me), expected);
    }
    void givenAnotherDistance_whenDigested_thenItIsTheSame() {
        for (const wire::PolicyType type : {wire::PolicyType::WeightedRandomDpf, wire::PolicyType::LeastUsedDpf,
                                            wire::PolicyType::LeastUsedDegradationDpf}) {
            Handlespace near{1};
            Handlespace far{2};
            wire::PoolElement element = elementOf(1);
            element.policy = {.type = type, .weight = 1, .load = 2, .degradation = 3, .penaltyFactor = 4};
            (void)near.registerElement(PoolHandle{"Pool"}, element);
            element.policy.distance = 150;
            (void)far.registerElement(PoolHandle{"Pool"}, element);
            QCOMPARE(near.digest(me), far.digest(me));
            element.policy.penaltyFactor = 5; // which is the element's own word
            (void)far.registerElement(PoolHandle{"Pool"}, element);
            QVERIFY(near.digest(me) != far.digest(me));
        }
    }
    void givenPoolsThatAPeerIsNotToldOf_whenSummedUpForIt_thenTheyDoNotCount() {
        Handlespace everything{1};
        Handlespace told{2};
        for (std::uint32_t i = 1; i <= 100; ++i) {
            const PoolHandle handle{i % 3 == 0 ? "Hidden" : "Told"};
            (void)everything.registerElement(handle, elementOf(i, i % 2 == 0 ? me.value : other.value));
            if (i % 3 != 0) {
                (void)told.registerElement(handle, elementOf(i, i % 2 == 0 ? me.value : other.value));
            }
        }
        const auto filter = [](const PoolHandle& handle, wire::PolicyType policy) {
            return handle.value == "Told" && policy == wire::PolicyType::RoundRobin;
        };
        QVERIFY(everything.checksum(me) != told.checksum(me));
        QCOMPARE(everything.checksum(me, filter), told.checksum(me));
        QCOMPARE(everything.checksum(other, filter), told.checksum(other));
        QCOMPARE(everything.checksum(ServerId{77}, filter), quint16{0xffff});
        QCOMPARE(told.checksum(me, filter), told.checksum(me));
    }
    void givenTwoOwners_whenElementsChangeHands_thenListsAndCountsFollow() {
        Handlespace handlespace{1};
        for (std::uint32_t i = 1; i <= 1000; ++i) {
            enter(handlespace, i);
        }
        std::uint32_t moved = 0;
        for (const ElementRef ref : handlespace.ownedBy(me)) { // changed while it is walked over
            if (handlespace.identifier(ref).value % 3 == 0) {
                handlespace.setOwner(ref, other);
                ++moved;
            }
        }
        QCOMPARE(handlespace.countOwnedBy(other), std::size_t{moved});
        QCOMPARE(handlespace.countOwnedBy(me), std::size_t{1000} - moved);
        for (const ElementRef ref : handlespace.ownedBy(other)) {
            QCOMPARE(handlespace.identifier(ref).value % 3, 0u);
            QVERIFY(handlespace.element(ref).homeRegistrar == other);
        }
        QCOMPARE(handlespace.owners().size(), std::size_t{2});
        QCOMPARE(handlespace.countOwnedBy(ServerId{77}), std::size_t{0});
        QVERIFY(handlespace.ownedBy(ServerId{77}).empty());
    }

    // ---- Deadlines ----
    void givenDeadlines_whenTimePasses_thenEachComesOnceAndNeverEarly() {
        Handlespace handlespace{1};
        const ElementRef a = enter(handlespace, 1);
        const ElementRef b = enter(handlespace, 2);
        QVERIFY(handlespace.nextDeadline() == never);
        handlespace.setDeadline(a, DeadlineKind::Expiry, TimePoint{10s});
        handlespace.setDeadline(b, DeadlineKind::KeepAliveTransmission, TimePoint{5s});
        QVERIFY(handlespace.nextDeadline() == TimePoint{5s});
        handlespace.setDeadline(b, DeadlineKind::KeepAliveTimeout, TimePoint{20s}); // back
        QVERIFY(handlespace.nextDeadline() == TimePoint{10s});
        handlespace.setDeadline(b, DeadlineKind::KeepAliveTransmission, TimePoint{2s}); // and forward
        QVERIFY(handlespace.nextDeadline() == TimePoint{2s});
        QVERIFY(!handlespace.popDue(TimePoint{2s - 1ns}));
        const auto due = handlespace.popDue(TimePoint{2s});
        QVERIFY(due && due->element == b && due->kind == DeadlineKind::KeepAliveTransmission);
        QVERIFY(handlespace.deadlineKind(b) == DeadlineKind::None);
        QVERIFY(!handlespace.popDue(TimePoint{9s}));
        handlespace.setDeadline(a, DeadlineKind::None, never);
        QVERIFY(handlespace.nextDeadline() == never);
        QVERIFY(!handlespace.popDue(never));
    }
    void givenARemovedElement_whenItsTimeComes_thenNobodyIsDue() {
        Handlespace handlespace{1};
        const ElementRef old = enter(handlespace, 1);
        handlespace.setDeadline(old, DeadlineKind::Expiry, TimePoint{1s});
        handlespace.remove(old);
        const ElementRef next = enter(handlespace, 2); // in the same slot
        QVERIFY(handlespace.deadlineKind(next) == DeadlineKind::None);
        QVERIFY(!handlespace.popDue(TimePoint{2s}));
        handlespace.setDeadline(next, DeadlineKind::Expiry, TimePoint{3s});
        QVERIFY(handlespace.popDue(TimePoint{3s})->element == next);
    }
    void givenDeadlinesMovedBackAndForth_whenTakenOut_thenTheyComeInOrder() {
        Handlespace handlespace{1};
        Random random{3};
        std::vector<ElementRef> refs;
        std::multiset<TimePoint> expected;
        for (std::uint32_t i = 1; i <= 3000; ++i) {
            refs.push_back(enter(handlespace, i));
        }
        std::vector<TimePoint> last(refs.size());
        for (int i = 0; i < 100000; ++i) { // many more than there are elements: left-overs must not pile up
            const std::size_t which = random.below(refs.size());
            last[which] = TimePoint{Duration{random.below(1000000)}};
            handlespace.setDeadline(refs[which], DeadlineKind::Expiry, last[which]);
        }
        expected.insert(last.begin(), last.end());
        for (const TimePoint when : expected) {
            QVERIFY(handlespace.nextDeadline() == when);
            QVERIFY(handlespace.popDue(when));
        }
        QVERIFY(handlespace.nextDeadline() == never);
    }

    // ---- Tables ----
    void givenATable_whenHandedOutWhileItChanges_thenWhatStaysComesExactlyOnce() {
        Handlespace handlespace{1};
        Random random{9};
        std::set<std::pair<std::string, std::uint32_t>> steady;
        std::vector<ElementRef> changing;
        for (std::uint32_t i = 1; i <= 2000; ++i) {
            const PoolHandle handle{"Pool" + std::to_string(random.below(20))};
            const auto identifier = random.nonZero32();
            if (random.below(2) == 0) {
                enter(handlespace, identifier, me, handle);
                steady.emplace(handle.value, identifier);
            } else {
                changing.push_back(enter(handlespace, identifier, me, handle));
            }
        }
        std::set<std::pair<std::string, std::uint32_t>> seen;
        TablePosition position;
        for (;;) {
            const std::vector<ElementRef> part = handlespace.tablePart(position, 50, std::nullopt);
            if (part.empty()) {
                break;
            }
            for (const ElementRef ref : part) {
                const auto name = std::pair{handlespace.poolHandle(ref).value, handlespace.identifier(ref).value};
                QVERIFY(seen.insert(name).second);
                position = {handlespace.poolHandle(ref), handlespace.identifier(ref)};
            }
            // Now others go, perhaps the one at the position, and others come, and whole pools as well.
            for (int i = 0; i < 20 && !changing.empty(); ++i) {
                std::swap(changing[random.below(changing.size())], changing.back());
                handlespace.remove(changing.back());
                changing.pop_back();
                enter(handlespace, random.nonZero32(), me, PoolHandle{"New" + std::to_string(random.below(2000))});
            }
        }
        QVERIFY(std::ranges::includes(seen, steady));
    }
    void givenTwoOwners_whenOnesTableIsAsked_thenOnlyItsElementsCome() {
        Handlespace handlespace{1};
        for (std::uint32_t i = 1; i <= 300; ++i) {
            enter(handlespace, i, i % 3 == 0 ? other : me);
        }
        const std::vector<ElementRef> part = handlespace.tablePart({pool, PeIdentifier{100}}, 10, other);
        QCOMPARE(part.size(), std::size_t{10});
        for (std::size_t i = 0; i < part.size(); ++i) {
            QCOMPARE(handlespace.identifier(part[i]).value, static_cast<std::uint32_t>(102 + 3 * i));
        }
        QVERIFY(handlespace.tablePart({}, 10, ServerId{77}).empty());
        QVERIFY(handlespace.tablePart({}, 0, std::nullopt).empty());
        QVERIFY(handlespace.tablePart({PoolHandle{"a later one"}, PeIdentifier{1}}, 10, std::nullopt).empty());
        QCOMPARE(handlespace.tablePart({PoolHandle{"A"}, PeIdentifier{1}}, 1000, std::nullopt).size(),
                 std::size_t{300});
    }
};

QTEST_APPLESS_MAIN(TestHandlespace)
#include "test_handlespace.moc"
