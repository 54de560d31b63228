// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// All of Kolam's C++ API. The C API is in kolam/rserpool.h.
#pragma once

#include "kolam/blocking.h"
#include "kolam/event_loop.h"
#include "kolam/instance.h"
#include "kolam/service.h"
#include "kolam/session.h"
#include "kolam/types.h"
