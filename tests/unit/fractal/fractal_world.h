// SPDX-License-Identifier: GPL-3.0-or-later
// A pool of fractal elements, a registrar and the tile engine in the simulated network, with virtual threads.
#pragma once

#include "core/dispatch/virtual_dispatcher.h"
#include "core/node/access.h"
#include "core/node/registrar_node.h"
#include "core/transport/memory_network.h"
#include "demos/services/fractal/fractal_element.h"
#include "demos/services/fractal/simulated_compute_pool.h"
#include "demos/users/fractal/fractal_pool_user.h"
#include "demos/users/fractal/fractal_reference.h"

#include <algorithm>
#include <memory>
#include <set>
#include <vector>

namespace kolam::fractal::testing {

using namespace std::chrono_literals;

class FractalWorld {
public:
    struct Registrar {
        std::unique_ptr<transport::MemoryProcess> process;
        std::unique_ptr<RegistrarNode> node;
    };
    struct Element {
        std::unique_ptr<transport::MemoryProcess> process;
        std::unique_ptr<FractalElement> element; // none: dead
        [[nodiscard]] bool alive() const { return element != nullptr; }
        void kill(transport::Death death = transport::Death::Noticed) {
            process->kill(death);
            element.reset();
        }
    };

    explicit FractalWorld(std::uint64_t seed) : dispatcher(seed), network(dispatcher, seed) {
        addRegistrar();
        m_user = network.addHost({IpAddress::v4(10, 0, 2, 1)});
        UserNode::Config config;
        config.registrars = m_sources;
        config.local = TransportAddress{{IpAddress::v4(10, 0, 2, 1)}, 0};
        user = *UserNode::start(m_user->dispatcher(), *m_user, log, config);
        sessions = std::make_unique<UserNodeSessions>(*user);
    }

    void addRegistrar() {
        registrar.process = process(IpAddress::v4(10, 0, 0, 1));
        RegistrarNode::Config config;
        config.asap = {{IpAddress::v4(10, 0, 0, 1)}, 3863};
        config.loopbackOnly = false;
        config.profile = demoProfile();
        registrar.node =
            *RegistrarNode::start(registrar.process->dispatcher(), *registrar.process, log, access, config);
    }

    Element& addElement(std::uint8_t number) {
        auto made = std::make_unique<Element>();
        const IpAddress host = IpAddress::v4(10, 0, 1, number);
        made->process = process(host);
        FractalServeOptions options{.service = service};
        options.element.local = {{host}, 0};
        options.element.registrars = m_sources;
        options.element.profile = demoProfile();
        Dispatcher& own = made->process->dispatcher();
        made->element = *FractalElement::start(own, *made->process, log, options,
                                               std::make_unique<SimulatedComputePool>(own, threads, perPoint));
        elements.push_back(std::move(made));
        return *elements.back();
    }

    /// Adds so many elements, and waits until the pool has them.
    void addPool(std::uint8_t size) {
        for (std::uint8_t number = 1; number <= size; ++number) {
            addElement(number);
        }
        dispatcher.runUntilTrue(
            [&] {
                return std::ranges::all_of(elements, [](const auto& element) {
                    return element->element->node().status().state == ElementState::Registered;
                });
            },
            10s);
    }

    [[nodiscard]] std::vector<Element*> alive() const {
        std::vector<Element*> living;
        for (const auto& element : elements) {
            if (element->alive()) {
                living.push_back(element.get());
            }
        }
        return living;
    }

    /// The engine, made at the first use. Updates collect an image of their own, as a window does.
    FractalPoolUser& engine(FractalPoolUser::Config config = {}) {
        if (!m_engine) {
            m_engine = std::make_unique<FractalPoolUser>(m_user->dispatcher(), *sessions, log, std::move(config));
            m_engine->onUpdate([this](const std::shared_ptr<const FractalUpdate>& update) { note(*update); });
        }
        return *m_engine;
    }
    void removeEngine() { m_engine.reset(); }

    /// Nothing is wrong in the coarse image, if there is one; points may be missing.
    [[nodiscard]] bool coarseIsPartOf(const std::vector<std::uint32_t>& all) const {
        return coarse.empty() || std::ranges::equal(coarse, all, [](std::uint32_t one, std::uint32_t other) {
                   return one == other || one == FractalPoolUser::noCount;
               });
    }
    [[nodiscard]] bool complete() const { return last.progress.state == ImageState::Complete; }

    VirtualDispatcher dispatcher;
    transport::MemoryNetwork network;
    SilentLog log;
    AccessRules access;
    FractalServiceOptions service;
    unsigned threads = 2;
    Duration perPoint = 100us;
    Registrar registrar;
    std::vector<std::unique_ptr<Element>> elements;
    std::unique_ptr<UserNode> user;
    std::unique_ptr<UserNodeSessions> sessions;

    // what a window would have
    FractalUpdate last;
    std::vector<std::uint32_t> window;
    std::vector<std::uint32_t> windowFractions;
    std::vector<std::uint32_t> coarse;
    std::vector<FailoverEvent> failovers;
    std::uint64_t updates = 0;
    bool updatesAreInOrder = true;

private:
    void note(const FractalUpdate& update) {
        ++updates;
        if (update.begins) {
            window.assign(std::size_t{update.parameter.width} * update.parameter.height, FractalPoolUser::noCount);
            windowFractions.assign(wire::isExtended(update.computed.algorithm) ? window.size() : 0, 0);
            coarse.assign(std::size_t{update.coarse.width} * update.coarse.height, FractalPoolUser::noCount);
            failovers.clear();
        } else {
            updatesAreInOrder = updatesAreInOrder && update.number == last.number + 1 && update.image == last.image;
        }
        for (const RowPiece& piece : update.coarsePieces) {
            std::copy_n(update.counts.begin() + piece.first, piece.length,
                        coarse.begin() + std::ptrdiff_t{piece.y} * update.coarse.width + piece.x);
        }
        for (const RowPiece& piece : update.pieces) {
            std::copy_n(update.counts.begin() + piece.first, piece.length,
                        window.begin() + std::ptrdiff_t{piece.y} * update.parameter.width + piece.x);
            if (!update.fractions.empty()) {
                std::copy_n(update.fractions.begin() + piece.first, piece.length,
                            windowFractions.begin() + std::ptrdiff_t{piece.y} * update.parameter.width + piece.x);
            }
        }
        failovers.insert(failovers.end(), update.failovers.begin(), update.failovers.end());
        last = update;
    }

    std::unique_ptr<transport::MemoryProcess> process(const IpAddress& host) {
        return m_hosts.insert(host).second ? network.addHost({host}) : network.addProcess(host);
    }

    RegistrarSources m_sources{.loopbackOnly = false};
    std::set<IpAddress> m_hosts;
    std::unique_ptr<transport::MemoryProcess> m_user;
    std::unique_ptr<FractalPoolUser> m_engine;
};

} // namespace kolam::fractal::testing
