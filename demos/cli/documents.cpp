// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/cli/documents.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace kolam::cli {

namespace {

/// The commands that people can see.
std::vector<const CLI::App*> visible(const CLI::App& command) {
    std::vector<const CLI::App*> all;
    for (const CLI::App* const child : command.get_subcommands([](const CLI::App*) { return true; })) {
        if (!child->get_group().empty()) {
            all.push_back(child);
        }
    }
    return all;
}

/// Calls `visit` with each command and the words that lead to it.
template <typename Visit>
void walk(const CLI::App& command, const std::vector<std::string>& words, const Visit& visit) {
    visit(command, words);
    for (const CLI::App* const child : visible(command)) {
        std::vector<std::string> longer = words;
        longer.push_back(child->get_name());
        walk(*child, longer, visit);
    }
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : between) + word;
    }
    return text;
}

/// Text as troff takes it: what would be a command is none.
std::string escaped(const std::string& text) {
    std::string shown;
    for (const char character : text) {
        if (character == '\\') {
            shown += "\\e";
        } else if (character == '-') {
            shown += "\\-";
        } else if (character == '\n') {
            shown += ' ';
        } else {
            shown += character;
        }
    }
    return shown.starts_with('.') || shown.starts_with('\'') ? "\\&" + shown : shown;
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

std::string manPage(const CLI::App& command, const std::vector<std::string>& words, const std::string& version) {
    const std::string name = joined(words, "-");
    std::string page =
        fmt::format(".TH {} 1 \"\" \"kolam {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n.B {}\n",
                    upper(escaped(name)), escaped(version), escaped(name), escaped(command.get_description()),
                    escaped(joined(words, " ")));
    const std::vector<const CLI::App*> children = visible(command);
    page += children.empty() ? "[OPTIONS]" : "SUBCOMMAND [OPTIONS]";
    std::string options;
    std::string arguments;
    for (const CLI::Option* const option : command.get_options()) {
        if (option->get_group().empty()) {
            continue;
        }
        if (option->get_positional()) {
            page += fmt::format(" {}", escaped(upper(option->get_name(true))));
            arguments += fmt::format(".TP\n.B {}\n{}\n", escaped(upper(option->get_name(true))),
                                     escaped(option->get_description()));
        } else {
            options += fmt::format(
                ".TP\n.B {}{}\n{}{}\n", escaped(option->get_name(false, true)),
                option->get_items_expected() != 0 ? " \\fI" + escaped(option->get_type_name()) + "\\fR" : "",
                escaped(option->get_description()), option->get_required() ? " This option is required." : "");
        }
    }
    page += fmt::format("\n.SH DESCRIPTION\n{}.\n", escaped(command.get_description()));
    for (const auto& [title, text] : {std::pair{"ARGUMENTS", arguments}, std::pair{"OPTIONS", options}}) {
        if (!text.empty()) {
            page += fmt::format(".SH {}\n{}", title, text);
        }
    }
    if (!children.empty()) {
        page += ".SH SUBCOMMANDS\n";
        for (const CLI::App* const child : children) {
            page += fmt::format(".TP\n.BR {}\\-{} (1)\n{}\n", escaped(name), escaped(child->get_name()),
                                escaped(child->get_description()));
        }
    }
    page += ".SH EXIT STATUS\n0 when all went well, 1 when it did not, 2 when the command line cannot be understood.\n";
    page +=
        fmt::format(".SH SEE ALSO\n.BR {} (1)\n",
                    words.size() > 1 ? escaped(joined({words.begin(), words.end() - 1}, "-")) : "kolam\\-registrar");
    return page;
}

/// The words that may follow: sub-commands and options.
std::string nextWords(const CLI::App& command) {
    std::string all;
    for (const CLI::App* const child : visible(command)) {
        all += child->get_name() + " ";
    }
    for (const CLI::Option* const option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            all += "--" + name + " ";
        }
    }
    return all;
}

int writeDocuments(const CLI::App& root, const std::string& version, const std::filesystem::path& folder) {
    std::vector<std::pair<std::filesystem::path, std::string>> files;
    for (const Document& page : manPages(root, version)) {
        files.emplace_back(folder / "man1" / page.name, page.text);
    }
    const Document completion = bashCompletion(root);
    files.emplace_back(folder / "bash-completion" / completion.name, completion.text);
    for (const auto& [name, text] : files) {
        std::error_code error;
        std::filesystem::create_directories(name.parent_path(), error);
        std::ofstream file{name};
        file << text << std::flush;
        if (!file) {
            fmt::print(stderr, "cannot write {}\n", name.string());
            return 1;
        }
    }
    return 0;
}

} // namespace

std::vector<Document> manPages(const CLI::App& root, const std::string& version) {
    std::vector<Document> pages;
    walk(root, {root.get_name()}, [&](const CLI::App& command, const std::vector<std::string>& words) {
        pages.push_back({joined(words, "-") + ".1", manPage(command, words, version)});
    });
    return pages;
}

Document bashCompletion(const CLI::App& root) {
    const std::string name = root.get_name();
    std::string text = fmt::format("# Completion of {} for bash, made of what the program knows of itself.\n"
                                   "declare -gA _{}_words=(\n",
                                   name, name);
    walk(root, {name}, [&](const CLI::App& command, const std::vector<std::string>& words) {
        text += fmt::format("    ['{}']='{}'\n", joined(words, " "), nextWords(command));
    });
    text += fmt::format(R"()
_{0}() {{
    local path={0} word current=${{COMP_WORDS[COMP_CWORD]}}
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        [ -n "${{_{0}_words["$path $word"]}}" ] && path="$path $word"
    done
    COMPREPLY=($(compgen -W "${{_{0}_words[$path]}}" -- "$current"))
}}
complete -o default -F _{0} {0}
)",
                        name);
    return {name, text};
}

void addDocuments(CLI::App& root, const std::string& version, std::function<int()>& run) {
    CLI::App* const command = root.add_subcommand("documents", "Write man pages and completions")->group("");
    const auto folder = std::make_shared<std::string>();
    command->add_option("folder", *folder, "Where they go")->required();
    command->callback([&root, &run, version, folder] {
        run = [&root, version, folder] { return writeDocuments(root, version, *folder); };
    });
}

} // namespace kolam::cli
