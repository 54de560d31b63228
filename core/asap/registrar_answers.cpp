// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: registrar_answers.h says what for.
#include "core/asap/registrar_answers.h"

#include "core/wire/codec.h"

#include <utility>

namespace kolam::asap {
namespace {

/// A parameter as octets, without its padding. Parameters travel in messages only, so one is encoded with the smallest
/// message that has it in this place, and cut out.
template <typename Message>
Octets parameterOf(const Message& message, std::size_t place) {
    const Octets octets = wire::encode(message);
    const std::size_t length = readBigEndian<std::uint16_t>(octets, place + 2);
    const auto begin = octets.begin() + static_cast<std::ptrdiff_t>(place);
    return {begin, begin + static_cast<std::ptrdiff_t>(length)};
}
constexpr std::size_t messageHeader = 4;
constexpr std::size_t afterFirstWord = 8; // message header, then a server identifier or an empty pool handle

Octets parameterOf(const wire::TransportParameter& transport) {
    return parameterOf(wire::ServerAnnounce{ServerId{}, {transport}}, afterFirstWord);
}
Octets parameterOf(const wire::PoolElement& element) {
    return parameterOf(wire::Registration{PoolHandle{}, element}, afterFirstWord);
}
Octets parameterOf(const wire::Policy& policy) {
    wire::HandleResolutionResponse response;
    response.policy = policy;
    return parameterOf(response, afterFirstWord);
}

} // namespace

wire::ErrorCause plainCause(wire::CauseCode code) {
    return {code, {}};
}

wire::ErrorCause emptyHandle() {
    return {wire::CauseCode::InvalidValues, parameterOf(wire::HandleResolution{}, messageHeader)};
}

wire::ErrorCause invalidElement(const wire::PoolElement& element) {
    return {wire::CauseCode::InvalidValues, parameterOf(element)};
}

wire::ErrorCause invalidTransport(const wire::TransportParameter& transport) {
    return {wire::CauseCode::InvalidValues, parameterOf(transport)};
}

wire::ErrorCause refusalCause(RegistrationErrc error, const Handlespace& handlespace,
                              const wire::Registration& registration) {
    switch (error) {
    case RegistrationErrc::InvalidIdentifier:
    case RegistrationErrc::InvalidHandle: return invalidElement(registration.element);
    case RegistrationErrc::InvalidPolicy:
        return {wire::CauseCode::InvalidValues, parameterOf(registration.element.policy)};
    case RegistrationErrc::InconsistentPolicy:
        return {wire::CauseCode::InconsistentPolicy,
                parameterOf(handlespace.poolPolicy(registration.poolHandle).value_or(registration.element.policy))};
    case RegistrationErrc::InconsistentTransport: {
        // The pool's transport type is shown by any of its elements.
        const auto first = handlespace.tablePart({registration.poolHandle, PeIdentifier{0}}, 1, std::nullopt);
        return {wire::CauseCode::InconsistentTransport,
                first.empty() ? Octets{} : parameterOf(handlespace.element(first.front()).userTransport)};
    }
    case RegistrationErrc::InconsistentControlChannel: return plainCause(wire::CauseCode::InconsistentControlChannel);
    }
    std::unreachable();
}

} // namespace kolam::asap
