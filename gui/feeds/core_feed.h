// SPDX-License-Identifier: GPL-3.0-or-later
// Events of all components of a scope on this host, and, when it is told where, reports by CSP of others and what
// registrars answer by ENRP: all live in a thread of their own, and what they hear comes as queued signals.
// Next door: core/telemetry/event_source.h.
#pragma once

#include "core/base/address.h"
#include "gui/common/core_thread.h"
#include "gui/feeds/feed.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace kolam::gui {

class CoreFeed final : public Feed {
    Q_OBJECT
public:
    struct Config {
        std::filesystem::path folder;
        QString scope;
        std::optional<TransportAddress> csp; // where reports are taken
        std::vector<TransportAddress> enrp;  // registrars that are asked in their own protocol
        bool messages = true;
        std::string record;                          // name of a recording; empty: none
        std::filesystem::path history;               // folder of a history that stays; empty: none
        std::uint64_t historyOctets = 1'000'000'000; // of it, at most
    };
    explicit CoreFeed(Config config, QObject* parent = nullptr);
    ~CoreFeed() override; // waits a moment, never longer

    [[nodiscard]] QString name() const override;
    [[nodiscard]] bool isLive() const override { return true; }
    void command(telemetry::ComponentId component, const telemetry::Command& command) override;
    void setMessages(bool wanted) override;
    [[nodiscard]] QString keptAt() const override;
    void find(const telemetry::EventQuery& query) override;

signals:
    /// The process was asked to end: SIGINT, SIGTERM, SIGHUP.
    void signalled();

private:
    struct Core;
    Config m_config;
    std::shared_ptr<Core> m_core; // made here, used and emptied in the thread
    CoreThread m_thread;
};

} // namespace kolam::gui
