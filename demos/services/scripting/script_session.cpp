// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/script_session.h"

#include "core/wire/codec.h"
#include "demos/services/scripting/script_files.h"

#include <algorithm>

namespace kolam::scripting {

namespace {

constexpr std::size_t chunk = 16'384;   // octets of a DOWNLOAD or CHECKPOINT
constexpr std::size_t longestInfo = 64; // octets of a text

Octets textOf(std::string_view text) {
    const OctetView octets = asOctets(text.substr(0, longestInfo));
    return {octets.begin(), octets.end()};
}

} // namespace

ScriptSession::ScriptSession(ScriptService& service, SessionLink& link, std::optional<services::Slots::Slot> slot)
    : m_service(service)
    , m_link(link)
    , m_outbox(link)
    , m_slot(std::move(slot))
    , m_timer(service.m_dispatcher, [this] { deadlineReached(); }) {
    const Octets host = textOf(m_service.m_options.host);
    auto file = m_slot ? anonymousFile() : std::unexpected(std::string{});
    if (!file) {
        ++m_service.m_statistics.turnedAway;
        say(wire::ScriptNotReady{
            .reason = m_slot ? wire::ScriptNotReady::outOfResources : wire::ScriptNotReady::fullyLoaded, .info = host});
        m_slot.reset();
        end();
        return;
    }
    m_upload = std::move(*file);
    say(wire::ScriptReady{.info = host});
    m_timer.arm(m_service.m_dispatcher.now() + m_service.m_options.transmitTimeout);
}

// ---- What the user says ---------------------------------------------------------------------------------------------

void ScriptSession::onMessage(std::uint32_t ppid, OctetView data) {
    if (m_state == State::Over) {
        return;
    }
    if (ppid != wire::scriptingPpid) {
        return fail("not the scripting protocol");
    }
    const auto take = [this](const auto& message) {
        if (message) {
            std::visit([this](const auto& what) { this->on(what); }, *message);
        } else {
            fail("a malformed message");
        }
    };
    wire::isScriptExtension(data) ? take(wire::decodeScriptExtension(data)) : take(wire::decodeScripting(data));
}

void ScriptSession::onCookieEcho(OctetView octets) {
    if (m_state == State::Over) {
        return;
    }
    const auto cookie = wire::decode<wire::ScriptCookie>(octets);
    if (!cookie || cookie->checkpoint == 0) {
        return fail("a malformed cookie");
    }
    if (m_state != State::Uploading || m_uploaded > 0 || m_cookie) {
        return fail("a cookie out of turn");
    }
    m_cookie = *cookie;
}

template <typename Unexpected>
void ScriptSession::on(const Unexpected&) {
    fail("a message that only servers send");
}

void ScriptSession::on(const wire::ScriptEnvironment& environment) {
    if (m_state != State::Uploading || m_environment || m_uploaded > 0) {
        return fail("an environment out of turn");
    }
    m_environment = environment.sha1;
    m_environmentMissing = !m_service.m_environments.find(environment.sha1);
    wire::ScriptEnvironment answer{.uploadNeeded = {}, .sha1 = environment.sha1};
    answer.uploadNeeded.set = m_environmentMissing;
    say(answer);
}

void ScriptSession::on(const wire::ScriptUpload& upload) {
    if (m_state != State::Uploading && m_state != State::Environment) {
        return fail("an upload out of turn");
    }
    m_timer.arm(m_service.m_dispatcher.now() + m_service.m_options.transmitTimeout);
    if (upload.data.empty()) {
        return uploaded();
    }
    m_uploaded += upload.data.size();
    if (m_uploaded > m_service.m_options.maxUpload) {
        return fail("an upload that is too large");
    }
    if (!append(m_upload.get(), upload.data)) {
        fail("an upload for which there is no room");
    }
}

void ScriptSession::on(const wire::ScriptKeepAlive&) {
    if (m_state == State::Running) {
        say(wire::ScriptKeepAliveAck{.status = 0});
    } else if (m_state != State::Downloading) { // where it has crossed the end of the work
        fail("a keep-alive out of turn");
    }
}

void ScriptSession::on(const wire::ScriptKeepAliveAck&) {
    if (m_state == State::Running) {
        m_asked = false;
        m_timer.arm(m_service.m_dispatcher.now() + m_service.m_options.keepAliveInterval);
    } else if (m_state != State::Downloading) {
        fail("an answer that nobody asked for");
    }
}

// ---- The work -------------------------------------------------------------------------------------------------------

void ScriptSession::uploaded() {
    if (m_state == State::Environment) {
        if (const auto kept = m_service.m_environments.store(m_upload.get(), *m_environment); !kept) {
            return fail(kept.error());
        }
        return restore();
    }
    m_package = std::move(m_upload);
    if (!m_environmentMissing) {
        return restore();
    }
    if (expectUpload()) {
        m_state = State::Environment;
    }
}

bool ScriptSession::expectUpload() {
    auto file = anonymousFile();
    if (!file) {
        fail(file.error());
        return false;
    }
    m_upload = std::move(*file);
    m_uploaded = 0;
    return true;
}

/// Asks for the checkpoint that the cookie speaks of.
void ScriptSession::restore() {
    if (!m_cookie || !m_link.peerHas(wire::Features::checkpoints)) {
        return run();
    }
    if (expectUpload()) {
        m_state = State::Restoring;
        say(wire::ScriptCheckpointWanted{m_cookie->checkpoint});
    }
}

void ScriptSession::on(const wire::ScriptCheckpoint& checkpoint) {
    if (m_state != State::Restoring) {
        return fail("a checkpoint out of turn");
    }
    m_timer.arm(m_service.m_dispatcher.now() + m_service.m_options.transmitTimeout);
    if (checkpoint.data.empty()) {
        return restored();
    }
    m_uploaded += checkpoint.data.size();
    if (m_uploaded > m_service.m_options.maxCheckpoint) {
        return fail("a checkpoint that is too large");
    }
    if (!append(m_upload.get(), checkpoint.data)) {
        fail("a checkpoint for which there is no room");
    }
}

/// What is not what an element has made is of no use: the job then begins anew, which loses work but nothing else.
void ScriptSession::restored() {
    const auto digests = digestsOf(m_upload.get());
    if (digests && digests->sha256 == m_cookie->sha256) {
        m_restored = std::move(m_upload);
        m_checkpoint = m_cookie->checkpoint;
    } else {
        m_service.m_log.warning("scripting: checkpoint {} of {} is not what the cookie says: its job begins anew",
                                m_cookie->checkpoint, m_link.peer());
    }
    run();
}

void ScriptSession::run() {
    JobOrder order{.package = std::move(m_package), .environment = {}, .checkpoint = std::move(m_restored)};
    if (m_environment) {
        const auto place = m_service.m_environments.find(*m_environment);
        if (!place) {
            return fail("its environment has had to go meanwhile");
        }
        order.environment = *place;
    }
    auto job = m_service.m_jobs.start(std::move(order),
                                      {.done = [this](JobResult result) { done(std::move(result)); },
                                       .checkpoint = [this](Descriptor file) { checkpointMade(std::move(file)); }});
    if (!job) {
        return fail(job.error());
    }
    ++m_service.m_statistics.jobs;
    m_job = std::move(*job);
    m_state = State::Running;
    say(wire::ScriptStatus{.exitStatus = 0});
    m_asked = false;
    m_timer.arm(m_service.m_dispatcher.now() + m_service.m_options.keepAliveInterval);
}

void ScriptSession::checkpointMade(Descriptor file) {
    if (!m_link.peerHas(wire::Features::checkpoints)) {
        return;
    }
    if (m_checkpointFile.ok()) {
        m_nextCheckpoint = std::move(file); // one that is newer takes the place of one that waits
        return;
    }
    m_checkpointFile = std::move(file);
    m_checkpointSent = 0;
    ++m_checkpoint;
    sendCheckpoint();
}

/// Sends as much of it as the user takes; after all of it the cookie says that it is there.
void ScriptSession::sendCheckpoint() {
    while (m_state == State::Running && m_checkpointFile.ok() && m_outbox.empty()) {
        wire::ScriptCheckpoint piece{.number = m_checkpoint, .data = Octets(chunk)};
        const std::int64_t got = readAt(m_checkpointFile.get(), m_checkpointSent, piece.data);
        if (got < 0) {
            return fail("a checkpoint that cannot be read");
        }
        piece.data.resize(static_cast<std::size_t>(got));
        m_checkpointSent += static_cast<std::uint64_t>(got);
        say(piece);
        if (got > 0) {
            continue;
        }
        const Descriptor sent = std::move(m_checkpointFile);
        const auto digests = digestsOf(sent.get());
        if (!digests || !m_outbox.sendCookie(wire::encode(wire::ScriptCookie{m_checkpoint, digests->sha256}))) {
            return fail("it takes nothing");
        }
        ++m_service.m_statistics.checkpoints;
        if (m_nextCheckpoint.ok()) {
            return checkpointMade(std::move(m_nextCheckpoint));
        }
    }
}

void ScriptSession::done(JobResult result) {
    dropJob();
    m_checkpointFile = Descriptor{};
    ++m_service.m_statistics.done;
    m_service.m_log.info("scripting: job of {}: {}", m_link.peer(), describe(result.receipt));
    m_state = State::Downloading;
    m_output = std::move(result.output);
    if (m_link.peerHas(wire::scriptReceiptFeature)) {
        const std::string receipt = toText(result.receipt);
        const OctetView octets = asOctets(receipt);
        say(wire::ScriptReceipt{.text = {octets.begin(), octets.end()}});
    }
    say(wire::ScriptStatus{.exitStatus = result.receipt.exitStatus});
    download();
}

/// Sends as much of the results as the user takes.
void ScriptSession::download() {
    m_timer.arm(m_service.m_dispatcher.now() + m_service.m_options.transmitTimeout);
    while (m_state == State::Downloading && m_outbox.empty()) {
        wire::ScriptDownload piece;
        piece.data.resize(chunk);
        const std::int64_t got = m_output.ok() ? readAt(m_output.get(), m_downloaded, piece.data) : 0;
        if (got < 0) {
            return fail("results that cannot be read");
        }
        piece.data.resize(static_cast<std::size_t>(got));
        m_downloaded += static_cast<std::uint64_t>(got);
        say(piece);
        if (got == 0) {
            return end();
        }
    }
}

void ScriptSession::onWritable() {
    m_outbox.onWritable();
    if (m_state == State::Downloading) {
        download();
    } else if (m_state == State::Running) {
        sendCheckpoint();
    } else if (m_state == State::Over && m_outbox.empty()) {
        m_link.shutdown();
    }
}

void ScriptSession::onClosed() {
    m_state = State::Over;
    m_timer.stop();
    m_job.reset();
}

// ---- Time, and ends -------------------------------------------------------------------------------------------------

void ScriptSession::deadlineReached() {
    switch (m_state) {
    case State::Uploading:
    case State::Environment:
    case State::Restoring: return fail("it has not uploaded anything for too long");
    case State::Downloading: return fail("it has not taken anything for too long");
    case State::Running:
        if (m_asked) {
            return fail("it does not answer");
        }
        m_asked = true;
        say(wire::ScriptKeepAlive{});
        m_timer.arm(m_service.m_dispatcher.now() + m_service.m_options.keepAliveTimeout);
        return;
    case State::Over: return;
    }
}

template <typename Message>
void ScriptSession::say(const Message& message) {
    if (!m_outbox.send(wire::scriptingPpid, wire::encode(message))) {
        fail("it takes nothing");
    }
}

void ScriptSession::fail(std::string_view why) {
    if (m_state == State::Over) {
        return;
    }
    m_service.m_log.warning("scripting: session with {} aborted: {}", m_link.peer(), why);
    ++m_service.m_statistics.aborted;
    m_state = State::Over;
    m_timer.stop();
    dropJob();
    m_slot.reset();
    m_link.abort(why);
}

/// Later, because it may be the one that is calling.
void ScriptSession::dropJob() {
    if (m_job) {
        m_service.m_dispatcher.post([job = std::shared_ptr<Job>{std::move(m_job)}] {});
    }
}

/// After everything has been said.
void ScriptSession::end() {
    m_state = State::Over;
    m_timer.stop();
    if (m_outbox.empty()) {
        m_link.shutdown();
    }
}

// ---- The service ----------------------------------------------------------------------------------------------------

ScriptService::ScriptService(Dispatcher& dispatcher, Log& log, JobRoom& jobs, EnvironmentCache& environments,
                             Authorizer& authorizer, const ScriptServiceOptions& options)
    : m_dispatcher(dispatcher)
    , m_log(log)
    , m_jobs(jobs)
    , m_environments(environments)
    , m_authorizer(authorizer)
    , m_options(options)
    , m_slots(options.capacity) {}

std::unique_ptr<ServiceSession> ScriptService::open(SessionLink& link) {
    const Identity who{.name = {}, .address = link.peerAddress()};
    if (!m_authorizer.authorize(who, Verb::UploadScript, m_options.pool)) {
        ++m_statistics.denied;
        m_log.warning("scripting: {} may not have work done here", link.peer());
        return nullptr; // it goes elsewhere, where it may be welcome
    }
    return std::make_unique<ScriptSession>(*this, link, m_slots.take());
}

std::uint32_t ScriptService::features() const {
    return wire::scriptReceiptFeature | wire::Features::checkpoints;
}

} // namespace kolam::scripting
