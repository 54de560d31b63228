// SPDX-License-Identifier: GPL-3.0-or-later
// Settings of the C API: struct rsp_info, out of a program's arguments, and what they mean.
// Next door: library.cpp, which starts with them.
#include "core/api/c/addresses.h"
#include "core/api/c/library.h"
#include "kolam/rserpool.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace kolam::rsp {

namespace {

constexpr std::uint16_t cspPort = 2960;

Outcome<std::uint64_t> readNumber(std::string_view text, std::uint64_t most) {
    const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    const std::string_view digits = hexadecimal ? text.substr(2) : text;
    std::uint64_t number = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number, hexadecimal ? 16 : 10);
    if (error != std::errc{} || end != digits.data() + digits.size() || number > most) {
        return failure(EINVAL);
    }
    return number;
}

/// The addresses that this file has put into some rsp_info: a program may have put its own there, which are not to be
/// freed.
class GivenAddresses {
public:
    void remember(const sockaddr* address) {
        const std::lock_guard guard{m_lock};
        m_given.insert(address);
    }
    void free(sockaddr*& address) {
        const std::lock_guard guard{m_lock};
        if (m_given.erase(address) != 0) {
            std::free(address);
        }
        address = nullptr;
    }
    static GivenAddresses& all() {
        static GivenAddresses theOne;
        return theOne;
    }

private:
    std::mutex m_lock;
    std::set<const sockaddr*> m_given;
};

Outcome<void> setAddress(sockaddr*& into, std::string_view text, std::uint16_t defaultPort) {
    const auto address = readAddress(text, defaultPort);
    if (!address || address->hosts.size() != 1) {
        return failure(EINVAL);
    }
    const Packed packed = pack(*address);
    if (packed.addresses == nullptr) {
        return failure(ENOMEM);
    }
    GivenAddresses::all().free(into);
    into = packed.addresses;
    GivenAddresses::all().remember(into);
    return {};
}

Outcome<void> addRegistrar(rsp_info& info, std::string_view text) {
    const auto address = readAddress(text, ASAP_PORT);
    if (!address) {
        return failure(address.error());
    }
    auto* const registrar = static_cast<rsp_registrar_info*>(std::calloc(1, sizeof(rsp_registrar_info)));
    const Packed packed = registrar != nullptr ? pack(*address) : Packed{};
    if (packed.addresses == nullptr) {
        std::free(registrar);
        return failure(ENOMEM);
    }
    registrar->rri_addr = packed.addresses;
    registrar->rri_addrs = packed.count;
    registrar->rri_next = info.ri_registrars;
    info.ri_registrars = registrar;
    return {};
}

Outcome<void> setAnnounce(rsp_info& info, std::string_view text) {
    info.ri_disable_autoconfig = text == "off" ? 1 : 0;
    if (text == "off") {
        return {};
    }
    return setAddress(info.ri_registrar_announce, text == "auto" ? ASAP_ANNOUNCE_MULTICAST_ADDRESS : text, ASAP_PORT);
}

template <typename Number>
Outcome<void> setNumber(Number& into, std::string_view text) {
    const auto number = readNumber(text, std::numeric_limits<Number>::max());
    if (!number) {
        return failure(number.error());
    }
    into = static_cast<Number>(*number);
    return {};
}

/// Nothing: it is none of the library's arguments.
std::optional<Outcome<void>> takeArgument(rsp_info& info, std::string_view argument) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view name = argument.substr(0, equals);
    const std::string_view value = argument.substr(equals + 1);
    if (name == "-registrar") {
        return addRegistrar(info, value);
    }
    if (name == "-asapannounce") {
        return setAnnounce(info, value);
    }
    if (name == "-cspserver") {
        return setAddress(info.ri_csp_server, value, cspPort);
    }
    if (name == "-cspinterval") {
        return setNumber(info.ri_csp_interval, value);
    }
    if (name == "-cspidentifier") {
        return setNumber(info.ri_csp_identifier, value);
    }
    if (name == "-registrarannouncetimeout") {
        return setNumber(info.ri_registrar_announce_timeout, value);
    }
    if (name == "-registrarconnecttimeout") {
        return setNumber(info.ri_registrar_connect_timeout, value);
    }
    if (name == "-registrarconnectmaxtrials") {
        return setNumber(info.ri_registrar_connect_max_trials, value);
    }
    if (name == "-registrarrequesttimeout") {
        return setNumber(info.ri_registrar_request_timeout, value);
    }
    if (name == "-registrarresponsetimeout") {
        return setNumber(info.ri_registrar_response_timeout, value);
    }
    if (name == "-registrarrequestmaxtrials") {
        return setNumber(info.ri_registrar_request_max_trials, value);
    }
    return std::nullopt;
}

const char* environment(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : nullptr;
}

unsigned int shorter(unsigned int one, unsigned int other) {
    return one == 0 || other == 0 ? std::max(one, other) : std::min(one, other);
}

} // namespace

Outcome<api::Settings> settingsOf(const rsp_info& info) {
    using std::chrono::milliseconds;
    api::Settings settings;
    for (const auto* registrar = info.ri_registrars; registrar != nullptr; registrar = registrar->rri_next) {
        const auto address = addressOf(registrar->rri_addr, registrar->rri_addrs);
        if (!address || address->hosts.empty()) {
            return failure(EINVAL);
        }
        settings.registrars.push_back(textOf(*address));
    }
    if (info.ri_disable_autoconfig != 0) {
        settings.announceGroup.clear();
    } else if (info.ri_registrar_announce != nullptr) {
        const auto group = addressOf(info.ri_registrar_announce, 1);
        if (!group) {
            return failure(group.error());
        }
        settings.announceGroup = textOf(*group);
    }
    settings.registrarTimers.announce = milliseconds{info.ri_registrar_announce_timeout};
    settings.registrarTimers.connect = milliseconds{info.ri_registrar_connect_timeout};
    settings.registrarTimers.request =
        milliseconds{shorter(info.ri_registrar_request_timeout, info.ri_registrar_response_timeout)};
    settings.registrarTimers.requestTrials = static_cast<std::uint16_t>(
        std::min(info.ri_registrar_request_max_trials, 1u * std::numeric_limits<std::uint16_t>::max()));
    if (const char* const profile = environment("KOLAM_PROFILE")) {
        settings.profile = profile;
    }
    if (const char* const lan = environment("KOLAM_INSECURE_LAN")) {
        settings.beyondLoopback = std::string_view{lan} == "1";
    }
    return settings;
}

Outcome<Library::Reporting> reportingOf(const rsp_info& info) {
    Library::Reporting reporting;
    reporting.identifier = info.ri_csp_identifier;
    if (reporting.identifier != 0 && CID_GROUP(reporting.identifier) == 0) {
        reporting.identifier = CID_COMPOUND(CID_GROUP_POOLUSER, reporting.identifier);
    }
    reporting.interval = std::chrono::milliseconds{info.ri_csp_interval};
    if (info.ri_csp_server == nullptr || info.ri_csp_interval == 0) {
        return reporting; // both or nothing
    }
    const auto monitor = addressOf(info.ri_csp_server, 1);
    if (!monitor || monitor->hosts.empty()) {
        return failure(EINVAL);
    }
    reporting.monitor = TransportAddress::parse(textOf(*monitor), cspPort);
    return reporting;
}

} // namespace kolam::rsp

using namespace kolam::rsp;

void rsp_initinfo(struct rsp_info* info) {
    if (info == nullptr) {
        return;
    }
    std::memset(info, 0, sizeof *info);
    info->ri_version = RSPLIB_VERSION;
    info->ri_revision = RSPLIB_REVISION;
    info->ri_build_date = "";
    info->ri_build_time = "";
    // A component that reports because the environment says so must not stop because that says nonsense.
    if (const char* const server = environment("CSP_SERVER")) {
        (void)setAddress(info->ri_csp_server, server, cspPort);
    }
    if (const char* const interval = environment("CSP_INTERVAL")) {
        constexpr unsigned int shortest = 250;
        if (setNumber(info->ri_csp_interval, interval)) {
            info->ri_csp_interval = std::max(info->ri_csp_interval, shortest);
        }
    }
}

void rsp_freeinfo(struct rsp_info* info) {
    if (info == nullptr) {
        return;
    }
    while (info->ri_registrars != nullptr) {
        rsp_registrar_info* const next = info->ri_registrars->rri_next;
        std::free(info->ri_registrars->rri_addr);
        std::free(info->ri_registrars);
        info->ri_registrars = next;
    }
    GivenAddresses::all().free(info->ri_registrar_announce);
    GivenAddresses::all().free(info->ri_csp_server);
}

int rsp_initarg(struct rsp_info* info, const char* arg) {
    if (info == nullptr || arg == nullptr) {
        errno = EINVAL;
        return 0;
    }
    const auto taken = takeArgument(*info, arg);
    if (taken && !*taken) {
        errno = taken->error();
    }
    return taken && *taken ? 1 : 0;
}
