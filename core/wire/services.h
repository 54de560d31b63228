// SPDX-License-Identifier: GPL-3.0-or-later
// The application protocols of the demonstration services, octet for octet those of rsplib's services.
#pragma once

#include "core/wire/fields.h"

#include <array>
#include <variant>

namespace kolam::wire {

inline constexpr std::uint32_t fractalPpid = 32;
inline constexpr std::uint32_t pingPongPpid = 33;
inline constexpr std::uint32_t calcAppPpid = 34;
inline constexpr std::uint32_t scriptingPpid = 35;

// ---- Fractal generator --------------------------------------------------------------------------------------------

enum class FractalAlgorithm : std::uint32_t { Mandelbrot = 1, MandelbrotN = 2 };

/// What to compute: user to element; 60 octets.
struct FractalParameter {
    static constexpr std::uint8_t type = 1;
    static constexpr std::string_view name = "FGP_PARAMETER";
    static constexpr std::uint32_t maxSide = 65536;
    static constexpr std::uint32_t maxIterationLimit = 1'000'000;
    std::uint32_t width = 0;  // pixels
    std::uint32_t height = 0; // pixels
    std::uint32_t maxIterations = 0;
    FractalAlgorithm algorithm = FractalAlgorithm::Mandelbrot;
    double c1Real = 0;
    double c1Imag = 0;
    double c2Real = 0;
    double c2Imag = 0;
    double n = 2; // the exponent of MandelbrotN
    friend bool operator==(const FractalParameter&, const FractalParameter&) = default;
};
/// Iteration counts in row order from (startX, startY): element to user; at most 324.
struct FractalData {
    static constexpr std::uint8_t type = 2;
    static constexpr std::string_view name = "FGP_DATA";
    static constexpr std::uint32_t maxPoints = 324;
    static constexpr std::uint32_t endMarker =
        0xffffffff; // startX = startY = endMarker, no points: the image is complete
    std::uint32_t startX = 0;
    std::uint32_t startY = 0;
    std::vector<std::uint32_t> points;
    [[nodiscard]] bool isEnd() const { return startX == endMarker && startY == endMarker; }
    friend bool operator==(const FractalData&, const FractalData&) = default;
};
using FractalMessage = std::variant<FractalParameter, FractalData>;

/// The 76 octets of a fractal session's state cookie: "<FG-TD1>", the parameter (its length field is 4), the pixel to
/// resume at.
struct FractalCookie {
    FractalParameter parameter;
    std::uint32_t currentX = 0;
    std::uint32_t currentY = 0;
    friend bool operator==(const FractalCookie&, const FractalCookie&) = default;
};

// ---- Ping pong ----------------------------------------------------------------------------------------------------

struct Ping {
    static constexpr std::uint8_t type = 1;
    static constexpr std::string_view name = "PPP_PING";
    std::uint64_t messageNumber = 0;
    Octets data;
    friend bool operator==(const Ping&, const Ping&) = default;
};
struct Pong {
    static constexpr std::uint8_t type = 2;
    static constexpr std::string_view name = "PPP_PONG";
    std::uint64_t messageNumber = 0;
    std::uint64_t replyNumber = 0; // counted from 1 through the whole session, failovers included
    Octets data;
    friend bool operator==(const Pong&, const Pong&) = default;
};
using PingPongMessage = std::variant<Ping, Pong>;

/// 16 octets: "<PP-TD1>" and the next reply's number.
struct PingPongCookie {
    std::uint64_t nextReplyNumber = 1;
    friend bool operator==(const PingPongCookie&, const PingPongCookie&) = default;
};

// ---- CalcApp ------------------------------------------------------------------------------------------------------

enum class CalcAppType : std::uint8_t {
    Request = 1,
    Accept = 2,
    Reject = 3,
    Abort = 4,
    Complete = 5,
    KeepAlive = 6,
    KeepAliveAck = 7,
};
/// Every CalcApp message has these 24 octets; its kind is the header's type.
struct CalcAppMessage {
    static constexpr std::string_view name = "CALCAPP";
    CalcAppType kind = CalcAppType::Request;
    std::uint32_t jobId = 0;
    std::uint64_t jobSize = 0;   // calculations
    std::uint64_t completed = 0; // calculations
    friend bool operator==(const CalcAppMessage&, const CalcAppMessage&) = default;
};
/// 20 octets.
struct CalcAppCookie {
    std::uint32_t jobId = 0;
    std::uint64_t jobSize = 0;
    std::uint64_t completed = 0;
    friend bool operator==(const CalcAppCookie&, const CalcAppCookie&) = default;
};

// ---- Scripting ----------------------------------------------------------------------------------------------------

struct ScriptNotReady {
    static constexpr std::uint8_t type = 0;
    static constexpr std::string_view name = "SSP_NOTREADY";
    static constexpr std::uint32_t fullyLoaded = 1;
    static constexpr std::uint32_t outOfResources = 2;
    std::uint32_t reason = fullyLoaded;
    Octets info; // text, at most 64 octets
    friend bool operator==(const ScriptNotReady&, const ScriptNotReady&) = default;
};
struct ScriptReady {
    static constexpr std::uint8_t type = 1;
    static constexpr std::string_view name = "SSP_READY";
    Octets info; // text, at most 64 octets
    friend bool operator==(const ScriptReady&, const ScriptReady&) = default;
};
struct ScriptUpload {
    static constexpr std::uint8_t type = 2;
    static constexpr std::string_view name = "SSP_UPLOAD";
    Octets data; // at most 16384 octets; none: end of file
    friend bool operator==(const ScriptUpload&, const ScriptUpload&) = default;
};
struct ScriptDownload {
    static constexpr std::uint8_t type = 3;
    static constexpr std::string_view name = "SSP_DOWNLOAD";
    Octets data; // at most 16384 octets; none: end of file
    friend bool operator==(const ScriptDownload&, const ScriptDownload&) = default;
};
struct ScriptKeepAlive {
    static constexpr std::uint8_t type = 4;
    static constexpr std::string_view name = "SSP_KEEPALIVE";
    friend bool operator==(const ScriptKeepAlive&, const ScriptKeepAlive&) = default;
};
struct ScriptKeepAliveAck {
    static constexpr std::uint8_t type = 5;
    static constexpr std::string_view name = "SSP_KEEPALIVE_ACK";
    std::optional<std::uint32_t> status; // rsplib's client leaves it out
    friend bool operator==(const ScriptKeepAliveAck&, const ScriptKeepAliveAck&) = default;
};
struct ScriptStatus {
    static constexpr std::uint8_t type = 6;
    static constexpr std::string_view name = "SSP_STATUS";
    std::uint32_t exitStatus = 0;
    friend bool operator==(const ScriptStatus&, const ScriptStatus&) = default;
};
struct ScriptEnvironment {
    static constexpr std::uint8_t type = 7;
    static constexpr std::string_view name = "SSP_ENVIRONMENT";
    Flag<0x01> uploadNeeded;
    std::array<std::uint8_t, 20> sha1{};
    friend bool operator==(const ScriptEnvironment&, const ScriptEnvironment&) = default;
};
using ScriptingMessage = std::variant<ScriptNotReady, ScriptReady, ScriptUpload, ScriptDownload, ScriptKeepAlive,
                                      ScriptKeepAliveAck, ScriptStatus, ScriptEnvironment>;

} // namespace kolam::wire
