// SPDX-License-Identifier: GPL-3.0-or-later
// The application protocols of the demonstration services, octet for octet those of rsplib's services.
#pragma once

#include "core/wire/parameters.h"

#include <array>
#include <variant>

namespace kolam::wire {

inline constexpr std::uint32_t fractalPpid = 32;
inline constexpr std::uint32_t pingPongPpid = 33;
inline constexpr std::uint32_t calcAppPpid = 34;
inline constexpr std::uint32_t scriptingPpid = 35;

// ---- Fractal generator --------------------------------------------------------------------------------------------

enum class FractalAlgorithm : std::uint32_t {
    Mandelbrot = 1,
    MandelbrotN = 2,
    // Ours (docs/extensions.md): only in the messages of extended_fractal.h.
    SmoothMandelbrot = 0x4b000001,
    Julia = 0x4b000002,
    BurningShip = 0x4b000003,
    Multibrot = 0x4b000004,
    Newton = 0x4b000005,
};
/// One of ours, known or still to come: never to be sent to an element that has not announced that it knows them.
[[nodiscard]] constexpr bool isExtended(FractalAlgorithm algorithm) {
    return static_cast<std::uint32_t>(algorithm) >> 24U == 0x4b;
}

/// What to compute: user to element; 60 octets.
struct FractalParameter {
    static constexpr std::uint8_t type = 1;
    static constexpr std::string_view name = "FGP_PARAMETER";
    static constexpr bool exactLength = true;
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
    double n = 2; // the exponent of MandelbrotN, Multibrot and Newton
    // What follows travels in an ExtendedFractalParameter only.
    double kReal = 0; // Julia's constant
    double kImag = 0;
    double c1RealLow = 0; // to be added to the corners, where a double is not enough; all 0: it is
    double c1ImagLow = 0;
    double c2RealLow = 0;
    double c2ImagLow = 0;
    [[nodiscard]] bool isDeep() const { return c1RealLow != 0 || c1ImagLow != 0 || c2RealLow != 0 || c2ImagLow != 0; }
    static constexpr void fields(auto& self, auto&& visit) {
        visit("width", self.width);
        visit("height", self.height);
        visit("max-iterations", self.maxIterations);
        visit("algorithm", self.algorithm);
        visit("c1-real", self.c1Real);
        visit("c1-imag", self.c1Imag);
        visit("c2-real", self.c2Real);
        visit("c2-imag", self.c2Imag);
        visit("n", self.n);
    }
    friend bool operator==(const FractalParameter&, const FractalParameter&) = default;
};
/// Iteration counts in row order from (startX, startY): element to user; at most 324.
struct FractalData {
    static constexpr std::uint8_t type = 2;
    static constexpr std::string_view name = "FGP_DATA";
    static constexpr bool exactLength = true;
    static constexpr std::uint32_t maxPoints = 324;
    static constexpr std::uint32_t endMarker =
        0xffffffff; // startX = startY = endMarker, no points: the image is complete
    std::uint32_t startX = 0;
    std::uint32_t startY = 0;
    std::vector<std::uint32_t> points;
    [[nodiscard]] bool isEnd() const { return startX == endMarker && startY == endMarker; }
    static constexpr void fields(auto& self, auto&& visit) {
        visit("start-x", self.startX);
        visit("start-y", self.startY);
        visit("points", counted<std::uint32_t>(self.points));
    }
    friend bool operator==(const FractalData&, const FractalData&) = default;
};
using FractalMessage = std::variant<FractalParameter, FractalData>;

/// The 76 octets of a fractal session's state cookie: "<FG-TD1>", the parameter (its length field is 4), the pixel to
/// resume at.
struct FractalCookie {
    static constexpr std::string_view name = "FGP_COOKIE";
    static constexpr bool bare = true;
    FractalParameter parameter;
    std::uint32_t currentX = 0;
    std::uint32_t currentY = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", Constant<std::uint64_t, 0x3c46472d5444313e>{}); // "<FG-TD1>"
        visit("parameter-type", Constant<std::uint8_t, FractalParameter::type>{});
        visit("parameter-flags", Ignored<std::uint8_t>{});
        visit("parameter-length", Ignored<std::uint16_t, 4>{}); // rsplib forgets to set it to 60
        FractalParameter::fields(self.parameter, visit);
        visit("current-x", self.currentX);
        visit("current-y", self.currentY);
    }
    friend bool operator==(const FractalCookie&, const FractalCookie&) = default;
};

// ---- Ping pong ----------------------------------------------------------------------------------------------------

struct Ping {
    static constexpr std::uint8_t type = 1;
    static constexpr std::string_view name = "PPP_PING";
    static constexpr bool exactLength = true;
    std::uint64_t messageNumber = 0;
    Octets data;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("message-number", self.messageNumber);
        visit("data", self.data);
    }
    friend bool operator==(const Ping&, const Ping&) = default;
};
struct Pong {
    static constexpr std::uint8_t type = 2;
    static constexpr std::string_view name = "PPP_PONG";
    static constexpr bool exactLength = true;
    std::uint64_t messageNumber = 0;
    std::uint64_t replyNumber = 0; // counted from 1 through the whole session, failovers included
    Octets data;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("message-number", self.messageNumber);
        visit("reply-number", self.replyNumber);
        visit("data", self.data);
    }
    friend bool operator==(const Pong&, const Pong&) = default;
};
using PingPongMessage = std::variant<Ping, Pong>;

/// 16 octets: "<PP-TD1>" and the next reply's number.
struct PingPongCookie {
    static constexpr std::string_view name = "PPP_COOKIE";
    static constexpr bool bare = true;
    std::uint64_t nextReplyNumber = 1;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", Constant<std::uint64_t, 0x3c50502d5444313e>{}); // "<PP-TD1>"
        visit("next-reply-number", self.nextReplyNumber);
    }
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
    static constexpr bool exactLength = true;
    CalcAppType kind = CalcAppType::Request;
    std::uint32_t jobId = 0;
    std::uint64_t jobSize = 0;   // calculations
    std::uint64_t completed = 0; // calculations
    static constexpr void fields(auto& self, auto&& visit) {
        visit("kind", headerType(self.kind, 1, 7));
        visit("job-id", self.jobId);
        visit("job-size", self.jobSize);
        visit("completed", self.completed);
    }
    friend bool operator==(const CalcAppMessage&, const CalcAppMessage&) = default;
};
/// 20 octets.
struct CalcAppCookie {
    static constexpr std::string_view name = "CALCAPP_COOKIE";
    static constexpr bool bare = true;
    std::uint32_t jobId = 0;
    std::uint64_t jobSize = 0;
    std::uint64_t completed = 0;
    static constexpr void fields(auto& self, auto&& visit) {
        visit("job-id", self.jobId);
        visit("job-size", self.jobSize);
        visit("completed", self.completed);
    }
    friend bool operator==(const CalcAppCookie&, const CalcAppCookie&) = default;
};

// ---- Scripting ----------------------------------------------------------------------------------------------------

struct ScriptNotReady {
    static constexpr std::uint8_t type = 0;
    static constexpr std::string_view name = "SSP_NOTREADY";
    static constexpr bool exactLength = true;
    static constexpr std::uint32_t fullyLoaded = 1;
    static constexpr std::uint32_t outOfResources = 2;
    std::uint32_t reason = fullyLoaded;
    Octets info; // text, at most 64 octets
    static constexpr void fields(auto& self, auto&& visit) {
        visit("reason", self.reason);
        visit("info", self.info);
    }
    friend bool operator==(const ScriptNotReady&, const ScriptNotReady&) = default;
};
struct ScriptReady {
    static constexpr std::uint8_t type = 1;
    static constexpr std::string_view name = "SSP_READY";
    static constexpr bool exactLength = true;
    Octets info; // text, at most 64 octets
    static constexpr void fields(auto& self, auto&& visit) { visit("info", self.info); }
    friend bool operator==(const ScriptReady&, const ScriptReady&) = default;
};
struct ScriptUpload {
    static constexpr std::uint8_t type = 2;
    static constexpr std::string_view name = "SSP_UPLOAD";
    static constexpr bool exactLength = true;
    Octets data; // at most 16384 octets; none: end of file
    static constexpr void fields(auto& self, auto&& visit) { visit("data", self.data); }
    friend bool operator==(const ScriptUpload&, const ScriptUpload&) = default;
};
struct ScriptDownload {
    static constexpr std::uint8_t type = 3;
    static constexpr std::string_view name = "SSP_DOWNLOAD";
    static constexpr bool exactLength = true;
    Octets data; // at most 16384 octets; none: end of file
    static constexpr void fields(auto& self, auto&& visit) { visit("data", self.data); }
    friend bool operator==(const ScriptDownload&, const ScriptDownload&) = default;
};
struct ScriptKeepAlive {
    static constexpr std::uint8_t type = 4;
    static constexpr std::string_view name = "SSP_KEEPALIVE";
    static constexpr bool exactLength = true;
    static constexpr void fields([[maybe_unused]] auto& self, [[maybe_unused]] auto&& visit) {}
    friend bool operator==(const ScriptKeepAlive&, const ScriptKeepAlive&) = default;
};
struct ScriptKeepAliveAck {
    static constexpr std::uint8_t type = 5;
    static constexpr std::string_view name = "SSP_KEEPALIVE_ACK";
    static constexpr bool exactLength = true;
    std::optional<std::uint32_t> status; // rsplib's client leaves it out
    static constexpr void fields(auto& self, auto&& visit) { visit("status", trailing(self.status)); }
    friend bool operator==(const ScriptKeepAliveAck&, const ScriptKeepAliveAck&) = default;
};
struct ScriptStatus {
    static constexpr std::uint8_t type = 6;
    static constexpr std::string_view name = "SSP_STATUS";
    static constexpr bool exactLength = true;
    std::uint32_t exitStatus = 0;
    static constexpr void fields(auto& self, auto&& visit) { visit("exit-status", self.exitStatus); }
    friend bool operator==(const ScriptStatus&, const ScriptStatus&) = default;
};
struct ScriptEnvironment {
    static constexpr std::uint8_t type = 7;
    static constexpr std::string_view name = "SSP_ENVIRONMENT";
    static constexpr bool exactLength = true;
    Flag<0x01> uploadNeeded;
    std::array<std::uint8_t, 20> sha1{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("upload-needed", self.uploadNeeded);
        visit("sha1", self.sha1);
    }
    friend bool operator==(const ScriptEnvironment&, const ScriptEnvironment&) = default;
};
using ScriptingMessage = std::variant<ScriptNotReady, ScriptReady, ScriptUpload, ScriptDownload, ScriptKeepAlive,
                                      ScriptKeepAliveAck, ScriptStatus, ScriptEnvironment>;

} // namespace kolam::wire
