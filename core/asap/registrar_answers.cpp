// SPDX-License-Identifier: GPL-3.0-or-later
// Next door: registrar_answers.h says what for.
#include "core/asap/registrar_answers.h"

#include "core/wire/image.h"

#include <utility>

namespace kolam::asap {

wire::ErrorCause plainCause(wire::CauseCode code) {
    return {code, {}};
}

wire::ErrorCause emptyHandle() {
    return {wire::CauseCode::InvalidValues, wire::quoted(PoolHandle{})};
}

wire::ErrorCause invalidElement(const wire::PoolElement& element) {
    return {wire::CauseCode::InvalidValues, wire::quoted(element)};
}

wire::ErrorCause invalidTransport(const wire::TransportParameter& transport) {
    return {wire::CauseCode::InvalidValues, wire::quoted(transport)};
}

wire::ErrorCause refusalCause(RegistrationErrc error, const Handlespace& handlespace,
                              const wire::Registration& registration) {
    switch (error) {
    case RegistrationErrc::InvalidIdentifier:
    case RegistrationErrc::InvalidHandle: return invalidElement(registration.element);
    case RegistrationErrc::InvalidPolicy:
        return {wire::CauseCode::InvalidValues, wire::quoted(registration.element.policy)};
    case RegistrationErrc::InconsistentPolicy:
        return {wire::CauseCode::InconsistentPolicy,
                wire::quoted(handlespace.poolPolicy(registration.poolHandle).value_or(registration.element.policy))};
    case RegistrationErrc::InconsistentTransport: {
        // The pool's transport type is shown by any of its elements.
        const auto first = handlespace.tablePart({registration.poolHandle, PeIdentifier{0}}, 1, std::nullopt);
        return {wire::CauseCode::InconsistentTransport,
                first.empty() ? Octets{} : wire::quoted(handlespace.element(first.front()).userTransport)};
    }
    case RegistrationErrc::InconsistentControlChannel: return plainCause(wire::CauseCode::InconsistentControlChannel);
    }
    std::unreachable();
}

} // namespace kolam::asap
