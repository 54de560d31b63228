// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/user_transport.h"

#include "core/transport/multicast_port.h"
#include "core/transport/user_endpoint.h"
#include "core/transport/usrsctp_stack.h"

namespace kolam::transport {
namespace {

class Category final : public std::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "user transport"; }
    [[nodiscard]] std::string message(int value) const override {
        switch (static_cast<UserTransportError>(value)) {
        case UserTransportError::TransportInUse: return "transport_in_use: this process has a user transport already";
        case UserTransportError::NoPathLeft: return "the endpoint has all the peers that it can have";
        }
        return "unknown";
    }
};

class UserTransport final : public Transport {
public:
    explicit UserTransport(std::shared_ptr<UsrsctpStack> stack) : m_stack(std::move(stack)) {}

    [[nodiscard]] std::string_view name() const noexcept override { return "user"; }
    [[nodiscard]] Capabilities capabilities() const noexcept override {
        return {.multihoming = false, .addressChange = false, .noticesDeadProcess = true, .maxMessage = 64U << 20};
    }
    std::expected<std::unique_ptr<Endpoint>, std::error_code> open(const EndpointConfig& config,
                                                                   EventSink sink) override {
        return UserEndpoint::open(m_stack, config, std::move(sink));
    }
    std::expected<std::unique_ptr<DatagramPort>, std::error_code> openMulticast(const MulticastConfig& config,
                                                                                DatagramPort::Sink sink) override {
        return openMulticastPort(m_stack->dispatcher(), config, std::move(sink));
    }

private:
    std::shared_ptr<UsrsctpStack> m_stack;
};

} // namespace

const std::error_category& userTransportCategory() noexcept {
    static const Category category;
    return category;
}

std::error_code make_error_code(UserTransportError error) noexcept {
    return {static_cast<int>(error), userTransportCategory()};
}

std::expected<std::unique_ptr<Transport>, std::error_code> makeUserTransport(DescriptorDispatcher& dispatcher,
                                                                             const UserTransportOptions& options) {
    auto stack = UsrsctpStack::acquire(dispatcher, options);
    if (stack == nullptr) {
        return std::unexpected(make_error_code(UserTransportError::TransportInUse));
    }
    return std::make_unique<UserTransport>(std::move(stack));
}

} // namespace kolam::transport
