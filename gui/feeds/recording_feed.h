// SPDX-License-Identifier: GPL-3.0-or-later
// Events of a recording, read in another thread and handed on in batches, from its beginning to its end.
// Next door: core/telemetry/recording_reader.h; core_feed.h, the living.
#pragma once

#include "gui/feeds/feed.h"

#include <QSemaphore>
#include <QThread>
#include <atomic>

namespace kolam::gui {

class RecordingFeed final : public Feed {
    Q_OBJECT
public:
    explicit RecordingFeed(QString path, QObject* parent = nullptr);
    ~RecordingFeed() override; // stops reading

    [[nodiscard]] QString name() const override;
    [[nodiscard]] bool isLive() const override { return false; }
    void command(telemetry::ComponentId component, const telemetry::Command& command) override;
    void setMessages(bool) override {} // what was recorded is there

signals:
    /// Everything was heard.
    void ended();

private:
    void read();
    void tell(const std::vector<telemetry::Event>& batch);
    QString m_path;
    std::atomic<bool> m_stop = false;
    QSemaphore m_taken; // batches that were
    QThread* m_thread;
};

} // namespace kolam::gui
