// SPDX-License-Identifier: GPL-3.0-or-later
// Has one work package done by a scripting pool: uploads it, waits, downloads the results. A server that fails is left
// for another one, where the work goes on from its last checkpoint, if it has made one, or begins anew; so is one whose
// work ends badly, some times.
// Next door: demos/services/scripting does the work; demos/cli/script.cpp packs it.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "core/node/timer.h"
#include "core/node/user_node.h"
#include "core/wire/script_extensions.h"
#include "demos/services/scripting/descriptor.h"
#include "demos/services/scripting/receipt.h"
#include "demos/users/scripting/checkpoint_store.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace kolam::scripting {

using namespace std::chrono_literals;

/// The names are those of rsplib's options.
struct ScriptUserOptions {
    PoolHandle pool{"ScriptingPool"};
    std::uint32_t maxTrials = 3;              // the last one's results are taken even when its work has ended badly
    Duration retryDelay = 10s;                // before another server gets the work, give or take an eighth
    Duration transmitTimeout = 59500ms;       // a server that neither sends nor takes anything for so long is left
    Duration keepAliveInterval = 10s;         // while it works, it is asked for a sign of life after so long
    Duration keepAliveTimeout = 10s;          // and left when it has not answered for so long
    std::uint64_t maxCheckpoint = 64U << 20U; // octets; longer checkpoints are not kept
};

/// What is done, as descriptors that can be read at any place; both must outlive the user.
struct ScriptWork {
    int package = -1;
    int environment = -1; // none: negative
};

class ScriptUser final : public SessionHandler {
public:
    enum class Stage : std::uint8_t { Seeking, Waiting, Uploading, Restoring, Running, Downloading, Done };
    struct Outcome {
        std::uint32_t exitStatus = 0;
        Descriptor output;
        std::optional<Receipt> receipt; // from servers of ours
        std::uint32_t trials = 0;
        std::uint32_t failovers = 0;
        std::uint32_t checkpoints = 0; // that elements have handed over
        std::uint32_t resumptions = 0; // times that the work went on from one
    };
    /// Opens the session. Everything must outlive the user.
    ScriptUser(Dispatcher& dispatcher, UserNode& node, Log& log, const ScriptUserOptions& options, ScriptWork work);
    ~ScriptUser() override;
    ScriptUser(const ScriptUser&) = delete;
    ScriptUser& operator=(const ScriptUser&) = delete;

    /// Called whenever the stage has changed, with a word for people.
    void onProgress(std::function<void(Stage, std::string_view)> callback) { m_onProgress = std::move(callback); }
    /// Called once. The error is a sentence: the work could not be read, or its results not be written.
    void onDone(std::function<void(std::expected<Outcome, std::string>)> callback) { m_onDone = std::move(callback); }
    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] PeIdentifier element() const { return m_element; }

    void onEstablished(PeIdentifier element, bool resumed) override;
    void onMessage(std::uint32_t ppid, OctetView data) override;
    void onFailoverBegin(PeIdentifier failed, FailoverCause cause) override;
    void onWritable() override { goOn(); }

private:
    void on(const wire::ScriptNotReady& notReady);
    void on(const wire::ScriptReady& ready);
    void on(const wire::ScriptEnvironment& environment);
    void on(const wire::ScriptStatus& status);
    void on(const wire::ScriptDownload& download);
    void on(const wire::ScriptKeepAlive&);
    void on(const wire::ScriptKeepAliveAck&);
    void on(const wire::ScriptUpload&);
    void on(const wire::ScriptReceipt& receipt);
    void on(const wire::ScriptCheckpoint& checkpoint);
    void on(const wire::ScriptCheckpointWanted& wanted);

    void enter(Stage stage, std::string_view word);
    void goOn();
    [[nodiscard]] bool upload(int descriptor);
    void restore();
    void finished();
    void giveUp(bool report, std::string_view why);
    void deadlineReached();
    void wait(Duration time) { m_timer.arm(m_dispatcher.now() + time); }
    template <typename Message>
    [[nodiscard]] bool say(const Message& message);
    void end(std::expected<Outcome, std::string> outcome);

    Dispatcher& m_dispatcher;
    UserNode& m_node;
    Log& m_log;
    ScriptUserOptions m_options;
    ScriptWork m_work;
    std::optional<std::array<std::uint8_t, 20>> m_environmentName;
    std::function<void(Stage, std::string_view)> m_onProgress;
    std::function<void(std::expected<Outcome, std::string>)> m_onDone;
    Stage m_stage = Stage::Seeking;
    PeIdentifier m_element; // 0: none now
    TimePoint m_notBefore{};
    bool m_asked = false;                    // for a sign of life
    bool m_ready = false;                    // the server, though it may be too early for us
    bool m_announced = false;                // the environment's name
    std::optional<bool> m_environmentWanted; // nothing: the server has not said yet
    bool m_packageSent = false;
    bool m_allSent = false;
    std::uint64_t m_sent = 0; // octets of what is being uploaded
    CheckpointStore m_checkpoints;
    std::uint32_t m_restoring = 0; // the number of the one that is being uploaded
    bool m_checkpointSent = false;
    Outcome m_outcome;
    Timer m_timer;
    SessionId m_session = SessionId::None;
};

} // namespace kolam::scripting
