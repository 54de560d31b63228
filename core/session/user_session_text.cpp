// SPDX-License-Identifier: GPL-3.0-or-later
// What a session does, in words: for logs, and for tests to compare. Next door: user_session.cpp, who does it.
#include "core/session/user_session.h"
#include "core/wire/codec.h"

#include <fmt/format.h>

namespace kolam::session {

std::string toText(const UserSession::Action& action) {
    const auto seconds = [](auto time) { return std::chrono::duration<double>(time).count(); };
    return std::visit(
        Overloaded{
            [](const UserSession::Resolve& a) {
                switch (a.from) {
                case UserSession::Source::Quick: return std::string{"resolve quickly"};
                case UserSession::Source::Registrar: return std::string{"resolve"};
                case UserSession::Source::OnlyRegistrar: return std::string{"resolve without the cache"};
                }
                std::unreachable();
            },
            [](const UserSession::Connect& a) {
                return fmt::format(
                    "connect to {} at {}", kolam::toText(a.element.identifier),
                    kolam::toText(TransportAddress{a.element.userTransport.addresses, a.element.userTransport.port}));
            },
            [](const UserSession::SendControl& a) {
                return std::visit([](const auto& m) { return "send " + wire::toText(m); }, a.message);
            },
            [](const UserSession::EndAssociation& a) {
                const std::string what = a.graceful ? "shut the association down" : "abort the association";
                return a.element == PeIdentifier{} ? what : what + " to " + kolam::toText(a.element);
            },
            [](const UserSession::ReportUnreachable& a) { return "report unreachable " + kolam::toText(a.element); },
            [](const UserSession::FailoverBegan& a) {
                return fmt::format("failover from {} begins: {}", kolam::toText(a.failed), kolam::toText(a.cause));
            },
            [&](const UserSession::FailoverEnded& a) {
                return fmt::format("failover from {} to {} ends after {:.3f} s", kolam::toText(a.failed),
                                   kolam::toText(a.next), seconds(a.took));
            },
            [](const UserSession::Established& a) {
                return fmt::format("established at {}{}", kolam::toText(a.element), a.resumed ? ", resumed" : "");
            },
            [](const UserSession::StatusChanged&) { return std::string{"status changed"}; },
            [](const UserSession::Ignored& a) { return fmt::format("ignore {}", a.message); },
            [&](const UserSession::ArmTimer& a) {
                return a.deadline == never
                           ? std::string{"arm no timer"}
                           : fmt::format("arm timer at {:.3f} s", seconds(a.deadline.time_since_epoch()));
            },
        },
        action);
}

} // namespace kolam::session
