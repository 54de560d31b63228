// SPDX-License-Identifier: GPL-3.0-or-later
// The visitor that turns a message into one line for people: its RFC name, then what it says, field by field.
// What is absent is not mentioned; long octets are cut. Only *_codec.cpp include this.
#pragma once

#include "core/wire/codec.h"
#include "core/wire/numbers.h"

#include <fmt/format.h>

namespace kolam::wire {

// How single values look. Where a number has a meaning, the line says it.
void print(std::string& to, const TransportParameter& transport);
void print(std::string& to, const Policy& policy);
void print(std::string& to, const ErrorCause& cause);
void print(std::string& to, const OperationError& error);
void print(std::string& to, RegistrationLife life);
void print(std::string& to, UpdateAction action);
void print(std::string& to, CalcAppType kind);
void print(std::string& to, ComponentId id);
void print(std::string& to, const Octets& octets);
void print(std::string& to, OctetView octets);

class Printer {
public:
    explicit Printer(std::string& to) : m_to(to) {}

    template <typename Field>
    void operator()(std::string_view name, const Field& field) {
        show(name, field);
    }

private:
    void begin(std::string_view name) {
        if (!m_to.empty() && m_to.back() != '{') {
            m_to += ' ';
        }
        m_to += name;
    }
    template <typename Value>
    void named(std::string_view name, const Value& value) {
        begin(name);
        m_to += '=';
        item(value);
    }

    template <typename Value>
    void item(const Value& value) {
        if constexpr (requires { print(m_to, value); }) {
            print(m_to, value);
        } else if constexpr (requires { Value::fields(value, *this); }) {
            m_to += '{';
            Value::fields(value, *this);
            m_to += '}';
        } else if constexpr (std::is_enum_v<Value>) {
            m_to += fmt::format("{}", toBits(value));
        } else if constexpr (std::is_arithmetic_v<Value> || std::is_same_v<Value, std::string>) {
            m_to += fmt::format("{}", value);
        } else if constexpr (requires { OctetView{std::as_bytes(std::span{value})}; }) {
            print(m_to, OctetView{std::as_bytes(std::span{value})});
        } else {
            m_to += kolam::toText(value);
        }
    }
    template <typename Values>
    void list(std::string_view name, const Values& values) {
        if (values.empty()) {
            return;
        }
        begin(name);
        m_to += "=[";
        for (const auto& value : values) {
            if (m_to.back() != '[') {
                m_to += ' ';
            }
            item(value);
        }
        m_to += ']';
    }

    template <typename Value>
    void show(std::string_view name, const Value& value) {
        named(name, value);
    }
    template <std::uint8_t bit>
    void show(std::string_view name, const Flag<bit>& flag) {
        if (flag) {
            begin(name);
        }
    }
    template <typename Value>
    void optional(std::string_view name, const Value& value) {
        if constexpr (requires { value.has_value(); }) {
            if (value) {
                named(name, *value);
            }
        } else {
            named(name, value);
        }
    }
    template <typename Kind, typename Value>
    void show(std::string_view name, const Parameter<Kind, Value>& parameter) {
        optional(name, parameter.value);
    }
    template <typename Value>
    void show(std::string_view name, const Trailing<Value>& trailing) {
        optional(name, trailing.value);
    }
    template <typename Kind, typename Values>
    void show(std::string_view name, const Parameters<Kind, Values>& parameters) {
        list(name, parameters.values);
    }
    template <typename Values>
    void show(std::string_view name, const Groups<Values>& groups) {
        list(name, groups.values);
    }
    template <typename Count, typename Values>
    void show(std::string_view name, const Counted<Count, Values>& counted) {
        if constexpr (std::is_arithmetic_v<typename std::remove_cvref_t<Values>::value_type>) {
            begin(name);
            m_to += fmt::format("={}", counted.values.size()); // an image's points are no reading matter
        } else {
            list(name, counted.values);
        }
    }
    template <std::size_t width, typename Value>
    void show(std::string_view name, const PaddedText<width, Value>& text) {
        begin(name);
        m_to += fmt::format("=\"{}\"", kolam::toText(PoolHandle{text.value})); // harmless for a terminal
    }
    template <typename Value>
    void show(std::string_view name, const HeaderType<Value>& type) {
        named(name, type.value);
    }
    template <typename Field>
    void show(std::string_view name, const When<Field>& field) {
        if (field.present) {
            show(name, field.field);
        }
    }
    template <ParameterType type>
    void show(std::string_view, const Dropped<type>&) {}
    template <typename Word, Word number>
    void show(std::string_view, const Constant<Word, number>&) {}
    template <typename Word, Word number>
    void show(std::string_view, const Ignored<Word, number>&) {}

    std::string& m_to;
};

template <typename Message>
[[nodiscard]] std::string messageText(const Message& message) {
    std::string text{Message::name};
    Printer printer{text};
    Message::fields(message, printer);
    return text;
}

} // namespace kolam::wire
