// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/local_pool.h"

#include "core/base/strong.h"
#include "demos/lab/lab_client.h"
#include "programs/common/values.h"

#include <QCoreApplication>
#include <QFile>
#include <algorithm>
#include <fmt/format.h>

namespace kolam::gui {

namespace {

/// A folder that a socket's short name has room in.
QString folderTemplate() {
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return (runtime.isEmpty() ? QStringLiteral("/tmp") : runtime) + QStringLiteral("/kolam-pool-XXXXXX");
}

/// As TOML writes a text, whatever is in it.
std::string quoted(const QString& text) {
    std::string result = "\"";
    for (const char16_t unit : text.toStdU16String()) {
        if (unit >= 0x20 && unit < 0x7f && unit != u'"' && unit != u'\\') {
            result += static_cast<char>(unit);
        } else {
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(unit));
        }
    }
    return result + '"';
}

} // namespace

LocalPool::LocalPool(Config config, QObject* parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_folder(folderTemplate()) {}

LocalPool::~LocalPool() = default; // the lab hears that its owner has gone

QString LocalPool::scope() const {
    return QStringLiteral("pool-%1").arg(QCoreApplication::applicationPid());
}

std::string LocalPool::scenario() const {
    return fmt::format(
        "kolam-scenario = 1\ntitle = \"A pool for one window\"\nlength = \"86400s\"\ntransport = {}\n"
        "[[registrar]]\nname = \"registrar\"\n"
        "[[element]]\nname = \"element\"\ncount = {}\nserves = \"fractal\"\noptions = [\"--pool\", {}]\n",
        quoted(m_config.transport), m_config.elements, quoted(m_config.pool));
}

void LocalPool::start() {
    if (m_state == State::Starting || m_state == State::Running) {
        return;
    }
    m_members.clear();
    m_trouble.clear();
    m_lab.reset();
    QFile file(m_folder.filePath(QStringLiteral("pool.rsdemo")));
    const std::string words = scenario();
    if (!m_folder.isValid() || !file.open(QIODevice::WriteOnly) ||
        file.write(words.data(), static_cast<qint64>(words.size())) != static_cast<qint64>(words.size())) {
        return fail(tr("There is no room for its files: %1")
                        .arg(m_folder.isValid() ? file.errorString() : m_folder.errorString()));
    }
    file.close();
    auto lab = lab::LabClient::start(
        m_dispatcher,
        {.programs = m_config.programs,
         .scenario = file.fileName().toStdString(),
         .logs = m_folder.path().toStdString(),
         .scope = scope().toStdString(),
         .windows = false,
         .byHand = true},
        [this](const lab::LabLine& line) { take(line); }, [this](const lab::ProcessEnd& end) { ended(end); });
    if (!lab) {
        return fail(QString::fromStdString(lab.error()));
    }
    m_lab = std::move(*lab);
    m_state = State::Starting;
    emit changed();
}

void LocalPool::take(const lab::LabLine& line) {
    std::visit(Overloaded{[this](const lab::MemberTold& told) { take(told); },
                          [this](const lab::ErrorTold& told) { m_trouble = QString::fromStdString(told.text); },
                          [this](const lab::Said& said) { m_trouble = QString::fromStdString(said.text); },
                          [](const auto&) {}},
               line);
}

void LocalPool::take(const lab::MemberTold& told) {
    const bool runs = told.state == "running";
    const bool begins = runs && !std::exchange(m_members[told.name], runs);
    m_members[told.name] = runs;
    if (begins && !told.address.empty()) {
        if (const auto address = programs::readAddress(told.address, 0)) {
            emit registrarStarted(*address);
        }
    }
    if (std::ranges::all_of(m_members, [](const auto& member) { return member.second; })) {
        m_state = State::Running;
    }
    emit changed();
}

void LocalPool::ended(const lab::ProcessEnd& end) {
    const QString last = m_trouble;
    fail(last.isEmpty() ? tr("It has ended: %1").arg(QString::fromStdString(toText(end)))
                        : tr("It has ended: %1. %2").arg(QString::fromStdString(toText(end)), last));
}

void LocalPool::fail(const QString& why) {
    m_state = State::Failed;
    m_trouble = why;
    emit changed();
}

QString LocalPool::text() const {
    switch (m_state) {
    case State::None: break;
    case State::Starting:
    case State::Running:
        return tr("A pool on this host is starting: %1 of %2 processes run.")
            .arg(std::ranges::count_if(m_members, [](const auto& member) { return member.second; }))
            .arg(m_config.elements + 1);
    case State::Failed: return tr("The local pool could not be started. %1").arg(m_trouble);
    }
    return {};
}

} // namespace kolam::gui
