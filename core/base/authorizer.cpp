// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs as people read and write them. Next door: authorizer.h says what they are for.
#include "core/base/authorizer.h"

#include <utility>

namespace kolam {

std::string_view toText(Verb verb) {
    switch (verb) {
    case Verb::Register: return "register";
    case Verb::Deregister: return "deregister";
    case Verb::Resolve: return "resolve";
    case Verb::ReportUnreachable: return "report-unreachable";
    case Verb::Peer: return "peer";
    case Verb::UploadScript: return "upload-script";
    }
    std::unreachable();
}

} // namespace kolam
