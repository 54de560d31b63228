// SPDX-License-Identifier: GPL-3.0-or-later
// What a Server is made of: the application's service, made one of the core's. Next door: server.cpp.
#pragma once

#include "core/node/component.h"
#include "core/node/element_node.h"
#include "kolam/service.h"

#include <memory>

namespace kolam::api {

struct [[gnu::visibility("hidden")]] Server::Impl final : kolam::Service {
    Impl(api::Service& theService, std::size_t slots) : service(theService), capacity(slots) {}

    std::unique_ptr<kolam::ServiceSession> open(kolam::SessionLink& link) override;
    [[nodiscard]] double load() const override {
        if (const auto told = service.load()) {
            return *told;
        }
        return capacity == 0 ? 0 : static_cast<double>(taken) / static_cast<double>(capacity);
    }

    api::Service& service;
    std::size_t capacity;
    std::size_t taken = 0;
    std::unique_ptr<Component> component; // outlives the node, which tells it what happens
    std::unique_ptr<ElementNode> node;
};

} // namespace kolam::api
