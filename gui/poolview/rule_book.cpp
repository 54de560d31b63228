// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/rule_book.h"

#include "gui/common/element_state.h"
#include "gui/common/sentences.h"
#include "gui/poolview/pool_rows.h"
#include "gui/poolview/row_cells.h"

#include <QRegularExpression>
#include <QSettings>
#include <algorithm>

namespace kolam::gui {

namespace {

constexpr int mostElements = 1'000'000; // nobody wants more of one pool

/// "Pattern=3" of one exception; a negative number: it cannot be read.
std::pair<QString, int> readException(const QString& text) {
    const qsizetype at = text.lastIndexOf(u'=');
    bool isNumber = false;
    const int number = text.mid(at + 1).trimmed().toInt(&isNumber);
    const QString pattern = text.left(std::max<qsizetype>(at, 0)).trimmed();
    const bool good = at > 0 && isNumber && number >= 0 && number <= mostElements && !pattern.isEmpty();
    return {pattern, good ? number : -1};
}

QStringList exceptionsOf(const QString& text) {
    return text.split(u',', Qt::SkipEmptyParts);
}

} // namespace

// ---- The limits ----------------------------------------------------------------------------------------------------

int Rules::minimumOf(const QString& pool) const {
    for (const QString& text : exceptionsOf(minimumOfPools)) {
        const auto [pattern, number] = readException(text);
        if (number >= 0 &&
            QRegularExpression(QRegularExpression::wildcardToRegularExpression(pattern)).match(pool).hasMatch()) {
            return number;
        }
    }
    return minimum;
}

QString Rules::complaint(const QString& minimumOfPools) {
    for (const QString& text : exceptionsOf(minimumOfPools)) {
        if (readException(text).second < 0) {
            return RuleBook::tr("“%1” is not of the form “Pool=3”").arg(text.trimmed());
        }
    }
    return {};
}

void Rules::read(const QSettings& settings) {
    const auto get = [&](const char* key, auto& value) {
        const QVariant kept = settings.value(QStringLiteral("poolview/rules/") + QLatin1String(key));
        if (kept.isValid()) {
            value = kept.value<std::remove_reference_t<decltype(value)>>();
        }
    };
    get("minimumOn", minimumOn);
    get("minimum", minimum);
    get("minimumOfPools", minimumOfPools);
    get("loadOn", loadOn);
    get("loadPercent", loadPercent);
    get("loadSeconds", loadSeconds);
    get("staleOn", staleOn);
    get("staleSeconds", staleSeconds);
    get("differOn", differOn);
    get("differSeconds", differSeconds);
    get("failoverOn", failoverOn);
    get("failoverMilliseconds", failoverMilliseconds);
    get("notify", notify);
}

void Rules::write(QSettings& settings) const {
    const auto put = [&](const char* key, const auto& value) {
        settings.setValue(QStringLiteral("poolview/rules/") + QLatin1String(key), value);
    };
    put("minimumOn", minimumOn);
    put("minimum", minimum);
    put("minimumOfPools", minimumOfPools);
    put("loadOn", loadOn);
    put("loadPercent", loadPercent);
    put("loadSeconds", loadSeconds);
    put("staleOn", staleOn);
    put("staleSeconds", staleSeconds);
    put("differOn", differOn);
    put("differSeconds", differSeconds);
    put("failoverOn", failoverOn);
    put("failoverMilliseconds", failoverMilliseconds);
    put("notify", notify);
}

// ---- What is broken ------------------------------------------------------------------------------------------------

void RuleBook::setRules(const Rules& rules) {
    if (rules != m_rules) {
        m_rules = rules;
        emit changed();
    }
}

void RuleBook::forget() {
    m_since.clear();
    if (!m_alarms.empty()) {
        m_alarms.clear();
        emit changed();
    }
}

void RuleBook::judgePools(const Model& model, AllBroken& broken) const {
    std::map<PoolHandle, int> up;
    for (const auto& [node, element] : model.elements()) {
        up[node.pool] += stateOf(model, node) == ElementState::Up ? 1 : 0;
    }
    for (const auto& [pool, count] : up) {
        const QString name = textOf(pool);
        if (const int wanted = m_rules.minimumOf(name); count < wanted) {
            broken.emplace(
                QStringLiteral("minimum/") + name,
                Broken{.sentence = tr("%1 has %2 of at least %3 elements up").arg(name).arg(count).arg(wanted),
                       .patience = {},
                       .since = {},
                       .node = {}});
        }
    }
}

void RuleBook::judgeLoads(const Model& model, AllBroken& broken) const {
    const double limit = m_rules.loadPercent / 100.0;
    for (const auto& [node, element] : model.elements()) {
        const ComponentView* const own = model.component(node.component);
        const double load = own != nullptr && own->load ? own->load->load : element.facts.load;
        if (load > limit && stateOf(model, node) == ElementState::Up) {
            broken.emplace(QStringLiteral("load/") + keyOf(node),
                           Broken{.sentence = tr("%1 of %2 has had a load above %3 % for at least %4 s")
                                                  .arg(nameOf(node.component), textOf(node.pool))
                                                  .arg(m_rules.loadPercent)
                                                  .arg(m_rules.loadSeconds),
                                  .patience = std::chrono::seconds{m_rules.loadSeconds},
                                  .since = {},
                                  .node = node});
        }
    }
}

void RuleBook::judgeWhole(const Model& model, WallTime now, const std::optional<Duration>& silence,
                          AllBroken& broken) const {
    if (m_rules.staleOn && silence && *silence > std::chrono::seconds{m_rules.staleSeconds}) {
        broken.emplace(QStringLiteral("stale"), Broken{.sentence = tr("Nothing is heard from the source"),
                                                       .patience = {},
                                                       .since = WallTime{now.value - silence->count()},
                                                       .node = {}});
    }
    const Agreement& agreement = model.agreement();
    if (m_rules.differOn && agreement.unequal > 0) {
        broken.emplace(QStringLiteral("differ"), Broken{.sentence = tr("Registrars differ about %n element(s)", nullptr,
                                                                       static_cast<int>(agreement.unequal)),
                                                        .patience = std::chrono::seconds{m_rules.differSeconds},
                                                        .since = agreement.since,
                                                        .node = {}});
    }
    if (m_rules.failoverOn) {
        const Duration p95 = countsOf(model, now).failoverP95;
        if (p95 > std::chrono::milliseconds{m_rules.failoverMilliseconds}) {
            broken.emplace(QStringLiteral("failover"),
                           Broken{.sentence = tr("Failovers of the last hour: p95 is %1, above %2")
                                                  .arg(textOf(p95),
                                                       textOf(std::chrono::milliseconds{m_rules.failoverMilliseconds})),
                                  .patience = {},
                                  .since = {},
                                  .node = {}});
        }
    }
}

void RuleBook::judge(const Model& model, WallTime now, const std::optional<Duration>& silence) {
    AllBroken broken;
    if (m_rules.minimumOn) {
        judgePools(model, broken);
    }
    if (m_rules.loadOn) {
        judgeLoads(model, broken);
    }
    judgeWhole(model, now, silence, broken);
    std::erase_if(m_since, [&](const auto& entry) { return !broken.contains(entry.first); });
    bool different = false;
    for (auto alarm = m_alarms.begin(); alarm != m_alarms.end();) {
        if (broken.contains(alarm->key)) {
            ++alarm;
            continue;
        }
        const Alarm gone = *alarm;
        alarm = m_alarms.erase(alarm);
        different = true;
        emit ended(gone);
    }
    for (const auto& [key, what] : broken) {
        const WallTime since = m_since.try_emplace(key, what.since.value_or(now)).first->second;
        const auto known = std::ranges::find(m_alarms, key, &Alarm::key);
        if (known != m_alarms.end()) {
            different |= known->sentence != what.sentence;
            known->sentence = what.sentence;
        } else if (now.value - since.value >= what.patience.count()) {
            m_alarms.push_back({.key = key, .sentence = what.sentence, .since = since, .node = what.node});
            different = true;
            emit raised(m_alarms.back());
        }
    }
    if (different) {
        emit changed();
    }
}

} // namespace kolam::gui
