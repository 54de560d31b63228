// SPDX-License-Identifier: GPL-3.0-or-later
// One user of the scripting service: uploads, has its work done, downloads. A user that knows checkpoints gets those of
// its job, keeps them, and brings the last one along when it comes from an element that has failed.
// Next door: script_service.h, which lets users in.
#pragma once

#include "core/node/timer.h"
#include "core/wire/script_extensions.h"
#include "demos/services/common/outbox.h"
#include "demos/services/scripting/script_service.h"

#include <optional>

namespace kolam::scripting {

class ScriptSession final : public ServiceSession {
public:
    /// Without a slot the user is told so, and the session ends.
    ScriptSession(ScriptService& service, SessionLink& link, std::optional<services::Slots::Slot> slot);

    void onMessage(std::uint32_t ppid, OctetView data) override;
    void onCookieEcho(OctetView cookie) override;
    void onWritable() override;
    void onClosed() override;

private:
    enum class State : std::uint8_t {
        Uploading,   // the work package
        Environment, // uploading what the work package needs besides
        Restoring,   // uploading the checkpoint that the job goes on from
        Running,
        Downloading,
        Over,
    };
    void on(const wire::ScriptEnvironment& environment);
    void on(const wire::ScriptUpload& upload);
    void on(const wire::ScriptKeepAlive&);
    void on(const wire::ScriptKeepAliveAck&);
    void on(const wire::ScriptCheckpoint& checkpoint);
    template <typename Unexpected>
    void on(const Unexpected&);

    void uploaded();
    [[nodiscard]] bool expectUpload();
    void restore();
    void restored();
    void run();
    void checkpointMade(Descriptor file);
    void sendCheckpoint();
    void done(JobResult result);
    void download();
    void deadlineReached();
    template <typename Message>
    void say(const Message& message);
    void fail(std::string_view why);
    void dropJob();
    void end();

    ScriptService& m_service;
    SessionLink& m_link;
    services::Outbox m_outbox;
    std::optional<services::Slots::Slot> m_slot;
    State m_state = State::Uploading;
    Timer m_timer;       // what is waited for has a limit, always
    Descriptor m_upload; // what comes now
    std::uint64_t m_uploaded = 0;
    Descriptor m_package;
    std::optional<EnvironmentCache::Sha1> m_environment; // its name, when there is one
    bool m_environmentMissing = false;
    std::optional<wire::ScriptCookie> m_cookie; // of the user that comes from another element
    Descriptor m_restored;                      // what its job goes on from
    std::uint32_t m_checkpoint = 0;             // number of the last one
    Descriptor m_checkpointFile;                // what is being sent
    std::uint64_t m_checkpointSent = 0;
    Descriptor m_nextCheckpoint; // made meanwhile
    std::unique_ptr<Job> m_job;
    bool m_asked = false; // for a sign of life
    Descriptor m_output;
    std::uint64_t m_downloaded = 0;
};

} // namespace kolam::scripting
