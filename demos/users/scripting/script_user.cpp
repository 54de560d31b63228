// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/scripting/script_user.h"

#include "core/wire/codec.h"
#include "demos/services/scripting/script_files.h"

#include <algorithm>
#include <utility>

namespace kolam::scripting {

namespace {
constexpr std::size_t chunk = 16'384; // octets of an UPLOAD or CHECKPOINT
}

ScriptUser::ScriptUser(Dispatcher& dispatcher, UserNode& node, Log& log, const ScriptUserOptions& options,
                       ScriptWork work)
    : m_dispatcher(dispatcher)
    , m_node(node)
    , m_log(log)
    , m_options(options)
    , m_work(work)
    , m_checkpoints(options.maxCheckpoint)
    , m_timer(dispatcher, [this] { deadlineReached(); }) {
    if (work.environment >= 0) {
        const auto digests = digestsOf(work.environment);
        if (!digests) {
            dispatcher.post([this, why = digests.error()] { end(std::unexpected(why)); });
            return;
        }
        m_environmentName = digests->sha1;
    }
    m_session = node.openSession(options.pool, *this);
}

ScriptUser::~ScriptUser() {
    if (m_session != SessionId::None) {
        m_node.closeSession(m_session);
    }
}

// ---- The session ----------------------------------------------------------------------------------------------------

void ScriptUser::onEstablished(PeIdentifier element, bool) {
    m_element = element;
    m_ready = m_announced = m_packageSent = m_allSent = m_asked = false;
    m_environmentWanted = m_environmentName ? std::nullopt : std::optional{false};
    m_sent = 0;
    m_checkpoints.dropIncoming();
    m_outcome.receipt.reset();
    enter(Stage::Waiting, toText(element));
    wait(m_options.transmitTimeout);
}

void ScriptUser::onFailoverBegin(PeIdentifier failed, FailoverCause cause) {
    ++m_outcome.failovers;
    m_log.info("scripting: element {} is lost: {}", toText(failed), toText(cause));
    m_element = {};
    m_timer.stop();
    enter(Stage::Seeking, toText(cause));
}

void ScriptUser::giveUp(bool report, std::string_view why) {
    m_log.warning("scripting: leaves element {}: {}", toText(m_element), why);
    const auto eighth = static_cast<std::uint64_t>((m_options.retryDelay / 8).count());
    m_notBefore = m_dispatcher.now() + m_options.retryDelay - Duration{static_cast<Duration::rep>(eighth)} +
                  Duration{static_cast<Duration::rep>(m_dispatcher.random().below(2 * eighth + 1))};
    m_node.forceFailover(m_session, report);
}

// ---- What the server says -------------------------------------------------------------------------------------------

void ScriptUser::onMessage(std::uint32_t ppid, OctetView data) {
    if (m_element == PeIdentifier{} || m_stage == Stage::Done) {
        return;
    }
    const auto take = [&](const auto& message) {
        if (ppid == wire::scriptingPpid && message) {
            std::visit([this](const auto& what) { this->on(what); }, *message);
        } else {
            giveUp(false, "it sends what nobody can read");
        }
    };
    wire::isScriptExtension(data) ? take(wire::decodeScriptExtension(data)) : take(wire::decodeScripting(data));
}

void ScriptUser::on(const wire::ScriptReceipt& receipt) {
    m_outcome.receipt = readReceipt(asText(receipt.text));
}

void ScriptUser::on(const wire::ScriptCheckpoint& checkpoint) {
    if (m_stage != Stage::Running) {
        return giveUp(false, "it sends a checkpoint out of turn");
    }
    if (m_checkpoints.take(checkpoint.number, checkpoint.data)) {
        ++m_outcome.checkpoints;
        m_log.info("scripting: checkpoint {} is here", checkpoint.number);
    }
}

void ScriptUser::on(const wire::ScriptCheckpointWanted& wanted) {
    if (m_stage != Stage::Uploading || !m_allSent) {
        return giveUp(false, "it asks for a checkpoint out of turn");
    }
    m_restoring = m_checkpoints.find(wanted.number) >= 0 ? wanted.number : 0;
    m_sent = 0;
    m_checkpointSent = false;
    enter(Stage::Restoring, std::to_string(wanted.number));
    restore();
}

void ScriptUser::on(const wire::ScriptNotReady& notReady) {
    giveUp(false, notReady.reason == wire::ScriptNotReady::fullyLoaded ? "it has no room for another job"
                                                                       : "it has no resources");
}

void ScriptUser::on(const wire::ScriptReady&) {
    if (m_stage != Stage::Waiting || m_ready) {
        return giveUp(false, "it is ready twice");
    }
    m_ready = true;
    if (m_dispatcher.now() < m_notBefore) {
        return wait(m_notBefore - m_dispatcher.now()); // deadlineReached() goes on
    }
    enter(Stage::Uploading, {});
    goOn();
}

void ScriptUser::on(const wire::ScriptEnvironment& environment) {
    if (m_stage != Stage::Uploading || environment.sha1 != m_environmentName || m_environmentWanted) {
        return giveUp(false, "it speaks of an environment out of turn");
    }
    m_environmentWanted = environment.uploadNeeded.set;
    goOn();
}

void ScriptUser::on(const wire::ScriptStatus& status) {
    if ((m_stage == Stage::Uploading || m_stage == Stage::Restoring) && m_allSent) {
        if (status.exitStatus != 0) {
            return giveUp(false, "it has not taken the work");
        }
        m_outcome.resumptions += m_stage == Stage::Restoring && m_restoring != 0 ? 1U : 0U;
        enter(Stage::Running, {});
        return wait(m_options.keepAliveInterval);
    }
    if (m_stage != Stage::Running) {
        return giveUp(false, "it speaks of a status out of turn");
    }
    ++m_outcome.trials;
    m_outcome.exitStatus = status.exitStatus;
    if (status.exitStatus != 0 && m_outcome.trials < m_options.maxTrials) {
        m_checkpoints.clear(); // what has led to a bad end once would do so again
        m_node.dropCookie(m_session);
        return giveUp(false, "the work has ended badly there");
    }
    auto file = anonymousFile();
    if (!file) {
        return end(std::unexpected(file.error()));
    }
    m_outcome.output = std::move(*file);
    enter(Stage::Downloading, {});
    wait(m_options.transmitTimeout);
}

void ScriptUser::on(const wire::ScriptDownload& download) {
    if (m_stage != Stage::Downloading) {
        return giveUp(false, "it sends results out of turn");
    }
    if (download.data.empty()) {
        return end(std::move(m_outcome));
    }
    if (!append(m_outcome.output.get(), download.data)) {
        return end(std::unexpected("there is no room for the results"));
    }
    wait(m_options.transmitTimeout);
}

void ScriptUser::on(const wire::ScriptKeepAlive&) {
    if (m_stage != Stage::Running) {
        return giveUp(false, "it asks out of turn");
    }
    (void)say(wire::ScriptKeepAliveAck{.status = {}}); // asked again when it was lost
}

void ScriptUser::on(const wire::ScriptKeepAliveAck&) {
    if (m_stage == Stage::Running) {
        m_asked = false;
        wait(m_options.keepAliveInterval);
    }
}

void ScriptUser::on(const wire::ScriptUpload&) {
    giveUp(false, "it uploads to us");
}

// ---- Uploading ------------------------------------------------------------------------------------------------------

/// Sends as much as the server takes.
void ScriptUser::goOn() {
    if (m_stage == Stage::Restoring) {
        return restore();
    }
    if (m_stage != Stage::Uploading || m_allSent) {
        return;
    }
    wait(m_options.transmitTimeout);
    if (m_environmentName && !m_announced) {
        m_announced = say(wire::ScriptEnvironment{.uploadNeeded = {}, .sha1 = *m_environmentName});
        if (!m_announced) {
            return;
        }
    }
    if (!m_packageSent) {
        m_packageSent = upload(m_work.package);
        if (!m_packageSent) {
            return;
        }
        m_sent = 0;
    }
    if (m_environmentWanted) {
        m_allSent = !*m_environmentWanted || upload(m_work.environment);
    }
}

/// True: all of it, and its end.
bool ScriptUser::upload(int descriptor) {
    for (;;) {
        wire::ScriptUpload piece;
        piece.data.resize(chunk);
        const std::int64_t got = readAt(descriptor, m_sent, piece.data);
        if (got < 0) {
            end(std::unexpected("the work cannot be read"));
            return false;
        }
        piece.data.resize(static_cast<std::size_t>(got));
        if (!say(piece)) {
            return false; // onWritable() goes on
        }
        m_sent += static_cast<std::uint64_t>(got);
        if (got == 0) {
            return true;
        }
    }
}

/// What is not there any more is an empty checkpoint: the work begins anew.
void ScriptUser::restore() {
    wait(m_options.transmitTimeout);
    while (!m_checkpointSent) {
        wire::ScriptCheckpoint piece{.number = m_restoring, .data = Octets(m_restoring != 0 ? chunk : 0)};
        const std::int64_t got = piece.data.empty() ? 0 : readAt(m_checkpoints.find(m_restoring), m_sent, piece.data);
        if (got < 0) {
            return end(std::unexpected("a checkpoint cannot be read"));
        }
        piece.data.resize(static_cast<std::size_t>(got));
        if (!say(piece)) {
            return; // onWritable() goes on
        }
        m_sent += static_cast<std::uint64_t>(got);
        m_checkpointSent = got == 0;
    }
}

template <typename Message>
bool ScriptUser::say(const Message& message) {
    return m_node.send(m_session, wire::scriptingPpid, wire::encode(message)).has_value();
}

// ---- Time, and the end ----------------------------------------------------------------------------------------------

void ScriptUser::deadlineReached() {
    switch (m_stage) {
    case Stage::Seeking:
    case Stage::Done: return;
    case Stage::Waiting:
        if (m_ready) {
            enter(Stage::Uploading, {});
            return goOn();
        }
        return giveUp(true, "it does not say that it is ready");
    case Stage::Uploading:
    case Stage::Restoring: return giveUp(true, "it takes nothing");
    case Stage::Downloading: return giveUp(true, "it sends nothing");
    case Stage::Running:
        if (m_asked) {
            return giveUp(true, "it does not answer");
        }
        m_asked = true;
        (void)say(wire::ScriptKeepAlive{}); // what does not go out is not answered either
        return wait(m_options.keepAliveTimeout);
    }
}

void ScriptUser::enter(Stage stage, std::string_view word) {
    m_stage = stage;
    if (m_onProgress) {
        m_onProgress(stage, word);
    }
}

void ScriptUser::end(std::expected<Outcome, std::string> outcome) {
    m_timer.stop();
    m_element = {};
    if (m_session != SessionId::None) {
        m_node.closeSession(std::exchange(m_session, SessionId::None));
    }
    enter(Stage::Done, {});
    if (m_onDone) {
        m_onDone(std::move(outcome));
    }
}

} // namespace kolam::scripting
