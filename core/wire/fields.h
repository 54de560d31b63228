// SPDX-License-Identifier: GPL-3.0-or-later
// How a field travels: the words that a message's declaration uses for its fields.
#pragma once

#include "core/wire/parameters.h"

#include <string>
#include <string_view>
