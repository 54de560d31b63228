// SPDX-License-Identifier: GPL-3.0-or-later
// Elements with any service and users of it, as processes of the simulated network in virtual time.
// Next door: tests/unit/node/endpoint_world.h, the world that they live in.
#pragma once

#include "tests/unit/node/endpoint_world.h"

#include <stdexcept>

namespace kolam::testing {

class ServiceWorld : public World {
public:
    /// `features`: what the user announces besides the session keep-alive.
    explicit ServiceWorld(PoolHandle handle, std::uint64_t seed = 1, std::uint32_t features = 0)
        : World(seed)
        , poolHandle(std::move(handle))
        , registrar(addRegistrar())
        , user(addUser(1, features)) {}

    struct Element {
        std::unique_ptr<transport::MemoryProcess> process;
        std::shared_ptr<Service> service;
        std::unique_ptr<ElementNode> node; // none: dead
        void kill(transport::Death death = transport::Death::Noticed) {
            process->kill(death);
            node.reset();
            service.reset();
        }
        [[nodiscard]] PeIdentifier identifier() const { return node ? node->identifier() : PeIdentifier{}; }
    };

    /// `make` gets the element's dispatcher. Element `number` has the host of that number, and may come back after it
    /// was killed.
    template <typename Make>
    Element& addElement(std::uint8_t number, Make make) {
        auto made = std::make_unique<Element>();
        made->process = std::move(process(elementHost(number))->process);
        made->service = make(made->process->dispatcher());
        ElementNode::Config config;
        config.poolHandle = poolHandle;
        config.identifier = PeIdentifier{++m_lives << 8 | number};
        config.local = {{elementHost(number)}, 0};
        config.registrars = sources;
        config.profile = profile;
        made->node = *ElementNode::start(made->process->dispatcher(), *made->process, log, *made->service, config);
        m_elements.push_back(std::move(made));
        Element& element = *m_elements.back();
        until([&] { return element.node->status().state == ElementState::Registered; });
        return element;
    }
    /// The living one with this identifier; nothing when there is none.
    [[nodiscard]] Element* find(PeIdentifier identifier) const {
        for (const auto& element : m_elements) {
            if (element->node && element->identifier() == identifier) {
                return element.get();
            }
        }
        return nullptr;
    }
    /// The same, where there must be one.
    [[nodiscard]] Element& at(PeIdentifier identifier) const {
        Element* const found = find(identifier);
        if (found == nullptr) {
            throw std::out_of_range{"no living element has this identifier"};
        }
        return *found;
    }
    [[nodiscard]] Dispatcher& userDispatcher() const { return user->process->dispatcher(); }

    PoolHandle poolHandle;
    std::unique_ptr<Process> registrar;
    std::unique_ptr<Process> user;

private:
    std::vector<std::unique_ptr<Element>> m_elements;
    std::uint32_t m_lives = 0;
};

} // namespace kolam::testing
