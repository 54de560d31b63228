// SPDX-License-Identifier: GPL-3.0-or-later
// One user of the fractal service: from its PARAMETER, or the cookie of another element, to the end of its image.
// Next door: fractal_service.h makes sessions and looks at their clocks.
#pragma once

#include "core/wire/extended_fractal.h"
#include "demos/services/fractal/fractal_service.h"

#include <deque>
#include <memory>

namespace kolam::fractal {

/// Orders runs of pixels from the compute pool, a few ahead of what has been sent and never more, and sends them in
/// order. After the end of an image the user may ask for the next one.
class FractalSession final : public ServiceSession {
public:
    FractalSession(FractalService& service, SessionLink& link);
    ~FractalSession() override;
    FractalSession(const FractalSession&) = delete;
    FractalSession& operator=(const FractalSession&) = delete;

    void onMessage(std::uint32_t ppid, OctetView data) override;
    void onCookieEcho(OctetView cookie) override;
    void onWritable() override;
    void onClosed() override;

    /// Called about ten times a second: for everything that waits for time to pass.
    void tick();

private:
    enum class State : std::uint8_t { Fresh, Computing, BetweenImages, Over };
    struct Run { // of pixels, ordered from the compute pool
        std::uint64_t first;
        std::uint32_t count;
        std::vector<std::uint64_t> counts; // none yet: still computing
    };

    void begin(const wire::FractalParameter& parameter, std::uint64_t position);
    void onExtendedParameter(OctetView data);
    void decline(std::string_view why);
    void fail(std::string_view why);
    void orderRuns();
    void order(const Run& run);
    void arrived(ComputeResult result);
    void collect();
    void sendWhatThereIs();
    bool sendData(std::size_t points);
    void encodePoints(std::size_t points);
    bool sendCookie();
    bool sendEnd();
    bool went(std::expected<void, SessionSendError> result);
    [[nodiscard]] std::size_t waiting() const { return m_points.size() - m_offset; }
    [[nodiscard]] bool isExtended() const { return wire::isExtended(m_parameter.algorithm); }
    [[nodiscard]] std::uint32_t perMessage() const {
        return isExtended() ? wire::ExtendedFractalData::maxPoints : wire::FractalData::maxPoints;
    }

    FractalService& m_service;
    SessionLink& m_link;
    State m_state = State::Fresh;
    bool m_blocked = false; // until onWritable()
    wire::FractalParameter m_parameter;
    Plane m_plane;
    std::uint64_t m_sent = 0;            // pixels: the number of the next one to send
    std::uint64_t m_ordered = 0;         // the number of the next one to order
    std::deque<Run> m_runs;              // ordered, by pixel number
    std::uint32_t m_runLength;           // of the next run
    std::size_t m_runsAhead = 1;         // so many are ordered; one until it is known how slow they are
    std::vector<std::uint64_t> m_points; // computed, in order, from m_offset on not sent yet
    std::size_t m_offset = 0;
    std::uint32_t m_packetsSinceCookie = 0;
    std::uint32_t m_packets = 0; // of this session
    TimePoint m_lastData{};
    TimePoint m_lastCookie{};
    TimePoint m_lastProgress{};         // of the user: asked for something, or took something
    std::shared_ptr<const void> m_work; // what the pool watches: dropping it cancels
    wire::FractalData m_message;        // kept for their memory
    wire::ExtendedFractalData m_extendedMessage;
    Octets m_octets;
};

} // namespace kolam::fractal
