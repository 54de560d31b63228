// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/fractal/fractal_session.h"

#include "core/wire/codec.h"
#include "demos/services/fractal/smooth_plane.h"

#include <algorithm>
#include <ranges>
#include <span>

namespace kolam::fractal {
namespace {

constexpr std::uint32_t shortestRun = wire::FractalData::maxPoints;
constexpr std::uint32_t longestRun = 16 * shortestRun;
constexpr std::size_t mostRunsAhead = 3; // computing or computed, but not collected
constexpr Duration quickRun = 1ms;       // runs become longer until one takes about so long
constexpr Duration slowRun = 8ms;
constexpr Duration verySlowRun = 50ms; // then one run at a time, so that all sessions get on

/// Nothing when the service accepts it, else why not.
std::string_view objection(const wire::FractalParameter& parameter) {
    if (parameter.width > wire::FractalParameter::maxSide || parameter.height > wire::FractalParameter::maxSide) {
        return "image too large";
    }
    if (parameter.maxIterations > wire::FractalParameter::maxIterationLimit) {
        return "too many iterations";
    }
    return {};
}

} // namespace

FractalSession::FractalSession(FractalService& service, SessionLink& link)
    : m_service(service)
    , m_link(link)
    , m_runLength(shortestRun)
    , m_lastProgress(service.m_dispatcher.now()) {}

FractalSession::~FractalSession() {
    m_service.ended(*this);
}

void FractalSession::onMessage(std::uint32_t ppid, OctetView data) {
    if (m_state == State::Over) {
        return;
    }
    if (ppid != wire::fractalPpid) {
        return fail("not the fractal protocol");
    }
    if (wire::peekType(data) == wire::ExtendedFractalParameter::type && !m_service.m_options.classic) {
        return onExtendedParameter(data);
    }
    const auto parameter = wire::decode<wire::FractalParameter>(data);
    if (!parameter) {
        return fail("malformed parameter");
    }
    if (m_state == State::Computing) {
        return fail("parameter before the end of the image");
    }
    if (const std::string_view why = objection(*parameter); !why.empty()) {
        return fail(why);
    }
    begin(*parameter, 0);
}

/// A user of ours gets an answer to everything it may ask, sensible or not.
void FractalSession::onExtendedParameter(OctetView data) {
    const auto request = wire::decode<wire::ExtendedFractalParameter>(data);
    if (!request) {
        return decline("malformed parameter");
    }
    if (m_state == State::Computing) {
        return fail("parameter before the end of the image");
    }
    if (const std::string_view why = objection(*request); !why.empty()) {
        return decline(why);
    }
    begin(request->parameter, std::uint64_t{request->startY} * request->parameter.width + request->startX);
}

void FractalSession::decline(std::string_view why) {
    m_service.m_log.info("fractal: {} asked for what cannot be computed: {}", m_link.peer(), why);
    ++m_service.m_statistics.declined;
    const OctetView octets = asOctets(why);
    wire::encodeInto(wire::ExtendedFractalRefusal{.reason = {octets.begin(), octets.end()}}, m_octets);
    (void)went(m_link.send(wire::fractalPpid, m_octets)); // a user that takes nothing has not read the last answer
}

void FractalSession::onCookieEcho(OctetView cookie) {
    if (m_state == State::Over) {
        return;
    }
    // It has passed the user, so it proves nothing: it may only ask for what a parameter could ask for, too.
    const auto state = wire::decode<wire::FractalCookie>(cookie);
    if (!state) {
        return fail("malformed cookie");
    }
    if (m_state != State::Fresh) {
        return fail("cookie echo after the beginning");
    }
    if (const std::string_view why = objection(state->parameter); !why.empty()) {
        return fail(why);
    }
    const std::uint64_t points = std::uint64_t{state->parameter.width} * state->parameter.height;
    const std::uint64_t position = std::uint64_t{state->currentY} * state->parameter.width + state->currentX;
    if (state->currentX > state->parameter.width || position > points) {
        return fail("cookie points outside of its image");
    }
    ++m_service.m_statistics.resumed;
    begin(state->parameter, position);
}

void FractalSession::onWritable() {
    m_blocked = false;
    sendWhatThereIs();
}

void FractalSession::onClosed() {
    m_state = State::Over;
    m_work.reset();
    m_service.ended(*this);
}

void FractalSession::tick() {
    const TimePoint now = m_service.m_dispatcher.now();
    if (m_state == State::Computing) {
        if (m_blocked && now - m_lastProgress >= m_service.m_options.transmitTimeout) {
            return fail("the user takes no data");
        }
        sendWhatThereIs();
    } else if (m_state != State::Over && now - m_lastProgress >= m_service.m_options.idleTimeout) {
        m_state = State::Over;
        m_link.shutdown();
    }
}

void FractalSession::begin(const wire::FractalParameter& parameter, std::uint64_t position) {
    m_parameter = parameter;
    m_plane = Plane::of(parameter);
    if (m_service.m_options.testMode && !isExtended()) {
        m_plane.algorithm = wire::FractalAlgorithm{0};
    }
    m_state = State::Computing;
    m_sent = m_ordered = position;
    m_runs.clear();
    m_points.clear();
    m_offset = 0;
    m_work = std::make_shared<char>();
    m_packetsSinceCookie = m_service.m_options.cookieMaxPackets; // the first cookie is due at once
    m_lastData = m_lastCookie = m_lastProgress = m_service.m_dispatcher.now();
    sendWhatThereIs();
}

void FractalSession::fail(std::string_view why) {
    m_service.m_log.warning("fractal: session with {} aborted: {}", m_link.peer(), why);
    ++m_service.m_statistics.aborted;
    m_state = State::Over;
    m_work.reset();
    m_link.abort(why);
}

void FractalSession::orderRuns() {
    const std::uint64_t points = m_plane.points();
    while (m_runs.size() < m_runsAhead && m_ordered < points) {
        const Run run{
            m_ordered, static_cast<std::uint32_t>(std::min<std::uint64_t>(m_runLength, points - m_ordered)), {}};
        m_ordered += run.count;
        order(run);
        m_runs.push_back(run);
    }
}

void FractalSession::order(const Run& run) {
    m_service.m_pool.compute({.plane = m_plane, .first = run.first, .count = run.count, .memory = {}}, m_work,
                             [this](ComputeResult result) { arrived(std::move(result)); });
}

void FractalSession::arrived(ComputeResult result) {
    const auto run = std::ranges::find(m_runs, result.first, &Run::first);
    const auto computed = static_cast<std::uint32_t>(result.size());
    run->counts = std::move(result.smooth);
    run->counts.insert(run->counts.end(), result.counts.begin(), result.counts.end()); // one of the two is empty
    if (computed < run->count) { // slow pixels: what is missing becomes a run of its own
        const Run rest{run->first + computed, run->count - computed, {}};
        run->count = computed;
        m_runs.insert(std::next(run), rest);
        order(rest);
    }
    if (result.took < quickRun) {
        m_runLength = std::min(2 * m_runLength, longestRun);
    } else if (result.took > slowRun) {
        m_runLength = std::max(m_runLength / 2, shortestRun);
    }
    m_runsAhead = result.took > verySlowRun ? 1 : mostRunsAhead;
    sendWhatThereIs();
}

/// Moves computed runs to the points to send, in order.
void FractalSession::collect() {
    if (m_offset == m_points.size()) {
        m_points.clear();
        m_offset = 0;
    }
    while (waiting() < perMessage() && !m_runs.empty() && !m_runs.front().counts.empty()) {
        m_points.erase(m_points.begin(), m_points.begin() + static_cast<std::ptrdiff_t>(m_offset));
        m_offset = 0;
        const std::vector<std::uint64_t>& counts = m_runs.front().counts;
        m_points.insert(m_points.end(), counts.begin(), counts.end());
        m_runs.pop_front();
    }
}

void FractalSession::sendWhatThereIs() {
    const FractalServiceOptions& options = m_service.m_options;
    while (m_state == State::Computing && !m_blocked) {
        const TimePoint now = m_service.m_dispatcher.now();
        const bool cookieIsDue = m_packetsSinceCookie >= options.cookieMaxPackets ||
                                 (m_packetsSinceCookie > 0 && now - m_lastCookie >= options.cookieMaxTime);
        if (cookieIsDue && !isExtended() && m_sent < m_plane.points() && !sendCookie()) {
            break;
        }
        collect();
        const std::size_t points = std::min<std::size_t>(waiting(), perMessage());
        const bool last = m_sent + points == m_plane.points();
        if (points == perMessage() || (points > 0 && (last || now - m_lastData >= options.dataMaxTime))) {
            if (!sendData(points)) {
                break;
            }
        } else if (points == 0 && last) {
            sendEnd();
            break;
        } else {
            break;
        }
    }
    if (m_state == State::Computing) {
        orderRuns();
    }
}

/// The next `points` ones as a message, in m_octets.
void FractalSession::encodePoints(std::size_t points) {
    const auto fill = [&](auto& message) {
        message.startX = static_cast<std::uint32_t>(m_sent % m_plane.width);
        message.startY = static_cast<std::uint32_t>(m_sent / m_plane.width);
        message.points.resize(points);
        using Number = std::ranges::range_value_t<decltype(message.points)>;
        std::ranges::transform(std::span{m_points}.subspan(m_offset, points), message.points.begin(),
                               [](std::uint64_t count) { return static_cast<Number>(count); });
        wire::encodeInto(message, m_octets);
    };
    isExtended() ? fill(m_extendedMessage) : fill(m_message);
}

bool FractalSession::sendData(std::size_t points) {
    encodePoints(points);
    if (!went(m_link.send(wire::fractalPpid, m_octets))) {
        return false;
    }
    m_offset += points;
    m_sent += points;
    m_service.m_statistics.points += points;
    m_lastData = m_lastProgress;
    ++m_packetsSinceCookie;
    if (++m_packets == m_service.m_options.failureAfter) {
        m_service.m_log.info("fractal: session with {} ends after {} messages, as asked for", m_link.peer(), m_packets);
        if (!isExtended()) {
            sendCookie();
        }
        m_state = State::Over;
        m_work.reset();
        m_link.shutdown();
        return false;
    }
    return true;
}

bool FractalSession::sendCookie() {
    // All points before this pixel are on their way on the same stream: who has the cookie has them.
    wire::FractalCookie cookie{.parameter = m_parameter, .currentX = 0, .currentY = m_parameter.height};
    if (m_sent < m_plane.points()) {
        cookie.currentX = static_cast<std::uint32_t>(m_sent % m_plane.width);
        cookie.currentY = static_cast<std::uint32_t>(m_sent / m_plane.width);
    }
    wire::encodeInto(cookie, m_octets);
    if (!went(m_link.sendCookie(m_octets))) {
        return false;
    }
    m_packetsSinceCookie = 0;
    m_lastCookie = m_lastProgress;
    return true;
}

bool FractalSession::sendEnd() {
    const auto end = [this](auto& message) {
        message.startX = message.startY = wire::FractalData::endMarker;
        message.points.clear();
        wire::encodeInto(message, m_octets);
    };
    isExtended() ? end(m_extendedMessage) : end(m_message);
    if (!went(m_link.send(wire::fractalPpid, m_octets))) {
        return false;
    }
    m_state = State::BetweenImages;
    m_work.reset();
    ++m_service.m_statistics.images;
    return true;
}

/// What a send said: noted, and whether the message is on its way.
bool FractalSession::went(std::expected<void, SessionSendError> result) {
    if (result) {
        m_lastProgress = m_service.m_dispatcher.now();
        return true;
    }
    if (result.error() == SessionSendError::WouldBlock) {
        m_blocked = true;
    } else { // the association is going down: onClosed() follows
        m_state = State::Over;
        m_work.reset();
    }
    return false;
}

} // namespace kolam::fractal
