// SPDX-License-Identifier: GPL-3.0-or-later
// What a pool without elements of ours can compute instead of an extended fractal.
// Next door: fractal_pool_user.cpp falls back to it when no element has announced that it knows the extended ones.
#pragma once

#include "core/wire/services.h"

#include <optional>

namespace kolam::fractal {

/// The same part of the same set as rsplib's elements know it, with bands instead of smooth colours: z^n - c for
/// z^n + c, so the corners change their signs. Nothing when rsplib's elements know nothing like it.
[[nodiscard]] std::optional<wire::FractalParameter> classicOf(const wire::FractalParameter& image);

} // namespace kolam::fractal
