// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/c/library.h"

#include "core/api/cpp/instance_impl.h"

#include <algorithm>
#include <unistd.h>
#include <utility>

namespace kolam::rsp {

namespace {

/// rsp_initialize() and rsp_cleanup() speak of the process, so there is one of this.
struct Process {
    std::mutex lock;
    std::shared_ptr<Library> library;
};
Process& process() {
    static Process theOne;
    return theOne;
}

} // namespace

Outcome<std::shared_ptr<Library>> Library::get() {
    const std::lock_guard guard{process().lock};
    return process().library ? Outcome<std::shared_ptr<Library>>{process().library} : failure(ENETDOWN);
}

Outcome<void> Library::start(const rsp_info* info) {
    const std::lock_guard guard{process().lock};
    if (process().library) {
        return {};
    }
    rsp_info defaults;
    rsp_initinfo(&defaults);
    const auto settings = settingsOf(info != nullptr ? *info : defaults);
    const auto reporting = reportingOf(info != nullptr ? *info : defaults);
    if (info == nullptr) {
        rsp_freeinfo(&defaults);
    }
    if (!settings || !reporting) {
        return failure(!settings ? settings.error() : reporting.error());
    }
    auto thread = api::LoopThread::shared();
    if (!thread) {
        return failure(errnoOf(thread.error()));
    }
    auto instance = (*thread)->call([&] {
        auto made = api::Instance::create((*thread)->loop(), *settings);
        if (made) { // known registrars and those that announce themselves, as the C API has it
            (*made)->impl().sources.announces = !settings->announceGroup.empty();
        }
        return made;
    });
    if (!instance) {
        return failure(errnoOf(instance.error()));
    }
    auto core = std::make_shared<Core>(std::move(*thread), std::move(*instance));
    auto library = std::make_shared<Library>(std::move(core), *reporting);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        (void)library->m_descriptors.add({.system = standard, .socket = {}}, standard);
    }
    process().library = std::move(library);
    return {};
}

void Library::stop() {
    std::shared_ptr<Library> library;
    {
        const std::lock_guard guard{process().lock};
        library = std::exchange(process().library, nullptr);
    }
    if (library) {
        library->end();
    }
}

void Library::report(std::uint64_t group, std::uint64_t object) {
    m_core->thread->call([&] {
        if (std::exchange(m_reports, true)) {
            return;
        }
        if (m_reporting.identifier == 0) {
            m_cspIdentifier = group << 56 | (object & 0x00ff'ffff'ffff'ffff);
        }
        if (m_reporting.monitor) {
            char host[64] = "";
            ::gethostname(host, sizeof host - 1);
            m_reporter = std::make_unique<telemetry::CspReporter>(
                m_core->thread->loop().impl().dispatcher,
                telemetry::CspReporter::Config{.server = *m_reporting.monitor,
                                               .interval = m_reporting.interval,
                                               .sender = wire::ComponentId{m_cspIdentifier},
                                               .location = telemetry::cspLocation(host, {})},
                [this] { return cspContent(*this); });
        }
    });
}

void Library::end() {
    for (const auto& socket : m_descriptors.sockets()) {
        socket->close();
    }
    std::vector<std::weak_ptr<ElementRole>> elements;
    {
        const std::lock_guard guard{m_lock};
        elements = std::exchange(m_elements, {});
    }
    for (const auto& weak : elements) {
        if (const auto element = weak.lock()) {
            element->abandon();
        }
    }
    m_core->thread->call([&] {
        registrations.clear();
        m_reporter.reset(); // with a last report
    });
    m_core->thread->call([] {}); // what was posted meanwhile has run, and holds nothing any more
}

Outcome<std::shared_ptr<Socket>> Library::socket(int number) {
    const auto library = get();
    if (!library) {
        return failure(library.error());
    }
    auto entry = (*library)->m_descriptors.find(number);
    if (!entry) {
        return failure(entry.error());
    }
    return entry->socket ? Outcome<std::shared_ptr<Socket>>{std::move(entry->socket)} : failure(ENOTSOCK);
}

void Library::remember(const std::shared_ptr<ElementRole>& element) {
    const std::lock_guard guard{m_lock};
    std::erase_if(m_elements, [](const auto& weak) { return weak.expired(); });
    m_elements.push_back(element);
}

} // namespace kolam::rsp

// ---- What the header declares ----

using kolam::rsp::Library;

int rsp_initialize(struct rsp_info* info) {
    return kolam::rsp::answer<int>(Library::start(info));
}

void rsp_cleanup(void) {
    Library::stop();
}
