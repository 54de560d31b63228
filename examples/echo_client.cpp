// SPDX-License-Identifier: GPL-3.0-or-later
// A user of the pool "Echo": sends each line of its input, and prints the answer of whatever server lives.
#include <iostream>
#include <kolam/kolam.h>
using namespace kolam::api;

int main(int argc, char** argv) {
    const auto session = BlockingSession::connect("Echo", {.registrars{argv + 1, argv + argc}});
    if (!session) {
        std::cerr << "cannot connect: " << toText(session.error()) << '\n';
        return 1;
    }
    for (std::string line; std::getline(std::cin, line) && (*session)->send(asOctets(line + '\n'));) {
        auto answer = (*session)->receive();
        for (; answer && answer->kind == Received::Kind::FailedOver; answer = (*session)->receive()) {
            (void)(*session)->send(asOctets(line + '\n')); // its answer has died with the server
        }
        std::cout << (answer ? asText(answer->data) : "no answer\n") << std::flush;
    }
}
