// SPDX-License-Identifier: GPL-3.0-or-later
// A lab that is spoken with: plays a scenario, tells its owner and windows what happens, does what they ask for. When
// the owner is gone, everything is healed, thawed and ended: nothing that a demonstration has started outlives it. When
// a window is gone, what it has disturbed is put right.
// Next door: lab_lines.h, what is said; director.h, who plays; lab_door.h, where windows come in; lab_client.h, the
// owner's end.
#pragma once

#include "demos/lab/director.h"
#include "demos/lab/lab_door.h"
#include "demos/lab/lab_lines.h"
#include "demos/lab/line_channel.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace kolam::lab {

/// The name of a lab's door, in the folder of its logs.
inline constexpr const char* controlSocket = "control.sock";

class LabService {
public:
    /// For an owner in this same process; each may be empty.
    struct Listener {
        std::function<void(const LabLine&)> onTold;
        std::function<void(double done)> onProgress; // of a window's image
    };
    LabService(DescriptorDispatcher& dispatcher, Scenario scenario, Director::Config config, Listener listener = {});

    /// @param control  one end of a socket pair; taken over. When the other end closes, the lab ends.
    void addOwner(int control) { addClient(control, true); }
    /// The error is a sentence.
    std::expected<void, std::string> openDoor(const std::filesystem::path& path);

    /// Stops the dispatcher when everything has ended. The error is a sentence.
    std::expected<void, std::string> begin();
    void end() { m_director.end(); }
    [[nodiscard]] Director& director() { return m_director; }
    /// Whether the verdict has been reached, and all that was expected has come.
    [[nodiscard]] bool passed() const { return m_passed; }

private:
    void addClient(int descriptor, bool owns);
    void greet(LineChannel& channel) const;
    void obey(std::uint64_t client, std::string_view line);
    void tell(const LabLine& line);
    [[nodiscard]] FaultTold told(const ProcessFault& fault, bool on) const;
    [[nodiscard]] static MemberTold told(const Stage::Member& member);

    struct Client {
        bool owns = false;
        std::unique_ptr<LineChannel> channel;
    };
    DescriptorDispatcher& m_dispatcher;
    Director::Config m_config;
    Listener m_listener;
    TimePoint m_begun{};
    bool m_passed = false;
    std::map<std::uint64_t, Client> m_clients;
    std::uint64_t m_lastClient = 0;
    Director m_director;
    std::unique_ptr<LabDoor> m_door;
};

} // namespace kolam::lab
