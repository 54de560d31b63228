// SPDX-License-Identifier: GPL-3.0-or-later
// What happens all the time must not ask for memory: selection, registering again, deadlines, reading elements.
#include "tests/unit/handlespace/elements.h"

#include "core/base/random.h"

#include <QtTest>

#include <cstdlib>
#include <new>

namespace {

std::size_t allocations = 0;

void* counted(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc{};
}

} // namespace

void* operator new(std::size_t size) {
    return counted(size);
}
void* operator new[](std::size_t size) {
    return counted(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

using namespace kolam;

class TestAllocations : public QObject {
    Q_OBJECT
private slots:
    void givenAWarmHandlespace_whenUsed_thenNoMemoryIsAskedFor_data() {
        QTest::addColumn<quint32>("type");
        QTest::addColumn<quint32>("elements");
        for (const wire::PolicyType type : allPolicies) {
            for (const quint32 elements : {5u, 1000u}) {
                QTest::addRow("%s, %u", wire::toText(type).c_str(), elements) << static_cast<quint32>(type) << elements;
            }
        }
    }
    void givenAWarmHandlespace_whenUsed_thenNoMemoryIsAskedFor() {
        QFETCH(quint32, type);
        QFETCH(quint32, elements);
        const auto policyType = static_cast<wire::PolicyType>(type);
        const PoolHandle pool{"a pool with a long handle"};
        Handlespace handlespace{1};
        Random random{2};
        wire::PoolElement element = elementOf(1);
        element.asapTransport = element.userTransport;
        const auto enter = [&](std::uint32_t identifier) {
            element.identifier = PeIdentifier{identifier};
            const auto weight = static_cast<std::uint32_t>(1 + identifier * 7919 % 50);
            element.policy = policyOf(policyType, {weight, weight, weight, weight});
            return handlespace.registerElement(pool, element)->element;
        };
        for (std::uint32_t i = 1; i <= elements; ++i) {
            enter(i);
        }
        std::vector<ElementRef> chosen;
        wire::PoolElement read;
        TimePoint now{};
        const auto use = [&] {
            for (const std::uint32_t items : {1u, 3u, 128u}) {
                handlespace.select(pool, items, random(), chosen);
                for (const ElementRef ref : chosen) {
                    handlespace.elementInto(ref, read);
                }
            }
            const ElementRef ref = enter(1 + static_cast<std::uint32_t>(random.below(elements)));
            now += std::chrono::milliseconds{1};
            handlespace.setDeadline(ref, DeadlineKind::Expiry,
                                    now + std::chrono::milliseconds{random.below(3 * elements)});
            (void)handlespace.nextDeadline();
            while (const auto due = handlespace.popDue(now)) {
                handlespace.setDeadline(due->element, DeadlineKind::Expiry, now + std::chrono::seconds{1});
            }
        };
        for (std::uint32_t i = 0; i < 4 * elements + 100; ++i) {
            use();
        }
        const std::size_t before = allocations;
        for (int i = 0; i < 1000; ++i) {
            use();
        }
        const std::size_t asked = allocations - before;
        // An order's blocks split now and then, and a list of deadlines gets longer than any before; nothing asks every
        // time.
        QVERIFY2(asked <= 20, qPrintable(QString::number(asked)));
    }
};

QTEST_APPLESS_MAIN(TestAllocations)
#include "test_allocations.moc"
