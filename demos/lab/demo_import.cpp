// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/lab/demo_import.h"

#include "demos/lab/scenario_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <map>
#include <pugixml.hpp>
#include <set>

namespace kolam::lab {

namespace {

constexpr std::size_t largestFile = 4 * 1024 * 1024; // octets; real ones have some thousand
constexpr std::size_t mostNodes = 500;
constexpr std::size_t longestText = 200;
constexpr std::size_t mostNotes = 100;
constexpr const char* rootName = "RSerPoolDemoConfigurationRoot";

using telemetry::ComponentId;
using telemetry::Role;

/// What a kind of node becomes.
struct Kind {
    Role role;
    const char* word;  // of ComponentControl
    const char* troop; // in the scenario
    const char* table;
};
constexpr std::array kinds{Kind{Role::Registrar, "PR", "pr", "registrar"}, Kind{Role::Element, "PE", "pe", "element"},
                           Kind{Role::User, "PU", "pu", "user"}};

/// Options of the old programs that say what an element serves, and what a user runs.
struct ServiceWord {
    std::string_view option;
    const char* serves;
    const char* runs;
};
constexpr std::array oldServices{
    ServiceWord{"-fractal", "fractal", "fractal"}, ServiceWord{"-pingpong", "pingpong", "ping"},
    ServiceWord{"-calcapp", "calc", "calc"},       ServiceWord{"-echo", "echo", "ping"},
    ServiceWord{"-discard", "discard", nullptr},   ServiceWord{"-daytime", "daytime", nullptr},
    ServiceWord{"-chargen", "chargen", nullptr}};

std::string clean(std::string_view text) {
    std::string result;
    for (const char c : text.substr(0, longestText)) {
        const auto octet = static_cast<unsigned char>(c);
        const bool space = octet <= 0x20 || octet == 0x7f;
        if (!space) {
            result += c;
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    while (result.ends_with(' ')) {
        result.pop_back();
    }
    return result;
}

/// As TOML writes it. What is in it is UTF-8, or the writer's check of its own work says that it is not.
std::string tomlText(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result + '"';
}

std::string textOf(const pugi::xml_node& parent, const char* name) {
    return clean(parent.child(name).text().get());
}

std::optional<double> percentOf(const pugi::xml_node& node, const char* name) {
    const std::string text = textOf(node, name);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = error == std::errc{} && end == text.data() + text.size() && value >= 0 && value <= 100;
    return good ? std::optional{value} : std::nullopt;
}

std::vector<std::string_view> wordsOf(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = text.find_first_not_of(' '); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        words.push_back(text.substr(at, end - at));
        at = text.find_first_not_of(' ', end);
    }
    return words;
}

class Importer {
public:
    std::expected<ImportedDemo, std::string> read(std::string_view xml) {
        if (xml.size() > largestFile) {
            return std::unexpected(fmt::format("a setup has at most {} octets", largestFile));
        }
        pugi::xml_document document;
        const pugi::xml_parse_result parsed =
            document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_doctype);
        if (!parsed) {
            const auto line =
                1 +
                std::count(xml.begin(), xml.begin() + std::min<std::ptrdiff_t>(parsed.offset, std::ssize(xml)), '\n');
            return std::unexpected(fmt::format("line {}: {}", line, parsed.description()));
        }
        // A setup has no use for one, and entities that are made of entities have a bad use only.
        if (std::ranges::any_of(document.children(),
                                [](const pugi::xml_node& node) { return node.type() == pugi::node_doctype; })) {
            return std::unexpected("a setup has no document type, and no entities of its own");
        }
        const pugi::xml_node root = document.child(rootName);
        if (!root) {
            return std::unexpected(fmt::format("this is no setup of rserpooldemo: its root is not {}", rootName));
        }
        m_demo.caption = textOf(root, "Caption");
        m_demo.background = textOf(root, "BackgroundImage");
        for (const pugi::xml_node& node : root.children("Node")) {
            if (m_demo.nodes.size() == mostNodes) {
                return std::unexpected(fmt::format("a setup has at most {} nodes", mostNodes));
            }
            readNode(node);
        }
        if (m_count[Role::Registrar] == 0) {
            return std::unexpected("a setup needs a registrar, or nobody would find anybody");
        }
        write();
        // What we have written must be what we read.
        if (const auto check = readScenarioText(m_demo.scenario, "scenario"); !check) {
            return std::unexpected(fmt::format("it makes no scenario: {}", check.error()));
        }
        return std::move(m_demo);
    }

private:
    void note(std::string sentence) {
        if (m_demo.notes.size() < mostNotes) {
            m_demo.notes.push_back(std::move(sentence));
        }
    }

    void readNode(const pugi::xml_node& xml) {
        const std::string uid = textOf(xml, "UID");
        ImportedDemo::Node node{.name = {},
                                .component = {},
                                .label = textOf(xml, "DisplayName"),
                                .x = percentOf(xml, "PositionX"),
                                .y = percentOf(xml, "PositionY"),
                                .image = textOf(xml, "ActiveImageURL")};
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(uid.data(), uid.data() + uid.size(), number, 16);
        const auto component = ComponentId{number};
        const auto kind = std::ranges::find(kinds, telemetry::roleOf(component), &Kind::role);
        if (error != std::errc{} || end != uid.data() + uid.size() || kind == kinds.end()) {
            note(fmt::format("“{}” ({}) is no registrar, element or user: left out.", node.label, uid));
            for (const pugi::xml_node& entry : xml.children("ContextMenuEntry")) {
                leftOut(node.label, entry);
            }
            return;
        }
        if (!m_known.insert(component).second) {
            note(fmt::format("“{}” has the identifier {} of another node: left out.", node.label, uid));
            return;
        }
        if (!node.x || !node.y) {
            node.x = node.y = std::nullopt;
        }
        node.component = component;
        node.name = fmt::format("{}-{}", kind->troop, ++m_count[kind->role]);
        for (const pugi::xml_node& entry : xml.children("ContextMenuEntry")) {
            readCommand(node.label, *kind, entry);
        }
        m_demo.nodes.push_back(std::move(node));
    }

    void leftOut(const std::string& label, const pugi::xml_node& entry) {
        note(fmt::format("“{}”, “{}”: “{}” is nothing that a lab does: left out.", label, textOf(entry, "Name"),
                         textOf(entry, "Command")));
    }

    /// ComponentControl CONFIG {PR|PE|PU} NUMBER what [options]: the lab starts, stops, kills and restarts by itself.
    void readCommand(const std::string& label, const Kind& kind, const pugi::xml_node& entry) {
        const std::string command = textOf(entry, "Command");
        const std::vector<std::string_view> words = wordsOf(command);
        const auto program = words.empty() ? std::string_view{} : words[0].substr(words[0].rfind('/') + 1);
        const bool isControl = program == "ComponentControl" || program == "RemoteComponentControl";
        const auto who = std::ranges::find(words, std::string_view{kind.word});
        if (!isControl || std::distance(who, words.end()) < 3) {
            return leftOut(label, entry);
        }
        const std::string_view what = who[2];
        if (what == "start" || what == "restart") {
            std::for_each(who + 3, words.end(), [&](std::string_view option) { readOption(kind, option); });
        } else if (what != "stop" && what != "kill" && what != "status" && what != "log" && what != "monitor") {
            leftOut(label, entry); // these a lab has: buttons, its state, its logs
        }
    }

    void readOption(const Kind& kind, std::string_view option) {
        const std::string_view name = option.substr(0, option.find('='));
        if (name == "-identifier" || name == "-caption") {
            return; // the lab's own, and the label
        }
        const auto service = std::ranges::find(oldServices, name, &ServiceWord::option);
        if (service != oldServices.end()) {
            m_serves = kind.role == Role::Element ? service->serves : m_serves;
            m_runs = kind.role == Role::User && service->runs != nullptr ? service->runs : m_runs;
        } else if (m_left.insert(std::string{option}).second) {
            note(fmt::format("The option “{}” is not known here: left out.", option));
        }
    }

    void write() {
        std::string& toml = m_demo.scenario;
        toml = "# Made from a setup of rserpooldemo.\n";
        for (const std::string& sentence : m_demo.notes) {
            toml += fmt::format("# {}\n", sentence);
        }
        toml += fmt::format("kolam-scenario = 1\ntitle = {}\nlength = \"10min\"\n",
                            tomlText(m_demo.caption.empty() ? "A setup of rserpooldemo" : m_demo.caption));
        if (!m_demo.background.empty()) {
            toml += fmt::format("background = {}\n", tomlText(m_demo.background));
        }
        for (const Kind& kind : kinds) {
            if (m_count[kind.role] == 0) {
                continue;
            }
            toml += fmt::format("\n[[{}]]\nname = \"{}\"\ncount = {}\n", kind.table, kind.troop, m_count[kind.role]);
            if (kind.role == Role::Element) {
                toml += fmt::format("serves = \"{}\"\n", m_serves);
            } else if (kind.role == Role::User) {
                toml += fmt::format("runs = \"{}\"\n", m_runs);
            }
        }
        for (const ImportedDemo::Node& node : m_demo.nodes) {
            toml += fmt::format("\n[[place]]\nwho = \"{}\"\n", node.name);
            if (!node.label.empty()) {
                toml += fmt::format("label = {}\n", tomlText(node.label));
            }
            if (node.x) {
                toml += fmt::format("x = {:.6g}\ny = {:.6g}\n", *node.x, *node.y);
            }
            if (!node.image.empty()) {
                toml += fmt::format("image = {}\n", tomlText(node.image));
            }
        }
    }

    ImportedDemo m_demo;
    std::map<Role, std::size_t> m_count;
    std::set<ComponentId> m_known;
    std::set<std::string> m_left;
    std::string m_serves = "fractal"; // what these demonstrations are about
    std::string m_runs = "fractal";
};

} // namespace

std::expected<ImportedDemo, std::string> importDemoText(std::string_view xml) {
    return Importer{}.read(xml);
}

std::expected<ImportedDemo, std::string> importDemo(const std::filesystem::path& file) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error || size > largestFile) {
        return std::unexpected(
            fmt::format("{}: {}", file.string(), error ? error.message() : "this is too large for a setup"));
    }
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) {
        return std::unexpected(fmt::format("{}: it cannot be read", file.string()));
    }
    auto imported = importDemoText(text);
    return imported ? std::move(imported) : std::unexpected(fmt::format("{}: {}", file.string(), imported.error()));
}

} // namespace kolam::lab
